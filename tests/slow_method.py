"""The rating method read sentence by sentence, slowly and without the package: an oracle for the tests.

It shares nothing with `gsanalysis`: it reads the CSV files itself, takes one indicator at a time, and looks a
value up anew whenever a sentence mentions one. The quoted sentences are those of the method's page
(docs/method.md). It expects data without errors; what `check` would refuse is not caught here.
"""

import csv
import math
import tomllib
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from pathlib import Path

# "Best to worst: achieved, on_track, at_risk, off_track."
RATINGS = ["achieved", "on_track", "at_risk", "off_track"]
# "the first of no_data, no_comparison, not_yet_due, not_applicable, monitored that occurs among them"
STATES = ["no_data", "no_comparison", "not_yet_due", "not_applicable", "monitored"]
# "final, provisional, estimated, illustrative, weakest last"
FIRMNESS = ["final", "provisional", "estimated", "illustrative"]
BASIS = ["plan", "derived", "assumed"]
MORE_IS_BETTER = {"at_least", "rise_each_year", "above_trend", "increase"}


def rate(folder, year, as_of=None):
    """Return {"indicator": […], "kpi": […], "objective": […]}, dicts in the contract's columns.

    Numbers are floats, None where there is none; text is "" where there is none.
    """
    book = Book(Path(folder), date.fromisoformat(as_of) if isinstance(as_of, str) else as_of)
    indicators = [rate_indicator(book, indicator, year) for indicator in book.indicators]
    kpis = [rate_kpi(book, kpi, indicators) for kpi in book.kpis]
    objectives = [rate_objective(book, objective, kpis) for objective in book.objectives]
    return {"indicator": indicators, "kpi": kpis, "objective": objectives}


def as_text(cell):
    """A cell as the contract's CSV shows it: "numbers with up to 12 significant digits, never -0"."""
    if cell is None:
        return ""
    if isinstance(cell, float):
        text = format(Decimal(format(cell, ".12g")), "f")
        if "." in text:
            text = text.rstrip("0").rstrip(".")
        return "0" if text == "-0" else text
    return str(cell)


# ---------------------------------------------------------------- the files


class Book:
    """A data folder: the plan's tables and the measurements that exist on the as-of date."""

    def __init__(self, folder, as_of):
        self.as_of = as_of
        plan = tomllib.loads((folder / "plan" / "plan.toml").read_text(encoding="utf-8-sig"))
        self.last_year = plan["last_year"]
        self.coverage_floor = plan.get("coverage_floor", 0.5)
        self.objectives = table(folder / "plan" / "objectives.csv")
        self.kpis = table(folder / "plan" / "kpis.csv")
        self.indicators = table(folder / "plan" / "indicators.csv")
        self.by_code = {indicator["indicator"]: indicator for indicator in self.indicators}
        self.rows = []
        for path in sorted((folder / "measurements").glob("*.csv")):
            for row in table(path):
                # "With an as-of date, only rows with reported_on up to and including that date exist."
                if as_of is None or date.fromisoformat(row["reported_on"]) <= as_of:
                    self.rows.append(row)

    def rows_of(self, indicator):
        # "measured_by names another indicator whose rows are this one's too (…); it then has none of its
        # own."
        owner = indicator.get("measured_by", "") or indicator["indicator"]
        return [row for row in self.rows if row["indicator"] == owner]


def table(path):
    with path.open(encoding="utf-8-sig", newline="") as lines:
        rows = csv.DictReader(lines)
        return [{key.strip(): (cell or "").strip() for key, cell in row.items()} for row in rows]


# ---------------------------------------------------------------- comparing


def at_least(a, b):
    # "a ≥ b holds when a ≥ b − 1e-9·max(1, |a|, |b|), so that 0.1 + 0.2 meets 0.3"
    return a >= b - 1e-9 * max(1.0, abs(a), abs(b))


def meets(rule, value, target):
    return at_least(value, target) if rule in MORE_IS_BETTER else at_least(target, value)


def strictly_better(rule, value, other):
    # "“strictly better” means beyond that": better, and the other does not hold against it.
    return not meets(rule, other, value)


def worsened(rule, value, by):
    return value - by if rule in MORE_IS_BETTER else value + by


