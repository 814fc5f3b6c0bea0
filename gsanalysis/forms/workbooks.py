"""A filled workbook as a sheet of text cells: where its header stands, which lines are filled, what Excel has done."""

from __future__ import annotations

import io
import re
import warnings
import zipfile
from collections.abc import Container, Iterator, Mapping
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

import openpyxl
import pandas as pd
from defusedxml.common import DefusedXmlException
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.utils.exceptions import InvalidFileException

from gsanalysis.forms.columns import FORM, FURTHER, SHEET, year_of
from gsanalysis.forms.excel import cell_text
from gsanalysis.problems import CellProblem, Problem, listed, nearest, quoted
from gsanalysis.reading.sheets import Sheet, check_cells, empty_sheet
from gsanalysis.schema import MEASUREMENTS, YEAR

UNPACKED_LIMIT = 200_000_000  # bytes; a form of a thousand lines has about one million
MOST_LINES = 100_000
HEADER_SOUGHT = 20  # lines in which a header that has moved is looked for
UNREADABLE = (zipfile.BadZipFile, InvalidFileException, DefusedXmlException, ParseError)
MERGED = re.compile(rb"<(?:\w+:)?mergeCell\s[^>]*?ref=[\"']([A-Z]{1,3}\d{1,7}:[A-Z]{1,3}\d{1,7})[\"']")
OLD_EXCEL = b"\xd0\xcf\x11\xe0"


def read_workbook(path: Path, name: str, kinds: Mapping[str, str]) -> tuple[Sheet, dict[str, str]]:
    """The filled lines of a form, and the letter of each of its columns.

    ``name`` is what problems call it, ``kinds`` are the kinds of the plan's indicators. What is wrong with the file,
    its header, lines and cells is noted as problems of the sheet (`CellProblem`); its ``frame`` has a row for
    each line that is filled in.
    """
    sheet = empty_sheet(FORM)
    book, fault = _opened(path)
    if book is None:
        sheet.problems.append(Problem(name, 1, "-", fault))
        return sheet, {}
    pages = {page.title: page for page in book.worksheets}
    if not pages:
        sheet.problems.append(
            Problem(
                name, 1, "-", "no sheet that can be read, expected .xlsx; “Strict Open XML” is another kind"
            )
        )
        return sheet, {}
    if SHEET not in pages:
        near = nearest(SHEET, pages)
        there = f"there is {quoted(near)}" if near else f"there are {listed([quoted(n) for n in pages])}"
        sheet.problems.append(Problem(name, 1, "-", f"no sheet {quoted(SHEET)}, {there}, expected that name"))
        return sheet, {}
    form = _Form(name, pages[SHEET], sheet, year_of(str(book.properties.title or "")))
    sheet.problems += [
        fault for page in book.worksheets if page.title != SHEET for fault in _filled_copy(name, page)
    ]
    if pages[SHEET].sheet_state != "visible":
        form.report(1, 1, "the sheet is hidden, expected it to be seen: show it")
    letters = form.header()
    if letters:
        form.read(letters, kinds, form.merged(letters))
        check_cells(sheet)
    return sheet, letters


def _opened(path: Path) -> tuple[Any, str]:
    """The workbook, or None and why it can't be read; nothing is unpacked that would fill the memory."""
    fault = "the file is no Excel workbook that can be read, expected .xlsx as it was sent out"
    try:
        content = path.read_bytes()
        if content.startswith(OLD_EXCEL):
            return None, "the file is an old Excel file or has a password, expected .xlsx without one"
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            names = packed.namelist()
            if sum(entry.file_size for entry in packed.infolist()) > UNPACKED_LIMIT:
                return None, "the file is larger unpacked than any form, expected the form as it was sent out"
            if area := _wide_merge(packed):
                return None, f"merged cells ({area}), expected single ones"
        if any(name.lower().endswith("vbaproject.bin") for name in names):
            return None, "the workbook has macros, which are not read, expected .xlsx without them"
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of parts that openpyxl leaves out: pictures, newer validations
            return openpyxl.load_workbook(io.BytesIO(content), data_only=False, keep_links=False), ""
    except UNREADABLE:
        return None, fault
    except (KeyError, ValueError, TypeError, AttributeError, IndexError, EOFError) as error:
        return None, f"{fault} ({type(error).__name__})"
    except OSError as error:
        return (
            None,
            f"the file can't be read ({(error.strerror or type(error).__name__).lower()}), expected one that can",
        )


def _wide_merge(packed: zipfile.ZipFile) -> str:
    """Merged cells over more lines than a form may have, such as a whole column: openpyxl takes minutes for them."""
    for name in packed.namelist():
        if name.startswith("xl/worksheets/"):
            for area in MERGED.findall(packed.read(name)):
                left, top, right, bottom = range_boundaries(area.decode())
                if (right - left + 1) * (bottom - top + 1) > MOST_LINES:
                    return str(area.decode())
    return ""


