"""A data folder as it lies on the disk: which files it has, which it lacks, and what all of them hold."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gsanalysis.problems import Problem, UsageError, listed, nearest, quoted, visible
from gsanalysis.reading.commentary import Section, read_commentary
from gsanalysis.reading.files import Source, read_sheet
from gsanalysis.reading.settings import read_settings
from gsanalysis.reading.sheets import Sheet, empty_sheet
from gsanalysis.root import is_left_behind
from gsanalysis.schema import TABLES, Table

SETTINGS = "plan/plan.toml"
TABLE_FILES = {table.path: table for table in TABLES.values() if not table.by_year}
YEAR_FILE = re.compile(r"[1-9]\d{3}\.csv", re.ASCII)


@dataclass
class Folder:
    """What a data folder holds: `settings` of plan.toml, a sheet per table, and the commentary's sections."""

    path: Path
    settings: dict[str, Any] = field(default_factory=dict)
    sheets: dict[str, Sheet] = field(default_factory=dict)
    commentary: list[Section] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def all_problems(self) -> list[Problem]:
        """Return the problems of the folder and of its sheets, by file and line, each once."""
        found = [*self.problems, *(problem for sheet in self.sheets.values() for problem in sheet.problems)]
        return sorted(dict.fromkeys(found), key=lambda p: (p.file, p.row, p.column, p.message))


def read_folder(data: Path, measurements: Path | None = None) -> Folder:
    """Read all files of a data folder; `measurements` is a folder taken instead of its own.

    Raises UsageError for a folder that isn't there. Whatever is wrong with the files is noted as problems.
    """
    for wanted in (data, measurements):
        if wanted is not None and not wanted.is_dir():
            raise UsageError(
                f"{visible(str(wanted))} is {'not a folder' if wanted.exists() else 'not there'}."
            )
    folder = Folder(data)
    _read_plan(folder)
    for table in TABLES.values():
        if table.by_year:
            given = measurements if table.name == "measurements" else None
            _read_years(folder, table, given)
    if (data / "commentary").is_dir():
        _read_commentary(folder)
    return folder


def _read_plan(folder: Folder) -> None:
    """Read plan.toml and the plan's tables; a misspelt file is read as the one that was meant."""
    present = {f"plan/{name}" for name in _entries(folder, folder.path / "plan", "plan")}
    if not present:
        if not any(problem.file == "plan" for problem in folder.problems):
            every = listed([SETTINGS, *TABLE_FILES], limit=10)
            folder.problems.append(
                Problem("plan", 1, "-", f"the folder is missing or empty, expected {every}")
            )
        folder.sheets |= {table.name: empty_sheet(table, complete=False) for table in TABLE_FILES.values()}
        return
    stand_ins = _stand_ins(folder, present)
    absent = {SETTINGS, *TABLE_FILES} - present - set(stand_ins)
    if SETTINGS in absent:
        folder.problems.append(
            Problem(SETTINGS, 1, "-", "the file is missing, expected the plan's title and years")
        )
    elif (name := stand_ins.get(SETTINGS, SETTINGS)).endswith(".toml"):
        folder.settings, problems = read_settings(_source(folder, name))
        folder.problems += problems
    for path, table in TABLE_FILES.items():
        name = stand_ins.get(path, path)
        if path not in absent and Path(name).suffix == ".csv":
            folder.sheets[table.name] = read_sheet(table, [_source(folder, name)])
            continue
        folder.sheets[table.name] = empty_sheet(table, complete=table.may_be_absent and path in absent)
        if path in absent and not table.may_be_absent:
            fault = f"the file is missing, expected a table with the columns {', '.join(table.required)}"
            folder.problems.append(Problem(path, 1, "-", fault))


