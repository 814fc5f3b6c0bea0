"""`load` gives frames of text with the schema's columns, whatever of them the files have."""

from pathlib import Path

import pandas as pd
import pytest
from clean_folder import FILES, write_clean_folder
from test_damages import COMMENTARY, INDICATORS, Y12, edit, write

from gsanalysis.plan import DataError, find_root, load
from gsanalysis.schema import TABLES


def test_every_frame_has_the_columns_of_the_schema_as_text(tmp_path: Path) -> None:
    plan = load(write_clean_folder(tmp_path))
    for name, table in TABLES.items():
        frame = getattr(plan, name)
        before = ["year"] if name in ("self_ratings", "validation") else []
        assert list(frame.columns) == [*before, *table.names, *(["row"] if name == "measurements" else [])]
        texts = frame.drop(columns=["year", "row"], errors="ignore")
        assert texts.map(lambda cell: isinstance(cell, str)).all(axis=None)
        assert isinstance(frame.index, pd.RangeIndex)


def test_the_settings_of_the_plan_are_read(tmp_path: Path) -> None:
    plan = load(write_clean_folder(tmp_path))
    assert (plan.title, plan.organisation, plan.mission) == ("Strategic plan", "A service", "To serve.")
    assert (plan.first_year, plan.last_year, plan.coverage_floor) == (2012, 2015, 0.5)
    assert (plan.goal, plan.language, plan.folder) == ("", "en", tmp_path)


def test_measurements_stand_by_year_and_line(tmp_path: Path) -> None:
    measurements = load(write_clean_folder(tmp_path)).measurements
    assert measurements["year"].dtype == "int64"
    assert list(zip(measurements["year"], measurements["row"], strict=True)) == [
        *((2012, row) for row in range(2, 11)),
        *((2013, row) for row in range(2, 10)),
    ]


def test_an_absent_optional_column_is_empty(tmp_path: Path) -> None:
    write("plan/outputs.csv", b"output,objective,text\nO2-P1,O2,Accounts\n")(write_clean_folder(tmp_path))
    assert load(tmp_path).outputs.to_dict("records") == [
        {"output": "O2-P1", "objective": "O2", "text": "Accounts", "text_variant": ""}
    ]


def test_columns_in_another_order_are_put_in_the_schemas(tmp_path: Path) -> None:
    write("plan/objectives.csv", b"title,objective\nMeetings,O1\nMoney,O2\n")(write_clean_folder(tmp_path))
    assert load(tmp_path).objectives["objective"].tolist() == ["O1", "O2"]


def test_spaces_around_cells_are_ignored_and_na_is_a_text(tmp_path: Path) -> None:
    write_clean_folder(tmp_path)
    edit(Y12, "81.5,final,2013-03-31,Report A", " 81.5 , final,2013-03-31,NA")(tmp_path)
    first = load(tmp_path).measurements.iloc[0]
    assert (first["value"], first["state"], first["source"]) == ("81.5", "final", "NA")


def test_a_file_read_record_by_record_gives_the_same_frame(tmp_path: Path) -> None:
    plain = load(write_clean_folder(tmp_path / "plain")).measurements
    write_clean_folder(tmp_path / "broken")
    edit(Y12, '"one office, two weeks"', '"one office,\ntwo weeks"')(tmp_path / "broken")
    records = load(tmp_path / "broken").measurements
    assert records["comment"][1] == "one office,\ntwo weeks"
    assert records["row"].tolist()[:4] == [2, 3, 5, 6]
    pd.testing.assert_frame_equal(
        records.drop(columns=["comment", "row"]), plain.drop(columns=["comment", "row"])
    )


def test_the_folder_of_measurements_can_be_another(tmp_path: Path) -> None:
    folder = write_clean_folder(tmp_path / "data")
    write_clean_folder(tmp_path / "other")
    edit(Y12, "81.5", "82.5")(tmp_path / "other")
    assert load(folder, tmp_path / "other/measurements").measurements["value"][0] == "82.5"
    assert load(str(folder), "").measurements["value"][0] == "81.5"


def test_commentary_is_cut_at_the_headings_of_kpis(tmp_path: Path) -> None:
    write_clean_folder(tmp_path)
    text = "A good year.\n\n## O1-K1\n\nTwo offices moved.\n\n## What comes next\n\n```\n## O1-K2\n```\n"
    write(COMMENTARY, text.encode())(tmp_path)
    commentary = load(tmp_path).commentary
    assert commentary["year"].tolist() == [2013, 2013]
    assert commentary["kpi"].tolist() == ["", "O1-K1"]
    assert commentary["text"].tolist() == [
        "A good year.",
        "Two offices moved.\n\n## What comes next\n\n```\n## O1-K2\n```",
    ]


def test_errors_are_raised_together_and_warnings_are_not(tmp_path: Path) -> None:
    write_clean_folder(tmp_path)
    edit(INDICATORS, "yes_no,yes,", "yes_no,yes,yes")(tmp_path)
    assert load(tmp_path).title == "Strategic plan"
    text = FILES[Y12].replace("81.5", "81.5 %").replace("provisional", "Provisional")
    write(Y12, text.encode())(tmp_path)
    with pytest.raises(DataError) as error:
        load(tmp_path)
    assert [(problem.row, problem.column) for problem in error.value.problems] == [(2, "value"), (3, "state")]


def test_the_root_is_the_nearest_folder_with_a_plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_clean_folder(tmp_path / "data")
    below = tmp_path / "notebooks" / "drafts"
    below.mkdir(parents=True)
    monkeypatch.chdir(below)
    assert find_root() == tmp_path
    assert load().title == "Strategic plan"


def test_without_a_plan_around_the_root_is_the_checkout(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert find_root().samefile(Path(__file__).parents[1])
