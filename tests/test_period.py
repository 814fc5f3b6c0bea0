"""The page on a plan's whole period: then against now, years that are not over, and what every sentence says."""

import re
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from random_plans import as_of_dates, make_package
from small_plans import CANCELLED, WITHHELD, indicator, plan_of, row, rows

from gsanalysis.charts.years import TALLEST, rating_years, rating_years_alt, sheets
from gsanalysis.pages import period as page
from gsanalysis.pages.period.gaps import limit_sentences
from gsanalysis.pages.period.results import last_rating
from gsanalysis.plan import load
from gsanalysis.rating.rate import assess
from gsanalysis.rating.rules import RATINGS
from gsanalysis.rating.trajectory import Period, late_rows
from gsanalysis.wording.words import RATING_WORDS, THIN

ROOT = Path(__file__).parents[1]
PLANS = {name: load(ROOT / folder) for name, folder in
         {"real": "data", "invented": "data/illustrative", "plan-a": "tests/cases/plan-a"}.items()}  # fmt: skip
STANDARD = indicator("at_least", target="95", tolerance="0.05", unit="%", name="Documents in time")
YEARS = range(2012, 2016)
GOOD = {2012: 96, 2013: 97, 2014: 98, 2015: 99}


@pytest.fixture(
    scope="module", params=[(name, day) for name in PLANS for day in (None, "2014-07-10")], ids=str
)
def period(request):
    name, day = request.param
    return Period(PLANS[name], day)


def blocks_of(period):
    return [
        page.head(period), page.verdict(period), *page.grid(period), *page.kpi_tables(period), page.changed(period),
        page.results_in_short(period), *page.expected_results(period), page.outputs(period), *page.targets(period),
        *page.never_measured(period), page.measured_once(period), page.limits(period), page.how_made(period),
    ]  # fmt: skip


def text(entry, key="text"):
    """A text of a block with plain spaces."""
    return entry[key].replace(THIN, " ")


def said(period):
    """The three sentences of the verdict."""
    return [text(entry) for entry in page.verdict(period).content["sentences"]]


def cells_of(period, kpi="K"):
    """The cells of a KPI's years."""
    found = [
        r
        for table in page.kpi_tables(period)
        for r in table.content["rows"]
        if r[0]["text"].split()[0] == kpi
    ]
    return found[0][1:-1]


def several(years_by_kpi, **more):
    """A plan with an indicator for each KPI, that must be 95 or more each year."""
    specs = [STANDARD | {"indicator": f"{kpi}a", "kpi": kpi, "name": f"It of {kpi}"} for kpi in years_by_kpi]
    lines = [line for kpi, years in years_by_kpi.items() for line in rows(years, indicator=f"{kpi}a")]
    return plan_of(specs, lines, kpis=tuple(years_by_kpi), **more)


def linked(plan, results, links, outputs=()):
    """The plan with expected results and outputs (codes) and links (kpi, expected result, output)."""
    return replace(
        plan,
        expected_results=pd.DataFrame(
            [(code, "O", f"Text of {code}") for code in results],
            columns=["expected_result", "objective", "text"],
        ),
        outputs=pd.DataFrame(
            [(code, "O", f"Text of {code}", "") for code in outputs],
            columns=["output", "objective", "text", "text_variant"],
        ),
        links=pd.DataFrame(
            [(*link, "derived", "") for link in links],
            columns=["kpi", "expected_result", "output", "basis", "note"],
        ),
    )


# ---------------------------------------------------------------- then and now


def test_now_is_what_assess_says_and_then_is_what_it_said_half_a_year_after_the_year(period):
    for year in YEARS:
        shown = period.kpis[period.kpis["year"] == year]
        half_a_year_after = min(period.as_of or "9999", f"{year + 1}-06-30")
        assert list(shown["now"]) == list(assess(period.plan, year, "kpi", period.as_of)["rating"])
        assert list(shown["then"]) == list(assess(period.plan, year, "kpi", half_a_year_after)["rating"])


