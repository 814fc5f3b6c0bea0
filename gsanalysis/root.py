"""Where the project and its data lie."""

from pathlib import Path


def find_root() -> Path:
    """Return the project's root: the nearest folder at or above the working directory that holds the notebooks
    or a plan, else the checkout that this package lies in."""
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / "notebooks/objective.ipynb").is_file() or (folder / "data/plan/plan.toml").is_file():
            return folder
    return Path(__file__).resolve().parents[1]


def data_folder(data: str | Path | None = None) -> Path:
    """Return the folder asked for, the project's own `data` where none is."""
    return Path(data) if data else find_root() / "data"
