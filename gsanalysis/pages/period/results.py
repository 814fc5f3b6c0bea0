"""What the plan's expected results and outputs came to, as far as KPIs speak to them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from gsanalysis.pages import blocks
from gsanalysis.pages.blocks import Block, Dictionary, cell, column
from gsanalysis.pages.contents import capital, counted, indicators_of, is_good, kpi_text, references
from gsanalysis.pages.invented import caption
from gsanalysis.rating.rate import BASES, IndicatorRating
from gsanalysis.rating.rules import RATINGS
from gsanalysis.rating.trajectory import Period
from gsanalysis.rating.values import STATES
from gsanalysis.wording.findings import headline
from gsanalysis.wording.words import DASH, listed, rating_word, shortened, state_word

CHECKS = ("audited", "published", "internal", "stated", "")  # strongest to weakest
CODES = 12  # codes in one line; more are counted


@dataclass(frozen=True)
class Last:
    """A KPI's last rating and its year; without any, the state of the last year that is over."""

    kpi: str
    year: int
    rating: str


def results_in_short(period: Period) -> Block:
    """The expected results counted by what the KPIs that speak to them came to; those without one are named."""
    results = period.plan.expected_results
    if results.empty:
        return blocks.paragraph("The plan names no expected results.")
    groups: dict[str, list[str]] = {said: [] for said in GROUPS}
    for code in results["expected_result"]:
        groups[_group(period, _speakers(period, "expected_result", code))].append(code)
    items = [
        blocks.item(_group_words(group, len(codes)), small=_codes(codes))
        for group, codes in groups.items()
        if codes and group != "silent"
    ]
    words = dict(zip(results["expected_result"], results["text"], strict=True))
    silent = [blocks.item(f"No KPI speaks to {code}: {words[code]}", "no_data") for code in groups["silent"]]
    return blocks.listing([*items, *silent])


GROUPS = {
    "good": "the last rating of every KPI that speaks to {it} is on course",
    "mixed": "the last ratings of the KPIs that speak to {it} differ: some are on course, some not",
    "bad": "the last rating of no KPI that speaks to {it} is on course",
    "unknown": "no KPI that speaks to {it} was rated in any year",
    "silent": "no KPI speaks to {it}",
}  # KPIs without a rating are left out of the first three


def expected_results(period: Period) -> list[Block]:
    """A table for each objective: its expected results, the last rating of each KPI that speaks to it, and why."""
    frame = period.plan.expected_results
    return [
        _results_table(period, objective, rows.to_dict("records"))
        for objective in period.plan.objectives["objective"]
        if len(rows := frame[frame["objective"] == objective])
    ]


def outputs(period: Period) -> Block:
    """The outputs that no KPI speaks to."""
    frame = period.plan.outputs
    if frame.empty:
        return blocks.paragraph("The plan names no outputs.")
    silent = [row for row in frame.to_dict("records") if not _speakers(period, "output", row["output"])]
    if not silent:
        every = "the only output" if len(frame) == 1 else f"each of the {len(frame)} outputs"
        return blocks.paragraph(f"A KPI speaks to {every}.")
    items = [blocks.item(f"{row['output']} {row['text']}", "no_data") for row in silent]
    return blocks.listing(items)


def last_rating(period: Period, kpi: str) -> Last:
    """A KPI's last rating, as it looks now."""
    rows = period.kpis[(period.kpis["kpi"] == kpi) & period.kpis["over"]]
    rated = rows[rows["now"].isin(RATINGS)]
    if rated.empty:
        return Last(kpi, period.end, rows["now"].iloc[-1] if len(rows) else "not_yet_due")
    return Last(kpi, int(rated["year"].iloc[-1]), str(rated["now"].iloc[-1]))


def best_evidence(period: Period, last: Last) -> IndicatorRating | None:
    """Of the indicators that decide a KPI's last rating the one with the best checked and firmest figure."""
    evaluation = period.now(last.year)
    skipped = references(evaluation)
    found = [
        evaluation.ratings[code]
        for code in indicators_of(evaluation, last.kpi)
        if evaluation.ratings[code].rating == last.rating and code not in skipped
    ]
    return min(found, key=lambda rating: _weakness(period, rating), default=None)


