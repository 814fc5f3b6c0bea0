"""Every KPI in every year of a plan, as signs that can be counted: a panel for each objective."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from gsanalysis.charts import theme
from gsanalysis.charts.alt import joined
from gsanalysis.charts.canvas import Canvas, fitted, new_canvas
from gsanalysis.charts.sheet import LEGEND_ROW, draw_sign, new_sheet, text_width, write_at
from gsanalysis.wording import words

ROW, STEP, HEAD, GAP = 11.5, 14.5, 23.0, 9.0  # points: a KPI, a year, a panel's head, between panels
BOX, LONGEST_CODE = 9.4, 60.0
MOST_ROWS, TALLEST = 40, 560.0  # KPIs in one panel, points of one figure
BOXED = "in a box: rated otherwise at first"


@dataclass(frozen=True, eq=False)
class _Panel:
    """The KPIs of one objective, or some of them where they are many."""

    title: str
    rows: pd.DataFrame
    codes: list[str]

    @property
    def height(self) -> float:
        return HEAD + ROW * len(self.codes)


@dataclass(frozen=True)
class _Grid:
    """The widths that all panels of a figure share."""

    years: list[int]
    code: float
    step: float

    @property
    def panel(self) -> float:
        return self.code + self.step * len(self.years)

    @property
    def across(self) -> int:
        """How many panels stand beside each other."""
        return max(1, int((theme.WIDTH + GAP) / (self.panel + GAP)))


def sheets(kpis: pd.DataFrame) -> list[pd.DataFrame]:
    """The rows of a plan in as many parts as fit on a page each, with whole objectives where that is possible.

    Takes the frame of `rating_years`; an empty one has no sheet.
    """
    with theme.look():
        grid = _grid(kpis)
    parts: list[list[_Panel]] = [[]]
    for panel in _panels(kpis):
        if parts[-1] and sum(_heights([*parts[-1], panel], grid)) > TALLEST:
            parts.append([])
        parts[-1].append(panel)
    return [pd.concat([panel.rows for panel in part]) for part in parts if part]


def rating_years(kpis: pd.DataFrame) -> Figure:
    """A sign for every KPI and year; a box around those that were rated otherwise at first.

    Takes a row per KPI and year: ``kpi``, ``objective``, ``year``, ``now`` and ``then`` (ratings).
    """
    with theme.look():
        grid, panels = _grid(kpis), list(_panels(kpis))
        heights, used = _heights(panels, grid), _used(kpis)
        legend = _legend_lines(new_canvas(), used)
        height = sum(heights) + LEGEND_ROW * len(legend) + 4
        canvas = new_sheet(height, theme.WIDTH)
        for number, panel in enumerate(panels):
            line, place = divmod(number, grid.across)
            _draw_panel(canvas, panel, grid, place * (grid.panel + GAP), height - sum(heights[:line]))
        _write_legend(canvas, legend)
        return canvas.figure


def rating_years_alt(kpis: pd.DataFrame) -> str:
    """What rating_years shows, in words: the signs of each year counted."""
    years = sorted(kpis["year"].unique())
    count, changed = kpis["kpi"].nunique(), int((kpis["now"] != kpis["then"]).sum())
    span = f"{years[0]} to {years[-1]}" if len(years) > 1 else f"{years[0]}"
    head = f"Signs of {count} {'KPI' if count == 1 else 'KPIs'} for each year, {span}."
    boxed = f"{changed} in a box, rated otherwise at first."
    return joined([head, *([boxed] if changed else []), *(_year_counts(kpis, year) for year in years)])


def _year_counts(kpis: pd.DataFrame, year: int) -> str:
    counts = kpis.loc[kpis["year"] == year, "now"].value_counts()
    said = [f"{counts[code]} {word}" for code, word in words.RATING_WORDS.items() if code in counts]
    return f"{year}: {', '.join(said)}."


def _panels(kpis: pd.DataFrame) -> Iterator[_Panel]:
    for objective, rows in kpis.groupby("objective", sort=False):
        codes = list(dict.fromkeys(rows["kpi"]))
        for start in range(0, len(codes), MOST_ROWS):
            some = codes[start : start + MOST_ROWS]
            title = f"{objective}, continued" if start else str(objective)
            yield _Panel(title, rows[rows["kpi"].isin(some)], some)


def _grid(kpis: pd.DataFrame) -> _Grid:
    years = sorted(kpis["year"].unique())
    canvas = new_canvas()
    widest = max((text_width(canvas, code) for code in kpis["kpi"].unique()), default=0.0)
    code = min(widest, LONGEST_CODE) + 5
    return _Grid(years, code, min(STEP, (theme.WIDTH - code) / max(len(years), 1)))


def _heights(panels: list[_Panel], grid: _Grid) -> list[float]:
    """The heights of the lines of panels, each as tall as its tallest one."""
    lines = [panels[start : start + grid.across] for start in range(0, len(panels), grid.across)]
    return [max(panel.height for panel in line) + 6 for line in lines]


def _draw_panel(canvas: Canvas, panel: _Panel, grid: _Grid, left: float, top: float) -> None:
    write_at(canvas, fitted(canvas, panel.title, grid.panel), left, top - 6, theme.INK)
    centres = {year: left + grid.code + grid.step * (n + 0.5) for n, year in enumerate(grid.years)}
    for year in _labelled(grid):
        text = f"’{year % 100:02d}"
        x = centres[year] - text_width(canvas, text, theme.SMALL_SIZE) / 2
        write_at(canvas, text, x, top - 16.5, theme.GREY, theme.SMALL_SIZE)
    middles = {code: top - HEAD - ROW * (n + 0.5) for n, code in enumerate(panel.codes)}
    for code, middle in middles.items():
        write_at(canvas, fitted(canvas, code, grid.code - 4), left, middle, theme.INK)
    rows = zip(panel.rows["year"], panel.rows["kpi"], strict=True)
    places = [(centres[year], middles[kpi]) for year, kpi in rows]
    for rating in panel.rows["now"].unique():
        signs = [place for place, now in zip(places, panel.rows["now"], strict=True) if now == rating]
        draw_sign(canvas.axes, rating, signs)
    changed = panel.rows["now"] != panel.rows["then"]
    for x, y in (place for place, other in zip(places, changed, strict=True) if other):
        _box(canvas, x, y)


def _labelled(grid: _Grid) -> list[int]:
    """All years, every second or fifth one where they stand close."""
    every = next(n for n in (1, 2, 5, 10, 100) if n * grid.step >= 13 or n == 100)
    return [year for year in grid.years if (grid.years[-1] - year) % every == 0]


def _box(canvas: Canvas, x: float, y: float) -> None:
    corner = (x - BOX / 2, y - BOX / 2)
    canvas.axes.add_patch(Rectangle(corner, BOX, BOX, fill=False, edgecolor=theme.INK, lw=0.8, clip_on=False))


def _used(kpis: pd.DataFrame) -> list[tuple[str, str]]:
    """The signs in the figure with their words; the box has no rating."""
    used = [(rating, word) for rating, word in words.RATING_WORDS.items() if (kpis["now"] == rating).any()]
    return [*used, ("", BOXED)] if (kpis["now"] != kpis["then"]).any() else used


def _legend_lines(canvas: Canvas, used: list[tuple[str, str]]) -> list[list[tuple[str, str, float]]]:
    lines: list[list[tuple[str, str, float]]] = [[]]
    x = 2.0
    for rating, word in used:
        width = 18 + text_width(canvas, word, theme.SMALL_SIZE)
        if x + width - 8 > theme.WIDTH and lines[-1]:
            lines.append([])
            x = 2.0
        lines[-1].append((rating, word, x))
        x += width
    return lines


def _write_legend(canvas: Canvas, lines: list[list[tuple[str, str, float]]]) -> None:
    for number, line in enumerate(lines):
        middle = LEGEND_ROW * (len(lines) - number - 0.5)
        for rating, word, x in line:
            if rating:
                draw_sign(canvas.axes, rating, [(x + 4, middle)])
            else:
                _box(canvas, x + 4, middle)
            write_at(canvas, word, x + 11, middle, theme.GREY, theme.SMALL_SIZE)
