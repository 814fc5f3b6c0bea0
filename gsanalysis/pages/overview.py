"""The page on all objectives: side by side, by name, and against the year before."""

from __future__ import annotations

import math
from typing import Any

from gsanalysis.pages import blocks, summary
from gsanalysis.pages.blocks import Block, Dictionary, cell, column
from gsanalysis.pages.contents import (
    commentary,
    indicators_of,
    kpi_rating,
    kpi_text,
    part_of,
    references,
)
from gsanalysis.pages.invented import caption
from gsanalysis.pages.limits import limits as limits_of
from gsanalysis.pages.movement import since_last_year, trend
from gsanalysis.pages.opening import legend, page_title
from gsanalysis.rating.evaluation import Evaluation
from gsanalysis.rating.rate import IndicatorRating
from gsanalysis.rating.rules import RATINGS
from gsanalysis.wording.findings import headline
from gsanalysis.wording.words import DASH, RATING_WORDS, rating_word, share

__all__ = [
    "grid",
    "head",
    "legend",
    "limits",
    "not_rated",
    "off_track",
    "since_last_year",
    "standing",
    "verdict",
]

SHOWN = 12  # more KPIs than these are named without a sentence each


def head(evaluation: Evaluation) -> Block:
    """Where the reader is: the whole plan, with its strategic goal."""
    return page_title(
        evaluation, "Overview", evaluation.plan.title, list(evaluation.ratings), evaluation.plan.goal
    )


def verdict(evaluation: Evaluation) -> Block:
    """The counts of all objectives together, and the best, the worst, the unknown."""
    objectives = evaluation.objectives
    numbers = objectives.drop(columns=["objective", "coverage", "on_course"])
    low, high = (
        (objectives[name] * objectives["ratable"]).sum() for name in ("on_course_low", "on_course_high")
    )
    total = {name: int(value) for name, value in numbers.sum().items()}
    full = total["rated"] - total["partial"]
    enough = total["ratable"] > 0 and full / total["ratable"] >= evaluation.plan.coverage_floor
    total_shares = {
        "on_course": 0.0 if enough else math.nan,
        "on_course_low": low / max(total["ratable"], 1),
        "on_course_high": high / max(total["ratable"], 1),
    }
    return summary.verdict(evaluation, {**total, **total_shares}, list(evaluation.ratings.values()))


def grid(evaluation: Evaluation) -> Block:
    """The objectives side by side: counts, coverage, on course and its bounds."""
    titles = dict(
        zip(evaluation.plan.objectives["objective"], evaluation.plan.objectives["title"], strict=True)
    )
    rows = [_grid_row(row, titles[row["objective"]]) for row in evaluation.objectives.to_dict("records")]
    columns = [
        column("Objective", width="wide"),
        column("Its KPIs", "one sign each"),
        column("Rated in full", align="right", width="narrow"),
        column("On course", align="right", width="narrow"),
    ]
    note = (
        "On course: achieved or on track, given where enough KPIs are rated in full; below it, how many it would be if "
        "all that is missing were bad, and if it were good."
    )
    said = caption(evaluation, f"The objectives side by side, {evaluation.year}")
    return blocks.table(said, columns, rows, note, key="objectives")


def off_track(evaluation: Evaluation) -> Block:
    """Every KPI that is off track, by name, with the finding, its figure and whether anybody explained it."""
    kpis = _rated_so(evaluation, ("off_track",))
    if not kpis:
        return blocks.paragraph("No KPI that could be rated was off track.")
    return blocks.listing(
        [_named(evaluation, kpi, ("off_track",), _explained(evaluation, kpi)) for kpi in kpis]
    )


def not_rated(evaluation: Evaluation) -> Block:
    """Every KPI that has a standard and could not be rated, by name; of many only the names."""
    unrated = ("no_data", "no_comparison")
    kpis = _rated_so(evaluation, unrated)
    if not kpis:
        return blocks.paragraph("Every KPI that has a standard could be rated.")
    if len(kpis) <= SHOWN:
        return blocks.listing([_named(evaluation, kpi, unrated) for kpi in kpis])
    return blocks.listing(
        [blocks.item(f"{kpi} {kpi_text(evaluation, kpi)}", kpi_rating(evaluation, kpi)) for kpi in kpis]
    )


