"""Charts of an indicator's figures: functions of a tidy frame that return a figure, and their words."""

from collections.abc import Callable
from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from gsanalysis.charts import bars, lines, steps
from gsanalysis.charts.alt import alt_text
from gsanalysis.charts.canvas import Canvas, finish
from gsanalysis.charts.milestone import milestone
from gsanalysis.charts.parts import parts
from gsanalysis.charts.subject import Subject, subject
from gsanalysis.charts.summary import coverage_alt, coverage_bars
from gsanalysis.charts.theme import look, svg

__all__ = ["alt_text", "chart", "coverage_alt", "coverage_bars", "svg"]

Drawing = Callable[[Subject], Canvas]
DRAWINGS: dict[str, Drawing] = {
    "between": lines.band,
    "rise_each_year": lines.ratchet,
    "fall_each_year": lines.ratchet,
    "above_trend": lines.trend,
    "below_trend": lines.trend,
    "increase": lines.direction,
    "decrease": lines.direction,
    "zero": bars.zero,
    "yes": steps.yes_no,
    "level": steps.level,
    "by_date": milestone,
}
MONITORED: dict[str, Drawing] = {
    "number": lines.plain,
    "yes_no": steps.yes_no,
    "level": steps.level,
    "date": milestone,
}


def chart(
    indicator: "pd.Series[Any]", history: pd.DataFrame, *, year: int, first_year: int, last_year: int
) -> Figure | None:
    """Draw an indicator's figures up to the year rated against the yardstick of its rule, or None without figures.

    `indicator` is a row of indicators.csv with baseline_value and baseline_year; `history` has the columns
    year, breakdown ("" for the total), value, state, rating and target (what the value was held against).
    """
    about = subject(indicator, history, year=year, first_year=first_year, last_year=last_year)
    if not about.has_figures:
        return None
    with look():
        return finish(drawing(about)(about))


def drawing(about: Subject) -> Drawing:
    """Which chart shows the figures of an indicator, by its rule."""
    if about.shows_parts:
        return parts
    if about.rule == "monitor":
        return MONITORED[about.kind]
    if about.rule in DRAWINGS:
        return DRAWINGS[about.rule]
    if about.target is None:
        return bars.reference
    return lines.path if about.due is not None else lines.standard
