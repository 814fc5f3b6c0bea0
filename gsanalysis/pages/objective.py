"""The page of one objective, answer first."""

from __future__ import annotations

from collections.abc import Iterable

from gsanalysis.charts import chart
from gsanalysis.charts.alt import alt_text
from gsanalysis.charts.theme import svg
from gsanalysis.pages import blocks, summary
from gsanalysis.pages.blocks import Block, Dictionary, cell, column
from gsanalysis.pages.contents import (
    capital,
    commentary,
    counted,
    indicator_codes,
    indicators_of,
    kpi_codes,
    kpi_rating,
    kpi_text,
    references,
)
from gsanalysis.pages.invented import all_invented, caption
from gsanalysis.pages.kpis import kpi_table
from gsanalysis.pages.limits import limits as limits_of
from gsanalysis.pages.opening import legend, page_title
from gsanalysis.pages.series import series_table
from gsanalysis.rating.evaluation import Evaluation
from gsanalysis.rating.history import described, history
from gsanalysis.rating.rate import IndicatorRating
from gsanalysis.rating.rules import RATINGS
from gsanalysis.wording.explanation import Explanation, explanation, supplier
from gsanalysis.wording.findings import headline
from gsanalysis.wording.words import DASH, exact, rating_word, state_word

__all__ = [
    "contribution", "findings", "head", "judgement", "kpi_table", "legend", "limits", "setbacks", "silent",
    "sources", "verdict",
]  # fmt: skip

UNREPORTED = ("no_data", "no_comparison", "monitored")
SERVICE_SAYS = "What the service says."
NO_WORDS = "No explanation was given."
NOT_SHOWN = "Commentary carries no date, so a page seen from a day shows none."


def head(evaluation: Evaluation, objective: str) -> Block:
    """Where the reader is: the objective in the plan's own words."""
    objectives = evaluation.plan.objectives
    words = str(objectives.loc[objectives["objective"] == objective, "title"].iloc[0])
    return page_title(evaluation, f"Objective {objective}", words, indicator_codes(evaluation, objective))


def verdict(evaluation: Evaluation, objective: str) -> Block:
    """Three counts, and three sentences: the best, the worst, the unknown."""
    ratings = [evaluation.ratings[code] for code in indicator_codes(evaluation, objective)]
    rows = {row["objective"]: row for row in evaluation.objectives.to_dict("records")}
    return summary.verdict(evaluation, rows[objective], ratings)


def findings(evaluation: Evaluation, objective: str) -> Iterable[Block]:
    """A block for each indicator that has something to show: finding, chart, why, what would change it."""
    skipped = references(evaluation)
    invented = all_invented(evaluation, indicator_codes(evaluation, objective))
    for kpi in kpi_codes(evaluation, objective):
        words = "" if _is_setback(evaluation, kpi) else commentary(evaluation, objective, kpi)
        for code in indicators_of(evaluation, kpi):
            blocks_of_it = [] if code in skipped else list(finding(evaluation, code, words, invented))
            words = "" if blocks_of_it else words  # said once, beside the KPI's first chart
            yield from blocks_of_it


def finding(evaluation: Evaluation, code: str, words: str = "", invented: bool = False) -> Iterable[Block]:
    """One indicator: its chart with the explanation and an author's ``words`` beside it; nothing without figures.

    ``invented`` says that the page's banner calls all figures so.
    """
    plan, row, years = evaluation.plan, described(evaluation, code), history(evaluation, code)
    span = {"year": evaluation.year, "first_year": plan.first_year, "last_year": plan.last_year}
    drawn = chart(row, years, **span)
    if drawn is not None:
        told = explanation(evaluation, code)
        yield blocks.figure(
            told.heading,
            svg(drawn),
            alt_text(row, years, year=evaluation.year),
            caption=" ".join(told.sources[:1]),
            key=code,
            kicker=f"{code} · “{kpi_text(evaluation, row['kpi'])}”",
            table=series_table(evaluation, code),
        )
        yield blocks.notes(_items(told, words, invented), beside=told.heading)


def silent(evaluation: Evaluation, objective: str) -> Block:
    """The indicators that nobody reported for the year, or ever: one line each, with who could supply the figure."""
    items = [
        blocks.item(f"{code} {headline(evaluation, rating)}", rating.rating, _supplier(rating), [code])
        for code in indicator_codes(evaluation, objective)
        if _is_silent(evaluation, rating := evaluation.ratings[code])
    ]
    return (
        blocks.listing(items)
        if items
        else blocks.paragraph(f"Every indicator has a figure for {evaluation.year}.")
    )


def _is_silent(evaluation: Evaluation, rating: IndicatorRating) -> bool:
    code = rating.indicator.code
    if code in references(evaluation):
        return False
    unreported = rating.named.shown_value is None and rating.rating in UNREPORTED
    return unreported or not history(evaluation, code)["value"].notna().any()


def _supplier(rating: IndicatorRating) -> str:
    return supplier(rating.indicator.row["owner"])


def setbacks(evaluation: Evaluation, objective: str) -> Block:
    """Every KPI that is off track or at risk, with the author's words or why none are shown."""
    items: list[Dictionary] = []
    for kpi in kpi_codes(evaluation, objective):
        if _is_setback(evaluation, kpi):
            items.extend(_setback(evaluation, kpi))
    if not items:
        rated = [kpi for kpi in kpi_codes(evaluation, objective) if kpi_rating(evaluation, kpi) in RATINGS]
        return blocks.paragraph(
            f"Nothing was off track or at risk; {counted(len(rated), 'KPI')} could be rated."
        )
    return blocks.notes(items)


