"""A data folder as data frames: what every other module starts from."""

from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from gsanalysis.checking import examined
from gsanalysis.problems import DataError, Problem, UsageError
from gsanalysis.reading import Folder
from gsanalysis.root import find_root

__all__ = ["DataError", "Plan", "Problem", "UsageError", "find_root", "load"]


@dataclass(frozen=True, eq=False)
class Plan:
    """A plan and its figures. Every column is text, "" where a cell is empty; only a `year` is int.

    The frames have the columns of `gsanalysis.schema`, in its order. `measurements` has one more, `row` (the
    line in its file); its rows stand by year, then by line. `self_ratings` and `validation` have `year` (int)
    before their own columns. `commentary` has year, objective, kpi ("" for the objective as a whole) and text
    (Markdown). A value is in the unit that `indicators` names for it; `coverage_floor` is a share of 0 to 1.

    >>> import gsanalysis as gs
    >>> plan = gs.load()
    >>> plan.title, plan.first_year, plan.last_year
    ('Strategic plan 2012–2015', 2012, 2015)
    >>> plan.indicators.set_index("indicator").loc["O3-K1b", ["unit", "rule", "target"]].tolist()
    ['CHF', 'at_most', 'O3-K1br']
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
    self_ratings: pd.DataFrame
    validation: pd.DataFrame
    commentary: pd.DataFrame


def load(data: str | Path | None = None, measurements: str | Path | None = None) -> Plan:
    """Return the plan and figures of the folder `data`, the project's own where that is empty.

    The project is that of the working directory, also from a folder inside it such as `notebooks`. `measurements` is
    a folder taken instead of the data folder's own. Raises DataError with every error that `check` finds, and
    UsageError for a folder that isn't there.

    >>> import gsanalysis as gs
    >>> plan = gs.load()
    >>> figures = plan.measurements
    >>> figures.loc[figures["indicator"] == "O3-K1b", ["year", "value", "state"]].tail(2)
        year     value  state
    24  2013  13778584  final
    31  2014  16110043  final
    """
    folder = examined(data, measurements)
    errors = [problem for problem in folder.all_problems() if not problem.warning]
    if errors:
        raise DataError(errors)
    settings = folder.settings
    frames = {name: sheet.frame[sheet.table.names].astype("str") for name, sheet in folder.sheets.items()}
    measured = folder.sheets["measurements"].frame
    frames["measurements"] = frames["measurements"].assign(
        year=measured["year"].astype("int64"), row=measured["row"].astype("int64")
    )
    for name in ("self_ratings", "validation"):
        years = folder.sheets[name].frame["file"].str[-8:-4].astype("int64")
        frames[name].insert(0, "year", years)
    return Plan(
        folder=folder.path,
        title=settings["title"].strip(),
        organisation=settings["organisation"].strip(),
        first_year=settings["first_year"],
        last_year=settings["last_year"],
        coverage_floor=float(settings.get("coverage_floor", 0.5)),
        mission=settings.get("mission", "").strip(),
        goal=settings.get("goal", "").strip(),
        language=settings.get("language", "en"),
        commentary=_commentary(folder),
        **frames,
    )


def _commentary(folder: Folder) -> pd.DataFrame:
    """Return the sections that have a text; a heading that is no KPI's code belongs to the text above it."""
    kpis = set(folder.sheets["kpis"].frame["kpi"])
    rows: list[dict[str, object]] = []
    for section in folder.commentary:
        if section.heading and section.heading not in kpis:
            rows[-1]["text"] = f"{rows[-1]['text']}\n\n## {section.heading}\n\n{section.text}".strip()
            continue
        rows.append(
            {
                "year": section.year,
                "objective": section.objective,
                "kpi": section.heading,
                "text": section.text,
            }
        )
    frame = pd.DataFrame(rows, columns=["year", "objective", "kpi", "text"])
    frame = frame[frame["text"] != ""].reset_index(drop=True)
    return frame.astype({"year": "int64", "objective": "str", "kpi": "str", "text": "str"})
