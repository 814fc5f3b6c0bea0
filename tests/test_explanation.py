"""The sentences that say why a rating is what it is, each written out by hand for a figure or two."""

import re
import tempfile
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from random_plans import packages
from small_plans import CANCELLED, WITHHELD, plan_of, rated, row, rows
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

from gsanalysis.plan import load
from gsanalysis.rating.evaluation import Evaluation
from gsanalysis.rating.rules import RATINGS
from gsanalysis.wording.explanation import explain, explanation
from gsanalysis.wording.words import RATING_WORDS

LATER_COLUMNS = ("owner", "first_target", "confirmed_by", "confirmed_on")


def told(spec, lines, year=2013, as_of=None, beside=()):
    """The explanation of one indicator; `lines` may be {year: value}; `beside`: other indicators."""
    lines = rows(lines) if isinstance(lines, dict) else lines
    plan = plan_of([spec, *beside], lines)
    for column in LATER_COLUMNS:
        plan.indicators[column] = [one.get(column, "") for one in (spec, *beside)]
    for column in ("responses", "invited"):
        plan.measurements[column] = [line.get(column, "") for line in sorted(lines, key=lambda x: x["year"])]
    return explanation(Evaluation(plan, year, as_of), "I")


def read(sentences):
    """Sentences as one text, with plain spaces for thin ones."""
    return " ".join(sentences).replace("\u202f", " ")


# ---------------------------------------------------------------- what is asked

ASKED = [
    (STANDARD, "The standard is at least 95 % in every year, as the plan states."),
    (CEILING, "The standard is at most 4 hours in every year, as the plan states."),
    (DUE, "The target is at least 80 % by 2015, as the plan states."),
    (BAND, "The standard is from 4 to 6 days in every year, as the plan states."),
    (ZERO, "The standard is none at all in every year, as the plan states."),
    (YES, "It must be in place in every year, as the plan states."),
    (LEVEL, "The standard is “good” or better, on a scale from “poor” to “excellent”, as the plan states."),
    (MILESTONE, "It is due by 30 June 2013, as the plan states."),
    (RISE, "It must rise every year, from the baseline of 2011, as the plan states."),
    (FALL, "It must fall every year, as the plan states."),
    (
        ABOVE_TREND,
        "It must be at least the trend of 2008 to 2011, or their mean where that is higher, as the plan states.",
    ),
    (
        BELOW_TREND,
        "It must be at most the trend of 2008 to 2011, or their mean where that is lower, as the plan states.",
    ),
    (INCREASE, "Measured from 2011, it should rise, as the plan states."),
    (DECREASE, "Measured from 2011, it should fall, as the plan states."),
    (MONITORED, "No standard is set, so it is not rated."),
    (BAND | {"target": "5|5"}, "The standard is exactly 5 days in every year, as the plan states."),
    (STANDARD | {"target": "99.125"}, "The standard is at least 99.125 % in every year, as the plan states."),
    (CEILING | {"target": "1234567"}, "The standard is at most 1 234 567 hours in every year, as the plan states."),
    (FALL | {"baseline_years": "2012"}, "It must fall every year, from the baseline of 2012, as the plan states."),
]  # fmt: skip


@pytest.mark.parametrize(("spec", "sentence"), ASKED)
def test_what_a_rule_asks_is_said_in_a_sentence(spec, sentence):
    assert read(told(spec, {}).why).startswith(sentence)


WHOSE = [
    ({"basis": "plan"}, "as the plan states."),
    ({"basis": "derived"}, "derived from the plan's words."),
    ({"basis": "assumed"}, "assumed by the evaluation unit and not yet confirmed."),
    (
        {"basis": "assumed", "confirmed_by": "R. Roe"},
        "assumed by the evaluation unit and confirmed by R. Roe.",
    ),
    (
        {"basis": "derived", "confirmed_by": "R. Roe Jr.", "confirmed_on": "2013-03-14"},
        "derived from the plan's words and confirmed by R. Roe Jr. on 14 March 2013.",
    ),
]


@pytest.mark.parametrize(("cells", "ending"), WHOSE)
def test_a_standard_says_whose_reading_it_is(cells, ending):
    assert read(told(STANDARD | cells, {}).why).startswith(
        f"The standard is at least 95 % in every year, {ending}"
    )


# ---------------------------------------------------------------- why, and what would change it

