"""The rows of the measurements, each by itself: its year, its state, and its value against its indicator."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from gsanalysis.problems import listed, nearest, quoted
from gsanalysis.reading import Sheet
from gsanalysis.reading.cells import number_fault, value_date_fault
from gsanalysis.reading.sheets import check_keys, distinct, positions
from gsanalysis.schema import NUMBER, STATES_WITHOUT_VALUE

# So many values, all of them wrong, and it is the indicator's row that is wrong.
ENOUGH_TO_DOUBT_THE_PLAN = 3


def check_measurements(measurements: Sheet, indicators: Sheet) -> None:
    """Report what is wrong with single rows, and rows with one key."""
    _check_years(measurements)
    check_rows(measurements, indicators, ENOUGH_TO_DOUBT_THE_PLAN)


def check_rows(measurements: Sheet, indicators: Sheet, enough: float) -> None:
    """Report what is wrong with rows of any file; from `enough` wrong values on it is the indicator that is doubted."""
    _check_states(measurements)
    _check_answers(measurements)
    check_keys(measurements)
    values = _values(measurements, indicators)
    _check_numbers(measurements, indicators, values[values["kind"] == "number"], enough)
    _check_labels(measurements, indicators, values[values["kind"] == "level"], enough)
    for kind, fault_of in (("yes_no", yes_no_fault), ("date", value_date_fault)):
        words = values[values["kind"] == kind]
        faults = {text: fault for text in distinct(words["text"]) if (fault := fault_of(text))}
        _report_values(measurements, indicators, words, faults, enough)


def yes_no_fault(text: str) -> str:
    """The value of a thing that is in place or not."""
    if text in ("yes", "no"):
        return ""
    meant = {"y": "yes", "true": "yes", "1": "yes", "n": "no", "false": "no", "0": "no"}.get(
        text.casefold(), ""
    )
    near = meant or nearest(text, ("yes", "no"))
    return f"{quoted(text)}, expected {near or 'yes or no'}" + (" (yes or no)" if near else "")


def _check_years(sheet: Sheet) -> None:
    """A file holds the rows of the year in its name; one misnamed as a whole is one problem."""
    codes, years = sheet.coded("year")
    files, names = sheet.coded("file")
    sound = sheet.sound("year")
    for number, file in enumerate(names):
        wanted = file[-8:-4]
        rows = (files == number) & sound
        found = [years[code] for code in np.unique(codes[rows])]
        if found in ([], [wanted]):
            continue
        if len(found) == 1 and rows.sum() > 1:
            sheet.report_file(
                file, f"all rows are of the year {found[0]}, expected {wanted} as in the file's name"
            )
            sheet.bad.setdefault("year", set()).update(positions(rows))
            continue
        for position in positions(rows & ~sheet.holds("year", (wanted,))):
            fault = f"{quoted(sheet.text(position, 'year'))}, expected {wanted} as in the file's name"
            sheet.report(position, "year", fault)


def _check_states(sheet: Sheet) -> None:
    """A state says whether a value is given."""
    without = sheet.holds("state", STATES_WITHOUT_VALUE)
    empty = sheet.holds("value", ("",))
    for position in positions(sheet.sound("state", "value") & (without == ~empty)):
        state = sheet.text(position, "state")
        if empty[position]:
            fault = f"the cell is empty, expected a value because the state is {state}, or the state not_collected"
        else:
            fault = f"{quoted(sheet.text(position, 'value'))}, expected an empty cell because the state is {state}"
        sheet.report(position, "value", fault)


def _check_answers(sheet: Sheet) -> None:
    """Not more people answer a survey than were asked."""
    asked = [~sheet.holds(column, ("",)) for column in ("responses", "invited")]
    answers = sheet.frame[["responses", "invited"]][asked[0] & asked[1] & sheet.sound("responses", "invited")]
    more = _numbers(answers["responses"]) > _numbers(answers["invited"])
    for position in _positions_of(answers[more]):
        responses, invited = (sheet.text(position, column) for column in ("responses", "invited"))
        fault = f"{quoted(responses)} answered, expected at most the {invited} invited"
        sheet.report(position, "responses", fault)


def _values(measurements: Sheet, indicators: Sheet) -> pd.DataFrame:
    """Return the usable values: `text`, and `owner` and `kind`, the indicator's position and kind.

    The index is the position in the measurements. Indicators in doubt are left out.
    """
    needed = ("indicator", "kind", "scale", "target", "baseline", "minimum", "maximum", "breakdowns")
    sound = indicators.sound(*needed)
    at = {indicators.text(position, "indicator"): position for position in positions(sound)}
    codes, names = measurements.coded("indicator")
    owner = np.array([at.get(name, -1) for name in names], dtype="int64")[codes]
    usable = (
        (owner >= 0) & measurements.sound("indicator", "value", "state") & ~measurements.holds("value", ("",))
    )
    found = pd.DataFrame({"text": measurements.frame["value"][usable], "owner": owner[usable]})
    kinds = indicators.frame["kind"].to_numpy(dtype=object)
    return found.assign(kind=kinds[found["owner"]])


def _check_numbers(measurements: Sheet, indicators: Sheet, values: pd.DataFrame, enough: float) -> None:
    """Numbers are written as such, and lie within the indicator's bounds."""
    is_number = NUMBER.fullmatch
    wrong = {text: number_fault(text) for text in distinct(values["text"]) if not is_number(text)}
    _report_values(measurements, indicators, values, wrong, enough)
    values = values[measurements.sound("value")[values.index] & indicators.sound("kind")[values["owner"]]]
    numbers = _numbers(values["text"])
    for position in _positions_of(values[np.isinf(numbers)]):
        measurements.report(position, "value", number_fault(measurements.text(position, "value")))
    for bound, beyond, infinite in (("minimum", np.less, -np.inf), ("maximum", np.greater, np.inf)):
        texts = zip(indicators.frame[bound], indicators.sound(bound), strict=True)
        limits = np.array([float(text) if text and sound else infinite for text, sound in texts], dtype=float)
        outside = beyond(numbers, limits[values["owner"]])
        if outside.any():
            _report_outside(measurements, indicators, values, outside, bound, enough)


