"""Ask what if: an indicator with its figures and reports, what of it can be moved, and what its rating would be."""

from gsanalysis.explore.blocks import compared, head, limits, movable_table, nearest_turn
from gsanalysis.explore.explorer import Explorer, explorer
from gsanalysis.explore.reports import reports, reports_table
from gsanalysis.explore.what_if import suppose, what_if

__all__ = [
    "Explorer", "compared", "explorer", "head", "limits", "movable_table", "nearest_turn", "reports", "reports_table",
    "suppose", "what_if",
]  # fmt: skip
