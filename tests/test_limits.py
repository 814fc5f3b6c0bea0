"""The limits of a page: each sentence made from a figure or two."""

from pathlib import Path

import pytest
from small_plans import CANCELLED, WITHHELD, indicator, plan_of, row, rows

from gsanalysis.pages.limits import limit_sentences
from gsanalysis.pages.limits.by_name import SHOWN
from gsanalysis.plan import load
from gsanalysis.rating.evaluation import Evaluation
from gsanalysis.wording.answers import margin_of_error

DEMO = Path(__file__).parents[1] / "data/illustrative"

STANDARD = indicator("at_least", target="95", unit="%", name="Texts in time")
MOVED = "The target was moved since it was first set for"
MONITORED = indicator("monitor", unit="members", name="Members")


def limits_of(specs, lines, year=2013, kpis=("K",), brief=False):
    """The sentences on a plan's KPIs, with plain spaces; `specs` may be one indicator, `lines` {year: value}."""
    specs = [specs] if isinstance(specs, dict) else specs
    lines = rows(lines) if isinstance(lines, dict) else lines
    plan = plan_of(specs, lines, kpis=kpis)
    for column in ("first_target", "confirmed_by"):
        plan.indicators[column] = [spec.get(column, "") for spec in specs]
    for column in ("responses", "invited", "verification"):
        plan.measurements[column] = [line.get(column, "") for line in sorted(lines, key=lambda x: x["year"])]
    return [
        sentence.replace("\u202f", " ") for sentence in limit_sentences(Evaluation(plan, year), kpis, brief)
    ]


def test_a_plan_without_figures_says_what_is_missing():
    assert limits_of(STANDARD, {}) == [
        "0 of 1 KPI that has a standard could be rated.",
        "No figure was reported for “Texts in time”.",
    ]


def test_even_a_full_and_final_page_has_a_limit():
    assert limits_of(STANDARD, [row(2013, "96") | {"verification": "audited"}]) == [
        "1 of 1 KPI that has a standard could be rated.",
        "All figures of the year were published or audited; none was checked for this report.",
    ]


def test_what_has_no_standard_is_shown_and_not_judged():
    said = limits_of(MONITORED, [row(2013, "96") | {"verification": "audited"}])
    assert said[0] == "One KPI has no standard; the figures are shown, not judged."


def test_where_nothing_applied_that_is_said():
    assert limits_of(STANDARD, [row(2013, "not_applicable")])[0] == "No KPI applied or was due in 2013."


def test_a_figure_without_comparison_is_not_called_missing():
    said = limits_of(indicator("increase", baseline_years="2011", name="Visits"), {2013: 5})
    assert "There is nothing to compare with for “Visits”." in said
    assert not any("No figure was reported" in sentence for sentence in said)


def test_from_the_seventh_missing_ones_are_counted():
    specs = [STANDARD | {"indicator": f"I{n}", "name": f"Name {n}"} for n in range(SHOWN + 2)]
    missing = limits_of(specs, {})[1]
    assert missing == (
        "No figure was reported for “Name 0”, “Name 1”, “Name 2”, “Name 3”, “Name 4”, “Name 5” and 2 more."
    )


def test_a_rating_in_part_names_the_parts_without_a_figure():
    said = limits_of(STANDARD | {"breakdowns": "each"}, {2013: {"Arabic": 96, "Chinese": WITHHELD}})
    assert said[0] == "1 of 1 KPI that has a standard could be rated, in part."
    assert said[1] == "Texts in time: no figure or comparison for “Chinese”."


@pytest.mark.parametrize(("confirmed", "told"), [("", True), ("The Council", False)])
def test_an_assumed_standard_is_a_limit_until_somebody_confirms_it(confirmed, told):
    said = limits_of(STANDARD | {"basis": "assumed", "confirmed_by": confirmed}, {2013: 96})
    sentence = "The standard is assumed, and nobody has confirmed it, for “Texts in time”."
    assert (sentence in said) == told


@pytest.mark.parametrize(("first", "told"), [("98", True), ("95", False), ("", False)])
def test_a_target_that_was_moved_is_a_limit(first, told):
    said = limits_of(STANDARD | {"first_target": first}, {2013: 96})
    assert any(sentence.startswith(f"{MOVED} “Texts in time”") for sentence in said) == told


