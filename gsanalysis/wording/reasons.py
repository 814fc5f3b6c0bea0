"""How a value stands to what its rule asks, in sentences: one function per rule, registered by its name.

The sentences speak of one indicator or part, whose value and standard were said before them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from math import isclose, isinf

from gsanalysis.rating.rate import Rated
from gsanalysis.rating.rules import (
    AT_RISK_PACE,
    LESS_IS_BETTER,
    ON_TRACK_PACE,
    RATINGS,
    STEADY_GROWTH,
    at_least,
    trend_target,
    yearly_growth,
)
from gsanalysis.wording.amounts import amounts, difference, united
from gsanalysis.wording.unrated import in_part, no_comparison, not_yet_due
from gsanalysis.wording.words import date_text, exact, number, rating_word


def reasoning(rated: Rated, reference_name: str = "") -> list[str]:
    """How the value stands to what is asked, up to the rating's word; empty before any rule looked."""
    if rated.rating == "not_yet_due":
        return [not_yet_due(rated)]
    if rated.rating == "no_comparison":
        return [f"{no_comparison(rated, reference_name)}: no comparison."]
    if rated.rating not in RATINGS:
        return []
    judged = f"{_REASONS[rated.indicator.rule](rated)}: {rating_word(rated.rating)}."
    return [judged, *_time_left(rated)]


def at_best(rated: Rated) -> bool:
    """Whether the value has reached the bound beyond which no better one is possible."""
    best = rated.case.maximum if _side(rated) > 0 else rated.case.minimum
    return best is not None and at_least(_side(rated) * float(rated.case.value or 0), _side(rated) * best)


def crosses_zero(rated: Rated) -> bool:
    """Whether the growth since the baseline is no compound rate: from under nil, or to there."""
    baseline, value = float(rated.case.baseline or 0), float(rated.case.value or 0)
    return baseline < 0 or (baseline > 0 and value < 0)


def _unit(rated: Rated) -> str:
    return rated.indicator.row["unit"]


def _side(rated: Rated) -> int:
    return -1 if rated.indicator.rule in LESS_IS_BETTER else 1


def _gap(rated: Rated) -> str:
    """How far the value is from what it was held against."""
    return difference(rated.outcome.gap or 0, _unit(rated))


def _allowance(rated: Rated) -> str:
    if not rated.case.tolerance:
        return ""
    side = "within" if rated.rating == "at_risk" else "beyond"
    return f", {side} the tolerance of {number(100 * rated.case.tolerance, '%')}"


# Standards, targets and references


def _target_reason(rated: Rated) -> str:
    if rated.case.due is not None:
        return _due_reason(rated)
    return _distance(rated)


def _distance(rated: Rated) -> str:
    """The value beside its standard: "91 % is 4 points short of 95 %, within the tolerance of 5 %"."""
    value, target = amounts(_unit(rated), rated.case.value, rated.outcome.target)
    if value == target:
        return f"{value} is exactly what is asked"
    return f"{value} is {_beside(rated)} {target}{_missed_by(rated)}"


def _beside(rated: Rated) -> str:
    """On which side of what is asked the value lies, and how far: "4 points short of"."""
    good, bad = ("above", "short of") if _side(rated) > 0 else ("below", "over")
    return f"{_gap(rated)} {good if rated.rating == 'achieved' else bad}"


def _missed_by(rated: Rated) -> str:
    return "" if rated.rating == "achieved" else _allowance(rated)


def _due_reason(rated: Rated) -> str:
    case, unit = rated.case, _unit(rated)
    baseline, value, target = amounts(unit, case.baseline, case.value, rated.outcome.target)
    if rated.rating == "achieved":
        return (
            f"{value} {'reaches' if _side(rated) > 0 else 'is within'} the target of {united(target, unit)}"
        )
    if case.year >= (case.due or 0):
        return f"The due year has come, and {_distance(rated)}"
    if rated.outcome.pace is None:
        return f"The baseline of {baseline} met the target already, and {value} no longer does"
    return f"From {baseline} in {(case.baseline_years or (0, 0))[0]} to {value} is {_pace(rated)}"


