"""The sheet that every chart is drawn on: unit at the top left, remarks at the right, axes at printing size."""

import math
import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from gsanalysis.charts import theme
from gsanalysis.charts.labels import Label, extent, place, write
from gsanalysis.charts.subject import Subject
from gsanalysis.wording import words

_DIGITS = re.compile(rf"{words.MINUS}?[\d{words.THIN}]+(\.\d+)?")
HEADER, FOOTER, HEIGHT, RIGHT = 17.0, 17.0, 126.0, 5.0  # points
NOTE_LINE, UNIT_ROOM = 9.5, 90.0  # points: between two lines of remarks, and left of them for the unit
LONGEST_NAME = 96.0  # points for the name of a part or a level


@dataclass(eq=False)
class Canvas:
    """A figure with one pair of axes, and what is still to be written on it."""

    figure: Figure
    axes: Axes
    labels: list[Label] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    years: Sequence[int] = ()
    header: float = HEADER
    unit: str = ""
    share: bool = False  # whether the unit is per cent, which is never rounded to 0 or 100
    scale: float = 1.0  # what a value is divided by to be read in the unit of the head

    def number(self, value: float) -> str:
        """A value for a label, in the unit that stands at the head."""
        text = words.number(value / self.scale, "%" if self.share else "")
        return text.removesuffix(f"{words.THIN}%")

    def label(self, text: str, x: float, y: float, *, needed: bool = True, colour: str = theme.INK) -> None:
        """Ask for a label at a point; earlier ones have the first choice of room."""
        self.labels.append(Label(text, x, y, colour, needed=needed))

    def remark(self, text: str, x: float, y: float) -> None:
        """Ask for a small grey text over a point, or a dash where there is no room for it."""
        self.labels.append(Label(text, x, y, theme.GREY, centred=True, needed=False, short=words.DASH))

    def name_line(self, text: str, x: float, y: float) -> None:
        """Ask for the name of a level line that ends at x."""
        self.labels.append(Label(text, x, y, along=True))


def new_canvas(height: float = HEIGHT) -> Canvas:
    """An empty sheet as wide as the column of figures; heights are in points."""
    figure = Figure((theme.WIDTH / 72, height / 72), dpi=72)
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0, 0, 1, 1))
    canvas = Canvas(figure, axes)
    set_margins(canvas, left=4)
    return canvas


def set_margins(canvas: Canvas, *, left: float, right: float = RIGHT) -> None:
    """Leave so many points for the words at the sides of the axes."""
    height = canvas.figure.get_figheight() * 72
    width = theme.WIDTH - left - right
    box = (
        left / theme.WIDTH,
        FOOTER / height,
        width / theme.WIDTH,
        (height - canvas.header - FOOTER) / height,
    )
    canvas.axes.set_position(box)


def finish(canvas: Canvas) -> Figure:
    """Write the labels, the unit and the remarks, when limits and margins stand."""
    canvas.axes.set(xlabel="", ylabel="")
    _write_years(canvas)
    notes = _note_lines(canvas)
    _make_room(canvas, NOTE_LINE * (len(notes) - 1))
    place(canvas.axes, canvas.labels)
    _write_header(canvas, notes)
    return canvas.figure


def year_axis(canvas: Canvas, years: Sequence[int]) -> None:
    """An axis of whole years; they are written at the foot when the margins stand."""
    canvas.years = years
    canvas.axes.set_xlim(years[0] - 0.45, years[-1] + 0.65)


def value_axis(canvas: Canvas, subject: Subject, values: Iterable[float], *, zero: bool = False) -> None:
    """Limits with room around the values, few ticks with numbers for reading, and the left margin they need."""
    low, high = value_limits([value for value in values if math.isfinite(value)], subject, zero)
    canvas.axes.set_ylim(low, high)
    ticks, names = number_ticks(canvas, low, high, subject)
    canvas.axes.set_yticks(ticks, names)
    canvas.axes.tick_params(axis="y", pad=4, labelsize=theme.TEXT_SIZE)
    set_margins(canvas, left=widest(canvas, names) + 7)


def number_ticks(canvas: Canvas, low: float, high: float, subject: Subject) -> tuple[list[float], list[str]]:
    """Ticks between two values within the indicator's bounds, and their texts; sets the unit of the head."""
    whole = all(float(value).is_integer() for value in subject.rows["value"] if isinstance(value, float))
    locator = MaxNLocator(nbins=5, steps=[1, 2, 2.5, 5, 10], integer=whole, min_n_ticks=1 if whole else 3)
    bounds = [subject.number("minimum"), subject.number("maximum")]
    least, most = (
        (-math.inf if bounds[0] is None else bounds[0]),
        (math.inf if bounds[1] is None else bounds[1]),
    )
    low, high = max(low, least), min(high, most)
    room = 1e-9 * (high - low)
    ticks = [float(tick) for tick in locator.tick_values(low, high) if low - room <= tick <= high + room]
    canvas.scale = 1e6 if 1e6 <= max(abs(low), abs(high)) < 1e15 else 1.0
    canvas.share = words.is_share(subject.unit)
    canvas.unit = unit_text(subject.unit, millions=canvas.scale > 1)
    return ticks, aligned([_tick_text(tick, canvas.scale) for tick in ticks])


def aligned(texts: Sequence[str], most: int = 12) -> list[str]:
    """Numbers with one precision, the finest among them: "4.0" beside "4.5"; not where that is above `most`.

    Texts that are no number stay as they are.
    """
    parted = [text.partition(".") if _DIGITS.fullmatch(text) else (text, "", "") for text in texts]
    decimals = max((len(rest) for _, _, rest in parted), default=0)
    if not 0 < decimals <= most:
        return list(texts)
    return [
        f"{whole}.{rest:0<{decimals}}" if _DIGITS.fullmatch(whole) else whole for whole, _, rest in parted
    ]


