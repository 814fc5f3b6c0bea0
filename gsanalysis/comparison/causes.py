"""Which differences moved a rating: each is taken back, and the indicator is rated again."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from gsanalysis.comparison.difference import Difference, column_of
from gsanalysis.comparison.figures import own_cells
from gsanalysis.rating.evaluation import Evaluation
from gsanalysis.rating.rate import rate_indicator
from gsanalysis.rating.rules import TARGETS
from gsanalysis.rating.values import Figure, Figures, Indicator

# Columns that a rule reads, and the name of what is read from them.
READ = {
    name: name
    for name in (
        "rule", "target", "due", "baseline", "baseline_years", "tolerance", "scale", "breakdowns", "minimum",
        "maximum",
    )
} | {"measured_by": "source"}  # fmt: skip
WHOLE = ("indicator_new", "indicator_dropped")
OF_FIGURES = ("figure_new", "figure_revised", "figure_withdrawn", "state")
Cell = tuple[str, int, str]  # indicator, year and breakdown


@dataclass(frozen=True)
class Step:
    """One thing that differs between the editions and can be taken back alone.

    ``what`` is ``column`` (of the indicator ``code``), ``cell`` (a figure), ``indicator`` (a whole one), ``last_year``
    or ``day`` (the horizon of a milestone). ``rows`` are its rows in the table: none for the day, and for a figure
    that was only reported again.
    """

    what: str
    code: str = ""
    column: str = ""
    year: int = 0
    part: str = ""
    rows: tuple[Difference, ...] = ()


@dataclass(frozen=True)
class Movement:
    """What moved a rating.

    Each of the ``steps`` gives the old rating when it alone is taken back; if ``together``, no single one does, and all
    of them are needed.
    """

    steps: tuple[Step, ...] = ()
    together: bool = False

    @property
    def rows(self) -> list[Difference]:
        """The rows of the table that moved it."""
        return [row for step in self.steps for row in step.rows]


def movement(
    code: str,
    before: Evaluation,
    after: Evaluation,
    rows: Mapping[str, list[Difference]],
    plan: list[Difference],
) -> Movement:
    """What moved the rating of an indicator; ``rows`` are those of each indicator, ``plan`` those of the settings."""
    old, new = before.ratings.get(code), after.ratings.get(code)
    if old is None or new is None:
        whole = tuple(row for row in rows[code] if row.change in WHOLE)
        return Movement((Step("indicator", code, rows=whole),))
    if old.rating == new.rating:
        return Movement()
    mix = _Mix(code, before, after)
    steps = [*_steps(mix, rows, plan)]
    alone = tuple(step for step in steps if mix.rating([step]) == old.rating)
    if alone:
        return Movement(alone)
    return Movement(tuple(_needed(mix, steps, old.rating)), together=True)


def _needed(mix: _Mix, steps: list[Step], old: str) -> list[Step]:
    """The steps that are needed to come back to the old rating: each that can be left out is."""
    needed = list(steps)
    for step in steps:
        fewer = [other for other in needed if other is not step]
        if mix.rating(fewer) == old:
            needed = fewer
    return needed


def _steps(mix: _Mix, rows: Mapping[str, list[Difference]], plan: list[Difference]) -> Iterator[Step]:
    """All that the indicator's rating can rest on and that differs."""
    for code in mix.read:
        whole = [row for row in rows.get(code, ()) if row.change in WHOLE]
        if whole:
            yield Step("indicator", code, rows=tuple(whole))
            continue
        for row in rows.get(code, ()):
            if row.change == "plan" and column_of(row) in READ:
                yield Step("column", code, column_of(row), rows=(row,))
    for code in mix.sources:
        yield from _cell_steps(mix, code, rows.get(code, []))
    if mix.before.plan.last_year != mix.after.plan.last_year:
        yield Step("last_year", rows=tuple(row for row in plan if column_of(row) == "last_year"))
    if mix.is_milestone and mix.before.as_of != mix.after.as_of:
        yield Step("day")


