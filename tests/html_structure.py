"""Read an HTML page back as its reader meets it, and list what a report's page must not be or lack."""

import itertools
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

PLACEHOLDER = "No description has been provided for this image"
VOID = {"meta", "img", "br", "hr", "link", "input"}
LOADS = {"src", "srcset", "poster", "data", "background", "action", "formaction", "ping"}


@dataclass
class Node:
    """An element with its attributes; its text lies in children named "#text"."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    text: str = ""
    children: list["Node"] = field(default_factory=list)

    def all(self, *tags: str) -> list["Node"]:
        """Give the elements with these tags at or below this one, in order."""
        own = [self] if self.tag in tags else []
        return own + [found for child in self.children for found in child.all(*tags)]

    @property
    def every(self) -> list["Node"]:
        """This element and all below it."""
        return [self, *(node for child in self.children for node in child.every)]

    @property
    def full_text(self) -> str:
        """The text of the element and all below it."""
        return self.text + "".join("\n" if c.tag == "br" else c.full_text for c in self.children)


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [Node("#document")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, {name: value or "" for name, value in attrs})
        self.open[-1].children.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].children.append(Node(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].tag == tag, f"</{tag}> closes <{self.open[-1].tag}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(Node("#text", text=data))


def read_page(page: str) -> Node:
    """Parse a page; an element that isn't closed where it should be is an AssertionError."""
    builder = _Builder()
    builder.feed(page)
    builder.close()
    assert len(builder.open) == 1, f"not closed: {[node.tag for node in builder.open[1:]]}"
    return builder.open[0]


def tables(page: str) -> list[list[list[str]]]:
    """Give the text of each table, row by row and cell by cell; the header is the first row."""
    found = read_page(page).all("table")
    return [[[_tidy(c.full_text) for c in row.all("th", "td")] for row in t.all("tr")] for t in found]


def page_faults(page: str, language: str = "en") -> list[str]:
    """List what is wrong with a page; empty for a good one. Each entry is a sentence."""
    root = read_page(page)
    faults = [] if page.startswith("<!DOCTYPE html>") else ["The page has no doctype."]
    if [node.attributes.get("lang") for node in root.all("html")] != [language]:
        faults.append(f"The language is not {language!r}.")
    for tag in ("title", "h1", "main"):
        if [bool(_tidy(node.full_text)) for node in root.all(tag)] != [True]:
            faults.append(f"There is not one {tag} with text.")
    for check in (_running_code, _loading, _headings, _images, _tables, _ids, _links, _contents):
        faults += check(root)
    return faults


def _running_code(root: Node) -> list[str]:
    tags = [
        node.tag for node in root.all("script", "iframe", "object", "embed", "base", "form", "foreignobject")
    ]
    handlers = [name for node in root.every for name in node.attributes if name.startswith("on")]
    return [f"The page could run something: {found}." for found in (tags, handlers) if found]


def _loading(root: Node) -> list[str]:
    loads = [value for node in root.every for name, value in node.attributes.items() if name in LOADS]
    faults = [f"The page loads {value[:60]!r}." for value in loads if not value.startswith("data:image/")]
    faults += [f"The page links to a {node.attributes.get('rel')}." for node in root.all("link")]
    styles = [node.full_text for node in root.all("style")]
    styles += [node.attributes["style"] for node in root.every if "style" in node.attributes]
    return faults + [f"A style loads: {s[:60]!r}." for s in styles if re.search(r"@import|url\(|https?:", s)]


def _headings(root: Node) -> list[str]:
    levels = [int(node.tag[1]) for node in root.all("h1", "h2", "h3", "h4", "h5", "h6")]
    jumps = any(after > before + 1 for before, after in itertools.pairwise(levels))
    return [f"The headings skip a level: {levels}."] if jumps or levels[:1] != [1] else []


def _images(root: Node) -> list[str]:
    alternatives = [node.attributes.get("alt", "") for node in root.all("img")]
    bad = [alt for alt in alternatives if len(alt) < 20 or PLACEHOLDER in alt]
    faults = [f"A chart has the alternative text {alt!r}." for alt in bad]
    if len(set(alternatives)) < len(alternatives):
        faults.append("Two charts have the same alternative text.")
    exposed = [node for node in root.all("svg") if node.attributes.get("aria-hidden") != "true"]
    return faults + (["A sign is not hidden from screen readers."] if exposed else [])


def _tables(root: Node) -> list[str]:
    faults = []
    for table in root.all("table"):
        caption = " ".join(_tidy(node.full_text) for node in table.all("caption"))
        if not caption:
            faults.append("A table has no caption.")
        if any(cell.attributes.get("scope") not in ("col", "row") for cell in table.all("th")):
            faults.append(f"The table {caption!r} has header cells without scope.")
        if len({sum(map(_span, row.all("th", "td"))) for row in table.all("tr")}) > 1:
            faults.append(f"The table {caption!r} has rows of different lengths.")
    regions = [node for node in root.every if node.attributes.get("class") == "scroll"]
    keys = ("tabindex", "aria-label")
    return faults + [
        f"A region that scrolls has no {k}." for n in regions for k in keys if not n.attributes.get(k)
    ]


def _span(cell: Node) -> int:
    return int(cell.attributes.get("colspan", 1))


def _ids(root: Node) -> list[str]:
    ids = [node.attributes["id"] for node in root.every if "id" in node.attributes]
    return ["Two elements have one id."] if len(set(ids)) < len(ids) else []


def _links(root: Node) -> list[str]:
    addresses = [node.attributes.get("href", "") for node in root.all("a")]
    schemes = [a for a in addresses if re.match(r"\s*[a-z][a-z0-9+.-]*:", a, re.IGNORECASE)]
    ids = {node.attributes.get("id") for node in root.every}
    lost = [a for a in addresses if a.startswith("#") and a[1:] not in ids]
    return [
        f"A link leads to {a!r}." for a in schemes if not a.startswith(("http://", "https://", "mailto:"))
    ] + [f"A link leads to {a!r}, which is nowhere on the page." for a in lost]


def _contents(root: Node) -> list[str]:
    """A report's contents name its chapters and their sections in order, and lead to them."""
    navigation = root.all("nav")
    if not navigation:
        return []
    levels = ("h2", "h3") if any(link for item in root.all("nav") for link in item.all("ul")) else ("h2",)
    headings = [node for node in root.all(*levels) if node.attributes.get("id") != "contents"]
    expected = [(f"#{node.attributes.get('id')}", _tidy(node.full_text)) for node in headings]
    found = [(link.attributes["href"], _tidy(link.full_text)) for link in navigation[0].all("a")]
    return (
        [] if found == expected else [f"The contents are not the headings: {sorted({*found} ^ {*expected})}."]
    )


def _tidy(text: str) -> str:
    return " ".join(text.split())
