"""Execute the notebooks of the years asked for, render their pages and put them into the output folder."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from gsanalysis.problems import UsageError
from gsanalysis.runner.book import Book, Outline
from gsanalysis.runner.events import KEPT, Log
from gsanalysis.runner.fontcache import lend_font_cache
from gsanalysis.runner.order import Order
from gsanalysis.runner.outputs import copy, locked, staging, writing
from gsanalysis.runner.pool import PLAIN, Crew, make_all
from gsanalysis.runner.progress import progress
from gsanalysis.runner.standing import Standing
from gsanalysis.runner.worker import Done, Task
from gsanalysis.runner.yearbook import is_complete, put

if TYPE_CHECKING:
    from gsanalysis.plan import Plan


@dataclass(frozen=True)
class Failure:
    """A notebook that could not be made, and why in one line."""

    label: str
    why: str


@dataclass
class Volume:
    """One book in the making: its tasks, what has become of them, and why it can't be put in place, if it can't."""

    order: Order
    book: Book
    staged: Path
    standing: Standing
    tasks: list[Task] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    spoilt: str = ""

    @cached_property
    def left(self) -> set[str]:
        """The pages that are still to come."""
        return {task.name for task in self.tasks}

    @property
    def label(self) -> str:
        """What the book is called where people follow the run."""
        return " ".join([*self.order.called, self.book.name])


def run(orders: Sequence[tuple[Order, Plan]], crew: Crew, log: Log) -> tuple[list[Failure], list[str]]:
    """Make the pages, indexes, CSV files and manifests; gives the notebooks that failed, and what to say of editions.

    Raises OutputError when a folder is locked, full or not writable. The files of a year are put in place
    together when its last page is done; a run that ends before leaves them as they were.
    """
    with contextlib.ExitStack() as stack:
        volumes: list[Volume] = []
        for order, plan in orders:
            stack.enter_context(locked(order.out))
            staged = stack.enter_context(staging(order.out))
            with writing(order.out):
                volumes += _volumes(order, plan, staged, crew)
        return _make(volumes, crew, log)


def _make(volumes: list[Volume], crew: Crew, log: Log) -> tuple[list[Failure], list[str]]:
    by_folder = {volume.staged: volume for volume in volumes}
    tasks = _scheduled(volumes)
    failures: dict[Task, str] = {}
    said: list[str] = []
    waiting = list(volumes)
    with progress(sum(len(v.tasks) + len(v.kept) for v in volumes)) as report:
        for volume in volumes:
            for page in volume.kept:
                label = f"{volume.label} {page}"
                report(label, "kept")
                log("kept", notebook=label, why=KEPT)
        for task, done in make_all(tasks, crew):
            volume = by_folder[task.staged]
            report(task.label, f"failed: {done.why}" if done.why else "done")
            _tell(log, task, done)
            _take(volume, task, done)
            if done.why:
                failures[task] = done.why
            while waiting and not waiting[0].left:
                said += _finish(waiting.pop(0), log)
        while waiting:
            said += _finish(waiting.pop(0), log)
    failed = [Failure(task.label, failures[task]) for task in tasks if task in failures]
    return [*failed, *(Failure(v.label, v.spoilt) for v in volumes if v.spoilt)], said


def _take(volume: Volume, task: Task, done: Done) -> None:
    with writing(volume.order.out):
        for form in done.kept:
            copy(volume.book.folder / f"{task.name}.{form}", volume.staged)
    if done.why:
        volume.failed.append(task.name)
    volume.left.discard(task.name)


def _tell(log: Log, task: Task, done: Done) -> None:
    log(
        "failed" if done.why else "made",
        notebook=task.label,
        why=task.reason or "its pages are gone, were changed or are rendered in another way",
        executed=bool(task.reason),
        rendered=list(done.rendered),
        kept=list(done.kept),
        seconds=round(done.seconds, 3),
        **({"error": done.why} if done.why else {}),
    )


def _finish(volume: Volume, log: Log) -> list[str]:
    """Put a book in place whose pages are all there; one that stands as it would be made is left alone."""
    book = volume.book
    if not volume.tasks and is_complete(book, volume.standing):
        return []
    changes = volume.order.changes()
    if changes:  # some pages may show what was there before, and some what is there now
        volume.spoilt = f"{changes} changed while it was made, so it was not put in place; run again"
        log("spoilt", folder=str(book.folder), why=volume.spoilt)
        return []
    failed = [page for page in book.pages if page in volume.failed]
    parameters = {page: volume.order.shown(book, page) for page in volume.order.pages(book)}
    said = put(book, volume.staged, volume.standing, failed, parameters)
    log("published", folder=str(book.folder), failed=failed)
    return said


def _volumes(order: Order, plan: Plan, staged: Path, crew: Crew) -> Iterator[Volume]:
    crew.inspect(order.reads, order.made_from)
    plain = crew.way == PLAIN
    lend_font_cache(staged / "scratch" / "matplotlib", make=plain)
    outline = Outline.of(plan)
    for place in order.places(outline):
        book = Book(**vars(place), plan=plan)
        _refuse_clashing_names(book.pages)
        folder = staged / book.name
        folder.mkdir()
        volume = Volume(order, book, folder, Standing(book.folder, order.made_from))
        for page in _longest_first(order.pages(book), plan):
            task = _task(volume, page, plain)
            if task:
                volume.tasks.append(task)
            else:
                volume.kept.append(page)
        yield volume


def _task(volume: Volume, page: str, plain: bool) -> Task | None:
    """What there is to do for a page; nothing if all its files can stay, which are then laid ready."""
    order, book, standing = volume.order, volume.book, volume.standing
    shown, binds = order.shown(book, page), book.binds(page)
    reason = "--force" if order.force else standing.why_execute(page, shown)
    if not reason:
        copy(book.folder / f"{page}.ipynb", volume.staged)
        if standing.keeps(page, shown, order.formats, binds) and set(binds) <= set(volume.kept):
            for form in order.formats:
                copy(book.folder / f"{page}.{form}", volume.staged)
            return None
    return Task(
        book=volume.label,
        name=page,
        source=order.notebooks / f"{'objective' if page in book.objectives else page}.ipynb",
        parameters=order.parameters(book, page),
        shown=shown,
        staged=volume.staged,
        scratch=volume.staged.parent / "scratch",
        root=order.root,
        formats=tuple(order.formats),
        reads=order.reads,
        made_from=standing.made_from,
        reason=reason,
        standing={} if order.force else standing.rendered(page, order.formats),
        binds=binds,
        plain=plain,
        limit=order.limit,
    )


def _scheduled(volumes: Sequence[Volume]) -> list[Task]:
    """The tasks in the order to start on them: while a first year's report is bound, the period keeps others busy."""
    tasks: list[Task] = []
    for period, following in zip([None, *volumes], [*volumes, None], strict=True):
        if following and following.book.year:
            tasks += following.tasks
        if period and not period.book.year:
            tasks += period.tasks
    return tasks


def _longest_first(pages: Sequence[str], plan: Plan) -> list[str]:
    """The pages to make; none that takes long is left alone at the end, when only the report is to be bound."""
    objective_of = dict(zip(plan.kpis["kpi"], plan.kpis["objective"], strict=True))
    sizes = Counter(objective_of[kpi] for kpi in plan.indicators["kpi"])
    return sorted(pages, key=lambda page: (-sizes[page], page == "report"))


def _refuse_clashing_names(pages: Sequence[str]) -> None:
    """An objective may have any code; its page must not take the place of another file."""
    files = [
        "index.html",
        *(f"{name}{end}" for name in pages for end in (".html", ".failed.ipynb", ".ipynb")),
    ]
    twice = [file for file, times in Counter(file.casefold() for file in files).items() if times > 1]
    if twice:
        raise UsageError(f"two pages would both be {twice[0]}: give the objective another code")
