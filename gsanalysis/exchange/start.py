"""A new plan folder with a worked example in it: what `init` writes."""

from __future__ import annotations

import shutil
from pathlib import Path

from gsanalysis.dictionary import as_text, datapackage
from gsanalysis.exchange.whole import beside, fill_folder, put_folder
from gsanalysis.problems import UsageError, visible

EXAMPLE = Path(__file__).parent / "example"


def start(folder: Path) -> list[Path]:
    """Write the example into a new or empty folder, and return its files: README.md first, then by name.

    Raises UsageError where there is something already; then nothing is written. An OSError leaves nothing behind.
    """
    _require_room(folder)
    with beside(folder.absolute()) as staged:
        made = staged / "plan folder"
        files = _copy_example(made)
        if folder.is_dir():
            fill_folder(made, folder)
        else:
            put_folder(made, folder)
    return [folder / file for file in files]


def _require_room(folder: Path) -> None:
    shown = visible(str(folder))
    if folder.is_dir():
        if any(folder.iterdir()):
            raise UsageError(f"{shown} is not empty; name a folder that is new or empty")
    elif folder.exists() or folder.is_symlink():
        raise UsageError(f"{shown} is a file; name a folder that is new or empty")


def _copy_example(made: Path) -> list[str]:
    """Copy the texts of the example without the dates and permissions of this package's own files."""
    paths = [path for path in EXAMPLE.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    names = sorted(path.relative_to(EXAMPLE).as_posix() for path in paths)
    for name in names:
        (made / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(EXAMPLE / name, made / name)
    (made / "datapackage.json").write_text(as_text(datapackage(made)), "utf-8", newline="\n")
    return ["README.md", *sorted(name for name in [*names, "datapackage.json"] if name != "README.md")]
