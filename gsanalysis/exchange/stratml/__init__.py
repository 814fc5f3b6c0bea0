"""A year's evaluation in StratML Part 2 (ISO 17469-2), the standard for performance plans and reports."""

from gsanalysis.exchange.stratml.document import stratml

__all__ = ["stratml"]
