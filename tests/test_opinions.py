"""Second opinions agree with their published formulas, say where they disagree with us and why, and change nothing."""

import math

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from random_plans import as_of_dates, make_package
from small_plans import indicator, plan_of, row, rows

from gsanalysis import assess
from gsanalysis.doubt import methods
from gsanalysis.doubt.opinions import opinions
from gsanalysis.plan import load
from gsanalysis.rating.evaluation import Evaluation

DUE = {"target": "80", "due": "2015", "baseline_years": "2011"}


def said(spec, figures, year=2013, beside=()):
    """The opinions on the first indicator, by method."""
    lines = rows(figures) if isinstance(figures, dict) else figures
    frame = opinions(Evaluation(plan_of([spec, *beside], lines), year))
    own = frame[frame["indicator"] == spec["indicator"]]
    return {r["method"]: r for r in own.to_dict("records")}


def opinion(spec, figures, method, year=2013, **more):
    found = said(spec, figures, year, **more)[method]
    return found["opinion"], found["agrees"]


# --- the formulas, worked by hand


def test_compound_growth_is_the_rate_that_repeats():
    assert methods.compound_growth(100, 121, 2) == pytest.approx(0.10)
    assert methods.compound_growth(100, 81, 2) == pytest.approx(-0.10)
    assert methods.compound_growth(-100, -121, 2) == pytest.approx(0.10)


@pytest.mark.parametrize(("start", "end", "years"), [(0, 5, 2), (5, -5, 2), (-5, 5, 2), (5, 6, 0)])
def test_there_is_no_growth_rate_from_nil_across_signs_or_over_no_time(start, end, years):
    assert methods.compound_growth(start, end, years) is None


def test_the_growth_ratio_is_that_of_eurostat():
    # 60 → 66 in two years is 4.881 % a year; 60 → 80 in four needs 7.457 %
    ratio = methods.growth_ratio(60, 66, 80, 2, 4)
    assert ratio == pytest.approx((math.sqrt(1.1) - 1) / ((4 / 3) ** 0.25 - 1))
    assert ratio == pytest.approx(0.6546, abs=1e-4)


def test_a_fall_that_is_wanted_has_a_positive_ratio():
    assert methods.growth_ratio(200, 162, 131.22, 2, 4) == pytest.approx(1.0)  # 10 % less each year


def test_the_share_of_a_target_is_turned_where_less_is_better():
    assert methods.share_of_target(45, 60, 1) == 0.75
    assert methods.share_of_target(60, 45, -1) == 0.75
    assert [methods.share_of_target(*n) for n in ((5, 0, 1), (-5, 10, 1), (5, -10, 1), (0, 5, -1))] == [
        None
    ] * 4


def test_the_linear_path_is_a_straight_line_that_ends_at_the_target():
    assert [methods.linear_path(60, 80, years, 4) for years in (0, 1, 2, 4, 9)] == [60, 65, 70, 80, 80]


# --- what they say of a plan


def test_growth_is_on_course_from_95_per_cent_of_what_is_needed():
    needed = (80 / 60) ** 0.25
    enough = round(60 * (1 + 0.951 * (needed - 1)) ** 2, 6)
    short = round(60 * (1 + 0.949 * (needed - 1)) ** 2, 6)
    spec = indicator("at_least", **DUE)
    assert opinion(spec, {2011: 60, 2013: enough}, "growth")[0] == "on_course"
    assert opinion(spec, {2011: 60, 2013: short}, "growth")[0] == "off_course"


def test_a_target_reached_is_on_course_and_one_missed_at_its_time_is_not():
    spec = indicator("at_least", **DUE)
    assert opinion(spec, {2011: 60, 2013: 81}, "growth") == ("on_course", "yes")
    assert opinion(spec, {2011: 60, 2015: 79.9}, "growth", 2015) == ("off_course", "yes")
    assert "2015 is over" in said(spec, {2011: 60, 2015: 79.9}, 2015)["growth"]["why"]


def test_growth_of_a_direction_is_held_against_one_per_cent_a_year():
    spec = indicator("increase", baseline_years="2011")
    assert opinion(spec, {2011: 100, 2013: 102.1}, "growth") == ("on_course", "yes")
    assert opinion(spec, {2011: 100, 2013: 101.5}, "growth") == (
        "off_course",
        "no",
    )  # ours asks for half a per cent
    falling = indicator("decrease", baseline_years="2011")
    assert opinion(falling, {2011: 100, 2013: 97}, "growth") == ("on_course", "yes")
    assert "half a per cent" in said(spec, {2011: 100, 2013: 101.5})["growth"]["why"]


def test_the_linear_path_allows_nothing_less_than_itself():
    spec = indicator("at_least", **DUE)
    assert opinion(spec, {2011: 60, 2013: 70}, "linear_path") == ("on_course", "yes")
    assert opinion(spec, {2011: 60, 2013: 69.9}, "linear_path") == ("off_course", "no")  # a pace of 0.995
    found = said(spec, {2011: 60, 2013: 69.9})["linear_path"]["why"]
    assert found.startswith("The straight path from 2011 to 2015 stands at 70 in 2013; the figure is 69.9.")
    assert "on track: the rule allows a pace from 0.95 on" in found


def test_per_cent_of_target_ignores_where_it_started():
    spec = indicator("at_least", **DUE)
    found = said(spec, {2011: 60, 2013: 70})["percent_of_target"]
    assert (found["opinion"], found["agrees"]) == ("off_course", "no")
    assert "70 is 87.5\u202f% of the target of 80." in found["why"]
    assert "ignores where it started" in found["why"]


