"""A milestone on a time line: when it was due, when it was done, and how far the figures reach."""

from datetime import date

import pandas as pd

from gsanalysis.charts import theme
from gsanalysis.charts.canvas import Canvas, new_canvas, set_margins
from gsanalysis.charts.points import draw_signs, state_notes
from gsanalysis.charts.subject import Subject
from gsanalysis.wording import words

TOUCHING, HIGHER = (
    10.5,
    0.55,
)  # points between two signs that nearly touch; how much higher one of them is drawn


def milestone(subject: Subject) -> Canvas:
    """A flag at the day due, a sign at the day done or at the end of each year that reported "no"."""
    canvas, figures = new_canvas(84), _events(subject)
    due = as_day(subject.text("target"))
    _time_axis(canvas, [*figures["day"], *([due] if due else []), *_plan(subject)])
    canvas.axes.plot(canvas.axes.get_xlim(), [0, 0], color=theme.INK, lw=1.0, zorder=1)
    if due:
        _flag(canvas, due)
    places, heights = [position(day) for day in figures["day"]], _heights(canvas, figures)
    for x, y in zip(places, heights, strict=True):
        canvas.axes.plot([x, x], [0, y], color=theme.GREY, lw=0.8, zorder=1)
    draw_signs(canvas.axes, places, heights, figures)
    for event, x, y in zip(figures.to_dict("records"), places, heights, strict=True):
        open_still = event["value"] == "no"
        text = "no" if open_still else f"done {words.date_text(event['value'])}"
        canvas.label(text, x, y, needed=not open_still or event["year"] == subject.year)
    _end(canvas, as_day(subject.text("horizon")) or date(subject.year, 12, 31))
    canvas.labels.sort(key=lambda label: not label.needed)
    canvas.notes += state_notes(pd.concat([figures, figures.iloc[-1:]]))
    canvas.notes += ["no day set"] if due is None else []
    return canvas


def as_day(text: object) -> date | None:
    """The day of an ISO date, or None for any other text."""
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        return None


def position(day: date) -> float:
    """A day as a number of years: 2014.5 is the middle of 2014."""
    start, end = date(day.year, 1, 1), date(day.year, 12, 31)
    return day.year + (day - start).days / ((end - start).days + 1)


def last_said(rows: pd.DataFrame, year: int) -> pd.DataFrame:
    """The row of the latest day reported (in whatever year), with the rating of `year` where it was done by then."""
    done = rows[rows["value"].notna() & (rows["value"] != "no")].iloc[-1:]
    rated = rows["rating"][rows["year"] == year]
    by_then = [day is not None and day.year <= year for day in done["value"].map(as_day)]
    return done.assign(rating=[rated.iloc[-1] if then and len(rated) else "" for then in by_then])


def _events(subject: Subject) -> pd.DataFrame:
    """The rows to show, with their day: every "no" at the end of its year, and the latest day reported."""
    still_open = subject.known[(subject.known["value"] == "no") & (subject.known["year"] <= subject.year)]
    rows = pd.concat([still_open, last_said(subject.total, subject.year)]).reset_index(drop=True)
    ends = [date(int(year), 12, 31) for year in rows["year"]]
    return rows.assign(day=[as_day(value) or end for value, end in zip(rows["value"], ends, strict=True)])


def _heights(canvas: Canvas, figures: pd.DataFrame) -> list[float]:
    """How high each sign stands over the line, the latest on it, so that signs of following weeks don't touch."""
    start, end = canvas.axes.get_xlim()
    near = TOUCHING * (end - start) / (canvas.axes.get_position().width * theme.WIDTH)
    heights: dict[float, int] = {}
    for place in sorted({position(day) for day in figures["day"]}, reverse=True):
        beside = {height for other, height in heights.items() if other - place < near}
        heights[place] = min({0, 1, 2} - beside, default=2)
    return [HIGHER * heights[position(day)] for day in figures["day"]]


def _plan(subject: Subject) -> list[date]:
    return [date(subject.first_year, 1, 1), date(subject.last_year, 12, 31), date(subject.year, 12, 31)]


def _time_axis(canvas: Canvas, days: list[date]) -> None:
    years = range(min(days).year, max(days).year + 1)
    step = -(-len(years) // 10)
    set_margins(canvas, left=6, right=8)
    canvas.axes.set_xlim(years[0], years[-1] + 1)
    canvas.axes.set_ylim(-1, 1.5)
    canvas.axes.set_yticks([])
    shown = [year for year in years if (years[-1] - year) % step == 0]
    canvas.axes.set_xticks([year + 0.5 for year in shown], [str(year) for year in shown])
    canvas.axes.tick_params(axis="x", pad=4, labelsize=theme.TEXT_SIZE)
    for year in [*years, years[-1] + 1]:
        canvas.axes.plot([year, year], [-0.09, 0.09], color=theme.GREY, lw=0.8, zorder=1)
    canvas.axes.spines["bottom"].set_visible(False)


def _flag(canvas: Canvas, due: date) -> None:
    x, axes = position(due), canvas.axes
    axes.plot([x, x], [0, 1.2], color=theme.INK, lw=1.2, zorder=3)
    start, end = axes.get_xlim()
    pennant = 0.028 * (end - start)
    pennant = pennant if x < start + 0.68 * (end - start) else -pennant  # its words stand on its side
    axes.fill([x, x + pennant, x], [1.25, 1.02, 0.8], color=theme.INK, lw=0, zorder=3)
    canvas.label(f"due {words.date_text(due.isoformat())}", x + (0.8 if pennant > 0 else 1.2) * pennant, 1.02)


def _end(canvas: Canvas, horizon: date) -> None:
    x = position(horizon)
    canvas.axes.plot([x, x], [-0.75, 0.5], color=theme.GREY, lw=0.8, ls=(0, (2, 2)), zorder=1)
    year_is_over = (horizon.month, horizon.day) == (12, 31)
    name = f"end of {horizon.year}" if year_is_over else f"known by {words.date_text(horizon.isoformat())}"
    canvas.label(name, x, -0.75, needed=False, colour=theme.GREY)
