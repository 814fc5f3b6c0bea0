"""The helper package by hand, questions of what if, and the explorer without a browser."""

import doctest
import hashlib
import json
import pydoc
import subprocess
import sys
from datetime import date
from pathlib import Path

import nbformat
import pytest
from small_plans import CANCELLED, WITHHELD, indicator, plan_of, row, rows

import gsanalysis as gs
from gsanalysis.explore import compared, explorer, nearest_turn, panels, reports, suppose
from gsanalysis.explore.movement import movement
from gsanalysis.pages import open_evaluation
from gsanalysis.rating.rules import RATINGS
from gsanalysis.runner.book import Outline, Place
from gsanalysis.runner.canonical import canonical, to_text
from gsanalysis.wording.explanation import explanation

ROOT = Path(__file__).parents[1]


def year_of(specs, lines, year=2013, as_of=None):
    """The evaluation of a small plan's year."""
    specs = specs if isinstance(specs, list) else [specs]
    return gs.Evaluation(plan_of(specs, rows(lines) if isinstance(lines, dict) else lines), year, as_of)


def supposed(spec, lines, year=2013, **moves):
    """The rating that would be."""
    return gs.what_if(year_of(spec, lines, year), "I", **moves).rating


def refused(spec, lines, **moves):
    """The sentence that says why a question can't be answered."""
    with pytest.raises(gs.UsageError) as said:
        gs.what_if(year_of(spec, lines), "I", **moves)
    return str(said.value)


def spaced(*texts):
    """Texts with plain spaces for thin ones."""
    return [text.replace("\u202f", " ") for text in texts]


# The package by hand


@pytest.mark.parametrize("name", gs.__all__)
def test_every_public_name_has_an_example_that_holds(name, monkeypatch):
    monkeypatch.chdir(ROOT)
    found = doctest.DocTestFinder(recurse=False).find(getattr(gs, name), name, globs={})
    assert [test.examples for test in found if test.examples], f"{name} has no example"
    for test in found:
        said = []
        doctest.DocTestRunner().run(test, out=said.append)
        assert not said, "".join(said)


def test_the_example_of_the_package_holds(monkeypatch):
    monkeypatch.chdir(ROOT)
    assert doctest.testmod(gs).failed == 0


@pytest.mark.parametrize(
    ("name", "told"),
    [("load", "DataError"), ("assess", "coverage"), ("explain", "KeyError"), ("what_if", "UsageError")],
)
def test_help_says_what_comes_back_and_what_goes_wrong(name, told):
    assert told in pydoc.plain(pydoc.render_doc(getattr(gs, name)))


def test_tab_lists_the_names_and_no_others():
    assert sorted(gs.__all__) == [name for name in dir(gs) if not name.startswith("__")]


def test_editors_are_told_names_that_are_there():
    lines = Path(gs.__file__).read_text(encoding="utf-8").splitlines()
    told = {line.split(" as ")[-1] for line in lines if line.startswith("    from gsanalysis.")}
    assert told <= set(gs.__all__)


def test_an_unknown_level_is_refused_in_a_sentence():
    with pytest.raises(ValueError, match="there is no level 'kpis'; there are indicator, kpi, objective"):
        gs.assess(gs.load(ROOT / "data"), 2014, level="kpis")


# What if

STANDARD = indicator("at_least", target="95", tolerance="0.05", unit="%", maximum="100")


def test_a_lower_target_is_met():
    assert supposed(STANDARD, {2013: 90}) == "off_track"
    assert supposed(STANDARD, {2013: 90}, target=90) == "achieved"
    assert supposed(STANDARD, {2013: 90}, target="90") == "achieved"


def test_a_wider_tolerance_makes_it_at_risk():
    assert supposed(STANDARD, {2013: 90}, tolerance=0.06) == "at_risk"


def test_another_figure_meets_the_target_and_keeps_earlier_years():
    year = year_of(STANDARD, {2012: 80, 2013: 90})
    after = suppose(year, "I", value=96)
    assert after.ratings["I"].rating == "achieved"
    assert after.in_year(2012).ratings["I"].named.shown_value == 80
    assert year.ratings["I"].named.shown_value == 90