def test_the_tables_show_the_ratings_of_assess_and_the_word_of_what_was_another_one_then(period):
    shown = [r for table in page.kpi_tables(period) for r in table.content.get("rows", [])]
    codes = [r[0]["text"].split()[0] for r in shown]
    assert codes == list(period.plan.kpis["kpi"])
    for place, year in enumerate(period.years):
        ratings = period.kpis[period.kpis["year"] == year].set_index("kpi")
        for kpi, r in zip(codes, shown, strict=True):
            then, now = ratings.loc[kpi, "then"], ratings.loc[kpi, "now"]
            if year not in period.over:
                assert (r[1 + place]["text"], r[1 + place]["small"]) == ("not over", "")
                continue
            assert (r[1 + place]["sign"], r[1 + place]["text"]) == (now, RATING_WORDS[now])
            assert (f"was {RATING_WORDS[then]}" in r[1 + place]["small"]) == (then != now)


def test_a_figure_that_came_late_changes_what_is_said_now_and_not_what_was_said_then():
    plan = plan_of([STANDARD], [row(2012, 96, reported_on="2013-07-01"), row(2013, 90)])
    first, second, *_ = cells_of(Period(plan))
    assert (first["sign"], first["small"]) == ("achieved", "was no data")
    assert (second["sign"], second["small"]) == ("off_track", "")
    [cells] = page.changed(Period(plan)).content["rows"]
    assert cells[0]["small"] == "KPI K: no data → achieved"
    assert text(cells[4]) == "96 % (new, reported on 1 July 2013): no data became achieved."
    assert cells[4]["small"] == "Source: A report."


def test_the_last_day_of_june_is_still_then():
    plan = plan_of([STANDARD], [row(2012, 96, reported_on="2013-06-30")])
    assert "No rating looks different now" in page.changed(Period(plan)).content["text"]
    assert late_rows(Period(plan)).empty


def test_a_revised_figure_is_shown_with_its_old_and_new_value():
    plan = plan_of([STANDARD], [row(2012, 96), row(2012, 94.5, reported_on="2014-01-15")])
    [cells] = page.changed(Period(plan)).content["rows"]
    assert [c["text"] for c in cells[1:4]] == ["2012", "achieved", "at risk"]
    assert text(cells[4]) == "96 % became 94.5 % (reported on 15 January 2014): achieved became at risk."
    assert (
        page.changed(Period(plan)).content["note"]
        == "One figure was reported or revised later; one rating changed by it."
    )


def test_a_long_comment_of_a_correction_is_cut():
    lines = [row(2012, 96), row(2012, 94.5, reported_on="2014-01-15") | {"comment": "Counted again. " * 40}]
    [cells] = page.changed(Period(plan_of([STANDARD], lines))).content["rows"]
    assert cells[4]["small"].startswith("Source: A report. Counted again. Counted")
    assert cells[4]["small"].endswith("…")
    assert len(cells[4]["small"]) < 200


def test_a_withdrawn_figure_and_one_that_is_said_not_to_apply():
    late = "2014-01-15"
    withdrawn = plan_of([STANDARD], [row(2012, 96), row(2012, WITHHELD, reported_on=late)])
    [cells] = page.changed(Period(withdrawn)).content["rows"]
    assert text(cells[4]) == "96 % (withdrawn on 15 January 2014): achieved became no data."
    cancelled = plan_of([STANDARD], [row(2012, CANCELLED, reported_on=late)])
    [cells] = page.changed(Period(cancelled)).content["rows"]
    assert (
        text(cells[4]) == "Not applicable (new, reported on 15 January 2014): no data became not applicable."
    )


