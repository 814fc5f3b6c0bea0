"""What a worker process does: execute one notebook and render its pages into a staging folder."""

from __future__ import annotations

import contextlib
import importlib
import logging
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from gsanalysis.problems import listed
from gsanalysis.runner import rubbish
from gsanalysis.runner.outputs import OutputError, disk_trouble, sentence
from gsanalysis.runner.sources import Folders, page_key, sha256

FORMATS = ("html", "pdf")
INTERRUPTS = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP}  # held back while workers are started
NONE: tuple[str, ...] = ()
# A stock kernel's ports are chosen before it starts; now and then another process takes one meanwhile, and it dies.
KERNEL_STARTS = 3
NOT_STARTED = "Kernel died before replying"


@dataclass(frozen=True, eq=False)
class Task:
    """One notebook of a book: what to execute and where its files go.

    ``parameters`` are those that it is executed with; ``shown`` those that the stored notebook shows, which
    name no folder of this machine. ``binds`` are the pages beside it that it takes in; it is rendered after them.
    ``reason`` says why it has to be executed; where it is empty, the stored notebook lies in ``staged`` already.
    ``reads`` are the folders of data, measurements and notebooks, which ``made_from`` says the state of.
    ``standing`` has the keys of the pages of an earlier run, which are not rendered again from the same.
    """

    book: str
    name: str
    source: Path
    parameters: Mapping[str, object]
    shown: Mapping[str, object]
    staged: Path
    scratch: Path
    root: Path
    formats: tuple[str, ...]
    reads: Folders
    made_from: dict[str, Any]
    reason: str
    standing: Mapping[str, str] = field(default_factory=dict)
    binds: tuple[str, ...] = ()
    plain: bool = False
    limit: float | None = None

    @property
    def label(self) -> str:
        """What the task is called where people follow the run."""
        return f"{self.book} {self.name}"


@dataclass(frozen=True)
class Done:
    """How a task went: why it failed or the empty text, the formats rendered and kept, and its seconds."""

    why: str = ""
    rendered: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    seconds: float = 0


def start(life: Connection, host: socket.socket | None) -> None:
    """Make a fresh process a worker that ends, with its kernels, when the other end of ``life`` closes.

    ``host`` is where warm kernels come from.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the run decides when to stop, not the terminal
    signal.pthread_sigmask(signal.SIG_UNBLOCK, INTERRUPTS)
    threading.Thread(target=_end_with, args=(life,), daemon=True).start()
    rubbish.look_seldom()
    from gsanalysis.runner.warm.engine import WarmEngine

    WarmEngine.requests = host


def make(task: Task) -> Done:
    """Execute one notebook if it has to be, and render it unless it binds others.

    Leaves ``NAME.ipynb`` and its pages in the staging folder, or only ``NAME.failed.ipynb``.
    Raises OutputError for a full disk.
    """
    with _settled(task) as began:
        failed, stored = _failed(task), _stored(task)
        rendered = kept = NONE
        try:
            if task.reason:
                _execute_into(stored, failed, task)
            if not task.binds:
                rendered, kept = _render(task)
        except Exception as error:
            if disk_trouble(error):
                raise
            return Done(_leave_failed(task, why(error, task.limit)), seconds=time.monotonic() - began)
        failed.unlink(missing_ok=True)
        return Done("", rendered, kept, time.monotonic() - began)


def bind(task: Task) -> Done:
    """Render an executed notebook with the pages that it takes in; gives and leaves what ``make`` does."""
    with _settled(task) as began:
        missing = [name for name in task.binds if not (task.staged / f"{name}.ipynb").exists()]
        message = f"its page{'s' * (len(missing) > 1)} {listed(missing)} could not be made" if missing else ""
        rendered = kept = NONE
        try:
            if not missing:
                rendered, kept = _render(task)
        except Exception as error:
            if disk_trouble(error):
                raise
            message = why(error)
        if message:
            _stored(task).replace(_failed(task))
            _leave_failed(task, message)
        return Done(message, rendered, kept, time.monotonic() - began)


def execute(
    source: Path,
    parameters: Mapping[str, object],
    root: Path,
    keep: Path,
    plain: bool = False,
    limit: float | None = None,
) -> Any:
    """The executed notebook, which is also written to ``keep``. Passes only parameters that it has.

    ``plain`` takes a stock kernel; ``limit`` is in seconds. Raises whatever papermill raises; ``keep`` has the
    notebook as far as it came.
    """
    for attempt in range(1, KERNEL_STARTS + 1):
        try:
            return _execute(source, _known(source, parameters), root, keep, plain, limit)
        except RuntimeError as error:
            if NOT_STARTED not in str(error) or attempt == KERNEL_STARTS:
                raise
    raise AssertionError("the last attempt returns or raises")


def leave_unexecuted(task: Task, message: str) -> Done:
    """Leave the notebook as it was before it ran, with the message at its top."""
    return Done(_leave_failed(task, message))


def why(error: BaseException, limit: float | None = None) -> str:
    """One line on what went wrong in a notebook, for the terminal."""
    if isinstance(error, TimeoutError) and limit:
        text = f"it was not done within its time limit of {limit:g} s"
    elif type(error).__name__ == "DeadKernelError":
        text = "its kernel was killed, perhaps for want of memory"
    elif hasattr(error, "ename") and hasattr(error, "evalue"):
        text = f"{error.ename}: {error.evalue} (code cell {error.exec_count})"  # type: ignore[attr-defined]
    else:
        text = f"{type(error).__name__}: {error}"
    return " ".join(text.split())[:300]


def _execute(
    source: Path,
    parameters: Mapping[str, object],
    root: Path,
    keep: Path,
    plain: bool,
    limit: float | None,
) -> Any:
    import papermill

    from gsanalysis.runner.canonical import read_notebook

    logging.getLogger("papermill").setLevel(logging.CRITICAL)  # what goes wrong is said once, at the end
    engine = {} if plain else {"engine_name": "gsanalysis", "keep": keep}
    return papermill.execute_notebook(
        read_notebook(source),
        _literal(keep),
        parameters,
        cwd=root,
        kernel_name="python3",
        progress_bar=False,
        request_save_on_cell_execute=plain,  # the engine writes once
        kernel_manager_class="gsanalysis.runner.kernels.QuietKernelManager",
        shutdown_kernel="immediate",
        coalesce_streams=True,
        record_timing=False,
        timeout_func=_left(limit),
        **engine,
    )


def _left(limit: float | None) -> Any:
    """The seconds that are left of the notebook's, for nbclient, which asks before each cell."""
    if not limit:
        return None
    end = time.monotonic() + limit
    return lambda _cell: max(end - time.monotonic(), 0.001)


