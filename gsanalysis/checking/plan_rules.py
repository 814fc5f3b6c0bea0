"""A plan that contradicts itself: each indicator's columns against its rule, its bounds and one another.

Follows docs/method.md, "Errors in the plan". The rules' columns stand in `gsanalysis.schema.RULES`.
"""

from collections.abc import Callable, Iterator

from gsanalysis.checking.indicator import RULE_COLUMNS, Indicator, indicators_of
from gsanalysis.checking.references import is_reference
from gsanalysis.problems import listed, nearest, quoted
from gsanalysis.reading import Sheet
from gsanalysis.reading.cells import band_fault, date_fault, number_fault

# What to write into a column, by the rule where that depends on it.
FORMS = {
    ("target", ""): "a number, or the code of an indicator as a reference",
    ("target", "between"): "the lowest and the highest value as low|high, such as 4|6",
    ("target", "level"): "a label of the scale",
    ("target", "by_date"): "a date, such as 2013-12-31",
    ("scale", ""): "the labels from worst to best, such as poor|fair|good",
    ("baseline_years", ""): "a year, such as 2011",
    ("baseline_years", "above_trend"): "a range of years, such as 2008-2011",
    ("baseline_years", "below_trend"): "a range of years, such as 2008-2011",
}
Fault = tuple[str, str]


def check_plan(indicators: Sheet) -> None:
    """Report what is contradictory within each indicator's row."""
    for row in indicators_of(indicators):
        indicator = row
        for check in CHECKS:
            if faults := list(check(indicator)):
                for column, fault in faults:
                    indicators.report(indicator.position, column, fault)
                # What the row needs and uses is another thing now that some of its cells are in doubt.
                indicator = Indicator(indicators, row.position, row.texts)
        if indicator.is_sound(*indicators.table.names):
            for column, fault in _odd(indicator):
                indicators.report(indicator.position, column, fault, warning=True)


def meets(value: float, target: float, rule: str) -> bool:
    """Whether the value meets the target of `at_least` or `at_most`, as exactly as the method compares."""
    margin = 1e-9 * max(1, abs(value), abs(target))
    return value >= target - margin if rule == "at_least" else value <= target + margin


def _unreadable_kind(indicator: Indicator) -> Iterator[Fault]:
    rule = indicator.rule
    if rule and indicator["kind"] not in rule.kinds:
        yield (
            "kind",
            f"{quoted(indicator['kind'])} can't be rated by {rule.name}, expected {listed(rule.kinds, 'or')}",
        )


def _missing_cells(indicator: Indicator) -> Iterator[Fault]:
    for column in indicator.needs:
        if not indicator[column] and indicator.is_sound(column):
            who = "a target with a due year" if indicator.has_due_target else f"the rule {indicator['rule']}"
            if column == "scale" and indicator["rule"] != "level":
                who = "the kind level"
            form = FORMS.get((column, indicator["rule"])) or FORMS[column, ""]
            yield column, f"the cell is empty, expected {form}, because {who} needs it"


def _target(indicator: Indicator) -> Iterator[Fault]:
    """The target's form is that of the rule."""
    if not indicator.rule or not indicator.has("target") or "target" not in indicator.uses:
        return
    if fault := target_fault(indicator, indicator["target"]):
        yield "target", fault


def target_fault(indicator: Indicator, target: str) -> str:
    """Return what is wrong with a target (or a first target) for the indicator's rule, or ""."""
    rule = indicator["rule"]
    if rule == "between":
        return band_fault(target)
    if rule == "by_date":
        return date_fault(target)
    if rule == "level":
        return _off_scale(target, indicator["scale"]) if indicator.has("scale") else ""
    if is_reference(target):
        return ""
    fault = number_fault(target)
    return (
        f"{fault}, or the code of an indicator" if fault and not any(c.isdigit() for c in target) else fault
    )


def _off_scale(label: str, scale: str) -> str:
    labels = scale.split("|")
    if label in labels:
        return ""
    near = nearest(label, labels)
    expected = f"{near} ({listed(labels, 'or', 12)})" if near else listed(labels, "or", 12)
    return f"{quoted(label)} is not on the scale, expected {expected}"


def _baseline_years(indicator: Indicator) -> Iterator[Fault]:
    """A trend needs three years or more, other rules one; a stated baseline has its year."""
    rule, years = indicator.rule, indicator["baseline_years"]
    if rule is None or "baseline_years" not in indicator.uses or not indicator.is_sound("baseline_years"):
        return
    if not years:
        if indicator.has("baseline"):
            yield "baseline_years", "the cell is empty, expected the year of the baseline"
    elif rule.years == "range":
        if int(years[-4:]) - int(years[:4]) < 2:
            fault = (
                f"{quoted(years)}, expected a range of three years or more for {rule.name}, such as 2008-2011"
            )
            yield "baseline_years", fault
    elif "-" in years:
        yield (
            "baseline_years",
            f"{quoted(years)}, expected a single year for {rule.name}, such as {years[-4:]}",
        )


