"""The explorer: pick an indicator, see all of it at once, move what it is held against, and see what becomes of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ipywidgets as widgets

from gsanalysis.explore import panels
from gsanalysis.explore.blocks import require_indicator
from gsanalysis.explore.fields import Field, field
from gsanalysis.explore.movable import Movable, movables, part_of
from gsanalysis.explore.movement import NOTHING_MOVED, movement
from gsanalysis.explore.reports import reports_table
from gsanalysis.explore.what_if import suppose
from gsanalysis.pages.blocks import SIGNS, escaped
from gsanalysis.pages.contents import indicator_codes
from gsanalysis.pages.invented import banner
from gsanalysis.plan import UsageError
from gsanalysis.rating.evaluation import Evaluation
from gsanalysis.rating.history import history
from gsanalysis.rating.rate import IndicatorRating
from gsanalysis.wording.findings import headline
from gsanalysis.wording.words import rating_word, shortened

STANDS, SUPPOSED = "As it stands", "What if"
LONGEST_NAME = 80
HALF = {"width": "50%", "min_width": "400px"}


class Explorer(widgets.VBox):
    """The explorer as one widget; made by `explorer`.

    ``objective``, ``year``, ``indicator`` and ``part`` are what is looked at, ``fields`` what can be moved, by the
    names of `what_if`; ``back`` puts all back. ``said`` is what a move did, or what is wrong with it.
    """

    def __init__(self, evaluation: Evaluation, objective: str, indicator: str) -> None:
        self._evaluation, self._quiet = evaluation, False
        self.fields: dict[str, Field] = {}
        self.objective = _dropdown("Objective", _objectives(evaluation), objective)
        self.year = _dropdown("Year", [(str(y), y) for y in _years(evaluation)], evaluation.year, "220px")
        self.indicator = _dropdown("Indicator", _indicators(evaluation, objective), indicator)
        self.part = _dropdown("Part", [("", "")], "", "420px")
        self.back = widgets.Button(
            description=STANDS, tooltip="Put everything back as it stands", icon="undo"
        )
        self._moving = widgets.VBox().add_class("gs-fields")
        self.said, self.stands, self.supposed, self._reports = (widgets.HTML() for _ in range(4))
        for half in (self.stands, self.supposed):
            half.layout = widgets.Layout(**HALF)
        super().__init__(
            [
                widgets.HTML(panels.STYLE),
                widgets.HBox([self.objective, self.year]),
                self.indicator,
                self._moving,
                self.back,
                self.said,
                widgets.HBox([self.stands, self.supposed], layout={"grid_gap": "16px"}),
                self._reports,
            ]
        )
        self._watch()
        self._show_indicator()

    @property
    def evaluation(self) -> Evaluation:
        """The year that is looked at."""
        return self._evaluation.in_year(self.year.value)

    def moves(self) -> dict[str, str]:
        """What is moved, as arguments of `what_if`."""
        held = {one.name: (one, self.fields[one.name].cell()) for one in self._movables()}
        return {name: cell for name, (one, cell) in held.items() if not _is_same(cell, one.stands)}

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, Any]:
        """The widget, and for those who can't show it the rating that stands, without anything random."""
        rating = self._rating()
        said = headline(self.evaluation, rating)
        asked = f"Explorer: {rating.indicator.code}, {self.year.value}, {rating_word(rating.rating)}"
        hint = "*Run the notebook in JupyterLab to move the target and the figure.*"
        words = f"**{escaped(asked)}**\n\n{SIGNS[rating.rating]} {escaped(said)}\n\n{hint}"
        return {**super()._repr_mimebundle_(**kwargs), "text/plain": asked, "text/markdown": words}

    def _watch(self) -> None:
        self.objective.observe(lambda _: self._unless_quiet(self._show_objective), "value")
        self.year.observe(lambda _: self._unless_quiet(self._show_year), "value")
        self.indicator.observe(lambda _: self._unless_quiet(self._show_indicator), "value")
        self.part.observe(lambda _: self._unless_quiet(self._show_fields), "value")
        self.back.on_click(lambda _: self._show_fields())

    def _unless_quiet(self, show: Callable[[], None]) -> None:
        """A field that is filled by the explorer itself is no question of the analyst's."""
        if not self._quiet:
            show()

    def _fill(self, dropdown: widgets.Dropdown, options: list[tuple[str, str]], value: str) -> None:
        self._quiet = True
        dropdown.options = options
        dropdown.value = value
        self._quiet = False

    def _show_objective(self) -> None:
        options = _indicators(self.evaluation, self.objective.value)
        self._fill(self.indicator, options, options[0][1])
        self._show_indicator()

    def _show_year(self) -> None:
        options = _indicators(self.evaluation, self.objective.value)
        self._fill(self.indicator, options, self.indicator.value)
        self._show_indicator()

    def _show_indicator(self) -> None:
        code = self.indicator.value
        rating = self._rating()
        self._fill(self.part, _parts(self.evaluation, rating), rating.named.part)
        warning = f"<p>{banner(self.evaluation, [code])}</p>"
        self.stands.value = panels.rating_panel(self.evaluation, code, STANDS)
        self._reports.value = warning + panels.table(reports_table(self.evaluation, code))
        self._show_fields()

    def _show_fields(self) -> None:
        """Every field as it stands, and the answer to that."""
        self.fields = {one.name: field(one, self._span(one)) for one in self._movables()}
        boxes = [one.box for one in self.fields.values()]
        self._moving.children = [self.part, *boxes] if len(self.part.options) > 1 else boxes
        for one in self.fields.values():
            for watched in one.watched:
                watched.observe(lambda _: self._show_supposed(), "value")
        self._show_supposed()

    def _show_supposed(self) -> None:
        """What the rating would be, or in its place what is wrong with the question."""
        code, part = self.indicator.value, self.part.value
        try:
            moves = self.moves()
            supposed = suppose(self.evaluation, code, **moves, part=part) if moves else None
        except UsageError as error:
            self.said.value = panels.sentences([str(error)], fault=True)
            self.supposed.value = ""
            return
        if supposed is None:
            self.said.value = panels.sentences([NOTHING_MOVED])
            self.supposed.value = ""
            return
        answer = supposed.ratings[code]  # said first: the chart takes longer than all the rest
        self.said.value = panels.sentences(movement(self.evaluation, code, moves, answer, part))
        self.supposed.value = panels.rating_panel(supposed, code, SUPPOSED)

    def _rating(self) -> IndicatorRating:
        return self.evaluation.ratings[self.indicator.value]

    def _movables(self) -> list[Movable]:
        return movables(part_of(self.evaluation, self.indicator.value, self.part.value))

    def _span(self, movable: Movable) -> tuple[float, float]:
        return _span(self.evaluation, self.indicator.value, movable)


