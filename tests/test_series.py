"""The table behind a chart holds what the chart draws: its values, yardsticks, ratings, states and gaps."""

import pytest
from small_plans import CANCELLED, WITHHELD, indicator, plan_of, row, rows

from gsanalysis.charts import chart
from gsanalysis.pages.series import MOST_YEARS, ROOM, series_table
from gsanalysis.rating.evaluation import Evaluation
from gsanalysis.rating.history import described, history

PERCENT = {"name": "Documents on time", "unit": "%", "minimum": "0", "maximum": "100"}


def evaluation_of(spec, lines, year=2014, beside=()):
    lines = rows(lines) if isinstance(lines, dict) else lines
    return Evaluation(plan_of([spec, *beside], lines), year)


def table_of(spec, lines, year=2014, beside=()):
    return series_table(evaluation_of(spec, lines, year, beside), "I")


def texts(table):
    """The table as text, head first; what is written small stands in brackets."""
    head = [f"{column['label']} {column['note']}".strip() for column in table["columns"]]
    return [head, *([_text(cell) for cell in row] for row in table["rows"])]


def _text(cell):
    return f"{cell['text']} ({cell['small']})" if cell["small"] else cell["text"]


def signs(table):
    return [[cell["sign"] for cell in row] for row in table["rows"]]


def test_years_stand_beside_each_other_with_yardstick_and_rating():
    table = table_of(indicator("at_least", target="95", **PERCENT), {2011: 88, 2012: 95.5, 2014: 91})
    assert table["caption"] == "Documents on time (%), 2011–2014"
    assert texts(table) == [
        ["Year", "2011", "2012", "2013", "2014"],
        ["Value", "88.0", "95.5", "– (no data)", "91.0"],
        ["Held against (Standard)", "", "95", "", "95"],
        ["Rating", "", "achieved", "no data", "off track"],
    ]
    assert signs(table)[-1] == [None, None, "achieved", "no_data", "off_track"]


def test_a_state_stands_in_words_below_its_value():
    lines = [row(2012, "90", "provisional"), row(2013, "91", "estimated"), row(2014, "92", "illustrative")]
    table = table_of(indicator("at_least", target="90", **PERCENT), lines)
    assert texts(table)[1] == ["Value", "90 (provisional)", "91 (estimated)", "92 (invented)"]
    assert table["caption"].endswith("(some figures invented)")


def test_figures_that_are_all_invented_are_said_to_be_in_the_caption():
    table = table_of(indicator("at_least", target="90", **PERCENT), [row(2013, "91", "illustrative")], 2013)
    assert table["caption"].endswith("(figures invented)")
    assert texts(table)[1] == ["Value", "– (no data)", "91"]


def test_a_missing_value_is_a_dash_with_its_reason():
    table = table_of(indicator("at_least", target="5"), {2012: 6, 2013: CANCELLED, 2014: WITHHELD})
    assert texts(table)[1] == ["Value", "6", "– (not applicable)", "– (no data)"]


def test_values_are_exact():
    table = table_of(
        indicator("at_most", target="17000000.5", unit="CHF"), {2013: "16103277", 2014: "17000000.25"}
    )
    assert texts(table)[1:3] == [
        ["Value", "– (no data)", "16\u202f103\u202f277.00", "17\u202f000\u202f000.25"],
        ["Held against (Standard)", "", "17\u202f000\u202f000.5", "17\u202f000\u202f000.5"],
    ]
    assert "(CHF)" in table["caption"]


def test_a_stated_baseline_has_its_year_though_nobody_measured_it():
    spec = indicator("at_least", target="80", due="2015", baseline="61", baseline_years="2011")
    table = table_of(spec, {2012: 66, 2013: 70}, 2013)
    assert texts(table)[0] == ["Year", "2011", "2012", "2013"]
    assert texts(table)[1] == ["Value", "61 (baseline)", "66", "70"]
    assert texts(table)[2] == ["Held against (Target by 2015)", "", "80", "80"]


def test_a_target_that_was_moved_says_where_it_was_set_first():
    spec = indicator("at_least", target="80", due="2015", baseline="61", baseline_years="2011")
    evaluation = evaluation_of(spec, {2012: 66}, 2012)
    evaluation.plan.indicators["first_target"] = "85"
    assert series_table(evaluation, "I")["note"] == "The target was first set at 85."


def test_a_measured_baseline_that_is_not_the_one_that_counts_is_told_apart():
    spec = indicator("increase", baseline="61", baseline_years="2011")
    assert "The baseline counts as 61." in table_of(spec, {2011: 60, 2012: 66}, 2012)["note"]


