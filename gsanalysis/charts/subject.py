"""What a chart is about: an indicator's reading and its figures, put in order for drawing."""

import math
import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

NO_VALUE = ("not_applicable", "not_collected")
_YARDSTICK_NAMES = {
    "rise_each_year": "to beat", "fall_each_year": "to beat", "above_trend": "trend", "below_trend": "trend",
    "increase": "baseline", "decrease": "baseline", "by_date": "due", "between": "limit",
}  # fmt: skip


@dataclass(frozen=True, eq=False)
class Subject:
    """An indicator with its figures up to the year rated.

    `rows` has the columns year, breakdown, value, state, rating, target, sorted by year; value is a float for
    numbers, else text, and None where there is none. The plan runs from first_year to last_year.
    """

    indicator: "pd.Series[Any]"
    rows: pd.DataFrame
    year: int
    first_year: int
    last_year: int

    @property
    def unit(self) -> str:
        return self.text("unit")

    @property
    def rule(self) -> str:
        return self.text("rule")

    @property
    def kind(self) -> str:
        return self.text("kind") or "number"

    @property
    def due(self) -> int | None:
        """The year by which a target is to be reached, or None for a standard."""
        return int(self.text("due")) if self.text("due") else None

    @property
    def target(self) -> float | None:
        """The number that the plan states as target, or None (a reference, a label, a day, none at all)."""
        return self.number("target")

    @property
    def scale(self) -> list[str]:
        """The labels of a level, worst to best."""
        return self.text("scale").split("|") if self.text("scale") else []

    @cached_property
    def baseline(self) -> tuple[int, float] | None:
        """Year and value of the baseline, where there is one number for one year."""
        year, value = self.indicator.get("baseline_year"), as_number(self.indicator.get("baseline_value"))
        known = value is not None and year is not None and year == year
        return (int(year), value) if known and value is not None and year is not None else None

    @cached_property
    def baseline_years(self) -> list[int]:
        """All years of the baseline: 2008 to 2011 of "2008-2011"."""
        years = [int(year) for year in re.findall(r"\d{4}", self.text("baseline_years"))]
        return list(range(years[0], years[-1] + 1)) if years else []

    @cached_property
    def total(self) -> pd.DataFrame:
        """The rows of the figure as a whole, those without breakdown."""
        return self.rows[self.rows["breakdown"] == ""].reset_index(drop=True)

    @cached_property
    def known(self) -> pd.DataFrame:
        """The total's rows that have a value."""
        return self.total[self.total["value"].notna()].reset_index(drop=True)

    @cached_property
    def parts(self) -> list[str]:
        """The names of the parts in the order of their first rows."""
        return [str(name) for name in self.rows["breakdown"].unique() if name]

    @cached_property
    def shows_parts(self) -> bool:
        """Whether the parts are drawn: there is no total, neither in the year rated nor at all."""
        this_year = self.rows[(self.rows["year"] == self.year) & self.rows["value"].notna()]
        rows = this_year if len(this_year) else self.rows[self.rows["value"].notna()]
        return bool(len(rows)) and not (rows["breakdown"] == "").any()

    @cached_property
    def has_figures(self) -> bool:
        """Whether there is anything to show: a value up to the year rated, or a day that a later year reported."""
        known = self.rows[self.rows["value"].notna()]
        return bool(((known["year"] <= self.year) | (known["value"] != "no")).any())

    @cached_property
    def years(self) -> list[int]:
        """The years on the axis: those of the figures, of the baseline and of the plan, and the due year."""
        wanted = [*self.rows["year"], *self.baseline_years, self.first_year, self.last_year]
        wanted += [self.due] if self.due is not None else []
        wanted += [self.baseline[0]] if self.baseline else []
        return list(range(int(min(wanted)), int(max(wanted)) + 1))

    def text(self, column: str) -> str:
        """A cell of the indicator as text, "" where it is empty or absent."""
        cell = self.indicator.get(column, "")
        return "" if cell is None or cell != cell else str(cell)

    def number(self, column: str) -> float | None:
        """A cell of the indicator as a number, or None."""
        return as_number(self.indicator.get(column))

    @property
    def yardstick_name(self) -> str:
        """What the figures are held against, in a word or two."""
        if self.rule in ("at_least", "at_most") and self.target is None:
            return self.text("reference_name") or "reference"
        return _YARDSTICK_NAMES.get(self.rule, "target" if self.due else "standard")

    def yardstick(self, year: int, part: str = "") -> Any:
        """What the value of a year was held against, or None."""
        rows = self.rows[(self.rows["year"] == year) & (self.rows["breakdown"] == part)]
        found = rows["target"].iloc[-1] if len(rows) else None
        return None if found is None or found != found or found == "" else found


def subject(
    indicator: "pd.Series[Any]", history: pd.DataFrame, *, year: int, first_year: int, last_year: int
) -> Subject:
    """Put an indicator's history in order: text where text belongs, floats where numbers do, no infinities."""
    rows = history.copy()
    for column in ("breakdown", "state", "rating"):
        rows[column] = rows[column].astype(object).where(rows[column].notna(), "").astype(object)
    numbers = str(indicator.get("kind", "number")) in ("number", "")
    values = [as_number(value) if numbers else _as_text(value) for value in rows["value"]]
    given = [None if state in NO_VALUE else value for value, state in zip(values, rows["state"], strict=True)]
    rows["value"] = pd.Series(given, index=rows.index, dtype=object)
    rows = rows.sort_values("year", kind="stable").reset_index(drop=True)
    return Subject(indicator, rows, year, first_year, last_year)


def as_number(value: Any) -> float | None:
    """A finite number from a cell, or None."""
    try:
        number = float(value)
    except (TypeError, ValueError):
        return None
    return number if math.isfinite(number) else None


def _as_text(value: Any) -> str | None:
    return None if value is None or value != value or value == "" else str(value)