def explorer(evaluation: Evaluation, objective: str = "", indicator: str = "") -> Explorer:
    """A widget to look at an indicator and to move what it is held against; it begins with the one named.

    Without one it begins with the objective's first, without an objective with the plan's first. Raises UsageError
    for an indicator that is none of the objective's.
    """
    if indicator and not objective and indicator in evaluation.ratings:
        objective = evaluation.objective_of(evaluation.ratings[indicator].indicator.kpi)
    objective = objective or next(code for _, code in _objectives(evaluation))
    codes = indicator_codes(evaluation, objective)
    if indicator:
        require_indicator(evaluation, objective, indicator)
    return Explorer(evaluation, objective, indicator or codes[0])


def _dropdown(
    label: str, options: list[tuple[str, Any]], value: Any, width: str = "680px"
) -> widgets.Dropdown:
    style = {"description_width": "130px" if label != "Year" else "40px"}
    return widgets.Dropdown(
        options=options, value=value, description=label, style=style, layout={"width": width}
    )


def _objectives(evaluation: Evaluation) -> list[tuple[str, str]]:
    """The objectives that have an indicator."""
    rows = evaluation.plan.objectives.to_dict("records")
    return [
        (shortened(f"{row['objective']} {row['title']}", LONGEST_NAME), row["objective"])
        for row in rows
        if indicator_codes(evaluation, row["objective"])
    ]


def _indicators(evaluation: Evaluation, objective: str) -> list[tuple[str, str]]:
    """An objective's indicators by name, each with the sign of its rating in the year."""
    ratings = [evaluation.ratings[code] for code in indicator_codes(evaluation, objective)]
    return [
        (
            shortened(f"{SIGNS[r.rating]} {r.indicator.code} {r.indicator.row['name']}", LONGEST_NAME),
            r.indicator.code,
        )
        for r in ratings
    ]


def _years(evaluation: Evaluation) -> list[int]:
    plan = evaluation.plan
    return sorted({*range(plan.first_year, plan.last_year + 1), *map(int, plan.measurements["year"])})


def _parts(evaluation: Evaluation, rating: IndicatorRating) -> list[tuple[str, str]]:
    """What can be moved by itself: the parts that are rated, or the total and the parts that make it up."""
    cells = list(evaluation.figures.cells(rating.indicator, evaluation.year))
    added = cells if rating.indicator.breakdowns == "sum" and "" not in cells else []
    parts = dict.fromkeys([*(rated.part for rated in rating.parts), *added])
    return [(part or "all together", part) for part in parts]


def _is_same(cell: str, stands: str) -> bool:
    """Whether a field holds what stands, however it is written."""
    try:
        return float(cell) == float(stands)
    except ValueError:
        return cell == stands


def _span(evaluation: Evaluation, code: str, movable: Movable) -> tuple[float, float]:
    """The ends of a slider: all figures and yardsticks of the indicator, with room, within its bounds."""
    if movable.form != "number":
        return 0.0, 1.0
    years, indicator = history(evaluation, code), evaluation.figures.indicators[code]
    numbers = [x for name in ("value", "target") for x in years[name] if isinstance(x, float) and x == x]
    numbers += [float(movable.stands)] if movable.stands else []
    low, high = min(numbers, default=0.0), max(numbers, default=100.0)
    room = 0.3 * (high - low) or 0.3 * abs(high) or 1.0
    bottom = low - room if indicator.minimum is None else max(low - room, indicator.minimum)
    top = high + room if indicator.maximum is None else min(high + room, indicator.maximum)
    return min(bottom, low), max(top, high)