@pytest.mark.parametrize(
    ("value", "first", "verdict"),
    [
        (96, "98", "; the first would give another rating"),
        (96, "94", "; both give the same rating"),
        (WITHHELD, "98", ""),
    ],
)
def test_a_moved_target_says_whether_the_first_would_give_another_rating(value, first, verdict):
    said = limits_of(STANDARD | {"first_target": first}, {2013: value})
    assert f"{MOVED} “Texts in time”{verdict}." in said


@pytest.mark.parametrize(
    ("firsts", "some"), [(("98", "94"), "one"), (("98", "99"), "each"), (("94", "93"), "none")]
)
def test_of_several_moved_targets_it_is_said_for_how_many(firsts, some):
    specs = [
        STANDARD | {"indicator": f"I{n}", "name": f"Name {n}", "first_target": first}
        for n, first in enumerate(firsts)
    ]
    lines = [row(2013, "96", indicator=spec["indicator"]) for spec in specs]
    verdict = f"the first would give another rating for {some} of them"
    assert f"{MOVED} “Name 0” and “Name 1”; {verdict}." in limits_of(specs, lines)


SPENDING = indicator("at_most", target="B", unit="CHF million", name="Spending")
BUDGET = indicator("monitor", indicator="B", name="Budget", unit="CHF million")


@pytest.mark.parametrize(
    ("first", "said"),
    [("13", "; the first would give another rating."), ("14.5", "; both give the same rating.")],
)
def test_a_yardstick_that_was_revised_is_named_like_a_moved_target(first, said):
    budget = [
        row(2013, first, indicator="B", reported_on="2013-01-15"),
        row(2013, "15", indicator="B", reported_on="2014-02-27"),
    ]
    sentences = limits_of([SPENDING, BUDGET], [row(2013, "14"), *budget])
    assert f"The yardstick was revised after it was set for “Spending”{said}" in sentences


def test_a_part_whose_yardstick_was_raised_counts_for_the_whole():
    each = SPENDING | {"breakdowns": "each"}
    budget = [row(2013, value, part=part, indicator="B", reported_on=day) for value, part, day in (
        ("9", "East", "2013-01-15"), ("12", "East", "2014-02-27"), ("10", "West", "2013-01-15"))]  # fmt: skip
    spent = [row(2013, "10", part="West"), row(2013, "11", part="East")]
    sentences = limits_of([each, BUDGET], [*spent, *budget])
    assert any("“Spending”; the first would give another rating." in sentence for sentence in sentences)


def test_a_figure_that_was_withdrawn_was_reported():
    lines = [row(2013, "91", reported_on="2014-02-10"), row(2013, WITHHELD, reported_on="2014-06-19")]
    said = limits_of(STANDARD, lines)
    assert "A figure that had been reported was withdrawn for “Texts in time”." in said
    assert not any("No figure was reported" in sentence for sentence in said)


KPIS = ("K", "L", "M")
SURVEY = indicator("at_least", indicator="S", kpi="L", target="60", unit="%", name="Survey")


def test_a_kpi_that_did_not_apply_is_named_with_the_reporters_reason():
    cancelled = row(2013, CANCELLED, indicator="S") | {"comment": "Held every second year."}
    milestone = indicator("by_date", indicator="D", kpi="M", target="2014-06-30")
    said = limits_of([STANDARD, SURVEY, milestone], [row(2013, "96"), cancelled], kpis=KPIS)
    assert said[:3] == [
        "1 of 1 KPI that has a standard could be rated.",
        "Two KPIs were not due or did not apply in 2013: L, M.",
        "L: “Held every second year.”",
    ]


def test_without_a_comment_the_source_says_that_a_kpi_did_not_apply():
    said = limits_of(
        [STANDARD, SURVEY], [row(2013, "96"), row(2013, CANCELLED, indicator="S")], kpis=KPIS[:2]
    )
    assert said[1] == "One KPI was not due or did not apply in 2013: L."
    assert said[2] == "L: not applicable, says “A report”."


def test_one_reason_for_several_kpis_is_given_once():
    surveys = [SURVEY, SURVEY | {"indicator": "T", "kpi": "M"}]
    lines = [row(2013, CANCELLED, indicator=code) | {"comment": "Held every second year."} for code in "ST"]
    said = limits_of([STANDARD, *surveys], [row(2013, "96"), *lines], kpis=KPIS)
    assert "L and M: “Held every second year.”" in said