def test_a_revised_reference_is_named_as_what_the_value_is_held_against():
    spending = indicator("at_most", target="B", unit="CHF million", name="Spending")
    budget = indicator("monitor", indicator="B", name="Budget", unit="CHF million")
    lines = [
        row(2012, 12),
        row(2012, 13, indicator="B"),
        row(2012, 11, indicator="B", reported_on="2013-09-01"),
    ]
    [cells] = page.changed(Period(plan_of([spending, budget], lines))).content["rows"]
    assert [c["text"] for c in cells[2:4]] == ["achieved", "off track"]
    assert text(cells[4]) == (
        "“Budget”, the reference: CHF 13 million became CHF 11 million (reported on 1 September 2013): "
        "achieved became off track."
    )


def test_an_earlier_year_revised_and_a_part_are_named():
    rise = indicator("rise_each_year", name="Members")
    lines = [row(2012, 10), row(2013, 11), row(2012, 12, reported_on="2014-08-01")]
    found = page.changed(Period(plan_of([rise], lines))).content["rows"]
    assert [text(c[4]) for c in found if c[1]["text"] == "2013"] == [
        "2012: 10 became 12 (reported on 1 August 2014): achieved became off track."
    ]
    parts = STANDARD | {"breakdowns": "each"}
    lines = [row(2012, 96, part="Arabic"), row(2012, 80, part="Chinese", reported_on="2014-01-01")]
    [cells] = page.changed(Period(plan_of([parts], lines))).content["rows"]
    assert text(cells[4]) == "Chinese: 80 % (new, reported on 1 January 2014): achieved became off track."


def test_a_kpi_that_stays_as_it_was_says_so():
    other = STANDARD | {"indicator": "J", "name": "Another"}
    lines = [row(2012, 50, indicator="J"), row(2012, 96, reported_on="2014-01-15")]
    [cells] = page.changed(Period(plan_of([STANDARD, other], lines))).content["rows"]
    assert cells[0]["small"] == "KPI K stays off track"


def test_a_late_figure_without_an_effect_is_counted():
    plan = plan_of([STANDARD], [row(2012, 96), row(2012, 97, reported_on="2014-01-15")])
    text = page.changed(Period(plan)).content["text"]
    assert text.endswith("One figure was reported or revised later; no rating changed by it.")
    quiet = page.changed(Period(plan_of([STANDARD], [row(2012, 96)]))).content["text"]
    assert quiet.endswith("No figure was reported or revised after 30 June of the following year.")


@settings(max_examples=25, deadline=None)
@given(dice=st.randoms(use_true_random=False))
def test_the_page_of_any_plan_can_be_made_and_every_changed_rating_says_what_moved_it(dice, tmp_path_factory):
    package = make_package(dice, ["due_at_least", "by_date", "rise_each_year", "at_most_reference", "yes"], 4)
    plan = load(package.write(tmp_path_factory.mktemp("plan")))
    for day in (None, *as_of_dates(dice, package)):
        seen = Period(plan, day)
        assert all(block.markdown or block.svg for block in blocks_of(seen))
        for cells in page.changed(seen).content.get("rows", []):
            assert re.search(r"(reported|withdrawn) (again )?on |seen on |no longer there", text(cells[4]))


# ---------------------------------------------------------------- years that are not over


def test_a_year_that_is_not_over_is_said_so_and_counted_nowhere():
    seen = Period(plan_of([STANDARD], rows(GOOD)), "2014-05-01")
    assert seen.over == [2012, 2013]
    assert [c["text"] for c in cells_of(seen)] == ["achieved", "achieved", "not over", "not over"]
    figures = page.verdict(seen).content["figures"]
    assert figures[0] == {
        "number": "1 of 1",
        "label": "rated KPIs achieved in 2013, the last year that is over",
    }
    assert "2014 and 2015 had not ended on 1 May 2014 and are in no count." in limit_sentences(seen)
    assert "2014: 1 not yet due." in page.grid(seen)[0].content["alt"]


@pytest.mark.parametrize(
    ("day", "over"),
    [("2013-12-30", [2012]), ("2013-12-31", [2012, 2013]), ("2011-06-30", []), ("2020-01-01", list(YEARS))]
)  # fmt: skip
def test_a_year_is_over_from_its_last_day_on(day, over):
    assert Period(plan_of([STANDARD], rows(GOOD)), day).over == over


