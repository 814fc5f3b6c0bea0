"""What was found for an indicator, in a few words: the headings of a page and the lines of its summary."""

from __future__ import annotations

from collections.abc import Callable

from gsanalysis.rating.evaluation import Evaluation
from gsanalysis.rating.rate import IndicatorRating, Rated
from gsanalysis.rating.rules import LESS_IS_BETTER, RATINGS, yearly_growth
from gsanalysis.wording.amounts import amount
from gsanalysis.wording.reasons import at_best
from gsanalysis.wording.words import date_text, number, shortened

Finder = Callable[[Rated, str], str]


def heading(evaluation: Evaluation, rating: IndicatorRating) -> str:
    """The finding as a heading: "Documents delivered on time: short of the standard of 95 %"."""
    return f"{_subject(rating.named)}: {finding(evaluation, rating)}"


def headline(evaluation: Evaluation, rating: IndicatorRating) -> str:
    """The finding as a sentence with its figure: "Documents delivered on time: 91 % in 2014, short of …"."""
    named = rating.named
    value = named.shown_value
    if value is None or named.indicator.rule in ("by_date", "yes", "zero", "level", "monitor"):
        return f"{_subject(named)}: {finding(evaluation, rating)}."
    said = f"{amount(value, _unit(named))} in {named.year}"
    return f"{_subject(named)}: {_with_figure(said, finding(evaluation, rating))}."


def finding(evaluation: Evaluation, rating: IndicatorRating) -> str:
    """The finding in a few words, in lower case: "short of the standard of 95 %"."""
    named, reference = rating.named, evaluation.reference_name(rating.indicator.code)
    if named.rating in RATINGS:
        before = evaluation.rating(named.indicator.code, named.year - 1).rating
        return _since(before, named, _FINDINGS[named.indicator.rule](named, reference))
    return _NOT_RATED[named.rating](named, reference)


def _with_figure(said: str, words: str) -> str:
    """A finding behind its figure, as one grammatical sentence: "rose to 31 activities in 2014"."""
    if words.startswith(("rose", "fell")):
        return f"{words[:4]} to {said}{words[4:]}"
    if words.startswith("meets"):
        return f"{said}, which {words}"
    return f"{said}{';' if words.startswith('the target') else ','} {words.replace('did not change', 'unchanged')}"


def _since(before: str, named: Rated, words: str) -> str:
    """The same words with the turn since the year before, where there was one worth a word."""
    if before not in RATINGS or named.indicator.rule == "by_date":
        return words
    good, was_good = named.rating in ("achieved", "on_track"), before in ("achieved", "on_track")
    if good and not was_good:
        return f"{words}, unlike the year before"
    if was_good and named.rating == "off_track":
        return f"{words}, after a better year"
    return f"{words}, again" if not good and named.rating == before == "off_track" else words


def _subject(named: Rated) -> str:
    name = named.indicator.row["name"]
    return f"{name}, {shortened(named.part, 60)}" if named.part else name


def _unit(named: Rated) -> str:
    return named.indicator.row["unit"]


def _target(named: Rated, reference_name: str) -> str:
    less, rating = named.indicator.rule in LESS_IS_BETTER, named.rating
    if named.case.reference:
        return _against(named, f"“{reference_name}”")
    target = amount(named.outcome.target, _unit(named))
    if named.case.due is None:
        return _against(named, f"the standard of {target}")
    if rating == "achieved":
        return f"the target of {target} by {named.case.due} is reached"
    if named.year >= named.case.due:
        missed = "is nearly reached" if rating == "at_risk" else "was missed"
        return f"the target of {target} by {named.case.due} {missed}"
    if rating == "off_track" and named.outcome.pace is None:
        return f"no longer at the target of {target} by {named.case.due}"
    places = {
        "on_track": "on the path to",
        "at_risk": "behind the path to",
        "off_track": "far off the path to",
    }
    return f"{places[rating]} {'at most ' if less else ''}{target} by {named.case.due}"


def _against(named: Rated, what: str) -> str:
    if named.indicator.rule in LESS_IS_BETTER:
        words = {"achieved": "within", "at_risk": "slightly over", "off_track": "over"}
    else:
        words = {"achieved": "meets", "at_risk": "just short of", "off_track": "short of"}
    return f"{words[named.rating]} {what}"


def _band(named: Rated, _: str) -> str:
    low, high = named.case.band
    if low == high:
        words = {"achieved": "meets", "at_risk": "just off", "off_track": "off"}[named.rating]
        return f"{words} the standard of exactly {amount(low, _unit(named))}"
    words = {"achieved": "within", "at_risk": "just outside", "off_track": "outside"}[named.rating]
    return f"{words} the band of {number(low)} to {amount(high, _unit(named))}"


