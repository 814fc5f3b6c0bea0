"""What each rule asks, and how a value stands to it, in sentences: one function per rule, registered by its name.

Sentences are made from a `Rated` and speak of one indicator or part. Numbers are rounded for reading; where two that
are compared would read the same, both are written in full.
"""

from __future__ import annotations

from collections.abc import Callable

from gsanalysis.rating.rate import Rated
from gsanalysis.rating.rules import LESS_IS_BETTER, RATINGS, Scalar, yearly_growth
from gsanalysis.wording.words import currency, date_text, exact, is_share, number, rating_word, share

NO_UNIT = ("", "number")


def amount(value: Scalar | None, unit: str) -> str:
    """A value with its unit for reading: "75 %", "CHF 16.1 million", "129 countries", "fair"."""
    if isinstance(value, str):
        return exact(value)
    return _united(number(value, unit), unit)


def amounts(unit: str, *values: Scalar | None) -> list[str]:
    """Values that are compared: rounded for reading, unless two that differ would then read the same."""
    rounded = [amount(value, unit) for value in values]
    return (
        rounded
        if len(set(rounded)) == len(set(values))
        else [_united(exact(value, unit), unit) for value in values]
    )


def difference(size: float, unit: str) -> str:
    """The distance between two values: points for shares, else the unit ("4 points", "CHF 0.3 million")."""
    if is_share(unit):
        text = number(abs(size))
        return f"{text} {'point' if text == '1' else 'points'}"
    return amount(abs(size), unit)


def standard(rated: Rated, reference_name: str = "") -> str:
    """What the rule asks, without its full stop: "The standard is at least 95 % in every year"."""
    return _STANDARDS[rated.indicator.rule](rated, reference_name)


def reasoning(rated: Rated, reference_name: str = "") -> str:
    """How the value stands to what is asked, ending in the rating's word; empty before any rule looked."""
    if rated.rating == "not_yet_due":
        return _not_yet_due(rated)
    if rated.rating == "no_comparison":
        return _no_comparison(rated, reference_name)
    if rated.rating not in RATINGS:
        return ""
    return _judged(_REASONS[rated.indicator.rule](rated, reference_name), rated.rating)


def difference_of(rated: Rated) -> str:
    """How far the value is from what it was held against."""
    return difference(rated.outcome.gap or 0, rated.indicator.row["unit"])


def _united(text: str, unit: str) -> str:
    return text if is_share(unit) or currency(unit) or unit in NO_UNIT else f"{text} {unit}"


def _judged(sentence: str, rating: str) -> str:
    return f"{sentence}: {rating_word(rating)}."


def _unit(rated: Rated) -> str:
    return rated.indicator.row["unit"]


def _less(rated: Rated) -> bool:
    return rated.indicator.rule in LESS_IS_BETTER


# What is asked


def _target_asks(rated: Rated, reference_name: str) -> str:
    least = "at most" if _less(rated) else "at least"
    if rated.case.reference:
        limit = "must not be exceeded" if _less(rated) else "must be reached"
        return f"The yardstick is “{reference_name}” of the same year, which {limit}"
    target = amount(float(rated.indicator.target), _unit(rated))
    if rated.case.due is not None:
        return f"The target is {least} {target} by {rated.case.due}"
    return f"The standard is {least} {target} in every year"


def _band_asks(rated: Rated, _: str) -> str:
    low, high = rated.case.band
    if low == high:
        return f"The standard is exactly {amount(low, _unit(rated))} in every year"
    return f"The standard is from {number(low)} to {amount(high, _unit(rated))} in every year"


def _level_asks(rated: Rated, _: str) -> str:
    scale = rated.case.scale
    return (
        f"The standard is “{rated.indicator.target}” or better, on a scale from “{scale[0]}” to “{scale[-1]}”"
    )


def _trend_asks(rated: Rated, _: str) -> str:
    first, last = rated.indicator.baseline_years or (0, 0)
    turn, harder = ("at most", "lower") if _less(rated) else ("at least", "higher")
    return f"It must be {turn} the trend of {first} to {last}, or their mean where that is {harder}"


def _ratchet_asks(rated: Rated, _: str) -> str:
    turn = "fall" if _less(rated) else "rise"
    year = rated.indicator.baseline_year
    return f"It must {turn} every year" + (f", from the baseline of {year}" if year else "")


def _direction_asks(rated: Rated, _: str) -> str:
    turn = "fall" if _less(rated) else "rise"
    return f"It should {turn} from the baseline of {rated.indicator.baseline_year}; no figure is set"


