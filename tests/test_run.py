"""What `run` leaves in the output folder: after success, failure, a crash, and twice."""

import json
import re
import signal
import subprocess
import sys
import time

import nbformat
from processes import gone
from small_project import NOTEBOOKS, PLAN, command, contents, make_project, start, write_data

PAGES = ("report", "overview", "changes", "A", "B", "data-quality")
RATINGS = {"indicators.csv": "indicator", "kpis.csv": "kpi", "objectives.csv": "objective"}
FILES = {
    *(f"{page}.{end}" for page in PAGES for end in ("ipynb", "html", "pdf")),
    *RATINGS,
    "measurements.csv",
    "changes.csv",
    "index.html",
    "manifest.json",
}
PERIOD = {"period.ipynb", "period.html", "period.pdf", "manifest.json"}


def test_a_run_makes_every_page_the_tables_the_index_and_the_manifest_and_the_whole_period(reported_project):
    made = {f"2013/{name}" for name in FILES} | {f"2012-2015/{name}" for name in PERIOD}
    assert set(contents(reported_project / "outputs")) == made


def test_the_ratings_are_the_bytes_that_assess_prints(reported_project):
    for name, level in RATINGS.items():
        arguments = [sys.executable, "-m", "gsanalysis", "assess", "--year", "2013", "--level", level]
        printed = subprocess.run(
            [*arguments, "--format", "csv"], cwd=reported_project, capture_output=True, check=True
        )
        assert (reported_project / "outputs/2013" / name).read_bytes() == printed.stdout


def test_the_changes_are_the_bytes_that_the_command_prints(reported_project):
    changed = command(
        "changes", "--year", "2013", "--since", "2013-06-30", "--format", "csv", cwd=reported_project
    )
    assert (reported_project / "outputs/2013/changes.csv").read_text(encoding="utf-8") == changed.stdout
    assert "A-K1a,2013,,figure_new,,91,no_data,achieved\n" in changed.stdout


def test_the_page_of_changes_compares_with_the_day_or_folder_asked_for(project):
    run = ("run", "--year", "2013", "--format", "html")
    assert command(*run, "--since", "2014-04-30", cwd=project).returncode == 0
    since = (project / "outputs/2013/changes.csv").read_text(encoding="utf-8")
    assert "B-K1a,2013,,figure_new" in since and "A-K1a,2013" not in since
    assert "Nothing has changed" in command(*run, "--since", "2014-04-30", cwd=project).stdout
    before = write_data(project / "before")
    (before / "plan/indicators.csv").write_text(
        PLAN["plan/indicators.csv"].replace(",90,", ",95,"), encoding="utf-8"
    )
    assert command(*run, "--before", "before", cwd=project).returncode == 0
    against = (project / "outputs/2013/changes.csv").read_text(encoding="utf-8")
    assert "A-K1a,,,plan,target=95,target=90,off_track,achieved\n" in against
    (before / "plan/indicators.csv").write_text(PLAN["plan/indicators.csv"], encoding="utf-8")
    assert command(*run, "--before", "before", cwd=project).returncode == 0
    assert len((project / "outputs/2013/changes.csv").read_text(encoding="utf-8").splitlines()) == 1
    both = command(*run, "--before", "before", "--since", "2014-04-30", cwd=project)
    assert both.returncode == 2
    assert "give one of them" in both.stderr


def test_the_report_has_the_bytes_that_nbconvert_makes_beside_its_pages(reported_project, tmp_path):
    year = reported_project / "outputs/2013"
    for form in ("html", "pdf"):
        arguments = ["--to", f"gsanalysis-{form}", "--output-dir", tmp_path, year / "report.ipynb"]
        convert = [sys.executable, "-m", "nbconvert", *map(str, arguments)]
        subprocess.run(convert, capture_output=True, check=True)
        assert (tmp_path / f"report.{form}").read_bytes() == (year / f"report.{form}").read_bytes()


def test_the_report_takes_in_every_page_of_the_year(reported_project):
    page = (reported_project / "outputs/2013/report.html").read_text(encoding="utf-8")
    assert "Values of A: 91." in page
    assert "Values of B: 7." in page


def test_the_cover_says_draft_and_nobody_unless_told(reported_project, project):
    page = (reported_project / "outputs/2013/report.html").read_text(encoding="utf-8")
    assert "Draft" in page
    assert "nobody" in page
    final = ("--final", "--prepared-by", "The evaluation unit")
    assert command("run", "--year", "2013", "--format", "html", *final, cwd=project).returncode == 0
    page = (project / "outputs/2013/report.html").read_text(encoding="utf-8")
    assert "Final" in page
    assert "The evaluation unit" in page


def test_the_figures_behind_the_ratings_are_in_the_folder_as_in_the_data(reported_project):
    table = (reported_project / "outputs/2013/measurements.csv").read_text(encoding="utf-8")
    header, *lines = table.splitlines()
    assert header.startswith("indicator,year,breakdown,value,state,reported_on,source,source_url,")
    assert [line.rstrip(",") for line in lines] == PLAN["measurements/2013.csv"].splitlines()[1:]


def test_the_whole_period_has_a_manifest_of_its_own(reported_project):
    folder = reported_project / "outputs/2012-2015"
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert (manifest["period"], manifest["as_of"], manifest["edition"]) == ("2012-2015", None, "2015-03-31")
    assert set(manifest["outputs"]) == PERIOD - {"manifest.json"}
    assert "year" not in manifest


