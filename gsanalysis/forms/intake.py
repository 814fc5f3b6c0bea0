"""`import`: filled forms held against the plan and the known figures, and what they would add."""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from gsanalysis.checking import examined
from gsanalysis.forms.appending import one_line, put_all, with_rows
from gsanalysis.forms.checks import check_forms
from gsanalysis.forms.columns import SHEET
from gsanalysis.forms.reading import read_forms
from gsanalysis.plan import Plan, load
from gsanalysis.problems import CellProblem, DataError, Problem, UsageError, listed, quoted, visible
from gsanalysis.reading import Sheet
from gsanalysis.root import data_folder
from gsanalysis.schema import MEASUREMENTS

KEY = ("indicator", "year", "breakdown")
Cells = dict[str, str]
Letters = Mapping[str, Mapping[str, str]]  # of the columns, by file; of a CSV file none


@dataclass(frozen=True)
class Entry:
    """A row to be added: its cells, where it stands in its form, and the latest known row that it follows, if any."""

    cells: Cells
    file: str
    row: int
    before: Cells | None

    @property
    def counts(self) -> bool:
        """Whether it is the latest report: an older one is kept, and does not count."""
        return self.before is None or self.cells["reported_on"] > self.before["reported_on"]


@dataclass(frozen=True)
class Intake:
    """What forms would add to a data folder.

    ``entries`` are the rows in the order of the forms; ``skipped`` counts those that say what is known already;
    ``files`` are the new contents by path in ``folder``, ``seen`` the contents that they were made from.
    """

    plan: Plan
    folder: Path
    entries: list[Entry]
    skipped: int
    files: dict[Path, bytes]
    seen: dict[Path, bytes]


def intake(
    data: str | Path | None, measurements: str | Path | None, paths: Sequence[Path], reported_on: str
) -> Intake:
    """What these forms would add; nothing is written.

    ``reported_on`` is the day of rows that name none. Raises DataError with everything that is wrong in the forms, or
    in the data folder before or after, and UsageError for a file that isn't there.
    """
    plan = load(data, measurements)
    forms, letters = read_forms(paths, plan)
    dated = forms.frame["reported_on"] != ""
    forms.put("reported_on", forms.frame["reported_on"].where(dated, reported_on))
    known = _known(plan)
    check_forms(forms, examined(data, measurements).sheets["indicators"], plan)
    new = list(_new(forms, dated.to_list(), known))
    _refuse(forms.problems, letters)
    folder = Path(measurements) if measurements else data_folder(data) / "measurements"
    files, seen, places = _appended(folder, new)
    _check_together(data, measurements or folder, files, places, letters)
    return Intake(plan, folder, new, len(forms.frame) - len(new), files, seen)