def test_per_cent_of_target_knows_references_and_less_is_better():
    reference = indicator("monitor", indicator="R")
    lines = [*rows({2013: 11}), *rows({2013: 10}, "R")]
    spec = indicator("at_most", target="R")
    assert opinion(spec, lines, "percent_of_target", beside=[reference]) == ("off_course", "yes")
    assert opinion(indicator("at_most", target="12"), {2013: 11}, "percent_of_target") == ("on_course", "yes")
    tolerant = said(indicator("at_least", target="10", tolerance="0.1"), {2013: 9.5})["percent_of_target"]
    assert (tolerant["opinion"], tolerant["agrees"]) == ("off_course", "yes")  # at risk is off course too


@pytest.mark.parametrize(
    ("spec", "figures"),
    [
        (indicator("yes"), {2013: "yes"}),
        (indicator("level", target="good", scale="poor|good"), {2013: "good"}),
        (indicator("by_date", target="2013-06-30"), {2013: "2013-05-01"}),
        (indicator("monitor"), {2013: 5}),
        (indicator("zero"), {2013: 0}),
        (indicator("between", target="1|9"), {2013: 5}),
        (indicator("above_trend", baseline_years="2008-2011"), {2008: 1, 2009: 2, 2010: 3, 2013: 9}),
        (indicator("at_least", target="5"), {2012: 5}),
        (indicator("at_least", target="5"), {2013: "not_applicable"}),
        (indicator("at_least", target="-5"), {2013: 4}),
        (indicator("increase", baseline_years="2011"), {2011: 0, 2013: 4}),
        (indicator("at_least", **DUE), {2013: 70}),
        (indicator("at_least", target="80", due="2015", baseline_years="2013"), {2013: 70}),
    ],
    ids=lambda value: value.get("rule", ""),
)
def test_where_a_method_has_nothing_to_say_it_says_why(spec, figures):
    for method, found in said(spec, figures).items():
        if method != "percent_of_target" or found["opinion"] == "none":
            assert (found["opinion"], found["agrees"]) == ("none", ""), method
            assert found["why"].endswith(".")


def test_a_baseline_at_its_target_needs_no_growth():
    found = said(indicator("at_least", **DUE), {2011: 80, 2013: 70})["growth"]
    assert (found["opinion"], found["why"]) == (
        "none",
        "The baseline meets the target, so no growth is needed.",
    )


def test_a_baseline_at_its_target_has_no_path_to_it():
    spec = indicator("at_least", **DUE)
    found = said(spec, {2011: 90, 2013: 82})["linear_path"]
    assert (found["opinion"], found["why"]) == (
        "none",
        "The baseline meets the target, so there is no path to it.",
    )


def test_at_the_best_there_is_no_growth_is_possible_and_that_is_said():
    spec = indicator("rise_each_year", baseline_years="2011", maximum="100", unit="%")
    found = said(spec, {2011: 100, 2012: 100, 2013: 100})["growth"]
    assert (found["rating"], found["opinion"], found["agrees"]) == ("achieved", "off_course", "no")
    assert found["why"].endswith("it stands at the best there is, where no growth is possible.")


def test_what_misses_its_yardstick_by_little_does_not_read_as_if_it_met_it():
    spec = indicator("at_least", **DUE | {"target": "100000"})
    path = said(spec, {2011: 40000, 2013: 69996})["linear_path"]["why"]
    assert path.startswith(
        "The straight path from 2011 to 2015 stands at 70\u202f000 in 2013; the figure is 69\u202f996."
    )
    share = said(indicator("at_least", target="1000000"), {2013: 999999})["percent_of_target"]["why"]
    assert share == "999\u202f999 is 99.9999\u202f% of the target of 1\u202f000\u202f000."
    growth = said(indicator("at_least", **DUE | {"target": "100"}), {2011: 50, 2013: 69.56})["growth"]
    assert (growth["opinion"], growth["why"].endswith(": 0.949 of it.")) == ("off_course", True)
    steady = said(indicator("increase", baseline_years="2012"), {2012: 1000, 2013: 1009.9996})["growth"]
    assert (steady["opinion"], "0.99996" in steady["why"]) == ("off_course", True)


def test_a_ratio_has_the_minus_of_all_other_numbers_and_none_before_nil():
    spec = indicator("at_least", **DUE | {"target": "100"})
    assert said(spec, {2011: 50, 2013: 49.56})["growth"]["why"].endswith(": −0.02 of it.")
    assert said(spec, {2011: 50, 2013: 49.9999})["growth"]["why"].endswith(": 0.00 of it.")


def test_three_rows_for_each_indicator_in_the_order_of_the_plan():
    frame = opinions(
        Evaluation(plan_of([indicator("zero"), indicator("yes", indicator="J")], [row(2013, 0)]), 2013)
    )
    assert list(frame.columns) == ["indicator", "rating", "method", "opinion", "agrees", "why"]
    assert list(frame["indicator"]) == ["I"] * 3 + ["J"] * 3
    assert list(frame["method"]) == ["growth", "percent_of_target", "linear_path"] * 2


@settings(max_examples=15, deadline=None)
@given(dice=st.randoms(use_true_random=False))
def test_they_say_something_of_every_plan_and_never_change_a_rating(dice, tmp_path_factory):
    rules = ["due_at_least", "at_most_reference", "rise_each_year", "increase", "yes", "between", "by_date"]
    package = make_package(dice, rules, 5)
    plan = load(package.write(tmp_path_factory.mktemp("plan")))
    for as_of in (None, *as_of_dates(dice, package)):
        before = assess(plan, 2013, as_of=as_of)
        frame = opinions(Evaluation(plan, 2013, as_of))
        assert (frame["why"] != "").all()
        pd.testing.assert_frame_equal(assess(plan, 2013, as_of=as_of), before)
        assert list(frame["rating"][::3]) == list(before["rating"])
