"""What is known to go wrong in other tools: one regression test for each item on the method's list."""

import re

import pytest
from small_plans import CANCELLED, WITHHELD, indicator, plan_of, rated, records, row, rows

from gsanalysis.rating.rate import assess, to_csv_text


def test_progress_is_not_capped_at_a_hundred_percent():
    spec = indicator("at_least", target="100", due="2015", baseline="0", baseline_years="2011")
    record = rated(spec, {2013: "300"})
    assert (record["pace"], record["gap"]) == (6, 200)


def test_a_falling_indicator_is_not_read_as_failing():
    record = rated(indicator("decrease", baseline_years="2011"), {2011: "100", 2013: "60"})
    assert (record["rating"], record["gap"]) == ("on_track", 40)
    record = rated(indicator("at_most", target="80"), {2013: "60"})
    assert (record["rating"], record["gap"]) == ("achieved", 20)


def test_a_missing_target_is_not_shown_as_nought_percent_and_low():
    record = rated(indicator("monitor"), {2013: "60"})
    assert (record["rating"], record["target"], record["gap"]) == ("monitored", None, None)
    assert record["pace"] is None
    budget = indicator("monitor", indicator="BUDGET")
    record = rated(indicator("at_least", target="BUDGET"), {2013: "60"}, beside=[budget])
    assert (record["rating"], record["target"], record["gap"]) == ("no_comparison", None, None)


def test_a_reported_zero_is_a_value_and_not_a_blank():
    record = rated(indicator("at_least", target="1"), {2013: "0"})
    assert (record["rating"], record["value"], record["gap"]) == ("off_track", 0, -1)
    text = to_csv_text(assess(plan_of([indicator("zero")], rows({2013: "0"})), 2013))
    assert text.splitlines()[1].startswith("I,achieved,,0,0,0,")


def test_an_empty_cell_is_not_a_zero():
    record = rated(indicator("zero"), {2013: WITHHELD})
    assert (record["rating"], record["value"]) == ("no_data", None)


@pytest.mark.parametrize("breakdowns", ["", "each"])
def test_percentages_are_not_added_up_across_breakdowns(breakdowns):
    spec = indicator("at_least", target="100", unit="%", maximum="100", breakdowns=breakdowns)
    record = rated(spec, {2013: {"North": "60", "East": "70"}})
    assert record["rating"] != "achieved"
    assert record["value"] != 130


def test_no_denominator_contains_its_numerator():
    """Growth is a share of where it started, not of where it arrived: 0.5 % of 200 is 1."""
    spec = indicator("increase", baseline_years="2011")
    assert rated(spec, {2011: "200", 2012: "201"}, 2012)["rating"] == "at_risk"
    assert rated(spec, {2011: "200", 2012: "201.003"}, 2012)["rating"] == "on_track"


def test_progress_is_a_share_of_the_way_not_of_the_target():
    spec = indicator("at_least", target="100", due="2015", baseline="80", baseline_years="2011")
    assert rated(spec, {2013: "90"})["pace"] == pytest.approx(1)


def test_negative_values_are_not_dropped():
    record = rated(indicator("at_least", target="-10"), {2013: "-5"})
    assert (record["rating"], record["value"], record["gap"]) == ("achieved", -5, 5)
    summed = indicator("at_most", target="1", breakdowns="sum")
    assert rated(summed, {2013: {"North": "-5", "East": "6"}})["value"] == 1


def test_the_baseline_is_not_credited_as_progress():
    spec = indicator("at_least", target="100", due="2015", baseline="90", baseline_years="2011")
    record = rated(spec, {2013: "90"})
    assert (record["rating"], record["pace"]) == ("off_track", 0)


NEGATIVES = [("-8", "27"), ("8", "-27"), ("-8", "-27"), ("-8", "0"), ("8", "0")]