# What is asked is left out here.
# fmt: off
WHY = {
    "a standard met": (
        STANDARD, {2013: 96}, "achieved",
        "In 2013 it was 96 %. 96 % is 1 point above 95 %: achieved. Under 95 % it would be at risk.",
    ),
    "a standard exactly met": (
        STANDARD, {2013: 95}, "achieved",
        "In 2013 it was 95 %. 95 % is exactly what is asked: achieved. Under 95 % it would be at risk.",
    ),
    "a standard missed within its tolerance": (
        STANDARD, {2013: 91}, "at_risk",
        "In 2013 it was 91 %. 91 % is 4 points short of 95 %, within the tolerance of 5 %: at risk. From 95 %"
        " it would be achieved, under 90.25 % off track.",
    ),
    "a standard missed": (
        STANDARD, {2013: 90}, "off_track",
        "In 2013 it was 90 %. 90 % is 5 points short of 95 %, beyond the tolerance of 5 %: off track. From "
        "90.25 % it would be at risk.",
    ),
    "a ceiling kept": (
        CEILING, {2013: 3.5}, "achieved",
        "In 2013 it was 3.5 hours. 3.5 is 0.5 hours below 4: achieved. Above 4 hours it would be at risk.",
    ),
    "a ceiling passed within its tolerance": (
        CEILING, {2013: 4.5}, "at_risk",
        "In 2013 it was 4.5 hours. 4.5 is 0.5 hours over 4, within the tolerance of 25 %: at risk. Above 5 "
        "hours it would be off track, at 4 hours or less achieved.",
    ),
    "a ceiling passed": (
        CEILING, {2013: 6.2}, "off_track",
        "In 2013 it was 6.2 hours. 6.2 is 2.2 hours over 4, beyond the tolerance of 25 %: off track. At 5 "
        "hours or less it would be at risk.",
    ),
    "a target reached early": (
        DUE, {2011: 60, 2013: 80}, "achieved",
        "In 2013 it was 80 %. 80 % reaches the target of 80 %: achieved. Under 80 % it would be on track.",
    ),
    "a target on the path": (
        DUE, {2011: 60, 2013: 70}, "on_track",
        "In 2013 it was 70 %. From 60 % in 2011 to 70 % is 50 % of the way after 50 % of the time, the pace "
        "needed: on track. 2 years are left for the remaining 10 points. From 80 % it would be achieved, "
        "under 69.5 % at risk.",
    ),
    "a target behind the path": (
        DUE, {2011: 60, 2013: 68}, "at_risk",
        "In 2013 it was 68 %. From 60 % in 2011 to 68 % is 40 % of the way after 50 % of the time, 0.8 of the"
        " pace needed: at risk. 2 years are left for the remaining 12 points. From 69.5 % it would be on "
        "track, under 66 % off track.",
    ),
    "a target far behind the path": (
        DUE, {2011: 60, 2013: 65}, "off_track",
        "In 2013 it was 65 %. From 60 % in 2011 to 65 % is 25 % of the way after 50 % of the time, 0.5 of the"
        " pace needed: off track. 2 years are left for the remaining 15 points. From 66 % it would be at "
        "risk.",
    ),
    "a step away from the target": (
        DUE, {2011: 60, 2013: 58}, "off_track",
        "In 2013 it was 58 %. From 60 % in 2011 to 58 % is no step towards the target after 50 % of the time:"
        " off track. 2 years are left for the remaining 22 points. From 66 % it would be at risk.",
    ),
    "a baseline that met the target already": (
        DUE, {2011: 82, 2013: 78}, "off_track",
        "In 2013 it was 78 %. The baseline of 82 % met the target already, and 78 % no longer does: off "
        "track. 2 years are left for the remaining 2 points. From 80 % it would be achieved.",
    ),
    "inside a band": (
        BAND, {2013: 5}, "achieved",
        "In 2013 it was 5 days. 5 lies within the band: achieved. Above 6 days or under 4 days it would be at"
        " risk.",
    ),
    "just outside a band": (
        BAND, {2013: 6.2}, "at_risk",
        "In 2013 it was 6.2 days. 6.2 is 0.2 days outside the band, within the tolerance of 10 %: at risk. "
        "Above 6.6 days it would be off track, at 6 days achieved.",
    ),
    "outside a band": (
        BAND, {2013: 3}, "off_track",
        "In 2013 it was 3 days. 3 is 1 day outside the band, beyond the tolerance of 10 %: off track. At "
        "3.6 days it would be at risk.",
    ),
    "none as asked": (
        ZERO, {2013: 0}, "achieved",
        "In 2013 it was 0 incidents. None is what is asked: achieved. Any other value would be off track.",
    ),
    "one where none is accepted": (
        ZERO, {2013: 1}, "off_track",
        "In 2013 it was 1 incident. 1 is more than none: off track. With none it would be achieved.",
    ),
    "in place": (
        YES, {2013: "yes"}, "achieved",
        "In 2013 it was in place: achieved. If it were not in place, it would be off track.",
    ),
    "not in place": (
        YES, {2013: "no"}, "off_track",
        "In 2013 it was not in place: off track. If it were in place, it would be achieved.",
    ),
    "the level asked for": (
        LEVEL, {2013: "good"}, "achieved",
        "In 2013 it was “good”. “good” is exactly what is asked: achieved. With “fair” it would be at risk.",
    ),
    "a better level": (
        LEVEL, {2013: "excellent"}, "achieved",
        "In 2013 it was “excellent”. “excellent” is better than “good”: achieved. With “fair” it would be at "
        "risk.",
    ),
    "one step below": (
        LEVEL, {2013: "fair"}, "at_risk",
        "In 2013 it was “fair”. “fair” is one step below “good”, which the tolerance allows for: at risk. "
        "With “good” it would be achieved, with “poor” off track.",
    ),
    "two steps below": (
        LEVEL, {2013: "poor"}, "off_track",
        "In 2013 it was “poor”. “poor” is 2 steps below “good”: off track. With “fair” it would be at risk.",
    ),
    "done in time": (
        MILESTONE, {2013: "2013-05-31"}, "achieved",
        "It was done on 31 May 2013, in time: achieved. Done after 30 June 2013 it would be off track.",
    ),
    "done late": (
        MILESTONE, {2013: "2013-09-01"}, "off_track",
        "It was done on 1 September 2013, late; done all the same: off track. Done by 30 June 2013 it would "
        "be achieved.",
    ),
    "reported as not done": (
        MILESTONE, {2013: "no"}, "off_track",
        "On 31 March 2014, after the date, it was reported as not done: off track. Done by 30 June 2013 it "
        "would be achieved.",
    ),
    "silence on a milestone": (
        MILESTONE, {}, "no_data",
        "Nobody has reported whether it is done: no data. It is not counted as missed.",
    ),
    "not done before the date and silence since": (
        MILESTONE, [row(2012, "no")], "no_data",
        "It was reported as not done on 31 March 2013, and nobody has reported since the date came: no data. "
        "It is not counted as missed.",
    ),
    "a rise above the baseline": (
        RISE, {2011: 60, 2012: 61, 2013: 65}, "achieved",
        "In 2013 it was 65 members. It rose from 61 (2012) to 65 members, and stands above the baseline of 60"
        " (2011): achieved. At 61 members or less it would be at risk.",
    ),
    "a rise still below the baseline": (
        RISE, {2011: 60, 2012: 40, 2013: 41}, "at_risk",
        "In 2013 it was 41 members. It rose from 40 (2012) to 41 members, but is still below the baseline of "
        "60 (2011): at risk. From 60 members it would be achieved, with 39 members or fewer off track.",
    ),
    "a fall within the tolerance": (
        RISE, {2011: 60, 2012: 65, 2013: 64}, "at_risk",
        "In 2013 it was 64 members. It fell from 65 (2012) to 64 members, within the tolerance of 2 %: at "
        "risk. Above 65 members it would be achieved, with 63 members or fewer off track.",
    ),
    "a fall where a rise was asked": (
        RISE, {2011: 60, 2012: 65, 2013: 50}, "off_track",
        "In 2013 it was 50 members. It fell from 65 (2012) to 50 members, beyond the tolerance of 2 %: off "
        "track. With 64 members or more it would be at risk.",
    ),
    "a fall as asked": (
        FALL, {2012: 9, 2013: 7}, "achieved",
        "In 2013 it was 7 complaints. It fell from 9 (2012) to 7 complaints: achieved. From 9 complaints it "
        "would be off track.",
    ),
    "no change where a fall was asked": (
        FALL, {2012: 9, 2013: 9}, "off_track",
        "In 2013 it was 9 complaints. It stayed at 9 complaints, as in 2012: off track. Under 9 complaints it"
        " would be achieved.",
    ),
    "above the trend": (
        ABOVE_TREND, RISING | {2013: 41}, "achieved",
        "In 2013 it was 41 activities. The trend of 2008 to 2011, carried on to 2013, gives 40 activities; 41"
        " is 1 activity above it: achieved. Under 40 activities it would be at risk.",
    ),
    "just below the trend": (
        ABOVE_TREND, RISING | {2013: 39}, "at_risk",
        "In 2013 it was 39 activities. The trend of 2008 to 2011, carried on to 2013, gives 40 activities; 39"
        " is 1 activity short of it, within the tolerance of 5 %: at risk. From 40 activities it would be "
        "achieved, under 38 activities off track.",
    ),
    "below the trend": (
        ABOVE_TREND, RISING | {2013: 31}, "off_track",
        "In 2013 it was 31 activities. The trend of 2008 to 2011, carried on to 2013, gives 40 activities; 31"
        " is 9 activities short of it, beyond the tolerance of 5 %: off track. From 38 activities it would be"
        " at risk.",
    ),
    "exactly on a falling trend": (
        BELOW_TREND, FALLING | {2013: 40}, "achieved",
        "In 2013 it was 40 days. The trend of 2008 to 2011, carried on to 2013, gives 40 days; 40 is exactly "
        "that: achieved. Above 40 days it would be off track.",
    ),
    "above a falling trend": (
        BELOW_TREND, FALLING | {2013: 47}, "off_track",
        "In 2013 it was 47 days. The trend of 2008 to 2011, carried on to 2013, gives 40 days; 47 is 7 days "
        "over it: off track. At 40 days or less it would be achieved.",
    ),
    "growth": (
        INCREASE, {2011: 100, 2012: 110, 2013: 121}, "on_track",
        "In 2013 it was 121 visits. It rose from 100 (2011) to 121 visits, 10 % a year: on track. With 109 "
        "visits or fewer it would be at risk.",
    ),
    "no growth": (
        INCREASE, {2011: 100, 2013: 100}, "at_risk",
        "In 2013 it was 100 visits. It stayed at 100 visits, as in 2011, which is neither a rise nor a fall: "
        "at risk. With 102 visits or more it would be on track, with 99 visits or fewer off track.",
    ),
    "growth that turned": (
        INCREASE, {2011: 100, 2012: 120, 2013: 110}, "at_risk",
        "In 2013 it was 110 visits. It rose from 100 (2011) to 110 visits, 4.88 % a year, but fell from 120 "
        "since 2012: at risk. With 120 visits or more it would be on track, with 99 visits or fewer off track.",
    ),
    "a loss where growth was asked": (
        INCREASE, {2011: 100, 2013: 90}, "off_track",
        "In 2013 it was 90 visits. It fell from 100 (2011) to 90 visits, 5.13 % a year: off track. With "
        "100 visits or more it would be at risk.",
    ),
    "a decrease": (
        DECREASE, {2011: 100, 2013: 81}, "on_track",
        "In 2013 it was 81 messages. It fell from 100 (2011) to 81 messages, 10 % a year: on track. With "
        "100 messages or more it would be at risk.",
    ),
    "a decrease to the least there is": (
        DECREASE, {2011: 100, 2013: 0}, "on_track",
        "In 2013 it was 0 messages. 0 is the best there is; it need not fall: on track. With 100 messages "
        "or more it would be at risk.",
    ),
    "a decrease that turned": (
        DECREASE, {2011: 100, 2012: 70, 2013: 80}, "at_risk",
        "In 2013 it was 80 messages. It fell from 100 (2011) to 80 messages, 10.6 % a year, but rose from 70 "
        "since 2012: at risk. With 102 messages or more it would be off track, with 70 messages or fewer on "
        "track.",
    ),
    "an increase where less was asked": (
        DECREASE, {2011: 100, 2013: 120}, "off_track",
        "In 2013 it was 120 messages. It rose from 100 (2011) to 120 messages, 9.54 % a year: off track. With "
        "101 messages or fewer it would be at risk.",
    ),
    "monitored": (
        MONITORED, {2013: 129}, "monitored",
        "In 2013 it was 129 countries.",
    ),
    "monitored without a figure": (
        MONITORED, {}, "monitored",
        "No figure was reported for 2013.",
    ),
    "no figure": (
        STANDARD, {}, "no_data",
        "No figure was reported for 2013: no data.",
    ),
    "not collected": (
        STANDARD, {2013: WITHHELD}, "no_data",
        "The figure was not collected for 2013: no data.",
    ),
    "a cancelled event": (
        STANDARD, {2013: CANCELLED}, "not_applicable",
        "It does not apply in 2013: not applicable.",
    ),
    "no baseline": (
        INCREASE, {2013: 5}, "no_comparison",
        "In 2013 it was 5 visits. No baseline was reported for 2011, so it can't be rated: no comparison.",
    ),
    "no earlier value": (
        RISE, {2013: 5}, "no_comparison",
        "In 2013 it was 5 members. No value of the three years before is known to hold it against: no "
        "comparison.",
    ),
    "too few values for a trend": (
        ABOVE_TREND, {2008: 1, 2009: 2, 2013: 5}, "no_comparison",
        "In 2013 it was 5 activities. 2 of 4 baseline values of 2008 to 2011 are known, and a trend needs "
        "three: no comparison.",
    ),
    "a target without its baseline": (
        DUE, {2013: 60}, "no_comparison",
        "In 2013 it was 60 %. No baseline was reported for 2011, so it can't be rated: no comparison.",
    ),
}
# fmt: on


