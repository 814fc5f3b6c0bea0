"""What was to be reached and what was, year by year and part by part: StratML's MeasurementInstance."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from gsanalysis.exchange.stratml.elements import add
from gsanalysis.rating.evaluation import Evaluation
from gsanalysis.rating.rate import Rated, exact_number, rate_part
from gsanalysis.rating.rules import DIRECTIONS, RATCHETS, TARGETS, TRENDS
from gsanalysis.rating.values import TOTAL, Figure, Indicator
from gsanalysis.wording.caveats import INVENTED
from gsanalysis.wording.endings import full_stop
from gsanalysis.wording.standards import standard
from gsanalysis.wording.words import date_text, one_line, rating_word, state_word


def add_instances(parent: Element, evaluation: Evaluation, indicator: Indicator) -> None:
    """The stated baseline, then each year up to the one evaluated, with the latest vintages of its figures."""
    if indicator.baseline is not None and indicator.baseline_year is not None:
        result = _result(add(parent, "MeasurementInstance"), "ActualResult", indicator.baseline_year)
        add(result, "NumberOfUnits", indicator.row["baseline"])
        add(result, "Description", "The baseline that the plan states.")
    years = {year for year in evaluation.figures.years(indicator) if year < evaluation.year}
    for year in (*sorted(years), evaluation.year):
        for part in _parts(evaluation, indicator, year):
            _add_instance(parent, evaluation, indicator, part, year)


def _parts(evaluation: Evaluation, indicator: Indicator, year: int) -> list[str]:
    """The parts with a figure, those that are rated, and the total where they add up."""
    rated = evaluation.figures.parts(indicator, year) if year == evaluation.year else []
    total = [TOTAL] if indicator.breakdowns == "sum" else []
    return list(dict.fromkeys([*evaluation.figures.cells(indicator, year), *rated, *total]))


def _add_instance(
    parent: Element, evaluation: Evaluation, indicator: Indicator, part: str, year: int
) -> None:
    rated = rate_part(evaluation.figures, indicator, part, year, evaluation.plan.last_year)
    instance = Element("MeasurementInstance")
    is_rated = part == TOTAL or indicator.breakdowns == "each"
    if is_rated and (year >= evaluation.plan.first_year or year == evaluation.year):
        _add_targets(instance, evaluation, rated)
    _add_actual(instance, evaluation, rated, is_rated and year == evaluation.year)
    if len(instance):
        parent.append(instance)


def _add_targets(instance: Element, evaluation: Evaluation, rated: Rated) -> None:
    """One TargetResult; of a band two, its lower and its upper limit."""
    said = [_of_part(rated.part), full_stop(standard(rated, evaluation.reference_name(rated.indicator.code)))]
    if _rests_on_invented(rated):
        said.insert(0, INVENTED)
    for text in _targets(rated):
        result = _result(instance, "TargetResult", rated.year)
        if rated.indicator.kind == "number":
            if rated.case.due is not None:
                result[:] = []  # to be reached by then, whatever the year
                add(result, "EndDate", f"{rated.case.due}-12-31")
            add(result, "NumberOfUnits", text)
        else:
            _add_descriptor(result, "Target", text)
        add(result, "Description", " ".join(filter(None, said)))


def _targets(rated: Rated) -> list[str]:
    """The target as the data writes it, where the rule has one in that year."""
    indicator, target = rated.indicator, rated.outcome.target
    if indicator.rule == "between":
        return list(dict.fromkeys(indicator.target.split("|")))
    if indicator.rule in TARGETS and not rated.case.reference:
        return [indicator.target]
    if indicator.rule in ("zero", "yes"):
        return ["0" if indicator.rule == "zero" else "yes"]
    if indicator.rule in ("level", "by_date"):
        return [indicator.target]
    return [exact_number(target)] if isinstance(target, float) else []


def _rests_on_invented(rated: Rated) -> bool:
    """Whether the target is a figure itself, or comes of figures, and one of them is invented."""
    if rated.evidence.reference is None and rated.indicator.rule not in RATCHETS + TRENDS + DIRECTIONS:
        return False
    others = rated.evidence.measured()[1:]  # all but the value
    return any(figure.state == "illustrative" for measured in others for figure in measured.figures)


def _add_actual(instance: Element, evaluation: Evaluation, rated: Rated, with_rating: bool) -> None:
    """The figure in force, or the sum of the parts; the rating is StratML's qualitative Descriptor of a number."""
    figure = evaluation.figures.cells(rated.indicator, rated.year).get(rated.part)
    measured = evaluation.figures.value(rated.indicator, rated.part, rated.year)
    if figure is None and not measured.figures:
        return
    result = _result(instance, "ActualResult", rated.year)
    value = "" if measured.value is None else _as_written(evaluation, figure, measured.value)
    rating = f"Rating: {rating_word(rated.rating)}." if with_rating else ""
    if rated.indicator.kind == "number":
        if value:
            add(result, "NumberOfUnits", value)
        if with_rating:
            _add_descriptor(result, "Rating", rating_word(rated.rating))
    elif value:
        _add_descriptor(result, "Value", value)
    figures = measured.figures if figure is None else (figure,)
    said = _said_of_sum(figures) if figure is None else _said(evaluation, figure)
    add(result, "Description", " ".join(filter(None, [*said, rating])))


def _as_written(evaluation: Evaluation, figure: Figure | None, value: float | str) -> str:
    """The value as the file has it, with all its digits; of a sum with twelve."""
    return exact_number(float(value)) if figure is None else str(evaluation.row(figure.row)["value"])


def _said(evaluation: Evaluation, figure: Figure) -> Iterator[str]:
    """What StratML has no element for: state, part, source, who checked it, how many answered, the comment."""
    row = evaluation.row(figure.row)
    yield INVENTED if figure.state == "illustrative" else full_stop(state_word(figure.state).capitalize())
    yield _of_part(row["breakdown"])
    address = f" ({row['source_url']})" if row["source_url"] else ""
    yield full_stop(f"Reported on {date_text(row['reported_on'])}: {one_line(row['source'])}{address}")
    yield f"Checked: {row['verification']}." if row["verification"] else ""
    yield f"Answers: {row['responses']}." if row["responses"] else ""
    yield f"Asked: {row['invited']}." if row["invited"] else ""
    yield full_stop(one_line(row["comment"])) if row["comment"] else ""


def _said_of_sum(figures: tuple[Figure, ...]) -> Iterator[str]:
    if any(figure.state == "illustrative" for figure in figures):
        yield INVENTED
    missing = " One of them was not collected." if any(figure.value is None for figure in figures) else ""
    yield f"The sum of {len(figures)} parts.{missing}"


def _of_part(part: str) -> str:
    return f"Part: “{one_line(part)}”." if part else ""


def _result(instance: Element, tag: str, year: int) -> Element:
    result = add(instance, tag)
    add(result, "StartDate", f"{year}-01-01")
    add(result, "EndDate", f"{year}-12-31")
    return result


def _add_descriptor(result: Element, name: str, value: str) -> None:
    descriptor = add(result, "Descriptor")
    add(descriptor, "DescriptorName", name)
    add(descriptor, "DescriptorValue", value)
