"""Objectives side by side: a sign for every KPI, and how many of them could be rated."""

from collections.abc import Mapping
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.path import Path

from gsanalysis.charts import theme
from gsanalysis.charts.alt import joined
from gsanalysis.charts.canvas import Canvas, fitted, new_canvas
from gsanalysis.charts.labels import extent, write
from gsanalysis.wording import words

ROW, STEP = 15.0, 10.5  # points between rows and between signs
GROUP = 0.45  # of a step, added between ratings
LEAST_STEP = 7.6  # points between signs that are many
CELL, LEAST_CELL = 9.0, 6.0  # the width of a KPI's cell in a coverage bar
WIDE, TALL = 170 / 25.4 * 72, 600.0  # points: a page between its margins, and what leaves room for a heading
MOST_NAMED = 12  # objectives that an alternative text names one by one
LEGEND_ROW = 12.0

_GAP_CIRCLE = Path.arc(35, 325)
COVERAGE = {"rated in full": theme.INK, "in part": theme.BAR, "not rated": theme.PAPER}


def rating_dots(objectives: pd.DataFrame) -> Figure:
    """A row of signs per objective, one for each KPI, in the order of the ratings from achieved to monitored.

    Takes the frame of assess(level="objective"); a column `title`, where there is one, is written beside the code.
    Many KPIs take the width of a page, and more lines where that is not enough. `pages` splits what is too tall.
    """
    with theme.look():
        left, counts = _name_width(objectives), objectives[list(words.RATING_WORDS)].astype(int)
        used = [rating for rating in words.RATING_WORDS if counts[rating].any()]
        width, step = _dots_room(counts, left)
        rows = [_sign_places(row, width - left - 8, step) for row in counts.to_dict("records")]
        lines = [max((place[1] for place in row), default=0) + 1 for row in rows]
        legend = _legend_rows(new_canvas(), [words.rating_word(rating) for rating in used], width)
        canvas = _sheet(6 + ROW * sum(lines) + LEGEND_ROW * len(legend), width)
        tops = [canvas.axes.get_ylim()[1] - 3 - ROW * (sum(lines[:n]) + 0.5) for n in range(len(rows))]
        _write_names(canvas, objectives, tops, left)
        for rating in used:
            places = [(left + x, top - ROW * line) for row, top in zip(rows, tops, strict=True)
                      for x, line, sign in row if sign == rating]  # fmt: skip
            draw_sign(canvas.axes, rating, places)
        _write_legend(
            canvas, legend, dict(zip([words.rating_word(rating) for rating in used], used, strict=True))
        )
        return canvas.figure


def coverage_bars(objectives: pd.DataFrame) -> Figure:
    """A cell for each KPI that could have been rated: rated in full, in part, or not; the counts stand beside."""
    with theme.look():
        left, counts = _name_width(objectives), coverage_counts(objectives)
        texts = [f"{words.share(int(row['rated in full']), int(sum(row)))} in full" if sum(row) else "nothing to rate"
                 for _, row in counts.iterrows()]  # fmt: skip
        beside = max(_width(new_canvas(), text) for text in texts)
        most = max(int(counts.sum(axis=1).max()), 1)
        width = theme.WIDTH if (theme.WIDTH - left - beside - 12) / most >= LEAST_CELL else WIDE
        cell = min(CELL, (width - left - beside - 12) / most)
        canvas = _sheet(6 + ROW * len(counts) + LEGEND_ROW, width)
        tops = [canvas.axes.get_ylim()[1] - 3 - ROW * (n + 0.5) for n in range(len(counts))]
        _write_names(canvas, objectives, tops, left)
        for (_, row), top, text in zip(counts.iterrows(), tops, texts, strict=True):
            _draw_cells(canvas.axes, row, left, top, cell)
            _write_at(canvas, text, width - 2 - _width(canvas, text), top, theme.GREY)
        _write_coverage_legend(canvas, left)
        return canvas.figure


def pages(objectives: pd.DataFrame) -> list[pd.DataFrame]:
    """The objectives in as few groups as it takes for `rating_dots` of each to stand on one page."""
    groups, start = [], 0
    for end in range(1, len(objectives) + 1):
        if end - start > 1 and _dots_height(objectives.iloc[start:end]) > TALL:
            groups.append(objectives.iloc[start : end - 1])
            start = end - 1
    return [*groups, objectives.iloc[start:]]


