"""The command line: what is asked for, and the exit codes that scripts rely on."""

from __future__ import annotations

import argparse
import os
import re
import signal
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import NoReturn

from gsanalysis import commands
from gsanalysis.commands import DATA, DONE, INTERRUPTED, OUTPUT, USAGE
from gsanalysis.problems import DataError, UsageError
from gsanalysis.runner.outputs import OutputError
from gsanalysis.runner.worker import FORMATS


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and give its exit code. Whatever a user can cause is said in sentences, not a traceback."""
    for stream in (sys.stdout, sys.stderr):  # the same bytes in every locale
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    try:
        options = parser().parse_args(arguments)
        for number in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, _interrupt)
        return int(options.command(options))
    except DataError as error:
        _complain(*(str(problem) for problem in error.problems))
        return DATA
    except UsageError as error:
        _complain(f"gsanalysis: {error}")
        return USAGE
    except OutputError as error:
        _complain(f"gsanalysis: {error}")
        return OUTPUT
    except KeyboardInterrupt:
        _complain("gsanalysis: interrupted")
        return INTERRUPTED
    except BrokenPipeError:
        return _reader_gone()


def parser() -> argparse.ArgumentParser:
    """Every command with its options, help and example."""
    top = argparse.ArgumentParser(
        prog="gsanalysis", description="Rate a strategic plan's indicators and make the year's reports."
    )
    choice = top.add_subparsers(title="commands", required=True, metavar="COMMAND")

    check = _command(choice, "check", commands.check, "say everything that is wrong with a data folder", "")
    check.description = (
        "Validate the whole data folder; one line per problem: file:row:column: what is wrong."
    )

    assess = _command(
        choice, "assess", commands.assess, "print the ratings of a year", "--year 2014 --level kpi"
    )
    assess.add_argument("--year", type=_year, required=True, metavar="Y", help="the year to rate")
    levels = ("indicator", "kpi", "objective")
    assess.add_argument("--level", choices=levels, default="indicator", help="indicator unless said")
    _add_as_of(assess)
    forms = ("table", "csv", "json")
    assess.add_argument("--format", choices=forms, default="table", help="table unless said")

    explain = _command(
        choice, "explain", commands.explain, "say why indicators are rated so", "--year 2014 O3-K4a"
    )
    explain.add_argument("--year", type=_year, required=True, metavar="Y", help="the year to explain")
    explain.add_argument("indicators", nargs="+", metavar="INDICATOR", help="codes such as O3-K4a")
    _add_as_of(explain)

    example = "--year 2013 2014 --objective O3 --format html"
    run = _command(choice, "run", commands.run, "make the reports: notebooks, HTML and PDF", example)
    _add_run_options(run)

    _command(choice, "refresh", commands.refresh, "bring the committed notebooks into canonical form", "")
    return top


def _command(
    choice: argparse._SubParsersAction[argparse.ArgumentParser],
    name: str,
    function: object,
    what: str,
    example: str,
) -> argparse.ArgumentParser:
    command: argparse.ArgumentParser = choice.add_parser(
        name,
        help=what,
        description=f"{what[0].upper()}{what[1:]}.",
        epilog=f"Example: gsanalysis {name} {example}".rstrip(),
    )
    command.set_defaults(command=function)
    several = "+" if name == "run" else None
    command.add_argument(
        "--data", nargs=several, metavar="DIR", help="the data folder; the project's own unless said"
    )
    command.add_argument(
        "--measurements", metavar="DIR", help="taken instead of the data folder's measurements/"
    )
    return command


def _add_as_of(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--as-of", type=_day, metavar="DATE", help="only what was reported by then, YYYY-MM-DD"
    )


def _add_run_options(run: argparse.ArgumentParser) -> None:
    run.add_argument(
        "--year",
        type=_year,
        nargs="+",
        metavar="Y",
        help="the plan's latest year with measurements unless said",
    )
    run.add_argument("--objective", nargs="+", default=[], metavar="CODE", help="make only these pages anew")
    run.add_argument("--out", type=Path, default=Path("outputs"), metavar="DIR", help="outputs unless said")
    run.add_argument(
        "--format", type=_formats, default=("html", "pdf"), metavar="F", help="html,pdf unless said"
    )
    run.add_argument(
        "--jobs", type=_jobs, metavar="N", help="notebooks at a time; one per processor unless said"
    )
    _add_as_of(run)
    run.add_argument("--prepared-by", default="", metavar="NAME", help="who made the report, for its cover")
    run.add_argument("--force", action="store_true", help="make all anew, also what has not changed")
    run.add_argument(
        "--plain", action="store_true", help="stock kernels in this process, one notebook after the other"
    )
    run.add_argument(
        "--time-limit",
        type=_seconds,
        default=600,
        metavar="S",
        help="seconds for each notebook; 600 unless said",
    )
    run.add_argument(
        "--scheduler",
        type=_address,
        metavar="ADDRESS",
        help="a Dask cluster's, such as tcp://host:8786, which then does the work",
    )
    run.add_argument("--log", type=Path, metavar="FILE", help="append one JSON line per event")
    run.add_argument("--final", action="store_true", help="the report's cover says final; draft unless said")


def _matched(text: str, pattern: str, wanted: str) -> str:
    if not re.fullmatch(pattern, text):
        raise argparse.ArgumentTypeError(f"{text!r} is not {wanted}")
    return text


def _year(text: str) -> int:
    return int(_matched(text, "[1-9][0-9]{3}", "a year such as 2014"))


def _day(text: str) -> str:
    try:
        if date.fromisoformat(text).isoformat() == text:
            return text
    except ValueError:
        pass
    raise argparse.ArgumentTypeError(f"{text!r} is not a date such as 2015-03-31")


def _formats(text: str) -> tuple[str, ...]:
    named = tuple(dict.fromkeys(part.strip() for part in text.split(",")))
    for name in named:
        if name not in FORMATS:
            raise argparse.ArgumentTypeError(f"{name!r} is not a format; there are {' and '.join(FORMATS)}")
    return named


def _jobs(text: str) -> int:
    return int(_matched(text, "[1-9][0-9]{0,3}", "a number of notebooks such as 2"))


def _address(text: str) -> str:
    return _matched(text, r"(tcp|tls)://\S+:[0-9]+", "an address such as tcp://host:8786")


def _seconds(text: str) -> float:
    return float(_matched(text, "[1-9][0-9]{0,5}", "a number of seconds such as 600"))


def _interrupt(_number: int, _frame: object) -> NoReturn:
    raise KeyboardInterrupt


def _reader_gone() -> int:
    """What reads our output has seen enough; nothing is wrong, and the interpreter must not complain at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return DONE


def _complain(*lines: str) -> None:
    try:
        print(*lines, sep="\n", file=sys.stderr)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())
