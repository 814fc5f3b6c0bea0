"""The filled lines of several forms, workbooks or CSV files, as one sheet of text cells."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from gsanalysis.forms.appending import one_line
from gsanalysis.forms.columns import FORM
from gsanalysis.forms.workbooks import read_workbook
from gsanalysis.plan import Plan
from gsanalysis.problems import Problem, UsageError, visible
from gsanalysis.reading import Sheet
from gsanalysis.reading.files import EMPTY_ROW, Source, read_sheet
from gsanalysis.reading.sheets import empty_sheet, joined


def read_forms(paths: Sequence[Path], plan: Plan) -> tuple[Sheet, dict[str, dict[str, str]]]:
    """The lines with a value or a state of all files, each file once, and the letters of each workbook's columns.

    Each row stands on one line: a line break in a cell is a space. Problems are noted in the sheet. Raises UsageError
    for a file that isn't there.
    """
    kinds = dict(zip(plan.indicators["indicator"], plan.indicators["kind"], strict=True))
    sheets, letters = [], {}
    for path, name in _names(list(dict.fromkeys(path.resolve() for path in paths))).items():
        if not path.is_file():
            raise UsageError(f"{visible(str(path))} is {'no file' if path.exists() else 'not there'}")
        if path.suffix.lower() == ".xlsx":
            sheet, letters[name] = read_workbook(path, name, kinds)
        elif path.suffix.lower() == ".csv":
            sheet = _filled(read_sheet(FORM, [Source(name, path)]))
        else:
            sheet = empty_sheet(FORM)
            fault = f"a file of the kind {path.suffix or '(none)'}, expected .xlsx or .csv"
            sheet.problems.append(Problem(name, 1, "-", fault))
        sheets.append(sheet)
    forms = joined(FORM, sheets)
    for column in FORM.names:
        forms.put(column, forms.frame[column].map(one_line).astype("str"))
    return forms, letters


def _names(paths: Sequence[Path]) -> dict[Path, str]:
    """What each file is called: its name, and of files with one name as much of the folders as tells them apart."""
    names = {}
    for path in paths:
        others = [other for other in paths if other != path]
        depth = next(
            n for n in itertools.count(1) if not any(o.parts[-n:] == path.parts[-n:] for o in others)
        )
        names[path] = "/".join(path.parts[-depth:])
    return names


def _filled(sheet: Sheet) -> Sheet:
    """The rows with a value or a state, and the problems of those and of whole rows."""
    frame = sheet.frame
    mask = ((frame["value"] != "") | (frame["state"] != "")).to_numpy()
    skipped = set(frame.loc[~mask, "row"])
    places = np.cumsum(mask) - 1
    kept = empty_sheet(FORM, complete=sheet.complete)
    kept.frame = frame[mask].reset_index(drop=True)
    kept.problems = [
        problem
        for problem in sheet.problems
        if problem.message != EMPTY_ROW and (problem.column == "-" or problem.row not in skipped)
    ]
    kept.bad = {name: {int(places[at]) for at in bad if mask[at]} for name, bad in sheet.bad.items()}
    return kept
