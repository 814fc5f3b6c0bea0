"""Sentences against the ratings they speak of: the same figures, the same goalposts, one grammatical line."""

import re
from pathlib import Path

import pytest
from small_plans import WITHHELD, indicator, plan_of, row, rows

from gsanalysis.plan import load
from gsanalysis.rating.evaluation import Evaluation
from gsanalysis.rating.rules import RATINGS
from gsanalysis.wording.explanation import explanation
from gsanalysis.wording.findings import headline
from gsanalysis.wording.words import RATING_WORDS

DATA = Path(__file__).parents[1] / "data"
PLANS = {"real": load(DATA), "invented": load(DATA / "illustrative")}
NUMBER = re.compile(r"−?\d[\d\u202f]*(?:\.\d+)?(?: million)?")
DISTANCE = re.compile(r" (short of|over|above|below) ")


def is_said(value, text):
    """Whether a number stands in the text as it is read: to three digits, or to a tenth of a million."""
    for written in NUMBER.findall(text):
        said = float(written.removesuffix(" million").replace("\u202f", "").replace("−", "-"))
        if abs(said - value) <= 0.0051 * abs(value):
            return True
        if "million" in written and min(abs(said - value), abs(said - value / 1e6)) <= 0.05001:
            return True
    return False


def rated_rows(name, year):
    """The rated rows of `assess`, each with the text that explains it."""
    evaluation = Evaluation(PLANS[name], year)
    for found in evaluation.indicators.to_dict("records"):
        if found["rating"] in RATINGS:
            yield found, " ".join(explanation(evaluation, found["indicator"]).why)


@pytest.mark.parametrize("year", range(2012, 2016))
@pytest.mark.parametrize("name", PLANS)
def test_the_value_the_target_and_the_rating_of_assess_are_all_said(name, year):
    for found, why in rated_rows(name, year):
        assert RATING_WORDS[found["rating"]] in why, found
        for number in (found["value"], found["target"]):
            none = number == 0 and re.search("[Nn]one", why)
            if isinstance(number, float) and "the best there is" not in why and not none:
                assert is_said(number, why), (found, why)


@pytest.mark.parametrize("year", range(2012, 2016))
@pytest.mark.parametrize("name", PLANS)
def test_a_distance_that_is_said_is_the_gap_of_assess(name, year):
    for found, why in rated_rows(name, year):
        judged = why.split(f": {RATING_WORDS[found['rating']]}.")[0]
        moved = "(" in judged  # of a ratchet or direction the two values are said, not their distance
        if found["gap"] == found["gap"] and DISTANCE.search(judged) and not moved:
            assert is_said(abs(found["gap"]), judged), (found, why)


def test_a_budget_that_came_late_was_not_revised_from_nothing():
    spending = indicator("at_most", target="B", unit="CHF million")
    budget = indicator("monitor", indicator="B", name="Budget", unit="CHF million")
    lines = [
        row(2013, "11"),
        row(2013, WITHHELD, indicator="B", reported_on="2013-02-01"),
        row(2013, "12", indicator="B", reported_on="2014-04-01"),
    ]
    evaluation = Evaluation(plan_of([spending, budget], lines), 2013)
    assert explanation(evaluation, "I").caveats == []


RISE = indicator("rise_each_year", unit="members")
DUE = indicator("at_least", target="80", due="2013", baseline_years="2011", tolerance="0.05", unit="%")
LINES = [
    (indicator("at_least", target="95", unit="%"), {2013: 96}, "96 % in 2013, which meets the standard of 95 %"),
    (RISE, {2012: 60, 2013: 65}, "rose to 65 members in 2013"),
    (RISE, {2012: 60, 2013: 55}, "fell to 55 members in 2013 instead of rising"),
    (RISE, {2012: 60, 2013: 60}, "60 members in 2013, unchanged"),
    (RISE | {"baseline_years": "2011"}, {2011: 60, 2012: 40, 2013: 41},
     "rose to 41 members in 2013, but not back to the baseline"),
    (DUE, {2011: 60, 2013: 80}, "80 % in 2013; the target of 80 % by 2013 is reached"),
    (DUE, {2011: 60, 2013: 78}, "78 % in 2013; the target of 80 % by 2013 is nearly reached"),
]  # fmt: skip


@pytest.mark.parametrize(("spec", "figures", "line"), LINES)
def test_a_line_of_the_summary_is_one_grammatical_sentence(spec, figures, line):
    evaluation = Evaluation(plan_of([spec], rows(figures)), 2013)
    assert headline(evaluation, evaluation.ratings["I"]).replace("\u202f", " ") == f"It: {line}."
