"""Charts that stand on zero: figures against a reference of the same year, and figures that are to be zero."""

import pandas as pd

from gsanalysis.charts import theme
from gsanalysis.charts.canvas import LONGEST_NAME, Canvas, fitted, new_canvas, value_axis, widest, year_axis
from gsanalysis.charts.points import DASHED, draw_line, draw_signs, label_gaps, label_last, state_notes
from gsanalysis.charts.subject import Subject, as_number

NEAR = 0.85  # the smallest value as a share of the largest from which on bars would look alike
HALF = 0.24  # half the width of a bar, in years


def reference(subject: Subject) -> Canvas:
    """A bar for the figure of each year and a mark for the reference it is held against.

    Where all of them lie close together a line takes the place of the bars: bars begin at zero and would hide
    the difference.
    """
    figures, marks, close = subject.known, _marks(subject), lie_close(subject)
    values = [*figures["value"].astype(float), *marks["target"].astype(float)]
    canvas = _sheet(subject, values, zero=not close)
    if close:
        draw_line(canvas.axes, figures)
    else:
        _draw_bars(canvas, figures)
    for year, value in zip(marks["year"], marks["target"].astype(float), strict=True):
        canvas.axes.plot([year - 0.34, year + 0.34], [value, value], color=theme.INK, lw=1.8, zorder=3)
    draw_signs(canvas.axes, list(figures["year"]), list(figures["value"]), figures)
    label_last(canvas, figures, 0.34)
    if len(marks):
        year, value = float(marks["year"].iloc[-1]), float(marks["target"].iloc[-1])
        canvas.label(f"{_mark_name(canvas, subject)} {canvas.number(value)}", year + 0.34, value)
    label_gaps(canvas, subject)
    return canvas


def lie_close(subject: Subject) -> bool:
    """Whether figures and references are so much alike that a line shows more than bars."""
    values = [*subject.known["value"].astype(float), *_marks(subject)["target"].astype(float)]
    return min(values) > NEAR * max(values)


def _marks(subject: Subject) -> pd.DataFrame:
    rows = subject.total
    return rows[rows["target"].map(as_number).notna()]


def _mark_name(canvas: Canvas, subject: Subject) -> str:
    """The reference's name for its mark; one that is too long to stand there goes to the head."""
    name = subject.yardstick_name
    if widest(canvas, [name], 8) <= LONGEST_NAME:
        return name
    canvas.notes.append(f"mark: {fitted(canvas, name, 200, theme.SMALL_SIZE)}")
    return "mark"


def zero(subject: Subject) -> Canvas:
    """A stem for each year's count; a year without any stands on the line."""
    figures = subject.known
    canvas = _sheet(subject, list(figures["value"]), zero=True)
    low, high = canvas.axes.get_ylim()
    canvas.axes.set_ylim(low - 0.08 * (high - low), high)  # a sign on the line keeps clear of its year
    canvas.axes.plot(canvas.axes.get_xlim(), [0, 0], color=theme.INK, lw=1.0, zorder=1)
    for year, value in zip(figures["year"], figures["value"], strict=True):
        canvas.axes.plot([year, year], [0, value], color=theme.INK, lw=1.6, zorder=2)
    draw_signs(canvas.axes, list(figures["year"]), list(figures["value"]), figures)
    label_last(canvas, figures)
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
