"""What must be in step: metadata, lock, conda environment, Makefile and the committed notebooks."""

import re
import shutil
import subprocess
import tomllib
from importlib.metadata import entry_points
from pathlib import Path

import nbformat
import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from gsanalysis.runner.canonical import canonical, to_text

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
NEEDED = [Requirement(r) for r in [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["test"]]]
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
LOCK_OF_STANDARDS = (ROOT / "requirements-standards.lock").read_text(encoding="utf-8")
LOCK_OF_PAGES = (ROOT / "requirements-pages.lock").read_text(encoding="utf-8")
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def locked(lock: str = LOCK) -> dict[str, list[str]]:
    """The versions of each package in the lock (more than one where Python versions differ)."""
    versions: dict[str, list[str]] = {}
    for name, version in re.findall(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", lock, flags=re.MULTILINE):
        versions.setdefault(canonicalize_name(name), []).append(version)
    return versions


@pytest.mark.parametrize("needed", NEEDED, ids=lambda requirement: requirement.name)
def test_the_lock_has_every_dependency_in_a_version_that_is_allowed(needed):
    versions = locked()[canonicalize_name(needed.name)]
    assert all(needed.specifier.contains(version) for version in versions)


@pytest.mark.parametrize("lock", [LOCK, LOCK_OF_PAGES, LOCK_OF_STANDARDS], ids=["all", "pages", "standards"])
def test_every_locked_package_has_a_hash_and_no_address(lock):
    entries = re.split(r"\n(?=[A-Za-z0-9])", lock)
    assert all("--hash=sha256:" in entry for entry in entries if "==" in entry)
    assert "://" not in lock
    assert "index-url" not in lock


@pytest.mark.parametrize(
    ("lock", "tools"),
    [
        (LOCK_OF_PAGES, {"axe-playwright-python", "outloud", "playwright"}),
        (LOCK_OF_STANDARDS, {"frictionless", "lxml"}),
    ],
    ids=["pages", "standards"],
)
def test_other_tools_are_locked_and_change_no_other_version(lock, tools):
    versions = locked(lock)
    assert tools <= set(versions)
    shared = set(versions) & set(locked())
    assert {name: versions[name] for name in shared} == {name: locked()[name] for name in shared}


def test_make_says_in_a_sentence_how_to_install_what_looks_at_the_pages(tmp_path):
    (tmp_path / "Makefile").write_bytes((ROOT / "Makefile").read_bytes())
    for tool in ("make", "sh"):
        (tmp_path / tool).symlink_to(shutil.which(tool))
    told = subprocess.run(
        ["make", "test-pages"],
        cwd=tmp_path,
        env={"PATH": str(tmp_path)},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert told.returncode != 0
    assert "apt install chromium poppler-utils" in told.stderr.splitlines()[0]


def test_what_the_cluster_needs_is_tested_too():
    extras = PROJECT["optional-dependencies"]
    assert set(extras["cluster"]) < set(extras["test"])


def test_the_conda_environment_has_the_same_bounds():
    listed = yaml.safe_load((ROOT / "environment.yml").read_text(encoding="utf-8"))["dependencies"]
    by_pip = next(entry["pip"] for entry in listed if isinstance(entry, dict))
    assert by_pip[-1] == "--editable ."
    lines = [line for line in listed if isinstance(line, str) and line != "pip"] + by_pip[:-1]
    bounds = {canonicalize_name(r.name): r.specifier for r in map(Requirement, lines)}
    assert bounds.pop("python") == Requirement(f"python{PROJECT['requires-python']}").specifier
    assert bounds == {canonicalize_name(needed.name): needed.specifier for needed in NEEDED}


def test_make_lists_its_targets():
    told = subprocess.run(["make"], cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    targets = [line.split()[1] for line in told.stdout.splitlines()]
    assert {"setup", "report", "demo", "test", "lab", "check", "refresh", "clean"} <= set(targets)


def test_make_says_in_a_sentence_which_python_is_missing(tmp_path):
    for name in ("Makefile", "requirements.lock", "pyproject.toml"):
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    told = subprocess.run(
        ["make", "setup", "PYTHON=python2.5"],
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert told.returncode != 0
    assert told.stderr.startswith("There is no python2.5: install Python 3.11 or later")


def test_make_clean_leaves_editions_alone(tmp_path):
    (tmp_path / "Makefile").write_bytes((ROOT / "Makefile").read_bytes())
    for name in ("2013/A.html", "2013/editions/2014-06-30/A.html", "demo/2013/A.html", ".gitkeep"):
        (tmp_path / "outputs" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "outputs" / name).touch()
    subprocess.run(["make", "clean"], cwd=tmp_path, capture_output=True, check=True)
    left = {
        path.relative_to(tmp_path / "outputs").as_posix()
        for path in tmp_path.rglob("outputs/**/*")
        if path.is_file()
    }
    assert left == {"2013/editions/2014-06-30/A.html", ".gitkeep"}
    assert not (tmp_path / "outputs/demo").exists()


def test_nbconvert_finds_the_exporters_by_name():
    names = {point.name for point in entry_points(group="nbconvert.exporters")}
    assert {"gsanalysis-html", "gsanalysis-pdf"} <= names


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_committed_notebooks_are_in_canonical_form(path):
    text = path.read_text(encoding="utf-8")
    assert to_text(canonical(nbformat.reads(text, as_version=4))) == text, "run `make refresh`"


def test_no_committed_text_names_a_machine():
    paths = [
        *NOTEBOOKS,
        *ROOT.glob("*.*"),
        *(ROOT / "gsanalysis").rglob("*.py"),
        *(ROOT / "docs").rglob("*.md"),
    ]
    for path in paths:
        if path.is_file():
            assert not re.search(r"/(home|root|work)/\w", path.read_text(encoding="utf-8")), path
