"""What was found for an indicator, in a few words: the headings of a page and the lines of its summary."""

from __future__ import annotations

from collections.abc import Callable

from gsanalysis.rating.evaluation import Evaluation
from gsanalysis.rating.rate import IndicatorRating, Rated
from gsanalysis.rating.rules import (
    DIRECTIONS,
    LESS_IS_BETTER,
    RATCHETS,
    RATINGS,
    STEADY_GROWTH,
    TARGETS,
    TRENDS,
    yearly_growth,
)
from gsanalysis.wording.amounts import amount, amounts, difference, united
from gsanalysis.wording.endings import quoted
from gsanalysis.wording.reasons import at_best, crosses_zero
from gsanalysis.wording.words import date_text, number, shortened

Finder = Callable[[Rated, str], str]


def heading(evaluation: Evaluation, rating: IndicatorRating) -> str:
    """The finding as a heading: "Documents delivered on time: short of the standard of 95 %"."""
    return f"{_subject(rating.named)}: {finding(evaluation, rating)}"


def headline(evaluation: Evaluation, rating: IndicatorRating) -> str:
    """The finding as a sentence with its figure: "Documents delivered on time: 91 % in 2014, short of …"."""
    named = rating.named
    words = f"{_subject(named)}: {finding(evaluation, rating)}"
    if withdrawn(named):
        return " ".join([f"{words}.", *_reasons_given(evaluation, named)])
    if named.shown_value is None or named.indicator.rule in ("by_date", "yes", "zero", "level", "monitor"):
        return f"{words}."
    said = f"{_told_apart(named)[0]} in {named.year}"
    return f"{_subject(named)}: {_with_figure(said, finding(evaluation, rating))}."


def withdrawn(named: Rated) -> bool:
    """Whether there is no figure because one that had been reported was taken back."""
    figures = named.evidence.value.figures
    taken_back = any(figure.value is None and figure.first is not None for figure in figures)
    return named.rating == "no_data" and named.indicator.rule != "by_date" and taken_back


def _reasons_given(evaluation: Evaluation, named: Rated) -> list[str]:
    """The reporter's words on figures that were withdrawn, each once."""
    rows = [evaluation.row(figure.row) for figure in named.evidence.value.figures if figure.value is None]
    return list(
        dict.fromkeys(f"The reporter says: {quoted(row['comment'])}" for row in rows if row["comment"])
    )


def finding(evaluation: Evaluation, rating: IndicatorRating) -> str:
    """The finding in a few words, in lower case: "short of the standard of 95 %"."""
    named, reference = rating.named, evaluation.reference_name(rating.indicator.code)
    if named.rating in RATINGS:
        return _since(
            _year_before(evaluation, named), named, _FINDINGS[named.indicator.rule](named, reference)
        )
    return _NOT_RATED[named.rating](named, reference)


def _year_before(evaluation: Evaluation, named: Rated) -> str:
    """The rating of the same indicator or part in the plan's year before; empty where there was none."""
    if named.year <= evaluation.plan.first_year:
        return ""
    parts = evaluation.rating(named.indicator.code, named.year - 1).parts
    return next((before.rating for before in parts if before.part == named.part), "")


def _with_figure(said: str, words: str) -> str:
    """A finding behind its figure, as one grammatical sentence: "rose to 31 activities in 2014"."""
    if words.startswith(("rose", "fell")):
        return f"{words[:4]} to {said}{words[4:]}"
    if words.startswith("meets"):
        return f"{said}, which {words}"
    return f"{said}{';' if words.startswith('the target') else ','} {words.replace('did not change', 'unchanged')}"


def _since(before: str, named: Rated, words: str) -> str:
    """The same words with the turn since the year before, where there was one worth a word.

    It is the ratings that are compared: the value may have been better and its yardstick another one.
    """
    rule = named.indicator.rule
    if before not in RATINGS or rule == "by_date":
        return words
    good, was_good = named.rating in ("achieved", "on_track"), before in ("achieved", "on_track")
    moved = rule in RATCHETS + DIRECTIONS  # what was said of the year before may have been another thing
    if good and not was_good:
        return f"{words}, {'rated worse' if moved else 'unlike'} the year before"
    if was_good and named.rating == "off_track":
        return f"{words}, {'unlike' if rule == 'yes' else 'rated better'} the year before"
    if named.rating == before == "off_track":
        return f"{words}, {'off track again' if moved else 'again'}"
    return words


def _subject(named: Rated) -> str:
    name = named.indicator.row["name"]
    return f"{name}, {shortened(named.part, 60)}" if named.part else name


def _unit(named: Rated) -> str:
    return named.indicator.row["unit"]


def _told_apart(named: Rated) -> tuple[str, str]:
    """The value and what it was held against, with their unit, so that they don't read the same."""
    unit, target = _unit(named), named.outcome.target
    if named.indicator.rule not in TARGETS + TRENDS or not isinstance(target, float):
        return amount(named.shown_value, unit), ""
    value, other = amounts(unit, named.shown_value, target, within=0.2)  # their distance is not said
    return united(value, unit), united(other, unit)


def _target(named: Rated, reference_name: str) -> str:
    less, rating = named.indicator.rule in LESS_IS_BETTER, named.rating
    target = _told_apart(named)[1]
    if named.case.reference:
        return _against(named, f"the {target} of “{reference_name}”")
    if named.case.due is None:
        return _against(named, f"the standard of {target}")
    if rating == "achieved":
        return f"the target of {target} by {named.case.due} is reached"
    if named.year >= named.case.due:
        missed = "is nearly reached" if rating == "at_risk" else "was missed"
        return f"the target of {target} by {named.case.due} {missed}"
    if rating == "off_track" and named.outcome.pace is None:
        return f"no longer at the target of {target} by {named.case.due}"
    places = {"on_track": "on the path to", "at_risk": "behind the path to", "off_track": "off the path to"}
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
    value, target = str(named.case.value), named.indicator.target
    if value == target:
        return f"“{value}”, as asked"
    return f"“{value}”, {'better than' if named.rating == 'achieved' else 'below'} “{target}”"


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
    if growth == 0 or abs(growth) <= STEADY_GROWTH:
        return f"hardly changed since {year}"
    better = growth * (-1 if named.indicator.rule in LESS_IS_BETTER else 1) > 0
    if crosses_zero(named):
        moved = (
            f"{'improved' if better else 'worsened'} by {difference(named.outcome.gap or 0, _unit(named))}"
        )
    else:
        moved = f"{'up' if growth > 0 else 'down'} {number(100 * abs(growth), '%')} a year"
    turned = named.rating == "at_risk" and better
    last = f", but {'down' if growth > 0 else 'up'} since {named.evidence.previous[0]}" if turned else ""
    return f"{moved} since {year}{last}"


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
    if withdrawn(named):
        what = "the" if len(named.evidence.value.figures) == 1 else "a"
        return f"{what} figure for {named.year} was withdrawn"
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
