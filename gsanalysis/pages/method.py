"""How the ratings are made, in two printed pages: each number comes from the code that rates."""

from __future__ import annotations

from gsanalysis.pages import blocks
from gsanalysis.pages.blocks import Block, cell, column
from gsanalysis.pages.contents import capital, count_word
from gsanalysis.pages.rulebook import DESCRIBED, STEADY
from gsanalysis.plan import Plan
from gsanalysis.rating.rules import RULES, YEARS_BACK, Case, pace_of
from gsanalysis.rating.turning import turns
from gsanalysis.rating.vintages import JUMP, LATE_DAYS
from gsanalysis.wording.amounts import difference
from gsanalysis.wording.caveats import FEW_ANSWERS, LOW_RESPONSE
from gsanalysis.wording.words import exact, rating_word

__all__ = ["never", "rules", "rules_explained", "scale", "together", "value_of_a_year"]

_MEANINGS = {
    "achieved": "The standard or target is met.",
    "on_track": "Not there yet, and fast enough to get there.",
    "at_risk": "Missed by little, or too slow by little.",
    "off_track": "Missed, or too slow.",
    "no_data": "Nothing was reported, or the figure was not collected. Not a failure.",
    "no_comparison": "There is a figure, and nothing to hold it against.",
    "not_yet_due": "Its day, or the year after its baseline, has not come.",
    "not_applicable": "It does not apply in the year: an event that was cancelled.",
    "monitored": "No standard was ever set; the figure is shown.",
}


def scale() -> Block:
    """The four ratings, best to worst, and the five words for what is not rated."""
    rows = [
        [cell(capital(rating_word(rating)), sign=rating), cell(means)] for rating, means in _MEANINGS.items()
    ]
    columns = [column("Word"), column("Means", width="wide")]
    note = "The first four are ratings, best to worst. The others are not, and are never counted as one."
    return blocks.table("The signs and what they mean", columns, rows, note, key="scale")


def value_of_a_year() -> Block:
    """Which figure is rated: the latest report, the total, or the parts."""
    return _listing(
        (
            "The latest report counts. A correction is a later report of the same figure; the earlier one is "
            "kept. With an as-of date, only what was reported by that day exists."
        ),
        (
            "A total comes before its parts. Without a total, the list of indicators says whether the parts "
            "are added, or each must meet the standard, or they are only shown. Where each must, the worst "
            "part decides and is named. A part with earlier figures and none in a year in which others have "
            "one counts as not collected; one that has ended is reported once as not applicable."
        ),
        (
            "A part has its own baseline, earlier values and yardstick. Where no part is rated, the first of "
            "the five words above that occurs among them is the answer. Two indicators may share a figure, "
            "each with its rule."
        ),
        (
            "A reported zero is a figure; an empty cell is none. What does not apply is left out of a sum; a part "
            "that was not collected leaves the sum unknown."
        ),
        (
            "A baseline that the plan states counts for its year, whatever was measured. Without one, the "
            "measured value of the baseline year counts."
        ),
        (
            "A rating is as firm as the weakest of the figures it looks at, whether or not each decided: "
            "final, provisional, estimated, invented."
        ),
    )


def rules() -> Block:
    """Every rule: when a value is achieved, what lies between, and when it is not rated."""
    rows = [
        [cell(row.name, small=row.asks), cell(row.achieved), cell(row.between), cell(row.unrated)]
        for row in DESCRIBED
    ]
    columns = [
        column("Asked for"),
        column("Achieved"),
        column("On track or at risk", "else off track", width="wide"),
        column("Not rated"),
    ]
    note = (
        "Without a figure of the year: no data; where it does not apply: not applicable; unless its row says more. "
        "A tolerance is a share of the size of what the value is held against. Numbers that differ by a computer's "
        "last digits are equal."
    )
    return blocks.table("The rules", columns, rows, note, key="rules")


