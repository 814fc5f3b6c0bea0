"""A report: the pages beside it as its chapters, its cover, its links, the files that it carries."""

import re

import nbformat
import pikepdf
import pytest
from html_structure import page_faults, read_page, tables
from pdf_breaks import break_faults
from pdf_places import place_faults
from pdf_structure import read_structure, structure_faults
from report_texts import html_chapters, html_page, pdf_annex, pdf_chapters, pdf_page
from sample_notebook import HOSTILE, INVENTED, LONG_WORD, block, code_cell, notebook, title
from sample_report import FILES, chapters, figure, html_of, pdf_of, report_notebook, table, write_report

from gsanalysis.exporters import HTMLExporter, PageError, PDFExporter
from gsanalysis.exporters import pdf as pdf_exporter

BOTH = pytest.mark.parametrize("render", [html_of, pdf_of])


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return write_report(tmp_path_factory.mktemp("report")).parent


@pytest.fixture(scope="module")
def page(folder):
    return html_of(folder / "report.ipynb")


@pytest.fixture(scope="module")
def pdf(folder):
    return pdf_of(folder / "report.ipynb")


def alone(*cells):
    return notebook(code_cell(title()), *cells)


# --- its chapters


def test_the_report_is_sound(page, pdf):
    assert page_faults(page) == []
    assert structure_faults(pdf, files=list(FILES), report=True) == []
    assert break_faults(pdf) == []
    assert place_faults(pdf) == []


def test_a_chapter_says_what_its_page_says(folder, page, pdf):
    chapter, printed = html_chapters(page), pdf_chapters(pdf)
    assert len(printed) == 6  # contents, how to read, two pages, the method, the annex
    for name in ("X3", "X4"):
        assert chapter[name] == html_page(html_of(folder / f"{name}.ipynb"))
        assert pdf_page(pdf_of(folder / f"{name}.ipynb")) in printed


def test_headings_of_a_chapter_stand_one_level_lower(page):
    headings = read_page(page).all("h2", "h3", "h4")
    levels = {node.attributes["id"]: node.tag for node in headings}
    assert levels["X4"] == "h2"
    assert (levels["X4-KPI-by-KPI"], levels["X4-What-X4-K1a-shows"]) == ("h3", "h4")
    assert (levels["The-method"], levels["The-files"]) == ("h2", "h3")


def test_headings_of_the_same_words_have_places_of_their_own(page):
    ids = [node.attributes.get("id") for node in read_page(page).all("h3")]
    assert ids == ["X3-KPI-by-KPI", "X3-Sources", "X4-KPI-by-KPI", "X4-Sources", "The-files"]


@BOTH
@pytest.mark.parametrize("name", ["X9", "../X3", "X3/../X4", ""])
def test_a_page_that_is_not_beside_the_report_is_named(tmp_path, render, name):
    file = write_report(tmp_path, names=("X3", name))
    with pytest.raises(
        PageError, match=rf"cell 3 .*: there is no {re.escape(name)}\.ipynb beside the report"
    ):
        render(file)


def test_a_lenient_report_shows_what_is_missing_and_the_rest(tmp_path):
    file = write_report(tmp_path, names=("X9", "X4"))
    found, _ = HTMLExporter().from_filename(str(file))
    assert "there is no X9.ipynb beside the report" in found
    assert 'id="X4"' in found


@BOTH
def test_chapters_outside_a_report_are_refused(tmp_path, render):
    file = write_report(tmp_path, cover=[])
    with pytest.raises(PageError, match="chapters outside a report, which needs a title with a cover"):
        render(file)


@BOTH
def test_a_fault_in_a_chapter_is_named_with_the_chapter(tmp_path, render):
    file = write_report(tmp_path)
    spoilt = nbformat.read(tmp_path / "X4.ipynb", as_version=4)
    spoilt.cells[3].outputs[0]["data"]["application/vnd.gsanalysis.v1+json"]["alt"] = ""
    nbformat.write(spoilt, tmp_path / "X4.ipynb")
    with pytest.raises(PageError, match=r"X4, cell 4 \(id cell-4\): a chart without alternative text"):
        render(file)


def test_the_banner_of_all_is_said_once_and_another_one_stands_in_its_chapter(tmp_path, page):
    assert page.count('<p class="banner"') == 1
    file = write_report(tmp_path)
    other = chapters()["X4"]
    other.cells[0].outputs[0]["data"]["application/vnd.gsanalysis.v1+json"]["banner"] = "Two are invented."
    nbformat.write(other, tmp_path / "X4.ipynb")
    banners = [node for node in read_page(html_of(file)).every if node.attributes.get("class") == "banner"]
    assert [node.full_text for node in banners] == [INVENTED, "Two are invented."]


# --- its links


def test_links_from_page_to_page_lead_to_the_chapters(page):
    links = {node.full_text: node.attributes["href"] for node in read_page(page).all("a")}
    assert (links["a page"], links["the other"], links["to X3"]) == ("#X3", "#X4", "#X3")
    assert links["the web"] == "https://a.org/X4.html"


def test_links_from_page_to_page_lead_to_the_chapters_on_paper(pdf):
    found = read_structure(pdf)
    chapter = {heading.full_text: heading.pages[0] for heading in found.root.all("H2")}
    targets = {link.full_text.strip(): link.target for link in found.root.all("Link")}
    assert targets["the other"] == chapter["Objective X4: Rooms & <answers>"]
    assert (
        targets["a page"]
        == targets["to X3"]
        == chapter["Objective X3: Conferences, documents and publications"]
    )


