"""The illustrative data folder: all of it invented, made by its script, and with every rule and rating in it."""

import runpy
from itertools import chain
from pathlib import Path

import pandas as pd
import pytest

from gsanalysis.checking import check
from gsanalysis.plan import load
from gsanalysis.rating.rate import assess
from gsanalysis.wording.explanation import explain

DATA = Path(__file__).parents[1] / "data"
DEMO = DATA / "illustrative"
SAME_AS_THE_PLAN = (
    "plan.toml", "objectives.csv", "outputs.csv", "expected_results.csv", "kpis.csv", "links.csv",
)  # fmt: skip
PERIOD = range(2012, 2016)
ON_COURSE = ("achieved", "on_track")

STANDARD = {"achieved", "at_risk", "off_track", "no_data", "not_applicable"}
YES_OR_NO = STANDARD - {"at_risk"}
WITH_A_START = STANDARD | {"no_comparison", "not_yet_due"}
CAN_GIVE = {  # what each rule of docs/method.md can give, worked out from its words
    "at_least": STANDARD,
    "at_least a reference": STANDARD | {"no_comparison"},
    "at_least by a year": WITH_A_START | {"on_track"},
    "at_most": STANDARD,
    "at_most a reference": STANDARD | {"no_comparison"},
    "at_most by a year": WITH_A_START | {"on_track"},
    "between": STANDARD,
    "zero": YES_OR_NO,
    "yes": YES_OR_NO,
    "level": STANDARD,
    "by_date": YES_OR_NO | {"not_yet_due"},
    "rise_each_year": WITH_A_START,
    "fall_each_year": WITH_A_START,
    "above_trend": WITH_A_START,
    "below_trend": WITH_A_START,
    "increase": WITH_A_START | {"on_track"},
    "decrease": WITH_A_START | {"on_track"},
    "monitor": {"monitored"},
}
FORGOTTEN = {  # the only warnings: each is part of the story
    "Other agreements": "the Legal Affairs Unit left it out for 2014, which makes O1-K3 partial",
    "Chinese": "the survey of 2014 went to the wrong list, which makes O3-K2 partial",
}

PLAN = load(DEMO)
INDICATORS = PLAN.indicators.set_index("indicator")
RATINGS = {year: assess(PLAN, year).set_index("indicator")["rating"] for year in PERIOD}
KPIS = {year: assess(PLAN, year, "kpi").merge(PLAN.kpis[["kpi", "objective"]], on="kpi") for year in PERIOD}
OBJECTIVES = {year: assess(PLAN, year, "objective").set_index("objective") for year in PERIOD}


def rule_and_form(code: str) -> str:
    """The rule of an indicator, with the form of its target where the rule has several."""
    row = INDICATORS.loc[code]
    if row["target"] in INDICATORS.index:
        return f"{row['rule']} a reference"
    return f"{row['rule']} by a year" if row["due"] else row["rule"]


def given() -> dict[str, set[str]]:
    """The ratings that the demonstration gives over the plan's period, by rule and form."""
    found: dict[str, set[str]] = {}
    for code, rating in chain.from_iterable(ratings.items() for ratings in RATINGS.values()):
        found.setdefault(rule_and_form(code), set()).add(rating)
    return found


def rating(code: str, year: int, as_of: str | None = None) -> str:
    return assess(PLAN, year, as_of=as_of).set_index("indicator").loc[code, "rating"]


def vintages(code: str, year: int) -> pd.DataFrame:
    rows = PLAN.measurements
    return rows[(rows["indicator"] == code) & (rows["year"] == year)].sort_values("reported_on")


def said(code: str, year: int) -> str:
    return " ".join(explain(PLAN, year, code))


@pytest.mark.parametrize("form", CAN_GIVE)
def test_the_demonstration_has_every_rating_that_a_rule_can_give(form):
    assert given()[form] == CAN_GIVE[form]


def test_the_demonstration_has_no_other_rule():
    assert given().keys() == CAN_GIVE.keys()


def test_kpis_as_a_whole_show_every_rating_too():
    shown = set(chain.from_iterable(kpis["rating"] for kpis in KPIS.values()))
    assert shown == set().union(*CAN_GIVE.values())


def test_every_figure_is_invented_and_says_so():
    rows = PLAN.measurements
    assert set(rows["state"]) == {"illustrative", "not_applicable", "not_collected"}
    assert rows["source"].str.startswith("Invented for the demonstration: ").all()
    assert (rows["reported_on"] != "").all()


@pytest.mark.parametrize("name", SAME_AS_THE_PLAN)
def test_texts_and_links_are_those_of_the_real_plan(name):
    assert (DEMO / "plan" / name).read_bytes() == (DATA / "plan" / name).read_bytes()


def test_every_kpi_of_the_plan_has_an_indicator():
    assert set(PLAN.kpis["kpi"]) == set(INDICATORS["kpi"])


def test_a_reading_that_is_not_the_real_plans_is_marked_as_invented():
    real = pd.read_csv(DATA / "plan/indicators.csv", dtype=str, keep_default_na=False).set_index("indicator")
    apart = [
        code
        for code, row in INDICATORS.iterrows()
        if code not in real.index or not row.equals(real.loc[code].reindex(row.index))
    ]
    invented = INDICATORS["note"].str.startswith("Invented for the demonstration: ")
    assert list(INDICATORS.index[invented]) == apart
    assert set(INDICATORS.loc[invented, "basis"]) == {"assumed"}


