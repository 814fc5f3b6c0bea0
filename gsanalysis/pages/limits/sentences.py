"""What a page can't say, and how sure one can be of what it says: computed, and never empty."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import pandas as pd

from gsanalysis.pages import blocks
from gsanalysis.pages.blocks import Block
from gsanalysis.pages.contents import capital, count_word, counted
from gsanalysis.pages.limits import by_name, in_brief
from gsanalysis.rating.evaluation import Evaluation
from gsanalysis.rating.rules import RATINGS
from gsanalysis.rating.vintages import figure_table
from gsanalysis.wording.words import share


def limits(evaluation: Evaluation, kpis: Collection[str], brief: bool = False) -> Block:
    """The limits of what is said about these KPIs; ``brief`` gives counts in place of lists of names."""
    return blocks.listing([blocks.item(sentence) for sentence in limit_sentences(evaluation, kpis, brief)])


def limit_sentences(evaluation: Evaluation, kpis: Collection[str], brief: bool = False) -> list[str]:
    """One sentence for each limit, from what could not be rated to numbers that jumped."""
    codes = [code for code, rating in evaluation.ratings.items() if rating.indicator.kpi in kpis]
    ratings = [evaluation.ratings[code] for code in codes]
    rows = figure_table(evaluation, codes)
    figures = rows[rows["value"].notna()]  # a row that says "not collected" is no figure
    if brief:
        return [
            *_rated(evaluation, kpis),
            *_not_judged(evaluation, kpis, brief),
            *in_brief.missing(ratings),
            *in_brief.assumed(evaluation, kpis, ratings),
            *in_brief.moved(ratings),
            *_states_and_checks(figures),
            *in_brief.answers(figures),
            *_late(figures),
            *in_brief.jumped(evaluation, codes),
        ]
    return [
        *_rated(evaluation, kpis),
        *_not_judged(evaluation, kpis, brief),
        *by_name.why_not(evaluation, by_name.not_due(evaluation, kpis)),
        *by_name.missing(ratings),
        *by_name.assumed(ratings),
        *by_name.moved(ratings),
        *_states(figures),
        *by_name.answers(figures),
        *_checked(figures),
        *_late(figures),
        *by_name.jumped(evaluation, codes),
    ]


def in_part(partial: int, rated: int) -> str:
    """How many of the rated KPIs are rated in part: "2 of them in part", and where there is one "in part"."""
    return "in part" if rated == 1 else f"{partial} of them in part"


def _rated(evaluation: Evaluation, kpis: Collection[str]) -> Iterator[str]:
    table = evaluation.kpis[evaluation.kpis["kpi"].isin(list(kpis))]
    rated = table["rating"].isin(RATINGS)
    ratable = int((rated | table["rating"].isin(("no_data", "no_comparison"))).sum())
    partial = int((table["partial"] == "yes").sum())
    part = f", {in_part(partial, int(rated.sum()))}" if partial else ""
    if ratable:
        kpis_with = "KPI that has" if ratable == 1 else "KPIs that have"
        yield f"{int(rated.sum())} of {ratable} {kpis_with} a standard could be rated{part}."


def _not_judged(evaluation: Evaluation, kpis: Collection[str], brief: bool) -> Iterator[str]:
    """The KPIs that have no standard, and those that were not due or did not apply, by their codes."""
    table = evaluation.kpis[evaluation.kpis["kpi"].isin(list(kpis))]
    monitored, codes = int((table["rating"] == "monitored").sum()), by_name.not_due(evaluation, kpis)
    if len(codes) == len(kpis):
        yield f"No KPI applied or was due in {evaluation.year}."
        return
    without = f"{capital(counted(monitored, 'KPI'))} {'has' if monitored == 1 else 'have'} no standard"
    if codes:
        which = f": {', '.join(codes)}" if not brief or len(codes) <= in_brief.FEW else ""
        verbs = "was not due or did not apply" if len(codes) == 1 else "were not due or did not apply"
        dropped = f"{verbs} in {evaluation.year}{which}."
        if brief and monitored:
            yield f"{without}; {count_word(len(codes))} {dropped}"
            return
        yield f"{capital(counted(len(codes), 'KPI'))} {dropped}"
    if monitored:
        yield f"{without}; the figures are shown, not judged."


def _states_and_checks(figures: pd.DataFrame) -> Iterator[str]:
    """In one sentence where all figures are invented."""
    if len(figures) > 1 and bool((figures["state"] == "illustrative").all()):
        yield from in_brief.invented(figures)
    else:
        yield from _states(figures)
        yield from _checked(figures)


def _states(figures: pd.DataFrame) -> Iterator[str]:
    for state, word in (
        ("illustrative", "invented"),
        ("provisional", "provisional"),
        ("estimated", "estimated"),
    ):
        count = int((figures["state"] == state).sum())
        if count == len(figures) > 1:
            yield f"{'Both' if count == 2 else f'All {count_word(count)}'} figures are {word}."
        elif count:
            yield f"{capital(counted(count, 'figure'))} of {len(figures)} {'is' if count == 1 else 'are'} {word}."


def _checked(figures: pd.DataFrame) -> Iterator[str]:
    if figures.empty:
        return
    outside = int(figures["verification"].isin(("audited", "published")).sum())
    if not outside:
        yield "No figure of the year was checked by anybody outside the service that reports it."
    elif outside < len(figures):
        of = "of the figures" if len(figures) > 10 else "figures"
        were, others = "was" if outside == 1 else "were", "other" if len(figures) - outside == 1 else "others"
        some = f"{share(outside, len(figures))} {of} of the year {were} published or audited"
        yield f"{some}; nobody outside checked the {others}."
    else:
        yield "All figures of the year were published or audited; none was checked for this report."


def _late(figures: pd.DataFrame) -> Iterator[str]:
    late = int(figures["late"].sum()) if len(figures) else 0
    if late:
        yield f"{capital(counted(late, 'figure'))} came more than six months after the year's end."
