"""The figures of a year, one row each: whose they are, how late, how many answered, what they were before."""

import pandas as pd
import pytest
from small_plans import CANCELLED, WITHHELD, indicator, plan_of, row, rows

from gsanalysis.rating.evaluation import Evaluation
from gsanalysis.rating.vintages import figure_table, jumps, known_rows
from gsanalysis.schema import MEASUREMENTS

MONITORED = indicator("monitor", unit="members")
COLUMNS = [
    "indicator", "objective", "name", "unit", "breakdown", "value", "state", "reported_on", "days", "late",
    "verification", "source", "responses", "invited", "vintages", "first",
]  # fmt: skip


def seen(lines, specs=(MONITORED,), year=2013, as_of=None):
    plan = plan_of(list(specs), lines)
    for column in ("responses", "invited"):
        plan.measurements[column] = [line.get(column, "") for line in sorted(lines, key=lambda x: x["year"])]
    return Evaluation(plan, year, as_of)


def test_the_columns_are_there_with_and_without_figures():
    assert list(figure_table(seen([])).columns) == COLUMNS
    assert list(figure_table(seen(rows({2013: 1}))).columns) == COLUMNS


def test_a_figure_says_whose_it_is_and_how_long_after_the_year_it_came():
    (found,) = figure_table(seen([row(2013, "129", reported_on="2014-01-31")])).to_dict("records")
    assert found["objective"] == "O"
    assert (found["name"], found["unit"], found["value"], found["days"]) == ("It", "members", 129.0, 31)


def test_only_figures_of_the_year_and_of_the_indicators_asked_for_are_listed():
    lines = [*rows({2012: 1, 2013: 2}), *rows({2013: 3}, "J")]
    evaluation = seen(lines, [MONITORED, MONITORED | {"indicator": "J"}])
    assert figure_table(evaluation)["value"].tolist() == [2.0, 3.0]
    assert figure_table(evaluation, ["J"])["indicator"].tolist() == ["J"]


def test_a_figure_that_two_indicators_read_is_listed_once():
    other = indicator("increase", baseline_years="2011", indicator="J", measured_by="I", unit="members")
    assert figure_table(seen(rows({2013: 5}), [MONITORED, other]))["indicator"].tolist() == ["I"]


def test_each_part_has_a_row():
    table = figure_table(seen(rows({2013: {"East": 1, "West": 2}})))
    assert table[["breakdown", "value"]].to_numpy().tolist() == [["East", 1.0], ["West", 2.0]]


@pytest.mark.parametrize("state", [CANCELLED, WITHHELD])
def test_a_row_without_a_value_keeps_its_state(state):
    (found,) = figure_table(seen([row(2013, state)])).to_dict("records")
    assert (found["value"], found["state"]) == (None, state)


def test_a_withdrawn_figure_remembers_what_it_was():
    lines = [row(2013, "9", reported_on="2014-02-01"), row(2013, WITHHELD, reported_on="2014-05-01")]
    (found,) = figure_table(seen(lines)).to_dict("records")
    assert (found["value"], found["first"], found["vintages"]) == (None, 9.0, 2)
    assert figure_table(seen(lines, as_of="2014-04-30"))["value"].tolist() == [9.0]


def test_lateness_is_that_of_the_vintage_that_counts():
    lines = [row(2013, "9"), row(2013, "8", reported_on="2014-09-30")]
    assert figure_table(seen(lines))["late"].tolist() == [True]
    assert figure_table(seen(lines, as_of="2014-06-30"))["late"].tolist() == [False]


def test_answers_are_counts_and_missing_where_nobody_gave_them():
    answered = row(2013, "4", part="Council") | {"responses": "64", "invited": "121"}
    table = figure_table(seen([answered, row(2013, "5", part="PP")]))
    assert table[["responses", "invited"]].iloc[0].tolist() == [64, 121]
    assert pd.isna(table["responses"].iloc[1])


@pytest.mark.parametrize(
    ("before", "now", "jumped"),
    [
        (100, 150, False),  # exactly half more
        (100, 150.1, True),
        (100, 50, False),
        (-100, -151, True),  # the size of what was before counts, not its sign
        (-100, -150, False),
        (0, 0.1, True),  # from nothing any number is a jump
        (0, 0, False),
        (5, 0, True),
    ],
)
def test_a_jump_is_more_than_half_of_what_was_before(before, now, jumped):
    assert len(jumps(seen(rows({2012: before, 2013: now})))) == jumped


def test_a_jump_is_seen_in_its_own_part_and_against_the_latest_earlier_year():
    lines = rows({2010: {"East": 1}, 2011: {"East": 10, "West": 1}, 2013: {"East": 11, "West": 9}})
    (found,) = jumps(seen(lines)).to_dict("records")
    assert (found["breakdown"], found["before_year"], found["before"], found["value"]) == (
        "West",
        2011,
        1.0,
        9.0,
    )


def test_words_and_days_do_not_jump():
    day = indicator("by_date", target="2013-06-30")
    assert jumps(seen(rows({2012: "no", 2013: "2013-05-01"}), [day])).empty


def test_the_known_rows_are_all_vintages_of_the_years_up_to_the_one_evaluated():
    lines = [
        row(2012, "1"),
        row(2013, "2", reported_on="2014-01-31"),
        row(2013, "3", reported_on="2015-01-31"),
    ]
    lines.append(row(2014, "4"))
    assert known_rows(seen(lines))["value"].tolist() == ["1", "2", "3"]
    assert known_rows(seen(lines, as_of="2014-12-31"))["value"].tolist() == ["1", "2"]


def test_the_known_rows_of_a_milestone_are_of_any_year_and_have_the_columns_of_the_file():
    day = indicator("by_date", target="2013-06-30")
    known = known_rows(seen(rows({2012: "no", 2014: "2013-05-01"}), [day], as_of="2099-12-31"))
    assert known["year"].tolist() == [2012, 2014]
    assert list(known.columns) == MEASUREMENTS.names
