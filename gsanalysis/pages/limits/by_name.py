"""The limits of a page by name: which KPIs, standards, targets, surveys and numbers each sentence means."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Sequence
from typing import Any

import pandas as pd

from gsanalysis.pages.contents import capital, count_word, counted
from gsanalysis.rating.evaluation import Evaluation
from gsanalysis.rating.rate import IndicatorRating
from gsanalysis.rating.rules import RATINGS
from gsanalysis.rating.vintages import jumps
from gsanalysis.wording.amounts import amount
from gsanalysis.wording.answers import FEW_ANSWERS, LOW_RESPONSE, margin_of_error
from gsanalysis.wording.endings import quoted
from gsanalysis.wording.findings import withdrawn
from gsanalysis.wording.moved import first_target, first_yardstick, worst_at_first
from gsanalysis.wording.words import is_share, listed, number, share

SHOWN = 6  # names in one sentence; more are counted


def named(names: Sequence[str]) -> str:
    """Names in a sentence, in quotation marks; from the seventh they are counted."""
    quotes = [f"“{name}”" for name in names[:SHOWN]]
    return listed([*quotes, f"{len(names) - SHOWN} more"] if len(names) > SHOWN else quotes)


def not_due(evaluation: Evaluation, kpis: Collection[str]) -> list[str]:
    """The KPIs that were not due or did not apply."""
    table = evaluation.kpis[evaluation.kpis["kpi"].isin(list(kpis))]
    return table.loc[table["rating"].isin(("not_yet_due", "not_applicable")), "kpi"].tolist()


def why_not(evaluation: Evaluation, kpis: Collection[str]) -> Iterator[str]:
    """What the reporters say of KPIs that do not apply, or where it stands; the same words once."""
    said: dict[str, list[str]] = {}
    for kpi in kpis:
        for words in dict.fromkeys(_reports(evaluation, kpi)):
            said.setdefault(words, []).append(kpi)
    for words, codes in said.items():
        yield f"{listed(codes)}: {words}"


def missing(ratings: Sequence[IndicatorRating]) -> Iterator[str]:
    """The indicators, and the parts of rated ones, without figure or comparison."""
    silent = [one for one in ratings if one.rating == "no_data" and not withdrawn(one.named)]
    sentences = {
        "No figure was reported for": silent,
        "A figure that had been reported was withdrawn for": [one for one in ratings if withdrawn(one.named)],
        "There is nothing to compare with for": [one for one in ratings if one.rating == "no_comparison"],
    }
    for sentence, found in sentences.items():
        if found:
            yield f"{sentence} {_names(found)}."
    for rating in ratings:
        if rating.missing:
            parts = [part.part for part in rating.parts if part.rating in ("no_data", "no_comparison")]
            yield f"{rating.indicator.row['name']}: no figure or comparison for {named(parts)}."


def unconfirmed(ratings: Sequence[IndicatorRating]) -> list[IndicatorRating]:
    """Those rated by a standard that is assumed and that nobody has confirmed."""
    return [
        one
        for one in ratings
        if one.rating in RATINGS
        and one.indicator.row["basis"] == "assumed"
        and not one.indicator.row["confirmed_by"]
    ]


def assumed(ratings: Sequence[IndicatorRating]) -> Iterator[str]:
    """The standards that are assumed and that nobody has confirmed."""
    if found := unconfirmed(ratings):
        yield f"The standard is assumed, and nobody has confirmed it, for {_names(found)}."


def moved_targets(ratings: Sequence[IndicatorRating]) -> list[IndicatorRating]:
    """Those whose target was moved since it was first set."""
    return [one for one in ratings if first_target(one.named)]


def revised_yardsticks(ratings: Sequence[IndicatorRating]) -> list[IndicatorRating]:
    """Those whose reference was revised since its first figure."""
    return [one for one in ratings if any(first_yardstick(part) is not None for part in one.parts)]


def moved(ratings: Sequence[IndicatorRating]) -> Iterator[str]:
    """The goalposts that were moved, and for how many the first would give another rating."""
    if targets := moved_targets(ratings):
        yield f"The target was moved since it was first set for {_names(targets)}{by_the_first(targets)}."
    if yardsticks := revised_yardsticks(ratings):
        said = f"The yardstick was revised after it was set for {_names(yardsticks)}"
        yield f"{said}{by_the_first(yardsticks)}."


def by_the_first(found: Sequence[IndicatorRating]) -> str:
    """For how many of them the first goalpost would give another rating, as the end of a sentence."""
    judged = [one for one in found if one.rating in RATINGS]
    other = sum(worst_at_first(one) != one.rating for one in judged)
    if not judged:
        return ""
    if len(found) == 1:
        return "; the first would give another rating" if other else "; both give the same rating"
    some = {0: "none", len(found): "each"}.get(other, count_word(other))
    return f"; the first would give another rating for {some} of them"


def few_answers(figures: pd.DataFrame) -> list[dict[Any, Any]]:
    """The surveys of a table of figures that too few answered."""
    rows = figures.dropna(subset=["responses", "invited"]).to_dict("records")
    return [
        row
        for row in rows
        if row["responses"] < FEW_ANSWERS
        or not row["invited"]
        or row["responses"] / row["invited"] < LOW_RESPONSE
    ]


def answers(figures: pd.DataFrame) -> Iterator[str]:
    """How many answered a survey that too few answered."""
    for row in few_answers(figures):
        answered, asked = int(row["responses"]), int(row["invited"])
        points = number(math.ceil(margin_of_error(answered, asked)))
        chance = f"differences under {points} points may be chance" if is_share(row["unit"]) else ""
        of = f" ({share(answered, asked)})" if asked > 10 else ""
        few = chance or "too few to stand for all"
        yield f"{row['name']}{_part(row)}: {answered} of {asked} answered{of}; {few}."


def jumped(evaluation: Evaluation, codes: Collection[str]) -> Iterator[str]:
    """Numbers that moved by more than half."""
    found = jumps(evaluation, codes)
    for row in found.head(SHOWN).to_dict("records"):
        before, now = number(row["before"], row["unit"]), amount(row["value"], row["unit"])
        yield f"{row['name']}{_part(row)} moved from {before} ({row['before_year']}) to {now}: worth a look."
    more = len(found) - SHOWN
    if more > 0:
        yield f"{capital(counted(more, 'more number'))} moved by more than half."


def _names(ratings: Sequence[IndicatorRating]) -> str:
    return named([one.indicator.row["name"] for one in ratings])


def _part(row: dict[Any, Any]) -> str:
    return f", {row['breakdown']}" if row["breakdown"] else ""


def _reports(evaluation: Evaluation, kpi: str) -> Iterator[str]:
    """The comments, else the sources, of the rows by which a KPI's indicators do not apply."""
    for rating in evaluation.ratings.values():
        if rating.indicator.kpi == kpi and rating.rating == "not_applicable":
            reference = rating.named.evidence.reference
            measured = [rating.named.evidence.value, *([reference] if reference else [])]
            figures = [
                figure for one in measured for figure in one.figures if figure.state == "not_applicable"
            ]
            for row in (evaluation.row(figure.row) for figure in figures):
                yield quoted(row["comment"]) if row["comment"] else f"not applicable, says “{row['source']}”."
