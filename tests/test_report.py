"""The report's own parts: the cover, the way to a source, the method in two pages, the readings, the files."""

import csv
import io
import re
import shutil
from dataclasses import replace
from pathlib import Path

import nbformat
import pikepdf
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from small_plans import indicator, plan_of, rated, rows

from gsanalysis.exporters.pdf import PDFExporter
from gsanalysis.pages import method, readings, report
from gsanalysis.pages.blocks import escaped
from gsanalysis.pages.contents import indicator_codes, references
from gsanalysis.pages.rulebook import DESCRIBED
from gsanalysis.pages.targets import BASIS_WORDS
from gsanalysis.plan import load
from gsanalysis.printing import table_text
from gsanalysis.rating import rules
from gsanalysis.rating.evaluation import Evaluation
from gsanalysis.rating.rate import assess
from gsanalysis.rating.vintages import JUMP, LATE_DAYS
from gsanalysis.schema import MEASUREMENTS, RULES
from gsanalysis.wording.caveats import FEW_ANSWERS, LOW_RESPONSE
from gsanalysis.wording.words import RATING_WORDS, date_text

ROOT = Path(__file__).parents[1]
NOTEBOOK = nbformat.read(ROOT / "notebooks/report.ipynb", as_version=4)


@pytest.fixture(scope="module")
def plans(tmp_path_factory):
    silent = tmp_path_factory.mktemp("silent")
    shutil.copytree(ROOT / "data/plan", silent / "plan")
    return {
        "real": load(ROOT / "data"),
        "invented": load(ROOT / "data/illustrative"),
        "case": load(ROOT / "tests/cases/plan-a"),
        "silent": load(silent),
    }


@pytest.fixture(scope="module", params=["real", "invented", "case", "silent"])
def evaluation(request, plans):
    return Evaluation(plans[request.param], 2014)


def cover(evaluation, **said):
    lines = report.title(evaluation, **said).content["cover"]
    return {line["label"]: line["text"] for line in lines}


def words_of_method(plan):
    made = [method.scale(), method.value_of_a_year(), method.rules(), method.rules_explained()]
    return "\n".join(block.markdown for block in [*made, method.together(plan), method.never()])


# --- the cover


def test_a_report_is_a_draft_by_nobody_until_somebody_says_otherwise(evaluation):
    assert cover(evaluation)["Status"] == "Draft"
    assert cover(evaluation)["Prepared by"] == "not named"
    assert cover(evaluation, prepared_by=" ")["Prepared by"] == "not named"
    said = cover(evaluation, prepared_by="The evaluation unit", final=True)
    assert (said["Status"], said["Prepared by"]) == ("Final", "The evaluation unit")


def test_the_cover_says_whose_plan_it_is_and_whether_anybody_validated_it(evaluation):
    said = cover(evaluation)
    assert said["Organisation"] == evaluation.plan.organisation
    assert said["Plan"] == evaluation.plan.title
    assert said["Year evaluated"] == "2014"
    if evaluation.plan.validation.empty:
        assert "Self-assessment" in said["Kind"]
        assert "nobody outside checked the ratings" in said["Kind"]
    else:
        assert said["Kind"].startswith("Validated in part by Oversight unit")
    assert report.title(evaluation).content["quote"] == evaluation.plan.goal


def test_the_edition_is_named_by_its_as_of_date(plans):
    said = cover(Evaluation(plans["invented"], 2014, "2015-06-30"))
    assert said["Edition"] == "30 June 2015"
    assert said["Data as of"] == "30 June 2015; what was reported later is left out"


def test_without_an_as_of_date_the_edition_is_named_by_its_latest_report(plans):
    plan = plans["invented"]
    figures = plan.measurements
    milestones = plan.indicators.loc[plan.indicators["rule"] == "by_date", "indicator"]
    known = figures[(figures["year"] <= 2014) | figures["indicator"].isin(milestones)]
    said = cover(Evaluation(plan, 2014))
    assert said["Edition"].startswith(date_text(max(known["reported_on"])))
    assert said["Data as of"].startswith(date_text(max(figures["reported_on"])))


