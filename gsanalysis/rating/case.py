"""What a rule gets and what it gives: a case with all that it may look at, and an outcome."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

Scalar = float | str

ON_TRACK_PACE, AT_RISK_PACE = 0.95, 0.60
STEADY_GROWTH = 0.005  # a year; growth within this is neither a rise nor a fall


@dataclass(frozen=True)
class Limits:
    """The limits that the method sets; another value answers how much a rating hangs on them.

    ``on_track`` and ``at_risk`` are paces; growth within ``steady`` a year is neither a rise nor a fall.
    """

    on_track: float = ON_TRACK_PACE
    at_risk: float = AT_RISK_PACE
    steady: float = STEADY_GROWTH


@dataclass(frozen=True)
class Case:
    """All that a rule looks at, for one indicator or part in one year.

    ``value`` is that of the year ``year``; ``target`` the standard as a number (of a reference its value), the
    label or date, or None; ``band`` the limits of ``between``; ``previous`` the latest value of the three years
    before; ``trend`` the values of the baseline years as (year, value); ``reference`` how the reference stands
    (``value``, ``not_applicable``, ``missing``; empty where the target is none); ``horizon`` and ``reported_on``
    are ISO dates.
    """

    year: int
    last_year: int
    value: Scalar | None
    target: Scalar | None = None
    band: tuple[float, float] = (-inf, inf)
    due: int | None = None
    tolerance: float | None = None
    scale: tuple[str, ...] = ()
    baseline: float | None = None
    baseline_years: tuple[int, int] | None = None
    previous: float | None = None
    trend: tuple[tuple[int, float], ...] = ()
    minimum: float | None = None
    maximum: float | None = None
    reference: str = ""
    horizon: str = ""
    reported_on: str = ""
    limits: Limits = Limits()


@dataclass(frozen=True)
class Outcome:
    """What a rule says: the rating (or why there is none), what the value was held against, gap and pace."""

    rating: str
    target: Scalar | None = None
    gap: float | None = None
    pace: float | None = None


def at_least(a: float, b: float) -> bool:
    """Whether a ≥ b, with room for a float's last digits: a ≥ b − 1e-9·max(1, |a|, |b|)."""
    return a >= b - 1e-9 * max(1.0, abs(a), abs(b))


def above(a: float, b: float) -> bool:
    """Whether a is strictly above b, beyond a float's last digits."""
    return not at_least(b, a)
