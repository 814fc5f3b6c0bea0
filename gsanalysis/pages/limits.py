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
    return blocks.listing([(None, sentence, "") for sentence in limit_sentences(evaluation, kpis)])


def limit_sentences(evaluation: Evaluation, kpis: Collection[str]) -> list[str]:
    """One sentence for each limit: rated, missing, partial, assumed, provisional, few answers, unverified, jumps."""
    codes = [code for code, rating in evaluation.ratings.items() if rating.indicator.kpi in kpis]
    figures = figure_table(evaluation, codes)
    return [
        *_rated(evaluation, kpis),
        *_missing(evaluation, codes),
        *_assumed(evaluation, codes),
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
        yield f"{int(rated.sum())} of {ratable} KPIs that have a standard could be rated{part}."
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


def _states(figures: pd.DataFrame) -> Iterator[str]:
    for state, word in (
        ("illustrative", "invented"),
        ("provisional", "provisional"),
        ("estimated", "estimated"),
    ):
        count = int((figures["state"] == state).sum())
        if count:
            yield f"{capital(counted(count, 'figure'))} of {len(figures)} {'is' if count == 1 else 'are'} {word}."


def _answers(figures: pd.DataFrame) -> Iterator[str]:
    for row in figures.dropna(subset=["responses", "invited"]).to_dict("records"):
        answered, asked = int(row["responses"]), int(row["invited"])
        if answered >= FEW_ANSWERS and asked and answered / asked >= LOW_RESPONSE:
            continue
        points = (
            f"; differences under {number(math.ceil(margin_of_error(answered, asked)))} points may be chance"
        )
        chance = points if is_share(row["unit"]) else ""
        part = f", {row['breakdown']}" if row["breakdown"] else ""
        yield f"{row['name']}{part}: {answered} of {asked} answered ({share(answered, asked)}){chance}."


def _checked(figures: pd.DataFrame) -> Iterator[str]:
    if figures.empty:
        return
    outside = int(figures["verification"].isin(("audited", "published")).sum())
    if not outside:
        yield "No figure of the year was checked by anybody outside the service that reports it."
    elif outside < len(figures):
        some = part_of(outside, len(figures), "figures of the year")
        yield f"{some} were published or audited; nobody outside checked the others."
    else:
        yield "All figures of the year were published or audited; none was checked for this report."


def _late(figures: pd.DataFrame) -> Iterator[str]:
    late = int(figures["late"].sum()) if len(figures) else 0
    if late:
        yield f"{capital(counted(late, 'figure'))} came more than six months after the year's end."


def _jumps(evaluation: Evaluation, codes: Collection[str]) -> Iterator[str]:
    for row in jumps(evaluation, codes).head(SHOWN).to_dict("records"):
        part = f", {row['breakdown']}" if row["breakdown"] else ""
        before, now = amount(row["before"], row["unit"]), amount(row["value"], row["unit"])
        yield f"{row['name']}{part} moved from {before} ({row['before_year']}) to {now}: worth a look."


def named(names: list[str]) -> str:
    """Names in a sentence, in quotation marks; from the seventh they are counted."""
    quoted = [f"“{name}”" for name in names[:SHOWN]]
    return listed([*quoted, f"{len(names) - SHOWN} more"] if len(names) > SHOWN else quoted)
