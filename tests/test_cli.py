"""What the commands print, and the exit codes that scripts rely on."""

import json
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from small_project import command

COMMANDS = ("check", "assess", "explain", "run", "refresh")


@pytest.fixture
def ask(read_project):
    return lambda *arguments, **environment: command(*arguments, cwd=read_project, **environment)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_help_with_an_example(ask, name):
    told = ask(name, "--help")
    assert told.returncode == 0
    assert f"Example: gsanalysis {name}" in told.stdout
    assert "--data" in told.stdout
    assert "--measurements" in told.stdout


def test_help_comes_without_loading_the_libraries():
    listed = "import sys, gsanalysis.cli; print(*sys.modules)"
    told = subprocess.run([sys.executable, "-c", listed], capture_output=True, encoding="utf-8", check=True)
    assert {"pandas", "numpy", "nbconvert", "papermill", "rich"}.isdisjoint(told.stdout.split())


def test_an_interrupt_in_code_made_from_a_string_ends_with_our_exit_code_too(ask, tmp_path):
    broken = "import gsanalysis.cli as cli\ncli.parser = lambda: exec('raise KeyboardInterrupt')\n"
    (tmp_path / "sitecustomize.py").write_text(broken)
    told = ask("check", PYTHONPATH=str(tmp_path))
    assert (told.returncode, told.stderr) == (130, "gsanalysis: interrupted\n")


def test_a_clean_folder_gets_one_line_with_what_was_read(ask):
    told = ask("check")
    assert (told.returncode, told.stderr) == (0, "")
    assert told.stdout == (
        "2 objectives, 0 outputs, 0 expected results, 2 KPIs, 2 indicators, 3 measurements 2013–2014: no problem\n"
    )


def test_check_prints_every_problem_on_standard_output(project):
    figures = project / "data/measurements/2013.csv"
    figures.write_text(figures.read_text().replace(",91,", ",ninety,"))
    told = command("check", cwd=project)
    assert (told.returncode, told.stderr) == (1, "")
    assert told.stdout.startswith("measurements/2013.csv:2:value: ")
    assert told.stdout.count("\n") == 1


def test_other_commands_print_problems_on_standard_error(project):
    figures = project / "data/measurements/2013.csv"
    figures.write_text(figures.read_text().replace(",91,", ",ninety,"))
    told = command("assess", "--year", "2013", cwd=project)
    assert (told.returncode, told.stdout) == (1, "")
    assert told.stderr.startswith("measurements/2013.csv:2:value: ")


def test_ratings_are_a_table_unless_said(ask):
    told = ask("assess", "--year", "2013")
    assert told.returncode == 0
    header, rule, first, second = told.stdout.splitlines()
    assert header.split()[:5] == ["indicator", "rating", "breakdown", "value", "target"]
    assert set(rule) == {"-", " "}
    assert first.split()[:4] == ["A-K1a", "achieved", "91", "90"]
    assert second.split()[:3] == ["B-K1a", "monitored", "7"]


def test_json_gives_numbers_as_numbers_and_null_for_empty(ask):
    records = json.loads(ask("assess", "--year", "2013", "--format", "json").stdout)
    assert records[0]["indicator"] == "A-K1a"
    assert (records[0]["value"], records[0]["target"], records[0]["missing"]) == (91, 90, 0)
    assert (records[0]["breakdown"], records[0]["pace"]) == (None, None)


def test_csv_is_the_same_in_a_latin_locale(ask):
    arguments = ("assess", "--year", "2013", "--level", "objective", "--format", "csv")
    assert ask(*arguments, LC_ALL="C", PYTHONIOENCODING="latin-1").stdout == ask(*arguments).stdout


def test_an_as_of_date_hides_what_was_reported_later(ask):
    records = json.loads(ask("assess", "--year", "2013", "--as-of", "2014-05-01", "--format", "json").stdout)
    assert records[1]["value"] is None