def test_without_an_as_of_date_the_figures_say_which_years_are_over():
    assert Period(plan_of([STANDARD], [row(2012, 96)])).over == [2012]
    assert Period(plan_of([STANDARD], [row(2012, 96), row(2012, 97, reported_on="2015-01-02")])).over == [
        2012,
        2013,
        2014,
    ]
    assert Period(plan_of([STANDARD], [])).over == list(YEARS)
    running = Period(plan_of([STANDARD], [row(2012, 96)]))
    assert any(
        "31 March 2013, the day of the latest report, and are" in text for text in limit_sentences(running)
    )


def test_before_the_plan_s_first_year_is_over_nothing_is_judged():
    seen = Period(plan_of([STANDARD], rows(GOOD)), "2012-05-01")
    assert said(seen) == ["No year of the plan had ended on 1 May 2012."]
    assert all(block.markdown or block.svg for block in blocks_of(seen))


def test_then_knows_no_more_than_the_as_of_date():
    seen = Period(plan_of([STANDARD], [row(2012, 96, reported_on="2013-07-01")]), "2013-03-01")
    assert seen.limit(2012) == "2013-03-01"
    assert cells_of(seen)[0]["sign"] == "no_data"
    assert "No rating looks different now" in page.changed(seen).content["text"]


# ---------------------------------------------------------------- the answer


def test_the_verdict_counts_the_last_year_of_assess(period):
    kpis = assess(period.plan, period.end, "kpi", period.as_of)["rating"]
    rated, achieved = int(kpis.isin(RATINGS).sum()), int((kpis == "achieved").sum())
    ratable = rated + int(kpis.isin(("no_data", "no_comparison")).sum())
    numbers = [figure["number"] for figure in page.verdict(period).content["figures"]]
    assert numbers[:2] == [f"{achieved} of {rated}" if rated else "–", f"{rated} of {ratable}"]


def test_the_best_the_worst_and_the_unknown_of_a_worked_plan():
    plan = several({
        "A": GOOD,
        "B": {2012: 80, 2013: 96, 2014: 96, 2015: 96},
        "C": {2012: 80, 2013: 91, 2014: 80, 2015: 80},
        "D": {},
    })  # fmt: skip
    assert said(Period(plan)) == [
        "Two KPIs were achieved in 2015; one of them was on course in every year that could be rated: A “A KPI”.",
        "One KPI was never on course in any year that could be rated: C “A KPI”.",
        "One KPI has a standard and was never rated: D “A KPI”.",
    ]
    figures = page.verdict(Period(plan)).content["figures"]
    assert [figure["number"] for figure in figures] == ["2 of 3", "3 of 4", "0 of 12"]


@pytest.mark.parametrize(
    ("years", "best"),
    [
        ({"A": GOOD}, "One KPI was achieved in 2015, on course in every year that could be rated: A “A KPI”."),
        ({"A": GOOD, "B": GOOD}, (
            "Two KPIs were achieved in 2015; all were on course in every "
            "year that could be rated: A “A KPI” and B “A KPI”."
        )),
        ({"A": {2014: 80, 2015: 96}}, (
            "One KPI was achieved in 2015: A “A KPI”. It was not "
            "on course in two years or more without a break."
        )),
        ({"A": {2015: 96}, "B": {2015: 96}, "C": {2015: 96}}, (
            "Three KPIs were achieved in 2015: A “A KPI”, B “A KPI” and one more. "
            "None of them was on course in two years or more without a break."
        )),
        ({"A": {2014: 96, 2015: 80}}, "No KPI was achieved or on track in 2015."),
    ],
)  # fmt: skip
def test_each_sentence_on_the_best(years, best):
    assert said(Period(several(years)))[0] == best


