"""What a notebook becomes, and what is refused, whatever the format."""

import base64
import re

import nbformat
import pytest
from sample_notebook import (
    HOSTILE,
    KPI_TABLE,
    LIMITS,
    block,
    chart,
    code_cell,
    notebook,
    sample_notebook,
    title,
)

from gsanalysis.exporters import HTMLExporter, PageError, PDFExporter
from gsanalysis.exporters.document import read_page
from gsanalysis.exporters.review import PLACEHOLDER, reviewed

ALT = "Line chart of an invented share, 88 in 2011 and 91 in 2014."
SVG = chart({2011: 88, 2014: 91}, ["", "at_risk"], "% invented", 95)
BOTH = pytest.mark.parametrize("exporter", [HTMLExporter, PDFExporter])


def figure(alt=ALT, heading="", level=2):
    return block({"type": "figure", "heading": heading, "alt": alt, "caption": "", "level": level}, SVG)


def output(**data):
    mimes = {key.replace("__", "+").replace("_", "/"): value for key, value in data.items()}
    return {"output_type": "display_data", "metadata": {}, "data": mimes}


STREAM = {"output_type": "stream", "name": "stdout", "text": "printed\n"}
ERROR = {"output_type": "error", "ename": "KeyError", "evalue": "'x'", "traceback": []}
FAULTS = {
    "alternative text": [figure(alt="")],
    "says too little": [figure(alt="A chart.")],
    "without alternative text": [figure(alt=PLACEHOLDER)],
    "alternative text of another": [figure(), figure()],
    "heading of level 4 after one of level 1": [figure(heading="Down", level=4)],
    "text/html": [output(text_html="<b>frame</b>", text_plain="frame")],
    "printed text": [STREAM],
    "an error, KeyError: 'x'": [ERROR],
    "a damaged SVG": [output(image_svg__xml="<svg")],
    "a damaged PNG": [output(image_png=base64.b64encode(b"\x89PNG\r\n\x1a\nno").decode())],
    "unknown type 'pie'": [block({"type": "pie"})],
    "without 'rows'": [block({"type": "table", "caption": "c", "columns": []})],
    "row 1 has 1 cells for 8 columns": [block(KPI_TABLE | {"rows": [[{"text": "x"}]]})],
    "unknown rating 'green'": [block({"type": "list", "items": [{"sign": "green", "text": "x"}]})],
    "a second title block": [title(title="Another")],
}


@BOTH
@pytest.mark.parametrize("message", FAULTS)
def test_a_strict_export_names_the_cell_at_fault(exporter, message):
    at_fault = notebook(code_cell(title()), code_cell(*FAULTS[message]))
    with pytest.raises(PageError, match=rf"cell 2 \(id cell-2\): .*{re.escape(message)}"):
        exporter(strict=True).from_notebook_node(at_fault)


@pytest.mark.parametrize("message", FAULTS)
def test_a_lenient_export_shows_the_fault_in_the_page(message):
    page, _ = HTMLExporter().from_notebook_node(notebook(code_cell(title()), code_cell(*FAULTS[message])))
    assert "<strong>Warning.</strong> cell 2 (id cell-2): " in page
    assert message.replace("'", "&#39;") in page


@pytest.mark.parametrize("message", FAULTS)
def test_a_lenient_pdf_is_made_whatever_the_fault(message):
    pdf, _ = PDFExporter().from_notebook_node(notebook(code_cell(title()), code_cell(*FAULTS[message])))
    assert pdf.startswith(b"%PDF-1.7")


@BOTH
def test_a_character_that_no_font_has_is_refused_in_our_own_text(exporter):
    ours = notebook(code_cell(title()), nbformat.v4.new_markdown_cell("## 中"))
    with pytest.raises(PageError, match=r"cell 2 .*U\+4E2D"):
        exporter(strict=True).from_notebook_node(ours)


@BOTH
def test_a_character_that_no_font_has_is_accepted_in_data(exporter):
    data = notebook(code_cell(title(title="中")), code_cell(block({"type": "paragraph", "text": "中"})))
    assert exporter(strict=True).from_notebook_node(data)


@BOTH
def test_a_notebook_without_a_title_is_refused(exporter):
    with pytest.raises(PageError, match="no title"):
        exporter(strict=True).from_notebook_node(notebook(nbformat.v4.new_markdown_cell("Only text")))


