"""The keys of `plan.toml`, and every table of a data folder with its columns."""

from gsanalysis.schema.parts import (
    BASES,
    BREAKDOWNS,
    CRITERIA,
    GRADES,
    KINDS,
    NOT_RATED,
    RATINGS,
    STATES_WITH_VALUE,
    STATES_WITHOUT_VALUE,
    VERIFICATIONS,
    Table,
    must,
    optional,
)
from gsanalysis.schema.rules import RULES

PLAN_KEYS = (
    must("title", "text", "The plan's title."),
    must("organisation", "text", "Whose plan it is."),
    must("first_year", "year", "The first year of the plan's period."),
    must("last_year", "year", "The last year of the plan's period."),
    optional("coverage_floor", "share", "Below this coverage no share on course is given; 0.5 if absent."),
    optional("mission", "text", "The mission, in the plan's words."),
    optional("goal", "text", "The strategic goal, in the plan's words."),
    optional("language", "language", "The language of the pages' texts, as in HTML (`en`); `en` if absent."),
)

OBJECTIVES = Table(
    "objectives",
    "plan/objectives.csv",
    "objective",
    "The plan's objectives, in its order and its words.",
    ("objective",),
    (
        must("objective", "code", "The objective's code (`O3`)."),
        must("title", "text", "The objective in the plan's words."),
    ),
)

OUTPUTS = Table(
    "outputs",
    "plan/outputs.csv",
    "output",
    "What the objectives deliver, in the plan's words.",
    ("output",),
    (
        must("output", "code", "The output's code (`O3-P2`)."),
        must("objective", "code", "The objective that it belongs to.", names="objectives"),
        must("text", "text", "The output in the plan's words."),
        optional("text_variant", "text", "The other table's wording, where the plan's two tables differ."),
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
        must("expected_result", "code", "The expected result's code (`O3-R1`)."),
        must("objective", "code", "The objective that it belongs to.", names="objectives"),
        must("text", "text", "The expected result in the plan's words."),
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
        must("kpi", "code", "The KPI's code (`O3-K4`)."),
        must("objective", "code", "The objective that it belongs to.", names="objectives"),
        must("text", "text", "The KPI in the plan's words."),
    ),
)

INDICATORS = Table(
    "indicators",
    "plan/indicators.csv",
    "indicator",
    "What is measured for each KPI, and the rule that rates it: a reading of the plan.",
    ("indicator",),
    (
        must("indicator", "code", "The indicator's code (`O3-K4a`)."),
        must("kpi", "code", "The KPI that it measures.", names="kpis"),
        must("name", "text", "What is measured, in a few words."),
        must("unit", "text", "The unit of its values (`%`, `CHF million`, `documents`)."),
        must("kind", "choice", "What its values are.", allowed=KINDS),
        must("rule", "choice", "How a year's value is judged.", allowed=tuple(RULES)),
        optional(
            "target",
            "target",
            "What the rule compares with: a number, the code of an indicator (a reference), `low|high`, "
            "a label of the scale, or a date.",
        ),
        optional("due", "year", "The year by which the target is to be reached; empty: it holds every year."),
        optional(
            "baseline", "number", "The stated value of the baseline year; empty: the measured one counts."
        ),
        optional("baseline_years", "years", "The baseline year (`2011`), for a trend a range (`2008-2011`)."),
        optional(
            "tolerance",
            "number",
            "How far short of the target still counts as at risk.",
            minimum=0,
            unit="share of the target's size",
        ),
        optional("scale", "labels", "The labels of a `level`, worst to best, separated by `|`."),
        optional(
            "breakdowns",
            "choice",
            "What the parts of a year without a total mean: `sum`: they add up; `each`: the target holds "
            "for every part; empty: they are shown only.",
            allowed=BREAKDOWNS,
        ),
        optional(
            "measured_by", "code", "Another indicator whose rows are this one's too.", names="indicators"
        ),
        optional("minimum", "number", "The lowest value that is possible.", unit="the indicator's unit"),
        optional("maximum", "number", "The highest value that is possible.", unit="the indicator's unit"),
        must(
            "basis",
            "choice",
            "Whose reading it is: the plan states it, it follows from the plan's words, or the evaluation "
            "unit chose it.",
            allowed=BASES,
        ),
        optional("note", "text", "The words of the plan that it reads, and why so."),
        optional("definition", "text", "What exactly is counted, and how."),
        optional("owner", "text", "The service that supplies the figure."),
        optional("first_target", "target", "The target as first set, if it was moved since."),
        optional("confirmed_by", "text", "Who agreed to an assumed reading."),
        optional("confirmed_on", "date", "When that was."),
    ),
)