def test_a_kpi_on_track_at_the_end_is_the_best_where_none_is_achieved():
    due = indicator("at_least", target="100", due="2019", baseline="0", baseline_years="2011")
    sentence = said(Period(plan_of([due], rows({2014: 40, 2015: 50}))))[0]
    assert sentence == "One KPI was on track in 2015, on course in every year that could be rated: K “A KPI”."


@pytest.mark.parametrize(
    ("years", "worst"),
    [
        ({"A": GOOD}, "The KPI that could be rated was on course in some year."),
        ({"A": GOOD, "B": GOOD}, "Each of the two KPIs that could be rated was on course in some year."),
        ({"A": {2015: WITHHELD}}, "No KPI could be rated in any year."),
        ({"A": {2015: 91}, "B": {2015: 80}, "C": {2014: 80, 2015: 80}}, (
            "Three KPIs were never on course in any year that "
            "could be rated: C “A KPI”, B “A KPI” and one more."
        )),
    ],
)  # fmt: skip
def test_each_sentence_on_the_worst(years, worst):
    assert said(Period(several(years)))[1] == worst


@pytest.mark.parametrize(
    ("years", "unknown"),
    [
        ({"A": GOOD}, "Every KPI that has a standard could be rated in every year."),
        ({"A": {2014: 96, 2015: 96, 2013: 96}}, (
            "Every KPI with a standard was rated at least "
            "once; there is one rating missing: A “A KPI”."
        )),
        ({"A": {2014: 96, 2015: 96}}, (
            "Every KPI with a standard was rated at least "
            "once; there are 2 ratings missing: A “A KPI”."
        )),
        ({"A": {}, "B": {2015: WITHHELD}}, "Two KPIs have a standard and were never rated: A “A KPI” and B “A KPI”."),
        ({"A": dict.fromkeys(YEARS, CANCELLED)}, "No KPI had a standard that applied in a year that is over."),
    ],
)  # fmt: skip
def test_each_sentence_on_the_unknown(years, unknown):
    assert said(Period(several(years)))[2] == unknown


# ---------------------------------------------------------------- the picture


def test_the_alternative_text_counts_what_the_picture_shows():
    plan = plan_of([STANDARD], [row(2012, 96, reported_on="2013-07-01"), row(2013, 90), row(2015, 94)])
    [figure, notes] = page.grid(Period(plan))
    assert figure.content["alt"] == (
        "Signs of 1 KPI for each year, 2012 to 2015. 1 in a box, rated otherwise at first. "
        "2012: 1 achieved. 2013: 1 off track. 2014: 1 no data. 2015: 1 at risk."
    )
    assert [item["text"] for item in notes.content["items"]] == [
        "1 achieved. One looked different then.", "1 off track.", "None rated; 1 of 1 not rated.", "1 at risk.",
    ]  # fmt: skip


def test_the_counts_beside_the_picture_are_those_of_assess(period):
    items = [i for block in page.grid(period) for i in block.content.get("items", [])]
    for year, item in zip(period.years, items, strict=True):
        counts = assess(period.plan, year, "kpi", period.as_of)["rating"].value_counts()
        for rating in RATINGS:
            shown = f"{counts.get(rating, 0)} {RATING_WORDS[rating]}"
            assert (shown in item["text"]) == (rating in counts and year in period.over)


def test_thirty_objectives_are_drawn_on_sheets_that_fit_a_page():
    kpis = [(f"O{o}-K{k}", f"O{o}") for o in range(30) for k in range(10)]
    frame = pd.DataFrame(
        [(kpi, o, year, "achieved", "no_data") for kpi, o in kpis for year in YEARS],
        columns=["kpi", "objective", "year", "now", "then"],
    )
    found = sheets(frame)
    assert len(found) > 1
    assert sum(len(sheet) for sheet in found) == len(frame)
    assert max(rating_years(sheet).get_figheight() * 72 for sheet in found) < TALLEST + 40
    many = frame[frame["objective"] == "O1"].assign(year=lambda f: f["year"] + 10)
    wide = pd.concat([many.assign(year=many["year"] + n) for n in range(0, 20, 4)])
    assert rating_years_alt(wide).startswith("Signs of 10 KPIs for each year, 2022 to 2041.")
    assert rating_years(wide).get_figheight() > 1


