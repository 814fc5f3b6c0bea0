"""The page "Since the last edition": ratings that moved and by what, figures that changed, what became of the plan."""

from gsanalysis.pages.since.answer import head, open_differences, verdict
from gsanalysis.pages.since.tables import (
    first_rated,
    limits,
    moved,
    moved_targets,
    new_figures,
    plan_changes,
    revised,
)

__all__ = [
    "first_rated", "head", "limits", "moved", "moved_targets", "new_figures", "open_differences", "plan_changes",
    "revised", "verdict",
]  # fmt: skip
