"""What to be careful with about a rating: weak figures, few answers, goalposts that moved, what the reporter adds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from gsanalysis.rating.evaluation import Evaluation
from gsanalysis.rating.rate import Rated
from gsanalysis.rating.rules import RATINGS, RULES, Case
from gsanalysis.wording.amounts import amounts, united
from gsanalysis.wording.endings import quoted
from gsanalysis.wording.words import date_text, exact, rating_word, share, state_word

FEW_ANSWERS, LOW_RESPONSE = 30, 0.5  # below these a survey gets a warning (UK NAO)


def caveats(evaluation: Evaluation, named: Rated) -> list[str]:
    """Sentences to be read beside a rating, none twice."""
    found = [*_state(named), *_survey(evaluation, named), *_revised(evaluation, named), *_set_anew(named)]
    return list(dict.fromkeys([*found, *_comments(evaluation, named)]))


def _state(named: Rated) -> Iterator[str]:
    own = named.evidence.value.state
    state = named.state or own
    if state == "illustrative":
        yield "Invented to show the workbook."
    elif state in ("provisional", "estimated"):
        what = "The figure" if own == state else "A figure that the rating rests on"
        yield f"{what} is {state_word(state)}."


def _survey(evaluation: Evaluation, named: Rated) -> Iterator[str]:
    """How many answered, and a warning where they are few."""
    for figure in named.evidence.value.figures:
        row = evaluation.row(figure.row)
        if row["responses"] and row["invited"] and figure.value is not None:
            answered, asked = int(str(row["responses"])), int(str(row["invited"]))
            few = answered < FEW_ANSWERS or (asked > 0 and answered / asked < LOW_RESPONSE)
            warning = ": too few to stand for all" if few else ""
            of = f" ({share(answered, asked)})" if asked > 10 else ""
            yield f"{answered} of {asked} who were asked answered{of}{warning}."


def _revised(evaluation: Evaluation, named: Rated) -> Iterator[str]:
    """A reference revised after the fact, and whether its first figure would give another rating."""
    reference, unit = named.evidence.reference, named.indicator.row["unit"]
    if named.rating not in RATINGS or reference is None:
        return
    firsts = [figure.first for figure in reference.figures]
    if None in firsts:  # at first there was no figure that could have been revised
        return
    first = sum(float(value) for value in firsts if value is not None)
    if any(figure.vintages > 1 for figure in reference.figures) and first != named.case.target:
        before, now = amounts(unit, first, named.case.target)
        day = date_text(max(figure.reported_on for figure in reference.figures if figure.vintages > 1))
        what = f"“{evaluation.reference_name(named.indicator.code)}” was revised from {before}"
        yield f"{what} to {united(now, unit)} on {day}; {_verdict(named, replace(named.case, target=first))}."


def _set_anew(named: Rated) -> Iterator[str]:
    """A target that was moved since it was first set, and whether the first would give another rating."""
    indicator = named.indicator
    first = indicator.row["first_target"]
    if first and first != indicator.target:
        judged = named.rating in RATINGS and not named.case.reference
        verdict = f"; {_verdict(named, _with_target(named.case, indicator.rule, first))}" if judged else ""
        yield f"The target was first set at {_target_text(named, first)} and moved since{verdict}."


def _with_target(case: Case, rule: str, target: str) -> Case:
    if rule == "between":
        low, high = map(float, target.split("|"))
        return replace(case, band=(low, high), target=target)
    return replace(case, target=target if isinstance(case.target, str) else float(target))


def _target_text(named: Rated, target: str) -> str:
    unit, kind = named.indicator.row["unit"], named.indicator.kind
    if named.indicator.rule == "between":
        low, high = map(float, target.split("|"))
        return f"{exact(low)} to {united(exact(high, unit), unit)}"
    if kind == "number" and not named.case.reference:
        return united(exact(float(target), unit), unit)
    return f"“{target}”" if kind == "level" else exact(target)


def _verdict(named: Rated, case: Case) -> str:
    """Whether the case as it first stood would have given another rating."""
    first = RULES[named.indicator.rule](case).rating
    return (
        "both give the same rating" if first == named.rating else f"the first would give {rating_word(first)}"
    )


def _comments(evaluation: Evaluation, named: Rated) -> Iterator[str]:
    for figure in named.evidence.value.figures:
        comment = str(evaluation.row(figure.row)["comment"])
        if comment and figure.value is not None:
            yield f"The reporter says: {quoted(comment)}"
