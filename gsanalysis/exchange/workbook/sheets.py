"""What the sheets of the workbook hold: the plan and its figures, the year's ratings, and what the words mean."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pandas as pd

from gsanalysis.exchange.workbook.cells import Cell, cell_of, stays_text, typed
from gsanalysis.exchange.workbook.legend import MEANINGS
from gsanalysis.rating.evaluation import Evaluation
from gsanalysis.schema import PLAN_KEYS, TABLES, Table
from gsanalysis.wording.explanation import explanation
from gsanalysis.wording.words import RATING_WORDS, STATE_WORDS

DAYS = ("reported_on", "date")  # the columns that say since when a row has been there


@dataclass(frozen=True)
class Sheet:
    """A table of the workbook: its name, what it holds, the header and the cells, row by row.

    The rows in ``invented`` (their places) rest on invented figures. ``as_text`` are the places (row, column) of the
    numbers and days that Excel would change, and that stay texts.
    """

    name: str
    about: str
    header: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    invented: frozenset[int] = frozenset()
    as_text: tuple[tuple[int, int], ...] = ()


def sheets(evaluation: Evaluation) -> list[Sheet]:
    """The sheets in the order of the workbook: ratings first, then the data, then what the words mean."""
    return [*_ratings(evaluation), _settings(evaluation), *_data(evaluation), _words(), _columns()]


def known(evaluation: Evaluation, table: Table) -> pd.DataFrame:
    """The rows of a table that were there by the as-of date, of all years, with the columns of `header`."""
    frame: pd.DataFrame = getattr(evaluation.plan, table.name)
    day = next((name for name in DAYS if name in table.names and table.by_year), "")
    if evaluation.as_of and day:
        frame = frame[frame[day] <= evaluation.as_of]
    return frame[header(table)]


def header(table: Table) -> list[str]:
    """The columns of a table's sheet: where the year is only in the files' names, it comes first."""
    return ["year", *table.names] if table.by_year and "year" not in table.names else table.names


def _ratings(evaluation: Evaluation) -> Iterator[Sheet]:
    plan, year = evaluation.plan, evaluation.year
    indicators = evaluation.indicators.merge(
        plan.indicators[["indicator", "kpi", "name", "unit", "kind"]], on="indicator", validate="1:1"
    )
    told = pd.DataFrame([_told(evaluation, code) for code in indicators["indicator"]], columns=list(_TOLD))
    yield _of_frame(
        "indicator ratings",
        f"How each indicator is rated for {year}, and why",
        pd.concat([indicators, told], axis="columns"),
        ["indicator", "kpi", "name", "unit", *evaluation.indicators.columns[1:], *_TOLD],
    )
    kpis = evaluation.kpis.merge(plan.kpis, on="kpi", validate="1:1")
    names = ["kpi", "objective", "text", *evaluation.kpis.columns[1:]]
    yield _of_frame("KPI ratings", f"How each KPI is rated for {year}", kpis, names)
    objectives = evaluation.objectives.merge(plan.objectives, on="objective", validate="1:1")
    names = ["objective", "title", *evaluation.objectives.columns[1:]]
    yield _of_frame("objective ratings", f"How many KPIs have which rating for {year}", objectives, names)


_TOLD = ("finding", "plan's words", "why", "what would change it", "caveats", "sources")


def _told(evaluation: Evaluation, code: str) -> list[str]:
    """The explanation of an indicator's rating, in the order of `_TOLD`."""
    told = explanation(evaluation, code)
    lists = (told.reading, told.why, told.change, told.caveats, told.sources)
    return [told.heading, *(" ".join(sentences) for sentences in lists)]


def _of_frame(name: str, about: str, frame: pd.DataFrame, names: Sequence[str]) -> Sheet:
    """Of values as `assess` gives them; a milestone's value and target are days."""
    kinds = frame["kind"].tolist() if "kind" in frame else [""] * len(frame)
    rows = [
        [cell_of(cell, kind) for cell in row]
        for row, kind in zip(frame[list(names)].itertuples(index=False, name=None), kinds, strict=True)
    ]
    return Sheet(name, about, names, rows, _invented(frame))


def _settings(evaluation: Evaluation) -> Sheet:
    rows = [[key.name, cell_of(getattr(evaluation.plan, key.name)), key.meaning] for key in PLAN_KEYS]
    return Sheet(
        "plan", "The plan's name, its years and what holds for all of it", ["key", "value", "meaning"], rows
    )


def _data(evaluation: Evaluation) -> Iterator[Sheet]:
    """Every table of the data folder, and the commentary, but for what an as-of date leaves out."""
    for table in TABLES.values():
        yield _table(evaluation, table)
    said = evaluation.plan.commentary.iloc[: 0 if evaluation.as_of else None]
    rows = [[cell_of(cell) for cell in row] for row in said.itertuples(index=False, name=None)]
    yield Sheet("commentary", "The authors' own judgement, in Markdown", said.columns.tolist(), rows)


def _table(evaluation: Evaluation, table: Table) -> Sheet:
    frame, names = known(evaluation, table), header(table)
    kind_of = dict(
        zip(evaluation.plan.indicators["indicator"], evaluation.plan.indicators["kind"], strict=True)
    )
    types = ["year" if name == "year" else table[name].type for name in names]
    kinds = (
        [kind_of.get(code, "") for code in frame["indicator"]] if "indicator" in frame else [""] * len(frame)
    )
    rows, as_text = [], []
    for place, (texts, kind) in enumerate(zip(frame.itertuples(index=False, name=None), kinds, strict=True)):
        cells = [typed(str(text), type, kind) for text, type in zip(texts, types, strict=True)]
        changed = [at for at, cell in enumerate(cells) if stays_text(cell, types[at], kind)]
        as_text += [(place, at) for at in changed]
        rows.append(cells)
    about = table.meaning.partition(". ")[0].rstrip(".")
    return Sheet(table.name, about, names, rows, _invented(frame), tuple(as_text))


def _invented(frame: pd.DataFrame) -> frozenset[int]:
    if "state" not in frame:
        return frozenset()
    return frozenset(place for place, state in enumerate(frame["state"]) if state == "illustrative")


def _words() -> Sheet:
    words = RATING_WORDS | STATE_WORDS
    rows: list[list[Cell]] = [[kind, code, words.get(code, code), text] for kind, code, text in MEANINGS]
    about = "What ratings, states and other words of the data mean"
    return Sheet("words", about, ["column", "in the data", "on the pages", "meaning"], rows)


def _columns() -> Sheet:
    rows: list[list[Cell]] = [
        [
            table.name,
            column.name,
            "yes" if column.required else "no",
            ", ".join(column.allowed),
            column.unit,
            column.meaning,
        ]
        for table in TABLES.values()
        for column in table.columns
    ]
    header = ["sheet", "column", "required", "allowed", "unit", "meaning"]
    return Sheet("columns", "What each column of the data means", header, rows)
