"""Why an indicator is rated as it is, in plain sentences.

The same sentences serve the command, the notebooks, HTML and PDF. Their order: what the plan says and whose reading
it is, the figure, the yardstick, the judgement, what would change it, what to be careful with, the sources.
"""

from __future__ import annotations

from dataclasses import dataclass

from gsanalysis.plan import Plan
from gsanalysis.rating.evaluation import Evaluation
from gsanalysis.rating.rate import IndicatorRating, Rated
from gsanalysis.rating.rules import RATINGS, TARGETS, TRENDS
from gsanalysis.rating.values import Figure
from gsanalysis.wording.amounts import amount, amounts, united
from gsanalysis.wording.caveats import INVENTED, caveats
from gsanalysis.wording.changes import changes
from gsanalysis.wording.endings import full_stop, quoted
from gsanalysis.wording.findings import heading
from gsanalysis.wording.reasons import reasoning
from gsanalysis.wording.sources import sources
from gsanalysis.wording.standards import standard, whose
from gsanalysis.wording.words import date_text, exact, listed, one_line


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

    def caveats_beside(self, all_invented: bool) -> list[str]:
        """The caveats for a page; one whose figures are all invented has said that in its banner."""
        return [caveat for caveat in self.caveats if not (all_invented and caveat == INVENTED)]


def explain(plan: Plan, year: int, indicator: str, as_of: str | None = None) -> list[str]:
    """The sentences that say why an indicator is rated so in a year.

    In this order: the plan's words and how they are read, the figure with its unit, the standard and whose it is, the
    judgement, what value would have changed it, cautions, and every source with the day it was reported. With
    ``as_of`` (an ISO date) only what was reported until then is known. An unknown code is a KeyError.

    >>> import gsanalysis as gs
    >>> gs.explain(gs.load(), 2014, "O3-K1b")[2:5:2]
    ['In 2014 it was CHF 16.11 million.', 'CHF 16.11 million is CHF 2.8 million below CHF 18.94 million: achieved.']
    """
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
        change=changes(named),
        caveats=caveats(evaluation, named),
        sources=sources(evaluation, named),
    )


def supplier(owner: str) -> str:
    """Who could supply what is missing, empty where the plan names nobody."""
    return full_stop(f"Who could supply it: {owner}") if owner else ""


def _reading(evaluation: Evaluation, named: Rated) -> list[str]:
    row, kpis = named.indicator.row, evaluation.plan.kpis
    text = kpis.loc[kpis["kpi"] == row["kpi"], "text"].iloc[0]
    words = [f"The plan says: “{one_line(text)}”."]
    return [*words, f"How it is read: {full_stop(one_line(row['note']))}"] if row["note"] else words


def _why(evaluation: Evaluation, rating: IndicatorRating) -> list[str]:
    named = rating.named
    reference = evaluation.reference_name(named.indicator.code)
    said = [*_figure(named), _asked(named, reference)]
    if named.shown_value is None and named.rating in ("no_data", "not_applicable", "monitored"):
        said.extend(_absence(evaluation, named))
    elif named.rating == "not_applicable":
        said.append(f"“{reference}” does not apply in {named.year}: not applicable.")
    said.extend(reasoning(named, reference))
    if named.rating == "no_comparison":
        said.extend(_supplier(_missing_source(evaluation, named)))
    return list(dict.fromkeys([*said, *_parts(rating)]))


def _asked(named: Rated, reference_name: str) -> str:
    """The standard and whose reading it is; of what is monitored there is none."""
    asked = standard(named, reference_name)
    return full_stop(asked if named.indicator.rule == "monitor" else f"{asked}, {whose(named.indicator.row)}")


def _figure(named: Rated) -> list[str]:
    """The value of the year, unless the reasoning says it anyway."""
    value, kind = named.shown_value, named.indicator.kind
    if value is None or named.indicator.rule in ("by_date", "yes"):
        return []
    part = f" for “{named.part}”" if named.part else ""
    if kind == "yes_no":
        return [f"In {named.year} it was {'' if value == 'yes' else 'not '}in place{part}."]
    if kind == "date":
        undone = f"It was reported for {named.year} as not done{part}."
        return [undone if value == "no" else f"The day reported for {named.year} is {exact(value)}{part}."]
    text = f"“{value}”" if kind == "level" else _number(named)
    count = len(named.evidence.value.figures)
    return [
        full_stop(
            f"In {named.year} it was {text}{part}" + (f", the sum of {count} parts" if count > 1 else "")
        )
    ]


