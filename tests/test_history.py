"""The years of an indicator as a tidy frame, and the figures of a year with their vintages."""

import pytest
from small_plans import CANCELLED, indicator, plan_of, row, rows

from gsanalysis.rating.evaluation import Evaluation
from gsanalysis.rating.history import COLUMNS, described, history
from gsanalysis.rating.vintages import figure_table, jumps
from gsanalysis.wording.answers import margin_of_error


def seen(spec, lines, year=2013, as_of=None, beside=()):
    return Evaluation(plan_of([spec, *beside], lines), year, as_of)


def short(frame):
    return [
        tuple(None if v != v else v for v in line)
        for line in frame[["year", "breakdown", "value", "rating"]].values
    ]


def test_a_history_has_every_plan_year_and_what_was_measured_before():
    evaluation = seen(indicator("at_least", target="90"), rows({2011: 80, 2013: 91}))
    frame = history(evaluation, "I")
    assert list(frame.columns) == COLUMNS
    assert short(frame) == [(2011, "", 80.0, ""), (2012, "", None, "no_data"), (2013, "", 91.0, "achieved")]


def test_a_sum_is_shown_with_its_parts():
    evaluation = seen(
        indicator("increase", baseline_years="2011", breakdowns="sum"), rows({2013: {"A": 1, "B": 2}})
    )
    last = history(evaluation, "I").query("year == 2013")
    assert short(last) == [
        (2013, "", 3.0, "no_comparison"),
        (2013, "A", 1.0, ""),
        (2013, "B", 2.0, ""),
    ]


def test_parts_without_a_rule_are_shown_beside_a_total_without_value():
    evaluation = seen(indicator("monitor"), rows({2013: {"A": 1, "B": 2}}))
    assert short(history(evaluation, "I").query("year == 2013")) == [
        (2013, "", None, "monitored"),
        (2013, "A", 1.0, ""),
        (2013, "B", 2.0, ""),
    ]


def test_a_year_that_does_not_apply_is_no_gap_without_a_word():
    frame = history(seen(indicator("at_least", target="9"), rows({2013: CANCELLED})), "I")
    assert frame.query("year == 2013")["state"].tolist() == ["not_applicable"]


def test_a_reference_is_what_the_value_was_held_against():
    spec, budget = indicator("at_most", target="B"), indicator("monitor", indicator="B")
    lines = [*rows({2012: 9, 2013: 11}), *rows({2012: 10, 2013: 10}, indicator="B")]
    evaluation = seen(spec, lines, beside=[budget])
    assert history(evaluation, "I")["target"].tolist() == [10.0, 10.0]
    assert described(evaluation, "I")["reference_name"] == "It"


def test_an_as_of_date_hides_later_rows_from_the_history():
    lines = [row(2013, 88), row(2013, 91, reported_on="2014-09-30")]
    spec = indicator("at_least", target="90")
    assert history(seen(spec, lines), "I")["rating"].tolist()[-1] == "achieved"
    assert history(seen(spec, lines, as_of="2014-06-30"), "I")["rating"].tolist()[-1] == "off_track"


def test_a_figure_knows_its_first_vintage_in_whatever_order_the_rows_stand():
    lines = [row(2013, 92, reported_on="2014-09-30"), row(2013, 88), row(2013, 90, reported_on="2014-06-30")]
    table = figure_table(seen(indicator("at_least", target="90"), lines))
    found = table.iloc[0]
    assert (found["value"], found["first"], found["vintages"]) == (92.0, 88.0, 3)


@pytest.mark.parametrize(("day", "late"), [("2014-06-30", False), ("2014-07-01", True)])
def test_a_figure_is_late_from_the_second_half_of_the_next_year(day, late):
    table = figure_table(seen(indicator("monitor"), [row(2013, 1, reported_on=day)]))
    assert table["late"].tolist() == [late]


@pytest.mark.parametrize(
    ("before", "now", "jumped"),
    [(100, 150, False), (100, 151, True), (100, 49, True), (-10, 5, True), (0, 1, True), (0, 0, False)],
)
def test_a_jump_is_a_change_by_more_than_half(before, now, jumped):
    found = jumps(seen(indicator("monitor"), rows({2012: before, 2013: now})))
    assert len(found) == jumped


def test_a_jump_looks_three_years_back():
    assert len(jumps(seen(indicator("monitor"), rows({2010: 1, 2013: 9})))) == 1
    assert len(jumps(seen(indicator("monitor"), rows({2009: 1, 2013: 9})))) == 0


def test_the_margin_of_error_is_the_textbooks():
    # 1.96 · √(0.25 / 112) · √((640 − 112) / 639) = 0.0926 · 0.9090
    assert margin_of_error(112, 640) == pytest.approx(8.418, abs=0.001)
    assert margin_of_error(640, 640) == 0
    assert margin_of_error(0, 640) == 100
