"""The years of one indicator as a tidy frame: what a chart draws and a table lists."""

from __future__ import annotations

import pandas as pd

from gsanalysis.rating.evaluation import Evaluation
from gsanalysis.rating.rate import IndicatorRating, Rated
from gsanalysis.rating.values import Indicator

COLUMNS = ["year", "breakdown", "value", "state", "rating", "target"]


def history(evaluation: Evaluation, code: str) -> pd.DataFrame:
    """The values of an indicator by year and breakdown, up to the year evaluated, seen from its date.

    Columns: ``year`` (int); ``breakdown`` (empty: the total, or the sum of parts); ``value`` (a number, label, yes/no
    or ISO date; None where a year has a row without a value); ``state``; ``rating`` (empty in years before the plan);
    ``target`` (what the value was held against that year, None where nothing was). Parts stand beside a sum.
    """
    indicator = evaluation.figures.indicators[code]
    rows = [row for year in _years(evaluation, indicator) for row in _rows(evaluation, indicator, year)]
    return pd.DataFrame(rows, columns=COLUMNS).astype({"value": object, "target": object})


def described(evaluation: Evaluation, code: str) -> pd.Series:
    """The indicator's row of the plan, with what a chart names beside it.

    ``baseline_value`` (a number or None), ``baseline_year``, ``reference_name``, and ``horizon`` (an ISO day).
    """
    indicator = evaluation.figures.indicators[code]
    case = evaluation.ratings[code].named.case
    extra = {
        "baseline_value": case.baseline,
        "baseline_year": indicator.baseline_year,
        "reference_name": evaluation.reference_name(code),
        "horizon": case.horizon,
    }
    return pd.Series({**indicator.row, **extra}, dtype=object)


def _years(evaluation: Evaluation, indicator: Indicator) -> list[int]:
    plan, figures = evaluation.plan, evaluation.figures
    known = [year for year in figures.years(indicator) if year <= evaluation.year]
    reported_later = [year for year in figures.years(indicator) if year > evaluation.year]
    milestone = reported_later if indicator.rule == "by_date" else []
    return sorted({*known, *range(plan.first_year, evaluation.year + 1), *milestone})


def _rows(evaluation: Evaluation, indicator: Indicator, year: int) -> list[dict[str, object]]:
    rating = evaluation.rating(indicator.code, min(year, evaluation.year))
    if indicator.rule == "by_date":
        return _milestone_rows(evaluation, indicator, year, rating)
    rows = [_row(evaluation, year, part) for part in rating.parts]
    own = {row["breakdown"] for row in rows}
    for part, figure in evaluation.figures.cells(indicator, year).items():
        if part not in own:  # the parts of a sum, or parts without a rule
            rows.append(_entry(year, part, figure.value, figure.state, "", None))
    return rows


def _row(evaluation: Evaluation, year: int, rated: Rated) -> dict[str, object]:
    measured = rated.evidence.value
    state = measured.state or (measured.figures[0].state if measured.figures else "")
    rating = rated.rating if year >= evaluation.plan.first_year else ""
    return _entry(year, rated.part, measured.value, state, rating, rated.outcome.target)


def _milestone_rows(
    evaluation: Evaluation, indicator: Indicator, year: int, rating: IndicatorRating
) -> list[dict[str, object]]:
    """A milestone's rows as they were reported: what counts for a year may have been said in another."""
    rows = []
    for part in rating.parts:
        figure = evaluation.figures.cells(indicator, year).get(part.part)
        said = (figure.value, figure.state) if figure else (None, "")
        known = evaluation.plan.first_year <= year <= evaluation.year
        rows.append(_entry(year, part.part, *said, part.rating if known else "", part.outcome.target))
    return rows


def _entry(
    year: int, breakdown: str, value: object, state: str, rating: str, target: object
) -> dict[str, object]:
    return dict(zip(COLUMNS, (year, breakdown, value, state, rating, target), strict=True))
