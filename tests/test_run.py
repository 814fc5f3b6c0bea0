"""What `run` leaves in the output folder: after success, failure, a crash, and twice."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import pytest
from small_project import command, contents, make_project, write_data

PAGES = ("overview", "A", "B", "data-quality")
RATINGS = {"indicators.csv": "indicator", "kpis.csv": "kpi", "objectives.csv": "objective"}
FILES = {
    *(f"{page}.{end}" for page in PAGES for end in ("ipynb", "html", "pdf")),
    *RATINGS,
    "index.html",
    "manifest.json",
}


@pytest.fixture
def copied(reported_project, tmp_path):
    """A copy of the reported project, for a test that changes it."""
    return Path(shutil.copytree(reported_project, tmp_path / "copied"))


def start(folder: Path, *arguments: str, **environment: str) -> subprocess.Popen[str]:
    """Start a run that Ctrl-C interrupts, also where the tests run in the background, which ignores it."""
    return subprocess.Popen(
        [sys.executable, "-m", "gsanalysis", "run", "--year", "2013", *arguments],
        cwd=folder,
        env=os.environ | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),  # noqa: PLW1509
    )


def made_by(folder: Path) -> list[str]:
    """Processes that work in this project: the working directory of workers and kernels is the project's."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if (process / "cwd").resolve() == folder.resolve():
                found.append((process / "cmdline").read_text().replace("\0", " "))
        except OSError:
            continue
    return found


def gone(folder: Path, seconds: float = 5) -> bool:
    """Whether every process of the project has ended within the time."""
    until = time.monotonic() + seconds
    while made_by(folder) and time.monotonic() < until:
        time.sleep(0.05)
    return not made_by(folder)


def test_a_run_makes_every_page_the_ratings_the_index_and_the_manifest(reported_project):
    assert set(contents(reported_project / "outputs")) == {f"2013/{name}" for name in FILES}


def test_the_ratings_are_the_bytes_that_assess_prints(reported_project):
    for name, level in RATINGS.items():
        arguments = [sys.executable, "-m", "gsanalysis", "assess", "--year", "2013", "--level", level]
        printed = subprocess.run(
            [*arguments, "--format", "csv"], cwd=reported_project, capture_output=True, check=True
        )
        assert (reported_project / "outputs/2013" / name).read_bytes() == printed.stdout


def test_the_index_leads_to_every_file(reported_project):
    page = (reported_project / "outputs/2013/index.html").read_text(encoding="utf-8")
    links = set(re.findall(r'href="([^"]+)"', page))
    assert links == FILES - {"index.html"}


def test_the_index_is_one_file_without_script_that_a_screen_reader_can_follow(reported_project):
    page = (reported_project / "outputs/2013/index.html").read_text(encoding="utf-8")
    assert page.startswith('<!DOCTYPE html>\n<html lang="en">')
    assert page.count("<h1>") == 1
    assert "<caption>" in page
    assert 'scope="col"' in page
    assert 'scope="row"' in page
    assert "<script" not in page
    assert "://" not in page
    assert "Answers &lt;in&gt; time" in page
    assert "earlier run" not in page


def test_the_manifest_says_what_was_made_from_what(reported_project):
    manifest = json.loads((reported_project / "outputs/2013/manifest.json").read_text(encoding="utf-8"))
    assert manifest["schema"] == "gsanalysis-manifest/1"
    assert (manifest["year"], manifest["as_of"], manifest["edition"]) == (2013, None, "2015-03-31")
    assert {"plan/plan.toml", "plan/kpis.csv", "measurements/2013.csv"} < set(manifest["inputs"])
    assert set(manifest["notebooks"]) == {"objective.ipynb", "overview.ipynb", "data-quality.ipynb"}
    assert set(manifest["outputs"]) == FILES - {"manifest.json"}
    assert manifest["libraries"]["papermill"]


def test_nothing_made_names_the_machine_or_the_clock(reported_project):
    for name, content in contents(reported_project / "outputs").items():
        assert str(reported_project).encode() not in content, name
        assert b"start_time" not in content, name


def test_a_notebook_gets_no_parameter_that_it_does_not_have(project):
    assert (
        command("run", "--year", "2013", "--as-of", "2014-05-01", "--format", "html", cwd=project).returncode
        == 0
    )
    edition = project / "outputs/2013/editions/2014-05-01"
    injected = {
        page: nbformat.read(edition / f"{page}.ipynb", as_version=4).cells[2].source for page in PAGES
    }
    assert injected["A"] == '# Parameters\nobjective = "A"\nyear = 2013\nas_of = "2014-05-01"'
    assert injected["data-quality"] == "# Parameters\nyear = 2013"


def test_the_same_data_give_the_same_bytes_in_another_folder_time_zone_and_locale(reported_project, tmp_path):
    other = make_project(tmp_path / "somewhere {else} entirely")
    run = command(
        "run", "--year", "2013", "--jobs", "1", cwd=other, TZ="Asia/Tokyo", LC_ALL="C", HOME=str(tmp_path)
    )
    assert run.returncode == 0, run.stderr
    assert contents(other / "outputs") == contents(reported_project / "outputs")


def test_data_from_elsewhere_give_the_same_bytes_wherever_they_lie(project, tmp_path):
    made = []
    for name in ("here", "there"):
        data = write_data(tmp_path / name)
        one_page = ("--objective", "A", "--format", "html")
        run = command("run", "--year", "2013", "--data", data, "--out", name, *one_page, cwd=project)
        assert run.returncode == 0, run.stderr
        made.append(contents(project / name))
    assert made[0] == made[1]
    assert b"(the folder given with --data)" in made[0]["2013/A.ipynb"]


