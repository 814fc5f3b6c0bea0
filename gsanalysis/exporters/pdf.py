"""A notebook as PDF, set by Typst: tagged, PDF/UA-1 and PDF/A-2a in one file, no clock, no network."""

import calendar
import json
import re
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import typst
from nbconvert.exporters.exporter import Exporter
from traitlets import Bool, default

from gsanalysis.exporters import fonts, layout, markdown
from gsanalysis.exporters.document import RIGHT_TO_LEFT, Page, PageError, Part, read_page, warning
from gsanalysis.exporters.images import Image
from gsanalysis.exporters.plain_text import breakable, printable_text
from gsanalysis.exporters.review import anchors, reviewed
from gsanalysis.exporters.signs import WORDS, standalone, unsaid_word

_TEMPLATE = Path(__file__).parent / "templates" / "page.typ"
_STANDARDS: list[Any] = ["ua-1", "a-2a"]
_UNDATED = date(1970, 1, 1)
_LANGUAGE, _REGION = re.compile("[a-z]{2,3}"), re.compile("[A-Z]{2}")
_LONGEST_WORD, _LONGEST_LABEL = 24, 12


class PDFExporter(Exporter):
    """Export a notebook to PDF: `jupyter nbconvert --to gsanalysis-pdf NOTEBOOK`."""

    export_from_notebook = "gsanalysis PDF"
    output_mimetype = "application/pdf"
    strict = Bool(False, help="Refuse a page with a fault instead of showing a warning in it.").tag(
        config=True
    )

    @default("file_extension")
    def _pdf_extension(self) -> str:
        return ".pdf"

    def from_notebook_node(self, nb: Any, resources: Any = None, **kw: Any) -> Any:
        """Give the PDF's bytes and the resources; PageError where `strict` finds a fault or Typst refuses the page."""
        notebook, resources = super().from_notebook_node(nb, resources, **kw)
        name = resources["metadata"].get("name", "") or "Notebook"
        page = reviewed(read_page(notebook, name), self.strict)
        return _rendered(page, self.strict), resources


def _rendered(page: Page, strict: bool) -> bytes:
    """Set a page; where Typst can't draw an image of a foreign notebook, set it without that image."""
    try:
        return render(page, strict)
    except PageError:
        if strict:
            raise
    parts = [part if _can_be_set(page, part) else _undrawn(part) for part in page.parts]
    return render(Page(page.title, parts, page.named), strict)


def _can_be_set(page: Page, part: Part) -> bool:
    """Tell whether an image can be drawn, by drawing it alone and without its heading."""
    if part.type != "figure":
        return True
    try:
        render(Page(page.title, [Part("figure", part.content | {"heading": ""}, part.place)]), strict=False)
    except PageError:
        return False
    return True


def _undrawn(part: Part) -> Part:
    return warning(part.place, "an image that can't be drawn in a PDF")


def render(page: Page, strict: bool) -> bytes:
    """Set a page; PageError with Typst's words where it refuses it, or where it warns and we are strict."""
    day = _day(page.title["date"])
    inputs = {"page": json.dumps(_prepared(page, day), ensure_ascii=False, sort_keys=True)}
    stamp = calendar.timegm(day.timetuple())
    try:
        data, warnings = _compiler().compile_with_warnings(
            _TEMPLATE.read_bytes(), format="pdf", sys_inputs=inputs, pdf_standards=_STANDARDS, timestamp=stamp
        )
    except typst.TypstError as error:
        raise PageError(f"the PDF can't be set: {error.message}") from error
    if warnings and strict:
        raise PageError("the PDF can't be set cleanly: " + "; ".join(each.message for each in warnings))
    return bytes(data)  # type: ignore[arg-type]


@cache
def _compiler() -> typst.Compiler:
    return typst.Compiler(font_paths=fonts.typst_fonts(), ignore_system_fonts=True)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return _UNDATED


def _prepared(page: Page, day: date) -> dict[str, Any]:
    """Give all that the template needs, as JSON; text stays text, Typst never reads it as markup."""
    language, _, region = page.title["language"].partition("-")
    known = anchors(page)
    parts = [{"type": part.type} | _PREPARE.get(part.type, _as_it_is)(part) for part in page.parts]
    return {
        "name": printable_text(page.name, fonts.printable()),
        "language": language if _LANGUAGE.fullmatch(language) else "en",
        "region": region if _REGION.fullmatch(region) else None,
        "right_to_left": language in RIGHT_TO_LEFT,
        "date": [day.year, day.month, day.day],
        "title": _set(page.title, _LONGEST_WORD),
        "signs": {rating: standalone(rating) for rating in WORDS},
        "words": WORDS,
        "anchors": sorted(known),
        "parts": parts,
    }


