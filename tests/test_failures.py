"""A run through kills, signals, hanging notebooks and full disks: nothing half, nothing left running, no page lost."""

import json
import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from processes import gone, relatives, wait_for
from small_project import command, contents, start

RUN = [sys.executable, "-m", "gsanalysis", "run", "--year", "2013"]


def events(file: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def kill(pid: int) -> None:
    os.kill(pid, signal.SIGKILL)


def _that_stay(runner: int, seconds: float) -> list[int]:
    """Kernels that have been there for a while, and so wait as the test has asked them to."""
    seen = relatives(runner)["kernels"]
    time.sleep(seconds)
    return [pid for pid in relatives(runner)["kernels"] if pid in seen]


def complete(folder: Path, expected: dict[str, bytes]) -> None:
    """The next run makes what is missing, and no more; nothing half is left of the one before."""
    run = subprocess.run(RUN, cwd=folder, capture_output=True, encoding="utf-8", check=False)
    assert run.returncode == 0, run.stderr
    assert contents(folder / "outputs") == expected
    assert not list((folder / "outputs").glob(".staging-*"))


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_whatever_ends_a_run_at_whatever_moment_nothing_half_is_left(copied, number):
    before, codes = contents(copied / "outputs"), []
    for moment in (0.05, 0.3, 0.6, 0.9, 1.2, 1.6, 2.1):
        with start(copied, "--force", TEST_SLOW="0.1") as run:
            time.sleep(moment)
            run.send_signal(number)
            _, said = run.communicate(timeout=30)
        assert gone(copied), moment
        left = contents(copied / "outputs")
        assert {name: left.get(name) for name in before} == before, moment
        # Before and after our own code runs, Python itself ends by the signal.
        codes.append(run.returncode)
        started = run.returncode != 1 or "gsanalysis/" in said  # 1: Python had not even begun with our code
        assert run.returncode in {130, 0, -number} or not started, (moment, said)
        assert run.returncode != 130 or said == "gsanalysis: interrupted\n", moment
    assert (130 in codes) == (number != signal.SIGKILL)
    complete(copied, before)


def test_a_killed_runner_loses_no_year_that_was_done_and_the_next_run_makes_the_rest(project, tmp_path):
    log = tmp_path / "log"
    with start(project, "2014", "--log", str(log), TEST_SLOW="0.4") as run:
        wait_for(lambda: log.exists() and any(e.get("folder") == "outputs/2013" for e in events(log)))
        run.kill()
    assert gone(project)
    done = contents(project / "outputs/2013")
    assert "report.pdf" in done
    again = command("run", "--year", "2013", "2014", cwd=project)
    assert again.returncode == 0
    assert "2013 report kept" in again.stdout
    assert "2014 report done" in again.stdout
    assert contents(project / "outputs/2013") == done


@pytest.mark.parametrize("who", ["workers", "host", "server"])
def test_a_killed_helper_costs_time_only(project, reported_project, who):
    with start(project, TEST_SLOW="0.7") as run:
        wait_for(lambda: relatives(run.pid)["kernels"])
        kill(relatives(run.pid)[who][0])
        said, complaint = run.communicate(timeout=60)
    assert (run.returncode, complaint) == (0, "")
    assert said.splitlines()[-2].startswith("[7/7]")
    assert contents(project / "outputs") == contents(reported_project / "outputs")
    assert gone(project)


def test_when_every_worker_is_killed_again_and_again_the_notebooks_are_made_all_the_same(
    project, reported_project
):
    with start(project, TEST_SLOW="0.7") as run:
        for _ in range(2):
            workers = wait_for(
                lambda: relatives(run.pid)["workers"] if relatives(run.pid)["kernels"] else None
            )
            for worker in workers:
                kill(worker)
            wait_for(lambda workers=workers: not set(workers) & set(relatives(run.pid)["workers"]))
        _, complaint = run.communicate(timeout=90)
    assert run.returncode in {0, 3}, complaint
    assert gone(project)
    complete(project, contents(reported_project / "outputs"))


def test_a_killed_kernel_costs_its_notebook(project, reported_project):
    with start(project, TEST_SLOW="1") as run:
        asleep = wait_for(lambda: _that_stay(run.pid, 0.4))
        kill(asleep[0])
        _, complaint = run.communicate(timeout=60)
    assert run.returncode == 3
    first, *others = complaint.splitlines()
    assert first.endswith(" failed: its kernel was killed, perhaps for want of memory")
    assert all("its page" in other for other in others)
    assert gone(project)
    complete(project, contents(reported_project / "outputs"))


@pytest.mark.parametrize("way", [(), ("--plain",)], ids=["fast", "plain"])
def test_a_notebook_that_hangs_ends_at_its_time_limit(project, way):
    one_page = ("run", "--year", "2013", "--objective", "A", "--format", "html", *way)
    began = time.monotonic()
    run = command(*one_page, "--time-limit", "3", cwd=project, TEST_SLOW="300")
    assert run.returncode == 3
    assert run.stderr == "2013 A failed: it was not done within its time limit of 3 s\n"
    assert time.monotonic() - began < 60
    failed = (project / "outputs/2013/A.failed.ipynb").read_text(encoding="utf-8")
    assert "it was not done within its time limit of 3 s" in failed
    assert "Page of a test" in failed  # what was shown before it hung
    assert gone(project)


def test_a_kernel_that_answers_no_interrupt_is_ended_with_what_it_has_started(project):
    notebook = project / "notebooks/objective.ipynb"
    deaf = "import signal, subprocess\\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\\n"
    source = notebook.read_text()
    assert "name = objective\\n" in source
    stubborn = f"name = objective\\n{deaf}subprocess.Popen(['sleep', '300'])\\n"
    notebook.write_text(source.replace("name = objective\\n", stubborn))
    one_page = ("run", "--year", "2013", "--objective", "A", "--format", "html", "--time-limit", "3")
    assert command(*one_page, cwd=project, TEST_SLOW="300").returncode == 3
    assert gone(project)


def test_a_disk_that_is_full_for_the_log_stops_no_page(project):
    run = command("run", "--year", "2013", "--objective", "A", "--log", "/dev/full", cwd=project)
    assert run.returncode == 0
    assert run.stderr == (
        "gsanalysis: there is no room left to write into /dev/full: make room or name another file with --log\n"
    )


def test_a_log_that_cannot_be_written_is_said_before_anything_is_made(project):
    run = command("run", "--year", "2013", "--log", "nowhere/log", cwd=project)
    assert run.returncode == 4
    assert run.stderr == (
        "gsanalysis: can't write into nowhere/log: no such file or directory (log); name another file with --log\n"
    )
    assert not (project / "outputs").exists()


@pytest.mark.parametrize("way", [(), ("--plain",)], ids=["fast", "plain"])
@pytest.mark.parametrize("room", [0, 2000, 20000])
def test_a_disk_that_fills_up_is_said_in_one_sentence_and_leaves_the_last_pages(copied, way, room):
    before = contents(copied / "outputs")
    run = subprocess.run(
        [*RUN, "--force", *way],
        cwd=copied,
        capture_output=True,
        encoding="utf-8",
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (room, room)),
        check=False,
    )
    assert run.returncode == 4, run.stderr
    assert run.stderr.startswith("gsanalysis: there is no room left to write into outputs")
    assert run.stderr.count("\n") == 1
    assert contents(copied / "outputs") == before
    complete(copied, before)


