"""Valid data folders made at random, in the documented format, crowded around the thresholds of the rules.

One generator, fed by a `random.Random`, serves both uses: hypothesis hands it a Random that it can shrink
(`packages()`), a sweep hands it a seeded one (`seeded_package`). What `check` calls an error never occurs in
them, what it calls a warning does.
"""

import csv
import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from hypothesis import strategies as st

YEARS = range(2008, 2016)
PARTS = ["North", "East", "West", "World 2013/over 1 m CHF"]
SCALE = ["poor", "fair", "satisfactory", "good", "excellent"]
OPTIONAL = [
    "target", "due", "baseline", "baseline_years", "tolerance", "scale", "breakdowns", "measured_by",
    "minimum", "maximum", "note",
]  # fmt: skip
INDICATOR_COLUMNS = ["indicator", "kpi", "name", "unit", "kind", "rule", *OPTIONAL[:-1], "basis", "note"]
ROW_COLUMNS = ["indicator", "year", "breakdown", "value", "state", "reported_on", "source", "comment"]
ANSWERS = ["responses", "invited"]
NUMBER_RULES = [
    "at_least", "at_most", "due_at_least", "due_at_most", "at_least_reference", "at_most_reference",
    "between", "zero", "rise_each_year", "fall_each_year", "above_trend", "below_trend", "increase",
    "decrease", "monitor",
]  # fmt: skip
RULES = [*NUMBER_RULES, "yes", "by_date", "level", "monitor_other_kind"]


@dataclass
class Package:
    """A data folder in memory; the order of `rows` is that of the lines in their files."""

    settings: dict
    objectives: list
    kpis: list
    indicators: list
    rows: list = field(default_factory=list)
    drop_empty_columns: bool = False
    encoding: str = "utf-8"
    line_end: str = "\n"

    def write(self, folder: Path) -> Path:
        plan = folder / "plan"
        plan.mkdir(parents=True, exist_ok=True)
        settings = {"title": '"A plan"', "organisation": '"An organisation"'} | self.settings
        (plan / "plan.toml").write_text("".join(f"{key} = {value}\n" for key, value in settings.items()))
        self.write_table(plan / "objectives.csv", ["objective", "title"], self.objectives)
        self.write_table(plan / "kpis.csv", ["kpi", "objective", "text"], self.kpis)
        unused = {c for c in OPTIONAL if self.drop_empty_columns and not any(i[c] for i in self.indicators)}
        columns = [column for column in INDICATOR_COLUMNS if column not in unused]
        self.write_table(plan / "indicators.csv", columns, self.indicators)
        for year in sorted({row["year"] for row in self.rows}):
            (folder / "measurements").mkdir(exist_ok=True)
            rows = [row for row in self.rows if row["year"] == year]
            columns = [*ROW_COLUMNS, *(name for name in ANSWERS if any(name in row for row in rows))]
            self.write_table(folder / "measurements" / f"{year}.csv", columns, rows)
        return folder

    def write_table(self, path, columns, rows):
        with path.open("w", encoding=self.encoding, newline="") as lines:
            writer = csv.DictWriter(lines, columns, extrasaction="ignore", lineterminator=self.line_end)
            writer.writeheader()
            writer.writerows(rows)


def packages(rules=None, indicators=3):
    """Hypothesis strategy of small packages; `rules` (of RULES) narrows what is in them."""
    return st.randoms(use_true_random=False).map(lambda dice: make_package(dice, rules or RULES, indicators))


def seeded_package(seed, indicators=12):
    return make_package(random.Random(seed), RULES, indicators)


def as_of_dates(dice, package, count=2):
    """Some days on which, or on the day before which, something was reported."""
    days = sorted({row["reported_on"] for row in package.rows}) or ["2013-03-31"]
    chosen = [date.fromisoformat(dice.choice(days)) for _ in range(count)]
    return [(day - timedelta(days=dice.randint(0, 1))).isoformat() for day in chosen]


# ---------------------------------------------------------------- the plan


