"""What each command does; gives its exit code. Whatever is slow to import is imported by the command that needs it."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterable, Sequence, Sized
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from gsanalysis.problems import DataError, UsageError, listed, nearest, quoted, visible
from gsanalysis.root import find_root
from gsanalysis.runner.book import Outline, Place
from gsanalysis.runner.outputs import OutputError

if TYPE_CHECKING:
    from gsanalysis.plan import Plan
    from gsanalysis.runner.events import Log
    from gsanalysis.runner.order import Order

DONE, DATA, USAGE, FAILED, OUTPUT, INTERRUPTED = 0, 1, 2, 3, 4, 130
CODES = {DataError: DATA, UsageError: USAGE, OutputError: OUTPUT, KeyboardInterrupt: INTERRUPTED}


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
    from gsanalysis.printing import ratings_text
    from gsanalysis.rating.rate import assess

    plan = _load(options)
    _require_year(plan, options.year)
    frame = assess(plan, options.year, options.level, options.as_of)
    sys.stdout.write(ratings_text(frame, options.format))
    return DONE


def explain(options: argparse.Namespace) -> int:
    """Print, for each indicator asked for, the sentences that say why it is rated so."""
    from gsanalysis.wording.explanation import explain
    from gsanalysis.wording.words import THIN

    plan = _load(options)
    _require_year(plan, options.year)
    for code in options.indicators:
        _require_indicator(plan, code)
    names = dict(zip(plan.indicators["indicator"], plan.indicators["name"], strict=True))
    blocks = []
    for code in options.indicators:
        sentences = explain(plan, options.year, code, options.as_of)
        lines = [f"{code}: {names[code]}", *sentences]
        blocks.append("\n".join(visible(line, keep=THIN) for line in lines))
    print("\n\n".join(blocks))
    return DONE


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
        loaded = _loaded(orders)
        failures, said = run_orders(loaded, makers, log)
    for sentence in said:
        print(sentence)
    for order, _ in loaded:
        _say_where(order)
    return _end([f"{failure.label} failed: {failure.why}" for failure in failures])


def refresh(options: argparse.Namespace) -> int:
    """Bring the committed notebooks into canonical form."""
    from gsanalysis.runner.order import find_notebooks
    from gsanalysis.runner.refresh import refresh

    _load(options)
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
            called=name,
        )
        for folder, name in zip(folders, called, strict=True)
    ]


def _loaded(orders: Sequence[Order]) -> list[tuple[Order, Plan]]:
    """The orders with their plans, their years and objectives checked. Lists the errors of all data folders."""
    from gsanalysis.plan import load

    loaded, problems = [], []
    for order in orders:
        try:
            plan = load(order.data, order.measurements)
        except DataError as error:
            problems += [problem.below(order.called) for problem in error.problems]
            continue
        years = order.years or [_latest_year(plan)]
        for year in years:
            _require_year(plan, year)
        for code in order.objectives:
            _require(code, "objective", plan.objectives["objective"])
        objectives = [code for code in plan.objectives["objective"] if code in order.objectives]
        loaded.append((replace(order, years=years, objectives=objectives), plan))
    if problems:
        raise DataError(problems)
    return loaded


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
            _say_latest(order.years[0])
    all_of_them = f"all {len(kept)} notebooks are" if len(kept) > 1 else "its one notebook is"
    print(f"Nothing has changed since the last run: {all_of_them} kept.")
    for order, _ in standing:
        _say_where(order)
    return DONE


def _load(options: argparse.Namespace) -> Plan:
    from gsanalysis.plan import load

    return load(options.data, options.measurements)


def _what_was_read(plan: Plan, warnings: int) -> str:
    counts = [
        _count(plan.objectives, "objective"),
        _count(plan.outputs, "output"),
        _count(plan.expected_results, "expected result"),
        _count(plan.kpis, "KPI"),
        _count(plan.indicators, "indicator"),
        f"{_count(plan.measurements, 'measurement')} {_span(_measured_years(plan))}".rstrip(),
    ]
    found = f"no error, {warnings} warning{'s' * (warnings != 1)}" if warnings else "no problem"
    return f"{', '.join(counts)}: {found}"


def _count(things: Sized, name: str) -> str:
    return f"{len(things)} {name}{'s' * (len(things) != 1)}"


def _measured_years(plan: Plan) -> list[int]:
    return sorted({int(year) for year in plan.measurements["year"]})


def _span(years: Sequence[int]) -> str:
    if len(years) < 2 or years[-1] - years[0] != len(years) - 1:
        return listed([str(year) for year in years], limit=99) if years else ""
    return f"{years[0]}–{years[-1]}"


def _latest_year(plan: Plan) -> int:
    years = [year for year in _measured_years(plan) if plan.first_year <= year <= plan.last_year]
    if not years:
        raise UsageError("No year of the plan has measurements; name one with --year")
    _say_latest(years[-1])
    return years[-1]


def _say_latest(year: int) -> None:
    print(f"The plan's latest year with measurements is {year}.", flush=True)


def _require_year(plan: Plan, year: int) -> None:
    measured = _measured_years(plan)
    if year not in measured and not plan.first_year <= year <= plan.last_year:
        having = f"has measurements ({_span(measured)})" if measured else "has measurements (no year has any)"
        raise UsageError(
            f"{year} is neither a year of the plan ({plan.first_year}–{plan.last_year}) nor {having}"
        )


def _require_indicator(plan: Plan, code: str) -> None:
    own = plan.indicators.loc[plan.indicators["kpi"] == code, "indicator"]
    if len(own):
        raise UsageError(f"{code} is a KPI; name one of its indicators: {listed(list(own), 'or', limit=20)}")
    _require(code, "indicator", plan.indicators["indicator"])


def _require(code: str, what: str, known: Iterable[str]) -> None:
    names = list(known)
    if code not in names:
        near = nearest(code, names)
        hint = f"did you mean {near}?" if near else f"there are {listed(names)}"
        raise UsageError(f"There is no {what} {quoted(code)} in the plan; {hint}")


def _say_where(order: Order) -> None:
    for year in order.years:
        folder = Place(Outline(0, 0, ()), year, order.out, order.as_of).folder
        print(f"{folder / 'index.html'} leads to all pages of {year}.")


def _end(failures: Sequence[str]) -> int:
    for failure in failures:
        print(failure, file=sys.stderr)
    return FAILED if failures else DONE
