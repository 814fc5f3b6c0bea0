"""The document: the plan's objectives as StratML's goals, what stands below them as StratML's objectives.

A goal of StratML is meant for more than one cycle of resources and measurement, as an objective of our plans is; an
objective of StratML is measured within one. Only StratML's objectives have indicators, and no element stands between
them. So expected results, outputs and KPIs all are StratML's objectives; those of KPIs have the indicators, which
name the expected results and outputs that they speak to.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element, indent, tostring

from gsanalysis.exchange.stratml.elements import NAME_LENGTH, NAMESPACE, add, add_filled, identifier
from gsanalysis.exchange.stratml.indicators import add_indicators
from gsanalysis.exchange.stratml.limits import not_held
from gsanalysis.problems import UsageError
from gsanalysis.rating.evaluation import Evaluation
from gsanalysis.rating.rate import exact_number
from gsanalysis.rating.vintages import edition
from gsanalysis.schema import NOT_RATED, RATINGS
from gsanalysis.wording.caveats import INVENTED
from gsanalysis.wording.words import date_text, listed, one_line, rating_word, shortened


def stratml(evaluation: Evaluation) -> tuple[bytes, list[str]]:
    """A year's evaluation as StratML Part 2, UTF-8, and what it can't hold, in sentences.

    A Performance_Report where the year has a figure, else a Performance_Plan. The year's ratings stand beside the
    figures of all years up to it. Raises UsageError for a plan without objectives, which StratML does not allow.
    """
    plan = evaluation.plan
    if plan.objectives.empty:
        raise UsageError("StratML asks for one objective at least, and the plan has none")
    root = Element("PerformancePlanOrReport", {"xmlns": NAMESPACE, "Type": _type(evaluation)})
    add(root, "Name", plan.title)
    add(
        root,
        "Description",
        f"{plan.organisation}: {plan.first_year} to {plan.last_year}, as rated for {evaluation.year}.",
    )
    add_filled(root, "OtherInformation", *_about(evaluation))
    _add_core(root, evaluation)
    _add_administration(root, evaluation)
    indent(root, " ")
    text = tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode(), not_held(evaluation)


def _type(evaluation: Evaluation) -> str:
    figures = evaluation.figures
    measured = any(
        figure.value is not None
        for indicator in figures.indicators.values()
        for figure in figures.cells(indicator, evaluation.year).values()
    )
    return "Performance_Report" if measured else "Performance_Plan"


def _about(evaluation: Evaluation) -> Iterator[str]:
    """How many figures are invented, and what holds for the whole document."""
    figures = evaluation.figures
    states = [
        figure.state
        for code, indicator in figures.indicators.items()
        for year in figures.years(indicator)
        if indicator.source == code and year <= evaluation.year
        for figure in figures.cells(indicator, year).values()
        if figure.value is not None
    ]
    invented = states.count("illustrative")
    if invented:
        yield (
            f"{invented} of {len(states)} figures are invented to show the workbook, and each is marked. They say "
            "nothing about the real organisation."
        )
    yield (
        "A goal is an objective of the plan; below it stand the plan's expected results, outputs and key performance "
        f"indicators. No share on course is given below a coverage of {exact_number(evaluation.plan.coverage_floor)}."
    )
    if evaluation.as_of:
        yield f"As known on {date_text(evaluation.as_of)}."


def _add_core(root: Element, evaluation: Evaluation) -> None:
    plan = evaluation.plan
    core = add(root, "StrategicPlanCore")
    organisation = add(core, "Organization")
    add(organisation, "Name", plan.organisation)
    add(organisation, "Identifier", identifier(plan, "organisation"))
    for tag, text in (("Vision", plan.goal), ("Mission", plan.mission)):
        if text:
            element = add(core, tag)
            add(element, "Description", text)
            add(element, "Identifier", identifier(plan, tag.lower()))
    for row in plan.objectives.to_dict("records"):
        _add_goal(core, evaluation, row["objective"], row["title"])


def _add_goal(core: Element, evaluation: Evaluation, code: str, title: str) -> None:
    plan = evaluation.plan
    goal = _named(core, "Goal", evaluation, "objectives", code, title)
    kpis = plan.kpis[plan.kpis["objective"] == code]
    own = evaluation.kpis[evaluation.kpis["kpi"].isin(kpis["kpi"])]
    invented = INVENTED if any(_rests_on_invented(evaluation, kpi) for kpi in kpis["kpi"]) else ""
    add_filled(
        goal,
        "OtherInformation",
        _counted(own["rating"], evaluation.year),
        invented,
        _commentary(evaluation, code, ""),
    )
    for row in plan.expected_results[plan.expected_results["objective"] == code].to_dict("records"):
        result = _named(
            goal, "Objective", evaluation, "expected_results", row["expected_result"], row["text"]
        )
        add(result, "OtherInformation", "An expected result.")
    for row in plan.outputs[plan.outputs["objective"] == code].to_dict("records"):
        output = _named(goal, "Objective", evaluation, "outputs", row["output"], row["text"])
        variant = (
            f"In another table of the plan: “{one_line(row['text_variant'])}”" if row["text_variant"] else ""
        )
        add_filled(output, "OtherInformation", "An output.", variant)
    for row in kpis.to_dict("records"):
        _add_kpi(goal, evaluation, row["kpi"], row["text"])


def _add_kpi(goal: Element, evaluation: Evaluation, code: str, text: str) -> None:
    kpi = _named(goal, "Objective", evaluation, "kpis", code, text)
    indicators = [
        indicator.row for indicator in evaluation.figures.indicators.values() if indicator.kpi == code
    ]
    for owner in dict.fromkeys(indicator["owner"] for indicator in indicators if indicator["owner"]):
        supplied = [indicator["indicator"] for indicator in indicators if indicator["owner"] == owner]
        stakeholder = add(kpi, "Stakeholder", StakeholderTypeType="Organization")
        add(stakeholder, "Name", owner)
        role = add(stakeholder, "Role")
        add(role, "Name", f"Supplies the figures of {listed(supplied)}")
        add(role, "RoleType", "Performer")
    [rated] = evaluation.kpis[evaluation.kpis["kpi"] == code].to_dict("records")
    in_part = ", rated in part" if rated["partial"] == "yes" else ""
    rating = f"A key performance indicator, in {evaluation.year} {rating_word(rated['rating'])}{in_part}."
    invented = INVENTED if _rests_on_invented(evaluation, code) else ""
    add_filled(
        kpi,
        "OtherInformation",
        rating,
        invented,
        _commentary(evaluation, evaluation.objective_of(code), code),
    )
    add_indicators(kpi, evaluation, code)


def _named(parent: Element, tag: str, evaluation: Evaluation, table: str, code: str, text: str) -> Element:
    """A goal or objective with its text, first shortened to a name, then in full."""
    element = add(parent, tag)
    add(element, "Name", shortened(text, NAME_LENGTH))
    add(element, "Description", text)
    add(element, "Identifier", identifier(evaluation.plan, table, code))
    add(element, "SequenceIndicator", code)
    return element


def _counted(ratings: Iterable[str], year: int) -> str:
    found = Counter(ratings)
    counts = [f"{found[rating]} {rating_word(rating)}" for rating in (*RATINGS, *NOT_RATED) if found[rating]]
    return (
        f"Key performance indicators in {year}: {listed(counts)}."
        if counts
        else "It has no key performance indicator."
    )


def _rests_on_invented(evaluation: Evaluation, kpi: str) -> bool:
    """Whether a rating of the KPI's indicators rests on an invented figure."""
    states = [
        part.state
        for rating in evaluation.ratings.values()
        if rating.indicator.kpi == kpi
        for part in rating.parts
    ]
    return "illustrative" in states


def _commentary(evaluation: Evaluation, objective: str, kpi: str) -> str:
    """The author's own judgement, which is not shown as of an earlier day."""
    said = evaluation.plan.commentary
    own = said[(said["year"] == evaluation.year) & (said["objective"] == objective) & (said["kpi"] == kpi)]
    return "" if evaluation.as_of else "\n\n".join(own["text"])


def _add_administration(root: Element, evaluation: Evaluation) -> None:
    about = add(root, "AdministrativeInformation")
    seen = (str(evaluation.year), evaluation.as_of or "")
    add(about, "Identifier", identifier(evaluation.plan, "document", *seen))
    add(about, "StartDate", f"{evaluation.year}-01-01")
    add(about, "EndDate", f"{evaluation.year}-12-31")
    if day := edition(evaluation):
        add(about, "PublicationDate", day)
