"""The page's parts: ratings that moved, figures that changed, what became of the plan, and what can't be said."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from gsanalysis.comparison.changes import Differences
from gsanalysis.comparison.difference import Difference, cell_of, column_of
from gsanalysis.comparison.words import sentence
from gsanalysis.pages import blocks
from gsanalysis.pages.blocks import Block, Dictionary, cell, column
from gsanalysis.pages.invented import caption
from gsanalysis.pages.since.contents import (
    day_before,
    figure_rows,
    first_rated_codes,
    indicator_of,
    moved_codes,
    years,
)
from gsanalysis.rating.rate import IndicatorRating
from gsanalysis.rating.rules import RATINGS
from gsanalysis.rating.values import Figure, Indicator
from gsanalysis.schema import STATES_WITHOUT_VALUE
from gsanalysis.wording.amounts import united
from gsanalysis.wording.endings import quoted
from gsanalysis.wording.moved import first_target, is_readable, target_text, worst_at_first
from gsanalysis.wording.words import DASH, date_text, exact, rating_word, state_word

NO_DATES = "Texts, targets and rules of a plan carry no date: they can be compared only with the folder of an edition."
WHOLE = {"indicator_new": "new indicator", "indicator_dropped": "indicator dropped"}
SHOWN = 12  # ratings named one by one where they are new


def moved(differences: Differences) -> Block:
    """The ratings of this and earlier years that moved and those that were lost, each with what moved it."""
    found = [(year, code) for year in years(differences) for code in moved_codes(year)]
    if not found:
        return blocks.paragraph(
            "No rating that was given before, in this or an earlier year, is another one now."
        )
    rows = [
        [
            _name(year, code),
            cell(str(year.after.year)),
            *_ratings(year, code),
            cell(sentence(year, code)),
        ]
        for year, code in found
    ]
    columns = [
        column("Indicator", width="wide"),
        column("Year", align="right", width="narrow"),
        column("Before", width="narrow"),
        column("Now", width="narrow"),
        column("What moved it", width="wide"),
    ]
    said = _caption(differences, "Ratings that moved since the last edition", [code for _, code in found])
    return blocks.table(said, columns, rows, key="moved ratings")


def first_rated(differences: Differences) -> Block:
    """The indicators that have a rating for the first time; of many only the counts of their ratings."""
    codes = first_rated_codes(differences)
    if not codes:
        return blocks.paragraph("No indicator was rated for the first time.")
    if len(codes) <= SHOWN:
        return blocks.listing([_new_rating(differences, code) for code in codes])
    now = [differences.rating(code)[1] for code in codes]
    said = ", ".join(f"{now.count(rating)} {rating_word(rating)}" for rating in RATINGS if rating in now)
    return blocks.paragraph(f"{len(codes)} indicators were rated for the first time: {said}.")


def revised(differences: Differences) -> Block:
    """The figures that were revised, withdrawn or given another state, with the reporter's reason."""
    rows = [
        row for row in figure_rows(differences) if row.change != "figure_new" and not _goes_with_figure(row)
    ]
    if not rows:
        return blocks.paragraph(
            "No figure that was known before was revised, withdrawn or given another state."
        )
    columns = [
        column("Figure", width="wide"),
        column("Year", align="right", width="narrow"),
        column("Before", align="right", width="medium"),
        column("Now", align="right", width="medium"),
        column("Reported"),
        column("The reporter's reason", width="wide"),
    ]
    codes = list(dict.fromkeys(row.indicator for row in rows))
    said = _caption(differences, "Figures revised, withdrawn or given another state", codes)
    return blocks.table(said, columns, [_figure_row(differences, row) for row in rows])


def new_figures(differences: Differences) -> Block:
    """How many figures were reported for the first time, by objective and year."""
    rows = [row for row in figure_rows(differences) if row.change == "figure_new"]
    if not rows:
        return blocks.paragraph("No figure was reported for the first time.")
    now = differences.after
    objectives = [now.objective_of(now.figures.indicators[row.indicator].kpi) for row in rows]
    counts = pd.crosstab(pd.Series(objectives), pd.Series([row.year for row in rows]))
    years = sorted(counts.columns)
    lines = [
        [cell(code), *(cell(str(counts.loc[code, year] or DASH)) for year in years)]
        for code in now.plan.objectives["objective"]
        if code in counts.index
    ]
    heads = [column("Objective"), *(column(year, align="right") for year in years)]
    return blocks.table(
        caption(now, "Figures reported for the first time, by objective and year"), heads, lines
    )


def plan_changes(differences: Differences) -> Block:
    """Every cell of the plan that differs; what can't be compared is said."""
    if day_before(differences):
        return blocks.paragraph(NO_DATES)
    rows = list(_plan_rows(differences))
    if not rows:
        return blocks.paragraph("No text, target, rule or reading of the plan is different.")
    columns = [
        column("Of", width="narrow"),
        column("What"),
        column("Before", width="wide"),
        column("Now", width="wide"),
    ]
    return blocks.table("What is different in the plan and its readings", columns, rows)


