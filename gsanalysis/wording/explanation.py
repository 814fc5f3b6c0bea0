"""Why an indicator is rated as it is, in plain sentences.

The same sentences serve the command, the notebooks, HTML and PDF. Their order: what the plan says and whose reading
it is, the figure, the yardstick, the judgement, what would change it, what to be careful with, the sources.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from gsanalysis.plan import Plan
from gsanalysis.rating.evaluation import Evaluation
from gsanalysis.rating.rate import IndicatorRating, Rated
from gsanalysis.rating.rules import RATINGS, RULES, Scalar
from gsanalysis.rating.turning import Turn, turns
from gsanalysis.rating.values import Figure, Measured
from gsanalysis.wording.findings import heading
from gsanalysis.wording.sentences import amount, reasoning, standard
from gsanalysis.wording.words import (
    currency,
    date_text,
    exact,
    is_share,
    listed,
    rating_word,
    share,
    state_word,
)

FEW_ANSWERS, LOW_RESPONSE = 30, 0.5  # below these a survey gets a warning (UK NAO)


@dataclass(frozen=True)
class Explanation:
    """The sentences about one indicator's rating in a year, by what they answer; a list may be empty."""

    code: str
    rating: str
    heading: str
    reading: list[str]
    why: list[str]
    change: list[str]
    caveats: list[str]
    sources: list[str]

    def sentences(self) -> list[str]:
        """All of them, in the order in which they are read."""
        return [*self.reading, *self.why, *self.change, *self.caveats, *self.sources]


def explain(plan: Plan, year: int, indicator: str, as_of: str | None = None) -> list[str]:
    """The sentences that say why an indicator is rated so in a year; an unknown code is a KeyError."""
    return explanation(Evaluation(plan, year, as_of), indicator).sentences()


def explanation(evaluation: Evaluation, code: str) -> Explanation:
    """Why an indicator is rated as it is, part by part where it has several."""
    rating = evaluation.ratings[code]
    named = rating.named
    return Explanation(
        code,
        rating.rating,
        heading(evaluation, rating),
        reading=_reading(evaluation, named),
        why=_why(evaluation, rating),
        change=_change(named),
        caveats=_caveats(evaluation, rating),
        sources=_sources(evaluation, named),
    )


def whose(row: dict[str, str]) -> str:
    """Whose reading a standard is, as the end of a sentence: "as the plan states"."""
    if row["basis"] == "plan":
        return "as the plan states"
    words = "derived from the plan's words" if row["basis"] == "derived" else "assumed by the evaluation unit"
    if row.get("confirmed_by"):
        day = f" on {date_text(row['confirmed_on'])}" if row.get("confirmed_on") else ""
        return f"{words} and confirmed by {row['confirmed_by']}{day}"
    return f"{words} and not yet confirmed" if row["basis"] == "assumed" else words


def _reading(evaluation: Evaluation, named: Rated) -> list[str]:
    row = named.indicator.row
    kpis = evaluation.plan.kpis
    text = kpis.loc[kpis["kpi"] == row["kpi"], "text"].iloc[0]
    words = [f"The plan says: “{text}”."]
    return [*words, f"How it is read: {_full_stop(row['note'])}"] if row["note"] else words


def _why(evaluation: Evaluation, rating: IndicatorRating) -> list[str]:
    named = rating.named
    asked = standard(named, evaluation.reference_name(named.indicator.code))
    said = [_figure(named)] if named.shown_value is not None and named.indicator.rule != "by_date" else []
    said.append(
        f"{asked}, {whose(named.indicator.row)}." if named.indicator.rule != "monitor" else f"{asked}."
    )
    if rating.rating in ("no_data", "not_applicable"):
        said.extend(_absence(evaluation, named))
    reason = reasoning(named, evaluation.reference_name(named.indicator.code))
    if reason:
        said.append(reason)
    if rating.rating == "no_comparison":
        said.extend(_supplier(_missing_source(evaluation, named)))
    return [*said, *_parts(rating)]


def _figure(named: Rated) -> str:
    value = named.shown_value
    text = f"“{value}”" if named.indicator.kind == "level" else amount(value, named.indicator.row["unit"])
    part = f" for {named.part}" if named.part else ""
    count = len(named.evidence.value.figures)
    total = f", the sum of {count} parts" if count > 1 else ""
    return f"In {named.year} it was {text}{part}{total}."


