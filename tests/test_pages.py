"""What every page must say, on the real and on the invented figures, and what auditors complain of elsewhere."""

import re
from collections import Counter
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from random_plans import packages
from small_plans import indicator, plan_of, rows

from gsanalysis.pages import objective as page
from gsanalysis.pages import overview, quality
from gsanalysis.pages.contents import indicators_of, kpi_codes, references, value_cells
from gsanalysis.pages.limits import limit_sentences
from gsanalysis.plan import load
from gsanalysis.rating.evaluation import Evaluation
from gsanalysis.rating.rules import RATINGS
from gsanalysis.wording.words import RATING_WORDS

ROOT = Path(__file__).parents[1]
PLANS = {"real": load(ROOT / "data"), "invented": load(ROOT / "data/illustrative")}
OBJECTIVES = [f"O{number}" for number in range(1, 7)]
NO_WORDS = "No explanation was given."


@pytest.fixture(
    scope="module", params=[(name, year) for name in PLANS for year in range(2012, 2016)], ids=str
)
def evaluation(request):
    name, year = request.param
    return Evaluation(PLANS[name], year)


@pytest.fixture(scope="module", params=PLANS)
def drawn(request):
    """The evaluation of 2014, and the blocks of findings of each objective, charts included."""
    evaluation = Evaluation(PLANS[request.param], 2014)
    return evaluation, {code: list(page.findings(evaluation, code)) for code in OBJECTIVES}


def all_blocks(evaluation):
    for code in OBJECTIVES:
        yield page.head(evaluation, code)
        yield page.verdict(evaluation, code)
        yield page.kpi_table(evaluation, code)
        yield page.silent(evaluation, code)
        yield page.setbacks(evaluation, code)
        yield page.judgement(evaluation, code)
        yield page.contribution(evaluation, code, "expected_results")
        yield page.contribution(evaluation, code, "outputs")
        yield page.limits(evaluation, code)
        yield page.sources(evaluation, code)
    for make in (overview.head, overview.verdict, overview.grid, overview.off_track, overview.not_rated,
                 overview.since_last_year, overview.limits, quality.missing, quality.head, quality.states,
                 quality.verification, quality.revisions, quality.late, quality.answers, quality.readings,
                 quality.assumed, quality.jumps, quality.limits):  # fmt: skip
        yield make(evaluation)


def test_no_block_is_empty_and_every_row_has_a_cell_for_each_column(evaluation):
    for block in all_blocks(evaluation):
        assert block.plain
        assert block.markdown
        assert "None" not in block.markdown
        assert "nan" not in block.markdown.replace("Finan", "").replace("finan", "").replace("nance", "")
        if block.content["type"] == "table":
            assert block.content["rows"]
            reach = {sum(cell["span"] for cell in row) for row in block.content["rows"]}
            assert reach == {len(block.content["columns"])}


@pytest.mark.parametrize("code", OBJECTIVES)
def test_the_kpi_table_has_every_kpi_once_with_its_rating(evaluation, code):
    ratings = dict(zip(evaluation.kpis["kpi"], evaluation.kpis["rating"], strict=True))
    rows = page.kpi_table(evaluation, code).content["rows"]
    shown = [(row[0]["text"].split()[0], row[-3]["sign"]) for row in rows if row[0]["text"]]
    assert shown == [(kpi, ratings[kpi]) for kpi in kpi_codes(evaluation, code)]


@pytest.mark.parametrize("code", OBJECTIVES)
def test_the_strip_of_years_has_a_dash_for_years_to_come(evaluation, code):
    strips = [row[-2]["strip"] for row in page.kpi_table(evaluation, code).content["rows"] if row[0]["text"]]
    to_come = 2015 - evaluation.year
    for strip in strips:
        assert len(strip) == 4
        assert strip[4 - to_come :] == ["not_yet_due"] * to_come


