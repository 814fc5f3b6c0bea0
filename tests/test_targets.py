"""A target in a table: in a few words, told apart from the value, and with what it was at first."""

import pytest
from small_plans import indicator, plan_of, row

from gsanalysis.pages.targets import target_cell
from gsanalysis.rating.evaluation import Evaluation

BUDGET = indicator("monitor", indicator="B", name="Budget", unit="CHF")
SPENDING = indicator("at_most", target="B", unit="CHF")


def cell_of(spec, lines, beside=()):
    """The text of the cell and its small print, with plain spaces."""
    plan = plan_of([spec, *beside], lines)
    for column in ("first_target", "confirmed_by"):
        plan.indicators[column] = [one.get(column, "") for one in (spec, *beside)]
    evaluation = Evaluation(plan, 2013)
    cell = target_cell(evaluation, evaluation.ratings["I"])
    return [cell[key].replace("\u202f", " ") for key in ("text", "small")]


def test_a_yardstick_is_told_apart_from_the_figure():
    lines = [row(2013, "164386120"), row(2013, "163900000", indicator="B")]
    assert cell_of(SPENDING, lines, [BUDGET])[0] == "at most CHF 163.90 million"


def test_a_yardstick_that_was_revised_says_from_what():
    budget = [
        row(2013, "13100000", indicator="B", reported_on="2013-01-15"),
        row(2013, "12200000", indicator="B", reported_on="2014-02-27"),
    ]
    text, small = cell_of(SPENDING, [row(2013, "12300000"), *budget], [BUDGET])
    assert text == "at most CHF 12.2 million"
    assert small.endswith("; a reference; revised from CHF 13.1 million")


@pytest.mark.parametrize(
    ("spec", "first", "small"),
    [
        (indicator("at_least", target="95", unit="%"), "98", "first set at 98 %"),
        (indicator("between", target="4|6", unit="days"), "6|8", "first set at 6 to 8 days"),
        (indicator("by_date", target="2013-06-30"), "2012-12-31", "first set at 31 December 2012"),
    ],
)
def test_a_target_that_was_moved_says_what_it_was_at_first(spec, first, small):
    assert cell_of(spec | {"first_target": first}, [])[1].endswith(f"; {small}")


def test_a_target_that_was_never_moved_says_whose_it_is_alone():
    spec = indicator("at_least", target="95", unit="%", first_target="95")
    assert ";" not in cell_of(spec, [])[1]