@pytest.mark.parametrize("case", WHY)
def test_the_figure_the_judgement_and_what_would_change_it(case):
    spec, figures, rating, text = WHY[case]
    said = told(spec, figures)
    assert said.rating == rating
    asked = ("as the plan states.", "No standard is set, so it is not rated.")
    assert read([s for s in [*said.why, *said.change] if not s.endswith(asked)]) == text


@pytest.mark.parametrize(
    ("spec", "figures", "year", "reason"),
    [
        (MILESTONE, {}, 2012, "The date had not come by 31 December 2012: not yet due."),
        (
            INCREASE,
            {2011: 5},
            2011,
            "The baseline year is 2011, and what is asked holds after that: not yet due.",
        ),
        (
            ABOVE_TREND,
            RISING,
            2010,
            "The baseline years are 2008 to 2011, and what is asked holds after that: not yet due.",
        ),
    ],
)
def test_what_is_not_yet_due_says_from_when_it_is(spec, figures, year, reason):
    said = told(spec, figures, year)
    assert (read(said.why[-1:]), said.change) == (reason, [])


REFERENCE = [
    (11.2, "CHF 11.2 million is CHF 0.8 million below CHF 12.0 million: achieved. Above CHF 12 million"
     " it would be at risk."),
    (12.3, "CHF 12.3 million is CHF 0.3 million over CHF 12.0 million, within the tolerance of 3 %: at risk."
     " Above CHF 12.36 million it would be off track, at CHF 12 million or less achieved."),
    (13, "CHF 13.0 million is CHF 1.0 million over CHF 12.0 million, beyond the tolerance of 3 %: off track."
     " At CHF 12.36 million or less it would be at risk."),
]  # fmt: skip