@pytest.mark.parametrize("code", OBJECTIVES)
def test_the_verdict_counts_what_assess_counts(evaluation, code):
    row = next(r for r in evaluation.objectives.to_dict("records") if r["objective"] == code)
    on_course, coverage, bounds = (
        entry["number"] for entry in page.verdict(evaluation, code).content["figures"]
    )
    if row["ratable"]:
        assert coverage == f"{row['rated']} of {row['ratable']}"
        low, high = (round(row[name] * row["ratable"]) for name in ("on_course_low", "on_course_high"))
        assert bounds == (f"{low} – {high}" if low != high else str(low))
    said = row["on_course"] == row["on_course"] and row["rated"]
    assert on_course == (f"{row['achieved'] + row['on_track']} of {row['rated']}" if said else "–")


@pytest.mark.parametrize("code", OBJECTIVES)
def test_the_three_sentences_are_the_best_the_worst_and_the_unknown(evaluation, code):
    signs = [entry["sign"] for entry in page.verdict(evaluation, code).content["sentences"]]
    found = {
        evaluation.ratings[i].rating
        for kpi in kpi_codes(evaluation, code)
        for i in indicators_of(evaluation, kpi)
    }
    good = found & {"achieved", "on_track"}
    assert signs[0] in (good or {"no_data"})  # which of them, test_summary says
    worst = "off_track" if "off_track" in found else "at_risk" if "at_risk" in found else None
    assert signs[1] == (worst or ("achieved" if found & set(RATINGS) else "no_data"))


@pytest.mark.parametrize("code", OBJECTIVES)
def test_every_setback_has_its_authors_words_or_the_fact_that_none_were_given(evaluation, code):
    ratings = dict(zip(evaluation.kpis["kpi"], evaluation.kpis["rating"], strict=True))
    bad = [kpi for kpi in kpi_codes(evaluation, code) if ratings[kpi] in ("off_track", "at_risk")]
    content = page.setbacks(evaluation, code).content
    items = content.get("items", [])
    said = [item for item in items if item["lead"] == page.SERVICE_SAYS]
    assert len(said) == len(bad)
    words = evaluation.plan.commentary.query("year == @evaluation.year")
    for kpi, item in zip(bad, said, strict=True):
        text = words.loc[words["kpi"] == kpi, "text"]
        assert item.get("markdown") == text.iloc[0] if len(text) else item["text"] == NO_WORDS


def test_an_as_of_page_shows_no_author_s_words():
    for code in OBJECTIVES:
        seen = Evaluation(PLANS["invented"], 2014, "2015-06-30")
        assert all("markdown" not in item for item in page.setbacks(seen, code).content.get("items", []))
        assert page.judgement(seen, code).content["type"] == "paragraph"


def test_an_author_s_words_stand_once(drawn):
    evaluation, findings = drawn
    for code in OBJECTIVES:
        blocks = [*findings[code], page.setbacks(evaluation, code), page.judgement(evaluation, code)]
        items = [item for block in blocks for item in block.content.get("items", [])]
        words = [item["markdown"] for item in items if "markdown" in item]
        assert len(words) == len(set(words))


@pytest.mark.parametrize("code", OBJECTIVES)
def test_every_indicator_is_shown_with_its_chart_or_among_those_nobody_reported(drawn, code):
    evaluation, findings = drawn
    shown = [block.content["key"] for block in findings[code] if block.content["type"] == "figure"]
    silent = [item["text"].split()[0] for item in page.silent(evaluation, code).content.get("items", [])]
    codes = {i for kpi in kpi_codes(evaluation, code) for i in indicators_of(evaluation, kpi)}
    assert {*shown, *silent} == codes - references(evaluation)
    assert len(shown) == len(set(shown)) and len(silent) == len(set(silent))
    without = {i for i in codes - references(evaluation) if evaluation.ratings[i].rating == "no_data"}
    assert without <= set(silent)


def test_limits_name_what_is_missing_and_are_never_empty(evaluation):
    for code in OBJECTIVES:
        sentences = limit_sentences(evaluation, kpi_codes(evaluation, code))
        assert sentences
        missing = [
            r for c, r in evaluation.ratings.items() if c.startswith(f"{code}-") and r.rating == "no_data"
        ]
        text = " ".join(sentences)
        for rating in missing[:6]:
            assert f"“{rating.indicator.row['name']}”" in text


