"""What changed since an edition, by hand: each kind of change, what moved a rating, and how it is said."""

from dataclasses import replace

import pandas as pd
import pytest
from small_plans import CANCELLED, WITHHELD, indicator, plan_of, row, rows
from small_specs import BUDGET, DUE, MILESTONE, RISE, SPENDING, STANDARD

from gsanalysis.comparison.changes import between, since
from gsanalysis.comparison.words import sentence, sentences
from gsanalysis.schema import TABLES
from gsanalysis.wording.words import THIN

YEAR = 2013


def told(differences, *columns):
    """The rows of the table as tuples, "" where a cell is empty."""
    columns = columns or ("indicator", "year", "breakdown", "change", "before", "after")
    return list(differences.table()[list(columns)].itertuples(index=False, name=None))


def figures(differences):
    """Change, before and after of each row that is about a figure."""
    return [row for row in told(differences, "change", "before", "after") if row[0] != "rating"]


def compared(old, new, spec=STANDARD, year=YEAR):
    """The differences between two sets of figures of one indicator."""
    old, new = (rows(lines) if isinstance(lines, dict) else lines for lines in (old, new))
    return between(plan_of([spec], old), plan_of([spec], new), year)


def reread(before, after, lines, year=YEAR, beside=()):
    """The differences between two readings of one indicator on the same figures."""
    return between(plan_of([before, *beside], lines), plan_of([after, *beside], lines), year)


def with_rows(plan, table, *records):
    names = TABLES[table].names
    found = [dict(zip(names, record, strict=True)) for record in records]
    return replace(plan, **{table: pd.DataFrame(found, columns=names, dtype="str")})


def plain(text):
    return text.replace(THIN, " ")


# ---------------------------------------------------------------- figures and states


def test_a_new_figure_is_final_unless_a_row_says_otherwise():
    assert figures(compared({}, {2013: "91"})) == [("figure_new", "", "91")]
    provisional = [row(2013, "91", state="provisional")]
    assert figures(compared({}, provisional)) == [("figure_new", "", "91"), ("state", "", "provisional")]


def test_a_revised_figure_keeps_its_state():
    old = [row(2013, "91", state="provisional")]
    again = [*old, row(2013, "90.5", state="provisional", reported_on="2014-09-30")]
    final = [*old, row(2013, "90.5", reported_on="2014-09-30")]
    assert figures(compared(old, again)) == [("figure_revised", "91", "90.5")]
    assert figures(compared(old, final))[1:] == [("state", "provisional", "final")]


def test_a_state_alone_can_change():
    old = [row(2013, "91", state="provisional")]
    assert figures(compared(old, {2013: "91"})) == [("state", "provisional", "final")]


def test_a_withdrawn_figure_is_not_collected():
    taken = [row(2013, "91"), row(2013, WITHHELD, reported_on="2014-09-30")]
    assert figures(compared({2013: "91"}, taken)) == [("figure_withdrawn", "91", "")]


def test_an_event_that_turned_out_not_to_take_place_is_more_than_withdrawn():
    expected = [("figure_withdrawn", "91", ""), ("state", "final", "not_applicable")]
    assert figures(compared({2013: "91"}, {2013: CANCELLED})) == expected


def test_a_figure_whose_row_is_gone_has_no_state():
    assert figures(compared({2013: "91"}, {})) == [("figure_withdrawn", "91", ""), ("state", "final", "")]


def test_a_row_without_a_value_is_a_state():
    assert figures(compared({}, {2013: WITHHELD})) == [("state", "", "not_collected")]
    assert figures(compared({2013: WITHHELD}, {2013: CANCELLED})) == [
        ("state", "not_collected", "not_applicable")
    ]
    assert figures(compared({2013: WITHHELD}, {})) == [("state", "not_collected", "")]
    assert figures(compared({2013: WITHHELD}, {2013: "90"})) == [("figure_new", "", "90")]


def test_a_reported_zero_is_a_value():
    assert figures(compared({2013: "0"}, {2013: WITHHELD})) == [("figure_withdrawn", "0", "")]
    assert figures(compared({}, {2013: "0"})) == [("figure_new", "", "0")]


def test_the_same_number_written_otherwise_is_no_difference():
    assert told(compared({2013: "91.0"}, {2013: "91"})) == []
    assert told(compared({2013: "0"}, {2013: "-0.0"})) == []


def test_a_number_that_twelve_digits_cannot_tell_apart_is_written_in_full():
    revised = [("figure_revised", "1234567890123", "1234567890124")]
    assert figures(compared({2013: "1234567890123"}, {2013: "1234567890124"})) == revised


