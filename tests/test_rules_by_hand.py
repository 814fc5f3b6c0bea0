"""Each rule at its boundaries, worked by hand: a figure, and what the method says of it.

In the tables `-` stands for an empty cell of `assess`, and what can't be read off them is said beside them.
"""

import pytest
from small_plans import CANCELLED, WITHHELD, indicator, plan_of, rated, records, row


def cases(text):
    """Rows of words; `-` is an empty cell, numbers are numbers."""
    return [tuple(cell(word) for word in line.split()) for line in text.strip().splitlines()]


def cell(word):
    try:
        return None if word == "-" else float(word)
    except ValueError:
        return word


def assert_says(record, rating, target=None, gap=None, pace=None):
    said = (record["rating"], record["target"], record["gap"], record["pace"])
    assert said == (rating, near(target), near(gap), near(pace))


def near(number):
    return pytest.approx(number, rel=1e-9, abs=1e-9) if isinstance(number, float) else number


def text(value):
    """The value as a CSV cell: repr of a float that was read from a short decimal gives the decimal back."""
    return value if isinstance(value, str) else f"{value:.12f}".rstrip("0").rstrip(".")


# ---------------------------------------------------------------- a standard that holds every year

AT_LEAST_100 = """
    120            achieved   100  20
    100            achieved   100  0
    99.99999991    achieved   100  -0.00000009
    99.99999989    at_risk    100  -0.00000011
    95             at_risk    100  -5
    94.999         off_track  100  -5.001
    0              off_track  100  -100
    -3             off_track  100  -103
"""


@pytest.mark.parametrize(("value", "rating", "target", "gap"), cases(AT_LEAST_100))
def test_at_least_a_hundred_with_a_tolerance_of_a_twentieth(value, rating, target, gap):
    spec = indicator("at_least", target="100", tolerance="0.05")
    assert_says(rated(spec, {2013: text(value)}), rating, target, gap)


AT_MOST_100 = """
    -3             achieved   100  103
    100            achieved   100  0
    100.00000009   achieved   100  -0.00000009
    100.00000011   at_risk    100  -0.00000011
    105            at_risk    100  -5
    105.001        off_track  100  -5.001
"""


@pytest.mark.parametrize(("value", "rating", "target", "gap"), cases(AT_MOST_100))
def test_at_most_a_hundred_with_a_tolerance_of_a_twentieth(value, rating, target, gap):
    spec = indicator("at_most", target="100", tolerance="0.05")
    assert_says(rated(spec, {2013: text(value)}), rating, target, gap)


@pytest.mark.parametrize("tolerance", ["", "0"])
def test_without_a_tolerance_or_with_one_of_zero_a_near_miss_is_off_track(tolerance):
    spec = indicator("at_least", target="100", tolerance=tolerance)
    assert rated(spec, {2013: "99.9"})["rating"] == "off_track"


SMALL_AND_LARGE = """
    0.5        0.4999999991    achieved
    0.5        0.4999999989    off_track
    1000000    999999.9991     achieved
    1000000    999999.9989     off_track
    0          -0.0000000009   achieved
    0          -0.000000001    achieved
    0          -0.0000000011   off_track
"""


@pytest.mark.parametrize(("target", "value", "rating"), cases(SMALL_AND_LARGE))
def test_equality_is_a_share_of_large_numbers_and_absolute_below_one(target, value, rating):
    assert rated(indicator("at_least", target=text(target)), {2013: text(value)})["rating"] == rating


NEGATIVE = "-105 at_risk -100 -5 \n -105.01 off_track -100 -5.01 \n -100 achieved -100 0"


@pytest.mark.parametrize(("value", "rating", "target", "gap"), cases(NEGATIVE))
def test_the_tolerance_is_a_share_of_the_size_of_a_negative_target(value, rating, target, gap):
    spec = indicator("at_least", target="-100", tolerance="0.05")
    assert_says(rated(spec, {2013: text(value)}), rating, target, gap)


# ---------------------------------------------------------------- a reference


SPENT = indicator("at_most", target="BUDGET", tolerance="0.05")
BUDGET = indicator("monitor", indicator="BUDGET")
AGAINST_BUDGET = """
    99    100             achieved        100  1
    100   100             achieved        100  0
    105   100             at_risk         100  -5
    106   100             off_track       100  -6
    99    not_applicable  not_applicable  -    -
    99    not_collected   no_comparison   -    -
    99    -               no_comparison   -    -
"""


