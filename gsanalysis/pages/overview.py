"""The page on all objectives: side by side, by name, and against the year before."""

from __future__ import annotations

import math
from typing import Any

from gsanalysis.charts import svg
from gsanalysis.charts.summary import rating_dots, rating_dots_alt
from gsanalysis.pages import blocks, summary
from gsanalysis.pages.blocks import Block, Dictionary, cell, column
from gsanalysis.pages.contents import capital, commentary, indicators_of, kpi_rating, kpi_text, references
from gsanalysis.pages.invented import caption
from gsanalysis.pages.limits import limits as limits_of
from gsanalysis.pages.opening import page_title
from gsanalysis.rating.evaluation import Evaluation
from gsanalysis.rating.rate import IndicatorRating
from gsanalysis.rating.rules import RATINGS
from gsanalysis.wording.findings import headline
from gsanalysis.wording.words import DASH, rating_word, share

__all__ = [
    "dots",
    "grid",
    "head",
    "limits",
    "not_rated",
    "off_track",
    "since_last_year",
    "verdict",
]

COUNTS = ("achieved", "on_track", "at_risk", "off_track")
DOTS = "One sign for each KPI."
MOVES = ("worse", "better", "as before", "newly rated", "no longer rated")
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
        *(column(rating_word(name).capitalize(), align="right", width="narrow") for name in COUNTS),
        column("Not rated", align="right", width="narrow"),
        column("No standard", align="right", width="narrow"),
        column("Rated in full", align="right", width="narrow"),
        column("On course", align="right", width="narrow"),
    ]
    note = (
        "KPIs counted by rating. Not rated: there is no figure, or nothing to compare it with. On course: achieved or "
        "on track, given where enough KPIs are rated in full; below it, how many it would be if all that is missing "
        "were bad, and if it were good. A KPI that was not due or did not apply is in no column."
    )
    return blocks.table(
        caption(evaluation, f"The objectives side by side, {evaluation.year}"),
        columns,
        rows,
        note,
        "objectives",
    )


def dots(evaluation: Evaluation) -> Block:
    """The KPIs of each objective as signs that can be counted."""
    figure = rating_dots(evaluation.objectives)
    return blocks.figure("", svg(figure), rating_dots_alt(evaluation.objectives), DOTS)


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


def since_last_year(evaluation: Evaluation) -> Block:
    """Which KPIs moved since the year before, by the way they moved, on the figures known today."""
    before = evaluation.in_year(evaluation.year - 1)
    moved: dict[str, list[str]] = {word: [] for word in MOVES}
    for kpi in evaluation.plan.kpis["kpi"]:
        then, now = kpi_rating(before, kpi), kpi_rating(evaluation, kpi)
        if then in RATINGS or now in RATINGS:
            moved[_movement(then, now)].append(_move(kpi, then, now))
    if not any(moved.values()):
        return blocks.paragraph(f"No KPI was rated in {before.year} or in {evaluation.year}.")
    rows = [
        [cell(capital(word)), cell(str(len(kpis))), cell("; ".join(kpis))]
        for word, kpis in moved.items()
        if kpis
    ]
    columns = [
        column("Change"),
        column("KPIs", align="right", width="narrow"),
        column("Which, and from what to what", width="wide"),
    ]
    said = f"Ratings of {evaluation.year} against those of {before.year}, on the figures known today"
    return blocks.table(caption(evaluation, said), columns, rows, key="moves")


def limits(evaluation: Evaluation) -> Block:
    """The limits of the whole evaluation."""
    return limits_of(evaluation, list(evaluation.plan.kpis["kpi"]))


def _grid_row(row: dict[Any, Any], title: str) -> list[Dictionary]:
    name = cell(f"Objective {row['objective']}", small=title, href=f"{row['objective']}.html")
    numbers = [*(row[rating] for rating in COUNTS), row["no_data"] + row["no_comparison"], row["monitored"]]
    counts = [cell(str(number) if number else DASH) for number in numbers]
    if not row["ratable"]:
        return [name, *counts, cell(DASH), cell(DASH)]
    full = share(row["rated"] - row["partial"], row["ratable"])
    low, high = (round(row[bound] * row["ratable"]) for bound in ("on_course_low", "on_course_high"))
    said = math.isnan(row["on_course"])
    on_course = DASH if said else share(row["achieved"] + row["on_track"], row["rated"])
    return [name, *counts, cell(full), cell(on_course, small=f"{low} to {high} of {row['ratable']}")]


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
    row = rating.indicator.row
    chosen = row["basis"] == "assumed" and not row["confirmed_by"] and rating.rating in RATINGS
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


def _move(kpi: str, then: str, now: str) -> str:
    if then == now:
        return f"{kpi} ({rating_word(now)})"
    return f"{kpi} ({rating_word(then)} → {rating_word(now)})"


def _movement(then: str, now: str) -> str:
    if then not in RATINGS:
        return "newly rated"
    if now not in RATINGS:
        return "no longer rated"
    step = RATINGS.index(then) - RATINGS.index(now)
    return "better" if step > 0 else "worse" if step < 0 else "as before"
