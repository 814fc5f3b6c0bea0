"""The files of a data folder as text: CSV files as sheets, whatever state they are in."""

import io
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from gsanalysis.problems import Problem, nearest
from gsanalysis.reading.encoding import UNDECODABLE, Decoded, decode, nul_fault, undecodable_fault
from gsanalysis.reading.header import Header, read_header, whole_header_fault
from gsanalysis.reading.records import SEPARATORS, Records, body_separator, header_separator, split_records
from gsanalysis.reading.sheets import LostCode, Sheet, check_cells, empty_sheet, joined
from gsanalysis.reading.widths import header_width_fault, width_faults
from gsanalysis.schema import CODE, Table

EMPTY_ROW = "the row is empty, expected its cells filled, or no row"
QUOTED_CELL = re.compile(r'"[^"]*(?:""[^"]*)*"')


@dataclass(frozen=True)
class Source:
    """A file to read: `name` is what problems call it, relative to the data folder."""

    name: str
    path: Path


def read_sheet(table: Table, sources: Sequence[Source]) -> Sheet:
    """Read the files of one table in their order, and check each cell by itself."""
    sheet = joined(table, [_read_source(table, source) for source in sources])
    check_cells(sheet)
    return sheet


def read_bytes(source: Source) -> tuple[bytes, list[Problem]]:
    """Return a file's bytes; one that can't be read gives a problem of the whole file."""
    try:
        if source.path.is_file():
            return source.path.read_bytes(), []
        if source.path.is_dir():
            fault = "this is a folder"
        else:
            fault = (
                "this is a link to a file that isn't there" if source.path.is_symlink() else "this is no file"
            )
    except OSError as error:
        fault = f"the file can't be read ({(error.strerror or type(error).__name__).lower()})"
    return b"", [Problem(source.name, 1, "-", f"{fault}, expected a file that can be read")]


def _read_source(table: Table, source: Source) -> Sheet:
    data, problems = read_bytes(source)
    decoded = decode(data)
    if not problems and not decoded.fault and not decoded.doubtful:
        frame = _read_plain(data, decoded.text, table)
        if frame is not None:
            return Sheet(table, _with_every_column(frame, table, source))
    if decoded.fault:
        problems = [Problem(source.name, 1, "-", decoded.fault)]
    if problems and not decoded.text:
        sheet = empty_sheet(table, complete=False)
    else:
        sheet = _read_records(decoded, table, source)
    sheet.problems += problems
    return sheet


def _read_plain(data: bytes, text: str, table: Table) -> pd.DataFrame | None:
    """Read a file whose records, quotes and header can't be wrong, one line a record.

    Several times as fast as record by record; None where the counts of lines, commas and cells don't agree.
    """
    line = text[: text.find("\n") + 1]
    names = line.rstrip("\r\n").split(",")
    if not line or len(set(names)) < len(names) or not set(table.required) <= set(names) <= set(table.names):
        return None
    lines = text.count("\n") - text.endswith("\n")
    if text.count("\r") not in (0, text.count("\n")) or _commas_between(text) != (lines + 1) * (
        len(names) - 1
    ):
        return None
    try:
        frame = pd.read_csv(
            io.BytesIO(data),
            dtype="str",
            header=None,
            skiprows=1,
            names=names,
            index_col=False,
            keep_default_na=False,
            na_values=[],
            encoding="utf-8-sig",
            low_memory=False,
        )
    except ValueError:
        return None
    if len(frame) != lines or frame[names[-1]].isna().any() or (frame[names[0]] == "").any():
        return None
    frame["row"] = np.arange(2, lines + 2)
    return frame


def _commas_between(text: str) -> int:
    """Return how many commas separate cells, or -1 where a quote is wrong or a cell has a line break."""
    commas = text.count(",")
    if '"' not in text:
        return commas
    for cell in QUOTED_CELL.finditer(text):
        before, after = text[cell.start() - 1], text[cell.end() : cell.end() + 1]
        if before not in ",\n" or after not in ",\r\n" or "\n" in cell[0]:
            return -1
        commas -= cell[0].count(",")
    return commas if text.count('"') % 2 == 0 else -1


