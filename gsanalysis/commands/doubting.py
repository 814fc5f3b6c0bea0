"""Commands that doubt the ratings: `opinions` by other methods, `firmness` of our own."""

from __future__ import annotations

import argparse
import sys

from gsanalysis.commands.asked import evaluated
from gsanalysis.commands.codes import DONE
from gsanalysis.options import Choice, add_as_of, add_command, add_format, add_year


def add_commands(choice: Choice) -> None:
    """Put the commands of this module among the choices."""
    for name, function, what in (
        ("opinions", opinions, "say what other methods make of the same figures"),
        ("firmness", firmness, "say how little would change each rating"),
    ):
        command = add_command(choice, name, function, what, "--year 2014")
        add_year(command, "the year that was rated")
        add_as_of(command)
        add_format(command)


def opinions(options: argparse.Namespace) -> int:
    """Print for each indicator what three other methods say, and where they disagree."""
    from gsanalysis.doubt.opinions import opinions
    from gsanalysis.printing import table_text

    sys.stdout.write(table_text(opinions(evaluated(options)), options.format))
    return DONE


def firmness(options: argparse.Namespace) -> int:
    """Print for each indicator whether its rating is firm, close or fragile, and why."""
    from gsanalysis.doubt.firmness import firmness
    from gsanalysis.printing import table_text

    sys.stdout.write(table_text(firmness(evaluated(options)), options.format))
    return DONE
