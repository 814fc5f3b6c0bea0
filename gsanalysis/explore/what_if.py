"""What a rating would be if the target, the tolerance, the due year or the value were another.

The question is put to a small plan in memory: the indicator, what it is held against, and their figures, with the
cells that are moved. The rules and the plan's checks read it like any other, so that an answer can't differ from
what the same cells in the data would give. Nothing is written.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date

import pandas as pd

from gsanalysis.checking.references import is_reference
from gsanalysis.comparison.difference import value_text
from gsanalysis.explore.soundness import REFERENCE_ROW, VALUE_ROW, require_sound
from gsanalysis.plan import Plan
from gsanalysis.rating.evaluation import Evaluation
from gsanalysis.rating.rate import IndicatorRating
from gsanalysis.rating.rules import TARGETS
from gsanalysis.rating.values import Indicator
from gsanalysis.schema import MEASUREMENTS

Cell = float | int | str | date
SUPPOSED = "supposed for the question"
# Whose reading a moved standard is: no longer the plan's, and nobody has agreed to it.
UNCONFIRMED = {"basis": "assumed", "confirmed_by": "", "confirmed_on": ""}


def what_if(
    evaluation: Evaluation,
    code: str,
    target: Cell | None = None,
    tolerance: Cell | None = None,
    due: Cell | None = None,
    value: Cell | None = None,
    part: str | None = None,
) -> IndicatorRating:
    """Rate an indicator for the year of an evaluation as if some of its cells were others; None stays as it is.

    ``target``, ``tolerance`` (a share of the target's size) and ``due`` are written as in ``indicators.csv``,
    ``value`` as in ``measurements/YYYY.csv`` and in the indicator's unit; numbers and dates may be given as such. An
    empty text is an empty cell: no tolerance, or no figure collected.
    Where the target is a reference, a number stands in the place of that indicator's figure of the year. ``part`` is
    the breakdown whose figure is moved, that which decides unless said ("" is the total). All else stays: earlier
    years, other parts, the baseline, what was reported by the as-of date.

    Raises KeyError for an unknown indicator, and UsageError with a sentence for cells that ``check`` would refuse, or
    that the rule does not look at.

    >>> import gsanalysis as gs
    >>> year = gs.Evaluation(gs.load(), 2014)
    >>> year.ratings["O3-K1b"].rating
    'achieved'
    >>> gs.what_if(year, "O3-K1b", target=16_000_000, tolerance=0.05).rating
    'at_risk'
    """
    return suppose(evaluation, code, target, tolerance, due, value, part).ratings[code]


def suppose(
    evaluation: Evaluation,
    code: str,
    target: Cell | None = None,
    tolerance: Cell | None = None,
    due: Cell | None = None,
    value: Cell | None = None,
    part: str | None = None,
) -> Evaluation:
    """The evaluation that `what_if` rates, for an explanation or a chart of it.

    It holds this indicator and what it is held against, no others.
    """
    indicator = evaluation.figures.indicators[code]
    cells = {"target": target, "tolerance": tolerance, "due": due, "value": value}
    moved = {name: _text(cell) for name, cell in cells.items() if cell is not None}
    if part is None:
        part = evaluation.rating(code, evaluation.year).named.part
    plan = _excerpt(evaluation, indicator, moved.get("target", ""))
    if "value" in moved:
        plan = _with_figure(plan, indicator, evaluation, part, moved["value"], VALUE_ROW)
    columns = {name: text for name, text in moved.items() if name != "value"}
    reference = evaluation.figures.indicators.get(indicator.target) if indicator.rule in TARGETS else None
    if reference is not None and not is_reference(columns.get("target", reference.code)):
        plan = _with_figure(plan, reference, evaluation, part, columns.pop("target"), REFERENCE_ROW)
    if columns:
        plan = _with_cells(plan, code, columns)
    require_sound(plan, code, columns)
    return Evaluation(plan, evaluation.year, evaluation.as_of)


def _text(cell: Cell) -> str:
    """A cell as it would stand in the data."""
    if isinstance(cell, date):
        return cell.isoformat()
    return value_text(float(cell)) if isinstance(cell, float | int) else str(cell).strip()


def _excerpt(evaluation: Evaluation, indicator: Indicator, target: str) -> Plan:
    """The plan with the indicator and all that it is or would be held against or measured by, and their figures."""
    known, plan = evaluation.figures.indicators, evaluation.plan
    codes: set[str] = set()
    named = [indicator.code, target]
    while named:
        code = named.pop()
        if code in known and code not in codes:
            codes.add(code)
            named += [known[code].source, known[code].target]  # a number or a label is no code
    return replace(
        plan,
        indicators=_only(plan.indicators, codes),
        measurements=_only(plan.measurements, codes),
    )


def _only(frame: pd.DataFrame, codes: Collection[str]) -> pd.DataFrame:
    return frame[frame["indicator"].isin(list(codes))].reset_index(drop=True)


def _with_cells(plan: Plan, code: str, columns: Mapping[str, str]) -> Plan:
    indicators = plan.indicators.copy()
    for column, text in {**columns, **UNCONFIRMED}.items():
        indicators.loc[indicators["indicator"] == code, column] = text
    return replace(plan, indicators=indicators)


def _with_figure(
    plan: Plan, indicator: Indicator, evaluation: Evaluation, part: str, text: str, row: int
) -> Plan:
    """The plan with one figure of the year in the place of whatever was reported of it.

    A survey keeps its answers. Of a milestone, what was said of the part in any year goes: the day it was done is
    one and the same.
    """
    rows, year = plan.measurements, evaluation.year
    milestone = indicator.rule == "by_date"
    of_part = (rows["indicator"] == indicator.source) & (rows["breakdown"] == part)
    of_part &= milestone | (rows["year"] == year)
    reported = rows[of_part & (rows["year"] == year)].sort_values("reported_on", kind="stable").tail(1)
    answers = reported[["responses", "invited"]].to_dict("records")
    figure = dict.fromkeys(MEASUREMENTS.names, "") | {
        "indicator": indicator.source, "year": year, "breakdown": part, "value": text,
        "state": "estimated" if text else "not_collected",
        "reported_on": _day(evaluation), "source": SUPPOSED, "row": row, **(answers[0] if answers else {}),
    }  # fmt: skip
    place = int(of_part.to_numpy().argmax()) if of_part.any() else len(rows)
    others = ~of_part.to_numpy()
    pieces = [rows[:place][others[:place]], pd.DataFrame([figure]), rows[place:][others[place:]]]
    whole = pd.concat([piece for piece in pieces if len(piece)], ignore_index=True)
    return replace(plan, measurements=whole[list(rows.columns)])


def _day(evaluation: Evaluation) -> str:
    """The day on which a supposed figure is known: the latest one that counts, and after the year."""
    return evaluation.as_of or max(evaluation.data_as_of, f"{evaluation.year + 1}-01-01")
