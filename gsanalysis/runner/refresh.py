"""Bring the committed notebooks into canonical form, so that a changed figure shows as a changed sentence."""

from __future__ import annotations

import tempfile
from pathlib import Path

from gsanalysis.runner.fontcache import lend_font_cache
from gsanalysis.runner.outputs import writing
from gsanalysis.runner.progress import progress
from gsanalysis.runner.worker import execute, why


def refresh(notebooks: Path, root: Path, data: str | None, measurements: str | None) -> dict[str, str]:
    """Execute every notebook of the folder with its own parameters and write its canonical form over it.

    Gives the notebooks that failed, by name, with the reason; those stay as they are. The notebooks read the
    project's own data unless a folder is named.
    """
    from gsanalysis.runner.kernels import settle

    given = {"data": data, "measurements": measurements}
    parameters = {name: str(Path(folder).absolute()) for name, folder in given.items() if folder}
    paths = sorted(notebooks.glob("*.ipynb"))
    failed = {}
    with tempfile.TemporaryDirectory() as scratch, progress(len(paths)) as report:
        lend_font_cache(Path(scratch) / "matplotlib")
        settle(Path(scratch))
        for path in paths:
            reason = _refresh(path, root, parameters, Path(scratch) / path.name)
            report(path.name, f"failed: {reason}" if reason else "done")
            if reason:
                failed[path.name] = reason
    return failed


def _refresh(path: Path, root: Path, parameters: dict[str, str], executed: Path) -> str:
    from gsanalysis.runner.canonical import canonical, to_text

    try:
        text = to_text(canonical(execute(path, parameters, root, executed)))
    except Exception as error:
        return why(error)
    with writing(path.parent):
        new = path.with_name(f".{path.name}.new")
        new.write_text(text, encoding="utf-8")
        new.replace(path)
    return ""
