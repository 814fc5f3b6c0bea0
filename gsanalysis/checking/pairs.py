"""Indicators that rest on one another: a reference as target, and two rules on one figure (`measured_by`)."""

from collections.abc import Iterator

from gsanalysis.problems import listed, quoted
from gsanalysis.reading import Sheet
from gsanalysis.reading.sheets import positions
from gsanalysis.schema import RULES

Pair = tuple[int, int]  # the positions of an indicator and of the one that it names


def check_pairs(indicators: Sheet) -> None:
    """Report indicators that name one which can't serve them."""
    at = _positions_by_code(indicators)
    same_unit: list[Pair] = []
    _check_chains(indicators, at)
    for position, other in list(_named(indicators, "measured_by", at)):
        fault = _measured_by_fault(indicators, position, other)
        if fault:
            indicators.report(position, *fault)
        else:
            same_unit.append((position, other))
    for position, other in _named(indicators, "target", at):
        rule = indicators.text(position, "rule")
        if not indicators.is_sound(position, "rule") or not RULES[rule].takes_due:
            continue
        if fault_text := _reference_fault(indicators, position, other):
            indicators.report(position, "target", fault_text)
            # Either of the two may be wrong: the other's values are not held against its kind as well.
            indicators.bad.setdefault("kind", set()).add(other)
        else:
            same_unit.append((position, other))
    _check_units(indicators, same_unit)


def measured_rows(indicators: Sheet) -> dict[str, str]:
    """Return for each indicator with a sound `measured_by` the indicator whose rows are its own too."""
    at = _positions_by_code(indicators)
    key = indicators.frame["indicator"]
    return {str(key.iloc[a]): str(key.iloc[b]) for a, b in _named(indicators, "measured_by", at)}


def _positions_by_code(indicators: Sheet) -> dict[str, int]:
    return {indicators.text(p, "indicator"): p for p in positions(indicators.sound("indicator"))}


def _named(indicators: Sheet, column: str, at: dict[str, int]) -> Iterator[Pair]:
    """Yield the pairs of an indicator and the one that its column names."""
    for position in positions(
        indicators.frame[column].isin(list(at)) & indicators.sound("indicator", column)
    ):
        yield position, at[indicators.text(position, column)]


def _check_chains(indicators: Sheet, at: dict[str, int]) -> None:
    """Report an indicator measured by one that is itself measured by another; which of the two is wrong is open."""
    pairs = dict(_named(indicators, "measured_by", at))
    for position, other in pairs.items():
        if other in pairs and position != other and indicators.is_sound(position, "measured_by"):
            further = indicators.text(other, "measured_by")
            name = quoted(indicators.text(other, "indicator"))
            fault = f"{name} is itself measured by another indicator, expected {further}"
            indicators.report(position, "measured_by", fault)
            indicators.bad["measured_by"].add(other)


def _measured_by_fault(indicators: Sheet, position: int, other: int) -> tuple[str, str] | None:
    name = quoted(indicators.text(other, "indicator"))
    if position == other:
        return "measured_by", f"{name} is the indicator itself, expected another one or an empty cell"
    kinds = [indicators.text(p, "kind") for p in (position, other)]
    if not all(indicators.is_sound(p, "kind", "scale") for p in (position, other)):
        return None
    if kinds[0] != kinds[1]:
        return (
            "measured_by",
            f"{name} is of the kind {kinds[1]}, expected an indicator of the kind {kinds[0]}",
        )
    scales = [set(indicators.text(p, "scale").split("|")) for p in (position, other)]
    if kinds[0] == "level" and scales[0] != scales[1]:
        return "scale", f"other labels than those of {name}, expected {indicators.text(other, 'scale')}"
    return None


def _reference_fault(indicators: Sheet, position: int, other: int) -> str:
    name = quoted(indicators.text(other, "indicator"))
    if position == other:
        return f"{name} is the indicator itself, expected another one, or a number"
    kind = indicators.text(other, "kind")
    if indicators.is_sound(other, "kind", "breakdowns") and kind != "number":
        return f"{name} is of the kind {kind}, expected an indicator of the kind number, or a number"
    return ""


def _check_units(indicators: Sheet, pairs: list[Pair]) -> None:
    """Report as few units as explain all the pairs that differ.

    A wrong unit differs from that of every indicator which names its own; the one in most pairs is the likely one.
    """
    differing = [pair for pair in pairs if _units_differ(indicators, pair)]
    while differing:
        ends = [end for pair in differing for end in pair]
        wrong = max(ends, key=lambda end: (ends.count(end), end == differing[0][0]))
        others = [sum(pair) - wrong for pair in differing if wrong in pair]
        names = listed([quoted(indicators.text(p, "indicator")) for p in others])
        unit, other = indicators.text(wrong, "unit"), indicators.text(others[0], "unit")
        fault = f"{quoted(unit)} is another unit than that of {names}, with which it is compared, expected {other}"
        indicators.report(wrong, "unit", fault)
        differing = [pair for pair in differing if wrong not in pair]


def _units_differ(indicators: Sheet, pair: Pair) -> bool:
    sound = all(indicators.is_sound(position, "unit") for position in pair)
    return sound and indicators.text(pair[0], "unit") != indicators.text(pair[1], "unit")
