"""Rows with more or fewer cells than their header, and what probably happened to them."""

import re
from collections.abc import Sequence

from gsanalysis.problems import quoted
from gsanalysis.reading.header import Header
from gsanalysis.reading.records import SEPARATORS, Records
from gsanalysis.schema import Table

NUMBER_TYPES = ("number", "count", "share", "value", "target")


def header_width_fault(header: Header, records: Records) -> str:
    """Return a message where all rows have the same number of cells, and the header another one.

    Then the header is wrong, not each row: one damage, one problem.
    """
    width = len(header.columns)
    counts = {
        len(cells) for place, cells in enumerate(records.cells) if place and place not in records.faults
    }
    if len(counts) != 1 or counts == {width} or (len(records.cells) < 3 and not header.missing):
        return ""
    missing = f" (without {', '.join(header.missing)})" if header.missing else ""
    return f"the header has {width} names{missing} and each row {_cells(counts.pop())}, expected as many"


def width_faults(records: Records, header: Header, table: Table) -> dict[int, tuple[int, str]]:
    """Return for each damaged record its cell's position (-1: the row as a whole) and a message.

    Lines that only go on with a record broken before them have an empty message.
    """
    width = len(header.columns)
    wrong = [place for place, cells in enumerate(records.cells) if len(cells) != width and place]
    faults: dict[int, tuple[int, str]] = {}
    for place in sorted({*wrong, *records.faults} - {0}):
        if place in faults:
            continue
        short = [p for p in _run_of_short_rows(place, records, width) if p not in faults]
        if place in records.faults:
            faults[place] = records.faults[place]
            faults |= dict.fromkeys(short, (-1, ""))
        elif len(records.cells[place]) > width:
            faults[place] = _too_many(records.cells[place], header, table)
        elif goes_on := _rest_of_broken_row(place, short, records, width):
            faults[place] = -1, _broken(records, place, width)
            faults |= dict.fromkeys(goes_on, (-1, ""))
        else:
            faults[place] = -1, _too_few(records.cells[place], width)
    return faults


def _run_of_short_rows(place: int, records: Records, width: int) -> list[int]:
    run = []
    while (place := place + 1) < len(records.cells) and len(records.cells[place]) < width:
        if place in records.faults:
            break
        run.append(place)
    return run


def _rest_of_broken_row(place: int, short: Sequence[int], records: Records, width: int) -> list[int]:
    """Return the short rows that together with this one make a whole row: a line break without quotes."""
    count = len(records.cells[place])
    for number, follower in enumerate(short, start=1):
        count += len(records.cells[follower]) - 1
        if count >= width:
            return list(short[:number]) if count == width else []
    return []


def _broken(records: Records, place: int, width: int) -> str:
    return (
        f"the row breaks off after {_cells(len(records.cells[place]))} and goes on in the next line, expected "
        f"{width} in a row: put quotes around a cell with a line break"
    )


def _too_few(cells: list[str], width: int) -> str:
    for separator, name in SEPARATORS.items():
        if separator != "," and ",".join(cells).count(separator) >= width - 1:
            return f"the cells of this row are separated by {name}, expected commas"
    return f"{_cells(len(cells))} in this row, expected {width} as in the header"


def _too_many(cells: list[str], header: Header, table: Table) -> tuple[int, str]:
    width = len(header.columns)
    if len(cells) == width + 1 and (place := _decimal_comma(cells, header, table)) >= 0:
        return (
            place,
            f"{quoted(f'{cells[place]},{cells[place + 1]}')} has a decimal comma, expected "
            f"{cells[place].strip()}.{cells[place + 1].strip()}",
        )
    if not "".join(cells[width:]).strip():
        return -1, f"{_cells(len(cells))} in this row, the last empty, expected {width} as in the header"
    return -1, (
        f"{_cells(len(cells))} in this row, expected {width} as in the header: put quotes around a text with "
        "a comma in it"
    )


def _decimal_comma(cells: list[str], header: Header, table: Table) -> int:
    """Return the position of a number that a decimal comma has split in two, -1 where none fits."""
    for place, name in enumerate(header.columns):
        if not name or table[name].type not in NUMBER_TYPES:
            continue
        if re.fullmatch(r"\s*-?[0-9]+", cells[place]) and re.fullmatch(r"[0-9]+\s*", cells[place + 1]):
            joined = [*cells[: place + 1], *cells[place + 2 :]]
            if _choices_fit(joined, header, table):
                return place
    return -1


def _choices_fit(cells: list[str], header: Header, table: Table) -> bool:
    pairs = [(table[name], cell.strip()) for name, cell in zip(header.columns, cells, strict=True) if name]
    return all(not cell or cell in column.allowed for column, cell in pairs if column.allowed)


def _cells(count: int) -> str:
    return "1 cell" if count == 1 else f"{count} cells"
