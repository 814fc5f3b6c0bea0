"""Two nbconvert exporters that turn an executed notebook into a page to circulate: HTML and PDF."""

from gsanalysis.exporters.document import PageError
from gsanalysis.exporters.html import HTMLExporter
from gsanalysis.exporters.pdf import PDFExporter

__all__ = ["HTMLExporter", "PDFExporter", "PageError"]