def test_one_day_is_said_without_a_reason():
    said = cover(Evaluation(plan_of([indicator("zero")], rows({2013: 0})), 2013))
    assert said["Edition"] == said["Data as of"] == "31 March 2014"


def test_a_report_without_figures_says_so_on_its_cover(plans):
    said = cover(Evaluation(plans["silent"], 2014))
    assert (said["Edition"], said["Data as of"], said["Figures"]) == (
        "without figures",
        "no figure was reported",
        "none",
    )


def test_invented_figures_are_never_called_published_or_audited(plans):
    evaluation = Evaluation(plans["invented"], 2014)
    assert re.fullmatch(r"\d+ used, all of them invented", cover(evaluation)["Figures"])
    assert "invented" in report.title(evaluation).content["banner"]


def test_the_cover_counts_the_figures_used_and_those_that_somebody_published():
    plan = plan_of([indicator("rise_each_year", baseline_years="2011")], rows({2011: 5, 2013: 7}))
    assert cover(Evaluation(plan, 2013))["Figures"] == "2 used, none published or audited"
    seen = plan.measurements.assign(verification=["audited", ""])
    said = cover(Evaluation(replace(plan, measurements=seen), 2013))
    assert said["Figures"] == "2 used, 1 published or audited"


# --- its chapters, and the way through them


def test_the_report_takes_in_the_overview_each_objective_and_the_data_quality(evaluation):
    pages = report.chapters(evaluation).content["pages"]
    codes = list(evaluation.plan.objectives["objective"])
    assert [page["name"] for page in pages] == ["overview", "changes", *codes, "data-quality"]
    assert [page["title"] for page in pages] == [
        "Overview",
        "Since the last edition",
        *(f"Objective {code}" for code in codes),
        "Data quality",
    ]


def test_the_reader_is_led_from_a_rating_to_its_source(plans):
    evaluation = Evaluation(plans["invented"], 2014)
    *_, way = report.how_to_read(evaluation).content["items"]
    kpis, code, sources, read = way["refs"]
    objective = evaluation.objective_of(evaluation.ratings[code].indicator.kpi)
    assert [kpis, sources, read] == [f"{name} {objective}" for name in ("kpis", "sources", "readings")]
    assert f"“{evaluation.ratings[code].indicator.row['name']}”" in way["text"]
    assert RATING_WORDS[evaluation.ratings[code].rating] in way["text"]


def test_the_way_is_told_also_where_nothing_was_rated(plans):
    *_, way = report.how_to_read(Evaluation(plans["silent"], 2014)).content["items"]
    assert way["refs"] == []
    assert "table of figures behind the ratings" in way["text"]


def test_each_objectives_figures_are_counted_beside_the_table_that_lists_them(evaluation):
    items = report.figures_used(evaluation).content["items"]
    codes = list(evaluation.plan.objectives["objective"])
    assert [item["refs"] for item in items] == [[f"sources {code}"] for code in codes]
    assert all(
        item["text"].startswith(f"Objective {code}: ") for item, code in zip(items, codes, strict=True)
    )


# --- the method


def test_every_rule_of_the_schema_is_described():
    assert {name for row in DESCRIBED for name in row.rules} == set(RULES)
    shown = [row[0]["text"] for row in method.rules().content["rows"]]
    assert shown == [row.name for row in DESCRIBED]


def test_every_word_of_the_scale_is_explained_with_its_sign():
    shown = [(row[0]["sign"], row[0]["text"].lower()) for row in method.scale().content["rows"]]
    assert shown == list(RATING_WORDS.items())
    assert [sign for sign, _ in shown] == [*rules.RATINGS, *rules.NOT_RATED]


def test_the_numbers_of_the_method_are_those_of_the_code(plans):
    text = words_of_method(replace(plans["real"], coverage_floor=0.37))
    example = escaped(method.pace_example())
    found = set(re.findall(r"\d+(?:\.\d+)?", text.replace(example, "")))
    percent = [100 * rules.STEADY_GROWTH, 100 * LOW_RESPONSE, 100 * JUMP, 37, 100]
    paces = [f"{rules.ON_TRACK_PACE:.2f}", f"{rules.AT_RISK_PACE:.2f}"]
    assert found == {f"{part:g}" for part in percent} | {str(FEW_ANSWERS), str(LATE_DAYS), *paces}
    assert (rules.YEARS_BACK, rules.TREND_VALUES) == (3, 3)
    assert "The latest of the three years before" in text
    assert "fewer than three values" in text