def gap_to(rule, value, target):
    # "v − t where more is better, t − v where less is better"
    return value - target if rule in MORE_IS_BETTER else target - value


def within_tolerance(rule, indicator, value, target):
    # "tolerance is a share of |t|; “set” means not empty, and an explicit 0 is set."
    if indicator.get("tolerance", "") == "":
        return False
    return meets(rule, value, worsened(rule, target, float(indicator["tolerance"]) * abs(target)))


# ---------------------------------------------------------------- the value of a year


@dataclass
class Value:
    """What there is for one year: a value with the states it rests on, or nothing, or not applicable."""

    value: object = None
    states: list = field(default_factory=list)
    not_applicable: bool = False


def counting_row(rows, year, breakdown):
    # "the latest reported_on counts, wherever it stands in the file"
    vintages = [row for row in rows if int(row["year"]) == year and row["breakdown"] == breakdown]
    return max(vintages, key=lambda row: date.fromisoformat(row["reported_on"]), default=None)


def value_of_row(indicator, row):
    if row is None:
        return Value()
    if row["state"] == "not_applicable":
        return Value(not_applicable=True)
    # "not_collected means no value"; "An empty cell is not a zero."
    if row["state"] == "not_collected" or row["value"] == "":
        return Value()
    number = indicator["kind"] == "number"
    return Value(float(row["value"]) if number else row["value"], [row["state"]])


def first_seen(rows):
    """The parts in "the order of their first ones": years ascending, within a year as in the file."""
    parts = []
    for row in sorted(rows, key=lambda row: int(row["year"])):
        if row["breakdown"] != "" and row["breakdown"] not in parts:
            parts.append(row["breakdown"])
    return parts


def parts_of_year(rows, year):
    """The parts of one year, and after them those forgotten in it."""
    parts = first_seen([row for row in rows if int(row["year"]) == year])
    if not parts:
        return []
    # "A part with rows in earlier years, the latest of them not not_applicable, that has none in y while
    # other parts have, counts as not_collected (after those that have rows, in the order of their first
    # ones)"
    forgotten = []
    earlier = [row for row in rows if int(row["year"]) < year]
    for part in first_seen(earlier):
        last_year = max(int(row["year"]) for row in earlier if row["breakdown"] == part)
        if part not in parts and counting_row(rows, last_year, part)["state"] != "not_applicable":
            forgotten.append(part)
    return parts + forgotten


def measured(book, indicator, year, part=""):
    """The measured value of a year: of the indicator as a whole (part "") or of one part."""
    rows = book.rows_of(indicator)
    # "each is rated with its own row"; "The row without breakdown, where there is one, whatever its state"
    row = counting_row(rows, year, part)
    if part != "" or row is not None:
        return value_of_row(indicator, row)
    # "Empty: the parts are shown, and the indicator has no value."
    if indicator.get("breakdowns", "") != "sum":
        return Value()
    # "sum: the value is the sum of the parts; parts that are not_applicable are left out (all of them:
    # not_applicable), and one part not_collected means no value."
    parts = [measured(book, indicator, year, part) for part in parts_of_year(rows, year)]
    if not parts:
        return Value()
    counted = [part for part in parts if not part.not_applicable]
    if not counted:
        return Value(not_applicable=True)
    if any(part.value is None for part in counted):
        return Value()
    return Value(sum(part.value for part in counted), [state for part in counted for state in part.states])


def baseline_year(indicator):
    years = indicator.get("baseline_years", "")
    return int(years) if years != "" and "-" not in years else None


def value_for_comparison(book, indicator, year, part):
    """The value of another year that a rule looks at."""
    # "A **stated baseline** is the value of its year for later comparisons, whatever was measured; it needs a
    # single baseline_years." "A stated target or baseline applies to each."
    if indicator.get("baseline", "") != "" and baseline_year(indicator) == year:
        return Value(float(indicator["baseline"]))
    return measured(book, indicator, year, part)


def baseline(book, indicator, part):
    # "Without one, the baseline is the measured value of baseline_years."
    year = baseline_year(indicator)
    return Value() if year is None else value_for_comparison(book, indicator, year, part)


