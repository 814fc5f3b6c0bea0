"""`collect`: a workbook for each objective that a colleague can fill in without a manual."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter

from gsanalysis.forms.columns import FURTHER, SHEET, title_of
from gsanalysis.forms.guide import guide
from gsanalysis.forms.lines import Line, lines
from gsanalysis.rating.evaluation import Evaluation
from gsanalysis.rating.values import Indicator
from gsanalysis.schema import MEASUREMENTS, STATES_WITH_VALUE, STATES_WITHOUT_VALUE, VERIFICATIONS
from gsanalysis.spreadsheets import A4, CREATED, LINE, row_height, set_paper

NAMES = MEASUREMENTS.names
FIXED = ("indicator", "year", "breakdown")  # filled in and locked in the lines that are asked for
SPARE = 20  # empty lines below, for parts that nobody knew of
# On a small screen what is asked must still be in sight beside the cells to fill in.
WIDTHS = {
    "indicator": 10, "year": 6, "breakdown": 16, "value": 11, "state": 13, "reported_on": 12, "source": 24,
    "source_url": 12, "verification": 12, "comment": 24, "responses": 10, "invited": 8, "what is asked": 32,
    "the plan's words": 40, "unit": 12, "what to enter": 40, "how it is rated": 40, "definition": 60,
    "who supplies it": 24, "last year": 24, "already known": 24,
}  # fmt: skip
MESSAGES = {
    "state": "How firm the figure is, or why there is none; see the sheet “guide”.",
    "reported_on": "The day the source was published, such as 2015-03-31.",
    "source": "Where the figure comes from: a document, a system.",
    "verification": "Who has checked the figure.",
    "comment": "What a reader should know; the reason of a correction.",
}
FONT = {"font_name": "Arial", "font_size": 10, "valign": "top"}


def collect(evaluation: Evaluation, objectives: Sequence[str], out: Path) -> list[Path]:
    """Write the forms of these objectives for the evaluated year into ``out``, and return their paths.

    An objective without an indicator of its own gets none. Raises OSError where ``out`` can't be written; a form
    appears whole or not at all.
    """
    out.mkdir(parents=True, exist_ok=True)
    made = []
    for objective in objectives:
        asked = lines(evaluation, objective)
        if asked:
            path = out / f"{objective}-{evaluation.year}.xlsx"
            _put(path, lambda target, code=objective, own=asked: _write(target, evaluation, code, own))
            made.append(path)
    return made


def _put(path: Path, write: Any) -> None:
    """Write beside the path and move it there in one step."""
    handle, name = tempfile.mkstemp(prefix=".", suffix=".xlsx", dir=path.parent)
    os.close(handle)
    beside = Path(name)
    try:
        write(beside)
        beside.chmod(0o644)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def _write(path: Path, evaluation: Evaluation, objective: str, asked: list[Line]) -> None:
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(str(path), options)
    book.set_properties({"title": title_of(objective, evaluation.year), "created": CREATED})
    formats = _formats(book)
    sheet = book.add_worksheet(SHEET)
    _write_guide(book.add_worksheet("guide"), formats, guide(evaluation, objective))
    scales = _write_lists(book.add_worksheet("lists"), asked)
    for at, name in enumerate([*NAMES, *FURTHER]):
        sheet.write_string(0, at, name, formats["head"])
        sheet.set_column(at, at, WIDTHS[name])
    for row, line in enumerate(asked, start=1):
        _write_line(sheet, formats, row, line, evaluation.year, scales)
    _write_spare(sheet, formats, len(asked) + 1, asked, evaluation.year)
    sheet.freeze_panes(1, len(FIXED))
    set_paper(sheet, [WIDTHS[name] for name in [*NAMES, *FURTHER]], repeated=len(FIXED))
    may = ("select_locked_cells", "select_unlocked_cells", "format_columns", "format_rows", "autofilter")
    sheet.protect("", dict.fromkeys(may, True))
    book.close()


def _formats(book: Any) -> dict[str, Any]:
    wrapped = {**FONT, "text_wrap": True}
    looks: dict[str, dict[str, Any]] = {
        "head": {**wrapped, "bold": True, "bottom": 2},
        "asked": {**wrapped, "bg_color": "#eef1f3", "locked": True},
        "free": {**wrapped, "locked": False, "border": 1, "border_color": "#c9d0d6"},
        "day": {**FONT, "locked": False, "border": 1, "border_color": "#c9d0d6", "num_format": "yyyy-mm-dd"},
        "heading": {**FONT, "bold": True, "font_size": 14, "valign": "bottom"},
        "lead": {**FONT, "bold": True},
        "text": wrapped,
    }
    return {name: book.add_format(look) for name, look in looks.items()}


def _write_line(
    sheet: Any, formats: dict[str, Any], row: int, line: Line, year: int, scales: dict[tuple[str, ...], str]
) -> None:
    sheet.write_string(row, 0, line.indicator.code, formats["asked"])
    sheet.write_number(row, 1, year, formats["asked"])
    sheet.write_string(row, 2, line.part, formats["asked"])
    _free_cells(sheet, formats, row, line.indicator)
    at = NAMES.index("value")
    sheet.data_validation(row, at, row, at, _value_rule(line, scales))
    for place, text in enumerate(line.further, start=len(NAMES)):
        sheet.write_string(row, place, text, formats["asked"])
    sheet.set_row(
        row, row_height((line.part, *line.further), [WIDTHS[name] for name in ("breakdown", *FURTHER)])
    )


def _free_cells(sheet: Any, formats: dict[str, Any], row: int, indicator: Indicator | None) -> None:
    """The empty cells to fill in, with what may be entered."""
    for at, name in enumerate(NAMES):
        if name not in FIXED:
            is_day = name == "reported_on" or (name == "value" and indicator and indicator.kind == "date")
            sheet.write_blank(row, at, None, formats["day" if is_day else "free"])
            rule = _RULES.get(name)
            if rule:
                message = {"input_message": MESSAGES[name]} if name in MESSAGES else {}
                sheet.data_validation(row, at, row, at, {**rule, **message, "ignore_blank": True})


def _value_rule(line: Line, scales: dict[tuple[str, ...], str]) -> dict[str, Any]:
    """What the value may be: a list for labels and yes or no, bounds for numbers; a day or `no` is only explained."""
    indicator = line.indicator
    about = {
        "input_title": indicator.code[:32],
        "input_message": f"{indicator.row['name']}. {line.further[FURTHER.index('what to enter')]}"[:255],
    }
    wrong = {
        "error_title": "Not a value",
        "error_message": line.further[FURTHER.index("what to enter")][:255],
    }
    if indicator.kind == "yes_no":
        return {"validate": "list", "source": ["yes", "no"], **about, **wrong}
    if indicator.kind == "level":
        return {"validate": "list", "source": scales[indicator.scale], **about, **wrong}
    if indicator.kind == "date":
        return {"validate": "any", **about}
    low = -1e15 if indicator.minimum is None else indicator.minimum
    high = 1e15 if indicator.maximum is None else indicator.maximum
    return {"validate": "decimal", "criteria": "between", "minimum": low, "maximum": high, **about, **wrong}


def _write_spare(sheet: Any, formats: dict[str, Any], start: int, asked: list[Line], year: int) -> None:
    """Empty lines for new parts: the code from a list, the year filled in."""
    codes = list(dict.fromkeys(line.indicator.code for line in asked))
    for row in range(start, start + SPARE):
        sheet.write_blank(row, 0, None, formats["free"])
        sheet.write_number(row, 1, year, formats["asked"])
        sheet.write_blank(row, 2, None, formats["free"])
        _free_cells(sheet, formats, row, None)
        sheet.write_string(row, len(NAMES), "a new part: give the indicator's code", formats["asked"])
    last = ("lists", len(codes))
    source = f"={last[0]}!$A$1:$A${last[1]}"
    sheet.data_validation(start, 0, start + SPARE - 1, 0, {"validate": "list", "source": source})


def _write_lists(sheet: Any, asked: list[Line]) -> dict[tuple[str, ...], str]:
    """Lists that drop-downs refer to, since labels may hold commas: the codes, then each scale. Hidden."""
    codes = list(dict.fromkeys(line.indicator.code for line in asked))
    scales = list(dict.fromkeys(line.indicator.scale for line in asked if line.indicator.scale))
    for row, code in enumerate(codes):
        sheet.write_string(row, 0, code)
    found = {}
    for at, scale in enumerate(scales, start=1):
        for row, label in enumerate(scale):
            sheet.write_string(row, at, label)
        letter = xlsxwriter.utility.xl_col_to_name(at)
        found[scale] = f"=lists!${letter}$1:${letter}${len(scale)}"
    sheet.hide()
    return found


def _write_guide(sheet: Any, formats: dict[str, Any], told: list[tuple[str, str]]) -> None:
    widths = (18, 90)
    for at, width in enumerate(widths):
        sheet.set_column(at, at, width)
    sheet.hide_gridlines(2)
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    for row, (lead, text) in enumerate(told):
        sheet.write_string(row, 0, lead or text, formats["lead" if lead else "heading"])
        sheet.set_row(row, row_height((lead, text), widths) if lead else 2 * LINE)
        if lead:
            sheet.write_string(row, 1, text, formats["text"])


_RULES: dict[str, dict[str, Any]] = {
    "state": {"validate": "list", "source": [*STATES_WITH_VALUE, *STATES_WITHOUT_VALUE]},
    "verification": {"validate": "list", "source": list(VERIFICATIONS)},
    "reported_on": {"validate": "date", "criteria": ">=", "value": date(1990, 1, 1)},
    "responses": {"validate": "integer", "criteria": ">=", "value": 0},
    "invited": {"validate": "integer", "criteria": ">=", "value": 0},
    "source": {"validate": "any"},
    "comment": {"validate": "any"},
}