_STANDARDS: dict[str, Callable[[Rated, str], str]] = {
    "at_least": _target_asks,
    "at_most": _target_asks,
    "between": _band_asks,
    "zero": lambda rated, _: "The standard is none at all in every year",
    "yes": lambda rated, _: "It must be in place in every year",
    "level": _level_asks,
    "by_date": lambda rated, _: f"It is due by {date_text(rated.indicator.target)}",
    "rise_each_year": _ratchet_asks,
    "fall_each_year": _ratchet_asks,
    "above_trend": _trend_asks,
    "below_trend": _trend_asks,
    "increase": _direction_asks,
    "decrease": _direction_asks,
    "monitor": lambda rated, _: "No standard is set; the figure is shown, not rated",
}


# How the value stands to it


def _target_reason(rated: Rated, reference_name: str) -> str:
    if rated.case.due is not None:
        return _due_reason(rated)
    value, target = amounts(_unit(rated), rated.case.value, rated.outcome.target)
    what = f"{value} against {target}" if rated.case.reference else value
    return f"{what} {_distance(rated)}"


def _distance(rated: Rated) -> str:
    gap, name = rated.outcome.gap or 0, "yardstick" if rated.case.reference else "standard"
    if rated.rating == "achieved":
        inside = "below" if _less(rated) else "above"
        return f"is exactly the {name}" if gap == 0 else f"is {difference_of(rated)} {inside} the {name}"
    outside = "over" if _less(rated) else "short of"
    return f"is {difference_of(rated)} {outside} the {name}{_allowance(rated)}"


def _allowance(rated: Rated) -> str:
    if not rated.case.tolerance:
        return ""
    tolerance = number(100 * rated.case.tolerance, "%")
    if rated.rating == "at_risk":
        return f", within the tolerance of {tolerance}"
    return f", beyond the tolerance of {tolerance}"


def _due_reason(rated: Rated) -> str:
    case, unit = rated.case, _unit(rated)
    value, target = amounts(unit, case.value, rated.outcome.target)
    if rated.rating == "achieved":
        return f"{value} reaches the target of {target}"
    if case.year >= (case.due or 0):
        over = "over" if _less(rated) else "short of"
        return (
            f"The year has come, and {value} is {difference_of(rated)} {over} the target{_allowance(rated)}"
        )
    if rated.outcome.pace is None:
        return f"The baseline of {amount(case.baseline, unit)} met the target already, and {value} no longer does"
    return _pace_reason(rated, value)


def _pace_reason(rated: Rated, value: str) -> str:
    case, pace = rated.case, rated.outcome.pace or 0
    start, due = (case.baseline_years or (0, 0))[0], case.due or 0
    time = (case.year - start) / (due - start)
    since = f"From {amount(case.baseline, _unit(rated))} in {start} to {value}"
    gone = f"{number(100 * time, '%')} of the time is gone"
    left = due - case.year
    rest = f"{difference_of(rated)} to go in {_years(left)}"
    if pace <= 0:
        return f"{since} is no step towards the target, while {gone}; {rest}"
    way = f"{number(100 * pace * time, '%')} of the way while {gone}, {number(pace)} of the pace needed"
    return f"{since} is {way}; {rest}"


def _years(count: int) -> str:
    return "one year" if count == 1 else f"{count} years"


def _band_reason(rated: Rated, _: str) -> str:
    value = amount(rated.case.value, _unit(rated))
    if rated.rating == "achieved":
        return f"{value} lies within the band"
    return f"{value} lies {difference_of(rated)} outside the band{_allowance(rated)}"


def _zero_reason(rated: Rated, _: str) -> str:
    if rated.rating == "achieved":
        return "None was reported"
    return f"{amount(rated.case.value, _unit(rated))} is not none"


def _yes_reason(rated: Rated, _: str) -> str:
    return "It is in place" if rated.rating == "achieved" else "It is not in place"


def _level_reason(rated: Rated, _: str) -> str:
    scale, value, target = rated.case.scale, str(rated.case.value), rated.indicator.target
    below = scale.index(target) - scale.index(value)
    if below <= 0:
        return f"“{value}” is “{target}” or better"
    steps = "one step" if below == 1 else f"{below} steps"
    allowed = ", which the tolerance allows for" if rated.rating == "at_risk" else ""
    return f"“{value}” is {steps} below “{target}”{allowed}"


def _date_reason(rated: Rated, _: str) -> str:
    if rated.rating == "achieved":
        return f"It was done on {date_text(str(rated.shown_value))}, in time"
    if rated.shown_value is not None:
        return f"It was done on {date_text(str(rated.shown_value))}, late; done all the same"
    if rated.case.value == "no":
        return f"On {date_text(rated.case.reported_on)}, after the date, it was reported as not done"
    return f"It was not done by {date_text(rated.case.horizon)}"


