"""Execute the notebooks of the years asked for, render their pages and put them into the output folder."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from gsanalysis.problems import UsageError
from gsanalysis.runner.book import Book
from gsanalysis.runner.fontcache import lend_font_cache
from gsanalysis.runner.manifest import sources
from gsanalysis.runner.outputs import locked, staging, writing
from gsanalysis.runner.pool import make_all
from gsanalysis.runner.progress import progress
from gsanalysis.runner.worker import Task
from gsanalysis.runner.yearbook import put

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

    from gsanalysis.plan import Plan


@dataclass(frozen=True)
class Order:
    """What to make. Empty ``objectives``: all of them, with the other pages, the reports and the whole period.

    ``data`` and ``measurements`` are the folders as given, None for the project's own. ``final`` and
    ``prepared_by`` are for the reports' covers.
    """

    plan: Plan
    years: Sequence[int]
    objectives: Sequence[str]
    out: Path
    formats: Sequence[str]
    as_of: str | None
    data: str | None
    measurements: str | None
    root: Path
    final: bool = False
    prepared_by: str = ""

    @property
    def books(self) -> list[Book]:
        """What is made, in the order in which it is put in place: the years' indexes lead to the period."""
        years = [Book(self.plan, year, self.out, self.as_of) for year in self.years]
        return years if self.objectives else [years[0].period, *years]

    @property
    def data_folder(self) -> Path:
        """The data folder that is read."""
        return self.plan.folder

    @property
    def measurements_folder(self) -> Path:
        """The folder of measurements that is read."""
        return Path(self.measurements) if self.measurements else self.plan.folder / "measurements"


@dataclass(frozen=True)
class Failure:
    """A notebook that could not be made, and why in one line."""

    book: str
    name: str
    why: str


def run(order: Order, pool: ProcessPoolExecutor) -> tuple[list[Failure], list[str]]:
    """Make the pages, indexes, CSV files and manifests; gives the notebooks that failed, and what to say of editions.

    Raises OutputError when the folder is locked, full or not writable. The files of a year are put in place
    together when its last page is done; a run that ends before leaves them as they were.
    """
    notebooks = find_notebooks(order.root)
    _refuse_clashing_names(order.books[-1].pages)
    with locked(order.out), staging(order.out) as staged:
        return _run(order, notebooks, staged, pool)


def find_notebooks(root: Path) -> Path:
    """The folder of notebooks: the project's, else the one of the checkout that the package lies in."""
    for folder in (root, Path(__file__).resolve().parents[2]):
        if (folder / "notebooks" / "objective.ipynb").is_file():
            return folder / "notebooks"
    raise UsageError(
        f"there is no notebooks/objective.ipynb in {root}; run gsanalysis in the project's folder"
    )


def _run(
    order: Order, notebooks: Path, staged: Path, pool: ProcessPoolExecutor
) -> tuple[list[Failure], list[str]]:
    books = order.books
    with writing(order.out):
        lend_font_cache(staged / "scratch" / "matplotlib")
        for book in books:
            (staged / book.name).mkdir()
    tasks = [task for book in books for task in _tasks(order, book, staged, notebooks)]
    results = make_all(tasks, pool)
    made_from = sources(order.data_folder, order.measurements_folder, notebooks)  # while the first are made
    left = Counter(task.book for task in tasks)
    failures: dict[Task, str] = {}
    said: list[str] = []
    with progress(len(tasks)) as report:
        for task, why in results:
            report(f"{task.book} {task.name}", why)
            if why:
                failures[task] = why
            left[task.book] -= 1
            while books and not left[books[0].name]:
                book = books.pop(0)
                failed = [t.name for t in tasks if t.book == book.name and t in failures]
                said += put(book, staged / book.name, made_from, failed)
    return [Failure(task.book, task.name, failures[task]) for task in tasks if task in failures], said


def _refuse_clashing_names(pages: Sequence[str]) -> None:
    """An objective may have any code; its page must not take the place of another file."""
    files = [
        "index.html",
        *(f"{name}{end}" for name in pages for end in (".html", ".failed.ipynb", ".ipynb")),
    ]
    twice = [file for file, times in Counter(file.casefold() for file in files).items() if times > 1]
    if twice:
        raise UsageError(f"two pages would both be {twice[0]}: give the objective another code")


def _tasks(order: Order, book: Book, staged: Path, notebooks: Path) -> Iterator[Task]:
    parameters, shown = _parameters(order, book)
    for name in _longest_first(order, book):
        own = {"objective": name} if name in book.objectives else {}
        yield Task(
            book=book.name,
            name=name,
            source=notebooks / f"{'objective' if own else name}.ipynb",
            parameters=own | parameters,
            shown=own | shown,
            staged=staged / book.name,
            scratch=staged / "scratch",
            root=order.root,
            formats=tuple(order.formats),
            binds=tuple(page for page in book.pages if page != name) if name == "report" else (),
        )


def _longest_first(order: Order, book: Book) -> list[str]:
    """The pages to make; none that takes long is left alone at the end, when only the report is to be bound."""
    objective_of = dict(zip(order.plan.kpis["kpi"], order.plan.kpis["objective"], strict=True))
    sizes = Counter(objective_of[kpi] for kpi in order.plan.indicators["kpi"])
    return sorted(list(order.objectives) or book.pages, key=lambda page: (-sizes[page], page == "report"))


def _parameters(order: Order, book: Book) -> tuple[dict[str, object], dict[str, object]]:
    """What the notebooks are executed with, and what the stored ones show (no folder of this machine)."""
    given = {"year": book.year, "as_of": order.as_of, "prepared_by": order.prepared_by, "final": order.final}
    parameters: dict[str, object] = {name: value for name, value in given.items() if value}
    shown = dict(parameters)
    for name in ("data", "measurements"):
        folder = getattr(order, name)
        if folder:
            parameters[name] = str(Path(folder).absolute())
            shown[name] = _portable(Path(folder), order.root, name)
    return parameters, shown


def _portable(folder: Path, root: Path, name: str) -> str:
    """The folder from the project's root; one elsewhere is not named: the same data give the same bytes."""
    try:
        return folder.resolve().relative_to(root.resolve()).as_posix()
    except ValueError:
        return f"(the folder given with --{name})"