def previous(book, indicator, year, part):
    # "the latest one of the three years before y (a stated baseline counting for its year), else the
    # baseline"
    for earlier in (year - 1, year - 2, year - 3):
        found = value_for_comparison(book, indicator, earlier, part)
        if found.value is not None:
            return found
    return baseline(book, indicator, part)


# ---------------------------------------------------------------- one indicator


def answer(rating, value=None, target=None, gap=None, pace=None, rests_on=()):
    """What is said of an indicator or a part; `rests_on` are the values whose states weaken it."""
    states = [state for value in rests_on for state in value.states]
    # "State of a rating: the weakest …" "Given for the four ratings only."
    state = max(states, key=FIRMNESS.index, default="") if rating in RATINGS else ""
    if isinstance(gap, float) and gap == 0:
        gap = 0.0
    return {"rating": rating, "breakdown": "", "value": value, "target": target, "gap": gap, "pace": pace,
            "state": state, "missing": 0}  # fmt: skip


def rate_indicator(book, indicator, year):
    rows = book.rows_of(indicator)
    if indicator["rule"] == "by_date":
        # "A row without breakdown in any year makes the total what is rated."
        whole = any(row["breakdown"] == "" for row in rows)
        # "Parts (each) are those of all its rows."
        parts = first_seen(rows)
    else:
        # "The row without breakdown, where there is one, whatever its state"
        whole = counting_row(rows, year, "") is not None
        parts = parts_of_year(rows, year)
    if whole or not parts or indicator.get("breakdowns", "") != "each":
        result = rate_one(book, indicator, year, "")
    else:
        result = worst_part([rate_one(book, indicator, year, part) | {"breakdown": part} for part in parts])
    return {"indicator": indicator["indicator"]} | result


def worst_part(parts):
    # "the indicator has the worst rating (the first such part is named …)"
    rated = [part for part in parts if part["rating"] in RATINGS]
    if rated:
        worst = max(rated, key=lambda part: RATINGS.index(part["rating"]))
        # "missing counts the parts that are no_data or no_comparison beside rated ones."
        missing = sum(part["rating"] in ("no_data", "no_comparison") for part in parts)
        return worst | {"missing": missing}
    # "If no part is rated, the indicator is the first of … that occurs among them, and the first such part
    # is named."
    return min(parts, key=lambda part: STATES.index(part["rating"]))


def rate_one(book, indicator, year, part):
    """Rate the indicator as a whole (part "") or one of its parts."""
    rule = indicator["rule"]
    if rule == "by_date":
        return by_date(book, indicator, year, part)
    now = measured(book, indicator, year, part)
    # "(monitor looks at no state: it is always monitored.)"
    if rule == "monitor":
        return answer("monitored", now.value)
    # "not_applicable is the answer before any rule looks at it, not_collected means no value."
    if now.not_applicable:
        return answer("not_applicable")
    if now.value is None:
        return answer("no_data")
    if rule == "between":
        return between(indicator, now)
    if rule == "zero":
        # "v = 0 … off_track, also for a negative v; gap is −v"
        achieved = at_least(now.value, 0.0) and at_least(0.0, now.value)
        return answer("achieved" if achieved else "off_track", now.value, 0.0, -now.value, rests_on=[now])
    if rule == "yes":
        return answer("achieved" if now.value == "yes" else "off_track", now.value, "yes", rests_on=[now])
    if rule == "level":
        return level(indicator, now)
    if rule in ("at_least", "at_most"):
        if indicator["target"] in book.by_code:
            return against_reference(book, indicator, year, part, now)
        if indicator.get("due", "") != "":
            return due_target(book, indicator, year, part, now)
        return standard(indicator, now, float(indicator["target"]), [now])
    if rule in ("rise_each_year", "fall_each_year"):
        return ratchet(book, indicator, year, part, now)
    if rule in ("above_trend", "below_trend"):
        return trend(book, indicator, year, part, now)
    if rule in ("increase", "decrease"):
        return direction(book, indicator, year, part, now)
    raise ValueError(f"no such rule: {rule}")


# ---------------------------------------------------------------- the rules


def standard(indicator, now, target, rests_on):
    # "a standard that holds every year | v meets t | at_risk within the tolerance, else off_track"
    rule = indicator["rule"]
    if meets(rule, now.value, target):
        rating = "achieved"
    elif within_tolerance(rule, indicator, now.value, target):
        rating = "at_risk"
    else:
        rating = "off_track"
    return answer(rating, now.value, target, gap_to(rule, now.value, target), rests_on=rests_on)