def test_on_a_page_of_its_own_a_link_leads_to_the_neighbour_of_the_same_format(folder):
    links = [node.attributes["href"] for node in read_page(html_of(folder / "X4.ipynb")).all("a")]
    assert "X3.html" in links
    assert "X3.pdf" in read_structure(pdf_of(folder / "X4.ipynb")).links


# --- its cover


def test_the_lines_of_the_cover_are_text(tmp_path):
    cover = [{"label": "<b>Kind</b> #x", "text": HOSTILE}, {"label": "Long", "text": LONG_WORD}]
    file = write_report(tmp_path, cover=cover)
    terms = {node.tag: node.full_text for node in read_page(html_of(file)).all("dt", "dd")}
    assert set(terms) == {"dt", "dd"}
    assert page_faults(html_of(file)) == []
    printed = read_structure(pdf_of(file))
    assert "<script>alert(1)</script> $x$ | #let *bold* _em_" in printed.text
    assert "<b>Kind</b> #x" in printed.text
    assert place_faults(pdf_of(file)) == []


# --- the files


def test_the_files_are_attached_byte_by_byte(pdf, tmp_path):
    (tmp_path / "report.pdf").write_bytes(pdf)
    with pikepdf.open(tmp_path / "report.pdf") as opened:
        found = {name: spec.get_file().read_bytes() for name, spec in opened.attachments.items()}
    assert found == {name: text.encode() for name, text in FILES.items()}


def test_only_a_page_with_files_is_of_the_kind_that_may_carry_them(pdf, tmp_path):
    assert read_structure(pdf).xmp["pdfaid:part"] == "3"
    bare = pdf_of(write_report(tmp_path, files={}))
    assert structure_faults(bare, report=True) == []


def test_a_page_in_a_browser_leads_to_the_files_beside_it(page):
    files = next(node for node in read_page(page).all("ul") if node.attributes.get("class") == "files")
    assert [link.attributes["href"] for link in files.all("a")] == list(FILES)
    assert "About ratings.csv" in files.full_text


# --- what blocks say in both formats


def test_a_chart_has_its_values_within_reach_in_both_formats(folder):
    page, pdf = html_of(folder / "X4.ipynb"), pdf_of(folder / "X4.ipynb")
    drawn = [["Year", "Value"], ["2011", "88.25 %"], ["2014", "91.5 %"]]
    (details,) = read_page(page).all("details")
    assert [[c.full_text.strip() for c in row.all("th", "td")] for row in details.all("tr")] == drawn
    assert pdf_annex(pdf) == [drawn]
    assert "Values as a table." in [link.full_text.strip() for link in read_structure(pdf).root.all("Link")]


def test_the_line_above_a_finding_stands_before_its_heading(folder):
    kicker, heading = "X4-K1a · “Answers in time”", "What X4-K1a shows"
    for text in (
        read_page(html_of(folder / "X4.ipynb")).full_text,
        read_structure(pdf_of(folder / "X4.ipynb")).text,
    ):
        assert 0 < text.index(kicker) < text.index(heading)


def test_a_cell_over_two_columns_is_one_cell(folder):
    page, pdf = html_of(folder / "X4.ipynb"), pdf_of(folder / "X4.ipynb")
    expected = [["KPI", "2014", "Figure"], ["X4-K1 Answers", "Figure 1"], ["X4-K2 Rooms", "7", ""]]
    assert tables(page)[0] == read_structure(pdf).tables[0] == expected


@pytest.mark.parametrize("exporter", [HTMLExporter, PDFExporter])
def test_a_row_that_reaches_too_far_is_refused(exporter):
    wide = table(rows=[[{"text": "a", "span": 3}, {"text": "b"}]])
    with pytest.raises(PageError, match="row 1 has 4 cells for 3 columns"):
        exporter(strict=True).from_notebook_node(alone(code_cell(block(wide))))


def long_table(rows):
    """Make a page of one table of so many rows."""
    columns = [{"label": "Words", "width": "wide"}, {"label": "n"}]
    cells = [[{"text": f"Row {n}"}, {"text": str(n)}] for n in range(rows)]
    return alone(code_cell(block(table(caption="Long", columns=columns, rows=cells))))


def test_the_last_two_rows_of_a_table_stay_together(monkeypatch):
    """Among tables that grow row by row is one whose last row would stand alone."""
    torn = {}
    for attempts in (1, pdf_exporter._ATTEMPTS):
        monkeypatch.setattr(pdf_exporter, "_ATTEMPTS", attempts)
        made = [PDFExporter(strict=True).from_notebook_node(long_table(rows))[0] for rows in range(41, 48)]
        torn[attempts] = [fault for data in made for fault in break_faults(data)]
        assert [len(read_structure(data).tables[0]) for data in made] == list(range(42, 49))
    assert ["stands alone" in fault for fault in torn[1]] == [True]
    assert torn[pdf_exporter._ATTEMPTS] == []


def test_a_figure_without_values_has_no_link_to_them():
    bare = alone(code_cell(figure(table=None, level=2)))
    page, _ = HTMLExporter(strict=True).from_notebook_node(bare)
    made, _ = PDFExporter(strict=True).from_notebook_node(bare)
    assert "<details>" not in page
    assert "Values as a table" not in read_structure(made).text


def test_the_report_is_the_same_wherever_it_is_made(folder, pdf, tmp_path):
    for name, made in (chapters() | {"report": report_notebook()}).items():
        nbformat.write(made, tmp_path / f"{name}.ipynb")
    assert pdf_of(tmp_path / "report.ipynb") == pdf
