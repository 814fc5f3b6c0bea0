"""One difference between two editions, as a row of the contract's table of changes."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from gsanalysis.rating.rate import cell_text
from gsanalysis.rating.values import Scalar


class Difference(NamedTuple):
    """One row of `changes`, all of it text, "" where there is nothing to say.

    ``indicator`` is the code of what is different: an indicator, for ``plan`` also another row of the plan or "" for
    ``plan.toml``; ``year`` and ``breakdown`` belong to figures; ``before`` and ``after`` are values, states,
    ratings, or ``column=value``.
    """

    indicator: str
    year: str
    breakdown: str
    change: str
    before: str
    after: str
    rating_before: str = ""
    rating_after: str = ""


def assigned(column: str, text: str) -> str:
    """A cell of the plan as `before` and `after` name it: ``target=80``."""
    return f"{column}={text}"


def column_of(row: Difference) -> str:
    """The column of the plan that a row is about: the text before the first equals sign."""
    return (row.before or row.after).partition("=")[0]


def cell_of(side: str) -> str:
    """The cell in ``column=value``: all that follows the first equals sign."""
    return side.partition("=")[2]


def value_text(value: Scalar | None) -> str:
    """A value as `assess` writes it; in full where its twelve digits would hide a difference."""
    text = cell_text(value)
    if isinstance(value, float) and float(text) != value:
        return format(Decimal(repr(value)), "f").removesuffix(".0")
    return text