@pytest.mark.parametrize(("spending", "text"), REFERENCE)
def test_spending_is_held_against_the_budget_of_its_year(spending, text):
    said = told(SPENDING, [*rows({2013: spending}), *rows({2013: 12}, "B")], beside=[BUDGET])
    asked = "It must not exceed “Budget” of the same year, as the plan states."
    assert read([*said.why[1:], *said.change]) == f"{asked} {text}"


def test_a_missing_budget_is_named_with_the_one_who_could_supply_it():
    said = told(SPENDING, {2013: 11}, beside=[BUDGET | {"owner": "Finance"}])
    reason = "No figure of “Budget” was reported for 2013, so it can't be rated: no comparison."
    assert read(said.why).endswith(f"{reason} Who could supply it: Finance.")


@pytest.mark.parametrize(
    ("value", "judged"),
    [
        (80, "80 % reaches the target of 80 %: achieved."),
        (
            78,
            "The due year has come, and 78 % is 2 points short of 80 %, within the tolerance of 5 %: at risk.",
        ),
        (
            70,
            "The due year has come, and 70 % is 10 points short of 80 %, beyond the tolerance of 5 %: off track.",
        ),
    ],
)
def test_in_its_year_a_target_counts_like_a_standard(value, judged):
    assert read(told(DUE | {"due": "2013"}, {2011: 60, 2013: value}).why).endswith(judged)


