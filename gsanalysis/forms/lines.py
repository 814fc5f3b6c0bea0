"""What a form asks: one line for each indicator of an objective and each of its known parts."""

from __future__ import annotations

from dataclasses import dataclass

from gsanalysis.forms.columns import FURTHER
from gsanalysis.rating.evaluation import Evaluation
from gsanalysis.rating.values import TOTAL, Figure, Indicator
from gsanalysis.wording.amounts import united
from gsanalysis.wording.standards import standard
from gsanalysis.wording.words import DASH, date_text, exact, state_word

PARTS = {
    "sum": "The parts add up: give each part, not their total.",
    "each": "Each part is rated by itself.",
    "": "The parts are shown, not rated.",
}


@dataclass(frozen=True)
class Line:
    """One line of a form; ``further`` are the texts beside the cells to fill in, in the order of `FURTHER`."""

    indicator: Indicator
    part: str
    further: tuple[str, ...]


def lines(evaluation: Evaluation, objective: str) -> list[Line]:
    """The lines of an objective's form, in the order of the plan; an indicator measured by another has none."""
    own = [
        rating.indicator
        for rating in evaluation.ratings.values()
        if rating.indicator.source == rating.indicator.code
        and evaluation.objective_of(rating.indicator.kpi) == objective
    ]
    return [
        Line(indicator, part, _further(evaluation, indicator, part))
        for indicator in own
        for part in known_parts(evaluation, indicator)
    ]


def known_parts(evaluation: Evaluation, indicator: Indicator) -> list[str]:
    """The parts that a form asks for: all that were ever reported and have not ended before.

    Where all have ended, all are asked for again, as of conferences of which none took place; without parts, the total.
    """
    figures, year = evaluation.figures, evaluation.year
    latest: dict[str, Figure] = {}
    for known in figures.years(indicator):
        if known <= year:
            for part, figure in figures.cells(indicator, known).items():
                latest[part] = figure
    ended = {
        part
        for part, figure in latest.items()
        if figure.state == "not_applicable" and part not in figures.cells(indicator, year)
    }
    return [part for part in latest if part == TOTAL or part not in ended] or list(latest) or [TOTAL]


def what_to_enter(indicator: Indicator) -> str:
    """What a value may be, in a sentence."""
    if indicator.kind == "yes_no":
        return "yes or no"
    if indicator.kind == "date":
        return "The day it was done, or no."
    if indicator.kind == "level":
        return f"One of: {', '.join(indicator.scale)} (worst to best)."
    unit = indicator.row["unit"]
    bounds = {
        (True, True): f" from {exact(indicator.minimum)} to {exact(indicator.maximum)}",
        (True, False): f", {exact(indicator.minimum)} or more",
        (False, True): f", {exact(indicator.maximum)} or less",
    }
    within = bounds.get((indicator.minimum is not None, indicator.maximum is not None), "")
    return f"A number{within}, in the unit {unit}; nil is 0."


def _further(evaluation: Evaluation, indicator: Indicator, part: str) -> tuple[str, ...]:
    row, kpis = indicator.row, evaluation.plan.kpis
    words = str(kpis.loc[kpis["kpi"] == indicator.kpi, "text"].iloc[0])
    rated = evaluation.ratings[indicator.code].named
    parts = f" {PARTS[indicator.breakdowns]}" if part != TOTAL and indicator.rule != "monitor" else ""
    told = (
        row["name"],
        words,
        row["unit"],
        what_to_enter(indicator) + parts,
        f"{standard(rated, evaluation.reference_name(indicator.code))}.",
        row["definition"] or DASH,
        row["owner"] or DASH,
        _known(evaluation, indicator, part, evaluation.year - 1),
        _known(evaluation, indicator, part, evaluation.year),
    )
    return tuple(dict(zip(FURTHER, told, strict=True)).values())


def _known(evaluation: Evaluation, indicator: Indicator, part: str, year: int) -> str:
    """What is known of a year: the value with its state and the day of the report."""
    figure = evaluation.figures.cells(indicator, year).get(part)
    if figure is None:
        return DASH
    unit = indicator.row["unit"]
    if isinstance(figure.value, float):
        value = united(exact(figure.value, unit), unit)
    else:
        value = DASH if figure.value is None else exact(figure.value)
    return f"{value}, {state_word(figure.state)}, reported {date_text(figure.reported_on)}"
