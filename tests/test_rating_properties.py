"""What must hold for every plan and every figure, whatever they are."""

import copy
import tempfile
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from random_plans import as_of_dates, packages
from small_plans import indicator, rated

from gsanalysis.plan import load
from gsanalysis.rating.rate import assess

RATINGS = ["achieved", "on_track", "at_risk", "off_track"]
YEAR = st.integers(2011, 2015)
quickly = settings(
    max_examples=20, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)


def ratings(package, year, level="indicator", as_of=None):
    """The records of `assess` on this package, empty cells as None."""
    with tempfile.TemporaryDirectory() as folder:
        frame = assess(load(package.write(Path(folder))), year, level, as_of)
    return frame.astype(object).where(frame.notna(), None).to_dict("records")


def changed(package, rows):
    other = copy.copy(package)
    other.rows = rows
    return other


def close_to(cell):
    return pytest.approx(cell, rel=1e-12) if isinstance(cell, float) else cell


def latest(package):
    """The row that counts of each indicator, year and part."""
    rows = {}
    for row in sorted(package.rows, key=lambda row: row["reported_on"]):
        rows[row["indicator"], row["year"], row["breakdown"]] = row
    return list(rows.values())


@quickly
@given(package=packages(indicators=6), year=YEAR, dice=st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_no_rating(package, year, dice):
    """Only which of several equal parts is named may depend on it, and with the part what is said of it."""
    shuffled = changed(package, dice.sample(package.rows, len(package.rows)))
    for before, after in zip(ratings(package, year), ratings(shuffled, year), strict=True):
        assert (before["rating"], before["missing"]) == (after["rating"], after["missing"])
        if before["breakdown"] == after["breakdown"]:
            assert before["state"] == after["state"]
            assert before["value"] == close_to(after["value"])


@quickly
@given(package=packages(indicators=6), year=YEAR, dice=st.randoms(use_true_random=False))
def test_what_was_reported_after_the_as_of_date_changes_nothing(package, year, dice):
    [as_of] = as_of_dates(dice, package, count=1)
    known = [row for row in package.rows if row["reported_on"] <= as_of]
    assert ratings(package, year, as_of=as_of) == ratings(changed(package, known), year, as_of=as_of)


@quickly
@given(package=packages(indicators=6), year=YEAR)
def test_the_same_figure_reported_again_changes_nothing(package, year):
    """Except for a milestone: a later `no` is news."""
    again = [
        dict(row, reported_on=(date.fromisoformat(row["reported_on"]) + timedelta(days=7)).isoformat())
        for row in latest(package)
        if row["value"] != "no"
    ]
    assert ratings(changed(package, package.rows + again), year) == ratings(package, year)


@quickly
@given(package=packages(indicators=6), year=YEAR, collected=st.booleans())
def test_a_missing_value_never_yields_a_rating(package, year, collected):
    """Whether its rows are absent or say that nothing was collected; but a milestone once done stays done."""
    others = [row for row in package.rows if row["year"] != year]
    empty = [dict(row, value="", state="not_collected") for row in package.rows if row["year"] == year]
    found = ratings(changed(package, others + empty if collected else others), year)
    for spec, answer in zip(package.indicators, found, strict=True):
        if spec["rule"] != "by_date":
            assert answer["rating"] not in RATINGS
            assert answer["state"] == ""


@quickly
@given(package=packages(indicators=8), year=YEAR)
def test_a_kpi_is_never_better_than_its_worst_rated_indicator(package, year):
    found = ratings(package, year)
    for kpi in ratings(package, year, "kpi"):
        own = [
            row["rating"]
            for spec, row in zip(package.indicators, found, strict=True)
            if spec["kpi"] == kpi["kpi"] and row["rating"] in RATINGS
        ]
        assert (kpi["rating"] in RATINGS) == bool(own)
        assert all(RATINGS.index(kpi["rating"]) >= RATINGS.index(rating) for rating in own)


@quickly
@given(package=packages(indicators=10), year=YEAR)
def test_the_share_on_course_lies_within_its_bounds(package, year):
    for row in ratings(package, year, "objective"):
        if row["ratable"]:
            low, high = row["on_course_low"], row["on_course_high"]
            assert 0 <= low <= high <= 1
            assert row["on_course"] is None or low <= row["on_course"] <= high
        else:
            assert row["on_course_low"] is row["on_course_high"] is row["coverage"] is None


@quickly
@given(package=packages(indicators=8), year=YEAR)
def test_what_is_not_rated_is_counted_too(package, year):
    """Nothing is left out of the total: every KPI of the plan stands in one column of its objective."""
    for row in ratings(package, year, "objective"):
        own = [kpi for kpi in package.kpis if kpi["objective"] == row["objective"]]
        states = ["no_data", "no_comparison", "not_yet_due", "not_applicable", "monitored"]
        assert sum(row[column] for column in RATINGS + states) == len(own)


# ---------------------------------------------------------------- a better value

MORE, LESS = "more", "less"
RULES = {
    "at_least": MORE, "at_most": LESS, "rise_each_year": MORE, "fall_each_year": LESS, "above_trend": MORE,
    "below_trend": LESS, "increase": MORE, "decrease": LESS,
}  # fmt: skip
VALUES = st.one_of(
    st.integers(-200, 200).map(str),
    st.decimals(-150, 150, places=3).map(lambda value: format(value, "f")),
    st.sampled_from(["0", "95", "95.0000000001", "100", "99.9999999999", "100.5", "99.5"]),
)


@st.composite
def figures(draw, rule):
    """One indicator with this rule and what was measured before the year rated."""
    up = RULES[rule] == MORE
    spec = {"tolerance": draw(st.sampled_from(["", "0", "0.05"]))}
    if rule in ("at_least", "at_most"):
        spec["target"] = "100" if up else "-100"
        if draw(st.booleans()):
            spec |= {"due": "2015", "baseline_years": "2011"}
            spec["baseline"] = draw(st.sampled_from(["", "0", "50" if up else "-50"]))
    elif rule.endswith("_trend"):
        spec["baseline_years"] = "2008-2011"
    else:
        spec["baseline_years"] = "2011"
        spec["baseline"] = draw(st.sampled_from(["", "0", "100", "-20"]))
    if draw(st.booleans()):
        spec["maximum" if up else "minimum"] = "200" if up else "-200"
    return spec, {year: draw(VALUES) for year in range(2008, 2013)}


@pytest.mark.parametrize("rule", RULES)
@settings(max_examples=30, deadline=None, derandomize=True, database=None)
@given(data=st.data())
def test_a_better_value_never_gives_a_worse_rating(rule, data):
    spec, earlier = data.draw(figures(rule))
    year = data.draw(st.integers(2012, 2015))
    values = sorted([data.draw(VALUES), data.draw(VALUES)], key=float, reverse=RULES[rule] == LESS)
    worse, better = (rated(indicator(rule, **spec), earlier | {year: value}, year) for value in values)
    if worse["rating"] in RATINGS:
        assert RATINGS.index(better["rating"]) <= RATINGS.index(worse["rating"])