def against_reference(book, indicator, year, part, now):
    # "t is that indicator's value of the same year and the same breakdown, never another's"
    # "The value of y itself, also a reference's, is always measured."
    reference = measured(book, book.by_code[indicator["target"]], year, part)
    # "reference not_applicable: not_applicable; without value: no_comparison"
    if reference.not_applicable:
        return answer("not_applicable", now.value)
    if reference.value is None:
        return answer("no_comparison", now.value)
    return standard(indicator, now, reference.value, [now, reference])


def due_target(book, indicator, year, part, now):
    rule = indicator["rule"]
    target, due, base_year = float(indicator["target"]), int(indicator["due"]), baseline_year(indicator)
    base = baseline(book, indicator, part)
    value, gap = now.value, gap_to(rule, now.value, target)
    pace = None
    # "pace wherever there is a value and it can be computed: yb < y < due, and a baseline that does not
    # meet the target"
    if base.value is not None and base_year < year < due and not meets(rule, base.value, target):
        # "[(v − b) / (t − b)] / [(y − yb) / (D − yb)]"
        pace = ((value - base.value) / (target - base.value)) / ((year - base_year) / (due - base_year))
    if meets(rule, value, target):  # "v meets t, in whatever year"
        rating = "achieved"
    elif year >= due:  # "y ≥ D: at_risk within the tolerance, else off_track"
        rating = "at_risk" if within_tolerance(rule, indicator, value, target) else "off_track"
    elif base_year is not None and year <= base_year:  # "y ≤ yb: not_yet_due"
        rating = "not_yet_due"
    elif base.value is None:  # "no baseline: no_comparison"
        rating = "no_comparison"
    elif meets(rule, base.value, target):  # "b already meets t: off_track"
        rating = "off_track"
    elif at_least(pace, 0.95):  # "on_track from 0.95, at_risk from 0.60, else off_track"
        rating = "on_track"
    else:
        rating = "at_risk" if at_least(pace, 0.60) else "off_track"
    return answer(rating, value, target, gap, pace, rests_on=[now, base])


def between(indicator, now):
    # "target is low|high (equal: exactly)"; "low ≤ v ≤ high"
    low, high = (float(limit) for limit in indicator["target"].split("|"))
    value = now.value
    if at_least(value, low) and at_least(high, value):
        rating = "achieved"
    # "at_risk within the tolerance of the nearer limit (a share of it), else off_track"
    elif value < low:
        rating = "at_risk" if within_tolerance("at_least", indicator, value, low) else "off_track"
    else:
        rating = "at_risk" if within_tolerance("at_most", indicator, value, high) else "off_track"
    # "gap is the smaller of v − low and high − v"
    return answer(rating, value, indicator["target"], min(value - low, high - value), rests_on=[now])


def level(indicator, now):
    # "scale lists it worst to best | v's rank ≥ t's | one rank below and a tolerance set: at_risk, else
    # off_track"
    scale = [label.strip() for label in indicator["scale"].split("|")]
    below = scale.index(indicator["target"]) - scale.index(now.value)
    if below <= 0:
        rating = "achieved"
    else:
        rating = "at_risk" if below == 1 and indicator.get("tolerance", "") != "" else "off_track"
    return answer(rating, now.value, indicator["target"], rests_on=[now])


def at_best_possible(indicator, value):
    # "a value at its best possible (maximum where more is better, minimum where less is)"
    rule = indicator["rule"]
    bound = indicator.get("maximum" if rule in MORE_IS_BETTER else "minimum", "")
    return bound != "" and meets(rule, value, float(bound))