LINKS = Table(
    "links",
    "plan/links.csv",
    "link",
    "Which expected result or output a KPI speaks to.",
    ("kpi", "expected_result", "output"),
    (
        must("kpi", "code", "The KPI.", names="kpis"),
        optional("expected_result", "code", "The expected result it speaks to.", names="expected_results"),
        optional("output", "code", "The output it speaks to.", names="outputs"),
        must("basis", "choice", "Whose reading the link is.", allowed=BASES),
        optional("note", "text", "Why they are linked."),
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
        must("indicator", "code", "The indicator that was measured.", names="indicators"),
        must("year", "year", "The year that the value is for; the file bears its name."),
        optional("breakdown", "text", "The part (an event, a survey group); empty for the total."),
        must("value", "value", "The value, in the indicator's unit.", may_be_empty=True),
        must(
            "state",
            "choice",
            "How firm the value is, or why there is none.",
            allowed=STATES_WITH_VALUE + STATES_WITHOUT_VALUE,
        ),
        must(
            "reported_on", "date", "The day on which the source was published; a later row is a correction."
        ),
        must("source", "text", "Where the value comes from."),
        optional("source_url", "address", "The source's address."),
        optional("verification", "choice", "Who has checked the figure.", allowed=VERIFICATIONS),
        optional("comment", "text", "What a reader should know; the reason of a correction."),
        optional("responses", "count", "How many answered, for a survey.", unit="people"),
        optional("invited", "count", "How many were asked, for a survey.", unit="people"),
    ),
    may_be_absent=True,
    by_year=True,
)

SELF_RATINGS = Table(
    "self_ratings",
    "self_ratings",
    "self-rating",
    "How the service that answers for a KPI rates it itself; one file per year. Shown beside the rating only.",
    ("kpi", "author", "date", "file"),
    (
        must("kpi", "code", "The KPI that was rated.", names="kpis"),
        must("rating", "choice", "The service's own rating.", allowed=RATINGS + NOT_RATED),
        must("author", "text", "Who rated it."),
        must("date", "date", "The day of the self-rating; a later one replaces it."),
        optional("note", "text", "Why, in the author's words."),
    ),
    may_be_absent=True,
    by_year=True,
)

VALIDATION = Table(
    "validation",
    "validation",
    "grade",
    "How a validator from outside the service grades the evidence of an indicator; one file per year. Shown beside the "
    "rating, never part of it.",
    ("indicator", "criterion", "validator", "date", "file"),
    (
        must("indicator", "code", "The indicator whose evidence was graded.", names="indicators"),
        must("criterion", "choice", "What was looked at.", allowed=CRITERIA),
        must("grade", "choice", "How far the evidence meets it.", allowed=GRADES),
        must("validator", "text", "Who graded it."),
        must("date", "date", "The day of the grade; a later one replaces it."),
        optional("note", "text", "Why, in the validator's words."),
    ),
    may_be_absent=True,
    by_year=True,
)

TABLES = {
    table.name: table
    for table in (
        OBJECTIVES,
        OUTPUTS,
        EXPECTED_RESULTS,
        KPIS,
        INDICATORS,
        LINKS,
        MEASUREMENTS,
        SELF_RATINGS,
        VALIDATION,
    )
}
