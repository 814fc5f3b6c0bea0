"""What value would have changed a rating: the turning value, put in, flips it."""

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from small_plans import indicator, plan_of, rated, row, rows

from gsanalysis.rating.evaluation import Evaluation
from gsanalysis.rating.rate import exact_number
from gsanalysis.rating.rules import RULES, Case
from gsanalysis.rating.turning import turns

NUMBERS = st.integers(-4000, 4000).map(lambda n: n / 20)
NUMERIC_RULES = sorted(set(RULES) - {"yes", "level", "by_date", "monitor"})


@st.composite
def cases(draw, rule):
    """A case with a value that the rule can rate: baselines, bounds and tolerances set or not."""
    low = draw(NUMBERS)
    bounds = draw(st.sampled_from([(None, None), (-200.0, 200.0), (None, 200.0), (-200.0, None)]))
    return Case(
        year=2014,
        last_year=draw(st.sampled_from([2014, 2015])),
        value=draw(NUMBERS),
        target=low if rule == "between" else draw(NUMBERS),
        band=(low, low + draw(st.integers(0, 50))),
        due=draw(st.sampled_from([None, 2014, 2016])) if rule in ("at_least", "at_most") else None,
        tolerance=draw(st.sampled_from([None, 0.0, 0.05, 0.1])),
        baseline=draw(st.none() | NUMBERS),
        baseline_years=(2008, 2011) if rule.endswith("trend") else (2011, 2011),
        previous=draw(st.none() | NUMBERS),
        trend=tuple((year, draw(NUMBERS)) for year in range(2008, 2012)),
        minimum=bounds[0],
        maximum=bounds[1],
    )


@pytest.mark.parametrize("rule", NUMERIC_RULES)
@given(data=st.data())
def test_a_turning_value_put_in_gives_the_rating_that_was_said(rule, data):
    case = data.draw(cases(rule))
    now = RULES[rule](case).rating
    for turn in turns(rule, case):
        assert turn.rating != now
        assert (turn.flips > case.value) == turn.up
        assert RULES[rule](replace(case, value=turn.flips)).rating == turn.rating


@pytest.mark.parametrize("rule", NUMERIC_RULES)
@given(data=st.data(), share=st.floats(0.001, 0.999))
def test_before_the_turning_value_the_rating_stays(rule, data, share):
    case = data.draw(cases(rule))
    found = {turn.up: turn.value for turn in turns(rule, case)}
    for up, edge in ((True, 210.0), (False, -210.0)):
        between = case.value + share * (found.get(up, edge) - case.value)
        assume(abs(between - found.get(up, edge)) > 1e-4 and (between > case.value) == up)
        assume(not (case.minimum is not None and between < case.minimum))
        assume(not (case.maximum is not None and between > case.maximum))
        assert RULES[rule](replace(case, value=between)).rating == RULES[rule](case).rating


SMALL_PLANS = {
    "standard": (indicator("at_least", target="95", tolerance="0.05"), {2013: 91}),
    "due": (indicator("at_least", target="80", due="2015", baseline_years="2011"), {2011: 61, 2013: 68}),
    "band": (indicator("between", target="4|6", tolerance="0.1"), {2013: 6.2}),
    "zero": (indicator("zero", minimum="0"), {2013: 2}),
    "ratchet": (indicator("rise_each_year", baseline_years="2011"), {2011: 60, 2012: 40, 2013: 41}),
    "trend": (
        indicator("above_trend", baseline_years="2008-2011"),
        {2008: 1, 2009: 2, 2010: 3, 2011: 4, 2013: 5},
    ),
    "direction": (indicator("increase", baseline_years="2011"), {2011: 100, 2012: 120, 2013: 110}),
    "yes": (indicator("yes"), {2013: "no"}),
    "level": (indicator("level", target="good", scale="poor|fair|good", tolerance="0.1"), {2013: "fair"}),
    "milestone": (indicator("by_date", target="2013-06-30"), {2013: "2013-09-01"}),
}


@pytest.mark.parametrize("name", SMALL_PLANS)
def test_a_turning_value_written_into_the_data_flips_the_rating(name):
    spec, figures = SMALL_PLANS[name]
    now = rated(spec, figures)["rating"]
    named = Evaluation(plan_of([spec], rows(figures)), 2013).ratings["I"].named
    found = turns(spec["rule"], named.case)
    assert found, "a rated value must have a turning value here"
    for turn in found:
        text = exact_number(turn.flips) if isinstance(turn.flips, float) else turn.flips
        flipped = rated(spec, [*rows({y: v for y, v in figures.items() if y != 2013}), row(2013, text)])
        assert flipped["rating"] == turn.rating != now


def test_a_share_can_not_turn_above_its_maximum():
    case = Case(2013, 2015, value=99.0, target=104.0, maximum=100.0)
    assert turns("at_least", case) == []


def test_a_threshold_that_the_rule_takes_for_the_value_lies_on_neither_side():
    case = Case(2014, 2015, value=0.0, baseline=0.0, baseline_years=(2011, 2011), previous=1e-10)
    assert [(turn.up, turn.value) for turn in turns("decrease", case)] == [(True, 0.0), (False, 0.0)]


def test_what_is_monitored_has_no_turning_value():
    assert turns("monitor", Case(2013, 2015, value=5.0)) == []