def ratchet(book, indicator, year, part, now):
    rule, value, base_year = indicator["rule"], now.value, baseline_year(indicator)
    # "no_data, not_applicable and not_yet_due come first." "y ≤ yb: not_yet_due"
    if base_year is not None and year <= base_year:
        return answer("not_yet_due", value)
    before, base = previous(book, indicator, year, part), baseline(book, indicator, part)
    target = before.value
    at_best = at_best_possible(indicator, value)
    if target is None and not at_best:  # "no earlier value: no_comparison"
        return answer("no_comparison", value)
    if at_best:  # "meets any ratchet or direction: achieved … also when there is nothing to compare with"
        rating = "achieved"
    elif strictly_better(rule, value, target):
        # "v strictly better than t, and not worse than b where there is a baseline"; "but worse than b:
        # at_risk"
        rating = "achieved" if base.value is None or meets(rule, value, base.value) else "at_risk"
    else:
        # "not better: at_risk when a tolerance is set and v is not worse than t by more than it, else
        # off_track"
        rating = "at_risk" if within_tolerance(rule, indicator, value, target) else "off_track"
    gap = None if target is None else gap_to(rule, value, target)
    return answer(rating, value, target, gap, rests_on=[now, before, base])


def trend(book, indicator, year, part, now):
    rule, value = indicator["rule"], now.value
    first, last = (int(end) for end in indicator["baseline_years"].split("-"))
    if year <= last:  # "y within or before the baseline years: not_yet_due"
        return answer("not_yet_due", value)
    points = [(x, measured(book, indicator, x, part)) for x in range(first, last + 1)]
    points = [(x, point) for x, point in points if point.value is not None]
    if len(points) < 3:  # "fewer than 3 baseline values: no_comparison"
        return answer("no_comparison", value)
    # "t is their least-squares line read at y, or their mean where that is the harder one"
    mean_x = math.fsum(x for x, _ in points) / len(points)
    mean = math.fsum(point.value for _, point in points) / len(points)
    slope = math.fsum((x - mean_x) * (point.value - mean) for x, point in points)
    slope /= math.fsum((x - mean_x) ** 2 for x, _ in points)
    line = mean + slope * (year - mean_x)
    target = max(line, mean) if rule == "above_trend" else min(line, mean)
    # "kept within minimum and maximum"
    if indicator.get("minimum", "") != "":
        target = max(target, float(indicator["minimum"]))
    if indicator.get("maximum", "") != "":
        target = min(target, float(indicator["maximum"]))
    return standard(indicator, now, target, [now] + [point for _, point in points])


def direction(book, indicator, year, part, now):
    rule, value, base_year = indicator["rule"], now.value, baseline_year(indicator)
    if base_year is not None and year <= base_year:  # "y ≤ yb: not_yet_due"
        return answer("not_yet_due", value)
    before, base = previous(book, indicator, year, part), baseline(book, indicator, part)
    at_best = at_best_possible(indicator, value)
    if base.value is None and not at_best:  # "no baseline: no_comparison"
        return answer("no_comparison", value)
    rating = "on_track" if at_best else course(rule, value, base.value, before.value, year - base_year)
    # "from the plan's last year on, as on_track"
    if rating == "on_track" and year >= book.last_year:
        rating = "achieved"
    target = base.value  # "(t = b)"
    gap = None if target is None else gap_to(rule, value, target)
    return answer(rating, value, target, gap, rests_on=[now, before, base])


def course(rule, value, base, before, years):
    growth = yearly_growth(value, base, years)
    if rule == "decrease":
        growth = -growth
    # "in the right direction above 0.5 %: on_track; from −0.5 % to 0.5 %: at_risk; below: off_track"
    # "Compared with an absolute error of 1e-9."
    if growth < -0.005 - 1e-9:
        return "off_track"
    # "A wrong turn since the previous value (as for the ratchet) of more than 0.5 % of the size of b (of the
    # previous value where b = 0; compared as above) makes it at_risk at best."
    allowed = 0.005 * abs(base if base != 0 else before)
    wrong_turn = not meets(rule, value, worsened(rule, before, allowed))
    return "on_track" if growth > 0.005 + 1e-9 and not wrong_turn else "at_risk"


def yearly_growth(value, base, years):
    # "for b = 0 only the sign of v counts, as infinitely fast"
    if base == 0:
        return 0.0 if value == 0 else math.copysign(math.inf, value)
    # "(v / b)^(1 / (y − yb)) − 1 where b > 0 and v ≥ 0; else (v − b) / |b| / (y − yb)"
    if base > 0 and value >= 0:
        return (value / base) ** (1 / years) - 1
    return (value - base) / abs(base) / years


