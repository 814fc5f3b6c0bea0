"""What was never measured over the plan's years, what only once, and what the page can't say."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from gsanalysis.pages import blocks
from gsanalysis.pages.blocks import Block, cell, column
from gsanalysis.pages.contents import capital, count_word, counted, part_of
from gsanalysis.pages.invented import caption
from gsanalysis.pages.limits.by_name import named
from gsanalysis.pages.period.changes import HALF_A_YEAR
from gsanalysis.rating.rules import RATINGS
from gsanalysis.rating.trajectory import COULD_BE_RATED, Period, late_rows, measured_years
from gsanalysis.rating.values import Indicator
from gsanalysis.rating.vintages import figure_table
from gsanalysis.wording.words import date_text, listed


def never_measured(period: Period) -> list[Block]:
    """The indicators without a figure in any year of the plan, by the service that could supply them."""
    own = _own(period)
    if not own:
        return [blocks.paragraph("The plan has no indicators, so nothing was measured.")]
    never = [one for one in own if not measured_years(period, one.code) and not _never_applied(period, one)]
    if not never:
        every = "The only indicator" if len(own) == 1 else f"Each of the {len(own)} indicators"
        return [blocks.paragraph(f"{every} was measured in at least one year of the plan.")]
    owners: dict[str, list[str]] = {}
    for one in never:
        owners.setdefault(one.row["owner"] or "Nobody is named", []).append(_name(period, one))
    rows = [
        [cell(owner), cell(str(len(names))), cell("; ".join(names))]
        for owner, names in sorted(owners.items(), key=lambda item: -len(item[1]))
    ]
    columns = [
        column("Who could supply it"),
        column("Indicators", align="right", width="narrow"),
        column("What was never measured", width="wide"),
    ]
    was = "was" if len(never) == 1 else "were"
    said = f"{len(never)} of {len(own)} indicators {was} never measured in a year of the plan."
    words = caption(period.now(period.end), "Indicators without a figure in any year of the plan")
    return [blocks.paragraph(said), blocks.table(words, columns, rows, key="never measured")]


def measured_once(period: Period) -> Block:
    """The indicators with a figure for a single year: no course can be seen in them."""
    if len(period.years) == 1:
        return blocks.paragraph("The plan has one year: nothing could be measured more than once.")
    once = [
        (one, years[0])
        for one in _own(period)
        if one.rule != "by_date" and len(years := measured_years(period, one.code)) == 1
    ]
    if not once:
        return blocks.paragraph("No indicator was measured in a single year only.")
    lead = f"{capital(counted(len(once), 'indicator'))} {'was' if len(once) == 1 else 'were'} measured in one year only"
    items = [f"{one.code} {one.row['name']} ({year})" for one, year in once]
    return blocks.notes([blocks.note(f"{lead}.", f"{'; '.join(items)}.")])


def limits(period: Period) -> Block:
    """What the page can't say, and how sure one can be of what it says."""
    return blocks.listing([blocks.item(sentence) for sentence in limit_sentences(period)])


def limit_sentences(period: Period) -> list[str]:
    """One sentence for each limit; the first one always holds."""
    tables = [figure_table(period.now(year)) for year in period.over]
    rows = pd.concat(tables) if tables else figure_table(period.now(period.end)).iloc[:0]
    figures = rows[rows["value"].notna()]
    return [
        "What a rating was then is worked out today; nobody kept what was said in each year.",
        *_not_over(period),
        *_rated(period),
        *_unknown_reports(period),
        *_assumed(period),
        *_links(period),
        *_states(figures),
        *_checked(figures),
        *_late(period),
    ]


def _own(period: Period) -> list[Indicator]:
    """The indicators that have rows of their own; those measured by another one's rows would be named twice."""
    indicators = period.now(period.end).figures.indicators
    return [one for one in indicators.values() if one.source == one.code]


def _never_applied(period: Period, one: Indicator) -> bool:
    """Whether somebody said of every year that is over that it did not apply."""
    figures = period.now(period.end).figures
    states = [[figure.state for figure in figures.cells(one, year).values()] for year in period.over]
    return bool(states) and all(said and set(said) == {"not_applicable"} for said in states)


