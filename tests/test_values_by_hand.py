"""The value of a year, from vintages, totals and parts; its state; and what KPIs and objectives count."""

import pytest
from small_plans import CANCELLED, WITHHELD, indicator, plan_of, rated, records, row, rows

AT_LEAST_10 = indicator("at_least", target="10")
EACH_AT_LEAST_10 = AT_LEAST_10 | {"breakdowns": "each"}
SUM_AT_LEAST_10 = AT_LEAST_10 | {"breakdowns": "sum"}


def said(record, *columns):
    return tuple(record[column] for column in columns)


# ---------------------------------------------------------------- vintages

NINE_THEN_ELEVEN = [row(2013, "9", reported_on="2014-03-31"), row(2013, "11", reported_on="2015-06-30")]


@pytest.mark.parametrize("lines", [NINE_THEN_ELEVEN, NINE_THEN_ELEVEN[::-1]])
@pytest.mark.parametrize(
    ("as_of", "value", "rating"),
    [
        (None, 11, "achieved"),
        ("2015-06-30", 11, "achieved"),
        ("2015-06-29", 9, "off_track"),
        ("2014-03-31", 9, "off_track"),
        ("2014-03-30", None, "no_data"),
    ],
)
def test_the_latest_vintage_up_to_the_as_of_date_counts_wherever_it_stands(lines, as_of, value, rating):
    assert said(rated(AT_LEAST_10, lines, as_of=as_of), "value", "rating") == (value, rating)


@pytest.mark.parametrize(("value", "rating"), [(WITHHELD, "no_data"), (CANCELLED, "not_applicable")])
def test_a_later_row_withdraws_a_figure(value, rating):
    lines = [*NINE_THEN_ELEVEN, row(2013, value, reported_on="2016-01-01")]
    assert rated(AT_LEAST_10, lines)["rating"] == rating


def test_the_baseline_is_that_known_on_the_as_of_date():
    spec = indicator("increase", baseline_years="2011")
    lines = [row(2011, "10"), row(2011, "20", reported_on="2015-01-01"), row(2013, "15")]
    assert said(rated(spec, lines, as_of="2014-12-31"), "rating", "target") == ("on_track", 10)
    assert said(rated(spec, lines), "rating", "target") == ("off_track", 20)


# ---------------------------------------------------------------- total and parts

SUMS = [  # the year's rows, value, rating
    ({"North": "4", "East": "6"}, 10, "achieved"),
    ({"North": "4", "East": "5"}, 9, "off_track"),
    ({"": "11", "North": "4", "East": "5"}, 11, "achieved"),
    ({"": WITHHELD, "North": "4", "East": "9"}, None, "no_data"),
    ({"": CANCELLED, "North": "4", "East": "9"}, None, "not_applicable"),
    ({"North": "12", "East": CANCELLED}, 12, "achieved"),
    ({"North": "12", "East": WITHHELD}, None, "no_data"),
    ({"North": CANCELLED, "East": CANCELLED}, None, "not_applicable"),
    ({"North": CANCELLED, "East": WITHHELD}, None, "no_data"),
]


@pytest.mark.parametrize(("year", "value", "rating"), SUMS)
def test_the_value_is_the_total_or_else_the_sum_of_the_parts(year, value, rating):
    assert said(rated(SUM_AT_LEAST_10, {2013: year}), "value", "rating") == (value, rating)


def test_without_a_word_on_breakdowns_parts_give_no_value():
    record = rated(AT_LEAST_10, {2013: {"North": "40", "East": "60"}})
    assert said(record, "value", "rating") == (None, "no_data")


PARTS = [  # the year's rows, rating, part named, value, missing
    ({"North": "12", "East": "9", "West": "8"}, "off_track", "East", 9, 0),
    ({"North": "12", "East": "11"}, "achieved", "North", 12, 0),
    ({"North": "12", "East": WITHHELD}, "achieved", "North", 12, 1),
    ({"North": "12", "East": CANCELLED}, "achieved", "North", 12, 0),
    ({"North": CANCELLED, "East": WITHHELD}, "no_data", "East", None, 0),
    ({"North": CANCELLED, "East": CANCELLED}, "not_applicable", "North", None, 0),
    ({"North": "9", "": "12"}, "achieved", None, 12, 0),
]


@pytest.mark.parametrize(("year", "rating", "part", "value", "missing"), PARTS)
def test_the_worst_part_speaks_for_all_and_missing_ones_are_counted(year, rating, part, value, missing):
    record = rated(EACH_AT_LEAST_10, {2013: year})
    assert said(record, "rating", "breakdown", "value", "missing") == (rating, part, value, missing)