def test_the_overview_names_every_kpi_that_is_off_track_or_not_rated(evaluation):
    ratings = dict(zip(evaluation.kpis["kpi"], evaluation.kpis["rating"], strict=True))
    for block, wanted in (
        (overview.off_track(evaluation), {"off_track"}),
        (overview.not_rated(evaluation), {"no_data", "no_comparison"}),
    ):
        named = [item["text"].split()[0] for item in block.content.get("items", [])]
        assert named == [kpi for kpi, rating in ratings.items() if rating in wanted]


def test_the_overview_says_which_way_every_rating_moved(evaluation):
    then = dict(
        zip(evaluation.kpis["kpi"], evaluation.in_year(evaluation.year - 1).kpis["rating"], strict=True)
    )
    now = dict(zip(evaluation.kpis["kpi"], evaluation.kpis["rating"], strict=True))
    places = {rating: place for place, rating in enumerate(RATINGS)}
    wanted = {}
    for kpi in now:
        if {then[kpi], now[kpi]} & set(RATINGS):
            step = places.get(then[kpi], 9) - places.get(now[kpi], 9)
            known = then[kpi] in places and now[kpi] in places
            said = "Better" if step > 0 else "Worse" if step < 0 else "As before"
            wanted[kpi] = said if known else "Newly rated" if now[kpi] in places else "No longer rated"
    found = {}
    for change, count, kpis in overview.since_last_year(evaluation).content.get("rows", []):
        named = [words.split()[0] for words in kpis["text"].split("; ")]
        assert int(count["text"]) == len(named)
        found |= dict.fromkeys(named, change["text"])
    assert found == wanted


def test_the_overview_says_which_way_the_year_went_and_how_much_is_assumed():
    said = overview.standing(Evaluation(PLANS["invented"], 2014)).plain
    moved = {row[0]["text"]: int(row[1]["text"]) for row in
             overview.since_last_year(Evaluation(PLANS["invented"], 2014)).content["rows"]}  # fmt: skip
    assert (moved["Worse"], moved["Better"], moved["As before"]) == (14, 8, 10)
    assert said.startswith("Compared with 2013, 14 KPIs are rated worse, eight better and ten as before.")
    assert said.endswith("Behind 70\u202f% of ratings stands an assumed standard that nobody has confirmed.")
    assert (
        overview.standing(Evaluation(PLANS["real"], 2015)).plain
        == "No KPI was rated both in 2014 and in 2015."
    )


def test_the_years_of_a_row_follow_the_part_that_decides():
    parts = indicator("at_least", target="95", breakdowns="each")
    plan = plan_of([parts], rows({2012: {"A": 80, "B": 96}, 2013: {"A": 96, "B": 70}}))
    cells, _ = value_cells(Evaluation(plan, 2013), "I", [2011, 2012, 2013])
    assert [cell["text"] for cell in cells] == ["–", "96", "70"]  # B decides in 2013; A was worse in 2012


def test_the_overview_says_whether_a_setback_was_explained_and_whose_standard_it_misses():
    items = overview.off_track(Evaluation(PLANS["invented"], 2014)).content["items"]
    said = {item["text"].split()[0]: item["small"] for item in items}
    assert said["O1-K3"].endswith("No explanation was given.")
    assert said["O3-K1"].endswith("The service explains it under objective O3.")
    assert "The standard is assumed, not confirmed." in said["O1-K3"]
    seen = overview.off_track(Evaluation(PLANS["invented"], 2014, "2015-06-30")).content["items"]
    assert not any("explan" in item["small"] or "explains" in item["small"] for item in seen)


def test_every_missing_figure_stands_beside_who_could_supply_it(evaluation):
    missing = [
        r for r in evaluation.ratings.values() if r.rating in ("no_data", "no_comparison") or r.missing
    ]
    block = quality.missing(evaluation)
    assert sum(int(row[1]["text"]) for row in block.content.get("rows", [])) == len(missing)