def moved_targets(differences: Differences) -> Block:
    """Every target that was moved after it was set, whenever that was, with the first one and what it would give."""
    now = differences.after
    items = [
        blocks.item(
            f"{code} {rating.indicator.row['name']}: first {target_text(rating.named, first)}, "
            f"now {target_text(rating.named, rating.indicator.target)}",
            rating.rating,
            _by_the_first(rating, first),
            [code],
        )
        for code, rating in now.ratings.items()
        if (first := first_target(rating.named))
    ]
    items += [
        blocks.item(
            f"{row.indicator} {rating.indicator.row['name']}: {target_text(rating.named, target)} before, "
            f"now {target_text(rating.named, rating.indicator.target)}",
            rating.rating,
            "The plan does not say what it was at first.",
            [row.indicator],
        )
        for row in differences.rows
        if (target := _target_before(row))
        and (rating := now.ratings.get(row.indicator))
        and not first_target(rating.named)
    ]
    return blocks.listing(items) if items else blocks.paragraph("No target was moved after it was first set.")


def _target_before(row: Difference) -> str:
    """The target that a change of the plan replaced by another; "" of any other change."""
    is_moved = row.change == "plan" and row.before.startswith("target=") and row.after
    return row.before.removeprefix("target=") if is_moved else ""


def limits(differences: Differences) -> Block:
    """What this page can't say."""
    day = day_before(differences)
    compared = (
        f"The year as it looks now is held against what had been reported by {date_text(day)}. {NO_DATES}"
        if day
        else "Two data folders are compared, with today's rules for both: value, state and plan."
    )
    return blocks.notes(
        [
            blocks.note("What is compared.", compared),
            blocks.note(
                "What moved a rating",
                "is found by taking each difference back alone and rating again. Where no single one does it, those "
                "that are needed together are named.",
            ),
            blocks.note(
                "Not compared",
                "are days of report, checks, answers to surveys, sources, comments and authors' words, and figures of "
                f"years after {differences.after.year}.",
            ),
        ]
    )


def _caption(differences: Differences, text: str, codes: list[str]) -> str:
    """The caption of a table that shows both editions, one of which may not have an indicator."""
    return caption(differences.after, text, codes, differences.before)


def _by_the_first(rating: IndicatorRating, first: str) -> str:
    """What the first target would give, where it can be rated and anything is."""
    if rating.rating not in RATINGS or not is_readable(rating.named, first):
        return ""
    return f"By the first one it would be {rating_word(worst_at_first(rating))}."


def _goes_with_figure(row: Difference) -> bool:
    """Whether a state belongs to a figure that is new itself, or that is gone and has a row of its own."""
    return row.change == "state" and (
        row.before == "" or (row.after == "" and row.before not in STATES_WITHOUT_VALUE)
    )


def _ratings(differences: Differences, code: str) -> Iterator[Dictionary]:
    for rating in differences.rating(code):
        yield cell(rating_word(rating), sign=rating) if rating else cell(DASH)


def _new_rating(differences: Differences, code: str) -> Dictionary:
    name = indicator_of(differences, code).row["name"]
    return blocks.item(f"{code} {name}", differences.rating(code)[1], sentence(differences, code), [code])


def _name(differences: Differences, code: str) -> Dictionary:
    return cell(f"{code} {indicator_of(differences, code).row['name']}")


def _figure_row(differences: Differences, row: Difference) -> list[Dictionary]:
    indicator = indicator_of(differences, row.indicator)
    now = differences.after.figures.indicators.get(row.indicator)
    figure = differences.after.figures.cells(now, int(row.year)).get(row.breakdown) if now else None
    return [
        cell(f"{row.indicator} {indicator.row['name']}", small=row.breakdown),
        cell(row.year),
        *(cell(_text(side, row, indicator)) for side in (row.before, row.after)),
        cell(date_text(figure.reported_on) if figure else "no longer there"),
        cell(_reason(differences, figure) if now else "its indicator was dropped"),
    ]


def _text(side: str, row: Difference, indicator: Indicator) -> str:
    """A value with its unit, or a state in its word."""
    if not side:
        return DASH
    if row.change == "state":
        return state_word(side)
    text = exact(side, indicator.row["unit"]) if indicator.kind == "number" else exact(side)
    return united(text, indicator.row["unit"]) if indicator.kind == "number" else text


def _reason(differences: Differences, figure: Figure | None) -> str:
    comment = differences.after.row(figure.row)["comment"] if figure else ""
    return quoted(comment) if comment else "no reason given"


def _plan_rows(differences: Differences) -> Iterator[list[Dictionary]]:
    """A row for each cell that differs; a new or dropped indicator is one row."""
    whole = {row.indicator: row.change for row in differences.rows if row.change in WHOLE}
    for row in differences.rows:
        if row.change in WHOLE:
            said = [_reading(differences, row.indicator), cell(DASH)]
            yield [cell(row.indicator), cell(WHOLE[row.change]), *(said if row.before else reversed(said))]
        elif row.change == "plan" and row.indicator not in whole:
            sides = [cell(cell_of(side) or DASH) for side in (row.before, row.after)]
            yield [cell(row.indicator or "the plan"), cell(column_of(row).replace("_", " ")), *sides]


def _reading(differences: Differences, code: str) -> Dictionary:
    """An indicator in short: its name, rule and target, and whose reading it is."""
    row = indicator_of(differences, code).row
    rule = " ".join(filter(None, (row["rule"].replace("_", " "), row["target"].replace("|", " to "))))
    return cell(row["name"], small=f"{rule}; {row['basis']}")
