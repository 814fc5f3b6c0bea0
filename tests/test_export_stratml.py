"""A year's evaluation in StratML: each thing of the plan in the element that the standard has for it."""

from dataclasses import replace
from xml.etree import ElementTree

import pytest
from small_plans import CANCELLED, WITHHELD, indicator, plan_of, row, rows
from small_specs import BAND, BUDGET, DUE, LEVEL, MILESTONE, MONITORED, SPENDING, STANDARD, YES, ZERO

from gsanalysis import Evaluation, Plan, UsageError, load
from gsanalysis.exchange.start import start
from gsanalysis.exchange.stratml import stratml

SCHEMA = "{urn:ISO:std:iso:17469:tech:xsd:PerformancePlanOrReport}"
INVENTED = "Invented to show the workbook."


@pytest.fixture(scope="module")
def example(tmp_path_factory) -> Plan:
    folder = tmp_path_factory.mktemp("example") / "plan"
    start(folder)
    return load(folder)


def document(plan, year=2013, as_of=None):
    """The root of the document, its elements without the namespace of the standard."""
    root = ElementTree.fromstring(stratml(Evaluation(plan, year, as_of))[0])
    for element in root.iter():
        assert element.tag.startswith(SCHEMA)
        element.tag = element.tag.removeprefix(SCHEMA)
    return root


def results(spec, lines, year=2013, beside=(), tag="ActualResult"):
    """The results of the first indicator, each as (year, number, qualitative value, description)."""
    lines = rows(lines) if isinstance(lines, dict) else lines
    element = document(plan_of([spec, *beside], lines), year).find(".//PerformanceIndicator")
    return [
        (
            int(result.findtext("EndDate")[:4]),
            result.findtext("NumberOfUnits"),
            result.findtext("Descriptor/DescriptorValue"),
            result.findtext("Description"),
        )
        for result in element.iter(tag)
    ]


def targets(spec, lines, **more):
    return [result[:3] for result in results(spec, lines, tag="TargetResult", **more)]


def actuals(spec, lines, **more):
    return [result[:3] for result in results(spec, lines, **more)]


def said(plan, year=2013, as_of=None):
    return stratml(Evaluation(plan, year, as_of))[1]


def test_objectives_are_goals_and_what_stands_below_them_objectives(example):
    root = document(example, 2025)
    goals = [goal.findtext("SequenceIndicator") for goal in root.iter("Goal")]
    assert goals == ["O1", "O2"]
    below = [code.text for code in root.find(".//Goal").findall("Objective/SequenceIndicator")]
    assert below == ["O1-R1", "O1-R2", "O1-P1", "O1-P2", "O1-K1", "O1-K2", "O1-K3"]
    assert root.findtext(".//Goal/Description") == "More people use the library and are content with it"
    assert root.findtext("StrategicPlanCore/Mission/Description") == example.mission
    assert root.findtext("StrategicPlanCore/Vision/Description") == example.goal


def test_every_indicator_stands_below_its_kpi(example):
    root = document(example, 2025)
    found = {
        (kpi.findtext("SequenceIndicator"), own.findtext("SequenceIndicator"))
        for kpi in root.iter("Objective")
        for own in kpi.findall("PerformanceIndicator")
    }
    assert found == set(zip(example.indicators["kpi"], example.indicators["indicator"], strict=True))


def test_a_long_text_is_shortened_to_a_name_and_stands_in_full_below_it():
    plan = plan_of([STANDARD], [])
    plan.objectives.loc[0, "title"] = "Meetings " * 30
    goal = document(plan).find(".//Goal")
    assert len(goal.findtext("Name")) <= 80
    assert goal.findtext("Description") == "Meetings " * 30


def test_links_lead_from_indicators_to_what_they_speak_to(example):
    root = document(example, 2025)
    by_id = {
        parent.findtext("Identifier"): parent
        for parent in root.iter()
        if parent.find("Identifier") is not None
    }
    [visits] = [p for p in root.iter("PerformanceIndicator") if p.findtext("SequenceIndicator") == "O1-K1a"]
    led_to = [by_id[to.text].findtext("SequenceIndicator") for to in visits.iter("ReferentIdentifier")]
    assert led_to == ["O1-R1", "O1-P1"]


def test_a_reference_and_shared_figures_are_relations_too():
    shared = indicator("increase", indicator="J", measured_by="I", baseline_years="2011", unit="CHF million")
    root = document(plan_of([SPENDING, BUDGET, shared], []))
    names = [name.text for name in root.findall(".//Relationship/Name")]
    assert names == ["held against B", "measured by I"]


