"""What a run is asked for, before anything is read: years, pages, folders, and the notebooks' parameters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from gsanalysis.problems import UsageError
from gsanalysis.runner.book import CHANGES, Outline, Place
from gsanalysis.runner.sources import Folders, Snapshot


@dataclass(frozen=True)
class Order:
    """What to make. Empty ``objectives``: all of them, with the other pages, the reports and the whole period.

    ``data`` and ``measurements`` are the folders as given, None for the project's own. ``final`` and
    ``prepared_by`` are for the reports' covers. ``limit`` is in seconds for each notebook. ``called`` names the
    data folder where there are several, ``since`` and ``before`` are what the page of changes compares with (a day, a
    data folder), and ``snapshot`` is what the run reads, as it was at the beginning.
    """

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
    force: bool = False
    limit: float | None = None
    since: str = ""
    before: str = ""
    called: tuple[str, ...] = ()
    snapshot: Snapshot | None = None

    def seen(self) -> Order:
        """The order with a snapshot of what it reads, to be taken before anything is read."""
        return replace(self, snapshot=Snapshot.take(self.reads))

    @property
    def made_from(self) -> dict[str, Any]:
        """The sources as they were seen."""
        assert self.snapshot, "look before you read"
        return self.snapshot.made_from

    def changes(self) -> str:
        """Name the files that were changed since."""
        return self.snapshot.changes() if self.snapshot else ""

    @property
    def data_folder(self) -> Path:
        """The data folder that is read."""
        return Path(self.data) if self.data else self.root / "data"

    @property
    def measurements_folder(self) -> Path:
        """The folder of measurements that is read."""
        return Path(self.measurements) if self.measurements else self.data_folder / "measurements"

    @property
    def notebooks(self) -> Path:
        """The folder of notebooks."""
        return find_notebooks(self.root)

    @property
    def reads(self) -> Folders:
        """The folders of data, measurements and notebooks, and the one compared with if there is one."""
        folders = (self.data_folder, self.measurements_folder, self.notebooks)
        before = [Path(self.before)] if self.before else []
        return tuple(folder.absolute() for folder in (*folders, *before))

    def places(self, outline: Outline) -> list[Place]:
        """What is made, in the order in which it is put in place: the years' indexes lead to the period."""
        years = [Place(outline, year, self.out, self.as_of, self.since, self.before) for year in self.years]
        return years if self.objectives else [years[0].period, *years]

    def pages(self, place: Place) -> list[str]:
        """The pages of a place that are asked for, in the order of its index."""
        return [page for page in place.pages if not self.objectives or page in self.objectives]

    def shown(self, place: Place, page: str) -> dict[str, object]:
        """The parameters that a page's stored notebook shows: no folder of this machine."""
        shown = self._given(place, page)
        for name in self._folders(page):
            if folder := getattr(self, name):
                shown[name] = _portable(Path(folder), self.root, name)
        return shown

    def parameters(self, place: Place, page: str) -> dict[str, object]:
        """The parameters that a page's notebook is executed with."""
        parameters = self._given(place, page)
        for name in self._folders(page):
            if folder := getattr(self, name):
                parameters[name] = str(Path(folder).absolute())
        return parameters

    def _folders(self, page: str) -> list[str]:
        """The parameters of a page that are folders."""
        return ["data", "measurements", *(["before"] if page == CHANGES else [])]

    def _given(self, place: Place, page: str) -> dict[str, object]:
        given: dict[str, object] = {"year": place.year, "as_of": self.as_of}
        if page in place.objectives:
            given = {"objective": page, **given}
        if page == CHANGES:
            given["since"] = self.since
        if page == "report":  # what only its cover shows is no reason to make other pages anew
            given |= {"prepared_by": self.prepared_by, "final": self.final}
        return {name: value for name, value in given.items() if value}


def find_notebooks(root: Path) -> Path:
    """The folder of notebooks: the project's, else the one of the checkout that the package lies in."""
    for folder in (root, Path(__file__).resolve().parents[2]):
        if (folder / "notebooks" / "objective.ipynb").is_file():
            return folder / "notebooks"
    raise UsageError(
        f"there is no notebooks/objective.ipynb in {root}; run gsanalysis in the project's folder"
    )


def _portable(folder: Path, root: Path, name: str) -> str:
    """The folder from the project's root; one elsewhere is not named: the same data give the same bytes."""
    try:
        return folder.resolve().relative_to(root.resolve()).as_posix()
    except ValueError:
        return f"(the folder given with --{name})"
