"""Charts of answers that are not numbers: yes or no, and the levels of a scale."""

from typing import Any

import pandas as pd

from gsanalysis.charts import theme
from gsanalysis.charts.canvas import (
    HEADER,
    LONGEST_NAME,
    Canvas,
    fitted,
    new_canvas,
    set_margins,
    widest,
    year_axis,
)
from gsanalysis.charts.points import draw_line, draw_signs, gap_word, state_notes
from gsanalysis.charts.subject import Subject


def yes_no(subject: Subject) -> Canvas:
    """A row of signs, one a year, with yes or no under it."""
    canvas, figures = new_canvas(68), subject.known
    year_axis(canvas, subject.years)
    set_margins(canvas, left=4)
    canvas.axes.set_ylim(-1, 1)
    canvas.axes.set_yticks([])
    draw_signs(canvas.axes, list(figures["year"]), [0.6] * len(figures), figures)
    for row in subject.total.to_dict("records"):
        if row["value"] is not None:
            _under(canvas, row["year"], row["value"], theme.INK)
        elif row["year"] >= subject.first_year:
            _under(canvas, row["year"], gap_word(row["state"]), theme.GREY)
    canvas.unit = "in place?" if subject.rule == "yes" else "yes or no"
    _notes(canvas, subject)
    return canvas


def level(subject: Subject) -> Canvas:
    """Steps on an ordered scale, the levels that are good enough as a band."""
    scale = subject.scale
    canvas, figures = new_canvas(max(90.0, HEADER * 2 + 16.0 * len(scale))), ranked(subject.known, scale)
    year_axis(canvas, subject.years)
    names = [fitted(canvas, label, LONGEST_NAME) for label in scale]
    canvas.axes.set_ylim(-0.55, len(scale) - 0.45)
    canvas.axes.set_yticks(range(len(scale)), names)
    canvas.axes.tick_params(axis="y", pad=4, labelsize=theme.TEXT_SIZE)
    set_margins(canvas, left=widest(canvas, names) + 7)
    draw_line(canvas.axes, figures)
    draw_signs(canvas.axes, list(figures["year"]), list(figures["value"]), figures)
    if subject.text("target") in scale:
        _name_standard(canvas, subject, scale.index(subject.text("target")) - 0.5)
    _notes(canvas, subject)
    return canvas


def ranked(figures: pd.DataFrame, scale: list[str]) -> pd.DataFrame:
    """The figures with the rank of their label on the scale (0 is the worst) as value."""
    known = figures[figures["value"].isin(scale)]
    return known.assign(value=[float(scale.index(label)) for label in known["value"]])


def _name_standard(canvas: Canvas, subject: Subject, edge: float) -> None:
    axes, (start, end) = canvas.axes, canvas.axes.get_xlim()
    axes.axhspan(edge, len(subject.scale) - 0.45, color=theme.BAND, lw=0, zorder=0)
    axes.plot([start, end], [edge, edge], color=theme.INK, lw=1.0, zorder=1)
    name = fitted(canvas, subject.text("target"), LONGEST_NAME, 8)
    canvas.name_line(f"standard: {name}", subject.years[-1] + 0.6, edge)


def _under(canvas: Canvas, year: int, text: str, colour: str) -> None:
    size = theme.TEXT_SIZE if colour == theme.INK else theme.SMALL_SIZE
    text = text if len(canvas.years) <= 7 or colour == theme.INK else "–"
    style: dict[str, Any] = {"size": size, "color": colour, "ha": "center", "va": "top", "linespacing": 0.9}
    canvas.axes.text(year, 0.1, text.replace(" ", "\n", 1), **style)


def _notes(canvas: Canvas, subject: Subject) -> None:
    figures = subject.known
    canvas.notes += state_notes(pd.concat([figures, figures.iloc[-1:]]))
    if subject.rule == "monitor":
        canvas.notes.append("no standard set")