def test_a_figure_is_written_with_the_digits_of_its_file_and_its_rating():
    assert actuals(STANDARD, {2012: "97.50", 2013: 91}) == [
        (2012, "97.50", None),
        (2013, "91", "at risk"),
    ]


def test_only_the_year_evaluated_and_those_before_it_are_told():
    assert [year for year, *_ in actuals(STANDARD, {2011: 1, 2013: 2, 2014: 3})] == [2011, 2013]


def test_a_standard_is_a_target_of_each_year_of_the_plan_that_has_a_figure():
    assert targets(STANDARD, {2011: 90, 2012: 96, 2013: 91}) == [(2012, "95", None), (2013, "95", None)]


def test_a_target_to_reach_by_a_year_ends_then():
    assert targets(DUE, {2011: 60, 2013: 70}) == [(2015, "80", None)]


def test_a_target_stands_also_where_nothing_was_reported():
    assert targets(STANDARD, {}) == [(2013, "95", None)]
    assert actuals(STANDARD, {}) == []


def test_a_band_is_two_targets_and_an_exact_one_a_single_one():
    assert targets(BAND, {2013: 5}) == [(2013, "4", None), (2013, "6", None)]
    assert targets(indicator("between", target="5|5"), {2013: 5}) == [(2013, "5", None)]


def test_what_is_not_a_number_is_a_descriptor():
    assert targets(LEVEL, {2013: "fair"}) == [(2013, None, "good")]
    assert actuals(LEVEL, {2013: "fair"}) == [(2013, None, "fair")]
    assert targets(YES, {2013: "no"}) == [(2013, None, "yes")]
    assert actuals(MILESTONE, {2013: "2013-05-31"}) == [(2013, None, "2013-05-31")]
    assert targets(MILESTONE, {2013: "no"}) == [(2013, None, "2013-06-30")]


def test_no_incident_is_a_target_of_nil():
    assert targets(ZERO, {2013: 2}) == [(2013, "0", None)]


def test_what_is_monitored_has_no_target():
    assert targets(MONITORED, {2013: 129}) == []
    assert actuals(MONITORED, {2013: 129}) == [(2013, "129", "monitored")]


def test_a_reference_gives_the_target_of_its_year():
    lines = rows({2013: "16.1"}) + rows({2013: "15.25"}, indicator="B")
    assert targets(SPENDING, lines, beside=[BUDGET]) == [(2013, "15.25", None)]


def test_a_stated_baseline_is_a_result_of_its_year():
    stated = DUE | {"baseline": "61.0"}
    [first, *_] = results(stated, {2013: 70})
    assert first == (2011, "61.0", None, "The baseline that the plan states.")


def test_parts_are_named_in_words_and_their_sum_stands_beside_them():
    spec = indicator("at_least", target="10", breakdowns="sum")
    found = results(spec, {2013: {"North": 4, "East": 5}})
    assert [result[:3] for result in found] == [
        (2013, "4", None),
        (2013, "5", None),
        (2013, "9", "off track"),
    ]
    assert "Part: “North”." in found[0][3]
    assert "The sum of 2 parts." in found[2][3]
    assert targets(spec, {2013: {"North": 4, "East": 5}}) == [(2013, "10", None)]


def test_each_part_has_its_target_and_its_rating():
    spec = STANDARD | {"breakdowns": "each"}
    assert targets(spec, {2013: {"North": 96, "East": 91}}) == [(2013, "95", None)] * 2
    ratings = [value for _, _, value in actuals(spec, {2013: {"North": 96, "East": 91}})]
    assert ratings == ["achieved", "at risk"]


def test_a_part_that_was_forgotten_has_its_target_and_no_result():
    spec = STANDARD | {"breakdowns": "each"}
    lines = {2012: {"North": 96, "East": 96}, 2013: {"North": 96}}
    assert targets(spec, lines)[-2:] == [(2013, "95", None)] * 2
    assert actuals(spec, lines)[-1] == (2013, "96", "achieved")


@pytest.mark.parametrize(("value", "words"), [(CANCELLED, "Not applicable."), (WITHHELD, "Not collected.")])
def test_a_result_without_a_value_says_why(value, words):
    [(_, number, _, text)] = results(STANDARD, {2013: value})
    assert number is None
    assert text.startswith(words)


def test_state_source_and_comment_stand_in_words():
    line = row(2013, 91, state="provisional") | {"comment": "Two offices only"}
    [(_, _, _, text)] = results(STANDARD, [line])
    assert text == ("Provisional. Reported on 31 March 2014: A report. Two offices only. Rating: at risk.")


def test_every_text_with_an_invented_figure_says_so(example):
    root = document(example, 2025)
    for actual in root.iter("ActualResult"):
        if actual.find("NumberOfUnits") is not None or "Value" in actual.itertext():
            assert INVENTED in actual.findtext("Description")
    assert root.findtext("OtherInformation").startswith("21 of 21 figures are invented")
    for goal in root.iter("Goal"):
        assert INVENTED in goal.findtext("OtherInformation")