def test_the_worked_example_is_what_the_rule_says():
    spec = indicator("at_least", target="80", due="2015", baseline="60", baseline_years="2011")
    for value, rating in (
        (72, "at_risk"),
        (74.25, "on_track"),
        (74.2, "at_risk"),
        (69, "at_risk"),
        (68.9, "off_track"),
    ):
        assert rated(spec, {2014: value}, year=2014)["rating"] == rating
    assert rated(spec, {2014: 72}, year=2014)["pace"] == pytest.approx(0.8)
    example = method.pace_example().replace("\u202f", " ")
    assert "60 % of the way after 75 % of the time: 0.60 / 0.75 = 0.80, at risk" in example
    assert "From 74.25 % it would be on track and under 69 % it would be off track" in example
    assert example.endswith("8 points a year.")


def test_the_method_takes_two_printed_pages(plans):
    cells = {cell["id"]: cell for cell in NOTEBOOK.cells}
    made = {
        "method-about": [method.scale()],
        "values-about": [method.value_of_a_year()],
        "rules-about": [method.rules(), method.rules_explained()],
        "together-about": [method.together(plans["real"]), method.never()],
    }
    notebook = new_notebook()
    for name, blocks in made.items():
        outputs = [new_output("display_data", data=block._repr_mimebundle_()[0]) for block in blocks]
        notebook.cells += [new_markdown_cell(cells[name]["source"]), new_code_cell("", outputs=outputs)]
    pdf, _ = PDFExporter(strict=False).from_notebook_node(notebook, {"metadata": {"name": "method"}})
    assert len(pikepdf.open(io.BytesIO(pdf)).pages) == 2


# --- the readings


def test_the_readings_have_every_indicator_once(evaluation):
    tables = readings.tables(evaluation)
    shown = [row[0]["text"].split()[0] for table in tables for row in table.content["rows"]]
    objectives = evaluation.plan.objectives["objective"]
    assert shown == [code for objective in objectives for code in indicator_codes(evaluation, objective)]
    assert sorted(shown) == sorted(evaluation.plan.indicators["indicator"])
    keys = [table.content["key"] for table in tables]
    assert keys == [f"readings {code}" for code in objectives if indicator_codes(evaluation, code)]


def test_each_reading_says_whose_it_is_and_who_confirmed_it(evaluation):
    plan = evaluation.plan.indicators.set_index("indicator")
    for table in readings.tables(evaluation):
        for name, _, whose, words in table.content["rows"]:
            row = plan.loc[name["text"].split()[0]]
            assert whose["text"] == BASIS_WORDS[row["basis"]]
            if row["confirmed_by"]:
                assert whose["small"].startswith(f"confirmed by {row['confirmed_by']}")
                assert not row["confirmed_on"] or whose["small"].endswith(date_text(row["confirmed_on"]))
            else:
                assert whose["small"] == ("confirmed by nobody" if row["basis"] == "assumed" else "")
            assert words["text"] == row["note"]
            assert row["definition"] in words["small"]
            assert (row["owner"] or "nobody is named") in words["small"]
            assert row["kpi"] in name["small"]


def reading(spec, **told):
    plan = plan_of([spec], [])
    plan = replace(plan, indicators=plan.indicators.assign(**told))
    return readings.table(Evaluation(plan, 2013), "O").content["rows"][0]


def test_a_reading_gives_the_terms_that_its_rule_looks_at():
    spec = indicator("at_least", target="80", due="2015", baseline="60", baseline_years="2011", unit="%")
    _, standard, *_ = reading(spec | {"tolerance": "0.05"}, first_target="85")
    assert standard["text"] == "at least 80\u202f% by 2015"
    assert standard["small"] == "Baseline 2011: 60. Tolerance 5\u202f%. First set at 85\u202f%."


