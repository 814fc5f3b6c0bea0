"""What is different between two plans: settings, rows of the tables, links, and the readings of indicators."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping

import pandas as pd

from gsanalysis.comparison.difference import Difference, assigned, value_text
from gsanalysis.plan import Plan
from gsanalysis.schema import EXPECTED_RESULTS, INDICATORS, KPIS, LINKS, OBJECTIVES, OUTPUTS, PLAN_KEYS, Table

Cells = Mapping[str, str]  # of one row, by column
CODED = (OBJECTIVES, OUTPUTS, EXPECTED_RESULTS, KPIS)


def plan_differences(before: Plan, after: Plan) -> Iterator[Difference]:
    """The settings of ``plan.toml``, then the tables in the schema's order; indicators are told apart from these."""
    yield from _changed("", _settings(before), _settings(after))
    shared = _shared_codes(before) | _shared_codes(after)
    for table in CODED:
        yield from _table_differences(table, _rows(table, before), _rows(table, after), shared)
    yield from _link_differences(before.links, after.links)


def indicator_differences(code: str, before: Cells | None, after: Cells | None) -> Iterator[Difference]:
    """One indicator's row: new, dropped, or the columns that differ."""
    if before is None or after is None:
        cells = after or before or {}
        change = "indicator_new" if before is None else "indicator_dropped"
        yield _one_sided(code, change, "name", cells["name"], is_new=before is None)
        rest = {name: text for name, text in cells.items() if name not in ("indicator", "name")}
        yield from _filled(code, rest, is_new=before is None)
    else:
        yield from _changed(code, before, after)


def indicator_rows(plan: Plan) -> dict[str, dict[str, str]]:
    """The rows of the indicators by code, in the order of the plan."""
    return _rows(INDICATORS, plan)


def in_order(before: Mapping[str, object], after: Mapping[str, object]) -> list[str]:
    """The codes of both editions: in the order of the new one, those that it has dropped last."""
    return list(dict.fromkeys([*after, *before]))


def _settings(plan: Plan) -> dict[str, str]:
    values = {key.name: getattr(plan, key.name) for key in PLAN_KEYS}
    return {name: value_text(value) for name, value in values.items()}


def _rows(table: Table, plan: Plan) -> dict[str, dict[str, str]]:
    frame = getattr(plan, table.name)
    return {row[table.key[0]]: row for row in frame[table.names].to_dict("records")}


def _shared_codes(plan: Plan) -> set[str]:
    """Codes that rows of several tables have: a changed text could not say whose it is."""
    counts = Counter(code for table in CODED for code in getattr(plan, table.name)[table.key[0]])
    return {code for code, count in counts.items() if count > 1}


def _table_differences(
    table: Table, before: Mapping[str, Cells], after: Mapping[str, Cells], shared: set[str]
) -> Iterator[Difference]:
    for code in in_order(before, after):
        old, new = before.get(code), after.get(code)
        if old is not None and new is not None and (old == new or code not in shared):
            yield from _changed(code, old, new)
            continue
        # The key comes first and says which table it is.
        if old is not None:
            yield from _filled(code, old, is_new=False)
        if new is not None:
            yield from _filled(code, new, is_new=True)


def _link_differences(before: pd.DataFrame, after: pd.DataFrame) -> Iterator[Difference]:
    """Links have no code of their own: each is written whole, under its KPI."""
    old, new = _links(before), _links(after)
    for key in dict.fromkeys([*new, *old]):
        if old.get(key) != new.get(key):
            sides = [assigned("link", links[key]) if key in links else "" for links in (old, new)]
            yield Difference(key[0], "", "", "plan", sides[0], sides[1])


def _links(frame: pd.DataFrame) -> dict[tuple[str, ...], str]:
    """Each link's columns after the KPI as one line of CSV, by its key."""
    rest = [name for name in LINKS.names if name != "kpi"]
    return {
        tuple(row[name] for name in LINKS.key): _csv_line([row[name] for name in rest])
        for row in frame[LINKS.names].to_dict("records")
    }


def _csv_line(cells: list[str]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow(cells)  # a line break inside a cell is quoted only if it is in the line's end
    return line.getvalue().removesuffix("\r\n")


def _changed(code: str, before: Cells, after: Cells) -> Iterator[Difference]:
    for name, text in after.items():
        if before[name] != text:
            yield Difference(code, "", "", "plan", assigned(name, before[name]), assigned(name, text))


def _filled(code: str, cells: Cells, is_new: bool) -> Iterator[Difference]:
    """A row for each filled column of a row that only one of the editions has."""
    for name, text in cells.items():
        if text:
            yield _one_sided(code, "plan", name, text, is_new)


def _one_sided(code: str, change: str, column: str, text: str, is_new: bool) -> Difference:
    side = assigned(column, text)
    return Difference(code, "", "", change, "" if is_new else side, side if is_new else "")
