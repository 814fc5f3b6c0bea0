"""Direct labels that keep clear of points, bars, each other and the edge, and off lines where they can."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backend_bases import RendererBase
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.text import Text
from numpy.typing import NDArray

from gsanalysis.charts import theme

Boxes = NDArray[np.float64]  # rows of left, bottom, right, top in points of the figure

GAP = 2.5
CROSSING = 20.0  # what a line behind the text costs, in points of distance
FAR = 9.0  # from here on a thin leader ties the label to its point


@dataclass(frozen=True)
class Label:
    """A text beside a point of the axes; `along`: anywhere along the level line that ends there; `centred`: over it.

    What is not `needed` gives way to its `short` form, and is left out, when there is no free place near by.
    """

    text: str
    x: float
    y: float
    colour: str = theme.INK
    along: bool = False
    centred: bool = False
    needed: bool = True
    short: str = ""


class Field:
    """The free room of some axes: its edges, what must not be covered, and the lines better left free."""

    def __init__(self, axes: Axes) -> None:
        self.axes = axes
        box = axes.get_window_extent()
        self.edges = np.array([box.x0, box.y0 + 1.5, theme.WIDTH, box.y1 + 1])
        self.taken: Boxes = np.vstack(
            [np.empty((0, 4)), *_point_boxes(axes), *_bar_boxes(axes), *_text_boxes(axes)]
        )
        self.lines = np.vstack([np.empty((0, 2)), *(_sampled(axes, line) for line in axes.lines)])

    def free(self, boxes: Boxes) -> NDArray[np.bool_]:
        """Which boxes lie inside and cover nothing."""
        inside = (boxes[:, :2] >= self.edges[:2]).all(axis=1) & (boxes[:, 2:] <= self.edges[2:]).all(axis=1)
        covered = _overlap(boxes, self.taken).any(axis=1)
        return np.asarray(inside & ~covered, dtype=np.bool_)

    def crossed(self, boxes: Boxes) -> NDArray[np.float64]:
        """How much of the lines runs behind each box, as a cost."""
        x, y = self.lines[:, 0], self.lines[:, 1]
        left, bottom, right, top = (boxes[:, [i]] for i in range(4))
        behind = ((x > left) & (x < right) & (y > bottom) & (y < top)).sum(axis=1)
        return np.where(behind > 0, CROSSING + 0.3 * behind, 0.0)


def place(axes: Axes, labels: list[Label]) -> None:
    """Write the labels, the first ones with the first choice of room."""
    field = Field(axes)
    for label in labels:
        if not _write(axes, label, field) and label.short:
            _write(axes, replace(label, text=label.short), field)


def _write(axes: Axes, label: Label, field: Field) -> bool:
    """Write a label where it has room; False where there is none."""
    text = write(axes, label.text, size=8 if label.needed else theme.SMALL_SIZE, colour=label.colour)
    box = _best_box(label, *extent(text), field)
    if box is None:
        text.remove()
        return False
    text.set_position((box[0] / 72, box[1] / 72))
    field.taken = np.vstack([field.taken, box + np.array([-3, 0, 3, 0])])
    if not label.along and not label.centred:
        _lead(axes, label, box)
    return True


def write(where: Axes | Figure, text: str, *, size: float, colour: str, weight: str = "normal") -> Text:
    """A text of the figure, positioned by its lower left corner in inches."""
    figure = where.figure if isinstance(where, Axes) else where
    style: dict[str, Any] = {
        "fontsize": size,
        "color": colour,
        "fontweight": weight,
        "ha": "left",
        "va": "bottom",
    }
    return figure.text(0, 0, theme.printable(text), transform=figure.dpi_scale_trans, **style)


def extent(text: Text) -> tuple[float, float]:
    """Width and height of a text in points, as the SVG has it."""
    box = text.get_window_extent(RendererBase(), dpi=72)
    return float(box.width), float(box.height)


def _best_box(label: Label, width: float, height: float, field: Field) -> Boxes | None:
    anchor = field.axes.transData.transform((label.x, label.y))
    boxes, costs = _choices(label, anchor, width, height, field)
    best = _cheapest(boxes, costs, field)
    if best is not None and (best[1] < CROSSING or not label.needed):
        return best[0]
    if not label.needed:
        return None
    boxes = _everywhere(width, height, field)
    anywhere = _cheapest(boxes, 8 + _distance(boxes, anchor), field)
    found = [choice for choice in (best, anywhere) if choice is not None]
    return min(found, key=lambda choice: choice[1])[0] if found else None


def _cheapest(boxes: Boxes, costs: NDArray[np.float64], field: Field) -> tuple[Boxes, float] | None:
    free = field.free(boxes)
    if not free.any():
        return None
    boxes, costs = boxes[free], costs[free]
    total = costs + field.crossed(boxes)
    first = int(np.argmin(total))
    return boxes[first], float(total[first])


def _choices(
    label: Label, anchor: NDArray[np.float64], width: float, height: float, field: Field
) -> tuple[Boxes, NDArray[np.float64]]:
    if label.along:
        return _along(anchor, width, height, field)
    if label.centred:
        return _over(anchor, width, height, field)
    return _around(anchor, width, height)


def _around(anchor: NDArray[np.float64], width: float, height: float) -> tuple[Boxes, NDArray[np.float64]]:
    """Boxes beside, above and below a point, the readiest first."""
    x, y, off = anchor[0], anchor[1], 5.5
    middle, centre = y - height / 2, x - width / 2
    corners = [
        (x + off + 1, middle), (centre, y + off - 1), (centre, y - off + 1 - height), (x - off - 1 - width, middle),
        (x + off - 2, y + 3), (x + off - 2, y - 3 - height), (x - off + 2 - width, y + 3),
        (x - off + 2 - width, y - 3 - height), (x - width + 4, y + off), (x - width + 4, y - off - height),
        (x - 4, y + off), (x - 4, y - off - height),
    ]  # fmt: skip
    return _boxes(corners, width, height), np.arange(len(corners), dtype=np.float64) * 0.9


def _along(
    anchor: NDArray[np.float64], width: float, height: float, field: Field
) -> tuple[Boxes, NDArray[np.float64]]:
    """Boxes above and below a level line, from its right end to the left."""
    lefts = np.arange(min(anchor[0], field.edges[2]) - width, field.edges[0], -5.0)
    above = [(left, anchor[1] + 0.5) for left in lefts]
    below = [(left, anchor[1] - 1 - height) for left in lefts]
    steps = np.arange(len(lefts), dtype=np.float64) * 0.6
    return _boxes(above + below, width, height), np.concatenate([steps, steps + 2])


def _over(
    anchor: NDArray[np.float64], width: float, height: float, field: Field
) -> tuple[Boxes, NDArray[np.float64]]:
    """Boxes above each other over a point, the lowest the readiest."""
    lows = np.arange(anchor[1] - height / 2, field.edges[3] - height, 3.0)
    return _boxes([(anchor[0] - width / 2, low) for low in lows], width, height), lows - lows[:1].sum()


def _everywhere(width: float, height: float, field: Field) -> Boxes:
    left, bottom, right, top = field.edges
    xs, ys = np.arange(left, right - width + 0.1, 4.0), np.arange(bottom, top - height + 0.1, 3.0)
    return _boxes([(x, y) for x in xs for y in ys], width, height)


def _boxes(corners: list[tuple[float, float]], width: float, height: float) -> Boxes:
    lower = np.array(corners, dtype=float).reshape(-1, 2)
    return np.hstack([lower, lower + np.array([width, height])])


def _distance(boxes: Boxes, anchor: NDArray[np.float64]) -> NDArray[np.float64]:
    outside = np.maximum(0, np.maximum(boxes[:, :2] - anchor, anchor - boxes[:, 2:]))
    return np.hypot(outside[:, 0], outside[:, 1])


def _lead(axes: Axes, label: Label, box: Boxes) -> None:
    anchor = axes.transData.transform((label.x, label.y))
    if _distance(box[None, :], anchor)[0] < FAR:
        return
    end = np.clip(anchor, box[:2], box[2:])
    points = np.array([anchor, end]) / 72
    figure = axes.figure
    leader = Line2D(*points.T, transform=figure.dpi_scale_trans, color=theme.GREY, lw=0.5)
    figure.add_artist(leader)


def _overlap(boxes: Boxes, taken: Boxes) -> NDArray[np.bool_]:
    a, b = boxes[:, None, :], taken[None, :, :]
    return (
        (a[..., 0] < b[..., 2]) & (b[..., 0] < a[..., 2]) & (a[..., 1] < b[..., 3]) & (b[..., 1] < a[..., 3])
    )


def _point_boxes(axes: Axes) -> list[Boxes]:
    """The room that signs and the dashes of targets take."""
    taken = []
    for collection in axes.collections:
        offsets: NDArray[np.float64] = np.ma.filled(
            np.ma.asarray(collection.get_offsets(), dtype=float), np.nan
        )
        sizes = getattr(collection, "get_sizes", lambda: np.array([]))()
        if len(offsets) and len(sizes):
            centres = collection.get_offset_transform().transform(offsets)
            half = np.sqrt(np.resize(sizes, len(centres)))[:, None] / 2 + 1
            taken.append(np.hstack([centres - half, centres + half]))
    return taken


def _bar_boxes(axes: Axes) -> list[Boxes]:
    bars = [bar.get_window_extent() for container in axes.containers for bar in container]
    return [np.array([[box.x0, box.y0, box.x1, box.y1]]) for box in bars]


def _text_boxes(axes: Axes) -> list[Boxes]:
    boxes = [text.get_window_extent(RendererBase(), dpi=72) for text in axes.figure.texts]
    return [np.array([[box.x0, box.y0, box.x1, box.y1]]) for box in boxes]


def _sampled(axes: Axes, line: Line2D) -> NDArray[np.float64]:
    """Points along a line, close enough that no text fits between two of them."""
    points = line.get_transform().transform(np.asarray(line.get_xydata(), dtype=float))
    points = points[np.isfinite(points).all(axis=1)]
    if len(points) < 2:
        return points
    steps = np.linspace(0, 1, 60)[:, None, None]
    between = points[:-1] + (points[1:] - points[:-1]) * steps
    return between.reshape(-1, 2)
