"""Column widths and breaks of a table on paper, from the widths of its words (Typst shares no space fairly)."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from gsanalysis.exporters import fonts
from gsanalysis.exporters.plain_text import breakable

PAGE = 170 * 72 / 25.4  # points between the margins of A4
_SIZE, _LINE, _INSET = 8.8, 11.0, 4.0
_SIGN, _STRIP = 10.0, 11.0
_LONGEST_WORD = 100.0
_SMALLEST = 0.72
_NATURAL = {"narrow": 70.0, "auto": 140.0, "wide": 1000.0}
_KEPT_TOGETHER = 200.0
_TALLEST_ROW = 330.0
_UNKNOWN = 0.6


@dataclass(frozen=True)
class Column:
    """What a column asks for, in points: its longest word, its longest line, and whether it takes the rest."""

    least: float
    natural: float
    wide: bool


@dataclass(frozen=True)
class TableLayout:
    """Widths in points, the scale of the type, whether the table may break and which rows may."""

    widths: list[float]
    scale: float
    breakable: bool
    tall_rows: list[bool]

    def longest(self, column: int) -> int:
        """Give the number of characters of a word that surely fits in the column."""
        room = self.widths[column] - 2 * _INSET - _SIGN
        return max(1, int(room / (_SIZE * self.scale * 0.56)))


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


def fitted(text: str, layout: TableLayout, column: int) -> str:
    """Let those words of a cell break that are too long for its column."""
    room = layout.widths[column] - 2 * _INSET - _SIGN
    if all(text_width(word) * layout.scale <= room for word in text.split()):
        return text
    return breakable(text, layout.longest(column))


def _column(table: dict[str, Any], number: int) -> Column:
    head, cells = table["columns"][number], [row[number] for row in table["rows"]]
    texts = [(head["label"], 0.0), (head["note"], 0.0)]
    texts += [(cell["text"], _SIGN if cell["sign"] else 0.0) for cell in cells]
    texts += [(cell["small"], _SIGN if cell["sign"] else 0.0) for cell in cells]
    strip = max((_STRIP * len(cell["strip"]) for cell in cells), default=0.0)
    word = max(_widest(text.split()) + extra for text, extra in texts)
    line = max(_widest(text.split("\n")) + extra for text, extra in texts[2:] or texts)
    least = max(min(word, _LONGEST_WORD), strip) + 2 * _INSET + 1
    natural = max(least, min(line + 2 * _INSET + 2, _NATURAL.get(head["width"], _NATURAL["auto"])))
    return Column(least, natural, head["width"] == "wide")


def _widest(texts: Sequence[str]) -> float:
    return max((1.04 * text_width(text) for text in texts), default=0.0)


def _shared(columns: list[Column], scale: float) -> list[float]:
    """Give every column its longest word, then what its longest line still needs, the rest to the wide ones."""
    least = [column.least * scale for column in columns]
    if sum(least) > PAGE:
        return [width * PAGE / sum(least) for width in least]
    room = PAGE - sum(least)
    wishes = [column.natural * scale - width for column, width in zip(columns, least, strict=True)]
    share = min(1.0, room / sum(wishes)) if sum(wishes) > 0 else 0.0
    widths = [width + share * wish for width, wish in zip(least, wishes, strict=True)]
    takers = [number for number, column in enumerate(columns) if column.wide] or [0]
    rest = PAGE - sum(widths)
    return [width + (rest / len(takers) if number in takers else 0) for number, width in enumerate(widths)]


def _height(row: list[dict[str, Any]], widths: list[float], scale: float) -> float:
    return max(_lines(cell, width / scale) for cell, width in zip(row, widths, strict=True)) * _LINE * scale + 9


def _lines(cell: dict[str, Any], width: float) -> int:
    room = max(8.0, width - 2 * _INSET - (_SIGN if cell["sign"] else 0))
    texts = [text for text in (cell["text"], cell["small"]) if text]
    return sum(math.ceil(text_width(line) / room) or 1 for text in texts for line in text.split("\n"))
