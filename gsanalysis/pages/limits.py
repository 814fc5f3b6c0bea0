"""What a page can't say, and how sure one can be of what it says: computed, and never empty."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator

import pandas as pd

from gsanalysis.pages import blocks
from gsanalysis.pages.blocks import Block
from gsanalysis.pages.contents import capital, count_word, counted, part_of
from gsanalysis.rating.evaluation import Evaluation
from gsanalysis.rating.rules import RATINGS
from gsanalysis.rating.vintages import figure_table, jumps
from gsanalysis.wording.amounts import amount
from gsanalysis.wording.caveats import FEW_ANSWERS, LOW_RESPONSE
from gsanalysis.wording.words import is_share, listed, number, share

SHOWN = 6  # names in one sentence; more are counted


def limits(evaluation: Evaluation, kpis: Collection[str]) -> Block:
    """The limits of what is said about these KPIs."""
    return blocks.listing([blocks.item(sentence) for sentence in limit_sentences(evaluation, kpis)])


def limit_sentences(evaluation: Evaluation, kpis: Collection[str]) -> list[str]:
    """One sentence for each limit, from what could not be rated to numbers that jumped."""
    codes = [code for code, rating in evaluation.ratings.items() if rating.indicator.kpi in kpis]
    rows = figure_table(evaluation, codes)
    figures = rows[rows["value"].notna()]  # a row that says "not collected" is no figure
    return [
        *_rated(evaluation, kpis),
        *_missing(evaluation, codes),
        *_assumed(evaluation, codes),
        *_moved(evaluation, codes),
        *_states(figures),
        *_answers(figures),
        *_checked(figures),
        *_late(figures),
        *_jumps(evaluation, codes),
    ]


def margin_of_error(responses: int, invited: int) -> float:
    """Half the width of a 95 % interval for a share of one half, in points, for a sample without replacement.

    1.96 · sqrt(0.25 / n) · sqrt((N − n) / (N − 1)), the textbook formula with the finite population correction.
    """
    if responses <= 0 or invited <= 1:
        return 100.0
    correction = math.sqrt((invited - responses) / (invited - 1))
    return 100 * 1.96 * math.sqrt(0.25 / responses) * correction


def _rated(evaluation: Evaluation, kpis: Collection[str]) -> Iterator[str]:
    table = evaluation.kpis[evaluation.kpis["kpi"].isin(list(kpis))]
    rated = table["rating"].isin(RATINGS)
    ratable = int((rated | table["rating"].isin(("no_data", "no_comparison"))).sum())
    partial = int((table["partial"] == "yes").sum())
    part = f", {partial} of them in part" if partial else ""
    if ratable:
        kpis_with = "KPI that has" if ratable == 1 else "KPIs that have"
        yield f"{int(rated.sum())} of {ratable} {kpis_with} a standard could be rated{part}."
    monitored = int((table["rating"] == "monitored").sum())
    if monitored:
        have = "KPI has" if monitored == 1 else "KPIs have"
        yield f"{capital(count_word(monitored))} {have} no standard; the figures are shown, not judged."
    if not ratable and not monitored:
        yield f"No KPI applied or was due in {evaluation.year}."


def _missing(evaluation: Evaluation, codes: Collection[str]) -> Iterator[str]:
    sentences = {
        "no_data": "No figure was reported for",
        "no_comparison": "There is nothing to compare with for",
    }
    for rating, sentence in sentences.items():
        found = [evaluation.ratings[code] for code in codes if evaluation.ratings[code].rating == rating]
        if found:
            yield f"{sentence} {named([one.indicator.row['name'] for one in found])}."
    for code in codes:
        rated = evaluation.ratings[code]
        if rated.missing:
            parts = [part.part for part in rated.parts if part.rating in ("no_data", "no_comparison")]
            yield f"{rated.indicator.row['name']}: no figure or comparison for {named(parts)}."


def _assumed(evaluation: Evaluation, codes: Collection[str]) -> Iterator[str]:
    rows = [
        evaluation.ratings[code].indicator.row for code in codes if evaluation.ratings[code].rating in RATINGS
    ]
    assumed = [row["name"] for row in rows if row["basis"] == "assumed" and not row["confirmed_by"]]
    if assumed:
        yield f"The standard is assumed, and nobody has confirmed it, for {named(assumed)}."


def _moved(evaluation: Evaluation, codes: Collection[str]) -> Iterator[str]:
    rows = [evaluation.ratings[code].indicator.row for code in codes]
    moved = [row["name"] for row in rows if row["first_target"] not in ("", row["target"])]
    if moved:
        yield f"The target was moved since it was first set for {named(moved)}."


def _states(figures: pd.DataFrame) -> Iterator[str]:
    for state, word in (
        ("illustrative", "invented"),
        ("provisional", "provisional"),
        ("estimated", "estimated"),
    ):
        count = int((figures["state"] == state).sum())
        if count == len(figures) > 1:
            yield f"All {count_word(count)} figures are {word}."
        elif count:
            yield f"{capital(counted(count, 'figure'))} of {len(figures)} {'is' if count == 1 else 'are'} {word}."


def _answers(figures: pd.DataFrame) -> Iterator[str]:
    for row in figures.dropna(subset=["responses", "invited"]).to_dict("records"):
        answered, asked = int(row["responses"]), int(row["invited"])
        if answered >= FEW_ANSWERS and asked and answered / asked >= LOW_RESPONSE:
            continue
        points = number(math.ceil(margin_of_error(answered, asked)))
        chance = f"differences under {points} points may be chance" if is_share(row["unit"]) else ""
        part = f", {row['breakdown']}" if row["breakdown"] else ""
        of = f" ({share(answered, asked)})" if asked > 10 else ""
        few = chance or "too few to stand for all"
        yield f"{row['name']}{part}: {answered} of {asked} answered{of}; {few}."


def _checked(figures: pd.DataFrame) -> Iterator[str]:
    if figures.empty:
        return
    outside = int(figures["verification"].isin(("audited", "published")).sum())
    if not outside:
        yield "No figure of the year was checked by anybody outside the service that reports it."
    elif outside < len(figures):
        some = part_of(outside, len(figures), "figures of the year")
        were, others = "was" if outside == 1 else "were", "other" if len(figures) - outside == 1 else "others"
        yield f"{some} {were} published or audited; nobody outside checked the {others}."
    else:
        yield "All figures of the year were published or audited; none was checked for this report."


def _late(figures: pd.DataFrame) -> Iterator[str]:
    late = int(figures["late"].sum()) if len(figures) else 0
    if late:
        yield f"{capital(counted(late, 'figure'))} came more than six months after the year's end."


def _jumps(evaluation: Evaluation, codes: Collection[str]) -> Iterator[str]:
    found = jumps(evaluation, codes)
    for row in found.head(SHOWN).to_dict("records"):
        part = f", {row['breakdown']}" if row["breakdown"] else ""
        before, now = amount(row["before"], row["unit"]), amount(row["value"], row["unit"])
        yield f"{row['name']}{part} moved from {before} ({row['before_year']}) to {now}: worth a look."
    more = len(found) - SHOWN
    if more > 0:
        yield f"{capital(counted(more, 'more number'))} moved by more than half."


def named(names: list[str]) -> str:
    """Names in a sentence, in quotation marks; from the seventh they are counted."""
    quoted = [f"“{name}”" for name in names[:SHOWN]]
    return listed([*quoted, f"{len(names) - SHOWN} more"] if len(names) > SHOWN else quoted)