@pytest.mark.parametrize(("spent", "budget", "rating", "target", "gap"), cases(AGAINST_BUDGET))
def test_spending_against_the_budget_of_the_same_year(spent, budget, rating, target, gap):
    lines = [row(2013, text(spent)), *(row(year, "50", indicator="BUDGET") for year in (2012, 2014))]
    if budget is not None:
        lines.append(row(2013, text(budget), indicator="BUDGET"))
    record = rated(SPENT, lines, beside=[BUDGET])
    assert_says(record, rating, target, gap)
    assert record["value"] == spent


def test_a_part_is_held_against_the_same_part_of_the_reference_never_the_total():
    spec = indicator("at_most", target="BUDGET", breakdowns="each")
    lines = [row(2013, "9", part="North"), row(2013, "9", part="East")]
    lines += [row(2013, "10", part="North", indicator="BUDGET"), row(2013, "5", indicator="BUDGET")]
    record = rated(spec, lines, beside=[BUDGET])
    assert (record["rating"], record["breakdown"], record["target"], record["missing"]) == (
        "achieved", "North", 10, 1
    )  # fmt: skip


def test_the_total_is_held_against_the_sum_of_the_references_parts():
    lines = [row(2013, "9"), row(2013, "4", part="North", indicator="BUDGET")]
    lines += [row(2013, "6", part="East", indicator="BUDGET")]
    record = rated(SPENT, lines, beside=[BUDGET | {"breakdowns": "sum"}])
    assert_says(record, "achieved", 10.0, 1.0)


# ---------------------------------------------------------------- a target to reach by a year

# From 0 in 2011 to 100 in 2015: in 2013 the straight path stands at 50.
BY_2015 = """
    2013  100            achieved       0      2
    2013  60             on_track       -40    1.2
    2013  47.5           on_track       -52.5  0.95
    2013  47.49999996    on_track       -52.50000004  0.9499999992
    2013  47.4999999     at_risk        -52.5000001   0.949999998
    2013  30             at_risk        -70    0.6
    2013  29.9999999     off_track      -70.0000001   0.599999998
    2013  0              off_track      -100   0
    2013  -10            off_track      -110   -0.2
    2011  10             not_yet_due    -90    -
    2010  10             not_yet_due    -90    -
    2010  100            achieved       0      -
    2015  100            achieved       0      -
    2015  95             at_risk        -5     -
    2015  94.9           off_track      -5.1   -
    2016  94.9           off_track      -5.1   -
    2014  96             on_track       -4     1.28
"""


@pytest.mark.parametrize(("year", "value", "rating", "gap", "pace"), cases(BY_2015))
def test_a_hundred_by_2015_from_nothing_in_2011(year, value, rating, gap, pace):
    spec = indicator("at_least", target="100", due="2015", baseline="0", baseline_years="2011")
    spec["tolerance"] = "0.05"
    assert_says(rated(spec, {int(year): text(value)}, int(year)), rating, 100.0, gap, pace)


# From 200 in 2011 down to 100 in 2015.
DOWN_BY_2015 = """
    2013  100            achieved       0      2
    2013  152.5          on_track       -52.5  0.95
    2013  152.6          at_risk        -52.6  0.948
    2013  170            at_risk        -70    0.6
    2013  170.1          off_track      -70.1  0.598
    2013  210            off_track      -110   -0.2
    2015  105            at_risk        -5     -
    2015  105.1          off_track      -5.1   -
"""


@pytest.mark.parametrize(("year", "value", "rating", "gap", "pace"), cases(DOWN_BY_2015))
def test_down_to_a_hundred_by_2015_from_two_hundred_measured_in_2011(year, value, rating, gap, pace):
    spec = indicator("at_most", target="100", due="2015", baseline_years="2011", tolerance="0.05")
    figures = {2011: "200", int(year): text(value)}
    assert_says(rated(spec, figures, int(year)), rating, 100.0, gap, pace)


@pytest.mark.parametrize(("value", "rating"), [("100", "achieved"), ("99", "no_comparison")])
def test_without_a_baseline_there_is_no_pace_but_the_target_is_given(value, rating):
    spec = indicator("at_least", target="100", due="2015", baseline_years="2011")
    assert_says(rated(spec, {2013: value}), rating, 100.0, float(value) - 100)


