"""Commands that look at the data and the ratings: `check`, `assess`, `explain`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sized
from typing import TYPE_CHECKING

from gsanalysis.commands.asked import evaluated, measured_years, require_indicator, span
from gsanalysis.commands.codes import DATA, DONE
from gsanalysis.options import Choice, add_as_of, add_command, add_format, add_year
from gsanalysis.problems import visible

if TYPE_CHECKING:
    from gsanalysis.plan import Plan

LEVELS = ("indicator", "kpi", "objective")


def add_commands(choice: Choice) -> None:
    """Put the commands of this module among the choices."""
    checking = add_command(choice, "check", check, "say everything that is wrong with a data folder")
    checking.description = (
        "Validate the whole data folder; one line per problem: file:row:column: what is wrong."
    )
    assessing = add_command(
        choice, "assess", assess, "print the ratings of a year", "--year 2014 --level kpi"
    )
    add_year(assessing, "the year to rate")
    assessing.add_argument("--level", choices=LEVELS, default="indicator", help="indicator unless said")
    add_as_of(assessing)
    add_format(assessing)
    explaining = add_command(
        choice, "explain", explain, "say why indicators are rated so", "--year 2014 O3-K4a"
    )
    add_year(explaining, "the year to explain")
    explaining.add_argument("indicators", nargs="+", metavar="INDICATOR", help="codes such as O3-K4a")
    add_as_of(explaining)


def check(options: argparse.Namespace) -> int:
    """Print every problem of the data folder, or one line with what was read."""
    from gsanalysis.checking import check
    from gsanalysis.plan import load

    problems = check(options.data, options.measurements)
    for problem in problems:
        print(problem)
    if any(not problem.warning for problem in problems):
        return DATA
    print(_what_was_read(load(options.data, options.measurements), len(problems)))
    return DONE


def assess(options: argparse.Namespace) -> int:
    """Print the ratings of a year."""
    from gsanalysis.printing import table_text

    evaluation = evaluated(options)
    level = {"indicator": "indicators", "kpi": "kpis", "objective": "objectives"}[options.level]
    sys.stdout.write(table_text(getattr(evaluation, level), options.format))
    return DONE


def explain(options: argparse.Namespace) -> int:
    """Print, for each indicator asked for, the sentences that say why it is rated so."""
    from gsanalysis.wording.explanation import explanation
    from gsanalysis.wording.words import THIN

    evaluation = evaluated(options)
    for code in options.indicators:
        require_indicator(evaluation.plan, code)
    blocks = []
    for code in options.indicators:
        name = evaluation.figures.indicators[code].row["name"]
        lines = [f"{code}: {name}", *explanation(evaluation, code).sentences()]
        blocks.append("\n".join(visible(line, keep=THIN) for line in lines))
    print("\n\n".join(blocks))
    return DONE


def _what_was_read(plan: Plan, warnings: int) -> str:
    counts = [
        _count(plan.objectives, "objective"),
        _count(plan.outputs, "output"),
        _count(plan.expected_results, "expected result"),
        _count(plan.kpis, "KPI"),
        _count(plan.indicators, "indicator"),
        f"{_count(plan.measurements, 'measurement')} {span(measured_years(plan))}".rstrip(),
    ]
    found = f"no error, {warnings} warning{'s' * (warnings != 1)}" if warnings else "no problem"
    return f"{', '.join(counts)}: {found}"


def _count(things: Sized, name: str) -> str:
    return f"{len(things)} {name}{'s' * (len(things) != 1)}"
