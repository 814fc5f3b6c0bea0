"""The notebook's cells beside the explorer: what is asked, what can be moved, a comparison, and the limits."""

from __future__ import annotations

import math
from dataclasses import replace

from gsanalysis.explore.movable import Movable, movables, part_of, said
from gsanalysis.explore.movement import movement
from gsanalysis.explore.panels import notes
from gsanalysis.explore.what_if import suppose
from gsanalysis.pages import blocks
from gsanalysis.pages.blocks import Block, Dictionary, cell, column
from gsanalysis.pages.contents import indicator_codes, kpi_text, rating_cell
from gsanalysis.pages.invented import caption
from gsanalysis.pages.opening import page_title
from gsanalysis.plan import UsageError
from gsanalysis.problems import listed
from gsanalysis.rating.evaluation import Evaluation
from gsanalysis.rating.rate import IndicatorRating, Rated
from gsanalysis.rating.rules import RULES
from gsanalysis.rating.turning import Turn, turns
from gsanalysis.wording.words import date_text

FORMS = {
    "number": "a number, in the unit",
    "band": "low|high",
    "label": "a label of the scale",
    "date": "a date, such as 2014-06-30",
    "day_done": "a date, or no: not done",
    "yes_no": "yes or no",
    "share": "a share of the target, such as 0.05",
    "one_below": "any number, or empty for none",
    "year": "a year",
}


def require_indicator(evaluation: Evaluation, objective: str, indicator: str) -> None:
    """Raise UsageError for an indicator that is none of the objective's."""
    codes = indicator_codes(evaluation, objective)
    if indicator not in codes:
        raise UsageError(
            f"There is no indicator {indicator} of objective {objective}; it has {listed(codes)}."
        )


def head(evaluation: Evaluation, objective: str, indicator: str) -> Block:
    """The indicator in its name, and the plan's words that it measures; an unknown one is refused."""
    require_indicator(evaluation, objective, indicator)
    row = evaluation.figures.indicators[indicator].row
    quote = f"“{kpi_text(evaluation, row['kpi'])}”"
    return page_title(evaluation, f"Indicator {indicator}", row["name"], [indicator], quote)


def movable_table(evaluation: Evaluation, code: str) -> Block:
    """What of an indicator can be moved, where it stands and how it is written."""
    rated = part_of(evaluation, code)
    rows = [_movable_row(rated, one) for one in movables(rated)]
    columns = [column("Argument", width="narrow"), column("As it stands"), column("Written as", width="wide")]
    part = f", “{rated.part}”" if rated.part else ""
    return blocks.table(
        caption(evaluation, f"What can be moved of {code}{part}, {evaluation.year}", [code]), columns, rows
    )


def nearest_turn(evaluation: Evaluation, code: str) -> float | str | None:
    """A value near by that would have given another rating, None where no value would or nothing is rated.

    Of numbers that of the nearest turning value, with three digits or as many as are needed to be on its other side.
    """
    rated = evaluation.ratings[code].named
    found, value = turns(rated.indicator.rule, rated.case), rated.case.value
    if not found:
        return None
    if not isinstance(value, float):
        return found[0].flips
    nearest = min(found, key=lambda turn: abs(float(turn.value) - value))
    return _rounded(rated, nearest)


def compared(evaluation: Evaluation, code: str, **moves: float | str | None) -> Block:
    """The rating as it stands and as it would be with some cells moved, with the reasons of both.

    ``moves`` are arguments of `what_if`; one that is None is left as it is.
    """
    supposed = suppose(evaluation, code, **moves)  # type: ignore[arg-type] # names are checked by the call
    texts = {one.name: text for one in movables(part_of(supposed, code)) if (text := _moved(moves, one))}
    done = movement(evaluation, code, texts, supposed.ratings[code])
    columns = [column(""), column("Rating"), column("Why", width="wide")]
    rows = [_rating_row("As it stands", evaluation, code)]
    rows += [_rating_row("What if", supposed, code)] if texts else []
    return blocks.table(
        caption(evaluation, f"{code} in {evaluation.year}", [code]), columns, rows, " ".join(done)
    )


def limits(evaluation: Evaluation, code: str) -> Block:
    """What an answer of the explorer does not say."""
    day = evaluation.data_as_of
    seen = f" The figures are those reported by {date_text(day)}." if day else ""
    rule = evaluation.figures.indicators[code].rule.replace("_", " ")
    return blocks.notes(
        [
            blocks.note(
                "A question, not a rating.",
                "What is moved here changes no file and no report. A target or a reading changes in the plan's data, "
                "with the first one beside it; a figure with a later report that says why.",
            ),
            blocks.note(
                "One thing at a time.",
                f"Only this indicator is rated anew, by its rule “{rule}”: earlier years, other parts "
                f"and the baseline stay, and so does its KPI.{seen}",
            ),
        ]
    )


def _rounded(rated: Rated, turn: Turn) -> float:
    """The value with the fewest digits that lies beyond a turn and gives its rating."""
    exact, rule, case = float(turn.flips), RULES[rated.indicator.rule], rated.case
    for digits in range(3, 12):
        step = 10.0 ** (math.floor(math.log10(abs(exact) or 1)) + 1 - digits)
        value = round((math.ceil if turn.up else math.floor)(exact / step) * step, 12)
        within = (case.minimum is None or value >= case.minimum) and (
            case.maximum is None or value <= case.maximum
        )
        if within and rule(replace(case, value=value)).rating == turn.rating:
            return value
    return exact


def _moved(moves: dict[str, float | str | None], one: Movable) -> str:
    """The cell of a thing that was moved, as the supposed plan has it."""
    return one.stands if moves.get(one.name) is not None else ""


def _movable_row(rated: Rated, one: Movable) -> list[Dictionary]:
    return [cell(one.name), cell(said(rated, one, one.stands)), cell(FORMS[one.form])]


def _rating_row(name: str, evaluation: Evaluation, code: str) -> list[Dictionary]:
    rating: IndicatorRating = evaluation.ratings[code]
    why = " ".join(text for lead, text in notes(evaluation, code) if lead != "Caveat.")
    return [cell(name), rating_cell(rating), cell(why)]