def test_each_part_is_compared_with_its_own_earlier_years():
    spec = indicator("rise_each_year", breakdowns="each", baseline_years="2011")
    figures = {2012: {"North": "50", "East": "5"}, 2013: {"North": "51", "East": "6", "West": "1"}}
    record = rated(spec, figures)
    assert said(record, "rating", "breakdown", "target", "missing") == ("achieved", "North", 50, 1)


def test_a_stated_baseline_applies_to_each_part():
    spec = indicator("increase", breakdowns="each", baseline="10", baseline_years="2011")
    record = rated(spec, {2013: {"North": "12", "East": "8"}})
    assert said(record, "rating", "breakdown", "target") == ("off_track", "East", 10)


def test_a_total_is_compared_with_the_sums_of_earlier_years():
    spec = indicator("rise_each_year", breakdowns="sum", baseline_years="2011")
    record = rated(spec, {2012: {"North": "4", "East": "5"}, 2013: "10"})
    assert said(record, "rating", "target") == ("achieved", 9)


# ---------------------------------------------------------------- forgotten parts

BOTH_BEFORE = {"North": "6", "East": "6"}
FORGOTTEN = [  # what was reported up to 2012, for 2013, and the rating of the sum and of each
    ({2012: BOTH_BEFORE}, {"North": "12"}, "no_data", "achieved", 1),
    ({2010: BOTH_BEFORE}, {"North": "12"}, "no_data", "achieved", 1),
    ({2010: BOTH_BEFORE, 2012: {"North": "12"}}, {"North": "12"}, "no_data", "achieved", 1),
    ({2011: BOTH_BEFORE, 2012: {"East": CANCELLED}}, {"North": "12"}, "achieved", "achieved", 0),
    ({2011: {"East": CANCELLED}, 2012: BOTH_BEFORE}, {"North": "12"}, "no_data", "achieved", 1),
    ({2012: BOTH_BEFORE}, {"": "12"}, "achieved", "achieved", 0),
    ({2012: BOTH_BEFORE}, {}, "no_data", "no_data", 0),
    ({2014: BOTH_BEFORE}, {"North": "12"}, "achieved", "achieved", 0),
]


@pytest.mark.parametrize(("before", "year", "of_the_sum", "of_each", "missing"), FORGOTTEN)
def test_forgetting_a_part_is_not_ending_it(before, year, of_the_sum, of_each, missing):
    figures = before | {2013: year}
    assert rated(SUM_AT_LEAST_10, figures)["rating"] == of_the_sum
    assert said(rated(EACH_AT_LEAST_10, figures), "rating", "missing") == (of_each, missing)


def test_an_earlier_year_with_a_forgotten_part_is_no_year_to_compare_with():
    spec = indicator("rise_each_year", breakdowns="sum", baseline_years="2010")
    figures = {2010: BOTH_BEFORE, 2011: BOTH_BEFORE, 2012: {"North": "6"}, 2013: {"North": "7", "East": "7"}}
    assert said(rated(spec, figures), "rating", "target") == ("achieved", 12)


# ---------------------------------------------------------------- parts of a milestone

MILESTONE = indicator("by_date", target="2013-06-30", breakdowns="each")


def test_parts_of_a_milestone_carry_over_from_year_to_year():
    figures = {2011: {"North": "2011-05-01"}, 2012: {"East": "2012-05-01"}}
    record = rated(MILESTONE, figures)
    assert said(record, "rating", "breakdown", "value", "missing") == ("achieved", "North", "2011-05-01", 0)


def test_the_part_that_is_late_speaks_for_the_milestone():
    figures = {2011: {"North": "2011-05-01"}, 2013: {"East": "2013-07-01", "West": WITHHELD}}
    record = rated(MILESTONE, figures)
    assert said(record, "rating", "breakdown", "missing") == ("off_track", "East", 1)


def test_a_row_without_breakdown_in_any_year_makes_the_total_the_milestone():
    figures = {2012: {"": "2012-05-01"}, 2013: {"East": "2013-07-01"}}
    assert said(rated(MILESTONE, figures), "rating", "breakdown") == ("achieved", None)


def test_a_part_cancelled_in_the_year_is_not_applicable_in_it():
    figures = {2012: {"North": "no", "East": "2012-05-01"}, 2013: {"North": CANCELLED}}
    assert said(rated(MILESTONE, figures), "rating", "breakdown", "missing") == ("achieved", "East", 0)


# ---------------------------------------------------------------- two rules on one figure


