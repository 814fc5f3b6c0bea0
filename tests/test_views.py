"""Three views of a rating: the service's own, ours, the validator's. None changes ours."""

from pathlib import Path

import pytest
from clean_folder import write_clean_folder

from gsanalysis import assess, load
from gsanalysis.doubt.views import difference, found_wanting, grades, kind_of_assessment, self_ratings
from gsanalysis.pages.report import title
from gsanalysis.pages.views import three_views, validation
from gsanalysis.rating.evaluation import Evaluation

OWN = "kpi,rating,author,date,note\n"
GRADES = "indicator,criterion,grade,validator,date,note\n"


def evaluated(folder: Path, own: str = "", graded: str = "", as_of: str | None = None) -> Evaluation:
    write_clean_folder(folder)
    for name, text in (("self_ratings", own and OWN + own), ("validation", graded and GRADES + graded)):
        if text:
            (folder / name).mkdir()
            (folder / name / "2013.csv").write_text(text, encoding="utf-8")
    return Evaluation(load(folder), 2013, as_of)


def test_the_latest_self_rating_counts_and_stands_beside_ours(tmp_path):
    rows = "O2-K1,achieved,Finance,2014-04-01,mended\nO2-K1,at_risk,Finance,2014-02-01,\n"
    [row] = self_ratings(evaluated(tmp_path, rows)).to_dict("records")
    ours = assess(load(tmp_path), 2013, "kpi").set_index("kpi").loc["O2-K1", "rating"]
    assert row == {
        "kpi": "O2-K1",
        "rating": ours,
        "own": "achieved",
        "agrees": "yes" if ours == "achieved" else "no",
        "author": "Finance",
        "date": "2014-04-01",
        "note": "mended",
    }


def test_seen_from_a_day_only_what_was_said_by_then_is_known(tmp_path):
    own = "O2-K1,achieved,Finance,2014-04-01,\nO2-K1,at_risk,Finance,2014-02-01,\n"
    graded = "O2-K1a,timely,met,Audit,2014-05-01,\nO2-K1a,timely,not_met,Audit,2014-03-01,\n"
    evaluation = evaluated(tmp_path, own, graded, as_of="2014-03-31")
    assert list(self_ratings(evaluation)["own"]) == ["at_risk"]
    assert list(grades(evaluation)["grade"]) == ["not_met"]
    assert self_ratings(Evaluation(evaluation.plan, 2013, "2014-01-31")).empty


def test_views_of_another_year_are_not_this_year_s(tmp_path):
    evaluation = evaluated(tmp_path, "O2-K1,achieved,Finance,2014-04-01,\n").in_year(2012)
    assert self_ratings(evaluation).empty


def test_no_view_changes_a_rating(tmp_path):
    without = assess(load(write_clean_folder(tmp_path / "without")), 2013, "kpi")
    own = "".join(f"{kpi},off_track,A,2014-02-01,\n" for kpi in without["kpi"])
    graded = "O2-K1a,accurate_enough,not_met,Audit,2014-05-01,\n"
    assert evaluated(tmp_path / "with", own, graded).kpis.equals(without)


def test_grades_stand_in_the_order_of_plan_and_criteria(tmp_path):
    graded = (
        "O2-K1a,unbiased,met,A,2014-05-01,\nO1-K1a,timely,met,A,2014-05-01,\n"
        "O2-K1a,relevant,partly,A,2014-05-01,\n"
    )
    found = grades(evaluated(tmp_path, graded=graded))
    assert list(zip(found["indicator"], found["criterion"], strict=True)) == [
        ("O1-K1a", "timely"),
        ("O2-K1a", "relevant"),
        ("O2-K1a", "unbiased"),
    ]


@pytest.mark.parametrize(
    ("rating", "own", "said"),
    [
        ("at_risk", "on_track", "one step better than our “at risk”"),
        ("achieved", "off_track", "three steps worse than our “achieved”"),
        ("at_risk", "at_risk", "the same as our “at risk”"),
        ("no_data", "on_track", "a rating where ours is “no data”"),
        ("on_track", "no_data", "not a rating, where ours is “on track”"),
        ("no_data", "not_applicable", "“not applicable”, where ours is “no data”"),
    ],
)
def test_a_difference_is_said_in_steps(rating, own, said):
    assert difference(rating, own) == said


def test_a_report_is_a_self_assessment_until_somebody_graded_a_rating(tmp_path):
    evaluation = evaluated(tmp_path / "a", graded="O2-K2a,timely,not_assessed,Audit,2014-05-01,\n")
    assert kind_of_assessment(evaluation, list(evaluation.ratings)) == "Self-assessment"
    cover = {line["label"]: line["text"] for line in title(evaluation).content["cover"]}
    assert cover["Kind"].startswith("Self-assessment: the organisation rates itself")
    graded = "O2-K2a,timely,not_met,Audit,2014-05-01,\n"
    evaluation = evaluated(tmp_path / "b", graded=graded)
    assert kind_of_assessment(evaluation, ["O2-K2a"]) == "Validated by Audit"
    rated = sum(
        rating in ("achieved", "on_track", "at_risk", "off_track")
        for rating in evaluation.indicators["rating"]
    )
    cover = {line["label"]: line["text"] for line in title(evaluation).content["cover"]}
    assert cover["Kind"] == f"Validated in part by Audit: 1 of {rated} ratings, 1 with a criterion not met"


def test_only_who_graded_a_rating_is_said_to_have_validated_it(tmp_path):
    unrated = next(code for code, own in evaluated(tmp_path / "a").ratings.items() if own.rating == "no_data")
    graded = f"O2-K2a,timely,not_met,Audit,2014-05-01,\n{unrated},timely,met,Somebody,2014-05-01,\n"
    evaluation = evaluated(tmp_path / "b", graded=graded)
    assert kind_of_assessment(evaluation, ["O2-K2a", unrated]) == "Validated by Audit"
    assert found_wanting(evaluation) == 1
    better = evaluated(tmp_path / "c", graded=f"{graded}O2-K2a,timely,partly,Audit,2014-06-01,\n")
    assert found_wanting(better) == 0


def test_the_page_names_who_said_what_and_where_they_differ(tmp_path):
    own = "O2-K1,off_track,Finance <b>,2014-04-01,not enough\n"
    graded = (
        "O2-K1a,timely,not_met,Audit,2014-05-01,three months late\nO2-K1a,relevant,met,Audit,2014-05-01,\n"
    )
    evaluation = evaluated(tmp_path, own, graded)
    table = three_views(evaluation, "O2").content
    [kpi, ours, said, evidence] = table["rows"][0]
    assert (kpi["text"], ours["sign"]) == ("O2-K1", evaluation.kpis.set_index("kpi").loc["O2-K1", "rating"])
    assert (said["text"], said["small"]) == ("off track", "Finance <b>, 1 April 2014. not enough.")
    assert evidence["text"] == "1 of 2 met"
    assert evidence["small"] == "Audit. O2-K1a timely: not met, “three months late”."
    assert "None changes ours" in table["note"] and "O2-K1" in table["note"]
    assert "nobody has validated" in three_views(evaluation, "O1").content["text"]


def test_the_grades_are_counted_by_criterion(tmp_path):
    graded = "O2-K1a,timely,not_met,Audit,2014-05-01,\nO1-K1a,timely,met,Audit,2014-05-01,\n"
    table = validation(evaluated(tmp_path, graded=graded)).content
    timely = next(row for row in table["rows"] if row[0]["text"] == "Timely")
    assert [cell["text"] for cell in timely] == ["Timely", "1", "–", "1", "–"]
