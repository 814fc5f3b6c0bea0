"""What changed since an edition: every difference, the ratings that moved, and which differences moved them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from gsanalysis.comparison.causes import Movement, movement
from gsanalysis.comparison.difference import Difference
from gsanalysis.comparison.figures import figure_differences, own_cells
from gsanalysis.comparison.plans import (
    in_order,
    indicator_differences,
    indicator_rows,
    plan_differences,
)
from gsanalysis.plan import Plan
from gsanalysis.rating.evaluation import Evaluation

COLUMNS = list(Difference._fields)


@dataclass(frozen=True, eq=False)
class Differences:
    """All that differs between two editions, with the ratings that a year has in each of them.

    ``rows`` is complete: applied to the old edition it gives the new one, but for the order of rows, the
    commentary, and what a measurement says beside value and state. Its order: settings, tables of the plan, then
    indicator by indicator its reading, its figures by year, its rating.
    """

    before: Evaluation
    after: Evaluation

    @property
    def editions(self) -> tuple[Evaluation, Evaluation]:
        """The old one and the new one."""
        return self.before, self.after

    @cached_property
    def rows(self) -> list[Difference]:
        """Every difference."""
        return [*self.of_plan, *(row for rows in self.of_indicators.values() for row in rows)]

    @cached_property
    def of_plan(self) -> list[Difference]:
        """The rows of settings, objectives, outputs, expected results, KPIs and links."""
        return list(plan_differences(self.before.plan, self.after.plan))

    @cached_property
    def of_indicators(self) -> dict[str, list[Difference]]:
        """The rows of each indicator by code, new ones in the order of the plan, dropped ones last."""
        old, new = indicator_rows(self.before.plan), indicator_rows(self.after.plan)
        return {
            code: list(self._of_indicator(code, old.get(code), new.get(code))) for code in in_order(old, new)
        }

    @cached_property
    def moved(self) -> list[str]:
        """The indicators whose rating differs, new and dropped ones too."""
        return [code for code in self.of_indicators if len(set(self.rating(code))) > 1]

    def table(self) -> pd.DataFrame:
        """The rows with the contract's columns, all of them text, "" where a cell is empty."""
        return pd.DataFrame(self.rows, columns=COLUMNS, dtype="str")

    def rating(self, code: str) -> tuple[str, str]:
        """An indicator's rating in the old and in the new edition, "" where it does not exist."""
        old, new = self.before.ratings.get(code), self.after.ratings.get(code)
        return old.rating if old else "", new.rating if new else ""

    def movement(self, code: str) -> Movement:
        """What moved an indicator's rating; empty where it did not move."""
        if code not in self._movements:
            self._movements[code] = movement(code, self.before, self.after, self.of_indicators, self.of_plan)
        return self._movements[code]

    def causes(self, code: str) -> list[Difference]:
        """The rows that moved an indicator's rating; none where it did not move, or by the day alone."""
        return self.movement(code).rows

    @cached_property
    def _movements(self) -> dict[str, Movement]:
        return {}

    def _of_indicator(
        self, code: str, old_row: Mapping[str, str] | None, new_row: Mapping[str, str] | None
    ) -> Iterator[Difference]:
        old, new = self.rating(code)
        before, after = own_cells(self.before.figures, code), own_cells(self.after.figures, code)
        differences = [
            *indicator_differences(code, old_row, new_row),
            *figure_differences(code, before, after),
        ]
        if old != new:
            differences.append(Difference(code, str(self.after.year), "", "rating", old, new))
        for difference in differences:
            yield difference._replace(rating_before=old, rating_after=new)


def since(plan: Plan, year: int, day: str, as_of: str | None = None) -> Differences:
    """What was reported after a day (an ISO date), up to the as-of date where there is one."""
    return Differences(Evaluation(plan, year, day), Evaluation(plan, year, as_of))


def between(before: Plan, after: Plan, year: int, as_of: str | None = None) -> Differences:
    """What differs between two data folders, both with what was reported by the as-of date if there is one."""
    return Differences(Evaluation(before, year, as_of), Evaluation(after, year, as_of))
