"""What value would have changed a rating, everything else as it was.

As a function of the value a rating is constant between a few thresholds. `thresholds` gives them in closed form for
each rule; `turns` asks the rule itself on both sides of each, so that a turning value can't disagree with the rule.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import isclose

from gsanalysis.rating.rules import (
    LESS_IS_BETTER,
    RULES,
    Case,
    Scalar,
    trend_target,
)

LAST_DIGITS = 1e-9  # what the rules take for equal
BEYOND = 1e-6  # as a share of the threshold: far beyond a float's last digits, far below what anybody reports


@dataclass(frozen=True)
class Turn:
    """A value at which the rating changes, and to what.

    ``up`` says whether it lies above the present value (of a date: later); without ``inclusive`` the rating changes
    only beyond ``value``; ``flips`` is a value that gives ``rating`` when put in the place of the present one.
    """

    value: Scalar
    rating: str
    up: bool
    inclusive: bool
    flips: Scalar


def turns(rule: str, case: Case) -> list[Turn]:
    """The nearest turning values of a rated case, above and below its value where there are such."""
    if rule == "monitor" or case.value is None:
        return []
    if rule == "yes":
        other = "no" if case.value == "yes" else "yes"
        return [Turn(other, _rating(rule, case, other), other == "yes", True, other)]
    if rule == "level":
        return _level_turns(case)
    if rule == "by_date":
        return _date_turns(case)
    points = sorted(set(thresholds(rule, case)))
    up = (turn for point in points if (turn := _turn(rule, case, point, up=True)))
    down = (turn for point in reversed(points) if (turn := _turn(rule, case, point, up=False)))
    return [turn for turn in (next(up, None), next(down, None)) if turn]


def thresholds(rule: str, case: Case) -> Iterator[float]:
    """The numbers at which a rule's answer can change, within the bounds of the indicator."""
    side = -1 if rule in LESS_IS_BETTER else 1
    low = float("-inf") if case.minimum is None else case.minimum
    high = float("inf") if case.maximum is None else case.maximum
    yield from (point for point in _THRESHOLDS[rule](case, side) if low <= point <= high)


def _target(case: Case, side: int) -> Iterator[float]:
    target = float(case.target or 0)
    yield from _with_tolerance(case, side, target)
    if case.due is not None and case.baseline is not None and case.baseline_years is not None:
        start = case.baseline_years[0]
        if start < case.year < case.due:
            way = (target - case.baseline) * (case.year - start) / (case.due - start)
            yield case.baseline + case.limits.on_track * way
            yield case.baseline + case.limits.at_risk * way


def _band(case: Case, side: int) -> Iterator[float]:
    low, high = case.band
    yield from _with_tolerance(case, 1, low)
    yield from _with_tolerance(case, -1, high)


def _ratchet(case: Case, side: int) -> Iterator[float]:
    previous = case.baseline if case.previous is None else case.previous
    if previous is not None:
        yield from _with_tolerance(case, side, previous)
    yield from _baseline_and_bound(case, side)


def _trend(case: Case, side: int) -> Iterator[float]:
    if len(case.trend) > 1:
        yield from _with_tolerance(case, side, trend_target(case, side))


def _direction(case: Case, side: int) -> Iterator[float]:
    yield from _baseline_and_bound(case, side)
    if case.baseline is None or case.baseline_years is None:
        return
    years = case.year - case.baseline_years[0]
    for growth in (case.limits.steady, -case.limits.steady):
        if case.baseline > 0:
            yield case.baseline * (1 + growth) ** years
        else:
            yield case.baseline + growth * abs(case.baseline) * years
    if case.previous is not None:
        yield case.previous - side * case.limits.steady * (abs(case.baseline) or abs(case.previous))


_THRESHOLDS: dict[str, Callable[[Case, int], Iterator[float]]] = {
    "at_least": _target,
    "at_most": _target,
    "between": _band,
    "zero": lambda case, side: iter((0.0,)),
    "rise_each_year": _ratchet,
    "fall_each_year": _ratchet,
    "above_trend": _trend,
    "below_trend": _trend,
    "increase": _direction,
    "decrease": _direction,
}


def _with_tolerance(case: Case, side: int, target: float) -> Iterator[float]:
    yield target
    yield target - side * (case.tolerance or 0) * abs(target)


def _baseline_and_bound(case: Case, side: int) -> Iterator[float]:
    bound = case.maximum if side > 0 else case.minimum
    yield from (point for point in (case.baseline, bound) if point is not None)


def _rating(rule: str, case: Case, value: Scalar) -> str:
    return RULES[rule](replace(case, value=value)).rating


def _turn(rule: str, case: Case, point: float, up: bool) -> Turn | None:
    """The turn at a threshold on one side of the value, None where the rating stays the same there."""
    value, now = float(case.value or 0), _rating(rule, case, float(case.value or 0))
    if isclose(point, value, rel_tol=LAST_DIGITS, abs_tol=LAST_DIGITS):
        point = value  # the rules don't tell them apart, and the turn must not lie on the other side
    beyond = point + (1 if up else -1) * BEYOND * max(1.0, abs(point))
    for flips, inclusive in ((point, True), (beyond, False)):
        if (flips > value) == up and flips != value and _possible(case, flips):
            rating = _rating(rule, case, flips)
            if rating != now:
                return Turn(point, rating, up, inclusive, flips)
    return None


def _possible(case: Case, value: float) -> bool:
    """Whether the value lies within the indicator's bounds: a share can't turn at 104 %."""
    return (case.minimum is None or value >= case.minimum) and (case.maximum is None or value <= case.maximum)


def _level_turns(case: Case) -> list[Turn]:
    rank, now = case.scale.index(str(case.value)), _rating("level", case, case.value or "")
    found = []
    for labels, up in ((case.scale[rank + 1 :], True), (tuple(reversed(case.scale[:rank])), False)):
        label = next((label for label in labels if _rating("level", case, label) != now), None)
        if label is not None:
            found.append(Turn(label, _rating("level", case, label), up, True, label))
    return found


def _date_turns(case: Case) -> list[Turn]:
    """Done by the target date it is achieved; done later, or not at all, it is not."""
    target, now = str(case.target), _rating("by_date", case, case.value or "")
    if target > case.horizon:
        return []
    if now == "achieved":
        later = (date.fromisoformat(target) + timedelta(days=1)).isoformat()
        return [Turn(target, _rating("by_date", case, later), True, False, later)]
    return [Turn(target, _rating("by_date", case, target), False, True, target)]
