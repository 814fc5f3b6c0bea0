"""What a move of target, tolerance, due year or value does to a rating, in sentences."""

from __future__ import annotations

from collections.abc import Mapping

from gsanalysis.explore.movable import Movable, movables, part_of, said
from gsanalysis.explore.what_if import what_if
from gsanalysis.plan import UsageError
from gsanalysis.rating.evaluation import Evaluation
from gsanalysis.rating.rate import IndicatorRating, Rated
from gsanalysis.wording.words import listed, rating_word

NOTHING_MOVED = "Nothing is moved: this is the rating as it stands."


def movement(
    evaluation: Evaluation,
    code: str,
    moves: Mapping[str, str],
    supposed: IndicatorRating,
    part: str | None = None,
) -> list[str]:
    """Say what was moved, what became of the rating, and which of several moves did it.

    ``moves`` maps arguments of `what_if` to cells as text, ``supposed`` is its answer.
    """
    if not moves:
        return [NOTHING_MOVED]
    stands = evaluation.rating(code, evaluation.year).rating
    rated = part_of(evaluation, code, part)
    clauses = [_clause(rated, one, moves[one.name]) for one in movables(rated) if one.name in moves]
    what = ", ".join(clauses)
    became = supposed.rating
    if became == stands:
        return [f"{_capital(what)}: {rating_word(stands)} all the same."]
    verdict = f"{_capital(what)}: {rating_word(became)} instead of {rating_word(stands)}."
    return [verdict, *_deciding(evaluation, code, moves, stands, part)]


def _clause(rated: Rated, one: Movable, cell: str) -> str:
    """What was moved, from where to where; a figure is that of its part, a standard is that of all."""
    of_part = rated.part and (one.name == "value" or (one.name == "target" and rated.case.reference))
    whose = f" of “{rated.part}”" if of_part else ""
    return f"{one.label.lower()}{whose} {said(rated, one, cell)} instead of {said(rated, one, one.stands)}"


def _deciding(
    evaluation: Evaluation, code: str, moves: Mapping[str, str], stands: str, part: str | None
) -> list[str]:
    """Which of several moves decides: each that, taken back alone, brings the rating back."""
    if len(moves) < 2:
        return []
    deciding = [
        name
        for name in moves
        if _rating(evaluation, code, {k: v for k, v in moves.items() if k != name}, part) == stands
    ]
    if not deciding:
        return ["No single move decides: with any one of them taken back it would differ all the same."]
    names = [f"the {'due year' if name == 'due' else name}" for name in deciding]
    if len(names) == 1:
        return [f"{_capital(names[0])} decides: without it the rating would stay."]
    which = "either of them" if len(names) == 2 else "any of them"
    return [f"{_capital(listed(names))} are needed: without {which} the rating would stay."]


def _rating(evaluation: Evaluation, code: str, moves: Mapping[str, str], part: str | None) -> str:
    """The rating after some of the moves, "" where they make no sense without the others."""
    try:
        return what_if(evaluation, code, **moves, part=part).rating
    except UsageError:
        return ""


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