def _set(content: Any, longest: int) -> Any:
    """Make every string of a block printable and breakable, however deep it lies."""
    if isinstance(content, str):
        return breakable(printable_text(content, fonts.printable()), longest)
    if isinstance(content, dict):
        if content.get("t") == "table":
            return _markdown_table(content)
        return {
            key: value if key in ("href", "id") else _set(value, longest) for key, value in content.items()
        }
    if isinstance(content, list):
        return [_set(value, longest) for value in content]
    return content


def _as_it_is(part: Part) -> dict[str, Any]:
    return dict(_set(part.content, _LONGEST_WORD))


def _markdown(part: Part) -> dict[str, Any]:
    """Prepare Markdown; the words that introduce what follows stay with it, as their heading does."""
    nodes = _set(part.content["nodes"], _LONGEST_WORD)
    if [node["t"] for node in nodes[-2:]] == ["h", "p"]:
        nodes[-1]["kept"] = True
    return {"nodes": nodes}


def _markdown_table(node: dict[str, Any]) -> dict[str, Any]:
    """Give a Markdown table the widths of its columns."""
    head, *rows = [[markdown.plain(cell) for cell in row] for row in node["rows"]]
    laid_out = layout.table_layout(
        {
            "columns": [{"label": text, "note": "", "width": "auto"} for text in head],
            "rows": [
                [{"text": text, "sign": None, "small": "", "strip": []} for text in row] for row in rows
            ],
        }
    )
    cells = [[_set(cell, laid_out.longest(n)) for n, cell in enumerate(row)] for row in node["rows"]]
    return node | {"rows": cells} | vars(laid_out)


def _warning(part: Part) -> dict[str, Any]:
    return {"text": _set(f"{part.place}: {part.content['text']}", _LONGEST_WORD)}


def _signed_items(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [_set(item, _LONGEST_WORD) | {"word": unsaid_word(item["sign"], item["text"])} for item in items]


def _verdict(part: Part) -> dict[str, Any]:
    figures = _set(part.content["figures"], _LONGEST_LABEL)
    return {"figures": figures, "sentences": _signed_items(part.content["sentences"])}


def _list(part: Part) -> dict[str, Any]:
    return {"items": _signed_items(part.content["items"])}


def _figure(part: Part) -> dict[str, Any]:
    image, notes = part.content["image"], part.content["notes"]
    prepared = _set(
        {key: part.content[key] for key in ("heading", "level", "caption", "notes")}, _LONGEST_WORD
    )
    return prepared | {
        "id": part.content.get("id", ""),
        "alt": printable_text(part.content["alt"], fonts.printable()),
        "image": _drawable(image),
        "format": image.format,
        "width": round(min(image.width, layout.PAGE), 2),
        "beside": layout.notes_beside(image, notes),
        "breakable": layout.notes_height(notes) > layout.LONG_NOTES,
    }


def _drawable(image: Image) -> str | list[int]:
    return image.data.decode("utf-8") if image.format == "svg" else list(image.data)


def _table(part: Part) -> dict[str, Any]:
    laid_out = layout.table_layout(part.content)
    return {
        "caption": _set(part.content["caption"], _LONGEST_WORD),
        "note": _set(part.content["note"], _LONGEST_WORD),
        "columns": [_head(column, laid_out, n) for n, column in enumerate(part.content["columns"])],
        "rows": [[_cell(cell, laid_out, n) for n, cell in enumerate(row)] for row in part.content["rows"]],
        "widths": laid_out.widths,
        "scale": laid_out.scale,
        "breakable": laid_out.breakable,
        "tall_rows": laid_out.tall_rows,
    }


def _head(column: dict[str, Any], laid_out: layout.TableLayout, number: int) -> dict[str, Any]:
    texts = {key: _fitted(column[key], laid_out, number) for key in ("label", "note")}
    return texts | {"align": "end" if column["align"] == "right" else "start"}


def _cell(cell: dict[str, Any], laid_out: layout.TableLayout, number: int) -> dict[str, Any]:
    signed = bool(cell["sign"])
    texts = {key: _fitted(cell[key], laid_out, number, signed) for key in ("text", "small")}
    return cell | texts | {"word": unsaid_word(cell["sign"], cell["text"])}


def _fitted(text: str, laid_out: layout.TableLayout, column: int, signed: bool = False) -> str:
    return layout.fitted(printable_text(text, fonts.printable()), laid_out, column, signed)


_PREPARE: dict[str, Callable[[Part], dict[str, Any]]] = {
    "figure": _figure,
    "list": _list,
    "markdown": _markdown,
    "table": _table,
    "verdict": _verdict,
    "warning": _warning,
}