def test_a_target_that_is_an_invented_figure_says_so_and_a_stated_one_does_not():
    lines = [row(2013, 16), row(2013, 15, indicator="B", state="illustrative")]
    [(*_, text)] = results(SPENDING, lines, beside=[BUDGET], tag="TargetResult")
    assert text.startswith(INVENTED)
    [(*_, text)] = results(STANDARD, [row(2013, 91, state="illustrative")], tag="TargetResult")
    assert INVENTED not in text


def test_the_year_s_explanation_and_the_whole_reading_stand_with_the_indicator():
    text = document(plan_of([STANDARD], rows({2013: 91}))).findtext(
        ".//PerformanceIndicator/OtherInformation"
    )
    assert "The standard is at least 95" in text
    assert "kind number; rule at_least; target 95; tolerance 0.05; basis plan." in text


def test_who_supplies_a_figure_is_a_stakeholder(example):
    [staff] = [s for s in document(example, 2025).iter("Stakeholder") if s.findtext("Name") == "Staff office"]
    assert staff.findtext("Role/Name") == "Supplies the figures of O2-K3a"


def test_identifiers_are_unique_in_a_document_and_the_same_in_every_year(example):
    def identifiers(year):
        return [element.text for element in document(example, year).iter("Identifier")]

    this, other = identifiers(2025), identifiers(2024)
    assert len(set(this)) == len(this)
    assert len(set(this) ^ set(other)) == 2  # each document has one of its own


def test_the_same_data_give_the_same_bytes(example):
    assert stratml(Evaluation(example, 2025)) == stratml(Evaluation(example, 2025))


def test_a_year_without_a_figure_makes_a_plan_and_not_a_report(example):
    assert document(example, 2025).get("Type") == "Performance_Report"
    assert document(example, 2026).get("Type") == "Performance_Plan"


def test_as_of_a_day_later_rows_do_not_exist(example):
    root = document(example, 2025, as_of="2026-01-20")
    assert "As known on 20 January 2026." in root.findtext("OtherInformation")
    [share] = [p for p in root.iter("PerformanceIndicator") if p.findtext("SequenceIndicator") == "O1-K2a"]
    assert [r.text for r in share.findall(".//ActualResult/NumberOfUnits")] == ["70", "73", "74"]


def test_markup_in_a_text_stays_text_and_a_control_character_is_replaced():
    plan = plan_of([STANDARD], rows({2013: 91}))
    plan.kpis.loc[0, "text"] = 'A & B <b>]]></b>\x0b "c"\r\nd'
    found = [element.text for element in document(plan).findall(".//Objective/Description")]
    assert found == ['A & B <b>]]></b>\ufffd "c"\nd']
    assert "Control characters that XML does not allow were replaced in 1 cell." in said(plan)


def test_what_has_no_place_is_said_with_how_much_of_it_there_is():
    line = row(2013, 91, reported_on="2014-03-31")
    later = row(2013, 92, reported_on="2014-06-30")
    part = row(2012, 5, part="North")
    plan = plan_of([STANDARD], [line, later, part, row(2014, 93)])
    assert said(plan) == [
        "Rules, tolerances, bounds, scales and confirmations have no place in StratML: those of 1 indicator stand in "
        "words.",
        "States, sources, checks and numbers of answers have no place in StratML: those of 2 figures stand in words.",
        "Parts have no place in StratML: the names of 1 part stand in words.",
        "Vintages are left out: 1 earlier vintage, of which the latest one is there.",
        "Years after 2013 are left out: 1 measurement.",
    ]
    assert not any("Vintages" in sentence for sentence in said(plan, as_of="2014-05-01"))


def test_commentary_of_the_year_is_told_and_that_of_others_counted(example):
    kpi = [o for o in document(example, 2025).iter("Objective") if o.findtext("SequenceIndicator") == "O1-K1"]
    assert "opens again in April 2026" in kpi[0].findtext("OtherInformation")
    assert "Commentary of other years is left out: 2 sections." in said(example, 2024)
    assert "Commentary is left out as of an earlier day: 2 sections." in said(example, 2025, "2026-03-31")
    assert "opens again" not in "".join(document(example, 2025, as_of="2026-03-31").itertext())


def test_a_plan_without_objectives_is_refused_because_the_standard_asks_for_one():
    plan = plan_of([STANDARD], [])
    with pytest.raises(UsageError, match="one objective at least"):
        stratml(Evaluation(replace(plan, objectives=plan.objectives.iloc[:0]), 2013))
