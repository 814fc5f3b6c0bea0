"""What moved a rating, in a sentence."""

from __future__ import annotations

from gsanalysis.comparison.causes import Step
from gsanalysis.comparison.changes import Differences
from gsanalysis.comparison.difference import cell_of
from gsanalysis.comparison.figures import own_cells
from gsanalysis.rating.evaluation import Evaluation
from gsanalysis.rating.rate import Rated
from gsanalysis.rating.values import Figure, Indicator
from gsanalysis.wording.amounts import united
from gsanalysis.wording.moved import first_target, target_text
from gsanalysis.wording.words import date_text, exact, number, rating_word, state_word

SHOWN = 4  # causes named for one rating; more are counted
COLUMN_WORDS = {
    "baseline_years": "baseline years",
    "breakdowns": "way that parts count",
    "due": "due year",
    "measured_by": "source of the figures",
}
QUOTED = ("breakdowns", "kind", "rule", "scale")
WITH_UNIT = ("baseline", "minimum", "maximum")


def sentences(differences: Differences) -> list[str]:
    """A sentence for each rating that moved, in the order of the plan."""
    return [sentence(differences, code) for code in differences.moved]


def sentence(differences: Differences, code: str) -> str:
    """What moved an indicator's rating: "78 % became 74 % (reported on 3 March 2015): on track became at risk."

    Empty where it did not move.
    """
    old, new = differences.rating(code)
    if old == new:
        return ""
    if not old:
        return f"The indicator is new: {rating_word(new)}."
    if not new:
        return f"The indicator was dropped; it was {rating_word(old)}."
    movement = differences.movement(code)
    clauses = [_clause(differences, code, step) for step in movement.steps]
    if len(clauses) > SHOWN:
        clauses = [*clauses[: SHOWN - 1], f"{len(clauses) - SHOWN + 1} more changes"]
    together = "Together: " if movement.together and len(clauses) > 1 else ""
    said = together + "; ".join(clauses)
    return f"{said[0].upper()}{said[1:]}: {rating_word(old)} became {rating_word(new)}."


def moving_figures(differences: Differences, code: str) -> list[Figure]:
    """The present figures among what moved a rating; one that is no longer there is left out."""
    found = (
        own_cells(differences.after.figures, step.code).get((step.year, step.part))
        for step in differences.movement(code).steps
        if step.what == "cell"
    )
    return [figure for figure in found if figure is not None]


def _clause(differences: Differences, code: str, step: Step) -> str:
    if step.what == "day":
        seen = [edition.ratings[code].named.case.horizon for edition in differences.editions]
        return f"seen on {date_text(seen[1])} instead of {date_text(seen[0])}"
    if step.what == "last_year":
        before, after = (edition.plan.last_year for edition in differences.editions)
        return f"the plan’s last year changed from {before} to {after}"
    subject = _subject(differences, code, step)
    if step.what == "indicator":
        is_new = step.code in differences.after.figures.indicators
        return f"{subject} {'is new' if is_new else 'was dropped'}"
    said = _column(differences, step) if step.what == "column" else _figure(differences, step)
    return f"{subject}: {said}" if subject else said


def _subject(differences: Differences, code: str, step: Step) -> str:
    """Whose cell it is, where that is not the indicator's total of the year."""
    own = {code, *(edition.figures.indicators[code].source for edition in differences.editions)}
    facts = [] if step.code in own else [f"“{_indicator(differences, step.code).row['name']}”, the reference"]
    if step.what == "cell":
        facts += [step.part] if step.part else []
        facts += [str(step.year)] if step.year != differences.after.year else []
    return ", ".join(facts)


def _indicator(differences: Differences, code: str) -> Indicator:
    """The indicator as the new edition reads it, or as the old one did."""
    before, after = (edition.figures.indicators for edition in differences.editions)
    return after[code] if code in after else before[code]


def _column(differences: Differences, step: Step) -> str:
    [row] = step.rows
    before, after = (
        _read(edition, step, cell_of(side))
        for edition, side in zip(differences.editions, (row.before, row.after), strict=True)
    )
    name = COLUMN_WORDS.get(step.column, step.column)
    return f"the {name} changed from {before} to {after}{_first(differences, step)}"


def _first(differences: Differences, step: Step) -> str:
    """The target as it was first set, where neither side is that one."""
    first = first_target(differences.after.ratings[step.code].named) if step.column == "target" else ""
    if not first or first == differences.before.figures.indicators[step.code].target:
        return ""
    return f" (first set: {_read(differences.after, step, first)})"


def _read(edition: Evaluation, step: Step, text: str) -> str:
    """A cell of the plan as a sentence gives it."""
    if text == "":
        return "none"
    named = edition.ratings[step.code].named
    if step.column == "target":
        return _target(named, text)
    if step.column in WITH_UNIT:
        unit = named.indicator.row["unit"]
        return united(exact(float(text), unit), unit)
    if step.column == "tolerance":
        return number(100 * float(text), "%")
    return f"“{text}”".replace("_", " ") if step.column in QUOTED else text


def _target(named: Rated, text: str) -> str:
    try:
        return target_text(named, text)
    except ValueError:  # a first target that can't be read is only a warning
        return f"“{text}”"


def _figure(differences: Differences, step: Step) -> str:
    """What became of a figure: reported, revised, withdrawn, gone, or only reported again."""
    old, new = (
        own_cells(edition.figures, step.code).get((step.year, step.part)) for edition in differences.editions
    )
    before, after = (
        _said(edition, step.code, figure)
        for edition, figure in zip(differences.editions, (old, new), strict=True)
    )
    if new is None:
        return f"{before} (no longer there)"
    day = date_text(new.reported_on)
    if old is None:
        return f"{after} (new, reported on {day})"
    if before == after:
        return f"{after} (reported again on {day})"
    if old.value is not None and new.state == "not_collected":
        return f"{before} (withdrawn on {day})"
    return f"{before} became {after} (reported on {day})"


def _said(edition: Evaluation, code: str, figure: Figure | None) -> str:
    if figure is None:
        return ""
    if figure.value is None:
        return state_word(figure.state)
    indicator = edition.figures.indicators[code]
    if indicator.kind == "level":
        return f"“{figure.value}”"
    unit = indicator.row["unit"]
    text = exact(figure.value, unit)
    return united(text, unit) if isinstance(figure.value, float) else text