def test_the_mean_is_named_where_it_is_harder_than_the_trend():
    falling = told(ABOVE_TREND, FALLING | {2013: 50})
    assert read(falling.why).endswith(
        "The mean of 2008 to 2011 is 54 activities; 50 is 4 activities short of it, beyond the tolerance of 5 %:"
        " off track."
    )


def test_a_ratchet_at_its_best_need_not_rise():
    said = told(RISE | {"maximum": "100", "unit": "%"}, {2011: 60, 2012: 100, 2013: 100})
    assert read(said.why).endswith("100 % is the best there is; it need not rise: achieved.")


def test_rounding_never_makes_a_distance_wrong():
    said = told(CEILING | {"target": "51000", "unit": "copies"}, {2013: 51870})
    assert "51 870 is 870 copies over 51 000" in read(said.why)


# ---------------------------------------------------------------- who could say more


def test_who_could_supply_a_missing_figure_is_named():
    said = told(STANDARD | {"owner": "Translation Inc."}, {})
    assert read(said.why).endswith(
        "No figure was reported for 2013: no data. Who could supply it: Translation Inc."
    )


def test_silence_on_a_milestone_is_not_counted_as_missed():
    said = told(MILESTONE | {"owner": "Buildings"}, {})
    assert said.rating == "no_data"
    assert read(said.why).endswith(
        "Nobody has reported whether it is done: no data. It is not counted as missed. Who could supply it: Buildings."
    )


@pytest.mark.parametrize(
    ("state", "comment", "said"),
    [
        (WITHHELD, "The meters were exchanged.", "The figure was not collected for 2013: no data."),
        (CANCELLED, "The event was cancelled!", "It does not apply in 2013: not applicable."),
    ],
)
def test_the_reporter_s_word_on_a_missing_figure_is_quoted(state, comment, said):
    why = read(told(STANDARD, [row(2013, state) | {"comment": comment}]).why)
    assert why.endswith(f"{said} The reporter says: “{comment}”")


def test_a_comment_without_a_full_stop_gets_one_behind_it():
    why = read(told(STANDARD, [row(2013, CANCELLED) | {"comment": "Held every second year"}]).why)
    assert why.endswith("The reporter says: “Held every second year”.")


def test_a_survey_of_every_second_year_is_compared_with_the_last_one():
    why = read(told(RISE | {"unit": "%"}, [*rows({2011: 60, 2013: 66}), row(2012, CANCELLED)]).why)
    assert why.endswith("It rose from 60 % (2011) to 66 %: achieved.")


def test_a_withdrawn_figure_is_named_with_its_days():
    lines = [row(2013, "91", reported_on="2014-02-10"), row(2013, WITHHELD, reported_on="2014-06-19")]
    reason = (
        "The figure for 2013, 91 %, reported on 10 February 2014, was withdrawn on 19 June 2014: no data."
    )
    assert read(told(STANDARD, lines).why).endswith(reason)
    assert told(STANDARD, lines, as_of="2014-06-18").rating == "at_risk"


# ---------------------------------------------------------------- parts

EACH = STANDARD | {"breakdowns": "each"}


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ({"Arabic": 91, "French": 98, "Russian": 97}, "2 of 3 rated parts are on course; “Arabic” decides."),
        ({"Arabic": 91, "French": 98}, "1 of 2 rated parts is on course; “Arabic” decides."),
        ({"Arabic": 91, "French": 80}, "None of the 2 rated parts is on course; “French” decides."),
        ({"Arabic": 97, "French": 98}, "All 2 rated parts are on course; “Arabic” decides."),
        ({"Arabic": 91, "French": WITHHELD}, "“French” has no figure for 2013."),
    ],
)
def test_the_part_that_decides_and_those_without_a_figure_are_named(parts, said):
    assert read(told(EACH, {2013: parts}).why).endswith(said)


def test_a_forgotten_part_is_named():
    why = read(told(EACH, {2012: {"Arabic": 96, "French": 96, "Russian": 96}, 2013: {"Arabic": 91}}).why)
    assert "In 2013 it was 91 % for “Arabic”." in why
    assert why.endswith("“French” and “Russian” have no figure for 2013.")


def test_a_sum_lacks_what_a_part_lacks():
    total = FALL | {"breakdowns": "sum"}
    why = read(told(total, {2012: {"East": 1, "West": 2}, 2013: {"East": 1}}).why)
    assert why.endswith("No figure of “West” was reported for 2013, though of other parts: no data.")


def test_a_sum_says_of_how_many_parts():
    why = read(
        told(FALL | {"breakdowns": "sum"}, {2012: {"East": 1, "West": 2}, 2013: {"East": 1, "West": 0}}).why
    )
    assert why.startswith("In 2013 it was 1 complaint, the sum of 2 parts.")


