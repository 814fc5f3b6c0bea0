"""Where the project and its data lie."""

import re
from pathlib import Path

# What editors, spreadsheets and systems leave beside the files that they touch.
LEFT_BEHIND = re.compile(r"\..*|.*~|~\$.*|#.*#|thumbs\.db|desktop\.ini|__macosx|readme(\..*)?", re.IGNORECASE)


def find_root() -> Path:
    """Return the project's root: the nearest folder at or above the working directory that holds the notebooks
    or a plan, else the checkout that this package lies in."""
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / "notebooks/objective.ipynb").is_file() or (folder / "data/plan/plan.toml").is_file():
            return folder
    return Path(__file__).resolve().parents[1]


def is_left_behind(name: str) -> bool:
    """Return whether a name in a data folder is no part of the data."""
    return bool(LEFT_BEHIND.fullmatch(name))


def data_folder(data: str | Path | None = None) -> Path:
    """Return the folder asked for, the project's own `data` where none is."""
    return Path(data) if data else find_root() / "data"
