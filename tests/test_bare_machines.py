"""Runs where little is there: no environment, no home folder, a checkout that may only be read, no place to write."""

import ctypes
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from small_project import contents, make_project
from test_run import gone

GSANALYSIS = str(Path(sys.executable).with_name("gsanalysis"))
CRON = {"PATH": "/usr/bin:/bin"}
WAYS = pytest.mark.parametrize("way", [(), ("--plain",)], ids=["workers", "plain"])


def bare(
    *arguments: object, cwd: Path, environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Make the reports of 2013 with this environment and no other variable, subject to every permission."""
    return subprocess.run(
        [GSANALYSIS, "run", "--year", "2013", *map(str, arguments)],
        cwd=cwd,
        env=CRON if environment is None else environment,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
        preexec_fn=give_up_root_s_rights,
    )


def give_up_root_s_rights() -> None:
    """Make root ask for permission like anybody: what is executed next can't have CAP_DAC_OVERRIDE or _READ_SEARCH."""
    drop_from_bounding_set = 24
    if os.geteuid() == 0:
        for capability in (1, 2):
            if ctypes.CDLL(None).prctl(drop_from_bounding_set, capability, 0, 0, 0):
                raise OSError("this root can't give up its rights")


def only_to_read(folder: Path) -> None:
    for path in (folder, *folder.rglob("*")):
        path.chmod(path.stat().st_mode & ~0o222)


@pytest.fixture
def read_only(tmp_path: Path) -> Iterator[Path]:
    """A project that nobody may write into."""
    folder = make_project(tmp_path / "read only")
    only_to_read(folder)
    yield folder
    for path in (folder, *folder.rglob("*")):
        path.chmod(path.stat().st_mode | 0o200)  # so that pytest can remove it


def test_without_its_rights_root_may_not_write_either(read_only):
    for attempt in ("touch new", "touch data/new", "echo >>data/plan/plan.toml"):
        tried = subprocess.run(
            ["/bin/sh", "-c", attempt],
            cwd=read_only,
            capture_output=True,
            check=False,
            preexec_fn=give_up_root_s_rights,
        )
        assert tried.returncode != 0, attempt


@pytest.mark.parametrize(
    ("environment", "way"),
    [
        (CRON, ()),
        ({}, ()),
        ({}, ("--plain",)),
        (CRON | {"HOME": ""}, ()),
        (
            CRON
            | {
                "HOME": "/dev/null/nowhere",
                "XDG_CACHE_HOME": "/dev/null/nowhere/cache",
                "XDG_RUNTIME_DIR": "/dev/null/nowhere/run",
            },
            (),
        ),
        (CRON | {"TMPDIR": "/dev/null/nowhere", "TMP": "/dev/null/nowhere"}, ()),
        (CRON | {"LANG": "xx_YY", "LC_ALL": "xx_YY", "TZ": "Nowhere/Never", "TERM": "dumb"}, ()),
    ],
    ids=[
        "cron",
        "nothing",
        "nothing, plain",
        "empty home",
        "no such home",
        "no such TMPDIR",
        "no such locale",
    ],
)
def test_the_reports_are_the_same_whatever_the_environment_lacks(project, reported_project, environment, way):
    run = bare(*way, cwd=project, environment=environment)
    assert (run.returncode, run.stderr) == (0, "")
    assert contents(project / "outputs") == contents(reported_project / "outputs")
    assert gone(project)


@WAYS
def test_a_home_folder_that_can_t_be_written_is_not_missed(project, reported_project, tmp_path, way):
    home = tmp_path / "home"
    home.mkdir(mode=0o555)
    run = bare(*way, cwd=project, environment=CRON | {"HOME": str(home)})
    assert (run.returncode, run.stderr) == (0, "")
    assert contents(project / "outputs") == contents(reported_project / "outputs")
    assert not list(home.iterdir())
    assert gone(project)


@WAYS
def test_a_checkout_that_may_only_be_read_is_reported_elsewhere(read_only, reported_project, tmp_path, way):
    before = contents(read_only)
    run = bare("--out", tmp_path / "made", "--log", tmp_path / "log", *way, cwd=read_only)
    assert (run.returncode, run.stderr) == (0, "")
    assert contents(tmp_path / "made") == contents(reported_project / "outputs")
    assert contents(read_only) == before
    assert gone(read_only)

    again = bare("--out", tmp_path / "made", *way, cwd=read_only)
    assert again.stdout.startswith("Nothing has changed since the last run: all 7 notebooks are kept.\n")


def test_an_output_folder_that_can_t_be_made_is_said_in_a_sentence(read_only):
    run = bare(cwd=read_only)
    assert (run.returncode, run.stdout) == (4, "")
    assert run.stderr == (
        "gsanalysis: can't write into outputs: permission denied (outputs); name another folder with --out\n"
    )
    assert gone(read_only)


def test_an_output_folder_that_may_only_be_read_is_said_in_a_sentence(project, tmp_path):
    out = tmp_path / "made"
    out.mkdir(mode=0o555)
    run = bare("--out", out, "--log", tmp_path / "log", cwd=project)
    assert (run.returncode, run.stdout) == (4, "")
    sentence = f"can't write into {out}: permission denied (.lock); name another folder with --out"
    assert run.stderr == f"gsanalysis: {sentence}\n"
    last = json.loads((tmp_path / "log").read_text(encoding="utf-8").splitlines()[-1])
    assert (last["event"], last["exit_code"], last["error"]) == ("ended", 4, sentence)
    assert gone(project)


@WAYS
def test_a_year_s_folder_that_may_only_be_read_is_said_in_a_sentence_and_stays_as_it_was(
    project, reported_project, tmp_path, way
):
    out = tmp_path / "made"
    shutil.copytree(reported_project / "outputs", out)
    only_to_read(out / "2013")
    before = contents(out / "2013")
    figures = project / "data/measurements/2013.csv"
    figures.write_text(figures.read_text().replace(",91,", ",92,"))
    run = bare("--out", out, *way, cwd=project)
    (out / "2013").chmod(0o755)
    assert run.returncode == 4
    assert run.stderr.startswith(f"gsanalysis: can't write into {out / '2013'}: permission denied (")
    assert run.stderr.endswith("); name another folder with --out\n")
    assert run.stderr.count("\n") == 1
    assert contents(out / "2013") == before
    assert not list(out.glob(".staging-*"))
    assert gone(project)


def test_a_log_that_can_t_be_written_is_said_in_a_sentence_and_nothing_is_made(project, tmp_path):
    (tmp_path / "logs").mkdir(mode=0o555)
    log = tmp_path / "logs/log"
    run = bare("--log", log, cwd=project)
    assert (run.returncode, run.stdout) == (4, "")
    assert run.stderr == (
        f"gsanalysis: can't write into {log}: permission denied (log); name another file with --log\n"
    )
    assert not (project / "outputs").exists()


def test_figures_that_may_not_be_read_are_said_in_a_sentence_and_nothing_is_made(project):
    (project / "data/measurements/2013.csv").chmod(0)
    run = bare(cwd=project)
    assert run.returncode == 1
    assert "2013.csv" in run.stderr
    assert run.stderr.count("\n") == 1
    assert not (project / "outputs").exists()
    assert gone(project)


def test_the_reports_may_go_to_another_file_system(project, reported_project, tmp_path):
    memory = Path("/dev/shm")
    if not memory.is_dir() or memory.stat().st_dev == tmp_path.stat().st_dev:
        pytest.skip("there is no second file system to write to")
    out = memory / f"gsanalysis-test-{os.getpid()}"
    try:
        run = bare("--out", out, cwd=project)
        assert (run.returncode, run.stderr) == (0, "")
        assert contents(out) == contents(reported_project / "outputs")
    finally:
        shutil.rmtree(out, ignore_errors=True)
    assert not (project / "outputs").exists()


def test_from_a_folder_without_a_project_the_checkout_s_notebooks_are_run_on_the_data_named(
    read_only, tmp_path
):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    run = bare("--data", read_only / "data", "--objective", "B", "--format", "html", cwd=elsewhere)
    assert (run.returncode, run.stderr) == (0, "")
    assert [path.name for path in elsewhere.iterdir()] == ["outputs"]
    page = (elsewhere / "outputs/2013/B.html").read_text(encoding="utf-8")
    assert "Rooms in use" in page
    assert str(tmp_path) not in page
    assert gone(elsewhere)


def test_from_a_folder_that_may_only_be_read_all_folders_can_be_named(project, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir(mode=0o555)
    named = ("--data", project / "data", "--out", project / "made", "--objective", "B", "--format", "html")
    run = bare(*named, cwd=elsewhere)
    assert (run.returncode, run.stderr) == (0, "")
    assert (project / "made/2013/B.html").exists()
    assert gone(elsewhere)
