"""The table behind a chart: what it draws, year by year, exact and in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from gsanalysis.charts.canvas import aligned
from gsanalysis.charts.points import gap_word
from gsanalysis.charts.subject import Subject, subject
from gsanalysis.pages import blocks
from gsanalysis.pages.blocks import Dictionary, cell, column
from gsanalysis.pages.contents import capital, rating_cell
from gsanalysis.pages.invented import caption
from gsanalysis.rating.evaluation import Evaluation
from gsanalysis.rating.history import described, history
from gsanalysis.rating.rules import RATINGS
from gsanalysis.wording.words import DASH, exact, state_word

MOST_YEARS = 10  # that stand side by side
ROOM, LETTER, AROUND, SIGN = (
    480.0,
    4.6,
    8.0,
    10.0,
)  # points: of a page, a letter, what stands around a text, a sign
WIDEST_NAME = 24  # letters; longer names are broken
NO_STANDARD = "No standard is set: the figures are shown, not rated."


@dataclass(frozen=True)
class Line:
    """What is said of every year under one name; a year of which nothing is to be said is left out."""

    name: str
    about: str
    cells: dict[int, Dictionary]


def series_table(evaluation: Evaluation, code: str) -> Dictionary | None:
    """The content of a table with what the chart of an indicator draws, or None where there is no chart.

    Years are columns, and a row stands for each part, for what the figures were held against and for the ratings;
    where there are too many years or they find no room, years are rows.
    """
    plan = evaluation.plan
    about = subject(
        described(evaluation, code),
        history(evaluation, code),
        year=evaluation.year,
        first_year=plan.first_year,
        last_year=plan.last_year,
    )
    if not about.has_figures:
        return None
    years = _years(about)
    lines = [*_value_lines(about, years), *_held_lines(about), *_rating_lines(evaluation, code, years)]
    columns, rows = _laid_out(years, lines)
    return blocks.table(_caption(evaluation, about, years), columns, rows, " ".join(_notes(about))).content


def _caption(evaluation: Evaluation, about: Subject, years: Sequence[int]) -> str:
    unit = f" ({about.unit})" if about.unit not in ("", "number") else ""
    span = f"{years[0]}–{years[-1]}" if len(years) > 1 else str(years[0])
    return caption(evaluation, f"{about.text('name')}{unit}, {span}", [about.text("indicator")])


def _years(about: Subject) -> list[int]:
    """The years with a figure, that of the baseline, and those of the plan up to the year rated."""
    measured = about.rows["year"][about.rows["value"].notna()].tolist()
    baseline = [about.baseline[0]] if about.baseline and not about.shows_parts else []
    return sorted({*map(int, measured), *baseline, *range(about.first_year, about.year + 1)})


def _value_lines(about: Subject, years: Iterable[int]) -> list[Line]:
    if about.shows_parts:
        return [Line(part, "", _value_cells(about, years, part)) for part in about.parts]
    return [Line("Value", "", _value_cells(about, years, ""))]


def _value_cells(about: Subject, years: Iterable[int], part: str) -> dict[int, Dictionary]:
    rows = about.rows[about.rows["breakdown"] == part]
    known = {int(row["year"]): row for row in rows.to_dict("records")}
    base = about.baseline if not part else None
    values = {year: known[year]["value"] if year in known else None for year in years}
    if base and values.get(base[0]) is None:
        values[base[0]] = base[1]
    texts = dict(zip(values, aligned([exact(value) for value in values.values()]), strict=True))
    return {year: _value_cell(about, text, part, year, known.get(year)) for year, text in texts.items()}


def _value_cell(about: Subject, text: str, part: str, year: int, row: dict[Any, Any] | None) -> Dictionary:
    """A figure with its state, or why there is none; a part has the sign of its own rating."""
    if text == DASH:
        return cell(text, small=_gap(about, row))
    state = str(row["state"]) if row and row["value"] is not None else ""
    said = [] if state in ("", "final") or _all_invented(about) else [state_word(state)]
    if not part and about.baseline and about.baseline[0] == year:
        said.append("baseline")
    rating = str(row["rating"]) if row and part else ""
    return cell(text, sign=rating if rating in RATINGS else None, small=", ".join(said))


def _all_invented(about: Subject) -> bool:
    """Whether the caption says of all figures what each would have to say of itself."""
    return bool((about.rows["state"][about.rows["value"].notna()] == "illustrative").all())


def _gap(about: Subject, row: dict[Any, Any] | None) -> str:
    if row is None:
        return "no figure"
    return "nothing reported" if about.kind == "date" and not row["state"] else gap_word(row["state"])


def _held_lines(about: Subject) -> list[Line]:
    """What the figures were held against: once where all parts share it, else for each of them."""
    rows = about.rows[about.rows["target"].notna() & (about.rows["target"] != "")]
    if about.target is not None or about.text("reference_name") == "":
        rows = rows[rows["rating"] != ""]
    if rows.empty or about.rule == "monitor":
        return []
    by_part = {
        str(part): {int(row["year"]): row["target"] for row in own.to_dict("records")}
        for part, own in rows.groupby("breakdown", sort=False)
    }
    shared = rows.groupby("year")["target"].nunique().max() == 1
    named = {"Held against": {year: t for own in by_part.values() for year, t in own.items()}} if shared else {
        f"Held against: {part}": own for part, own in by_part.items()
    }  # fmt: skip
    due = f" by {about.due}" if about.due and about.target is not None else ""
    return [Line(name, f"{about.yardstick_name}{due}", _held_cells(own)) for name, own in named.items()]


def _held_cells(held: dict[int, object]) -> dict[int, Dictionary]:
    texts = aligned([_held_text(target) for target in held.values()])
    return {year: cell(text) for year, text in zip(held, texts, strict=True)}


def _held_text(target: object) -> str:
    return (
        " to ".join(exact(limit) for limit in str(target).split("|")) if "|" in str(target) else exact(target)
    )


def _rating_lines(evaluation: Evaluation, code: str, years: Iterable[int]) -> list[Line]:
    span = range(evaluation.plan.first_year, evaluation.year + 1)
    ratings = {year: evaluation.rating(code, year) for year in years if year in span}
    if not ratings or evaluation.ratings[code].indicator.rule == "monitor":
        return []
    return [Line("Rating", "", {year: rating_cell(rating) for year, rating in ratings.items()})]


def _notes(about: Subject) -> list[str]:
    said = [NO_STANDARD] if about.rule == "monitor" else []
    first = about.number("first_target")
    if first is not None and about.target is not None and first != about.target:
        said.append(f"The target was first set at {exact(first, about.unit)}.")
    measured = about.known[about.known["year"] == (about.baseline or (None,))[0]]["value"].tolist()
    if about.baseline and measured and measured[-1] != about.baseline[1] and not about.shows_parts:
        said.append(f"The baseline counts as {exact(about.baseline[1], about.unit)}.")
    if about.kind == "level" and about.scale:
        said.append(f"The scale, worst to best: {', '.join(about.scale)}.")
    return said


def _laid_out(years: list[int], lines: list[Line]) -> tuple[list[Dictionary], list[list[Dictionary]]]:
    """Columns and rows in the first of three forms that finds room: years as columns, as rows, one figure a row."""
    across = _across(years, lines)
    if len(years) <= MOST_YEARS and _width(*across) <= ROOM:
        return across
    down = _down(years, lines)
    return down if _width(*down) <= ROOM else _one_each(years, lines)


def _across(years: list[int], lines: list[Line]) -> tuple[list[Dictionary], list[list[Dictionary]]]:
    columns = [column("Year"), *(column(str(year), align="right", width="narrow") for year in years)]
    rows = [[_name(line), *(line.cells.get(year, cell()) for year in years)] for line in lines]
    return columns, rows


def _down(years: list[int], lines: list[Line]) -> tuple[list[Dictionary], list[list[Dictionary]]]:
    columns = [column("Year", width="narrow")]
    columns += [column(line.name, line.about, "left" if line.name == "Rating" else "right") for line in lines]
    rows = [[cell(str(year)), *(line.cells.get(year, cell()) for line in lines)] for year in years]
    return columns, rows


def _one_each(years: list[int], lines: list[Line]) -> tuple[list[Dictionary], list[list[Dictionary]]]:
    columns = [column("Year", width="narrow"), column("What", width="wide"), column("Figure", align="right")]
    rows = [
        [cell(str(year)), _name(line), line.cells[year]]
        for year in years
        for line in lines
        if year in line.cells and line.cells[year]["text"] != DASH
    ]
    return columns, rows


def _name(line: Line) -> Dictionary:
    return cell(line.name, small=capital(line.about) if line.name.startswith("Held") else line.about)


def _width(columns: list[Dictionary], rows: list[list[Dictionary]]) -> float:
    """About how many points a table needs when its texts break at spaces."""
    heads = [cell(head["label"], small=head["note"]) for head in columns]
    return sum(max(_least_width(entry) for entry in entries) for entries in zip(heads, *rows, strict=True))


def _least_width(entry: Dictionary) -> float:
    letters = max(map(len, f"{entry['text']} {entry['small']}".split(" ")))
    return LETTER * min(letters, WIDEST_NAME) + AROUND + (SIGN if entry["sign"] else 0)
