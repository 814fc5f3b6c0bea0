"""A sheet that counts in points, with what charts of many signs write on it: signs, words, the row of a legend."""

from matplotlib.axes import Axes
from matplotlib.path import Path

from gsanalysis.charts import theme
from gsanalysis.charts.canvas import Canvas, new_canvas
from gsanalysis.charts.labels import extent, write

LEGEND_ROW = 12.0  # points
_GAP_CIRCLE = Path.arc(35, 325)


def new_sheet(height: float, width: float) -> Canvas:
    """A sheet whose axes count in points from its lower left corner."""
    canvas = new_canvas(height)
    canvas.figure.set_figwidth(width / 72)
    canvas.axes.set_position((0, 0, 1, 1))
    canvas.axes.set(xlim=(0, width), ylim=(0, height))
    canvas.axes.axis("off")
    return canvas


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


def write_at(
    canvas: Canvas, text: str, x: float, middle: float, colour: str, size: float = theme.TEXT_SIZE
) -> None:
    """Write a text with its left end at ``x`` and its middle at that height."""
    drawn = write(canvas.figure, text, size=size, colour=colour)
    drawn.set_position((x / 72, (middle - extent(drawn)[1] / 2) / 72))


def text_width(canvas: Canvas, text: str, size: float = theme.TEXT_SIZE) -> float:
    """The width of a text in points."""
    drawn = write(canvas.figure, text, size=size, colour=theme.INK)
    width = extent(drawn)[0]
    drawn.remove()
    return width
