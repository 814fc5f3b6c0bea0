"""What StratML has no place for: said to whoever exports, with how much of it there is."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from gsanalysis.exchange.stratml.elements import NOT_IN_XML
from gsanalysis.rating.evaluation import Evaluation
from gsanalysis.schema import MEASUREMENTS, TABLES

_FIGURE = ["indicator", "year", "breakdown"]


def not_held(evaluation: Evaluation) -> list[str]:
    """Sentences, each with a number; what there is none of is not mentioned."""
    return [*_in_words(evaluation), *_left_out(evaluation)]


def _in_words(evaluation: Evaluation) -> Iterator[str]:
    """What is held as text for people, and by no element for a program."""
    if count := len(evaluation.figures.indicators):
        yield (
            "Rules, tolerances, bounds, scales and confirmations have no place in StratML: those of "
            f"{_several(count, 'indicator')} stand in words."
        )
    known = _known(evaluation)
    latest = known[known["year"] <= evaluation.year].drop_duplicates(_FIGURE)
    if len(latest):
        yield (
            "States, sources, checks and numbers of answers have no place in StratML: those of "
            f"{_several(len(latest), 'figure')} stand in words."
        )
    if count := int((latest["breakdown"] != "").sum()):
        yield f"Parts have no place in StratML: the names of {_several(count, 'part')} stand in words."


def _left_out(evaluation: Evaluation) -> Iterator[str]:
    plan, year, known = evaluation.plan, evaluation.year, _known(evaluation)
    told = known[known["year"] <= year]
    if count := len(told) - len(told.drop_duplicates(_FIGURE)):
        yield f"Vintages are left out: {_several(count, 'earlier vintage')}, of which the latest one is there."
    if count := len(known) - len(told):
        yield f"Years after {year} are left out: {_several(count, 'measurement')}."
    for name, thing in (("self_ratings", "self-rating"), ("validation", "grade by a validator")):
        frame: pd.DataFrame = getattr(plan, name)
        if len(frame):
            yield f"Views beside the rating are left out: {_several(len(frame), thing)}."
    if count := int((plan.commentary["year"] != year).sum()):
        yield f"Commentary of other years is left out: {_several(count, 'section')}."
    if evaluation.as_of and (count := int((plan.commentary["year"] == year).sum())):
        yield f"Commentary is left out as of an earlier day: {_several(count, 'section')}."
    if count := sum(_spoilt(getattr(plan, name)) for name in (*TABLES, "commentary")):
        yield f"Control characters that XML does not allow were replaced in {_several(count, 'cell')}."


def _known(evaluation: Evaluation) -> pd.DataFrame:
    """The rows of every year that were reported by the as-of date."""
    rows = evaluation.plan.measurements[MEASUREMENTS.names]
    return rows[rows["reported_on"] <= evaluation.as_of] if evaluation.as_of else rows


def _spoilt(frame: pd.DataFrame) -> int:
    return sum(bool(NOT_IN_XML.search(str(cell))) for cell in frame.to_numpy(dtype=object).ravel())


def _several(count: int, thing: str) -> str:
    if count == 1:
        return f"1 {thing}"
    first, _, rest = thing.partition(" by ")
    return f"{count} {first}s" + (f" by {rest}" if rest else "")
