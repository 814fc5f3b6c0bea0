"""The plan, its figures and a year's ratings as one Excel workbook."""

from gsanalysis.exchange.workbook.book import write_workbook

__all__ = ["write_workbook"]