# ---------------------------------------------------------------- a band

BAND = """
    5       achieved   1
    4       achieved   0
    6       achieved   0
    3.8     at_risk    -0.2
    3.7999  off_track  -0.2001
    6.3     at_risk    -0.3
    6.3001  off_track  -0.3001
"""


@pytest.mark.parametrize(("value", "rating", "gap"), cases(BAND))
def test_between_four_and_six_with_a_tolerance_of_the_nearer_limit(value, rating, gap):
    spec = indicator("between", target="4|6", tolerance="0.05")
    assert_says(rated(spec, {2013: text(value)}), rating, "4|6", gap)


@pytest.mark.parametrize(
    ("target", "value", "rating"),
    [
        ("5|5", "5", "achieved"),
        ("5|5", "5.01", "off_track"),
        ("-6|-4", "-6", "achieved"),
        ("-6|-4", "-7", "off_track"),
    ],
)
def test_a_band_of_one_value_and_a_band_below_zero(target, value, rating):
    assert rated(indicator("between", target=target), {2013: value})["rating"] == rating


# ---------------------------------------------------------------- zero, yes, level


ZERO = "0 achieved 0 \n 1 off_track -1 \n -2 off_track 2"


@pytest.mark.parametrize(("value", "rating", "gap"), cases(ZERO))
def test_zero_tolerance_fails_above_and_below(value, rating, gap):
    assert_says(rated(indicator("zero", tolerance="0.1"), {2013: text(value)}), rating, 0.0, gap)


@pytest.mark.parametrize(("value", "rating"), [("yes", "achieved"), ("no", "off_track")])
def test_it_is_in_place_or_not(value, rating):
    assert_says(rated(indicator("yes"), {2013: value}), rating, "yes")


LEVELS = [
    ("excellent", "", "achieved"),
    ("satisfactory", "", "achieved"),
    ("fair", "", "off_track"),
    ("fair", "0", "at_risk"),
    ("fair", "0.05", "at_risk"),
    ("poor", "0.05", "off_track"),
]


@pytest.mark.parametrize(("value", "tolerance", "rating"), LEVELS)
def test_satisfactory_or_better_and_one_rank_below_where_a_tolerance_is_set(value, tolerance, rating):
    scale = "poor|fair|satisfactory|excellent"
    spec = indicator("level", target="satisfactory", scale=scale, tolerance=tolerance)
    assert_says(rated(spec, {2013: value}), rating, "satisfactory")


# ---------------------------------------------------------------- a milestone

MILESTONE = [  # rows, year rated, rating, value
    ({2013: "2013-06-30"}, 2013, "achieved", "2013-06-30"),
    ({2013: "2013-07-01"}, 2013, "off_track", "2013-07-01"),
    ({2013: "2013-06-30"}, 2012, "not_yet_due", None),
    ({2014: "2014-02-01"}, 2013, "off_track", None),
    ({2014: "2014-02-01"}, 2014, "off_track", "2014-02-01"),
    ({2012: "2012-05-01"}, 2015, "achieved", "2012-05-01"),
    ({2012: "no"}, 2012, "not_yet_due", None),
    ({2012: "no"}, 2013, "no_data", None),
    ({2013: "no"}, 2013, "off_track", None),
    ({2012: "no", 2013: WITHHELD}, 2013, "no_data", None),
    ({2012: "no", 2013: CANCELLED}, 2013, "not_applicable", None),
    ({2012: "no", 2013: "2013-01-01"}, 2012, "not_yet_due", None),
    ({}, 2013, "no_data", None),
]


@pytest.mark.parametrize(("figures", "year", "rating", "value"), MILESTONE)
def test_a_milestone_due_in_the_middle_of_2013(figures, year, rating, value):
    record = rated(indicator("by_date", target="2013-06-30"), figures, year)
    assert (record["rating"], record["value"]) == (rating, value)
    assert record["target"] == (None if rating == "not_applicable" else "2013-06-30")


@pytest.mark.parametrize(("reported", "rating"), [("2013-06-30", "no_data"), ("2013-07-01", "off_track")])
def test_a_no_counts_when_it_was_reported_after_the_day(reported, rating):
    lines = [row(2013, "no", reported_on=reported)]
    assert rated(indicator("by_date", target="2013-06-30"), lines)["rating"] == rating


