"""Who makes the notebooks: worker processes that never outlive the run, or this process itself."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import socket
import sys
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Protocol

from gsanalysis.problems import UsageError
from gsanalysis.runner import worker
from gsanalysis.runner.kernels import lent_environment, settled
from gsanalysis.runner.outputs import OutputError
from gsanalysis.runner.sources import Folders
from gsanalysis.runner.warm import host
from gsanalysis.runner.worker import Done, Task

Step = Callable[[Task], Done]
LOST = (BrokenProcessPool, OSError, EOFError)  # the ways in which it shows that a process is gone
LOOK = 5  # seconds after which the crew is looked at when nothing was done
PLAIN = "plain"
LINUX = sys.platform == "linux"  # elsewhere a fork of what numpy has touched is not safe


class Crew(Protocol):
    """Those who make notebooks: ``way`` is what the log calls them, ``width`` how many tasks they take at a time."""

    way: str
    width: int

    def submit(self, step: Step, task: Task) -> Future[Any]:
        """Start on a step of a task."""

    def result(self, future: Future[Any], task: Task) -> Done:
        """How it went, when the files are in the staging folder."""

    def again(self, step: Step, task: Task, error: Exception) -> Done:
        """What becomes of a task that ended with an error which is not its notebook's."""

    def look(self) -> None:
        """Called now and then while nothing is done; raises if nothing will be."""

    def inspect(self, folders: Folders, made_from: dict[str, Any]) -> None:
        """See to it that all of the crew make the same from the folders. Raises UsageError."""


class Local:
    """What all crews on this machine have in common."""

    def result(self, future: Future[Done], task: Task) -> Done:
        """The files are there."""
        return future.result()

    def look(self) -> None:
        """A process that ends is seen at once."""

    def inspect(self, folders: Folders, made_from: dict[str, Any]) -> None:
        """They read the same files."""


class Here(Local):
    """This process, with stock kernels, one notebook after the other: the plain way."""

    way = PLAIN
    width = 1

    def submit(self, step: Step, task: Task) -> Future[Done]:
        """Do it at once."""
        future: Future[Done] = Future()
        try:
            future.set_result(step(task))
        except Exception as error:
            future.set_exception(error)
        return future

    def again(self, step: Step, task: Task, error: Exception) -> Done:
        """There is nobody else to try."""
        return Done(worker.why(error))


class Workers(Local):
    """Processes forked from one that has imported what they need, with warm kernels."""

    way = "workers"

    def __init__(self, jobs: int, life: Connection, requests: socket.socket | None) -> None:
        self.width = jobs + 1  # one waits, so that nobody has to
        self._jobs = jobs
        self._started = (life, requests)
        self.pool = self._new(jobs)

    def submit(self, step: Step, task: Task) -> Future[Done]:
        """Give it to the next worker that is free; a report to one that ends with it, and gives its memory back."""
        try:
            if step is worker.bind:
                alone = self._new(1)
                future = alone.submit(step, task)
                alone.shutdown(wait=False)
                return future
            return self.pool.submit(step, task)
        except LOST:
            self.pool, future = self._anew(self._jobs, step, task)
            return future

    def again(self, step: Step, task: Task, error: Exception) -> Done:
        """A worker that is killed takes all tasks with it that were given out; each tries again, alone."""
        if not isinstance(error, LOST):
            return Done(worker.why(error))
        try:
            alone, future = self._anew(1, step, task)
            with alone:
                return future.result()
        except LOST:
            return worker.leave_unexecuted(task, "its process was killed, perhaps for want of memory")

    def _anew(self, jobs: int, step: Step, task: Task) -> tuple[ProcessPoolExecutor, Future[Done]]:
        """Other workers, and the task in their hands. If what they are forked from is gone too, it takes a moment."""
        for moment in (0.1, 0.5, 2.0):
            with contextlib.suppress(*LOST):
                pool = self._new(jobs)
                return pool, pool.submit(step, task)
            time.sleep(moment)
        pool = self._new(jobs)
        return pool, pool.submit(step, task)

    def _new(self, jobs: int) -> ProcessPoolExecutor:
        context = multiprocessing.get_context("forkserver")
        return ProcessPoolExecutor(jobs, context, worker.start, self._started)


