"""Evaluation workbook for a strategic plan: load a plan and its figures, rate a year, explain each rating.

    >>> import gsanalysis as gs
    >>> plan = gs.load()
    >>> gs.assess(plan, 2014, level="kpi").set_index("kpi").loc["O3-K1", "rating"]
    'achieved'
    >>> gs.explain(plan, 2014, "O3-K1b")[2]
    'In 2014 it was CHF 16.11 million.'

`gs.<Tab>` lists the names, `help(gs.load)` says what each takes and gives: columns, units, errors. `docs/tutorial.md`
goes from a question to a chart.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # for editors, which can't look into _HOMES
    from gsanalysis.checking import check as check
    from gsanalysis.comparison.edition import differences as differences
    from gsanalysis.doubt.firmness import firmness as firmness
    from gsanalysis.doubt.opinions import opinions as opinions
    from gsanalysis.explore.what_if import what_if as what_if
    from gsanalysis.plan import DataError as DataError
    from gsanalysis.plan import Plan as Plan
    from gsanalysis.plan import Problem as Problem
    from gsanalysis.plan import UsageError as UsageError
    from gsanalysis.plan import load as load
    from gsanalysis.rating.evaluation import Evaluation as Evaluation
    from gsanalysis.rating.rate import assess as assess
    from gsanalysis.wording.explanation import explain as explain

__version__ = "0.4.0"

# Every public name and the module that it is imported from when it is first used, so that the command line starts
# at once. A new one is a line here.
_HOMES = {
    "DataError": "plan",
    "Evaluation": "rating.evaluation",
    "Plan": "plan",
    "Problem": "plan",
    "UsageError": "plan",
    "assess": "rating.rate",
    "check": "checking",
    "differences": "comparison.edition",
    "explain": "wording.explanation",
    "firmness": "doubt.firmness",
    "load": "plan",
    "opinions": "doubt.opinions",
    "what_if": "explore.what_if",
}
__all__ = list(_HOMES)


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'gsanalysis' has no attribute {name!r}")
    return getattr(import_module(f"gsanalysis.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return [*_HOMES, "__version__"]
