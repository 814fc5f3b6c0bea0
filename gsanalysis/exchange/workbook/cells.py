"""A cell of the data as Excel has it: a number, a day or a text; what Excel can't hold as such stays a text."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from gsanalysis.schema import NUMBER

Cell = str | int | float | date | None

DIGITS = 15  # more significant digits of a number are lost in Excel
LARGEST = 300  # powers of ten
FIRST_DAY = date(1900, 3, 1)  # Excel counts a 29 February 1900 that never was, and no day before that year
CHARACTERS = 32_767  # of a cell, counted as UTF-16 does

_NUMBERS = ("number", "count", "year", "share")


def typed(text: str, type: str, kind: str = "") -> Cell:
    """A cell of the data, by the type of its column; of a value or target also by the indicator's kind."""
    if not text:
        return None
    resolved = _resolved(type, kind)
    if resolved in _NUMBERS and NUMBER.fullmatch(text):
        return _number(text)
    return _day(text) if resolved == "date" else text


def cell_of(value: object, kind: str = "") -> Cell:
    """A value of a frame of ratings or a setting of the plan, which has its type already."""
    if value is None or value == "" or (isinstance(value, float) and math.isnan(value)):
        return None
    if isinstance(value, (int, float)):
        return value
    return _day(str(value)) if kind == "date" else str(value)


def stays_text(cell: Cell, type: str, kind: str = "") -> bool:
    """Whether a number or a day of the data has to stay a text, because Excel would change it."""
    if not isinstance(cell, str):
        return False
    resolved = _resolved(type, kind)
    return (resolved in _NUMBERS and bool(NUMBER.fullmatch(cell))) or (resolved == "date" and _is_day(cell))


def chunks(text: str) -> Iterator[str]:
    """A text in pieces that fit in a cell each."""
    piece: list[str] = []
    size = 0
    for character in text:
        wide = 2 if ord(character) > 0xFFFF else 1
        if size + wide > CHARACTERS:
            yield "".join(piece)
            piece, size = [], 0
        piece.append(character)
        size += wide
    yield "".join(piece)


def _resolved(type: str, kind: str) -> str:
    """The type of a cell, also where it depends on the kind of the indicator."""
    if type in ("value", "target"):
        return {"number": "number", "date": "date"}.get(kind, "text")
    return type


def _number(text: str) -> Cell:
    """The number, if Excel keeps all its digits."""
    exact = Decimal(text)
    if len(exact.normalize().as_tuple().digits) > DIGITS or abs(exact.adjusted()) > LARGEST:
        return text
    return int(exact) if exact == exact.to_integral_value() else float(exact)


def _day(text: str) -> Cell:
    return date.fromisoformat(text) if _is_day(text) and date.fromisoformat(text) >= FIRST_DAY else text


def _is_day(text: str) -> bool:
    """Whether it is an ISO day; a milestone may hold "no" instead."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
