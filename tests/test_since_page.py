"""The page "Since the last edition": what it compares, what moved, what changed, and what it can't say."""

from dataclasses import replace

import pytest
from small_plans import indicator, plan_of, row

from gsanalysis.comparison.changes import between
from gsanalysis.comparison.edition import differences, last_edition
from gsanalysis.pages import objective, readings
from gsanalysis.pages import since as page
from gsanalysis.plan import Plan, UsageError
from gsanalysis.rating.evaluation import Evaluation
from gsanalysis.wording.explanation import explanation

STANDARD = indicator("at_least", target="90", unit="%", name="Answers in time")
FIGURES = [
    row(2012, 95),
    row(2012, 80, reported_on="2013-09-01") | {"comment": "a month was counted twice"},
    row(2013, 85),
]


def compared(lines=FIGURES, year=2013, as_of=None, **given):
    return differences(Evaluation(plan_of([STANDARD], lines), year, as_of), **given)


def with_target(plan: Plan, **cells: str) -> Plan:
    return replace(plan, indicators=plan.indicators.assign(**cells))


def test_the_last_edition_is_that_of_the_year_before():
    assert last_edition(Evaluation(plan_of([STANDARD], FIGURES), 2013)) == "2013-06-30"


@pytest.mark.parametrize(
    ("as_of", "day"),
    [
        ("2014-03-01", "2013-06-30"),
        ("2013-06-30", "2012-06-30"),
        ("2013-03-01", "2012-06-30"),
        ("2012-12-01", "2012-06-30"),
    ],
)
def test_seen_from_a_day_the_last_edition_is_before_it(as_of, day):
    assert last_edition(Evaluation(plan_of([STANDARD], FIGURES), 2013, as_of)) == day


def test_a_rating_of_an_earlier_year_that_moved_is_named_with_what_moved_it():
    [cells] = page.moved(compared()).content["rows"]
    assert [cell["text"] for cell in cells[:4]] == ["I Answers in time", "2012", "achieved", "off track"]
    said = "95 % became 80 % (reported on 1 September 2013): achieved became off track."
    assert cells[4]["text"] == said
    band = page.verdict(compared()).content
    assert [figure["number"] for figure in band["figures"]] == ["1", "1", "1"]
    assert band["sentences"][1] == {"sign": "off_track", "text": f"Answers in time (I), 2012. {said}"}
    assert band["sentences"][0]["text"] == "No rating became better."


def test_a_revised_figure_stands_with_both_values_and_the_reporter_s_reason():
    [cells] = page.revised(compared()).content["rows"]
    assert [cell["text"] for cell in cells] == [
        "I Answers in time", "2012", "95 %", "80 %", "1 September 2013", "“a month was counted twice”.",
    ]  # fmt: skip


def test_a_withdrawn_figure_and_a_lost_rating_are_said():
    gone = compared([row(2012, 95), row(2012, "not_collected", reported_on="2013-09-01")])
    [cells] = page.revised(gone).content["rows"]
    assert [cell["text"] for cell in cells[2:4]] == ["95 %", "–"]
    assert cells[5]["text"] == "no reason given"
    assert page.verdict(gone).content["sentences"][2]["sign"] == "no_data"
    assert page.moved(gone).content["rows"][0][3]["text"] == "no data"


def test_new_figures_are_counted_and_new_ratings_named():
    [cells] = page.new_figures(compared()).content["rows"]
    assert [cell["text"] for cell in cells] == ["O", "1"]
    [entry] = page.first_rated(compared()).content["items"]
    assert (entry["text"], entry["sign"]) == ("I Answers in time", "off_track")


def test_figures_of_later_years_are_left_to_their_own_pages():
    later = compared([*FIGURES, row(2014, 99)])
    assert page.new_figures(later).content["rows"][0][1]["text"] == "1"


def test_nothing_new_is_said_part_by_part():
    quiet = compared([row(2012, 95)], day="2014-01-01")
    assert "No rating that was given before" in page.moved(quiet).content["text"]
    assert "for the first time" in page.first_rated(quiet).content["text"]
    assert page.revised(quiet).content["text"].startswith("No figure that was known before")
    assert page.new_figures(quiet).content["text"] == "No figure was reported for the first time."
    assert page.moved_targets(quiet).content["text"] == "No target was moved after it was first set."


