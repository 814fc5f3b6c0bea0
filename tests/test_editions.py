"""What was circulated is kept before other data take its place, and the index lists every edition."""

import json
import re
import shutil
import subprocess
from pathlib import Path
from types import SimpleNamespace

import pytest
from small_project import command, contents

from gsanalysis.runner.editions import keep_earlier
from gsanalysis.runner.manifest import SCHEMA

HTML = ("run", "--year", "2013", "--format", "html")
CORRECTION = "A-K1a,2013,,93,final,2015-06-30,Correction\n"
ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def circulated(reported_project, tmp_path_factory):
    """A reported project in which an edition as of a date was made too; for tests that only read."""
    folder = Path(shutil.copytree(reported_project, tmp_path_factory.mktemp("circulated") / "project"))
    done = command(*HTML, "--as-of", "2014-05-01", cwd=folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith("outputs/2013/editions/2014-05-01/index.html leads to all pages of 2013.\n")
    return folder


@pytest.fixture
def copied(circulated, tmp_path):
    """A copy of it, for a test that changes it."""
    return Path(shutil.copytree(circulated, tmp_path / "copied"))


def correct(project: Path, row: str = CORRECTION) -> None:
    with (project / "data/measurements/2013.csv").open("a") as file:
        file.write(row)


def test_another_folder_to_compare_with_is_not_said_to_be_other_data(tmp_path):
    (tmp_path / "manifest.json").write_text(
        json.dumps(
            {"schema": SCHEMA, "edition": "2014-06-30", "as_of": None, "inputs": {"plan/kpis.csv": "1"}}
        )
    )
    book = SimpleNamespace(folder=tmp_path, edition="2014-06-30", as_of=None)
    compared = {"plan/kpis.csv": "1", "before/plan/kpis.csv": "2"}
    assert keep_earlier(book, compared, tmp_path / "kept") == []
    [said] = keep_earlier(book, compared | {"plan/kpis.csv": "3"}, tmp_path / "kept")
    assert said.endswith("is made anew from other data: plan/kpis.csv changed.")


def misprint(project: Path) -> None:
    """Change a figure without a later day."""
    file = project / "data/measurements/2013.csv"
    file.write_text(file.read_text().replace(",7,", ",8,"))


def said(run: subprocess.CompletedProcess[str]) -> list[str]:
    """What a run says beside its progress and where the pages are."""
    assert (run.returncode, run.stderr) == (0, "")
    return [
        line
        for line in run.stdout.splitlines()
        if not re.match(r"\[\d|Nothing has changed|.* leads to ", line)
    ]


def listed(index: Path) -> list[str]:
    """The editions in the index's list, each as it is called."""
    section = index.read_text(encoding="utf-8").partition("<h2>Editions</h2>")[2]
    return re.findall(r"<li>(?:<a [^>]*>)?(.*?)(?:</a>)?</li>", section)


def dangling(index: Path) -> list[str]:
    """The index's links that lead nowhere."""
    links = re.findall(r'href="([^"]+)"', index.read_text(encoding="utf-8"))
    return [link for link in links if not (index.parent / link).is_file()]


def test_an_edition_as_of_a_date_has_its_own_folder_and_period_and_leaves_the_others(
    circulated, reported_project
):
    before, after = contents(reported_project / "outputs"), contents(circulated / "outputs")
    changed = {name for name in before if before[name] != after[name]}
    assert changed == {"2013/index.html", "2013/manifest.json"}  # the list of editions has grown
    folders = {name.rpartition("/")[0] for name in set(after) - set(before)}
    assert folders == {"2013/editions/2014-05-01", "2012-2015/editions/2014-05-01"}


def test_the_year_s_index_lists_every_edition_and_each_leads_back(circulated):
    year = circulated / "outputs/2013"
    assert listed(year / "index.html") == [
        "Edition of 30 June 2014 (this page)",
        "As of 1 May 2014",
    ]
    edition = year / "editions/2014-05-01/index.html"
    assert 'href="../../index.html"' in edition.read_text(encoding="utf-8")
    assert 'href="../../../2012-2015/editions/2014-05-01/period.html"' in edition.read_text(encoding="utf-8")
    assert [dangling(year / "index.html"), dangling(edition)] == [[], []]


def test_the_manifest_holds_for_the_index_with_the_longer_list(circulated):
    from gsanalysis.runner.standing import Standing

    for folder in ("2013", "2013/editions/2014-05-01"):
        recorded = json.loads((circulated / "outputs" / folder / "manifest.json").read_text(encoding="utf-8"))
        standing = Standing(circulated / "outputs" / folder, {})
        assert set(standing.origins) == set(recorded["outputs"])


def test_an_edition_made_first_gets_an_index_with_the_list_alone(project):
    assert said(command(*HTML, "--as-of", "2014-05-01", cwd=project)) == []
    index = project / "outputs/2013/index.html"
    assert listed(index) == ["As of 1 May 2014"]
    assert dangling(index) == []
    assert not (project / "outputs/2013/manifest.json").exists()


def test_a_later_edition_keeps_the_one_that_stood_there_and_says_so(copied):
    year, period = copied / "outputs/2013", copied / "outputs/2012-2015"
    before = contents(year)
    correct(copied)
    assert said(command(*HTML, cwd=copied)) == [
        "outputs/2012-2015 held the edition 2015-03-31, which is kept in outputs/2012-2015/editions/2015-03-31.",
        "outputs/2013 held the edition 2014-06-30, which is kept in outputs/2013/editions/2014-06-30.",
    ]
    kept = contents(year / "editions/2014-06-30")
    assert set(kept) == {name for name in before if not name.startswith("editions/")}
    assert {name for name in kept if kept[name] != before[name]} == {"index.html", "manifest.json"}
    assert (period / "editions/2015-03-31/period.pdf").exists()
    assert listed(year / "index.html") == [
        "Edition of 30 June 2015 (this page)",
        "Edition of 30 June 2014",
        "As of 1 May 2014",
    ]
    indexes = [year / "index.html", *year.glob("editions/*/index.html")]
    assert [dangling(index) for index in indexes] == [[], [], []]
    assert said(command(*HTML, cwd=copied)) == []


def test_a_kept_edition_is_not_copied_twice_by_a_run_after_one_that_was_killed(copied):
    year = copied / "outputs/2013"
    manifest = (year / "manifest.json").read_bytes()
    correct(copied)
    one_page = (*HTML, "--objective", "A")
    assert len(said(command(*one_page, cwd=copied))) == 1
    kept = contents(year / "editions")
    (year / "manifest.json").write_bytes(manifest)  # as if killed before it was put in place, the last of all
    assert said(command(*one_page, cwd=copied)) == [
        "outputs/2013 held the edition 2014-06-30, which is kept in outputs/2013/editions/2014-06-30."
    ]
    assert contents(year / "editions") == kept


def test_an_edition_of_the_same_name_made_from_other_data_is_named_with_what_changed(copied):
    misprint(copied)
    year = copied / "outputs/2013"
    before = contents(year / "editions")
    assert said(command(*HTML, "--objective", "B", cwd=copied)) == [
        "outputs/2013, edition 2014-06-30, is made anew from other data: measurements/2013.csv changed."
    ]
    assert contents(year / "editions") == before


def test_an_edition_as_of_a_date_made_from_other_data_keeps_the_earlier_ones(copied):
    year = copied / "outputs/2013"
    as_of = (*HTML, "--objective", "B", "--as-of", "2014-05-01")
    first = contents(year / "editions/2014-05-01")
    misprint(copied)
    assert said(command(*as_of, cwd=copied)) == [
        "outputs/2013/editions/2014-05-01 was made from other data (measurements/2013.csv); "
        "that one is kept in outputs/2013/editions/2014-05-01-earlier-1."
    ]
    kept = contents(year / "editions/2014-05-01-earlier-1")
    assert {name for name in first if first[name] != kept[name]} == {"index.html", "manifest.json"}

    correct(copied)
    assert "editions/2014-05-01-earlier-2" in said(command(*as_of, cwd=copied))[0]
    assert contents(year / "editions/2014-05-01-earlier-1") == kept
    assert listed(year / "index.html") == [
        "Edition of 30 June 2014 (this page)",
        "As of 1 May 2014",
        "As of 1 May 2014, earlier version 1",
        "As of 1 May 2014, earlier version 2",
    ]


def test_an_edition_as_of_a_date_made_from_the_same_data_is_replaced(copied):
    before = contents(copied / "outputs")
    assert said(command(*HTML, "--as-of", "2014-05-01", cwd=copied)) == []
    assert contents(copied / "outputs") == before


def test_make_clean_leaves_editions_alone(copied):
    editions = {name: held for name, held in contents(copied / "outputs").items() if "/editions/" in name}
    subprocess.run(["make", "-s", "-f", ROOT / "Makefile", "clean"], cwd=copied, check=True)
    assert contents(copied / "outputs") == editions
