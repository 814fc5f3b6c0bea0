"""How a page says that figures are invented: in its banner, its footer and the caption of each table."""

from __future__ import annotations

from collections.abc import Collection

from gsanalysis.rating.evaluation import Evaluation

ALL = "All figures on this page are invented to show the workbook. They say nothing about the real organisation."
SOME = "Some figures on this page are invented to show the workbook; each is marked."


def banner(evaluation: Evaluation, codes: Collection[str]) -> str:
    """The warning that figures of these indicators are invented, empty where none is."""
    return {"all": ALL, "some": SOME, "": ""}[_how_many(evaluation, codes)]


def all_invented(evaluation: Evaluation, codes: Collection[str]) -> bool:
    """Whether all figures of these indicators are invented: the banner says so, and each finding need not."""
    return _how_many(evaluation, codes) == "all"


def footer(evaluation: Evaluation, codes: Collection[str]) -> str:
    """The same in a few words, for every page."""
    how_many = _how_many(evaluation, codes)
    return f"{how_many} figures are invented" if how_many else "figures as reported"


def caption(
    evaluation: Evaluation,
    text: str,
    codes: Collection[str] | None = None,
    before: Evaluation | None = None,
) -> str:
    """A table's caption, which says so where figures of these indicators (or of any) are invented.

    Where the table shows the edition ``before`` too, it says so of figures of either.
    """
    how_many = _how_many(evaluation, evaluation.ratings if codes is None else codes, before)
    return f"{text} ({'' if how_many == 'all' else 'some '}figures invented)" if how_many else text


def _how_many(evaluation: Evaluation, codes: Collection[str], before: Evaluation | None = None) -> str:
    editions = [evaluation.figures, *([before.figures] if before else [])]
    states = {
        figure.state
        for figures in editions
        for code in codes
        if before is None or code in figures.indicators  # one of the editions may not have it
        for year in figures.years(figures.indicators[code])
        for figure in figures.cells(figures.indicators[code], year).values()
        if figure.value is not None
    }
    if "illustrative" not in states:
        return ""
    return "all" if states == {"illustrative"} else "some"