def test_the_script_makes_the_committed_files_byte_for_byte(tmp_path):
    runpy.run_path(str(DEMO / "make.py"))["main"](tmp_path)
    made = {path.relative_to(tmp_path): path.read_bytes() for path in tmp_path.rglob("*.*")}
    kept = chain((DEMO / "plan").iterdir(), (DEMO / "measurements").iterdir())
    assert made == {path.relative_to(DEMO): path.read_bytes() for path in kept}


def test_the_folder_has_no_error_and_only_the_warnings_that_its_story_wants():
    problems = check(DEMO)
    parts = [part for problem in problems for part in FORGOTTEN if f"the part “{part}” of " in str(problem)]
    assert (parts, len(problems)) == (list(FORGOTTEN), len(FORGOTTEN)), problems
    assert all(problem.warning for problem in problems)


@pytest.mark.parametrize("year", [2014, 2015])
def test_each_objective_has_good_and_bad_news(year):
    for objective, kpis in KPIS[year].groupby("objective"):
        assert kpis["rating"].isin(ON_COURSE).any(), f"{objective} has no good news"
        assert (kpis["rating"] == "off_track").any(), f"{objective} has no bad news"


@pytest.mark.parametrize("year", [2014, 2015])
def test_only_the_first_objective_stays_under_the_floor_of_coverage(year):
    under = OBJECTIVES[year].query(f"coverage < {PLAN.coverage_floor}")
    assert list(under.index) == ["O1"]
    assert list(OBJECTIVES[year].index[OBJECTIVES[year]["on_course"].isna()]) == ["O1"]


@pytest.mark.parametrize(
    ("year", "unexplained"),
    [(2013, {"O1-K2", "O5-K4"}), (2014, {"O1-K3", "O4-K4"}), (2015, {"O1-K4", "O6-K9"})],
)
def test_all_but_two_kpis_off_track_have_their_authors_explanation(year, unexplained):
    off_track = set(KPIS[year].query("rating == 'off_track'")["kpi"])
    explained = set(PLAN.commentary.query(f"year == {year} and kpi != ''")["kpi"])
    assert explained == off_track - unexplained
    assert unexplained <= off_track


def test_every_commentary_says_in_its_first_line_that_it_is_invented():
    whole = PLAN.commentary.query("kpi == ''")
    assert whole["text"].str.startswith("*Invented for the demonstration.*\n").all()
    assert len(whole) == len(list(DEMO.glob("commentary/*/*.md")))


def test_a_correction_changes_the_rating_of_documents_on_time():
    assert list(vintages("O3-K3a", 2014)["value"]) == ["89.4", "86.2"]
    assert rating("O3-K3a", 2014, "2015-03-31") == "on_track"
    assert rating("O3-K3a", 2014) == "at_risk"


def test_a_supplementary_budget_comes_after_the_fact_and_turns_an_overspending_into_a_budget_kept():
    assert rating("O4-K2a", 2013, "2014-06-30") == "off_track"
    assert rating("O4-K2a", 2013) == "achieved"
    assert "the first would give off track" in said("O4-K2a", 2013)


def test_a_milestone_is_late_one_in_time_one_silent_and_one_given_up():
    milestones = INDICATORS.index[INDICATORS["rule"] == "by_date"]
    assert RATINGS[2014][milestones].to_dict() == {
        "O4-K4b": "no_data",
        "O4-K5b": "off_track",
        "O5-K1c": "not_applicable",
        "O6-K1b": "achieved",
    }


def test_a_figure_is_withdrawn_after_it_was_used():
    assert rating("O5-K3b", 2014, "2015-03-31") == "on_track"
    assert rating("O5-K3b", 2014) == "no_data"


def test_a_cancelled_event_and_a_part_that_ended_are_no_failures():
    rows = PLAN.measurements.query("state == 'not_applicable' and breakdown != ''")
    assert {"Workshop before PP-14", "Printed newsletter", "Fax gateway"} <= set(rows["breakdown"])
    assert rows["comment"].ne("").all()


def test_targets_were_moved_and_the_explanation_names_the_first_one():
    moved = INDICATORS.index[INDICATORS["first_target"] != ""]
    assert list(moved) == ["O3-K3a", "O6-K1b", "O6-K4a"]
    assert all("The target was first set at" in said(code, 2015) for code in moved)


def test_a_survey_of_every_second_year_is_compared_with_the_last_one():
    assert list(vintages("O2-K4a", 2014)["state"]) == ["not_applicable"]
    assert "76.1" in said("O2-K4a", 2015)


def test_few_answers_to_a_survey_are_said():
    assert "118 of 640" in said("O2-K4a", 2015)


def test_a_figure_at_exactly_its_threshold_meets_it():
    at_threshold = assess(PLAN, 2015).set_index("indicator").query("gap == 0 and rating == 'achieved'")
    assert {"O3-K2c", "O3-K3a"} <= set(at_threshold.index)


def test_awkward_texts_are_there_for_the_pages_to_escape():
    rows = PLAN.measurements
    assert 'Varembé & "Annex C"' in set(rows["breakdown"])
    assert rows["comment"].str.startswith("=").any()
    assert rows["breakdown"].str.contains("[\u0600-\u06ff]").any()