def test_figures_of_parts_alone_are_no_total():
    why = read(told(STANDARD, {2013: {"East": 96, "West": 91}}).why)
    assert why.endswith("No figure was reported for 2013 as a whole, only for “East” and “West”: no data.")


# ---------------------------------------------------------------- caveats and sources


@pytest.mark.parametrize(
    ("line", "caveat"),
    [
        (row(2013, "91", "provisional"), "The figure is provisional."),
        (row(2013, "91", "estimated"), "The figure is estimated."),
        (row(2013, "91", "illustrative"), "Invented to show the workbook."),
        (
            row(2013, "91") | {"comment": "Three posts  were vacant"},
            "The reporter says: “Three posts were vacant”.",
        ),
        (row(2013, "91"), ""),
    ],
)
def test_what_to_be_careful_with(line, caveat):
    assert read(told(STANDARD, [line]).caveats) == caveat


@pytest.mark.parametrize(
    ("answered", "asked", "caveat"),
    [
        (112, 640, "112 of 640 who were asked answered (18 %): too few to stand for all."
         " The shortfall of 4 points may be chance (± 9 points)."),
        (29, 40, "29 of 40 who were asked answered (73 %): too few to stand for all."
         " The shortfall of 4 points may be chance (± 10 points)."),
        (420, 640, "420 of 640 who were asked answered (66 %)."
         " The margin of error is ± 3 points: it may as well be off track."),
        (630, 640, "630 of 640 who were asked answered (98 %)."),
    ],
)  # fmt: skip
def test_a_survey_says_how_many_answered(answered, asked, caveat):
    line = row(2013, "91") | {"responses": str(answered), "invited": str(asked)}
    assert read(told(STANDARD, [line]).caveats) == caveat


AT_MOST = CEILING | {"unit": "%"}
SHARE_RISES = RISE | {"unit": "%", "tolerance": ""}


@pytest.mark.parametrize(
    ("spec", "earlier", "value", "chance"),
    [
        (STANDARD, {}, "96", "The lead of 1 point may be chance (± 9 points)."),
        (STANDARD, {}, "95", "The margin of error is ± 9 points: it may as well be at risk."),
        (AT_MOST, {}, "6", "The excess of 2 points may be chance (± 9 points)."),
        (DUE, {2011: 60}, "70", "The margin of error is ± 9 points: it may as well be at risk."),
        (
            DUE,
            {2011: 60},
            "68",
            "The margin of error is ± 9 points: it may as well be on track or off track.",
        ),
        (SHARE_RISES, {2012: 76}, "78", "The margin of error is ± 9 points: it may as well be off track."),
        (STANDARD, {}, "70", ""),  # 25 points short: no chance
        (STANDARD | {"unit": "days"}, {}, "91", ""),  # the formula is one for shares
        (MONITORED | {"unit": "%"}, {}, "91", ""),
    ],
)
def test_a_survey_whose_error_reaches_another_rating_says_so(spec, earlier, value, chance):
    line = row(2013, value) | {"responses": "112", "invited": "640"}
    answered = "112 of 640 who were asked answered (18 %): too few to stand for all."
    said = read(told(spec, [*rows(earlier), line]).caveats)
    assert said == f"{answered} {chance}".strip()


def test_a_comment_on_several_parts_of_a_sum_is_quoted_once():
    parts = [row(2013, "1", part=part) | {"comment": "Counted anew."} for part in ("East", "West")]
    said = told(FALL | {"breakdowns": "sum"}, parts)
    assert read(said.caveats) == "The reporter says: “Counted anew.”"


def test_a_page_whose_figures_are_all_invented_need_not_say_so_in_each_block():
    line = row(2013, "91", "illustrative") | {"comment": "Counted anew."}
    said = told(STANDARD, [line])
    assert said.caveats_beside(all_invented=False) == said.caveats
    assert said.caveats_beside(all_invented=True) == ["The reporter says: “Counted anew.”"]
    assert "Invented to show the workbook." in said.sentences()


def test_a_provisional_baseline_is_a_caveat_of_a_final_figure():
    said = told(INCREASE, [row(2011, "100", "provisional"), row(2013, "121")])
    assert read(said.caveats) == "A figure that the rating rests on is provisional."


@pytest.mark.parametrize(
    ("spending", "verdict"), [(11, "both give the same rating"), (12.5, "the first would give achieved")]
)
def test_a_budget_revised_after_the_fact_is_held_against_the_first_one_too(spending, verdict):
    budget = [
        row(2013, "13.1", indicator="B", reported_on="2013-01-15"),
        row(2013, "12", indicator="B", reported_on="2014-02-27"),
    ]
    said = told(SPENDING, [row(2013, f"{spending}"), *budget], beside=[BUDGET])
    revised = "“Budget” was revised from CHF 13.1 million to CHF 12.0 million on 27 February 2014"
    assert read(said.caveats) == f"{revised}; {verdict}."
    assert "first reported as CHF 13.1 million on 15 January 2013" in read(said.sources)