@pytest.mark.parametrize(("base", "value"), NEGATIVES)
def test_growth_to_or_from_a_negative_is_no_complex_number(base, value):
    """The third root of a negative number."""
    rise = rated(indicator("increase", baseline_years="2012"), {2012: base, 2015: value}, 2015)
    fall = rated(indicator("decrease", baseline_years="2012"), {2012: base, 2015: value}, 2015)
    higher = float(value) > float(base)
    assert (rise["rating"], fall["rating"]) == (
        ("achieved", "off_track") if higher else ("off_track", "achieved")
    )


def test_a_base_equal_to_the_target_does_not_divide_by_zero():
    spec = indicator("at_least", target="100", due="2015", baseline_years="2011")
    record = rated(spec, {2011: "100", 2013: "90"})
    assert (record["rating"], record["pace"]) == ("off_track", None)
    assert rated(indicator("increase", baseline_years="2011"), {2011: "0", 2013: "0"})["rating"] == "at_risk"


def test_no_threshold_is_missed_by_a_floats_last_digit():
    summed = indicator("at_most", target="0.3", breakdowns="sum")
    assert rated(summed, {2013: {"North": "0.1", "East": "0.2"}})["rating"] == "achieved"
    exact = indicator("between", target="0.3|0.3", breakdowns="sum")
    assert rated(exact, {2013: {"North": "0.1", "East": "0.2"}})["rating"] == "achieved"


@pytest.mark.parametrize(
    "spec",
    [indicator("yes"), indicator("by_date", target="2013-06-30"), indicator("at_least", target="1")],
    ids=lambda spec: spec["rule"],
)
def test_a_cancelled_event_is_not_a_failure(spec):
    plan = plan_of([spec], rows({2013: CANCELLED}))
    assert records(plan, 2013)[0]["rating"] == "not_applicable"
    [objective] = records(plan, 2013, "objective")
    assert (objective["not_applicable"], objective["off_track"], objective["ratable"]) == (1, 0, 0)


def test_an_indicator_without_data_is_not_left_out_of_the_total_without_a_word():
    specs = [indicator("zero", indicator="A"), indicator("zero", indicator="B")]
    plan = plan_of(specs, [row(2013, "0", indicator="A")], kpis=["K", "L"])
    [kpi, other] = records(plan, 2013, "kpi")
    assert (kpi["rated"], kpi["ratable"], kpi["partial"]) == (1, 2, "yes")
    assert (other["rating"], other["ratable"]) == ("no_data", 0)
    [objective] = records(plan, 2013, "objective")
    assert (objective["ratable"], objective["rated"], objective["coverage"]) == (2, 1, 0)


def test_a_milestone_that_nobody_reported_is_not_counted_as_missed():
    spec = indicator("by_date", target="2013-06-30")
    assert rated(spec, {})["rating"] == "no_data"
    assert rated(spec, {2012: "no"})["rating"] == "no_data"


@pytest.mark.parametrize("rule", ["rise_each_year", "increase"])
def test_a_perfect_score_does_not_fail_because_it_cant_rise(rule):
    spec = indicator(rule, baseline_years="2011", maximum="100")
    assert rated(spec, {2011: "100", 2012: "100", 2015: "100"}, 2015)["rating"] == "achieved"


def test_the_newest_year_is_not_taken_for_the_year_asked():
    spec = indicator("at_least", target="10")
    figures = {2012: "12", 2014: "5"}
    found = {year: rated(spec, figures, year) for year in (2012, 2013, 2014)}
    assert [found[year]["rating"] for year in found] == ["achieved", "no_data", "off_track"]
    assert [found[year]["value"] for year in found] == [12, None, 5]


def test_numbers_are_written_without_exponent_negative_zero_or_thirteenth_digit():
    spec = indicator("at_least", target="0")
    for value in ("-0", "0.0000000000012", "123456789012345", "0.3333333333333333", "-0.00000000000000001"):
        cells = to_csv_text(assess(plan_of([spec], rows({2013: value})), 2013)).splitlines()[1].split(",")
        for cell in (cells[3], cells[5]):
            assert re.fullmatch(r"-?\d+(\.\d*[1-9])?", cell)
            assert cell != "-0"
            assert len(cell.replace(".", "").lstrip("-0").rstrip("0")) <= 12
