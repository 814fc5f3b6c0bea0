"""The tutorial: its cells are run in order, and each gives what stands below it."""

import ast
import contextlib
import io
import re
from pathlib import Path

import pandas as pd
import pytest

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs/tutorial.md"
CELL = re.compile(r"```python\n(?P<code>.*?)```\n```text\n(?P<shown>.*?)```\n", re.DOTALL)


@pytest.fixture(scope="module")
def ran():
    """The page with what its cells really show, and their variables."""
    with contextlib.chdir(ROOT), pd.option_context("display.width", 110, "display.max_columns", 20):
        return run(PAGE.read_text(encoding="utf-8"))


def test_every_cell_shows_what_stands_below_it(ran):
    assert PAGE.read_text(encoding="utf-8") == ran[0]


def test_there_are_ten_cells_and_the_last_one_draws(ran):
    page, names = ran
    assert len(CELL.findall(page)) == page.count("```python") == 10
    assert (PAGE.parent / "tutorial.svg").read_text(encoding="utf-8") == names["picture"]


def test_the_answer_is_what_the_cells_found(ran):
    names = ran[1]
    kept = [frame.set_index("indicator").loc["O3-K1b"] for frame in names["rated"]]
    assert [row["rating"] for row in kept] == ["achieved", "achieved", "achieved", "no_data"]
    assert round(100 * kept[2]["gap"] / kept[2]["target"]) == 15


def run(page):
    """Run the page's cells in one namespace; gives the page with their results, and the namespace."""
    names: dict[str, object] = {}

    def with_result(cell):
        return f"```python\n{cell['code']}```\n```text\n{shown(cell['code'], names)}```\n"

    return CELL.sub(with_result, page), names


def shown(code, names):
    """What a notebook shows of a cell: all that is printed, and the value of its last line."""
    tree, out = ast.parse(code), io.StringIO()
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    with contextlib.redirect_stdout(out):
        exec(compile(tree, "cell", "exec"), names)
        value = eval(compile(ast.Expression(last.value), "cell", "eval"), names) if last else None
        if value is not None:
            print(value if isinstance(value, str) else repr(value))
    return "".join(f"{line.rstrip()}\n" for line in out.getvalue().splitlines())
