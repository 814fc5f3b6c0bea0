"""A target or standard in a few words, for a table: one function per rule."""

from __future__ import annotations

from collections.abc import Callable

from gsanalysis.pages.blocks import Dictionary, cell
from gsanalysis.rating.evaluation import Evaluation
from gsanalysis.rating.rate import IndicatorRating, Rated
from gsanalysis.rating.rules import LESS_IS_BETTER
from gsanalysis.wording.amounts import amount, amounts, united
from gsanalysis.wording.moved import first_target, first_yardstick, target_text
from gsanalysis.wording.words import date_text, number

BASIS_WORDS = {"plan": "stated by the plan", "derived": "derived from the plan", "assumed": "assumed"}


def target_cell(evaluation: Evaluation, rating: IndicatorRating) -> Dictionary:
    """The target or standard in a few words, and whose reading it is; what has no year holds in every year."""
    indicator, case = rating.indicator, rating.named.case
    row = indicator.row
    whose = str(row["basis"])
    if row["basis"] == "assumed" and row["confirmed_by"]:
        whose += ", confirmed"
    if case.reference and case.target is not None:
        words = f"{_least(rating.named)}{_yardstick(rating.named).removeprefix(':')}"
        whose += "; a reference"
    else:
        words = target_words(evaluation, rating).removesuffix(" each year")
    whose += _at_first(rating.named)
    return cell(words, small="" if indicator.rule == "monitor" else whose)


def _at_first(named: Rated) -> str:
    """What the target or the yardstick was before it was moved."""
    yardstick = first_yardstick(named)
    if yardstick is not None:
        return f"; revised from {amounts(named.indicator.row['unit'], yardstick, named.case.target)[0]}"
    first = first_target(named)
    return f"; first set at {target_text(named, first)}" if first else ""


def target_words(evaluation: Evaluation, rating: IndicatorRating) -> str:
    """What a value is held against: "at least 95 % each year"."""
    return _WORDS[rating.indicator.rule](rating.named, evaluation.reference_name(rating.indicator.code))


def _target(named: Rated, reference_name: str) -> str:
    if named.case.reference:
        return f"{_least(named)} “{reference_name}”{_yardstick(named)}"
    when = f"by {named.case.due}" if named.case.due else "each year"
    return f"{_least(named)} {amount(float(named.indicator.target), named.indicator.row['unit'])} {when}"


def _least(named: Rated) -> str:
    return "at most" if _less(named) else "at least"


def _yardstick(named: Rated) -> str:
    """A reference's figure, so that it doesn't read like the value when it is another."""
    unit, target, value = named.indicator.row["unit"], named.case.target, named.shown_value
    if target is None:
        return ""
    return f": {united(amounts(unit, target if value is None else value, target, within=0.2)[1], unit)}"


def _band(named: Rated, _: str) -> str:
    low, high = named.case.band
    return f"{number(low)} to {amount(high, named.indicator.row['unit'])} each year"


def _trend(named: Rated, _: str) -> str:
    first, last = named.indicator.baseline_years or (0, 0)
    return f"{'below' if _less(named) else 'above'} the trend of {first}–{last}"


def _turn(named: Rated) -> str:
    return "falls" if _less(named) else "rises"


def _less(named: Rated) -> bool:
    return named.indicator.rule in LESS_IS_BETTER


_WORDS: dict[str, Callable[[Rated, str], str]] = {
    "at_least": _target,
    "at_most": _target,
    "between": _band,
    "zero": lambda named, _: "none each year",
    "yes": lambda named, _: "in place each year",
    "level": lambda named, _: f"“{named.indicator.target}” or better",
    "by_date": lambda named, _: f"by {date_text(named.indicator.target)}",
    "rise_each_year": lambda named, _: f"{_turn(named)} every year",
    "fall_each_year": lambda named, _: f"{_turn(named)} every year",
    "above_trend": _trend,
    "below_trend": _trend,
    "increase": lambda named, _: f"{_turn(named)} from {named.indicator.baseline_year}",
    "decrease": lambda named, _: f"{_turn(named)} from {named.indicator.baseline_year}",
    "monitor": lambda named, _: "no standard set",
}
