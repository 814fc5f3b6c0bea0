"""Evaluation workbook for a strategic plan."""