def _pace(rated: Rated) -> str:
    case, pace = rated.case, rated.outcome.pace or 0
    start, due = (case.baseline_years or (0, 0))[0], case.due or 0
    time = (case.year - start) / (due - start)
    gone = number(100 * time, "%")
    if pace <= 0:
        return f"no step towards the target after {gone} of the time"
    said = _pace_text(pace)
    needed = "the pace needed" if said == "1" else f"{said} of the pace needed"
    return f"{number(100 * pace * time, '%')} of the way after {gone} of the time, {needed}"


def _pace_text(pace: float) -> str:
    """A pace with two decimals, or more where it would then stand on the other side of a limit, or be none."""
    for digits in range(2, 12):
        said = round(pace, digits)
        if said and all((said >= limit) == at_least(pace, limit) for limit in (ON_TRACK_PACE, AT_RISK_PACE)):
            break
    return exact(said)


def _time_left(rated: Rated) -> list[str]:
    """The years and the distance that are left on the way to a target."""
    left = (rated.case.due or 0) - rated.case.year
    if rated.indicator.rule not in ("at_least", "at_most") or left <= 0 or rated.rating == "achieved":
        return []
    years = "One year is" if left == 1 else f"{left} years are"
    return [f"{years} left for the remaining {_gap(rated)}."]


def _band_reason(rated: Rated) -> str:
    low, high = rated.case.band
    near = low if float(rated.case.value or 0) < low else high
    value = amounts(_unit(rated), near, rated.case.value)[1]
    if rated.rating == "achieved":
        return f"{value} is exactly what is asked" if low == high else f"{value} lies within the band"
    where = "off the standard" if low == high else "outside the band"
    return f"{value} is {_gap(rated)} {where}{_allowance(rated)}"


# Things that are there or not


def _zero_reason(rated: Rated) -> str:
    if rated.rating == "achieved":
        return "None is what is asked"
    value = float(rated.case.value or 0)
    return f"{number(value, _unit(rated))} is {'more than' if value > 0 else 'not'} none"


def _yes_reason(rated: Rated) -> str:
    negation = "" if rated.rating == "achieved" else "not "
    return f"In {rated.year} it was {negation}in place{in_part(rated)}"


def _level_reason(rated: Rated) -> str:
    scale, value, target = rated.case.scale, str(rated.case.value), rated.indicator.target
    below = scale.index(target) - scale.index(value)
    if below <= 0:
        return f"“{value}” is {'exactly what is asked' if below == 0 else f'better than “{target}”'}"
    steps = "one step" if below == 1 else f"{below} steps"
    allowed = ", which the tolerance allows for" if rated.rating == "at_risk" else ""
    return f"“{value}” is {steps} below “{target}”{allowed}"


def _date_reason(rated: Rated) -> str:
    done, part = rated.shown_value, in_part(rated)
    if done is not None:
        when = "in time" if rated.rating == "achieved" else "late; done all the same"
        return f"It was done{part} on {date_text(str(done))}, {when}"
    if rated.case.value == "no":
        day = date_text(rated.case.reported_on)
        return f"On {day}, after the date, it was reported as not done{part}"
    return f"It was not done{part} by {date_text(rated.case.horizon)}"


# Earlier years


def _ratchet_reason(rated: Rated) -> str:
    case, previous = rated.case, float(rated.outcome.target or 0)
    if at_best(rated):
        return _best(rated)
    said = _moved(rated, previous, rated.evidence.previous[0] or rated.indicator.baseline_year or 0)
    allowed = _missed_by(rated)
    if case.baseline is None or case.baseline == previous:
        return said + allowed
    recovered = at_least(_side(rated) * float(case.value or 0), _side(rated) * case.baseline)
    if rated.rating != "achieved" and (recovered or (rated.outcome.gap or 0) <= 0):
        return said + allowed
    return f"{said}, {'and stands' if recovered else 'but is still'} {_beside_baseline(rated)}"


