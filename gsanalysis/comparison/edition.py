"""The edition that a year is compared with: one that somebody names, or the last one."""

from __future__ import annotations

from pathlib import Path

from gsanalysis.comparison.changes import Differences, between, since
from gsanalysis.plan import Plan, load
from gsanalysis.problems import DataError
from gsanalysis.rating.evaluation import Evaluation
from gsanalysis.rating.trajectory import LIMIT


def differences(evaluation: Evaluation, day: str = "", before: Plan | None = None) -> Differences:
    """What differs from the year as it was known on a day, from another folder's plan, or from the last edition.

    ``day`` is an ISO date. Its ``table()`` has the columns of the command ``changes``, all of them text:

        >>> import gsanalysis as gs
        >>> found = gs.differences(gs.Evaluation(gs.load(), 2014), day="2014-12-31")
        >>> found.table().loc[0, ["indicator", "year", "change", "after"]].tolist()
        ['O2-K6b', '2015', 'figure_new', '373']
    """
    plan, year, as_of = evaluation.plan, evaluation.year, evaluation.as_of
    if before is not None:
        return between(before, plan, year, as_of)
    return since(plan, year, day or last_edition(evaluation), as_of)


def plan_before(folder: str) -> Plan:
    """The plan of a folder to compare with. Raises what `load` raises, with the folder in the names of files."""
    try:
        return load(folder)
    except DataError as error:
        name = Path(folder).as_posix()
        raise DataError([problem.below([name]) for problem in error.problems]) from None


def last_edition(evaluation: Evaluation) -> str:
    """The day that closed the round of reports before: 30 June of the year evaluated, half a year after the one before.

    Seen from an as-of date that is no later, the last 30 June before that date. It depends on nothing else.
    """
    year, seen = evaluation.year, evaluation.as_of
    if seen and seen <= f"{year}-{LIMIT}":
        year = int(seen[:4]) - (seen[5:] <= LIMIT)
    return f"{year}-{LIMIT}"