def test_an_expected_result_that_no_kpi_speaks_to_is_named():
    rows = page.contribution(Evaluation(PLANS["real"], 2014), "O6", "expected_results").content["rows"]
    alone = [row[0]["text"] for row in rows if row[2]["text"] == "no KPI speaks to it"]
    assert alone == ["O6-R2", "O6-R3", "O6-R4"]


def test_an_assumed_standard_that_nobody_confirmed_is_a_limit():
    evaluation = Evaluation(PLANS["real"], 2014)
    assert any(
        "assumed, and nobody has confirmed it" in sentence
        for sentence in limit_sentences(evaluation, kpi_codes(evaluation, "O3"))
    )


def test_a_moved_target_is_shown_with_the_first_one():
    rows = page.kpi_table(Evaluation(PLANS["invented"], 2014), "O3").content["rows"]
    assert any("first set at 98" in row[1]["small"] for row in rows)


def test_an_as_of_page_does_not_claim_that_nobody_explained():
    seen = Evaluation(PLANS["invented"], 2014, "2015-06-30")
    said = [
        item["text"]
        for item in page.setbacks(seen, "O3").content["items"]
        if item["lead"] == page.SERVICE_SAYS
    ]
    assert said == [page.NOT_SHOWN] * 3
    assert page.judgement(seen, "O3").content["text"] == page.NOT_SHOWN


def test_the_grid_gives_the_table_of_objectives(evaluation):
    rows_shown = overview.grid(evaluation).content["rows"]
    for row, shown in zip(evaluation.objectives.to_dict("records"), rows_shown, strict=True):
        assert shown[0]["text"] == f"Objective {row['objective']}"
        counts = {rating: row[rating] for rating in RATING_WORDS if row[rating]}
        assert Counter(shown[1]["strip"]) == counts
        assert shown[1]["small"] == ", ".join(f"{n} {RATING_WORDS[rating]}" for rating, n in counts.items())
        if row["ratable"]:
            low, high = (round(row[name] * row["ratable"]) for name in ("on_course_low", "on_course_high"))
            assert shown[3]["small"] == f"{low} to {high} of {row['ratable']}"
            assert shown[2]["text"] == f"{row['rated'] - row['partial']} of {row['ratable']}"
        else:
            assert [cell["text"] for cell in shown[2:]] == ["–", "–"]


def test_many_objectives_are_counted_on_several_sheets():
    few = Evaluation(PLANS["invented"], 2014)
    many = SimpleNamespace(objectives=pd.concat([few.objectives] * 8, ignore_index=True))
    sheets = list(quality.coverage(many))
    assert [re.search(r"\d+ objectives", sheet.content["alt"])[0] for sheet in sheets] == [
        "40 objectives",
        "8 objectives",
    ]


def test_each_service_is_named_beside_what_it_could_supply(evaluation):
    by_service = {
        row[0]["text"]: row[2]["text"] for row in quality.missing(evaluation).content.get("rows", [])
    }
    for rating in evaluation.ratings.values():
        if rating.rating == "no_data":
            row = rating.indicator.row
            assert row["name"] in by_service[row["owner"] or "Nobody is named"]


def test_every_chart_of_invented_figures_says_so(drawn):
    evaluation, findings = drawn
    invented = set(evaluation.plan.measurements["state"]) >= {"illustrative"}
    for block in (block for code in OBJECTIVES for block in findings[code]):
        if block.content["type"] == "figure":
            assert ("invented" in block.content["alt"]) == invented, block.content["heading"]


def test_a_rating_says_how_weak_and_how_well_checked_its_figures_are(evaluation):
    for code in OBJECTIVES:
        block = page.sources(evaluation, code)
        if block.content["type"] == "table":
            labels = [column["label"] for column in block.content["columns"]]
            assert labels[3:6] == ["State", "Reported", "Checked"]
            assert all(row[3]["text"] and row[5]["text"] for row in block.content["rows"])