def _cell_steps(mix: _Mix, code: str, rows: list[Difference]) -> Iterator[Step]:
    said: dict[Cell, list[Difference]] = {}
    for row in rows:
        if row.change in OF_FIGURES:
            said.setdefault((code, int(row.year), row.breakdown), []).append(row)
    for cell in dict.fromkeys([*mix.new_cells, *mix.old_cells]):
        old, new = mix.old_cells.get(cell), mix.new_cells.get(cell)
        # What comes after the year can only move a milestone.
        is_seen = cell[0] == code and (mix.is_milestone or cell[1] <= mix.after.year)
        if is_seen and (cell in said or _differs_unseen(mix, old, new)):
            telling = tuple(_telling(said.get(cell, [])))
            yield Step("cell", code, year=cell[1], part=cell[2], rows=telling)


def _differs_unseen(mix: _Mix, old: Figure | None, new: Figure | None) -> bool:
    """Whether a figure is read otherwise though its value and state are the same."""
    if old is None or new is None:
        return False
    return type(old.value) is not type(new.value) or (mix.is_milestone and old.reported_on != new.reported_on)


def _telling(rows: list[Difference]) -> Iterator[Difference]:
    """The rows of one figure that can move a rating: its state only where it now says why there is no value."""
    for row in rows:
        if row.change != "state" or len(rows) == 1 or row.after in ("", "not_applicable"):
            yield row


@dataclass(eq=False)
class _Mix:
    """The new edition with some things taken back, as far as one indicator can see it."""

    code: str
    before: Evaluation
    after: Evaluation
    sources: list[str] = field(init=False)
    read: list[str] = field(init=False)

    def __post_init__(self) -> None:
        both = (self.before.figures, self.after.figures)
        own = [figures.indicators[self.code] for figures in both]
        codes = dict.fromkeys([self.code])
        for indicator in own:
            for figures in both:
                if indicator.rule in TARGETS and indicator.target in figures.indicators:
                    codes[indicator.target] = None
        self.read = list(codes)
        seen = [figures.indicators[code] for code in codes for figures in both if code in figures.indicators]
        self.sources = list(dict.fromkeys(indicator.source for indicator in seen))

    @property
    def is_milestone(self) -> bool:
        editions = (self.before, self.after)
        return any(edition.figures.indicators[self.code].rule == "by_date" for edition in editions)

    @cached_property
    def old_cells(self) -> dict[Cell, Figure]:
        return self._cells(self.before.figures)

    @cached_property
    def new_cells(self) -> dict[Cell, Figure]:
        return self._cells(self.after.figures)

    def rating(self, steps: Collection[Step]) -> str:
        """The rating with these steps taken back, "" where the mixture can't be read."""
        back = {step.what for step in steps}
        figures = _MixedFigures(
            (self.before if "day" in back else self.after).as_of,
            self._indicators(steps),
            self._taken_back(step for step in steps if step.what == "cell"),
        )
        last_year = (self.before if "last_year" in back else self.after).plan.last_year
        try:
            return rate_indicator(figures, figures.indicators[self.code], self.after.year, last_year).rating
        except ValueError:  # no plan says this: a label beside a number, a target that is off the other scale
            return ""

    def _indicators(self, steps: Collection[Step]) -> dict[str, Indicator]:
        old, new = self.before.figures.indicators, self.after.figures.indicators
        mixed = {code: new[code] for code in self.read if code in new}
        for step in steps:
            if step.what == "column":
                name = READ[step.column]
                mixed[step.code] = replace(mixed[step.code], **{name: getattr(old[step.code], name)})
            elif step.what == "indicator" and step.code in old:
                mixed[step.code] = old[step.code]
            elif step.what == "indicator":
                del mixed[step.code]
        return mixed

    def _taken_back(self, steps: Iterator[Step]) -> dict[Cell, Figure]:
        cells = dict(self.new_cells)
        for step in steps:
            cell = (step.code, step.year, step.part)
            if cell in self.old_cells:
                cells[cell] = self.old_cells[cell]
            else:
                del cells[cell]
        return cells

    def _cells(self, figures: Figures) -> dict[Cell, Figure]:
        return {
            (code, year, part): figure
            for code in self.sources
            for (year, part), figure in own_cells(figures, code).items()
        }


class _MixedFigures(Figures):
    """Figures that were put together instead of read from a plan."""

    def __init__(
        self, as_of: str | None, indicators: dict[str, Indicator], cells: Mapping[Cell, Figure]
    ) -> None:
        self.as_of = as_of
        self.indicators = indicators
        self._years = {}
        for (code, year, part), figure in cells.items():
            self._years.setdefault(code, {}).setdefault(year, {})[part] = figure
