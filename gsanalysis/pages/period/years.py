"""Every KPI in every year, as it was rated then and as it looks now; the head of the page and its verdict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from gsanalysis.charts import svg
from gsanalysis.charts.years import rating_years, rating_years_alt, sheets
from gsanalysis.doubt.views import kind_of_assessment
from gsanalysis.pages import blocks
from gsanalysis.pages.blocks import Block, Dictionary, cell, column
from gsanalysis.pages.contents import capital, count_word, counted, is_good, kpi_text
from gsanalysis.pages.invented import banner, caption, footer
from gsanalysis.plan import load
from gsanalysis.rating.rules import RATINGS
from gsanalysis.rating.trajectory import COULD_BE_RATED, NOT_OVER, Period
from gsanalysis.wording.words import DASH, date_text, listed, one_line, rating_word, shortened

WORDS_FIT = 5  # years beside each other with the words of their ratings; of more only the signs are shown
SIGNS = "One sign for each KPI and year, as it looks now."
NOTE = "The sign is the rating as it looks now; where it was another one then, that stands below it."
SHOWN = 2  # KPIs named in a sentence; more are counted


def open_period(as_of: str = "", data: str = "", measurements: str = "") -> Period:
    """The plan's period from a notebook's parameters; an empty one means the default."""
    return Period(load(data, measurements), as_of or None)


def head(period: Period) -> Block:
    """Where the reader is: the whole plan, from its first to its last year."""
    plan, evaluation = period.plan, period.now(period.end)
    codes, day = list(evaluation.ratings), evaluation.data_as_of
    data = f"data as of {date_text(day)}" if day else "no data yet"
    return blocks.title(
        f"The whole period {_span(period)}",
        plan.title,
        plan.goal,
        banner(evaluation, codes),
        running_left=f"{plan.organisation} · {plan.title}",
        running_right=f"Evaluation {_span(period)} · {data}",
        footer_left=f"{kind_of_assessment(evaluation, codes)} · {footer(evaluation, codes)}",
        language=plan.language,
        date=day or f"{plan.last_year}-12-31",
    )


def verdict(period: Period) -> Block:
    """What was achieved at the end, and three sentences on the period: the best, the worst, the unknown."""
    if not period.over:
        said = f"No year of the plan had ended on {date_text(period.now(period.end).data_as_of)}."
        return blocks.verdict([(DASH, "no year is over")], [("not_yet_due", said)])
    end = period.kpis[(period.kpis["year"] == period.end) & period.kpis["over"]]
    rated = int(end["now"].isin(RATINGS).sum())
    ratable = int(end["now"].isin(COULD_BE_RATED).sum())
    achieved = int((end["now"] == "achieved").sum())
    then = period.kpis[period.kpis["over"]]
    seen = then[then["now"].isin(RATINGS) | then["then"].isin(RATINGS)]
    other = int((seen["then"] != seen["now"]).sum())
    last = "" if period.end == period.plan.last_year else ", the last year that is over"
    different = "rating looks" if len(seen) == 1 else "ratings of all years look"
    what = "rated KPIs achieved" if rated else "achieved: no KPI could be rated"
    figures = [
        (f"{achieved} of {rated}" if rated else DASH, f"{what} in {period.end}{last}"),
        (
            f"{rated} of {ratable}" if ratable else DASH,
            f"KPIs with a standard could be rated in {period.end}",
        ),
        (f"{other} of {len(seen)}" if len(seen) else DASH, f"{different} different now than then"),
    ]
    return blocks.verdict(figures, [_best(period, end), _worst(period), _unknown(period)])


def grid(period: Period) -> list[Block]:
    """A sign for every KPI and year, with the counts of each year beside the first picture."""
    found = [
        blocks.figure("", svg(rating_years(sheet)), rating_years_alt(sheet), SIGNS)
        for sheet in sheets(shown(period))
    ]
    return [*found[:1], blocks.notes([_counts(period, year) for year in period.years]), *found[1:]]


def kpi_tables(period: Period) -> list[Block]:
    """A table for each objective: its KPIs in each year, and where a rating was another one then."""
    objectives = list(period.plan.objectives["objective"])
    return [_kpi_table(period, code, NOTE if code == objectives[0] else "") for code in objectives]


def shown(period: Period) -> pd.DataFrame:
    """Every KPI in every year as a page shows it: a year that had not ended shows no rating."""
    kpis = period.kpis
    return kpis.assign(
        then=kpis["then"].where(kpis["over"], NOT_OVER), now=kpis["now"].where(kpis["over"], NOT_OVER)
    )


def _span(period: Period) -> str:
    first, last = period.plan.first_year, period.plan.last_year
    return str(first) if first == last else f"{first}–{last}"


def _best(period: Period, end: pd.DataFrame) -> tuple[str, str]:
    """What was achieved in the last year, or on track, and how much of it was on course all along."""
    rated = _rated(period)
    always = [kpi for kpi, ratings in rated.items() if all(map(is_good, ratings))]
    for rating in ("achieved", "on_track"):
        kpis = list(end.loc[end["now"] == rating, "kpi"])
        if kpis:
            steady = [kpi for kpi in kpis if kpi in always and len(rated[kpi]) > 1]
            said = f"{capital(counted(len(kpis), 'KPI'))} {_were(kpis)} {rating_word(rating)} in {period.end}"
            return rating, said + _all_along(period, kpis, steady)
    return "no_data", f"No KPI was achieved or on track in {period.end}."


def _all_along(period: Period, kpis: Sequence[str], steady: Sequence[str]) -> str:
    """The second half of the sentence on the best."""
    if not steady:
        once = "It was" if len(kpis) == 1 else "None of them was"
        never = "not on course" if len(kpis) == 1 else "on course"
        return f": {_named(period, kpis)}. {once} {never} in two years or more without a break."
    some = (
        "it"
        if len(kpis) == 1
        else "all"
        if len(steady) == len(kpis)
        else f"{count_word(len(steady))} of them"
    )
    if len(kpis) == 1:
        return f", on course in every year that could be rated: {_named(period, steady)}."
    return f"; {some} {_were(steady)} on course in every year that could be rated: {_named(period, steady)}."


def _worst(period: Period) -> tuple[str, str]:
    rated = _rated(period)
    if not rated:
        return "no_data", "No KPI could be rated in any year."
    never = {kpi: ratings for kpi, ratings in rated.items() if not any(map(is_good, ratings))}
    if not never:
        every = "The KPI" if len(rated) == 1 else f"Each of the {count_word(len(rated))} KPIs"
        return "achieved", f"{every} that could be rated was on course in some year."
    worst = sorted(never, key=lambda kpi: (-never[kpi].count("off_track"), -len(never[kpi])))
    sign = "off_track" if "off_track" in never[worst[0]] else "at_risk"
    said = f"{capital(counted(len(never), 'KPI'))} {_were(worst)} never on course"
    return sign, f"{said} in any year that could be rated: {_named(period, worst)}."


def _unknown(period: Period) -> tuple[str, str]:
    over = period.kpis[period.kpis["over"]]
    with_standard = over.loc[over["now"].isin(COULD_BE_RATED), "kpi"].unique()
    never = [kpi for kpi in with_standard if kpi not in _rated(period)]
    if not len(with_standard):
        return "monitored", "No KPI had a standard that applied in a year that is over."
    if not never:
        some = over[over["now"].isin(("no_data", "no_comparison"))]
        gaps = len(some)
        if not gaps:
            return "monitored", "Every KPI that has a standard could be rated in every year."
        lack = "is one rating" if gaps == 1 else f"are {gaps} ratings"
        kpis = list(some["kpi"].unique())
        return (
            "no_data",
            f"Every KPI with a standard was rated at least once; there {lack} missing: {_named(period, kpis)}.",
        )
    have = "has a standard and was" if len(never) == 1 else "have a standard and were"
    return "no_data", f"{capital(counted(len(never), 'KPI'))} {have} never rated: {_named(period, never)}."


def _rated(period: Period) -> dict[str, list[str]]:
    """The ratings of the years that are over, by KPI, of those that have any."""
    kpis = period.kpis
    rated = kpis[kpis["over"] & kpis["now"].isin(RATINGS)]
    return {str(kpi): list(rows) for kpi, rows in rated.groupby("kpi", sort=False)["now"]}


def _were(kpis: Sequence[str]) -> str:
    return "was" if len(kpis) == 1 else "were"


def _named(period: Period, kpis: Sequence[str]) -> str:
    """The first KPIs in short, and how many more there are."""
    evaluation = period.now(period.end)
    names = [f"{kpi} “{shortened(kpi_text(evaluation, kpi), 48)}”" for kpi in kpis[:SHOWN]]
    more = len(kpis) - SHOWN
    return listed([*names, f"{count_word(more)} more"] if more > 0 else names)


def _counts(period: Period, year: int) -> Dictionary:
    """The ratings of one year counted, and how many were other ones at first."""
    kpis = period.kpis[period.kpis["year"] == year]
    if year not in period.over:
        return blocks.note(f"{year}.", "Not over yet: shown without a rating, and in no count.")
    counts = kpis["now"].value_counts()
    rated = [f"{counts[rating]} {rating_word(rating)}" for rating in RATINGS if rating in counts]
    could = int(kpis["now"].isin(COULD_BE_RATED).sum())
    unrated = int(kpis["now"].isin(("no_data", "no_comparison")).sum())
    said = [listed(rated) or "none rated"]
    said += [f"{unrated} of {could} not rated"] if unrated else []
    said += [f"{len(kpis) - could} with no standard that applied"] if could < len(kpis) else []
    changed = int((kpis["now"] != kpis["then"]).sum())
    end = f" {capital(count_word(changed))} looked different then." if changed else ""
    return blocks.note(f"{year}.", f"{capital('; '.join(said))}.{end}")


def _kpi_table(period: Period, objective: str, note: str) -> Block:
    evaluation = period.now(period.end)
    kpis = shown(period)
    mine = kpis[kpis["objective"] == objective]
    titles = period.plan.objectives.set_index("objective")["title"]
    words = f"Objective {objective}, “{shortened(titles[objective], 90)}”: its KPIs, {_span(period)}"
    if mine.empty:
        return blocks.paragraph(f"Objective {objective} has no KPI.")
    rows = [_kpi_row(period, str(kpi), years) for kpi, years in mine.groupby("kpi", sort=False)]
    columns = [
        column("KPI", "in the plan's words", width="wide"),
        *(column(str(year), width="narrow") for year in period.years),
        column("Years rated", align="right", width="narrow"),
    ]
    codes = [code for code, rating in evaluation.ratings.items() if rating.indicator.kpi in set(mine["kpi"])]
    return blocks.table(caption(evaluation, words, codes), columns, rows, note, f"period {objective}")


def _kpi_row(period: Period, kpi: str, years: pd.DataFrame) -> list[Dictionary]:
    text = one_line(kpi_text(period.now(period.end), kpi))
    cells = [_year_cell(row, len(period.years)) for row in years.to_dict("records")]
    rated = int(years["now"].isin(RATINGS).sum())
    could = int((years["over"] & years["now"].isin(COULD_BE_RATED)).sum())
    return [cell(f"{kpi} {shortened(text, 140)}"), *cells, cell(f"{rated} of {could}" if could else DASH)]


def _year_cell(row: Mapping[Any, Any], years: int) -> Dictionary:
    if not row["over"]:
        return cell("not over" if years <= WORDS_FIT else "", sign=NOT_OVER)
    small = ["in part"] if row["partial"] else []
    small += [f"was {rating_word(row['then'])}"] if row["then"] != row["now"] else []
    said = rating_word(row["now"]) if years <= WORDS_FIT else ""
    return cell(said, sign=row["now"], small="; ".join(small))
