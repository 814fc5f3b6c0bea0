"""The limits of a page: each sentence made from a figure or two."""

import pytest
from small_plans import WITHHELD, indicator, plan_of, row, rows

from gsanalysis.pages.limits import SHOWN, limit_sentences, margin_of_error
from gsanalysis.rating.evaluation import Evaluation

STANDARD = indicator("at_least", target="95", unit="%", name="Texts in time")
MONITORED = indicator("monitor", unit="members", name="Members")


def limits_of(specs, lines, year=2013, kpis=("K",)):
    """The sentences on a plan's KPIs, with plain spaces; `specs` may be one indicator, `lines` {year: value}."""
    specs = [specs] if isinstance(specs, dict) else specs
    lines = rows(lines) if isinstance(lines, dict) else lines
    plan = plan_of(specs, lines, kpis=kpis)
    for column in ("first_target", "confirmed_by"):
        plan.indicators[column] = [spec.get(column, "") for spec in specs]
    for column in ("responses", "invited", "verification"):
        plan.measurements[column] = [line.get(column, "") for line in sorted(lines, key=lambda x: x["year"])]
    return [sentence.replace("\u202f", " ") for sentence in limit_sentences(Evaluation(plan, year), kpis)]


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
    assert said[0] == "1 of 1 KPI that has a standard could be rated, 1 of them in part."
    assert said[1] == "Texts in time: no figure or comparison for “Chinese”."


@pytest.mark.parametrize(("confirmed", "told"), [("", True), ("The Council", False)])
def test_an_assumed_standard_is_a_limit_until_somebody_confirms_it(confirmed, told):
    said = limits_of(STANDARD | {"basis": "assumed", "confirmed_by": confirmed}, {2013: 96})
    sentence = "The standard is assumed, and nobody has confirmed it, for “Texts in time”."
    assert (sentence in said) == told


@pytest.mark.parametrize(("first", "told"), [("98", True), ("95", False), ("", False)])
def test_a_target_that_was_moved_is_a_limit(first, told):
    said = limits_of(STANDARD | {"first_target": first}, {2013: 96})
    assert ("The target was moved since it was first set for “Texts in time”." in said) == told


EACH = STANDARD | {"breakdowns": "each"}


@pytest.mark.parametrize(
    ("states", "sentence"),
    [
        (("provisional", "final"), "One figure of 2 is provisional."),
        (("estimated", "estimated"), "All two figures are estimated."),
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
    assert said[-1] == "Members moved from 100 members (2011) to 160 members: worth a look."


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
