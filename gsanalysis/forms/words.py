"""What an import would change, said before anything is written."""

from __future__ import annotations

from collections.abc import Iterator

from gsanalysis.forms.intake import Cells, Entry, Intake
from gsanalysis.problems import visible
from gsanalysis.wording.amounts import united
from gsanalysis.wording.words import THIN, date_text, exact, state_word

LONGEST_REASON = 200  # letters; the file gets all of them


def described(found: Intake, today: str) -> list[str]:
    """A line for each row to be added, beside what is known, and what is skipped."""
    lines = [visible(_line(found, entry, today), keep=THIN) for entry in found.entries]
    return [*lines, *_count(found)]


def _line(found: Intake, entry: Entry, today: str) -> str:
    cells, before = entry.cells, entry.before
    of = f"{cells['indicator']} {cells['year']}" + (f" {cells['breakdown']}" if cells["breakdown"] else "")
    day = date_text(cells["reported_on"])
    if cells["reported_on"] > today:
        day += " (a day still to come)"
    now = _said(found, cells)
    if before is None:
        rows = found.plan.measurements
        known = set(rows.loc[rows["indicator"] == cells["indicator"], "breakdown"])
        part = " and a new part" if known and cells["breakdown"] not in known else ""
        beside = ", beside a total" if part and "" in known else ""
        return f"{of}: {now}, reported {day}, is new{part}{beside}{_outside(found, int(cells['year']))}"
    was = f"{_said(found, before)}, reported {date_text(before['reported_on'])}"
    if not entry.counts:
        return f"{of}: {now}, reported {day}, is an older report and does not count beside {was}"
    reason = f": {_shortened(cells['comment'])}" if cells["comment"] else "; no reason is given"
    return f"{of}: {now}, reported {day}, replaces {was}{reason}"


def _outside(found: Intake, year: int) -> str:
    """Of a year that is neither the plan's nor known: it may be a slip, and would make a file of its own."""
    plan = found.plan
    inside = plan.first_year <= year <= plan.last_year or year in set(plan.measurements["year"])
    return "" if inside else " and of a year outside the plan"


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST_REASON else f"{text[:LONGEST_REASON]}…"


def _said(found: Intake, cells: Cells) -> str:
    """A value with its state: "91 % (final)"; without one the state alone."""
    if not cells["value"]:
        return state_word(cells["state"])
    indicators = found.plan.indicators
    [row] = indicators[indicators["indicator"] == cells["indicator"]].to_dict("records")
    text = exact(cells["value"], row["unit"] if row["kind"] == "number" else "")
    if row["kind"] == "number":
        text = united(text, row["unit"])
    return f"{text} ({state_word(cells['state'])})"


def _count(found: Intake) -> Iterator[str]:
    if found.skipped:
        rows = "One row says" if found.skipped == 1 else f"{found.skipped} rows say"
        yield f"{rows} what is known already: skipped."
    if not found.entries:
        yield "There is nothing new."
