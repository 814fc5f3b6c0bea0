"""Which ratings look different now than they did then, and how then and now are defined."""

from __future__ import annotations

from gsanalysis.pages import blocks
from gsanalysis.pages.blocks import Block, Dictionary, cell, column
from gsanalysis.pages.contents import capital, counted, kpi_rating
from gsanalysis.pages.invented import caption
from gsanalysis.rating.trajectory import Cause, Change, Period, changes, late_rows
from gsanalysis.wording.amounts import united
from gsanalysis.wording.endings import full_stop
from gsanalysis.wording.words import DASH, ELLIPSIS, date_text, exact, listed, rating_word, shortened

SHOWN = 4  # rows named for one change; more are counted
LONGEST = 160  # characters of a reporter's comment
HALF_A_YEAR = "30 June of the following year"


def changed(period: Period) -> Block:
    """Every rating of an indicator that looks different now, with the rows that came later."""
    found = changes(period)
    if not found:
        return blocks.paragraph(f"No rating looks different now than it did then. {_late(period, 0)}")
    rows = [_row(period, change) for change in found]
    columns = [
        column("Indicator", width="wide"),
        column("Year", align="right", width="narrow"),
        column("Then", width="narrow"),
        column("Now", width="narrow"),
        column("Why: what was reported later", width="wide"),
    ]
    evaluation = period.now(period.end)
    codes = [change.now.indicator.code for change in found]
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


def _row(period: Period, change: Change) -> list[Dictionary]:
    indicator = change.now.indicator
    then, now = (kpi_rating(seen(change.year), indicator.kpi) for seen in (period.then, period.now))
    its_kpi = (
        f"KPI {indicator.kpi} stays {rating_word(now)}"
        if then == now
        else f"KPI {indicator.kpi}: {rating_word(then)} → {rating_word(now)}"
    )
    texts = [_said(period, change, cause) for cause in change.causes[:SHOWN]]
    more = len(change.causes) - SHOWN
    texts += [f"{capital(counted(more, 'more figure'))} came later."] if more > 0 else []
    return [
        cell(f"{indicator.code} {indicator.row['name']}", small=its_kpi),
        cell(str(change.year)),
        cell(rating_word(change.then.rating), sign=change.then.rating),
        cell(rating_word(change.now.rating), sign=change.now.rating),
        cell(" ".join(texts), small=_sources(change)),
    ]


def _said(period: Period, change: Change, cause: Cause) -> str:
    """What came later, as a sentence: "Revised on 15 July 2014 from 100.7 % to 99.3 %."."""
    measured = period.now(change.year).figures.indicators[cause.row["indicator"]]
    unit, day = measured.row["unit"], date_text(cause.row["reported_on"])
    before, after = (_value(value, unit) for value in (cause.before, cause.after))
    if cause.after is None:
        said = "said not to apply" if cause.row["state"] == "not_applicable" else "withdrawn"
        what = f"{said} on {day}" + (f"; it was {before}" if cause.before is not None else "")
    elif cause.before is None:
        what = f"reported late, on {day}: {after}"
    elif cause.before == cause.after:
        what = f"reported again on {day}: {after}"
    else:
        what = f"revised on {day} from {before} to {after}"
    return full_stop(f"{_subject(change, cause, measured.row['name'])}{what}")


def _subject(change: Change, cause: Cause, name: str) -> str:
    """What was reported: the figure of the year, of another one, of a part, or what it is held against."""
    facts = [f"“{name}”, which it is held against"] if cause.is_reference else []
    facts += [str(cause.row["breakdown"])] if cause.row["breakdown"] else []
    facts += [f"figure of {cause.row['year']}"] if cause.row["year"] != change.year else []
    return f"{capital(', '.join(facts))}: " if facts else "The figure was "


def _sources(change: Change) -> str:
    """Where the later figures come from and what their reporters say, each once."""
    rows = [cause.row for cause in change.causes[:SHOWN]]
    sources = dict.fromkeys(str(row["source"]) for row in rows)
    comments = dict.fromkeys(str(row["comment"]) for row in rows if row["comment"])
    short = [shortened(comment, LONGEST) for comment in comments]
    said = [text if text.endswith(ELLIPSIS) else full_stop(text) for text in short]
    return " ".join([full_stop(f"Source: {'; '.join(sources)}"), *said])


def _value(value: object, unit: str) -> str:
    return DASH if value is None else united(exact(value, unit), unit)