def _absence(evaluation: Evaluation, named: Rated) -> list[str]:
    """Why there is no value, as far as anybody said."""
    figures, comments = named.evidence.value.figures, []
    for figure in figures:
        if figure.value is None:
            comment = str(evaluation.row(figure.row)["comment"])
            comments.append(f" The reporter says: {_quoted(comment)}" if comment else "")
    said = "".join(comments)
    if named.rating == "not_applicable":
        reference = named.case.reference == "not_applicable"
        what = "What it is held against does" if reference else "It does"
        return [f"{what} not apply in {named.year}: not applicable.{said}"]
    if named.indicator.rule == "by_date":
        sentence = "Nobody has reported whether it is done: no data. It is not counted as missed."
    elif figures:
        sentence = f"The figure was not collected for {named.year}: no data.{said}"
    else:
        sentence = f"No figure was reported for {named.year}{_parts_alone(evaluation, named)}: no data."
    return [sentence, *_supplier(named.indicator.row["owner"])]


def _parts_alone(evaluation: Evaluation, named: Rated) -> str:
    """What the parts say where there is no total, as the middle of a sentence."""
    parts = [part for part in evaluation.figures.cells(named.indicator, named.year) if part]
    forgotten = evaluation.figures.forgotten_parts(named.indicator, named.year)
    if forgotten and (named.part in forgotten or named.indicator.breakdowns == "sum"):
        return f" for {listed(forgotten)}, though for other parts"
    return f"; only parts of it are known ({listed(parts)})" if parts and not named.part else ""


def supplier(owner: str) -> str:
    """Who could supply what is missing, empty where the plan names nobody."""
    return f"Who could supply it: {owner}." if owner else ""


def _supplier(owner: str) -> list[str]:
    return [supplier(owner)] if owner else []


def _missing_source(evaluation: Evaluation, named: Rated) -> str:
    reference = evaluation.figures.indicators.get(named.indicator.target)
    return (reference or named.indicator).row["owner"]


def _parts(rating: IndicatorRating) -> list[str]:
    """Of a rating by its worst part: how many of the parts met the target, and which have no figure."""
    parts, named = rating.parts, rating.named
    if len(parts) < 2 or named.rating not in RATINGS:
        return []
    rated = [part for part in parts if part.rating in RATINGS]
    met = sum(part.rating in ("achieved", "on_track") for part in rated)
    counted = f"{share(met, len(rated))} rated parts {'is' if met == 1 else 'are'} on course; “{named.part}” decides."
    sentences = [counted] if len(rated) > 1 else []
    without = [f"“{part.part}”" for part in parts if part.rating in ("no_data", "no_comparison")]
    if without:
        has = "has" if len(without) == 1 else "have"
        sentences.append(f"{listed(without)} {has} nothing to be rated by for {named.year}.")
    return sentences


def _change(named: Rated) -> list[str]:
    """What value would have changed it; empty where nothing was rated."""
    if named.rating not in RATINGS:
        return []
    found = turns(named.indicator.rule, named.case)
    if not found:
        return ["No other value would have changed the rating."]
    if len(found) == 2 and found[0].value == found[1].value:
        return [f"Any other value would be {rating_word(found[0].rating)}."]
    unit, kind = named.indicator.row["unit"], named.indicator.kind
    clauses = [_turn(turn, unit, kind) for turn in found]
    first = f"{clauses[0][0]} it would be {clauses[0][1]}"
    rest = "".join(f", {where[0].lower()}{where[1:]} {rating}" for where, rating in clauses[1:])
    return [f"{first}{rest}."]


def _turn(turn: Turn, unit: str, kind: str) -> tuple[str, str]:
    rating = rating_word(turn.rating)
    if kind == "date":
        day = date_text(str(turn.value))
        return (f"Done by {day}" if turn.inclusive else f"Done after {day}"), rating
    if kind in ("yes_no", "level"):
        return f"With “{turn.value}”", rating
    value = _threshold(float(turn.value), unit)
    if turn.up:
        return (f"From {value}" if turn.inclusive else f"Above {value}"), rating
    return (f"At {value} or less" if turn.inclusive else f"Under {value}"), rating


def _threshold(value: float, unit: str) -> str:
    """A threshold in full, or to six digits: rounding it to three could put it on the wrong side."""
    full = float(f"{value:.12g}")
    text = exact(full if round(full, 2) == full else float(f"{value:.6g}"), unit)
    return text if is_share(unit) or currency(unit) or unit in ("", "number") else f"{text} {unit}"


def _caveats(evaluation: Evaluation, rating: IndicatorRating) -> list[str]:
    named = rating.named
    found = [*_state(named), *_survey(evaluation, named), *_moved(evaluation, named)]
    for figure in named.evidence.value.figures:
        comment = str(evaluation.row(figure.row)["comment"])
        if comment and figure.value is not None:
            found.append(f"The reporter says: {_quoted(comment)}")
    return found


