"""What a worker needs, imported here once: workers are forked from the process that has done so."""

# ruff: noqa: E402 - what is kept out must be so before the first import
import sys
from typing import Any

# jsonschema would compile a grammar for international addresses, which no notebook is checked for: 0.8 s.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]

import nbformat
import papermill

from gsanalysis.exporters import HTMLExporter, PDFExporter
from gsanalysis.runner import canonical, kernels
from gsanalysis.runner.warm import engine

__all__ = ["EXPORTERS", "canonical", "engine", "kernels", "papermill"]

EXPORTERS: dict[str, Any] = {"html": HTMLExporter(strict=True), "pdf": PDFExporter(strict=True)}

for exporter in EXPORTERS.values():
    exporter.get_ready()
nbformat.validate(nbformat.v4.new_notebook())  # compiles the schema