def make_package(dice, rules, indicators):
    last_year = dice.choice([2013, 2014, 2015])
    settings = {"first_year": 2012, "last_year": last_year}
    if dice.random() < 0.7:
        settings["coverage_floor"] = dice.choice(["0.5", "0.0", "0.75", "1.0", "0.25"])
    objectives = [{"objective": f"O{n}", "title": f"Objective {n}"} for n in range(1, dice.randint(1, 3) + 1)]
    kpis = [
        {"kpi": f"{objective['objective']}-K{n}", "objective": objective["objective"], "text": "A KPI"}
        for objective in objectives
        for n in range(1, dice.randint(0, 4) + 1)
    ] or [{"kpi": "O1-K1", "objective": "O1", "text": "A KPI"}]
    package = Package(settings, objectives, kpis, [], drop_empty_columns=dice.random() < 0.3)
    package.encoding, package.line_end = dice.choice(["utf-8", "utf-8-sig"]), dice.choice(["\n", "\r\n"])
    makers = []
    while len(package.indicators) < indicators:
        add_indicator(dice, package, makers, dice.choice(rules))
    for maker in makers:
        maker.report(package.rows)
    dice.shuffle(package.rows)
    return package


def add_indicator(dice, package, makers, rule):
    if rule.endswith("_reference"):
        reference = add_number(dice, package, makers, dice.choice(["monitor", "monitor", "at_least"]))
        spec = new_spec(dice, package, rule.removesuffix("_reference"))
        spec["target"] = reference.spec["indicator"]
        spec["due"] = "2015" if dice.random() < 0.1 else ""
        if dice.random() < 0.6:
            spec["breakdowns"] = reference.spec["breakdowns"]
        maker = Numbers(dice, spec, reference)
        settle_number(dice, maker)
    elif rule in NUMBER_RULES:
        return add_number(dice, package, makers, rule)
    else:
        maker = Words(dice, word_spec(dice, package, rule))
    return enter(dice, package, makers, maker)


def add_number(dice, package, makers, rule):
    maker = Numbers(dice, new_spec(dice, package, rule.removeprefix("due_")))
    settle_number(dice, maker, due=rule.startswith("due_"))
    return enter(dice, package, makers, maker)


def enter(dice, package, makers, maker):
    """Put the indicator into the plan; now and then it takes another one's rows instead of its own."""
    owners = [
        other
        for other in makers
        if other.spec["kind"] == maker.spec["kind"] and other.spec["indicator"] != maker.spec["target"]
    ]
    if owners and maker.shareable() and dice.random() < 0.2:
        maker.spec["measured_by"] = dice.choice(owners).spec["indicator"]
    else:
        makers.append(maker)
    package.indicators.append(maker.spec)
    return maker


def new_spec(dice, package, rule):
    kpi = dice.choice(package.kpis)["kpi"]
    code = f"{kpi}{chr(97 + len(package.indicators) % 26)}{len(package.indicators) // 26 or ''}"
    spec = dict.fromkeys(INDICATOR_COLUMNS, "")
    spec |= {"indicator": code, "kpi": kpi, "name": "An indicator", "unit": "number", "kind": "number"}
    spec |= {"rule": rule, "basis": dice.choice(["plan", "derived", "assumed"])}
    spec["breakdowns"] = dice.choice(["", "each", "each", "sum"])
    spec["tolerance"] = dice.choice(["", "", "0", "0.05", "0.1"])
    return spec


def word_spec(dice, package, rule):
    spec = new_spec(dice, package, rule.removesuffix("_other_kind"))
    kinds = {"yes": "yes_no", "by_date": "date", "level": "level"}
    spec["kind"] = kinds.get(rule) or dice.choice(["yes_no", "date", "level"])
    spec["breakdowns"] = dice.choice(["", "each"])
    if spec["kind"] == "level":
        spec["scale"] = "|".join(SCALE)
    if rule == "level":
        spec["target"] = dice.choice(SCALE)
    if rule == "by_date":
        spec["target"] = dice.choice(["2013-12-31", "2013-06-30", "2012-12-31", "2015-06-30", "2014-01-01"])
    return spec


# ---------------------------------------------------------------- numbers

SIZES = ["1", "2", "100", "100", "80", "-50", "-200", "0", "12.5", "9000000"]


