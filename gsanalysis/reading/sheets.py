"""A table's rows as text cells that know where they stand, and which of them can't be used."""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import pandas as pd

from gsanalysis.problems import Problem, listed, quoted
from gsanalysis.reading.cells import FAULTS, cell_fault, empty_fault
from gsanalysis.schema import Column, Table


class LostCode(NamedTuple):
    """A code that a damage has hidden: a text like it, its own one or, as a `guess`, the code of the row beside it."""

    text: str
    guess: bool = False


@dataclass
class Sheet:
    """The rows of a table that could be read.

    `frame` has the table's columns as text (missing ones as "", spaces around cells stripped), `file` and
    `row`. `bad` maps a column to the positions of cells that were reported and can't be used. `unread` are the
    codes of rows that were reported as a whole: they exist, and nothing else is known of them. `lost` are the
    codes that damaged cells and rows have hidden. `complete` is False where a file could not be read at all.
    """

    table: Table
    frame: pd.DataFrame
    problems: list[Problem] = field(default_factory=list)
    bad: dict[str, set[int]] = field(default_factory=dict)
    unread: list[str] = field(default_factory=list)
    lost: list[LostCode] = field(default_factory=list)
    complete: bool = True
    _coded: dict[str, tuple[np.ndarray, list[str]]] = field(default_factory=dict, repr=False)

    def place(self, position: int) -> tuple[str, int]:
        """Return the file and the line of a row."""
        return self.text(position, "file"), int(self.frame["row"].to_numpy()[position])

    def text(self, position: int, column: str) -> str:
        """Return the text of one cell."""
        codes, texts = self.coded(column)
        return texts[codes[position]]

    def report(self, position: int, column: str, message: str, warning: bool = False) -> None:
        """Note a problem of one cell; after an error no rule looks at the cell again."""
        self.problems.append(Problem(*self.place(position), column, message, warning))
        if not warning:
            self.bad.setdefault(column, set()).add(position)

    def report_file(self, file: str, message: str) -> None:
        """Note a problem of a whole file."""
        self.problems.append(Problem(file, 1, "-", message))

    def is_sound(self, position: int, *columns: str) -> bool:
        """Whether none of the columns' cells in that row was reported."""
        return not self.bad or not any(position in self.bad.get(column, ()) for column in columns)

    def sound(self, *columns: str) -> np.ndarray:
        """Return a mask of the rows in which none of the columns' cells was reported."""
        mask = np.ones(len(self.frame), dtype=bool)
        for column in columns:
            mask[list(self.bad.get(column, ()))] = False
        return mask

    def coded(self, column: str) -> tuple[np.ndarray, list[str]]:
        """Return the column's distinct texts, and for each row the position of its text among them."""
        if column not in self._coded:
            codes, texts = pd.factorize(self.frame[column].to_numpy(dtype=object))
            self._coded[column] = codes, texts.tolist()
        return self._coded[column]

    def holds(self, column: str, texts: Container[str]) -> np.ndarray:
        """Return a mask of the rows whose cell holds one of the texts."""
        codes, found = self.coded(column)
        return np.array([text in texts for text in found], dtype=bool)[codes]

    def put(self, column: str, texts: pd.Series) -> None:
        """Replace a column."""
        self.frame[column] = texts
        self._coded.pop(column, None)

    def codes(self) -> list[str]:
        """Return the codes that the table gives to its rows, also those of rows that could not be read."""
        key = self.table.key[0]
        return list(dict.fromkeys([*self.frame[key][self.sound(key)], *self.unread]))


def empty_sheet(table: Table, complete: bool = True) -> Sheet:
    """Return a sheet without rows, for a file that is absent or can't be read."""
    columns = {name: pd.Series(dtype="str") for name in (*table.names, "file")}
    return Sheet(table, pd.DataFrame(columns | {"row": pd.Series(dtype="int64")}), complete=complete)


