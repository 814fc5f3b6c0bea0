"""What was made from what: hashes of the data, the code and the libraries behind a year's files."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Iterable
from importlib import metadata
from pathlib import Path
from typing import Any

SCHEMA = "gsanalysis-manifest/1"
LIBRARIES = (
    "fonttools",
    "font-source-sans-pro",
    "font-source-serif-pro",
    "ipykernel",
    "jinja2",
    "matplotlib",
    "mistune",
    "nbclient",
    "nbconvert",
    "nbformat",
    "numpy",
    "pandas",
    "papermill",
    "pikepdf",
    "seaborn",
    "typst",
)
INPUTS = ("plan/plan.toml", "plan/*.csv", "commentary/*/*.md")


def sources(data: Path, measurements: Path, notebooks: Path) -> dict[str, Any]:
    """Everything that the files of a run are made from, by name relative to its folder, with SHA-256."""
    from gsanalysis.exporters.fonts import font_hashes

    files = {p.relative_to(data).as_posix(): p for pattern in INPUTS for p in data.glob(pattern)}
    files |= {f"measurements/{path.name}": path for path in measurements.glob("*.csv")}
    return {
        "inputs": {name: sha256(files[name]) for name in sorted(files)},
        "notebooks": {path.name: sha256(path) for path in sorted(notebooks.glob("*.ipynb"))},
        "package": {"name": "gsanalysis", "version": _version("gsanalysis"), "sha256": _package_hash()},
        "libraries": {name: _version(name) for name in LIBRARIES},
        "fonts": font_hashes(),
        "python": platform.python_version(),
    }


def digest(made_from: dict[str, Any]) -> str:
    """One text for all of ``sources``: two files with the same one were made from the same."""
    return hashlib.sha256(json.dumps(made_from, sort_keys=True).encode()).hexdigest()


def read_manifest(folder: Path) -> dict[str, Any]:
    """What the manifest of an earlier run says; nothing where there is none, or where it is damaged."""
    try:
        record = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return record if isinstance(record, dict) and record.get("schema") == SCHEMA else {}


def read_outputs(folder: Path) -> dict[str, str]:
    """What each file of an earlier run was made from (a digest), as far as its manifest still holds.

    A file that was changed since, or that a killed run moved, is not in it.
    """
    recorded = read_manifest(folder).get("outputs", {})
    try:
        return {n: r["made_from"] for n, r in recorded.items() if _is_file(folder / n, r["sha256"])}
    except (OSError, KeyError, TypeError, AttributeError):
        return {}


def describe(
    what: dict[str, Any], made_from: dict[str, Any], outputs: dict[str, dict[str, str]], failed: Iterable[str]
) -> str:
    """The text of ``manifest.json``. ``what`` names the year and the edition; ``outputs`` gives by file its ``sha256``
    and ``made_from``.
    """
    return _text(
        {
            "schema": SCHEMA,
            **what,
            "made_from": digest(made_from),
            **made_from,
            "outputs": dict(sorted(outputs.items())),
            "failed": list(failed),
        }
    )


def renewed(folder: Path, name: str) -> str:
    """The text of the folder's manifest with the hash of one file taken anew."""
    record = read_manifest(folder)
    record.get("outputs", {}).get(name, {})["sha256"] = sha256(folder / name)
    return _text(record)


def sha256(path: Path) -> str:
    """The file's SHA-256 in hexadecimal digits."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _text(record: dict[str, Any]) -> str:
    return json.dumps(record, indent=2, ensure_ascii=False) + "\n"


def _is_file(path: Path, expected: str) -> bool:
    return path.is_file() and sha256(path) == expected


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


def _package_hash() -> str:
    """One hash over the package's own files: its version does not change with every edit."""
    folder = Path(__file__).parents[1]
    files = [
        p for p in folder.rglob("*") if p.is_file() and p.suffix != ".pyc" and "__pycache__" not in p.parts
    ]
    lines = sorted(f"{path.relative_to(folder).as_posix()} {sha256(path)}\n" for path in files)
    return hashlib.sha256("".join(lines).encode()).hexdigest()