def _due(indicator: Indicator) -> Iterator[Fault]:
    year = indicator.baseline_year
    if indicator.has_due_target and year is not None and int(indicator["due"]) <= year:
        yield (
            "due",
            f"{quoted(indicator['due'])} is not after the baseline year, expected {year + 1} or later",
        )


def _tolerance_and_bounds(indicator: Indicator) -> Iterator[Fault]:
    """`minimum` is not above `maximum`; targets and stated baselines lie between them."""
    if not indicator.is_sound("kind", "minimum", "maximum") or indicator["kind"] != "number":
        return
    low, high = (float(indicator[c]) if indicator[c] else None for c in ("minimum", "maximum"))
    if low is not None and high is not None and low > high:
        yield (
            "minimum",
            f"{quoted(indicator['minimum'])} is above the maximum, expected {indicator['maximum']} or less",
        )
        return
    for bound, beyond in (
        ("minimum", lambda n: low is not None and n < low),
        ("maximum", lambda n: high is not None and n > high),
    ):
        outside = [name for name in ("target", "baseline") if any(map(beyond, _numbers(indicator, name)))]
        side = "below" if bound == "minimum" else "above"
        if len(outside) == 1:
            name = outside[0]
            yield (
                name,
                f"{quoted(indicator[name])} is {side} the {bound}, expected {bound} {indicator[bound]} to be kept",
            )
        elif outside:
            yield (
                bound,
                (
                    f"{quoted(indicator[bound])}, but the target is {indicator['target']} and the baseline "
                    f"{indicator['baseline']}, expected a {bound} that both keep"
                ),
            )


def _numbers(indicator: Indicator, column: str) -> list[float]:
    """Return the numbers in a target or a baseline that the rule uses."""
    if column not in indicator.uses or not indicator.has(column) or not indicator.rule:
        return []
    texts = indicator[column].split("|")
    return [] if any(number_fault(text.strip()) for text in texts) else [float(text) for text in texts]


def _met_at_the_start(indicator: Indicator) -> Iterator[Fault]:
    """A target to be reached by a year is not one that the stated baseline already meets."""
    if not indicator.has_due_target or not indicator.has("baseline", "baseline_years"):
        return
    if meets(float(indicator["baseline"]), float(indicator["target"]), indicator["rule"]):
        beyond = "above" if indicator["rule"] == "at_least" else "below"
        yield (
            "target",
            (
                f"{quoted(indicator['target'])} is already met by the baseline {indicator['baseline']}, expected "
                f"a target {beyond} it"
            ),
        )


def _sum(indicator: Indicator) -> Iterator[Fault]:
    """Only numbers without bounds of their own add up."""
    if not indicator.has("breakdowns", "kind") or indicator["breakdowns"] != "sum":
        return
    if indicator["kind"] != "number":
        yield (
            "breakdowns",
            f"“sum” for the kind {indicator['kind']}, expected each or an empty cell: only numbers add up",
        )
    elif indicator.has("maximum"):
        yield (
            "breakdowns",
            "“sum” beside a maximum, expected each or an empty cell: parts that add up have no maximum",
        )
    elif indicator.has("minimum") and float(indicator["minimum"]):
        yield (
            "breakdowns",
            "“sum” beside a minimum other than 0, expected each or an empty cell, or the minimum 0",
        )


def _odd(indicator: Indicator) -> Iterator[Fault]:
    """Yield what is odd and usable: filled columns that the rule does not use, an unreadable first target."""
    unused = [column for column in RULE_COLUMNS if indicator[column] and column not in indicator.uses]
    if unused:
        what = (
            "a reference"
            if indicator.has_reference and unused[0] in ("due", "baseline")
            else indicator["rule"]
        )
        are, them, cells = (
            ("is", "it", "an empty cell") if len(unused) == 1 else ("are", "them", "empty cells")
        )
        yield unused[0], f"{listed(unused)} {are} filled, but {what} does not use {them}, expected {cells}"
    if indicator["first_target"]:
        if "target" not in indicator.uses:
            yield (
                "first_target",
                f"the cell is filled, but {indicator['rule']} has no target, expected an empty cell",
            )
        elif fault := target_fault(indicator, indicator["first_target"]):
            yield "first_target", fault


CHECKS: tuple[Callable[[Indicator], Iterator[Fault]], ...] = (
    _unreadable_kind,
    _missing_cells,
    _target,
    _baseline_years,
    _due,
    _tolerance_and_bounds,
    _met_at_the_start,
    _sum,
)
