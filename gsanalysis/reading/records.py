"""The text of a CSV file as records of cells, each with the line on which it begins."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

QUOTED_CELL = r'"(?:[^"]|"")*"(?=[{}\r\n]|$)'
SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "vertical bars"}


@dataclass
class Records:
    """Records in their order: `rows[i]` is the line on which `cells[i]` begins.

    `faults` maps the position of a record whose quotes are wrong to the position of the cell and a message;
    its cells are those of its first line, roughly.
    """

    rows: list[int] = field(default_factory=list)
    cells: list[list[str]] = field(default_factory=list)
    faults: dict[int, tuple[int, str]] = field(default_factory=dict)


class _Lines:
    """Lines that a csv reader takes one by one, and that can be gone back to."""

    def __init__(self, text: str) -> None:
        self.lines = list(io.StringIO(text, newline=""))
        self.position = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self.position >= len(self.lines):
            raise StopIteration
        self.position += 1
        return self.lines[self.position - 1]


def split_records(text: str, separator: str = ",") -> Records:
    """Return the records of a CSV text, header included, blank lines left out.

    A record with a quote error is given up after its first line, and reading goes on in the next one: an
    unclosed quote must not swallow the rest of the file.
    """
    lines = _Lines(text)
    reader = csv.reader(lines, delimiter=separator, strict=True)
    records = Records()
    while True:
        start = lines.position
        try:
            cells = next(reader)
        except StopIteration:
            return records
        except csv.Error as error:
            first = lines.lines[start]
            lines.position = start + 1
            place = _badly_quoted_cell(first, separator)
            records.faults[len(records.rows)] = place, _quote_fault(str(error))
            cells = first.rstrip("\r\n").split(separator)
        else:
            if len(cells) < 2 and not "".join(cells).strip():
                continue
            _note_stray_quote(records, cells, "".join(lines.lines[start : lines.position]))
        records.rows.append(start + 1)
        records.cells.append(cells)


def header_separator(header: str, known: list[str]) -> str:
    """Return the character that separates the names of a header line: the one that gives most known names."""

    def known_names(separator: str) -> int:
        return sum(cell.strip(' "\r\n') in known for cell in header.split(separator))

    return max(SEPARATORS, key=known_names)


def body_separator(lines: list[str], count: int, header: str) -> str:
    """Return the character that stands `count` times or more in most of the lines, the header's where it can be."""

    def fitting_lines(separator: str) -> int:
        return sum(line.count(separator) >= count for line in lines)

    return max(dict.fromkeys((header, *SEPARATORS)), key=fitting_lines)


def _quote_fault(error: str) -> str:
    if "expected after" in error:
        return 'text follows a closing quote, expected a comma: double a quote that belongs to the text ("")'
    if "field limit" in error:
        return "the cell is longer than 131,072 characters, expected a closing quote before that"
    return "the quote is never closed, expected a closing quote"


def _badly_quoted_cell(line: str, separator: str) -> int:
    """Return the position of the first cell of the line whose opening quote has no proper closing one."""
    quoted_cell = re.compile(QUOTED_CELL.format(re.escape(separator)))
    place = start = 0
    while start < len(line):
        if line[start] == '"':
            closed = quoted_cell.match(line, start)
            if not closed:
                return place
            start = closed.end()
        start = line.find(separator, start) + 1
        if not start:
            break
        place += 1
    return place


def _note_stray_quote(records: Records, cells: list[str], source: str) -> None:
    """Python's reader accepts `12" screen` without quotes around it; other programs don't."""
    if '"' not in source:
        return
    for place, cell in enumerate(cells):
        if '"' in cell and '"' + cell.replace('"', '""') + '"' not in source:
            fault = (
                'a quote in a cell without quotes around it, expected "…" around the cell, its quotes doubled'
            )
            records.faults[len(records.rows)] = place, fault
            return
