"""The output folder: one run at a time in it, and files that appear whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import filecmp
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

LOCK = ".lock"
STAGING = ".staging-"
NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
DISK_TROUBLE = {*NO_ROOM, errno.EROFS, errno.EIO}


class OutputError(Exception):
    """The output folder is locked, full or not writable: exit code 4. The text is one sentence."""


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the folder for one run. The system lets go of the lock when the process ends, however it ends.

    What a killed run has left is removed first.
    Raises OutputError at once when another run holds it, or when the folder can't be made.
    """
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
        file = (folder / LOCK).open("a")
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise OutputError(f"{folder} is locked by another run; wait until that one has ended") from None
        for leftover in folder.glob(f"{STAGING}*"):
            _remove(leftover)
        yield


@contextlib.contextmanager
def staging(folder: Path) -> Iterator[Path]:
    """A fresh folder inside ``folder`` (so that files can be moved out of it), gone afterwards."""
    with writing(folder):
        staged = Path(tempfile.mkdtemp(prefix=STAGING, dir=folder)).absolute()
    try:
        yield staged
    finally:
        _remove(staged)


@contextlib.contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Say in one sentence what the system says when something can't be written into the folder."""
    try:
        yield
    except OSError as error:
        raise OutputError(sentence(folder, error)) from error


def publish(staged: Path, target: Path, names: list[str]) -> None:
    """Move the named files into ``target``, each in one step; existing ones are replaced, equal ones left alone."""
    with writing(target):
        target.mkdir(parents=True, exist_ok=True)
        for name in names:
            if _are_equal(staged / name, target / name):
                (staged / name).unlink()
            else:
                (staged / name).replace(target / name)


def copy(path: Path, folder: Path) -> None:
    """Copy a file's bytes: a link would let whoever writes into the copy change the file too."""
    shutil.copyfile(path, folder / path.name)


def disk_trouble(error: BaseException | None) -> OSError | None:
    """The full or failing disk behind an error, if that is what it was."""
    while error is not None:
        if isinstance(error, OSError) and error.errno in DISK_TROUBLE:
            return error
        error = error.__cause__ or error.__context__
    return None


def sentence(place: Path | str, error: OSError, option: str = "--out") -> str:
    """One sentence for somebody who can make room or name another place with the option."""
    other = f"name another {'folder' if option == '--out' else 'file'} with {option}"
    if error.errno in NO_ROOM:
        return f"there is no room left to write into {place}: make room or {other}"
    what = (error.strerror or str(error)).lower()
    where = f" ({Path(str(error.filename)).name})" if error.filename else ""
    return f"can't write into {place}: {what}{where}; {other}"


def _are_equal(one: Path, other: Path) -> bool:
    return other.is_file() and not other.is_symlink() and filecmp.cmp(one, other, shallow=False)


def _remove(folder: Path) -> None:
    # A worker of a killed run may still write for a moment; what it writes then is removed with the rest.
    for _ in range(3):
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            return