def test_a_target_that_is_rounded_for_reading_stands_in_full_beside_it():
    _, standard, *_ = reading(indicator("at_most", target="1234567", unit="CHF"))
    assert standard["small"] == "In full: CHF 1\u202f234\u202f567."
    _, band, *_ = reading(indicator("between", target="1.2345|2"))
    assert band["small"] == "In full: 1.2345 to 2."


def test_a_reading_names_its_scale_its_parts_and_its_best_possible():
    level = indicator("level", target="fair", scale="poor|fair|good", tolerance="0", breakdowns="each")
    assert (
        reading(level)[1]["small"]
        == "One step below is at risk. Scale: poor, fair, good. Each part must meet it."
    )
    rise = indicator("rise_each_year", baseline_years="2011", maximum="100", unit="%")
    assert reading(rise)[1]["small"] == "Baseline 2011, as measured. Best possible: 100\u202f%."


def test_a_yardstick_is_listed_with_what_is_held_against_it():
    budget = indicator("monitor", indicator="B", name="The budget")
    evaluation = Evaluation(plan_of([indicator("at_most", target="B"), budget], []), 2013)
    held, yardstick = (row[1]["text"] for row in readings.table(evaluation, "O").content["rows"])
    assert references(evaluation) == {"B"}
    assert (held, yardstick) == ("at most “The budget” (B)", "yardstick of I")


@pytest.mark.parametrize(
    ("confirmed", "said"),
    [
        ([""], "One reading is assumed, and nobody has confirmed it: one standard."),
        (["The Council"], "One reading is assumed, and each was confirmed."),
        (["", ""], "Two readings are assumed, and nobody has confirmed them: two standards."),
        (
            ["The Council", ""],
            "Two readings are assumed; nobody has confirmed one of them: one standard.",
        ),
    ],
)
def test_the_readings_that_nobody_confirmed_are_counted_in_one_sentence(confirmed, said):
    plan = plan_of(
        [indicator("zero", indicator=code, basis="assumed") for code in "IJ"[: len(confirmed)]], []
    )
    plan = replace(plan, indicators=plan.indicators.assign(confirmed_by=confirmed))
    assert readings.unconfirmed(Evaluation(plan, 2013)).plain == said


def test_where_nothing_is_assumed_that_is_said():
    plan = plan_of([indicator("zero")], [])
    assert readings.unconfirmed(Evaluation(plan, 2013)).plain.startswith("No reading is assumed")


# --- the files


@pytest.mark.parametrize("as_of", [None, "2014-06-30"])
def test_the_files_are_what_assess_gives(plans, as_of):
    for plan in plans.values():
        files = report.attachments(Evaluation(plan, 2014, as_of)).content["files"]
        text = {file["name"]: file["text"] for file in files}
        assert list(text) == ["indicators.csv", "kpis.csv", "objectives.csv", "measurements.csv"]
        for level in ("indicator", "kpi", "objective"):
            assert text[f"{level}s.csv"] == table_text(assess(plan, 2014, level, as_of), "csv")


def test_the_file_of_figures_has_every_report_known_in_the_format_of_the_data_folder(plans):
    plan = plans["invented"]
    *_, file = report.attachments(Evaluation(plan, 2013, "2014-06-30")).content["files"]
    header, *lines = csv.reader(io.StringIO(file["text"]))
    assert header == MEASUREMENTS.names
    figures = plan.measurements
    milestones = plan.indicators.loc[plan.indicators["rule"] == "by_date", "indicator"]
    known = figures[
        ((figures["year"] <= 2013) | figures["indicator"].isin(milestones))
        & (figures["reported_on"] <= "2014-06-30")
    ]
    assert lines == known[header].astype(str).to_numpy().tolist()
    assert "\r" not in file["text"]


def test_every_file_says_the_year_and_the_day_it_was_seen(plans):
    for file in report.attachments(Evaluation(plans["invented"], 2014, "2015-06-30")).content["files"]:
        assert "2014, as of 30 June 2015" in file["description"]
