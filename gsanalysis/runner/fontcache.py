"""matplotlib's list of the machine's fonts, lent to kernels that have a settings folder of their own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path


def lend_font_cache(target: Path, make: bool = True) -> None:
    """Copy the list, which can take seconds to make, into the folder that kernels take for MPLCONFIGDIR.

    Kernels that make it themselves print a warning after five seconds, and a page can't show that. Warm kernels
    need none; so for the few stock ones that may take their place, what isn't there is not made.
    """
    target.mkdir(parents=True, exist_ok=True)
    if make and not _font_lists():
        _make_font_list(dict(os.environ))
    lists = _font_lists()
    for path in lists:
        shutil.copy(path, target)
    if make and not lists:  # the user's own cache can't be written
        _make_font_list({**os.environ, "MPLCONFIGDIR": str(target)})


def _font_lists() -> list[Path]:
    named = os.environ.get("MPLCONFIGDIR")
    caches = os.environ.get("XDG_CACHE_HOME") or str(Path("~/.cache").expanduser())
    folder = Path(named) if named else Path(caches) / "matplotlib"
    return list(folder.glob("fontlist-*.json"))


def _make_font_list(environment: dict[str, str]) -> None:
    command = [sys.executable, "-c", "import matplotlib.font_manager"]
    subprocess.run(command, env=environment, check=False, capture_output=True)
