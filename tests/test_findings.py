"""The finding in a few words: headings, the lines of a summary, and the turn since the year before."""

import pytest
from small_plans import CANCELLED, WITHHELD, indicator, plan_of, row, rows
from small_specs import (
    ABOVE_TREND,
    BAND,
    BELOW_TREND,
    BUDGET,
    CEILING,
    DECREASE,
    DUE,
    FALL,
    FALLING,
    INCREASE,
    LEVEL,
    MILESTONE,
    MONITORED,
    RISE,
    RISING,
    SPENDING,
    STANDARD,
    YES,
    ZERO,
)

from gsanalysis.rating.evaluation import Evaluation
from gsanalysis.wording.findings import finding, heading, headline


def said(spec, lines, year=2013, say=finding, beside=()):
    """What is said of the indicator, with plain spaces; `lines` may be {year: value}."""
    lines = rows(lines) if isinstance(lines, dict) else lines
    evaluation = Evaluation(plan_of([spec, *beside], lines), year)
    return say(evaluation, evaluation.ratings["I"]).replace("\u202f", " ")


FINDINGS = [
    (STANDARD, {2013: 96}, "meets the standard of 95 %"),
    (STANDARD, {2013: 95}, "meets the standard of 95 %"),
    (STANDARD, {2013: 91}, "just short of the standard of 95 %"),
    (STANDARD, {2013: 90}, "short of the standard of 95 %"),
    (CEILING, {2013: 3.5}, "within the standard of 4 hours"),
    (CEILING, {2013: 4.5}, "slightly over the standard of 4 hours"),
    (CEILING, {2013: 6.2}, "over the standard of 4 hours"),
    (DUE, {2011: 60, 2013: 80}, "the target of 80 % by 2015 is reached"),
    (DUE, {2011: 60, 2013: 70}, "on the path to 80 % by 2015"),
    (DUE, {2011: 60, 2013: 68}, "behind the path to 80 % by 2015"),
    (DUE, {2011: 60, 2013: 65}, "off the path to 80 % by 2015"),
    (DUE, {2011: 60, 2013: 58}, "off the path to 80 % by 2015"),
    (DUE, {2011: 82, 2013: 78}, "no longer at the target of 80 % by 2015"),
    (BAND, {2013: 5}, "within the band of 4 to 6 days"),
    (BAND, {2013: 6.2}, "just outside the band of 4 to 6 days"),
    (BAND, {2013: 3}, "outside the band of 4 to 6 days"),
    (ZERO, {2013: 0}, "none, as asked"),
    (ZERO, {2013: 1}, "1 incident where none is accepted"),
    (YES, {2013: "yes"}, "in place"),
    (YES, {2013: "no"}, "not in place"),
    (LEVEL, {2013: "good"}, "“good”, as asked"),
    (LEVEL, {2013: "excellent"}, "“excellent”, better than “good”"),
    (LEVEL, {2013: "fair"}, "“fair”, below “good”"),
    (LEVEL, {2013: "poor"}, "“poor”, below “good”"),
    (MILESTONE, {2013: "2013-05-31"}, "done on 31 May 2013, in time"),
    (MILESTONE, {2013: "2013-09-01"}, "done on 1 September 2013, late"),
    (MILESTONE, {2013: "no"}, "not done by 30 June 2013"),
    (MILESTONE, {}, "nobody has reported whether it was done by 30 June 2013"),
    (MILESTONE, [row(2012, "no")], "nobody has reported whether it was done by 30 June 2013"),
    (RISE, {2011: 60, 2012: 61, 2013: 65}, "rose"),
    (RISE, {2011: 60, 2012: 40, 2013: 41}, "rose, but not back to the baseline"),
    (RISE, {2011: 60, 2012: 65, 2013: 64}, "fell instead of rising"),
    (RISE, {2011: 60, 2012: 65, 2013: 50}, "fell instead of rising, rated better the year before"),
    (FALL, {2012: 9, 2013: 7}, "fell"),
    (FALL, {2012: 9, 2013: 9}, "did not change"),
    (ABOVE_TREND, RISING | {2013: 41}, "better than the trend of 2008 to 2011"),
    (ABOVE_TREND, RISING | {2013: 39}, "just behind the trend of 2008 to 2011"),
    (ABOVE_TREND, RISING | {2013: 31}, "behind the trend of 2008 to 2011"),
    (BELOW_TREND, FALLING | {2013: 40}, "exactly on the trend of 2008 to 2011"),
    (BELOW_TREND, FALLING | {2013: 47}, "behind the trend of 2008 to 2011"),
    (INCREASE, {2011: 100, 2012: 110, 2013: 121}, "up 10 % a year since 2011"),
    (INCREASE, {2011: 100, 2013: 100}, "hardly changed since 2011"),
    (INCREASE, {2011: 100, 2012: 120, 2013: 110}, "up 4.88 % a year since 2011, but down since 2012"),
    (INCREASE, {2011: 100, 2013: 90}, "down 5.13 % a year since 2011"),
    (DECREASE, {2011: 100, 2013: 81}, "down 10 % a year since 2011"),
    (DECREASE, {2011: 100, 2013: 0}, "at its best possible"),
    (DECREASE, {2011: 100, 2012: 70, 2013: 80}, "down 10.6 % a year since 2011, but up since 2012"),
    (DECREASE, {2011: 100, 2013: 120}, "up 9.54 % a year since 2011"),
    (MONITORED, {2013: 129}, "129 countries in 2013; no standard is set"),
    (MONITORED, {}, "no figure for 2013, and no standard set"),
    (STANDARD, {}, "no figure for 2013"),
    (STANDARD, {2013: WITHHELD}, "no figure for 2013"),
    (STANDARD, {2013: CANCELLED}, "does not apply in 2013"),
    (INCREASE, {2013: 5}, "no baseline of 2011 to hold it against"),
    (RISE, {2013: 5}, "no earlier figure to hold it against"),
    (ABOVE_TREND, {2008: 1, 2009: 2, 2013: 5}, "too few earlier figures for a trend"),
    (DUE, {2013: 60}, "no baseline of 2011 to hold it against"),
]


