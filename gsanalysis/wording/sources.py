"""The figures that a rating rests on, each with its source and vintage."""

from __future__ import annotations

from collections.abc import Iterator

from gsanalysis.rating.evaluation import Evaluation
from gsanalysis.rating.rate import Rated
from gsanalysis.rating.values import Figure, Measured
from gsanalysis.wording.endings import full_stop
from gsanalysis.wording.words import date_text, exact, state_word

UNSAID_STATES = ("final", "illustrative", "not_applicable", "not_collected")


def sources(evaluation: Evaluation, named: Rated) -> list[str]:
    """One sentence for each figure: "2014: 91 %, Yearly return, reported 12 March 2015, internal".

    Of a sum the first sentence says so, because it may stand alone below a chart.
    """
    unit, parts = named.indicator.row["unit"], len(named.evidence.value.figures)
    each = [
        _source(evaluation, label, figure, unit)
        for label, measured in _measured(evaluation, named)
        for figure in measured.figures
    ]
    return [f"Sum of {parts} figures; each is among the sources.", *each] if parts > 1 else each


def _measured(evaluation: Evaluation, named: Rated) -> Iterator[tuple[str, Measured]]:
    evidence = named.evidence
    yield "", evidence.value
    if evidence.reference is not None:
        yield evaluation.reference_name(named.indicator.code), evidence.reference
    yield "Baseline", evidence.baseline
    if evidence.previous[1] != evidence.baseline:
        yield "Before", evidence.previous[1]
    yield from (("Trend", value) for _, value in evidence.trend)


def _source(evaluation: Evaluation, label: str, figure: Figure, unit: str) -> str:
    row = evaluation.row(figure.row)
    value = "no value" if figure.value is None else exact(figure.value, unit)
    facts = [value, str(row["source"]), f"reported {date_text(figure.reported_on)}"]
    facts.append(str(row["verification"]) or "checked by nobody outside the reporting service")
    if figure.state not in UNSAID_STATES:
        facts.append(state_word(figure.state))
    if figure.vintages > 1 and figure.first is not None and figure.first != figure.value:
        facts.append(
            f"first reported as {exact(figure.first, unit)} on {date_text(figure.first_reported_on)}"
        )
    lead = [part for part in (label, str(row["year"]), str(row["breakdown"])) if part]
    return full_stop(f"{', '.join(lead)}: {', '.join(fact for fact in facts if fact)}")
