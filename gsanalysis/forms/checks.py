"""What can be wrong with a filled line: held against the plan, cell by cell."""

from __future__ import annotations

import math
import re
import unicodedata
from itertools import takewhile

from gsanalysis.checking.measurement_rules import check_rows
from gsanalysis.forms.columns import ASKED
from gsanalysis.plan import Plan
from gsanalysis.problems import listed, nearest, quoted
from gsanalysis.reading import Sheet
from gsanalysis.reading.cells import empty_fault
from gsanalysis.schema import MEASUREMENTS

LONG_ENOUGH = 5  # letters; shorter names that differ in one of them are as often two names as one


def check_forms(forms: Sheet, indicators: Sheet, plan: Plan) -> None:
    """Report everything that is wrong with the lines; ``indicators`` are the plan's, as they were read."""
    _check_codes(forms, plan)
    _check_empty(forms)
    _check_parts(forms, plan)
    check_rows(forms, indicators, math.inf)


def _check_empty(forms: Sheet) -> None:
    """A line that gives something has all its required cells."""
    for column in MEASUREMENTS.columns:
        if column.required and not column.may_be_empty and column.name != "reported_on":
            for position, text in enumerate(forms.frame[column.name]):
                if text == "" and forms.is_sound(position, column.name):
                    forms.report(position, column.name, _empty(forms, position, column.name))


def _empty(forms: Sheet, position: int, name: str) -> str:
    if name == "indicator":
        return "a figure without an indicator, expected its code; totals below the lines are not asked for"
    if name == "state" and forms.text(position, "value"):
        value = quoted(forms.text(position, "value"))
        return f"the cell is empty, expected final, provisional or estimated for the value {value}"
    return empty_fault(MEASUREMENTS[name])


def _check_codes(forms: Sheet, plan: Plan) -> None:
    """The code is an indicator's that has rows of its own, and that of what the line asks."""
    names = dict(zip(plan.indicators["indicator"], plan.indicators["name"], strict=True))
    sources = dict(zip(plan.indicators["indicator"], plan.indicators["measured_by"], strict=True))
    for position, code in enumerate(forms.frame["indicator"]):
        if not code or not forms.is_sound(position, "indicator"):
            continue
        asked = forms.text(position, ASKED)
        meant = [other for other, name in names.items() if name == asked]
        if code not in names:
            near = meant[0] if len(meant) == 1 else nearest(code, names)
            expected = near or f"one of {listed(list(names), 'or')}"
            forms.report(position, "indicator", f"unknown indicator {quoted(code)}, expected {expected}")
        elif meant and code not in meant:
            fault = f"{quoted(code)} is not the code of {quoted(asked)}, expected {listed(meant, 'or')}"
            forms.report(position, "indicator", fault)
        elif sources[code]:
            fault = f"{quoted(code)} has no figures of its own, expected {sources[code]}, which measures it"
            forms.report(position, "indicator", fault)


def _check_parts(forms: Sheet, plan: Plan) -> None:
    """A part is a known one or really new; where parts are collected, nobody asked for their total."""
    rows = plan.measurements
    first: dict[str, dict[str, int]] = {}  # of each part known the first year
    for code, year, part in zip(rows["indicator"], rows["year"], rows["breakdown"], strict=True):
        years = first.setdefault(str(code), {})
        years[str(part)] = min(int(year), years.get(str(part), int(year)))
    given: dict[str, set[str]] = {}
    for code, part in zip(forms.frame["indicator"], forms.frame["breakdown"], strict=True):
        given.setdefault(str(code), set()).add(str(part))
    together = set(plan.indicators.loc[plan.indicators["breakdowns"] != "", "indicator"])
    for position, (code, part) in enumerate(
        zip(forms.frame["indicator"], forms.frame["breakdown"], strict=True)
    ):
        parts = list(first.get(code, {}))
        if not parts or part in parts or not forms.is_sound(position, "indicator", "breakdown"):
            continue
        if part == "":
            year, value = forms.text(position, "year"), forms.text(position, "value")
            asked = [one for one in parts if not year.isdecimal() or first[code][one] <= int(year)]
            if asked and value and code in together:
                some = listed([quoted(one) for one in asked], "or", 4)
                fault = f"a total where parts are collected, expected a part such as {some}"
                forms.report(position, "breakdown", fault)
        elif near := next((one for one in parts if one and _same_word(part, one)), ""):
            forms.report(position, "breakdown", f"unknown part {quoted(part)}, expected {near}")
        elif near := next((one for one in parts if one not in given[code] and is_slip(part, one)), ""):
            fault = f"unknown part {quoted(part)}, expected {near}; if it is another part, fill in {near} too"
            forms.report(position, "breakdown", fault)


def is_slip(text: str, name: str) -> bool:
    """Whether a text is probably the name with one slip: a letter more, less or other, or two of them exchanged.

    What tells parts apart is no slip: a number, a single letter, "North" and "South" or "men" and "women".
    """
    if min(len(text), len(name)) < LONG_ENOUGH or _marks(text) != _marks(name):
        return False
    text, name = _bare(text), _bare(name)
    start = _shared(text, name)
    text, name = text[start:], name[start:]
    end = _shared(text[::-1], name[::-1])
    text, name = text[: len(text) - end], name[: len(name) - end]
    return max(len(text), len(name)) < 2 or (len(text) == 2 and text == name[::-1])


def _shared(text: str, name: str) -> int:
    """How many letters at their beginning are the same."""
    return len(list(takewhile(lambda pair: pair[0] == pair[1], zip(text, name, strict=False))))


def _marks(text: str) -> list[str]:
    """The words that number or letter a part: 2013, B, II, P3."""
    words = re.findall(r"\w+", text)
    return [word for word in words if len(word) == 1 or re.search(r"\d|^[IVX]+$", word)]


def _same_word(text: str, name: str) -> bool:
    """Whether two names differ in capitals, spaces and signs only."""
    return _bare(text) == _bare(name)


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text)).casefold()
