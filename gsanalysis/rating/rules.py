"""The rules, one pure function each, registered by the name that the plan uses (docs/method.md, "The rules").

A rule gets a `Case` that has a value and gives an `Outcome`; the answers before any rule, ``no_data`` and
``not_applicable``, are given by `rate`. Only ``by_date`` and ``monitor`` also get cases without a value.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from math import inf

from gsanalysis.rating.case import (
    AT_RISK_PACE,
    ON_TRACK_PACE,
    STEADY_GROWTH,
    Case,
    Outcome,
    Scalar,
    above,
    at_least,
)
from gsanalysis.schema import NOT_RATED, RATINGS

__all__ = [
    "AT_RISK_PACE", "DIRECTIONS", "LESS_IS_BETTER", "NOT_RATED", "ON_TRACK_PACE", "RATCHETS", "RATINGS", "RULES",
    "STEADY_GROWTH", "TARGETS", "TRENDS", "TREND_VALUES", "YEARS_BACK", "Case", "Outcome", "Scalar", "above",
    "at_least", "trend_target", "yearly_growth",
]  # fmt: skip

YEARS_BACK = 3  # how far a previous value may lie back
TREND_VALUES = 3  # fewer baseline values make no trend
Rule = Callable[[Case], Outcome]


def target_rule(case: Case, side: int) -> Outcome:
    """``at_least`` (side 1) and ``at_most`` (side −1): a standard, a reference, or a target with a due year."""
    if case.reference in ("not_applicable", "missing"):
        return Outcome("not_applicable" if case.reference == "not_applicable" else "no_comparison")
    value, target = _numbers(case)
    pace = pace_of(case, side)
    rating = "achieved" if at_least(side * value, side * target) else _short_of_target(case, side, pace)
    return Outcome(rating, target, side * (value - target), pace)


def between(case: Case) -> Outcome:
    """A band that holds every year; the tolerance is a share of the nearer limit."""
    value, (low, high) = float(case.value or 0), case.band
    tolerance = case.tolerance or 0
    if at_least(value, low) and at_least(high, value):
        rating = "achieved"
    else:
        near = at_least(value, low - tolerance * abs(low)) and at_least(high + tolerance * abs(high), value)
        rating = _missed(case, near)
    return Outcome(rating, case.target, min(value - low, high - value))


def zero(case: Case) -> Outcome:
    """Zero tolerance: any value but nil, a negative one too, is off track."""
    value = float(case.value or 0)
    met = at_least(value, 0) and at_least(0, value)
    return Outcome("achieved" if met else "off_track", 0.0, -value)


def yes(case: Case) -> Outcome:
    """It is in place, or not."""
    return Outcome("achieved" if case.value == "yes" else "off_track", "yes")


def level(case: Case) -> Outcome:
    """An ordered scale; one rank below is at risk where the plan sets any tolerance."""
    below = case.scale.index(str(case.target)) - case.scale.index(str(case.value))
    return Outcome("achieved" if below <= 0 else _missed(case, below == 1), case.target)


def by_date(case: Case) -> Outcome:
    """A milestone: done by the date or not; silence is not a failure."""
    done, target = str(case.value or ""), str(case.target)
    is_date = done not in ("", "no")
    if is_date and done <= case.horizon:
        return Outcome("achieved" if done <= target else "off_track", target)
    if target > case.horizon:
        return Outcome("not_yet_due", target)
    said_so = is_date or (done == "no" and case.reported_on > target)
    return Outcome("off_track" if said_so else "no_data", target)


def ratchet(case: Case, side: int) -> Outcome:
    """``rise_each_year``, ``fall_each_year``: better than the previous value, not worse than the baseline."""
    if _within_baseline(case):
        return Outcome("not_yet_due")
    value, previous = float(case.value or 0), case.baseline if case.previous is None else case.previous
    gap = None if previous is None else side * (value - previous)
    if _at_bound(case, side):
        return Outcome("achieved", previous, gap)
    if previous is None:
        return Outcome("no_comparison")
    return Outcome(_ratchet_rating(case, side, value, previous), previous, gap)


def trend(case: Case, side: int) -> Outcome:
    """``above_trend``, ``below_trend``: better than the baseline years' line, or their mean where harder."""
    if _within_baseline(case):
        return Outcome("not_yet_due")
    if len(case.trend) < TREND_VALUES:
        return Outcome("no_comparison")
    value, target = float(case.value or 0), trend_target(case, side)
    if at_least(side * value, side * target):
        rating = "achieved"
    else:
        rating = _missed(case, _in_tolerance(case, side, value, target))
    return Outcome(rating, target, side * (value - target))


def direction(case: Case, side: int) -> Outcome:
    """``increase``, ``decrease``: yearly growth since the baseline, no wrong turn since the previous value."""
    if _within_baseline(case):
        return Outcome("not_yet_due")
    value, baseline = float(case.value or 0), case.baseline
    gap = None if baseline is None else side * (value - baseline)
    if _at_bound(case, side):
        return Outcome(_in_last_year(case, "on_track"), baseline, gap)
    if baseline is None:
        return Outcome("no_comparison")
    growth = side * yearly_growth(case)
    rating = "off_track"
    if growth > case.limits.steady + 1e-9 and not wrong_turn(case, side):
        rating = _in_last_year(case, "on_track")
    elif growth >= -case.limits.steady - 1e-9:
        rating = "at_risk"
    return Outcome(rating, baseline, gap)