def _stand_ins(folder: Folder, present: set[str]) -> dict[str, str]:
    """Return for each absent file the unknown one that was probably meant to be it; each unknown file is a problem."""
    stems = {Path(name).stem: name for name in (SETTINGS, *TABLE_FILES)}
    found: dict[str, str] = {}
    for name in sorted(present - set(stems.values())):
        absent = [stem for stem, path in stems.items() if path not in present and path not in found]
        stem = Path(name).stem
        meant = nearest(stem, absent)
        expected = stems[meant or nearest(stem, stems, cutoff=0.0)]
        fault = f"unknown file {quoted(name.removeprefix('plan/'))}, expected {expected}"
        folder.problems.append(Problem(name, 1, "-", fault))
        if meant:
            found[stems[meant]] = name
    return found


def _read_years(folder: Folder, table: Table, given: Path | None) -> None:
    """Read a table that has a file for each year; `given` is a folder taken instead of the data folder's own."""
    path = given or folder.path / table.path
    if not path.is_dir():
        _note_misspelt_folder(folder, table.path)
    names = _entries(folder, path, table.path)
    files = _expected(folder, table.path, names, YEAR_FILE, _year_file)
    sources = [Source(f"{table.path}/{name}", path / name) for name in files]
    sheet = read_sheet(table, sources) if sources else empty_sheet(table)
    sheet.complete &= len(files) == len(names)
    folder.sheets[table.name] = sheet


def _read_commentary(folder: Folder) -> None:
    top = folder.path / "commentary"
    years = _expected(
        folder,
        "commentary",
        _entries(folder, top, "commentary"),
        re.compile(r"[1-9]\d{3}", re.ASCII),
        _year_folder,
    )
    sources = []
    for year in years:
        name = f"commentary/{year}"
        if not (top / year).is_dir():
            folder.problems.append(
                Problem(name, 1, "-", "this is a file, expected a folder with files such as O3.md")
            )
            continue
        files = _expected(
            folder, name, _entries(folder, top / year, name), re.compile(r".+\.md"), _markdown_file
        )
        sources += [(int(year), Source(f"{name}/{file}", top / year / file)) for file in files]
    folder.commentary, problems = read_commentary(sources)
    folder.problems += problems


def _source(folder: Folder, name: str) -> Source:
    return Source(name, folder.path / name)


def _entries(folder: Folder, path: Path, name: str) -> list[str]:
    """Return the names in a folder, without what programs leave behind; a folder that can't be read is a problem."""
    if not path.is_dir():
        return []
    try:
        return sorted(entry.name for entry in path.iterdir() if not is_left_behind(entry.name))
    except OSError as error:
        why = (error.strerror or type(error).__name__).lower()
        folder.problems.append(
            Problem(name, 1, "-", f"the folder can't be read ({why}), expected one that can")
        )
        return []


def _expected(
    folder: Folder,
    place: str,
    names: Sequence[str],
    pattern: re.Pattern[str],
    suggestion: Callable[[str], str],
) -> list[str]:
    """Return the names that fit the pattern; each other one is a problem with the name that it should have."""
    for name in names:
        if not pattern.fullmatch(name):
            fault = f"unknown file {quoted(name)}, expected a name such as {suggestion(name)}"
            folder.problems.append(Problem(f"{place}/{name}", 1, "-", fault))
    return [name for name in names if pattern.fullmatch(name)]


def _year_file(name: str) -> str:
    year = re.search(r"[1-9][0-9]{3}", name)
    return f"{year[0] if year else '2013'}.csv"


def _year_folder(name: str) -> str:
    return _year_file(name)[:4]


def _markdown_file(name: str) -> str:
    return f"{Path(name).stem}.md"


def _note_misspelt_folder(folder: Folder, wanted: str) -> None:
    """Warn of a folder that is probably meant: without it nothing is measured, which is allowed."""
    near = nearest(wanted, _entries(folder, folder.path, "-"), cutoff=0.8)
    if near and (folder.path / near).is_dir():
        fault = f"the folder {quoted(near)} is not read, expected {wanted} if that is meant"
        folder.problems.append(Problem(near, 1, "-", fault, warning=True))
