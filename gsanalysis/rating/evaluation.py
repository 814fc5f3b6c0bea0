"""One year's evaluation: the plan, the figures that exist at a date, and every rating made from them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from gsanalysis.plan import Plan
from gsanalysis.rating.rate import (
    IndicatorRating,
    indicator_table,
    kpi_table,
    objective_table,
    rate_all,
    rate_indicator,
)
from gsanalysis.rating.values import Figures


@dataclass(frozen=True, eq=False)
class Evaluation:
    """The ratings of a year, at an as-of date (None: with all that was ever reported).

    ``indicators``, ``kpis`` and ``objectives`` are the tables of `assess`; ``ratings`` are the indicators' ratings
    with their evidence, by code, in the order of the plan. Everything is worked out when it is first asked for, and
    once. Units and columns are those of `assess`; an unknown code is a KeyError.

    >>> import gsanalysis as gs
    >>> year = gs.Evaluation(gs.load(), 2014)
    >>> year.ratings["O3-K1b"].rating
    'achieved'
    >>> year.in_year(2013).kpis.set_index("kpi").loc["O3-K1", "rating"]
    'achieved'
    """

    plan: Plan
    year: int
    as_of: str | None = None

    @cached_property
    def figures(self) -> Figures:
        """The latest vintages that exist at the date."""
        return Figures(self.plan, self.as_of)

    @cached_property
    def ratings(self) -> dict[str, IndicatorRating]:
        """Every indicator's rating with its evidence, by code."""
        ratings = rate_all(self.figures, self.year, self.plan.last_year)
        return {rating.indicator.code: rating for rating in ratings}

    @cached_property
    def indicators(self) -> pd.DataFrame:
        """The table of `assess` for indicators."""
        return indicator_table(list(self.ratings.values()))

    @cached_property
    def kpis(self) -> pd.DataFrame:
        """The table of `assess` for KPIs."""
        return kpi_table(self.plan, self.indicators)

    @cached_property
    def objectives(self) -> pd.DataFrame:
        """The table of `assess` for objectives."""
        return objective_table(self.plan, self.kpis)

    @cached_property
    def _years(self) -> dict[int, Evaluation]:
        return {self.year: self}

    def in_year(self, year: int) -> Evaluation:
        """Another year, seen from the same date and on the same figures."""
        if year not in self._years:
            other = Evaluation(self.plan, year, self.as_of)
            other.__dict__.update(figures=self.figures, _years=self._years)  # shared: figures are read once
            self._years[year] = other
        return self._years[year]

    def rating(self, code: str, year: int) -> IndicatorRating:
        """One indicator's rating in any year, without rating all the others."""
        return rate_indicator(self.figures, self.figures.indicators[code], year, self.plan.last_year)

    def reference_name(self, code: str) -> str:
        """The name of the indicator that another is held against, empty where its target is none."""
        reference = self.figures.indicators.get(self.figures.indicators[code].target)
        return reference.row["name"] if reference else ""

    def objective_of(self, kpi: str) -> str:
        """The objective that a KPI belongs to."""
        return self._objectives[kpi]

    @cached_property
    def _objectives(self) -> dict[str, str]:
        return dict(zip(self.plan.kpis["kpi"], self.plan.kpis["objective"], strict=True))

    def row(self, place: int) -> dict[Any, Any]:
        """A row of the measurements by its place (``Figure.row``), as a dictionary."""
        return self.plan.measurements.iloc[place].to_dict()

    @cached_property
    def data_as_of(self) -> str:
        """The as-of date, or the latest day on which anything was reported; empty without any figure."""
        reported = self.plan.measurements["reported_on"]
        return self.as_of or (max(reported) if len(reported) else "")
