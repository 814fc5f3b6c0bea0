"""What was made from what: hashes of the data, the code and the libraries behind a year's files."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Iterable, Sequence
from importlib import metadata
from pathlib import Path
from typing import Any

from gsanalysis.exporters.font_files import font_hashes
from gsanalysis.problems import listed

MANIFEST = "manifest.json"
SCHEMA = "gsanalysis-manifest/1"
OWN = "sha256"  # the manifest's own hash, over all else in it
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
INPUTS = ("plan/plan.toml", "plan/*.csv", "commentary/*/*.md")


def sources(data: Path, measurements: Path, notebooks: Path) -> dict[str, Any]:
    """Everything that the files of a run are made from, by name relative to its folder, with SHA-256."""
    files = {p.relative_to(data).as_posix(): p for pattern in INPUTS for p in data.glob(pattern)}
    files |= {f"measurements/{path.name}": path for path in measurements.glob("*.csv")}
    return {
        "inputs": {name: sha256(files[name]) for name in sorted(files)},
        "notebooks": {path.name: sha256(path) for path in sorted(notebooks.glob("*.ipynb"))},
        "package": {"name": "gsanalysis", "version": _version("gsanalysis"), **_package()},
        "libraries": {name: _version(name) for name in LIBRARIES},
        "fonts": font_hashes(),
        "python": platform.python_version(),
    }


def digest(made_from: dict[str, Any]) -> str:
    """One text for all of ``sources``: two manifests with the same one were made from the same."""
    return _hash_of(made_from)


def notebook_key(made_from: dict[str, Any]) -> str:
    """One text for all that an executed notebook depends on but for its parameters.

    All notebooks of a data folder have the same: a rating can rest on another objective's figures.
    """
    package = made_from["package"].get("notebooks", "")  # 0.2.0 had none
    return _hash_of(
        {name: made_from[name] for name in ("inputs", "notebooks", *ALWAYS)} | {"package": package}
    )


def page_key(made_from: dict[str, Any], notebooks: Sequence[str]) -> str:
    """One text for all that a rendered page depends on; ``notebooks`` are the hashes of those that it shows."""
    package = made_from["package"].get("pages", "")
    return _hash_of(
        {name: made_from[name] for name in ALWAYS} | {"package": package, "shows": list(notebooks)}
    )


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


def read_manifest(folder: Path) -> dict[str, Any]:
    """What the manifest of an earlier run says; nothing where there is none, or where it is damaged."""
    try:
        record = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return record if isinstance(record, dict) and record.get("schema") == SCHEMA else {}


def is_whole(record: dict[str, Any]) -> bool:
    """Whether nobody has changed the manifest since it was written."""
    return bool(record) and record.get(OWN) == _hash_of(_but_for_own(record))


def describe(
    what: dict[str, Any],
    made_from: dict[str, Any],
    parameters: dict[str, dict[str, Any]],
    outputs: dict[str, dict[str, str]],
    failed: Iterable[str],
) -> str:
    """The text of ``manifest.json``.

    ``what`` names the year and the edition, ``parameters`` are those of each notebook, and ``outputs`` gives by
    file its ``sha256`` and ``made_from``: the key of a notebook or page, empty where that is not known.
    """
    return _text(
        {
            "schema": SCHEMA,
            **what,
            "made_from": digest(made_from),
            **made_from,
            "parameters": dict(sorted(parameters.items())),
            "outputs": dict(sorted(outputs.items())),
            "failed": list(failed),
        }
    )


def renewed(folder: Path, name: str, made_from: str) -> str:
    """The text of the folder's manifest with hash and key of one file taken anew."""
    record = read_manifest(folder)
    if name in record.get("outputs", {}):
        record["outputs"][name] = {"sha256": sha256(folder / name), "made_from": made_from}
    return _text(record)


def sha256(path: Path) -> str:
    """The file's SHA-256 in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _text(record: dict[str, Any]) -> str:
    own = {OWN: _hash_of(_but_for_own(record))}
    return json.dumps(_but_for_own(record) | own, indent=2, ensure_ascii=False) + "\n"


def _but_for_own(record: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in record.items() if name != OWN}


def _hash_of(record: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(record, sort_keys=True).encode()).hexdigest()


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
    return {"sha256": _hash_of(hashes), "notebooks": _hash_of(running), "pages": _hash_of(rendering)}
