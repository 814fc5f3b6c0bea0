"""Objectives side by side: how many of their KPIs could be rated."""

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from gsanalysis.charts import theme
from gsanalysis.charts.alt import joined
from gsanalysis.charts.canvas import Canvas, fitted, new_canvas
from gsanalysis.charts.sheet import LEGEND_ROW, new_sheet, text_width, write_at
from gsanalysis.wording import words

ROW = 15.0  # points between rows
CELL, LEAST_CELL = 9.0, 6.0  # the width of a KPI's cell in a coverage bar
WIDE = 170 / 25.4 * 72  # points: a page between its margins
MOST = 40  # objectives on one sheet
MOST_NAMED = 12  # objectives that an alternative text names one by one

COVERAGE = {"rated in full": theme.INK, "in part": theme.BAR, "not rated": theme.PAPER}


def coverage_bars(objectives: pd.DataFrame) -> Figure:
    """A cell for each KPI that could have been rated: rated in full, in part, or not; the counts stand beside."""
    with theme.look():
        left, counts = _name_width(objectives), coverage_counts(objectives)
        texts = [f"{words.share(int(row['rated in full']), int(sum(row)))} in full" if sum(row) else "nothing to rate"
                 for _, row in counts.iterrows()]  # fmt: skip
        beside = max(text_width(new_canvas(), text) for text in texts)
        most = max(int(counts.sum(axis=1).max()), 1)
        width = theme.WIDTH if (theme.WIDTH - left - beside - 12) / most >= LEAST_CELL else WIDE
        cell = min(CELL, (width - left - beside - 12) / most)
        canvas = new_sheet(6 + ROW * len(counts) + LEGEND_ROW, width)
        tops = [canvas.axes.get_ylim()[1] - 3 - ROW * (n + 0.5) for n in range(len(counts))]
        _write_names(canvas, objectives, tops, left)
        for (_, row), top, text in zip(counts.iterrows(), tops, texts, strict=True):
            _draw_cells(canvas.axes, row, left, top, cell)
            write_at(canvas, text, width - 2 - text_width(canvas, text), top, theme.GREY)
        _write_coverage_legend(canvas, left)
        return canvas.figure


def coverage_counts(objectives: pd.DataFrame) -> pd.DataFrame:
    """For each objective the KPIs rated in full, in part and not rated, of those that could have been."""
    rated, partial = objectives["rated"].astype(int), objectives["partial"].astype(int)
    missing = objectives["ratable"].astype(int) - rated
    counts = pd.DataFrame({"rated in full": rated - partial, "in part": partial, "not rated": missing})
    return counts.set_axis(objectives["objective"])


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


def _names(objectives: pd.DataFrame) -> list[str]:
    titles = objectives["title"] if "title" in objectives else [""] * len(objectives)
    return [f"{code}  {title}".strip() for code, title in zip(objectives["objective"], titles, strict=True)]


def _name_width(objectives: pd.DataFrame) -> float:
    canvas = new_canvas()
    return min(max(text_width(canvas, name) for name in _names(objectives)), 120.0) + 8


def _write_names(canvas: Canvas, objectives: pd.DataFrame, tops: list[float], left: float) -> None:
    for name, top in zip(_names(objectives), tops, strict=True):
        write_at(canvas, fitted(canvas, name, left - 8), 2, top, theme.INK)


def _draw_cells(axes: Axes, row: "pd.Series[int]", left: float, middle: float, cell: float) -> None:
    start = left
    for word, count in row.items():
        starts = [start + cell * n for n in range(count)]
        axes.bar(starts, 9, cell, middle - 4.5, align="edge", color=COVERAGE[str(word)], edgecolor=theme.PAPER
                 if word != "not rated" else theme.GREY, lw=0.7)  # fmt: skip
        start += cell * count


def _write_coverage_legend(canvas: Canvas, left: float) -> None:
    x = left + 2.0
    for entry in COVERAGE:
        row = pd.Series({word: int(word == entry) for word in COVERAGE})
        _draw_cells(canvas.axes, row, x - 2, LEGEND_ROW / 2, 7)
        write_at(canvas, entry, x + 8, LEGEND_ROW / 2, theme.GREY, theme.SMALL_SIZE)
        x += 18 + text_width(canvas, entry, theme.SMALL_SIZE)
