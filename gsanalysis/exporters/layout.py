"""Where the room of a page goes: the columns of a table by their words, the notes beside or below a chart.

Typst gives a column what its longest line asks for and leaves the others nothing, so this is worked out here.
"""

import math
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from gsanalysis.exporters import fonts, markdown, numbering
from gsanalysis.exporters.images import Image
from gsanalysis.exporters.plain_text import breakable

LONG_NOTES = 480.0  # points: a figure with more may break over pages
PAGE = 170 * 72 / 25.4  # points between the margins of A4
_SIZE, _LINE, _INSET = 8.8, 11.0, 4.0
_SIGN, _STRIP = 10.0, 10.8
_LONGEST_WORD = 100.0
_CHART, _BESIDE = 300.0, 178.0  # a chart that leaves room beside it, and that room
_NOTE_LINE, _HEADING, _TALLER = 10.6, 24.0, 1.15
_LEAST = {"wide": 90.0, "medium": 68.0}  # points for words
_LEAST_WIDE_OF_MANY, _MANY, _SHORT = 116.0, 6, 52.0
_SMALLEST, _SMALLER = 0.72, 0.86
_WHOLE_STRIP = 10  # a longer strip of signs may break over lines
_BOLD, _RAGGED = 1.04, 1.08  # as much wider is a bold word, and a broken text for the ends of its lines
_STEP, _SAMPLE = 5.0, 60
_KEPT_TOGETHER = 200.0
_TALLEST_ROW = 330.0
_UNKNOWN = 0.6


@dataclass(frozen=True)
class TableLayout:
    """Widths in points, the scale of the type, whether the table may break and which rows may."""

    widths: list[float]
    scale: float
    breakable: bool
    tall_rows: list[bool]

    def room(self, columns: range, signed: bool = False) -> float:
        """Give the width that a cell has for words in its columns, measured at the full size of type."""
        return sum(self.widths[n] for n in columns) / self.scale - 2 * _INSET - (_SIGN if signed else 0)

    def longest(self, columns: range, signed: bool = False) -> int:
        """Give the number of characters of a word that surely fits in the cell."""
        return max(1, int(self.room(columns, signed) / (_SIZE * 0.56)))


def placed(row: list[dict[str, Any]]) -> list[tuple[range, dict[str, Any]]]:
    """Give the cells of a row with the columns that they reach over."""
    cells, start = [], 0
    for cell in row:
        cells.append((range(start, start + cell.get("span", 1)), cell))
        start += cell.get("span", 1)
    return cells


@lru_cache(maxsize=1 << 14)  # the same words are measured for each column's least, best and last width
def text_width(text: str) -> float:
    """Give the width of a line in points, set in the face and size of tables."""
    widths = fonts.advance_widths()
    return _SIZE * sum(widths.get(ord(character), _UNKNOWN) for character in text)


def table_layout(table: dict[str, Any]) -> TableLayout:
    """Lay out a table block."""
    rows = _measured(table)
    least = _least_widths(table)
    scale = max(_SMALLEST, min(1.0, PAGE / sum(least))) if least else 1.0
    widths = [scale * width for width in _shared(rows, least, table["columns"], PAGE / scale)]
    lines = [
        max(*_heights(row, widths, scale), _spanning(cells, widths, scale))
        for row, cells in zip(rows[1:], table["rows"], strict=True)
    ]
    heights = [scale * _LINE * count + 2 * _INSET for count in lines]
    return TableLayout(
        [round(width, 2) for width in widths],
        round(scale, 3),
        sum(heights) > _KEPT_TOGETHER,
        [height > _TALLEST_ROW for height in heights],
    )


def fitted(text: str, layout: TableLayout, columns: range, signed: bool = False) -> str:
    """Let those words of a cell break that are too long for its columns."""
    room, longest = layout.room(columns, signed), layout.longest(columns, signed)
    words = re.split(r"(\s+)", text)
    return "".join(word if text_width(word) <= room else breakable(word, longest) for word in words)


def notes_beside(image: Image, notes: list[dict[str, Any]]) -> int:
    """Count the notes that stand beside a chart; the others stand below it, and none beside a wide one.

    A table in a note needs the width of the page.
    """
    if not notes or image.width > _CHART:
        return 0
    count = 1
    while (
        count < len(notes)
        and all(node["t"] != "table" for node in notes[count]["nodes"])
        and notes_height(notes[: count + 1]) <= _TALLER * image.height + _HEADING
    ):
        count += 1
    return count


def notes_height(notes: list[dict[str, Any]]) -> float:
    """Estimate the height in points of notes set beside a chart."""
    lines = 0.0
    for note in notes:
        blocks = [markdown.plain([node]) for node in note["nodes"]] or [""]
        blocks[0] = f"{note['lead']} {blocks[0]}"
        lines += sum(0.65 + math.ceil(_RAGGED * text_width(text) / _BESIDE) for text in blocks)
    return lines * _NOTE_LINE