@contextlib.contextmanager
def crew(jobs: int, plain: bool, scheduler: str | None = None) -> Iterator[Crew]:
    """Up to ``jobs`` workers, which get ready while the caller reads the data; the plain way if they can't be had.

    With a scheduler's address, the workers of its cluster. Those of this machine end with this process, or as
    soon as this context is left by an error, and their kernels with them.
    """
    found: contextlib.AbstractContextManager[Crew] | None = None
    if scheduler:
        from gsanalysis.runner.cluster import cluster

        found = cluster(scheduler)
    elif not plain:
        found = _workers(jobs)
    if found:
        with found as workers:
            yield workers
    else:
        with lent_environment():
            yield Here()


def make_all(tasks: Sequence[Task], crew: Crew) -> Iterator[tuple[Task, Done]]:
    """Make the tasks; gives each with how it went, in the order in which they are done.

    A task that binds other pages is executed with the rest, and bound as soon as all of its folder have been, so
    that a folder is complete early. Raises OutputError for a full disk.
    """
    waiting: deque[tuple[Step, Task]] = deque((worker.make, task) for task in tasks)
    ahead = Counter(task.staged for task in tasks)
    unbound: dict[Path, tuple[Task, Done]] = {}
    running: dict[Future[Done], tuple[Step, Task]] = {}
    while waiting or running:
        while waiting and len(running) < crew.width:
            step, task = waiting.popleft()
            running[crew.submit(step, task)] = (step, task)
        ended = wait(running, timeout=LOOK, return_when=FIRST_COMPLETED).done
        if not ended:
            crew.look()
        for future in [future for future in running if future in ended]:
            step, task = running.pop(future)
            done = _outcome(future, step, task, crew)
            if step is worker.make:
                ahead[task.staged] -= 1
            if step is worker.make and task.binds and not done.why:
                unbound[task.staged] = (task, done)
            else:
                yield task, done
            if not ahead[task.staged] and task.staged in unbound:
                waiting.appendleft((worker.bind, unbound.pop(task.staged)[0]))


def _outcome(future: Future[Done], step: Step, task: Task, crew: Crew) -> Done:
    try:
        return crew.result(future, task)
    except (OutputError, UsageError):
        raise
    except Exception as error:
        return crew.again(step, task, error)


def _workers(jobs: int) -> contextlib.AbstractContextManager[Workers] | None:
    """The workers, started; None where the system has no such processes to give."""
    context = multiprocessing.get_context("forkserver")
    if LINUX:
        context.set_forkserver_preload(["gsanalysis.runner.forks"])
    try:
        with _interrupts_held_back():
            requests = host.start(settled(os.environ)) if LINUX else None
            life = context.Pipe(duplex=False)
            workers = Workers(jobs, life[0], requests)
            workers.pool.submit(os.getpid)  # starts the first one
    except (OSError, ImportError, RuntimeError):
        return None
    return _until_the_end(workers, life, requests)


@contextlib.contextmanager
def _until_the_end(
    workers: Workers, life: tuple[Connection, Connection], requests: socket.socket | None
) -> Iterator[Workers]:
    receiver, alive = life  # only this process holds ``alive``: its end is seen by all workers
    try:
        yield workers
        workers.pool.shutdown()
    except BaseException:
        alive.close()
        workers.pool.shutdown(cancel_futures=True)
        raise
    finally:
        for end in (alive, receiver, requests):
            if end:
                end.close()


@contextlib.contextmanager
def _interrupts_held_back() -> Iterator[None]:
    """An interrupt that comes while processes and locks are being made arrives afterwards.

    Ctrl-C also reaches processes that just start, and a lock that is half made is complained of: neither may be said.
    """
    signal.pthread_sigmask(signal.SIG_BLOCK, worker.INTERRUPTS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, worker.INTERRUPTS)