def joined(table: Table, sheets: Sequence[Sheet]) -> Sheet:
    """Return the rows of several sheets of one table as one, in their order."""
    if len(sheets) == 1:
        return sheets[0]
    whole = empty_sheet(table, complete=all(sheet.complete for sheet in sheets))
    if frames := [sheet.frame for sheet in sheets if len(sheet.frame)]:
        whole.frame = pd.concat(frames, ignore_index=True)
    start = 0
    for sheet in sheets:
        whole.problems += sheet.problems
        whole.unread += sheet.unread
        whole.lost += sheet.lost
        for column, bad in sheet.bad.items():
            whole.bad.setdefault(column, set()).update(start + position for position in bad)
        start += len(sheet.frame)
    return whole


def positions(mask: pd.Series | np.ndarray) -> list[int]:
    """Return the positions at which the mask is true."""
    return [int(position) for position in np.flatnonzero(mask)]


def distinct(texts: pd.Series) -> list[str]:
    """Return the distinct texts of a column, in the order of their first cells."""
    return pd.unique(texts.to_numpy(dtype=object)).tolist()


def key_numbers(sheet: Sheet, columns: Iterable[str]) -> np.ndarray:
    """Return a number for each row, the same for rows with the same texts in all the columns."""
    numbers = np.zeros(len(sheet.frame), dtype="int64")
    for column in columns:
        codes, texts = sheet.coded(column)
        numbers = numbers * len(texts) + codes
    return numbers


def check_cells(sheet: Sheet) -> None:
    """Strip the cells, and report those that are empty or can't be what their column holds."""
    for column in sheet.table.columns:
        stripped = {text: text.strip() for text in sheet.coded(column.name)[1] if text != text.strip()}
        if stripped:
            sheet.put(column.name, sheet.frame[column.name].replace(stripped))
        faults = _faults(sheet.coded(column.name)[1], column)
        for position in positions(sheet.holds(column.name, faults)) if faults else ():
            if sheet.is_sound(position, column.name):
                sheet.report(position, column.name, faults[sheet.text(position, column.name)])


def check_keys(sheet: Sheet) -> None:
    """Report each row whose key an earlier row has, and note the codes that damaged key cells have hidden."""
    sound = sheet.sound(*sheet.table.key)
    keys = pd.Series(key_numbers(sheet, sheet.table.key))[sound]
    if not keys.is_unique:
        first = keys.drop_duplicates()
        first = pd.Series(first.index, index=first.to_numpy())
        for position in keys.index[keys.duplicated()]:
            _report_duplicate(sheet, int(position), int(first[keys[position]]))
    if len(sheet.table.key) == 1:
        sheet.lost += [_hidden_code(sheet, position) for position in positions(~sound)]


def _faults(texts: list[str], column: Column) -> dict[str, str]:
    """Return what is wrong with each of the distinct texts that is wrong."""
    faults = {}
    if column.type in FAULTS or column.allowed:
        faults = {text: fault for text in texts if text and (fault := cell_fault(text, column))}
    if column.required and not column.may_be_empty and "" in texts:
        faults[""] = empty_fault(column)
    return faults


def _report_duplicate(sheet: Sheet, position: int, first: int) -> None:
    key = sheet.table.key
    file, row = sheet.place(first)
    where = f"line {row}" if file == sheet.place(position)[0] else f"{file}, line {row}"
    if len(key) == 1:
        code = sheet.text(position, key[0])
        message = f"the {sheet.table.thing} {quoted(code)} stands already in {where}, expected each code once"
        # A copied row hides no code; a row with other texts had another code before somebody mistyped it.
        others = [name for name in sheet.table.names if name != key[0]]
        if list(sheet.frame[others].iloc[position]) != list(sheet.frame[others].iloc[first]):
            sheet.lost.append(LostCode(code))
    elif "reported_on" in key:
        message = (
            f"the same indicator, year, breakdown and day of report as in {where}, expected one row: "
            "a correction bears a later reported_on"
        )
    else:
        names = [name for name in key if name != "file"]
        message = f"the same {listed(names)} as in {where}, expected each {sheet.table.thing} once"
    sheet.report(position, key[0], message)


def _hidden_code(sheet: Sheet, position: int) -> LostCode:
    key = sheet.table.key[0]
    if text := sheet.text(position, key):
        return LostCode(text)
    return LostCode(sheet.text(position - 1, key) if position else "", guess=True)
