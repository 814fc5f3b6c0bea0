"""Commands that make something of the notebooks: `run` and `refresh`."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from gsanalysis.commands.asked import (
    chosen_objectives,
    latest_year,
    loaded,
    require_edition,
    require_year,
    say_latest,
)
from gsanalysis.commands.codes import CODES, DATA, DONE, FAILED
from gsanalysis.options import Choice, add_as_of, add_command, matched, read_day, read_year
from gsanalysis.problems import DataError, UsageError
from gsanalysis.root import find_root
from gsanalysis.runner.book import Outline, Place
from gsanalysis.runner.worker import FORMATS

if TYPE_CHECKING:
    from gsanalysis.plan import Plan
    from gsanalysis.runner.events import Log
    from gsanalysis.runner.order import Order


def add_commands(choice: Choice) -> None:
    """Put the commands of this module among the choices."""
    example = "--year 2013 2014 --objective O3 --format html"
    running = add_command(
        choice, "run", run, "make the reports: notebooks, HTML and PDF", example, several_folders=True
    )
    _add_run_options(running)
    add_command(choice, "refresh", refresh, "bring the committed notebooks into canonical form")


def run(options: argparse.Namespace) -> int:
    """Make the reports of the years asked for."""
    from gsanalysis.runner.events import log_to

    with log_to(options.log) as log:
        log("started", years=options.year or [], data=options.data or [], out=str(options.out))
        try:
            code = _run(options, log)
        except (Exception, KeyboardInterrupt) as error:
            name = type(error).__name__
            log("ended", exit_code=CODES.get(type(error), DATA), error=str(error) or name)
            raise
        log("ended", exit_code=code)
        return code


def _run(options: argparse.Namespace, log: Log) -> int:
    from gsanalysis.runner.unchanged import unchanged

    orders = [order.seen() for order in _orders(options)]
    standing = unchanged(orders)
    if standing is not None:
        return _all_kept(standing, bool(options.year), log)
    from gsanalysis.runner.pool import PLAIN, crew
    from gsanalysis.runner.run import run as run_orders

    with crew(options.jobs or len(os.sched_getaffinity(0)), options.plain, options.scheduler) as makers:
        log("working", way=makers.way)
        if makers.way == PLAIN and not options.plain:
            print(
                "No worker processes can be had here: one notebook after the other, in this one.", flush=True
            )
        with_plans = _with_plans(orders)
        failures, said = run_orders(with_plans, makers, log)
    for sentence in said:
        print(sentence)
    for order, _ in with_plans:
        _say_where(order)
    return _end([f"{failure.label} failed: {failure.why}" for failure in failures])


def refresh(options: argparse.Namespace) -> int:
    """Bring the committed notebooks into canonical form."""
    from gsanalysis.runner.order import find_notebooks
    from gsanalysis.runner.refresh import refresh

    loaded(options)
    root = find_root()
    failed = refresh(find_notebooks(root), root, options.data, options.measurements)
    return _end([f"{name} failed and stays as it was: {reason}" for name, reason in failed.items()])


def _orders(options: argparse.Namespace) -> list[Order]:
    """What is asked for, one order for each data folder; nothing is read yet."""
    from gsanalysis.runner.order import Order

    if options.plain and options.scheduler:
        raise UsageError("--plain is for this machine alone; --scheduler names others")
    if options.objective and (options.final or options.prepared_by):
        raise UsageError("--final and --prepared-by are for the whole report, which --objective leaves out")
    folders = options.data or [None]
    names = [Path(folder).resolve().name for folder in folders] if len(folders) > 1 else []
    called: list[tuple[str, ...]] = [(name,) for name in names] or [()]
    for name in names:
        if names.count(name) > 1:
            raise UsageError(f"two data folders are called {name}: their pages would go into the same folder")
    if options.before and options.since:
        raise UsageError("--since and --before name two editions to compare with: give one of them")
    require_edition(options)
    if names and options.measurements:
        raise UsageError("--measurements is for one data folder; there are several with --data")
    return [
        Order(
            years=list(dict.fromkeys(options.year or [])),
            objectives=list(dict.fromkeys(options.objective)),
            out=options.out.joinpath(*name),
            formats=options.format,
            as_of=options.as_of,
            data=folder,
            measurements=options.measurements,
            root=find_root(),
            final=options.final,
            prepared_by=options.prepared_by,
            force=options.force,
            limit=options.time_limit,
            since=options.since or "",
            before=options.before or "",
            called=name,
        )
        for folder, name in zip(folders, called, strict=True)
    ]


def _with_plans(orders: Sequence[Order]) -> list[tuple[Order, Plan]]:
    """The orders with their plans, their years and objectives checked. Lists the errors of all data folders."""
    from gsanalysis.comparison.edition import plan_before
    from gsanalysis.plan import load

    found, problems = [], []
    if orders[0].before:  # the same for all; its errors are to be known before any notebook runs
        try:
            plan_before(orders[0].before)
        except DataError as error:
            problems += error.problems
    for order in orders:
        try:
            plan = load(order.data, order.measurements)
        except DataError as error:
            problems += [problem.below(order.called) for problem in error.problems]
            continue
        years = order.years or [latest_year(plan)]
        for year in years:
            require_year(plan, year)
        objectives = chosen_objectives(plan, order.objectives)
        found.append((replace(order, years=years, objectives=objectives), plan))
    if problems:
        raise DataError(problems)
    return found


def _all_kept(standing: Sequence[tuple[Order, Sequence[Place]]], named: bool, log: Log) -> int:
    from gsanalysis.runner.events import KEPT

    kept = [
        " ".join([*order.called, place.name, page])
        for order, places in standing
        for place in places
        for page in order.pages(place)
    ]
    for label in kept:
        log("kept", notebook=label, why=KEPT)
    for order, _ in standing:
        if not named:
            say_latest(order.years[0])
    all_of_them = f"all {len(kept)} notebooks are" if len(kept) > 1 else "its one notebook is"
    print(f"Nothing has changed since the last run: {all_of_them} kept.")
    for order, _ in standing:
        _say_where(order)
    return DONE


def _say_where(order: Order) -> None:
    for year in order.years:
        folder = Place(Outline(0, 0, ()), year, order.out, order.as_of).folder
        print(f"{folder / 'index.html'} leads to all pages of {year}.")


def _end(failures: Sequence[str]) -> int:
    for failure in failures:
        print(failure, file=sys.stderr)
    return FAILED if failures else DONE


def _add_run_options(running: argparse.ArgumentParser) -> None:
    running.add_argument(
        "--year",
        type=read_year,
        nargs="+",
        metavar="Y",
        help="the plan's latest year with measurements unless said",
    )
    running.add_argument(
        "--objective", nargs="+", default=[], metavar="CODE", help="make only these pages anew"
    )
    running.add_argument(
        "--out", type=Path, default=Path("outputs"), metavar="DIR", help="outputs unless said"
    )
    running.add_argument(
        "--format", type=_formats, default=("html", "pdf"), metavar="F", help="html,pdf unless said"
    )
    running.add_argument(
        "--jobs", type=_jobs, metavar="N", help="notebooks at a time; one per processor unless said"
    )
    add_as_of(running)
    running.add_argument(
        "--since",
        type=read_day,
        metavar="DATE",
        help="compare with what was reported by then; the last 30 June before the year's report unless said",
    )
    running.add_argument("--before", metavar="DIR", help="compare with this data folder instead")
    running.add_argument(
        "--prepared-by", default="", metavar="NAME", help="who made the report, for its cover"
    )
    running.add_argument("--force", action="store_true", help="make all anew, also what has not changed")
    running.add_argument(
        "--plain", action="store_true", help="stock kernels in this process, one notebook after the other"
    )
    running.add_argument(
        "--time-limit",
        type=_seconds,
        default=600,
        metavar="S",
        help="seconds for each notebook; 600 unless said",
    )
    running.add_argument(
        "--scheduler",
        type=_address,
        metavar="ADDRESS",
        help="a Dask cluster's, such as tcp://host:8786, which then does the work",
    )
    running.add_argument("--log", type=Path, metavar="FILE", help="append one JSON line per event")
    running.add_argument(
        "--final", action="store_true", help="the report's cover says final; draft unless said"
    )


def _formats(text: str) -> tuple[str, ...]:
    named = tuple(dict.fromkeys(part.strip() for part in text.split(",")))
    for name in named:
        if name not in FORMATS:
            raise argparse.ArgumentTypeError(f"{name!r} is not a format; there are {' and '.join(FORMATS)}")
    return named


def _jobs(text: str) -> int:
    return int(matched(text, "[1-9][0-9]{0,3}", "a number of notebooks such as 2"))


def _address(text: str) -> str:
    return matched(text, r"(tcp|tls)://\S+:[0-9]+", "an address such as tcp://host:8786")


def _seconds(text: str) -> float:
    return float(matched(text, "[1-9][0-9]{0,5}", "a number of seconds such as 600"))