@pytest.mark.parametrize(("spec", "figures", "words"), FINDINGS)
def test_a_finding_says_how_the_figure_stands(spec, figures, words):
    assert said(spec, figures) == words


@pytest.mark.parametrize(
    ("spending", "words"),
    [(11.2, "within"), (12.3, "slightly over"), (13, "over")],
)
def test_a_reference_is_named_with_its_figure(spending, words):
    lines = [*rows({2013: spending}), *rows({2013: 12}, "B")]
    assert said(SPENDING, lines, beside=[BUDGET]) == f"{words} the CHF 12.0 million of “Budget”"


def test_a_missing_reference_is_named():
    assert said(SPENDING, {2013: 11}, beside=[BUDGET]) == "no “Budget” of 2013 to hold it against"


DUE_THIS_YEAR = DUE | {"due": "2013"}


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (80, "the target of 80 % by 2013 is reached"),
        (78, "the target of 80 % by 2013 is nearly reached"),
        (70, "the target of 80 % by 2013 was missed"),
    ],
)
def test_in_its_year_a_target_is_reached_or_missed(value, words):
    assert said(DUE_THIS_YEAR, {2011: 60, 2013: value}) == words


EXACTLY = indicator("between", target="5|5", tolerance="0.1", unit="days")


@pytest.mark.parametrize(("value", "words"), [(5, "meets"), (5.2, "just off"), (9, "off")])
def test_a_band_without_width_is_a_standard(value, words):
    assert said(EXACTLY, {2013: value}) == f"{words} the standard of exactly 5 days"


@pytest.mark.parametrize(
    ("spec", "year", "words"),
    [
        (MILESTONE, 2012, "due by 30 June 2013"),
        (INCREASE, 2011, "not yet due, in or before its baseline years"),
    ],
)
def test_what_is_not_yet_due_says_so(spec, year, words):
    assert said(spec, rows({2011: 5}) if spec is INCREASE else {}, year) == words


def test_the_best_possible_value_of_a_ratchet_need_not_rise():
    full = RISE | {"maximum": "100"}
    assert said(full, {2011: 60, 2012: 100, 2013: 100}) == "at its best possible"


@pytest.mark.parametrize(
    ("before", "now", "turn"),
    [
        (96, 97, ""),
        (90, 96, ", unlike the year before"),
        (91, 96, ", unlike the year before"),
        (96, 80, ", rated better the year before"),
        (91, 80, ""),
        (96, 91, ""),
        (80, 85, ", again"),
        (80, 91, ""),
    ],
)
def test_the_turn_since_the_year_before(before, now, turn):
    words = said(STANDARD, {2013: now})
    assert said(STANDARD, {2012: before, 2013: now}) == words + turn


def test_a_heading_names_the_indicator_and_the_part_that_decides():
    each = STANDARD | {"name": "Texts in time", "breakdowns": "each"}
    figures = {2013: {"Arabic": 91, "French": 98}}
    assert said(each, figures, say=heading) == "Texts in time, Arabic: just short of the standard of 95 %"


@pytest.mark.parametrize(
    ("spec", "figures", "line"),
    [
        (STANDARD, {2013: 91}, "It: 91 % in 2013, just short of the standard of 95 %."),
        (INCREASE, {2013: 5}, "It: 5 visits in 2013, no baseline of 2011 to hold it against."),
        (ZERO, {2013: 2}, "It: 2 incidents where none is accepted."),
        (MILESTONE, {2013: "2013-09-01"}, "It: done on 1 September 2013, late."),
        (MONITORED, {2013: 129}, "It: 129 countries in 2013; no standard is set."),
        (STANDARD, {}, "It: no figure for 2013."),
    ],
)
def test_a_headline_gives_the_figure_once(spec, figures, line):
    assert said(spec, figures, say=headline) == line


