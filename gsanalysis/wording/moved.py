"""Goalposts that were moved: what a target or a yardstick was at first, and how that would have been rated."""

from __future__ import annotations

import re
from dataclasses import replace

from gsanalysis.rating.rate import IndicatorRating, Rated
from gsanalysis.rating.rules import RATINGS, RULES, Case
from gsanalysis.schema import NUMBER
from gsanalysis.wording.amounts import united
from gsanalysis.wording.words import exact


def first_target(named: Rated) -> str:
    """The target as it was first set, where it was moved since; else empty."""
    first = named.indicator.row["first_target"]
    return "" if first == named.indicator.target else first


def first_yardstick(named: Rated) -> float | None:
    """The first figure of a reference that was revised since, else None.

    None too where at first there was no figure that could have been revised.
    """
    reference = named.evidence.reference
    if named.rating not in RATINGS or reference is None:
        return None
    firsts = [figure.first for figure in reference.figures]
    if None in firsts or all(figure.vintages == 1 for figure in reference.figures):
        return None
    first = sum(float(value) for value in firsts if value is not None)
    return None if first == named.case.target else first


def rating_at_first(named: Rated) -> str:
    """The rating that the first target or yardstick gives; where none was moved, the rating as it is."""
    first, yardstick = first_target(named), first_yardstick(named)
    if first and not is_readable(named, first):
        first = ""
    if yardstick is not None:
        return _rating(named, replace(named.case, target=yardstick))
    if first and named.rating in RATINGS and not named.case.reference:
        return _rating(named, _with_target(named.case, named.indicator.rule, first))
    return named.rating


def worst_at_first(rating: IndicatorRating) -> str:
    """The indicator's rating by the first targets or yardsticks of its parts: the worst of theirs."""
    ratings = [rating_at_first(part) for part in rating.parts]
    rated = [RATINGS.index(one) for one in ratings if one in RATINGS]
    return RATINGS[max(rated)] if rated else rating.rating


def is_readable(named: Rated, target: str) -> bool:
    """Whether a first target can be rated: nothing else rests on it, so the data may have words there ("about 95")."""
    indicator = named.indicator
    if indicator.rule == "between":
        return bool(re.fullmatch(rf"{NUMBER.pattern}\|{NUMBER.pattern}", target))
    if indicator.kind == "number":
        return bool(NUMBER.fullmatch(target))
    if indicator.kind == "date":
        return bool(re.fullmatch(r"\d{4}-\d{2}-\d{2}", target, re.ASCII))
    return target in indicator.scale


def target_text(named: Rated, target: str) -> str:
    """A target in full, as a sentence gives it: "6 to 8 days", "“good”", "30 June 2013"; other words are quoted."""
    if not named.case.reference and not is_readable(named, target):
        return f"“{target}”"
    unit, kind = named.indicator.row["unit"], named.indicator.kind
    if named.indicator.rule == "between":
        low, high = map(float, target.split("|"))
        return f"{exact(low)} to {united(exact(high, unit), unit)}"
    if kind == "number" and not named.case.reference:
        return united(exact(float(target), unit), unit)
    return f"“{target}”" if kind == "level" else exact(target)


def _rating(named: Rated, case: Case) -> str:
    return RULES[named.indicator.rule](case).rating


def _with_target(case: Case, rule: str, target: str) -> Case:
    if rule == "between":
        low, high = map(float, target.split("|"))
        return replace(case, band=(low, high), target=target)
    return replace(case, target=target if isinstance(case.target, str) else float(target))
