"""Ratings of indicators, KPIs and objectives (method.md, "Bringing ratings together")."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pandas as pd

from gsanalysis.plan import Plan
from gsanalysis.rating.evidence import Evidence, case_of, gather
from gsanalysis.rating.rules import NOT_RATED, RATINGS, RULES, Case, Outcome, Scalar, at_least
from gsanalysis.rating.values import Figures, Indicator, Measured, weakest

_TYPES: dict[str, Any] = {
    **dict.fromkeys(("indicator", "rating", "breakdown", "state"), str),
    **dict.fromkeys(("value", "target"), object),
    **{"gap": float, "pace": float, "missing": int},
}
Row = Mapping[Hashable, Any]  # of a table, by column
BASES = ("plan", "derived", "assumed")  # strongest to weakest
LEVELS = ("indicator", "kpi", "objective")


@dataclass(frozen=True)
class Rated:
    """One indicator, or one part of it, rated for a year, with the evidence that the rating rests on."""

    indicator: Indicator
    part: str
    year: int
    case: Case
    outcome: Outcome
    evidence: Evidence

    @property
    def rating(self) -> str:
        """The rating, or why there is none."""
        return self.outcome.rating

    @property
    def shown_value(self) -> Scalar | None:
        """The value as the table gives it: of a milestone the day it was done, if by the horizon."""
        value = self.evidence.value.value
        if self.indicator.rule == "by_date" and value is not None:
            return value if value != "no" and str(value) <= self.case.horizon else None
        return value

    @property
    def state(self) -> str:
        """The weakest state of the measured values that the rating rests on, empty where it is none."""
        if self.rating not in RATINGS:
            return ""
        return weakest(measured.state for measured in self.evidence.measured())


@dataclass(frozen=True)
class IndicatorRating:
    """An indicator rated for a year.

    ``named`` is its total or the part that decides, ``parts`` are all that were rated, ``missing`` is the number
    of parts without data or comparison beside rated ones.
    """

    indicator: Indicator
    named: Rated
    parts: tuple[Rated, ...]
    missing: int

    @property
    def rating(self) -> str:
        return self.named.rating


def assess(plan: Plan, year: int, level: str = "indicator", as_of: str | None = None) -> pd.DataFrame:
    """Rate a year at one level: ``indicator``, ``kpi`` or ``objective``.

    One row per row of the plan's file, in its order. With ``as_of`` (an ISO date) only rows reported until then exist.

    - ``indicator``: ``indicator``, ``rating``; ``breakdown``, the part that decides ("" is the total); ``value`` and
      ``target`` in the indicator's unit (floats, or text for labels, days, yes and no); ``gap``, in the unit, positive
      where it is good; ``pace``, 1 is as fast as needed; ``state``, the weakest of the figures behind it; ``missing``,
      how many parts have no rating.
    - ``kpi``: ``kpi``, ``rating``, the worst of its indicators; ``rated`` and ``ratable``, counts of them; ``partial``
      (yes or no); ``basis``, the weakest reading among them.
    - ``objective``: ``objective``; a count of KPIs for each rating; ``monitored``, ``ratable``, ``rated``,
      ``partial``; ``coverage``, ``on_course``, ``on_course_low`` and ``on_course_high``, shares of 0 to 1.

    Numbers that say nothing are NaN, other cells None or "". Any year can be rated; one without figures has no data.
    Raises ValueError for another level.

    >>> import gsanalysis as gs
    >>> ratings = gs.assess(gs.load(), 2014).set_index("indicator")
    >>> ratings.loc["O3-K1b", ["rating", "value", "target"]].tolist()
    ['achieved', 16110043.0, 18943996.0]
    """
    if level not in LEVELS:
        raise ValueError(f"there is no level {level!r}; there are {', '.join(LEVELS)}")
    ratings = rate_all(Figures(plan, as_of), year, plan.last_year)
    indicators = indicator_table(ratings)
    if level == "indicator":
        return indicators
    kpis = kpi_table(plan, indicators)
    return kpis if level == "kpi" else objective_table(plan, kpis)


def rate_all(figures: Figures, year: int, last_year: int) -> list[IndicatorRating]:
    """Rate every indicator for a year."""
    return [rate_indicator(figures, indicator, year, last_year) for indicator in figures.indicators.values()]


def rate_indicator(figures: Figures, indicator: Indicator, year: int, last_year: int) -> IndicatorRating:
    """Rate one indicator for a year: its total, or each of its parts and by the worst of them."""
    parts = tuple(rate_part(figures, indicator, p, year, last_year) for p in figures.parts(indicator, year))
    ratings = [part.rating for part in parts]
    rated = any(rating in RATINGS for rating in ratings)
    order = tuple(reversed(RATINGS)) if rated else NOT_RATED
    rating = next(rating for rating in order if rating in ratings)
    missing = sum(rating in ("no_data", "no_comparison") for rating in ratings) if rated else 0
    return IndicatorRating(indicator, parts[ratings.index(rating)], parts, missing)


def rate_part(figures: Figures, indicator: Indicator, part: str, year: int, last_year: int) -> Rated:
    """Rate the total (``part`` empty) or one part of an indicator for a year."""
    evidence = gather(figures, indicator, part, year)
    case = case_of(
        indicator, evidence, year, last_year, horizon=min(f"{year}-12-31", figures.as_of or "9999")
    )
    return Rated(indicator, part, year, case, _outcome(indicator, evidence.value, case), evidence)


def indicator_table(ratings: list[IndicatorRating]) -> pd.DataFrame:
    """The contract's table of indicators."""
    named = [rating.named for rating in ratings]
    return pd.DataFrame(
        {
            "indicator": [r.indicator.code for r in named],
            "rating": [r.rating for r in named],
            "breakdown": [r.part for r in named],
            "value": [r.shown_value for r in named],
            "target": [r.outcome.target for r in named],
            "gap": [r.outcome.gap for r in named],
            "pace": [r.outcome.pace for r in named],
            "state": [r.state for r in named],
            "missing": [rating.missing for rating in ratings],
        }
    ).astype(_TYPES)


