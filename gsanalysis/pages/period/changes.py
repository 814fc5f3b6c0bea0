"""Which ratings look different now than they did then, and how then and now are defined."""

from __future__ import annotations

from gsanalysis.comparison.changes import Differences
from gsanalysis.comparison.words import moving_figures, sentence
from gsanalysis.pages import blocks
from gsanalysis.pages.blocks import Block, Dictionary, cell, column
from gsanalysis.pages.contents import capital, counted, kpi_rating
from gsanalysis.pages.invented import caption
from gsanalysis.rating.trajectory import Period, late_rows
from gsanalysis.wording.endings import full_stop
from gsanalysis.wording.words import ELLIPSIS, date_text, listed, rating_word, shortened

SHOWN = 4  # rows named for one change; more are counted
LONGEST = 160  # characters of a reporter's comment
HALF_A_YEAR = "30 June of the following year"


def changed(period: Period) -> Block:
    """Every rating of an indicator that looks different now, with what moved it."""
    years = [Differences(period.then(year), period.now(year)) for year in period.over]
    found = [(year, code) for year in years for code in year.moved]
    if not found:
        return blocks.paragraph(f"No rating looks different now than it did then. {_late(period, 0)}")
    rows = [_row(year, code) for year, code in found]
    columns = [
        column("Indicator", width="wide"),
        column("Year", align="right", width="narrow"),
        column("Then", width="narrow"),
        column("Now", width="narrow"),
        column("Why: what was reported later", width="wide"),
    ]
    evaluation = period.now(period.end)
    codes = [code for _, code in found]
    words = caption(evaluation, "Ratings that look different now than they did then", codes)
    return blocks.table(words, columns, rows, _late(period, len(found)), "changed ratings")


def how_made(period: Period) -> Block:
    """What then and now mean, and how the page counts."""
    day = period.now(period.end).data_as_of
    now = f"with the figures reported by {date_text(day)}" if day else "with all figures; there are none yet"
    limits = [date_text(period.limit(year)) for year in period.over]
    days = f" ({_days(limits)})" if limits else ""
    earlier = ", or by the as-of date where that is earlier" if period.as_of else ""
    return blocks.notes(
        [
            blocks.note(
                "Then",
                f"is each year with the figures reported by {HALF_A_YEAR}{earlier}{days}. A figure that comes later "
                "counts as late. It is worked out today, with today's rules and targets: no published report is "
                "quoted.",
            ),
            blocks.note("Now", f"is each year {now}, revisions included."),
            blocks.note(
                "A KPI",
                "has the worst rating among its indicators. Ratings are counted; none is averaged, over KPIs or over "
                "years.",
            ),
            blocks.note(
                "Years rated",
                "counts the years in which a KPI could be rated, of those that are over and in which it had a "
                "standard that applied.",
            ),
        ]
    )


def _days(days: list[str]) -> str:
    """All days, or the first and the last of many."""
    return listed(days) if len(days) <= SHOWN else f"{days[0]} to {days[-1]}"


def _late(period: Period, effects: int) -> str:
    """How many rows came late, and how many ratings they changed."""
    count = len(late_rows(period))
    if not count:
        return f"No figure was reported or revised after {HALF_A_YEAR}."
    came = f"{capital(counted(count, 'figure'))} {'was' if count == 1 else 'were'} reported or revised later"
    return f"{came}; {'no rating' if not effects else counted(effects, 'rating')} changed by it."


def _row(year: Differences, code: str) -> list[Dictionary]:
    then, now = year.rating(code)
    indicator = year.after.figures.indicators[code]
    kpi_then, kpi_now = (kpi_rating(seen, indicator.kpi) for seen in year.editions)
    its_kpi = (
        f"KPI {indicator.kpi} stays {rating_word(kpi_now)}"
        if kpi_then == kpi_now
        else f"KPI {indicator.kpi}: {rating_word(kpi_then)} → {rating_word(kpi_now)}"
    )
    return [
        cell(f"{code} {indicator.row['name']}", small=its_kpi),
        cell(str(year.after.year)),
        cell(rating_word(then), sign=then),
        cell(rating_word(now), sign=now),
        cell(sentence(year, code), small=_sources(year, code)),
    ]


def _sources(year: Differences, code: str) -> str:
    """Where the later figures come from and what their reporters say, each once."""
    rows = [year.after.row(figure.row) for figure in moving_figures(year, code)[:SHOWN]]
    sources = dict.fromkeys(str(row["source"]) for row in rows)
    comments = dict.fromkeys(str(row["comment"]) for row in rows if row["comment"])
    short = [shortened(comment, LONGEST) for comment in comments]
    said = [text if text.endswith(ELLIPSIS) else full_stop(text) for text in short]
    return " ".join([full_stop(f"Source: {'; '.join(sources)}"), *said]) if rows else ""
