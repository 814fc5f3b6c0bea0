"""Every report of a figure: its vintages, and which of them counts."""

from __future__ import annotations

from typing import Any

import pandas as pd

from gsanalysis.pages import blocks
from gsanalysis.pages.blocks import Block, Dictionary, cell, column
from gsanalysis.pages.invented import caption
from gsanalysis.rating.evaluation import Evaluation
from gsanalysis.rating.rules import TARGETS
from gsanalysis.wording.words import DASH, exact, state_word

COLUMNS = ["indicator", "year", "breakdown", "value", "state", "reported_on", "counts", "source", "source_url",
           "verification", "comment"]  # fmt: skip


def reports(evaluation: Evaluation, code: str) -> pd.DataFrame:
    """Every report of an indicator's figure for the year evaluated, and of what it is held against.

    One row for each row of the measurements that was reported by the as-of date; of a milestone those of all years,
    because what was said in one counts in others. Columns are text as in ``measurements/YYYY.csv`` (``year`` is
    int), and ``counts``: ``yes`` for the latest vintage of its year and breakdown, else ``no``. Ordered by
    indicator, year, breakdown (as first reported) and day. Raises KeyError for an unknown indicator.
    """
    known = evaluation.figures.indicators
    indicator = known[code]
    reference = known.get(indicator.target) if indicator.rule in TARGETS else None
    rows = [
        {**row, "counts": "yes" if place == figure.row else "no"}
        for one in (indicator, *([reference] if reference else []))
        for year in evaluation.figures.years(one)
        if year == evaluation.year or one.rule == "by_date"
        for part, figure in evaluation.figures.cells(one, year).items()
        for place, row in _rows(evaluation, one.source, year, part)
    ]
    return pd.DataFrame(rows, columns=COLUMNS).astype({"year": "int64"})


def reports_table(evaluation: Evaluation, code: str) -> Block:
    """The reports as a table, each with its source, or the sentence that there are none."""
    rows = reports(evaluation, code).to_dict("records")
    if not rows:
        return blocks.paragraph(f"Nobody has reported a figure for {evaluation.year}.")
    columns = [
        column("Reported", width="narrow"),
        column("Figure", width="wide"),
        column("Value", align="right"),
        column("State", width="narrow"),
        column("Counts", width="narrow"),
        column("Checked", width="narrow"),
        column("Source", width="wide"),
    ]
    named = caption(evaluation, f"Every report of {code} for {evaluation.year}", [code])
    return blocks.table(named, columns, [_table_row(evaluation, row) for row in rows])


def _rows(evaluation: Evaluation, source: str, year: int, part: str) -> list[tuple[int, dict[Any, Any]]]:
    """The vintages of one figure by day, each with its place in the measurements."""
    rows = evaluation.plan.measurements
    of_it = (rows["indicator"] == source) & (rows["year"] == year) & (rows["breakdown"] == part)
    if evaluation.as_of:
        of_it &= rows["reported_on"] <= evaluation.as_of
    found = [(place, evaluation.row(place)) for place in of_it.to_numpy().nonzero()[0].tolist()]
    return sorted(found, key=lambda pair: str(pair[1]["reported_on"]))


def _table_row(evaluation: Evaluation, row: dict[Any, Any]) -> list[Dictionary]:
    about = evaluation.figures.indicators[row["indicator"]].row
    figure = ", ".join(filter(None, (about["name"], row["breakdown"], str(row["year"]))))
    return [
        cell(row["reported_on"]),
        cell(figure, small=row["comment"]),
        cell(exact(row["value"], about["unit"]) if row["value"] else DASH),
        cell(state_word(row["state"])),
        cell(row["counts"]),
        cell(row["verification"] or "nobody"),
        cell(row["source"], href=row["source_url"]),
    ]