class _Form:
    """One form while it is read: its page of openpyxl, and the sheet that its lines and problems go into."""

    def __init__(self, file: str, page: Any, sheet: Sheet, year: str) -> None:
        self.file, self.page, self.sheet, self.year = file, page, sheet, year

    def report(self, row: int, at: int, message: str) -> None:
        self.sheet.problems.append(CellProblem(self.file, row, get_column_letter(at), message, sheet=SHEET))

    def header(self) -> dict[str, str]:
        """The letters of the known columns; {} where the header can't be used, which is then a problem."""
        if self.page.max_row > MOST_LINES:
            self.report(
                1, 1, f"{self.page.max_row} lines, expected at most {MOST_LINES}: delete the empty ones below"
            )
            return {}
        names = [self._name(1, at) for at in range(1, self.page.max_column + 1)]
        if "indicator" not in names:
            row = next((row for row in range(2, HEADER_SOUGHT) if self._name(row, 1) == "indicator"), 0)
            if row:
                self.report(
                    row, 1, f"the header stands in line {row}, expected it in line 1: delete the lines above"
                )
                return {}
        letters: dict[str, str] = {}
        for at, name in enumerate(names, start=1):
            if name in FORM.names:
                if name in letters:
                    self.report(
                        1, at, f"the column {name} stands also in {letters[name]}, expected each once"
                    )
                letters.setdefault(name, get_column_letter(at))
        missing = [name for name in MEASUREMENTS.required if name not in letters]
        strange = {name: at for at, name in enumerate(names, start=1) if name and name not in FORM.names}
        for name in missing:
            near = nearest(name, strange)
            if near:
                self.report(1, strange[near], f"unknown column {quoted(near)}, expected {name}")
            else:
                self.report(1, 1, f"the column {name} is missing, expected it in line 1")
        optional = [name for name in MEASUREMENTS.names if name not in letters and name not in missing]
        for name, at in strange.items():
            meant = nearest(name, optional, cutoff=0.75)
            if meant:
                self.report(1, at, f"unknown column {quoted(name)}, expected {meant}")
        return {} if missing else letters

    def merged(self, letters: Mapping[str, str]) -> set[str]:
        """Report merged cells, and return all that they cover: what stands in them can't be told."""
        known = {letter for name, letter in letters.items() if name not in FURTHER}
        found: set[str] = set()
        for area in self.page.merged_cells.ranges:
            covered = {get_column_letter(at) for at in range(area.min_col, area.max_col + 1)}
            if covered & known:
                self.report(area.min_row, area.min_col, f"merged cells ({area.coord}), expected single ones")
                found |= {
                    f"{letter}{row}" for letter in covered for row in range(area.min_row, area.max_row + 1)
                }
        return found

    def read(self, letters: Mapping[str, str], kinds: Mapping[str, str], merged: Container[str]) -> None:
        """Put the filled lines into the sheet's frame, with what is wrong with single cells."""
        hidden = self._hidden_columns(letters)
        lines: list[dict[str, Any]] = []
        for row in range(2, self.page.max_row + 1):
            if not any(_is_filled(self.page[f"{letters[name]}{row}"]) for name in ("value", "state")):
                continue
            cells = {name: self.page[f"{letter}{row}"] for name, letter in letters.items()}
            kind = kinds.get(str(cells["indicator"].value or "").strip(), "")
            texts = {name: cell_text(cell, name, kind) for name, cell in cells.items() if name not in FURTHER}
            texts["year"] = self._year(*texts["year"])
            for name, (_, fault) in texts.items():
                if fault:
                    self.report(row, cells[name].column, fault)
                if fault or f"{letters[name]}{row}" in merged:
                    self.sheet.bad.setdefault(name, set()).add(len(lines))
            if self.page.row_dimensions[row].hidden:
                self.report(
                    row, 1, "the line is hidden but filled in, expected it to be seen: show it or empty it"
                )
            for name in hidden:
                if name in texts and _is_filled(cells[name]):
                    self.report(
                        row,
                        cells[name].column,
                        f"the column {name} is hidden but filled in, expected it shown",
                    )
            further = {name: str(cells[name].value or "") for name in letters if name in FURTHER}
            given = {name: text for name, (text, _) in texts.items()}
            lines.append({**dict.fromkeys(FORM.names, ""), **given, **further, "row": row})
        frame = pd.DataFrame(lines, columns=[*FORM.names, "row"])
        frame[FORM.names] = frame[FORM.names].astype("str")
        self.sheet.frame = frame.assign(file=self.file).astype({"row": "int64"})[[*FORM.names, "file", "row"]]

    def _year(self, text: str, fault: str) -> tuple[str, str]:
        """The year of a line, which is that of the form where the workbook knows it."""
        if self.year and YEAR.fullmatch(text) and text != self.year:
            return "", f"{quoted(text)}, expected {self.year}, the year of this form"
        return text, fault

    def _hidden_columns(self, letters: Mapping[str, str]) -> list[str]:
        hidden = set()
        for dimension in self.page.column_dimensions.values():
            if dimension.hidden:
                hidden |= {get_column_letter(at) for at in range(dimension.min, dimension.max + 1)}
        return [name for name, letter in letters.items() if letter in hidden]

    def _name(self, row: int, at: int) -> str:
        return str(self.page.cell(row, at).value or "").strip()


def _filled_copy(file: str, page: Any) -> Iterator[Problem]:
    """The first filled cell of a sheet that was copied from the form: nobody would read it."""
    names = [str(cell.value or "").strip() for cell in next(page.iter_rows(max_row=1), ())]
    if "indicator" not in names:
        return
    given = [at for at, name in enumerate(names) if name in ("value", "state")]
    for cells in page.iter_rows(min_row=2, max_row=min(page.max_row, MOST_LINES)):
        for cell in (cells[at] for at in given):
            if _is_filled(cell):
                fault = f"a filled line in another sheet, expected it in the sheet {quoted(SHEET)}, or no such sheet"
                yield CellProblem(file, cell.row, get_column_letter(cell.column), fault, sheet=page.title)
                return


def _is_filled(cell: Any) -> bool:
    return cell.value is not None and str(cell.value).strip() != ""
