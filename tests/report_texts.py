"""The text of a page on its own and as a chapter of a report, made comparable by leaving out numbers of figures."""

import re

from html_structure import Node, read_page
from pdf_reading import Element, read_structure, tidy

from gsanalysis.exporters.report import ANNEX

REFERENCES = re.compile(r"\(?\s*(?:Figure|Table) \d+(?:\s*,\s*(?:Figure|Table) \d+)*\s*\)?\.?")


def comparable(text: str) -> str:
    """Give a text without white space and without the numbers of figures and tables."""
    return re.sub(r"\s+", "", REFERENCES.sub("", tidy(text)))


def html_chapters(page: str) -> dict[str, str]:
    """Give the text of each chapter of a report by its anchor."""
    found: dict[str, str] = {}
    name = ""
    for node in _content(page):
        if node.tag == "h2":
            name = node.attributes["id"]
        found[name] = found.get(name, "") + _spaced(node)
    return {name: comparable(text) for name, text in found.items()}


def html_page(page: str) -> str:
    """Give the text of a page on its own."""
    return comparable("".join(_spaced(node) for node in _content(page)))


def pdf_chapters(data: bytes) -> list[str]:
    """Give the text of each chapter of a report, in order."""
    found = [""]
    for element in _elements(data):
        if element.kind == "H2":
            found.append("")
        found[-1] += element.full_text + " "
    return [comparable(text) for text in found[1:]]


def pdf_page(data: bytes) -> str:
    """Give the text of a page on its own, without its annex."""
    elements = _elements(data)
    ends = [at for at, element in enumerate(elements) if _is_annex(element)]
    texts = [element.full_text for element in elements[: ends[0] if ends else None]]
    return comparable(" ".join(texts))


def pdf_annex(data: bytes) -> list[list[list[str]]]:
    """Give the tables of a PDF's annex of values."""
    elements = _elements(data)
    starts = [at for at, element in enumerate(elements) if _is_annex(element)]
    tables = [table for element in elements[starts[0] :] for table in element.all("Table")] if starts else []
    return [[[tidy(cell.full_text) for cell in row.all("TH", "TD")] for row in t.all("TR")] for t in tables]


def _is_annex(element: Element) -> bool:
    return element.kind == "H2" and tidy(element.full_text) == ANNEX


def _elements(data: bytes) -> list[Element]:
    """Give what stands below the document, in order, without the banner that opens a page."""
    (document,) = read_structure(data).root.children
    elements = document.children
    return elements[1:] if elements[0].kind == "P" else elements


def _content(page: str) -> list[Node]:
    (main,) = read_page(page).all("main")
    skipped = ("nav", "dl")
    return [
        n for n in main.children if n.tag not in skipped and n.attributes.get("class") not in ("banner", "contents")
    ]  # fmt: skip


def _spaced(node: Node) -> str:
    """Give the text below a node, cells and items parted."""
    return (
        node.text + "".join(_spaced(child) for child in node.children) + (" " if node.tag != "#text" else "")
    )