@pytest.mark.parametrize(
    ("kind", "value", "words"),
    [
        ("yes_no", "yes", "in place"),
        ("yes_no", "no", "not in place"),
        ("date", "no", "not done"),
        ("date", "2013-06-30", "30 June 2013"),
    ],
)
def test_a_monitored_word_is_said_in_words(kind, value, words):
    spec = indicator("monitor", kind=kind)
    assert said(spec, {2013: value}) == f"{words} in 2013; no standard is set"


# ---------------------------------------------------------------- what readers took the wrong way

IN_CHF = {"unit": "CHF"}
BOTH_164 = [*rows({2013: 164386120}), *rows({2013: 163900000}, "B")]


def test_a_figure_and_its_yardstick_never_read_the_same():
    line = said(SPENDING | IN_CHF, BOTH_164, say=headline, beside=[BUDGET | IN_CHF])
    assert line == "It: CHF 164.39 million in 2013, slightly over the CHF 163.90 million of “Budget”."


@pytest.mark.parametrize(
    ("value", "line"),
    [
        (94.96, "It: 94.96 % in 2013, just short of the standard of 95 %."),
        (95, "It: 95 % in 2013, which meets the standard of 95 %."),
    ],
)
def test_a_figure_just_short_of_its_standard_is_not_rounded_to_it(value, line):
    assert said(STANDARD, {2013: value}, say=headline) == line


RESULT = INCREASE | IN_CHF | {"minimum": ""}
COST = DECREASE | IN_CHF | {"minimum": ""}


@pytest.mark.parametrize(
    ("spec", "figures", "words"),
    [
        (RESULT, {2011: -412000, 2013: 148750}, "improved by CHF 561 000 since 2011"),
        (RESULT, {2011: -400, 2013: -300}, "improved by CHF 100 since 2011"),
        (RESULT, {2011: -400, 2013: -500}, "worsened by CHF 100 since 2011"),
        (RESULT, {2011: 400, 2013: -100}, "worsened by CHF 500 since 2011"),
        (COST, {2011: 400, 2013: -100}, "improved by CHF 500 since 2011"),
        (RESULT, {2011: -400, 2012: -200, 2013: -300}, "improved by CHF 100 since 2011, but down since 2012"),
        (RESULT, {2011: -400, 2013: -400}, "hardly changed since 2011"),
        (RESULT, {2011: 400, 2013: 484}, "up 10 % a year since 2011"),
        (RESULT, {2011: 0, 2013: 5}, "up from none in 2011"),
    ],
)
def test_growth_from_under_nil_is_an_amount_and_not_a_rate(spec, figures, words):
    assert said(spec, figures) == words


def test_a_better_value_that_was_held_against_less_is_not_called_a_better_year():
    before = [*rows({2012: 12, 2013: 11}), *rows({2012: 13, 2013: 9}, "B")]
    words = said(SPENDING, before, beside=[BUDGET])
    assert words == "over the CHF 9.0 million of “Budget”, rated better the year before"


@pytest.mark.parametrize(
    ("spec", "figures", "words"),
    [
        (YES, {2012: "yes", 2013: "no"}, "not in place, unlike the year before"),
        (RISE, {2011: 60, 2012: 60, 2013: 50}, "fell instead of rising"),
        (RISE, {2011: 60, 2012: 50, 2013: 40}, "fell instead of rising, off track again"),
        (FALL, {2011: 8, 2012: 9, 2013: 9}, "did not change, off track again"),
        (FALL, {2011: 8, 2012: 9, 2013: 7}, "fell, rated worse the year before"),
        (DECREASE, {2011: 9, 2012: 9, 2013: 7}, "down 11.8 % a year since 2011, rated worse the year before"),
    ],
)
def test_of_a_change_only_the_rating_of_the_year_before_is_told(spec, figures, words):
    assert said(spec, figures) == words


def test_a_year_before_the_plan_was_not_rated():
    assert said(STANDARD, {2011: 80, 2012: 80}, 2012) == "short of the standard of 95 %"


def test_the_year_before_is_that_of_the_part_which_is_named():
    each = STANDARD | {"breakdowns": "each"}
    figures = {2012: {"Arabic": 80, "French": 97}, 2013: {"Arabic": 97, "French": 80}}
    assert said(each, figures) == "short of the standard of 95 %, rated better the year before"


WITHDRAWN = [
    row(2013, "91", reported_on="2014-02-10"),
    row(2013, WITHHELD, reported_on="2014-06-19") | {"comment": "Counted twice."},
]


def test_a_withdrawn_figure_is_not_called_missing():
    assert said(STANDARD, WITHDRAWN) == "the figure for 2013 was withdrawn"
    line = said(STANDARD, WITHDRAWN, say=headline)
    assert line == "It: the figure for 2013 was withdrawn. The reporter says: “Counted twice.”"


def test_of_a_sum_one_figure_was_withdrawn():
    parts = [line | {"breakdown": "East"} for line in WITHDRAWN] + [row(2013, "3", part="West")]
    assert said(FALL | {"breakdowns": "sum"}, parts) == "a figure for 2013 was withdrawn"