# ---------------------------------------------------------------- expected results and outputs


def test_what_the_expected_results_came_to_by_the_kpis_that_speak_to_them():
    plan = several({"A": GOOD, "B": {2013: 96, 2014: 80}, "C": {}})
    links = [
        ("A", "R1", ""),
        ("A", "R2", ""),
        ("B", "R2", ""),
        ("B", "R3", ""),
        ("C", "R4", ""),
        ("C", "R1", ""),
    ]
    seen = Period(linked(plan, ["R1", "R2", "R3", "R4", "R5"], links))
    assert [(i["text"], i["small"]) for i in page.results_in_short(seen).content["items"]] == [
        ("One expected result: the last rating of every KPI that speaks to it is on course.", "R1"),
        (
            "One expected result: the last ratings of the KPIs that speak to it differ: "
            "some are on course, some not.",
            "R2",
        ),
        ("One expected result: the last rating of no KPI that speaks to it is on course.", "R3"),
        ("One expected result: no KPI that speaks to it was rated in any year.", "R4"),
        ("No KPI speaks to R5: Text of R5", ""),
    ]  # fmt: skip


def test_an_expected_result_shows_each_kpi_s_last_rating_with_its_year_and_evidence():
    plan = several({"A": {2013: 96, 2014: 80, 2015: WITHHELD}, "B": {}})
    seen = Period(linked(plan, ["R1", "R2"], [("A", "R1", ""), ("B", "R1", "")]))
    [table] = page.expected_results(seen)
    first, kpi, never, silent = table.content["rows"]
    assert first[0]["text"] == "R1 Text of R1"
    assert (kpi[1]["sign"], kpi[1]["small"]) == ("off_track", "in 2014")
    assert text(kpi[2]).startswith("It of A: 80 % in 2014, short of the standard of 95 %")
    assert kpi[2]["small"] == "Checked by nobody outside"
    assert never[1]["text"] == "never rated"
    assert silent[2]["text"] == "no KPI speaks to it"


def test_the_best_checked_figure_of_those_that_decide_is_the_evidence():
    other = STANDARD | {"indicator": "J", "name": "Audited"}
    plan = plan_of([STANDARD, other], [row(2015, 80), row(2015, 81, indicator="J")])
    plan.measurements["verification"] = ["internal", "audited"]
    seen = Period(linked(plan, ["R1"], [("K", "R1", "")]))
    cells = page.expected_results(seen)[0].content["rows"][1]
    assert text(cells[2]).startswith("Audited: 81 % in 2015")
    assert cells[2]["small"] == "Audited"


def test_the_last_rating_is_that_of_assess(period):
    for kpi in period.plan.kpis["kpi"]:
        last = last_rating(period, kpi)
        ratings = assess(period.plan, last.year, "kpi", period.as_of).set_index("kpi")["rating"]
        assert ratings[kpi] == last.rating


def test_outputs_that_no_kpi_speaks_to_are_named():
    plan = several({"A": GOOD})
    seen = Period(linked(plan, [], [("A", "", "P1")], outputs=["P1", "P2"]))
    assert [i["text"] for i in page.outputs(seen).content["items"]] == ["P2 Text of P2"]
    all_of_them = Period(linked(plan, [], [("A", "", "P1")], outputs=["P1"]))
    assert page.outputs(all_of_them).content["text"] == "A KPI speaks to the only output."
    none = Period(plan)
    assert page.outputs(none).content["text"] == "The plan names no outputs."
    assert page.results_in_short(none).content["text"] == "The plan names no expected results."
    assert page.expected_results(none) == []


# ---------------------------------------------------------------- targets


DUE = indicator(
    "at_least", target="80", due="2014", baseline="60", baseline_years="2011", tolerance="0.05", unit="%"
)


