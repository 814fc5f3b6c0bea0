"""The options of a command: their names, forms and help, the same in every command that has them."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable
from datetime import date
from typing import Any

Choice = Any  # what `ArgumentParser.add_subparsers` gives; argparse keeps its type to itself
Command = Callable[[argparse.Namespace], int]


def add_command(
    choice: Choice,
    name: str,
    function: Command,
    what: str,
    example: str = "",
    several_folders: bool = False,
    reads_data: bool = True,
) -> argparse.ArgumentParser:
    """A command with its help, an example, and the options for the data folder that nearly all have."""
    command: argparse.ArgumentParser = choice.add_parser(
        name,
        help=what,
        description=f"{what[0].upper()}{what[1:]}.",
        epilog=f"Example: gsanalysis {name} {example}".rstrip(),
    )
    command.set_defaults(command=function)
    if not reads_data:
        return command
    command.add_argument(
        "--data",
        nargs="+" if several_folders else None,
        metavar="DIR",
        help="the data folder; the project's own unless said",
    )
    command.add_argument(
        "--measurements", metavar="DIR", help="taken instead of the data folder's measurements/"
    )
    return command


def add_year(command: argparse.ArgumentParser, what: str) -> None:
    """The one year that a command is about."""
    command.add_argument("--year", type=read_year, required=True, metavar="Y", help=what)


def add_as_of(command: argparse.ArgumentParser) -> None:
    """The day from which everything is seen."""
    command.add_argument(
        "--as-of", type=read_day, metavar="DATE", help="only what was reported by then, YYYY-MM-DD"
    )


def add_format(command: argparse.ArgumentParser) -> None:
    """How a table is printed."""
    command.add_argument(
        "--format", choices=("table", "csv", "json"), default="table", help="table unless said"
    )


def read_year(text: str) -> int:
    """A year of four digits."""
    return int(matched(text, "[1-9][0-9]{3}", "a year such as 2014"))


def read_day(text: str) -> str:
    """An ISO date, as it was written."""
    try:
        if date.fromisoformat(text).isoformat() == text:
            return text
    except ValueError:
        pass
    raise argparse.ArgumentTypeError(f"{text!r} is not a date such as 2015-03-31")


def matched(text: str, pattern: str, wanted: str) -> str:
    """The text, if all of it fits the pattern."""
    if not re.fullmatch(pattern, text):
        raise argparse.ArgumentTypeError(f"{text!r} is not {wanted}")
    return text