def number(value):
    """A Decimal as the format writes numbers: no exponent, at most twelve decimals."""
    text = format(round(Decimal(value), 12), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def settle_number(dice, maker, due=False):
    """Choose target, baseline and bounds so that `check` finds no error in them."""
    spec, size, spread = maker.spec, maker.size, maker.spread
    rule = spec["rule"]
    if rule in ("at_least", "at_most") and not spec["target"]:
        maker.target = size + spread * dice.choice([0, 0, 1, -1])
        spec["target"] = number(maker.target)
    if rule == "between":
        maker.limits = (size, size + spread * dice.choice([0, 1, 2]))
        spec["target"] = f"{number(maker.limits[0])}|{number(maker.limits[1])}"
    if rule in ("above_trend", "below_trend"):
        spec["baseline_years"] = dice.choice(["2008-2011", "2009-2011", "2010-2013"])
    if due or rule in ("increase", "decrease") or (rule.endswith("_each_year") and dice.random() < 0.7):
        spec["baseline_years"] = str(dice.choice([2008, 2010, 2011, 2011, 2012, 2013]))
        if due:
            spec["due"] = str(dice.randint(max(2013, int(spec["baseline_years"]) + 1), 2016))
            maker.base = maker.target + spread * (-2 if rule == "at_least" else 2)
        if dice.random() < 0.4:
            spec["baseline"] = number(maker.base)
    set_bounds(dice, maker)


def set_bounds(dice, maker):
    """Bounds that hold target and baseline; with `sum` only a minimum of zero is allowed."""
    spec = maker.spec
    named = [maker.base, maker.target, *maker.limits, *((Decimal(0),) if spec["rule"] == "zero" else ())]
    named = [value for value in named if value is not None]
    if spec["breakdowns"] == "sum":
        if min(named) >= 0 and dice.random() < 0.4:
            spec["minimum"] = "0"
    elif dice.random() < 0.4:
        if dice.random() < 0.7:
            spec["minimum"] = number(min(named) - maker.spread * dice.choice([0, 1, 3]))
        if dice.random() < 0.7:
            spec["maximum"] = number(max(named) + maker.spread * dice.choice([0, 1, 3]))


class Numbers:
    """Makes the measurements of one numeric indicator."""

    def __init__(self, dice, spec, reference=None):
        self.dice, self.spec, self.reference = dice, spec, reference
        self.size = reference.size if reference else Decimal(dice.choice(SIZES))
        self.spread = abs(self.size) / 10 or Decimal(1)
        self.base, self.target, self.limits = self.size, None, ()
        self.slope = self.spread * dice.choice([0, 0, 1, -1]) / 4
        self.written, self.parts = {}, None

    def shareable(self):
        return not (self.spec["minimum"] or self.spec["maximum"])

    def report(self, rows):
        # Most figures come in the parts in which their reference comes: a bill, its budget.
        parts = self.reference.parts if self.reference and self.dice.random() < 0.7 else None
        self.parts = report_cells(self.dice, self.spec, rows, self.value, parts)

    def value(self, year, part):
        dice = self.dice
        chance = dice.random()
        near = self.thresholds(year, part)
        if chance < 0.65 and near:
            value = dice.choice(near) + dice.choice([0, 0, 1, -1]) * dice.choice(
                [Decimal("1e-10"), Decimal("1e-4") * max(1, abs(self.size))]
            )
        else:
            value = self.size + self.spread * Decimal(dice.randint(-300, 300)) / 100
        value = self.clipped(value)
        self.written[year, part] = value
        text = number(value)
        return f" {text} " if dice.random() < 0.02 else text

    def clipped(self, value):
        minimum, maximum = self.spec["minimum"], self.spec["maximum"]
        value = max(value, Decimal(minimum)) if minimum else value
        return min(value, Decimal(maximum)) if maximum else value

    def thresholds(self, year, part):
        """Values at which some rule may change its mind."""
        rule, base = self.spec["rule"], self.base
        tolerance = Decimal(self.spec["tolerance"] or 0)
        before = [self.written[y, part] for y in range(year - 4, year) if (y, part) in self.written]
        if rule in ("rise_each_year", "fall_each_year"):
            slack = [value + tolerance * abs(value) * sign for value in before for sign in (1, -1)]
            return [base, *before, *slack]
        if rule in ("increase", "decrease"):
            turns = [value + sign * abs(base) / 200 for value in before for sign in (1, -1)]
            return [base, Decimal(0), *self.growth(year), *turns]
        if rule in ("above_trend", "below_trend"):
            line = self.size + self.slope * (year - 2008)
            slack = tolerance * abs(line)
            return [line] if year < 2012 else [line, line - slack, line + slack, self.size]
        if rule == "zero":
            return [Decimal(0), Decimal(0), Decimal("-0.0"), Decimal(1)]
        if self.reference:
            written = self.reference.written
            goals = [written[year, p] for p in (part, "") if (year, p) in written]
        else:
            goals = [self.target, *self.limits] if self.target is not None else list(self.limits)
        near = [goal + sign * tolerance * abs(goal) for goal in goals for sign in (0, 1, -1)]
        return near + self.paces(year)

    def growth(self, year):
        years = year - int(self.spec["baseline_years"])
        if years <= 0:
            return []
        rates = [Decimal("1.005"), Decimal("0.995")]
        straight = [self.base + abs(self.base) * (rate - 1) * years for rate in rates]
        return [self.base * rate**years for rate in rates] + straight

    def paces(self, year):
        if not self.spec["due"] or not self.spec["baseline_years"]:
            return []
        first, due = int(self.spec["baseline_years"]), int(self.spec["due"])
        if year <= first:
            return [self.base, self.base]
        path = (self.target - self.base) * (year - first) / (due - first)
        return [self.base + path * pace for pace in (Decimal("0.95"), Decimal("0.6"), 1)]


class Words:
    """Makes the measurements of one indicator that is no number."""

    def __init__(self, dice, spec):
        self.dice, self.spec = dice, spec
        self.done = {}

    def shareable(self):
        return True

    def report(self, rows):
        report_cells(self.dice, self.spec, rows, self.value)

    def value(self, year, part):
        if self.spec["kind"] == "yes_no":
            return self.dice.choice(["yes", "no"])
        if self.spec["kind"] == "level":
            return self.dice.choice(SCALE)
        # A date followed by a `no` for a later year is an error: up to some year it is `no`, then a day.
        if self.done.setdefault(part, self.dice.randint(2010, 2017)) > year:
            return "no"
        day = date.fromisoformat(self.spec["target"] or "2013-12-31")
        days = [day + timedelta(days=shift) for shift in (-1, 0, 1)]
        days += [date(year, 3, 1), date(year, 12, 31), date(year + 1, 1, 1)]
        return self.dice.choice(days).isoformat()


# ---------------------------------------------------------------- rows


def report_cells(dice, spec, rows, value, parts=None):
    """Add rows for some years, some parts and the total, each in one to three vintages; return the parts."""
    parts = parts or dice.sample(PARTS, dice.randint(1, 3))
    common = "total" if spec["breakdowns"] == "" else "parts"
    habit = dice.choice([common, common, "total", "mixed"])
    diligence = dice.choice([0.3, 0.8, 0.95, 1.0, 1.0])
    for year in YEARS:
        if dice.random() > diligence:
            continue
        shape = dice.choice(["total", "parts", "both"]) if habit == "mixed" else habit
        cells = ([""] if shape != "parts" else []) + (parts if shape != "total" else [])
        for part in cells:
            if part == "" or dice.random() < 0.85:
                rows += vintages(dice, spec["indicator"], year, part, value)
    return parts


def vintages(dice, indicator, year, part, value):
    days = [f"{year}-12-31", *[f"{year + 1}-03-31"] * 2, f"{year + 2}-06-30", f"{year + 4}-01-01"]
    chosen = dict.fromkeys(dice.choice(days) for _ in range(dice.choice([1, 1, 1, 2, 3])))
    return [vintage(dice, indicator, year, part, value, day) for day in chosen]


def vintage(dice, indicator, year, part, value, day):
    state = dice.choice(["final"] * 9 + ["provisional", "provisional", "estimated", "illustrative"])
    chance = dice.random()
    if chance < 0.14:
        state = "not_applicable" if chance < 0.07 else "not_collected"
    text = "" if state.startswith("not_") else value(year, part)
    return {"indicator": indicator, "year": year, "breakdown": part, "value": text, "state": state,
            "reported_on": day, "source": "A report", "comment": ""}  # fmt: skip
