"""What a worker needs, imported here once: workers are forked from the process that has done so."""

import sys

# jsonschema would compile a grammar for international addresses, which no notebook is checked for: 0.8 s.
sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]

import papermill

from gsanalysis import exporters
from gsanalysis.runner import canonical, kernels
from gsanalysis.runner.warm import engine

__all__ = ["canonical", "engine", "exporters", "kernels", "papermill"]