def test_two_rules_share_one_figure_each_with_its_own_breakdowns_and_bounds():
    summed = indicator("at_least", target="100", breakdowns="sum")
    bounded = indicator("rise_each_year", indicator="J", breakdowns="each", maximum="60", measured_by="I")
    plan = plan_of([summed, bounded], rows({2013: {"North": "60", "East": "60"}}))
    first, second = records(plan, 2013)
    assert said(first, "rating", "value") == ("achieved", 120)
    assert said(second, "rating", "value", "breakdown") == ("achieved", 60, "North")


# ---------------------------------------------------------------- states

STATES = [  # states of baseline 2011, previous value 2012 and value 2013; the weakest
    ("final", "final", "final", "final"),
    ("final", "final", "provisional", "provisional"),
    ("final", "estimated", "provisional", "estimated"),
    ("illustrative", "estimated", "final", "illustrative"),
]


@pytest.mark.parametrize(("base", "before", "now", "weakest"), STATES)
@pytest.mark.parametrize("rule", ["increase", "rise_each_year"])
def test_a_rating_is_as_weak_as_the_weakest_figure_it_rests_on(rule, base, before, now, weakest):
    lines = [row(2011, "10", base), row(2012, "20", before), row(2013, "30", now)]
    assert rated(indicator(rule, baseline_years="2011"), lines)["state"] == weakest


def test_a_measured_baseline_of_a_due_target_counts_even_where_the_target_is_met():
    spec = indicator("at_least", target="10", due="2015", baseline_years="2011")
    assert rated(spec, [row(2011, "5", "estimated"), row(2013, "12")])["state"] == "estimated"


def test_what_was_measured_in_the_year_of_a_stated_baseline_does_not_count():
    spec = indicator("increase", baseline="10", baseline_years="2012")
    assert rated(spec, [row(2012, "5", "illustrative"), row(2013, "12")])["state"] == "final"


def test_reference_trend_and_summed_parts_count():
    budget = indicator("monitor", indicator="B")
    lines = [row(2013, "9"), row(2013, "10", "estimated", indicator="B")]
    assert rated(indicator("at_most", target="B"), lines, beside=[budget])["state"] == "estimated"
    trend = [row(year, "10", "provisional") for year in (2009, 2010, 2011)] + [row(2013, "10")]
    assert rated(indicator("above_trend", baseline_years="2009-2011"), trend)["state"] == "provisional"
    parts = [row(2013, "9", part="North"), row(2013, "9", "illustrative", part="East")]
    assert rated(SUM_AT_LEAST_10, parts)["state"] == "illustrative"
    assert rated(EACH_AT_LEAST_10, parts)["state"] == "final"


def test_only_the_four_ratings_have_a_state():
    spec = indicator("increase", baseline_years="2013")
    assert said(rated(spec, {2013: "5"}), "rating", "state") == ("not_yet_due", None)
    monitored = rated(indicator("monitor"), {2013: "5"})
    assert said(monitored, "rating", "value", "state") == ("monitored", 5, None)


# ---------------------------------------------------------------- KPIs and objectives

KPIS = [  # the indicators' ratings, the KPI's rating, rated, ratable, partial
    ("achieved off_track", "off_track", 2, 2, "no"),
    ("achieved no_data", "achieved", 1, 2, "yes"),
    ("achieved no_comparison", "achieved", 1, 2, "yes"),
    ("achieved not_applicable", "achieved", 1, 1, "no"),
    ("achieved monitored not_yet_due", "achieved", 1, 1, "no"),
    ("monitored not_applicable", "not_applicable", 0, 0, "no"),
    ("not_applicable not_yet_due", "not_yet_due", 0, 0, "no"),
    ("not_yet_due no_comparison", "no_comparison", 0, 1, "no"),
    ("no_comparison no_data", "no_data", 0, 2, "no"),
]
RISE = {"rule": "rise_each_year"}
MADE_BY = {  # an indicator and its figure for 2013 that give a rating
    "achieved": ({}, "10"),
    "off_track": ({}, "9"),
    "no_data": ({}, WITHHELD),
    "no_comparison": (RISE, "10"),
    "not_yet_due": (RISE | {"baseline_years": "2013"}, "10"),
    "not_applicable": ({}, CANCELLED),
    "monitored": ({"rule": "monitor"}, "10"),
}


def kpi_with(ratings, kpi="K"):
    """Indicators and rows that give these ratings in 2013."""
    indicators, lines = [], []
    for number, rating in enumerate(ratings.split()):
        spec, value = MADE_BY[rating]
        code = f"{kpi}-{number}"
        target = {} if "rule" in spec else {"target": "10"}
        indicators.append(indicator("at_least", indicator=code, kpi=kpi) | spec | target)
        lines.append(row(2013, value, indicator=code))
    return indicators, lines


