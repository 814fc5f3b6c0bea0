"""The list of changes is complete: applied to the old edition it gives the new one, for any two editions."""

import os
import random
import tempfile
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from changed_plans import applied, edited, edition
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from random_plans import as_of_dates, packages, seeded_package

from gsanalysis.comparison.changes import COLUMNS, between, since
from gsanalysis.comparison.words import sentences
from gsanalysis.plan import load
from gsanalysis.rating.evaluation import Evaluation
from gsanalysis.rating.rate import assess

SEEDS = int(os.environ.get("GSANALYSIS_SWEEP", "200")) // 10
YEAR = st.integers(2011, 2015)
DICE = st.randoms(use_true_random=False)
# Shrinking a plan takes minutes and makes it hardly easier to read.
steadily = settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)


def loaded(package):
    with tempfile.TemporaryDirectory() as folder:
        return load(package.write(Path(folder)))


def ratings(plan, year, as_of=None):
    frame = assess(plan, year, as_of=as_of)
    return dict(zip(frame["indicator"], frame["rating"], strict=True))


def check_ratings(differences, before, after):
    """The ratings in the table are those of `assess`, and each that differs has one row, the last of its indicator."""
    table = differences.table()
    assert list(table.columns) == COLUMNS
    moved = {code for code in before | after if before.get(code, "") != after.get(code, "")}
    rows = table[table["change"] == "rating"]
    assert sorted(rows["indicator"]) == sorted(moved) == sorted(differences.moved)
    assert all(
        (r.before, r.after) == (before.get(r.indicator, ""), after.get(r.indicator, ""))
        for r in rows.itertuples()
    )
    for row in differences.rows:
        if row.rating_before or row.rating_after:
            assert row.rating_before == before.get(row.indicator, "")
            assert row.rating_after == after.get(row.indicator, "")
    for rows in differences.of_indicators.values():
        assert [at for at, row in enumerate(rows) if row.change == "rating"] in ([], [len(rows) - 1])


def check_complete(before, after, year, as_of=None):
    differences = between(before, after, year, as_of)
    table = differences.table()
    assert applied(edition(before, as_of), table) == edition(after, as_of)
    assert not table.duplicated().any()
    check_ratings(differences, ratings(before, year, as_of), ratings(after, year, as_of))
    check_causes(differences)


# ---------------------------------------------------------------- causes, by another way


def check_causes(differences):
    """Each cause alone, or all together, gives back the old rating; and no other row alone would have."""
    before, after = differences.editions
    said = sentences(differences)
    assert len(said) == len(differences.moved) and all(said)
    both = [code for code in differences.moved if code in before.ratings and code in after.ratings]
    for code in set(differences.moved) - set(both):
        assert [row.change for row in differences.causes(code)] in (["indicator_new"], ["indicator_dropped"])
    for code in both:
        movement = differences.movement(code)
        assert movement.steps
        # Figures of another kind can't be loaded beside those that stay.
        old, new = before.figures.indicators, after.figures.indicators
        rekinded = {one for one in {*old} & {*new} if old[one].kind != new[one].kind}
        loadable = not rekinded & {row.indicator for row in movement.rows}
        if loadable and all(step.rows for step in movement.steps):
            taken = [movement.rows] if movement.together else [step.rows for step in movement.steps]
            ratings_then = {rating_of(without(differences, rows), code) for rows in taken}
            assert ratings_then == {before.ratings[code].rating}
    for rows in units(differences) if both else ():
        evaluation = without(differences, rows)
        for code in both:
            if rating_of(evaluation, code) == before.ratings[code].rating:
                assert not differences.movement(code).together
                assert set(rows) & set(differences.causes(code))


def units(differences):
    """The rows of indicators that can be taken back alone: a cell of the plan, a figure with its state."""
    figures = {}
    for row in (row for rows in differences.of_indicators.values() for row in rows):
        if row.year and row.change != "rating":
            figures.setdefault((row.indicator, row.year, row.breakdown), []).append(row)
        elif row.change == "plan" and row.before and row.after:
            yield [row]
    yield from figures.values()