def test_the_index_leads_to_every_file(reported_project):
    page = (reported_project / "outputs/2013/index.html").read_text(encoding="utf-8")
    links = set(re.findall(r'href="([^"]+)"', page))
    assert links == FILES - {"index.html"} | {f"../2012-2015/{name}" for name in PERIOD - {"manifest.json"}}


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
    assert (manifest["year"], manifest["as_of"], manifest["edition"]) == (2013, None, "2014-06-30")
    assert {"plan/plan.toml", "plan/kpis.csv", "measurements/2013.csv"} < set(manifest["inputs"])
    assert set(manifest["notebooks"]) == {f"{name}.ipynb" for name in NOTEBOOKS}
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

    failed = command(*both, "--force", cwd=copied, TEST_FAIL="A")
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


def test_without_one_of_its_pages_the_report_fails_and_the_last_good_one_stays(copied):
    before = contents(copied / "outputs")
    failed = command("run", "--year", "2013", "--force", cwd=copied, TEST_FAIL="A")
    assert failed.returncode == 3
    assert failed.stderr.splitlines() == [
        "2013 A failed: ValueError: the test asked for it (code cell 4)",
        "2013 report failed: its page A could not be made",
    ]
    after = contents(copied / "outputs")
    changed = {name for name in after if after[name] != before.get(name)}
    assert changed == {
        f"2013/{end}" for end in ("A.failed.ipynb", "report.failed.ipynb", "index.html", "manifest.json")
    }
    index = after["2013/index.html"].decode()
    assert "2 of 6 pages are not of this run" in index
    assert 'href="report.failed.ipynb"' in index

    assert command("run", "--year", "2013", cwd=copied).returncode == 0
    assert contents(copied / "outputs") == before


def test_a_report_that_fails_itself_stops_nothing(copied):
    before = contents(copied / "outputs/2013")
    failed = command("run", "--year", "2013", "--force", cwd=copied, TEST_FAIL="report")
    assert failed.returncode == 3
    assert failed.stderr == "2013 report failed: ValueError: the test asked for it (code cell 4)\n"
    after = contents(copied / "outputs/2013")
    assert {name for name in after if after[name] != before.get(name)} == {
        *("report.failed.ipynb", "index.html", "manifest.json")
    }


def test_a_period_that_fails_is_said_in_the_index_of_each_year(copied):
    failed = command("run", "--year", "2013", "--force", "--format", "html", cwd=copied, TEST_FAIL="period")
    assert failed.returncode == 3
    assert failed.stderr == "2012-2015 period failed: ValueError: the test asked for it (code cell 3)\n"
    assert {*PERIOD, "period.failed.ipynb"} == set(contents(copied / "outputs/2012-2015"))
    index = (copied / "outputs/2013/index.html").read_text(encoding="utf-8")
    assert 'href="../2012-2015/period.failed.ipynb"' in index
    assert 'href="../2012-2015/period.html"' in index


def test_with_objectives_neither_report_nor_period_is_made(project):
    one_page = ("run", "--year", "2013", "--objective", "B", "--format", "html")
    assert command(*one_page, cwd=project).returncode == 0
    tables = {*RATINGS, "measurements.csv", "changes.csv", "index.html", "manifest.json"}
    assert set(contents(project / "outputs")) == {f"2013/{name}" for name in {"B.html", "B.ipynb", *tables}}
    index = (project / "outputs/2013/index.html").read_text(encoding="utf-8")
    assert "Not made yet" in index
    assert "period" not in index

    told = command(*one_page, "--final", cwd=project)
    assert told.returncode == 2
    assert told.stderr == (
        "gsanalysis: --final and --prepared-by are for the whole report, which --objective leaves out\n"
    )


def test_an_objective_may_not_take_the_report_s_name(project):
    for file in (project / "data/plan").glob("*.csv"):
        file.write_text(re.sub(r"\bB\b(?!-)", "Report", file.read_text()))
    told = command("run", "--year", "2013", cwd=project)
    assert told.returncode == 2
    assert told.stderr == "gsanalysis: two pages would both be report.html: give the objective another code\n"


def test_a_notebook_whose_kernel_is_killed_fails_alone(project):
    both = ("run", "--year", "2013", "--objective", "A", "B", "--format", "html")
    run = command(*both, cwd=project, TEST_KILL="A")
    assert run.returncode == 3
    assert run.stderr == "2013 A failed: its kernel was killed, perhaps for want of memory\n"
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
    tables = {"indicators.csv", "measurements.csv", "changes.csv"}
    assert changed == {"A.html", "A.ipynb", *tables, "index.html", "manifest.json"}
    index = after["index.html"].decode()
    assert index.count("as of an earlier run") == 16  # 5 pages, and A in PDF
    assert index.count("of another run") == 3  # the whole period


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
        with start(copied, "--force", TEST_SLOW="0.5") as run:
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
        "    sys.exit(main(['run', '--year', '2013', '--force']))"
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
    again = command("run", "--objective", "B", "--format", "html", cwd=project)
    assert again.stdout.splitlines()[:2] == [
        "The plan's latest year with measurements is 2014.",
        "Nothing has changed since the last run: its one notebook is kept.",
    ]