def standing(evaluation: Evaluation) -> Block:
    """Which way the ratings went since the year before, and on how many of them somebody's assumption decides."""
    sentences = [trend(evaluation), _assumptions(evaluation)]
    return blocks.paragraph(" ".join(sentence for sentence in sentences if sentence))


def limits(evaluation: Evaluation) -> Block:
    """The limits of the whole evaluation, in counts; by name they stand on the pages of the objectives."""
    return limits_of(evaluation, list(evaluation.plan.kpis["kpi"]), brief=True)


def _grid_row(row: dict[Any, Any], title: str) -> list[Dictionary]:
    name = cell(f"Objective {row['objective']}", small=title, href=f"{row['objective']}.html")
    counts = {rating: int(row[rating]) for rating in RATING_WORDS if row[rating]}
    signs = [rating for rating, count in counts.items() for _ in range(count)]
    said = [f"{count} {rating_word(rating)}" for rating, count in counts.items()]
    kpis = cell(strip=signs, small=", ".join(said) or "no KPI")
    if not row["ratable"]:
        return [name, kpis, cell(DASH), cell(DASH)]
    full = share(row["rated"] - row["partial"], row["ratable"])
    low, high = (round(row[bound] * row["ratable"]) for bound in ("on_course_low", "on_course_high"))
    said_at_all = not math.isnan(row["on_course"])
    on_course = share(row["achieved"] + row["on_track"], row["rated"]) if said_at_all else DASH
    return [name, kpis, cell(full), cell(on_course, small=f"{low} to {high} of {row['ratable']}")]


def _rated_so(evaluation: Evaluation, ratings: tuple[str, ...]) -> list[str]:
    return [kpi for kpi in evaluation.plan.kpis["kpi"] if kpi_rating(evaluation, kpi) in ratings]


def _named(evaluation: Evaluation, kpi: str, ratings: tuple[str, ...], more: str = "") -> Dictionary:
    """A KPI in the plan's words, with the findings about those of its indicators that are rated so."""
    found = [rating for rating in _indicators(evaluation, kpi) if rating.rating in ratings]
    said = [_finding(evaluation, rating) for rating in found] or ["Nothing is measured for this KPI."]
    words, refs = f"{kpi} {kpi_text(evaluation, kpi)}", [rating.indicator.code for rating in found]
    return blocks.item(words, kpi_rating(evaluation, kpi), " ".join([*said, more]).strip(), refs)


def _finding(evaluation: Evaluation, rating: IndicatorRating) -> str:
    """The finding, and where the rating rests on a standard that somebody chose, that it does."""
    chosen = _is_chosen(rating) and rating.rating in RATINGS
    return headline(evaluation, rating) + (" The standard is assumed, not confirmed." if chosen else "")


def _explained(evaluation: Evaluation, kpi: str) -> str:
    """Whether those who answer for a KPI said why; their words stand on its objective's page."""
    if evaluation.as_of:
        return ""
    objective = evaluation.objective_of(kpi)
    words = commentary(evaluation, objective, kpi)
    return f"The service explains it under objective {objective}." if words else "No explanation was given."


def _indicators(evaluation: Evaluation, kpi: str) -> list[IndicatorRating]:
    skipped = references(evaluation)
    return [evaluation.ratings[code] for code in indicators_of(evaluation, kpi) if code not in skipped]


def _assumptions(evaluation: Evaluation) -> str:
    """How many of the rated KPIs rest on a standard that somebody chose and nobody confirmed."""
    rated = [kpi for kpi in evaluation.plan.kpis["kpi"] if kpi_rating(evaluation, kpi) in RATINGS]
    chosen = [
        kpi
        for kpi in rated
        if any(_is_chosen(rating) for rating in _indicators(evaluation, kpi) if rating.rating in RATINGS)
    ]
    if not chosen:
        return ""
    return f"Behind {part_of(len(chosen), len(rated), 'ratings')} stands an assumed standard that nobody has confirmed."


def _is_chosen(rating: IndicatorRating) -> bool:
    row = rating.indicator.row
    return row["basis"] == "assumed" and not row["confirmed_by"]
