"""A notebook as PDF, set by Typst: tagged, PDF/UA-1 and PDF/A-2a in one file, no clock, no network."""

import calendar
import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pikepdf
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
_ATTEMPTS = 4  # what is kept together moves what follows, where another last row may then stand alone
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

    def get_ready(self) -> None:
        """Do once what the first page would wait for, but for Typst, which starts threads: this process may fork."""
        fonts.printable()
        fonts.advance_widths()

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
    data = prepared(page, day)
    standards = _WITH_FILES if any(part.type == "attachments" for part in page.parts) else _STANDARDS
    settings = {"pdf_standards": standards, "timestamp": calendar.timegm(day.timetuple())}
    for _ in range(_ATTEMPTS):
        compiler = _compiler(data)
        pdf = _compiled(compiler, settings, strict)
        alone = _alone(compiler, data)
        if not alone:
            break
        data["kept"] = sorted({*data["kept"], *alone})
    return _packed(pdf)


def _compiler(data: dict[str, Any]) -> typst.Compiler:
    return typst.Compiler(
        str(_TEMPLATE),
        font_paths=fonts.typst_fonts(),
        ignore_system_fonts=True,
        sys_inputs={"page": json.dumps(data, ensure_ascii=False, sort_keys=True)},
    )


def _compiled(compiler: typst.Compiler, settings: dict[str, Any], strict: bool) -> bytes:
    try:
        pdf, warnings = compiler.compile_with_warnings(format="pdf", **settings)
    except typst.TypstError as error:
        raise PageError(f"the PDF can't be set: {error.message}") from error
    if warnings and strict:
        raise PageError("the PDF can't be set cleanly: " + "; ".join(each.message for each in warnings))
    return bytes(pdf)  # type: ignore[arg-type]


def _packed(pdf: bytes) -> bytes:
    """Put the thousands of small objects that the tags are into compressed streams: the file is half as large.

    Typst writes them one by one. The metadata stay plain text, for those who look for them with other tools.
    """
    packed = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        document.save(packed, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
    return packed.getvalue()


def _alone(compiler: typst.Compiler, data: dict[str, Any]) -> set[str]:
    """Give the tables whose last row stands alone on a page and that are not yet kept together."""
    tables = [part for part in [*data["parts"], *data["values"]] if part["type"] == "table"]
    if not any(table["breakable"] for table in tables):
        return set()
    pages: dict[str, list[int]] = {}
    for place, _, page in json.loads(compiler.query("<table-end>", field="value")):
        pages.setdefault(place, []).append(page)
    return {place for place, ends in pages.items() if len(set(ends)) > 1} - set(data["kept"])


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return _UNDATED