# ---------------------------------------------------------------- in brief, for a page without room for names


def of_several(count, **cells):
    """So many indicators alike, each with a KPI of its own, and the KPIs."""
    specs = [
        STANDARD | {"indicator": f"I{n}", "kpi": f"K{n}", "name": f"Name {n}"} | cells for n in range(count)
    ]
    return specs, [spec["kpi"] for spec in specs]


def brief_of(specs, lines, kpis):
    return limits_of(specs, lines, kpis=kpis, brief=True)


def test_in_brief_what_is_missing_is_counted():
    specs, kpis = of_several(4)
    specs[1] |= {"rule": "increase", "target": "", "tolerance": "", "baseline_years": "2011"}
    specs[2] |= {"breakdowns": "each"}
    parts = [
        row(2013, "96", part="Arabic", indicator="I2"),
        row(2013, WITHHELD, part="French", indicator="I2"),
    ]
    said = brief_of(specs, [row(2013, "5", indicator="I1"), *parts], kpis)
    assert said[1:3] == [
        "Two indicators have no figure, one nothing to compare with.",
        "One indicator is rated without some of its parts.",
    ]


def test_in_brief_more_than_three_kpis_that_did_not_apply_are_counted():
    specs, kpis = of_several(5)
    lines = [row(2013, CANCELLED if n else "96", indicator=f"I{n}") for n in range(5)]
    assert "Four KPIs were not due or did not apply in 2013." in brief_of(specs, lines, kpis)
    fewer = brief_of(specs[:3], lines[:3], kpis[:3])
    assert "Two KPIs were not due or did not apply in 2013: K1, K2." in fewer


def test_in_brief_the_kpis_without_a_standard_and_those_not_due_share_a_sentence():
    specs, kpis = of_several(3)
    specs[1] |= {"rule": "monitor", "target": "", "tolerance": ""}
    lines = [row(2013, "96", indicator="I0"), row(2013, CANCELLED, indicator="I2")]
    said = brief_of(specs, lines, kpis)
    assert said[1] == "One KPI has no standard; one was not due or did not apply in 2013: K2."


def test_in_brief_it_is_said_how_far_the_bad_news_rests_on_assumptions():
    specs, kpis = of_several(3, basis="assumed")
    specs[0]["basis"] = "plan"
    specs.append(
        specs[1] | {"indicator": "J", "basis": "plan"}
    )  # K1 is off track by a standard of the plan too
    lines = [row(2013, "50", indicator=spec["indicator"]) for spec in specs]
    sentence = "The standard of 2 of 4 rated indicators is assumed, and nobody has confirmed it"
    assert f"{sentence}; so it is in 1 of 3 KPIs off track." in brief_of(specs, lines, kpis)


def test_in_brief_up_to_three_moved_targets_are_named():
    specs, kpis = of_several(4, first_target="98")
    lines = [row(2013, "96", indicator=spec["indicator"]) for spec in specs]
    each = "; the first would give another rating for each of them."
    assert f"{MOVED} four indicators{each}" in brief_of(specs, lines, kpis)
    assert f"{MOVED} “Name 0”, “Name 1” and “Name 2”{each}" in brief_of(specs[:3], lines[:3], kpis[:3])


def test_in_brief_surveys_and_jumps_are_counted():
    specs, kpis = of_several(2)
    few = {"responses": "12", "invited": "40"}
    lines = [row(2013, "96", indicator=f"I{n}") | few for n in range(2)] + [row(2012, "40", indicator="I0")]
    said = brief_of(specs, lines, kpis)
    assert "Two results of surveys rest on too few answers to stand for all who were asked." in said
    assert said[-1] == "One number moved by more than half since the one before: worth a look."


def test_in_brief_invented_figures_are_not_said_to_have_been_checked():
    specs, kpis = of_several(2)
    lines = [
        row(2013, "96", "illustrative", indicator=f"I{n}") | {"verification": "audited"} for n in range(2)
    ]
    said = brief_of(specs, lines, kpis)

    assert "Both figures are invented; both are given as published or audited." in said


