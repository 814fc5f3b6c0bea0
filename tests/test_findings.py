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
    (DUE, {2011: 60, 2013: 65}, "far off the path to 80 % by 2015"),
    (DUE, {2011: 60, 2013: 58}, "far off the path to 80 % by 2015"),
    (DUE, {2011: 82, 2013: 78}, "no longer at the target of 80 % by 2015"),
    (BAND, {2013: 5}, "within the band of 4 to 6 days"),
    (BAND, {2013: 6.2}, "just outside the band of 4 to 6 days"),
    (BAND, {2013: 3}, "outside the band of 4 to 6 days"),
    (ZERO, {2013: 0}, "none, as asked"),
    (ZERO, {2013: 1}, "1 incident where none is accepted"),
    (YES, {2013: "yes"}, "in place"),
    (YES, {2013: "no"}, "not in place"),
    (LEVEL, {2013: "good"}, "“good”"),
    (LEVEL, {2013: "excellent"}, "“excellent”"),
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
    (RISE, {2011: 60, 2012: 65, 2013: 50}, "fell instead of rising, after a better year"),
    (FALL, {2012: 9, 2013: 7}, "fell"),
    (FALL, {2012: 9, 2013: 9}, "did not change"),
    (ABOVE_TREND, RISING | {2013: 41}, "better than the trend of 2008 to 2011"),
    (ABOVE_TREND, RISING | {2013: 39}, "just behind the trend of 2008 to 2011"),
    (ABOVE_TREND, RISING | {2013: 31}, "behind the trend of 2008 to 2011"),
    (BELOW_TREND, FALLING | {2013: 40}, "exactly on the trend of 2008 to 2011"),
    (BELOW_TREND, FALLING | {2013: 47}, "behind the trend of 2008 to 2011"),
    (INCREASE, {2011: 100, 2012: 110, 2013: 121}, "up 10 % a year since 2011"),
    (INCREASE, {2011: 100, 2013: 100}, "hardly changed since 2011"),
    (INCREASE, {2011: 100, 2012: 120, 2013: 110}, "up 4.88 % a year since 2011, but turned last"),
    (INCREASE, {2011: 100, 2013: 90}, "down 5.13 % a year since 2011"),
    (DECREASE, {2011: 100, 2013: 81}, "down 10 % a year since 2011"),
    (DECREASE, {2011: 100, 2013: 0}, "at its best possible"),
    (DECREASE, {2011: 100, 2012: 70, 2013: 80}, "down 10.6 % a year since 2011, but turned last"),
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
    [(11.2, "within “Budget”"), (12.3, "slightly over “Budget”"), (13, "over “Budget”")],
)
def test_a_reference_is_named(spending, words):
    lines = [*rows({2013: spending}), *rows({2013: 12}, "B")]
    assert said(SPENDING, lines, beside=[BUDGET]) == words


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
        (96, 80, ", after a better year"),
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