def test_no_figure_and_a_first_figure_can_be_supposed():
    assert supposed(STANDARD, {2013: 90}, value="") == "no_data"
    assert supposed(STANDARD, {2012: 90}, value=96) == "achieved"
    assert supposed(STANDARD, [row(2013, CANCELLED)], value=96) == "achieved"
    assert supposed(STANDARD, [row(2013, WITHHELD)], value=96) == "achieved"


def test_a_later_due_year_asks_for_a_slower_pace():
    spec = indicator("at_least", target="100", due="2014", baseline_years="2012", baseline="0")
    assert supposed(spec, {2013: 40}) == "at_risk"
    assert supposed(spec, {2013: 40}, due=2015) == "on_track"


def test_a_target_that_the_baseline_meets_is_refused_as_the_check_does():
    spec = indicator("at_least", target="100", due="2014", baseline_years="2012", baseline="50")
    assert refused(spec, {2013: 60}, target=50) == (
        "Target: “50” is already met by the baseline 50, expected a target above it."
    )
    assert refused(spec, {2013: 60}, due=2012).startswith("Due year: “2012” is not after the baseline year")


@pytest.mark.parametrize(
    ("moves", "said"),
    [
        ({"target": "9,5"}, "Target: “9,5” has a decimal comma, expected 9.5."),
        ({"target": ""}, "Target: the cell is empty, expected a number"),
        ({"target": 120}, "Target: “120” is above the maximum"),
        ({"value": 101}, "Value: “101” is above the maximum of the indicator, expected 100 or less."),
        ({"value": "many"}, "Value: “many”, expected a number such as 12 or 12.5."),
        ({"tolerance": -0.1}, "Tolerance: “-0.1”, expected 0 or more."),
        ({"due": 2015}, "Baseline year: the cell is empty, expected a year"),
        ({"target": "J"}, "Target: “J” is no indicator, expected a number."),
    ],
)
def test_what_the_check_refuses_is_refused_in_a_sentence(moves, said):
    assert refused(STANDARD, {2013: 90}, **moves).startswith(said)


def test_what_the_rule_does_not_look_at_is_refused():
    assert refused(indicator("zero"), {2013: 1}, tolerance=0.1) == (
        "Tolerance: the rule zero does not use it, expected it to be left alone."
    )


def test_bands_labels_and_yes_are_moved_in_their_own_forms():
    assert supposed(indicator("between", target="4|6"), {2013: 7}, target="4|7") == "achieved"
    assert "lower number first" in refused(indicator("between", target="4|6"), {2013: 7}, target="7|4")
    level = indicator("level", target="good", scale="poor|fair|good")
    assert supposed(level, {2013: "fair"}, target="fair") == "achieved"
    assert supposed(level, {2013: "fair"}, tolerance=0) == "at_risk"
    assert supposed(level | {"tolerance": "0"}, {2013: "fair"}, tolerance="") == "off_track"
    assert "not on the scale" in refused(level, {2013: "fair"}, value="splendid")
    assert supposed(indicator("yes"), {2013: "no"}, value="yes") == "achieved"


MILESTONE = indicator("by_date", target="2013-06-30")


def test_a_milestone_is_done_on_another_day_or_not_at_all():
    assert supposed(MILESTONE, {2013: "2013-07-01"}, value=date(2013, 6, 30)) == "achieved"
    assert supposed(MILESTONE, {2013: "2013-07-01"}, target="2013-07-01") == "achieved"
    assert supposed(MILESTONE, {2013: "2013-06-01"}, value="no") == "off_track"
    assert supposed(MILESTONE, {2013: "2013-06-01"}, value="") == "no_data"


def test_of_a_milestone_what_other_years_said_does_not_come_between():
    told_later = {2013: "no", 2014: "2014-02-14"}
    assert supposed(MILESTONE, told_later, value="2013-05-01") == "achieved"
    assert supposed(MILESTONE, {2012: "2012-05-01"}, value="no") == "off_track"