FIRST_TARGETS = [
    (STANDARD, {2013: 91}, "98", "98 % and moved since; the first would give off track"),
    (STANDARD, {2013: 91}, "92", "92 % and moved since; both give the same rating"),
    (STANDARD, {}, "98", "98 % and moved since"),
    (BAND, {2013: 5}, "6|8", "6 to 8 days and moved since; the first would give off track"),
    (LEVEL, {2013: "good"}, "excellent", "“excellent” and moved since; the first would give at risk"),
    (MILESTONE, {2013: "2013-05-31"}, "2012-12-31", "31 December 2012 and moved since; the first would give off track"),
    (MILESTONE | {"target": "2013-12-31"}, {2013: "2013-05-31"}, "2013-06-30",
     "30 June 2013 and moved since; both give the same rating"),
]  # fmt: skip


@pytest.mark.parametrize(("spec", "figures", "first", "said"), FIRST_TARGETS)
def test_a_target_that_moved_is_named_as_first_set(spec, figures, first, said):
    caveats = told(spec | {"first_target": first}, figures).caveats
    assert read(caveats) == f"The target was first set at {said}."


def test_every_figure_has_its_source_and_vintage():
    said = told(INCREASE, [row(2011, "100"), row(2012, "110", "provisional"), row(2013, "121")])
    rest = "checked by nobody outside the reporting service"
    assert said.sources == [
        f"2013: 121, A report, reported 31 March 2014, {rest}.",
        f"Baseline, 2011: 100, A report, reported 31 March 2012, {rest}.",
        f"Before, 2012: 110, A report, reported 31 March 2013, {rest}, provisional.",
    ]


def test_the_first_source_of_a_sum_says_that_there_are_more():
    total = FALL | {"breakdowns": "sum"}
    said = told(total, {2013: {"East": 1, "West": 0, "South": 2}})
    assert said.sources[0] == "Sum of 3 figures; each is among the sources."
    assert len(said.sources) == 4


def test_a_baseline_that_is_also_the_year_before_is_listed_once():
    assert len(told(INCREASE, {2011: 100, 2012: 110}, 2012).sources) == 2


def test_the_plan_s_words_come_first():
    said = told(STANDARD | {"note": "95 % is the usual share"}, {2013: 91})
    assert said.sentences()[:2] == ["The plan says: “A KPI”.", "How it is read: 95 % is the usual share."]


def test_explain_gives_all_sentences_in_reading_order():
    plan = plan_of([STANDARD], rows({2013: 91}))
    assert explain(plan, 2013, "I") == explanation(Evaluation(plan, 2013), "I").sentences()
    with pytest.raises(KeyError):
        explain(plan, 2013, "J")


# ---------------------------------------------------------------- for every plan

LONG_FLOAT = re.compile(
    r"\d{13,}|[1-9]\d*\.\d{12,}|0\.0*[1-9]\d{12,}"
)  # more than the twelve digits of an exact value
quickly = settings(
    max_examples=60, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)


def faults(said):
    """What no explanation may hold, whatever the plan and the figures are."""
    sentences = said.sentences()
    found = [s for s in sentences if not s.removesuffix("”").endswith((".", "!", "?"))]
    found += [
        s for s in sentences if re.search(r"\bNone\b(?! of the| is what)|\bnan\b|\binf\b|\.\.|  |“”", s)
    ]
    found += [s for s in sentences if LONG_FLOAT.search(s.replace("\u202f", ""))]
    found += [s for s in sentences if sentences.count(s) > 1]
    if said.rating in RATINGS and RATING_WORDS[said.rating] not in " ".join(said.why):
        found.append(f"{said.rating} is not said")
    return found if said.why else ["nothing is said"]


@quickly
@given(package=packages(indicators=8), year=st.integers(2011, 2015), shift=st.integers(0, 900))
def test_every_explanation_is_whole_sentences_without_a_slip(package, year, shift):
    with tempfile.TemporaryDirectory() as folder:
        plan = load(package.write(Path(folder)))
    day = (date(year, 6, 30) + timedelta(days=shift)).isoformat()
    for evaluation in (Evaluation(plan, year), Evaluation(plan, year, day)):
        for code in evaluation.ratings:
            assert faults(explanation(evaluation, code)) == [], code


# ---------------------------------------------------------------- what would change it, tried out

TURNING = {
    "a standard": (STANDARD, {2013: 91}),
    "an awkward threshold": (STANDARD | {"target": "94.4321", "tolerance": "0.0333"}, {2013: 80}),
    "a ceiling": (CEILING | {"target": "1.23456789", "tolerance": "0.0777"}, {2013: 1.3}),
    "a target on its way": (DUE, {2011: 61.1, 2013: 68}),
    "a falling target": (CEILING | {"target": "1.5", "due": "2015", "baseline_years": "2011"}, {2011: 4.21, 2013: 3}),
    "a band": (BAND, {2013: 6.2}),
    "a band from within": (BAND, {2013: 5}),
    "a negative band": (BAND | {"target": "-6.123456789|-4"}, {2013: -6.2}),
    "a ratchet": (RISE, {2011: 60, 2012: 40, 2013: 41}),
    "a falling ratchet": (FALL, {2012: 9, 2013: 9}),
    "a trend": (ABOVE_TREND, {2008: 20, 2009: 25, 2010: 27, 2011: 33, 2013: 38}),
    "a falling trend": (BELOW_TREND, {2008: 61, 2009: 55, 2010: 52, 2011: 47, 2013: 40}),
    "growth": (INCREASE, {2011: 97, 2012: 120, 2013: 110}),
    "no growth": (INCREASE, {2011: 123456, 2013: 123456}),
    "a decrease": (DECREASE, {2011: 97, 2012: 70, 2013: 80}),
}  # fmt: skip
CLAUSE = re.compile(r"(from|above|under|at|with) (−?[\d ]+(?:\.\d+)?)", re.I)


