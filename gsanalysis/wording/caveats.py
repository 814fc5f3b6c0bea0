"""What to be careful with about a rating: weak figures, few answers, goalposts that moved, what the reporter adds."""

from __future__ import annotations

import math
from collections.abc import Iterator

from gsanalysis.rating.evaluation import Evaluation
from gsanalysis.rating.rate import Rated
from gsanalysis.rating.rules import LESS_IS_BETTER, RATINGS, TARGETS, TRENDS
from gsanalysis.rating.turning import turns
from gsanalysis.wording.amounts import amounts, difference, united
from gsanalysis.wording.answers import FEW_ANSWERS, LOW_RESPONSE, margin_of_error
from gsanalysis.wording.endings import quoted
from gsanalysis.wording.moved import first_target, first_yardstick, is_readable, rating_at_first, target_text
from gsanalysis.wording.words import date_text, is_share, listed, number, rating_word, share, state_word

INVENTED = "Invented to show the workbook."


def caveats(evaluation: Evaluation, named: Rated) -> list[str]:
    """Sentences to be read beside a rating, none twice."""
    found = [*_state(named), *_survey(evaluation, named), *_revised(evaluation, named), *_set_anew(named)]
    return list(dict.fromkeys([*found, *_comments(evaluation, named)]))


def _state(named: Rated) -> Iterator[str]:
    own = named.evidence.value.state
    state = named.state or own
    if state == "illustrative":
        yield INVENTED
    elif state in ("provisional", "estimated"):
        what = "The figure" if own == state else "A figure that the rating rests on"
        yield f"{what} is {state_word(state)}."


def _survey(evaluation: Evaluation, named: Rated) -> Iterator[str]:
    """How many answered, a warning where they are few, and whether the rating may be chance."""
    figures = named.evidence.value.figures
    for figure in figures:
        row = evaluation.row(figure.row)
        if row["responses"] and row["invited"] and figure.value is not None:
            answered, asked = int(str(row["responses"])), int(str(row["invited"]))
            few = answered < FEW_ANSWERS or (asked > 0 and answered / asked < LOW_RESPONSE)
            warning = ": too few to stand for all" if few else ""
            of = f" ({share(answered, asked)})" if asked > 10 else ""
            yield f"{answered} of {asked} who were asked answered{of}{warning}."
            if len(figures) == 1:
                yield from _chance(named, margin_of_error(answered, asked))


def _chance(named: Rated, margin: float) -> Iterator[str]:
    """That the margin of error of a share reaches another rating."""
    unit, gap = named.indicator.row["unit"], named.outcome.gap
    if not margin or named.rating not in RATINGS or named.indicator.kind != "number" or not is_share(unit):
        return
    value, points = float(named.case.value or 0), f"± {number(math.ceil(margin))} points"
    near = [turn for turn in turns(named.indicator.rule, named.case) if _reaches(value, turn.value, margin)]
    if not near:
        return
    if gap and abs(gap) <= margin and _held_against_a_number(named):
        yield f"The {_side(named)} of {difference(gap, unit)} may be chance ({points})."
    else:
        others = listed(list(dict.fromkeys(rating_word(turn.rating) for turn in near)))
        yield f"The margin of error is {points}: it may as well be {others.replace(' and ', ' or ')}."


def _reaches(value: float, other: object, margin: float) -> bool:
    return abs(float(str(other)) - value) <= margin


def _held_against_a_number(named: Rated) -> bool:
    """Whether the rating turns on the distance from its target, not on a pace or an earlier year."""
    by_pace = named.case.due is not None and named.case.year < named.case.due
    return named.indicator.rule in TARGETS + TRENDS and not by_pace


def _side(named: Rated) -> str:
    """The word for the distance from what is asked."""
    if named.rating == "achieved":
        return "lead"
    return "excess" if named.indicator.rule in LESS_IS_BETTER else "shortfall"


def _revised(evaluation: Evaluation, named: Rated) -> Iterator[str]:
    """A reference revised after the fact, and whether its first figure would give another rating."""
    reference, unit, first = named.evidence.reference, named.indicator.row["unit"], first_yardstick(named)
    if reference is not None and first is not None:
        before, now = amounts(unit, first, named.case.target)
        day = date_text(max(figure.reported_on for figure in reference.figures if figure.vintages > 1))
        what = f"“{evaluation.reference_name(named.indicator.code)}” was revised from {before}"
        yield f"{what} to {united(now, unit)} on {day}; {_verdict(named)}."


def _set_anew(named: Rated) -> Iterator[str]:
    """A target that was moved since it was first set, and whether the first would give another rating."""
    if first := first_target(named):
        judged = named.rating in RATINGS and not named.case.reference and is_readable(named, first)
        verdict = f"; {_verdict(named)}" if judged else ""
        yield f"The target was first set at {target_text(named, first)} and moved since{verdict}."


def _verdict(named: Rated) -> str:
    """Whether what was set first would have given another rating."""
    first = rating_at_first(named)
    return (
        "both give the same rating" if first == named.rating else f"the first would give {rating_word(first)}"
    )


def _comments(evaluation: Evaluation, named: Rated) -> Iterator[str]:
    for figure in named.evidence.value.figures:
        comment = str(evaluation.row(figure.row)["comment"])
        if comment and figure.value is not None:
            yield f"The reporter says: {quoted(comment)}"
