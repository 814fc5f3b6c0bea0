"""The header of a CSV file against the columns that its table has."""

import difflib
from dataclasses import dataclass

from gsanalysis.problems import listed, nearest, quoted, visible
from gsanalysis.reading.encoding import nul_fault, undecodable_fault
from gsanalysis.schema import TABLES, Table


@dataclass(frozen=True)
class Header:
    """`columns` names the table's column that each position holds, "" for none; `faults` are (column, message).

    A misspelt column is read as the one that was meant, so that nothing else is reported for it.
    """

    columns: list[str]
    faults: list[tuple[str, str]]
    missing: list[str]


def read_header(cells: list[str], table: Table) -> Header:
    """Match a header's cells with the table's columns; each wrong or missing name is one fault."""
    names = [cell.strip() for cell in cells]
    columns = [name if name in table.names and name not in names[:i] else "" for i, name in enumerate(names)]
    absent = [name for name in table.names if name not in columns]
    faults = []
    for place, name in enumerate(names):
        if columns[place]:
            continue
        twice = name in names[:place]
        meant = ("" if twice else nearest(name, absent)) or _meant_by_place(place, columns, absent, table)
        faults.append((visible(name) or "-", _fault(name, place, twice, meant, names, table)))
        if meant:
            columns[place] = meant
            absent.remove(meant)
    missing = [name for name in absent if name in table.required]
    faults += [
        (name, f"the column is missing, expected {name} in the header: {table[name].explained}")
        for name in missing
    ]
    return Header(columns, faults, missing)


def whole_header_fault(cells: list[str], table: Table) -> str:
    """Return a message for a first line that is no header, or that of another table."""
    names = {cell.strip() for cell in cells}
    for other in TABLES.values():
        if set(other.required) <= names <= set(other.names) and not set(table.required) <= names:
            return f"the file has the columns of {other.path}, expected {','.join(table.names)}"
    if any(nearest(name, table.names) for name in names):
        return ""
    return f"the first line {quoted(','.join(cells))} is no header, expected {','.join(table.names)}"


def _meant_by_place(place: int, columns: list[str], absent: list[str], table: Table) -> str:
    """Return the absent column that a name unlike any stands for: the one that belongs between its neighbours,
    else a required one that is missing."""
    before = max((table.names.index(name) for name in columns[:place] if name), default=-1)
    after = min((table.names.index(name) for name in columns[place + 1 :] if name), default=len(table.names))
    between = [name for name in absent if before < table.names.index(name) < after]
    if len(between) == 1:
        return between[0]
    return next((name for name in [*between, *absent] if name in table.required), "")


def _fault(name: str, place: int, twice: bool, meant: str, names: list[str], table: Table) -> str:
    instead = f", expected {meant}" if meant else ""
    if fault := undecodable_fault(name) or nul_fault(name):
        return fault
    if not name:
        return f"column {place + 1} has no name{instead or ', expected a name or no such column'}"
    if twice:
        return f"the column {quoted(name)} stands twice{instead or ', expected each once'}"
    near = meant or max(table.names, key=lambda column: _likeness(name, column))
    every = listed(table.names, "or", 30)
    return f"unknown column {quoted(name)}, expected {near}" + ("" if meant else f" or another of {every}")


def _likeness(name: str, other: str) -> float:
    return difflib.SequenceMatcher(None, name.casefold(), other).ratio()