@BOTH
def test_the_sample_passes_the_strict_export(exporter):
    assert exporter(strict=True).from_notebook_node(sample_notebook())


def test_every_fault_is_named_at_once():
    both = notebook(code_cell(title()), code_cell(STREAM), code_cell(ERROR))
    with pytest.raises(PageError, match=r"cell 2 .*printed text; cell 3 .*KeyError"):
        HTMLExporter(strict=True).from_notebook_node(both)


def test_the_only_main_heading_is_the_title_of_a_foreign_notebook():
    page = read_page(notebook(nbformat.v4.new_markdown_cell("# A *study*\n\n## Part")), "file")
    assert (page.name, page.named) == ("A study", True)


def test_a_notebook_of_several_main_headings_is_named_by_its_file():
    cells = (nbformat.v4.new_markdown_cell("# One"), nbformat.v4.new_markdown_cell("# Two\n## Below"))
    page = reviewed(read_page(notebook(*cells), "study"), strict=False)
    levels = [node["level"] for part in page.parts for node in part.content["nodes"] if node["t"] == "h"]
    assert (page.name, page.named, levels, page.warnings) == ("study", False, [2, 2, 3], [])


def test_a_hidden_cell_is_left_out():
    hidden = nbformat.v4.new_markdown_cell("# Analyst's heading", metadata={"tags": ["hide"]})
    page, _ = HTMLExporter(strict=True).from_notebook_node(notebook(code_cell(title()), hidden))
    assert "Analyst" not in page


def test_code_is_never_shown():
    page, _ = HTMLExporter(strict=True).from_notebook_node(sample_notebook())
    assert "show(" not in page


def test_notes_stand_beside_the_figure_of_their_own_cell_only():
    notes = block(LIMITS | {"heading": ""})
    page = read_page(notebook(code_cell(title()), code_cell(figure(), notes), code_cell(notes)))
    assert [part.type for part in page.parts] == ["figure", "notes"]
    assert len(page.parts[0].content["notes"]) == 3


def test_an_image_without_a_block_is_shown_when_its_alternative_text_is_there():
    plain = output(image_svg__xml=SVG) | {"metadata": {"image/svg+xml": {"alt": ALT}}}
    page = reviewed(read_page(notebook(code_cell(title()), code_cell(plain))), strict=True)
    assert [part.content["alt"] for part in page.parts] == [ALT]


def test_an_author_who_writes_headings_does_not_change_the_outline():
    notes = block({"type": "notes", "items": [{"lead": "They say.", "markdown": "# Loud\n\ntext"}]})
    page, _ = HTMLExporter(strict=True).from_notebook_node(notebook(code_cell(title()), code_cell(notes)))
    assert page.count("<h1") == 1
    assert "<strong>Loud</strong>" in page


@BOTH
def test_the_same_notebook_gives_the_same_bytes(exporter):
    first, _ = exporter(strict=True).from_notebook_node(sample_notebook())
    other = exporter(strict=True)
    other.from_notebook_node(notebook(code_cell(title(title="Another page first"))))
    assert other.from_notebook_node(sample_notebook())[0] == first


@BOTH
def test_an_export_leaves_the_notebook_as_it_was(exporter):
    before, given = sample_notebook(), sample_notebook()
    exporter().from_notebook_node(given)
    assert given == before


@BOTH
@pytest.mark.parametrize("kind", ["title", "paragraph", "list", "legend", "notes", "verdict"])
def test_hostile_text_is_set_wherever_it_stands(exporter, kind):
    blocks = {
        "title": title(**dict.fromkeys(("eyebrow", "title", "quote", "running_left", "banner"), HOSTILE)),
        "paragraph": block({"type": "paragraph", "text": HOSTILE * 3}),
        "list": block({"type": "list", "items": [{"text": HOSTILE, "small": HOSTILE}]}),
        "legend": block({"type": "legend", "ratings": ["achieved"], "extra": HOSTILE}),
        "notes": block({"type": "notes", "heading": HOSTILE, "level": 2, "items": [{"markdown": HOSTILE}]}),
        "verdict": block(
            {
                "type": "verdict",
                "figures": [{"number": HOSTILE, "label": HOSTILE}],
                "sentences": [{"sign": None, "text": HOSTILE}],
            }
        ),
    }
    first = [] if kind == "title" else [code_cell(title())]
    assert exporter(strict=True).from_notebook_node(notebook(*first, code_cell(blocks[kind])))