def without(differences, rows):
    """The new edition with these rows undone in its tables; None where that can't be loaded."""
    before, after = differences.editions
    plan = after.plan
    for row in rows:
        plan = undone(before, plan, row)
    evaluation = Evaluation(plan, after.year, after.as_of)
    try:
        return evaluation if evaluation.figures else None
    except ValueError:
        return None


def rating_of(evaluation, code):
    """The rating of an indicator, "" where it can't be read."""
    try:
        return evaluation.rating(code, evaluation.year).rating if evaluation else ""
    except ValueError:
        return ""


def undone(before, plan, row):
    """The plan with one row's cell, indicator or figure as the old edition has it."""
    old = before.plan
    if row.change == "plan" and row.indicator == "":
        return replace(plan, last_year=old.last_year)
    if row.change == "plan":
        column, _, text = row.before.partition("=")
        indicators = plan.indicators.copy()
        indicators.loc[indicators["indicator"] == row.indicator, column] = text
        return replace(plan, indicators=indicators)
    if row.change in ("indicator_new", "indicator_dropped"):
        own = old.indicators[old.indicators["indicator"] == row.indicator]
        others = plan.indicators[plan.indicators["indicator"] != row.indicator]
        return replace(plan, indicators=pd.concat([others, own], ignore_index=True))
    known = old.measurements["reported_on"] <= (before.as_of or "9999")
    frames = (old.measurements[known], plan.measurements)
    is_cell = [
        (f["indicator"] == row.indicator) & (f["year"] == int(row.year)) & (f["breakdown"] == row.breakdown)
        for f in frames
    ]
    rows = pd.concat([frames[1][~is_cell[1]], frames[0][is_cell[0]]], ignore_index=True)
    return replace(plan, measurements=rows)


# ---------------------------------------------------------------- tests


@steadily
@given(package=packages(indicators=4), dice=DICE, year=YEAR, count=st.integers(1, 8))
def test_the_list_applied_to_the_old_edition_gives_the_new_one(package, dice, year, count):
    before = edited(dice, loaded(package), count=3)
    as_of = dice.choice([None, None, *as_of_dates(dice, package, count=1)])
    check_complete(before, edited(dice, before, count), year, as_of)


@pytest.mark.parametrize("seed", range(SEEDS))
def test_two_plans_that_share_only_codes_are_told_apart_completely(seed):
    before, after = (loaded(seeded_package(100 * seed + n, indicators=6)) for n in (0, 1))
    check_complete(before, after, 2012 + seed % 4)


@steadily
@given(package=packages(indicators=5), dice=DICE, year=YEAR)
def test_what_was_reported_since_a_day_is_told_completely(package, dice, year):
    plan = loaded(package)
    day, as_of = sorted(as_of_dates(dice, package))
    as_of = dice.choice([None, as_of])
    differences = since(plan, year, day, as_of)
    assert applied(edition(plan, day), differences.table()) == edition(plan, as_of)
    assert not set(differences.table()["change"]) & {"plan", "indicator_new", "indicator_dropped"}
    check_ratings(differences, ratings(plan, year, day), ratings(plan, year, as_of))
    check_causes(differences)


@steadily
@given(package=packages(indicators=4), dice=DICE, year=YEAR)
def test_an_edition_does_not_differ_from_itself(package, dice, year):
    plan = edited(dice, loaded(package), count=3)
    rows = plan.measurements.sample(frac=1, random_state=dice.randint(0, 99)).reset_index(drop=True)
    assert between(plan, replace(plan, measurements=rows), year).table().empty


def test_random_edits_make_every_kind_of_change():
    dice, seen = random.Random(1), set()
    for seed in range(12):
        plan = loaded(seeded_package(seed, indicators=5))
        table = between(plan, edited(dice, plan, 8), 2013).table()
        sides = [*table["before"], *table["after"]]
        seen |= set(table["change"]) | {side.partition("=")[0] for side in sides}
    assert {"figure_new", "figure_revised", "figure_withdrawn", "state", "plan", "indicator_new"} <= seen
    assert {"indicator_dropped", "rating", "link", "kpi", "output", "expected_result", "text"} <= seen
