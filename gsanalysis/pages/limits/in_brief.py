"""The limits of a page in counts, for one that has no room for names."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

import pandas as pd

from gsanalysis.pages.contents import capital, count_word, counted, indicators_of, kpi_rating
from gsanalysis.pages.limits.by_name import (
    by_the_first,
    few_answers,
    moved_targets,
    named,
    revised_yardsticks,
    unconfirmed,
)
from gsanalysis.rating.evaluation import Evaluation
from gsanalysis.rating.rate import IndicatorRating
from gsanalysis.rating.rules import RATINGS
from gsanalysis.rating.vintages import jumps
from gsanalysis.wording.words import share

FEW = 3  # so many may be named


def missing(ratings: Sequence[IndicatorRating]) -> Iterator[str]:
    """How many indicators have no figure, nothing to compare with, or are rated without some of their parts."""
    counts = {
        "no figure": sum(one.rating == "no_data" for one in ratings),
        "nothing to compare with": sum(one.rating == "no_comparison" for one in ratings),
    }
    found = [(what, count) for what, count in counts.items() if count]
    if found:
        (what, count), *others = found
        first = f"{counted(count, 'indicator')} {'has' if count == 1 else 'have'} {what}"
        rest = [f"{count_word(number)} {thing}" for thing, number in others]
        yield f"{capital(', '.join([first, *rest]))}."
    if partial := sum(one.missing > 0 for one in ratings):
        are, their = ("is", "its") if partial == 1 else ("are", "their")
        yield f"{capital(counted(partial, 'indicator'))} {are} rated without some of {their} parts."


def assumed(
    evaluation: Evaluation, kpis: Collection[str], ratings: Sequence[IndicatorRating]
) -> Iterator[str]:
    """How many standards nobody has confirmed, and how many KPIs off track rest on nothing else."""
    found = unconfirmed(ratings)
    if not found:
        return
    rated = sum(one.rating in RATINGS for one in ratings)
    whose = "the only rated indicator" if rated == 1 else f"{len(found)} of {rated} rated indicators"
    codes = {one.indicator.code for one in found}
    off_track = [kpi for kpi in kpis if kpi_rating(evaluation, kpi) == "off_track"]
    resting = sum(_worst(evaluation, kpi) <= codes for kpi in off_track)
    also = f"; so it is in {resting} of {_kpis(len(off_track))} off track" if resting else ""
    yield f"The standard of {whose} is assumed, and nobody has confirmed it{also}."


def moved(ratings: Sequence[IndicatorRating]) -> Iterator[str]:
    """The goalposts that were moved: by name where they are few."""
    sentences = {
        "The target was moved since it was first set for": moved_targets(ratings),
        "The yardstick was revised after it was set for": revised_yardsticks(ratings),
    }
    for sentence, found in sentences.items():
        if found:
            names = [one.indicator.row["name"] for one in found]
            which = named(names) if len(found) <= FEW else counted(len(found), "indicator")
            yield f"{sentence} {which}{by_the_first(found)}."


def invented(figures: pd.DataFrame) -> Iterator[str]:
    """Where all figures are invented: how many of them are given as checked outside."""
    outside = int(figures["verification"].isin(("audited", "published")).sum())
    all_of_them = "Both" if len(figures) == 2 else f"All {count_word(len(figures))}"
    some = f"{share(outside, len(figures))} of them are"
    if outside in (0, len(figures)):
        some = "none is" if not outside else "both are" if outside == 2 else "all are"
    yield f"{all_of_them} figures are invented; {some} given as published or audited."


def answers(figures: pd.DataFrame) -> Iterator[str]:
    """How many surveys too few answered."""
    if count := len(few_answers(figures)):
        have = "result of a survey rests" if count == 1 else "results of surveys rest"
        yield f"{capital(count_word(count))} {have} on too few answers to stand for all who were asked."


def jumped(evaluation: Evaluation, codes: Collection[str]) -> Iterator[str]:
    """How many numbers moved by more than half."""
    if count := len(jumps(evaluation, codes)):
        yield f"{capital(counted(count, 'number'))} moved by more than half since the one before: worth a look."


def _kpis(count: int) -> str:
    return f"{count} {'KPI' if count == 1 else 'KPIs'}"


def _worst(evaluation: Evaluation, kpi: str) -> set[str]:
    """The indicators that make a KPI off track."""
    codes = indicators_of(evaluation, kpi)
    return {code for code in codes if evaluation.ratings[code].rating == "off_track"}