def _number(named: Rated) -> str:
    """The value as the reasoning gives it beside its standard."""
    unit, target = named.indicator.row["unit"], named.outcome.target
    if named.indicator.rule in TARGETS + TRENDS and isinstance(target, float):
        return united(amounts(unit, named.shown_value, target)[0], unit)
    return amount(named.shown_value, unit)


def _absence(evaluation: Evaluation, named: Rated) -> list[str]:
    """Why there is no value, as far as anybody said, and who could supply it."""
    figures, judged = named.evidence.value.figures, ": no data" if named.rating == "no_data" else ""
    comments = [
        f"The reporter says: {quoted(comment)}"
        for figure in figures
        if figure.value is None and (comment := str(evaluation.row(figure.row)["comment"]))
    ]
    if named.evidence.value.status == "not_applicable":
        rated = "" if named.rating == "monitored" else ": not applicable"
        return [f"It does not apply in {named.year}{_of_part(named, 'for')}{rated}.", *comments]
    if named.rating == "not_applicable":
        return []
    owner = _supplier(named.indicator.row["owner"])
    if named.indicator.rule == "by_date":
        return [f"{_silence(named)}: no data.", "It is not counted as missed.", *owner]
    silent = next((figure for figure in figures if figure.value is None), None)
    said = _not_reported(evaluation, named) if silent is None else _withheld(named, silent)
    return [f"{said}{judged}.", *comments, *owner]


def _silence(named: Rated) -> str:
    """Nobody said whether a milestone was reached, at least not since the day."""
    part = _of_part(named, "for")
    if named.case.value == "no":
        day = date_text(named.case.reported_on)
        return f"It was reported as not done{part} on {day}, and nobody has reported since the date came"
    return f"Nobody has reported whether it is done{part}"


def _withheld(named: Rated, figure: Figure) -> str:
    part = _of_part(named, "of")
    if figure.first is None:
        return f"The figure{part} was not collected for {named.year}"
    first = amount(figure.first, named.indicator.row["unit"])
    days = (
        f"reported on {date_text(figure.first_reported_on)}, was withdrawn on {date_text(figure.reported_on)}"
    )
    return f"The figure{part} for {named.year}, {first}, {days}"


def _not_reported(evaluation: Evaluation, named: Rated) -> str:
    """That nobody reported a figure, and what is known of its parts."""
    parts = [part for part in evaluation.figures.cells(named.indicator, named.year) if part]
    forgotten = evaluation.figures.forgotten_parts(named.indicator, named.year)
    if forgotten and (named.part in forgotten or named.indicator.breakdowns == "sum"):
        without = listed([f"“{part}”" for part in ([named.part] if named.part else forgotten)])
        return f"No figure of {without} was reported for {named.year}, though of other parts"
    known = listed([f"“{part}”" for part in parts])
    alone = f" as a whole, only for {known}" if parts and not named.part else ""
    return f"No figure was reported for {named.year}{alone}"


def _of_part(named: Rated, word: str) -> str:
    return f" {word} “{named.part}”" if named.part else ""


def _supplier(owner: str) -> list[str]:
    return [supplier(owner)] if owner else []


def _missing_source(evaluation: Evaluation, named: Rated) -> str:
    reference = evaluation.figures.indicators.get(named.indicator.target)
    return (reference or named.indicator).row["owner"]


def _parts(rating: IndicatorRating) -> list[str]:
    """Of a rating by its worst part: how many of the parts met the target, and which could not be rated."""
    named, parts = rating.named, rating.parts
    if len(parts) < 2 or named.rating not in RATINGS:
        return []
    rated = [part for part in parts if part.rating in RATINGS]
    met = sum(part.rating in ("achieved", "on_track") for part in rated)
    sentences = [f"{_on_course(met, len(rated))}; “{named.part}” decides."] if len(rated) > 1 else []
    for reason, what in (("no_data", "no figure"), ("no_comparison", "nothing to be held against")):
        without = [f"“{part.part}”" for part in parts if part.rating == reason]
        if without:
            has = "has" if len(without) == 1 else "have"
            sentences.append(f"{listed(without)} {has} {what} for {named.year}.")
    return sentences


def _on_course(met: int, rated: int) -> str:
    if met == 0:
        return f"None of the {rated} rated parts is on course"
    if met == rated:
        return f"All {rated} rated parts are on course"
    return f"{met} of {rated} rated parts {'is' if met == 1 else 'are'} on course"
