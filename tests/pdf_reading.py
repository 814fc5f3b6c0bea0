"""Read back what a PDF says of itself: metadata, tags, text and place by tag, links, files, fonts.

Everything comes from pikepdf; the text of an element is what a screen reader would read.
"""

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import pikepdf
from pdf_content import Content, Run, read_contents

XMP = ("pdfuaid:part", "pdfaid:part", "pdfaid:conformance", "dc:title")
HEADINGS = ("H1", "H2", "H3", "H4", "H5", "H6")
SET_APART = {"P", "Div", "LI", "TR", "TH", "TD", "Caption", "TOCI", *HEADINGS}
LOST = 0  # the page of a destination that isn't there


@dataclass(frozen=True)
class Spot:
    """The stretch of a page, in points from its foot, that something takes."""

    page: int
    top: float
    bottom: float


@dataclass
class Element:
    """A structure element: its type ("H1", "Table", "TD" …), its text and place, its attributes and its children.

    `target` is the page that a link inside the document leads to, LOST for none and None for other elements.
    """

    kind: str
    alt: str = ""
    scope: str = ""
    span: int = 1
    row_span: int = 1
    text: str = ""
    spot: Spot | None = None
    target: int | None = None
    children: list["Element"] = field(default_factory=list)

    def all(self, *kinds: str) -> list["Element"]:
        """Give the elements of these types at or below this one, in reading order."""
        own = [self] if self.kind in kinds else []
        return own + [found for child in self.children for found in child.all(*kinds)]

    @property
    def full_text(self) -> str:
        """The text of the element and all below it; what stands apart is parted by a space."""
        texts = (child.full_text + (" " if child.kind in SET_APART else "") for child in self.children)
        return self.text + "".join(texts)

    @property
    def spots(self) -> list[Spot]:
        """The places of the element and all below it, in reading order."""
        return ([self.spot] if self.spot else []) + [spot for child in self.children for spot in child.spots]

    @property
    def pages(self) -> list[int]:
        """The pages that it stands on."""
        return sorted({spot.page for spot in self.spots})


@dataclass(frozen=True)
class AttachedFile:
    """A file that a PDF carries."""

    name: str
    relationship: str
    mime: str
    description: str
    data: bytes


@dataclass
class Structure:
    """A PDF's structure. `furniture` is the text of headers and footers, page by page; `links` as in `Element`."""

    root: Element
    title: str
    language: str
    shows_title: bool
    marked: bool
    xmp: dict[str, str]
    outline: list[str]
    pages: list[str]
    furniture: list[str]
    fonts: dict[str, tuple[bool, bool]]
    rasters: int
    runs: list[Run]
    links: list[int | str]
    files: list[AttachedFile]

    @property
    def headings(self) -> list[tuple[int, str]]:
        """Level and text of each heading."""
        return [(int(heading.kind[1]), tidy(heading.full_text)) for heading in self.root.all(*HEADINGS)]

    @property
    def alternatives(self) -> list[str]:
        """The alternative text of each figure."""
        return [figure.alt for figure in self.root.all("Figure")]

    @property
    def tables(self) -> list[list[list[str]]]:
        """The text of each table, row by row and cell by cell; the header is the first row."""
        tables = self.root.all("Table")
        return [[[tidy(c.full_text) for c in row.all("TH", "TD")] for row in t.all("TR")] for t in tables]

    @property
    def text(self) -> str:
        """All text in reading order, without the places where a word may break."""
        return self.root.full_text.replace("\u200b", "")


