"""The limits of a page, never empty: what is missing, assumed, weak, unchecked, late or odd about its figures."""

from gsanalysis.pages.limits.sentences import in_part, limit_sentences, limits

__all__ = ["in_part", "limit_sentences", "limits"]
