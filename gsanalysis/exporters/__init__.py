"""Two nbconvert exporters that turn an executed notebook into a page to circulate: HTML and PDF."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gsanalysis.exporters.document import PageError
    from gsanalysis.exporters.html import HTMLExporter
    from gsanalysis.exporters.pdf import PDFExporter

__all__ = ["HTMLExporter", "PDFExporter", "PageError"]
_PLACES = {"HTMLExporter": "html", "PDFExporter": "pdf", "PageError": "document"}


def __getattr__(name: str) -> object:
    """Import an exporter when it is asked for: whoever only wants the fonts' hashes does not wait for nbconvert."""
    if name in _PLACES:
        return getattr(import_module(f"{__name__}.{_PLACES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
