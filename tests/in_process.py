"""Execute our notebooks without kernels, in this process: quick enough to make a whole report inside a test."""

import ast
from pathlib import Path
from typing import Any

import nbformat

NOTEBOOKS = Path(__file__).parents[1] / "notebooks"


def execute(name: str, **parameters: Any) -> Any:
    """Give the notebook with the outputs of its cells, its parameters changed as said."""
    notebook = nbformat.read(NOTEBOOKS / f"{name}.ipynb", as_version=4)
    shown: list[Any] = []
    names: dict[str, Any] = {"display": lambda *objects: shown.extend(objects)}
    for cell in notebook.cells:
        if cell.cell_type == "code":
            _run(cell.source, names, shown)
            names |= parameters if "parameters" in cell.metadata.get("tags", []) else {}
            cell.outputs = [_output(block) for block in shown if block is not None]
            shown.clear()
    return notebook


def write_year(folder: Path, objectives: list[str], **parameters: Any) -> Path:
    """Write all notebooks of a year, executed, into the folder; gives the report's."""
    made = {name: execute(name, **parameters) for name in ("overview", "changes", "data-quality", "report")}
    made |= {code: execute("objective", objective=code, **parameters) for code in objectives}
    for name, notebook in made.items():
        nbformat.write(notebook, folder / f"{name}.ipynb")
    return folder / "report.ipynb"


def _run(source: str, names: dict[str, Any], shown: list[Any]) -> None:
    """Run a cell; what its last line gives is shown, as in Jupyter."""
    tree = ast.parse(source)
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "cell", "exec"), names)
    if last is not None:
        shown.append(eval(compile(ast.Expression(last.value), "cell", "eval"), names))


def _output(block: Any) -> Any:
    data, metadata = block._repr_mimebundle_()
    return nbformat.v4.new_output("display_data", data, metadata=metadata)
