"""What one cell may hold: for each type of column a function from the cell's text to what is wrong with it.

Each returns "" for a sound text, else "what was found, what was expected". None looks at anything but the
text, so a column is checked once for each distinct text in it.
"""

import calendar
import math
import re
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

from gsanalysis.problems import listed, nearest, quoted
from gsanalysis.schema import CODE, NUMBER, YEAR, YEARS, Column

MONTHS = {name.casefold(): number for number, name in enumerate(calendar.month_abbr) if name}
BLANK_WORDS = {"-", "–", "—", ".", "n/a", "na", "n.a.", "none", "null", "#n/a", "?"}
NOT_FINITE = {"nan", "inf", "infinity"}

YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?=$|[T ])", re.ASCII)
YEAR_FIRST_CLOSED = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
YEAR_LAST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?=$|[T ])", re.ASCII)
MONTH_IN_LETTERS = re.compile(r"(\d{1,2})\.?[ -]([A-Za-z]{3})[a-z]*\.?[ -](\d{4})", re.ASCII)
# A spreadsheet counts days from its epoch; five digits in a date column are such a count (1954 to 2064).
SPREADSHEET_DAY = re.compile(r"[2-5]\d{4}", re.ASCII)
SPREADSHEET_EPOCH = date(1899, 12, 30)


def cell_fault(text: str, column: Column) -> str:
    """Return what is wrong with a filled cell of the column, or ""."""
    if column.allowed:
        return choice_fault(text, column.allowed)
    # A cell that names another row's code is looked up, which says more than that it is no code.
    if column.names:
        return ""
    fault = FAULTS[column.type](text) if column.type in FAULTS else ""
    if not fault and column.minimum is not None and float(text) < column.minimum:
        return f"{quoted(text)}, expected {column.minimum:g} or more"
    return fault


def empty_fault(column: Column) -> str:
    """Return the message for a required cell of the column that is empty."""
    expected = listed(column.allowed, "or", 20) if column.allowed else EXPECTED.get(column.type, "a text")
    return f"the cell is empty, expected {expected}: {column.explained}"


def choice_fault(text: str, allowed: tuple[str, ...]) -> str:
    """Return a message naming the nearest of the allowed words, and all of them."""
    if text in allowed:
        return ""
    near = nearest(text, allowed)
    every = listed(allowed, "or", 20)
    return f"{quoted(text)}, expected {near} ({every})" if near else f"{quoted(text)}, expected {every}"


def number_fault(text: str) -> str:
    """A number is `-?digits[.digits]` and nothing else."""
    if NUMBER.fullmatch(text):
        return "" if math.isfinite(float(text)) else f"{quoted(text)} is too large, expected a number"
    if re.search(r"[0-9]", text):
        return f"{quoted(text)} {_number_trouble(text)}"
    if text.casefold() in BLANK_WORDS:
        return f"{quoted(text)}, expected a number, or an empty cell where there is none"
    return f"{quoted(text)}, expected a number such as 12 or 12.5"


def count_fault(text: str) -> str:
    """A count is a whole number that isn't negative."""
    fault = number_fault(text)
    if fault or re.fullmatch(r"[0-9]+", text):
        return fault
    return f"{quoted(text)}, expected a whole number that isn't negative"


def date_fault(text: str) -> str:
    """A date is written 2014-03-31."""
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text, re.ASCII):
        return "" if _day(*map(int, text.split("-"))) else f"{quoted(text)} {_impossible(text)}"
    days = [day.isoformat() for day in _readings(text)]
    if days:
        return f"{quoted(text)}, expected a date as year-month-day: {listed(days, 'or')}"
    return f"{quoted(text)}, expected a date as year-month-day, such as 2014-03-31"


def value_date_fault(text: str) -> str:
    """The value of a milestone: the day it was done, or `no`."""
    if text == "no":
        return ""
    if text.casefold() in ("no", "yes", "not done", "done"):
        return f"{quoted(text)}, expected the day it was done, such as 2014-03-31, or no"
    fault = date_fault(text)
    return f"{fault}, or no where it is not done" if fault else ""


def code_fault(text: str) -> str:
    """A code starts with a letter, then letters, digits, `-`, `_` and `.`."""
    if CODE.fullmatch(text):
        return ""
    fitting = re.sub(r"[^\w.\-]+", "-", text).strip("-.")
    example = fitting if CODE.fullmatch(fitting) else "O3-K4a"
    return (
        f"{quoted(text)}, expected a code of letters, digits, “-”, “_” and “.” that starts with a letter, "
        f"such as {example}"
    )


def labels_fault(text: str) -> str:
    """A scale is two labels or more, each once, separated by `|`, without spaces around them."""
    labels = text.split("|")
    if len(labels) < 2:
        return (
            f"{quoted(text)}, expected labels from worst to best with | between them, such as poor|fair|good"
        )
    if any(not label or label != label.strip() for label in labels):
        return f"{quoted(text)}, expected labels without spaces around them and none empty"
    twice = [label for label in labels if labels.count(label) > 1]
    return f"{quoted(text)} has the label {quoted(twice[0])} twice, expected each once" if twice else ""