def _dots_height(objectives: pd.DataFrame) -> float:
    """The height in points of the rows of `rating_dots`."""
    counts = objectives[list(words.RATING_WORDS)].astype(int)
    width, step = _dots_room(counts, 128.0)  # the most that names take
    rows = [_sign_places(row, width - 136.0, step) for row in counts.to_dict("records")]
    return ROW * sum(max((place[1] for place in row), default=0) + 1 for row in rows)


def _dots_room(counts: pd.DataFrame, left: float) -> tuple[float, float]:
    """The width of the sheet and the step between signs: narrow where all signs of a row stand in one line."""
    most, groups = max(int(counts.sum(axis=1).max()), 1), int((counts > 0).sum(axis=1).max())
    room = {width: (width - left - 8) / (most + GROUP * groups) for width in (theme.WIDTH, WIDE)}
    if room[theme.WIDTH] >= LEAST_STEP:
        return theme.WIDTH, min(STEP, room[theme.WIDTH])
    return WIDE, min(STEP, max(LEAST_STEP, room[WIDE]))


def coverage_counts(objectives: pd.DataFrame) -> pd.DataFrame:
    """For each objective the KPIs rated in full, in part and not rated, of those that could have been."""
    rated, partial = objectives["rated"].astype(int), objectives["partial"].astype(int)
    missing = objectives["ratable"].astype(int) - rated
    counts = pd.DataFrame({"rated in full": rated - partial, "in part": partial, "not rated": missing})
    return counts.set_axis(objectives["objective"])


def rating_dots_alt(objectives: pd.DataFrame) -> str:
    """What rating_dots shows, in words: the sum of every rating, and the rated KPIs of each objective."""
    sums = objectives[list(words.RATING_WORDS)].astype(int).sum()
    said = [f"{sums[code]} {word}" for code, word in words.RATING_WORDS.items() if sums[code]]
    head = f"A sign for every KPI of {_objectives(objectives)}, by rating."
    rated = pd.DataFrame({"part": objectives["rated"], "whole": objectives["ratable"]}).astype(int)
    each = _each("Rated", rated.set_axis(objectives["objective"]))
    return joined([head, f"In all {sums.sum()}: {words.listed(said)}.", each])


def coverage_alt(objectives: pd.DataFrame) -> str:
    """What coverage_bars shows, in words."""
    counts = coverage_counts(objectives)
    sums = counts.sum()
    total = f"Of {sums.sum()} KPIs that could be rated {sums['rated in full']} are rated in full, {sums['in part']}"
    each = _each("In full", pd.DataFrame({"part": counts["rated in full"], "whole": counts.sum(axis=1)}))
    head = f"Bars of cells, one for each KPI, for {_objectives(objectives)}."
    return joined([head, f"{total} in part and {sums['not rated']} not.", each])


def _objectives(objectives: pd.DataFrame) -> str:
    return f"{len(objectives)} objectives" if len(objectives) > 1 else "one objective"


def _each(what: str, counts: pd.DataFrame) -> str:
    """A part of a whole for each objective; of many only the ends."""
    said = [f"{code} {row['part']} of {row['whole']}" for code, row in counts.iterrows()]
    if len(said) <= MOST_NAMED:
        return f"{what}: {', '.join(said)}."
    shares = (counts["part"] / counts["whole"].where(counts["whole"] > 0)).tolist()
    known = sorted((share, place) for place, share in enumerate(shares) if share == share)
    ends = [said[place] for _, place in (known[0], known[-1])] if known else []
    return f"{what}, from the least to the most: {ends[0]} to {ends[1]}." if ends else ""


def draw_sign(axes: Axes, rating: str, places: list[tuple[float, float]]) -> None:
    """The sign of any of the nine ratings at the given places."""
    x, y = [place[0] for place in places], [place[1] for place in places]
    colour = theme.rating_colour(rating) if rating in theme.RATING_COLOURS else theme.GREY
    if rating in ("no_data", "no_comparison"):
        marker = "o" if rating == "no_data" else _GAP_CIRCLE
        axes.scatter(x, y, s=5.4**2, marker=marker, facecolor="none", edgecolor=colour, lw=1.2, clip_on=False)
    elif rating in ("not_yet_due", "not_applicable"):
        axes.scatter(x, y, s=5.4**2, marker="_", color=colour, lw=1.2, clip_on=False)
    else:
        marker, size = theme.rating_marker(rating), theme.rating_size(rating)
        axes.scatter(x, y, s=size**2, marker=marker, color=colour, lw=0.4, clip_on=False)


