"""The command that says what is different since an edition: `changes`."""

from __future__ import annotations

import argparse
import sys

from gsanalysis.commands.asked import evaluated, require_edition
from gsanalysis.commands.codes import DONE
from gsanalysis.options import Choice, add_as_of, add_command, add_format, add_year, read_day


def add_commands(choice: Choice) -> None:
    """Put the command among the choices."""
    changing = add_command(
        choice, "changes", changes, "say what is different since an edition", "--year 2014 --since 2015-06-30"
    )
    add_year(changing, "the year whose ratings are compared")
    edition = changing.add_mutually_exclusive_group(required=True)
    edition.add_argument("--since", type=read_day, metavar="DATE", help="what was reported after this day")
    edition.add_argument("--before", metavar="DIR", help="what differs from this data folder")
    add_as_of(changing)
    add_format(changing)


def changes(options: argparse.Namespace) -> int:
    """Print every difference between two editions, with the ratings before and after."""
    from gsanalysis.comparison.edition import differences, plan_before
    from gsanalysis.printing import table_text

    require_edition(options)
    evaluation = evaluated(options)
    before = plan_before(options.before) if options.before else None
    table = differences(evaluation, options.since or "", before).table()
    table["year"] = (
        table["year"].map(lambda year: int(year) if year else "").astype(object)
    )  # a number in JSON
    sys.stdout.write(table_text(table, options.format))
    return DONE
