"""A form asks for what the plan asks for, and can be filled in without a manual."""

import hashlib
import textwrap

import openpyxl
import pytest
from filled_forms import Form, form_of, make_folder
from small_project import command, make_project

from gsanalysis import load
from gsanalysis.forms.collect import SPARE, WIDTHS
from gsanalysis.forms.columns import FURTHER
from gsanalysis.forms.lines import known_parts
from gsanalysis.rating.evaluation import Evaluation
from gsanalysis.schema import MEASUREMENTS, STATES_WITH_VALUE, STATES_WITHOUT_VALUE


@pytest.fixture
def folder(tmp_path):
    return make_folder(tmp_path / "data")


@pytest.fixture
def form(folder):
    return Form(form_of(folder))


def column(form, name, lines):
    return [form.cell(row, name).value for row in range(2, lines + 2)]


def test_the_first_line_has_the_columns_of_the_measurements_then_what_is_asked(form):
    assert [cell.value for cell in form.page[1]] == [*MEASUREMENTS.names, *FURTHER]
    assert form.book.sheetnames[0] == "measurements" and form.book.active.title == "measurements"


def test_one_line_for_each_indicator_and_known_part_with_value_and_state_empty(form):
    codes, parts = column(form, "indicator", 6), column(form, "breakdown", 6)
    assert codes == ["A-K1a", "A-K1b", "A-K1b", "A-K2a", "A-K2b", "A-K2c"]
    assert [part or "" for part in parts] == ["", "Arabic", "French", "", "", ""]
    assert column(form, "year", 6) == [2014] * 6
    assert not any([*column(form, "value", 6), *column(form, "state", 6)])


def test_an_indicator_measured_by_another_has_no_line(form):
    assert "A-K1c" not in column(form, "indicator", 6)


def test_a_part_that_has_ended_is_not_asked_for_and_a_forgotten_one_is(folder):
    with (folder / "measurements/2013.csv").open("a") as file:
        file.write("A-K1b,2013,Chinese,,not_applicable,2014-03-31,Register,,,,,\n")
    evaluation = Evaluation(load(folder), 2014)
    assert known_parts(evaluation, evaluation.figures.indicators["A-K1b"]) == ["Arabic", "French"]
    earlier = Evaluation(load(folder), 2013)
    assert "Chinese" in known_parts(earlier, earlier.figures.indicators["A-K1b"])


def test_beside_each_line_stands_what_is_asked_and_what_is_known(form):
    told = {name: form.cell(2, name).value for name in FURTHER}
    assert told["what is asked"] == "Answers in time"
    assert told["the plan's words"] == "Answers in time"
    assert told["what to enter"] == "A number from 0 to 100, in the unit %; nil is 0."
    assert told["how it is rated"].startswith("The standard is at least 90")
    assert (told["definition"], told["who supplies it"]) == ("Of all", "Desk")
    assert told["last year"] == "91\u202f%, final, reported 31 March 2014"
    assert told["already known"] == "80\u202f%, provisional, reported 31 March 2015"


def validations(form, cell):
    return [rule for rule in form.page.data_validations.dataValidation if cell in rule.sqref]


def test_states_are_chosen_from_a_list_and_days_are_days(form):
    [state] = validations(form, "E2")
    assert state.formula1 == f'"{",".join([*STATES_WITH_VALUE, *STATES_WITHOUT_VALUE])}"'
    [day] = validations(form, "F2")
    assert day.type == "date" and form.page["F2"].number_format == "yyyy-mm-dd"
    assert form.page["D7"].number_format == "yyyy-mm-dd"  # the day of a milestone


def test_a_value_may_be_what_its_indicator_can_be(form):
    [number] = validations(form, "D2")
    assert (number.type, float(number.formula1), float(number.formula2)) == ("decimal", 0, 100)
    assert number.promptTitle == "A-K1a" and number.prompt.startswith("Answers in time.")
    [yes_no] = validations(form, "D5")
    assert yes_no.formula1 == '"yes,no"'
    [labels] = validations(form, "D6")  # one of them has a comma, so they stand in a list of their own
    assert [cell[0].value for cell in form.book["lists"][labels.formula1.split("!")[1].replace("$", "")]] == [
        "poor, really", "fair", "good",
    ]  # fmt: skip