def _state(named: Rated) -> list[str]:
    state = named.state or named.evidence.value.state
    if state == "illustrative":
        return ["Invented to show the workbook."]
    if state in ("provisional", "estimated"):
        own = named.evidence.value.state == state
        return [f"{'The figure' if own else 'A figure that the rating rests on'} is {state_word(state)}."]
    return []


def _survey(evaluation: Evaluation, named: Rated) -> list[str]:
    """How many answered, and a warning where they are few."""
    sentences = []
    for figure in named.evidence.value.figures:
        row = evaluation.row(figure.row)
        if row["responses"] and row["invited"]:
            answered, asked = int(str(row["responses"])), int(str(row["invited"]))
            few = answered < FEW_ANSWERS or (asked > 0 and answered / asked < LOW_RESPONSE)
            warning = ": too few to stand for all" if few else ""
            of = f" ({share(answered, asked)})" if asked > 10 else ""
            sentences.append(f"{answered} of {asked} who were asked answered{of}{warning}.")
    return sentences


def _moved(evaluation: Evaluation, named: Rated) -> list[str]:
    """Goalposts that moved: a reference revised after the fact, a target set anew."""
    row, sentences = named.indicator.row, []
    reference = named.evidence.reference
    if named.rating in RATINGS and reference is not None and any(f.vintages > 1 for f in reference.figures):
        first = sum(float(f.first) for f in reference.figures if f.first is not None)
        last = amount(named.case.target, row["unit"])
        name = evaluation.reference_name(named.indicator.code)
        day = date_text(max(f.reported_on for f in reference.figures))
        verdict = _verdict(named, first)
        if first != named.case.target:
            moved = f"“{name}” was revised from {amount(first, row['unit'])} to {last} on {day}"
            sentences.append(f"{moved}; {verdict}.")
    if row["first_target"] and row["first_target"] != row["target"]:
        sentences.append(_first_target(named))
    return sentences


def _first_target(named: Rated) -> str:
    row = named.indicator.row
    first: Scalar = row["first_target"]
    verdict = ""
    if named.rating in RATINGS and not named.case.reference:
        verdict = f"; {_verdict(named, float(first) if named.indicator.kind == 'number' else first)}"
    return f"The target was first set at {_amount(first, row['unit'])} and moved since{verdict}."


def _amount(text: Scalar, unit: str) -> str:
    try:
        return amount(float(text), unit)
    except ValueError:
        return exact(text)


def _verdict(named: Rated, target: Scalar) -> str:
    """Whether another target would give another rating."""
    case = replace(named.case, target=target)
    if named.indicator.rule == "between":
        return "the rating is by the present one"
    other = RULES[named.indicator.rule](case).rating
    return (
        "both give the same rating" if other == named.rating else f"the first would give {rating_word(other)}"
    )


def _sources(evaluation: Evaluation, named: Rated) -> list[str]:
    evidence = named.evidence
    sentences: list[str] = []
    measured: list[tuple[str, Measured]] = [("", evidence.value)]
    if evidence.reference is not None:
        measured.append((evaluation.reference_name(named.indicator.code), evidence.reference))
    measured.append(("Baseline", evidence.baseline))
    if evidence.previous[1] is not evidence.baseline:
        measured.append(("Before", evidence.previous[1]))
    measured.extend((f"Trend {year}", value) for year, value in evidence.trend)
    for label, value in measured:
        sentences.extend(_source(evaluation, label, figure, named) for figure in value.figures)
    return sentences


def _source(evaluation: Evaluation, label: str, figure: Figure, named: Rated) -> str:
    """A figure's source and vintage: "2014: 91 %, Yearly return, reported 12 March 2015, internal"."""
    row = evaluation.row(figure.row)
    value = "no value" if figure.value is None else exact(figure.value, named.indicator.row["unit"])
    part = f", {row['breakdown']}" if row["breakdown"] else ""
    facts = [value, str(row["source"]), f"reported {date_text(figure.reported_on)}"]
    facts.append(str(row["verification"]) or "checked by nobody outside the reporting service")
    if figure.state not in ("final", "illustrative", "not_applicable", "not_collected"):
        facts.append(state_word(figure.state))
    if figure.vintages > 1 and figure.first is not None and figure.first != figure.value:
        first = exact(figure.first, named.indicator.row["unit"])
        facts.append(f"first reported as {first} on {date_text(figure.first_reported_on)}")
    lead = f"{label}, {row['year']}" if label else f"{row['year']}"
    return f"{lead}{part}: {', '.join(facts)}."


def _quoted(text: str) -> str:
    """Somebody's words as the end of a sentence."""
    return f"“{text}”" if text.endswith((".", "!", "?")) else f"“{text}”."


def _full_stop(text: str) -> str:
    return text if text.endswith((".", "!", "?", "”")) else f"{text}."
