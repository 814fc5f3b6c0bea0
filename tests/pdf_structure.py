"""Read back what a PDF says of itself: metadata, tags, text by tag, fonts; and what a report's PDF must have.

Everything comes from pikepdf; the text of an element is what a screen reader would read.
"""

import io
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf

PLACEHOLDER = "No description has been provided for this image"
CONFORMANCE = {"pdfuaid:part": "1", "pdfaid:part": "2", "pdfaid:conformance": "A"}
SET_APART = {"P", "Div", "LI", "TR", "TH", "TD", "Caption", "H1", "H2", "H3", "H4", "H5", "H6"}
OUR_FONTS = re.compile(r"[A-Z]{6}\+(SourceSansPro|SourceSerifPro|DejaVuSans)")
MarkedText = dict[tuple[int, int], str]


@dataclass
class Element:
    """A structure element: its type ("H1", "Table", "TD" …), its text, its attributes and its children."""

    kind: str
    alt: str = ""
    scope: str = ""
    text: str = ""
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


@dataclass
class Structure:
    """A PDF's structure. `furniture` is the text of headers and footers, page by page."""

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

    @property
    def headings(self) -> list[tuple[int, str]]:
        """Level and text of each heading."""
        found = self.root.all("H1", "H2", "H3", "H4", "H5", "H6")
        return [(int(heading.kind[1]), _tidy(heading.full_text)) for heading in found]

    @property
    def alternatives(self) -> list[str]:
        """The alternative text of each figure."""
        return [figure.alt for figure in self.root.all("Figure")]

    @property
    def tables(self) -> list[list[list[str]]]:
        """The text of each table, row by row and cell by cell; the header is the first row."""
        tables = self.root.all("Table")
        return [[[_tidy(c.full_text) for c in row.all("TH", "TD")] for row in t.all("TR")] for t in tables]

    @property
    def text(self) -> str:
        """All text in reading order, without the places where a word may break."""
        return self.root.full_text.replace("\u200b", "")


def read_structure(data: bytes) -> Structure:
    """Read a PDF from its bytes."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        contents = [_page_text(page) for page in pdf.pages]
        marked = {(n, mcid): text for n, (tagged, _) in enumerate(contents) for mcid, text in tagged.items()}
        numbers = {page.obj.objgen: n for n, page in enumerate(pdf.pages)}
        metadata = pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False)
        xmp = {key: str(metadata.get(key, "")) for key in (*CONFORMANCE, "dc:title")}
        with pdf.open_outline() as outline:
            titles = list(_titles(outline.root))
        root = pdf.Root
        return Structure(
            root=_element(root.StructTreeRoot, marked, numbers, None),
            title=str(pdf.docinfo.get("/Title", "")),
            language=str(root.get("/Lang", "")),
            shows_title=bool(root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False)),
            marked=bool(root.get("/MarkInfo", {}).get("/Marked", False)),
            xmp=xmp,
            outline=titles,
            pages=["".join(tagged.values()) for tagged, _ in contents],
            furniture=[artifacts for _, artifacts in contents],
            fonts=dict(_fonts(pdf)),
            rasters=sum(1 for _ in _rasters(pdf)),
        )


def structure_faults(data: bytes, language: str = "en", rasters: int = 0) -> list[str]:
    """List what a report's PDF lacks; empty for a good one. Each entry is a sentence."""
    found = read_structure(data)
    faults = [*_metadata_faults(found, language), *_heading_faults(found), *_figure_faults(found)]
    faults += [*_table_faults(found), *_font_faults(found), *_furniture_faults(found)]
    if found.rasters != rasters:
        faults.append(f"There are {found.rasters} raster images, not {rasters}.")
    return faults


def _metadata_faults(found: Structure, language: str) -> Iterator[str]:
    for key, value in CONFORMANCE.items():
        if found.xmp[key] != value:
            yield f"The XMP metadata say {key} = {found.xmp[key]!r}, not {value!r}."
    if found.language != language:
        yield f"The language is {found.language!r}, not {language!r}."
    if not found.title or found.title != found.xmp["dc:title"]:
        yield f"The title {found.title!r} is empty or not that of the XMP metadata."
    if not found.shows_title or not found.marked:
        yield "The document doesn't show its title, or isn't marked as tagged."


def _heading_faults(found: Structure) -> Iterator[str]:
    levels = [level for level, _ in found.headings]
    if levels.count(1) != 1 or levels[0] != 1:
        yield f"There is not one main heading, first: {levels}."
    if any(after > before + 1 for before, after in itertools.pairwise(levels)):
        yield f"The headings skip a level: {levels}."
    if [_tidy(title) for title in found.outline] != [_tidy(text) for _, text in found.headings]:
        yield f"The outline {found.outline} is not the headings {found.headings}."


def _figure_faults(found: Structure) -> Iterator[str]:
    alternatives = found.alternatives
    for alt in alternatives:
        if len(alt) < 20 or PLACEHOLDER in alt:
            yield f"A figure has the alternative text {alt!r}."
    if len(set(alternatives)) < len(alternatives):
        yield "Two figures have the same alternative text."


def _table_faults(found: Structure) -> Iterator[str]:
    for table in found.root.all("Table"):
        cells = table.all("TH")
        name = _tidy(table.full_text)[:40]
        if not table.all("THead") or not cells:
            yield f"The table {name!r} has no header."
        if any(cell.scope != "Column" for cell in cells):
            yield f"The table {name!r} has header cells without scope."
        if len({len(row.all("TH", "TD")) for row in table.all("TR")}) > 1:
            yield f"The table {name!r} has rows of different lengths."


