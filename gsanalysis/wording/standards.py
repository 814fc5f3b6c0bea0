"""What each rule asks, in a sentence: one function per rule, registered by its name."""

from __future__ import annotations

from collections.abc import Callable

from gsanalysis.rating.rate import Rated
from gsanalysis.rating.rules import LESS_IS_BETTER
from gsanalysis.wording.amounts import united
from gsanalysis.wording.words import date_text, exact


def standard(rated: Rated, reference_name: str = "") -> str:
    """What the rule asks, without its full stop: "The standard is at least 95 % in every year"."""
    return _STANDARDS[rated.indicator.rule](rated, reference_name)


def whose(row: dict[str, str]) -> str:
    """Whose reading a standard is, as the end of a sentence: "as the plan states"."""
    if row["basis"] == "plan":
        return "as the plan states"
    words = "derived from the plan's words" if row["basis"] == "derived" else "assumed by the evaluation unit"
    if row["confirmed_by"]:
        day = f" on {date_text(row['confirmed_on'])}" if row["confirmed_on"] else ""
        return f"{words} and confirmed by {row['confirmed_by']}{day}"
    return f"{words} and not yet confirmed" if row["basis"] == "assumed" else words


def _unit(rated: Rated) -> str:
    return rated.indicator.row["unit"]


def _less(rated: Rated) -> bool:
    return rated.indicator.rule in LESS_IS_BETTER


def _target(rated: Rated, reference_name: str) -> str:
    if rated.case.reference:
        return f"It must {'not exceed' if _less(rated) else 'reach'} “{reference_name}” of the same year"
    target = _in_full(float(rated.indicator.target), _unit(rated))
    limit = f"{'at most' if _less(rated) else 'at least'} {target}"
    if rated.case.due is not None:
        return f"The target is {limit} by {rated.case.due}"
    return f"The standard is {limit} in every year"


def _band(rated: Rated, _: str) -> str:
    low, high = rated.case.band
    if low == high:
        return f"The standard is exactly {_in_full(low, _unit(rated))} in every year"
    return f"The standard is from {exact(low)} to {_in_full(high, _unit(rated))} in every year"


def _in_full(value: float, unit: str) -> str:
    """The plan's own figure, never rounded."""
    return united(exact(value, unit), unit)


def _level(rated: Rated, _: str) -> str:
    target, scale = rated.indicator.target, rated.case.scale
    return f"The standard is “{target}” or better, on a scale from “{scale[0]}” to “{scale[-1]}”"


def _trend(rated: Rated, _: str) -> str:
    first, last = rated.indicator.baseline_years or (0, 0)
    turn, harder = ("at most", "lower") if _less(rated) else ("at least", "higher")
    return f"It must be {turn} the trend of {first} to {last}, or their mean where that is {harder}"


def _ratchet(rated: Rated, _: str) -> str:
    turn = "fall" if _less(rated) else "rise"
    year = rated.indicator.baseline_year
    return f"It must {turn} every year" + (f", from the baseline of {year}" if year else "")


def _direction(rated: Rated, _: str) -> str:
    turn = "fall" if _less(rated) else "rise"
    return f"Measured from {rated.indicator.baseline_year}, it should {turn}"


_STANDARDS: dict[str, Callable[[Rated, str], str]] = {
    "at_least": _target,
    "at_most": _target,
    "between": _band,
    "zero": lambda rated, _: "The standard is none at all in every year",
    "yes": lambda rated, _: "It must be in place in every year",
    "level": _level,
    "by_date": lambda rated, _: f"It is due by {date_text(rated.indicator.target)}",
    "rise_each_year": _ratchet,
    "fall_each_year": _ratchet,
    "above_trend": _trend,
    "below_trend": _trend,
    "increase": _direction,
    "decrease": _direction,
    "monitor": lambda rated, _: "No standard is set, so it is not rated",
}