def said_values(change):
    """The values of a sentence like "From 95 % it would be achieved, under 90.25 % off track", with their words."""
    text = read(change)
    for word, number in CLAUSE.findall(text):
        value = float(number.replace(" ", "").replace("−", "-"))
        after = text.split(f"{word} {number}", 1)[1]
        yield word.lower(), value, re.search("achieved|on track|at risk|off track", after)[0]


@pytest.mark.parametrize("case", TURNING)
def test_a_value_that_is_said_to_change_the_rating_does_so_when_written_into_the_data(case):
    spec, figures = TURNING[case]
    found = list(said_values(told(spec, figures).change))
    assert found
    for word, value, rating in found:
        step = {"above": 1, "under": -1}.get(word, 0) * 1e-4 * max(1, abs(value))
        assert RATING_WORDS[rated(spec, figures | {2013: f"{value + step:.10f}"})["rating"]] == rating
        assert rated(spec, figures)["rating"] != rating


@pytest.mark.parametrize("value", ["0", "2"])
def test_zero_turns_with_any_other_value_or_with_none(value):
    change = told(ZERO, {2013: value}).change
    other = {"0": ("1", "Any other value would be off track."), "2": ("0", "With none it would be achieved.")}
    written, sentence = other[value]
    assert change == [sentence]
    assert RATING_WORDS[rated(ZERO, {2013: written})["rating"]] in sentence


PACES = [  # of the way from 0 (2011) to 100 (2015), half of the time gone: the pace is the value / 50
    (41.9, "0.84 of the pace needed: at risk"),
    (29.65, "0.59 of the pace needed: off track"),
    (47.48, "0.9496 of the pace needed: at risk"),  # 0.95 would be on track
    (29.99, "0.5998 of the pace needed: off track"),  # 0.6 would be at risk
    (29.99999, "0.5999998 of the pace needed: off track"),
    (47.5, "0.95 of the pace needed: on track"),
    (30, "0.6 of the pace needed: at risk"),
    (0.1, "0.002 of the pace needed: off track"),
    (50.1, "the pace needed: on track"),
]


@pytest.mark.parametrize(("value", "words"), PACES)
def test_a_pace_has_two_decimals_unless_they_would_tell_another_rating(value, words):
    path = DUE | {"target": "100", "unit": "number"}
    assert words in read(told(path, {2011: 0, 2013: value}).why)


@pytest.mark.parametrize(
    ("unit", "change"),
    [
        ("visits", "With 109 visits or fewer it would be at risk."),
        ("%", "Under 109.5 % it would be at risk."),
        ("CHF", "Under CHF 109.5 it would be at risk."),
    ],
)
def test_what_is_counted_turns_at_a_whole_number(unit, change):
    assert read(told(INCREASE | {"unit": unit}, {2011: 100, 2012: 110, 2013: 121}).change) == change


def test_what_is_not_whole_itself_turns_at_any_number():
    assert "Under 109.5 visits" in read(told(INCREASE, {2011: 100, 2012: 110, 2013: 120.5}).change)


def test_the_next_whole_number_may_have_another_rating_than_the_turn():
    ceiling = CEILING | {"target": "1", "tolerance": "0.5"}  # at risk up to 1.5, and 2 is beyond
    assert read(told(ceiling, {2013: 2}).change) == "With 1 hour or fewer it would be achieved."


def test_growth_from_under_nil_is_a_share_of_the_baselines_size():
    result = INCREASE | {"unit": "CHF", "minimum": ""}
    why = read(told(result, {2011: -400, 2013: 100}).why)
    assert (
        "It rose from CHF −400 (2011) to CHF 100, on average 62.5 % of the baseline's size a year: on track."
        in why
    )


def test_a_figure_is_written_as_in_the_comparison_that_follows():
    lines = [*rows({2013: 164386120}), *rows({2013: 163900000}, "B")]
    why = read(told(SPENDING | {"unit": "CHF"}, lines, beside=[BUDGET | {"unit": "CHF"}]).why)
    assert why.startswith("In 2013 it was CHF 164.39 million.")
    assert "CHF 164.39 million is CHF 486 000 over CHF 163.90 million, within the tolerance" in why


def test_growth_too_small_to_count_is_no_contradiction():
    text = " ".join(told(INCREASE, {2011: 1000, 2013: 1008}).why).replace("\u202f", " ")
    assert "0.399 % a year, too little to count as a rise: at risk." in text


def test_one_baseline_value_is_known_and_two_are():
    one, two = {2008: 1, 2013: 2}, {2008: 1, 2009: 1, 2013: 2}
    assert "1 of 4 baseline values of 2008 to 2011 is known" in read(told(ABOVE_TREND, one).why)
    assert "2 of 4 baseline values of 2008 to 2011 are known" in read(told(ABOVE_TREND, two).why)
