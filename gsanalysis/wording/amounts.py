"""Values with their units inside sentences: rounded for reading, in full where rounding would mislead."""

from __future__ import annotations

import re
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from itertools import pairwise

from gsanalysis.rating.rules import Scalar
from gsanalysis.wording.words import MINUS, THIN, currency, exact, is_share, number

NO_UNIT = ("", "number")
THRESHOLD_DIGITS = 6  # of a threshold that has more than two decimals

_FIRST_NUMBER = re.compile(rf"{MINUS}?\d[\d{THIN}]*(\.\d+)?")
_UNIT_COUNT = re.compile(r"(?<=per )\d{4,}")
_SAME_IN_SINGULAR = re.compile(r"(ss|us|is|series|species)$")
_PLURALS = ((re.compile(r"ies$"), "y"), (re.compile(r"(ss|x|ch|sh)es$"), r"\1"), (re.compile(r"s$"), ""))


def amount(value: Scalar | None, unit: str) -> str:
    """A value with its unit for reading: "75 %", "CHF 16.1 million", "129 countries", "fair"."""
    if isinstance(value, str):
        return exact(value)
    return united(number(value, unit), unit)


def amounts(unit: str, *values: Scalar | None, within: float = 0.01) -> list[str]:
    """Numbers that are compared, of the unit only % and the currency: "51 870", "51 000".

    They are rounded for reading, unless two neighbours that differ would then read the same, or their distance
    would be wrong by more than the share ``within`` of it.
    """
    numbers = [float(value or 0) for value in values]
    writers = (number, _two_decimals, _six_digits) if _in_millions(numbers, unit) else (number, _six_digits)
    for write in writers:
        texts = [write(value, unit) for value in numbers]
        if all(_tells(pair, unit, texts[at : at + 2], within) for at, pair in enumerate(pairwise(numbers))):
            return texts
    return [exact(value, unit) for value in numbers]


def difference(size: float, unit: str) -> str:
    """The distance between two values: points for shares, else the unit ("4 points", "CHF 0.3 million")."""
    if is_share(unit):
        text = number(abs(size))
        return f"{text} {'point' if text == '1' else 'points'}"
    return amount(abs(size), unit)


def threshold(value: float, unit: str, up: bool) -> str:
    """A value from which something changes, in full or to six digits.

    It is rounded away from the present value, so that what is said always lies on the side where the change is.
    """
    full = Decimal(f"{value:.12g}")
    if full != round(full, 2):
        place = Decimal(1).scaleb(full.adjusted() + 1 - THRESHOLD_DIGITS)
        full = full.quantize(place, rounding=ROUND_CEILING if up else ROUND_FLOOR)
    return united(exact(float(full), unit), unit)


def united(text: str, unit: str) -> str:
    """A written number with its unit, unless that is % or a currency and written already: "1 copy", "3 copies"."""
    if is_share(unit) or currency(unit) or unit in NO_UNIT:
        return text
    unit = _UNIT_COUNT.sub(lambda count: exact(float(count[0])), unit)
    return f"{text} {_singular(unit) if text in ('1', f'{MINUS}1') else unit}"


def _singular(unit: str) -> str:
    """The unit with its first word in the singular, as far as English spelling gives it away."""
    first, space, rest = unit.partition(" ")
    if len(first) < 4 or not re.search("[aeiouAEIOU]", first) or _SAME_IN_SINGULAR.search(first):
        return unit
    for plural, ending in _PLURALS:
        if plural.search(first):
            return plural.sub(ending, first) + space + rest
    return unit


def _in_millions(values: list[float], unit: str) -> bool:
    """Whether all are written in millions, which the unit does not say."""
    plain = not is_share(unit) and not re.search("thousand|million|billion", unit)
    return plain and all(1e6 <= abs(value) < 1e9 for value in values)


def _two_decimals(value: float, unit: str) -> str:
    """Millions with two decimals: "CHF 163.90 million"."""
    digits = f"{value / 1e6:.2f}".replace("-", MINUS)
    return " ".join(part for part in (currency(unit), digits, "million") if part)


def _six_digits(value: float, unit: str) -> str:
    return exact(float(f"{value:.6g}"), unit)


def _tells(values: tuple[float, float], unit: str, texts: list[str], within: float) -> bool:
    """Whether the texts show the difference of the values, to within a share of it."""
    if "^" in "".join(texts):
        return texts[0] != texts[1]
    said = [_said(text, unit) for text in texts]
    gap = values[1] - values[0]
    return (texts[0] != texts[1]) == (gap != 0) and abs(said[1] - said[0] - gap) <= within * abs(gap)


def _said(text: str, unit: str) -> float:
    """The number that a text says."""
    found = _FIRST_NUMBER.search(text)
    assert found is not None, text
    size = float(found[0].replace(MINUS, "-").replace(THIN, ""))
    return size * 1e6 if "million" in text and "million" not in unit else size
