"""Commands for the figures of other people: `collect` sends forms out, `import` takes them back."""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from gsanalysis.commands.asked import chosen_objectives, evaluated
from gsanalysis.commands.codes import DONE, USAGE
from gsanalysis.options import Choice, add_command, add_year, read_day
from gsanalysis.problems import UsageError
from gsanalysis.root import data_folder
from gsanalysis.runner.outputs import NO_ROOM, OutputError, writing

if TYPE_CHECKING:
    from gsanalysis.forms.intake import Intake


def add_commands(choice: Choice) -> None:
    """Put the commands of this module among the choices."""
    example = "--year 2014 --objective O3 --out forms"
    collecting = add_command(choice, "collect", collect, "write forms for those who own the figures", example)
    add_year(collecting, "the year that figures are asked for")
    collecting.add_argument(
        "--objective", nargs="+", default=[], metavar="CODE", help="only these objectives"
    )
    collecting.add_argument("--out", type=Path, required=True, metavar="DIR", help="where the forms go")
    taking = add_command(choice, "import", take_in, "add the figures of filled forms", "forms/O3-2014.xlsx")
    taking.add_argument("files", nargs="+", type=Path, metavar="FILE", help="filled workbooks or CSV files")
    taking.add_argument(
        "--reported-on",
        type=read_day,
        metavar="DATE",
        help="the day of rows that name none; today unless said",
    )
    taking.add_argument("--yes", action="store_true", help="write without asking, for scripts")


def collect(options: argparse.Namespace) -> int:
    """Write a workbook for each objective."""
    from gsanalysis.forms.collect import collect

    options.as_of = None
    evaluation = evaluated(options)
    objectives = chosen_objectives(evaluation.plan, options.objective)
    with writing(options.out):
        made = collect(evaluation, objectives or list(evaluation.plan.objectives["objective"]), options.out)
    for path in made:
        print(path)
    if not made:
        raise UsageError(
            "No indicator of these objectives has figures of its own: there is nothing to ask for"
        )
    return DONE


def take_in(options: argparse.Namespace) -> int:
    """Show what the forms would add, and add it once somebody has agreed."""
    from gsanalysis.forms.intake import intake, put
    from gsanalysis.forms.words import described

    day = options.reported_on or date.today().isoformat()
    found = intake(options.data, options.measurements, options.files, day)
    _show(described(found, date.today().isoformat()))
    if not found.entries:
        return DONE
    if not options.yes and not sys.stdin.isatty():
        print("Nothing is written: say --yes to write without being asked.", file=sys.stderr)
        return USAGE
    if not options.yes and not _agreed(len(found.entries)):
        print("Nothing is written.")
        return DONE
    description = _own_description(options, found)
    with _appending(found.folder, "nothing is written"):
        put(found)
    count = len(found.entries)
    print(f"{count} {'row is' if count == 1 else 'rows are'} written.", flush=True)
    with _appending(data_folder(options.data), "its description does not name the new year's file"):
        _describe_anew(description)
    return DONE


def _show(lines: list[str]) -> None:
    """Print what would be added; where nobody can see it, nothing may be written."""
    try:
        for line in lines:
            print(line)
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise UsageError("What would be added could not be shown to the end, so nothing is written") from None


@contextlib.contextmanager
def _appending(folder: Path, left: str) -> Iterator[None]:
    """Say in one sentence why the data folder can't be written into, and what that leaves."""
    try:
        yield
    except OSError as error:
        if error.errno in NO_ROOM:
            raise OutputError(
                f"there is no room left to write into {folder}, so {left}: make room"
            ) from error
        reason = (error.strerror or str(error)).lower()
        raise OutputError(f"can't write into {folder}: {reason}, so {left}") from error


def _agreed(count: int) -> bool:
    print(f"Write {'this row' if count == 1 else f'these {count} rows'}? [y/N] ", end="", flush=True)
    return sys.stdin.readline().strip().casefold() in ("y", "yes")


def _own_description(options: argparse.Namespace, found: Intake) -> Path | None:
    """The folder's description, where a new year's file belongs into it and it is just as this package writes it."""
    from gsanalysis.dictionary import as_text, datapackage

    folder = data_folder(options.data)
    description = folder / "datapackage.json"
    if options.measurements or all(found.seen.values()) or not description.is_file():
        return None
    return description if description.read_bytes() == as_text(datapackage(folder)).encode() else None


def _describe_anew(description: Path | None) -> None:
    if description:
        from gsanalysis.dictionary import as_text, datapackage
        from gsanalysis.forms.appending import put_all

        put_all({description: as_text(datapackage(description.parent)).encode()})
