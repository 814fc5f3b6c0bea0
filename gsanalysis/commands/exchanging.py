"""Commands for other people's plans and tools: `init` a plan folder, `export` to other formats."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from gsanalysis.commands.asked import latest_year, loaded, require_year
from gsanalysis.commands.codes import DONE
from gsanalysis.options import Choice, add_as_of, add_command, read_year
from gsanalysis.runner.outputs import writing

if TYPE_CHECKING:
    from gsanalysis.rating.evaluation import Evaluation


def add_commands(choice: Choice) -> None:
    """Put the commands of this module among the choices."""
    starting = add_command(choice, "init", init, "start a new plan folder", "plans/next", reads_data=False)
    starting.add_argument("folder", type=Path, metavar="DIR", help="a folder that is new or empty")
    exporting = add_command(
        choice,
        "export",
        export,
        "write the plan and a year's ratings in another format",
        "--to stratml --year 2014 --out plan.xml",
    )
    exporting.add_argument("--to", choices=tuple(FORMATS), required=True, help="the format")
    exporting.add_argument(
        "--out", type=Path, required=True, metavar="PATH", help="the file or folder to write"
    )
    exporting.add_argument(
        "--year",
        type=read_year,
        metavar="Y",
        help="the year rated in it; the plan's latest year with measurements unless said",
    )
    add_as_of(exporting)


def init(options: argparse.Namespace) -> int:
    """Write a plan folder with a worked example, to be replaced piece by piece."""
    from gsanalysis.exchange.start import start

    with writing(options.folder):
        start(options.folder)
    print(
        f"{options.folder} holds a worked example that passes check; its README.md says what to replace first."
    )
    return DONE


def export(options: argparse.Namespace) -> int:
    """Write the format asked for, and say what it can't hold."""
    from gsanalysis.rating.evaluation import Evaluation

    plan = loaded(options)
    year = options.year or (latest_year(plan) if len(plan.measurements) else plan.first_year)
    require_year(plan, year)
    evaluation = Evaluation(plan, year, options.as_of)
    with writing(options.out):
        left_out = FORMATS[options.to](evaluation, options)
    for sentence in left_out:
        print(sentence)
    print(f"{options.out} is written.")
    return DONE


def _stratml(evaluation: Evaluation, options: argparse.Namespace) -> list[str]:
    from gsanalysis.exchange.stratml import stratml
    from gsanalysis.exchange.whole import write_file

    text, left_out = stratml(evaluation)
    write_file(options.out, text)
    return left_out


def _datapackage(evaluation: Evaluation, options: argparse.Namespace) -> list[str]:
    from gsanalysis.exchange.package import write_package

    return write_package(options.data, options.measurements, options.out)


def _workbook(evaluation: Evaluation, options: argparse.Namespace) -> list[str]:
    from gsanalysis.exchange.workbook import write_workbook

    return write_workbook(evaluation, options.out)


FORMATS = {"stratml": _stratml, "datapackage": _datapackage, "xlsx": _workbook}
