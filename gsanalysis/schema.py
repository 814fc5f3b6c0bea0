"""Every file and column of a data folder, declared once: loading, checking and `gsanalysis.dictionary` read it."""

import re
from dataclasses import dataclass
from typing import Any

CODE = re.compile(r"[^\W\d_][\w.\-]*")
YEAR = re.compile(r"[1-9][0-9]{3}", re.ASCII)
YEARS = re.compile(r"[1-9][0-9]{3}(-[1-9][0-9]{3})?", re.ASCII)
NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?", re.ASCII)

KINDS = ("number", "yes_no", "date", "level")
BASES = ("plan", "derived", "assumed")
BREAKDOWNS = ("sum", "each")
STATES_WITH_VALUE = ("final", "provisional", "estimated", "illustrative")
STATES_WITHOUT_VALUE = ("not_applicable", "not_collected")
VERIFICATIONS = ("audited", "published", "internal", "stated")


@dataclass(frozen=True)
class Column:
    """A column of a CSV file, or a key of `plan.toml`.

    `type` is one of text, code, number, count, share, year, years, date, address, choice, labels, language,
    and `target` or `value`, whose form depends on the indicator. A required column has to be there; its
    cells have to be filled unless `may_be_empty`. `names` is the table whose codes the cells name.
    """

    name: str
    type: str
    meaning: str
    required: bool = False
    may_be_empty: bool = False
    allowed: tuple[str, ...] = ()
    minimum: float | None = None
    names: str = ""
    unit: str = ""

    @property
    def explained(self) -> str:
        """The meaning as a part of a sentence."""
        return self.meaning[0].lower() + self.meaning[1:].rstrip(".")


@dataclass(frozen=True)
class Table:
    """A CSV file, or for the measurements a folder of files with the same columns; `key` makes a row unique."""

    name: str
    path: str
    thing: str
    meaning: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    may_be_absent: bool = False

    @property
    def names(self) -> list[str]:
        """The columns' names in their order."""
        return [column.name for column in self.columns]

    @property
    def required(self) -> list[str]:
        """The names of the columns that have to be there."""
        return [column.name for column in self.columns if column.required]

    def __getitem__(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)


@dataclass(frozen=True)
class Rule:
    """What a rule reads: the kinds of value, the columns that it needs, and those that it uses where filled.

    `years` says what `baseline_years` must be: `single`, `range` (three years or more), or "" where the rule
    does not use them. `takes_due`: with a `due` year the rule also needs a single baseline year, and uses
    a stated baseline.
    """

    name: str
    meaning: str
    kinds: tuple[str, ...]
    needs: tuple[str, ...] = ()
    uses: tuple[str, ...] = ()
    years: str = ""
    takes_due: bool = False


def _column(name: str, type: str, meaning: str, **more: Any) -> Column:
    return Column(name, type, meaning, **more)


def _must(name: str, type: str, meaning: str, **more: Any) -> Column:
    return Column(name, type, meaning, required=True, **more)


_YES_NO, _LEVEL, _DATE, _NUMBER = ("yes_no",), ("level",), ("date",), ("number",)
_YEARS, _TOLERANCE = ("baseline_years",), ("tolerance",)
_RATCHET: dict[str, Any] = {"kinds": _NUMBER, "uses": ("baseline", *_YEARS, *_TOLERANCE), "years": "single"}
_TREND: dict[str, Any] = {"kinds": _NUMBER, "needs": _YEARS, "uses": _TOLERANCE, "years": "range"}
_DIRECTION: dict[str, Any] = {"kinds": _NUMBER, "needs": _YEARS, "uses": ("baseline",), "years": "single"}
_TARGET: dict[str, Any] = {"kinds": _NUMBER, "needs": ("target",), "uses": _TOLERANCE}

