"""What is different between two editions' figures: the latest vintage of each indicator, year and breakdown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gsanalysis.comparison.difference import Difference, value_text
from gsanalysis.rating.values import Figure, Figures

Place = tuple[int, str]  # year and breakdown


def own_cells(figures: Figures, code: str) -> dict[Place, Figure]:
    """An indicator's own figures, by year and then in the order of their first rows; none where another has them."""
    indicator = figures.indicators.get(code)
    if indicator is None or indicator.source != code:
        return {}
    return {
        (year, part): figure
        for year in figures.years(indicator)
        for part, figure in figures.cells(indicator, year).items()
    }


def figure_differences(
    code: str, before: Mapping[Place, Figure], after: Mapping[Place, Figure]
) -> Iterator[Difference]:
    """The figures and states of one indicator that differ, by year."""
    places = dict.fromkeys([*after, *before])
    for place in sorted(places, key=lambda place: place[0]):  # stable: parts stay in the order of their rows
        yield from _cell_differences(code, place, before.get(place), after.get(place))


def _cell_differences(
    code: str, place: Place, before: Figure | None, after: Figure | None
) -> Iterator[Difference]:
    """What happened to a figure, and its state where that does not follow from it.

    A new figure is final, a revised one keeps its state, a withdrawn one is not collected. A state of "" is that
    of a row that does not exist.
    """
    (old, old_state), (new, new_state) = _said(before), _said(after)
    implied = old_state
    if old != new:
        change = "figure_new" if not old else "figure_revised" if new else "figure_withdrawn"
        implied = {"figure_new": "final", "figure_withdrawn": "not_collected"}.get(change, old_state)
        yield Difference(code, str(place[0]), place[1], change, old, new)
    if new_state != implied:
        yield Difference(code, str(place[0]), place[1], "state", old_state, new_state)


def _said(figure: Figure | None) -> tuple[str, str]:
    return ("", "") if figure is None else (value_text(figure.value), figure.state)