REFERRING = indicator("at_most", target="R")
BUDGET = indicator("monitor", indicator="R")
SPENT = rows({2012: 11, 2013: 11}) + rows({2012: 10, 2013: 10}, indicator="R")


def test_a_number_stands_in_the_place_of_the_references_figure_of_the_year_alone():
    year = year_of([REFERRING, BUDGET], SPENT)
    after = suppose(year, "I", target=11)
    assert (year.ratings["I"].rating, after.ratings["I"].rating) == ("off_track", "achieved")
    assert after.in_year(2012).ratings["I"].rating == "off_track"


def test_a_reference_can_be_another_indicator():
    other = indicator("monitor", indicator="S")
    year = year_of([REFERRING, BUDGET, other], [*SPENT, *rows({2013: 12}, indicator="S")])
    assert gs.what_if(year, "I", target="S").rating == "achieved"


def test_a_reference_without_a_figure_can_be_supposed():
    year = year_of([REFERRING, BUDGET], rows({2013: 11}))
    assert year.ratings["I"].rating == "no_comparison"
    assert gs.what_if(year, "I", target=12).rating == "achieved"


def test_two_rules_on_one_figure_move_with_it():
    second = indicator("at_most", indicator="J", target="80", measured_by="I", unit="%", maximum="100")
    year = year_of([STANDARD, second], {2013: 90})
    assert gs.what_if(year, "J", target=95).rating == "achieved"
    assert gs.what_if(year, "J", value=80).rating == "achieved"
    assert gs.what_if(year, "I", value=96).rating == "achieved"


EACH = STANDARD | {"breakdowns": "each"}


def test_the_part_that_decides_is_moved_unless_another_is_named():
    parts = {2013: {"Arabic": 80, "Chinese": 90, "French": 99}}
    assert supposed(EACH, parts) == "off_track"
    moved = gs.what_if(year_of(EACH, parts), "I", value=99)
    assert (moved.rating, moved.named.part) == ("off_track", "Chinese")
    assert gs.what_if(year_of(EACH, parts), "I", value=99, part="Chinese").named.part == "Arabic"


def test_each_part_has_a_reference_of_its_own():
    lines = rows({2013: {"A": 11, "B": 12}}) + rows({2013: {"A": 12, "B": 10}}, indicator="R")
    year = year_of([REFERRING | {"breakdowns": "each"}, BUDGET], lines)
    moved = gs.what_if(year, "I", target=12)
    assert (year.ratings["I"].rating, moved.rating) == ("off_track", "achieved")


def test_of_a_sum_the_whole_or_a_part_is_moved():
    spec = indicator("at_least", target="10", breakdowns="sum")
    parts = {2013: {"A": 4, "B": 5}}
    assert supposed(spec, parts) == "off_track"
    assert supposed(spec, parts, value=10) == "achieved"
    assert supposed(spec, parts, value=5, part="A") == "achieved"


def test_an_as_of_date_still_holds():
    lines = [row(2013, 90, reported_on="2014-03-01"), row(2013, 97, reported_on="2015-03-01")]
    year = year_of(STANDARD, lines, as_of="2014-06-30")
    assert gs.what_if(year, "I", tolerance=0.06).rating == "at_risk"
    assert gs.what_if(year, "I", value=96).rating == "achieved"
    assert gs.what_if(year_of(STANDARD, [], as_of="2013-12-01"), "I", value=96).rating == "achieved"


def test_an_unknown_indicator_is_a_key_error():
    with pytest.raises(KeyError):
        gs.what_if(year_of(STANDARD, {2013: 90}), "O3-K9z", target=1)


def test_the_explanation_of_what_if_does_not_call_a_supposed_target_the_plans():
    year = year_of(STANDARD, {2013: 90})
    assert "as the plan states" in " ".join(explanation(year, "I").why)
    said = " ".join(explanation(suppose(year, "I", target=90), "I").why)
    assert "as the plan states" not in said
    assert "not yet confirmed" in said


