"""The page on the evidence: what is known, how old it is, who checked it, and what looks odd."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from gsanalysis.charts import svg
from gsanalysis.charts.summary import MOST, coverage_alt, coverage_bars
from gsanalysis.pages import blocks
from gsanalysis.pages.blocks import Block, Dictionary, cell, column
from gsanalysis.pages.invented import caption
from gsanalysis.pages.limits import limits as limits_of
from gsanalysis.pages.missing import missing
from gsanalysis.pages.opening import page_title
from gsanalysis.pages.targets import BASIS_WORDS, target_cell
from gsanalysis.rating.evaluation import Evaluation
from gsanalysis.rating.vintages import figure_table
from gsanalysis.rating.vintages import jumps as jump_table
from gsanalysis.wording.amounts import amount
from gsanalysis.wording.answers import margin_of_error
from gsanalysis.wording.caveats import FEW_ANSWERS, LOW_RESPONSE
from gsanalysis.wording.words import DASH, date_text, is_share, number, share, state_word

__all__ = [
    "answers", "assumed", "coverage", "head", "jumps", "late", "limits", "missing", "readings", "revisions",
    "states", "verification",
]  # fmt: skip

STATES = ("final", "provisional", "estimated", "illustrative", "not_collected", "not_applicable")
CHECKS = ("audited", "published", "internal", "stated", "")
CHECK_WORDS = {"": "nobody named"}


def head(evaluation: Evaluation) -> Block:
    """Where the reader is: the evidence behind the year's ratings."""
    return page_title(
        evaluation, "Data quality", f"The evidence for {evaluation.year}", list(evaluation.ratings)
    )


def coverage(evaluation: Evaluation) -> Iterable[Block]:
    """How many KPIs of each objective could be rated, in full or in part; of many objectives on several sheets."""
    heading = "How many KPIs could be rated, by objective"
    for start in range(0, len(evaluation.objectives), MOST):
        objectives = evaluation.objectives.iloc[start : start + MOST]
        yield blocks.figure(heading, svg(coverage_bars(objectives)), coverage_alt(objectives))


def states(evaluation: Evaluation) -> Block:
    """The year's figures by objective and state."""
    figures = figure_table(evaluation)
    counts = pd.crosstab(figures["objective"], figures["state"])
    return _counts(evaluation, counts, STATES, "state", [state_word(state) for state in STATES])


def verification(evaluation: Evaluation) -> Block:
    """The year's figures by objective and who checked them."""
    figures = figure_table(evaluation)
    figures = figures[figures["value"].notna()]
    counts = pd.crosstab(figures["objective"], figures["verification"])
    return _counts(
        evaluation, counts, CHECKS, "who checked them", [CHECK_WORDS.get(check, check) for check in CHECKS]
    )


def revisions(evaluation: Evaluation) -> Block:
    """Figures of the year that were reported more than once, with their first and their present value."""
    figures = figure_table(evaluation)
    revised = figures[figures["vintages"] > 1]
    if revised.empty:
        return blocks.paragraph(f"No figure of {evaluation.year} was revised.")
    rows = [
        [_name(row), cell(_value(row["first"], row["unit"])), cell(_value(row["value"], row["unit"])),
         cell(str(row["vintages"])), cell(date_text(row["reported_on"]))]
        for row in revised.to_dict("records")
    ]  # fmt: skip
    columns = [column("Figure", width="wide"), column("First", align="right"), column("Now", align="right"),
               column("Vintages", align="right", width="narrow"), column("Last reported")]  # fmt: skip
    return blocks.table(caption(evaluation, f"Figures of {evaluation.year} that were revised"), columns, rows)


def late(evaluation: Evaluation) -> Block:
    """Figures that came more than six months after the year's end."""
    figures = figure_table(evaluation)
    found = figures[figures["late"].astype(bool)].sort_values("days", ascending=False, kind="stable")
    if found.empty:
        return blocks.paragraph(
            f"No figure of {evaluation.year} came more than six months after the year's end."
        )
    rows = [
        [_name(row), cell(date_text(row["reported_on"])), cell(number(row["days"]))]
        for row in found.to_dict("records")
    ]
    columns = [
        column("Figure", width="wide"),
        column("Last reported"),
        column("Days after the year's end", align="right"),
    ]
    return blocks.table(
        caption(evaluation, "Figures reported more than six months after the year's end"), columns, rows
    )


