"""How far a run is: a bar on a terminal, else one plain line per notebook."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Iterator

Report = Callable[[str, str], None]  # the notebook's label, and how it went


@contextlib.contextmanager
def progress(total: int) -> Iterator[Report]:
    """A function to call after each of ``total`` notebooks."""
    if sys.stdout.isatty():
        with _bar(total) as report:
            yield report
    else:
        yield _lines(total)


@contextlib.contextmanager
def _bar(total: int) -> Iterator[Report]:
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
    from rich.progress import TimeRemainingColumn as Estimate

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, TextColumn("left:"), Estimate(), console=Console(file=sys.stdout)) as bar:
        task = bar.add_task("Notebooks", total=total)

        def report(label: str, outcome: str) -> None:
            if outcome == "kept":  # it took no time, and the estimate must not learn from it
                bar.update(task, total=(bar.tasks[0].total or 0) - 1)
                return
            bar.update(task, advance=1, description=escape(label))
            if outcome != "done":
                bar.console.print(f"{label} {outcome}", markup=False, highlight=False)

        yield report


def _lines(total: int) -> Report:
    done = 0

    def report(label: str, outcome: str) -> None:
        nonlocal done
        done += 1
        print(f"[{done}/{total}] {label} {outcome}", flush=True)

    return report
