"""Worker processes that make notebooks, and that never outlive the run, however it ends."""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

from gsanalysis.runner import worker
from gsanalysis.runner.outputs import OutputError
from gsanalysis.runner.worker import Task

Step = Callable[[Task], str]
EARLY = 2  # workers that start before it is known how many notebooks there are


@contextlib.contextmanager
def workers(jobs: int) -> Iterator[ProcessPoolExecutor]:
    """Up to ``jobs`` processes, some of which import what they need while the caller reads the data.

    They end with this process, or as soon as this context is left by an error, and their kernels with them.
    """
    context = multiprocessing.get_context("spawn")
    receiver, life = context.Pipe(
        duplex=False
    )  # only this process holds ``life``: its end is seen by all workers
    pool = ProcessPoolExecutor(jobs, context, worker.start, (receiver,))
    try:
        with _interrupts_held_back():
            for _ in range(min(jobs, EARLY)):
                pool.submit(worker.get_ready)
        yield pool
        pool.shutdown()
    except BaseException:
        life.close()
        pool.shutdown(cancel_futures=True)
        raise
    finally:
        life.close()
        receiver.close()


def make_all(tasks: Sequence[Task], pool: ProcessPoolExecutor) -> Iterator[tuple[Task, str]]:
    """Start on the tasks; gives each with why it failed (or the empty text), in the order in which they are done.

    A task that binds other pages is executed with the rest, and bound when all of its folder have been. Raises
    OutputError for a full disk.
    """
    with _interrupts_held_back():
        return _results({_submit(worker.make, task, pool): (worker.make, task) for task in tasks}, pool)


def _results(
    futures: dict[Future[str], tuple[Step, Task]], pool: ProcessPoolExecutor
) -> Iterator[tuple[Task, str]]:
    ahead = Counter(task.staged for _, task in futures.values())
    unbound: dict[Path, Task] = {}
    while futures:
        done, _ = wait(futures, return_when=FIRST_COMPLETED)
        for future in sorted(done, key=list(futures).index):
            step, task = futures.pop(future)
            why = _outcome(future, step, task)
            if step is worker.make:
                ahead[task.staged] -= 1
            if step is worker.make and task.binds and not why:
                unbound[task.staged] = task
            else:
                yield task, why
            if not ahead[task.staged] and task.staged in unbound:
                ready = unbound.pop(task.staged)
                futures[_submit(worker.bind, ready, pool)] = (worker.bind, ready)


def _outcome(future: Future[str], step: Step, task: Task) -> str:
    """Why the step failed. A worker that is killed takes the pool with it; only its own task may fail for that.

    So each task that is left gets a worker of its own.
    """
    try:
        try:
            return future.result()
        except BrokenProcessPool:
            with workers(1) as alone:
                return _submit(step, task, alone).result()
    except BrokenProcessPool:
        return worker.leave_unexecuted(task, "its process was killed, perhaps for want of memory")
    except OutputError:
        raise
    except Exception as error:
        return worker.why(error)


def _submit(step: Step, task: Task, pool: ProcessPoolExecutor) -> Future[str]:
    try:
        return pool.submit(step, task)
    except BrokenProcessPool as error:
        refused: Future[str] = Future()
        refused.set_exception(error)
        return refused


@contextlib.contextmanager
def _interrupts_held_back() -> Iterator[None]:
    """Ctrl-C also reaches processes that just start; they must not print about it. It arrives here afterwards."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
