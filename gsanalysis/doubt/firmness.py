"""How firm a rating is: what would change it, and whether a revision, chance or a limit of the method reaches that."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import pandas as pd

from gsanalysis.doubt.revisions import mean_absolute_revision
from gsanalysis.rating.evaluation import Evaluation
from gsanalysis.rating.rate import IndicatorRating, Rated
from gsanalysis.rating.rules import DIRECTIONS, RATINGS, RULES, TARGETS, Case, Scalar
from gsanalysis.rating.turning import Turn, turns
from gsanalysis.wording.amounts import difference
from gsanalysis.wording.answers import margin_of_error
from gsanalysis.wording.changes import changes
from gsanalysis.wording.words import exact, is_share, number, rating_word

COLUMNS = ["indicator", "rating", "firmness", "turning_value", "why"]
NEAR = 0.1  # a turning value within this share of the value is close; limits are moved by as much


@dataclass(frozen=True)
class Firmness:
    """``firmness`` is firm, close, fragile, or "" where nothing is rated; ``turning_value`` is the nearest, if any."""

    firmness: str
    turning_value: Scalar | None
    why: str


def firmness(evaluation: Evaluation) -> pd.DataFrame:
    """How firm the rating of every indicator is, in the order of the plan.

    Columns: ``indicator``; ``rating``; ``firmness`` (firm, close, fragile, "" where not rated); ``turning_value`` (the
    nearest value that would change the rating: a number, label, yes/no or ISO date; None for none); ``why``.

        >>> import gsanalysis as gs
        >>> found = gs.firmness(gs.Evaluation(gs.load(), 2014)).set_index("indicator")
        >>> found.loc["O3-K1b", ["rating", "firmness", "turning_value"]].tolist()
        ['achieved', 'firm', 18943996.0]
    """
    rows = []
    for code, rating in evaluation.ratings.items():
        found = firmness_of(evaluation, rating)
        rows.append((code, rating.rating, found.firmness, found.turning_value, found.why))
    return pd.DataFrame(rows, columns=COLUMNS).astype({"turning_value": object})


def firmness_of(evaluation: Evaluation, rating: IndicatorRating) -> Firmness:
    """How firm one indicator's rating is; of parts, what the one that decides would change."""
    if rating.rating not in RATINGS:
        return Firmness("", None, "")
    named = rating.named
    turning = [turn for turn in turns(named.indicator.rule, named.case) if _changes(rating, turn.rating)]
    nearest = min(turning, key=lambda turn: _distance(named, turn), default=None)
    value = nearest.value if nearest else None
    reasons = [*_revision(evaluation, named, turning), *_chance(evaluation, named, turning), *_limits(rating)]
    what = " ".join(changes(named, turning)) if nearest else "No value of the year would change it."
    if reasons:
        return Firmness("fragile", value, " ".join(reasons))
    if (
        nearest
        and isinstance(nearest.value, float)
        and _distance(named, nearest) <= NEAR * abs(_value(named))
    ):
        return Firmness("close", value, f"{what}{_near(turning)}")
    return Firmness("firm", value, what)


def _near(turning: list[Turn]) -> str:
    if len({turn.value for turn in turning}) < len(turning):
        return ""  # any other value turns it
    which = "The nearer of the two lies" if len(turning) > 1 else "That is"
    return f" {which} within a tenth of the figure."


def _changes(rating: IndicatorRating, of_named: str) -> bool:
    """Whether the indicator's rating changes when its named part is rated so: the other parts stay as they are."""
    others = [part.rating for part in rating.parts if part is not rating.named]
    rated = [one for one in (of_named, *others) if one in RATINGS]
    return not rated or max(rated, key=RATINGS.index) != rating.rating


def _value(named: Rated) -> float:
    return float(named.case.value or 0)


def _distance(named: Rated, turn: Turn) -> float:
    """How far a turning value lies from the value; what is no number is turned by any other answer."""
    return abs(turn.value - _value(named)) if isinstance(turn.value, float) else 0.0


def _reached(named: Rated, turning: list[Turn], reach: float) -> Turn | None:
    """The nearest turning value within reach."""
    near = [
        turn for turn in turning if isinstance(turn.value, float) and _distance(named, turn) <= reach + 1e-9
    ]
    return min(near, key=lambda turn: _distance(named, turn), default=None)


def _revision(evaluation: Evaluation, named: Rated, turning: list[Turn]) -> Iterator[str]:
    """Whether a provisional figure would be rated otherwise after a revision of the usual size."""
    if named.evidence.value.state != "provisional" or named.indicator.kind != "number":
        return
    usual = mean_absolute_revision(evaluation, named.indicator, named.part)
    turn = _reached(named, turning, usual) if usual else None
    if usual and turn:
        size = difference(usual, named.indicator.row["unit"])
        yield (
            f"The figure is provisional, and earlier ones were revised by {size} on average: "
            f"{_there(named, turn)}, within that, it would be {rating_word(turn.rating)}."
        )


def _chance(evaluation: Evaluation, named: Rated, turning: list[Turn]) -> Iterator[str]:
    """Whether chance in who answered a survey could account for the rating; of a share only can its size be told."""
    figures = named.evidence.value.figures
    if len(figures) != 1 or not is_share(named.indicator.row["unit"]):
        return
    row = evaluation.row(figures[0].row)
    if not row["responses"] or not row["invited"]:
        return
    answered, asked = int(row["responses"]), int(row["invited"])
    margin = margin_of_error(answered, asked)
    turn = _reached(named, turning, margin) if margin else None
    if turn:
        yield (
            f"{answered} of {asked} answered, so chance reaches {number(margin)} points either way: "
            f"{_there(named, turn)}, within that, it would be {rating_word(turn.rating)}."
        )


def _limits(rating: IndicatorRating) -> Iterator[str]:
    """Whether one of the method's limits or the plan's tolerance, moved by a tenth, would give another rating."""
    named = rating.named
    for what, now, moved, case in _moved_cases(named):
        other = RULES[named.indicator.rule](case).rating
        if _changes(rating, other):
            yield f"With {what} of {moved} instead of {now} it would be {rating_word(other)}."
            return


def _moved_cases(named: Rated) -> Iterator[tuple[str, str, str, Case]]:
    """The case with one limit moved by a tenth: what it is, its present and moved value in words."""
    case, rule = named.case, named.indicator.rule
    for factor in (1 - NEAR, 1 + NEAR):
        if case.tolerance and named.indicator.kind == "number":
            moved = case.tolerance * factor
            said = exact(round(100 * case.tolerance, 9), "%"), exact(round(100 * moved, 9), "%")
            yield "a tolerance", *said, replace(case, tolerance=moved)
        if rule in TARGETS and case.due is not None:
            for name, what in (("on_track", "on track from a pace"), ("at_risk", "at risk from a pace")):
                now = getattr(case.limits, name)
                limits = replace(case.limits, **{name: now * factor})
                said = f"{now:.2f}", exact(round(now * factor, 9))
                yield what, *said, replace(case, limits=limits)
        if rule in DIRECTIONS:
            now = case.limits.steady
            limits = replace(case.limits, steady=now * factor)
            said = exact(100 * now, "%"), exact(round(100 * now * factor, 9), "%")
            yield "a limit of growth", *said, replace(case, limits=limits)


def _there(named: Rated, turn: Turn) -> str:
    """Where the rating turns, as the beginning of a clause: "from 74.5 %", "under 95 %"."""
    value = exact(turn.value, named.indicator.row["unit"])
    if turn.up:
        return f"{'from' if turn.inclusive else 'above'} {value}"
    return f"{'at' if turn.inclusive else 'under'} {value}"
