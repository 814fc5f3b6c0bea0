"""Column widths and breaks of a table on paper, from the widths of its words (Typst shares no space fairly)."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from gsanalysis.exporters import fonts
from gsanalysis.exporters.plain_text import breakable

PAGE = 170 * 72 / 25.4  # points between the margins of A4
_SIZE, _LINE, _INSET = 8.8, 11.0, 4.0
_SIGN, _STRIP = 10.0, 10.8
_LONGEST_WORD = 100.0
_SMALLEST = 0.72
_FAIR = {"narrow": 70.0, "auto": 140.0, "wide": 125.0}
_BOLD = 1.04  # as much wider
_KEPT_TOGETHER = 200.0
_TALLEST_ROW = 330.0
_UNKNOWN = 0.6


@dataclass(frozen=True)
class Column:
    """What a column asks for, in points: its longest word, a fair width, its longest line; and who takes the rest."""

    least: float
    fair: float
    line: float
    wide: bool


@dataclass(frozen=True)
class TableLayout:
    """Widths in points, the scale of the type, whether the table may break and which rows may."""

    widths: list[float]
    scale: float
    breakable: bool
    tall_rows: list[bool]

    def room(self, column: int, signed: bool = False) -> float:
        """Give the width that a column has for words, measured at the full size of type."""
        return (self.widths[column] - 2 * _INSET - (_SIGN if signed else 0)) / self.scale

    def longest(self, column: int, signed: bool = False) -> int:
        """Give the number of characters of a word that surely fits in the column."""
        return max(1, int(self.room(column, signed) / (_SIZE * 0.56)))


def text_width(text: str) -> float:
    """Give the width of a line in points, set in the face and size of tables."""
    widths = fonts.advance_widths()
    return _SIZE * sum(widths.get(ord(character), _UNKNOWN) for character in text)


def table_layout(table: dict[str, Any]) -> TableLayout:
    """Lay out a table block."""
    columns = [_column(table, number) for number in range(len(table["columns"]))]
    wanted = sum(column.least for column in columns)
    scale = max(_SMALLEST, min(1.0, PAGE / wanted)) if wanted else 1.0
    widths = _shared(columns, scale)
    heights = [_height(row, widths, scale) for row in table["rows"]]
    return TableLayout(
        [round(width, 2) for width in widths],
        round(scale, 3),
        sum(heights) > _KEPT_TOGETHER,
        [height > _TALLEST_ROW for height in heights],
    )


def fitted(text: str, layout: TableLayout, column: int, signed: bool = False) -> str:
    """Let the words of a cell break where one of them is too long for its column."""
    if all(_BOLD * text_width(word) <= layout.room(column, signed) for word in text.split()):
        return text
    return breakable(text, layout.longest(column, signed))


def _column(table: dict[str, Any], number: int) -> Column:
    head, cells = table["columns"][number], [row[number] for row in table["rows"]]
    heads = [head["label"], *head["note"].split()]
    texts = [(cell[key], _SIGN if cell["sign"] else 0.0) for cell in cells for key in ("text", "small")]
    strip = max((_STRIP * len(cell["strip"]) for cell in cells), default=0.0)
    word = max([_widest(" ".join(heads).split()), *(_widest(text.split()) + sign for text, sign in texts)])
    line = max([_widest(heads), *(_widest(text.split("\n")) + sign for text, sign in texts)])
    least = max(min(word, _LONGEST_WORD), strip) + 2 * _INSET + 1
    whole = max(least, line + 2 * _INSET + 1)
    fair = max(least, min(whole, _FAIR.get(head["width"], _FAIR["auto"])))
    return Column(least, fair, whole, head["width"] == "wide")


def _widest(texts: Sequence[str]) -> float:
    return max((_BOLD * text_width(text) for text in texts), default=0.0)


def _shared(columns: list[Column], scale: float) -> list[float]:
    """Give every column its longest word, then its fair width, then its longest line; the rest to the wide ones."""
    widths = [column.least * scale for column in columns]
    if sum(widths) > PAGE:
        return [width * PAGE / sum(widths) for width in widths]
    widths = _towards(widths, [column.fair * scale for column in columns])
    widths = _towards(widths, [column.line * scale for column in columns])
    takers = sum(column.wide for column in columns)
    rest = PAGE - sum(widths)
    return [
        width + (rest / takers if column.wide else 0) for column, width in zip(columns, widths, strict=True)
    ]


def _towards(widths: list[float], wanted: list[float]) -> list[float]:
    """Widen each column towards what it wants, all by the same share of their wishes, within the page."""
    wishes = [max(0.0, wish - width) for width, wish in zip(widths, wanted, strict=True)]
    share = min(1.0, (PAGE - sum(widths)) / sum(wishes)) if sum(wishes) > 0 else 0.0
    return [width + share * wish for width, wish in zip(widths, wishes, strict=True)]


def _height(row: list[dict[str, Any]], widths: list[float], scale: float) -> float:
    return (
        max(_lines(cell, width / scale) for cell, width in zip(row, widths, strict=True)) * _LINE * scale + 9
    )


def _lines(cell: dict[str, Any], width: float) -> int:
    room = max(8.0, width - 2 * _INSET - (_SIGN if cell["sign"] else 0))
    texts = [text for text in (cell["text"], cell["small"]) if text]
    return sum(math.ceil(text_width(line) / room) or 1 for text in texts for line in text.split("\n"))