def _measured(table: dict[str, Any]) -> list[list[list[float]]]:
    """Give, for the head and each row, the widths of the lines of each cell."""
    head = [_head_lines(column) for column in table["columns"]]
    return [head, *(_row_lines(row) for row in table["rows"])]


def _row_lines(row: list[dict[str, Any]]) -> list[list[float]]:
    """Measure the cells of a row; what reaches over several columns asks none of them for room."""
    lines: list[list[float]] = []
    for columns, cell in placed(row):
        lines += [_cell_lines(cell)] if len(columns) == 1 else [[0.0]] * len(columns)
    return lines


def _head_lines(column: dict[str, Any]) -> list[float]:
    """Measure a column's head; that of a narrow column may break at each space."""
    words = [*column["label"].split(), *column["note"].split()]
    if column["width"] == "narrow":
        return [max((_BOLD * text_width(word) for word in words), default=0.0)]
    return [_BOLD * text_width(text) for text in (column["label"], column["note"]) if text]


def _cell_lines(cell: dict[str, Any]) -> list[float]:
    sign = (_SIGN if cell["sign"] else 0.0) + _STRIP * len(cell["strip"])
    texts = [line for text in _texts(cell) for line in text.split("\n")]
    return [sign + text_width(text) for text in texts if text] or [sign]


def _texts(cell: dict[str, Any]) -> list[str]:
    """Give the texts of a cell that stand below each other."""
    return [cell["text"], cell["small"], numbering.said(cell.get("links", []))]


def _least_widths(table: dict[str, Any]) -> list[float]:
    """Give the widths that the columns can't do without; short texts stay whole where somewhat smaller type allows."""
    numbers = range(len(table["columns"]))
    kept_whole = [_least(table, number, _SHORT) for number in numbers]
    return (
        kept_whole
        if _SMALLER * sum(kept_whole) <= PAGE
        else [_least(table, number, 0.0) for number in numbers]
    )


def _least(table: dict[str, Any], number: int, short: float) -> float:
    column = table["columns"][number]
    cells = [
        cell for row in table["rows"] for columns, cell in placed(row) if columns == range(number, number + 1)
    ]
    pieces = [_BOLD * text_width(word) for word in f"{column['label']} {column['note']}".split()]
    for cell in cells:
        sign = (_SIGN if cell["sign"] else 0.0) + _STRIP * min(len(cell["strip"]), _WHOLE_STRIP)
        for text in _texts(cell):
            whole = text_width(text) <= short
            pieces += [sign + text_width(piece) for piece in ([text] if whole else text.split()) if piece]
    strip = max((_STRIP * min(len(cell["strip"]), _WHOLE_STRIP) for cell in cells), default=0.0)
    longest = max(min(max(pieces), _LONGEST_WORD), strip)
    least = _LEAST.get(column["width"], 0.0)
    if column["width"] == "wide" and len(table["columns"]) > _MANY:
        least = _LEAST_WIDE_OF_MANY
    return max(longest, least) + 2 * _INSET + 2


def _shared(
    rows: list[list[list[float]]], least: list[float], columns: list[dict[str, Any]], page: float
) -> list[float]:
    """Start from the least widths and widen, step by step, the column that makes rows tall.

    What nobody needs goes to the wide columns; without one the table stays narrower than the page.
    """
    if sum(least) >= page:
        return [width * page / sum(least) for width in least]
    widths, sample = list(least), rows[:: max(1, len(rows) // _SAMPLE)]
    while (rest := page - sum(widths)) > 0:
        tall = _makes_tall(sample, widths)
        if max(tall) <= 0:
            break
        widths[tall.index(max(tall))] += min(_STEP, rest)
    takers = sum(column["width"] == "wide" for column in columns)
    return [
        width + (rest / takers if column["width"] == "wide" else 0)
        for width, column in zip(widths, columns, strict=True)
    ]


def _makes_tall(rows: list[list[list[float]]], widths: list[float]) -> list[float]:
    """Count for each column the lines too many, squared, in the rows in which it is the tallest."""
    lines = [0.0] * len(widths)
    for row in rows:
        heights = _heights(row, widths, 1.0)
        tallest = heights.index(max(heights))
        lines[tallest] += (max(heights) - len(row[tallest])) ** 2
    return lines


def _heights(row: list[list[float]], widths: list[float], scale: float) -> list[float]:
    """Give the number of lines that each cell of a row takes, a broken line as a fraction."""
    return [_lines(cell, width, scale) for cell, width in zip(row, widths, strict=True)]


def _spanning(row: list[dict[str, Any]], widths: list[float], scale: float) -> float:
    """Give the number of lines of the tallest cell that reaches over several columns, 0 without one."""
    cells = [(columns, cell) for columns, cell in placed(row) if len(columns) > 1]
    return max(
        (_lines(_cell_lines(cell), sum(widths[n] for n in columns), scale) for columns, cell in cells),
        default=0.0,
    )


def _lines(cell: list[float], width: float, scale: float) -> float:
    room = max(8.0, width / scale - 2 * _INSET)
    return sum(max(1.0, _RAGGED * line / room) if line > room else 1.0 for line in cell)
