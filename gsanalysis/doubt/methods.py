"""Three published ways to judge a figure that are not ours, as functions of the numbers alone.

``side`` is 1 where more is better and −1 where less is. None of them knows a tolerance, a state or a vintage.
"""

from __future__ import annotations

from gsanalysis.rating.rules import at_least

GROWTH_RATIO = 0.95  # "significant progress" at Eurostat, "substantial progress" in Open SDG
GROWTH_A_YEAR = 0.01  # "significant progress" without a target at Eurostat


def compound_growth(start: float, end: float, years: int) -> float | None:
    """Compound annual growth rate, ``(end / start)^(1 / years) − 1``; None where it does not exist.

    Source: Eurostat, Sustainable development in the European Union, annex on the assessment of trends. It does not
    exist from nil, between values of different signs, or over no time.
    """
    if start == 0 or end / start < 0 or years < 1:
        return None
    return float((end / start) ** (1 / years) - 1)


def growth_ratio(
    baseline: float, value: float, target: float, years: int, years_to_target: int
) -> float | None:
    """Growth a year seen, as a share of that needed from the same baseline: positive towards the target.

    Source: Eurostat as above; Open SDG (sdg-build, ProgressMeasure, "methodology 2"). None where either growth does not
    exist, or none is needed.
    """
    seen = compound_growth(baseline, value, years)
    needed = compound_growth(baseline, target, years_to_target)
    return None if seen is None or not needed else seen / needed


def directed_growth(baseline: float, value: float, years: int, side: int) -> float | None:
    """Growth a year in the direction that is wanted, for a plan without a target.

    Source: Eurostat as above; Open SDG, "methodology 1", which turns the sign for negative baselines.
    """
    growth = compound_growth(baseline, value, years)
    return None if growth is None else (1 if baseline > 0 else -1) * side * growth


def share_of_target(value: float, target: float, side: int) -> float | None:
    """The value as a share of its target, the target as a share of the value where less is better.

    What most tools show; they differ in their limits. None where a number is nil or negative: a share means nothing
    there.
    """
    if target <= 0 or value < 0 or (side < 0 and value == 0):
        return None
    return value / target if side > 0 else target / value


def linear_path(baseline: float, target: float, years: int, years_to_target: int) -> float:
    """Where a straight line from the baseline to the target stands after so many years; at its end, the target.

    The "required path" of target monitoring, for example in the European Commission's Europe 2020 scoreboards.
    """
    return baseline + (target - baseline) * min(1.0, years / years_to_target)


def meets(value: float, yardstick: float, side: int) -> bool:
    """Whether a value meets what it is held against, with room for a float's last digits."""
    return at_least(side * value, side * yardstick)