def test_a_failing_notebook_stops_no_other_and_leaves_the_last_good_pages(copied):
    year = copied / "outputs/2013"
    before = contents(year)
    both = ("run", "--year", "2013", "--objective", "A", "B")

    failed = command(*both, cwd=copied, TEST_FAIL="A")
    assert failed.returncode == 3
    assert failed.stdout.splitlines()[1].startswith("[2/2]")
    assert failed.stderr == "2013 A failed: ValueError: the test asked for it (code cell 4)\n"
    assert set(contents(year)) == FILES | {"A.failed.ipynb"}
    assert (year / "A.pdf").read_bytes() == before["A.pdf"]
    assert "the test asked for it" in (year / "A.failed.ipynb").read_text(encoding="utf-8")
    index = (year / "index.html").read_text(encoding="utf-8")
    assert index.count("as of an earlier run") == 3
    assert 'href="A.failed.ipynb"' in index

    assert command(*both, cwd=copied).returncode == 0
    assert contents(year) == before


def test_a_notebook_that_kills_its_worker_fails_alone(project):
    both = ("run", "--year", "2013", "--objective", "A", "B", "--format", "html")
    run = command(*both, cwd=project, TEST_KILL="A")
    assert run.returncode == 3
    assert run.stderr == "2013 A failed: its process was killed, perhaps for want of memory\n"
    made = set(contents(project / "outputs/2013"))
    assert {"A.failed.ipynb", "B.html", "B.ipynb"} < made
    assert "A.html" not in made
    assert gone(project)


def test_only_the_objectives_asked_for_are_made_anew_and_the_others_are_marked(copied):
    year = copied / "outputs/2013"
    before = contents(year)
    figures = copied / "data/measurements/2013.csv"
    figures.write_text(figures.read_text().replace(",91,", ",92,"))

    run = command("run", "--year", "2013", "--objective", "A", "--format", "html", cwd=copied)
    assert run.returncode == 0
    after = contents(year)
    changed = {name for name in after if after[name] != before[name]}
    assert changed == {"A.html", "A.ipynb", "indicators.csv", "index.html", "manifest.json"}
    assert after["index.html"].decode().count("as of an earlier run") == 10  # 3 pages, and A in PDF


def test_pages_that_would_be_the_same_are_not_marked(copied):
    before = contents(copied / "outputs")
    assert command("run", "--year", "2013", "--objective", "B", cwd=copied).returncode == 0
    assert contents(copied / "outputs") == before


def test_errors_in_the_data_are_all_listed_and_nothing_is_written(project):
    figures = project / "data/measurements/2013.csv"
    figures.write_text(figures.read_text().replace(",91,", ',"91,0",').replace(",7,", ",seven,"))
    run = command("run", "--year", "2013", cwd=project)
    assert run.returncode == 1
    assert "measurements/2013.csv:2:value: " in run.stderr
    assert "measurements/2013.csv:3:value: " in run.stderr
    assert not (project / "outputs").exists()


def test_a_second_run_into_the_folder_says_that_it_is_locked(project):
    first = start(project, TEST_SLOW="300")
    while not list(project.glob("outputs/.staging-*")):
        assert first.poll() is None
        time.sleep(0.05)
    second = command("run", "--year", "2014", cwd=project)
    assert second.returncode == 4
    assert second.stderr == "gsanalysis: outputs is locked by another run; wait until that one has ended\n"

    first.send_signal(signal.SIGINT)
    _, complaint = first.communicate(timeout=60)
    assert (first.returncode, complaint) == (130, "gsanalysis: interrupted\n")
    assert gone(project)
    assert contents(project / "outputs") == {}


def test_after_a_kill_at_any_moment_no_process_stays_and_the_next_run_is_clean_and_complete(copied):
    before = contents(copied / "outputs")
    for moment in (0.2, 1.0, 2.0, 4.0):
        with start(copied, TEST_SLOW="0.5") as run:
            time.sleep(moment)
            run.kill()
        assert gone(copied), moment
        left = contents(copied / "outputs")
        assert {name: left[name] for name in before} == before, moment
    for name in ("A.html", "overview.pdf", "index.html", "manifest.json"):  # killed while files were moved
        (copied / "outputs/2013" / name).unlink()
    assert command("run", "--year", "2013", cwd=copied).returncode == 0
    assert contents(copied / "outputs") == before


def test_a_file_in_the_place_of_the_output_folder_is_said_in_a_sentence(project):
    (project / "outputs").write_text("not a folder")
    run = command("run", "--year", "2013", cwd=project)
    assert run.returncode == 4
    assert (
        run.stderr
        == "gsanalysis: can't write into outputs: file exists (outputs); name another folder with --out\n"
    )


def test_a_full_disk_is_said_in_a_sentence_and_leaves_the_last_reports(copied):
    before = contents(copied / "outputs")
    limited = (
        "import resource, sys; from gsanalysis.cli import main\n"
        "if __name__ == '__main__':\n"
        "    resource.setrlimit(resource.RLIMIT_FSIZE, (4000, 4000))\n"
        "    sys.exit(main(['run', '--year', '2013']))"
    )
    arguments = [sys.executable, "-c", limited]
    run = subprocess.run(arguments, cwd=copied, capture_output=True, encoding="utf-8", check=False)
    assert run.returncode == 4, run.stderr
    assert run.stderr.startswith("gsanalysis: there is no room left to write into ")
    assert run.stderr.count("\n") == 1
    assert contents(copied / "outputs") == before


def test_without_a_year_the_latest_with_measurements_is_taken(project):
    run = command("run", "--objective", "B", "--format", "html", cwd=project)
    assert run.returncode == 0
    assert run.stdout.startswith("The plan's latest year with measurements is 2014.\n[1/1] 2014 B done\n")
    assert {"B.html", "B.ipynb"} < set(contents(project / "outputs/2014"))
