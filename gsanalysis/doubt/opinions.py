"""Second opinions: what other methods say of the figures that our ratings rest on. They never change a rating."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from gsanalysis.doubt import methods
from gsanalysis.rating.evaluation import Evaluation
from gsanalysis.rating.rate import IndicatorRating
from gsanalysis.rating.rules import DIRECTIONS, LESS_IS_BETTER, RATCHETS, RATINGS, TARGETS, Case
from gsanalysis.wording.amounts import amount, amounts, united
from gsanalysis.wording.words import MINUS, number, rating_word

COLUMNS = ["indicator", "rating", "method", "opinion", "agrees", "why"]


@dataclass(frozen=True)
class Opinion:
    """What a method says: ``opinion`` is on_course, off_course or none; ``why`` a sentence with its figures."""

    opinion: str
    why: str


@dataclass(frozen=True)
class Question:
    """What every method is asked: the named part's case with the figures that our rule looked at."""

    rule: str
    unit: str
    case: Case

    @property
    def side(self) -> int:
        """1 where more is better, −1 where less is."""
        return -1 if self.rule in LESS_IS_BETTER else 1

    @property
    def value(self) -> float:
        """The value of the year."""
        return float(self.case.value or 0)

    @property
    def target(self) -> float:
        """The target, or the reference's value."""
        return float(self.case.target or 0)

    @property
    def start(self) -> int:
        """The single baseline year, 0 for none."""
        years = self.case.baseline_years
        return years[0] if years and years[0] == years[1] else 0

    @property
    def has_target(self) -> bool:
        """Whether the value is held against a number."""
        return self.rule in TARGETS and self.case.target is not None

    def said(self, value: float) -> str:
        """A value with its unit, for reading."""
        return amount(value, self.unit)

    def beside(self, value: float, yardstick: float) -> tuple[str, str]:
        """Two numbers that are compared, with their unit: they read the same only if they are."""
        one, other = (united(text, self.unit) for text in amounts(self.unit, value, yardstick))
        return one, other


def opinions(evaluation: Evaluation) -> pd.DataFrame:
    """What each method says of each indicator, three rows each in the order of the plan.

    Columns, all text: ``indicator``; ``rating`` (ours); ``method`` (growth, percent_of_target, linear_path);
    ``opinion`` (on_course, off_course, none); ``agrees`` (yes, no, "" where either gives no judgement); ``why``.

        >>> import gsanalysis as gs
        >>> said = gs.opinions(gs.Evaluation(gs.load(), 2014)).query("indicator == 'O3-K1b'")
        >>> said[["method", "opinion", "agrees"]].to_numpy().tolist()[1]
        ['percent_of_target', 'on_course', 'yes']
    """
    rows = [
        (code, rating.rating, method, opinion.opinion, agrees(rating.rating, opinion.opinion), opinion.why)
        for code, rating in evaluation.ratings.items()
        for method, opinion in opinions_of(rating).items()
    ]
    return pd.DataFrame(rows, columns=COLUMNS, dtype="str")


def opinions_of(rating: IndicatorRating) -> dict[str, Opinion]:
    """Each method's opinion of one indicator; of parts, of the one that decides."""
    named = rating.named
    question = Question(named.indicator.rule, named.indicator.row["unit"], named.case)
    found = {}
    for method, ask in METHODS.items():
        refused = _refused(named.indicator.kind, question, rating.rating)
        opinion = Opinion("none", refused) if refused else ask(question)
        if agrees(rating.rating, opinion.opinion) == "no":
            why = f"{opinion.why} We rate it {rating_word(rating.rating)}: {DIFFERENCES[method](question)}"
            opinion = Opinion(opinion.opinion, why)
        found[method] = opinion
    return found


def agrees(rating: str, opinion: str) -> str:
    """Whether a method judges as we do: yes, no, or "" where either gives no judgement."""
    if rating not in RATINGS or opinion == "none":
        return ""
    return "yes" if (rating in RATINGS[:2]) == (opinion == "on_course") else "no"


def _refused(kind: str, question: Question, rating: str) -> str:
    """Why no method has anything to say; empty where one may."""
    if rating == "not_applicable":
        return "It does not apply in this year."
    if kind != "number":
        return "It is no number: there is nothing to divide or to draw a line through."
    if question.case.value is None:
        return "There is no figure for the year."
    return ""


