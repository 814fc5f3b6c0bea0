"""The workbook itself: sheets with frozen headers and filters, numbers as numbers, and every text as text."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from gsanalysis.exchange.whole import write_file
from gsanalysis.exchange.workbook.cells import CHARACTERS, Cell, chunks
from gsanalysis.exchange.workbook.sheets import Sheet, known, sheets
from gsanalysis.problems import listed
from gsanalysis.rating.evaluation import Evaluation
from gsanalysis.rating.vintages import edition
from gsanalysis.schema import TABLES
from gsanalysis.spreadsheets import CREATED, row_height, set_paper
from gsanalysis.wording.words import date_text

ROWS = 1_048_576  # of an Excel sheet, its header among them
WIDEST, NARROWEST = 60, 8  # characters of a column
LONG_TEXTS = "long texts"


def write_workbook(evaluation: Evaluation, out: Path) -> list[str]:
    """Write one Excel workbook with everything, and return what it can't hold as it is, in sentences.

    A contents sheet, the year's ratings with their explanations, every table of the data, the commentary, and what the
    words and columns mean. With an as-of date only what was there by then. The same data give the same bytes.
    """
    whole = sheets(evaluation)
    parts = [part for sheet in whole for part in _in_parts(sheet)]
    said = [*_left_out(evaluation), *(sentence for sheet in whole for sentence in _kept_as_text(sheet))]
    if further := [part.name for part in parts if part.name not in {sheet.name for sheet in whole}]:
        said.append(f"A sheet has {ROWS:,} rows at most; the rows beyond them stand in {listed(further)}.")
    long, notes = _long_texts(parts)
    write_file(out, _content(evaluation, [*parts, *long]))
    return [*said, *notes]


def _left_out(evaluation: Evaluation) -> Iterator[str]:
    """What an as-of date leaves out."""
    if not evaluation.as_of:
        return
    plan = evaluation.plan
    later = {t.name: len(getattr(plan, t.name)) - len(known(evaluation, t)) for t in TABLES.values()}
    later["commentary"] = len(plan.commentary)
    counts = [f"{count} of {name}" for name, count in later.items() if count]
    if counts:
        yield f"Rows that were not there on {date_text(evaluation.as_of)} are left out: {listed(counts)}."


def _kept_as_text(sheet: Sheet) -> Iterator[str]:
    if sheet.as_text:
        cells = listed([xl_rowcol_to_cell(row + 1, column) for row, column in sheet.as_text])
        yield (
            f"Numbers of more than 15 digits and days before March 1900 stay texts in {sheet.name}, because Excel "
            f"would change them: {cells}."
        )


def _in_parts(sheet: Sheet) -> list[Sheet]:
    """The sheet, or several where its rows are more than Excel takes."""
    fit = ROWS - 1
    starts = range(0, max(len(sheet.rows), 1), fit)
    if len(starts) == 1:
        return [sheet]
    return [
        Sheet(
            sheet.name if not start else f"{sheet.name} {start // fit + 1}",
            sheet.about,
            sheet.header,
            sheet.rows[start : start + fit],
            frozenset(place - start for place in sheet.invented if start <= place < start + fit),
        )
        for start in starts
    ]


def _long_texts(parts: Sequence[Sheet]) -> tuple[list[Sheet], list[str]]:
    """A sheet with the rest of each text that is longer than a cell, and a sentence that says so."""
    found: list[list[Cell]] = [
        [sheet.name, xl_rowcol_to_cell(row + 1, column), number, piece]
        for sheet in parts
        for row, cells in enumerate(sheet.rows)
        for column, cell in enumerate(cells)
        if isinstance(cell, str) and 2 * len(cell) > CHARACTERS
        for number, piece in enumerate(list(chunks(cell))[1:], start=2)
    ]
    if not found:
        return [], []
    where = listed(list(dict.fromkeys(f"{name} {place}" for name, place, *_ in found)))
    about = "The rest of each text that is longer than a cell can be"
    said = f"A cell has {CHARACTERS:,} characters at most; the rest of {where} stands in “{LONG_TEXTS}”."
    return [Sheet(LONG_TEXTS, about, ["sheet", "cell", "piece", "text"], found)], [said]


def _content(evaluation: Evaluation, parts: Sequence[Sheet]) -> bytes:
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        book.set_properties(
            {"title": evaluation.plan.title, "author": evaluation.plan.organisation, "created": CREATED}
        )
        forms = _forms(book)
        _write_contents(book.add_worksheet("contents"), evaluation, parts, forms)
        for sheet in parts:
            _write_sheet(book.add_worksheet(sheet.name), sheet, forms)
    return content.getvalue()


def _forms(book: Any) -> dict[str, Any]:
    text = {"text_wrap": True, "valign": "top"}
    day = {**text, "num_format": "yyyy-mm-dd", "align": "left"}
    return {
        "title": book.add_format({"bold": True, "font_size": 16}),
        "header": book.add_format({**text, "bold": True, "bottom": 2}),
        "text": book.add_format(text),
        "day": book.add_format(day),
        "invented text": book.add_format({**text, "italic": True}),
        "invented day": book.add_format({**day, "italic": True}),
        "link": book.add_format({"font_color": "#0b4f8a", "underline": 1, "valign": "top"}),
    }


def _write_contents(page: Any, evaluation: Evaluation, parts: Sequence[Sheet], forms: dict[str, Any]) -> None:
    """What the workbook is about, and a link to each of its sheets."""
    plan = evaluation.plan
    widths = (24, 80, 10)
    for column, width in enumerate(widths):
        page.set_column(column, column, width)
    page.write_string(0, 0, plan.title, forms["title"])
    row = 1
    for label, text in _facts(evaluation):
        page.write_string(row, 0, label, forms["text"])
        page.write_string(row, 1, text, forms["text"])
        page.set_row(row, row_height((label, text), widths[:2]))
        row += 1
    row += 1
    for column, name in enumerate(("sheet", "what it holds", "rows")):
        page.write_string(row, column, name, forms["header"])
    for place, sheet in enumerate(parts, start=row + 1):
        page.write_url(place, 0, f"internal:'{sheet.name}'!A1", forms["link"], sheet.name)
        page.write_string(place, 1, sheet.about, forms["text"])
        page.write_number(place, 2, len(sheet.rows), forms["text"])
    set_paper(page, widths, repeated=1)


def _facts(evaluation: Evaluation) -> Iterator[tuple[str, str]]:
    plan = evaluation.plan
    yield "organisation", plan.organisation
    yield "plan", f"{plan.first_year} to {plan.last_year}"
    yield "ratings of", str(evaluation.year)
    if day := edition(evaluation):
        yield "known on", date_text(day)
    rows = known(evaluation, TABLES["measurements"])
    values = rows[rows["value"] != ""]
    if invented := int((values["state"] == "illustrative").sum()):
        yield (
            "invented figures",
            f"{invented} of {len(values)}: invented to show the workbook, and each in italics. They say nothing about "
            "the real organisation.",
        )


def _write_sheet(page: Any, sheet: Sheet, forms: dict[str, Any]) -> None:
    widths = [_width(sheet, column) for column in range(len(sheet.header))]
    for column, name in enumerate(sheet.header):
        page.write_string(0, column, name, forms["header"])
        page.set_column(column, column, widths[column])
    for place, cells in enumerate(sheet.rows):
        page.set_row(place + 1, row_height(cells, widths))
        mark = "invented " if place in sheet.invented else ""
        for column, cell in enumerate(cells):
            _write_cell(page, place + 1, column, cell, forms[f"{mark}text"], forms[f"{mark}day"])
    page.freeze_panes(1, 1)
    page.autofilter(0, 0, len(sheet.rows), len(sheet.header) - 1)
    set_paper(page, widths, repeated=1)


def _write_cell(page: Any, row: int, column: int, cell: Cell, form: Any, day_form: Any) -> None:
    """Write by the type of the cell; what begins with = is a text like any other."""
    if isinstance(cell, str):
        page.write_string(row, column, next(chunks(cell)), form)
    elif isinstance(cell, date):
        page.write_datetime(row, column, cell, day_form)
    elif cell is not None:
        page.write_number(row, column, cell, form)


def _width(sheet: Sheet, column: int) -> int:
    texts = [sheet.header[column], *(str(row[column]) for row in sheet.rows if row[column] is not None)]
    longest = max(len(line) for text in texts for line in text.split("\n"))
    return min(max(longest + 2, NARROWEST), WIDEST)