def kpi_table(plan: Plan, indicators: pd.DataFrame) -> pd.DataFrame:
    """The contract's table of KPIs, from that of their indicators: the worst rating among them."""
    facts = indicators.merge(plan.indicators[["indicator", "kpi", "basis"]], on="indicator", validate="1:1")
    by_kpi: dict[str, list[Row]] = {kpi: [] for kpi in plan.kpis["kpi"]}
    for row in facts[["kpi", "rating", "missing", "basis"]].to_dict("records"):
        by_kpi[row["kpi"]].append(row)
    rows = [_kpi_row(kpi, own) for kpi, own in by_kpi.items()]
    return pd.DataFrame(rows, columns=["kpi", "rating", "rated", "ratable", "partial", "basis"])


def objective_table(plan: Plan, kpis: pd.DataFrame) -> pd.DataFrame:
    """The contract's table of objectives, from that of their KPIs: counts, never an average."""
    facts = kpis.merge(plan.kpis[["kpi", "objective"]], on="kpi", validate="1:1")
    by_objective: dict[str, list[Row]] = {code: [] for code in plan.objectives["objective"]}
    for row in facts[["objective", "rating", "partial"]].to_dict("records"):
        by_objective[row["objective"]].append(row)
    rows = [
        {"objective": code, **_objective_row(own, plan.coverage_floor)} for code, own in by_objective.items()
    ]
    shares = ("coverage", "on_course", "on_course_low", "on_course_high")
    return pd.DataFrame(rows).astype(dict.fromkeys(shares, float))


def to_csv_text(frame: pd.DataFrame) -> str:
    """A table of `assess` as the contract's CSV: 12 significant digits, never an exponent or −0, LF."""
    return frame.map(cell_text).to_csv(index=False, lineterminator="\n")


def cell_text(cell: object) -> str:
    """One cell of `assess` as text."""
    if cell is None or cell != cell:  # NaN
        return ""
    if isinstance(cell, float):
        return exact_number(cell)
    return str(cell)


def exact_number(value: float) -> str:
    """A number with up to 12 significant digits, never an exponent, never −0."""
    text = format(Decimal(format(value, ".12g")), "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def _outcome(indicator: Indicator, value: Measured, case: Case) -> Outcome:
    if value.status == "not_applicable" and indicator.rule != "monitor":
        return Outcome("not_applicable")
    if value.status == "missing" and indicator.rule not in ("monitor", "by_date"):
        return Outcome("no_data")
    return RULES[indicator.rule](case)


def _kpi_row(kpi: str, indicators: Sequence[Row]) -> dict[str, object]:
    rated = [row for row in indicators if row["rating"] in RATINGS]
    ratable = len(rated) + sum(row["rating"] in ("no_data", "no_comparison") for row in indicators)
    partial = len(rated) > 0 and (len(rated) < ratable or any(row["missing"] > 0 for row in rated))
    order = (*reversed(RATINGS), *NOT_RATED)
    return {
        "kpi": kpi,
        "rating": min((row["rating"] for row in indicators), key=order.index, default="no_data"),
        "rated": len(rated),
        "ratable": ratable,
        "partial": "yes" if partial else "no",
        "basis": max((row["basis"] for row in rated), key=BASES.index, default=""),
    }


def _objective_row(kpis: Sequence[Row], floor: float) -> dict[str, object]:
    found = Counter(row["rating"] for row in kpis)
    counts = {rating: found[rating] for rating in RATINGS + NOT_RATED}
    rated = sum(counts[rating] for rating in RATINGS)
    ratable = rated + counts["no_data"] + counts["no_comparison"]
    partial = sum(row["partial"] == "yes" for row in kpis)
    on_course = [row for row in kpis if row["rating"] in ("achieved", "on_track")]
    complete = sum(row["partial"] != "yes" for row in on_course)
    coverage = (rated - partial) / ratable if ratable else None
    enough = coverage is not None and rated > 0 and at_least(coverage, floor)
    return {
        **counts,
        "ratable": ratable,
        "rated": rated,
        "partial": partial,
        "coverage": coverage,
        "on_course": len(on_course) / rated if enough else None,
        "on_course_low": complete / ratable if ratable else None,
        "on_course_high": (len(on_course) + ratable - rated) / ratable if ratable else None,
    }