def judgement(evaluation: Evaluation, objective: str) -> Block:
    """The author's own judgement of the objective as a whole, or why none is shown."""
    words = commentary(evaluation, objective, "")
    if evaluation.as_of:
        return blocks.paragraph(NOT_SHOWN)
    if not words:
        return blocks.paragraph(f"Nobody wrote a judgement of this objective for {evaluation.year}.")
    return blocks.notes([blocks.note("The responsible service says.", markdown=words)])


def contribution(evaluation: Evaluation, objective: str, table: str) -> Block:
    """The plan's expected results or outputs with the KPIs that speak to them, and those that none speaks to."""
    key = {"expected_results": "expected_result", "outputs": "output"}[table]
    frame, links = getattr(evaluation.plan, table), evaluation.plan.links
    rows = []
    for row in frame[frame["objective"] == objective].to_dict("records"):
        linked = links.loc[links[key] == row[key]]
        kpis = list(dict.fromkeys(linked["kpi"]))
        variant = row.get("text_variant", "")
        said = cell(row["text"], small=f"In Table 7.1: {variant}" if variant else "")
        rows.append([cell(row[key]), said, _speakers(evaluation, kpis)])
    what = "Expected results" if table == "expected_results" else "Outputs"
    if not rows:
        return blocks.paragraph(f"The plan names no {what.lower()} of this objective.")
    columns = [
        column("Code", width="narrow"),
        column(f"{what}, in the plan's words", width="wide"),
        column("KPIs that speak to it"),
    ]
    return blocks.table(
        caption(
            evaluation,
            f"{what} of objective {objective} and the KPIs that speak to them",
            indicator_codes(evaluation, objective),
        ),
        columns,
        rows,
    )


def sources(evaluation: Evaluation, objective: str) -> Block:
    """Every figure that the page's ratings rest on, exact, with its vintage and source."""
    places = dict.fromkeys(
        figure.row
        for code in indicator_codes(evaluation, objective)
        for named in evaluation.ratings[code].parts
        for measured in named.evidence.measured()
        for figure in measured.figures
    )
    if not places:
        return blocks.paragraph(f"No figure was reported for {evaluation.year}.")
    rows = [_source_row(evaluation, evaluation.row(place)) for place in places]
    columns = [
        column("Indicator", width="wide"),
        column("Year", align="right", width="narrow"),
        column("Value", align="right"),
        column("State", width="narrow"),
        column("Reported", width="narrow"),
        column("Checked", width="narrow"),
        column("Source", width="wide"),
    ]
    return blocks.table(
        caption(
            evaluation,
            f"Figures behind the ratings of objective {objective}, {evaluation.year}",
            indicator_codes(evaluation, objective),
        ),
        columns,
        rows,
        key=f"sources {objective}",
    )


def limits(evaluation: Evaluation, objective: str) -> Block:
    """The limits of what is said about the objective."""
    return limits_of(evaluation, kpi_codes(evaluation, objective))


def _source_row(evaluation: Evaluation, row: Dictionary) -> list[Dictionary]:
    unit = evaluation.figures.indicators[row["indicator"]].row["unit"]
    value = exact(row["value"], unit) if row["value"] else DASH
    texts = [
        str(row["year"]),
        value,
        state_word(row["state"]),
        row["reported_on"],
        row["verification"] or "nobody",
    ]
    name = evaluation.figures.indicators[row["indicator"]].row["name"]
    said = ", ".join(filter(None, (name, row["breakdown"])))
    return [
        cell(row["indicator"], small=said),
        *map(cell, texts),
        cell(row["source"], href=row["source_url"]),
    ]


def _items(told: Explanation, words: str, invented: bool) -> list[Dictionary]:
    items = [blocks.note(f"Why {rating_word(told.rating)}.", " ".join(told.why))]
    parts = {"What would change it.": told.change, "Caveat.": told.caveats_beside(all_invented=invented)}
    items += [blocks.note(lead, " ".join(sentences)) for lead, sentences in parts.items() if sentences]
    return [*items, blocks.note(SERVICE_SAYS, markdown=words)] if words else items


def _is_setback(evaluation: Evaluation, kpi: str) -> bool:
    return kpi_rating(evaluation, kpi) in ("off_track", "at_risk")


def _setback(evaluation: Evaluation, kpi: str) -> Iterable[Dictionary]:
    bad = [
        r
        for c in indicators_of(evaluation, kpi)
        if (r := evaluation.ratings[c]).rating in ("off_track", "at_risk")
    ]
    for rating in bad:
        lead = f"{capital(rating_word(rating.rating))}."
        yield blocks.note(lead, headline(evaluation, rating), refs=[rating.indicator.code])
    words = commentary(evaluation, evaluation.objective_of(kpi), kpi)
    yield blocks.note(SERVICE_SAYS, NOT_SHOWN if evaluation.as_of else NO_WORDS, markdown=words)


def _speakers(evaluation: Evaluation, kpis: list[str]) -> Dictionary:
    if not kpis:
        return cell("no KPI speaks to it", sign="no_data")
    said = [f"{kpi} {rating_word(kpi_rating(evaluation, kpi))}" for kpi in kpis]
    return cell("; ".join(said), strip=[kpi_rating(evaluation, kpi) for kpi in kpis])