@contextlib.contextmanager
def _settled(task: Task) -> Iterator[float]:
    importlib.import_module("gsanalysis.runner.preload")
    from gsanalysis.runner.kernels import settle

    settle(task.scratch)
    try:
        yield time.monotonic()
    except Exception as error:
        trouble = disk_trouble(error)
        if trouble:
            raise OutputError(sentence(task.staged.parent.parent, trouble)) from None
        raise


def _execute_into(stored: Path, failed: Path, task: Task) -> None:
    from gsanalysis.runner.canonical import tidy, to_text

    notebook = execute(task.source, task.parameters, task.root, failed, task.plain, task.limit)
    stored.write_text(to_text(tidy(notebook, _known(task.source, task.shown))), encoding="utf-8")


def _failed(task: Task) -> Path:
    return task.staged / f"{task.name}.failed.ipynb"


def _stored(task: Task) -> Path:
    return task.staged / f"{task.name}.ipynb"


def _known(source: Path, parameters: Mapping[str, object]) -> dict[str, object]:
    import papermill

    known = papermill.inspect_notebook(_literal(source))
    return {name: value for name, value in parameters.items() if name in known}


def _render(task: Task) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Render the formats that an earlier run has not rendered from the same; gives those made, and the others."""
    from gsanalysis.runner.preload import EXPORTERS

    shown = [sha256(task.staged / f"{name}.ipynb") for name in (task.name, *task.binds)]
    key = page_key(task.made_from, shown)
    kept = tuple(form for form in task.formats if task.standing.get(form) == key)
    made = tuple(form for form in task.formats if form not in kept)
    for form in made:
        page, _ = EXPORTERS[form].from_filename(str(_stored(task)))
        body = page if isinstance(page, bytes) else page.encode("utf-8")
        (task.staged / f"{task.name}.{form}").write_bytes(body)
    return made, kept


def _leave_failed(task: Task, message: str) -> str:
    """Replace all that was made by the notebook as far as it came, with the error at its top. Gives the error."""
    from nbformat.v4 import new_markdown_cell

    from gsanalysis.runner.canonical import read_notebook, tidy, to_text

    failed = _failed(task)
    executed = read_notebook(failed if failed.exists() else task.source)
    notebook = tidy(executed, _known(task.source, task.shown))
    marked = "papermill-error-cell-tag"
    notebook.cells = [cell for cell in notebook.cells if marked not in cell.metadata.get("tags", [])]
    text = f"**This notebook failed, and its pages were not made anew.**\n\n    {message}"
    notebook.cells.insert(0, new_markdown_cell(text, id="failed"))
    for ending in ("ipynb", *FORMATS):
        (task.staged / f"{task.name}.{ending}").unlink(missing_ok=True)
    failed.write_text(to_text(notebook), encoding="utf-8")
    return message


def _literal(path: Path) -> str:
    """The path as papermill takes it: braces in it would be read as parameters."""
    return str(path).replace("{", "{{").replace("}", "}}")


def _end_with(life: Connection) -> None:
    try:
        life.recv_bytes()
    except (EOFError, OSError):
        kernels = sys.modules.get("gsanalysis.runner.kernels")
        if kernels and hasattr(kernels, "end_kernels"):
            kernels.end_kernels()
        os._exit(1)