def test_a_correction_that_was_there_already_is_no_difference():
    lines = [row(2013, "91", reported_on="2014-09-30"), row(2013, "80")]
    assert told(compared(lines, {2013: "91"})) == []


def test_a_renamed_part_is_gone_under_its_old_name_and_new_under_the_other():
    each = STANDARD | {"breakdowns": "each"}
    old, new = {2013: {"Arabic": "96", "Genf": "97"}}, {2013: {"Arabic": "96", "Geneva": "97"}}
    found = told(compared(old, new, each), "breakdown", "change", "before", "after")
    assert found == [
        ("Geneva", "figure_new", "", "97"),
        ("Genf", "figure_withdrawn", "97", ""),
        ("Genf", "state", "final", ""),
    ]


def test_figures_stand_by_year_then_in_the_order_of_their_first_rows():
    new = {2013: {"B": "1", "A": "2"}, 2011: {"A": "3"}}
    places = told(compared({2013: {"C": "1"}}, new), "year", "breakdown", "change")
    assert [place for place in places if place[2] == "figure_new"] == [
        ("2011", "A", "figure_new"), ("2013", "B", "figure_new"), ("2013", "A", "figure_new")]  # fmt: skip


# ---------------------------------------------------------------- the plan


@pytest.mark.parametrize(
    ("column", "before", "after"),
    [("target", "95", "90"), ("note", "a=b", "=1, 2\n“three”"), ("owner", "", "A department"),
     ("first_target", "", "99"), ("confirmed_by", "", "The Council"), ("name", "It", "That"),
     ("definition", "x", "")],
)  # fmt: skip
def test_a_changed_column_is_named_on_both_sides(column, before, after):
    plans = [plan_of([STANDARD], []) for _ in range(2)]
    plans = [
        replace(plan, indicators=plan.indicators.assign(**{column: text}))
        for plan, text in zip(plans, (before, after), strict=True)
    ]
    assert told(between(*plans, YEAR)) == [("I", "", "", "plan", f"{column}={before}", f"{column}={after}")]


def test_a_new_indicator_is_told_with_all_that_it_says():
    old, new = plan_of([STANDARD], []), plan_of([STANDARD, BUDGET], rows({2013: "5"}, indicator="B"))
    found = told(between(old, new, YEAR))
    assert found[0] == ("B", "", "", "indicator_new", "", "name=Budget")
    assert ("B", "", "", "plan", "", "unit=CHF million") in found
    assert not [row for row in found if row[5].endswith("=")]
    assert found[-2:] == [
        ("B", "2013", "", "figure_new", "", "5"), ("B", "2013", "", "rating", "", "monitored")]  # fmt: skip


def test_a_dropped_indicator_comes_last_with_its_figures():
    old, new = plan_of([BUDGET, STANDARD], rows({2013: "5"}, indicator="B")), plan_of([STANDARD], [])
    found = told(between(old, new, YEAR))
    assert found[0] == ("B", "", "", "indicator_dropped", "name=Budget", "")
    assert found[-3:] == [
        ("B", "2013", "", "figure_withdrawn", "5", ""), ("B", "2013", "", "state", "final", ""),
        ("B", "2013", "", "rating", "monitored", "")]  # fmt: skip


def test_another_code_is_one_indicator_dropped_and_one_new():
    lines = rows({2013: "96"})
    renamed = [line | {"indicator": "J"} for line in lines]
    found = between(plan_of([STANDARD], lines), plan_of([STANDARD | {"indicator": "J"}], renamed), YEAR)
    assert [row.change for row in found.rows if row.change.startswith("indicator")] == [
        "indicator_new", "indicator_dropped"]  # fmt: skip
    assert sentences(found) == [
        "The indicator is new: achieved.",
        "The indicator was dropped; it was achieved.",
    ]


def test_settings_stand_first_and_have_no_code():
    plan = plan_of([STANDARD], [])
    new = replace(plan, title="Another=plan", last_year=2016, coverage_floor=0.25)
    assert told(between(plan, new, YEAR), "indicator", "before", "after") == [
        ("", "title=A plan", "title=Another=plan"), ("", "last_year=2015", "last_year=2016"),
        ("", "coverage_floor=0.5", "coverage_floor=0.25")]  # fmt: skip


