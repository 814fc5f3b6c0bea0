"""A plan's whole period: each year as it was rated then, as it looks now, and what changed in between."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from gsanalysis.plan import Plan
from gsanalysis.rating.evaluation import Evaluation
from gsanalysis.rating.rate import IndicatorRating, Rated
from gsanalysis.rating.rules import RATINGS, TARGETS, Scalar
from gsanalysis.rating.values import Indicator

LIMIT = "06-30"  # of the following year; what comes later counts as late
NOT_OVER = "not_yet_due"  # what is shown for a year that had not ended
COULD_BE_RATED = (*RATINGS, "no_data", "no_comparison")


@dataclass(frozen=True, eq=False)
class Period:
    """All years of a plan, seen from a day (None: with all that was ever reported)."""

    plan: Plan
    as_of: str | None = None

    @property
    def years(self) -> list[int]:
        """The plan's years."""
        return list(range(self.plan.first_year, self.plan.last_year + 1))

    @cached_property
    def over(self) -> list[int]:
        """The years that had ended: by the as-of date, without one by the figures that there are."""
        return [year for year in self.years if year <= self._last_ended]

    @cached_property
    def end(self) -> int:
        """The last year that had ended; the plan's first one where none had."""
        return self.over[-1] if self.over else self.plan.first_year

    def now(self, year: int) -> Evaluation:
        """A year as it looks from the day of the page."""
        return self._latest.in_year(year)

    def then(self, year: int) -> Evaluation:
        """A year as it was rated half a year after its end, or by the as-of date if that is earlier."""
        if year not in self._then:
            self._then[year] = Evaluation(self.plan, year, self.limit(year))
        return self._then[year]

    def limit(self, year: int) -> str:
        """The last day of which "then" knows anything."""
        day = f"{year + 1}-{LIMIT}"
        return min(self.as_of, day) if self.as_of else day

    @cached_property
    def kpis(self) -> pd.DataFrame:
        """Every KPI in every year: ``kpi``, ``objective``, ``year``, ``over``, ``then``, ``now``, ``partial``.

        The ratings are those of `assess` at the two days; ``partial`` (bool) is that of now.
        """
        return pd.concat([self._year(year) for year in self.years], ignore_index=True)

    @cached_property
    def _latest(self) -> Evaluation:
        return Evaluation(self.plan, self.end, self.as_of)

    @cached_property
    def _then(self) -> dict[int, Evaluation]:
        return {}

    @property
    def _last_ended(self) -> int:
        """Without an as-of date a year has ended when it has figures, or when something was reported after it."""
        if self.as_of:
            return int(self.as_of[:4]) - (self.as_of[5:] < "12-31")
        rows = self.plan.measurements
        if rows.empty:
            return self.plan.last_year
        return max(int(rows["year"].max()), int(max(rows["reported_on"])[:4]) - 1)

    def _year(self, year: int) -> pd.DataFrame:
        then, now = self.then(year).kpis, self.now(year).kpis
        frame = self.plan.kpis[["kpi", "objective"]].assign(year=year, over=year in self.over)
        return frame.assign(
            then=then["rating"].to_list(),
            now=now["rating"].to_list(),
            partial=(now["partial"] == "yes").to_list(),
        )


@dataclass(frozen=True)
class Cause:
    """A row reported after the limit, which a rating rests on now.

    ``row`` is the measurement, ``before`` the value known then (None where there was none), ``after`` the present
    one; ``is_reference`` where it is what the value is held against.
    """

    row: dict[Any, Any]
    before: Scalar | None
    after: Scalar | None
    is_reference: bool


@dataclass(frozen=True)
class Change:
    """An indicator of a year that is rated otherwise now than it was then, and the rows that explain it."""

    year: int
    then: IndicatorRating
    now: IndicatorRating
    causes: tuple[Cause, ...]


def changes(period: Period) -> list[Change]:
    """Every indicator's rating that looks different now, year by year in the order of the plan."""
    return [
        Change(year, before, after, _causes(period, after))
        for year in period.over
        for code, after in period.now(year).ratings.items()
        if (before := period.then(year).ratings[code]).rating != after.rating
    ]


def late_rows(period: Period) -> pd.DataFrame:
    """The rows of ended years that were reported after the limit of their year."""
    rows = period.plan.measurements
    rows = rows[rows["year"].isin(period.over)]
    late = rows["reported_on"] > (rows["year"] + 1).astype(str) + f"-{LIMIT}"
    return rows[late & (rows["reported_on"] <= (period.as_of or "9999"))]


def measured_years(period: Period, code: str) -> list[int]:
    """The plan's years for which an indicator has a value; a milestone's, in whatever year it was reported."""
    evaluation = period.now(period.end)
    indicator = evaluation.figures.indicators[code]
    return [
        year
        for year in evaluation.figures.years(indicator)
        if (year in period.years or indicator.rule == "by_date")
        and any(figure.value is not None for figure in evaluation.figures.cells(indicator, year).values())
    ]


def due_targets(period: Period) -> list[Indicator]:
    """The indicators with a target to be reached by a day or a year; references are standards of their year."""
    indicators = period.now(period.end).figures.indicators
    return [
        one
        for one in indicators.values()
        if one.rule == "by_date"
        or (one.rule in TARGETS and one.due is not None and one.target not in indicators)
    ]


def _causes(period: Period, after: IndicatorRating) -> tuple[Cause, ...]:
    """The late rows behind the part that decides; else behind all parts; else all late ones of the indicator."""
    late = period.limit(after.named.year)
    all_parts = (place for part in after.parts for place in _evidence(part))
    for places in (_evidence(after.named), all_parts, _all_rows(period, after.indicator)):
        known = dict.fromkeys(places)
        found = [cause for place in known if (cause := _cause(period, after, place, late)) is not None]
        changed = [cause for cause in found if cause.before != cause.after]
        if found:
            return tuple(changed or found)
    return ()


def _evidence(named: Rated) -> Iterator[int]:
    return (figure.row for measured in named.evidence.measured() for figure in measured.figures)


def _all_rows(period: Period, indicator: Indicator) -> Iterator[int]:
    """The latest vintages of an indicator and of what it is held against."""
    figures = period.now(period.end).figures
    reference = figures.indicators.get(indicator.target)
    for one in filter(None, (indicator, reference)):
        for year in figures.years(one):
            yield from (figure.row for figure in figures.cells(one, year).values())


def _cause(period: Period, after: IndicatorRating, place: int, late: str) -> Cause | None:
    now, then = period.now(after.named.year), period.then(after.named.year)
    row = now.row(place)
    if row["reported_on"] <= late:
        return None
    figures = now.figures.indicators[row["indicator"]]
    known = then.figures.cells(figures, row["year"]).get(row["breakdown"])
    present = now.figures.cells(figures, row["year"])[row["breakdown"]]
    is_reference = row["indicator"] != after.indicator.source
    return Cause(row, known.value if known else None, present.value, is_reference)
