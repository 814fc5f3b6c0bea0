"""What is made and put in place together: the pages of one year, or the page on the plan's whole period."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gsanalysis.plan import Plan
    from gsanalysis.rating.evaluation import Evaluation

EDITIONS = "editions"


@dataclass(frozen=True, eq=False)
class Book:
    """The files of one year; of the whole period where ``year`` is None."""

    plan: Plan
    year: int | None
    out: Path
    as_of: str | None

    @property
    def name(self) -> str:
        """The name of its folder: ``2013``, or ``2012-2015``."""
        return str(self.year or f"{self.plan.first_year}-{self.plan.last_year}")

    @property
    def home(self) -> Path:
        """Its folder, which also holds its other editions."""
        return self.out / self.name

    @property
    def folder(self) -> Path:
        """Where its files go: its own folder, or with an as-of date that of the edition."""
        return self.home / EDITIONS / self.as_of if self.as_of else self.home

    @property
    def period(self) -> Book:
        """The book of the whole period, seen from the same date."""
        return Book(self.plan, None, self.out, self.as_of)

    @property
    def objectives(self) -> list[str]:
        """The objectives that have a page of their own in it."""
        return list(self.plan.objectives["objective"]) if self.year else []

    @property
    def pages(self) -> list[str]:
        """The names of its pages in the order of the index."""
        return ["report", "overview", *self.objectives, "data-quality"] if self.year else ["period"]

    @cached_property
    def evaluation(self) -> Evaluation:
        """The ratings of its year, or of the period's last one."""
        from gsanalysis.rating.evaluation import Evaluation

        return Evaluation(self.plan, self.year or self.plan.last_year, self.as_of)

    @cached_property
    def edition(self) -> str:
        """The day that names what is made; empty where nothing was reported."""
        from gsanalysis.rating.vintages import edition

        return edition(self.evaluation)