def outcome(spec, lines, day=None, last_year=2015):
    """Outcome, by how much and what is said in small of the only target."""
    lines = rows(lines) if isinstance(lines, dict) else lines
    _, table = page.targets(Period(plan_of([spec], lines, last_year), day))
    [cells] = table.content["rows"]
    return text(cells[4]), text(cells[5]), text(cells[5], "small")


@pytest.mark.parametrize(
    ("years", "expected"),
    [
        ({2013: 81, 2014: 82}, ("reached", "2 points better than asked", "first reached in 2013")),
        ({2014: 80}, ("reached", "exactly as asked", "")),
        ({2014: 78}, ("missed narrowly", "2 points short", "")),
        ({2014: 60, 2015: 85}, ("missed", "20 points short", "reached in 2015")),
        ({2013: 81, 2014: 70}, ("missed", "10 points short", "had been reached in 2013")),
        ({2013: 70, 2014: WITHHELD}, ("not known", "no figure for 2014", "last known: 70 % in 2013")),
        ({2015: 85}, ("not known", "no figure for 2014", "no figure before either")),
        ({2014: CANCELLED}, ("does not apply", "–", "")),
    ],
)
def test_what_became_of_a_target_with_a_due_year(years, expected):
    assert outcome(DUE, years) == expected


def test_a_ceiling_that_was_missed_is_over():
    ceiling = DUE | {"rule": "at_most", "target": "40", "tolerance": ""}
    assert outcome(ceiling, {2014: 45})[:2] == ("missed", "5 points over")


def test_a_target_whose_year_is_not_over_is_not_missed():
    assert outcome(DUE, {2013: 60, 2014: 61}, "2014-12-30") == ("not yet due", "2014 is not over", "")
    later = DUE | {"due": "2019"}
    assert outcome(later, {2015: 61}) == ("not yet due", "due after the plan, in 2019", "")


@pytest.mark.parametrize(
    ("lines", "day", "expected"),
    [
        ({2013: "2013-06-27"}, None, ("reached", "three days early", "")),
        ({2013: "2013-06-30"}, None, ("reached", "on the day", "")),
        ({2014: "2014-02-14"}, None, ("missed", "229 days late", "")),
        ({2013: "no"}, "2016-01-01", ("missed", "not done", "")),
        ({}, None, ("not known", "nobody has reported whether it was done", "")),
        ({2012: "no"}, "2013-06-01", ("not yet due", "2013 is not over", "")),
        (
            [row(2013, "2013-06-27", reported_on="2013-06-28")],
            "2013-07-01",
            ("reached", "three days early", ""),
        ),
    ],
)
def test_what_became_of_a_milestone(lines, day, expected):
    assert outcome(indicator("by_date", target="2013-06-30"), lines, day) == expected


def test_targets_are_counted_in_words():
    plan = plan_of([DUE, indicator("by_date", indicator="J", target="2013-06-30")], rows({2014: 82}))
    assert (
        page.targets(Period(plan))[0].content["text"]
        == "Two targets have a due day or year: one reached and one not known."
    )
    [none] = page.targets(Period(plan_of([STANDARD], [])))
    assert none.content["text"] == "No indicator has a target with a due day or year."


# ---------------------------------------------------------------- what was never measured


def test_what_was_never_measured_stands_beside_who_could_supply_it():
    plan = several(
        {"A": GOOD, "B": {2011: 90, 2013: WITHHELD}, "C": dict.fromkeys(YEARS, CANCELLED), "D": {2014: 96}}
    )
    plan.indicators["owner"] = ["", "Translation", "", ""]
    head, table = page.never_measured(Period(plan))
    assert head.content["text"] == "1 of 4 indicators was never measured in a year of the plan."
    [cells] = table.content["rows"]
    assert [c["text"] for c in cells] == ["Translation", "1", "Ba It of B (before the plan: 2011)"]
    [once] = page.measured_once(Period(plan)).content["items"]
    assert (once["lead"], once["text"]) == (
        "One indicator was measured in one year only.",
        "Da It of D (2014).",
    )