def _font_faults(found: Structure) -> Iterator[str]:
    for name, (embedded, has_unicode) in found.fonts.items():
        if not embedded or not has_unicode:
            yield f"The font {name} is not embedded or has no ToUnicode."
        if not OUR_FONTS.match(name) or "LastResort" in name:
            yield f"The font {name} is not one of ours."


def _furniture_faults(found: Structure) -> Iterator[str]:
    count = len(found.furniture)
    for number, text in enumerate(found.furniture, 1):
        if f"page {number} of {count}" not in _tidy(text):
            yield f"Page {number} does not say 'page {number} of {count}': {text!r}."


def _tidy(text: str) -> str:
    return " ".join(text.replace("\u200b", "").split())


def _element(node: Any, marked: MarkedText, numbers: dict[Any, int], page: Any) -> Element:
    page = node.get("/Pg", page)
    kind = str(node.get("/S", "/Root"))[1:]
    element = Element(kind, str(node.get("/Alt", "")), _scope(node.get("/A")))
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, int):
            element.children.append(Element("text", text=marked.get((numbers[page.objgen], kid), "")))
        elif kid.get("/Type") == "/MCR":
            text = marked.get((numbers[kid.get("/Pg", page).objgen], int(kid.MCID)), "")
            element.children.append(Element("text", text=text))
        elif "/S" in kid:
            element.children.append(_element(kid, marked, numbers, page))
    return element


def _scope(attributes: Any) -> str:
    if attributes is None:
        return ""
    every = attributes if isinstance(attributes, pikepdf.Array) else [attributes]
    return next((str(a.Scope)[1:] for a in every if "/Scope" in a), "")


def _page_text(page: Any) -> tuple[dict[int, str], str]:
    """Give a page's text by marked-content number, and the text of its artifacts."""
    maps = {name: unicode_map(font) for name, font in page.resources.get("/Font", {}).items()}
    tagged: dict[int, str] = {}
    artifacts, font, stack = "", "", []
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name in ("BDC", "BMC"):
            stack.append(_mark(operands))
        elif name == "EMC":
            _, _, actual = stack.pop()
            mcid = next((m for _, m, _ in reversed(stack) if m is not None), None)
            if actual and mcid is not None:
                tagged[mcid] = tagged.get(mcid, "") + actual
        elif name == "Tf":
            font = str(operands[0])
        elif name in ("Tj", "TJ") and not any(actual for _, _, actual in stack):
            text = _shown(operands[0], maps[font])
            mcid = next((m for _, m, _ in reversed(stack) if m is not None), None)
            if mcid is not None:
                tagged[mcid] = tagged.get(mcid, "") + text
            else:
                artifacts += text
    return tagged, artifacts


def _mark(operands: Any) -> tuple[str, int | None, str]:
    properties = operands[1] if len(operands) > 1 and isinstance(operands[1], pikepdf.Dictionary) else {}
    mcid = properties.get("/MCID")
    return str(operands[0]), None if mcid is None else int(mcid), str(properties.get("/ActualText", ""))


def _shown(operand: Any, to_unicode: dict[int, str]) -> str:
    return "".join(to_unicode.get(code, "") for code in shown_codes(operand))


def shown_codes(operand: Any) -> list[int]:
    """Give the two-byte codes that an operator Tj or TJ shows."""
    pieces = operand if isinstance(operand, pikepdf.Array) else [operand]
    strings = [bytes(piece) for piece in pieces if isinstance(piece, pikepdf.String)]
    return [int.from_bytes(s[i : i + 2], "big") for s in strings for i in range(0, len(s), 2)]


def unicode_map(font: Any) -> dict[int, str]:
    """Read a font's ToUnicode: the text of each code."""
    if "/ToUnicode" not in font:
        return {}
    cmap = font.ToUnicode.read_bytes().decode("ascii", "replace")
    found = {}
    for body in re.findall(r"beginbfchar(.*?)endbfchar", cmap, re.S):
        for code, text in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", body):
            found[int(code, 16)] = bytes.fromhex(text).decode("utf-16-be", "replace")
    for body in re.findall(r"beginbfrange(.*?)endbfrange", cmap, re.S):
        for low, high, text in re.findall(r"<(\w+)>\s*<(\w+)>\s*<(\w+)>", body):
            start = int.from_bytes(bytes.fromhex(text), "big")
            found |= {c: chr(start + c - int(low, 16)) for c in range(int(low, 16), int(high, 16) + 1)}
    return found


def _titles(items: Any) -> Iterator[str]:
    for item in items:
        yield item.title
        yield from _titles(item.children)


def _fonts(pdf: pikepdf.Pdf) -> Iterator[tuple[str, tuple[bool, bool]]]:
    for item in pdf.objects:
        if (
            isinstance(item, pikepdf.Dictionary)
            and item.get("/Type") == "/Font"
            and "/DescendantFonts" in item
        ):
            descriptor = item.DescendantFonts[0].FontDescriptor
            embedded = any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3"))
            yield str(item.BaseFont)[1:], (embedded, "/ToUnicode" in item)
        elif (
            isinstance(item, pikepdf.Dictionary)
            and item.get("/Type") == "/Font"
            and "/FontDescriptor" not in item
        ):
            yield str(item.get("/BaseFont", "/Type3"))[1:], (False, "/ToUnicode" in item)


def _rasters(pdf: pikepdf.Pdf) -> Iterator[Any]:
    for item in pdf.objects:
        if isinstance(item, pikepdf.Stream) and item.get("/Subtype") == "/Image":
            yield item
