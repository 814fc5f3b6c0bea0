"""The PDF: tagged, archivable, set in our fonts only, the same bytes everywhere."""

import os
import re
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbconvert.exporters import get_export_names, get_exporter
from pdf_places import read_runs
from pdf_structure import read_structure, structure_faults
from sample_notebook import FINDINGS, HOSTILE, LONG_WORD, block, code_cell, notebook, sample_notebook, title

from gsanalysis.exporters import HTMLExporter, PDFExporter
from gsanalysis.exporters.font_files import font_files, font_hashes
from gsanalysis.exporters.fonts import printable

LANGUAGES = {"ar": "ar", "en-GB": "en-GB", "no such language": "en"}


def exported(*cells):
    return PDFExporter(strict=True).from_notebook_node(notebook(code_cell(title()), *cells))[0]


@pytest.fixture(scope="module")
def pdf():
    return PDFExporter(strict=True).from_notebook_node(sample_notebook())[0]


@pytest.fixture(scope="module")
def structure(pdf):
    return read_structure(pdf)


def test_the_sample_has_all_that_a_pdf_for_everybody_needs(pdf):
    assert structure_faults(pdf) == []


def test_the_checks_of_a_pdf_are_alive(pdf):
    assert structure_faults(pdf, language="fr") == ["The language is 'en', not 'fr'."]
    assert structure_faults(pdf, rasters=1) == ["There are 0 raster images, not 1."]


def test_the_outline_is_the_headings(structure):
    assert structure.headings[:4] == [
        (1, "Objective X3: Conferences, documents and publications"),
        (2, "KPI by KPI"),
        (3, "Satisfaction with interpretation rose, and is on the path"),
        (3, "Documents on time fell back under the standard"),
    ]


def test_a_table_is_read_back_as_it_was_given(structure):
    rows = structure.tables[0]
    assert rows[0][:3] == ["KPI, in the plan's words", "Target (whose reading)", "Baseline"]
    assert rows[2][1:7] == ["80 % by 2015 assumed", "61", "66", "68", "75 p", "on track translation missing"]


def test_a_strip_of_signs_is_read_as_words(structure):
    assert structure.tables[0][1][7] == "achieved, achieved, achieved, not yet due"


def test_a_long_table_is_one_table_with_its_head_on_each_page(structure):
    assert len(structure.tables[2]) == 71
    assert sum("What is reported" in page for page in (*structure.pages, *structure.furniture)) >= 2


def test_figures_are_the_charts_and_signs_are_none(structure):
    assert [alt[:26] for alt in structure.alternatives] == [
        "Line chart of satisfaction",
        "Line chart of documents on",
    ]


def test_every_page_says_what_it_is_of_and_that_its_figures_are_invented(structure):
    for number, text in enumerate(structure.furniture, 1):
        assert "Invented Secretariat · Strategic plan 2012–2015" in text
        assert "all figures on this page are invented" in text
        assert f"Objective X3 · page {number} of {len(structure.furniture)}" in text


def test_hostile_text_is_text(structure):
    for piece in (
        "<script>alert(1)</script> $x$ | #let *bold* _em_ `code` = head =cmd() [a](javascript:alert(1))",
        "turned",
        "{% raw %} \\alpha @ref //no --- 'q' \"q\" &amp; [U+4E2D] [U+0007]",
    ):
        assert piece in HOSTILE.replace("中", "[U+4E2D]").replace("\u0007", "[U+0007]")
        assert structure.text.count(piece) >= 4


def test_a_word_of_10_000_characters_is_there_in_full(structure):
    assert LONG_WORD in structure.text.replace(" ", "")


def test_a_column_of_short_words_is_not_broken_inside_them(structure):
    cells = [cell.full_text for cell in structure.root.all("Table")[0].all("TH", "TD")]
    assert not any("\u200b" in text for text in cells)


def test_no_text_leaves_the_margins_of_a_wide_table():
    columns = [{"label": f"Column{n}", "align": "right", "width": "auto"} for n in range(18)]
    rows = [[{"text": "123456789"} for _ in columns]]
    wide = {"type": "table", "caption": "Wide, invented", "columns": columns, "rows": rows}
    table = read_structure(exported(code_cell(block(wide)))).tables[0]
    assert table == [[f"Column{n}" for n in range(18)], ["123456789"] * 18]


def test_a_link_inside_the_page_leads_to_its_heading_and_a_lost_one_is_text():
    cell = nbformat.v4.new_markdown_cell("## Here it is\n\n[go](#Here-it-is), [lost](#nowhere)")
    links = read_structure(exported(cell)).root.all("Link")
    assert [link.full_text.strip() for link in links] == ["go"]


