"""What was asked for, held against the plan: its data, year, objectives and indicators."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from gsanalysis.problems import UsageError, listed, nearest, quoted

if TYPE_CHECKING:
    from gsanalysis.plan import Plan
    from gsanalysis.rating.evaluation import Evaluation


def loaded(options: argparse.Namespace) -> Plan:
    """The plan and figures of the folders asked for."""
    from gsanalysis.plan import load

    return load(options.data, options.measurements)


def evaluated(options: argparse.Namespace) -> Evaluation:
    """The year asked for, seen from the as-of date if there is one."""
    from gsanalysis.rating.evaluation import Evaluation

    plan = loaded(options)
    require_year(plan, options.year)
    return Evaluation(plan, options.year, options.as_of)


def require_year(plan: Plan, year: int) -> None:
    """Refuse a year that is neither the plan's nor has measurements."""
    measured = measured_years(plan)
    if year not in measured and not plan.first_year <= year <= plan.last_year:
        having = f"has measurements ({span(measured)})" if measured else "has measurements (no year has any)"
        raise UsageError(
            f"{year} is neither a year of the plan ({plan.first_year}–{plan.last_year}) nor {having}"
        )


def require_edition(options: argparse.Namespace) -> None:
    """Refuse an edition to compare with that is none: a folder without a name, a day after the one it is seen from."""
    if options.before == "":
        raise UsageError("--before names no folder")
    if options.since and options.as_of and options.since > options.as_of:
        raise UsageError(
            f"--since {options.since} is after --as-of {options.as_of}: nothing lies between them"
        )


def require_indicator(plan: Plan, code: str) -> None:
    """Refuse a code that is no indicator's; of a KPI's its indicators are named."""
    own = plan.indicators.loc[plan.indicators["kpi"] == code, "indicator"]
    if len(own):
        raise UsageError(f"{code} is a KPI; name one of its indicators: {listed(list(own), 'or', limit=20)}")
    _require(code, "indicator", plan.indicators["indicator"])


def chosen_objectives(plan: Plan, asked: Sequence[str]) -> list[str]:
    """The objectives asked for in the plan's order; none asked for: none. Refuses a code that is no objective's."""
    for code in asked:
        _require(code, "objective", plan.objectives["objective"])
    return [code for code in plan.objectives["objective"] if code in asked]


def measured_years(plan: Plan) -> list[int]:
    """The years that have measurements."""
    return sorted({int(year) for year in plan.measurements["year"]})


def span(years: Sequence[int]) -> str:
    """Years in words: "2012–2015", or "2012, 2013 and 2015"."""
    if len(years) < 2 or years[-1] - years[0] != len(years) - 1:
        return listed([str(year) for year in years], limit=99) if years else ""
    return f"{years[0]}–{years[-1]}"


def latest_year(plan: Plan) -> int:
    """The plan's latest year that has measurements, said to the user; refused where there is none."""
    years = [year for year in measured_years(plan) if plan.first_year <= year <= plan.last_year]
    if not years:
        raise UsageError("No year of the plan has measurements; name one with --year")
    say_latest(years[-1])
    return years[-1]


def say_latest(year: int) -> None:
    """Say which year was taken, since nobody named one."""
    print(f"The plan's latest year with measurements is {year}.", flush=True)


def _require(code: str, what: str, known: Iterable[str]) -> None:
    names = list(known)
    if code not in names:
        near = nearest(code, names)
        hint = f"did you mean {near}?" if near else f"there are {listed(names)}"
        raise UsageError(f"There is no {what} {quoted(code)} in the plan; {hint}")
