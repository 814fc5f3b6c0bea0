"""How sure the ratings of an objective are, and what other methods make of the same figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from gsanalysis.doubt.firmness import firmness_of
from gsanalysis.doubt.opinions import Opinion, agrees, opinions_of
from gsanalysis.pages import blocks
from gsanalysis.pages.blocks import Block, Dictionary, cell, column
from gsanalysis.pages.contents import indicator_codes
from gsanalysis.pages.invented import caption
from gsanalysis.rating.evaluation import Evaluation
from gsanalysis.rating.rules import RATINGS
from gsanalysis.wording.words import DASH, rating_word

METHOD_WORDS = {"growth": "growth", "percent_of_target": "per cent of target", "linear_path": "a linear path"}
OPINION_WORDS = {"on_course": "on course", "off_course": "off course", "none": DASH}
NOTE = (
    "Fragile: a usual revision, chance in a survey, or a limit of the method moved by a tenth would give another "
    "rating. Close: a value within a tenth would. Growth: that needed against that seen (Eurostat, Open SDG). Per cent "
    "of target: as most tools count. Linear path: from the baseline straight to the target. None of them changes a "
    "rating."
)


def how_sure(evaluation: Evaluation, objective: str) -> Iterable[Block]:
    """The rated indicators of an objective: how firm each rating is, what other methods say, and why they disagree."""
    codes = [
        code for code in indicator_codes(evaluation, objective) if evaluation.ratings[code].rating in RATINGS
    ]
    if not codes:
        yield blocks.paragraph("Nothing is rated here, so there is nothing to doubt.")
        return
    columns = [
        column("Rating", width="medium"),
        column("How firm", "what would change it", width="wide"),
        column("By growth", width="narrow"),
        column("By per cent of target", width="narrow"),
        column("By a linear path", width="narrow"),
    ]
    others = {code: opinions_of(evaluation.ratings[code]) for code in codes}
    rows = [_row(evaluation, code, others[code]) for code in codes]
    said = caption(evaluation, f"How sure the ratings of objective {objective} are, {evaluation.year}", codes)
    yield blocks.table(said, columns, rows, NOTE)
    differing = [item for code in codes for item in _differing(evaluation, code, others[code])]
    if differing:
        yield blocks.listing(differing)
    elif any(opinion.opinion != "none" for own in others.values() for opinion in own.values()):
        yield blocks.paragraph("No other method disagrees.")
    else:
        yield blocks.paragraph("No other method has anything to say of these ratings.")


def _row(evaluation: Evaluation, code: str, others: Mapping[str, Opinion]) -> list[Dictionary]:
    rating = evaluation.ratings[code]
    firm = firmness_of(evaluation, rating)
    return [
        cell(rating_word(rating.rating), sign=rating.rating, small=f"{code} {rating.indicator.row['name']}"),
        cell(firm.firmness, small=firm.why),
        *(cell(OPINION_WORDS[opinion.opinion]) for opinion in others.values()),
    ]


def _differing(evaluation: Evaluation, code: str, others: Mapping[str, Opinion]) -> Iterator[Dictionary]:
    """Each method that judges an indicator otherwise than we do, with its reason."""
    rating = evaluation.ratings[code].rating
    for method, opinion in others.items():
        if agrees(rating, opinion.opinion) == "no":
            said = f"{code} by {METHOD_WORDS[method]}: {OPINION_WORDS[opinion.opinion]}."
            yield blocks.item(said, rating, opinion.why, [code])
