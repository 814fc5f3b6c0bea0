"""What stands in a folder since an earlier run, and what of it a run can keep."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from gsanalysis.runner.manifest import is_whole, read_manifest
from gsanalysis.runner.sources import differences, digest, notebook_key, page_key, sha256

NOTHING: Mapping[str, str] = {}


class Standing:
    """The files of a folder as its manifest records them, held against what would be made from ``made_from``."""

    def __init__(self, folder: Path, made_from: dict[str, Any]) -> None:
        self.folder = folder
        self.made_from = made_from
        record = read_manifest(folder)
        self._record = record if is_whole(record) else {}

    @cached_property
    def origins(self) -> dict[str, str]:
        """The key of what each file was made from; a file that is gone or was changed since is not in it."""
        intact = {
            name: file for name, file in self._outputs.items() if _is(self.folder / name, file["sha256"])
        }
        return {name: file["made_from"] for name, file in intact.items()}

    @property
    def parameters(self) -> dict[str, dict[str, Any]]:
        """By page, what its notebook was executed with."""
        return dict(self._record.get("parameters", {}))

    def is_of_now(self) -> bool:
        """Whether the manifest is of the same sources, of a run in which nothing failed, and all its files stand."""
        same = bool(self._record.get("made_from") == digest(self.made_from))
        return same and not self._record.get("failed") and set(self.origins) == set(self._outputs)

    def why_execute(self, page: str, parameters: Mapping[str, object]) -> str:
        """Why the page's notebook has to be executed; the empty text if it can stay."""
        file = f"{page}.ipynb"
        if not self._record:
            return "no manifest of an earlier run"
        if (self.folder / f"{page}.failed.ipynb").exists():
            return "it failed the last time"
        if not self._outputs.get(file):
            return "it was not made before"
        if file not in self.origins:
            return f"{file} is gone or was changed"
        if self.parameters.get(page) != dict(parameters):
            return "other parameters"
        if self.origins[file] != notebook_key(self.made_from):
            return f"changed: {differences(self._record, self.made_from) or 'it is of a run before the last'}"
        return ""

    def keeps(
        self, page: str, parameters: Mapping[str, object], formats: Iterable[str], binds: Iterable[str]
    ) -> bool:
        """Whether all of a page can stay, if the pages that it takes in do."""
        if self.why_execute(page, parameters):
            return False
        key = self.page_key(page, binds)
        return all(self.origins.get(f"{page}.{form}") == key for form in formats)

    def rendered(self, page: str, forms: Iterable[str]) -> dict[str, str]:
        """The keys of the page's intact files in these formats."""
        return {form: self.origins[f"{page}.{form}"] for form in forms if f"{page}.{form}" in self.origins}

    def page_key(self, page: str, binds: Iterable[str], made: Mapping[str, str] = NOTHING) -> str:
        """The key of the page's files if they were rendered from the notebooks that stand here.

        ``made`` has the hashes of files that have been made anew and come first.
        """
        recorded = {name: file["sha256"] for name, file in self._outputs.items()}
        hashes = {**recorded, **made}
        return page_key(self.made_from, [hashes.get(f"{name}.ipynb", "") for name in (page, *binds)])

    def is_current(self, page: str, form: str, binds: Iterable[str], made: Mapping[str, str]) -> bool:
        """Whether one of the page's files stands as it would be made now, with the parameters it was made with."""
        notebook = f"{page}.ipynb"
        if notebook not in made and self.origins.get(notebook) != notebook_key(self.made_from):
            return False
        return form == "ipynb" or self.origins.get(f"{page}.{form}") == self.page_key(page, binds, made)

    @cached_property
    def _outputs(self) -> dict[str, dict[str, str]]:
        return dict(self._record.get("outputs", {}))


def _is(path: Path, expected: str) -> bool:
    return path.is_file() and sha256(path) == expected
