"""Whether a plan with moved cells can be rated: the plan's own checks, said in a sentence."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import pandas as pd

from gsanalysis.checking.indicator import indicators_of
from gsanalysis.checking.measurement_rules import check_measurements
from gsanalysis.checking.pairs import check_pairs
from gsanalysis.checking.plan_rules import check_plan
from gsanalysis.checking.references import is_reference
from gsanalysis.checking.series_rules import check_series
from gsanalysis.plan import Plan, Problem, UsageError
from gsanalysis.problems import nearest, quoted
from gsanalysis.reading.sheets import Sheet, check_cells
from gsanalysis.schema import INDICATORS, MEASUREMENTS, Table

VALUE_ROW, REFERENCE_ROW = 0, -1  # the lines, of no file, on which supposed figures stand
NAMES = {
    "target": "Target",
    "tolerance": "Tolerance",
    "due": "Due year",
    "value": "Value",
    "baseline_years": "Baseline year",
}


def require_sound(plan: Plan, code: str, columns: Collection[str]) -> None:
    """Raise UsageError with one sentence for moved ``columns`` of the indicator that make no sense.

    The sentence is what `check` would say of them.
    """
    indicators = _sheet(INDICATORS, plan.indicators, _lines(plan))
    measurements = _sheet(MEASUREMENTS, plan.measurements, plan.measurements["row"])
    for sheet in (indicators, measurements):
        check_cells(sheet)
    fault = next(_unknown_reference(plan, code), "")
    if not fault:
        check_pairs(indicators)
        check_plan(indicators)
        check_measurements(measurements, indicators)
        check_series(measurements, indicators)
        fault = next(_faults(indicators, measurements), "") or next(_unused(indicators, code, columns), "")
    if fault:
        raise UsageError(f"{fault}.")


def _sheet(table: Table, frame: pd.DataFrame, lines: pd.Series) -> Sheet:
    """Rows of a plan as the checks read them."""
    texts = frame[table.names].astype("str")
    files = f"{table.path}/" + texts["year"] + ".csv" if table.by_year else table.path
    return Sheet(table, texts.assign(file=files, row=lines))


def _lines(plan: Plan) -> pd.Series:
    return pd.Series(range(2, len(plan.indicators) + 2), index=plan.indicators.index, dtype="int64")


def _unknown_reference(plan: Plan, code: str) -> Iterator[str]:
    row = plan.indicators[plan.indicators["indicator"] == code].iloc[0]
    target, known = row["target"], list(plan.indicators["indicator"])
    if row["rule"] in ("at_least", "at_most") and is_reference(target) and target not in known:
        near = nearest(target, known)
        yield f"Target: {quoted(target)} is no indicator, expected a number{f' or {near}' if near else ''}"


def _faults(*sheets: Sheet) -> Iterator[str]:
    for sheet in sheets:
        for problem in sheet.problems:
            if not problem.warning:
                yield f"{_name(problem)}: {problem.message}"


def _name(problem: Problem) -> str:
    """What was moved, as a reader calls it."""
    column = "target" if problem.row == REFERENCE_ROW else problem.column
    return NAMES.get(column, column.replace("_", " ").capitalize())


def _unused(indicators: Sheet, code: str, columns: Collection[str]) -> Iterator[str]:
    [indicator] = [one for one in indicators_of(indicators) if one["indicator"] == code]
    what = "a reference" if indicator.has_reference else f"the rule {indicator['rule']}"
    for column in columns:
        if column not in indicator.uses:
            yield f"{NAMES[column]}: {what} does not use it, expected it to be left alone"
