"""Worker processes that make notebooks, and that never outlive the run, however it ends."""

from __future__ import annotations

import contextlib
import multiprocessing
import signal
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool

from gsanalysis.runner import worker
from gsanalysis.runner.outputs import OutputError
from gsanalysis.runner.worker import Task

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

    Raises OutputError for a full disk.
    """
    with _interrupts_held_back():
        return _results({_submit(task, pool): task for task in tasks})


def _results(futures: dict[Future[str], Task]) -> Iterator[tuple[Task, str]]:
    broken = []
    for future in as_completed(futures):
        try:
            yield futures[future], _outcome(future)
        except BrokenProcessPool:
            broken.append(futures[future])
    # A worker that is killed takes the pool with it. Each notebook left gets a worker of its own, so that only
    # the one that kills its worker fails.
    for task in sorted(broken, key=list(futures.values()).index):
        yield task, _make_alone(task)


def _make_alone(task: Task) -> str:
    with workers(1) as pool:
        try:
            return _outcome(_submit(task, pool))
        except BrokenProcessPool:
            return worker.leave_unexecuted(task, "its process was killed, perhaps for want of memory")


def _submit(task: Task, pool: ProcessPoolExecutor) -> Future[str]:
    try:
        return pool.submit(worker.make, task)
    except BrokenProcessPool as error:
        refused: Future[str] = Future()
        refused.set_exception(error)
        return refused


def _outcome(future: Future[str]) -> str:
    try:
        return future.result()
    except (BrokenProcessPool, OutputError):
        raise
    except Exception as error:
        return worker.why(error)


@contextlib.contextmanager
def _interrupts_held_back() -> Iterator[None]:
    """Ctrl-C also reaches processes that just start; they must not print about it. It arrives here afterwards."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