@lru_cache(maxsize=4)
def read_structure(data: bytes) -> Structure:
    """Read a PDF from its bytes."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        contents = read_contents(pdf)
        metadata = pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False)
        with pdf.open_outline() as outline:
            titles = list(_titles(outline.root))
        root, reader = pdf.Root, _Reader(pdf, contents)
        return Structure(
            root=reader.element(root.StructTreeRoot, None),
            title=str(pdf.docinfo.get("/Title", "")),
            language=str(root.get("/Lang", "")),
            shows_title=bool(root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False)),
            marked=bool(root.get("/MarkInfo", {}).get("/Marked", False)),
            xmp={key: str(metadata.get(key, "")) for key in XMP},
            outline=titles,
            pages=["".join(content.tagged.values()) for content in contents],
            furniture=[content.artifacts for content in contents],
            fonts=dict(_fonts(pdf)),
            rasters=sum(1 for _ in _rasters(pdf)),
            runs=[run for content in contents for run in content.runs],
            links=[reader.target(link) for page in pdf.pages for link in page.obj.get("/Annots", [])],
            files=[_file(file) for file in root.get("/AF", [])],
        )


def tidy(text: str) -> str:
    """Give a text in one line, without the places where a word may break."""
    return " ".join(text.replace("\u200b", "").split())


class _Reader:
    """Puts the tree of tags together with what the pages show."""

    def __init__(self, pdf: pikepdf.Pdf, contents: list[Content]) -> None:
        self.contents = contents
        self.numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
        self.destinations = dict(_names(pdf.Root.get("/Names", {}).get("/Dests")))
        self.spots: dict[tuple[int, int], Spot] = {}
        for run in (run for content in contents for run in content.runs if run.mark is not None):
            key, top = (run.page, run.mark or 0), run.base + run.size
            before = self.spots.get(key, Spot(run.page, top, run.base))
            self.spots[key] = Spot(run.page, max(before.top, top), min(before.bottom, run.base))

    def element(self, node: Any, page: Any) -> Element:
        page = node.get("/Pg", page)
        attributes = _attributes(node.get("/A"))
        element = Element(
            str(node.get("/S", "/Root"))[1:],
            str(node.get("/Alt", "")),
            scope=str(attributes.get("/Scope", "/"))[1:],
            span=int(attributes.get("/ColSpan", 1)),
            row_span=int(attributes.get("/RowSpan", 1)),
        )
        if "/BBox" in attributes and page is not None:
            _, bottom, _, top = (float(number) for number in attributes["/BBox"])
            element.spot = Spot(self.numbers[page.objgen], top, bottom)
        kids = node.get("/K", [])
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, int):
                element.children.append(self._text(page, kid))
            elif kid.get("/Type") == "/MCR":
                element.children.append(self._text(kid.get("/Pg", page), int(kid.MCID)))
            elif kid.get("/Type") == "/OBJR":
                target = self.target(kid.Obj)
                element.target = target if isinstance(target, int) else None
            elif "/S" in kid:
                element.children.append(self.element(kid, page))
        return element

    def target(self, link: Any) -> int | str:
        """Give the page that a link leads to, LOST for none, and its address where it leads out of the document."""
        action = link.get("/A", {})
        if "/URI" in action:
            return str(action.URI)
        place = link.get("/Dest", action.get("/D"))
        if isinstance(place, pikepdf.String | pikepdf.Name):
            place = self.destinations.get(str(place))
        if isinstance(place, pikepdf.Dictionary):
            place = place.get("/D")
        return self.numbers.get(place[0].objgen, LOST) if isinstance(place, pikepdf.Array) else LOST

    def _text(self, page: Any, mark: int) -> Element:
        number = self.numbers[page.objgen]
        text = self.contents[number - 1].tagged.get(mark, "")
        return Element("text", text=text, spot=self.spots.get((number, mark)))


def _attributes(found: Any) -> dict[str, Any]:
    every = found if isinstance(found, pikepdf.Array) else [] if found is None else [found]
    return {key: value for attributes in every for key, value in attributes.items()}


def _names(tree: Any) -> Iterator[tuple[str, Any]]:
    """Visit a name tree: each name with what it stands for."""
    if tree is None:
        return
    names = list(tree.get("/Names", []))
    yield from ((str(name), value) for name, value in zip(names[::2], names[1::2], strict=True))
    for kid in tree.get("/Kids", []):
        yield from _names(kid)


def _file(file: Any) -> AttachedFile:
    stream = file.EF.F
    said = (str(file.get(key, "")) for key in ("/UF", "/AFRelationship"))
    name, relationship = said
    mime, about = str(stream.get("/Subtype", "/")), str(file.get("/Desc", ""))
    return AttachedFile(name, relationship[1:], mime[1:], about, stream.read_bytes())


def _titles(items: Any) -> Iterator[str]:
    for item in items:
        yield item.title
        yield from _titles(item.children)


def _fonts(pdf: pikepdf.Pdf) -> Iterator[tuple[str, tuple[bool, bool]]]:
    for item in pdf.objects:
        if not isinstance(item, pikepdf.Dictionary) or item.get("/Type") != "/Font":
            continue
        if "/DescendantFonts" in item:
            descriptor = item.DescendantFonts[0].FontDescriptor
            embedded = any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3"))
            yield str(item.BaseFont)[1:], (embedded, "/ToUnicode" in item)
        elif "/FontDescriptor" not in item:
            yield str(item.get("/BaseFont", "/Type3"))[1:], (False, "/ToUnicode" in item)


def _rasters(pdf: pikepdf.Pdf) -> Iterator[Any]:
    for item in pdf.objects:
        if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Image":
            yield item
