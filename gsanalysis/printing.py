"""Ratings as text for people (aligned columns) and for programs (CSV, JSON)."""

from __future__ import annotations

import csv
import io
import json
import numbers
import unicodedata
from typing import TYPE_CHECKING

from gsanalysis.problems import visible

if TYPE_CHECKING:
    import pandas as pd

WIDEST = 40  # characters of a cell in a table


def table_text(frame: pd.DataFrame, form: str) -> str:
    """A frame of ratings as "table", "csv" or "json", ending with a line end."""
    from gsanalysis.rating.rate import to_csv_text

    text = to_csv_text(frame)
    return {"csv": lambda: text, "json": lambda: _json(frame, text), "table": lambda: _table(frame, text)}[
        form
    ]()


def _json(frame: pd.DataFrame, text: str) -> str:
    header, *rows = csv.reader(io.StringIO(text))
    cells = zip(rows, frame.itertuples(index=False), strict=True)
    records = [dict(zip(header, map(_json_value, row, values), strict=True)) for row, values in cells]
    return json.dumps(records, indent=1, ensure_ascii=False) + "\n"


def _json_value(text: str, value: object) -> object:
    """Numbers as the CSV writes them, null where it is empty, else its text."""
    if text == "":
        return None
    if _is_number(value):
        return float(text) if "." in text else int(text)
    return text


def _is_number(value: object) -> bool:
    return isinstance(value, numbers.Number) and not isinstance(value, bool)


def _table(frame: pd.DataFrame, text: str) -> str:
    header, *rows = [[_cell(cell) for cell in row] for row in csv.reader(io.StringIO(text))]
    right = [all(_is_number(v) or v in ("", None) for v in frame[name]) for name in header]
    widths = [max(map(_width, column)) for column in zip(header, *rows, strict=True)]
    rule = ["-" * width for width in widths]
    lines = [_line(row, widths, right) for row in (header, rule, *rows)]
    return "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    text = visible(text)
    return text if len(text) <= WIDEST else text[: WIDEST - 1] + "…"


def _line(cells: list[str], widths: list[int], right: list[bool]) -> str:
    padded = []
    for cell, width, is_right in zip(cells, widths, right, strict=True):
        space = " " * (width - _width(cell))
        padded.append(space + cell if is_right else cell + space)
    return "  ".join(padded).rstrip()


def _width(text: str) -> int:
    """Columns on a terminal: wide characters take two, combining ones none."""
    wide = sum(unicodedata.east_asian_width(c) in "WF" for c in text)
    return len(text) + wide - sum(unicodedata.combining(c) > 0 for c in text)