def test_a_supposed_figure_is_called_so_in_its_panel_and_keeps_the_surveys_answers():
    line = row(2013, 90) | {"responses": "23", "invited": "88", "comment": "Counted twice."}
    after = suppose(year_of(STANDARD, [line]), "I", value=96)
    said = " ".join(explanation(after, "I").caveats)
    assert "23 of 88 who were asked answered" in said
    assert "Counted twice" not in said


def test_a_value_beyond_its_turning_value_turns_every_rating_of_the_demonstration():
    year = gs.Evaluation(gs.load(ROOT / "data/illustrative"), 2014)
    turned = 0
    for code, rating in year.ratings.items():
        value = nearest_turn(year, code)
        if rating.rating in RATINGS and value is not None:
            moved = gs.what_if(year, code, value=value)
            of_part = {part.part: part.rating for part in moved.parts}[rating.named.part]
            assert of_part != rating.rating, code
            turned += 1
    assert turned > 30


def test_what_moved_the_rating_is_said():
    year = year_of(STANDARD, {2013: 88})
    moves = {"tolerance": "0.06", "value": "90"}
    said = spaced(*movement(year, "I", moves, gs.what_if(year, "I", **moves)))
    assert said == [
        "Tolerance 6 % instead of 5 %, value 90 % instead of 88 %: at risk instead of off track.",
        "The tolerance and the value are needed: without either of them the rating would stay.",
    ]
    moves = {"tolerance": "0.01", "value": "96"}
    said = spaced(*movement(year, "I", moves, gs.what_if(year, "I", **moves)))
    assert said[1] == "The value decides: without it the rating would stay."
    said = spaced(*movement(year, "I", {"value": "89"}, gs.what_if(year, "I", value=89)))
    assert said == ["Value 89 % instead of 88 %: off track all the same."]


def test_a_moved_figure_is_that_of_its_part_and_a_moved_standard_that_of_all():
    year = year_of(EACH, {2013: {"Arabic": 80, "Chinese": 96}})
    moves = {"target": "80", "value": "81"}
    said = spaced(*movement(year, "I", moves, gs.what_if(year, "I", **moves)))[0]
    assert said.startswith("Target 80 % instead of 95 %, value of “Arabic” 81 % instead of 80 %: achieved")


# Reports


def test_every_report_of_a_figure_is_listed_and_the_latest_counts():
    lines = [row(2013, 90, reported_on="2015-01-01"), row(2013, 80, "provisional", reported_on="2014-01-01")]
    found = reports(year_of(STANDARD, lines), "I")
    assert found[["value", "state", "counts"]].to_numpy().tolist() == [
        ["80", "provisional", "no"],
        ["90", "final", "yes"],
    ]
    assert list(reports(year_of(STANDARD, lines, as_of="2014-06-30"), "I")["counts"]) == ["yes"]


def test_the_reports_of_a_reference_stand_below():
    found = reports(year_of([REFERRING, BUDGET], SPENT), "I")
    assert found[["indicator", "year", "value"]].to_numpy().tolist() == [["I", 2013, "11"], ["R", 2013, "10"]]


# The explorer


@pytest.fixture
def demo():
    return open_evaluation(2014, data=str(ROOT / "data/illustrative"))


def test_the_explorer_shows_what_would_be_beside_what_stands(demo):
    widget = explorer(demo, "O3", "O3-K3a")
    assert "At risk" in widget.stands.value
    assert widget.supposed.value == ""
    widget.fields["target"].watched[0].value = "75"
    assert "Achieved" in widget.supposed.value
    assert "Target 75 % instead of 95 %" in spaced(widget.said.value)[0]
    widget.back.click()
    assert widget.supposed.value == ""
    assert widget.moves() == {}


