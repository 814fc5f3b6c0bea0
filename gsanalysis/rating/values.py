"""The value of an indicator in a year: latest vintages, totals, sums and parts.

Follows docs/method.md, "The value of a year".
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from gsanalysis.plan import Plan

STATES = ("final", "provisional", "estimated", "illustrative")  # best to worst
TOTAL = ""  # the breakdown of a row that stands for the whole

Scalar = float | str


@dataclass(frozen=True)
class Indicator:
    """One row of ``indicators.csv`` with its cells read: numbers as floats, empty cells as None.

    ``target`` stays the plan's text, because what it means depends on the rule; ``source`` is the
    indicator whose rows are measured (``measured_by`` or the indicator itself).
    """

    code: str
    kpi: str
    kind: str
    rule: str
    target: str
    due: int | None
    baseline: float | None
    baseline_years: tuple[int, int] | None
    tolerance: float | None
    scale: tuple[str, ...]
    breakdowns: str
    source: str
    minimum: float | None
    maximum: float | None
    row: dict[str, str] = field(compare=False, repr=False)

    @property
    def baseline_year(self) -> int | None:
        """The single baseline year, None where the plan names none or a range."""
        years = self.baseline_years
        return years[0] if years and years[0] == years[1] else None


class Figure(NamedTuple):
    """The latest vintage of one figure.

    ``value`` is None where the row gives none; ``row`` is its place in ``plan.measurements``; ``vintages`` counts
    the rows of this figure, and ``first`` is the value of the first of them.
    """

    value: Scalar | None
    state: str
    reported_on: str
    row: int
    vintages: int
    first: Scalar | None
    first_reported_on: str


class Measured(NamedTuple):
    """A value that a rule looks at: ``status`` is ``value``, ``not_applicable`` or ``missing``.

    ``figures`` are the rows behind it (several for a sum).
    """

    value: Scalar | None
    status: str
    figures: tuple[Figure, ...] = ()

    @property
    def state(self) -> str:
        """The weakest state of the figures behind the value, empty where there is no value."""
        return weakest(figure.state for figure in self.figures) if self.status == "value" else ""


MISSING = Measured(None, "missing")


def weakest(states: Iterable[str]) -> str:
    """The weakest of some states of figures, empty for none."""
    return max((state for state in states if state), key=STATES.index, default="")


def read_indicators(plan: Plan) -> dict[str, Indicator]:
    """The plan's indicators by code, in the order of the plan's file."""
    return {row["indicator"]: _read_indicator(row) for row in plan.indicators.to_dict("records")}


class Figures:
    """The latest vintages of all figures that exist at a date (every date without one).

    Looked up by indicator, year and breakdown; the order of breakdowns is that of their first existing rows.
    """

    def __init__(self, plan: Plan, as_of: str | None = None) -> None:
        self.as_of = as_of
        self.indicators = read_indicators(plan)
        self._years: dict[str, dict[int, dict[str, Figure]]] = {}
        numeric = {code for code, indicator in self.indicators.items() if indicator.kind == "number"}
        rows = plan.measurements
        columns = (
            rows[name].tolist()
            for name in ("indicator", "year", "breakdown", "value", "state", "reported_on")
        )
        for place, (code, year, breakdown, text, state, reported_on) in enumerate(zip(*columns, strict=True)):
            if as_of is not None and reported_on > as_of:
                continue
            value = None if text == "" else float(text) if code in numeric else text
            cells = self._years.setdefault(code, {}).setdefault(year, {})
            figure = Figure(value, state, reported_on, place, 1, value, reported_on)
            known = cells.get(breakdown)
            cells[breakdown] = figure if known is None else _joined(known, figure)

    def years(self, indicator: Indicator) -> list[int]:
        """The years that have a row of the indicator, ascending."""
        return sorted(self._years.get(indicator.source, {}))

    def cells(self, indicator: Indicator, year: int) -> dict[str, Figure]:
        """The figures of a year by breakdown, in the order of their first existing rows."""
        return self._years.get(indicator.source, {}).get(year, {})

    def value(self, indicator: Indicator, part: str, year: int) -> Measured:
        """The measured value of a year: of a part its own row; else the total, or the sum of the parts."""
        cells = self.cells(indicator, year)
        if part in cells:
            return _measured(cells[part])
        if part != TOTAL or indicator.breakdowns != "sum" or not cells:
            return MISSING
        return MISSING if self.forgotten_parts(indicator, year) else _sum(cells.values())

    def parts(self, indicator: Indicator, year: int) -> list[str]:
        """What is rated in a year: ``[""]`` for the total, or the parts of ``each``, forgotten ones last."""
        cells = self.cells(indicator, year)
        if indicator.rule == "by_date":
            return self._parts_of_all_years(indicator)
        if indicator.breakdowns != "each" or TOTAL in cells or not cells:
            return [TOTAL]
        return list(cells) + self.forgotten_parts(indicator, year)

    def forgotten_parts(self, indicator: Indicator, year: int) -> list[str]:
        """Parts without a row in a year that has others, whose last earlier row is not ``not_applicable``."""
        cells = self.cells(indicator, year)
        if not cells or TOTAL in cells:
            return []
        latest: dict[str, str] = {}
        for earlier in self.years(indicator):
            if earlier < year:
                latest.update((part, figure.state) for part, figure in self.cells(indicator, earlier).items())
        return [
            p for p, state in latest.items() if p not in cells and p != TOTAL and state != "not_applicable"
        ]

    def _parts_of_all_years(self, indicator: Indicator) -> list[str]:
        parts = dict.fromkeys(part for year in self.years(indicator) for part in self.cells(indicator, year))
        return [TOTAL] if TOTAL in parts or indicator.breakdowns != "each" or not parts else list(parts)


def _joined(known: Figure, row: Figure) -> Figure:
    """A figure with one more row: the latest vintage counts, the first one's value is remembered."""
    later = row if row.reported_on > known.reported_on else known
    first = row if row.reported_on < known.first_reported_on else known
    vintages = known.vintages + 1
    return Figure(
        later.value, later.state, later.reported_on, later.row, vintages, first.first, first.first_reported_on
    )


def _measured(figure: Figure) -> Measured:
    if figure.value is not None:
        return Measured(figure.value, "value", (figure,))
    return Measured(None, "not_applicable" if figure.state == "not_applicable" else "missing", (figure,))


def _sum(figures: Iterable[Figure]) -> Measured:
    there = tuple(figure for figure in figures if figure.state != "not_applicable")
    if not there:
        return Measured(None, "not_applicable")
    values = [figure.value for figure in there]
    if any(value is None for value in values):
        return Measured(None, "missing", there)
    return Measured(sum(float(value) for value in values if value is not None), "value", there)


def _read_indicator(row: dict[Any, Any]) -> Indicator:
    years = [int(year) for year in row["baseline_years"].split("-")] if row["baseline_years"] else []
    return Indicator(
        code=row["indicator"],
        kpi=row["kpi"],
        kind=row["kind"],
        rule=row["rule"],
        target=row["target"],
        due=int(row["due"]) if row["due"] else None,
        baseline=_number(row["baseline"]),
        baseline_years=(years[0], years[-1]) if years else None,
        tolerance=_number(row["tolerance"]),
        scale=tuple(row["scale"].split("|")) if row["scale"] else (),
        breakdowns=row["breakdowns"],
        source=row["measured_by"] or row["indicator"],
        minimum=_number(row["minimum"]),
        maximum=_number(row["maximum"]),
        row=row,
    )


def _number(text: str) -> float | None:
    return float(text) if text else None
