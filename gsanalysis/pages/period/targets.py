"""The targets with a due day or year inside the plan: reached, missed and by how much, or not known."""

from __future__ import annotations

from datetime import date

from gsanalysis.pages import blocks
from gsanalysis.pages.blocks import Block, Dictionary, cell, column
from gsanalysis.pages.contents import capital, count_word, counted
from gsanalysis.pages.invented import caption
from gsanalysis.pages.targets import target_cell
from gsanalysis.rating.rate import IndicatorRating, Rated
from gsanalysis.rating.trajectory import Period, due_targets
from gsanalysis.rating.values import Indicator
from gsanalysis.wording.amounts import amount, difference
from gsanalysis.wording.words import DASH, listed, number, shortened

OUTCOMES = {
    "achieved": "reached",
    "at_risk": "missed narrowly",
    "off_track": "missed",
    "no_data": "not known",
    "no_comparison": "not known",
    "not_applicable": "does not apply",
    "not_yet_due": "not yet due",
}
SAID = {"does not apply": "that did not apply"}
ORDER = ("reached", "missed narrowly", "missed", "not known", "not yet due", "does not apply")


def targets(period: Period) -> list[Block]:
    """How many targets were reached by when they were due, and each of them."""
    found = due_targets(period)
    if not found:
        return [blocks.paragraph("No indicator has a target with a due day or year.")]
    outcomes = [_outcome(period, one) for one in found]
    counts = [(word, outcomes.count(word)) for word in ORDER if word in outcomes]
    in_words = listed([f"{count_word(count)} {SAID.get(word, word)}" for word, count in counts])
    have = "target has" if len(found) == 1 else "targets have"
    said = f"{capital(count_word(len(found)))} {have} a due day or year: {in_words}."
    rows = [_row(period, one, outcome) for one, outcome in zip(found, outcomes, strict=True)]
    columns = [
        column("Indicator", width="wide"),
        column("Target", "whose reading"),
        column("Baseline", align="right", width="narrow"),
        column("When due", align="right", width="narrow"),
        column("Outcome", width="narrow"),
        column("By how much"),
    ]
    words = caption(period.now(period.end), "Targets and what they came to", [one.code for one in found])
    return [blocks.paragraph(said), blocks.table(words, columns, rows, key="due targets")]


def _due(indicator: Indicator) -> int:
    """The year in which a target is due."""
    return int(indicator.target[:4]) if indicator.rule == "by_date" else int(indicator.due or 0)


def _rating(period: Period, indicator: Indicator) -> IndicatorRating:
    """The rating that says what became of a target: of its due year; of a milestone, the latest there is."""
    if indicator.rule == "by_date":
        return period.now(period.plan.last_year).ratings[indicator.code]
    first, last = period.plan.first_year, period.plan.last_year
    return period.now(min(max(_due(indicator), first), last)).ratings[indicator.code]


def _outcome(period: Period, indicator: Indicator) -> str:
    rating = _rating(period, indicator)
    settled = indicator.rule == "by_date" and rating.named.shown_value is not None
    if _due(indicator) > period.plan.last_year and not settled:
        return "not yet due"
    if _due(indicator) not in period.over and _due(indicator) >= period.plan.first_year and not settled:
        return "not yet due"
    return OUTCOMES.get(rating.rating, "not yet due")


def _row(period: Period, indicator: Indicator, outcome: str) -> list[Dictionary]:
    rating = _rating(period, indicator)
    named = rating.named
    evaluation = period.now(named.year)
    known = outcome not in ("not yet due", "does not apply")
    sign = rating.rating if known else "not_yet_due"
    unit = indicator.row["unit"]
    baseline = amount(named.case.baseline, unit) if named.case.baseline is not None else DASH
    small = shortened(named.part, 60) if named.part else ""
    shown = _value(named) if known else DASH
    return [
        cell(f"{indicator.code} {indicator.row['name']}"),
        target_cell(evaluation, rating),
        cell(baseline, small=f"in {indicator.baseline_year}" if indicator.baseline_year else ""),
        cell(shown, small=small if shown != DASH else ""),
        cell(outcome, sign=sign),
        _how_much(period, indicator, rating, outcome),
    ]


def _value(named: Rated) -> str:
    value = named.shown_value
    if value is None:
        return DASH
    return str(value) if named.indicator.rule == "by_date" else amount(value, named.indicator.row["unit"])


def _how_much(period: Period, indicator: Indicator, rating: IndicatorRating, outcome: str) -> Dictionary:
    """The distance to the target, and what is known from other years."""
    if outcome == "not yet due":
        return cell(_to_come(period, indicator))
    if outcome == "not known":
        return cell(_not_known(indicator, rating), small=_latest(period, indicator))
    if outcome == "does not apply":
        return cell(_why_not(period, rating) or DASH)
    if indicator.rule == "by_date":
        return cell(_days(rating.named))
    gap, unit = rating.named.outcome.gap, indicator.row["unit"]
    if not gap or gap != gap:
        return cell("exactly as asked" if gap == 0 else DASH)
    side = "better than asked" if gap > 0 else "short" if indicator.rule == "at_least" else "over"
    return cell(f"{difference(gap, unit)} {side}", small=_later(period, indicator, outcome))


def _why_not(period: Period, rating: IndicatorRating) -> str:
    """What the reporter says of a target that does not apply."""
    evaluation = period.now(rating.named.year)
    comments = [str(evaluation.row(figure.row)["comment"]) for figure in rating.named.evidence.value.figures]
    return shortened(" ".join(filter(None, comments)), 120)


def _to_come(period: Period, indicator: Indicator) -> str:
    due = _due(indicator)
    if due > period.plan.last_year:
        return f"due after the plan, in {due}"
    return f"{due} is not over"


def _not_known(indicator: Indicator, rating: IndicatorRating) -> str:
    if indicator.rule == "by_date":
        return "nobody has reported whether it was done"
    return f"no figure for {rating.named.year}"


def _latest(period: Period, indicator: Indicator) -> str:
    """The latest known value before the due year."""
    if indicator.rule == "by_date":
        return ""
    for year in reversed([year for year in period.years if year < _due(indicator)]):
        value = period.now(year).ratings[indicator.code].named.shown_value
        if value is not None:
            return f"last known: {amount(value, indicator.row['unit'])} in {year}"
    return "no figure before either"


def _days(named: Rated) -> str:
    """How many days a milestone was early or late."""
    done = named.shown_value
    if done is None:
        return "not done"
    days = (date.fromisoformat(str(done)) - date.fromisoformat(named.indicator.target)).days
    if days == 0:
        return "on the day"
    return f"{counted_days(abs(days))} {'late' if days > 0 else 'early'}"


def counted_days(days: int) -> str:
    """A number of days: "one day", "129 days"."""
    return counted(days, "day") if days <= 10 else f"{number(days)} days"


def _later(period: Period, indicator: Indicator, outcome: str) -> str:
    """When a missed target was reached after all, or since when a reached one had been."""
    reached = [y for y in period.over if period.now(y).ratings[indicator.code].rating == "achieved"]
    due = _due(indicator)
    if outcome == "reached":
        earlier = [year for year in reached if year < due]
        return f"first reached in {earlier[0]}" if earlier else ""
    after = [year for year in reached if year > due]
    before = [year for year in reached if year < due]
    if after:
        return f"reached in {after[0]}"
    return f"had been reached in {before[-1]}" if before else ""