def _name(period: Period, one: Indicator) -> str:
    """The indicator, with the years before the plan for which there is a figure."""
    figures = period.now(period.end).figures
    earlier = [
        year
        for year in figures.years(one)
        if year < period.plan.first_year
        and any(figure.value is not None for figure in figures.cells(one, year).values())
    ]
    before = f" (before the plan: {listed([str(year) for year in earlier])})" if earlier else ""
    return f"{one.code} {one.row['name']}{before}"


def _not_over(period: Period) -> Iterator[str]:
    years = [str(year) for year in period.years if year not in period.over]
    if years:
        day = period.now(period.end).data_as_of
        latest = "" if period.as_of else ", the day of the latest report,"
        counted_not = "is in no count" if len(years) == 1 else "are in no count"
        yield f"{listed(years)} had not ended on {date_text(day)}{latest} and {counted_not}."


def _rated(period: Period) -> Iterator[str]:
    over = period.kpis[period.kpis["over"]]
    could = over[over["now"].isin(COULD_BE_RATED)]
    rated = could[could["now"].isin(RATINGS)]
    if could.empty:
        yield "No KPI had a standard that applied in a year that is over."
        return
    partial = int(rated["partial"].sum())
    part = ", all in part" if partial == len(rated) > 0 else f", {partial} of them in part" if partial else ""
    missing = len(could) - len(rated)
    exist = "exists" if len(rated) == 1 else "exist"
    lack = f"; {missing} {'is' if missing == 1 else 'are'} missing" if missing else ""
    yield f"A standard for each KPI and year would give {len(could)} ratings: {len(rated)} {exist}{part}{lack}."
    kpis = could["kpi"].nunique()
    every = sum(bool(group["now"].isin(RATINGS).all()) for _, group in could.groupby("kpi"))
    if every < kpis > 1 and len(period.over) > 1:
        course = "the course of the others has gaps"
        some = f"{every} of" if every else "None of"
        yield f"{some} {kpis} KPIs could be rated in every year that had a standard for them; {course}."


def _unknown_reports(period: Period) -> Iterator[str]:
    never = [one for one in _own(period) if not measured_years(period, one.code)]
    if never:
        yield f"{len(never)} of {len(_own(period))} indicators have no figure for any year of the plan."


def _assumed(period: Period) -> Iterator[str]:
    found = {
        rating.indicator.row["name"]: None
        for year in period.over
        for rating in period.now(year).ratings.values()
        if rating.rating in RATINGS
        and rating.indicator.row["basis"] == "assumed"
        and not rating.indicator.row["confirmed_by"]
    }
    if found:
        yield f"The standard is assumed, and nobody has confirmed it, for {named(list(found))}."


def _links(period: Period) -> Iterator[str]:
    """Whose reading it is that a KPI speaks to an expected result."""
    links = period.plan.links
    links = links[links["expected_result"] != ""]
    read = int((links["basis"] != "plan").sum())
    if read:
        lie = "such link is" if len(links) == 1 else "such links are"
        said = "That a KPI speaks to an expected result is a reading"
        yield f"{said}: {read} of {len(links)} {lie} not in the plan."


def _states(figures: pd.DataFrame) -> Iterator[str]:
    words = {"illustrative": "invented", "provisional": "provisional", "estimated": "estimated"}
    for state, word in words.items():
        count = int((figures["state"] == state).sum())
        if count:
            all_of = "All" if count == len(figures) > 1 else f"{count} of"
            yield f"{all_of} {len(figures)} figures {'is' if count == 1 else 'are'} {word}."


def _checked(figures: pd.DataFrame) -> Iterator[str]:
    if figures.empty:
        yield "No figure was reported for any year that is over."
        return
    outside = int(figures["verification"].isin(("audited", "published")).sum())
    if not outside:
        yield "No figure was checked by anybody outside the service that reports it."
    elif outside < len(figures):
        were, others = "was" if outside == 1 else "were", "other" if len(figures) - outside == 1 else "others"
        some = part_of(outside, len(figures), "figures")
        yield f"{some} {were} published or audited; nobody outside checked the {others}."
    else:
        yield "All figures were published or audited; none was checked for this page."


def _late(period: Period) -> Iterator[str]:
    count = len(late_rows(period))
    if count:
        came = "figure was" if count == 1 else "figures were"
        yield f"{capital(count_word(count))} {came} reported or revised after {HALF_A_YEAR}."
