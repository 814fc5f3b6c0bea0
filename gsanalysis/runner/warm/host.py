"""The process that warm kernels are forked from, and how to start it and to ask it for one.

Started as ``python -m gsanalysis.runner.warm.host FD``. It has one thread, or a fork could stop in a lock that
another one held. Whoever may ask holds one end of its socket; when the last of them is gone, it ends, with every
kernel and what those have started.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import pkgutil
import signal
import socket
import sys
from collections.abc import Mapping
from pathlib import Path

from gsanalysis.runner import rubbish

# What the project's notebooks and a kernel import; what is missing here is only imported later, in each kernel.
IMPORTED = ("pandas", "seaborn", "matplotlib.backends.backend_svg", "matplotlib_inline.backend_inline")
PAGES = "gsanalysis.pages"

Requests = socket.socket


def start(environment: Mapping[str, str]) -> Requests:
    """Start a host with the environment, and give the socket to ask for kernels with. Raises OSError."""
    requests, its = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with its, Path(os.devnull).open("r+b") as nothing:
        its.set_inheritable(True)
        os.posix_spawn(
            sys.executable,
            [sys.executable, "-m", __name__, str(its.fileno())],
            {**environment, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"},
            file_actions=[(os.POSIX_SPAWN_DUP2, nothing.fileno(), number) for number in (0, 1, 2)],
            setsid=True,
            setsigmask=(),
        )
    return requests


def ask(requests: Requests) -> socket.socket:
    """A connection to a new kernel. Raises OSError when the host is gone."""
    ours, its = socket.socketpair()
    with its:
        try:
            socket.send_fds(requests, [b"kernel"], [its.fileno()])
        except OSError:
            ours.close()
            raise
    return ours


def serve(requests: Requests) -> None:
    """Fork a kernel for every connection that arrives."""
    from gsanalysis.runner.warm import kernel

    running: set[int] = set()
    while True:
        word, connections, *_ = socket.recv_fds(requests, 16, 1)
        running -= _ended()
        if not word:
            break
        with socket.socket(fileno=connections[0]) as its, contextlib.suppress(OSError):
            pid = os.fork()
            if not pid:
                requests.close()
                kernel.run(its)
            running.add(pid)
    for pid in running:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(pid, signal.SIGKILL)


def _ended() -> set[int]:
    """Kernels that have ended: until they are asked for here, the system gives their numbers to no other process."""
    ended: set[int] = set()
    with contextlib.suppress(ChildProcessError):
        while pid := os.waitpid(-1, os.WNOHANG)[0]:
            ended.add(pid)
    return ended


def _import_all() -> None:
    """Import what is there; a notebook that needs what can't be imported says so itself."""
    rubbish.look_for_none()
    for name in IMPORTED:
        with contextlib.suppress(Exception):
            importlib.import_module(name)
    with contextlib.suppress(Exception):
        for module in pkgutil.iter_modules(importlib.import_module(PAGES).__path__, f"{PAGES}."):
            importlib.import_module(module.name)
    importlib.import_module("gsanalysis.runner.warm.kernel")
    rubbish.keep_all()


def main() -> None:
    """Import, and wait for requests."""
    _import_all()
    serve(socket.socket(fileno=int(sys.argv[1])))


if __name__ == "__main__":
    main()
