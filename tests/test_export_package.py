"""The whole data folder as a Data Package: nothing of the data is lost on the way, and nothing else overwritten."""

import json
import zipfile
from pathlib import Path

import pandas as pd
import pytest
from clean_folder import write_clean_folder
from random_plans import seeded_package
from small_project import contents

from gsanalysis import DataError, Plan, UsageError, check, load
from gsanalysis.exchange import package as packaging
from gsanalysis.exchange.package import csv_text, write_package
from gsanalysis.exchange.start import start
from gsanalysis.schema import TABLES

ROOT = Path(__file__).parents[1]
FOLDERS = [ROOT / "data", ROOT / "data/illustrative", ROOT / "tests/cases/plan-a"]
SETTINGS = (
    *("title", "organisation", "first_year", "last_year"),
    *("coverage_floor", "mission", "goal", "language"),
)


def assert_same_plan(one: Plan, other: Plan) -> None:
    assert [getattr(one, name) for name in SETTINGS] == [getattr(other, name) for name in SETTINGS]
    for name in (*TABLES, "commentary"):
        frames = [getattr(plan, name).drop(columns="row", errors="ignore") for plan in (one, other)]
        pd.testing.assert_frame_equal(*frames)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_clean_folder(tmp_path / "data")


def exported(folder: Path) -> Path:
    write_package(folder, None, folder.parent / "out")
    return folder.parent / "out"


@pytest.mark.parametrize("data", FOLDERS, ids=lambda path: path.name)
def test_the_package_is_loaded_as_the_same_plan(tmp_path, data):
    write_package(data, None, tmp_path / "out")
    assert_same_plan(load(data), load(tmp_path / "out"))


@pytest.mark.parametrize("seed", range(12))
def test_a_random_plan_comes_back_as_it_was(tmp_path, seed):
    data = seeded_package(seed).write(tmp_path / "data")
    write_package(data, None, tmp_path / "out")
    assert_same_plan(load(data), load(tmp_path / "out"))


def test_the_package_of_a_package_has_the_same_bytes(tmp_path, folder):
    first = exported(folder)
    write_package(first, None, tmp_path / "again")
    assert contents(first) == contents(tmp_path / "again")


def test_files_are_normalised(folder):
    kpis = (folder / "plan/kpis.csv").read_bytes()
    (folder / "plan/kpis.csv").write_bytes(b"\xef\xbb\xbf" + kpis.replace(b"\n", b"\r\n"))
    links = (folder / "plan/links.csv").read_text(encoding="utf-8")
    (folder / "plan/links.csv").write_text(links.replace(",", " , "), encoding="utf-8")
    note = folder / "commentary/2013/O1.md"
    note.write_bytes(b"\xef\xbb\xbf" + note.read_bytes().replace(b"\n", b"\r\n"))
    out = exported(folder)
    assert (out / "plan/kpis.csv").read_bytes() == kpis
    assert (out / "plan/links.csv").read_text(encoding="utf-8") == links
    assert (out / "commentary/2013/O1.md").read_bytes().startswith(b"The year was a good one.\n\n## O1-K1")


def test_every_column_of_the_schema_stands_in_every_file_in_its_order(folder):
    out = exported(folder)
    for table in TABLES.values():
        for path in out.glob(f"{table.path}/*.csv" if table.by_year else table.path):
            assert path.read_text(encoding="utf-8").splitlines()[0] == ",".join(table.names)


def test_the_description_names_every_file_and_how_cells_are_separated(folder):
    out = exported(folder)
    described = json.loads((out / "datapackage.json").read_text(encoding="utf-8"))
    paths = [resource["path"] for resource in described["resources"]]
    named = {name for path in paths for name in ([path] if isinstance(path, str) else path)}
    assert named | {"datapackage.json"} == set(contents(out))
    assert all(r["dialect"] == {"delimiter": ","} for r in described["resources"] if r.get("type") == "table")


@pytest.mark.parametrize("text", ["a,b", 'a "b"', "a\nb", "a\r\nb", "a\rb", "=1+1", ";", "'x"])
def test_a_cell_comes_back_whatever_it_holds(folder, text):
    kpis = load(folder).kpis
    kpis.loc[0, "text"] = text
    (folder / "plan/kpis.csv").write_bytes(csv_text(kpis).encode())
    assert load(folder).kpis["text"].iloc[0] == text
    assert load(exported(folder)).kpis["text"].iloc[0] == text