def test_the_explorer_says_in_place_what_makes_no_sense(demo):
    widget = explorer(demo, "O3", "O3-K3a")
    widget.fields["target"].watched[0].value = "<b>95</b>"
    assert "Target: “&lt;b&gt;95&lt;/b&gt;”" in widget.said.value
    assert widget.supposed.value == ""


def test_every_indicator_and_part_can_be_looked_at_and_stands_unmoved(demo, monkeypatch):
    monkeypatch.setattr(panels, "_chart", lambda *_: "")  # every chart is drawn elsewhere
    widget = explorer(demo)
    for year in (2012, 2014):
        widget.year.value = year
        for _, objective in widget.objective.options:
            widget.objective.value = objective
            for _, code in widget.indicator.options:
                widget.indicator.value = code
                for _, part in widget.part.options:
                    widget.part.value = part
                    assert widget.moves() == {}, (year, code, part)
                    assert "Nothing is moved" in widget.said.value


def test_a_tolerance_is_typed_in_per_cent(demo):
    widget = explorer(demo, "O3", "O3-K2b")
    text = widget.fields["tolerance"].watched[0]
    assert text.value == "5"
    text.value = "1"
    assert widget.moves() == {"tolerance": "0.01"}
    assert "off track instead of at risk" in widget.said.value
    text.value = "1 %"
    assert "has a percent sign" in widget.said.value


def test_the_explorer_begins_with_what_was_asked_for_and_refuses_what_is_not_there(demo):
    assert explorer(demo, indicator="O4-K5b").objective.value == "O4"
    with pytest.raises(gs.UsageError, match="There is no indicator O4-K5b of objective O3"):
        explorer(demo, "O3", "O4-K5b")


def test_the_comparison_for_a_note_has_both_ratings(demo):
    told = compared(demo, "O3-K2b", target=70)
    assert "At stands" not in told.markdown
    assert "| As it stands | ◆ at risk" in told.markdown
    assert "| What if | ● achieved" in told.markdown
    assert "instead of 75" in told.markdown


def test_the_text_of_the_explorer_is_the_same_every_time(demo):
    first, second = (explorer(demo, "O3", "O3-K3a")._repr_mimebundle_() for _ in range(2))
    widget = "application/vnd.jupyter.widget-view+json"
    assert first.pop(widget) != second.pop(widget)
    assert first == second


def test_exploring_writes_nothing(demo):
    before = hashes(ROOT / "data")
    widget = explorer(demo, "O3", "O3-K3a")
    widget.fields["value"].watched[0].value = "99"
    widget.back.click()
    explorer(open_evaluation(2014, data=str(ROOT / "data")), "O3", "O3-K1b")
    assert hashes(ROOT / "data") == before


def hashes(folder):
    return {
        path: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.rglob("*") if path.is_file()
    }


# The notebook


def test_a_widget_leaves_only_its_text_in_the_committed_notebook():
    bundle = {"text/plain": "Explorer", "application/vnd.jupyter.widget-view+json": {"model_id": "1f3a"}}
    cell = nbformat.v4.new_code_cell(
        "explorer", id="a", outputs=[nbformat.v4.new_output("execute_result", bundle, execution_count=1)]
    )
    notebook = nbformat.v4.new_notebook(cells=[cell], metadata={"widgets": {"state": {"1f3a": {}}}})
    assert "1f3a" not in to_text(canonical(notebook))


def test_the_committed_explorer_holds_no_random_name():
    text = (ROOT / "notebooks/explore.ipynb").read_text(encoding="utf-8")
    assert "model_id" not in text
    assert json.loads(text)["metadata"].keys() == {"kernelspec", "language_info"}


def test_a_run_makes_no_page_of_the_explorer():
    place = Place(Outline(2012, 2015, ("O1",)), 2014, Path("outputs"), None)
    assert "explore" not in [*place.pages, *place.period.pages]


def test_the_package_is_imported_without_what_only_the_explorer_needs():
    seen = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys, gsanalysis; print({'pandas', 'ipywidgets', 'IPython'} & set(sys.modules))",
        ],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert seen.stdout == "set()\n"
