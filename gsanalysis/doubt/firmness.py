"""How firm a rating is: what would change it, and whether a revision, chance or a limit of the method reaches that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice
from math import ceil, floor, inf

import pandas as pd

from gsanalysis.doubt.revisions import mean_absolute_revision
from gsanalysis.rating.evaluation import Evaluation
from gsanalysis.rating.rate import IndicatorRating, Rated
from gsanalysis.rating.rules import DIRECTIONS, RATINGS, RULES, TARGETS, Case, Scalar
from gsanalysis.rating.turning import Turn, turns
from gsanalysis.wording.amounts import difference, threshold
from gsanalysis.wording.answers import margin_of_error
from gsanalysis.wording.changes import changes, counts
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


@dataclass(frozen=True)
class _Way:
    """A part (or the whole) and the turns of its value that change the indicator's rating, one at least."""

    part: Rated
    turns: list[Turn]
    lead: str  # names the part in front of a sentence

    def distance(self, turn: Turn) -> float:
        """How far a turning value lies from the value; what is no number is turned by any other answer."""
        return abs(turn.value - self.value) if isinstance(turn.value, float) else 0.0

    @property
    def value(self) -> float:
        """The value of the year; 0 of what is no number."""
        return float(self.part.case.value or 0) if self.part.indicator.kind == "number" else 0.0

    @property
    def nearest(self) -> Turn:
        """The nearest of the turns."""
        return min(self.turns, key=self.distance)

    @property
    def share(self) -> float:
        """How far the nearest turn lies from the value, as a share of it."""
        distance = self.distance(self.nearest)
        return distance / abs(self.value) if self.value else inf if distance else 0.0

    def reached(self, reach: float) -> Turn | None:
        """The nearest turning value within reach."""
        turn = self.nearest
        return turn if isinstance(turn.value, float) and self.distance(turn) <= reach + 1e-9 else None


def firmness_of(evaluation: Evaluation, rating: IndicatorRating) -> Firmness:
    """How firm one indicator's rating is; of parts that are each rated, any may turn the worst of them."""
    if rating.rating not in RATINGS:
        return Firmness("", None, "")
    ways = _ways(rating)
    reasons = [
        *islice((said for way in ways for said in _revision(evaluation, way)), 1),
        *islice((said for way in ways for said in _chance(evaluation, way)), 1),
        *islice(_limits(rating), 1),
    ]
    if not ways:
        what = f"No value of {'one part alone' if len(rating.parts) > 1 else 'the year'} would change it."
        return Firmness("fragile" if reasons else "firm", None, " ".join(reasons) or what)
    way = min(ways, key=lambda way: way.share)
    value, what = way.nearest.value, way.lead + " ".join(changes(way.part, way.turns))
    if reasons:
        return Firmness("fragile", value, " ".join(reasons))
    if isinstance(value, float) and way.distance(way.nearest) <= NEAR * abs(way.value):
        return Firmness("close", value, f"{what}{_near(way)}")
    return Firmness("firm", value, what)


def _ways(rating: IndicatorRating) -> list[_Way]:
    """The parts that can change the rating, the one that decides first."""
    parts = sorted(rating.parts, key=lambda part: part is not rating.named)
    found = (
        (
            part,
            [turn for turn in turns(part.indicator.rule, part.case) if _changes(rating, part, turn.rating)],
        )
        for part in parts
    )
    many = len(parts) > 1
    return [_Way(part, own, f"“{part.part}”: " if many else "") for part, own in found if own]


def _near(way: _Way) -> str:
    """That the nearest turn is near, in words that fit the sentence before."""
    if len({turn.value for turn in way.turns}) < len(way.turns) or not way.value:
        return ""  # any other value turns it
    limit = float(way.nearest.value)
    whole = ceil(limit) if way.nearest.up else floor(limit)
    if counts(way.part) and abs(whole - way.value) > NEAR * abs(way.value):
        said = threshold(limit, way.part.indicator.row["unit"], way.nearest.up)
        return f" The limit of {said} lies within a tenth of the figure."
    which = "The nearer of the two lies" if len(way.turns) > 1 else "That is"
    return f" {which} within a tenth of the figure."


def _changes(rating: IndicatorRating, part: Rated, turned: str) -> bool:
    """Whether the indicator's rating changes when this part is rated so: the other parts stay as they are."""
    return _worst([turned, *(other.rating for other in rating.parts if other is not part)]) != rating.rating


def _worst(ratings: Iterable[str]) -> str:
    return max((one for one in ratings if one in RATINGS), key=RATINGS.index, default="")


def _revision(evaluation: Evaluation, way: _Way) -> Iterator[str]:
    """Whether a provisional figure would be rated otherwise after a revision of the usual size."""
    part = way.part
    if part.evidence.value.state != "provisional" or part.indicator.kind != "number":
        return
    usual = mean_absolute_revision(evaluation, part.indicator, part.part)
    turn = way.reached(usual) if usual else None
    if usual and turn:
        size = difference(usual, part.indicator.row["unit"])
        yield (
            f"{way.lead}The figure is provisional, and such figures were revised by {size} on average: "
            f"{_there(part, turn)}, within that, it would be {rating_word(turn.rating)}."
        )


def _chance(evaluation: Evaluation, way: _Way) -> Iterator[str]:
    """Whether chance in who answered a survey could account for the rating; of a share only can its size be told."""
    part = way.part
    figures = part.evidence.value.figures
    if len(figures) != 1 or not is_share(part.indicator.row["unit"]):
        return
    row = evaluation.row(figures[0].row)
    if not row["responses"] or not row["invited"]:
        return
    answered, asked = int(row["responses"]), int(row["invited"])
    margin = margin_of_error(answered, asked)
    turn = way.reached(margin) if margin else None
    if turn:
        yield (
            f"{way.lead}{answered} of {asked} answered, so chance reaches up to {number(margin)} points either way: "
            f"{_there(part, turn)}, within that, it would be {rating_word(turn.rating)}."
        )


def _limits(rating: IndicatorRating) -> Iterator[str]:
    """Whether one of the method's limits or the plan's tolerance, moved by a tenth, would give another rating.

    A limit is that of the indicator or of the method: it moves for all parts at once.
    """
    rated = [part for part in rating.parts if part.rating in RATINGS]
    for moved in zip(*map(_moved_cases, rated), strict=True):
        what, now, then, _ = moved[0]
        other = _worst(RULES[rating.indicator.rule](case).rating for *_, case in moved)
        if other != rating.rating:
            yield f"With {what} of {then} instead of {now} it would be {rating_word(other)}."


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
