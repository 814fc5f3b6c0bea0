"""Execute the notebooks of the years asked for, render their pages and put them into the output folder."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from gsanalysis.problems import UsageError
from gsanalysis.runner.fontcache import lend_font_cache
from gsanalysis.runner.manifest import sources
from gsanalysis.runner.outputs import locked, staging, writing
from gsanalysis.runner.pool import make_all
from gsanalysis.runner.progress import progress
from gsanalysis.runner.worker import Task
from gsanalysis.runner.yearbook import RATINGS, page_names, put_year, year_folder

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

    from gsanalysis.plan import Plan


@dataclass(frozen=True)
class Order:
    """What to make. Empty ``objectives``: all of them, with overview and data quality.

    ``data`` and ``measurements`` are the folders as given, None for the project's own.
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

    year: int
    name: str
    why: str


def run(order: Order, pool: ProcessPoolExecutor) -> list[Failure]:
    """Make the pages, indexes, CSV files and manifests; gives the notebooks that failed.

    Raises OutputError when the folder is locked, full or not writable. The files of a year are put in place
    together when its last notebook is done; a run that ends before leaves them as they were.
    """
    notebooks = find_notebooks(order.root)
    _refuse_clashing_names(order.plan)
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


def _run(order: Order, notebooks: Path, staged: Path, pool: ProcessPoolExecutor) -> list[Failure]:
    with writing(order.out):
        lend_font_cache(staged / "scratch" / "matplotlib")
        for year in order.years:
            (staged / str(year)).mkdir()
    tasks = [task for year in order.years for task in _tasks(order, year, staged, notebooks)]
    results = make_all(tasks, pool)
    made_from = sources(order.data_folder, order.measurements_folder, notebooks)  # while the first are made
    left = Counter(task.year for task in tasks)
    failures: dict[Task, str] = {}
    with progress(len(tasks)) as report:
        for task, why in results:
            report(f"{task.year} {task.name}", why)
            if why:
                failures[task] = why
            left[task.year] -= 1
            if not left[task.year]:
                failed = [t.name for t in tasks if t.year == task.year and t in failures]
                target = year_folder(order.out, task.year, order.as_of)
                put_year(order.plan, task.year, order.as_of, task.staged, target, made_from, failed)
    return [Failure(task.year, task.name, failures[task]) for task in tasks if task in failures]


def _refuse_clashing_names(plan: Plan) -> None:
    """An objective may have any code; its page must not take the place of another file."""
    files = ["index.html", "manifest.json", *RATINGS]
    files += [
        f"{name}{end}" for name in page_names(plan) for end in (".html", ".pdf", ".ipynb", ".failed.ipynb")
    ]
    twice = [file for file, times in Counter(file.casefold() for file in files).items() if times > 1]
    if twice:
        raise UsageError(f"two pages would both be {twice[0]}: give the objective another code")


def _tasks(order: Order, year: int, staged: Path, notebooks: Path) -> Iterator[Task]:
    parameters, shown = _parameters(order, year)
    for name, source, own in _pages(order):
        yield Task(
            year=year,
            name=name,
            source=notebooks / source,
            parameters=own | parameters,
            shown=own | shown,
            staged=staged / str(year),
            scratch=staged / "scratch",
            root=order.root,
            formats=tuple(order.formats),
        )


def _pages(order: Order) -> list[tuple[str, str, dict[str, object]]]:
    """Name, notebook and own parameters of every page to make; the longest first."""
    codes = list(order.objectives) or list(order.plan.objectives["objective"])
    pages: list[tuple[str, str, dict[str, object]]] = [
        (code, "objective.ipynb", {"objective": code}) for code in codes
    ]
    if not order.objectives:
        pages = [("overview", "overview.ipynb", {}), *pages, ("data-quality", "data-quality.ipynb", {})]
    return pages


def _parameters(order: Order, year: int) -> tuple[dict[str, object], dict[str, object]]:
    """What the notebooks are executed with, and what the stored ones show (no folder of this machine)."""
    parameters: dict[str, object] = {"year": year}
    if order.as_of:
        parameters["as_of"] = order.as_of
    shown = dict(parameters)
    for name in ("data", "measurements"):
        given = getattr(order, name)
        if given:
            parameters[name] = str(Path(given).absolute())
            shown[name] = _portable(Path(given), order.root, name)
    return parameters, shown


def _portable(folder: Path, root: Path, name: str) -> str:
    """The folder from the project's root; one elsewhere is not named: the same data give the same bytes."""
    try:
        return folder.resolve().relative_to(root.resolve()).as_posix()
    except ValueError:
        return f"(the folder given with --{name})"
