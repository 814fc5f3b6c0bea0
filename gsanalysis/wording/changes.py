"""What value would have changed a rating, in a sentence."""

from __future__ import annotations

import math
from dataclasses import replace

from gsanalysis.rating.rate import Rated
from gsanalysis.rating.rules import RATINGS, RULES
from gsanalysis.rating.turning import Turn, turns
from gsanalysis.wording.amounts import threshold
from gsanalysis.wording.words import currency, date_text, is_share, rating_word


def changes(named: Rated, among: list[Turn] | None = None) -> list[str]:
    """What value would have changed it; empty where nothing was rated.

    Only the turns ``among`` are told, if given: of a part those that change the indicator too.
    """
    if named.rating not in RATINGS:
        return []
    found = turns(named.indicator.rule, named.case) if among is None else among
    if not found:
        return ["No other value would have changed the rating."]
    if _any_other(named, found):
        return [f"Any other value would be {rating_word(found[0].rating)}."]
    (where, rating), *others = [_clause(named, turn) for turn in found]
    if not others:
        return [f"{where} it would be {rating}."]
    [(also, other)] = others
    also = also[0].lower() + also[1:]
    if other == rating:
        return [f"{where} or {also} it would be {rating}."]
    return [f"{where} it would be {rating}, {also} {other}."]


def _any_other(named: Rated, found: list[Turn]) -> bool:
    none_is_met = named.indicator.rule == "zero" and named.rating == "achieved"
    return none_is_met or (len(found) == 2 and found[0].value == found[1].value)


def _clause(named: Rated, turn: Turn) -> tuple[str, str]:
    """The values on the other side of a turn, and the rating's word there."""
    return _whole(named, turn) or (_where(named, turn), rating_word(turn.rating))


def _whole(named: Rated, turn: Turn) -> tuple[str, str] | None:
    """Of things that are counted the next whole number: "With 109 visits or fewer", not "Under 109.5 visits".

    None where the turn is a whole number itself, or nothing is counted, or the rule says otherwise of the next one.
    """
    rule, case, unit = named.indicator.rule, named.case, named.indicator.row["unit"]
    if not isinstance(turn.value, float) or turn.value.is_integer() or not counts(named):
        return None
    value = float(math.ceil(turn.value) if turn.up else math.floor(turn.value))
    low, high = case.minimum, case.maximum
    if (low is not None and value < low) or (high is not None and value > high):
        return None
    rating = RULES[rule](replace(case, value=value)).rating
    if rating == named.rating or (rule == "between" and turn.inclusive):
        return None
    side = "or more" if turn.up else "or fewer"
    where = "With none" if value == low == 0 else f"With {threshold(value, unit, turn.up)} {side}"
    return where, rating_word(rating)


def counts(named: Rated) -> bool:
    """Whether the unit is that of things that are counted, as far as the figures show."""
    case, unit = named.case, named.indicator.row["unit"]
    if is_share(unit) or currency(unit):
        return False
    others = (case.target, case.baseline, case.previous, *(value for _, value in case.trend))
    values = [case.value, *(other for other in others if isinstance(other, float))]
    return all(float(value or 0).is_integer() for value in values)


def _where(named: Rated, turn: Turn) -> str:
    """The values on the other side of a turn: "From 95 %", "Done by 30 June 2013"."""
    rule = named.indicator.rule
    if rule == "by_date":
        return f"Done {'by' if turn.inclusive else 'after'} {date_text(str(turn.value))}"
    if rule == "yes":
        return f"If it were {'' if turn.value == 'yes' else 'not '}in place,"
    if rule == "level":
        return f"With “{turn.value}”"
    if rule == "zero":
        return "With none"
    value = threshold(float(turn.value), named.indicator.row["unit"], turn.up)
    # beyond a band's nearer limit lies its other one: the turn holds at the limit, not for all that lies past it
    return f"At {value}" if rule == "between" and turn.inclusive else _beyond(value, turn)


def _beyond(value: str, turn: Turn) -> str:
    if turn.up:
        return f"{'From' if turn.inclusive else 'Above'} {value}"
    return f"At {value} or less" if turn.inclusive else f"Under {value}"
