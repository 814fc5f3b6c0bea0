"""Where the pages of a PDF break, from the tags and the places of what they hold: what must stay together."""

import itertools
import re
from collections.abc import Iterator

from pdf_reading import HEADINGS, Element, Spot, Structure, read_structure, tidy

HEIGHT, TOP, FOOT = 841.9, 22 * 72 / 25.4, 20 * 72 / 25.4  # points: A4 and our margins
TALL = HEIGHT / 3  # a row or a heading that is taller may be split
NEARLY_EMPTY = 1 / 3  # of a page's room
CAPTION = re.compile(r"Figure \d+\.")


def break_faults(data: bytes) -> list[str]:
    """List what a page break tears apart, and pages nearly empty inside a chapter; empty for a good PDF."""
    found = read_structure(data)
    flow = list(_flow(found.root))
    faults = [*_heading_faults(flow), *_figure_faults(flow)]
    faults += [fault for table in found.root.all("Table") for fault in _table_faults(table)]
    return faults + list(_empty_pages(found))


def _flow(element: Element) -> Iterator[Element]:
    """Visit what a page shows, in reading order: whole headings, figures, and pieces of text."""
    if element.kind in (*HEADINGS, "Figure") or element.kind == "text":
        if element.spots:
            yield element
    else:
        for child in element.children:
            yield from _flow(child)


def _heading_faults(flow: list[Element]) -> Iterator[str]:
    for heading, following in zip(flow, [*flow[1:], None], strict=True):
        if heading.kind in HEADINGS:
            where = f"Page {heading.pages[0]}: the heading {_short(heading)}"
            if len(heading.pages) > 1 and _height(heading.spots) <= TALL:
                yield f"{where} is split."
            elif following is None or following.pages[0] != heading.pages[-1]:
                yield f"{where} is the last thing on its page."


def _figure_faults(flow: list[Element]) -> Iterator[str]:
    """A figure stands with its caption below it; that its heading stands with it is a matter of the heading."""
    for figure, following in itertools.pairwise([*flow, Element("text")]):
        if figure.kind == "Figure":
            where = f"Page {figure.pages[0]}: the figure {figure.alt[:40]!r}"
            if not CAPTION.match(tidy(following.full_text)):
                yield f"{where} has no caption with a number."
            elif following.pages != figure.pages:
                yield f"{where} stands apart from its caption."


def _table_faults(table: Element) -> Iterator[str]:
    name = _short(table)
    caption, head, rows = table.all("Caption"), table.all("THead"), _body(table)
    for row in rows:
        if len(row.pages) > 1 and _height(row.spots) <= TALL:
            yield f"Page {row.pages[0]}: the row {_short(row)} of the table {name} is split."
    first = rows[0].pages[0] if rows else None
    for part in (*caption, *head):
        if part.pages[-1] != first:
            yield f"Page {part.pages[0]}: the {part.kind} of the table {name} stands apart from its first row."
    short = all(_height(row.spots) <= TALL for row in rows[-2:])
    if len(rows) > 1 and short and rows[-1].pages[0] > rows[-2].pages[-1]:
        yield f"Page {rows[-1].pages[0]}: the last row of the table {name} stands alone."


def _body(table: Element) -> list[Element]:
    return [row for body in table.all("TBody") for row in body.all("TR") if row.spots]


def _height(spots: list[Spot]) -> float:
    pages = {spot.page: [other for other in spots if other.page == spot.page] for spot in spots}
    return sum(max(s.top for s in found) - min(s.bottom for s in found) for found in pages.values())


def _empty_pages(found: Structure) -> Iterator[str]:
    """Only the last page of a chapter, or of a page that is no report, may be nearly empty."""
    last = {heading.pages[0] - 1 for heading in found.root.all("H2")} if found.root.all("TOC") else set()
    lowest: dict[int, float] = {}
    for spot in found.root.spots:
        lowest[spot.page] = min(spot.bottom, lowest.get(spot.page, HEIGHT))
    for page in range(1, len(found.pages)):
        filled = (HEIGHT - TOP - lowest.get(page, HEIGHT - TOP)) / (HEIGHT - TOP - FOOT)
        if page not in last and filled < NEARLY_EMPTY:
            yield f"Page {page}: only {filled:.0%} of the page is filled."


def _short(element: Element) -> str:
    return repr(tidy(element.full_text)[:50])
