"""The page on a plan's whole period, answer first."""

from gsanalysis.pages.period.changes import changed, how_made
from gsanalysis.pages.period.gaps import limits, measured_once, never_measured
from gsanalysis.pages.period.results import expected_results, outputs, results_in_short
from gsanalysis.pages.period.targets import targets
from gsanalysis.pages.period.years import grid, head, kpi_tables, open_period, verdict

__all__ = [
    "changed", "expected_results", "grid", "head", "how_made", "kpi_tables", "limits", "measured_once",
    "never_measured", "open_period", "outputs", "results_in_short", "targets", "verdict",
]  # fmt: skip
