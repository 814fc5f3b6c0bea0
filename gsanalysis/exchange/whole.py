"""Files and folders that appear whole or not at all."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from gsanalysis.problems import UsageError, visible


def write_file(out: Path, content: bytes) -> None:
    """Write a file in one step; one that is there is replaced. A folder of that name is a UsageError."""
    if out.is_dir():
        raise UsageError(f"{visible(str(out))} is a folder; name a file with --out")
    with beside(out) as staged:
        (staged / out.name).write_bytes(content)
        (staged / out.name).replace(out)


@contextlib.contextmanager
def beside(out: Path) -> Iterator[Path]:
    """A fresh folder beside ``out``, on its disk, so that what was made in it can be moved; gone afterwards."""
    out.parent.mkdir(parents=True, exist_ok=True)
    staged = Path(tempfile.mkdtemp(prefix=".making-", dir=out.parent))
    try:
        yield staged
    finally:
        shutil.rmtree(staged, ignore_errors=True)


def put_folder(made: Path, out: Path) -> None:
    """Put a folder that was made `beside` in the place of ``out``; what was there is gone afterwards, or back."""
    if not os.path.lexists(out):
        made.rename(out)
        return
    old = made.with_name(f"{made.name}.old")
    out.rename(old)
    try:
        made.rename(out)
    except OSError:
        old.rename(out)
        raise


def fill_folder(made: Path, out: Path) -> None:
    """Move everything in ``made`` into the empty folder ``out``, which somebody may stand in; or nothing."""
    moved = []
    try:
        for entry in sorted(made.iterdir()):
            moved.append(out / entry.name)
            entry.rename(out / entry.name)
    except BaseException:
        for entry in moved:
            shutil.rmtree(entry) if entry.is_dir() else entry.unlink(missing_ok=True)
        raise