def _read_records(decoded: Decoded, table: Table, source: Source) -> Sheet:
    """Read a file record by record, and note what is wrong with its separators, header, rows and bytes."""
    sheet = empty_sheet(table)
    lines = [line for line in io.StringIO(decoded.text) if line.strip()]
    if not lines:
        return _unreadable(sheet, source, 1, f"the file is empty, expected a header: {','.join(table.names)}")
    separator = header_separator(lines[0], table.names)
    body = body_separator(lines[1:], lines[0].count(separator), separator)
    records = split_records(decoded.text, body)
    names = records.cells[0] if body == separator else lines[0].rstrip("\r\n").split(separator)
    row = records.rows[0]
    if 0 in records.faults or (fault := whole_header_fault(names, table)):
        return _unreadable(sheet, source, row, records.faults[0][1] if 0 in records.faults else fault)
    header = read_header(names, table)
    if fault := header_width_fault(header, records):
        return _unreadable(sheet, source, row, fault)
    if {separator, body} != {","}:
        other = separator if separator != "," else body
        problem = f"the cells are separated by {SEPARATORS[other]}, expected commas"
        sheet.problems.append(Problem(source.name, row, "-", problem))
    sheet.problems += [Problem(source.name, row, column, fault) for column, fault in header.faults]
    _keep_sound_records(sheet, records, header, source)
    if decoded.doubtful:
        _report_bytes(sheet)
    return sheet


def _unreadable(sheet: Sheet, source: Source, row: int, fault: str) -> Sheet:
    sheet.problems.append(Problem(source.name, row, "-", fault))
    sheet.complete = False
    return sheet


def _keep_sound_records(sheet: Sheet, records: Records, header: Header, source: Source) -> None:
    """Put the records that have their cells in the sheet's frame, and report the others."""
    table, key = sheet.table, sheet.table.key[0]
    place_of_key = header.columns.index(key) if key in header.columns else -1
    damaged = width_faults(records, header, table)
    for place in range(1, len(records.rows)):
        if place not in damaged and not "".join(records.cells[place]).strip():
            damaged[place] = -1, EMPTY_ROW
    for place, (cell, fault) in damaged.items():
        if fault:
            column = header.columns[cell] if 0 <= cell < len(header.columns) else ""
            sheet.problems.append(Problem(source.name, records.rows[place], column or "-", fault))
    _note_codes(sheet, records, damaged, place_of_key)
    kept = [place for place in range(1, len(records.rows)) if place not in damaged]
    columns = {
        name: [records.cells[place][i] for place in kept] for i, name in enumerate(header.columns) if name
    }
    frame = pd.DataFrame({name: pd.Series(cells, dtype="str") for name, cells in columns.items()})
    frame["row"] = pd.Series([records.rows[place] for place in kept], dtype="int64")
    sheet.frame = _with_every_column(frame, table, source)
    sheet.bad = {name: set(range(len(kept))) for name in header.missing}
    sheet.complete = key not in header.missing


def _note_codes(sheet: Sheet, records: Records, damaged: Collection[int], place: int) -> None:
    """Note the codes of damaged rows, so that no row that names one is reported for it."""
    codes = [_code_in(cells, place) for cells in records.cells]
    next_column = {
        _code_in(cells, place + 1) for row, cells in enumerate(records.cells) if row not in damaged
    }
    for row in damaged:
        if not "".join(records.cells[row]).strip():
            continue
        beside = codes[row - 1] if row > 1 else codes[-1]
        is_code = bool(CODE.fullmatch(codes[row])) and codes[row] not in next_column
        if is_code:
            sheet.unread.append(codes[row])
        if not is_code or not nearest(codes[row], [beside], cutoff=0.3):
            # The row has lost its first cell; the code in it was probably like the one beside it.
            sheet.lost.append(LostCode(beside, guess=True))


def _code_in(cells: list[str], place: int) -> str:
    """Return the code of a damaged record, also where its cells are not separated by commas."""
    text = cells[place] if 0 <= place < len(cells) else ""
    return re.split(r'[;\t|"]', text.strip())[0].strip()


def _with_every_column(frame: pd.DataFrame, table: Table, source: Source) -> pd.DataFrame:
    """Return the frame with the table's columns in their order, then `file` and `row`."""
    for name in table.names:
        if name not in frame.columns:
            frame[name] = pd.Series("", index=frame.index, dtype="str")
    frame["file"] = np.full(len(frame), source.name, dtype=object)
    return frame[[*table.names, "file", "row"]]


def _report_bytes(sheet: Sheet) -> None:
    """Report each cell with a NUL, and the first of those with bytes that are not UTF-8.

    A file in another encoding has such bytes everywhere: that is one damage.
    """
    found: list[tuple[int, int, str]] = []  # the row, column and text of the cells that are not UTF-8
    for place, column in enumerate(sheet.table.names):
        texts = sheet.frame[column].tolist()
        for position, text in enumerate(texts):
            if fault := nul_fault(text):
                sheet.report(position, column, fault)
            elif UNDECODABLE.search(text):
                found.append((position, place, text))
                sheet.bad.setdefault(column, set()).add(position)
                texts[position] = UNDECODABLE.sub("\ufffd", text)
        sheet.put(column, pd.Series(texts, dtype="str"))
    if found:
        position, place, text = min(found)
        more = f" ({len(found) - 1} more such {'cell' if len(found) == 2 else 'cells'} in the file)"
        sheet.report(position, sheet.table.names[place], undecodable_fault(text) + more * (len(found) > 1))
