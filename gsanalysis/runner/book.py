"""What is made and put in place together: the pages of one year, or the page on the plan's whole period."""

from __future__ import annotations

import csv
import tomllib
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from gsanalysis.comparison.changes import Differences
    from gsanalysis.plan import Plan
    from gsanalysis.rating.evaluation import Evaluation

EDITIONS = "editions"
NOTEBOOKS = (
    "objective",
    "overview",
    "changes",
    "data-quality",
    "report",
    "period",
)  # those that a run executes
CHANGES = "changes"  # the page on what is different since the last edition


@dataclass(frozen=True)
class Outline:
    """The little of a plan that names folders and pages."""

    first_year: int
    last_year: int
    objectives: tuple[str, ...]
    latest_year: int | None = None

    @classmethod
    def read(cls, data: Path, measurements: Path) -> Outline | None:
        """Read it without pandas; None where that isn't plain. It says nothing on whether the data are in order."""
        try:
            settings = tomllib.loads((data / "plan" / "plan.toml").read_text(encoding="utf-8-sig"))
            first, last = settings["first_year"], settings["last_year"]
            rows = _rows(data / "plan" / "objectives.csv")
            place = [cell.strip() for cell in rows[0]].index("objective")
            codes = tuple(row[place].strip() for row in rows[1:])
            names = sorted(path.stem for path in measurements.glob("*.csv") if len(_rows(path)) > 1)
            years = [int(name) for name in names if first <= int(name) <= last]
        except (OSError, ValueError, KeyError, IndexError, TypeError, csv.Error):
            return None
        return cls(first, last, codes, years[-1] if years else None)

    @classmethod
    def of(cls, plan: Plan) -> Outline:
        """The outline of a plan that was loaded."""
        return cls(plan.first_year, plan.last_year, tuple(plan.objectives["objective"]))


@dataclass(frozen=True, eq=False)
class Place:
    """Where the files of one year go; of the whole period where ``year`` is None."""

    outline: Outline
    year: int | None
    out: Path
    as_of: str | None
    since: str = (
        ""  # the day, or the data folder, that its page of changes compares with; else the last edition
    )
    before: str = ""

    @property
    def name(self) -> str:
        """The name of its folder: ``2013``, or ``2012-2015``."""
        return str(self.year or f"{self.outline.first_year}-{self.outline.last_year}")

    @property
    def home(self) -> Path:
        """Its folder, which also holds its other editions."""
        return self.out / self.name

    @property
    def folder(self) -> Path:
        """Where its files go: its own folder, or with an as-of date that of the edition."""
        return self.home / EDITIONS / self.as_of if self.as_of else self.home

    @property
    def period(self) -> Self:
        """The whole period, seen from the same date."""
        return replace(self, year=None)

    @property
    def objectives(self) -> list[str]:
        """The objectives that have a page of their own in it."""
        return list(self.outline.objectives) if self.year else []

    @property
    def pages(self) -> list[str]:
        """The names of its pages in the order of the index."""
        return ["report", "overview", CHANGES, *self.objectives, "data-quality"] if self.year else ["period"]

    def binds(self, page: str) -> tuple[str, ...]:
        """The pages that the page takes in: the report all others."""
        return tuple(name for name in self.pages if name != page) if page == "report" else ()


@dataclass(frozen=True, eq=False)
class Book(Place):
    """A place with the plan that is evaluated."""

    plan: Plan = None  # type: ignore[assignment] # fields before it have defaults; a book always has one

    @cached_property
    def evaluation(self) -> Evaluation:
        """The ratings of its year, or of the period's last one."""
        from gsanalysis.rating.evaluation import Evaluation

        return Evaluation(self.plan, self.year or self.plan.last_year, self.as_of)

    @cached_property
    def differences(self) -> Differences:
        """What is different in its year since the edition that it is compared with."""
        from gsanalysis.comparison.edition import differences, plan_before

        return differences(self.evaluation, self.since, plan_before(self.before) if self.before else None)

    @cached_property
    def edition(self) -> str:
        """The day that names what is made; empty where nothing was reported."""
        from gsanalysis.rating.vintages import edition

        return edition(self.evaluation)


def _rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [row for row in csv.reader(file, strict=True) if any(cell.strip() for cell in row)]
