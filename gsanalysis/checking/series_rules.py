"""Rows of the measurements that only together are wrong or odd.

Follows docs/method.md: own rows beside a `measured_by`, a date followed by a `no`, a forgotten part, a measured
baseline that already meets its target. Indicators with a damaged row are left alone: what is wrong with them is
seen when the row is mended.
"""

from collections.abc import Iterable

import numpy as np
import pandas as pd

from gsanalysis.checking.indicator import indicators_of
from gsanalysis.checking.pairs import measured_rows
from gsanalysis.checking.plan_rules import meets
from gsanalysis.problems import listed, nearest, quoted
from gsanalysis.reading import Sheet
from gsanalysis.reading.sheets import distinct, key_numbers
from gsanalysis.schema import RULES

KEY = ["indicator", "year", "breakdown"]
READ = (*KEY, "value", "state", "reported_on")
END_OF_TIME = 10_000  # after every year of four digits


def check_series(measurements: Sheet, indicators: Sheet) -> None:
    """Report what is wrong or odd between rows."""
    owners = measured_rows(indicators)
    _check_own_rows(measurements, owners)
    latest = _latest_vintages(measurements)
    doubtful = _doubtful(measurements, indicators)
    if doubtful:
        latest = latest[~measurements.holds("indicator", doubtful)[latest.index]]
    dates = _rows_of(indicators, owners, kind=("date",))
    _check_no_after_date(measurements, latest[measurements.holds("indicator", dates)[latest.index]])
    if "" in doubtful or not measurements.complete:
        return
    parted = _rows_of(indicators, owners, breakdowns=("sum", "each")) - _milestones(indicators, owners)
    forgotten = _forgotten_parts(measurements, latest[measurements.holds("indicator", parted)[latest.index]])
    for position, years in forgotten.items():
        part = f"{quoted(measurements.text(position, 'breakdown'))} of {measurements.text(position, 'indicator')}"
        fault = (
            f"the part {part} has no row for {listed([str(year) for year in years])} while other parts have"
        )
        fault += ", expected one (not_applicable if it has ended)"
        measurements.report(position, "breakdown", fault, warning=True)
    gaps = {
        (measurements.text(position, "indicator"), year)
        for position in forgotten
        for year in forgotten[position]
    }
    _warn_of_met_baselines(indicators, latest, owners, gaps)


def _check_own_rows(measurements: Sheet, owners: dict[str, str]) -> None:
    """An indicator that is measured by another has no rows of its own; all of them are one problem."""
    if not owners:
        return
    own = measurements.frame[measurements.holds("indicator", owners) & measurements.sound("indicator")]
    for code, rows in own.groupby("indicator", sort=False):
        more = "" if len(rows) == 1 else f" ({len(rows) - 1} more such {'row' if len(rows) == 2 else 'rows'})"
        fault = f"{quoted(str(code))} is measured by {owners[str(code)]}, expected no rows of its own{more}"
        measurements.report(int(rows.index[0]), "indicator", fault)
        measurements.bad["indicator"].update(rows.index)


def _latest_vintages(measurements: Sheet) -> pd.DataFrame:
    """Return the latest reported row of each indicator, year and breakdown among the sound ones; `year` is int.

    The index is the position in the measurements; the order is that of the files.
    """
    codes, days = measurements.coded("reported_on")
    rank = np.argsort(np.argsort(np.array(days, dtype=object)))[codes] if days else codes
    keys = key_numbers(measurements, KEY)
    order = np.lexsort((rank, keys))
    order = order[measurements.sound(*READ)[order]]
    is_last = np.append(keys[order][1:] != keys[order][:-1], True)[: len(order)]
    rows = measurements.frame[list(READ)].take(np.sort(order[is_last]))
    return rows.assign(year=rows["year"].astype("int64"))


def _doubtful(measurements: Sheet, indicators: Sheet) -> list[str]:
    """Return the indicators that a damaged row is of, with "" where that can't be told."""
    codes = indicators.codes()
    found = {*measurements.unread, *("" for _ in measurements.lost)}
    named = distinct(measurements.frame["indicator"][~measurements.sound(*READ)])
    return sorted(found | {code if code in codes else nearest(code, codes) for code in named})


def _rows_of(indicators: Sheet, owners: dict[str, str], **wanted: tuple[str, ...]) -> set[str]:
    """Return the indicators whose rows serve one whose columns hold one of the wanted texts."""
    mask = indicators.sound("indicator", *wanted)
    for column, texts in wanted.items():
        mask &= indicators.holds(column, texts)
    return {owners.get(code, code) for code in indicators.frame["indicator"][mask]}