def monitor(case: Case) -> Outcome:
    """The plan sets no standard; the figure is shown."""
    return Outcome("monitored")


RULES: dict[str, Rule] = {
    "at_least": partial(target_rule, side=1),
    "at_most": partial(target_rule, side=-1),
    "between": between,
    "zero": zero,
    "yes": yes,
    "level": level,
    "by_date": by_date,
    "rise_each_year": partial(ratchet, side=1),
    "fall_each_year": partial(ratchet, side=-1),
    "above_trend": partial(trend, side=1),
    "below_trend": partial(trend, side=-1),
    "increase": partial(direction, side=1),
    "decrease": partial(direction, side=-1),
    "monitor": monitor,
}
TARGETS = ("at_least", "at_most")
RATCHETS = ("rise_each_year", "fall_each_year")
TRENDS = ("above_trend", "below_trend")
DIRECTIONS = ("increase", "decrease")
LESS_IS_BETTER = ("at_most", "fall_each_year", "below_trend", "decrease")


def pace_of(case: Case, side: int) -> float | None:
    """Share of the way covered by share of the time gone; None unless it can be computed.

    ``[(v − b) / (t − b)] / [(y − yb) / (D − yb)]``, for yb < y < D and a baseline short of the target.
    """
    if case.due is None or case.baseline is None or case.baseline_years is None:
        return None
    value, target = _numbers(case)
    start = case.baseline_years[0]
    if not start < case.year < case.due or at_least(side * case.baseline, side * target):
        return None
    way = (value - case.baseline) / (target - case.baseline)
    return way / ((case.year - start) / (case.due - start))


def yearly_growth(case: Case) -> float:
    """Growth a year since the baseline, as a share; ±inf from a baseline of nil (only the sign counts)."""
    value, baseline = float(case.value or 0), float(case.baseline or 0)
    years = case.year - (case.baseline_years or (case.year - 1, 0))[0]
    if baseline == 0:
        return inf if value > 0 else -inf if value < 0 else 0.0
    if baseline > 0 and value >= 0:
        return (value / baseline) ** (1 / years) - 1
    return (value - baseline) / abs(baseline) / years


def wrong_turn(case: Case, side: int) -> bool:
    """Whether the value went the wrong way since the previous one by over 0.5 % of the baseline's size."""
    if case.previous is None:
        return False
    size = abs(case.baseline or 0) or abs(case.previous)
    return above(side * (case.previous - float(case.value or 0)), case.limits.steady * size)


def trend_target(case: Case, side: int) -> float:
    """The least-squares line of the baseline years read at the year, or their mean where that is harder."""
    mean_year = sum(year for year, _ in case.trend) / len(case.trend)
    mean = sum(value for _, value in case.trend) / len(case.trend)
    spread = sum((year - mean_year) ** 2 for year, _ in case.trend)
    slope = sum((year - mean_year) * (value - mean) for year, value in case.trend) / spread
    line = mean + slope * (case.year - mean_year)
    harder = max(line, mean) if side > 0 else min(line, mean)
    low = -inf if case.minimum is None else case.minimum
    return min(max(harder, low), inf if case.maximum is None else case.maximum)


def _numbers(case: Case) -> tuple[float, float]:
    return float(case.value or 0), float(case.target or 0)


def _short_of_target(case: Case, side: int, pace: float | None) -> str:
    value, target = _numbers(case)
    if case.due is None or case.year >= case.due:
        return _missed(case, _in_tolerance(case, side, value, target))
    if _within_baseline(case):
        return "not_yet_due"
    if case.baseline is None:
        return "no_comparison"
    if pace is None:  # the baseline meets the target already, and the value no longer does
        return "off_track"
    return (
        "on_track"
        if at_least(pace, case.limits.on_track)
        else "at_risk"
        if at_least(pace, case.limits.at_risk)
        else "off_track"
    )


def _ratchet_rating(case: Case, side: int, value: float, previous: float) -> str:
    if above(side * value, side * previous):
        recovered = case.baseline is None or at_least(side * value, side * case.baseline)
        return "achieved" if recovered else "at_risk"
    return _missed(case, _in_tolerance(case, side, value, previous))


def _missed(case: Case, near: bool) -> str:
    return "at_risk" if near and case.tolerance is not None else "off_track"


def _in_tolerance(case: Case, side: int, value: float, target: float) -> bool:
    return at_least(side * value, side * target - (case.tolerance or 0) * abs(target))


def _within_baseline(case: Case) -> bool:
    return case.baseline_years is not None and case.year <= case.baseline_years[1]


def _at_bound(case: Case, side: int) -> bool:
    best = case.maximum if side > 0 else case.minimum
    return best is not None and at_least(side * float(case.value or 0), side * best)


def _in_last_year(case: Case, rating: str) -> str:
    return "achieved" if rating == "on_track" and case.year >= case.last_year else rating
