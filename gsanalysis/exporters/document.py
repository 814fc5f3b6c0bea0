"""From an executed notebook to a page: its title and its parts in order, each with the cell it comes from."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from nbconvert.utils.exceptions import ConversionException

from gsanalysis.exporters import images, markdown
from gsanalysis.exporters.block_types import Block, BlockError, completed
from gsanalysis.exporters.plain_text import clean, cleaned

BLOCK = "application/vnd.gsanalysis.v1+json"
RIGHT_TO_LEFT = ("ar", "fa", "he", "ur")  # languages
_SVG, _PNG, _MARKDOWN = "image/svg+xml", "image/png", "text/markdown"


class PageError(ConversionException):
    """A notebook can't become a page; the message names every cell at fault and what is wrong with it."""


@dataclass(frozen=True)
class Place:
    """The cell that a part comes from: its number, counted from 1, its id, and in a report its chapter's name."""

    number: int
    id: str
    chapter: str = ""

    def __str__(self) -> str:
        where = f"{self.chapter}, cell {self.number}" if self.chapter else f"cell {self.number}"
        return f"{where} (id {self.id})" if self.id else where


@dataclass
class Part:
    """One piece of a page.

    `type` is a block's type, or "markdown" (content: nodes), "warning" (content: text), or "chapter" (content: the
    title block of a page inside a report, with heading, level and key).
    """

    type: str
    content: Block
    place: Place


@dataclass
class Page:
    """A page to render: the title block and the parts below it. `named` says whether the notebook has a title."""

    title: Block
    parts: list[Part] = field(default_factory=list)
    named: bool = True

    @property
    def name(self) -> str:
        """The document's title."""
        eyebrow, title = self.title["eyebrow"], self.title["title"]
        return f"{eyebrow}: {title}" if eyebrow else title

    @property
    def is_report(self) -> bool:
        """Whether the page has a cover, and so contents and chapters."""
        return bool(self.title["cover"])

    @property
    def warnings(self) -> list[Part]:
        """What is wrong with the page."""
        return [part for part in self.parts if part.type == "warning"]


def read_page(notebook: Any, name: str = "") -> Page:
    """Read a notebook (nbformat 4); without a title block or a main heading the page takes the file's name."""
    parts = [part for place, cell in _visible_cells(notebook) for part in _cell_parts(cell, place)]
    titles = [part for part in parts if part.type == "title"]
    rest = _with_notes_beside([part for part in parts if part.type != "title"])
    if titles:
        rest += [warning(part.place, "a second title block") for part in titles[1:]]
        title = titles[0].content
        named = bool(title["title"].strip())
        return Page(title if named else title | {"title": name}, rest, named)
    return _page_without_title_block(rest, name)


def warning(place: Place, text: str) -> Part:
    """Make the part that stands in a page for what is wrong in a cell."""
    return Part("warning", {"text": clean(text)}, place)


def _visible_cells(notebook: Any) -> Iterator[tuple[Place, Any]]:
    for number, cell in enumerate(notebook["cells"], 1):
        if "hide" not in cell["metadata"].get("tags", []):
            yield Place(number, cell.get("id", "")), cell


def _cell_parts(cell: Any, place: Place) -> Iterator[Part]:
    if cell["cell_type"] == "markdown":
        yield Part("markdown", {"nodes": markdown.parsed(cell["source"]), "ours": True}, place)
    elif cell["cell_type"] == "code":
        for output in cell["outputs"]:
            yield from _output_parts(output, cell, place)
    elif cell["source"].strip():
        yield warning(place, "a raw cell, which a page can't show")


def _output_parts(output: Any, cell: Any, place: Place) -> Iterator[Part]:
    data = output.get("data", {})
    if BLOCK in data:
        yield _block_part(data, place)
    elif _SVG in data or _PNG in data:
        alt = _alternative_text(output, cell)
        yield _figure_part({"type": "figure", "alt": alt, "level": 0}, data, place)
    elif _MARKDOWN in data:
        yield Part("markdown", {"nodes": markdown.parsed(_joined(data[_MARKDOWN])), "ours": False}, place)
    elif shown := _kind(output):
        yield warning(place, f"an output that a page can't show: {shown}")