def _growth(question: Question) -> Opinion:
    """Growth needed against growth seen; without a target, growth against 1 % a year."""
    case, start, baseline = question.case, question.start, question.case.baseline
    is_due = question.has_target and case.due is not None
    if not is_due and question.rule not in RATCHETS + DIRECTIONS:
        return Opinion(
            "none", "It has neither a year to reach its target by nor a direction from a baseline."
        )
    if baseline is None or not start:
        return Opinion("none", "There is no baseline to grow from.")
    if case.year <= start:
        return Opinion("none", "The baseline year is not over.")
    if is_due and methods.meets(question.value, question.target, question.side):
        return Opinion("on_course", f"{question.said(question.value)} reaches the target already.")
    years = case.year - start
    grown = methods.compound_growth(baseline, question.value, years)
    if not is_due:
        growth = methods.directed_growth(baseline, question.value, years, question.side)
        if growth is None or grown is None:
            return Opinion("none", _no_rate(question, baseline))
        good = methods.meets(growth, methods.GROWTH_A_YEAR, 1)
        wanted = methods.GROWTH_A_YEAR if grown > 0 else -methods.GROWTH_A_YEAR
        seen = amounts("%", 100 * grown, 100 * wanted)[0]
        said = f"It changed by {seen} a year since {start}; the method wants 1 % in the right direction."
        return Opinion(_course(good), _thin(said))
    ratio = methods.growth_ratio(baseline, question.value, question.target, years, (case.due or 0) - start)
    needed = methods.compound_growth(baseline, question.target, (case.due or 0) - start)
    if methods.meets(baseline, question.target, question.side):
        return Opinion("none", "The baseline meets the target, so no growth is needed.")
    if ratio is None or grown is None or needed is None:
        return Opinion("none", _no_rate(question, baseline))
    good = case.year < (case.due or 0) and methods.meets(ratio, methods.GROWTH_RATIO, 1)
    said = f"It changed by {_percent(grown)} a year since {start}, and {_percent(needed)} a year was needed"
    over = "" if case.year < (case.due or 0) else f"; {case.due} is over and the target is not reached"
    return Opinion(_course(good), _thin(f"{said}: {_ratio(ratio)} of it{over}."))


def _percent_of_target(question: Question) -> Opinion:
    """The value as a share of its target."""
    if not question.has_target:
        return Opinion("none", "There is no target to be a share of.")
    share = methods.share_of_target(question.value, question.target, question.side)
    if share is None:
        return Opinion("none", "A share means nothing where a number is nil or negative.")
    value, target = question.beside(question.value, question.target)
    part = number(100 * share, "%")
    said = f"{value} is {part} of the target of {target}."
    if question.side < 0:
        said = f"The target of {target} is {part} of {value}."
    return Opinion(_course(methods.meets(share, 1.0, 1)), said)


def _linear_path(question: Question) -> Opinion:
    """The value against the straight line from the baseline to the target."""
    case, start = question.case, question.start
    if not question.has_target or case.due is None:
        return Opinion("none", "No year is set to reach a target by, so there is no path to it.")
    if case.baseline is None or not start:
        return Opinion("none", "There is no baseline for the path to begin at.")
    if case.year <= start:
        return Opinion("none", "The path has not begun: the baseline year is not over.")
    if methods.meets(case.baseline, question.target, question.side):
        return Opinion("none", "The baseline meets the target, so there is no path to it.")
    path = methods.linear_path(case.baseline, question.target, case.year - start, case.due - start)
    good = methods.meets(question.value, path, question.side)
    value, yardstick = question.beside(question.value, path)
    said = f"The straight path from {start} to {case.due} stands at {yardstick} in {case.year}"
    return Opinion(_course(good), f"{said}; the figure is {value}.")


METHODS: dict[str, Callable[[Question], Opinion]] = {
    "growth": _growth,
    "percent_of_target": _percent_of_target,
    "linear_path": _linear_path,
}


def _why_growth(question: Question) -> str:
    bound = question.case.maximum if question.side > 0 else question.case.minimum
    if bound is not None and methods.meets(question.value, bound, question.side):
        return "it stands at the best there is, where no growth is possible."
    if question.rule in RATCHETS:
        return "the plan asks for a step in every year, the method for growth since the baseline."
    if question.rule in DIRECTIONS:
        return "the rule asks for half a per cent a year and no wrong turn in the last one, the method for 1 % a year."
    return "the rule counts the way to the target in its unit, the method in per cent a year."


def _why_share(question: Question) -> str:
    if question.case.due is not None and question.case.reference == "":
        return "a share of the target ignores where it started and how much time is left."
    return "the rule knows a tolerance, a share of the target does not."


def _why_path(question: Question) -> str:
    return "the rule allows a pace from 0.95 on, a straight path allows nothing less than itself."


DIFFERENCES: dict[str, Callable[[Question], str]] = {
    "growth": _why_growth,
    "percent_of_target": _why_share,
    "linear_path": _why_path,
}


def _course(good: bool) -> str:
    return "on_course" if good else "off_course"


def _no_rate(question: Question, baseline: float) -> str:
    said = f"From {question.said(baseline)} to {question.said(question.value)} there is no growth rate"
    return f"{said}: it needs a baseline that is not nil, and one sign."


def _percent(growth: float) -> str:
    return number(100 * growth, "%")


def _ratio(ratio: float) -> str:
    """A share of the growth needed, with as many digits as tell on which side of 0.95 it lies."""
    good = methods.meets(ratio, methods.GROWTH_RATIO, 1)
    texts = (f"{ratio:.{digits}f}" for digits in (2, 3, 4, 6))
    text = next((text for text in texts if (float(text) >= methods.GROWTH_RATIO) == good), f"{ratio:.12g}")
    return text.replace("-", MINUS if float(text) else "")


def _thin(text: str) -> str:
    return text.replace("1 % ", "1\u202f% ")
