"""A plan's whole period: each year as it was rated then, and as it looks now."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from gsanalysis.plan import Plan
from gsanalysis.rating.evaluation import Evaluation
from gsanalysis.rating.rules import RATINGS, TARGETS
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
