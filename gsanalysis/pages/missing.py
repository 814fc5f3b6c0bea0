"""What is missing of a year's figures, and who could supply it."""

from __future__ import annotations

from gsanalysis.pages import blocks
from gsanalysis.pages.blocks import Block, cell, column
from gsanalysis.pages.invented import caption
from gsanalysis.rating.evaluation import Evaluation
from gsanalysis.rating.rate import IndicatorRating


def missing(evaluation: Evaluation) -> Block:
    """What is missing, by the service that could supply it."""
    owners: dict[str, list[IndicatorRating]] = {}
    for rating in evaluation.ratings.values():
        if rating.rating in ("no_data", "no_comparison") or rating.missing:
            owners.setdefault(_owner(evaluation, rating), []).append(rating)
    if not owners:
        return blocks.paragraph("Nothing is missing.")
    rows = [
        [cell(owner), cell(str(len(found))), cell("; ".join(_wanted(evaluation, rating) for rating in found))]
        for owner, found in sorted(owners.items(), key=lambda item: -len(item[1]))
    ]
    columns = [
        column("Service"),
        column("Indicators", align="right", width="narrow"),
        column("What is missing", width="wide"),
    ]
    return blocks.table(
        caption(evaluation, f"Missing figures of {evaluation.year} and who could supply them"), columns, rows
    )


def _owner(evaluation: Evaluation, rating: IndicatorRating) -> str:
    """Who could supply what is missing: of a comparison with a reference, that one's owner."""
    indicator = rating.indicator
    if rating.rating == "no_comparison" and rating.named.case.reference:
        indicator = evaluation.figures.indicators[indicator.target]
    return indicator.row["owner"] or "Nobody is named"


def _wanted(evaluation: Evaluation, rating: IndicatorRating) -> str:
    name = rating.indicator.row["name"]
    if rating.rating == "no_comparison":
        reference = evaluation.reference_name(rating.indicator.code)
        return f"{name} ({f'“{reference}”' if reference else 'earlier years'})"
    missing = [
        part.part for part in rating.parts if part.rating in ("no_data", "no_comparison") and part.part
    ]
    return f"{name} ({', '.join(missing)})" if missing else name
