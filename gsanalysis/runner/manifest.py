"""What was made from what: the record that lies beside a year's files."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from gsanalysis.runner.sources import digest, sha256

MANIFEST = "manifest.json"
SCHEMA = "gsanalysis-manifest/1"
OWN = "sha256"  # the manifest's own hash, over all else in it


def read_manifest(folder: Path) -> dict[str, Any]:
    """What the manifest of an earlier run says; nothing where there is none, or where it is damaged."""
    try:
        record = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return record if isinstance(record, dict) and record.get("schema") == SCHEMA else {}


def is_whole(record: dict[str, Any]) -> bool:
    """Whether nobody has changed the manifest since it was written."""
    return bool(record) and record.get(OWN) == digest(_but_for_own(record))


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


def _text(record: dict[str, Any]) -> str:
    own = {OWN: digest(_but_for_own(record))}
    return json.dumps(_but_for_own(record) | own, indent=2, ensure_ascii=False) + "\n"


def _but_for_own(record: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in record.items() if name != OWN}