def test_a_zip_holds_the_same_files_and_has_the_same_bytes_each_time(tmp_path, folder):
    out = exported(folder)
    for name in ("one.zip", "two.ZIP"):
        write_package(folder, None, tmp_path / name)
    with zipfile.ZipFile(tmp_path / "one.zip") as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == contents(out)
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.ZIP").read_bytes()


def test_measurements_from_elsewhere_go_into_the_package_and_it_says_so(tmp_path, folder):
    (folder / "measurements").rename(tmp_path / "elsewhere")
    said = write_package(folder, tmp_path / "elsewhere", tmp_path / "out")
    assert set(load(tmp_path / "out").measurements["year"]) == {2012, 2013}
    assert "The measurements are those of --measurements, not the data folder's own." in said


def test_what_is_no_part_of_the_format_is_named_not_dropped_in_silence(tmp_path):
    start(tmp_path / "data")
    (tmp_path / "data/scripts").mkdir()
    (tmp_path / "data/plan/README.txt").write_text("Ours", encoding="utf-8")
    said = write_package(tmp_path / "data", None, tmp_path / "out")
    assert "Not part of the format and left out: “README.md”, “scripts” and “plan/README.txt”." in said
    assert any("“frictionless validate” does not" in sentence for sentence in said)


def test_a_folder_with_errors_is_not_exported(tmp_path, folder):
    (folder / "plan/kpis.csv").write_text("kpi,objective,text\nO1-K1,O9,Text\n", encoding="utf-8")
    with pytest.raises(DataError):
        write_package(folder, None, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_an_earlier_package_is_replaced_with_all_its_files(folder):
    out = exported(folder)
    (folder / "measurements/2012.csv").unlink()
    (folder / "plan/links.csv").unlink()
    exported(folder)
    assert not (out / "measurements/2012.csv").exists()
    assert not (out / "plan/links.csv").exists()
    assert check(out) == []
    assert sorted(path.name for path in out.parent.iterdir()) == ["data", "out"]


@pytest.mark.parametrize("name", ["notes.txt", "plan/notes.txt", "plan/plan.toml"])
def test_a_folder_that_is_no_package_of_ours_is_refused_and_left_alone(tmp_path, folder, name):
    mine = tmp_path / "out" / name
    mine.parent.mkdir(parents=True)
    mine.write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="not empty and no package of ours"):
        exported(folder)
    assert contents(tmp_path / "out") == {name: b"mine"}


def test_a_package_with_a_file_of_somebody_else_is_refused(folder):
    out = exported(folder)
    (out / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match=r"notes\.txt"):
        exported(folder)


@pytest.mark.parametrize("with_readme", [True, False])
def test_another_plan_s_data_folder_is_never_taken_for_an_earlier_package(tmp_path, folder, with_readme):
    start(tmp_path / "other")
    if not with_readme:
        (tmp_path / "other/README.md").unlink()  # then its description names every file, like one of ours
    before = contents(tmp_path / "other")
    with pytest.raises(UsageError, match="no package of ours"):
        write_package(folder, None, tmp_path / "other")
    assert contents(tmp_path / "other") == before


@pytest.mark.parametrize("place", ["data", ".", "data/measurements/.."])
def test_nothing_is_written_over_the_data_itself(tmp_path, folder, place):
    with pytest.raises(UsageError, match="holds the data"):
        write_package(folder, None, tmp_path / place)


def test_a_package_exported_anew_onto_itself_is_refused(folder):
    out = exported(folder)
    with pytest.raises(UsageError, match="holds the data"):
        write_package(out, None, out)
    assert check(out) == []


def test_a_file_where_the_folder_should_be_is_refused(tmp_path, folder):
    (tmp_path / "out").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="is a file"):
        exported(folder)


@pytest.mark.parametrize("name", ["out", "out.zip"])
def test_a_disk_that_fills_up_leaves_the_earlier_package_as_it_was(tmp_path, folder, monkeypatch, name):
    write_package(folder, None, tmp_path / name)
    before = contents(tmp_path)

    def full(_: Path) -> dict[str, object]:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(packaging, "datapackage", full)
    with pytest.raises(OSError, match="No space left"):
        write_package(folder, None, tmp_path / name)
    assert contents(tmp_path) == before
