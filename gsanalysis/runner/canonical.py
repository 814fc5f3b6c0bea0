"""Notebooks without clocks, machines and chance: what `run` stores and what `refresh` commits."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import nbformat
from nbformat import NotebookNode

INJECTED = "injected-parameters"
KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
TEXT_TYPES = ("text/plain", "text/markdown")


def read_notebook(path: Path) -> NotebookNode:
    """The notebook in format 4.5; cells of an older one get their position as id, not a random one."""
    text = path.read_text(encoding="utf-8")
    notebook = nbformat.reads(text, as_version=4)
    if json.loads(text).get("nbformat_minor", 0) < 5:
        for position, cell in enumerate(notebook.cells, 1):
            cell["id"] = f"cell-{position}"
    return notebook


def to_text(notebook: NotebookNode) -> str:
    """The notebook as nbformat writes it: sorted keys, one space of indent, a line end at the end."""
    return nbformat.writes(notebook).rstrip("\n") + "\n"


def tidy(notebook: NotebookNode, parameters: Mapping[str, object] | None = None) -> NotebookNode:
    """Drop in place what differs between two executions of the same: times, paths, random ids.

    ``parameters`` are those that the injected cell shall show (it may have run with paths of this machine).
    """
    notebook.metadata.pop("papermill", None)
    notebook.metadata["kernelspec"] = KERNEL
    notebook.metadata.get("language_info", {}).pop("version", None)
    for cell in notebook.cells:
        for key in ("papermill", "execution"):
            cell.metadata.pop(key, None)
        if INJECTED in cell.metadata.get("tags", []):
            cell["id"] = INJECTED
            cell["source"] = _assignments(parameters or {})
        if not cell.metadata.get("tags", True):
            del cell.metadata["tags"]
    return notebook


def canonical(notebook: NotebookNode) -> NotebookNode:
    """Bring an executed notebook in place into the form that is committed.

    Text outputs only, counts 1 to n over the cells that have code, no injected parameters. Of a widget its text stays:
    what it looks like is kept under random names.
    """
    tidy(notebook)
    notebook.metadata.pop("widgets", None)
    notebook.cells = [cell for cell in notebook.cells if INJECTED not in cell.metadata.get("tags", [])]
    count = 0
    for cell in notebook.cells:
        if cell.cell_type == "code":
            count += bool(cell.source.strip())
            _settle_code_cell(cell, count if cell.source.strip() else None)
    return notebook


def _settle_code_cell(cell: NotebookNode, count: int | None) -> None:
    for key in ("collapsed", "scrolled", "ExecuteTime"):
        cell.metadata.pop(key, None)
    cell["execution_count"] = count
    for output in cell.outputs:
        if output.output_type == "execute_result":
            output["execution_count"] = count
        if "data" in output:
            output["data"] = NotebookNode({t: v for t, v in output.data.items() if t in TEXT_TYPES})
            output["metadata"] = NotebookNode()


def _assignments(parameters: Mapping[str, object]) -> str:
    from papermill.translators import PythonTranslator

    return PythonTranslator.codify(parameters, "Parameters").rstrip("\n")
