"""The page's head and its answer: how many ratings moved, and the best, the worst and the lost among them."""

from __future__ import annotations

from gsanalysis.comparison.changes import Differences
from gsanalysis.comparison.edition import differences, plan_before
from gsanalysis.comparison.words import sentence
from gsanalysis.pages import blocks
from gsanalysis.pages.blocks import Block
from gsanalysis.pages.contents import capital, counted
from gsanalysis.pages.opening import open_evaluation, page_title
from gsanalysis.pages.since.contents import (
    day_before,
    figure_rows,
    first_rated_codes,
    indicator_of,
    moved_codes,
    years,
)
from gsanalysis.plan import UsageError
from gsanalysis.rating.rules import RATINGS
from gsanalysis.wording.words import date_text

Move = tuple[Differences, str]  # the two editions of a year, and an indicator


def open_differences(
    year: int, since: str = "", before: str = "", as_of: str = "", data: str = "", measurements: str = ""
) -> Differences:
    """The year as it is now and as it was: on the day ``since``, or in the data folder ``before``.

    With neither, on the last 30 June before the edition. Raises UsageError for both, and what `open_evaluation` raises.
    """
    if since and before:
        raise UsageError("since and before name two editions: give one of them")
    now = open_evaluation(year, as_of=as_of, data=data, measurements=measurements)
    return differences(now, since, plan_before(before) if before else None)


def head(differences: Differences) -> Block:
    """Where the reader is, and with what the year is compared."""
    now, day = differences.after, day_before(differences)
    than = f"Since {date_text(day)}" if day else "Since the edition before"
    return page_title(
        now, "Since the last edition", f"{than}: what is different for {now.year}", list(now.ratings)
    )


def verdict(differences: Differences) -> Block:
    """How many ratings moved and figures changed; the best, the worst and the lost among the moves."""
    rows = figure_rows(differences)
    revised = sum(row.change in ("figure_revised", "figure_withdrawn") for row in rows)
    new = sum(row.change == "figure_new" for row in rows)
    moves = _moves(differences)
    first = counted(len(first_rated_codes(differences)), "rating")
    counts = [
        (str(len(moves)), "rating moved or was lost" if len(moves) == 1 else "ratings moved or were lost"),
        (str(revised), f"figure{'' if revised == 1 else 's'} revised or withdrawn"),
        (
            str(new),
            f"new figure{'' if new == 1 else 's'}; {first} of {differences.after.year} for the first time",
        ),
    ]
    return blocks.verdict(counts, [_best(moves), _worst(moves), _lost(moves)])


def _moves(differences: Differences) -> list[Move]:
    """The ratings of this and earlier years that moved or were lost, the latest year first."""
    return [(year, code) for year in years(differences) for code in moved_codes(year)]


def _best(moves: list[Move]) -> tuple[str, str]:
    return _told(_by_step(moves, better=True)) or ("no_data", "No rating became better.")


def _worst(moves: list[Move]) -> tuple[str, str]:
    return _told(_by_step(moves, better=False)) or ("no_data", "No rating became worse.")


def _lost(moves: list[Move]) -> tuple[str, str]:
    lost = [(year, code) for year, code in moves if year.rating(code)[1] not in RATINGS]
    return _told(lost) or ("no_data", "No rating was lost.")


def _by_step(moves: list[Move], better: bool) -> list[Move]:
    """The ratings that moved this way, the largest steps first."""
    steps = []
    for year, code in moves:
        old, new = year.rating(code)
        if new in RATINGS:
            steps.append((RATINGS.index(old) - RATINGS.index(new), (year, code)))
    side = 1 if better else -1
    found = sorted((step for step in steps if side * step[0] > 0), key=lambda step: -side * step[0])
    return [move for _, move in found]


def _told(moves: list[Move]) -> tuple[str, str] | None:
    """The first of some moves in a sentence, and how many more there are."""
    if not moves:
        return None
    (year, code), more = moves[0], len(moves) - 1
    rating = year.rating(code)[1] or "no_data"
    said = f"{indicator_of(year, code).row['name']} ({code}), {year.after.year}. {sentence(year, code)}"
    return rating, said + (f" {capital(counted(more, 'more rating'))} went the same way." if more else "")