def _milestones(indicators: Sheet, owners: dict[str, str]) -> set[str]:
    """Return the indicators whose rows only `by_date` reads: their parts carry over, none is forgotten."""
    others = tuple(rule for rule in RULES if rule != "by_date")
    return _rows_of(indicators, owners, rule=("by_date",)) - _rows_of(indicators, owners, rule=others)


def _check_no_after_date(measurements: Sheet, latest: pd.DataFrame) -> None:
    """What was done in one year is not undone in a later one; the first `no` after a date is the problem."""
    part = ["indicator", "breakdown"]
    given = latest[latest["value"] != ""]
    done = given[given["value"] != "no"].sort_values("year", kind="stable").drop_duplicates(part)
    undone = given[given["value"] == "no"].sort_values("year", kind="stable").reset_index(names="position")
    pairs = undone.merge(done[[*part, "year", "value"]], on=part, suffixes=("", "_done"), validate="m:1")
    for row in pairs[pairs["year"] > pairs["year_done"]].drop_duplicates(part).to_dict("records"):
        fault = f"“no” for {row['year']}, but the row for {row['year_done']} says it was done on {row['value_done']}"
        measurements.report(int(row["position"]), "value", f"{fault}, expected that day, or no row")


def _forgotten_parts(measurements: Sheet, latest: pd.DataFrame) -> dict[int, list[int]]:
    """Return for the last row of each part before a gap the years in which other parts have rows and it has none.

    A part that has ended says so with `not_applicable`; a year with a total needs no parts.
    """
    at = latest.index.to_numpy()
    is_part = ~measurements.holds("breakdown", ("",))[at]
    ended = measurements.holds("state", ("not_applicable",))[at]
    indicator = measurements.coded("indicator")[0][at] * END_OF_TIME
    when = indicator + latest["year"].to_numpy()
    active = np.setdiff1d(when[is_part], when[~is_part])
    part = key_numbers(measurements, ("indicator", "breakdown"))[at]
    order = np.lexsort((when, part))
    order = order[is_part[order]]
    goes_on = np.append(part[order][1:] == part[order][:-1], False)
    following = np.where(goes_on, np.append(when[order][1:], 0), indicator[order] + END_OF_TIME - 1)
    first, last = np.searchsorted(active, when[order], "right"), np.searchsorted(active, following, "left")
    return {
        int(at[order[i]]): [int(year % END_OF_TIME) for year in active[first[i] : last[i]]]
        for i in np.flatnonzero((first < last) & ~ended[order])
    }


def _warn_of_met_baselines(
    indicators: Sheet, latest: pd.DataFrame, owners: dict[str, str], gaps: set[tuple[str, int]]
) -> None:
    """Warn of a target with a due year that the measured value of the baseline year already meets."""
    due = [i for i in indicators_of(indicators) if i.has_due_target and not i["baseline"]]
    codes = {owners.get(i["indicator"], i["indicator"]) for i in due}
    years = {i.baseline_year for i in due}
    rows = latest[latest["year"].isin(years) & latest["indicator"].isin(codes)]
    rows_of = dict(list(rows.groupby(["indicator", "year"])))
    for indicator in due:
        year = indicator.baseline_year
        code = owners.get(indicator["indicator"], indicator["indicator"])
        if year is None or (code, year) not in rows_of:
            continue
        values = _values_of_year(rows_of[code, year], indicator["breakdowns"], (code, year) in gaps)
        target, rule = float(indicator["target"]), indicator["rule"]
        if met := [value for value in values if meets(value, target, rule)]:
            fault = f"{quoted(indicator['target'])} was already met in the baseline year {year}, with {met[0]:.12g}"
            indicators.report(
                indicator.position, "target", f"{fault}, expected a target beyond it", warning=True
            )


def _values_of_year(rows: pd.DataFrame, breakdowns: str, has_gap: bool) -> Iterable[float]:
    """Return the value of a year from its latest rows: the total's, the sum of the parts, or each part's."""
    total = rows[rows["breakdown"] == ""]
    if len(total):
        rows = total
    elif not breakdowns:
        return []
    values = rows[rows["value"] != ""]["value"].astype(float)
    if len(total) or breakdowns == "each":
        return list(values)
    is_whole = len(values) and not has_gap and not (rows["state"] == "not_collected").any()
    return [float(values.sum())] if is_whole else []