def answers(evaluation: Evaluation) -> Block:
    """Surveys: how many were asked and answered, and how far chance reaches."""
    figures = figure_table(evaluation).dropna(subset=["responses", "invited"])
    if figures.empty:
        return blocks.paragraph("No figure of the year says how many were asked and how many answered.")
    rows = []
    for row in figures.to_dict("records"):
        answered, asked = int(row["responses"]), int(row["invited"])
        few = answered < FEW_ANSWERS or not asked or answered / asked < LOW_RESPONSE
        error = f"± {number(margin_of_error(answered, asked))} points" if is_share(row["unit"]) else DASH
        cells = (
            f"{answered} of {asked}",
            share(answered, asked) if asked > 10 else DASH,
            error,
            "few" if few else "",
        )
        rows.append([_name(row), *(cell(text) for text in cells)])
    columns = [column("Figure", width="wide"), column("Answered", align="right"), column("Share", align="right"),
               column("Chance", "95 % interval of a share of one half", align="right"), column("Warning")]  # fmt: skip
    return blocks.table(
        caption(evaluation, f"Surveys behind figures of {evaluation.year}"),
        columns,
        rows,
        f"Few: under {FEW_ANSWERS} answers, or under half of those asked.",
    )


def assumed(evaluation: Evaluation) -> Block:
    """The readings that somebody chose: what is assumed, and whether anybody confirmed it."""
    rows = []
    for code, rating in evaluation.ratings.items():
        row = rating.indicator.row
        if row["basis"] == "assumed" and rating.indicator.rule != "monitor":
            confirmed = (
                f"{row['confirmed_by']}, {row['confirmed_on']}" if row["confirmed_by"] else "nobody yet"
            )
            target = target_cell(evaluation, rating)
            rows.append(
                [cell(f"{code} {row['name']}"), cell(target["text"]), cell(row["note"]), cell(confirmed)]
            )
    if not rows:
        return blocks.paragraph("No standard is assumed.")
    columns = [
        column("Indicator"),
        column("Assumed standard"),
        column("Note", width="wide"),
        column("Confirmed by"),
    ]
    return blocks.table(caption(evaluation, "Standards that are assumed"), columns, rows)


def readings(evaluation: Evaluation) -> Block:
    """How many standards the plan states, how many follow from it, and how many somebody chose."""
    bases = [r.indicator.row["basis"] for r in evaluation.ratings.values() if r.indicator.rule != "monitor"]
    rows = [[cell(words), cell(str(bases.count(basis)))] for basis, words in BASIS_WORDS.items()]
    monitored = sum(r.indicator.rule == "monitor" for r in evaluation.ratings.values())
    rows.append([cell("no standard: monitored"), cell(str(monitored))])
    return blocks.table(
        caption(evaluation, "Indicators by whose reading their standard is"),
        [column("Standard"), column("Indicators", align="right")],
        rows,
    )


def jumps(evaluation: Evaluation) -> Block:
    """Numbers that moved by more than half since the last value: true, or a mistake?"""
    found = jump_table(evaluation)
    if found.empty:
        return blocks.paragraph(f"No number of {evaluation.year} moved by more than half.")
    rows = [
        [
            _name(row),
            cell(_value(row["before"], row["unit"]), small=str(row["before_year"])),
            cell(_value(row["value"], row["unit"])),
        ]
        for row in found.to_dict("records")
    ]
    columns = [
        column("Figure", width="wide"),
        column("Before", align="right"),
        column(str(evaluation.year), align="right"),
    ]
    return blocks.table(caption(evaluation, "Numbers that moved by more than half"), columns, rows)


def limits(evaluation: Evaluation) -> Block:
    """The limits of the evidence."""
    return limits_of(evaluation, list(evaluation.plan.kpis["kpi"]))


def _counts(
    evaluation: Evaluation, counts: pd.DataFrame, keys: tuple[str, ...], what: str, words: list[str]
) -> Block:
    rows = []
    for objective in evaluation.plan.objectives["objective"]:
        numbers = [
            int(counts.loc[objective, key]) if objective in counts.index and key in counts else 0
            for key in keys
        ]
        rows.append(
            [
                cell(objective),
                *(cell(str(count) if count else DASH) for count in numbers),
                cell(str(sum(numbers))),
            ]
        )
    columns = [
        column("Objective"),
        *(column(word.capitalize(), align="right") for word in words),
        column("All", align="right"),
    ]
    return blocks.table(
        caption(evaluation, f"Figures of {evaluation.year} by objective and {what}"), columns, rows
    )


def _name(row: dict[Any, Any]) -> Dictionary:
    return cell(f"{row['indicator']} {row['name']}", small=str(row["breakdown"]))


def _value(value: object, unit: str) -> str:
    return DASH if value is None or value != value else amount(value, unit)  # type: ignore[arg-type]