def test_explain_gives_the_reasons_under_the_indicator_s_name(ask):
    told = ask("explain", "--year", "2013", "A-K1a", "B-K1a")
    assert told.returncode == 0
    first, second = told.stdout.split("\n\n")
    assert first.startswith("A-K1a: Answers in time\n")
    assert "91" in first
    assert second.startswith("B-K1a: Rooms in use\n")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (
            ("assess", "--year", "2020"),
            "2020 is neither a year of the plan (2012–2015) nor has measurements (2013–2014)",
        ),
        (
            ("explain", "--year", "2013", "A-K1b"),
            "There is no indicator “A-K1b” in the plan; did you mean A-K1a?",
        ),
        (("explain", "--year", "2013", "A-K1"), "A-K1 is a KPI; name one of its indicators: A-K1a"),
        (
            ("run", "--year", "2013", "--objective", "X"),
            "There is no objective “X” in the plan; there are A and B",
        ),
        (
            ("run", "--year", "2020"),
            "2020 is neither a year of the plan (2012–2015) nor has measurements (2013–2014)",
        ),
        (("assess", "--year", "2013", "--data", "nowhere"), "nowhere"),
    ],
)
def test_wrong_usage_is_said_in_a_sentence(ask, arguments, sentence):
    told = ask(*arguments)
    assert (told.returncode, told.stdout) == (2, "")
    assert sentence in told.stderr
    assert told.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "COMMAND"),
        (("asses",), "'asses'"),
        (("assess",), "--year"),
        (("assess", "--year", "14"), "'14' is not a year such as 2014"),
        (("assess", "--year", "2013", "--as-of", "20140331"), "'20140331' is not a date such as 2015-03-31"),
        (("assess", "--year", "2013", "--as-of", "2014-02-30"), "is not a date"),
        (("run", "--format", "docx"), "'docx' is not a format; there are html and pdf"),
        (("run", "--jobs", "0"), "'0' is not a number of notebooks"),
    ],
)
def test_a_misspelt_command_line_is_wrong_usage(ask, arguments, said):
    told = ask(*arguments)
    assert told.returncode == 2
    assert said in told.stderr
    assert "Traceback" not in told.stderr


def test_a_year_of_the_plan_without_measurements_is_rated_as_no_data(ask):
    told = ask("assess", "--year", "2015", "--format", "json")
    assert told.returncode == 0
    assert json.loads(told.stdout)[0]["rating"] == "no_data"


def test_a_reader_that_has_seen_enough_is_no_error(read_project):
    pipe = f"{sys.executable} -m gsanalysis assess --year 2013 | true; exit ${{PIPESTATUS[0]}}"
    told = subprocess.run(
        ["bash", "-c", pipe], cwd=read_project, capture_output=True, encoding="utf-8", check=False
    )
    assert (told.returncode, told.stderr) == (0, "")


def test_refresh_brings_notebooks_into_a_form_that_a_second_refresh_keeps(project):
    notebook = project / "notebooks/objective.ipynb"
    assert command("refresh", cwd=project).returncode == 0
    once = notebook.read_bytes()
    cells = nbformat.reads(once.decode(), as_version=4).cells
    assert [cell.execution_count for cell in cells if cell.cell_type == "code"] == [1, 2, 3, 4]
    assert [list(output.data) for output in cells[2].outputs + cells[4].outputs] == [
        ["text/plain"],
        ["text/plain"],
    ]
    assert command("refresh", cwd=project, TZ="Asia/Tokyo").returncode == 0
    assert notebook.read_bytes() == once


def test_a_notebook_that_fails_to_refresh_stays_as_it_was(project):
    notebook = project / "notebooks/objective.ipynb"
    before = notebook.read_bytes()
    told = command("refresh", cwd=project, TEST_FAIL="A")
    assert told.returncode == 3
    assert "objective.ipynb failed and stays as it was: ValueError" in told.stderr
    assert notebook.read_bytes() == before


def test_explain_writes_numbers_with_thin_spaces_and_no_escapes():
    done = command("explain", "--year", "2014", "O3-K1b", cwd=Path(__file__).parents[1])
    assert "CHF 18\u202f943\u202f996" in done.stdout
    assert "\\u" not in done.stdout