def _ratchet_reason(rated: Rated, _: str) -> str:
    case, unit = rated.case, _unit(rated)
    previous = rated.outcome.target
    if _at_best(rated):
        return f"{amount(case.value, unit)} is the best there is; it need not {'fall' if _less(rated) else 'rise'}"
    value, before = amounts(unit, case.value, previous)
    said = f"{_moved(rated, float(previous or 0))} from {before} ({_previous_year(rated)}) to {value}"
    if case.baseline is None or case.baseline == previous:
        return said + _allowance(rated) * (rated.rating != "achieved")
    start = f"the baseline of {amount(case.baseline, unit)} ({rated.indicator.baseline_year})"
    if rated.rating == "achieved":
        return f"{said}, and is not {'above' if _less(rated) else 'below'} {start}"
    if (rated.outcome.gap or 0) > 0:
        return f"{said}, but is still {'above' if _less(rated) else 'below'} {start}"
    return said + _allowance(rated)


def _previous_year(rated: Rated) -> int:
    return rated.evidence.previous[0] or rated.indicator.baseline_year or 0


def _moved(rated: Rated, before: float) -> str:
    change = float(rated.case.value or 0) - before
    return "It stayed" if change == 0 else "It rose" if change > 0 else "It fell"


def _at_best(rated: Rated) -> bool:
    best = rated.case.minimum if _less(rated) else rated.case.maximum
    return best is not None and rated.case.value == best


def _trend_reason(rated: Rated, _: str) -> str:
    value, target = amounts(_unit(rated), rated.case.value, rated.outcome.target)
    first, last = rated.indicator.baseline_years or (0, 0)
    carried = f"The trend of {first} to {last}, carried on to {rated.year}, gives {target}"
    if rated.rating == "achieved":
        return f"{carried}; {value} meets it"
    return f"{carried}; {value} does not meet it{_allowance(rated)}"


def _direction_reason(rated: Rated, _: str) -> str:
    case, unit = rated.case, _unit(rated)
    if _at_best(rated):
        return f"{amount(case.value, unit)} is the best there is; it need not {'fall' if _less(rated) else 'rise'}"
    value, baseline = amounts(unit, case.value, case.baseline)
    moved = (
        f"{_moved(rated, case.baseline or 0)} from {baseline} ({rated.indicator.baseline_year}) to {value}"
    )
    said = f"{moved}{_growth(rated)}"
    turned = _turned(rated)
    return f"{said}; {turned}" if turned else said


def _growth(rated: Rated) -> str:
    growth = yearly_growth(rated.case)
    if abs(growth) == float("inf") or float(rated.case.value or 0) == rated.case.baseline:
        return ""
    steady = ", which is neither a rise nor a fall" if abs(growth) <= 0.005 else ""
    return f", {number(100 * abs(growth), '%')} a year{steady}"


def _turned(rated: Rated) -> str:
    """The wrong turn that holds a rating at risk although the growth since the baseline would do."""
    side = -1 if _less(rated) else 1
    if rated.rating != "at_risk" or side * yearly_growth(rated.case) <= 0.005:
        return ""
    previous = amount(rated.case.previous, _unit(rated))
    return (
        f"but it was {previous} in {_previous_year(rated)}, and turned the wrong way since: at risk at best"
    )


_REASONS: dict[str, Callable[[Rated, str], str]] = {
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


# Why there is no rating


def _not_yet_due(rated: Rated) -> str:
    if rated.indicator.rule == "by_date":
        return "The date has not come: not yet due."
    first, last = rated.indicator.baseline_years or (0, 0)
    years = f"{first}" if first == last else f"{first} to {last}"
    return f"The baseline is {years}; nothing is rated up to then: not yet due."


def _no_comparison(rated: Rated, reference_name: str) -> str:
    if rated.case.reference:
        return f"No figure of “{reference_name}” was reported for {rated.year}, so it can't be rated: no comparison."
    if rated.indicator.rule in ("above_trend", "below_trend"):
        first, last = rated.indicator.baseline_years or (0, 0)
        known = share(len(rated.case.trend), last - first + 1)
        return f"{known} baseline values of {first} to {last} are known; a trend needs three: no comparison."
    year = rated.indicator.baseline_year
    if rated.indicator.rule in ("rise_each_year", "fall_each_year"):
        return "No earlier value is known to hold it against: no comparison."
    return f"No baseline was reported for {year}, so it can't be rated: no comparison."
