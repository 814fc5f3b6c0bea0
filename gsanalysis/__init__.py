"""Evaluation workbook for a strategic plan: load a plan and its figures, rate a year, explain each rating.

    import gsanalysis as gs

    plan = gs.load()
    gs.assess(plan, 2014, level="kpi")
    gs.explain(plan, 2014, "O3-K1b")

What these names need is imported when they are first used, so that the command line starts at once.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gsanalysis.checking import check
    from gsanalysis.plan import DataError, Plan, Problem, UsageError, load
    from gsanalysis.rating.evaluation import Evaluation
    from gsanalysis.rating.rate import assess
    from gsanalysis.wording.explanation import explain

__all__ = ["DataError", "Evaluation", "Plan", "Problem", "UsageError", "assess", "check", "explain", "load"]
__version__ = "0.3.0"

_HOMES = {
    "DataError": "plan",
    "Evaluation": "rating.evaluation",
    "Plan": "plan",
    "Problem": "plan",
    "UsageError": "plan",
    "assess": "rating.rate",
    "check": "checking",
    "explain": "wording.explanation",
    "load": "plan",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'gsanalysis' has no attribute {name!r}")
    return getattr(import_module(f"gsanalysis.{_HOMES[name]}"), name)