def test_a_plan_is_compared_cell_by_cell_with_another_folder_and_not_with_a_day():
    new = plan_of([STANDARD], FIGURES)
    both = between(with_target(new, target="95"), new, 2013)
    [cells] = page.plan_changes(both).content["rows"]
    assert [cell["text"] for cell in cells] == ["I", "target", "95", "90"]
    assert "carry no date" in page.plan_changes(compared()).content["text"]
    assert "different" in page.plan_changes(between(new, new, 2013)).content["text"]
    assert page.head(both).content["title"].startswith("Since the edition before")


def test_a_new_indicator_is_one_row_with_its_reading():
    old = plan_of([STANDARD], FIGURES)
    new = plan_of([STANDARD, indicator("zero", indicator="J", name="Complaints")], FIGURES)
    [cells] = page.plan_changes(between(old, new, 2013)).content["rows"]
    assert [cell["text"] for cell in cells] == ["J", "new indicator", "–", "Complaints"]
    assert cells[3]["small"] == "zero; plan"
    [cells] = page.plan_changes(between(new, old, 2013)).content["rows"]
    assert [cell["text"] for cell in cells] == ["J", "indicator dropped", "Complaints", "–"]


def test_a_dropped_indicator_is_told_among_the_ratings_and_figures_that_were_lost():
    other = indicator("at_least", target="5", indicator="J", name="Invented")
    invented = [row(2013, 7, "illustrative", indicator="J")]
    before, after = plan_of([STANDARD, other], FIGURES + invented), plan_of([STANDARD], FIGURES)
    found = between(before, after, 2013)
    table = page.moved(found).content
    assert [cell["text"] for cell in table["rows"][0][:4]] == ["J Invented", "2013", "achieved", "–"]
    assert table["caption"].endswith("(figures invented)")  # those that it shows were, though none is left
    assert [cell["text"] for cell in page.revised(found).content["rows"][0][4:]] == [
        "no longer there",
        "its indicator was dropped",
    ]
    lost = between(before, plan_of([STANDARD, other], FIGURES), 2013)
    assert page.revised(lost).content["rows"][0][5]["text"] == "no reason given"
    assert len(page.revised(found).content["rows"]) == 1  # its state is gone with it


def test_a_target_that_moved_between_two_folders_is_not_said_to_stand():
    plan = plan_of([STANDARD], FIGURES)
    [entry] = page.moved_targets(between(plan, with_target(plan, target="80"), 2013)).content["items"]
    assert entry["text"].startswith("I Answers in time: 90\u202f% before, now 80")
    assert entry["small"] == "The plan does not say what it was at first."
    same = page.moved_targets(between(plan, plan, 2013)).content["text"]
    assert same == "No target was moved after it was first set."


def test_a_target_that_was_moved_stands_with_the_first_one_and_what_that_would_give():
    plan = with_target(plan_of([STANDARD], FIGURES), first_target="80")
    [entry] = page.moved_targets(differences(Evaluation(plan, 2013))).content["items"]
    assert entry["text"] == "I Answers in time: first 80 %, now 90 %"
    assert entry["small"] == "By the first one it would be achieved."


@pytest.mark.parametrize("first", ["about 95", "95|96", "95 %", "soon"])
def test_a_first_target_that_is_no_number_is_quoted_and_not_rated(first):
    evaluation = Evaluation(with_target(plan_of([STANDARD], FIGURES), first_target=first), 2013)
    [entry] = page.moved_targets(differences(evaluation)).content["items"]
    assert (entry["text"], entry["small"]) == (f"I Answers in time: first “{first}”, now 90 %", "")
    assert f"The target was first set at “{first}” and moved since." in explanation(evaluation, "I").caveats
    assert list(objective.findings(evaluation, "O"))
    assert readings.tables(evaluation)


def test_two_editions_at_once_are_refused(tmp_path):
    with pytest.raises(UsageError, match="give one of them"):
        page.open_differences(2013, since="2014-01-01", before=str(tmp_path))
