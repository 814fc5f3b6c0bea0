"""What the workbooks that we write have in common: one date of creation, heights of rows, and how they are printed."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from unicodedata import east_asian_width

CREATED = datetime(2000, 1, 1)  # the same in every workbook: a clock would change the bytes
LINE, HIGHEST = 15, 405  # points of a line and of the highest row that Excel takes
PRINTED = 220  # characters of a line printed on A4 across, still readable at two thirds of its size
A4 = 9


def row_height(texts: Sequence[object], widths: Sequence[int]) -> int:
    """The points of a row that shows all of its wrapped texts, in columns of so many characters.

    Excel would find it by itself, LibreOffice prints one text over the next.
    """
    lines = (_lines(str(text), width) for text, width in zip(texts, widths, strict=True))
    return min(LINE * max(lines, default=1), HIGHEST)


def set_paper(page: Any, widths: Sequence[int], repeated: int) -> None:
    """Print a sheet across, on as many pages beside each other as keep it readable.

    The first row, the ``repeated`` first columns and the name of the sheet stand on each page.
    """
    own = sum(widths[:repeated])
    page.set_landscape()
    page.set_paper(A4)
    page.fit_to_pages(-(-(sum(widths) - own) // (PRINTED - own)) or 1, 0)
    page.repeat_rows(0)
    page.repeat_columns(0, repeated - 1)
    page.set_footer("&L&A&RPage &P of &N")


def _lines(text: str, width: int) -> int:
    """How many lines a text takes; a Chinese or Japanese letter is as wide as two others."""
    spread = "".join(2 * letter if east_asian_width(letter) in "WF" else letter for letter in text)
    return sum(max(len(textwrap.wrap(line, width)), 1) for line in spread.split("\n"))
