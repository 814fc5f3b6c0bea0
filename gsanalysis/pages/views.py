"""Three views side by side: the service's own rating, ours, and a validator's grades of the evidence."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import pandas as pd

from gsanalysis.doubt.views import ASSESSED, difference, grades, self_ratings
from gsanalysis.pages import blocks
from gsanalysis.pages.blocks import Block, Dictionary, cell, column
from gsanalysis.pages.contents import indicators_of, kpi_codes, kpi_rating, kpi_text
from gsanalysis.pages.invented import caption
from gsanalysis.rating.evaluation import Evaluation
from gsanalysis.schema import CRITERIA, GRADES
from gsanalysis.wording.endings import full_stop
from gsanalysis.wording.words import DASH, date_text, listed, rating_word

CRITERION_WORDS = {name: name.replace("_", " ") for name in CRITERIA}
GRADE_WORDS = {"met": "met", "partly": "partly met", "not_met": "not met", "not_assessed": "not assessed"}


def three_views(evaluation: Evaluation, objective: str) -> Block:
    """The KPIs of an objective that a service has rated itself or a validator has graded."""
    own = {str(row["kpi"]): row for row in self_ratings(evaluation).to_dict("records")}
    found = {
        kpi: grades(evaluation, indicators_of(evaluation, kpi)) for kpi in kpi_codes(evaluation, objective)
    }
    kpis = [kpi for kpi, graded in found.items() if kpi in own or len(graded)]
    if not kpis:
        return blocks.paragraph(
            f"No service has rated its own KPIs for {evaluation.year}, and nobody has validated the evidence."
        )
    rows = [_row(evaluation, kpi, own.get(kpi), found[kpi]) for kpi in kpis]
    columns = [
        column("KPI", width="wide"),
        column("Rated here"),
        column("The service's own rating", "who, when, why", width="wide"),
        column("Evidence, as validated", "criteria met, of those looked at", width="wide"),
    ]
    codes = [code for kpi in kpis for code in indicators_of(evaluation, kpi)]
    said = caption(evaluation, f"Three views of objective {objective}, {evaluation.year}", codes)
    return blocks.table(said, columns, rows, _note(own, kpis))


def validation(evaluation: Evaluation) -> Block:
    """The validator's grades of the year by criterion."""
    found = grades(evaluation)
    if found.empty:
        return blocks.paragraph(f"Nobody has validated the evidence for {evaluation.year}.")
    counts = pd.crosstab(found["criterion"], found["grade"]).reindex(
        index=CRITERIA, columns=GRADES, fill_value=0
    )
    rows = [
        [cell(CRITERION_WORDS[criterion].capitalize()), *(cell(str(count or DASH)) for count in counts)]
        for criterion, counts in zip(CRITERIA, counts.to_numpy().tolist(), strict=True)
    ]
    heads = [column(GRADE_WORDS[grade].capitalize(), align="right") for grade in GRADES]
    by = listed(list(dict.fromkeys(found["validator"])))
    said = f"Indicators of {evaluation.year} by criterion and grade, as validated by {by}"
    return blocks.table(caption(evaluation, said), [column("Criterion"), *heads], rows)


def _row(
    evaluation: Evaluation, kpi: str, own: dict[Any, Any] | None, graded: pd.DataFrame
) -> list[Dictionary]:
    ours = kpi_rating(evaluation, kpi)
    return [
        cell(kpi, small=kpi_text(evaluation, kpi)),
        cell(rating_word(ours), sign=ours),
        _own(own),
        _evidence(graded),
    ]


def _own(own: dict[Any, Any] | None) -> Dictionary:
    if own is None:
        return cell(DASH, small="not rated by the service")
    note = f" {full_stop(own['note'])}" if own["note"] else ""
    said = f"{own['author']}, {date_text(own['date'])}.{note}"
    return cell(rating_word(own["own"]), sign=own["own"], small=said)


def _evidence(graded: pd.DataFrame) -> Dictionary:
    """How many criteria are met, and each that is not, with the validator's words."""
    assessed = graded[graded["grade"].isin(ASSESSED)]
    if assessed.empty:
        return cell(DASH, small="not validated")
    met = int((assessed["grade"] == "met").sum())
    short = [_shortcoming(row) for row in assessed[assessed["grade"] != "met"].to_dict("records")]
    by = listed(list(dict.fromkeys(assessed["validator"])))
    return cell(f"{met} of {len(assessed)} met", small=" ".join([f"{by}.", *short]))


def _shortcoming(row: dict[Any, Any]) -> str:
    said = f"{row['indicator']} {CRITERION_WORDS[row['criterion']]}: {GRADE_WORDS[row['grade']]}"
    return full_stop(f"{said}, “{row['note']}”" if row["note"] else said)


def _note(own: dict[str, dict[Any, Any]], kpis: Collection[str]) -> str:
    """Where the service and we differ, KPI by KPI; a self-rating never changes ours."""
    differ = [own[kpi] for kpi in kpis if kpi in own and own[kpi]["agrees"] == "no"]
    if not differ:
        return "No self-rating differs from ours." if any(kpi in own for kpi in kpis) else ""
    said = [f"{row['kpi']} ({difference(row['rating'], row['own'])})" for row in differ]
    return f"The services' own ratings differ for {listed(said)}. None changes ours."
