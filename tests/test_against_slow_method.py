"""The package and the slow reading of the method agree on data folders made at random.

A larger sweep: `GSANALYSIS_SWEEP=5000 pytest tests/test_against_slow_method.py -k seeded -x`.
"""

import math
import os
import random
import tempfile
from pathlib import Path

import pytest
import slow_method
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from random_plans import RULES, as_of_dates, packages, seeded_package

from gsanalysis.plan import load
from gsanalysis.rating.rate import assess

SEEDS = int(os.environ.get("GSANALYSIS_SWEEP", "48"))
BLOCKS = 8


def disagreements(folder, year, as_of=None, plan=None):
    """Every cell in which the two readings differ, as (level, code, {column: (found, expected)})."""
    plan = plan or load(folder)
    found = []
    for level, expected in slow_method.rate(folder, year, as_of).items():
        frame = assess(plan, year, level, as_of)
        assert list(frame.columns) == list(expected[0])
        for left, right in zip(frame.to_dict("records"), expected, strict=True):
            cells = {column: (left[column], right[column]) for column in right if differ(left, right, column)}
            if cells:
                found.append((level, right[level], cells))
    return found


def differ(left, right, column):
    found, expected = left[column], right[column]
    if expected is None or expected == "":
        return not (found is None or found == "" or (isinstance(found, float) and math.isnan(found)))
    if not isinstance(expected, float):
        return found != expected
    # A gap is a difference, a trend a sum that may cancel out: what they can be exact to depends on the size of
    # what they are taken from, for a trend that of values which do not stand in the record.
    sizes = [abs(cell) for cell in right.values() if isinstance(cell, float)]
    return not isinstance(found, float) or not abs(found - expected) <= 1e-11 * max(*sizes, 1e-3)


def assert_agreement(package, dice):
    with tempfile.TemporaryDirectory() as folder:
        package.write(Path(folder))
        plan = load(folder)
        for as_of in [None, *as_of_dates(dice, package)]:
            for year in range(plan.first_year - 1, plan.last_year + 1):
                assert disagreements(Path(folder), year, as_of, plan) == [], (year, as_of)


@pytest.mark.parametrize("block", range(BLOCKS))
def test_the_package_agrees_with_the_slow_reading_on_seeded_plans(block):
    for seed in range(block, SEEDS, BLOCKS):
        assert_agreement(seeded_package(seed), random.Random(seed))


@pytest.mark.parametrize("rule", RULES)
@settings(
    max_examples=8, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)
@given(data=st.data())
def test_the_package_agrees_with_the_slow_reading_on_each_rule(rule, data):
    package = data.draw(packages([rule], indicators=2))
    assert_agreement(package, data.draw(st.randoms(use_true_random=False)))


def test_the_comparison_sees_a_difference():
    """A comparison that can't fail proves nothing."""
    row = {"value": 2.0, "gap": None, "rating": "achieved", "missing": 1}
    assert not any(differ({**row, "gap": math.nan}, row, column) for column in row)
    others = {"value": 2.000001, "gap": 0.0, "rating": "at_risk", "missing": 0}
    assert all(differ(others, row, column) for column in row)
