"""The structure of the package: imports go one way, and each side stands alone."""

import ast
from itertools import pairwise
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "gsanalysis"
# A place may import what stands before it in its line, and nothing else of the package; those beside one another
# do not know each other.
BESIDE = ("doubt", "comparison", "forms", "exchange")
ANALYSIS = (
    "problems",
    "root",
    "schema",
    "reading",
    "checking",
    "plan",
    "rating",
    "wording",
    "spreadsheets",
    *BESIDE,
    "charts",
    "pages",
    "explore",
)
ALLOWED = {place: set(ANALYSIS[: ANALYSIS.index(place)]) for place in ANALYSIS}
for place in BESIDE:
    ALLOWED[place] -= set(BESIDE)
ALLOWED |= {
    "dictionary": {"problems", "root", "schema"},
    "exchange": ALLOWED["exchange"] | {"dictionary"},
    "exporters": set(),
    "runner": {"problems", "root", "schema", "plan", "checking", "rating", "comparison", "exporters"},
    "printing": {"problems", "rating"},
    "options": {"problems"},
    "commands": {*ANALYSIS, "dictionary", "options", "runner", "printing"} - {"charts", "pages", "explore"},
    "cli": {"problems", "commands", "runner"},
    "__main__": {"cli"},
    "__init__": set(ANALYSIS),
}


def place_of(path):
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(path):
    """The places of the package that a module imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "gsanalysis":
            rest = (node.module or "").split(".")[1:]
            yield from rest[:1] or (alias.name for alias in node.names)
        elif isinstance(node, ast.Import):
            names = [alias.name.split(".") for alias in node.names]
            yield from (name[1] for name in names if name[0] == "gsanalysis" and len(name) > 1)


@pytest.mark.parametrize(
    "path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: str(path.relative_to(PACKAGE))
)
def test_imports_go_one_way(path):
    place = place_of(path)
    assert set(imported(path)) - {place} <= ALLOWED[place]


def test_the_line_of_the_analysis_is_in_order():
    for before, after in pairwise(ANALYSIS):
        assert before in ALLOWED[after] or {before, after} <= set(BESIDE)
        assert after not in ALLOWED[before]


def test_no_module_is_too_long_to_be_read_at_once():
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in PACKAGE.rglob("*.py")}
    assert {str(path): length for path, length in lengths.items() if length > 310} == {}


@pytest.mark.parametrize(
    "path", sorted((PACKAGE.parent / "notebooks").glob("*.ipynb")), ids=lambda path: path.stem
)
def test_a_notebook_is_free_of_logic(path):
    import nbformat

    cells = nbformat.read(path, as_version=4).cells
    assert 12 <= len(cells) <= 20
    for cell in cells:
        if cell.cell_type == "code":
            kinds = {type(node) for node in ast.walk(ast.parse(cell.source))}
            assert not kinds & {ast.FunctionDef, ast.ClassDef, ast.For, ast.While, ast.If, ast.Lambda}
            assert len(cell.source.splitlines()) <= 8
