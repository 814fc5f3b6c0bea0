"""Where the room of a page goes, and what happens to text that does not fit it."""

import nbformat
import pytest
from pdf_breaks import break_faults
from pdf_places import place_faults, read_runs
from sample_notebook import (
    BLOCK,
    FINDINGS,
    HOSTILE,
    HOSTILE_TABLE,
    LONG_TABLE,
    LONG_WORD,
    block,
    code_cell,
    notebook,
    sample_notebook,
    title,
)

from gsanalysis.exporters import PDFExporter
from gsanalysis.exporters.images import Image
from gsanalysis.exporters.layout import PAGE, notes_beside, table_layout
from gsanalysis.exporters.links import safe_address
from gsanalysis.exporters.plain_text import BREAK, breakable, clean, printable_text

CELL = {"text": "", "small": "", "sign": None, "strip": []}


def table(widths, *rows):
    """Make the part of a table block that its layout depends on, each label being "Head"."""
    columns = [{"label": "Head", "note": "", "width": width} for width in widths]
    return {"columns": columns, "rows": [[CELL | {"text": text} for text in row] for row in rows]}


def exported(*cells):
    return PDFExporter(strict=True).from_notebook_node(notebook(code_cell(title()), *cells))[0]


def test_every_word_of_the_sample_has_its_place():
    assert place_faults(PDFExporter(strict=True).from_notebook_node(sample_notebook())[0]) == []


def test_a_word_out_of_place_is_found():
    pdf = exported(code_cell(block({"type": "paragraph", "text": "W" * 20})))
    assert place_faults(pdf, margin=60) != []


@pytest.mark.parametrize("width", ["narrow", "auto", "wide"])
def test_a_word_of_10_000_characters_stays_inside_its_column(width):
    columns = [{"label": "Long", "width": width}, {"label": "Short", "align": "right", "width": "narrow"}]
    long = {
        "type": "table",
        "caption": "c",
        "columns": columns,
        "rows": [[{"text": LONG_WORD}, {"text": "1"}]],
    }
    assert place_faults(exported(code_cell(block(long)))) == []


def test_hostile_text_breaks_no_layout():
    cells = [
        block(HOSTILE_TABLE),
        block({"type": "notes", "items": [{"lead": LONG_WORD[:200], "text": HOSTILE}]}),
    ]
    assert place_faults(exported(code_cell(*cells))) == []


def test_a_table_of_many_columns_fits_the_page():
    columns = [{"label": f"Column {n}", "align": "right"} for n in range(22)]
    many = {"type": "table", "caption": "c", "columns": columns, "rows": [[{"text": "123456789"}] * 22]}
    assert place_faults(exported(code_cell(block(many)))) == []


def test_a_markdown_table_fits_the_page():
    source = f"| a | b |\n|---|--:|\n| {'word ' * 90} | https://example.org/{'x' * 200} |"
    assert place_faults(exported(nbformat.v4.new_markdown_cell(source))) == []


def test_a_long_table_repeats_its_head_and_splits_no_row():
    runs = read_runs(exported(code_cell(block(LONG_TABLE))))
    heads = [run.page for run in runs if run.text.startswith("What is reported")]
    assert heads == [1, 2]
    for number in range(1, 71):
        row = {
            (run.page, round(run.base))
            for run in runs
            if run.text in (f"X3-K{number}a", f"Item {number} of the list")
        }
        assert len(row) == 1


def test_a_column_that_makes_rows_tall_gets_the_room():
    short, long = table_layout(table(["auto", "auto"], ["one two three four", "word " * 100])).widths
    assert short < 0.25 * long
    assert short + long == pytest.approx(PAGE, abs=0.1)


def test_what_nobody_needs_goes_to_the_wide_column():
    assert sum(table_layout(table(["wide", "narrow"], ["a", "1"])).widths) == pytest.approx(PAGE, abs=0.1)
    assert sum(table_layout(table(["auto", "narrow"], ["a", "1"])).widths) < 100