def test_a_new_row_says_its_key_first_and_a_dropped_one_too():
    plan = plan_of([STANDARD], [])
    old, new = (
        with_rows(plan, "outputs", ("P1", "O", "Books", "")),
        with_rows(plan, "outputs", ("P2", "O", "Films", "Movies")),
    )
    assert told(between(old, new, YEAR), "indicator", "before", "after") == [
        ("P2", "", "output=P2"), ("P2", "", "objective=O"), ("P2", "", "text=Films"),
        ("P2", "", "text_variant=Movies"),
        ("P1", "output=P1", ""), ("P1", "objective=O", ""), ("P1", "text=Books", "")]  # fmt: skip


def test_texts_of_objectives_and_kpis_are_told_under_their_codes():
    plan = plan_of([STANDARD], [])
    new = with_rows(with_rows(plan, "kpis", ("K", "O", "New words")), "objectives", ("O", "New title"))
    assert told(between(plan, new, YEAR), "indicator", "before", "after") == [
        ("O", "title=An objective", "title=New title"), ("K", "text=A KPI", "text=New words")]  # fmt: skip


def test_where_two_tables_share_a_code_the_whole_row_says_which_is_meant():
    plan = with_rows(plan_of([STANDARD], []), "outputs", ("K", "O", "Books", ""))
    new = with_rows(plan, "outputs", ("K", "O", "Films", ""))
    assert told(between(plan, new, YEAR), "before", "after") == [
        ("output=K", ""), ("objective=O", ""), ("text=Books", ""),
        ("", "output=K"), ("", "objective=O"), ("", "text=Films")]  # fmt: skip


def test_a_link_is_one_line_of_csv_under_its_kpi():
    plan = with_rows(
        plan_of([STANDARD], []), "links", ("K", "R1", "", "plan", ""), ("K", "R2", "", "plan", "")
    )
    new = with_rows(plan, "links", ("K", "R1", "", "derived", "a\nb"), ("K", "", "P1", "plan", ""))
    assert told(between(plan, new, YEAR), "indicator", "before", "after") == [
        ("K", "link=R1,,plan,", 'link=R1,,derived,"a\nb"'), ("K", "", "link=,P1,plan,"),
        ("K", "link=R2,,plan,", "")]  # fmt: skip


def test_rows_come_in_the_order_of_settings_tables_and_indicators():
    plan = plan_of([STANDARD, BUDGET], [])
    new = with_rows(replace(plan, title="T"), "kpis", ("K", "O", "New words"))
    new = with_rows(new, "links", ("K", "R", "", "plan", ""))
    new = replace(new, indicators=new.indicators.iloc[::-1].assign(note="n"))
    assert [row[0] for row in told(between(plan, new, YEAR))] == ["", "K", "K", "B", "I"]


# ---------------------------------------------------------------- ratings, and what moved them


def test_every_row_of_an_indicator_has_its_ratings_and_no_other_row():
    plan = plan_of([STANDARD], rows({2012: "96", 2013: "96"}))
    new = with_rows(plan_of([STANDARD], rows({2012: "97", 2013: "91"})), "kpis", ("K", "O", "New words"))
    assert told(between(plan, new, YEAR), "change", "year", "rating_before", "rating_after") == [
        ("plan", "", "", ""), ("figure_revised", "2012", "achieved", "at_risk"),
        ("figure_revised", "2013", "achieved", "at_risk"), ("rating", "2013", "achieved", "at_risk")]  # fmt: skip


def test_a_revised_figure_moved_the_rating_and_that_of_another_year_did_not():
    differences = compared({2012: "96", 2013: "96"}, {2012: "97", 2013: "91"})
    assert [row.year for row in differences.causes("I")] == ["2013"]
    assert plain(sentence(differences, "I")) == (
        "96 % became 91 % (reported on 31 March 2014): achieved became at risk.")  # fmt: skip


def test_a_moved_target_is_named_with_the_first_one_beside_it():
    lines = rows({2013: "91"})
    moved = reread(
        STANDARD | {"target": "92", "tolerance": ""}, STANDARD | {"target": "90", "tolerance": ""}, lines
    )
    assert [row.after for row in moved.causes("I")] == ["target=90"]
    assert plain(sentence(moved, "I")) == "The target changed from 92 % to 90 %: off track became achieved."
    new = replace(moved.after.plan, indicators=moved.after.plan.indicators.assign(first_target="95"))
    said = plain(sentence(between(moved.before.plan, new, YEAR), "I"))
    assert said == "The target changed from 92 % to 90 % (first set: 95 %): off track became achieved."


