"""Charts of numbers over the years, each with the yardstick of its rule."""

from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from gsanalysis.charts import theme
from gsanalysis.charts.canvas import Canvas, new_canvas, value_axis, year_axis
from gsanalysis.charts.points import draw_line, draw_signs, label_gaps, label_last, state_notes
from gsanalysis.charts.subject import Subject, as_number

DASHES = (0, (4, 3))


def path(subject: Subject) -> Canvas:
    """A target to reach by a year: the dashed path that leads to it, and a dash where it falls due."""
    target, due = subject.target, subject.due
    assert target is not None and due is not None
    moved = subject.number("first_target")
    canvas = _figures(subject, [target] if moved is None else [target, moved])
    names = {target: (f"target {canvas.number(target)} by {due}", theme.INK)}
    canvas.axes.plot(
        [due - 0.22, due + 0.22], [target, target], color=theme.INK, lw=1.8, solid_capstyle="butt"
    )
    if due < subject.years[-1]:
        _level(canvas, target, due, subject.years[-1] + 0.5, solid=True)
    if moved is not None and moved != target:
        names[moved] = (f"first set at {canvas.number(moved)}", theme.GREY)
        canvas.axes.plot([due - 0.22, due + 0.22], [moved, moved], color=theme.GREY, lw=1.0, ls=(0, (1.5, 1)))
    for value in sorted(names, reverse=True):  # the higher one takes the room above
        text, colour = names[value]
        canvas.label(text, due, value, colour=colour)
    if subject.baseline and subject.baseline[0] < due:
        (year, value) = subject.baseline
        canvas.axes.plot([year, due], [value, target], color=theme.GREY, lw=0.9, ls=DASHES, zorder=1)
        _name_baseline(canvas, subject)
        middle = (year + due) / 2
        canvas.label("required path", middle, (value + target) / 2, needed=False, colour=theme.GREY)
    return canvas


def standard(subject: Subject) -> Canvas:
    """A standard of every year: its line, and the good side of it as a band."""
    target = subject.target
    assert target is not None
    canvas = _figures(subject, [target])
    low, high = canvas.axes.get_ylim()
    good = (target, high) if subject.rule == "at_least" else (low, target)
    canvas.axes.axhspan(*good, color=theme.BAND, lw=0, zorder=0)
    _level(canvas, target, *canvas.axes.get_xlim(), solid=True)
    canvas.name_line(f"standard {canvas.number(target)}", subject.years[-1] + 0.6, target)
    return canvas


def band(subject: Subject) -> Canvas:
    """A band to stay within, both limits named; one line where they are the same."""
    low, high = (float(limit) for limit in subject.text("target").split("|"))
    canvas = _figures(subject, [low, high])
    canvas.axes.axhspan(low, high, color=theme.BAND, lw=0, zorder=0)
    for limit, name in {low: f"from {canvas.number(low)}", high: f"to {canvas.number(high)}"}.items():
        _level(canvas, limit, *canvas.axes.get_xlim(), solid=True)
        canvas.name_line(
            name if low < high else f"exactly {canvas.number(low)}", subject.years[-1] + 0.6, limit
        )
    return canvas


def ratchet(subject: Subject) -> Canvas:
    """Better every year: for each year rated the value that it had to beat, carried over from before."""
    rated = subject.known[subject.known["target"].map(as_number).notna() & (subject.known["rating"] != "")]
    before = [float(value) for value in rated["target"]]
    canvas = _figures(subject, before)
    for year, value in zip(rated["year"], before, strict=True):
        _level(canvas, value, _year_of(subject, value, year), year + 0.18)
    _name_baseline(canvas, subject)
    if before:
        last = float(rated["year"].iloc[-1])
        canvas.label(f"to beat: {canvas.number(before[-1])}", last + 0.18, before[-1], needed=False)
    return canvas


