"""One cell of a filled workbook as the text that a CSV file would hold, or what is wrong with it.

Excel turns what people type into dates, percentages and truth values; each is undone where only one reading is
possible, and named where not.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from openpyxl.utils.escape import unescape

from gsanalysis.problems import quoted
from gsanalysis.rating.rate import exact_number

FORMULAS = ("ArrayFormula", "DataTableFormula")


def cell_text(cell: Any, column: str, kind: str) -> tuple[str, str]:
    """The text of a cell of openpyxl and "", or "" and what is wrong; ``kind`` is that of the row's indicator."""
    value = cell.value
    if value is None:
        return "", ""
    if cell.data_type == "f" or type(value).__name__ in FORMULAS:
        return "", f"a formula ({quoted(str(getattr(value, 'text', value)))}), expected its value"
    if cell.data_type == "e":
        return "", f"the error {value}, expected a value, or an empty cell where there is none"
    if isinstance(value, bool):
        return "", f"the truth value {str(value).upper()}, expected {_instead(value, column, kind)}"
    if isinstance(value, (date, datetime)):
        return _date_text(value, column, kind)
    if isinstance(value, (time, timedelta)):
        return "", f"a time of day ({value}), expected {'a number' if column == 'value' else 'a text'}"
    if isinstance(value, (int, float)):
        return _number_text(value, cell.number_format, column)
    return unescape(str(value)).strip(), ""


def _date_text(value: date, column: str, kind: str) -> tuple[str, str]:
    """A day where one belongs; anywhere else Excel has read something else as a date."""
    day = value.date().isoformat() if isinstance(value, datetime) else value.isoformat()
    if column == "reported_on" or (column == "value" and kind == "date"):
        return day, ""
    expected = {"value": "a number" if kind == "number" else "a text", "year": "a year of four digits"}
    if column in ("responses", "invited"):
        return "", f"a date ({day}), expected a whole number"
    return (
        "",
        f"a date ({day}), expected {expected.get(column, 'a text')}: type it again in a cell formatted as text",
    )


def _instead(value: bool, column: str, kind: str) -> str:
    """What a cell may hold in which Excel has made a truth value of a word."""
    if column == "value" and kind in ("yes_no", "date") and not (value and kind == "date"):
        return f"{'yes' if value else 'no'} as a text"
    if column == "value":
        return {"number": "a number", "date": "the day it was done"}.get(kind, "a text")
    return "a whole number" if column in ("year", "responses", "invited") else "a text"


def _number_text(value: float, number_format: str, column: str) -> tuple[str, str]:
    """Whole numbers with all their digits, also of a file number; others without what a computer's sums leave over."""
    text = str(value) if isinstance(value, int) else exact_number(value)
    if "%" in (number_format or "") and column in ("value", "responses", "invited"):
        shown = exact_number(100 * value)
        return (
            "",
            f"{text} shown as a percentage ({shown} %), expected the number {shown} in a cell without %",
        )
    return text, ""
