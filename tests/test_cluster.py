"""`run --scheduler`: a Dask cluster makes the same, also when a worker is killed; one that can't is refused."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from small_project import command, contents

# A cluster of two workers in a process of its own: says its address and its workers' processes, ends with its input.
CLUSTER = """
import sys
from distributed import LocalCluster
if __name__ == "__main__":
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        print(cluster.scheduler_address, *(worker.pid for worker in cluster.workers.values()), flush=True)
        sys.stdin.read()
"""


@contextlib.contextmanager
def cluster(**environment):
    """The address of a cluster, and the process numbers of its two workers."""
    script = subprocess.Popen(
        [sys.executable, "-c", CLUSTER],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=os.environ | environment,
        encoding="utf-8",
    )
    with script:
        address, *workers = script.stdout.readline().split()
        try:
            yield address, [int(worker) for worker in workers]
        finally:
            script.stdin.close()


@contextlib.contextmanager
def worker_of(address, **environment):
    """One more worker, with another environment; waits until the scheduler has it."""
    from distributed import Client

    arguments = ["-m", "dask", "worker", address, "--nworkers", "1", "--nthreads", "1", "--no-dashboard"]
    worker = subprocess.Popen(
        [sys.executable, *arguments, "--no-nanny"],
        env=os.environ | environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        with Client(address, set_as_default=False) as client:
            client.wait_for_workers(3, timeout=60)
        yield
    finally:
        worker.terminate()
        worker.wait()


@pytest.fixture(scope="module")
def shared():
    with cluster() as found:
        yield found[0]


def run_on(address, project, *options, **environment):
    return command("run", "--year", "2013", "--scheduler", address, *options, cwd=project, **environment)


def test_a_cluster_makes_the_same_bytes_and_keeps_what_has_not_changed(shared, project, reported_project):
    run = run_on(shared, project)
    assert run.returncode == 0, run.stderr
    assert contents(project / "outputs") == contents(reported_project / "outputs")
    again = run_on(shared, project)
    assert again.stdout.startswith("Nothing has changed since the last run")
    (project / "outputs/2013/report.pdf").unlink()
    (project / "outputs/2013/A.ipynb").unlink()
    assert run_on(shared, project).returncode == 0
    assert contents(project / "outputs") == contents(reported_project / "outputs")


def test_a_killed_worker_costs_time_only(project, reported_project):
    with cluster(TEST_SLOW="1") as (address, workers):
        arguments = ["-m", "gsanalysis", "run", "--year", "2013", "--scheduler", address]
        run = subprocess.Popen(
            [sys.executable, *arguments], cwd=project, stdout=subprocess.PIPE, encoding="utf-8"
        )
        with run:
            assert run.stdout.readline().startswith("[1/7]")
            os.kill(workers[0], signal.SIGKILL)
            lines = run.stdout.read().splitlines()
        assert run.returncode == 0
    assert lines[-1] == "outputs/2013/index.html leads to all pages of 2013."
    assert contents(project / "outputs") == contents(reported_project / "outputs")


def test_failures_are_the_same(project):
    with cluster(TEST_FAIL="A") as (address, _):
        failed = run_on(address, project)
    assert failed.returncode == 3
    assert failed.stderr.splitlines() == [
        "2013 A failed: ValueError: the test asked for it (code cell 4)",
        "2013 report failed: its page A could not be made",
    ]
    year = project / "outputs/2013"
    assert "the test asked for it" in (year / "A.failed.ipynb").read_text(encoding="utf-8")
    there = contents(year)
    with_local = command("run", "--year", "2013", "--force", cwd=project, TEST_FAIL="A")
    assert with_local.stderr == failed.stderr
    assert contents(year) == there


def test_a_worker_with_another_package_is_refused_with_a_sentence(
    shared, project, reported_project, tmp_path
):
    package = Path(__file__).parents[1] / "gsanalysis"
    other = shutil.copytree(
        package, tmp_path / "other/gsanalysis", ignore=shutil.ignore_patterns("__pycache__")
    )
    (other / "problems.py").write_text((other / "problems.py").read_text() + "\n# changed\n")
    with worker_of(shared, PYTHONPATH=str(other.parent), PYTHONSAFEPATH="1"):
        run = run_on(shared, project)
    assert run.returncode == 0
    assert run.stderr.startswith("gsanalysis: the worker tcp://")
    assert run.stderr.endswith(" is not used: it differs from this machine in the package\n")
    assert contents(project / "outputs") == contents(reported_project / "outputs")


def test_a_worker_without_the_data_or_with_others_says_so(project):
    from gsanalysis.runner.cluster import compare
    from gsanalysis.runner.sources import sources

    nowhere = project / "nowhere"
    assert compare((nowhere, nowhere, project / "notebooks"), {}) == f"it has no folder {nowhere}"
    folders = (project / "data", project / "data/measurements", project / "notebooks")
    made_from = sources(folders)
    assert compare(folders, made_from) == ""
    figures = project / "data/measurements/2013.csv"
    figures.write_text(figures.read_text().replace(",91,", ",92,"))
    assert compare(folders, made_from) == "it differs from this machine in measurements/2013.csv"
    libraries = made_from["libraries"] | {"pandas": "0.1"}
    figures.write_text(figures.read_text().replace(",92,", ",91,"))
    assert compare(folders, made_from | {"libraries": libraries}) == "it differs from this machine in pandas"


@pytest.mark.parametrize(
    "options, told",
    [
        (["--scheduler", "tcp://127.0.0.1:9"], "no Dask scheduler answers at tcp://127.0.0.1:9 ("),
        (
            ["--scheduler", "tcp://127.0.0.1:9", "--plain"],
            "--plain is for this machine alone; --scheduler names",
        ),
    ],
)
def test_a_wrong_address_is_said_in_a_sentence(project, options, told):
    run = command("run", "--year", "2013", *options, cwd=project)
    assert run.returncode == 2
    assert run.stderr.startswith(f"gsanalysis: {told}")
    assert run.stderr.count("\n") == 1
    assert not (project / "outputs").exists()
