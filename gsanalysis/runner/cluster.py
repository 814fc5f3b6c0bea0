"""A Dask cluster that makes the notebooks: the same steps, on machines that hold the same project and data.

Nothing is written on the cluster: what a worker has made comes back as bytes. A worker first shows that it has the
same data, notebooks, package, libraries and fonts as the run; one that hasn't is not used.
"""

from __future__ import annotations

import contextlib
import sys
import tempfile
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from typing import Any

from gsanalysis.problems import UsageError
from gsanalysis.runner import worker
from gsanalysis.runner.kernels import lent_environment
from gsanalysis.runner.outputs import OutputError, writing
from gsanalysis.runner.sources import Folders, differences, digest, sources
from gsanalysis.runner.worker import Done, Task

Made = tuple[Done, dict[str, bytes | None]]
PATIENCE = 60  # seconds without any worker after which nobody waits for one any more

# A worker may have several threads; environment and working folder are the process's.
_alone = threading.Lock()


class Refused(Exception):
    """A worker that can't take part; the text says where it is and why."""


class Cluster:
    """The workers of a Dask cluster, as a crew."""

    way = "cluster"

    def __init__(self, client: Any) -> None:
        self._client = client
        self._refused: dict[str, str] = {}
        self._last_seen = time.monotonic()
        self.width = sum(client.nthreads().values()) + 1

    def submit(self, step: Callable[[Task], Done], task: Task) -> Future[Made]:
        """Give it to a worker, with the notebooks that it binds."""
        needed = [task.name, *task.binds] if step is worker.bind or not task.reason else []
        files = {f"{name}.ipynb": task.staged / f"{name}.ipynb" for name in needed}
        inputs = {name: path.read_bytes() for name, path in files.items() if path.exists()}
        able = {} if not self._refused else {"workers": self._able() or list(self._client.nthreads())}
        executor = self._client.get_executor(pure=False, **able)
        future: Future[Made] = executor.submit(work, step.__name__, task, inputs)
        return future

    def result(self, future: Future[Made], task: Task) -> Done:
        """Write what was made into the staging folder, and give how it went."""
        done, files = future.result()
        with writing(task.staged.parent.parent):
            for name, content in files.items():
                if content is None:  # the worker took it away
                    (task.staged / name).unlink()
                else:
                    (task.staged / name).write_bytes(content)
        return done

    def again(self, step: Callable[[Task], Done], task: Task, error: Exception) -> Done:
        """What a worker refused is done by another; Dask itself does again what a killed one has left."""
        if isinstance(error, Refused):
            address, why = error.args
            self._refuse(address, why)
            return self.result(self.submit(step, task), task)
        if type(error).__name__ == "KilledWorker":
            return worker.leave_unexecuted(
                task, "the workers that tried it were killed, perhaps for want of memory"
            )
        return worker.leave_unexecuted(task, worker.why(error))

    def look(self) -> None:
        """Raises UsageError when there has been no worker for a while that could take a task."""
        if self._able():
            self._last_seen = time.monotonic()
        elif time.monotonic() - self._last_seen > PATIENCE:
            raise UsageError("no worker is left that can be used; what was done is kept, run again to go on")

    def inspect(self, folders: Folders, made_from: dict[str, Any]) -> None:
        """Ask every worker what it has. Raises UsageError when none can be used."""
        answers = self._client.run(compare, folders, made_from, on_error="return")
        for address, answer in answers.items():
            if answer:
                self._refuse(
                    address, answer if isinstance(answer, str) else f"it can't run gsanalysis ({answer})"
                )
        if not self._able():
            raise UsageError("no worker of the cluster can be used")

    def _able(self) -> list[str]:
        return [address for address in self._client.nthreads() if address not in self._refused]

    def _refuse(self, address: str, why: str) -> None:
        if address not in self._refused:
            print(f"gsanalysis: the worker {address} is not used: {why}", file=sys.stderr)
        self._refused[address] = why


@contextlib.contextmanager
def cluster(address: str) -> Iterator[Cluster]:
    """The cluster whose scheduler is at the address. Raises UsageError when there is none."""
    try:
        from distributed import Client
    except ImportError:
        raise UsageError("--scheduler needs the extra “cluster”: pip install 'gsanalysis[cluster]'") from None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # on other versions, of which we say more
        try:
            client = Client(address, timeout=10, set_as_default=False)
        except OSError as error:
            raise UsageError(f"no Dask scheduler answers at {address} ({type(error).__name__})") from None
    with client:
        if not client.nthreads():
            raise UsageError(f"the Dask scheduler at {address} has no worker")
        yield Cluster(client)


def work(step: str, task: Task, inputs: dict[str, bytes]) -> Made:
    """Do a step of a task on a worker, in a folder that is gone afterwards. Raises Refused."""
    with _alone, lent_environment(), tempfile.TemporaryDirectory() as folder:
        why = _compared(task)
        if why:
            from distributed import get_worker

            raise Refused(get_worker().address, why)
        staged = Path(folder) / "out" / "staged"
        staged.mkdir(parents=True)
        for name, content in inputs.items():
            (staged / name).write_bytes(content)
        local = replace(task, staged=staged, scratch=Path(folder) / "scratch")
        (local.scratch / "matplotlib").mkdir(parents=True)
        try:
            done = {"make": worker.make, "bind": worker.bind}[step](local)
        except OutputError:
            done = worker.leave_unexecuted(local, "its worker has no room left to write into")
        files = {path.name: path.read_bytes() for path in staged.iterdir()}
        return done, {
            name: files.get(name) for name in {*files, *inputs} if files.get(name) != inputs.get(name)
        }


def compare(folders: Folders, made_from: dict[str, Any]) -> str:
    """Why this machine would not make the same: the empty text if it would."""
    data, _, notebooks = folders
    for folder in (data, notebooks):
        if not folder.is_dir():
            return f"it has no folder {folder}"
    other = differences(made_from, sources(folders))
    return f"it differs from this machine in {other}" if other else ""


_found: dict[tuple[Folders, str], str] = {}


def _compared(task: Task) -> str:
    """The same, once for each run that a worker takes part in."""
    key = (task.reads, digest(task.made_from))
    if key not in _found:
        _found[key] = compare(task.reads, task.made_from)
    return _found[key]
