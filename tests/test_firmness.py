"""How firm a rating is: the value that would change it, and whether a revision, chance or a moved limit reaches it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from random_plans import as_of_dates, make_package
from small_plans import CANCELLED, indicator, plan_of, row, rows

from gsanalysis.doubt.firmness import firmness
from gsanalysis.doubt.revisions import mean_absolute_revision
from gsanalysis.plan import load
from gsanalysis.rating.evaluation import Evaluation
from gsanalysis.rating.rules import RATINGS

STANDARD = indicator("at_least", target="95", unit="%")
TOLERANT = indicator("at_least", target="95", unit="%", tolerance="0.05")


def told(spec, lines, year=2013, as_of=None):
    lines = rows(lines) if isinstance(lines, dict) else lines
    return firmness(Evaluation(plan_of([spec], lines), year, as_of)).to_dict("records")[0]


def judged(spec, lines, **more):
    found = told(spec, lines, **more)
    return found["firmness"], found["turning_value"]


# --- firm and close


def test_close_is_a_turning_value_within_a_tenth_of_the_value():
    assert judged(indicator("at_least", target="50"), {2013: 55.5}) == ("close", 50.0)
    assert judged(indicator("at_least", target="50"), {2013: 55.6}) == ("firm", 50.0)
    assert judged(indicator("at_least", target="50"), {2013: 45.5}) == ("close", 50.0)
    assert judged(indicator("at_least", target="50"), {2013: 45.4}) == ("firm", 50.0)


def test_of_two_turning_values_the_nearer_one_is_told():
    found = told(TOLERANT, {2013: 92})
    assert (found["firmness"], found["turning_value"]) == ("close", 90.25)
    assert found["why"].startswith("From 95\u202f% it would be achieved, under 90.25\u202f% off track.")


def test_what_is_no_number_is_firm_and_says_what_would_change_it():
    found = told(indicator("yes"), {2013: "yes"})
    assert (found["firmness"], found["turning_value"]) == ("firm", "no")
    assert found["why"] == "If it were not in place, it would be off track."
    assert judged(indicator("level", target="good", scale="poor|fair|good"), {2013: "fair"}) == (
        "firm",
        "good",
    )
    assert judged(indicator("by_date", target="2013-06-30"), {2013: "2013-05-01"}) == ("firm", "2013-06-30")


@pytest.mark.parametrize("figures", [{}, {2013: CANCELLED}], ids=["no data", "not applicable"])
def test_what_is_not_rated_is_neither(figures):
    assert judged(STANDARD, figures) == ("", None)
    assert judged(indicator("monitor"), {2013: 5}) == ("", None)


# --- a provisional figure


def provisional(value, *earlier):
    """A provisional figure of 2013, and earlier ones as (year, first, final)."""
    lines = [row(2013, value, "provisional")]
    for year, first, final in earlier:
        lines += [row(year, first, "provisional"), row(year, final, reported_on=f"{year + 1}-09-30")]
    return lines


def test_a_revision_of_the_usual_size_that_reaches_the_turning_value_makes_it_fragile():
    spec = indicator("at_least", target="50", unit="%")
    found = told(spec, provisional(53, (2011, 60, 57), (2012, 60, 63)))
    assert found["firmness"] == "fragile"
    assert "revised by 3 points on average" in found["why"]
    assert "under 50\u202f%, within that, it would be off track." in found["why"]
    assert judged(spec, provisional(53.1, (2011, 60, 57), (2012, 60, 63)))[0] == "close"


def test_a_figure_that_was_confirmed_is_a_revision_of_nil():
    evaluation = Evaluation(plan_of([STANDARD], provisional(96, (2011, 90, 90), (2012, 90, 94))), 2013)
    assert mean_absolute_revision(evaluation, evaluation.figures.indicators["I"], "") == 2.0


def test_final_figures_and_figures_without_a_history_are_not_judged_by_revisions():
    assert judged(STANDARD, [*provisional(96, (2011, 60, 70))[1:], row(2013, 96)])[0] == "close"
    assert judged(STANDARD, provisional(96))[0] == "close"


def test_only_revisions_known_on_the_day_count():
    lines = provisional(53, (2011, 60, 57), (2012, 60, 63))
    spec = indicator("at_least", target="50", unit="%")
    assert told(spec, lines, as_of="2014-06-30")["firmness"] == "fragile"
    early = [dict(line, reported_on="2013-01-31") if line["year"] == 2013 else line for line in lines]
    assert told(spec, early, as_of="2013-02-28")["firmness"] == "fragile"  # that of 2011 was known
    assert told(spec, early, as_of="2013-01-31", year=2013)["firmness"] == "fragile"


def test_of_a_sum_the_revisions_of_its_parts_are_added_up():
    spec = indicator("at_least", target="50", breakdowns="sum")
    lines = [
        *(row(2012, 20, "provisional", part) for part in ("a", "b")),
        *(row(2012, 22, part=part, reported_on="2013-09-30") for part in ("a", "b")),
        *(row(2013, 27, "provisional", part) for part in ("a", "b")),
    ]
    assert judged(spec, lines) == ("fragile", 50.0)  # 4 in all, and 54 is 4 above


# --- a survey


def survey(value, responses, invited):
    return [row(2013, value) | {"responses": responses, "invited": invited}]


def test_chance_in_a_survey_that_reaches_the_turning_value_makes_it_fragile():
    # 1.96 · sqrt(0.25 / 112) · sqrt((640 − 112) / 639) = 8.4 points
    spec = indicator("at_least", target="50", unit="%")
    found = told(spec, survey(58.4, 112, 640))
    assert found["firmness"] == "fragile"
    assert "112 of 640 answered, so chance reaches up to 8.42 points either way" in found["why"]
    assert told(spec, survey(58.5, 112, 640))["firmness"] == "firm"


def test_whoever_asks_everybody_and_hears_all_has_no_chance_in_it():
    assert told(indicator("at_least", target="50", unit="%"), survey(50.1, 640, 640))["firmness"] == "close"


def test_of_a_score_that_is_no_share_chance_can_t_be_told():
    spec = indicator("at_least", target="3", unit="points of 5")
    assert told(spec, survey(3.5, 10, 640))["firmness"] == "firm"


# --- limits


def test_a_tolerance_moved_by_a_tenth_that_changes_the_rating_makes_it_fragile():
    found = told(TOLERANT, {2013: 90.5})  # at risk from 90.25, with 4.5 % from 90.725
    assert found["firmness"] == "fragile"
    assert found["why"] == "With a tolerance of 4.5\u202f% instead of 5\u202f% it would be off track."
    assert told(TOLERANT, {2013: 90.8})["firmness"] == "close"
    assert told(TOLERANT, {2013: 90})["firmness"] == "fragile"  # with 5.5 % from 89.775


@pytest.mark.parametrize(
    ("value", "expected"),
    [(71, "fragile"), (70.7, "fragile"), (75, "fragile"), (68, "firm"), (62.6, "fragile"), (60.5, "firm")],
)
def test_paces_are_moved_by_a_tenth_too(value, expected):
    # a way of 20 from 50 in half the time: pace = (v − 50) / 20; on track from 0.95 (0.855, 1.045), at risk from 0.6
    spec = indicator("at_least", target="90", due="2015", baseline_years="2011")
    pace = (value - 50) / 20
    found = told(spec, {2011: 50, 2013: value})
    moved = [0.855 <= pace < 0.95, 0.95 <= pace < 1.045, 0.54 <= pace < 0.6, 0.6 <= pace < 0.66]
    assert (found["firmness"] == "fragile") == any(moved)
    assert found["firmness"] in ("fragile", "close", "firm")


def test_the_limit_of_growth_is_moved_by_a_tenth_too():
    spec = indicator("increase", baseline_years="2011")
    barely = 100 * 1.0052**2
    assert told(spec, {2011: 100, 2013: barely})["firmness"] == "fragile"  # 0.55 % would be asked
    assert told(spec, {2011: 100, 2013: 100 * 1.006**2})["firmness"] == "close"


def test_the_target_itself_is_not_moved():
    assert told(indicator("at_least", target="50"), {2013: 50})["firmness"] == "close"


# --- parts


def test_what_another_part_keeps_as_it_is_is_no_turn():
    spec = indicator("at_least", target="50", breakdowns="each")
    both_bad = {2013: {"a": 49, "b": 48}}
    found = told(spec, both_bad)
    assert (found["firmness"], found["turning_value"]) == ("firm", None)
    assert found["why"] == "No value of one part alone would change it."
    assert judged(spec, {2013: {"a": 49, "b": 60}}) == ("close", 50.0)


def test_only_what_turns_the_whole_is_told():
    spec = indicator("at_least", target="100", tolerance="0.05", breakdowns="each")
    found = told(spec, {2013: {"a": 98, "b": 97}})
    assert (found["rating"], found["turning_value"]) == ("at_risk", 95.0)
    assert found["why"] == "“b”: Under 95 it would be off track. That is within a tenth of the figure."


EACH = indicator("at_least", target="50", unit="%", breakdowns="each")


def test_a_part_that_does_not_decide_may_turn_the_rating():
    found = told(EACH, {2013: {"a": 100, "b": 50.5}})
    assert (found["firmness"], found["turning_value"]) == ("close", 50.0)
    assert found["why"].startswith("“b”: Under 50")


def test_of_any_part_a_revision_counts():
    lines = [
        row(2012, 60, "provisional", "b"),
        row(2012, 64, part="b", reported_on="2013-09-30"),
        row(2013, 90, part="a"),
        row(2013, 52, "provisional", "b"),
    ]
    found = told(EACH, lines)
    assert found["firmness"] == "fragile"
    assert found["why"].startswith(
        "“b”: The figure is provisional, and such figures were revised by 4 points"
    )


def test_of_any_part_chance_counts():
    lines = [row(2013, 90, part="a"), row(2013, 51, part="b") | {"responses": 100, "invited": 1000}]
    found = told(EACH, lines)
    assert found["firmness"] == "fragile"
    assert found["why"].startswith("“b”: 100 of 1000 answered")


@pytest.mark.parametrize(
    ("parts", "firm"),
    [
        ({"a": 44.6, "b": 44.7}, "fragile"),  # off track; with 11 % both are at risk from 44.5
        ({"a": 44.4, "b": 44.7}, "firm"),  # with 11 % only one of them is
        ({"a": 47, "b": 45.2}, "fragile"),  # at risk; with 9 % the second is off track under 45.5
    ],
)
def test_a_limit_is_moved_for_all_parts_at_once(parts, firm):
    spec = EACH | {"tolerance": "0.1"}
    assert told(spec, {2013: parts})["firmness"] == firm


def test_of_things_that_are_counted_the_limit_is_said_to_be_near_not_the_next_number():
    found = told(indicator("between", target="4.6|5.4", unit="venues"), {2013: 5})
    assert (found["firmness"], found["turning_value"]) == ("close", 5.4)
    assert found["why"].endswith("The limit of 5.4 venues lies within a tenth of the figure.")
    near = told(indicator("between", target="45.5|54.5", unit="venues"), {2013: 50})
    assert near["why"].endswith("The nearer of the two lies within a tenth of the figure.")


def test_of_a_value_of_nil_nothing_is_within_a_tenth():
    found = told(indicator("zero", minimum="0"), {2013: 0})
    assert found["why"] == "Any other value would be off track."


def test_where_all_were_heard_or_one_of_one_nothing_is_left_to_chance():
    assert told(STANDARD, survey(100, 1, 1))["firmness"] == "close"
    assert told(indicator("at_least", target="50", unit="%"), survey(100, 1, 1))["firmness"] == "firm"


def test_of_a_value_that_any_other_would_turn_no_distance_is_told():
    found = told(indicator("zero"), {2013: 0})
    assert (found["firmness"], found["why"]) == ("close", "Any other value would be off track.")


@settings(max_examples=15, deadline=None)
@given(dice=st.randoms(use_true_random=False))
def test_every_rated_indicator_of_any_plan_is_judged(dice, tmp_path_factory):
    rules = [
        "due_at_least",
        "at_most_reference",
        "rise_each_year",
        "increase",
        "yes",
        "between",
        "by_date",
        "level",
    ]
    package = make_package(dice, rules, 5)
    plan = load(package.write(tmp_path_factory.mktemp("plan")))
    for as_of in (None, *as_of_dates(dice, package)):
        frame = firmness(Evaluation(plan, 2013, as_of))
        rated = frame["rating"].isin(RATINGS)
        assert (frame.loc[rated, "firmness"].isin(["firm", "close", "fragile"])).all()
        assert (frame.loc[~rated, ["firmness", "why"]] == "").all(axis=None)
        assert (frame.loc[rated, "why"] != "").all()
