"""The figures that a year's ratings could rest on, one row each: states, vintages, answers, who checked."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

import pandas as pd

from gsanalysis.rating.evaluation import Evaluation
from gsanalysis.rating.rules import YEARS_BACK
from gsanalysis.schema import MEASUREMENTS

LATE_DAYS = 181  # reported after the first half of the following year
JUMP = 0.5  # a change by more than half of the value before is worth a look


def figure_table(evaluation: Evaluation, codes: Collection[str] | None = None) -> pd.DataFrame:
    """The latest vintage of each figure of the year evaluated (of the indicators ``codes``, or of all).

    Columns: ``indicator``, ``objective``, ``name``, ``unit``, ``breakdown``, ``value`` (None where there is none),
    ``state``, ``reported_on``, ``days`` (from the year's end to the report), ``late``, ``verification``, ``source``,
    ``responses`` and ``invited`` (numbers or None), ``vintages``, ``first`` (the first vintage's value).
    """
    rows = [
        _row(evaluation, code, part)
        for code in evaluation.ratings
        if codes is None or code in codes
        for part in _own_parts(evaluation, code)
    ]
    return pd.DataFrame(rows, columns=_COLUMNS).astype({"value": object, "first": object})


def jumps(evaluation: Evaluation, codes: Collection[str] | None = None) -> pd.DataFrame:
    """Numbers that moved by more than half since the last value of the three years before.

    Columns: ``indicator``, ``name``, ``unit``, ``breakdown``, ``before_year``, ``before``, ``value``.
    """
    rows = []
    for row in figure_table(evaluation, codes).to_dict("records"):
        before = _before(evaluation, row["indicator"], row["breakdown"])
        if before and isinstance(row["value"], float) and _jumped(before[1], row["value"]):
            kept = {name: row[name] for name in ("indicator", "name", "unit", "breakdown", "value")}
            rows.append({**kept, "before_year": before[0], "before": before[1]})
    return pd.DataFrame(
        rows, columns=["indicator", "name", "unit", "breakdown", "before_year", "before", "value"]
    )


def known_rows(evaluation: Evaluation) -> pd.DataFrame:
    """Every row of the measurements that the ratings could look at: all vintages reported by the as-of date.

    The rows of the years up to the one evaluated, and of milestones in any year, because their parts carry over.
    The columns and the order are those of ``measurements/YYYY.csv``, year after year.
    """
    rows = evaluation.plan.measurements
    indicators = evaluation.figures.indicators.values()
    milestones = {indicator.source for indicator in indicators if indicator.rule == "by_date"}
    known = (rows["year"] <= evaluation.year) | rows["indicator"].isin(milestones)
    if evaluation.as_of:
        known &= rows["reported_on"] <= evaluation.as_of
    return rows.loc[known, MEASUREMENTS.names].reset_index(drop=True)


def edition(evaluation: Evaluation) -> str:
    """The day that names the edition: the as-of date, else that of the latest report known; empty without any."""
    return evaluation.as_of or max(known_rows(evaluation)["reported_on"], default="")


_COLUMNS = [
    "indicator", "objective", "name", "unit", "breakdown", "value", "state", "reported_on", "days", "late",
    "verification", "source", "responses", "invited", "vintages", "first",
]  # fmt: skip


def _own_parts(evaluation: Evaluation, code: str) -> list[str]:
    """The breakdowns of the year, of an indicator that has rows of its own."""
    indicator = evaluation.figures.indicators[code]
    own = indicator.source == code
    return list(evaluation.figures.cells(indicator, evaluation.year)) if own else []


def _row(evaluation: Evaluation, code: str, part: str) -> dict[str, object]:
    indicator = evaluation.figures.indicators[code]
    figure = evaluation.figures.cells(indicator, evaluation.year)[part]
    reported = evaluation.row(figure.row)
    days = (date.fromisoformat(figure.reported_on) - date(evaluation.year, 12, 31)).days
    return {
        "indicator": code,
        "objective": evaluation.objective_of(indicator.kpi),
        "name": indicator.row["name"],
        "unit": indicator.row["unit"],
        "breakdown": part,
        "value": figure.value,
        "state": figure.state,
        "reported_on": figure.reported_on,
        "days": days,
        "late": days > LATE_DAYS,
        "verification": reported["verification"],
        "source": reported["source"],
        "responses": _count(reported["responses"]),
        "invited": _count(reported["invited"]),
        "vintages": figure.vintages,
        "first": figure.first,
    }


def _count(text: object) -> int | None:
    return int(str(text)) if text else None


def _before(evaluation: Evaluation, code: str, part: str) -> tuple[int, float] | None:
    indicator = evaluation.figures.indicators[code]
    for year in range(evaluation.year - 1, evaluation.year - 1 - YEARS_BACK, -1):
        figure = evaluation.figures.cells(indicator, year).get(part)
        if figure is not None and isinstance(figure.value, float):
            return year, figure.value
    return None


def _jumped(before: float, value: float) -> bool:
    return abs(value - before) > JUMP * abs(before) if before else value != 0