def _sheet(height: float, width: float) -> Canvas:
    """A sheet whose axes count in points from its lower left corner."""
    canvas = new_canvas(height)
    canvas.figure.set_figwidth(width / 72)
    canvas.axes.set_position((0, 0, 1, 1))
    canvas.axes.set(xlim=(0, width), ylim=(0, height))
    canvas.axes.axis("off")
    return canvas


def _sign_places(row: Mapping[Any, int], width: float, step: float) -> list[tuple[float, int, str]]:
    """Place, line and rating of the signs of an objective; a full line is followed by another."""
    places, x, line = [], step / 2, 0
    for rating in words.RATING_WORDS:
        for _ in range(row[rating]):
            if x > width:
                x, line = step / 2, line + 1
            places.append((x, line, rating))
            x += step
        x += GROUP * step if row[rating] else 0
    return places


def _names(objectives: pd.DataFrame) -> list[str]:
    titles = objectives["title"] if "title" in objectives else [""] * len(objectives)
    return [f"{code}  {title}".strip() for code, title in zip(objectives["objective"], titles, strict=True)]


def _name_width(objectives: pd.DataFrame) -> float:
    canvas = new_canvas()
    return min(max(_width(canvas, name) for name in _names(objectives)), 120.0) + 8


def _write_names(canvas: Canvas, objectives: pd.DataFrame, tops: list[float], left: float) -> None:
    for name, top in zip(_names(objectives), tops, strict=True):
        _write_at(canvas, fitted(canvas, name, left - 8), 2, top, theme.INK)


def _draw_cells(axes: Axes, row: "pd.Series[int]", left: float, middle: float, cell: float) -> None:
    start = left
    for word, count in row.items():
        starts = [start + cell * n for n in range(count)]
        axes.bar(starts, 9, cell, middle - 4.5, align="edge", color=COVERAGE[str(word)], edgecolor=theme.PAPER
                 if word != "not rated" else theme.GREY, lw=0.7)  # fmt: skip
        start += cell * count


def _legend_rows(canvas: Canvas, entries: list[str], most: float) -> list[list[tuple[str, float]]]:
    """The words of the legend with their places, in as many lines as they need."""
    rows: list[list[tuple[str, float]]] = [[]]
    x = 2.0
    for entry in entries:
        width = 10 + _width(canvas, entry, theme.SMALL_SIZE) + 8
        if x + width > most and rows[-1]:
            rows.append([])
            x = 2.0
        rows[-1].append((entry, x))
        x += width
    return rows


def _write_legend(canvas: Canvas, rows: list[list[tuple[str, float]]], ratings: dict[str, str]) -> None:
    for number, row in enumerate(rows):
        middle = LEGEND_ROW * (len(rows) - number - 0.5)
        for entry, x in row:
            draw_sign(canvas.axes, ratings[entry], [(x + 4, middle)])
            _write_at(canvas, entry, x + 10, middle, theme.GREY, theme.SMALL_SIZE)


def _write_coverage_legend(canvas: Canvas, left: float) -> None:
    for entry, x in _legend_rows(canvas, list(COVERAGE), WIDE)[0]:
        row = pd.Series({word: int(word == entry) for word in COVERAGE})
        _draw_cells(canvas.axes, row, left + x - 2, LEGEND_ROW / 2, 7)
        _write_at(canvas, entry, left + x + 8, LEGEND_ROW / 2, theme.GREY, theme.SMALL_SIZE)


def _write_at(
    canvas: Canvas, text: str, x: float, middle: float, colour: str, size: float = theme.TEXT_SIZE
) -> None:
    drawn = write(canvas.figure, text, size=size, colour=colour)
    drawn.set_position((x / 72, (middle - extent(drawn)[1] / 2) / 72))


def _width(canvas: Canvas, text: str, size: float = theme.TEXT_SIZE) -> float:
    drawn = write(canvas.figure, text, size=size, colour=theme.INK)
    width = extent(drawn)[0]
    drawn.remove()
    return width