def trend(subject: Subject) -> Canvas:
    """The line through the baseline years, solid over them and dashed where it was read for the years rated."""
    figures, rows = subject.known, subject.total
    base = figures[figures["year"].isin(subject.baseline_years)]
    read = rows[(rows["year"] > max(subject.baseline_years)) & rows["target"].map(as_number).notna()]
    if len(base) < 2:
        return _figures(subject, [])
    fitted = np.polyval(np.polyfit(base["year"] - base["year"].iloc[0], base["value"].astype(float), 1), (
        base["year"] - base["year"].iloc[0]).to_numpy())  # fmt: skip
    canvas = _figures(subject, [*fitted, *read["target"].astype(float)])
    canvas.axes.plot(base["year"], fitted, color=theme.GREY, lw=1.0, zorder=1)
    years = [base["year"].iloc[-1], *read["year"]]
    values = [fitted[-1], *read["target"].astype(float)]
    canvas.axes.plot(years, values, color=theme.GREY, lw=1.0, ls=DASHES, zorder=1)
    if len(read):
        canvas.label(f"trend {canvas.number(values[-1])}", float(years[-1]), float(values[-1]))
    return canvas


def direction(subject: Subject) -> Canvas:
    """A direction without a target: the level of the baseline, dashed, to rise above or fall below."""
    if subject.baseline is None:
        return _figures(subject, [])
    year, value = subject.baseline
    canvas = _figures(subject, [])
    _level(canvas, value, year, subject.years[-1] + 0.6)
    canvas.name_line(f"baseline {canvas.number(value)}", subject.years[-1] + 0.6, value)
    return canvas


def plain(subject: Subject) -> Canvas:
    """Figures that no standard is set for."""
    canvas = _figures(subject, [])
    canvas.notes.append("no standard set")
    return canvas


def _figures(subject: Subject, also: Iterable[float]) -> Canvas:
    """The figures of the years with their signs, and axes with room for the yardsticks too."""
    canvas, figures = new_canvas(), subject.known
    drawn = _with_baseline(subject, figures)
    year_axis(canvas, subject.years)
    value_axis(canvas, subject, [*drawn["value"].astype(float), *also])
    draw_line(canvas.axes, drawn)
    draw_signs(canvas.axes, list(drawn["year"]), list(drawn["value"]), drawn)
    canvas.notes += state_notes(figures)
    label_last(canvas, figures)
    label_gaps(canvas, subject)
    canvas.labels.sort(key=lambda label: not label.needed)
    return canvas


def _with_baseline(subject: Subject, figures: pd.DataFrame) -> pd.DataFrame:
    """The figures and, where its year has none, the stated baseline."""
    if subject.baseline is None or subject.baseline[0] in set(figures["year"]):
        return figures
    year, value = subject.baseline
    row = pd.DataFrame(
        [{"year": year, "breakdown": "", "value": value, "state": "", "rating": "", "target": None}]
    )
    rows = pd.concat([figures.astype(object), row.astype(object)]).sort_values("year", kind="stable")
    return rows.reset_index(drop=True).astype({"year": int})


def _year_of(subject: Subject, value: float, year: int) -> int:
    """The latest year before `year` that had this value, else the year before."""
    known = subject.known
    same = known["year"][(known["year"] < year) & (known["value"] == value)]
    stated = [subject.baseline[0]] if subject.baseline and subject.baseline[1] == value else []
    return max([int(earlier) for earlier in same] + stated, default=year - 1)


def _name_baseline(canvas: Canvas, subject: Subject) -> None:
    if subject.baseline is not None:
        year, value = subject.baseline
        canvas.label(f"baseline {canvas.number(value)}", year, value, colour=theme.GREY)


def _level(canvas: Canvas, value: float, start: float, end: float, *, solid: bool = False) -> None:
    style: dict[str, Any] = (
        {"color": theme.INK, "lw": 1.0} if solid else {"color": theme.GREY, "lw": 0.9, "ls": DASHES}
    )
    canvas.axes.plot([start, end], [value, value], zorder=1, **style)
