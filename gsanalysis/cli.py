"""The command line: what is asked for, and the exit codes that scripts rely on."""

from __future__ import annotations

import argparse
import os
import signal
import sys
from collections.abc import Sequence
from typing import NoReturn

from gsanalysis.commands import collecting, comparing, doubting, exchanging, making, rating
from gsanalysis.commands.codes import DATA, DONE, INTERRUPTED, OUTPUT, USAGE
from gsanalysis.problems import DataError, UsageError
from gsanalysis.runner.outputs import OutputError


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
    for family in (rating, doubting, comparing, collecting, making, exchanging):
        family.add_commands(choice)
    return top


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
