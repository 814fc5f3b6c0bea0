"""The list of indicators: what is measured, what it is held against, and who reads the plan so."""

from __future__ import annotations

from collections.abc import Iterator

from gsanalysis.pages import blocks
from gsanalysis.pages.blocks import Block, Dictionary, cell, column
from gsanalysis.pages.contents import capital, count_word, counted, indicator_codes, references
from gsanalysis.pages.targets import BASIS_WORDS, target_words
from gsanalysis.rating.evaluation import Evaluation
from gsanalysis.rating.rate import IndicatorRating
from gsanalysis.rating.rules import DIRECTIONS, LESS_IS_BETTER, RATCHETS, TARGETS, TRENDS
from gsanalysis.rating.values import Indicator
from gsanalysis.schema import RULES
from gsanalysis.wording.amounts import NO_UNIT
from gsanalysis.wording.words import date_text, exact, listed

__all__ = ["tables", "unconfirmed"]

PARTS = {"sum": "The parts are added.", "each": "Each part must meet it."}


def unconfirmed(evaluation: Evaluation) -> Block:
    """How many readings were assumed, and how many of them nobody has confirmed."""
    assumed = [r for r in evaluation.ratings.values() if r.indicator.row["basis"] == "assumed"]
    open_ones = [r for r in assumed if not r.indicator.row["confirmed_by"]]
    if not assumed:
        return blocks.paragraph("No reading is assumed: the plan states each, or it follows from its words.")
    if not open_ones:
        return blocks.paragraph(f"{capital(_are(len(assumed)))} assumed, and each was confirmed.")
    shown = sum(r.indicator.rule == "monitor" for r in open_ones)
    kinds = [(len(open_ones) - shown, "standard"), (shown, "choice of what to show")]
    named = listed([_several(count, thing) for count, thing in kinds if count])
    nobody = "nobody has confirmed it" if len(open_ones) == 1 else "nobody has confirmed them"
    if len(open_ones) == len(assumed):
        return blocks.paragraph(f"{capital(_are(len(assumed)))} assumed, and {nobody}: {named}.")
    return blocks.paragraph(
        f"{capital(_are(len(assumed)))} assumed; nobody has confirmed {count_word(len(open_ones))} of them: {named}."
    )


def tables(evaluation: Evaluation) -> list[Block]:
    """A table of readings for each objective that has indicators."""
    objectives = evaluation.plan.objectives["objective"]
    return [table(evaluation, code) for code in objectives if indicator_codes(evaluation, code)]


def table(evaluation: Evaluation, objective: str) -> Block:
    """The indicators of an objective, the yardsticks among them too, in the plan's order."""
    codes = indicator_codes(evaluation, objective)
    columns = [
        column("Indicator", "KPI, unit"),
        column("Standard or target"),
        column("Whose reading"),
        column("The plan's words and how they are read", "what is counted, who supplies it", width="wide"),
    ]
    return blocks.table(
        f"Indicators of objective {objective} and their readings",
        columns,
        [_row(evaluation, evaluation.ratings[code]) for code in codes],
        key=f"readings {objective}",
    )


def _row(evaluation: Evaluation, rating: IndicatorRating) -> list[Dictionary]:
    row = rating.indicator.row
    said = row["unit"] in NO_UNIT or row["kind"] != "number" or row["unit"].lower() in row["name"].lower()
    unit = "" if said else f" · {row['unit']}"
    return [
        cell(f"{row['indicator']} {row['name']}", small=f"KPI {row['kpi']}{unit}", refs=[row["indicator"]]),
        cell(_standard(evaluation, rating), small=" ".join(_terms(evaluation, rating))),
        cell(BASIS_WORDS[row["basis"]], small=_confirmed(row)),
        cell(row["note"], small=" ".join(_about(row))),
    ]


def _standard(evaluation: Evaluation, rating: IndicatorRating) -> str:
    """The standard without the value of the year that a reference has; of a yardstick what it serves."""
    code = rating.indicator.code
    if code in references(evaluation):
        held = [r.indicator.code for r in evaluation.ratings.values() if r.indicator.target == code]
        return f"yardstick of {listed(held)}"
    if rating.named.case.reference:
        least = target_words(evaluation, rating).partition(" “")[0]
        return f"{least} “{evaluation.reference_name(code)}” ({rating.indicator.target})"
    return target_words(evaluation, rating)


def _terms(evaluation: Evaluation, rating: IndicatorRating) -> Iterator[str]:
    """What belongs to the standard: its numbers in full, baseline, tolerance, scale, parts, and what it was first."""
    indicator, row = rating.indicator, rating.indicator.row
    yield from _in_full(rating, target_words(evaluation, rating))
    if indicator.baseline_year and _uses(indicator, "baseline_years"):
        stated = f": {exact(indicator.baseline)}" if indicator.baseline is not None else ", as measured"
        yield f"Baseline {indicator.baseline_year}{stated}."
    if indicator.tolerance is not None and _uses(indicator, "tolerance"):
        near = f"Tolerance {exact(round(100 * indicator.tolerance, 9), '%')}."
        yield "One step below is at risk." if indicator.scale else near
    if indicator.scale:
        yield f"Scale: {', '.join(indicator.scale)}."
    best = indicator.minimum if indicator.rule in LESS_IS_BETTER else indicator.maximum
    if best is not None and indicator.rule in RATCHETS + DIRECTIONS + TRENDS:
        yield f"Best possible: {exact(best, row['unit'])}."
    if indicator.breakdowns in PARTS and indicator.rule != "monitor":
        yield PARTS[indicator.breakdowns]
    if row["measured_by"]:
        yield f"Figures of {row['measured_by']}."
    if row["first_target"] and row["first_target"] != row["target"]:
        yield f"First set at {exact(row['first_target'].replace('|', ' to '), row['unit'])}."


def _in_full(rating: IndicatorRating, words: str) -> Iterator[str]:
    """The target's numbers, where the few words round them."""
    indicator = rating.indicator
    if indicator.rule not in (*TARGETS, "between") or rating.named.case.reference:
        return
    limits = [float(limit) for limit in indicator.target.split("|")]
    if any(exact(limit) not in words for limit in limits):
        yield f"In full: {' to '.join(exact(limit, indicator.row['unit']) for limit in limits)}."


def _uses(indicator: Indicator, column: str) -> bool:
    """Whether the indicator's rule looks at a column of the plan."""
    rule = RULES[indicator.rule]
    return column in rule.needs + rule.uses or (rule.takes_due and indicator.due is not None)


def _confirmed(row: dict[str, str]) -> str:
    if row["confirmed_by"]:
        day = f", {date_text(row['confirmed_on'])}" if row["confirmed_on"] else ""
        return f"confirmed by {row['confirmed_by']}{day}"
    return "confirmed by nobody" if row["basis"] == "assumed" else ""


def _about(row: dict[str, str]) -> Iterator[str]:
    if row["definition"]:
        yield f"Counted: {row['definition']}"
    yield f"Supplied by: {row['owner'] or 'nobody is named'}."


def _are(count: int) -> str:
    return f"{counted(count, 'reading')} {'is' if count == 1 else 'are'}"


def _several(count: int, thing: str) -> str:
    if thing == "standard":
        return counted(count, thing)
    return f"{count_word(count)} {'choice' if count == 1 else 'choices'} of what to show"