def test_arabic_and_greek_and_cyrillic_have_glyphs():
    words = "تقرير Ελλάδα Отчёт"
    paragraph = block({"type": "paragraph", "text": words})
    italic = nbformat.v4.new_markdown_cell(f"*{words}* **{words}** `{words}`")
    assert structure_faults(exported(code_cell(paragraph), italic)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_language_of_the_report_is_that_of_the_pdf(language):
    made, _ = PDFExporter(strict=True).from_notebook_node(notebook(code_cell(title(language=language))))
    assert structure_faults(made, language=LANGUAGES[language]) == []


def test_a_sign_without_its_word_says_it_to_screen_readers():
    columns = [{"label": "KPI"}, {"label": "Rating"}]
    rows = [
        [{"text": "K1"}, {"text": "91 %", "sign": "at_risk"}],
        [{"text": "K2"}, {"sign": "no_data", "small": "x"}],
    ]
    found = exported(code_cell(block({"type": "table", "caption": "c", "columns": columns, "rows": rows})))
    assert [row[1] for row in read_structure(found).tables[0]] == ["Rating", "at risk: 91 %", "no data: x"]


def test_the_date_of_the_title_block_is_the_only_date(pdf):
    assert set(re.findall(rb"\d{4}-\d\d-\d\dT[\d:]+", pdf)) == {b"2015-03-31T00:00:00"}
    assert {date[:8] for date in re.findall(rb"D:(\d+)", pdf)} <= {b"20150331"}
    undated, _ = PDFExporter(strict=True).from_notebook_node(notebook(code_cell(title(date=""))))
    assert b"1970-01-01T00:00:00Z" in undated


def test_another_process_place_and_time_zone_give_the_same_bytes(pdf, tmp_path):
    nbformat.write(sample_notebook(), tmp_path / "sample.ipynb")
    command = (
        "import nbformat, sys; from gsanalysis.exporters import *; "
        "nb = nbformat.read('sample.ipynb', 4); "
        "open('x.pdf', 'wb').write(PDFExporter(strict=True).from_notebook_node(nb)[0]); "
        "open('x.html', 'w', encoding='utf-8').write(HTMLExporter(strict=True).from_notebook_node(nb)[0])"
    )
    elsewhere = os.environ | {"TZ": "Pacific/Auckland", "LC_ALL": "C", "TMPDIR": str(tmp_path)}
    subprocess.run([sys.executable, "-c", command], cwd=tmp_path, env=elsewhere, check=True)
    page, _ = HTMLExporter(strict=True).from_notebook_node(sample_notebook())
    assert (tmp_path / "x.pdf").read_bytes() == pdf
    assert (tmp_path / "x.html").read_text(encoding="utf-8") == page


def test_the_folder_of_fonts_is_gone_when_the_process_ends(tmp_path):
    code = "from gsanalysis.exporters.fonts import typst_fonts; typst_fonts()"
    elsewhere = os.environ | {"TMPDIR": str(tmp_path)}
    subprocess.run([sys.executable, "-c", code], env=elsewhere, check=True)
    assert list(tmp_path.iterdir()) == []


def test_the_fonts_are_recorded_by_their_hashes():
    assert list(font_hashes()) == [file.name for file in font_files()]
    assert all(len(digest) == 64 for digest in font_hashes().values())
    assert not any("LastResort" in file.name for file in font_files())


def test_a_chinese_character_has_no_glyph_and_a_thin_space_has():
    assert ord("中") not in printable()
    assert {0x2009, 0x202F} <= printable()


def test_nbconvert_and_jupyterlab_find_both_exporters_by_name():
    assert {"gsanalysis-html", "gsanalysis-pdf"} <= set(get_export_names())
    assert get_exporter("gsanalysis-html") is HTMLExporter
    assert get_exporter("gsanalysis-pdf") is PDFExporter
    assert (HTMLExporter.export_from_notebook, PDFExporter.export_from_notebook) == (
        "gsanalysis HTML",
        "gsanalysis PDF",
    )


def test_the_command_line_gives_the_bytes_of_the_exporter(pdf, tmp_path):
    nbformat.write(sample_notebook(), tmp_path / "sample.ipynb")
    nbconvert = [sys.executable, "-m", "nbconvert", "--to", "gsanalysis-pdf", str(tmp_path / "sample.ipynb")]
    subprocess.run(nbconvert, check=True, capture_output=True)
    assert Path(tmp_path / "sample.pdf").read_bytes() == pdf


def test_an_image_that_typst_refuses_costs_only_itself():
    empty = block(
        {"type": "figure", "alt": "An invented picture of nothing at all."},
        '<svg xmlns="http://www.w3.org/2000/svg" width="0"/>',
    )
    made, _ = PDFExporter().from_notebook_node(notebook(code_cell(title()), *FINDINGS, code_cell(empty)))
    found = read_structure(made)
    assert len(found.alternatives) == 2
    assert "Warning. cell 4 (id cell-4): an image that can't be drawn in a PDF" in found.text


def test_the_words_that_introduce_a_figure_stay_with_it():
    filler = block({"type": "paragraph", "text": "Filling the page. " * 225})
    intro = nbformat.v4.new_markdown_cell("## A part\n\nWhat the charts show.")
    runs = read_runs(exported(code_cell(filler), intro, FINDINGS[0]))
    pages = {
        run.page for run in runs if run.text in ("A part", "What the charts show.") or "Why on" in run.text
    }
    assert pages == {2}