def test_a_short_table_is_kept_together_and_a_long_one_breaks():
    assert not table_layout(table(["wide"], *[["a"]] * 5)).breakable
    assert table_layout(table(["wide"], *[["a"]] * 50)).breakable


def test_only_a_row_taller_than_half_a_page_may_break():
    assert table_layout(table(["wide"], ["a"], ["word " * 3000])).tall_rows == [False, True]


def test_notes_that_are_taller_than_their_chart_stand_below_it():
    note = {"lead": "Why.", "nodes": [{"t": "p", "c": [{"t": "text", "text": "a word " * 40}]}]}
    chart = Image(b"", "svg", width=292, height=126)
    assert notes_beside(chart, [note] * 4) == 2
    assert notes_beside(chart, []) == 0
    assert notes_beside(Image(b"", "svg", width=480, height=126), [note]) == 0


def test_a_long_word_may_break_after_its_separators():
    assert breakable("https://example.org/a/page", 12).split(BREAK) == [
        "https:",
        "/",
        "/",
        "exampl",
        "e.",
        "org/",
        "a/",
        "page",
    ]
    assert breakable("a short text of words", 12) == "a short text of words"


def test_a_change_of_direction_ends_with_its_text():
    assert clean("a\u202eb") == "a\u202eb\u202c"
    assert clean("a\u2066b\u2069") == "a\u2066b\u2069"


def test_what_can_not_be_printed_is_named():
    assert clean("\x00\ud800") == "[U+0000][U+D800]"
    assert printable_text("中 a\u202e\u200f", {32, 97}) == "[U+4E2D] a[U+202E]\u200f"


@pytest.mark.parametrize(
    "address", ["https://a.b/c?d=e#f", "mailto:a@b.c", "O3.html", "../x/O3.pdf", "#part"]
)
def test_an_ordinary_address_is_a_link(address):
    assert safe_address(address) == address


def test_no_row_of_several_lines_is_split_between_pages():
    rows = [[{"text": f"row{n} " * 200}] for n in range(40)]
    tall = {"type": "table", "caption": "c", "columns": [{"label": "Words", "width": "wide"}], "rows": rows}
    runs = read_runs(exported(code_cell(block(tall))))
    for number in range(40):
        assert len({run.page for run in runs if f"row{number} " in run.text}) == 1


def test_a_row_that_reaches_over_all_columns_may_break_when_it_is_tall():
    wide = table(["wide", "auto"], ["a", "b"])
    wide["rows"].append([CELL | {"text": "word " * 3000, "span": 2}])
    assert table_layout(wide).tall_rows == [False, True]


def test_a_table_in_a_note_stands_below_the_chart_with_the_width_of_the_page():
    said = {"lead": "They say.", "nodes": [{"t": "table", "rows": [], "align": []}]}
    short = {"lead": "Why.", "nodes": []}
    assert notes_beside(Image(b"", "svg", width=292, height=126), [short, said]) == 1


@pytest.mark.parametrize("lead", ["They say.", "They say at some length, so that it runs in with the words:"])
def test_a_table_of_an_author_fits_where_it_stands(lead):
    source = f"| a | b |\n|---|---|\n| {'wide ' * 60} | https://example.org/{'x' * 90} |"
    said = {"type": "notes", "items": [{"lead": lead, "markdown": source}]}
    assert place_faults(exported(code_cell(block(said)))) == []


def test_a_heading_or_a_caption_longer_than_a_page_covers_nothing():
    text = "long words " * 600
    short = {"type": "table", "columns": [{"label": "c"}], "rows": [[{"text": "x"}]]}
    long = block(short | {"caption": text})
    chart = FINDINGS[0].outputs[0] | {"data": FINDINGS[0].outputs[0]["data"].copy()}
    chart["data"][BLOCK] = chart["data"][BLOCK] | {
        "heading": text,
        "kicker": text,
        "table": short | {"caption": text},
    }
    made = exported(
        nbformat.v4.new_markdown_cell("## Part"), code_cell(chart, FINDINGS[0].outputs[1]), code_cell(long)
    )
    assert place_faults(made) == []
    assert [fault for fault in break_faults(made) if "is filled" not in fault] == []