def band_fault(text: str) -> str:
    """A band is `low|high`, two numbers, the lower one first."""
    parts = [part.strip() for part in text.split("|")]
    if len(parts) != 2 or not all(parts):
        return f"{quoted(text)}, expected the lowest and the highest value as low|high, such as 4|6"
    for part in parts:
        if fault := number_fault(part):
            return fault
    if float(parts[0]) > float(parts[1]):
        return f"{quoted(text)}, expected the lower number first: {parts[1]}|{parts[0]}"
    return ""


def _year_fault(text: str) -> str:
    return "" if YEAR.fullmatch(text) else f"{quoted(text)}, expected a year of four digits, such as 2013"


def _years_fault(text: str) -> str:
    if not YEARS.fullmatch(text):
        return f"{quoted(text)}, expected a year or a range of years, such as 2011 or 2008-2011"
    first, last = text[:4], text[-4:]
    return f"{quoted(text)}, expected the earlier year first: {last}-{first}" if first > last else ""


def _address_fault(text: str) -> str:
    if re.fullmatch(r"https?://[^\s/?#]+([/?#]\S*)?", text, re.IGNORECASE):
        return ""
    return f"{quoted(text)}, expected an address that starts with https:// or http:// and has no spaces"


def _number_trouble(text: str) -> str:
    """Say what keeps a text with digits in it from being a number, and what to write."""
    plain = re.sub(r"[\s'’_]", "", text).replace("−", "-").removeprefix("+")
    if plain.endswith(("%", "‰")):
        fitting = plain[:-1].replace(",", ".")
        return f"has a percent sign, expected {fitting if NUMBER.fullmatch(fitting) else 'a number alone'}"
    if re.fullmatch(r"-?\d{1,3}(,\d{3})+", plain, re.ASCII):
        without = plain.replace(",", "")
        other = (
            f", or {plain.replace(',', '.')} if the comma is a decimal mark" if plain.count(",") == 1 else ""
        )
        return f"has a thousands separator, expected {without}{other}"
    if re.fullmatch(r"-?\d+,\d+", plain, re.ASCII):
        return f"has a decimal comma, expected {plain.replace(',', '.')}"
    if re.fullmatch(r"-?\d{1,3}(,\d{3})+\.\d+", plain, re.ASCII):
        return f"has a thousands separator, expected {plain.replace(',', '')}"
    if re.fullmatch(r"-?\d{1,3}(\.\d{3})+(,\d+)?", plain, re.ASCII):
        return f"has a thousands separator, expected {plain.replace('.', '').replace(',', '.')}"
    if re.fullmatch(r"-?(\d+\.?\d*|\.\d+)e[-+]?\d{1,2}", plain, re.ASCII | re.IGNORECASE):
        return f"has an exponent, expected {_without_exponent(plain)}"
    if NUMBER.fullmatch(plain):
        separated = re.search(r"\d[\s'’_]+\d", text)
        return f"{'has a thousands separator' if separated else 'has another sign'}, expected {plain}"
    if re.fullmatch(r"-?(\d+\.|\.\d+)", plain, re.ASCII):
        return f"lacks a digit beside its point, expected {_without_exponent(plain)}"
    return "is more than a number, expected digits alone, such as 12 or 12.5"


def _without_exponent(text: str) -> str:
    written = format(Decimal(text), "f")
    return written.rstrip("0").rstrip(".") if "." in written else written


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _impossible(text: str) -> str:
    year, month, _ = map(int, text.split("-"))
    if not year or not 1 <= month <= 12:
        return "is no day, expected a month from 01 to 12 in year-month-day"
    return f"is no day, expected 01 to {calendar.monthrange(year, month)[1]} for {year}-{month:02}"


def _readings(text: str) -> list[date]:
    """Return the days that a date in another form may mean: two for 03/04/2014, the European one first."""
    found: list[date | None] = []
    if match := YEAR_FIRST.match(text) or YEAR_FIRST_CLOSED.fullmatch(text):
        found = [_day(*map(int, match.groups()))]
    elif match := YEAR_LAST.match(text):
        first, second, year = map(int, match.groups())
        found = [_day(year, second, first), _day(year, first, second)]
    elif match := MONTH_IN_LETTERS.fullmatch(text):
        found = [_day(int(match[3]), MONTHS.get(match[2].casefold(), 0), int(match[1]))]
    elif SPREADSHEET_DAY.fullmatch(text):
        found = [SPREADSHEET_EPOCH + timedelta(days=int(text))]
    return list(dict.fromkeys(day for day in found if day))


EXPECTED = {
    "code": "a code such as O3-K4a",
    "number": "a number",
    "year": "a year of four digits",
    "date": "a date such as 2014-03-31",
    "address": "an address",
}

FAULTS: dict[str, Callable[[str], str]] = {
    "code": code_fault,
    "number": number_fault,
    "count": count_fault,
    "year": _year_fault,
    "years": _years_fault,
    "date": date_fault,
    "address": _address_fault,
    "labels": labels_fault,
}
