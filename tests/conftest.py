"""What several test modules share: a small project, and its reports."""

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import settings
from small_project import command, make_project

# The same examples at every run, so that a red test means a change and not chance; GSANALYSIS_EXPLORE=1 tries others.
settings.register_profile("steady", derandomize=True, deadline=None)
if not os.environ.get("GSANALYSIS_EXPLORE"):
    settings.load_profile("steady")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of its own for a test that changes it."""
    return make_project(tmp_path / "project")


@pytest.fixture(scope="session")
def read_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project for tests that only read it."""
    return make_project(tmp_path_factory.mktemp("read"))


@pytest.fixture(scope="session")
def reported_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project whose reports of 2013 were made; for tests that only read."""
    folder = make_project(tmp_path_factory.mktemp("reported"))
    done = command("run", "--year", "2013", cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def copied(reported_project: Path, tmp_path: Path) -> Path:
    """A copy of the reported project, for a test that changes it."""
    return Path(shutil.copytree(reported_project, tmp_path / "copied"))