def _report_outside(
    measurements: Sheet,
    indicators: Sheet,
    values: pd.DataFrame,
    outside: np.ndarray,
    bound: str,
    enough: float,
) -> None:
    side = "below" if bound == "minimum" else "above"
    measured = values["owner"].value_counts()
    for owner, wrong in _by_owner(values[outside]):
        limit = indicators.text(owner, bound)
        if len(wrong) == measured[owner] >= enough:
            fault = f"{quoted(limit)}, but all {len(wrong)} measured values are {side} it, expected a {bound} they keep"
            indicators.report(owner, bound, fault)
            continue
        for position, text in zip(_positions_of(wrong), wrong["text"], strict=True):
            fault = f"{quoted(text)} is {side} the {bound} of the indicator, expected {limit} or "
            fault += "more" if bound == "minimum" else "less"
            measurements.report(position, "value", fault)


def _check_labels(measurements: Sheet, indicators: Sheet, values: pd.DataFrame, enough: float) -> None:
    """A level is one of the scale's labels; the same strange label is one problem for all its rows."""
    scales = {
        int(owner): indicators.text(int(owner), "scale").split("|") for owner in values["owner"].unique()
    }
    labels = values[["owner", "text"]].drop_duplicates()
    strange = [text not in scales[owner] for owner, text in zip(labels["owner"], labels["text"], strict=True)]
    for owner, text in labels[strange].itertuples(index=False):
        first, *others = _positions_of(values[(values["owner"] == owner) & (values["text"] == text)])
        near, every = nearest(text, scales[owner]), listed(scales[owner], "or", 12)
        fault = f"{quoted(text)} is not on the scale, expected {f'{near} ({every})' if near else every}"
        if enough == np.inf:  # of a form each cell is named
            for position in (first, *others):
                measurements.report(position, "value", fault)
            continue
        if others:
            places = [f"{file} line {row}" for file, row in map(measurements.place, others)]
            fault += f" (so also in {listed(places)})"
        measurements.report(first, "value", fault)
        measurements.bad["value"].update(others)


def _report_values(
    measurements: Sheet, indicators: Sheet, values: pd.DataFrame, faults: dict[str, str], enough: float
) -> None:
    """Report the values with a fault; where all values of an indicator are of another kind, that is the fault."""
    wrong = values[values["text"].isin(list(faults))]
    for owner, rows in _by_owner(wrong):
        kind = _kind_of(rows["text"]) if len(rows) == (values["owner"] == owner).sum() else ""
        if kind and len(rows) >= enough:
            given = indicators.text(owner, "kind")
            fault = f"{quoted(given)}, but all {len(rows)} measured values are of the kind {kind}, expected {kind}"
            indicators.report(owner, "kind", fault)
            measurements.bad.setdefault("value", set()).update(_positions_of(rows))
            continue
        for position, text in zip(_positions_of(rows), rows["text"], strict=True):
            measurements.report(position, "value", faults[text])


def _kind_of(texts: pd.Series) -> str:
    """Return the kind that all the texts are of, "" where there is none."""
    for kind, fault_of in (("number", number_fault), ("yes_no", yes_no_fault), ("date", value_date_fault)):
        if not any(map(fault_of, distinct(texts))):
            return kind
    return ""


def _by_owner(values: pd.DataFrame) -> Iterator[tuple[int, pd.DataFrame]]:
    """Yield the values of each indicator with its position."""
    for owner, rows in values.groupby("owner", sort=False):
        yield int(str(owner)), rows


def _numbers(texts: pd.Series) -> np.ndarray:
    return texts.to_numpy(dtype=object).astype(float)


def _positions_of(values: pd.DataFrame) -> list[int]:
    """Return the rows' positions in the measurements."""
    return [int(position) for position in values.index.to_numpy()]
