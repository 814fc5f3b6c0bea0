"""The pages of a year: what each notebook shows, block by block."""

from gsanalysis.pages.opening import open_evaluation

__all__ = ["open_evaluation"]
