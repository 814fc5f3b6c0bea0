"""Whether a run has nothing to do, found out without loading the data: the hashes of what it reads say so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gsanalysis.runner.book import Outline, Place
from gsanalysis.runner.order import Order
from gsanalysis.runner.outputs import LOCK, locked
from gsanalysis.runner.standing import Standing
from gsanalysis.runner.yearbook import is_complete


def unchanged(orders: Sequence[Order]) -> list[tuple[Order, list[Place]]] | None:
    """The orders with their years and places, if every file stands as it would be made; None where one doesn't.

    Raises OutputError when another run is at work.
    """
    found = []
    for order in orders:
        if order.force or not (order.out / LOCK).exists():
            return None
        with locked(order.out):
            places = _places(order)
        if not places:
            return None
        found.append((replace(order, years=[place.year for place in places if place.year]), places))
    return found


def _places(order: Order) -> list[Place]:
    outline = Outline.read(order.data_folder, order.measurements_folder)
    years = order.years or (outline and outline.latest_year and [outline.latest_year])
    if not outline or not years:
        return []
    order = replace(order, years=years)
    if not set(order.objectives) <= set(outline.objectives):
        return []
    places = order.places(outline)
    return (
        places
        if all(_stands(order, place, Standing(place.folder, order.made_from)) for place in places)
        else []
    )


def _stands(order: Order, place: Place, standing: Standing) -> bool:
    kept = (
        standing.keeps(page, order.shown(place, page), order.formats, place.binds(page))
        for page in order.pages(place)
    )
    return all(kept) and is_complete(place, standing)