RULES = {
    rule.name: rule
    for rule in (
        Rule("at_least", "The value is the target or more.", **_TARGET, takes_due=True),
        Rule("at_most", "The value is the target or less.", **_TARGET, takes_due=True),
        Rule("between", "The value lies within `low|high`.", **_TARGET),
        Rule("zero", "The value is nil.", _NUMBER),
        Rule("yes", "It is in place.", _YES_NO),
        Rule("level", "The label is the target's or better.", _LEVEL, ("target", "scale"), _TOLERANCE),
        Rule("by_date", "It is done by the target's date.", _DATE, ("target",)),
        Rule("rise_each_year", "The value is above the previous one.", **_RATCHET),
        Rule("fall_each_year", "The value is below the previous one.", **_RATCHET),
        Rule("above_trend", "The value is above the trend of the baseline years.", **_TREND),
        Rule("below_trend", "The value is below the trend of the baseline years.", **_TREND),
        Rule("increase", "The value grows from the baseline.", **_DIRECTION),
        Rule("decrease", "The value shrinks from the baseline.", **_DIRECTION),
        Rule("monitor", "The plan sets no standard.", KINDS),
    )
}

PLAN_KEYS = (
    _must("title", "text", "The plan's title."),
    _must("organisation", "text", "Whose plan it is."),
    _must("first_year", "year", "The first year of the plan's period."),
    _must("last_year", "year", "The last year of the plan's period."),
    _column("coverage_floor", "share", "Below this coverage no share on course is given; 0.5 if absent."),
    _column("mission", "text", "The mission, in the plan's words."),
    _column("goal", "text", "The strategic goal, in the plan's words."),
    _column("language", "language", "The language of the pages' texts, as in HTML (`en`); `en` if absent."),
)

OBJECTIVES = Table(
    "objectives",
    "plan/objectives.csv",
    "objective",
    "The plan's objectives, in its order and its words.",
    ("objective",),
    (
        _must("objective", "code", "The objective's code (`O3`)."),
        _must("title", "text", "The objective in the plan's words."),
    ),
)

OUTPUTS = Table(
    "outputs",
    "plan/outputs.csv",
    "output",
    "What the objectives deliver, in the plan's words.",
    ("output",),
    (
        _must("output", "code", "The output's code (`O3-P2`)."),
        _must("objective", "code", "The objective that it belongs to.", names="objectives"),
        _must("text", "text", "The output in the plan's words."),
        _column("text_variant", "text", "The other table's wording, where the plan's two tables differ."),
    ),
    may_be_absent=True,
)

EXPECTED_RESULTS = Table(
    "expected_results",
    "plan/expected_results.csv",
    "expected result",
    "What the objectives are meant to bring about, in the plan's words.",
    ("expected_result",),
    (
        _must("expected_result", "code", "The expected result's code (`O3-R1`)."),
        _must("objective", "code", "The objective that it belongs to.", names="objectives"),
        _must("text", "text", "The expected result in the plan's words."),
    ),
    may_be_absent=True,
)

KPIS = Table(
    "kpis",
    "plan/kpis.csv",
    "KPI",
    "The plan's key performance indicators, in its order and its words.",
    ("kpi",),
    (
        _must("kpi", "code", "The KPI's code (`O3-K4`)."),
        _must("objective", "code", "The objective that it belongs to.", names="objectives"),
        _must("text", "text", "The KPI in the plan's words."),
    ),
)