def rules_explained() -> Block:
    """What the table of rules presumes: pace, previous value, trend, growth, the best possible, warnings."""
    years = count_word(YEARS_BACK)
    return _notes(
        (
            "Pace.",
            "The share of the way from baseline to target that is covered, divided by the share of the time from "
            f"baseline year to due year that has passed. {pace_example()}",
        ),
        ("Previous value.", f"The latest of the {years} years before; without one, the baseline."),
        (
            "Trend.",
            "The straight line that lies closest to the values of the baseline years (least squares), read at the "
            "year; or their mean where that asks for more. Never beyond what is possible.",
        ),
        (
            "Growth a year.",
            "The constant yearly rate that leads from baseline to value; where one of them is below nil, the "
            "change in equal yearly steps as a share of the baseline's size; from a baseline of nil, only "
            f"whether it rose or fell. A wrong turn is a step back since the previous value of over {STEADY} of "
            "the baseline's size, or of the previous value's where the baseline is nil.",
        ),
        (
            "Best possible.",
            f"A share at {_percent(1)} can't rise. A value at its best possible has met every rise or fall that "
            "is asked for, also with nothing to compare it with.",
        ),
        (
            "Milestone.",
            "Seen at the end of the year, or on the as-of date where that is earlier. What was reported for "
            "the latest year counts. Silence is not a failure.",
        ),
        (
            "Warnings.",
            f"They stand beside a rating and never change it: fewer than {FEW_ANSWERS} answers to a survey or "
            f"under {_percent(LOW_RESPONSE)} of those asked, a report more than {LATE_DAYS} days after the "
            f"year's end, a change by more than {_percent(JUMP)} of the value before, a target or reference "
            "that was moved.",
        ),
    )


def together(plan: Plan) -> Block:
    """From indicators to KPIs and objectives: the worst rating, then counts with their bounds."""
    floor = _percent(plan.coverage_floor)
    return _notes(
        (
            "A KPI",
            "has the worst rating among its indicators; where none is rated, the first of the five words above "
            "that occurs; without indicators, no data. A rated KPI is rated in part when one of its "
            "indicators, or a part of one, has no data or no comparison.",
        ),
        (
            "An objective",
            "has counts. Its KPIs that can be rated are those rated and those without data or comparison; "
            "coverage is the share of them rated in full.",
        ),
        (
            "On course",
            "are KPIs achieved or on track, counted against those rated. It is given only when coverage "
            f"reaches {floor}, the plan's floor.",
        ),
        (
            "The bounds",
            "beside it count over all KPIs that can be rated: once as if everything missing were off course, a "
            "KPI rated in part too; once as if it were on course.",
        ),
    )


def never() -> Block:
    """What is not done, because it would hide something."""
    return blocks.paragraph(
        "Never done: no average of ratings, no weight, no index, no cap on progress, no percentage of ten things or "
        "fewer, no figure put in the place of a missing one, and no rating changed by an explanation."
    )


def _notes(*said: tuple[str, str]) -> Block:
    return blocks.notes([blocks.note(lead, text) for lead, text in said])


def _listing(*said: str) -> Block:
    return blocks.listing([blocks.item(text) for text in said])


def pace_example() -> str:
    """A pace worked out in words, on round numbers; pace, rating and limits are what the rule says of them."""
    start, due, year, baseline, target, value = 2011, 2015, 2014, 60.0, 80.0, 72.0
    case = Case(
        year=year, last_year=due, value=value, target=target, due=due, baseline=baseline,
        baseline_years=(start, start),
    )  # fmt: skip
    way, time = (value - baseline) / (target - baseline), (year - start) / (due - start)
    limits = [f"{_limit(turn.value, turn.up)} {rating_word(turn.rating)}" for turn in turns("at_least", case)]
    return (
        f"Example: {exact(baseline, '%')} in {start}, a target of {exact(target, '%')} by {due}, and "
        f"{exact(value, '%')} in {year}. That is {_percent(way)} of the way after {_percent(time)} of the time: "
        f"{way:.2f} / {time:.2f} = {pace_of(case, 1):.2f}, {rating_word(RULES['at_least'](case).rating)}. "
        f"{capital(' and '.join(limits))}. Required for the rest: "
        f"{difference((target - value) / (due - year), '%')} a year."
    )


def _limit(value: object, up: bool) -> str:
    return f"{'from' if up else 'under'} {exact(value, '%')} it would be"


def _percent(part: float) -> str:
    return exact(round(100 * part, 9), "%")