def test_a_first_target_that_can_not_be_read_is_said_as_it_is():
    moved = reread(STANDARD | {"target": "92"}, STANDARD | {"target": "90"}, rows({2013: "91"}))
    new = replace(moved.after.plan, indicators=moved.after.plan.indicators.assign(first_target="about 95"))
    assert "(first set: “about 95”)" in sentence(between(moved.before.plan, new, YEAR), "I")


def test_a_revised_reference_moved_the_rating():
    own = rows({2013: "11.2"})
    old, new = (plan_of([SPENDING, BUDGET], [*own, *rows({2013: b}, indicator="B")]) for b in ("12", "11"))
    differences = between(old, new, YEAR)
    assert [(row.indicator, row.before) for row in differences.causes("I")] == [("B", "12")]
    assert sentence(differences, "I") == (
        "“Budget”, the reference: CHF 12 million became CHF 11 million (reported on 31 March 2014): "
        "achieved became at risk.")  # fmt: skip
    assert differences.causes("B") == []


def test_the_figure_of_the_baseline_year_moved_the_rating():
    differences = compared({2011: "60", 2013: "71"}, {2011: "68", 2013: "71"}, DUE)
    assert [row.year for row in differences.causes("I")] == ["2011"]
    assert plain(sentence(differences, "I")).startswith(
        "2011: 60 % became 68 % (reported on 31 March 2012): "
    )


def test_the_previous_year_moved_a_ratchet():
    differences = compared({2012: "70", 2013: "75"}, {2012: "80", 2013: "75"}, RISE | {"baseline_years": ""})
    assert [row.year for row in differences.causes("I")] == ["2012"]


def test_figures_of_the_indicator_that_measures_it_moved_the_rating():
    second = STANDARD | {"indicator": "J", "measured_by": "I", "target": "80", "tolerance": ""}
    old, new = (plan_of([STANDARD, second], rows({2013: value})) for value in ("85", "79"))
    differences = between(old, new, YEAR)
    assert [(row.indicator, row.change) for row in differences.causes("J")] == [("I", "figure_revised")]
    assert plain(sentence(differences, "J")).startswith("85 % became 79 %")
    assert differences.causes("I") == []
    assert told(differences, "indicator", "change") == [("I", "figure_revised"), ("J", "rating")]


def test_a_forgotten_part_moved_a_sum():
    total = indicator("at_least", target="10", breakdowns="sum", unit="files")
    differences = compared({2013: {"A": "12"}}, {2012: {"B": "3"}, 2013: {"A": "12"}}, total)
    assert differences.rating("I") == ("achieved", "no_data")
    assert [(row.year, row.breakdown) for row in differences.causes("I")] == [("2012", "B")]


def test_two_parts_that_each_would_have_been_enough_are_named_together():
    each = STANDARD | {"breakdowns": "each"}
    differences = compared({2013: {"A": "96", "B": "96"}}, {2013: {"A": "91", "B": "92"}}, each)
    assert [row.breakdown for row in differences.causes("I")] == ["A", "B"]
    assert plain(sentence(differences, "I")).startswith("Together: A: 96 % became 91 %")


def test_what_would_not_have_been_needed_is_not_among_the_causes():
    each = STANDARD | {"breakdowns": "each"}
    differences = compared({2013: {"A": "96", "B": "99"}}, {2013: {"A": "91", "B": "98"}}, each)
    assert [row.breakdown for row in differences.causes("I")] == ["A"]


def test_another_rule_is_taken_back_with_all_that_it_needs():
    lines = rows({2013: "91"})
    level = indicator("level", target="good", scale="poor|fair|good")
    differences = between(plan_of([STANDARD], lines), plan_of([level], rows({2013: "good"})), YEAR)
    assert differences.rating("I") == ("at_risk", "achieved")
    columns = [row.before.partition("=")[0] for row in differences.causes("I") if row.change == "plan"]
    assert {"rule", "target", "tolerance"} <= set(columns)


@pytest.mark.parametrize(
    ("column", "before", "after"),
    [
        ("maximum", "", "100"),
        ("tolerance", "", "0.02"),
        ("baseline", "", "101"),
        ("baseline_years", "2010", "2013"),
    ],
)
def test_any_column_that_the_rule_reads_can_move_it(column, before, after):
    lines = rows({2011: "90", 2012: "100", 2013: "100"})
    spec = RISE | {"tolerance": "", "baseline_years": "2010"}
    if column == "baseline":
        lines = rows({2012: "99", 2013: "100"})
    differences = reread(spec | {column: before}, spec | {column: after}, lines)
    assert [row.after for row in differences.causes("I")] == [f"{column}={after}"]