INDICATORS = Table(
    "indicators",
    "plan/indicators.csv",
    "indicator",
    "What is measured for each KPI, and the rule that rates it: a reading of the plan.",
    ("indicator",),
    (
        _must("indicator", "code", "The indicator's code (`O3-K4a`)."),
        _must("kpi", "code", "The KPI that it measures.", names="kpis"),
        _must("name", "text", "What is measured, in a few words."),
        _must("unit", "text", "The unit of its values (`%`, `CHF million`, `documents`)."),
        _must("kind", "choice", "What its values are.", allowed=KINDS),
        _must("rule", "choice", "How a year's value is judged.", allowed=tuple(RULES)),
        _column(
            "target",
            "target",
            "What the rule compares with: a number, the code of an indicator (a reference), `low|high`, "
            "a label of the scale, or a date.",
        ),
        _column("due", "year", "The year by which the target is to be reached; empty: it holds every year."),
        _column(
            "baseline", "number", "The stated value of the baseline year; empty: the measured one counts."
        ),
        _column("baseline_years", "years", "The baseline year (`2011`), for a trend a range (`2008-2011`)."),
        _column(
            "tolerance",
            "number",
            "How far short of the target still counts as at risk.",
            minimum=0,
            unit="share of the target's size",
        ),
        _column("scale", "labels", "The labels of a `level`, worst to best, separated by `|`."),
        _column(
            "breakdowns",
            "choice",
            "What the parts of a year without a total mean: `sum`: they add up; `each`: the target holds "
            "for every part; empty: they are shown only.",
            allowed=BREAKDOWNS,
        ),
        _column(
            "measured_by", "code", "Another indicator whose rows are this one's too.", names="indicators"
        ),
        _column("minimum", "number", "The lowest value that is possible.", unit="the indicator's unit"),
        _column("maximum", "number", "The highest value that is possible.", unit="the indicator's unit"),
        _must(
            "basis",
            "choice",
            "Whose reading it is: the plan states it, it follows from the plan's words, or the evaluation "
            "unit chose it.",
            allowed=BASES,
        ),
        _column("note", "text", "The words of the plan that it reads, and why so."),
        _column("definition", "text", "What exactly is counted, and how."),
        _column("owner", "text", "The service that supplies the figure."),
        _column("first_target", "target", "The target as first set, if it was moved since."),
        _column("confirmed_by", "text", "Who agreed to an assumed reading."),
        _column("confirmed_on", "date", "When that was."),
    ),
)

LINKS = Table(
    "links",
    "plan/links.csv",
    "link",
    "Which expected result or output a KPI speaks to.",
    ("kpi", "expected_result", "output"),
    (
        _must("kpi", "code", "The KPI.", names="kpis"),
        _column("expected_result", "code", "The expected result it speaks to.", names="expected_results"),
        _column("output", "code", "The output it speaks to.", names="outputs"),
        _must("basis", "choice", "Whose reading the link is.", allowed=BASES),
        _column("note", "text", "Why they are linked."),
    ),
    may_be_absent=True,
)

MEASUREMENTS = Table(
    "measurements",
    "measurements",
    "measurement",
    "One value of one indicator for one year and breakdown, as reported on one day; one file per year.",
    ("indicator", "year", "breakdown", "reported_on"),
    (
        _must("indicator", "code", "The indicator that was measured.", names="indicators"),
        _must("year", "year", "The year that the value is for; the file bears its name."),
        _column("breakdown", "text", "The part (an event, a survey group); empty for the total."),
        _must("value", "value", "The value, in the indicator's unit.", may_be_empty=True),
        _must(
            "state",
            "choice",
            "How firm the value is, or why there is none.",
            allowed=STATES_WITH_VALUE + STATES_WITHOUT_VALUE,
        ),
        _must(
            "reported_on", "date", "The day on which the source was published; a later row is a correction."
        ),
        _must("source", "text", "Where the value comes from."),
        _column("source_url", "address", "The source's address."),
        _column("verification", "choice", "Who has checked the figure.", allowed=VERIFICATIONS),
        _column("comment", "text", "What a reader should know; the reason of a correction."),
        _column("responses", "count", "How many answered, for a survey.", unit="people"),
        _column("invited", "count", "How many were asked, for a survey.", unit="people"),
    ),
    may_be_absent=True,
)

TABLES = {
    table.name: table
    for table in (OBJECTIVES, OUTPUTS, EXPECTED_RESULTS, KPIS, INDICATORS, LINKS, MEASUREMENTS)
}
