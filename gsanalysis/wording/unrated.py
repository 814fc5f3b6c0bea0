"""Why a value that is there, or may come, has no rating: nothing to compare it with, or not due yet."""

from __future__ import annotations

from gsanalysis.rating.rate import Rated
from gsanalysis.wording.words import date_text


def in_part(rated: Rated) -> str:
    """Of which part a sentence speaks: " for “Arabic”", empty for a total."""
    return f" for “{rated.part}”" if rated.part else ""


def not_yet_due(rated: Rated) -> str:
    """From when on what is asked holds."""
    if rated.indicator.rule == "by_date":
        return f"The date had not come by {date_text(rated.case.horizon)}: not yet due."
    first, last = rated.indicator.baseline_years or (0, 0)
    years = f"The baseline year is {first}" if first == last else f"The baseline years are {first} to {last}"
    return f"{years}, and what is asked holds after that: not yet due."


def no_comparison(rated: Rated, reference_name: str) -> str:
    """What is missing that the value could be held against, without a full stop."""
    case, indicator = rated.case, rated.indicator
    if case.reference:
        return f"No figure of “{reference_name}” was reported for {rated.year}{in_part(rated)}, so it can't be rated"
    if indicator.rule in ("above_trend", "below_trend"):
        first, last = indicator.baseline_years or (0, 0)
        values = f"{len(case.trend)} of {last - first + 1} baseline values"
        are = "is" if len(case.trend) == 1 else "are"
        return f"{values} of {first} to {last} {are} known, and a trend needs three"
    if indicator.rule in ("rise_each_year", "fall_each_year"):
        return "No value of the three years before is known to hold it against"
    return f"No baseline was reported for {indicator.baseline_year}{in_part(rated)}, so it can't be rated"