def test_where_all_was_measured_the_page_says_so():
    seen = Period(several({"A": GOOD}))
    assert (
        page.never_measured(seen)[0].content["text"]
        == "The only indicator was measured in at least one year of the plan."
    )
    assert page.measured_once(seen).content["text"] == "No indicator was measured in a single year only."


def test_a_plan_of_one_year():
    seen = Period(plan_of([STANDARD], rows({2012: 96}), last_year=2012))
    assert page.head(seen).content["eyebrow"] == "The whole period 2012"
    assert (
        page.measured_once(seen).content["text"]
        == "The plan has one year: nothing could be measured more than once."
    )
    assert all(block.markdown or block.svg for block in blocks_of(seen))


def test_a_plan_without_any_measurement():
    seen = Period(plan_of([STANDARD], []))
    assert [c["sign"] for c in cells_of(seen)] == ["no_data"] * 4
    assert said(seen)[1:] == [
        "No KPI could be rated in any year.",
        "One KPI has a standard and was never rated: K “A KPI”.",
    ]
    assert "No figure was reported for any year that is over." in limit_sentences(seen)
    assert "with all figures; there are none yet" in page.how_made(seen).content["items"][1]["text"]


def test_a_long_plan_shows_signs_without_words():
    seen = Period(plan_of([STANDARD], rows({2012: 96, 2020: 80}), last_year=2021), "2021-06-30")
    texts = [(c["text"], c["sign"]) for c in cells_of(seen)]
    assert texts[0] == ("", "achieved")
    assert texts[-1] == ("", "not_yet_due")


def test_an_objective_without_kpis_says_so():
    plan = several({"A": GOOD})
    empty = pd.concat(
        [plan.objectives, pd.DataFrame([{"objective": "O9", "title": "Another"}])], ignore_index=True
    )
    assert (
        page.kpi_tables(Period(replace(plan, objectives=empty)))[1].content["text"]
        == "Objective O9 has no KPI."
    )


# ---------------------------------------------------------------- limits


def test_limits_are_never_empty_and_count_the_ratings_of_all_years(period):
    sentences = limit_sentences(period)
    over = period.kpis[period.kpis["over"]]
    rated = int(over["now"].isin(RATINGS).sum())
    could = rated + int(over["now"].isin(("no_data", "no_comparison")).sum())
    assert any(
        text.startswith(f"A standard for each KPI and year would give {could} ratings: {rated} ")
        for text in sentences
    )


def test_each_limit_is_said_where_it_holds():
    assumed = STANDARD | {"basis": "assumed"}
    plan = plan_of(
        [assumed], [row(2012, 96, "provisional"), row(2013, 97), row(2015, 98, reported_on="2016-07-01")]
    )
    plan.measurements["verification"] = ["published", "", "internal"]
    assert limit_sentences(Period(linked(plan, ["R"], [("K", "R", "")]))) == [
        "What a rating was then is worked out today; nobody kept what was said in each year.",
        "A standard for each KPI and year would give 4 ratings: 3 exist; 1 is missing.",
        "The standard is assumed, and nobody has confirmed it, for “Documents in time”.",
        "That a KPI speaks to an expected result is a reading: 1 of 1 such link is not in the plan.",
        "1 of 3 figures is provisional.",
        "1 of 3 figures was published or audited; nobody outside checked the others.",
        "One figure was reported or revised after 30 June of the following year.",
    ]


@pytest.mark.parametrize("name", ["real", "invented"])
def test_invented_figures_are_called_so(name):
    period = Period(PLANS[name])
    blocks = [block.content for block in blocks_of(period)]
    captions = [block["caption"] for block in blocks if block["type"] == "table"]
    invented = name == "invented"
    assert bool(blocks[0]["banner"]) == invented
    assert all(("figures invented" in caption) == invented for caption in captions)