def test_the_plans_last_year_moved_a_direction():
    growing = indicator("increase", baseline_years="2011", unit="visits")
    lines = rows({2011: "10", 2013: "20"})
    old, new = (plan_of([growing], lines, last_year=last) for last in (2015, 2013))
    differences = between(old, new, YEAR)
    assert [row.after for row in differences.causes("I")] == ["last_year=2013"]
    assert sentence(differences, "I") == (
        "The plan’s last year changed from 2015 to 2013: on track became achieved.")  # fmt: skip


def test_the_day_alone_moves_a_milestone_and_is_no_row():
    plan = plan_of([MILESTONE], rows({2012: "no"}))
    differences = since(plan, YEAR, "2013-05-31")
    assert told(differences) == [("I", "2013", "", "rating", "not_yet_due", "no_data")]
    assert differences.causes("I") == []
    assert sentence(differences, "I") == (
        "Seen on 31 December 2013 instead of 31 May 2013: not yet due became no data.")  # fmt: skip


def test_what_a_later_year_says_moves_a_milestone_and_nothing_else():
    done = compared({2012: "no"}, {2012: "no", 2014: "2013-06-15"}, MILESTONE)
    assert (done.rating("I"), [row.year for row in done.causes("I")]) == (("no_data", "achieved"), ["2014"])


def test_the_way_that_parts_count_moved_the_rating():
    differences = reread(STANDARD, STANDARD | {"breakdowns": "each"}, rows({2013: {"A": "96"}}))
    assert sentence(differences, "I") == (
        "The way that parts count changed from none to “each”: no data became achieved."
    )


def test_a_state_is_a_cause_only_where_it_says_why_there_is_no_value():
    cancelled = compared({2013: "96"}, {2013: CANCELLED})
    assert [row.change for row in cancelled.causes("I")] == ["figure_withdrawn", "state"]
    provisional = compared({}, [row(2013, "96", state="provisional")])
    assert [row.change for row in provisional.causes("I")] == ["figure_new"]


def test_a_milestone_reported_again_is_said_though_no_figure_changed():
    lines = [row(2012, "no", reported_on="2013-03-31")]
    again = [*lines, row(2012, "no", reported_on="2013-12-31")]
    differences = compared(lines, again, MILESTONE)
    assert told(differences) == [("I", "2013", "", "rating", "no_data", "off_track")]
    assert differences.causes("I") == []
    assert (
        sentence(differences, "I")
        == "2012: no (reported again on 31 December 2013): no data became off track."
    )


def test_a_rating_that_did_not_move_has_no_causes_and_no_sentence():
    differences = compared({2013: "96"}, {2013: "97"})
    assert (differences.moved, differences.causes("I"), sentence(differences, "I")) == ([], [], "")


def test_many_causes_are_counted():
    each = STANDARD | {"breakdowns": "each"}
    old, new = ({2013: dict.fromkeys("ABCDEF", value)} for value in ("96", "91"))
    assert "; C: 96 % became 91 % (reported on 31 March 2014); 3 more changes: " in plain(
        sentence(compared(old, new, each), "I")
    )


# ---------------------------------------------------------------- since a day


def test_since_a_day_takes_what_was_reported_after_it():
    lines = [row(2013, "96", reported_on="2014-03-31"), row(2013, "91", reported_on="2014-09-30"),
             row(2012, "91", reported_on="2014-03-31")]  # fmt: skip
    plan = plan_of([STANDARD], lines)
    assert figures(since(plan, YEAR, "2014-03-31")) == [("figure_revised", "96", "91")]
    assert figures(since(plan, YEAR, "2014-03-30", as_of="2014-03-31")) == [
        ("figure_new", "", "91"), ("figure_new", "", "96")]  # fmt: skip
    assert told(since(plan, YEAR, "2014-09-30")) == []


def test_no_difference_is_an_empty_table_with_all_columns():
    plan = plan_of([STANDARD], rows({2013: "96"}))
    table = between(plan, plan, YEAR).table()
    assert table.empty
    assert list(table.columns) == [
        "indicator", "year", "breakdown", "change", "before", "after", "rating_before", "rating_after"]  # fmt: skip


def test_every_cell_is_text():
    table = compared({2012: "91"}, {2012: "92", 2013: {"A": "93"}}).table()
    assert {type(cell) for column in table for cell in table[column]} == {str}
