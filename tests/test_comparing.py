"""What `changes` and `run` make of the edition that they are to compare with: another folder, a day."""

import pytest
from clean_folder import write_clean_folder

from gsanalysis.cli import main


@pytest.fixture
def folders(tmp_path, monkeypatch):
    """A clean data folder, and one beside it with an error."""
    for name in ("now", "then"):
        write_clean_folder(tmp_path / name)
    kpis = tmp_path / "then" / "plan" / "kpis.csv"
    kpis.write_text(kpis.read_text() + "K-9,no-objective,A KPI\n")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    "asked", [["changes", "--year", "2013"], ["run", "--year", "2013", "--plain", "--out", "pages"]]
)
def test_errors_of_the_folder_before_name_it_and_nothing_is_made(folders, capsys, asked):
    assert main([*asked, "--data", "now", "--before", "then"]) == 1
    told = capsys.readouterr()
    assert told.err.startswith("then/plan/kpis.csv:")
    assert told.out == ""
    assert not any(folders.rglob("*.ipynb"))


@pytest.mark.parametrize("command", ["changes", "run"])
def test_a_folder_without_a_name_is_not_taken_for_the_last_edition(folders, capsys, command):
    assert main([command, "--year", "2013", "--data", "now", "--before", ""]) == 2
    assert "--before names no folder" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["changes", "run"])
def test_nothing_lies_between_an_edition_and_a_later_day(folders, capsys, command):
    days = ["--as-of", "2014-06-30", "--since", "2014-12-31"]
    assert main([command, "--year", "2013", "--data", "now", *days]) == 2
    assert "nothing lies between them" in capsys.readouterr().err


def test_a_folder_is_no_different_from_itself(folders, capsys):
    asked = ["changes", "--year", "2013", "--data", "now", "--before", "now/../now", "--format", "csv"]
    assert main(asked) == 0
    assert capsys.readouterr().out.count("\n") == 1
