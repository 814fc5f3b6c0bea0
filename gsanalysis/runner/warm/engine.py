"""The papermill engine ``gsanalysis``: nbclient as ever, in a warm kernel where there can be one.

``papermill --engine gsanalysis IN OUT`` works by hand too; a program that runs many notebooks gains from it.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any, ClassVar

import nbformat
from jupyter_client.kernelspec import NATIVE_KERNEL_NAME
from papermill.engines import NBClientEngine

from gsanalysis.runner.warm import host
from gsanalysis.runner.warm.client import WarmKernel

# What ipykernel sets where nothing is set.
INLINE = {"MPLBACKEND": "module://matplotlib_inline.backend_inline"}


class WarmEngine(NBClientEngine):
    """Runs the notebook's cells in a warm kernel, or in a stock one if the host is gone or the kernel is another.

    ``requests`` is where kernels come from; the first notebook starts a host of its own where it is not set.
    """

    requests: ClassVar[host.Requests | None] = None

    @classmethod
    def execute_managed_notebook(
        cls, nb_man: Any, kernel_name: str, keep: Path | None = None, **options: Any
    ) -> None:
        """What papermill asks of an engine: fill ``nb_man.nb`` with outputs.

        If that ends by another error than a cell's, after which papermill writes nothing, the notebook is
        written to ``keep`` as far as it came.
        """
        kernel = cls._kernel() if kernel_name == NATIVE_KERNEL_NAME else None
        if kernel:
            options |= {"km": kernel}
            options.pop("kernel_manager_class", None)
        try:
            super().execute_managed_notebook(nb_man, kernel_name, **options)
        except Exception:
            if keep:
                nbformat.write(nb_man.nb, keep)
            raise
        finally:
            if kernel:
                kernel.end()

    @classmethod
    def _kernel(cls) -> WarmKernel | None:
        try:
            cls.requests = cls.requests or host.start(INLINE | os.environ)
            return WarmKernel(host.ask(cls.requests), str(Path.cwd()))
        except (
            OSError,
            AttributeError,
            NotImplementedError,
        ):  # the last two: a system that has no such thing
            return None
