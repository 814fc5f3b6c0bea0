"""What makes a page unfit to circulate: each fault becomes a warning before the part it is about."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from gsanalysis.exporters import fonts, markdown, numbering
from gsanalysis.exporters.document import Page, PageError, Part, warning
from gsanalysis.exporters.plain_text import code_point, without_glyph

PLACEHOLDER = "No description has been provided for this image"
_SHORTEST_ALT = 20
_NO_TITLE = "the notebook has no title: neither a title block nor one main heading"


def reviewed(page: Page, strict: bool) -> Page:
    """Check a page and repair what it can; strict raises PageError with every fault and its cell."""
    parts = page.parts
    for check in (_headings(page), _alternatives(), _images, _glyphs):
        parts = [new for part in parts for new in (*check(part), part)]
    page = Page(page.title, parts, page.named)
    _name_places(page)
    _name_tables(page)
    numbering.number(page)
    if strict:
        _raise_faults(page)
    return page


def anchors(page: Page) -> set[str]:
    """Give the places that a link may lead to: the headings, figures and tables of the page."""
    headings = {heading["id"] for _, heading in headings_of(page)}
    return headings | numbering.places(page)


def headings_of(page: Page) -> Iterator[tuple[Part, dict[str, Any]]]:
    """Visit the headings below the title: each with its part; it carries its level and, once reviewed, its id."""
    for part in page.parts:
        for heading in _headings_of(part):
            yield part, heading


def words_of(heading: dict[str, Any]) -> str:
    """Give the bare text of a heading."""
    return markdown.plain(heading["c"]) if "c" in heading else str(heading["heading"])


Check = Callable[[Part], Iterable[Part]]


def _raise_faults(page: Page) -> None:
    faults = [] if page.named else [_NO_TITLE]
    faults += [f"{part.place}: {part.content['text']}" for part in page.warnings]
    if faults:
        raise PageError("; ".join(faults))


def _headings(page: Page) -> Check:
    """Look for headings that skip a level, or that compete with the title, and mend them."""
    current = 1

    def check(part: Part) -> list[Part]:
        nonlocal current
        faults = []
        for heading in _headings_of(part):
            level = heading["level"]
            heading["level"] = max(2, min(level, current + 1))
            if level < 2:
                faults.append(warning(part.place, "a second main heading beside the title"))
            elif level > heading["level"]:
                faults.append(warning(part.place, f"a heading of level {level} after one of level {current}"))
            current = heading["level"]
        return faults

    return check


def _headings_of(part: Part) -> list[dict[str, Any]]:
    if part.type == "markdown":
        return [node for node in markdown.walk(part.content["nodes"]) if node["t"] == "h"]
    return [part.content] if part.content.get("heading") else []


def _alternatives() -> Check:
    """Look for charts without a text that stands for them; name the chart where there is none."""
    seen: set[str] = set()

    def check(part: Part) -> list[Part]:
        if part.type != "figure":
            return []
        alt = " ".join(part.content["alt"].split())
        fault = _alt_fault(alt, seen)
        part.content["alt"] = f"{alt or 'Chart'} (no description, chart {len(seen) + 1})" if fault else alt
        seen.add(alt or part.content["alt"])
        return [warning(part.place, fault)] if fault else []

    return check


def _alt_fault(alt: str, seen: set[str]) -> str:
    if not alt or PLACEHOLDER in alt:
        return "a chart without alternative text"
    if len(alt) < _SHORTEST_ALT:
        return f"a chart whose alternative text says too little: {alt!r}"
    return "a chart with the alternative text of another" if alt in seen else ""


def _images(part: Part) -> list[Part]:
    nodes = markdown.walk(part.content["nodes"]) if part.type == "markdown" else []
    return [
        warning(part.place, f"an image in Markdown, which a page can't show: {node['text']}")
        for node in nodes
        if node["t"] == "image"
    ]


def _glyphs(part: Part) -> list[Part]:
    """Look for characters of our own text that no font of ours can print."""
    if part.type != "markdown" or not part.content["ours"]:
        return []
    text = markdown.plain(part.content["nodes"])
    missing = [] if text.isascii() else without_glyph(text, fonts.printable())
    if not missing:
        return []
    codes = " ".join(code_point(character) for character in missing)
    return [warning(part.place, f"text with characters that no font here has: {codes}")]


def _name_places(page: Page) -> None:
    """Give each heading an id of its own: a chapter its key, others their words as in Jupyter, after the chapter's."""
    used = {part.content["key"] for part in page.parts if part.type == "chapter"}
    for part, heading in headings_of(page):
        if part.type == "chapter":
            heading["id"] = heading["key"]
            continue
        words = "-".join([part.place.chapter, *words_of(heading).split()]).strip("-") or "section"
        names = (words, *(f"{words}-{count}" for count in range(2, len(used) + 3)))
        heading["id"] = next(name for name in names if name not in used)
        used.add(heading["id"])


def _name_tables(page: Page) -> None:
    """Give each Markdown table, which has no caption of its own, the words of the heading above it."""
    caption = page.title["title"]
    for part in page.parts:
        if part.type in ("figure", "notes"):
            caption = part.content["heading"] or caption
        for node in markdown.walk(_nodes_of(part)):
            caption = words_of(node) if node["t"] == "h" else caption
            if node["t"] == "table":
                node["caption"] = caption


def _nodes_of(part: Part) -> list[markdown.Node]:
    """Give all Markdown of a part, the notes' included."""
    notes = part.content.get("notes") or part.content.get("items") or []
    return [*part.content.get("nodes", []), *(node for note in notes for node in note.get("nodes", []))]
