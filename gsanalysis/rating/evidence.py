"""The values that a rating rests on, gathered from the figures, and the case that a rule gets (docs/method.md)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gsanalysis.rating.rules import DIRECTIONS, RATCHETS, TARGETS, TRENDS, YEARS_BACK, Case, Scalar
from gsanalysis.rating.values import MISSING, Figures, Indicator, Measured


@dataclass(frozen=True)
class Evidence:
    """The values that the rating of one indicator or part rests on.

    ``reference`` is None where the target is none; ``baseline`` is `MISSING` where the plan states it or no rule
    looks at it; ``previous`` is the latest value of the three years before and its year (0 for none), `MISSING`
    beside a year where that is the stated baseline; ``trend`` are the values of the baseline years.
    """

    value: Measured
    reference: Measured | None = None
    baseline: Measured = MISSING
    previous: tuple[int, Measured] = (0, MISSING)
    trend: tuple[tuple[int, Measured], ...] = ()

    def measured(self) -> list[Measured]:
        """All of them, whether or not each decides."""
        values = [self.value, self.baseline, self.previous[1], *(measured for _, measured in self.trend)]
        return values if self.reference is None else [*values, self.reference]


def gather(figures: Figures, indicator: Indicator, part: str, year: int) -> Evidence:
    """The evidence for the total (``part`` empty) or one part of an indicator in a year."""
    return Evidence(
        value=_value(figures, indicator, part, year),
        reference=_reference(figures, indicator, part, year),
        baseline=_baseline(figures, indicator, part),
        previous=_previous(figures, indicator, part, year),
        trend=tuple(_trend(figures, indicator, part)),
    )


def case_of(indicator: Indicator, evidence: Evidence, year: int, last_year: int, horizon: str) -> Case:
    """What the rule looks at; ``horizon`` is the day up to which a milestone must be done (ISO)."""
    reference, value = evidence.reference, evidence.value
    previous_year, previous = evidence.previous
    stated = indicator.baseline
    return Case(
        year=year,
        last_year=last_year,
        value=value.value,
        target=_target(indicator, reference),
        band=_band(indicator),
        due=indicator.due if reference is None else None,  # a reference is a standard of its year
        tolerance=indicator.tolerance,
        scale=indicator.scale,
        baseline=_float(evidence.baseline.value) if stated is None else stated,
        baseline_years=indicator.baseline_years,
        previous=stated if previous_year and previous is MISSING else _float(previous.value),
        trend=tuple((trend_year, float(measured.value or 0)) for trend_year, measured in evidence.trend),
        minimum=indicator.minimum,
        maximum=indicator.maximum,
        reference=reference.status if reference is not None else "",
        horizon=horizon,
        reported_on=value.figures[0].reported_on if value.figures else "",
    )


def _value(figures: Figures, indicator: Indicator, part: str, year: int) -> Measured:
    """The value of the year; of a milestone that of the latest year with one, unless ``not_applicable`` now."""
    now = figures.value(indicator, part, year)
    if indicator.rule != "by_date" or now.status == "not_applicable":
        return now
    for any_year in reversed(figures.years(indicator)):
        figure = figures.cells(indicator, any_year).get(part)
        if figure is not None and figure.value is not None:
            return Measured(figure.value, "value", (figure,))
    return MISSING


def _reference(figures: Figures, indicator: Indicator, part: str, year: int) -> Measured | None:
    """The reference's value of the same year and breakdown, None where the target is none."""
    if indicator.rule not in TARGETS or indicator.target not in figures.indicators:
        return None
    return figures.value(figures.indicators[indicator.target], part, year)


def _baseline(figures: Figures, indicator: Indicator, part: str) -> Measured:
    """The measured baseline, where a rule uses one and the plan states none."""
    uses = indicator.rule in RATCHETS + DIRECTIONS or (
        indicator.rule in TARGETS and indicator.due is not None
    )
    year = indicator.baseline_year
    if not uses or year is None or indicator.baseline is not None:
        return MISSING
    return figures.value(indicator, part, year)


def _previous(figures: Figures, indicator: Indicator, part: str, year: int) -> tuple[int, Measured]:
    """The latest value of the three years before, and its year; the stated baseline counts for its year."""
    if indicator.rule in RATCHETS + DIRECTIONS:
        for earlier in range(year - 1, year - 1 - YEARS_BACK, -1):
            if indicator.baseline is not None and earlier == indicator.baseline_year:
                return earlier, MISSING
            measured = figures.value(indicator, part, earlier)
            if measured.status == "value":
                return earlier, measured
    return 0, MISSING


def _trend(figures: Figures, indicator: Indicator, part: str) -> Iterator[tuple[int, Measured]]:
    if indicator.rule in TRENDS and indicator.baseline_years is not None:
        first, last = indicator.baseline_years
        for year in range(first, last + 1):
            measured = figures.value(indicator, part, year)
            if measured.status == "value":
                yield year, measured


def _target(indicator: Indicator, reference: Measured | None) -> Scalar | None:
    if reference is not None:
        return reference.value
    return float(indicator.target) if indicator.rule in TARGETS else indicator.target


def _band(indicator: Indicator) -> tuple[float, float]:
    if indicator.rule != "between":
        return Case.band
    low, high = indicator.target.split("|")
    return float(low), float(high)


def _float(value: Scalar | None) -> float | None:
    return None if value is None else float(value)