def test_each_part_has_a_row_with_the_sign_of_its_own_rating():
    spec = indicator("at_least", target="95", breakdowns="each")
    table = table_of(spec, {2012: {"Arabic": 96, "French": 97}, 2013: {"Arabic": 80}}, 2013)
    assert texts(table) == [
        ["Year", "2012", "2013"],
        ["Arabic", "96", "80"],
        ["French", "97", "– (no data)"],
        ["Held against (Standard)", "95", "95"],
        ["Rating", "achieved (Arabic)", "off track (Arabic; French missing)"],
    ]
    assert signs(table)[:2] == [[None, "achieved", "off_track"], [None, "achieved", None]]


def test_parts_with_references_of_their_own_have_yardsticks_of_their_own():
    spec, budget = (
        indicator("at_most", target="B", breakdowns="each"),
        indicator("monitor", indicator="B", name="Budget"),
    )
    lines = [*rows({2012: {"East": 4, "West": 9}}), *rows({2012: {"East": 5, "West": 8}}, indicator="B")]
    table = table_of(spec, lines, 2012, [budget])
    assert texts(table)[3:5] == [["Held against: East (Budget)", "5"], ["Held against: West (Budget)", "8"]]


def test_a_sum_is_one_row_as_its_chart_is_one_line():
    spec = indicator("at_least", target="3", breakdowns="sum")
    assert texts(table_of(spec, {2012: {"A": 1, "B": 2}}, 2012))[1] == ["Value", "3"]


def test_a_band_a_scale_and_a_day_are_written_in_words():
    band = table_of(indicator("between", target="40|60"), {2012: 50}, 2012)
    assert texts(band)[2] == ["Held against (Limit)", "40 to 60"]
    level = table_of(indicator("level", target="fair", scale="poor|fair|good"), {2012: "good"}, 2012)
    assert level["note"] == "The scale, worst to best: poor, fair, good."
    day = table_of(indicator("by_date", target="2013-06-30"), {2013: "2013-05-02"}, 2014)
    assert texts(day)[1] == ["Value", "– (nothing reported)", "2 May 2013", "– (nothing reported)"]
    assert texts(day)[3] == ["Rating", "not yet due", "achieved", "achieved"]


def test_a_monitored_figure_has_no_row_of_ratings_but_says_why():
    table = table_of(indicator("monitor"), {2012: 5}, 2012)
    assert texts(table)[1:] == [["Value", "5"]]
    assert table["note"] == "No standard is set: the figures are shown, not rated."


def test_more_than_ten_years_stand_below_each_other():
    first = 2014 - MOST_YEARS
    table = table_of(indicator("at_least", target="5"), dict.fromkeys(range(first, 2015), 6))
    assert texts(table)[0] == ["Year", "Value", "Held against standard", "Rating"]
    assert texts(table)[-1] == ["2014", "6", "5", "achieved"]
    assert len(table["rows"]) == MOST_YEARS + 1
    one_less = table_of(indicator("at_least", target="5"), dict.fromkeys(range(first + 1, 2015), 6))
    assert len(one_less["columns"]) == MOST_YEARS + 1


def test_years_that_find_no_room_beside_each_other_stand_below_each_other():
    labels = "very-dissatisfied-indeed|satisfied"
    spec = indicator("level", target="satisfied", scale=labels)
    table = table_of(spec, {year: labels.split("|")[0] for year in range(2008, 2014)}, 2013)
    assert [row[0]["text"] for row in table["rows"]] == [str(year) for year in range(2008, 2014)]


def test_many_years_of_fourteen_parts_have_a_row_for_each_figure():
    parts = {f"Part-with-a-long-name-{n}": 90 + n for n in range(14)}
    spec = indicator("at_least", target="95", breakdowns="each")
    table = table_of(spec, dict.fromkeys(range(2003, 2015), parts))
    assert texts(table)[0] == ["Year", "What", "Figure"]
    assert ["2014", "Part-with-a-long-name-13", "103"] in texts(table)
    assert len(table["rows"]) == 12 * 14 + 2 * 3
    few = table_of(spec, {2013: parts, 2014: parts})
    assert len(few["rows"]) == 14 + 2 and len(few["columns"]) == 4


@pytest.mark.parametrize("lines", [{}, {2013: WITHHELD}])
def test_where_there_is_no_chart_there_is_no_table(lines):
    evaluation = evaluation_of(indicator("at_least", target="5"), lines)
    span = {"year": 2014, "first_year": 2012, "last_year": 2015}
    assert chart(described(evaluation, "I"), history(evaluation, "I"), **span) is None
    assert series_table(evaluation, "I") is None


def test_every_row_is_as_long_as_the_head_and_fits_a_page():
    spec = indicator("at_least", target="95", breakdowns="each")
    table = table_of(spec, {year: {f"Part {n}": 9 for n in range(5)} for year in range(2009, 2015)})
    assert {len(row) for row in table["rows"]} == {len(table["columns"])}
    assert ROOM < 482  # points between the margins of a page
