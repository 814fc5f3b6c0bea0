"""Figures as a line with signs: shape and colour say the rating, the filling whether a figure is final.

Final is filled, provisional hollow, estimated half filled, invented hollow and dashed; so they differ without colour.
"""

import pandas as pd
import seaborn as sns
from matplotlib.axes import Axes
from matplotlib.collections import PathCollection
from matplotlib.markers import MarkerStyle

from gsanalysis.charts import theme
from gsanalysis.charts.canvas import Canvas, segments
from gsanalysis.charts.subject import Subject
from gsanalysis.wording import words

DASHED = (0, (1.7, 0.8))
LARGER = 1.22  # hollow signs, so that their inside is seen
FILLINGS = {"provisional": "hollow", "estimated": "half filled"}


def draw_line(axes: Axes, figures: pd.DataFrame, *, colour: str = theme.INK, steps: bool = False) -> None:
    """Join the values of following years (columns year, value); over a year without value the line is broken."""
    data = pd.DataFrame({"year": figures["year"].astype(float), "value": figures["value"].astype(float)})
    data["stretch"] = segments(list(figures["year"]))
    style = {"drawstyle": "steps-mid"} if steps else {}
    sns.lineplot(
        data, x="year", y="value", units="stretch", estimator=None, errorbar=None, sort=False,
        color=colour, linewidth=1.2, zorder=2, legend=False, ax=axes, **style,
    )  # fmt: skip


def draw_signs(axes: Axes, x: list[float], y: list[float], figures: pd.DataFrame) -> None:
    """A sign per row of figures (columns state, rating) at the given places; its filling says the state."""
    if figures.empty:
        return
    data = pd.DataFrame({"x": x, "y": y, "rating": list(figures["rating"])}).astype({"x": float, "y": float})
    ratings = list(dict.fromkeys(data["rating"]))
    sns.scatterplot(
        data, x="x", y="y", style="rating", style_order=ratings, legend=False, ax=axes, zorder=4, clip_on=False,
        markers={rating: theme.rating_marker(rating) for rating in ratings},
    )  # fmt: skip
    signs = axes.collections[-1]
    assert isinstance(signs, PathCollection)
    _colour_signs(signs, list(figures["rating"]), list(figures["state"]))
    _fill_half(axes, data.assign(state=list(figures["state"])))


def state_notes(figures: pd.DataFrame) -> list[str]:
    """What the head of a chart says of figures that are not final (the last one's label says its own)."""
    earlier = set(figures["state"].iloc[:-1])
    invented = ["invented figures"] if (figures["state"] == "illustrative").any() else []
    said = [f"{how}: {words.state_word(state)}" for state, how in FILLINGS.items() if state in earlier]
    return invented + said


def label_last(canvas: Canvas, figures: pd.DataFrame, beside: float = 0.0) -> None:
    """Name the value of the last figure, and its state where the head doesn't say it of all."""
    last = figures.iloc[-1]
    text = canvas.number(float(last["value"])) + _state_beside(figures)
    canvas.label(text, float(last["year"]) + beside, float(last["value"]))


def _state_beside(figures: pd.DataFrame) -> str:
    state = figures["state"].iloc[-1]
    all_invented = (figures["state"] == "illustrative").all()
    return "" if state in ("", "final") or all_invented else f", {words.state_word(state)}"


def label_gaps(canvas: Canvas, subject: Subject) -> None:
    """Say in grey at the foot why a year of the plan that has passed has no figure, or mark it with a dash."""
    low, high = canvas.axes.get_ylim()
    rows = subject.total
    for row in rows[rows["value"].isna() & (rows["year"] >= subject.first_year)].to_dict("records"):
        canvas.remark(gap_word(row["state"]), row["year"], low + 0.07 * (high - low))


def gap_word(state: object) -> str:
    """Why there is no value."""
    return "not applicable" if state == "not_applicable" else "no data"


def _colour_signs(signs: PathCollection, ratings: list[str], states: list[str]) -> None:
    colours = [theme.rating_colour(rating) for rating in ratings]
    hollow = [state in theme.HOLLOW_STATES for state in states]
    signs.set_edgecolor(colours)
    signs.set_facecolor([theme.PAPER if h else colour for h, colour in zip(hollow, colours, strict=True)])
    signs.set_linestyle([DASHED if state == "illustrative" else "solid" for state in states])
    signs.set_linewidth([1.1 if h else 0.6 for h in hollow])
    sizes = zip(ratings, hollow, strict=True)
    signs.set_sizes([(theme.rating_size(rating) * (LARGER if h else 1)) ** 2 for rating, h in sizes])


def _fill_half(axes: Axes, data: pd.DataFrame) -> None:
    """Fill the lower half of the signs of estimated figures."""
    for rating, rows in data[data["state"] == "estimated"].groupby("rating", sort=False):
        half = MarkerStyle(theme.rating_marker(str(rating)), fillstyle="bottom")
        size = theme.rating_size(str(rating)) * LARGER
        axes.scatter(
            rows["x"], rows["y"], s=size**2, marker=half, color=theme.rating_colour(str(rating)), lw=0, zorder=5,
            clip_on=False,
        )  # fmt: skip
