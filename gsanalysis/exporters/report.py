"""A report: the pages that lie beside its notebook become its chapters, so that both say the same."""

from pathlib import Path
from typing import Any

import nbformat

from gsanalysis.exporters import markdown
from gsanalysis.exporters.block_types import Block
from gsanalysis.exporters.document import Page, Part, Place, read_page, warning

CHAPTER = 2  # the level of a chapter's heading, below the report's title
ANNEX = "The values drawn in the charts"


def open_page(notebook: Any, resources: Any) -> Page:
    """Read a notebook as a page; a report's `include` is looked up in the folder that `resources` name."""
    metadata = resources["metadata"]
    page = read_page(notebook, metadata.get("name", "") or "Notebook")
    folder = Path(metadata.get("path") or ".")
    parts = [new for part in page.parts for new in _opened(part, page, folder)]
    if page.is_report:
        names = {part.content["key"] for part in parts if part.type == "chapter"}
        _lead_inside(parts, {f"{name}.html": f"#{name}" for name in names})
    return Page(page.title, parts, page.named)


def values_of(page: Page) -> list[Part]:
    """Give the tables of what the charts draw, each under its figure's number, for an annex on paper."""
    return [
        Part("table", _values(part.content), part.place)
        for part in page.parts
        if part.type == "figure" and part.content["table"]
    ]


def _values(figure: Block) -> Block:
    table = figure["table"]
    return table | {"label": figure["label"], "place": f"{figure['place']}-values"}


def _opened(part: Part, page: Page, folder: Path) -> list[Part]:
    if part.type != "include":
        return [part]
    if not page.is_report:
        return [warning(part.place, "chapters outside a report, which needs a title with a cover")]
    names = [entry["name"] for entry in part.content["pages"]]
    return [new for name in names for new in _chapter(name, folder, part.place, page.title["banner"])]


def _chapter(name: str, folder: Path, place: Place, banner: str) -> list[Part]:
    """Read one page as a chapter; what its cover says already is not said again."""
    file = folder / f"{name}.ipynb"
    if Path(name).name != name or not file.is_file():
        return [warning(place, f"there is no {name}.ipynb beside the report")]
    page = read_page(nbformat.read(file, as_version=4), name)
    head = page.title | {"type": "chapter", "key": name, "heading": page.title["title"], "level": CHAPTER}
    if head["banner"] == banner:
        head["banner"] = ""
    for part in page.parts:
        _lower(part)
    parts = [Part("chapter", head, Place(1, "")), *page.parts]
    return [Part(part.type, part.content, Place(part.place.number, part.place.id, name)) for part in parts]


def _lower(part: Part) -> None:
    """Put the headings of a page one level below its title's new place."""
    if part.type == "markdown":
        for node in markdown.walk(part.content["nodes"]):
            if node["t"] == "h":
                node["level"] += 1
    elif part.content.get("heading"):
        part.content["level"] += 1


def _lead_inside(parts: list[Part], chapters: dict[str, str]) -> None:
    """Let links from page to page lead to the chapters."""
    for part in parts:
        cells = [cell for row in part.content.get("rows", []) for cell in row]
        nodes = markdown.walk(part.content["nodes"]) if part.type == "markdown" else []
        for linked in [*cells, *(node for node in nodes if node["t"] == "link")]:
            linked["href"] = chapters.get(linked["href"], linked["href"])
