"""What services and validators say of a year's ratings, read and checked like all other data."""

from pathlib import Path

import pytest
from clean_folder import write_clean_folder

from gsanalysis import check, load

SELF = "self_ratings/2013.csv"
VALIDATION = "validation/2013.csv"
SELF_HEADER = "kpi,rating,author,date,note\n"
VALIDATION_HEADER = "indicator,criterion,grade,validator,date,note\n"


def said(folder: Path, name: str, text: str) -> list[str]:
    path = write_clean_folder(folder) / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return [str(problem) for problem in check(folder)]


def test_they_are_read_with_the_year_of_their_file(tmp_path):
    assert said(tmp_path, SELF, SELF_HEADER + "O1-K1,on_track,Documents Service,2014-02-01,\n") == []
    assert (
        said(tmp_path, VALIDATION, VALIDATION_HEADER + "O1-K1a,timely,partly,Audit,2014-05-01,late\n") == []
    )
    plan = load(tmp_path)
    [own] = plan.self_ratings.to_dict("records")
    assert own == {
        "year": 2013,
        "kpi": "O1-K1",
        "rating": "on_track",
        "author": "Documents Service",
        "date": "2014-02-01",
        "note": "",
    }
    [grade] = plan.validation.to_dict("records")
    assert (grade["year"], grade["criterion"], grade["grade"]) == (2013, "timely", "partly")


def test_a_folder_without_them_has_empty_frames(tmp_path):
    plan = load(write_clean_folder(tmp_path))
    assert plan.self_ratings.empty and plan.validation.empty
    assert list(plan.self_ratings.columns) == ["year", "kpi", "rating", "author", "date", "note"]


def test_the_optional_note_may_be_missing(tmp_path):
    assert said(tmp_path, SELF, "kpi,rating,author,date\nO1-K1,no_data,Documents Service,2014-02-01\n") == []


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        (SELF, "O1-K9,on_track,A,2014-02-01,", "2:kpi: unknown KPI “O1-K9”"),
        (SELF, "O1-K1,on track,A,2014-02-01,", "2:rating: “on track”, expected on_track"),
        (SELF, "O1-K1,on_track,,2014-02-01,", "2:author: the cell is empty"),
        (SELF, "O1-K1,on_track,A,1.2.2014,", "2:date: “1.2.2014”, expected a date"),
        (
            SELF,
            "O1-K1,on_track,A,2014-02-01,\nO1-K1,at_risk,A,2014-02-01,",
            "3:kpi: the same kpi, author and date as in line 2, expected each self-rating once",
        ),
        (VALIDATION, "O1-K1z,timely,met,A,2014-02-01,", "2:indicator: unknown indicator “O1-K1z”"),
        (VALIDATION, "O1-K1a,timly,met,A,2014-02-01,", "2:criterion: “timly”, expected timely"),
        (VALIDATION, "O1-K1a,timely,good,A,2014-02-01,", "2:grade: “good”, expected"),
        (VALIDATION, "O1-K1a,timely,met,,2014-02-01,", "2:validator: the cell is empty"),
        (
            VALIDATION,
            "O1-K1a,timely,met,A,2014-02-01,\nO1-K1a,timely,met,A,2014-02-01,",
            "3:indicator: the same indicator, criterion, validator and date as in line 2, expected each grade once",
        ),
    ],
)
def test_each_damage_is_named_by_its_cell(tmp_path, name, text, expected):
    header = SELF_HEADER if name == SELF else VALIDATION_HEADER
    [problem] = said(tmp_path, name, f"{header}{text}\n")
    assert problem.startswith(f"{name}:{expected}")


def test_a_misspelt_file_or_folder_is_named(tmp_path):
    [problem] = said(tmp_path, "self_ratings/2013 new.csv", SELF_HEADER)
    assert problem.startswith("self_ratings/2013 new.csv:1:-: unknown file")
    [_, warning] = said(tmp_path, "validations/2013.csv", VALIDATION_HEADER)
    assert "the folder “validations” is not read, expected validation" in warning


def test_the_same_pair_in_two_years_is_two_self_ratings(tmp_path):
    row = SELF_HEADER + "O1-K1,on_track,A,2015-02-01,\n"
    assert said(tmp_path, SELF, row) == []
    (tmp_path / "self_ratings/2014.csv").write_text(row, encoding="utf-8")
    assert check(tmp_path) == []
