"""The pages that the tests look at: those of 2014 from invented figures, those of 2015 from the real ones.

They are made once, by `gsanalysis run`, before the tests are listed, so that each file made has its tests. With
GSANALYSIS_PAGES=FOLDER the pages that stand in FOLDER/demo and FOLDER/real are looked at instead.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from chromium import browser

ROOT = Path(__file__).parents[2]
RUNS = {
    "demo": ["--data", "data/illustrative", "--year", "2014"],
    "real": ["--year", "2015"],
}
MADE = pytest.StashKey[Path]()
TO_REMOVE = pytest.StashKey[Path]()


def pytest_sessionstart(session: pytest.Session) -> None:
    config = session.config
    if hasattr(config, "workerinput"):
        config.stash[MADE] = Path(config.workerinput["pages"])
    elif given := os.environ.get("GSANALYSIS_PAGES"):
        config.stash[MADE] = Path(given).resolve()
    else:
        config.stash[MADE] = config.stash[TO_REMOVE] = Path(tempfile.mkdtemp(prefix="gsanalysis-pages-"))
        _make(config.stash[MADE])


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node) -> None:
    node.workerinput["pages"] = str(node.config.stash[MADE])


def pytest_sessionfinish(session: pytest.Session) -> None:
    if folder := session.config.stash.get(TO_REMOVE, None):
        shutil.rmtree(folder, ignore_errors=True)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Give a test with `html` or `pdf` every file of that kind; the tests of one file stay in one process."""
    for kind in ("html", "pdf"):
        if kind in metafunc.fixturenames:
            made = metafunc.config.stash[MADE]
            files = sorted(made.rglob(f"*.{kind}"), key=lambda path: -path.stat().st_size)
            if not files:
                raise pytest.UsageError(f"no {kind} was made in {made}")
            metafunc.parametrize(kind, files, ids=[path.relative_to(made).as_posix() for path in files])


def _make(folder: Path) -> None:
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "gsanalysis", "run", *arguments, "--out", folder / name],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        )
        for name, arguments in RUNS.items()
    ]
    for process in running:
        said, _ = process.communicate()
        if process.returncode:
            raise pytest.UsageError(f"gsanalysis run failed:\n{said}")


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory):
    """The browser of this process."""
    with browser(tmp_path_factory.mktemp("profile")) as context:
        yield context