def by_date(book, indicator, year, part):
    rows, target = book.rows_of(indicator), indicator["target"]
    due = date.fromisoformat(target)
    # "A not_applicable row in y wins."
    if value_of_row(indicator, counting_row(rows, year, part)).not_applicable:
        return answer("not_applicable")
    # "the horizon is the earlier of the end of y and the as-of date"
    horizon = date(year, 12, 31) if book.as_of is None else min(date(year, 12, 31), book.as_of)
    # "Of the indicator's rows of any year whose latest vintage has a value, that of the latest year counts."
    row = None
    for any_year in sorted({int(row["year"]) for row in rows}):
        found = counting_row(rows, any_year, part)
        if value_of_row(indicator, found).value is not None:
            row = found
    now = value_of_row(indicator, row)
    done = None if row is None or row["value"] == "no" else date.fromisoformat(row["value"])
    # "A date up to the horizon: achieved when it is not after t, else off_track."
    if done is not None and done <= horizon:
        return answer("achieved" if done <= due else "off_track", now.value, target, rests_on=[now])
    # "Otherwise it is not done by the horizon: t after the horizon: not_yet_due"
    if due > horizon:
        return answer("not_yet_due", target=target)
    # "t past: off_track when the row says so (a date, or a no reported after t), else no_data"
    if done is not None or (row is not None and date.fromisoformat(row["reported_on"]) > due):
        return answer("off_track", target=target, rests_on=[now])
    return answer("no_data", target=target)


# ---------------------------------------------------------------- bringing ratings together


def rate_kpi(book, kpi, indicators):
    own = [
        (indicator, rated)
        for indicator, rated in zip(book.indicators, indicators, strict=True)
        if indicator["kpi"] == kpi["kpi"]
    ]
    rated = [(indicator, row) for indicator, row in own if row["rating"] in RATINGS]
    # "rated counts its rated indicators, ratable those and the ones with no_data or no_comparison."
    ratable = len(rated) + sum(row["rating"] in ("no_data", "no_comparison") for _, row in own)
    if rated:  # "the worst rating among its indicators"
        rating = max((row["rating"] for _, row in rated), key=RATINGS.index)
    else:  # "the first of the states in the order above that occurs; no indicator at all: no_data"
        rating = min((row["rating"] for _, row in own), key=STATES.index, default="no_data")
    # "A rated KPI is partial when rated < ratable, or one of its rated indicators has missing parts."
    partial = bool(rated) and (len(rated) < ratable or any(row["missing"] > 0 for _, row in rated))
    # "basis, the weakest among its rated indicators"
    basis = max((indicator["basis"] for indicator, _ in rated), key=BASIS.index, default="")
    return {"kpi": kpi["kpi"], "rating": rating, "rated": len(rated), "ratable": ratable,
            "partial": "yes" if partial else "no", "basis": basis}  # fmt: skip


def rate_objective(book, objective, kpis):
    own = [
        rated
        for kpi, rated in zip(book.kpis, kpis, strict=True)
        if kpi["objective"] == objective["objective"]
    ]
    counts = {rating: sum(row["rating"] == rating for row in own) for rating in RATINGS + STATES}
    rated = sum(counts[rating] for rating in RATINGS)
    ratable = rated + counts["no_data"] + counts["no_comparison"]
    partial = sum(row["partial"] == "yes" for row in own)
    on_course = counts["achieved"] + counts["on_track"]
    in_full = sum(row["rating"] in ("achieved", "on_track") and row["partial"] == "no" for row in own)
    shares = dict.fromkeys(["coverage", "on_course", "on_course_low", "on_course_high"])
    if ratable:
        # "coverage = KPIs rated in full / ratable."
        shares["coverage"] = (rated - partial) / ratable
        # "given only when the coverage reaches the plan's floor (0.5) and something is rated"
        if rated and at_least(shares["coverage"], book.coverage_floor):
            shares["on_course"] = on_course / rated
        # "low counts only those on course in full, as if everything missing were off course; high as if
        # everything missing were on course (a rated KPI that is off course stays so)."
        shares["on_course_low"] = in_full / ratable
        shares["on_course_high"] = (on_course + ratable - rated) / ratable
    totals = {"ratable": ratable, "rated": rated, "partial": partial}
    return {"objective": objective["objective"]} | counts | totals | shares
