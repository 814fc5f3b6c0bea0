"""Everything that is wrong with a data folder, found at once and told to the person who can mend it.

Reading notes what is wrong with files, rows and cells; then codes are looked up, the plan is held against
itself and the measurements against the plan. A cell that was reported is not looked at again.
"""

from pathlib import Path

from gsanalysis.checking.measurement_rules import check_measurements
from gsanalysis.checking.pairs import check_pairs
from gsanalysis.checking.plan_rules import check_plan
from gsanalysis.checking.references import check_references
from gsanalysis.checking.series_rules import check_series
from gsanalysis.problems import Problem
from gsanalysis.reading import Folder, read_folder
from gsanalysis.reading.sheets import check_keys, positions
from gsanalysis.root import data_folder

__all__ = ["check", "examined"]


def check(data: str | Path | None = None, measurements: str | Path | None = None) -> list[Problem]:
    """Return the errors and warnings of a data folder, the project's own where `data` is empty, by file and line.

    `measurements` is a folder taken instead of the data folder's own. Raises UsageError for a folder that
    isn't there, and nothing for whatever is wrong with the data. `str()` of a problem is the line that the command
    prints.

    >>> import gsanalysis as gs
    >>> [str(problem) for problem in gs.check() if not problem.warning]
    []
    """
    return examined(data, measurements).all_problems()


def examined(data: str | Path | None = None, measurements: str | Path | None = None) -> Folder:
    """Return a data folder as read, with the problems that `check` returns noted in it."""
    folder = read_folder(data_folder(data), Path(measurements) if measurements else None)
    sheets = folder.sheets
    for name, sheet in sheets.items():
        if name != "measurements":
            check_keys(sheet)
    check_references(folder)
    _check_links(folder)
    check_plan(sheets["indicators"])
    check_pairs(sheets["indicators"])
    check_measurements(sheets["measurements"], sheets["indicators"])
    check_series(sheets["measurements"], sheets["indicators"])
    return folder


def _check_links(folder: Folder) -> None:
    """A link leads somewhere."""
    links = folder.sheets["links"]
    empty = (links.frame["expected_result"] == "") & (links.frame["output"] == "")
    for position in positions(empty & links.sound("expected_result", "output")):
        fault = "the cell is empty like output, expected the code of an expected result or of an output"
        links.report(position, "expected_result", fault)
