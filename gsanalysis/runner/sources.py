"""What a run reads, and whether that is still the same: data, notebooks, the package, libraries and fonts."""

from __future__ import annotations

import contextlib
import hashlib
import json
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

from gsanalysis.exporters.font_files import font_hashes
from gsanalysis.problems import listed
from gsanalysis.root import is_left_behind
from gsanalysis.runner.book import NOTEBOOKS
from gsanalysis.schema import TABLES

Folders = tuple[Path, ...]  # of data, measurements and notebooks, perhaps that of an edition to compare with
Stamp = tuple[int, int, int, int]
EXPORTERS = "exporters/"
RENDERING = (EXPORTERS, "runner/")
ALWAYS = ("libraries", "fonts", "python")  # decide both what a notebook shows and how it is rendered
LIBRARIES = (
    "contourpy",
    "fonttools",
    "font-source-sans-pro",
    "font-source-serif-pro",
    "ipykernel",
    "ipython",
    "jinja2",
    "kiwisolver",
    "markupsafe",
    "matplotlib",
    "matplotlib-inline",
    "mistune",
    "nbclient",
    "nbconvert",
    "nbformat",
    "numpy",
    "pandas",
    "papermill",
    "pikepdf",
    "pillow",
    "pygments",
    "seaborn",
    "typst",
)


@dataclass(frozen=True)
class Snapshot:
    """What is read, as it was at one moment: hashes of all of it, and for the files that people change their stamps."""

    reads: Folders
    made_from: dict[str, Any]
    stamps: dict[str, Stamp]

    @classmethod
    def take(cls, reads: Folders) -> Snapshot:
        """Look at the folders of data, measurements and notebooks; the stamps first, so that no change is missed."""
        return cls(reads, stamps=_stamps(reads), made_from=sources(reads))

    def changes(self) -> str:
        """Name the files that somebody has written since, also those that are again what they were."""
        now = _stamps(self.reads)
        names = [name for name in sorted({*self.stamps, *now}) if self.stamps.get(name) != now.get(name)]
        return listed(names) if names else ""


def sources(reads: Folders) -> dict[str, Any]:
    """Everything that the files of a run are made from, by name relative to its folder, with SHA-256.

    ``reads`` are the folders of data, measurements and notebooks.
    """
    return {
        "inputs": {name: _sha256_or_nothing(path) for name, path in _inputs(reads).items()},
        "notebooks": {name: sha256(path) for name, path in _notebooks(reads).items()},
        "package": {"name": "gsanalysis", "version": _version("gsanalysis"), **_package()},
        "libraries": {name: _version(name) for name in LIBRARIES},
        "fonts": font_hashes(),
        "python": platform.python_version(),
    }


def _inputs(reads: Folders) -> dict[str, Path]:
    """All that `check` looks at: files that it doesn't know make a data folder wrong, and so do odd folders."""
    data, measurements, _, *compared = reads
    parts = ("plan", *(table.path for table in TABLES.values() if table.by_year), "commentary")
    tops = {part: data / part for part in parts} | {"measurements": measurements}
    tops |= {f"before/{part}": folder / part for folder in compared for part in parts}
    found: dict[str, Path] = {}
    for top, folder in tops.items():
        for path in folder.rglob("*"):
            names = path.relative_to(folder).parts
            if not any(map(is_left_behind, names)) and (not path.is_dir() or not any(path.iterdir())):
                found["/".join((top, *names))] = path
    return dict(sorted(found.items()))


def _notebooks(reads: Folders) -> dict[str, Path]:
    """The notebooks that a run executes; others beside them are an analyst's, and no reason to make pages anew."""
    paths = (reads[2] / f"{name}.ipynb" for name in sorted(NOTEBOOKS))
    return {path.name: path for path in paths if path.is_file()}


def _stamps(reads: Folders) -> dict[str, Stamp]:
    found = {}
    for name, path in (_inputs(reads) | _notebooks(reads)).items():
        with contextlib.suppress(OSError):
            stat = path.stat()
            found[name] = (stat.st_ino, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns)
    return found


def digest(made_from: dict[str, Any]) -> str:
    """One text for a record: two records with the same one are the same."""
    return hashlib.sha256(json.dumps(made_from, sort_keys=True).encode()).hexdigest()


def notebook_key(made_from: dict[str, Any]) -> str:
    """One text for all that an executed notebook depends on but for its parameters.

    All notebooks of a data folder have the same: a rating can rest on another objective's figures.
    """
    package = made_from["package"].get("notebooks", "")  # 0.2.0 had none
    return digest({name: made_from[name] for name in ("inputs", "notebooks", *ALWAYS)} | {"package": package})


def page_key(made_from: dict[str, Any], notebooks: Sequence[str]) -> str:
    """One text for all that a rendered page depends on; ``notebooks`` are the hashes of those that it shows."""
    package = made_from["package"].get("pages", "")
    return digest({name: made_from[name] for name in ALWAYS} | {"package": package, "shows": list(notebooks)})


def differences(before: dict[str, Any], now: dict[str, Any]) -> str:
    """Name what two ``sources`` differ in; the empty text if they are the same."""
    changed: list[str] = []
    for part in ("inputs", "notebooks", "package", "libraries", "fonts"):
        one, other = before.get(part, {}), now[part]
        names = [name for name in sorted({*one, *other}) if one.get(name) != other.get(name)]
        changed += names if part != "package" else ["the package"] * bool(names)
    if before.get("python") != now["python"]:
        changed.append("Python")
    return listed(changed) if changed else ""


def sha256(path: Path) -> str:
    """The file's SHA-256 in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sha256_or_nothing(path: Path) -> str:
    """The hash of a file; nothing for a folder, and for what can't be read, which loading the data says."""
    try:
        return sha256(path)
    except OSError:
        return ""


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


def _package() -> dict[str, str]:
    """Hashes over the package's own files: its version does not change with every edit.

    ``notebooks`` is over what can decide a notebook's results, ``pages`` over what can decide how they are rendered.
    """
    folder = Path(__file__).parents[1]
    files = [
        p for p in folder.rglob("*") if p.is_file() and p.suffix != ".pyc" and "__pycache__" not in p.parts
    ]
    hashes = {path.relative_to(folder).as_posix(): sha256(path) for path in sorted(files)}
    rendering = {name: own for name, own in hashes.items() if name.startswith(RENDERING)}
    running = {name: own for name, own in hashes.items() if not name.startswith(EXPORTERS)}
    return {"sha256": digest(hashes), "notebooks": digest(running), "pages": digest(rendering)}
