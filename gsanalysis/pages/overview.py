"""The page on all objectives: side by side, by name, and against the year before."""

from __future__ import annotations

import math
from typing import Any

from gsanalysis.charts import svg
from gsanalysis.charts.summary import rating_dots, rating_dots_alt
from gsanalysis.pages import blocks, summary
from gsanalysis.pages.blocks import Block, Dictionary, cell, column
from gsanalysis.pages.contents import indicators_of, kpi_rating, kpi_text, references
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
    "missing",
    "not_rated",
    "off_track",
    "since_last_year",
    "verdict",
]

COUNTS = ("achieved", "on_track", "at_risk", "off_track", "no_data", "no_comparison", "monitored")


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
        column("Rated in full", align="right", width="narrow"),
        column("On course", "if missing were bad – good", align="right", width="narrow"),
    ]
    note = "KPIs counted by rating; a KPI that was not due or did not apply stands in no column."
    return blocks.table(
        caption(evaluation, f"The objectives side by side, {evaluation.year}"), columns, rows, note
    )


def dots(evaluation: Evaluation) -> Block:
    """The KPIs of each objective as signs that can be counted."""
    figure = rating_dots(evaluation.objectives)
    return blocks.figure("KPIs by rating and objective", svg(figure), rating_dots_alt(evaluation.objectives))


def off_track(evaluation: Evaluation) -> Block:
    """Every KPI that is off track, by name."""
    return _by_name(evaluation, ("off_track",), "No KPI that could be rated was off track.")


def not_rated(evaluation: Evaluation) -> Block:
    """Every KPI that has a standard and could not be rated, by name."""
    return _by_name(evaluation, ("no_data", "no_comparison"), "Every KPI that has a standard could be rated.")


def since_last_year(evaluation: Evaluation) -> Block:
    """Every KPI that was rated last year or is now, with both ratings and which way it moved."""
    before, rows = evaluation.in_year(evaluation.year - 1), []
    for kpi in evaluation.plan.kpis["kpi"]:
        then, now = kpi_rating(before, kpi), kpi_rating(evaluation, kpi)
        if then in RATINGS or now in RATINGS:
            words = cell(f"{kpi} {kpi_text(evaluation, kpi)}")
            rows.append([words, _rated(then), _rated(now), cell(_movement(then, now))])
    if not rows:
        return blocks.paragraph(f"No KPI was rated in {evaluation.year - 1} or in {evaluation.year}.")
    columns = [
        column("KPI", width="wide"),
        column(str(before.year)),
        column(str(evaluation.year)),
        column("Change"),
    ]
    return blocks.table(
        caption(evaluation, f"Ratings of {before.year} and {evaluation.year}, on the figures known today"),
        columns,
        rows,
    )


def missing(evaluation: Evaluation) -> Block:
    """What is missing, by the service that could supply it."""
    owners: dict[str, list[IndicatorRating]] = {}
    for rating in evaluation.ratings.values():
        if rating.rating in ("no_data", "no_comparison") or rating.missing:
            owners.setdefault(_owner(evaluation, rating), []).append(rating)
    if not owners:
        return blocks.paragraph("Nothing is missing.")
    rows = [
        [cell(owner), cell(str(len(found))), cell("; ".join(_wanted(evaluation, rating) for rating in found))]
        for owner, found in sorted(owners.items(), key=lambda item: -len(item[1]))
    ]
    columns = [
        column("Service"),
        column("Indicators", align="right", width="narrow"),
        column("What is missing", width="wide"),
    ]
    return blocks.table(
        caption(evaluation, f"Missing figures of {evaluation.year} and who could supply them"), columns, rows
    )


def limits(evaluation: Evaluation) -> Block:
    """The limits of the whole evaluation."""
    return limits_of(evaluation, list(evaluation.plan.kpis["kpi"]))


def _grid_row(row: dict[Any, Any], title: str) -> list[Dictionary]:
    name = cell(f"Objective {row['objective']}", small=title, href=f"{row['objective']}.html")
    counts = [cell(str(row[rating]) if row[rating] else DASH) for rating in COUNTS]
    if not row["ratable"]:
        return [name, *counts, cell(DASH), cell(DASH)]
    full = share(row["rated"] - row["partial"], row["ratable"])
    low, high = (round(row[bound] * row["ratable"]) for bound in ("on_course_low", "on_course_high"))
    said = math.isnan(row["on_course"])
    on_course = DASH if said else share(row["achieved"] + row["on_track"], row["rated"])
    return [name, *counts, cell(full), cell(on_course, small=f"{low} – {high} of {row['ratable']}")]


def _by_name(evaluation: Evaluation, ratings: tuple[str, ...], none: str) -> Block:
    items = []
    for kpi in evaluation.plan.kpis["kpi"]:
        if kpi_rating(evaluation, kpi) in ratings:
            said = [headline(evaluation, r) for r in _indicators(evaluation, kpi) if r.rating in ratings]
            words = " ".join(said) or "Nothing is measured for this KPI."
            items.append(blocks.item(f"{kpi} {kpi_text(evaluation, kpi)}", kpi_rating(evaluation, kpi), words))
    return blocks.listing(items) if items else blocks.paragraph(none)


def _indicators(evaluation: Evaluation, kpi: str) -> list[IndicatorRating]:
    skipped = references(evaluation)
    return [evaluation.ratings[code] for code in indicators_of(evaluation, kpi) if code not in skipped]


def _rated(rating: str) -> Dictionary:
    return cell(rating_word(rating), sign=rating)


def _movement(then: str, now: str) -> str:
    if then not in RATINGS:
        return "newly rated"
    if now not in RATINGS:
        return "no longer rated"
    step = RATINGS.index(then) - RATINGS.index(now)
    return "better" if step > 0 else "worse" if step < 0 else "as before"


def _owner(evaluation: Evaluation, rating: IndicatorRating) -> str:
    """Who could supply what is missing: of a comparison with a reference, that one's owner."""
    indicator = rating.indicator
    if rating.rating == "no_comparison" and rating.named.case.reference:
        indicator = evaluation.figures.indicators[indicator.target]
    return indicator.row["owner"] or "Nobody is named"


def _wanted(evaluation: Evaluation, rating: IndicatorRating) -> str:
    name = rating.indicator.row["name"]
    if rating.rating == "no_comparison":
        reference = evaluation.reference_name(rating.indicator.code)
        return f"{name} ({f'“{reference}”' if reference else 'earlier years'})"
    missing = [
        part.part for part in rating.parts if part.rating in ("no_data", "no_comparison") and part.part
    ]
    return f"{name} ({', '.join(missing)})" if missing else name