def test_only_what_is_to_be_filled_in_is_unlocked(form):
    assert form.page.protection.sheet
    locked = {name: form.cell(2, name).protection.locked for name in [*MEASUREMENTS.names, *FURTHER]}
    assert [name for name, is_locked in locked.items() if is_locked] == [
        "indicator",
        "year",
        "breakdown",
        *FURTHER,
    ]
    assert not form.cell(form.spare(), "indicator").protection.locked
    assert form.page.max_row == 1 + 6 + SPARE


def test_the_header_stays_in_sight_and_on_every_printed_page(form):
    assert form.page.freeze_panes == "D2"
    assert form.page.print_title_rows == "$1:$1"
    assert form.page.print_title_cols == "$A:$C"
    setup = form.page.page_setup
    assert (setup.orientation, setup.fitToWidth, setup.fitToHeight) == ("landscape", 3, 0)


def test_what_is_asked_is_in_sight_beside_the_cells_to_fill_in(form):
    assert form.page.column_dimensions["M"].width == pytest.approx(WIDTHS["what is asked"], abs=1)
    in_sight = [WIDTHS[name] for name in [*MEASUREMENTS.names, "what is asked"]]
    assert 7 * sum(in_sight) < 1366  # pixels of a small laptop, seven for a character


def test_each_row_is_as_high_as_its_longest_text(form):
    found = {}
    for row in range(2, form.spare()):
        lines = max(
            len(textwrap.wrap(str(cell.value), WIDTHS[name]))
            for cell, name in zip(form.page[row], [*MEASUREMENTS.names, *FURTHER], strict=True)
            if cell.value is not None
        )
        found[row] = form.page.row_dimensions[row].height or 15, 15 * lines
    assert all(height == needed for height, needed in found.values())
    assert max(found.values()) > (15, 15)


def test_a_second_sheet_explains_the_states(form):
    told = {row[0].value: row[1].value for row in form.book["guide"]}
    assert set(told) >= {*STATES_WITH_VALUE, *STATES_WITHOUT_VALUE, "Nil", "Missing", "Not yet due"}
    assert told["Objective A"] == "Answers & more"


def test_a_text_that_looks_like_a_formula_stays_a_text(folder):
    plan = folder / "plan/indicators.csv"
    plan.write_text(plan.read_text().replace("Answers in time,%", "=HYPERLINK(1),%"))
    path = form_of(folder)
    assert openpyxl.load_workbook(path)["measurements"]["M2"].data_type == "s"


def test_the_same_data_give_the_same_bytes(folder, tmp_path):
    once = hashlib.sha256(form_of(folder).read_bytes()).hexdigest()
    assert hashlib.sha256(form_of(folder).read_bytes()).hexdigest() == once
    assert [path.name for path in (tmp_path / "forms").iterdir()] == ["A-2014.xlsx"]


def test_the_command_writes_one_workbook_per_objective(tmp_path):
    project = make_project(tmp_path)
    run = command("collect", "--year", "2014", "--out", "forms", cwd=project)
    assert (run.returncode, run.stdout) == (0, "forms/A-2014.xlsx\nforms/B-2014.xlsx\n")
    one = command("collect", "--year", "2014", "--objective", "B", "--out", "one", cwd=project)
    assert (one.returncode, one.stdout) == (0, "one/B-2014.xlsx\n")
    assert command("collect", "--year", "2014", "--objective", "C", "--out", "x", cwd=project).returncode == 2
    assert command("collect", "--year", "2099", "--out", "x", cwd=project).returncode == 2
    (project / "file").write_text("")
    assert command("collect", "--year", "2014", "--out", "file/forms", cwd=project).returncode == 4
    assert not (project / "x").exists()
