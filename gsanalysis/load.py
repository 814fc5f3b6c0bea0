"""A data folder as data frames: what every other module starts from."""

import tomllib
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from gsanalysis.problems import DataError, Problem, UsageError
from gsanalysis.schema import TABLES, Table

__all__ = ["DataError", "Plan", "Problem", "UsageError", "find_root", "load"]


@dataclass(frozen=True, eq=False)
class Plan:
    """A plan and its figures. Every column is text, "" where a cell is empty; only `measurements.year` is int.

    The frames have the columns of `gsanalysis.schema`, in its order. `measurements` has one more, `row` (the
    line in its file); its rows stand by year, then by line. `commentary` has year, objective, kpi ("" for the
    objective as a whole) and text (Markdown).
    """

    folder: Path
    title: str
    organisation: str
    first_year: int
    last_year: int
    coverage_floor: float
    mission: str
    goal: str
    language: str
    objectives: pd.DataFrame
    outputs: pd.DataFrame
    expected_results: pd.DataFrame
    kpis: pd.DataFrame
    indicators: pd.DataFrame
    links: pd.DataFrame
    measurements: pd.DataFrame
    commentary: pd.DataFrame


def load(data: str | Path | None = None, measurements: str | Path | None = None) -> Plan:
    """Return the plan and figures of the folder `data`, the project's own where that is empty.

    `measurements` is a folder taken instead of the data folder's own. Raises DataError with every error that
    `check` finds, and UsageError for a folder that isn't there.
    """
    folder = Path(data) if data else find_root() / "data"
    if not folder.is_dir():
        raise UsageError(f"There is no folder {folder}.")
    settings = tomllib.loads((folder / "plan/plan.toml").read_text("utf-8-sig"))
    tables = {
        name: _read(folder / table.path, table) for name, table in TABLES.items() if name != "measurements"
    }
    measured = _read_measurements(Path(measurements) if measurements else folder / "measurements")
    return Plan(
        folder=folder,
        title=settings["title"],
        organisation=settings["organisation"],
        first_year=settings["first_year"],
        last_year=settings["last_year"],
        coverage_floor=float(settings.get("coverage_floor", 0.5)),
        mission=settings.get("mission", ""),
        goal=settings.get("goal", ""),
        language=settings.get("language", "en"),
        measurements=measured,
        commentary=pd.DataFrame({"year": [], "objective": [], "kpi": [], "text": []}).astype(
            {"year": "int64"}
        ),
        **tables,
    )


def find_root() -> Path:
    """Return the project's root: the nearest folder at or above the working directory that holds the notebooks
    or a plan, else the checkout that this package lies in."""
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / "notebooks/objective.ipynb").is_file() or (folder / "data/plan/plan.toml").is_file():
            return folder
    return Path(__file__).resolve().parents[1]


def _read(path: Path, table: Table) -> pd.DataFrame:
    if not path.exists():
        return pd.DataFrame({name: pd.Series(dtype=str) for name in table.names})
    frame = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    frame = frame.apply(lambda column: column.str.strip())
    return frame.reindex(columns=table.names, fill_value="")


def _read_measurements(folder: Path) -> pd.DataFrame:
    table = TABLES["measurements"]
    frames = [_read(path, table) for path in sorted(folder.glob("[0-9][0-9][0-9][0-9].csv"))]
    frames = [frame.assign(row=range(2, len(frame) + 2)) for frame in frames]
    empty = pd.DataFrame(
        {name: pd.Series(dtype=str) for name in table.names} | {"row": pd.Series(dtype="int64")}
    )
    measured = pd.concat(frames, ignore_index=True) if frames else empty
    return measured.astype({"year": "int64", "row": "int64"})