@pytest.mark.parametrize(("ratings", "rating", "counted", "ratable", "partial"), KPIS)
def test_a_kpi_has_the_worst_rating_of_its_indicators(ratings, rating, counted, ratable, partial):
    indicators, lines = kpi_with(ratings)
    [record] = records(plan_of(indicators, lines), 2013, "kpi")
    assert said(record, "rating", "rated", "ratable", "partial") == (rating, counted, ratable, partial)


def test_a_plan_that_has_no_indicators_yet_has_no_data():
    plan = plan_of([], [], kpis=["K", "L"])
    assert records(plan, 2013) == []
    assert [said(record, "rating", "ratable") for record in records(plan, 2013, "kpi")] == [
        ("no_data", 0)
    ] * 2
    [objective] = records(plan, 2013, "objective")
    assert said(objective, "no_data", "ratable", "rated", "coverage") == (2, 2, 0, 0)


def test_a_kpi_is_partial_when_a_part_of_a_rated_indicator_is_missing():
    plan = plan_of([EACH_AT_LEAST_10], rows({2013: {"North": "12", "East": WITHHELD}}))
    assert said(records(plan, 2013, "kpi")[0], "rating", "partial") == ("achieved", "yes")


def test_a_kpi_rests_on_the_weakest_basis_among_its_rated_indicators():
    bases = [("A", "plan", "10"), ("B", "derived", "10"), ("C", "assumed", WITHHELD)]
    indicators = [AT_LEAST_10 | {"indicator": code, "basis": basis} for code, basis, _ in bases]
    plan = plan_of(indicators, [row(2013, value, indicator=code) for code, _, value in bases])
    assert records(plan, 2013, "kpi")[0]["basis"] == "derived"


OBJECTIVES = [  # KPIs by their indicators' ratings; ratable, rated, partial, coverage, on course, low, high
    (["achieved", "off_track"], 2, 2, 0, 1, 0.5, 0.5, 0.5),
    (["achieved", "no_data"], 2, 1, 0, 0.5, 1, 0.5, 1),
    (["achieved", "no_data", "no_data"], 3, 1, 0, 1 / 3, None, 1 / 3, 1),
    (["achieved no_data", "off_track"], 2, 2, 1, 0.5, 0.5, 0, 0.5),
    (["achieved", "", "off_track"], 3, 2, 0, 2 / 3, 0.5, 1 / 3, 2 / 3),
    (["achieved", "not_applicable", "monitored", "not_yet_due"], 1, 1, 0, 1, 1, 1, 1),
    (["no_data", "no_comparison"], 2, 0, 0, 0, None, 0, 1),
    (["monitored", "not_applicable"], 0, 0, 0, None, None, None, None),
]


@pytest.mark.parametrize(
    ("kpis", "ratable", "counted", "partial", "coverage", "on_course", "low", "high"), OBJECTIVES
)
def test_an_objective_counts_and_says_between_which_bounds_it_is_on_course(
    kpis, ratable, counted, partial, coverage, on_course, low, high
):
    made = [kpi_with(ratings, f"K{number}") for number, ratings in enumerate(kpis)]
    indicators = [spec for specs, _ in made for spec in specs]
    lines = [line for _, lines in made for line in lines]
    plan = plan_of(indicators, lines, kpis=[f"K{number}" for number in range(len(kpis))])
    [record] = records(plan, 2013, "objective")
    assert said(record, "ratable", "rated", "partial") == (ratable, counted, partial)
    shares = said(record, "coverage", "on_course", "on_course_low", "on_course_high")
    assert shares == tuple(
        share if share is None else pytest.approx(share) for share in (coverage, on_course, low, high)
    )


@pytest.mark.parametrize(("floor", "on_course"), [("0.5", 1), ("0.51", None), ("0", 1)])
def test_the_share_on_course_is_given_from_the_plans_floor(floor, on_course):
    indicators, lines = kpi_with("achieved")
    plan = plan_of(indicators, lines, kpis=["K", "L"], coverage_floor=floor)
    assert records(plan, 2013, "objective")[0]["on_course"] == on_course


def test_no_share_is_given_where_nothing_is_rated_however_low_the_floor():
    indicators, lines = kpi_with("no_data")
    [record] = records(plan_of(indicators, lines, coverage_floor="0"), 2013, "objective")
    assert said(record, "coverage", "on_course", "on_course_low", "on_course_high") == (0, None, 0, 1)
