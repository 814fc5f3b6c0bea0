"""One row for each part of a figure: where it stands, where it stood, and what it was held against."""

from collections.abc import Mapping
from typing import Any

import pandas as pd

from gsanalysis.charts import theme
from gsanalysis.charts.canvas import (
    FOOTER,
    HEADER,
    LONGEST_NAME,
    Canvas,
    aligned,
    fitted,
    new_canvas,
    number_ticks,
    set_margins,
    value_limits,
    widest,
)  # fmt: skip
from gsanalysis.charts.labels import extent, write
from gsanalysis.charts.milestone import as_day, last_said, position
from gsanalysis.charts.points import draw_signs, gap_word, state_notes
from gsanalysis.charts.subject import Subject, as_number
from gsanalysis.wording import words

ROW, MOST = 13.0, 14  # points between rows; how many rows fit
WORST_FIRST = ("off_track", "at_risk", "on_track", "achieved")


def parts(subject: Subject) -> Canvas:
    """A row of dots per part; beyond fourteen only the worst rated are shown, and the head says so."""
    rows = part_rows(subject)
    shown = _worst(rows) if len(rows) > MOST else rows
    above = 1.1 if _shared(subject, shown) else 0.6
    canvas = new_canvas(HEADER + FOOTER + ROW * (len(shown) + above))
    _place_rows(canvas, subject, shown, above)
    _draw_before(canvas, shown)
    known = shown[shown["at"].notna()]
    draw_signs(canvas.axes, list(known["at"]), [float(row) for row in known.index], known)
    canvas.notes += state_notes(pd.concat([known, known.iloc[-1:]]))
    canvas.notes += [f"{len(shown)} of {len(rows)} parts, the worst"] if len(rows) > len(shown) else []
    _draw_yardsticks(canvas, subject, shown)
    canvas.notes += ["small dot: last time"] if shown["before"].notna().any() else []
    return canvas


def part_rows(subject: Subject) -> pd.DataFrame:
    """Parts with the year's value, its place on the axis (`at`), the last place before, state, rating and target."""
    going_on = [part for part in subject.parts if not _ended(subject, part)]
    frame = pd.DataFrame([_part_row(subject, part) for part in going_on or subject.parts])
    return frame.astype({"at": float, "before": float, "held": float}).reset_index(drop=True)


def _ended(subject: Subject, part: str) -> bool:
    """Whether a part has no row in the year rated because the row before said that it is not applicable."""
    rows = subject.rows[(subject.rows["breakdown"] == part) & (subject.rows["year"] <= subject.year)]
    return (
        bool(len(rows))
        and rows["year"].iloc[-1] < subject.year
        and rows["state"].iloc[-1] == "not_applicable"
    )


def _part_row(subject: Subject, part: str) -> dict[str, Any]:
    rows = subject.rows[subject.rows["breakdown"] == part]
    if subject.kind == "date":
        return _milestone_row(subject, part, rows)
    now, earlier = rows[rows["year"] == subject.year], rows[rows["year"] < subject.year]
    state = "not_applicable" if _ended(subject, part) else ""
    silent: dict[str, Any] = {"value": None, "state": state, "rating": state or "no_data", "target": None}
    row = {str(column): cell for column, cell in now.iloc[-1].items()} if len(now) else silent
    before = [at for at in (_place(subject, value) for value in earlier["value"]) if at is not None]
    places = {"at": _place(subject, row["value"]), "before": before[-1] if before else None}
    return {**row, **places, "part": part, "held": _place(subject, row["target"])}


def _milestone_row(subject: Subject, part: str, rows: pd.DataFrame) -> dict[str, Any]:
    """A part's milestone: the day it was done, whichever year said so, or the end of the year when it was not."""
    now, done = rows[rows["year"] <= subject.year].iloc[-1:], last_said(rows, subject.year)
    said = done if len(done) else now if len(now) else rows.iloc[-1:]
    row = {str(column): cell for column, cell in said.iloc[0].items()}
    at = subject.year + 1.0 if row["value"] == "no" else _place(subject, row["value"])
    return {**row, "at": at, "before": None, "part": part, "held": _place(subject, row["target"])}


def _place(subject: Subject, value: Any) -> float | None:
    """Where a value lies on the axis: a number as it is, a label by its rank, a day in years."""
    if subject.kind == "number":
        return as_number(value)
    if subject.kind == "date":
        day = as_day(value)
        return None if day is None else position(day)
    scale = subject.scale if subject.kind == "level" else ["no", "yes"]
    return float(scale.index(value)) if value in scale else None


def _worst(rows: pd.DataFrame) -> pd.DataFrame:
    order = rows["rating"].map(lambda rating: WORST_FIRST.index(rating) if rating in WORST_FIRST else 9)
    return rows.loc[order.sort_values(kind="stable").index[:MOST].sort_values()].reset_index(drop=True)


