"""docs/loop.md: every command of the analyst's year, run in the order of the page."""

import re
import shlex
import shutil
from pathlib import Path

import pytest
from filled_forms import Form
from small_project import command

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs/loop.md").read_text(encoding="utf-8")
COMMANDS = [
    line for block in re.findall(r"```sh\n(.*?)```", PAGE, re.S) for line in block.splitlines() if line
]


@pytest.fixture(scope="module")
def said(tmp_path_factory):
    """What each command printed, by its line; a form is filled in before it is imported."""
    folder = tmp_path_factory.mktemp("loop")
    for name in ("data", "notebooks"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns(".*"))
    printed = {}
    for line in COMMANDS:
        words = shlex.split(line)
        if words[0] == "cp":
            shutil.copytree(folder / words[2], folder / words[3])
            continue
        assert words[0] == "gsanalysis"
        arguments = words[1:]
        if words[1] == "import":
            fill_in(folder / words[2])
            arguments.append("--yes")
        done = command(*arguments, cwd=folder)
        assert done.returncode == 0, (line, done.stderr)
        printed[line] = done.stdout
    return folder, printed


def fill_in(path):
    form = Form(path)
    form.put(form.row("O3-K3a"), value=97.5, state="final", source="Register", comment="Counted again.")
    form.save()


def test_every_command_of_the_contract_is_on_the_page():
    for name in ("collect", "import", "changes", "opinions", "firmness", "init", "export", "explain", "run"):
        assert any(line.startswith(f"gsanalysis {name} ") for line in COMMANDS), name


def test_a_form_that_was_filled_in_moves_the_rating(said):
    folder, printed = said
    [line] = [text for line, text in printed.items() if " import " in line]
    assert "O3-K3a 2015: 97.5\u202f% (final)" in line and "1 row is written." in line
    before = command(
        "assess", "--data", "data/illustrative", "--year", "2015", "--format", "csv", cwd=folder
    ).stdout
    after = command("assess", "--data", "plans", "--year", "2015", "--format", "csv", cwd=folder).stdout
    changed = set(after.splitlines()) - set(before.splitlines())
    assert [row.split(",")[:2] for row in changed] == [["O3-K3a", "achieved"]]


def test_against_the_folder_it_was_copied_from_only_the_new_figure_is_different(said):
    _, printed = said
    [table] = [text for line, text in printed.items() if "--before" in line]
    assert {row.split()[0] for row in table.splitlines()[2:]} == {"O3-K3a"}


def test_everything_that_was_asked_for_is_there(said):
    folder, _ = said
    for name in (
        "everything.xlsx",
        "plan.xml",
        "package/datapackage.json",
        "next/README.md",
        "reports/2014/O3.html",
    ):
        assert (folder / name).is_file(), name