@pytest.mark.parametrize("as_of", [None, "2013-12-31"])
def test_a_milestone_done_on_the_last_day_of_the_year_is_done_in_it(as_of):
    lines = [row(2013, "2013-12-31", reported_on="2013-12-31")]
    record = rated(indicator("by_date", target="2013-12-31"), lines, as_of=as_of)
    assert (record["rating"], record["value"]) == ("achieved", "2013-12-31")


@pytest.mark.parametrize(("as_of", "rating"), [("2013-11-30", "off_track"), ("2013-12-01", "achieved")])
def test_a_day_announced_ahead_is_not_done_before_it_comes(as_of, rating):
    lines = [row(2013, "2013-12-01", reported_on="2013-10-01")]
    due = "2013-12-01" if rating == "achieved" else "2013-11-30"
    assert rated(indicator("by_date", target=due), lines, as_of=as_of)["rating"] == rating


@pytest.mark.parametrize(("as_of", "rating"), [("2013-06-29", "not_yet_due"), ("2013-06-30", "no_data")])
def test_a_milestone_is_not_due_before_its_day_on_the_as_of_date(as_of, rating):
    assert rated(indicator("by_date", target="2013-06-30"), {}, as_of=as_of)["rating"] == rating


# ---------------------------------------------------------------- a ratchet

RISE = """
    81            achieved   80  1
    80.00000009   achieved   80  0.00000009
    80.00000007   at_risk    80  0.00000007
    80            at_risk    80  0
    76            at_risk    80  -4
    75.99         off_track  80  -4.01
"""


@pytest.mark.parametrize(("value", "rating", "target", "gap"), cases(RISE))
def test_rising_every_year_with_a_tolerance(value, rating, target, gap):
    spec = indicator("rise_each_year", baseline_years="2011", tolerance="0.05")
    assert_says(rated(spec, {2011: "70", 2012: "80", 2013: text(value)}), rating, target, gap)


FALL = """
    79            achieved   80  1
    79.99999991   achieved   80  0.00000009
    79.99999993   off_track  80  0.00000007
    80            off_track  80  0
    81            off_track  80  -1
"""


@pytest.mark.parametrize(("value", "rating", "target", "gap"), cases(FALL))
def test_falling_every_year_without_a_tolerance(value, rating, target, gap):
    spec = indicator("fall_each_year", baseline_years="2011")
    assert_says(rated(spec, {2011: "90", 2012: "80", 2013: text(value)}), rating, target, gap)


RATCHET = [  # earlier figures, baseline, baseline year, value of 2013, rating, previous value
    ({2011: "90", 2012: "80"}, "", "2011", "85", "at_risk", 80),  # better, but worse than the baseline
    ({2011: "90", 2012: "80"}, "", "2011", "90", "achieved", 80),
    ({2010: "80"}, "", "2008", "79", "off_track", 80),  # three years back is looked at
    ({2009: "80", 2008: "70"}, "", "2008", "79", "achieved", 70),  # four years back is not
    ({2009: "80"}, "", "2008", "79", "no_comparison", None),
    ({2010: "80", 2011: "60"}, "", "", "70", "achieved", 60),  # the latest, not the best; no baseline
    ({2011: CANCELLED, 2012: WITHHELD, 2010: "60"}, "", "", "70", "achieved", 60),
    ({2012: "90"}, "75", "2012", "80", "achieved", 75),  # a stated baseline counts for its year
    ({2012: "90"}, "75", "2011", "80", "off_track", 90),
    ({}, "75", "2008", "80", "achieved", 75),
    ({}, "", "2013", "80", "not_yet_due", None),
    ({2012: "70"}, "", "2014", "80", "not_yet_due", None),
    ({}, "", "", "80", "no_comparison", None),
]


@pytest.mark.parametrize(("earlier", "baseline", "year", "value", "rating", "target"), RATCHET)
def test_the_previous_value_is_the_latest_of_three_years(earlier, baseline, year, value, rating, target):
    spec = indicator("rise_each_year", baseline=baseline, baseline_years=year)
    record = rated(spec, earlier | {2013: value})
    assert_says(record, rating, target, None if target is None else float(value) - target)


# ---------------------------------------------------------------- a trend

