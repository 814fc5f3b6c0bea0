"""What of an indicator can be moved, in which form, and where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gsanalysis.comparison.difference import value_text
from gsanalysis.explore.soundness import NAMES
from gsanalysis.rating.evaluation import Evaluation
from gsanalysis.rating.rate import Rated
from gsanalysis.rating.rules import TARGETS
from gsanalysis.schema import RULES
from gsanalysis.wording.amounts import united
from gsanalysis.wording.moved import target_text
from gsanalysis.wording.words import date_text, exact, number

TARGET_FORMS = {
    "at_least": "number",
    "at_most": "number",
    "between": "band",
    "level": "label",
    "by_date": "date",
}
VALUE_FORMS = {"number": "number", "yes_no": "yes_no", "level": "label", "date": "day_done"}


@dataclass(frozen=True)
class Movable:
    """One thing that can be moved: an argument of `what_if`.

    ``form`` is one of number, band (``low|high``), label, date, day_done (a date or ``no``), yes_no, share (of the
    target), one_below (whether one step below the target is at risk) and year. ``stands`` is the cell as it stands,
    "" where there is none; ``choices`` are the texts of a label.
    """

    name: str
    form: str
    stands: str
    unit: str = ""
    choices: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """What a reader calls it."""
        return NAMES[self.name]


def movables(rated: Rated) -> list[Movable]:
    """What the rule looks at and can be moved, for the total or one part."""
    return list(_movables(rated))


def said(rated: Rated, movable: Movable, text: str) -> str:
    """A cell as a sentence gives it: "75 %", "30 June 2013", "“fair”"."""
    if text == "":
        return "no figure" if movable.name == "value" else "none"
    if movable.form == "share":
        return number(100 * float(text), "%")
    if movable.form == "one_below":
        return "one step"
    if movable.name == "target" and not rated.case.reference:
        return target_text(rated, text)
    if movable.form == "number":
        return united(exact(float(text), movable.unit), movable.unit)
    if movable.form == "day_done":
        return "not done" if text == "no" else date_text(text)
    return f"“{text}”" if movable.form == "label" else text


def part_of(evaluation: Evaluation, code: str, part: str | None = None) -> Rated:
    """The total or part of an indicator that is looked at: that which decides, unless another is named."""
    rating = evaluation.rating(code, evaluation.year)
    return next((rated for rated in rating.parts if rated.part == part), rating.named)


def _movables(rated: Rated) -> Iterator[Movable]:
    indicator, unit = rated.indicator, rated.indicator.row["unit"]
    rule, uses = indicator.rule, RULES[indicator.rule].uses
    if form := TARGET_FORMS.get(rule):
        yield Movable("target", form, _target(rated), unit, indicator.scale)
    if "tolerance" in uses and not (rule in TARGETS and _is_ahead(rated)):
        tolerance = indicator.row["tolerance"]
        yield Movable("tolerance", "one_below" if rule == "level" else "share", tolerance)
    if rated.case.due is not None:
        yield Movable("due", "year", str(rated.case.due))
    value = rated.evidence.value.value
    text = "" if value is None else value_text(value)
    yield Movable("value", VALUE_FORMS[indicator.kind], text, unit, indicator.scale)


def _is_ahead(rated: Rated) -> bool:
    """Whether the pace decides: before its year, a target's tolerance is not looked at."""
    return rated.case.due is not None and rated.year < rated.case.due


def _target(rated: Rated) -> str:
    """The target's cell; of a reference its figure of the year."""
    if rated.case.reference:
        return "" if rated.case.target is None else value_text(rated.case.target)
    return rated.indicator.target
