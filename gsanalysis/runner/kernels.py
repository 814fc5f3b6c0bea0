"""Kernels that don't depend on the machine: a settled environment, and an end that leaves none behind."""

from __future__ import annotations

import contextlib
import os
import signal
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from jupyter_client.manager import AsyncKernelManager

# A user's profile, locale, time zone, window size and matplotlib settings must not decide what a page shows.
PERSONAL = ("LC_", "LANG", "JUPYTER", "IPYTHON", "MPL", "MATPLOTLIB", "PAPERMILL", "PYDEVD")
PERSONAL_NAMES = {"TZ", "COLUMNS", "LINES", "PYTHONWARNINGS", "PYTHONSTARTUP", "PYTHONINSPECT", "PYTHONUTF8"}

_running: set[int] = set()  # process groups of the kernels of this process


class QuietKernelManager(AsyncKernelManager):
    """A kernel whose own chatter goes to a file beside its connection file, and that ``end_kernels`` finds."""

    _group: int | None = None

    async def _async_launch_kernel(self, kernel_cmd: list[str], **kw: Any) -> None:
        with (Path(os.environ["TMPDIR"]) / "kernels.log").open("ab") as log:
            await super()._async_launch_kernel(kernel_cmd, **kw, stdout=log, stderr=log)
        self._group = getattr(self.provisioner, "pgid", None)
        if self._group:
            _running.add(self._group)

    async def _async_cleanup_resources(self, restart: bool = False) -> None:
        _running.discard(self._group or 0)
        await super()._async_cleanup_resources(restart)


def end_kernels() -> None:
    """End every kernel of this process, and what it has started, at once."""
    for group in list(_running):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(group, signal.SIGKILL)


@contextlib.contextmanager
def lent_environment() -> Iterator[None]:
    """Give this process its environment back afterwards, and end the kernels that are still there."""
    before = dict(os.environ)
    try:
        yield
    finally:
        end_kernels()
        os.environ.clear()
        os.environ.update(before)
        tempfile.tempdir = None


def settled(environment: Mapping[str, str]) -> dict[str, str]:
    """The environment without what is personal, the same on every machine."""
    kept = {n: v for n, v in environment.items() if not n.startswith(PERSONAL) and n not in PERSONAL_NAMES}
    return kept | {
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
        "PYTHONHASHSEED": "0",
        "PYTHONUTF8": "1",
        "SOURCE_DATE_EPOCH": "0",
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    }


def settle(scratch: Path) -> None:
    """Give this process, and so its kernels, a settled environment.

    ``scratch`` is a folder of the run for connection files, profiles and temporary files; its folder
    ``matplotlib`` is for a font cache.
    """
    environment = settled(os.environ)
    os.environ.clear()
    os.environ.update(environment, MPLCONFIGDIR=str(scratch / "matplotlib"), TMPDIR=str(scratch))
    tempfile.tempdir = None  # forget the folder that was found before
    for name in ("IPYTHONDIR", "JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR"):
        os.environ[name] = str(scratch / "jupyter")