def unit_text(unit: str, *, millions: bool) -> str:
    """The unit as the head of a chart: "CHF million", "visits, in millions"."""
    if not millions:
        return unit
    code = words.currency(unit)
    if code and not unit.startswith((f"{code} million", f"{code} thousand", f"{code} billion")):
        return f"{code} million{unit[len(code) :]}"
    return f"{unit}, in millions" if unit else "in millions"


def widest(canvas: Canvas, texts: Sequence[str], size: float = theme.TEXT_SIZE) -> float:
    """The width in points of the widest of some texts."""
    return max((_width(canvas, text, size) for text in texts), default=0.0)


def fitted(canvas: Canvas, text: str, width: float, size: float = theme.TEXT_SIZE) -> str:
    """The text as our fonts can print it, cut with … where it is wider than so many points."""
    whole = theme.printable(words.shortened(text, 400))
    lengths = range(2, min(len(whole), 400) + 1)
    fits = bisect_left(lengths, True, key=lambda n: _width(canvas, words.shortened(whole, n), size) > width)
    return words.shortened(whole, fits + 1)


def value_limits(values: list[float], subject: Subject, zero: bool = False) -> tuple[float, float]:
    """Limits with room around the values, zero included where it is near, within the bounds of the indicator."""
    low, high = min(values, default=0.0), max(values, default=0.0)
    least, most = subject.number("minimum"), subject.number("maximum")
    if zero or 0 <= low < 0.4 * high:
        low, high = min(low, 0.0), max(high, 0.0)
    if high - low < 1e-5 * max(abs(low), abs(high)) or high == low:
        spare = 0.05 * max(abs(low), abs(high)) or 1.0
        low, high = low - spare, high + spare
    room = 0.16 * (high - low)
    edge = 0.05 * (high - low)
    bottom = low - edge if low == 0 or (least is not None and low <= least) else low - room
    top = high + edge if most is not None and high >= most else high + room
    bottom = bottom if least is None else max(bottom, least - edge)
    top = top if most is None else min(top, most + 1.6 * edge)
    start = 0.0 if zero and min(values, default=0.0) >= 0 else bottom
    return min([start, *values]), max([top, *values])


def _write_years(canvas: Canvas) -> None:
    """All years at the foot, every second or fifth one where they are many."""
    if not canvas.years:
        return
    start, end = canvas.axes.get_xlim()
    room = canvas.axes.get_position().width * theme.WIDTH / (end - start)
    step = next((n for n in (1, 2, 5, 10, 20, 50, 100) if n * room >= 23), 1000)
    shown = [year for year in canvas.years if (canvas.years[-1] - year) % step == 0]
    canvas.axes.set_xticks(shown, [str(year) for year in shown])
    canvas.axes.tick_params(axis="x", pad=4, labelsize=theme.TEXT_SIZE)


def _tick_text(tick: float, scale: float) -> str:
    if abs(tick) >= 1e15:
        return words.number(tick)
    return words.exact(float(f"{tick / scale:.9g}"))


def _note_lines(canvas: Canvas) -> list[str]:
    """The remarks in as many lines as they need beside the unit."""
    room = (
        theme.WIDTH
        - _unit_left(canvas)
        - min(_width(canvas, canvas.unit[:60], theme.SMALL_SIZE), UNIT_ROOM)
        - 10
    )
    lines = [""]
    for note in dict.fromkeys(canvas.notes):
        longer = f"{lines[-1]} · {note}" if lines[-1] else note
        if lines[-1] and _width(canvas, longer, theme.SMALL_SIZE) > room:
            lines.append(note)
        else:
            lines[-1] = longer
    return lines


def _make_room(canvas: Canvas, extra: float) -> None:
    """Make the figure higher at its head; what is drawn keeps its size and its place above the foot."""
    box = canvas.axes.get_position()
    left, right = box.x0 * theme.WIDTH, (1 - box.x1) * theme.WIDTH
    canvas.figure.set_figheight(canvas.figure.get_figheight() + extra / 72)
    canvas.header += extra
    set_margins(canvas, left=left, right=right)


def _write_header(canvas: Canvas, notes: Sequence[str]) -> None:
    top, left = canvas.figure.get_figheight() * 72 - 12, _unit_left(canvas)
    widths = [_width(canvas, line, theme.SMALL_SIZE) for line in notes]
    for number, (line, width) in enumerate(zip(notes, widths, strict=True)):
        if line:
            _write_small(canvas, line, theme.INK, theme.WIDTH - width - 2, top - NOTE_LINE * number)
    unit = fitted(canvas, canvas.unit, theme.WIDTH - max(widths) - 8 - left, theme.SMALL_SIZE)
    _write_small(canvas, unit, theme.GREY, left, top)


def _write_small(canvas: Canvas, text: str, colour: str, x: float, y: float) -> None:
    write(canvas.figure, text, size=theme.SMALL_SIZE, colour=colour).set_position((x / 72, y / 72))


def _unit_left(canvas: Canvas) -> float:
    """Where the unit begins: over the axis, or at the edge where long names stand before it."""
    left = canvas.axes.get_position().x0 * theme.WIDTH
    return float(left) if left < 45 else 2.0


def _width(canvas: Canvas, text: str, size: float) -> float:
    drawn = write(canvas.figure, text, size=size, colour=theme.INK)
    width = extent(drawn)[0]
    drawn.remove()
    return width


def segments(years: Sequence[int]) -> list[int]:
    """A number for every year's stretch of years without a gap: 0, 0, 1 for 2011, 2012, 2014."""
    return [0, *np.cumsum(np.diff(years) != 1).tolist()] if len(years) else []
