"""What the parts of the page share: with what it compares, and the names, ratings and rows that they show."""

from __future__ import annotations

from gsanalysis.comparison.changes import Differences
from gsanalysis.comparison.difference import Difference
from gsanalysis.rating.rules import RATINGS
from gsanalysis.rating.values import Indicator

FIGURES = ("figure_new", "figure_revised", "figure_withdrawn", "state")


def day_before(differences: Differences) -> str:
    """The day of the edition before, "" where that is another data folder."""
    before = differences.before
    return (before.as_of or "") if before.plan is differences.after.plan else ""


def figure_rows(differences: Differences) -> list[Difference]:
    """The rows of figures up to the year evaluated; of milestones those of any year, because they carry over."""
    return [
        row
        for code, rows in differences.of_indicators.items()
        for row in rows
        if row.change in FIGURES
        and (int(row.year) <= differences.after.year or indicator_of(differences, code).rule == "by_date")
    ]


def years(differences: Differences) -> list[Differences]:
    """The same two editions for each year of the plan up to the one evaluated, the latest first.

    The last edition gave ratings of earlier years: whether they still stand is what its readers ask first.
    """
    before, after = differences.editions
    earlier = range(after.year - 1, after.plan.first_year - 1, -1)
    return [differences, *(Differences(before.in_year(year), after.in_year(year)) for year in earlier)]


def moved_codes(differences: Differences) -> list[str]:
    """The indicators that were rated before and have another rating now, or none."""
    return [code for code in differences.moved if differences.rating(code)[0] in RATINGS]


def first_rated_codes(differences: Differences) -> list[str]:
    """The indicators that have a rating and had none before."""

    def is_first(old: str, new: str) -> bool:
        return old not in RATINGS and new in RATINGS

    return [code for code in differences.moved if is_first(*differences.rating(code))]


def indicator_of(differences: Differences, code: str) -> Indicator:
    """The indicator as it is read now; a dropped one as it was."""
    known = differences.after.figures.indicators
    return known[code] if code in known else differences.before.figures.indicators[code]
