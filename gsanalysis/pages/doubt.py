"""How sure the ratings of an objective are, and what other methods make of the same figures."""

from __future__ import annotations

from typing import Any

from gsanalysis.doubt.firmness import firmness
from gsanalysis.doubt.opinions import opinions
from gsanalysis.pages import blocks
from gsanalysis.pages.blocks import Block, Dictionary, cell, column
from gsanalysis.pages.contents import indicator_codes
from gsanalysis.pages.invented import caption
from gsanalysis.rating.evaluation import Evaluation
from gsanalysis.rating.rules import RATINGS
from gsanalysis.wording.words import DASH, rating_word

OPINION_WORDS = {"on_course": "on course", "off_course": "off course", "none": DASH}
NOTE = (
    "Fragile: a usual revision, chance in a survey, or a limit of the method moved by a tenth would give another "
    "rating. Close: a value within a tenth would. Growth: that needed against that seen (Eurostat, Open SDG). Per cent "
    "of target: as most tools count. Linear path: from the baseline straight to the target. None of them changes a "
    "rating."
)


def how_sure(evaluation: Evaluation, objective: str) -> Block:
    """The rated indicators of an objective: how firm each rating is, and what three other methods say."""
    codes = [
        code for code in indicator_codes(evaluation, objective) if evaluation.ratings[code].rating in RATINGS
    ]
    if not codes:
        return blocks.paragraph("Nothing is rated here, so there is nothing to doubt.")
    firm = {str(row["indicator"]): row for row in firmness(evaluation).to_dict("records")}
    others: dict[str, list[dict[Any, Any]]] = {code: [] for code in codes}
    for row in opinions(evaluation).to_dict("records"):
        if row["indicator"] in others:
            others[str(row["indicator"])].append(row)
    columns = [
        column("Indicator"),
        column("Rating", width="narrow"),
        column("How firm", "what would change it", width="wide"),
        column("By growth", width="narrow"),
        column("By per cent of target", width="narrow"),
        column("By a linear path", width="narrow"),
        column("Where they disagree", width="wide"),
    ]
    rows = [_row(evaluation, firm[code], others[code]) for code in codes]
    said = caption(evaluation, f"How sure the ratings of objective {objective} are, {evaluation.year}", codes)
    return blocks.table(said, columns, rows, NOTE)


def _row(evaluation: Evaluation, firm: dict[Any, Any], others: list[dict[Any, Any]]) -> list[Dictionary]:
    code, rating = firm["indicator"], firm["rating"]
    name = evaluation.figures.indicators[code].row["name"]
    disagreeing = " ".join(row["why"] for row in others if row["agrees"] == "no")
    return [
        cell(f"{code} {name}"),
        cell(rating_word(rating), sign=rating),
        cell(firm["firmness"], small=firm["why"]),
        *(cell(OPINION_WORDS[row["opinion"]]) for row in others),
        cell(disagreeing or DASH),
    ]