def _place_rows(canvas: Canvas, subject: Subject, shown: pd.DataFrame, above: float) -> None:
    axes = canvas.axes
    names = [fitted(canvas, name, LONGEST_NAME) for name in shown["part"]]
    _scale_axis(canvas, subject, [*shown["at"].dropna(), *shown["before"].dropna(), *shown["held"].dropna()])
    texts = aligned([_value_text(canvas, subject, row) for row in shown.to_dict("records")], 1)
    set_margins(canvas, left=widest(canvas, names) + 8, right=widest(canvas, texts) + 11)
    _fit_ticks(canvas, subject)
    axes.set_ylim(len(shown) - 0.4, -above)
    axes.set_yticks(range(len(shown)), names)
    axes.tick_params(axis="both", pad=4, labelsize=theme.TEXT_SIZE)
    axes.tick_params(axis="y", labelcolor=theme.INK)
    for row, text in enumerate(texts):
        _beside(canvas, row, text, missing=bool(shown["at"].isna().iloc[row]))


def _scale_axis(canvas: Canvas, subject: Subject, places: list[float]) -> None:
    if subject.kind == "number":
        low, high = value_limits(places, subject)
        ticks, names = number_ticks(canvas, low, high, subject)
    elif subject.kind == "date":
        low, high = (
            float(int(min(places, default=subject.year))),
            float(int(max(places, default=subject.year)) + 1),
        )
        ticks, names = (
            [year + 0.5 for year in range(int(low), int(high))],
            [str(y) for y in range(int(low), int(high))],
        )
    else:
        names = subject.scale if subject.kind == "level" else ["no", "yes"]
        low, high, ticks = -0.5, len(names) - 0.5, [float(rank) for rank in range(len(names))]
    canvas.axes.set_xlim(low, high)
    canvas.axes.set_xticks(ticks, names)


def _fit_ticks(canvas: Canvas, subject: Subject) -> None:
    """Leave out texts at the foot where they would touch: of levels all but the ends, else every second one."""
    ticks, names = list(canvas.axes.get_xticks()), [text.get_text() for text in canvas.axes.get_xticklabels()]
    room = canvas.axes.get_position().width * theme.WIDTH / max(len(ticks), 1) - 5
    if widest(canvas, names) <= room:
        return
    if subject.kind == "level":
        box, step = canvas.axes.get_position(), room + 5
        apart = (len(ticks) - 1) * step - 8
        edges = (box.x0 * theme.WIDTH + step / 2, (1 - box.x1) * theme.WIDTH + step / 2)
        ends = [fitted(canvas, name, min(apart, 2 * edge - 4))
                for name, edge in zip((names[0], names[-1]), edges, strict=True)]  # fmt: skip
        canvas.axes.set_xticks([ticks[0], ticks[-1]], ends)
    else:
        canvas.axes.set_xticks(ticks[::2], names[::2])


def _value_text(canvas: Canvas, subject: Subject, row: Mapping[Any, Any]) -> str:
    if row["at"] != row["at"]:
        return gap_word(row["state"])
    if subject.kind == "number":
        return canvas.number(row["at"])
    return fitted(canvas, words.exact(row["value"]), 70)


def _beside(canvas: Canvas, row: int, text: str, *, missing: bool) -> None:
    drawn = write(canvas.axes, text, size=theme.TEXT_SIZE, colour=theme.GREY if missing else theme.INK)
    width, height = extent(drawn)
    middle = canvas.axes.transData.transform((0, row))[1]
    drawn.set_position(((theme.WIDTH - width - 2) / 72, (middle - height / 2 - 1) / 72))


def _draw_before(canvas: Canvas, shown: pd.DataFrame) -> None:
    rows = shown[shown["before"].notna()]
    if rows.empty:
        return
    canvas.axes.scatter(rows["before"], rows.index, s=3.2**2, color=theme.GREY, lw=0, zorder=3, clip_on=False)
    for row, before, at in zip(rows.index, rows["before"], rows["at"], strict=True):
        canvas.axes.plot([before, at], [row, row], color=theme.GREY, lw=0.9, zorder=2)


def _draw_yardsticks(canvas: Canvas, subject: Subject, shown: pd.DataFrame) -> None:
    """One line through all rows where all are held against the same, else a mark in each row."""
    held, shared = shown["held"].dropna(), _shared(subject, shown)
    for limit in shared:
        canvas.axes.plot([limit, limit], [-0.75, len(shown) - 0.4], color=theme.INK, lw=1.0, zorder=1)
        canvas.label(_line_name(canvas, subject, shown, limit), limit, -0.75)
    if len(held) and not shared:
        for row, place in zip(held.index, held, strict=True):
            canvas.axes.plot([place, place], [row - 0.36, row + 0.36], color=theme.INK, lw=1.8, zorder=3)
        canvas.notes.append(f"mark: {fitted(canvas, subject.yardstick_name, 200, theme.SMALL_SIZE)}")


def _shared(subject: Subject, shown: pd.DataFrame) -> list[float]:
    """The limits that all parts are held against, empty where each has its own or none has any."""
    if subject.rule == "between":
        return [float(limit) for limit in subject.text("target").split("|")]
    held = set(shown["held"].dropna())
    return list(held) if len(held) == 1 else []


def _line_name(canvas: Canvas, subject: Subject, shown: pd.DataFrame, limit: float) -> str:
    text = canvas.number(limit) if subject.kind == "number" else words.exact(shown["target"].dropna().iloc[0])
    name = subject.yardstick_name
    due = f" by {subject.due}" if name == "target" and subject.due else ""
    colon = ":" if subject.kind == "level" else ""
    return fitted(canvas, f"{name}{colon} {text}{due}", 120, 8)
