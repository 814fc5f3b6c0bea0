"""Charts that stand on zero: figures against a reference of the same year, and figures that are to be zero."""

import pandas as pd

from gsanalysis.charts import theme
from gsanalysis.charts.canvas import Canvas, fitted, new_canvas, value_axis, year_axis
from gsanalysis.charts.points import DASHED, draw_line, draw_signs, label_gaps, state_notes
from gsanalysis.charts.subject import Subject, as_number
from gsanalysis.wording import words

NEAR = 0.85  # the smallest value as a share of the largest from which on bars would look alike
HALF = 0.24  # half the width of a bar, in years


def reference(subject: Subject) -> Canvas:
    """A bar for the figure of each year and a mark for the reference it is held against.

    Where all of them lie close together a line takes the place of the bars: bars begin at zero and would hide
    the difference.
    """
    figures, rows = subject.known, subject.total
    marks = rows[rows["target"].map(as_number).notna()]
    values = [*figures["value"].astype(float), *marks["target"].astype(float)]
    close = min(values) > NEAR * max(values)
    canvas = _sheet(subject, values, zero=not close)
    if close:
        draw_line(canvas.axes, figures)
    else:
        _draw_bars(canvas, figures)
    for year, value in zip(marks["year"], marks["target"].astype(float), strict=True):
        canvas.axes.plot([year - 0.34, year + 0.34], [value, value], color=theme.INK, lw=1.8, zorder=3)
    draw_signs(canvas.axes, list(figures["year"]), list(figures["value"]), figures)
    _label_figure(canvas, figures, 0.34)
    if len(marks):
        name = fitted(canvas, subject.text("reference_name") or "reference", 110, 8)
        year, value = float(marks["year"].iloc[-1]), float(marks["target"].iloc[-1])
        canvas.label(f"{name} {canvas.number(value)}", year + 0.34, value)
    label_gaps(canvas, subject)
    return canvas


def zero(subject: Subject) -> Canvas:
    """A stem for each year's count; a year without any stands on the line."""
    figures = subject.known
    canvas = _sheet(subject, list(figures["value"]), zero=True)
    canvas.axes.plot(canvas.axes.get_xlim(), [0, 0], color=theme.INK, lw=1.0, zorder=1)
    for year, value in zip(figures["year"], figures["value"], strict=True):
        canvas.axes.plot([year, year], [0, value], color=theme.INK, lw=1.6, zorder=2)
    draw_signs(canvas.axes, list(figures["year"]), list(figures["value"]), figures)
    _label_figure(canvas, figures, 0.0)
    canvas.name_line("none accepted", subject.years[-1] + 0.6, 0.0)
    label_gaps(canvas, subject)
    return canvas


def _sheet(subject: Subject, values: list[float], *, zero: bool) -> Canvas:
    canvas = new_canvas()
    year_axis(canvas, subject.years)
    value_axis(canvas, subject, [float(value) for value in values], zero=zero)
    if zero:
        canvas.axes.spines["bottom"].set_visible(False)
        canvas.axes.plot(canvas.axes.get_xlim(), [0, 0], color=theme.GREY, lw=0.8, zorder=3)
    canvas.notes += state_notes(subject.known)
    return canvas


def _draw_bars(canvas: Canvas, figures: pd.DataFrame) -> None:
    hollow = [state in theme.HOLLOW_STATES for state in figures["state"]]
    bars = canvas.axes.bar(
        figures["year"], figures["value"].astype(float), width=2 * HALF, zorder=2, lw=0.8, edgecolor=theme.GREY,
        color=[theme.PAPER if h else theme.BAR for h in hollow],
    )  # fmt: skip
    for bar, state in zip(bars, figures["state"], strict=True):
        bar.set_linestyle(DASHED if state == "illustrative" else "solid")


def _label_figure(canvas: Canvas, figures: pd.DataFrame, beside: float) -> None:
    last = figures.iloc[-1]
    state = f", {words.state_word(last['state'])}" if last["state"] in ("provisional", "estimated") else ""
    text = canvas.number(float(last["value"])) + state
    canvas.label(text, float(last["year"]) + beside, float(last["value"]))
