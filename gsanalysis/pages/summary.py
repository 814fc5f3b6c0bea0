"""The answer first: three counts, and three sentences on the best, the worst and the unknown."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from gsanalysis.pages import blocks
from gsanalysis.pages.blocks import Block
from gsanalysis.pages.contents import capital, counted, is_good, kpi_rating
from gsanalysis.pages.limits import in_part
from gsanalysis.rating.evaluation import Evaluation
from gsanalysis.rating.rate import BASES, IndicatorRating
from gsanalysis.rating.rules import RATINGS
from gsanalysis.wording.explanation import supplier
from gsanalysis.wording.findings import heading, headline
from gsanalysis.wording.words import DASH, listed, rating_word


def verdict(evaluation: Evaluation, row: Mapping[Any, Any], ratings: Sequence[IndicatorRating]) -> Block:
    """The band of counts (``row`` is one of the table of objectives, or their total) and sentences."""
    counts = [_on_course(row), _coverage(row), _bounds(row)]
    sentences = [_best(evaluation, ratings), _worst(evaluation, ratings), _unknown(evaluation, ratings)]
    return blocks.verdict(counts, sentences)


def _on_course(row: Mapping[Any, Any]) -> tuple[str, str]:
    good = int(row["achieved"] + row["on_track"])
    if row["rated"] == 0:
        return DASH, "on course: no KPI could be rated"
    if math.isnan(row["on_course"]):
        return DASH, "on course is not said: too few KPIs could be rated in full"
    return f"{good} of {row['rated']}", "rated KPIs on course"


def _coverage(row: Mapping[Any, Any]) -> tuple[str, str]:
    partial = f", {in_part(row['partial'], row['rated'])}" if row["partial"] else ""
    have = "has" if row["monitored"] == 1 else "have"
    more = f"; {row['monitored']} more {have} no standard" if row["monitored"] else ""
    if row["ratable"] == 0:
        return "0", f"KPIs can be rated{more}"
    return f"{row['rated']} of {row['ratable']}", f"KPIs could be rated{partial}{more}"


def _bounds(row: Mapping[Any, Any]) -> tuple[str, str]:
    if row["ratable"] == 0:
        return DASH, "nothing is missing that could be rated"
    low, high = (round(row[name] * row["ratable"]) for name in ("on_course_low", "on_course_high"))
    span = str(low) if low == high else f"{low} {DASH} {high}"
    return span, f"of {row['ratable']} on course if all that is missing were bad {DASH} good"


def _best(evaluation: Evaluation, ratings: Sequence[IndicatorRating]) -> tuple[str, str]:
    good = _strongest(ratings, lambda r: is_good(r.rating))
    if not good:
        return "no_data", f"Nothing was rated achieved or on track for {evaluation.year}."
    on_course = [r for r in good if is_good(kpi_rating(evaluation, r.indicator.kpi))]
    best = (on_course or good)[0]
    said = headline(evaluation, best)
    if not on_course:
        kpi = rating_word(kpi_rating(evaluation, best.indicator.kpi))
        said = f"{said.removesuffix('.')} (its KPI is {kpi})."
    return best.rating, said


def _worst(evaluation: Evaluation, ratings: Sequence[IndicatorRating]) -> tuple[str, str]:
    bad = _strongest(ratings, lambda r: r.rating in ("off_track", "at_risk"))
    rated = sum(r.rating in RATINGS for r in ratings)
    if not bad:
        sign = "achieved" if rated else "no_data"
        return sign, f"Nothing was off track; {counted(rated, 'indicator')} could be rated."
    others = sum(r.rating == "off_track" for r in bad) - (bad[0].rating == "off_track")
    more = (
        f" {capital(counted(others, 'other indicator'))} {'is' if others == 1 else 'are'} off track too."
        if others > 0
        else ""
    )
    return bad[0].rating, headline(evaluation, bad[0]) + more


def _strongest(
    ratings: Sequence[IndicatorRating], wanted: Callable[[IndicatorRating], bool]
) -> list[IndicatorRating]:
    """Those wanted, furthest from the middle of the scale first, then by the strength of their reading."""

    def order(rating: IndicatorRating) -> tuple[int, int]:
        extreme = min(RATINGS.index(rating.rating), len(RATINGS) - 1 - RATINGS.index(rating.rating))
        return extreme, BASES.index(rating.indicator.row["basis"])

    return sorted((rating for rating in ratings if wanted(rating)), key=order)


def _unknown(evaluation: Evaluation, ratings: Sequence[IndicatorRating]) -> tuple[str, str]:
    unknown = [rating for rating in ratings if rating.rating in ("no_data", "no_comparison")]
    if not unknown:
        partial = [rating for rating in ratings if rating.missing]
        if partial:
            return "no_data", _missing_parts(partial[0])
        return "monitored", "Everything that has a standard could be rated."
    first = min(unknown, key=lambda rating: BASES.index(rating.indicator.row["basis"]))
    others = len(unknown) - 1
    more = f"{capital(counted(others, 'other indicator'))} can't be rated either." if others else ""
    finding = f"{heading(evaluation, first)}." if first.rating == "no_data" else headline(evaluation, first)
    said = (finding, supplier(first.indicator.row["owner"]), more)
    return first.rating, " ".join(filter(None, said))


def _missing_parts(rating: IndicatorRating) -> str:
    """What is unknown where every indicator could be rated, but not each of its parts."""
    parts = [part for part in rating.parts if part.rating in ("no_data", "no_comparison")]
    names = listed([f"“{part.part}”" for part in parts])
    said = f"{rating.indicator.row['name']}: no figure or comparison for {names}."
    return " ".join(filter(None, (said, supplier(rating.indicator.row["owner"]))))