RISING = {2008: "10", 2009: "20", 2010: "30", 2011: "40"}  # the line stands at 60 in 2013, the mean is 25
FALLING = {2008: "40", 2009: "30", 2010: "20", 2011: "10"}  # the line stands at -10 in 2013, the mean is 25
TREND = [  # rule, baseline figures, value, rating, target, minimum, maximum
    ("above_trend", RISING, "60", "achieved", 60, "", ""),
    ("above_trend", RISING, "57", "at_risk", 60, "", ""),
    ("above_trend", RISING, "56.9", "off_track", 60, "", ""),
    ("above_trend", RISING, "50", "achieved", 50, "", "50"),
    ("above_trend", FALLING, "24", "at_risk", 25, "", ""),
    ("below_trend", RISING, "26", "at_risk", 25, "", ""),
    ("below_trend", FALLING, "-10", "achieved", -10, "", ""),
    ("below_trend", FALLING, "0", "achieved", 0, "0", ""),
    ("below_trend", FALLING, "1", "off_track", 0, "0", ""),
    ("above_trend", {2008: "10", 2009: "20", 2011: "40"}, "60", "achieved", 60, "", ""),
    ("above_trend", {2008: "10", 2009: WITHHELD, 2011: "40"}, "60", "no_comparison", None, "", ""),
]


@pytest.mark.parametrize(("rule", "before", "value", "rating", "target", "minimum", "maximum"), TREND)
def test_the_target_is_the_harder_of_line_and_mean(rule, before, value, rating, target, minimum, maximum):
    spec = indicator(rule, baseline_years="2008-2011", tolerance="0.05")
    spec |= {"minimum": minimum, "maximum": maximum}
    record = rated(spec, before | {2013: value})
    sign = 1 if rule == "above_trend" else -1
    target = None if target is None else float(target)
    assert_says(record, rating, target, None if target is None else sign * (float(value) - target))


WITHIN_THE_TREND = [(2008, "not_yet_due"), (2011, "not_yet_due"), (2012, "achieved")]


@pytest.mark.parametrize(("year", "rating"), WITHIN_THE_TREND)
def test_a_trend_is_not_due_within_its_baseline_years(year, rating):
    spec = indicator("above_trend", baseline_years="2008-2011")
    assert rated(spec, RISING | {2012: "50"}, year)["rating"] == rating


# ---------------------------------------------------------------- a direction

ONE_YEAR_ON = """
    increase  100.6          on_track
    increase  100.50000011   on_track
    increase  100.50000009   at_risk
    increase  100.5          at_risk
    increase  99.5           at_risk
    increase  99.49999991    at_risk
    increase  99.49999989    off_track
    increase  -1             off_track
    decrease  99.4           on_track
    decrease  99.5           at_risk
    decrease  100.5          at_risk
    decrease  100.50000011   off_track
    decrease  0              on_track
    decrease  -1             on_track
"""


@pytest.mark.parametrize(("rule", "value", "rating"), cases(ONE_YEAR_ON))
def test_half_a_percent_from_a_hundred_decides_a_direction(rule, value, rating):
    record = rated(indicator(rule, baseline_years="2011"), {2011: "100", 2012: text(value)}, 2012)
    assert_says(record, rating, 100.0, (value - 100) * (1 if rule == "increase" else -1))


DIRECTION = [  # figures, value of 2013, rating of an increase since 2011
    ({2011: "100"}, "101.0025", "at_risk"),  # 1.005 squared: growth is compound
    ({2011: "100"}, "101.001", "at_risk"),
    ({2011: "100"}, "101.003", "on_track"),
    ({2011: "-200"}, "-198", "at_risk"),  # a negative baseline: straight, 1 % in two years
    ({2011: "-200"}, "-197.9", "on_track"),
    ({2011: "-200"}, "-202", "at_risk"),
    ({2011: "-200"}, "-202.1", "off_track"),
    ({2011: "0"}, "0.001", "on_track"),  # from nothing, only the sign counts
    ({2011: "0"}, "0", "at_risk"),
    ({2011: "0"}, "-0.001", "off_track"),
    ({2011: "100", 2012: "130"}, "129.5", "on_track"),  # a wrong turn of half a percent of the baseline
    ({2011: "100", 2012: "130"}, "129.4", "at_risk"),
    ({2011: "100", 2012: "130"}, "129.49", "at_risk"),
    ({2011: "0", 2012: "8"}, "7.96", "on_track"),  # of the previous value where the baseline is nil
    ({2011: "0", 2012: "8"}, "7.95", "at_risk"),
    ({2012: "130"}, "131", "no_comparison"),
]