@pytest.mark.parametrize("year", range(2012, 2016))
def test_in_brief_the_demonstration_takes_ten_sentences_at_most(year):
    evaluation = Evaluation(load(DEMO), year)
    assert len(limit_sentences(evaluation, list(evaluation.plan.kpis["kpi"]), brief=True)) <= 10


EACH = STANDARD | {"breakdowns": "each"}


@pytest.mark.parametrize(
    ("states", "sentence"),
    [
        (("provisional", "final"), "One figure of 2 is provisional."),
        (("estimated", "estimated"), "Both figures are estimated."),
        (("illustrative", "illustrative", "final"), "Two figures of 3 are invented."),
    ],
)
def test_weak_figures_are_counted(states, sentence):
    lines = [row(2013, "96", state, part=f"Part {place}") for place, state in enumerate(states)]
    assert sentence in limits_of(EACH, lines)


SURVEYS = [
    (112, 640, "%", "Texts in time: 112 of 640 answered (18 %); differences under 9 points may be chance."),
    (112, 640, "days", "Texts in time: 112 of 640 answered (18 %); too few to stand for all."),
    (29, 40, "days", "Texts in time: 29 of 40 answered (73 %); too few to stand for all."),
    (9, 10, "days", "Texts in time: 9 of 10 answered; too few to stand for all."),
    (30, 60, "%", None),
    (30, 61, "days", "Texts in time: 30 of 61 answered (49 %); too few to stand for all."),
]


@pytest.mark.parametrize(("answered", "asked", "unit", "sentence"), SURVEYS)
def test_a_survey_with_under_thirty_answers_or_half_of_those_asked_is_a_limit(
    answered, asked, unit, sentence
):
    line = row(2013, "96") | {"responses": str(answered), "invited": str(asked)}
    said = limits_of(STANDARD | {"unit": unit}, [line])
    assert [one for one in said if "answered" in one] == ([sentence] if sentence else [])


@pytest.mark.parametrize(
    ("checks", "sentence"),
    [
        (("", "internal"), "No figure of the year was checked by anybody outside the service that reports it."),
        (("audited", ""), "1 of 2 figures of the year was published or audited; nobody outside checked the other."),
        (("audited", "published", "", "stated"),
         "2 of 4 figures of the year were published or audited; nobody outside checked the others."),
    ],
)  # fmt: skip
def test_figures_that_nobody_verified_are_a_limit(checks, sentence):
    lines = [row(2013, "96", part=f"Part {n}") | {"verification": check} for n, check in enumerate(checks)]
    assert sentence in limits_of(EACH, lines)


def test_late_figures_are_counted():
    said = limits_of(STANDARD, [row(2013, "96", reported_on="2014-07-01")])
    assert "One figure came more than six months after the year's end." in said


def test_a_jump_is_worth_a_look():
    said = limits_of(MONITORED, {2011: 100, 2013: 160})
    assert said[-1] == "Members moved from 100 (2011) to 160 members: worth a look."


def test_jumps_beyond_those_shown_are_counted_and_not_dropped():
    parts = {f"Part {n}": n for n in range(1, SHOWN + 4)}
    said = limits_of(MONITORED, {2012: parts, 2013: {part: 2 * value for part, value in parts.items()}})
    assert sum("worth a look" in sentence for sentence in said) == SHOWN
    assert said[-1] == "Three more numbers moved by more than half."


@pytest.mark.parametrize(
    ("answered", "asked", "points"),
    [
        (100, 1_000_000, 9.8),  # 1.96 · √(0.25 / 100), the correction next to nothing
        (25, 50, 14.0),  # 1.96 · 0.1 · √(25 / 49) = 0.196 · 0.7143
        (50, 50, 0.0),  # all answered: nothing is left to chance
    ],
)
def test_the_margin_of_error_by_hand(answered, asked, points):
    assert margin_of_error(answered, asked) == pytest.approx(points, abs=0.001)


def test_a_row_without_a_value_is_not_counted_as_a_figure():
    lines = [row(2013, 3, "provisional", part="A"), row(2013, 4, part="B"), row(2013, WITHHELD, part="C")]
    sentences = limits_of(MONITORED, lines)
    assert "One figure of 2 is provisional." in sentences
    assert not any("of 3 " in sentence for sentence in sentences)