def _weakness(period: Period, rating: IndicatorRating) -> tuple[int, int, int]:
    named = rating.named
    state = STATES.index(named.state) if named.state else len(STATES)
    return CHECKS.index(_check(period, rating)), state, BASES.index(rating.indicator.row["basis"])


def _check(period: Period, rating: IndicatorRating) -> str:
    """Who checked the figure; of several, the weakest check."""
    rows = [period.now(rating.named.year).row(figure.row) for figure in rating.named.evidence.value.figures]
    return max((str(row["verification"]) for row in rows), key=CHECKS.index, default="")


def _group(period: Period, kpis: list[str]) -> str:
    ratings = [last.rating for kpi in kpis if (last := last_rating(period, kpi)).rating in RATINGS]
    if not kpis:
        return "silent"
    if not ratings:
        return "unknown"
    good = [is_good(rating) for rating in ratings]
    return "good" if all(good) else "mixed" if any(good) else "bad"


def _speakers(period: Period, key: str, code: str) -> list[str]:
    links = period.plan.links
    return list(dict.fromkeys(links.loc[links[key] == code, "kpi"]))


def _group_words(group: str, count: int) -> str:
    """What is said of so many expected results: "Nine expected results: the last rating of every KPI …"."""
    said = GROUPS[group].format(it="it" if count == 1 else "them")
    return f"{capital(counted(count, 'expected result'))}: {said}."


def _codes(codes: list[str]) -> str:
    more = len(codes) - CODES
    return listed([*codes[:CODES], f"{more} more"] if more > 0 else codes)


def _results_table(period: Period, objective: str, results: list[dict[Any, Any]]) -> Block:
    rows = [row for result in results for row in _result_rows(period, result)]
    columns = [
        column("Expected result", "in the plan's words, and the KPIs that speak to it", width="wide"),
        column("Last rating", width="narrow"),
        column("On what evidence", "the best checked figure that decides", width="wide"),
    ]
    evaluation = period.now(period.end)
    kpis = set(period.plan.kpis.loc[period.plan.kpis["objective"] == objective, "kpi"])
    codes = [code for code, rating in evaluation.ratings.items() if rating.indicator.kpi in kpis]
    words = caption(evaluation, f"Expected results of objective {objective} and what they came to", codes)
    return blocks.table(words, columns, rows, key=f"results {objective}")


def _result_rows(period: Period, result: dict[Any, Any]) -> list[list[Dictionary]]:
    code, words = result["expected_result"], f"{result['expected_result']} {result['text']}"
    kpis = _speakers(period, "expected_result", code)
    if not kpis:
        return [[cell(words), cell("no KPI", sign="no_data"), cell("no KPI speaks to it")]]
    return [[cell(words, span=3)], *(_kpi_row(period, last_rating(period, kpi)) for kpi in kpis)]


def _kpi_row(period: Period, last: Last) -> list[Dictionary]:
    evaluation = period.now(last.year)
    name = cell(small=f"{last.kpi} {shortened(kpi_text(evaluation, last.kpi), 120)}")
    if last.rating not in RATINGS:
        never = "never rated" if last.rating in ("no_data", "no_comparison") else rating_word(last.rating)
        return [name, cell(never, sign=last.rating), cell(_unrated(period, last))]
    rating = cell(rating_word(last.rating), sign=last.rating, small=f"in {last.year}")
    best = best_evidence(period, last)
    if best is None:
        return [name, rating, cell(DASH)]
    check = {"": "checked by nobody outside"}.get(_check(period, best), _check(period, best))
    state = "" if best.named.state == "final" else f", {state_word(best.named.state)}"
    return [name, rating, cell(headline(evaluation, best), small=f"{capital(check)}{state}")]


def _unrated(period: Period, last: Last) -> str:
    """Why a KPI has no rating in any year."""
    if not period.over:
        return "No year is over."
    words = {
        "no_data": "No year has the figures that a rating needs.",
        "no_comparison": "There are figures, and nothing to hold them against.",
        "monitored": "The plan sets no standard.",
        "not_applicable": f"It did not apply in {last.year}, and was not rated before.",
        "not_yet_due": f"It was not due in {last.year}.",
    }
    return words[last.rating]
