"""The indicators of a KPI as StratML's PerformanceIndicator, with what they speak to."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from gsanalysis.exchange.stratml.elements import add, add_filled, identifier
from gsanalysis.exchange.stratml.results import add_instances
from gsanalysis.rating.evaluation import Evaluation
from gsanalysis.rating.values import Indicator
from gsanalysis.schema import INDICATORS
from gsanalysis.wording.explanation import explanation
from gsanalysis.wording.words import one_line

# Columns with an element of their own; all others are written out in words.
_HELD = ("indicator", "kpi", "name", "unit", "note", "definition", "owner")


def add_indicators(objective: Element, evaluation: Evaluation, kpi: str) -> None:
    """Every indicator of a KPI, in the plan's order."""
    for indicator in evaluation.figures.indicators.values():
        if indicator.kpi == kpi:
            _add_indicator(objective, evaluation, indicator)


def _add_indicator(objective: Element, evaluation: Evaluation, indicator: Indicator) -> None:
    kind = "Quantitative" if indicator.kind == "number" else "Qualitative"
    element = add(objective, "PerformanceIndicator", PerformanceIndicatorType=kind)
    add(element, "SequenceIndicator", indicator.code)
    add(element, "MeasurementDimension", one_line(indicator.row["name"]))
    add(element, "UnitOfMeasurement", indicator.row["unit"])
    add(element, "Identifier", identifier(evaluation.plan, "indicators", indicator.code))
    for number, (kind, to, name, words) in enumerate(_relations(evaluation, indicator)):
        relation = add(element, "Relationship", RelationshipType=kind)
        add(relation, "Identifier", identifier(evaluation.plan, "relation", indicator.code, str(number), to))
        add(relation, "ReferentIdentifier", to)
        add(relation, "Name", name)
        add_filled(relation, "Description", words)
    add_instances(element, evaluation, indicator)
    definition = one_line(indicator.row["definition"])
    add_filled(
        element,
        "OtherInformation",
        " ".join(explanation(evaluation, indicator.code).sentences()),
        f"What is counted: {definition}" if definition else "",
        f"As the data of the plan has it: {'; '.join(_terms(indicator))}.",
    )


def _relations(evaluation: Evaluation, indicator: Indicator) -> Iterator[tuple[str, str, str, str]]:
    """The type, the other end, the name and the reason of each relation that the plan states."""
    plan = evaluation.plan
    for link in plan.links[plan.links["kpi"] == indicator.kpi].to_dict("records"):
        words = ". ".join(filter(None, [f"Basis: {link['basis']}", one_line(link["note"])]))
        for column, table in (("expected_result", "expected_results"), ("output", "outputs")):
            if link[column]:
                to = identifier(plan, table, link[column])
                yield "Narrower_Than", to, f"speaks to {column.replace('_', ' ')} {link[column]}", words
    if indicator.source != indicator.code:
        to = identifier(plan, "indicators", indicator.source)
        yield "Peer_To", to, f"measured by {indicator.source}", "Another reading of the same figures."
    if evaluation.reference_name(indicator.code):
        to = identifier(plan, "indicators", indicator.target)
        yield "Peer_To", to, f"held against {indicator.target}", "Its figure of the same year is the target."


def _terms(indicator: Indicator) -> Iterator[str]:
    """What StratML has no element for, column by column: rule, tolerance, bounds, confirmations and so on."""
    for column in INDICATORS.names:
        if indicator.row[column] and column not in _HELD:
            yield f"{column} {indicator.row[column]}"
