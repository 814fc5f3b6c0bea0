"""Figures and tables are numbered throughout, and cited by their numbers."""

import pytest
from html_structure import read_page
from pdf_structure import read_structure
from sample_notebook import block, code_cell, notebook, title
from sample_report import figure, html_of, pdf_of, table, write_report

from gsanalysis.exporters import HTMLExporter, PDFExporter
from gsanalysis.exporters.document import read_page as read_notebook
from gsanalysis.exporters.numbering import places, said
from gsanalysis.exporters.review import reviewed


def drawn(key, **changes):
    return figure(key, level=2, **changes)


def listing(*refs):
    return block({"type": "list", "items": [{"text": "See", "refs": list(refs)}]})


def page_of(*outputs):
    return reviewed(read_notebook(notebook(code_cell(title()), *map(code_cell, outputs))), strict=True)


def html(*outputs):
    return HTMLExporter(strict=True).from_notebook_node(
        notebook(code_cell(title()), *map(code_cell, outputs))
    )[0]


def links_of(page):
    return [
        said(item["links"]) for part in page.parts if part.type == "list" for item in part.content["items"]
    ]


def test_figures_and_tables_are_counted_apart_in_order():
    page = page_of(drawn("a"), block(table(key="b")), drawn("c"), block(table(key="d")))
    labels = [part.content["label"] for part in page.parts]
    assert labels == ["Figure 1", "Table 1", "Figure 2", "Table 2"]
    assert places(page) == {"figure-1", "table-1", "figure-2", "table-2"}


def test_what_is_cited_may_stand_before_or_after():
    page = page_of(listing("c", "b"), drawn("a"), block(table(key="b")), drawn("c"), listing("a"))
    assert links_of(page) == ["Figure 2, Table 1", "Figure 1"]


def test_an_unknown_key_and_an_empty_one_are_dropped():
    page = page_of(
        listing("nobody", "", "a"), drawn(""), drawn("a", alt="Another chart of invented figures.")
    )
    assert links_of(page) == ["Figure 2"]


def test_a_key_that_stands_twice_means_the_first():
    page = page_of(drawn("a"), drawn("a", alt="Another chart of invented figures."), listing("a"))
    assert links_of(page) == ["Figure 1"]


@pytest.mark.parametrize("kind", ["list", "notes", "table", "beside", "values"])
def test_a_reference_is_a_link_wherever_it_stands(kind):
    cell = {"text": "x", "refs": ["a"]}
    one = {"caption": "One, invented", "columns": [{"label": "c"}], "rows": [[cell]]}
    note = {"type": "notes", "items": [{"lead": "L.", "text": "t", "refs": ["a"]}]}
    outputs = {
        "list": [listing("a")],
        "notes": [block(note | {"heading": "Notes", "level": 2})],
        "table": [block({"type": "table"} | one)],
        "beside": [block(note)],
        "values": [],
    }[kind]
    values = {"table": one} if kind == "values" else {}
    first = [drawn("a", **values)] + (outputs if kind == "beside" else [])
    rest = [] if kind == "beside" else outputs
    made = notebook(code_cell(title()), code_cell(*first), *map(code_cell, rest))
    page, _ = HTMLExporter(strict=True).from_notebook_node(made)
    links = [link for link in read_page(page).all("a") if link.attributes["href"] == "#figure-1"]
    assert [link.full_text for link in links] == ["Figure 1"]
    pdf, _ = PDFExporter(strict=True).from_notebook_node(made)
    targets = [link.target for link in read_structure(pdf).root.all("Link") if "Figure 1" in link.full_text]
    assert targets == [1]


def test_a_cell_of_its_own_shows_the_number_and_says_the_word():
    found = html(drawn("a"), block(table(rows=[[{"text": "x"}, {"text": ""}, {"refs": ["a"]}]])))
    (link,) = [link for link in read_page(found).all("a") if link.attributes["href"] == "#figure-1"]
    assert link.full_text == "Figure 1"
    assert any("aside" in node.attributes.get("class", "") for node in link.every)


def test_numbers_go_through_the_report(tmp_path):
    file = write_report(tmp_path)
    page = read_page(html_of(file))
    captions = [node.full_text for node in page.all("figcaption", "caption")]
    numbers = [text.partition(".")[0] for text in captions]
    assert numbers == ["Table 1", "Figure 1", "Table 2", "Table 3", "Figure 2", "Figure 2", "Table 4"]
    (cited,) = [node for node in page.all("li") if node.full_text.startswith("Told by")]
    assert cited.full_text == "Told by (Figure 2, Table 3)"
    assert [link.attributes["href"] for link in cited.all("a")] == ["#figure-2", "#table-3"]


def test_numbers_on_paper_are_those_of_the_screen(tmp_path):
    found = read_structure(pdf_of(write_report(tmp_path)))
    (cited,) = [node for node in found.root.all("LI") if "Told by" in node.full_text]
    assert cited.full_text.split("Told by")[1].strip() == "(Figure 2, Table 3)"
    pages = [found.root.all("Figure")[1].pages[0], found.root.all("Table")[2].pages[0]]
    assert [link.target for link in cited.all("Link")] == pages