@pytest.mark.parametrize(("figures", "value", "rating"), DIRECTION)
def test_yearly_growth_and_wrong_turns_of_an_increase(figures, value, rating):
    assert rated(indicator("increase", baseline_years="2011"), figures | {2013: value})["rating"] == rating


@pytest.mark.parametrize(("looked_back", "rating"), [({2012: "130"}, "at_risk"), ({2011: "130"}, "on_track")])
def test_a_wrong_turn_is_measured_from_the_latest_of_three_years(looked_back, rating):
    spec = indicator("increase", baseline="100", baseline_years="2008")
    assert rated(spec, looked_back | {2015: "120"}, 2015, last_year=2016)["rating"] == rating


LAST_YEAR_2014 = "2010 not_yet_due \n 2011 not_yet_due \n 2013 on_track \n 2014 achieved \n 2015 achieved"


@pytest.mark.parametrize(("year", "rating"), cases(LAST_YEAR_2014))
def test_a_direction_is_achieved_from_the_plans_last_year_on(year, rating):
    figures = {2010: "100", 2011: "100", 2013: "120", 2014: "130", 2015: "140"}
    spec = indicator("increase", baseline_years="2011")
    assert rated(spec, figures, int(year), last_year=2014)["rating"] == rating


# ---------------------------------------------------------------- at the bound

AT_BOUND = [  # rule, bound, earlier figures, value of 2013, rating, target
    ("rise_each_year", "maximum", {2011: "100", 2012: "100"}, "100", "achieved", 100),
    ("rise_each_year", "maximum", {}, "100", "achieved", None),
    ("rise_each_year", "minimum", {2012: "100"}, "100", "off_track", 100),
    ("fall_each_year", "minimum", {2011: "100", 2012: "100"}, "100", "achieved", 100),
    ("increase", "maximum", {2011: "100", 2012: "100"}, "100", "on_track", 100),
    ("increase", "maximum", {}, "100", "on_track", None),
    ("decrease", "minimum", {}, "100", "on_track", None),
    ("decrease", "maximum", {}, "100", "no_comparison", None),
]


@pytest.mark.parametrize(("rule", "bound", "earlier", "value", "rating", "target"), AT_BOUND)
def test_a_value_at_its_best_possible_meets_a_ratchet_and_a_direction(
    rule, bound, earlier, value, rating, target
):
    record = rated(indicator(rule, baseline_years="2011", **{bound: "100"}), earlier | {2013: value})
    assert_says(record, rating, target, None if target is None else 0.0)


@pytest.mark.parametrize("rule", ["rise_each_year", "increase"])
def test_what_is_not_yet_due_stays_so_at_the_bound(rule):
    spec = indicator(rule, baseline_years="2013", maximum="100")
    assert rated(spec, {2013: "100"})["rating"] == "not_yet_due"


# ---------------------------------------------------------------- no rule is asked


@pytest.mark.parametrize("value", ["5", CANCELLED, WITHHELD])
def test_what_is_monitored_is_always_monitored(value):
    assert_says(rated(indicator("monitor"), {2013: value}), "monitored")


NEEDED = {
    "at_least": {"target": "1"},
    "between": {"target": "1|2"},
    "zero": {},
    "rise_each_year": {"baseline_years": "2013"},
    "above_trend": {"baseline_years": "2008-2013"},
    "increase": {"baseline_years": "2013"},
}


@pytest.mark.parametrize("rule", NEEDED)
@pytest.mark.parametrize(("value", "rating"), [(CANCELLED, "not_applicable"), (WITHHELD, "no_data")])
def test_what_is_cancelled_or_withheld_is_answered_before_any_rule(rule, value, rating):
    assert_says(rated(indicator(rule, **NEEDED[rule]), {2013: value}), rating)


def test_every_indicator_of_the_plan_is_listed_in_the_plans_order():
    indicators = [indicator("zero", indicator="Z"), indicator("zero", indicator="A")]
    plan = plan_of(indicators, [row(2013, "0", indicator="A")])
    listed = [(record["indicator"], record["rating"]) for record in records(plan, 2013)]
    assert listed == [("Z", "no_data"), ("A", "achieved")]