def test_what_could_not_be_rated_stays_in_the_denominator(evaluation):
    for code in OBJECTIVES:
        kpis = evaluation.kpis[evaluation.kpis["kpi"].isin(kpi_codes(evaluation, code))]
        unknown = int(kpis["rating"].isin(("no_data", "no_comparison")).sum())
        rated = int(kpis["rating"].isin(RATINGS).sum())
        coverage = page.verdict(evaluation, code).content["figures"][1]["number"]
        assert coverage == (f"{rated} of {rated + unknown}" if rated + unknown else "0")


def test_an_author_s_words_never_change_a_rating():
    plan = PLANS["invented"]
    silent = replace(plan, commentary=plan.commentary.iloc[:0])
    for year in range(2012, 2016):
        assert Evaluation(plan, year).kpis.equals(Evaluation(silent, year).kpis)


def test_a_survey_of_few_answers_gets_a_warning():
    block = quality.answers(Evaluation(PLANS["invented"], 2014))
    warned = {
        (row[0]["text"].split()[0], row[0]["small"])
        for row in block.content["rows"]
        if row[4]["text"] == "few"
    }
    assert ("O3-K2b", "Arabic") in warned
    assert ("O2-K6a", "Council") not in warned  # 64 of 121 answered


def test_a_kpi_in_part_says_which_part_is_unknown_and_who_could_supply_it():
    parts = indicator("at_least", target="95", breakdowns="each", owner="Translation", name="In time")
    plan = plan_of([parts], rows({2013: {"Arabic": 96, "Chinese": "not_collected"}}))
    plan.indicators["owner"] = "Translation"
    text = page.verdict(Evaluation(plan, 2013), "O").content["sentences"][2]["text"]
    assert text == "In time: no figure or comparison for “Chinese”. Who could supply it: Translation."


@pytest.mark.parametrize(
    "text",
    ["<script>alert(1)</script>", "a | b", "$x$", "[a](javascript:alert(1))", "# two\nlines", "*x* `y` &lt;"],
)
def test_hostile_words_of_a_plan_are_shown_as_written(text):
    plan = plan_of([indicator("at_least", target="95", name="A name")], rows({2013: 90}))
    plan.kpis["text"] = plan.indicators["name"] = plan.measurements["source"] = text
    evaluation = Evaluation(plan, 2013)
    shown = " ".join(text.split())
    for block in (page.kpi_table(evaluation, "O"), page.sources(evaluation, "O"), page.setbacks(evaluation, "O"),
                  page.limits(evaluation, "O"), overview.off_track(evaluation), quality.late(evaluation)):  # fmt: skip
        tokens = MarkdownIt("js-default").enable("table").parse(block.markdown)
        inline = [child for token in tokens for child in token.children or []]
        assert not {"html_block", "html_inline", "link_open", "code_inline"} & {
            one.type for one in [*tokens, *inline]
        }
        assert not any(token.type == "heading_open" for token in tokens)
    tokens = MarkdownIt("js-default").enable("table").parse(page.kpi_table(evaluation, "O").markdown)
    words = [
        "".join(child.content for child in token.children or []) for token in tokens if token.type == "inline"
    ]
    assert any(shown in cell for cell in words)
    assert sum(token.type == "td_open" for token in tokens) == 9


@settings(max_examples=15, deadline=None)
@given(package=packages(), year=st.integers(2012, 2015))
def test_the_pages_of_any_plan_can_be_made(package, year, tmp_path_factory):
    plan = load(package.write(tmp_path_factory.mktemp("plan")))
    evaluation = Evaluation(plan, min(max(year, plan.first_year), plan.last_year))
    for code in plan.objectives["objective"]:
        for block in (
            page.verdict(evaluation, code),
            page.kpi_table(evaluation, code),
            page.limits(evaluation, code),
        ):
            assert block.markdown
        list(page.findings(evaluation, code))
    overview.grid(evaluation)
    quality.states(evaluation)


def test_a_cell_without_a_value_bears_no_mark_and_a_day_keeps_its_column_narrow():
    for code in OBJECTIVES:
        for row in page.kpi_table(Evaluation(PLANS["invented"], 2015), code).content["rows"]:
            texts = [cell["text"] for cell in row[3:6]]
            assert not any(text.startswith("– ") for text in texts)
            assert not any("February" in text for text in texts)