def test_where_no_workers_can_be_had_the_plain_way_is_taken(project, reported_project):
    code = (
        "import multiprocessing.synchronize, sys\n"
        "def refuse(*_, **__): raise OSError(38, 'Function not implemented')\n"
        "multiprocessing.synchronize.SemLock.__init__ = refuse\n"
        "from gsanalysis.cli import main\n"
        "sys.exit(main(['run', '--year', '2013']))"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=project, capture_output=True, encoding="utf-8", check=False
    )
    assert (run.returncode, run.stderr) == (0, "")
    assert contents(project / "outputs") == contents(reported_project / "outputs")
    assert gone(project)


def test_the_plain_way_makes_the_same_bytes_and_leaves_nothing_running(project, reported_project):
    run = command("run", "--year", "2013", "--plain", cwd=project)
    assert (run.returncode, run.stderr) == (0, "")
    assert contents(project / "outputs") == contents(reported_project / "outputs")
    assert gone(project)


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_the_plain_way_can_be_ended_at_any_moment(copied, number):
    before = contents(copied / "outputs")
    for moment in (0.5, 1.5, 2.5, 3.5):
        with start(copied, "--force", "--plain", TEST_SLOW="1") as run:
            time.sleep(moment)
            run.send_signal(number)
            run.communicate(timeout=30)
        assert gone(copied, 15), moment
        left = contents(copied / "outputs")
        assert {name: left.get(name) for name in before} == before, moment
    complete(copied, before)
