"""The HTML page: whole in itself, nothing runs, readable for everybody."""

import base64
import re

import nbformat
import pytest
from html_structure import page_faults, read_page, tables
from sample_notebook import (
    FINDINGS,
    HOSTILE,
    INVENTED,
    KPI_TABLE,
    LEGEND,
    LONG_WORD,
    VERDICT,
    block,
    code_cell,
    notebook,
    sample_notebook,
    title,
)

from gsanalysis.exporters import HTMLExporter
from gsanalysis.exporters.signs import WORDS

BAD_ADDRESSES = [
    "javascript:alert(1)",
    "JavaScript:alert(1)",
    " javascript:alert(1)",
    "java\nscript:alert(1)",
    "data:text/html,<b>",
    "vbscript:x",
    "file:///etc/passwd",
    "//example.org/x",
    "\\\\host\\share",
    "\u200bjavascript:x",
]


def exported(*cells):
    return HTMLExporter(strict=True).from_notebook_node(notebook(code_cell(title()), *cells))[0]


@pytest.fixture(scope="module")
def page():
    return HTMLExporter(strict=True).from_notebook_node(sample_notebook())[0]


def test_the_sample_page_has_no_fault(page):
    assert page_faults(page) == []


def test_the_checks_of_a_page_are_alive(page):
    spoilt = {
        "The language": page.replace('lang="en"', 'lang="de"'),
        "not one main ": page.replace("<main", "<div").replace("</main>", "</div>"),
        "run something": page.replace("<main", '<main onclick="x()"'),
        "loads": page.replace("data:image/svg+xml;base64,", "https://example.org/", 1),
        "A style loads": page.replace("* {", "@import 'x'; * {"),
        "skip a level": page.replace("<h2", "<h4").replace("</h2>", "</h4>"),
        "alternative text": re.sub(r' alt="[^"]*"', ' alt=""', page),
        "no caption": page.replace("<caption", "<div").replace("</caption>", "</div>"),
        "without scope": page.replace(' scope="col"', ""),
        "one id": page.replace('id="Appendix"', 'id="KPI-by-KPI"'),
        "link leads": page.replace('href="https://', 'href="ftp://'),
    }
    for fault, text in spoilt.items():
        assert any(fault in found for found in page_faults(text)), fault


def test_title_and_main_heading_name_objective_and_title(page):
    found = [node.full_text for node in read_page(page).all("title", "h1")]
    assert found == ["Objective X3: Conferences, documents and publications"] * 2


def test_the_banner_stands_before_the_heading_and_the_footer_repeats_it(page):
    assert page.index(INVENTED) < page.index("<h1>")
    footer = read_page(page).all("footer")[0]
    assert "all figures on this page are invented" in footer.full_text


def test_a_page_without_invented_figures_has_no_banner():
    plain = HTMLExporter(strict=True).from_notebook_node(notebook(code_cell(title(banner=""))))[0]
    assert '<p class="banner"' not in plain


def test_a_table_is_read_back_as_it_was_given(page):
    rows = tables(page)[0]
    assert rows[0][:3] == ["KPI, in the plan's words", "Target (whose reading)", "Baseline"]
    assert rows[2][1:7] == ["80 % by 2015 assumed", "61", "66", "68", "75 p", "on track translation missing"]


def test_the_first_cell_of_a_row_is_its_header(page):
    first = read_page(page).all("table")[0]
    rows = [row.all("th") for row in first.all("tbody")[0].all("tr")]
    assert [[cell.attributes["scope"] for cell in row] for row in rows] == [["row"]] * 4


def test_a_strip_of_signs_is_read_as_words(page):
    assert tables(page)[0][1][7] == "achieved, achieved, achieved, not yet due"


def test_a_sign_without_its_word_says_it_to_screen_readers(page):
    sentences = [node.full_text for node in read_page(page).all("li") if "fell back" in node.full_text]
    assert sentences == ["at risk: " + VERDICT["sentences"][1]["text"]]


def test_every_rating_has_its_sign_and_its_word():
    legend = exported(code_cell(block(LEGEND | {"ratings": list(WORDS)})))
    items = read_page(legend).all("li")
    assert [item.full_text for item in items[:-1]] == list(WORDS.values())
    assert all(item.all("svg") for item in items[:-1])


def test_a_chart_is_carried_in_the_page_with_its_text(page):
    images = read_page(page).all("img")
    assert [image.attributes["alt"][:26] for image in images] == [
        "Line chart of satisfaction",
        "Line chart of documents on",
    ]
    drawing = base64.b64decode(images[0].attributes["src"].removeprefix("data:image/svg+xml;base64,"))
    assert drawing.startswith(b"<svg")


def test_a_chart_asks_for_a_quarter_more_than_its_size_on_paper(page):
    assert [image.attributes["width"] for image in read_page(page).all("img")] == ["486", "486"]


def test_notes_stand_beside_their_chart(page):
    pair = next(n for n in read_page(page).every if n.attributes.get("class") == "finding pair")
    assert "What would change it." in pair.full_text


def test_hostile_text_is_text(page):
    texts = [text for row in tables(page)[-1] for text in row]
    written = " ".join(HOSTILE.replace("\u0007", "[U+0007]").split())
    assert sum(written in text for text in texts) == 2
    assert LONG_WORD in page


def test_a_line_end_in_a_text_is_one_in_the_page(page):
    assert "1<br>2</td>" in page


def test_raw_html_in_markdown_is_text(page):
    assert '<b onclick="x()">raw HTML is text</b>' in read_page(page).full_text


@pytest.mark.parametrize("address", BAD_ADDRESSES)
def test_an_address_that_is_no_link_leaves_its_text(address):
    rows = [[{"text": "the text", "href": address}] + [{"text": "x"}] * 7]
    found = exported(code_cell(block(KPI_TABLE | {"rows": rows})))
    assert read_page(found).all("a")[1:] == []
    assert "the text" in found


def test_a_link_of_an_author_that_may_not_be_one_appears_as_written():
    cell = nbformat.v4.new_markdown_cell("See [this](javascript:alert(1)) and [that](O3.html#x).")
    root = read_page(exported(cell))
    assert "See [this](javascript:alert(1)) and that." in root.full_text
    assert [node.attributes["href"] for node in root.all("a")[1:]] == ["O3.html#x"]


def test_a_script_in_a_chart_stays_in_the_picture():
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9pt"><script>alert(1)</script></svg>'
    figure = {"type": "figure", "alt": "An invented picture with a script in it.", "heading": ""}
    assert page_faults(exported(code_cell(block(figure, svg)))) == []


def test_the_language_of_the_report_is_that_of_the_page():
    arabic = HTMLExporter(strict=True).from_notebook_node(notebook(code_cell(title(language="ar"))))[0]
    assert '<html lang="ar" dir="rtl">' in arabic


def test_the_file_extension_and_type_are_those_of_html():
    _, resources = HTMLExporter().from_notebook_node(notebook(*FINDINGS))
    assert (resources["output_extension"], HTMLExporter.output_mimetype) == (".html", "text/html")