def _block_part(data: Any, place: Place) -> Part:
    try:
        block = completed(cleaned(dict(data[BLOCK])))
        if block["type"] == "attachments":
            block["files"] = _files(data[BLOCK]["files"])
    except (BlockError, TypeError, KeyError) as error:
        return warning(place, f"an output that a page can't show: {error}")
    if block["type"] == "figure":
        return _figure_part(block, data, place)
    if block["type"] == "notes":
        block["items"] = [_note(item) for item in block["items"]]
    return Part(block["type"], block, place)


def _files(files: list[Block]) -> list[Block]:
    """Files are passed on byte by byte; only what is printed of them is cleaned."""
    return [
        {"name": clean(file["name"]), "description": clean(file["description"]), "text": file["text"]}
        for file in files
    ]


def _figure_part(block: Block, data: Any, place: Place) -> Part:
    try:
        image = images.svg(_joined(data[_SVG])) if _SVG in data else images.png(_joined(data.get(_PNG, "")))
    except images.ImageError as error:
        return warning(place, f"an output that a page can't show: {error}")
    return Part("figure", completed(cleaned(block)) | {"image": image, "notes": []}, place)


def _note(item: Block) -> Block:
    """A note's text is a paragraph; an author's Markdown is what it says."""
    plain = [{"t": "p", "c": [{"t": "text", "text": item.get("text", "")}]}]
    nodes = markdown.without_headings(markdown.parsed(item["markdown"])) if "markdown" in item else plain
    return {"lead": item.get("lead", ""), "nodes": nodes, "refs": item.get("refs", [])}


def _alternative_text(output: Any, cell: Any) -> str:
    metadata = output.get("metadata", {})
    for found in (metadata.get(_SVG, {}), metadata.get(_PNG, {}), metadata, cell["metadata"]):
        if isinstance(found, dict) and isinstance(found.get("alt"), str):
            return str(found["alt"])
    return ""


def _joined(text: Any) -> str:
    return "".join(text) if isinstance(text, list) else str(text)


def _kind(output: Any) -> str:
    """Name what an output is, or "" where there is nothing to see in it."""
    if output["output_type"] == "error":
        return f"an error, {output.get('ename', '')}: {output.get('evalue', '')}"
    if output["output_type"] == "stream":
        return "printed text" if _joined(output.get("text", "")).strip() else ""
    return ", ".join(sorted(output.get("data", {})))


def _with_notes_beside(parts: list[Part]) -> list[Part]:
    """Put notes without a heading beside the figure that they follow in the same cell."""
    kept: list[Part] = []
    for part in parts:
        last = kept[-1] if kept else None
        beside = part.type == "notes" and not part.content["heading"]
        if beside and last and last.type == "figure" and last.place == part.place:
            last.content["notes"] += part.content["items"]
        else:
            kept.append(part)
    return kept


def _page_without_title_block(parts: list[Part], name: str) -> Page:
    """Take the only main heading as the title; of several, or none, each stands under the file's name."""
    headings = [node for node in markdown_nodes(parts) if node["t"] == "h"]
    mains = [node for node in headings if node["level"] == 1]
    if len(mains) == 1 and mains[0] is headings[0]:
        mains[0]["t"] = "nothing"
        return Page(_title(markdown.plain(mains[0]["c"])), parts)
    for node in headings if mains else []:
        node["level"] = min(node["level"] + 1, 6)
    return Page(_title(name), parts, named=False)


def markdown_nodes(parts: list[Part]) -> Iterator[markdown.Node]:
    """Visit the nodes of the Markdown parts, in order."""
    for part in parts:
        if part.type == "markdown":
            yield from markdown.walk(part.content["nodes"])


def _title(text: str) -> Block:
    return completed({"type": "title", "title": clean(text)})