def _zero(named: Rated, _: str) -> str:
    if named.rating == "achieved":
        return "none, as asked"
    return f"{amount(named.case.value, _unit(named))} where none is accepted"


def _level(named: Rated, _: str) -> str:
    words = "" if named.rating == "achieved" else f", below “{named.indicator.target}”"
    return f"“{named.case.value}”{words}"


def _date(named: Rated, _: str) -> str:
    done = named.shown_value
    if done is None:
        return f"not done by {date_text(named.indicator.target)}"
    return f"done on {date_text(str(done))}, {'in time' if named.rating == 'achieved' else 'late'}"


def _ratchet(named: Rated, _: str) -> str:
    gap = named.outcome.gap
    turn, other = ("fell", "rise") if named.indicator.rule in LESS_IS_BETTER else ("rose", "fall")
    if gap is None or (at_best(named) and gap <= 0):
        return "at its best possible"
    if named.rating == "achieved":
        return turn
    if gap > 0:
        return f"{turn}, but not back to the baseline"
    return (
        "did not change"
        if gap == 0
        else {"rise": "rose instead of falling", "fall": "fell instead of rising"}[other]
    )


def _trend(named: Rated, _: str) -> str:
    met = "exactly on" if named.outcome.gap == 0 else "better than"
    words = {"achieved": met, "at_risk": "just behind", "off_track": "behind"}[named.rating]
    first, last = named.indicator.baseline_years or (0, 0)
    return f"{words} the trend of {first} to {last}"


def _direction(named: Rated, _: str) -> str:
    if at_best(named):
        return "at its best possible"
    year, growth = named.indicator.baseline_year, yearly_growth(named.case)
    if abs(growth) == float("inf"):
        return f"{'up' if growth > 0 else 'down'} from none in {year}"
    if growth == 0 or abs(growth) <= 0.005:
        return f"hardly changed since {year}"
    moved = f"{'up' if growth > 0 else 'down'} {number(100 * abs(growth), '%')} a year since {year}"
    side = -1 if named.indicator.rule in LESS_IS_BETTER else 1
    return f"{moved}, but turned last" if named.rating == "at_risk" and side * growth > 0 else moved


_FINDINGS: dict[str, Finder] = {
    "at_least": _target,
    "at_most": _target,
    "between": _band,
    "zero": _zero,
    "yes": lambda named, _: "in place" if named.rating == "achieved" else "not in place",
    "level": _level,
    "by_date": _date,
    "rise_each_year": _ratchet,
    "fall_each_year": _ratchet,
    "above_trend": _trend,
    "below_trend": _trend,
    "increase": _direction,
    "decrease": _direction,
}


def _no_data(named: Rated, _: str) -> str:
    if named.indicator.rule == "by_date":
        return f"nobody has reported whether it was done by {date_text(named.indicator.target)}"
    return f"no figure for {named.year}"


def _no_comparison(named: Rated, reference_name: str) -> str:
    rule = named.indicator.rule
    if named.case.reference:
        return f"no “{reference_name}” of {named.year} to hold it against"
    if rule in ("above_trend", "below_trend"):
        return "too few earlier figures for a trend"
    if rule in ("rise_each_year", "fall_each_year"):
        return "no earlier figure to hold it against"
    return f"no baseline of {named.indicator.baseline_year} to hold it against"


def _not_yet_due(named: Rated, _: str) -> str:
    if named.indicator.rule == "by_date":
        return f"due by {date_text(named.indicator.target)}"
    return "not yet due, in or before its baseline years"


def _monitored(named: Rated, _: str) -> str:
    if named.shown_value is None:
        return f"no figure for {named.year}, and no standard set"
    return f"{_monitored_value(named)} in {named.year}; no standard is set"


def _monitored_value(named: Rated) -> str:
    value = str(named.shown_value)
    if named.indicator.kind == "yes_no":
        return "in place" if value == "yes" else "not in place"
    if named.indicator.kind == "date" and value == "no":
        return "not done"
    return f"“{value}”" if named.indicator.kind == "level" else amount(named.shown_value, _unit(named))


_NOT_RATED: dict[str, Finder] = {
    "no_data": _no_data,
    "no_comparison": _no_comparison,
    "not_yet_due": _not_yet_due,
    "not_applicable": lambda named, _: f"does not apply in {named.year}",
    "monitored": _monitored,
}