def put(found: Intake) -> None:
    """Write the new rows, all or none. Raises UsageError for a file changed meanwhile, and OSError."""
    with _alone(found.folder):
        for path, content in found.seen.items():
            if (path.read_bytes() if path.exists() else b"") != content:
                raise UsageError(
                    f"{visible(path.name)} was changed meanwhile, so nothing is written; import again"
                )
        put_all(found.files)


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Wait until no other import writes into the folder: what it has written must be seen before ours is."""
    folder.mkdir(parents=True, exist_ok=True)
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _known(plan: Plan) -> dict[tuple[str, ...], list[Cells]]:
    """The rows of each figure by the day of report."""
    known: dict[tuple[str, ...], list[Cells]] = {}
    for row in plan.measurements[MEASUREMENTS.names].astype(str).to_dict("records"):
        cells = {str(name): str(text) for name, text in row.items()}
        known.setdefault(tuple(cells[name] for name in KEY), []).append(cells)
    return {key: sorted(rows, key=lambda row: row["reported_on"]) for key, rows in known.items()}


def _new(forms: Sheet, dated: list[bool], known: dict[tuple[str, ...], list[Cells]]) -> Iterator[Entry]:
    """The rows that say something new, and are known from then on; another value for a key that exists is reported."""
    for position, row in enumerate(forms.frame.to_dict("records")):
        cells = {name: str(row[name]) for name in MEASUREMENTS.names}
        rows = known.setdefault(tuple(cells[name] for name in KEY), [])
        same_day = next((other for other in rows if other["reported_on"] == cells["reported_on"]), None)
        repeated = rows[-1] if rows and not dated[position] else same_day
        if repeated and _same(cells, repeated):
            continue
        if same_day:
            there = f"a report of {cells['reported_on']} is there already, with {_differing(cells, same_day)}"
            fault = f"{there}, expected a later reported_on for a correction"
            if forms.is_sound(position, "reported_on", "indicator", "year", "value"):
                forms.report(position, "reported_on" if dated[position] else "value", fault)
            continue
        yield Entry(cells, *forms.place(position), rows[-1] if rows else None)
        rows.append(cells)
        rows.sort(key=lambda row: row["reported_on"])


def _same(cells: Cells, other: Cells) -> bool:
    """Whether two rows say the same, whatever their day and line breaks; 12 and 12.0 are one value."""
    names = [name for name in MEASUREMENTS.names if name not in ("reported_on", "value")]
    return all(cells[name] == one_line(other[name]) for name in names) and _number(cells["value"]) == _number(
        other["value"]
    )


def _differing(cells: Cells, other: Cells) -> str:
    """The cells of the other row that say something else."""
    names = [name for name in MEASUREMENTS.names if cells[name] != one_line(other[name])]
    texts = [one_line(other[name]) for name in names]
    return listed(
        [
            f"the {name} {quoted(text)}" if text else f"an empty {name}"
            for name, text in zip(names, texts, strict=True)
        ]
    )


def _number(text: str) -> float | str:
    try:
        return float(text)
    except ValueError:
        return text


def _refuse(problems: Sequence[Problem], letters: Letters) -> None:
    if problems:
        found = dict.fromkeys(_located(problem, letters) for problem in problems)
        raise DataError(sorted(found, key=lambda p: (p.file, p.row, p.column)))


def _located(problem: Problem, letters: Letters) -> Problem:
    """A problem of a workbook named by sheet and cell."""
    if isinstance(problem, CellProblem) or not letters.get(problem.file):
        return problem
    letter = letters[problem.file].get(problem.column, "A")
    return CellProblem(problem.file, problem.row, letter, problem.message, sheet=SHEET)


def _appended(
    folder: Path, entries: Sequence[Entry]
) -> tuple[dict[Path, bytes], dict[Path, bytes], dict[tuple[str, int], Entry]]:
    """The new contents of the files, their present ones, and which entry stands in which line of which file."""
    files: dict[Path, bytes] = {}
    seen: dict[Path, bytes] = {}
    places: dict[tuple[str, int], Entry] = {}
    for year in dict.fromkeys(entry.cells["year"] for entry in entries):
        path = folder / f"{year}.csv"
        own = [entry for entry in entries if entry.cells["year"] == year]
        seen[path] = path.read_bytes() if path.exists() else b""
        files[path], lines = with_rows(seen[path], [entry.cells for entry in own])
        places |= {(f"measurements/{year}.csv", line): entry for line, entry in zip(lines, own, strict=True)}
    return files, seen, places


def _check_together(
    data: str | Path | None,
    folder: str | Path,
    files: Mapping[Path, bytes],
    places: Mapping[tuple[str, int], Entry],
    letters: Letters,
) -> None:
    """Hold the folder as it would be against all checks; what is wrong in a new row is named by its cell."""
    with tempfile.TemporaryDirectory() as scratch:
        if Path(folder).is_dir():
            shutil.copytree(folder, scratch, dirs_exist_ok=True)
        for path, content in files.items():
            (Path(scratch) / path.name).write_bytes(content)
        found = [problem for problem in examined(data, scratch).all_problems() if not problem.warning]
    problems = []
    for problem in found:
        entry = places.get((problem.file, problem.row))
        message = problem.message
        problems.append(Problem(entry.file, entry.row, problem.column, message) if entry else problem)
    _refuse(problems, letters)
