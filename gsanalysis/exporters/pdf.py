"""A notebook as PDF, set by Typst: tagged, PDF/UA-1 and PDF/A-2a in one file, no clock, no network."""

import calendar
import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import typst
from nbconvert.exporters.exporter import Exporter
from traitlets import Bool, default

from gsanalysis.exporters import fonts
from gsanalysis.exporters.document import Page, PageError, Part, warning
from gsanalysis.exporters.paper import prepared
from gsanalysis.exporters.report import open_page
from gsanalysis.exporters.review import reviewed

_TEMPLATE = Path(__file__).parent / "templates" / "page.typ"
_STANDARDS: list[Any] = ["ua-1", "a-2a"]
_WITH_FILES: list[Any] = ["ua-1", "a-3a"]  # A-2a allows no attachment
_UNDATED = date(1970, 1, 1)


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
        page = reviewed(open_page(notebook, resources), self.strict)
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
    inputs = {"page": json.dumps(prepared(page, day), ensure_ascii=False, sort_keys=True)}
    stamp = calendar.timegm(day.timetuple())
    standards = _WITH_FILES if any(part.type == "attachments" for part in page.parts) else _STANDARDS
    try:
        data, warnings = _compiler().compile_with_warnings(
            _TEMPLATE.read_bytes(), format="pdf", sys_inputs=inputs, pdf_standards=standards, timestamp=stamp
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
