"""The table of an objective's KPIs."""

from __future__ import annotations

from collections.abc import Iterable

from gsanalysis.pages import blocks
from gsanalysis.pages.blocks import Block, Dictionary, cell, column
from gsanalysis.pages.contents import (
    indicator_codes,
    indicators_of,
    kpi_codes,
    kpi_rating,
    kpi_text,
    rating_cell,
    references,
    value_cells,
)
from gsanalysis.pages.invented import caption
from gsanalysis.pages.targets import target_cell
from gsanalysis.rating.evaluation import Evaluation
from gsanalysis.rating.rate import IndicatorRating
from gsanalysis.wording.words import DASH, exact, rating_word

SHORT = 48  # characters of a KPI that fits into the first column


def kpi_table(evaluation: Evaluation, objective: str) -> Block:
    """The objective's KPIs with targets, baseline, three years, rating and the plan's years."""
    years = [evaluation.year - 2, evaluation.year - 1, evaluation.year]
    rows = [row for kpi in kpi_codes(evaluation, objective) for row in _kpi_rows(evaluation, kpi, years)]
    plan = evaluation.plan
    columns = [
        column("KPI", "in the plan's words, and what is measured", width="wide"),
        column("Target", "whose reading", width="medium"),
        column("Baseline", align="right", width="narrow"),
        *(column(str(year), align="right", width="narrow") for year in years),
        column(f"Rating {evaluation.year}", width="narrow"),
        column(f"{plan.first_year}–{str(plan.last_year)[-2:]}", width="narrow"),
        column("Fig.", align="right", width="narrow"),
    ]
    return blocks.table(
        caption(
            evaluation,
            f"KPIs of objective {objective}, {evaluation.year}",
            indicator_codes(evaluation, objective),
        ),
        columns,
        rows,
        key=f"kpis {objective}",
    )


def _kpi_rows(evaluation: Evaluation, kpi: str, years: list[int]) -> Iterable[list[Dictionary]]:
    """A row across the table for the KPI and one for each indicator that it shows; one row where both are short."""
    codes = [code for code in indicators_of(evaluation, kpi) if code not in references(evaluation)]
    words, strip = f"{kpi} {kpi_text(evaluation, kpi)}", cell(strip=_strip(evaluation, kpi))
    if len(codes) == 1 and len(words) <= SHORT:
        *cells, said, figure = _indicator_cells(evaluation, codes[0], words, years)
        yield [*cells, said, strip, figure]
        return
    rating = kpi_rating(evaluation, kpi)
    partial = evaluation.kpis.set_index("kpi").loc[kpi, "partial"] == "yes"
    said = cell(rating_word(rating), sign=rating, small="in part" if partial else "")
    yield [cell(words, span=3 + len(years)), said, strip, cell()]
    for code in codes:
        if len(codes) == 1 or _has_something(evaluation, code, years):
            *cells, said, figure = _indicator_cells(evaluation, code, "", years)
            yield [*cells, {**said, "span": 2}, figure]


def _has_something(evaluation: Evaluation, code: str, years: list[int]) -> bool:
    """Whether a row of its own says anything: it has a standard, or a figure in one of the years."""
    has_standard = evaluation.ratings[code].indicator.rule != "monitor"
    return has_standard or any(evaluation.rating(code, year).named.shown_value is not None for year in years)


def _indicator_cells(evaluation: Evaluation, code: str, words: str, years: list[int]) -> list[Dictionary]:
    rating = evaluation.ratings[code]
    values, unit = value_cells(evaluation, code, years)
    name = rating.indicator.row["name"]
    said = (
        unit in ("", "number") or unit.lower() in name.lower()
    )  # "Exhibitors", not "Exhibitors, exhibitors"
    return [
        cell(words, small=f"{code} {name}" if said else f"{code} {name}, {unit}"),
        target_cell(evaluation, rating),
        _baseline_cell(evaluation, rating),
        *values,
        rating_cell(rating),
        cell(refs=[code]),
    ]


def _baseline_cell(evaluation: Evaluation, rating: IndicatorRating) -> Dictionary:
    years, value = rating.indicator.baseline_years, rating.named.case.baseline
    if years is None:
        return cell(DASH)
    if years[0] != years[1]:
        return cell(f"{years[0]}–{str(years[1])[-2:]}", small=f"{len(rating.named.case.trend)} values")
    return cell(exact(value) if value is not None else DASH, small=f"in {years[0]}")


def _strip(evaluation: Evaluation, kpi: str) -> list[str]:
    """The KPI's rating in each of the plan's years up to the one evaluated, a dash for those to come."""
    plan = evaluation.plan
    years = range(plan.first_year, plan.last_year + 1)
    return [kpi_rating(evaluation.in_year(y), kpi) if y <= evaluation.year else "not_yet_due" for y in years]
