"""Which way the ratings of the KPIs went since the year before, on the figures known today."""

from __future__ import annotations

from gsanalysis.pages import blocks
from gsanalysis.pages.blocks import Block, cell, column
from gsanalysis.pages.contents import capital, count_word, kpi_rating
from gsanalysis.pages.invented import caption
from gsanalysis.rating.evaluation import Evaluation
from gsanalysis.rating.rules import RATINGS
from gsanalysis.wording.words import listed, rating_word

MOVES = ("worse", "better", "as before", "newly rated", "no longer rated")


def trend(evaluation: Evaluation) -> str:
    """One sentence: how many KPIs are rated worse, better and as before."""
    moved = {word: len(kpis) for word, kpis in _moves(evaluation).items()}
    before, compared = evaluation.year - 1, [word for word in MOVES[:3] if moved[word]]
    if not compared:
        return f"No KPI was rated both in {before} and in {evaluation.year}."
    first, *rest = compared
    are = "KPI is" if moved[first] == 1 else "KPIs are"
    others = [f"{count_word(moved[word])} {word}" for word in rest]
    return f"Compared with {before}, {listed([f'{count_word(moved[first])} {are} rated {first}', *others])}."


def since_last_year(evaluation: Evaluation) -> Block:
    """Which KPIs moved since the year before, by the way they moved, on the figures known today."""
    moved, before = _moves(evaluation), evaluation.year - 1
    if not any(moved.values()):
        return blocks.paragraph(f"No KPI was rated in {before} or in {evaluation.year}.")
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
    said = f"Ratings of {evaluation.year} against those of {before}, on the figures known today"
    return blocks.table(caption(evaluation, said), columns, rows, key="moves")


def _moves(evaluation: Evaluation) -> dict[str, list[str]]:
    """The KPIs rated in this year or the one before, by the way they moved."""
    before = evaluation.in_year(evaluation.year - 1)
    moved: dict[str, list[str]] = {word: [] for word in MOVES}
    for kpi in evaluation.plan.kpis["kpi"]:
        then, now = kpi_rating(before, kpi), kpi_rating(evaluation, kpi)
        if then in RATINGS or now in RATINGS:
            moved[_movement(then, now)].append(_move(kpi, then, now))
    return moved


def _movement(then: str, now: str) -> str:
    if then not in RATINGS:
        return "newly rated"
    if now not in RATINGS:
        return "no longer rated"
    step = RATINGS.index(then) - RATINGS.index(now)
    return "better" if step > 0 else "worse" if step < 0 else "as before"


def _move(kpi: str, then: str, now: str) -> str:
    if then == now:
        return f"{kpi} ({rating_word(now)})"
    return f"{kpi} ({rating_word(then)} → {rating_word(now)})"