def _beside_baseline(rated: Rated) -> str:
    value, baseline = amounts(_unit(rated), rated.case.value, rated.case.baseline, within=0.2)
    over = float(rated.case.value or 0) > float(rated.case.baseline or 0)
    where = "at" if value == baseline else "above" if over else "below"
    return f"{where} the baseline of {baseline} ({rated.indicator.baseline_year})"


def _trend_reason(rated: Rated) -> str:
    value, target = amounts(_unit(rated), rated.case.value, rated.outcome.target)
    beside = "exactly that" if value == target else f"{_beside(rated)} it{_missed_by(rated)}"
    return f"{_trend_says(rated)} {united(target, _unit(rated))}; {value} is {beside}"


def _trend_says(rated: Rated) -> str:
    """What the baseline years come to: their line, or their mean where that is harder."""
    case, (first, last) = rated.case, rated.indicator.baseline_years or (0, 0)
    free = trend_target(replace(case, minimum=None, maximum=None), _side(rated))
    if free != rated.outcome.target:
        return f"The trend of {first} to {last}, kept within the possible, gives"
    mean = sum(value for _, value in case.trend) / len(case.trend)
    if isclose(free, mean, rel_tol=1e-9, abs_tol=1e-9):
        return f"The mean of {first} to {last} is"
    return f"The trend of {first} to {last}, carried on to {rated.year}, gives"


def _direction_reason(rated: Rated) -> str:
    if at_best(rated):
        return _best(rated)
    year = rated.indicator.baseline_year or 0
    return f"{_moved(rated, rated.case.baseline or 0, year)}{_growth(rated)}{_turned(rated)}"


def _growth(rated: Rated) -> str:
    growth = yearly_growth(rated.case)
    if growth == 0:
        return ", which is neither a rise nor a fall"
    if isinf(growth):
        return ""
    turn = "rise" if growth > 0 else "fall"
    steady = f", too little to count as a {turn}" if abs(growth) <= STEADY_GROWTH else ""
    rate = number(100 * abs(growth), "%")
    if crosses_zero(rated):  # no compound rate: the steps of a year, as a share of the baseline's size
        return f", on average {rate} of the baseline's size a year{steady}"
    return f", {rate} a year{steady}"


def _turned(rated: Rated) -> str:
    """The wrong turn that holds a rating at risk although the growth since the baseline would do."""
    if rated.rating != "at_risk" or _side(rated) * yearly_growth(rated.case) <= STEADY_GROWTH:
        return ""
    previous = number(rated.case.previous, _unit(rated))
    turn = "fell" if _side(rated) > 0 else "rose"
    return f", but {turn} from {previous} since {rated.evidence.previous[0]}"


def _moved(rated: Rated, before: float, year: int) -> str:
    """The move from an earlier value: "It rose from 30 (2013) to 31 activities"."""
    unit, value = _unit(rated), float(rated.case.value or 0)
    earlier, now = amounts(unit, before, value, within=0.2)  # their distance is not said
    if earlier == now:
        return f"It stayed at {united(now, unit)}, as in {year}"
    return f"It {'rose' if value > before else 'fell'} from {earlier} ({year}) to {united(now, unit)}"


def _best(rated: Rated) -> str:
    turn = "rise" if _side(rated) > 0 else "fall"
    return f"{number(rated.case.value, _unit(rated))} is the best there is; it need not {turn}"


_REASONS: dict[str, Callable[[Rated], str]] = {
    "at_least": _target_reason,
    "at_most": _target_reason,
    "between": _band_reason,
    "zero": _zero_reason,
    "yes": _yes_reason,
    "level": _level_reason,
    "by_date": _date_reason,
    "rise_each_year": _ratchet_reason,
    "fall_each_year": _ratchet_reason,
    "above_trend": _trend_reason,
    "below_trend": _trend_reason,
    "increase": _direction_reason,
    "decrease": _direction_reason,
}
