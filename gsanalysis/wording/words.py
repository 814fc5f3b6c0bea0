"""Numbers, days and ratings as they are read in sentences, tables and charts.

Every function returns text. A thin space (U+202F, which never breaks a line) parts thousands and stands
before %; a negative number has a minus sign, not a hyphen; what is missing is an en dash.
"""

import math
import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

THIN = "\u202f"
MINUS = "\u2212"
DASH = "–"
ELLIPSIS = "…"

RATING_WORDS = {
    "achieved": "achieved",
    "on_track": "on track",
    "at_risk": "at risk",
    "off_track": "off track",
    "no_data": "no data",
    "no_comparison": "no comparison",
    "not_yet_due": "not yet due",
    "not_applicable": "not applicable",
    "monitored": "monitored",
}
STATE_WORDS = {
    "final": "final",
    "provisional": "provisional",
    "estimated": "estimated",
    "illustrative": "invented",
    "not_applicable": "not applicable",
    "not_collected": "not collected",
}
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

_MONEY = re.compile(r"([A-Z]{3})(?: (thousand|million|billion))?(?:$|[ ,;(])")
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
_BREAKS = re.compile(r"[ \t\n\r\f\v\u0085\u2028\u2029]+")
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_OTHER_CAPITALS = {"SLA", "MCG", "KPI", "VIP", "TCO", "ITU"}


def number(value: object, unit: str = "") -> str:
    """A number for reading, with at most three significant digits: "74.5 %", "CHF 16.1 million", "1 230".

    Of the unit only % and a currency are written; other units belong into the sentence. Whole per cents are
    never rounded to: 99.96 stays 99.96 %, because 100 % would say something else.
    """
    if _missing(value):
        return DASH
    amount = float(value)  # type: ignore[arg-type]
    if is_share(unit) and abs(amount) < 1000:
        return _with_unit(_share_digits(amount), unit)
    return _with_unit(_digits(amount, in_millions=_money_scale(unit) == "million"), unit)


def exact(value: object, unit: str = "") -> str:
    """A value in full, as a table or an explanation states it: "90.25 %", "CHF 16 100 000", "30 June 2013".

    Text that is neither a number nor an ISO date ("fair", "yes") is returned as it is.
    """
    if _missing(value):
        return DASH
    text = str(value).strip()
    if _ISO_DATE.fullmatch(text):
        return date_text(text)
    if isinstance(value, str) and not _NUMBER.fullmatch(text):
        return value
    return _with_unit(_grouped(_plain(f"{float(text):.12g}")), unit)


def date_text(iso: str) -> str:
    """An ISO day in words, "31 March 2015", in every locale; another text raises ValueError."""
    day = date.fromisoformat(iso)
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def share(n: int, of: int) -> str:
    """A part of a whole: a count up to ten things ("2 of 3"), a share without decimals above ("18 %").

    More than none is never 0 %, and less than all is never 100 %.
    """
    if of <= 10:
        return f"{n} of {of}"
    percent = math.floor(100 * n / of + 0.5)
    if 0 < n < of:
        percent = min(max(percent, 1), 99)
    return f"{percent}{THIN}%"


def rating_word(rating: str) -> str:
    """The word of a rating's code: "on track" for on_track; an unknown code is a KeyError."""
    return RATING_WORDS[rating]


def state_word(state: str) -> str:
    """The word of a figure's state, "invented" for illustrative; an unknown code is a KeyError."""
    return STATE_WORDS[state]


def listed(items: Sequence[str]) -> str:
    """Several things in one sentence: "Arabic, Chinese and Russian"."""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} and {items[-1]}" if items else ""


def shortened(text: str, length: int) -> str:
    """The text in at most `length` characters, cut with … and after a whole word where there is one."""
    text = one_line(text)
    if len(text) <= length:
        return text
    cut = text[: length - 1]
    whole = cut.rsplit(" ", 1)[0] if " " in cut[length // 2 :] else cut
    return whole.rstrip(" ,;:–-(/") + ELLIPSIS


def one_line(text: str) -> str:
    """The text without line breaks and doubled spaces; thin and no-break spaces stay."""
    return _BREAKS.sub(" ", text).strip(" ")


def is_share(unit: str) -> bool:
    """Whether the unit is a share in per cent: "%", "% of delegates", "per cent"."""
    return unit.strip().lower().startswith(("%", "per cent", "percent ")) or unit.strip().lower() == "percent"


def currency(unit: str) -> str:
    """The currency code that a unit begins with ("CHF" of "CHF million"), or ""."""
    found = _MONEY.match(unit.strip())
    return found[1] if found and found[1] not in _OTHER_CAPITALS else ""


def _money_scale(unit: str) -> str:
    found = _MONEY.match(unit.strip())
    return (found[2] or "") if found and currency(unit) else ""


def _missing(value: object) -> bool:
    return value is None or value == "" or (isinstance(value, float) and math.isnan(value)) or value != value


def _with_unit(digits: str, unit: str) -> str:
    if is_share(unit):
        return f"{digits}{THIN}%"
    if currency(unit):
        return " ".join(part for part in (currency(unit), digits, _money_scale(unit)) if part)
    return digits


def _share_digits(amount: float) -> str:
    for digits in range(3, 13):
        if abs(float(f"{amount:.{digits}g}")) not in (0, 100) or float(f"{amount:.{digits}g}") == amount:
            break
    return (
        _grouped(_plain(f"{amount:.{digits}g}"))
        if abs(amount) >= 1e-9
        else _digits(amount, in_millions=False)
    )


def _digits(amount: float, in_millions: bool) -> str:
    rounded = float(f"{amount:.3g}")
    if in_millions and 1 <= abs(rounded) < 100:
        return _grouped(f"{amount:.1f}")
    if 1e-9 <= abs(rounded) < 1e6 or rounded == 0:
        return _grouped(_plain(f"{amount:.3g}"))
    if 1 <= abs(rounded) < 1e15:
        return f"{_digits(amount / 1e6, in_millions=True)} million"
    mantissa, exponent = f"{amount:.2e}".split("e")
    return f"{_grouped(mantissa)} × 10^{int(exponent)}".replace("-", MINUS)


def _plain(text: str) -> str:
    """A number's text without exponent, without trailing zeros and never -0."""
    plain = format(Decimal(text), "f")
    plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
    return "0" if plain in ("-0", "") else plain


def _grouped(text: str) -> str:
    sign, digits = (MINUS, text[1:]) if text.startswith("-") else ("", text)
    whole, point, rest = digits.partition(".")
    return f"{sign}{f'{int(whole):,}'.replace(',', THIN)}{point}{rest}"
