"""Filled forms come back into the data as new vintages; a spoilt one is named by its cell, and nothing is written."""

import datetime
import errno
import fcntl
import gc
import os
import re
import subprocess
import sys
import zipfile
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path

import openpyxl
import pytest
from filled_forms import SPOILT, Form, form_of, hashes, make_folder, zip_bomb
from hypothesis import given, settings
from hypothesis import strategies as st
from small_project import command, make_project

from gsanalysis import DataError, assess, check, load
from gsanalysis.cli import main
from gsanalysis.forms.appending import with_rows
from gsanalysis.forms.checks import is_slip
from gsanalysis.forms.intake import intake, put
from gsanalysis.forms.words import described
from gsanalysis.problems import UsageError
from gsanalysis.rating.rate import exact_number

TODAY = "2015-10-01"


@pytest.fixture
def folder(tmp_path):
    return make_folder(tmp_path / "data")


@pytest.fixture
def form(folder):
    return Form(form_of(folder))


def taken(folder, *paths, reported_on=TODAY):
    found = intake(folder, None, paths, reported_on)
    put(found)
    return found


def problems(folder, *paths):
    before = hashes(folder)
    with pytest.raises(DataError) as caught:
        taken(folder, *paths)
    assert hashes(folder) == before
    return [str(problem) for problem in caught.value.problems]


def rewritten(path, part, old, new):
    """A workbook as another program may have written it: one of its parts changed."""
    with zipfile.ZipFile(path) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    parts[part] = re.sub(old, new, parts[part])
    with zipfile.ZipFile(path, "w") as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return path


# --- a form filled in as it should be


def test_a_filled_form_moves_the_rating(folder, form):
    assert assess(load(folder), 2014).set_index("indicator").loc["A-K1a", "rating"] == "off_track"
    form.answer(value=95, comment="counted again")
    taken(folder, form.save())
    row = assess(load(folder), 2014).set_index("indicator").loc["A-K1a"]
    assert (row["rating"], row["value"], row["state"]) == ("achieved", 95.0, "final")
    assert check(folder) == []


def test_a_correction_is_one_added_line(folder, form):
    path = folder / "measurements/2014.csv"
    before = path.read_text()
    form.answer(value=95)
    taken(folder, form.save())
    assert path.read_text() == before + "A-K1a,2014,,95,final,2015-09-30,Register\n"


def test_every_kind_of_value_comes_back(folder, form):
    form.answer("A-K1b", "Arabic", 0)
    form.answer("A-K1b", "French", 12.5, state="estimated", comment="about")
    form.answer("A-K2a", value="yes")
    form.answer("A-K2b", value="poor, really")
    form.answer("A-K2c", value=datetime.datetime(2014, 6, 30))
    form.put(form.row("A-K1a"), state="not_collected", source="Letter", reported_on="2015-09-30")
    form.put(form.spare(), indicator="A-K1b", breakdown="Chinese", value=3, state="final", source="Register")
    found = taken(folder, form.save())
    said = {(e.cells["indicator"], e.cells["breakdown"]): e.cells["value"] for e in found.entries}
    assert said == {
        ("A-K1a", ""): "", ("A-K1b", "Arabic"): "0", ("A-K1b", "French"): "12.5", ("A-K2a", ""): "yes",
        ("A-K2b", ""): "poor, really", ("A-K2c", ""): "2014-06-30", ("A-K1b", "Chinese"): "3",
    }  # fmt: skip
    rows = load(folder).measurements.query("year == 2014")
    assert len(rows) == 8
    assert set(rows.loc[rows["breakdown"] == "Chinese", "reported_on"]) == {
        TODAY
    }  # an empty day is the option's


def test_lines_with_neither_value_nor_state_are_skipped(folder, form):
    form.put(form.row("A-K1a"), source="Register", comment="asked for, no answer yet")
    found = intake(folder, None, [form.save()], TODAY)
    assert (found.entries, found.skipped, found.files) == ([], 0, {})


def test_the_same_form_twice_adds_nothing(folder, form):
    form.answer()
    form.put(form.row("A-K2a"), value="yes", state="final", source="Register")
    path = form.save()
    assert len(taken(folder, path, path).entries) == 2
    after = hashes(folder)
    assert taken(folder, path).skipped == 2
    assert taken(folder, path, reported_on="2016-01-01").skipped == 2  # the day was not theirs
    assert hashes(folder) == after


def test_a_later_confirmation_with_its_own_day_is_a_new_vintage(folder, form):
    form.answer(value=80, state="provisional", reported_on="2015-06-30")
    assert len(taken(folder, form.save()).entries) == 1


def test_the_difference_is_told_before_anything_is_written(folder, form):
    form.answer(value=95, comment="counted again")
    form.answer("A-K2a", value="yes", reported_on="2015-02-01")
    lines = described(intake(folder, None, [form.save()], TODAY), TODAY)
    assert [line.replace("\u202f", " ") for line in lines] == [
        "A-K1a 2014: 95 % (final), reported 30 September 2015, replaces 80 % (provisional), reported 31 March 2015: "
        "counted again",
        "A-K2a 2014: yes (final), reported 1 February 2015, is new",
    ]


def test_a_correction_without_a_reason_and_an_older_report_say_so(folder, form):
    form.answer(value=95)
    [line] = described(intake(folder, None, [form.save()], TODAY), TODAY)
    assert line.endswith("; no reason is given")
    form.answer(value=95, reported_on="2015-01-01")
    [line] = described(intake(folder, None, [form.save()], TODAY), TODAY)
    assert "is an older report and does not count beside 80" in line


def test_a_day_still_to_come_and_a_year_outside_the_plan_are_told(folder, form, tmp_path):
    form.answer(reported_on=datetime.date(2051, 9, 30))
    [line] = described(intake(folder, None, [form.save()], TODAY), TODAY)
    assert "reported 30 September 2051 (a day still to come), replaces 80" in line
    (tmp_path / "a.csv").write_text(
        "indicator,year,value,state,reported_on,source\n"
        "A-K1a,2041,95,final,2015-09-30,R\nA-K1a,2012,95,final,2015-09-30,R\n"
    )
    outside, inside = described(intake(folder, None, [tmp_path / "a.csv"], TODAY), TODAY)
    assert outside.endswith("is new and of a year outside the plan")
    assert inside.endswith("is new")


def test_a_long_reason_is_told_by_its_beginning(folder, form):
    form.answer(comment="counted again " * 2000)
    [line] = described(intake(folder, None, [form.save()], TODAY), TODAY)
    assert line.endswith("coun…") and len(line) < 500


def test_what_differs_from_a_report_of_the_same_day_is_named(folder, form):
    form.answer(value=80, state="provisional", reported_on=datetime.date(2015, 3, 31), comment="checked")
    [problem] = problems(folder, form.save())
    assert "a report of 2015-03-31 is there already, with an empty comment, expected a later" in problem
    form.answer(value=81, reported_on=datetime.date(2015, 3, 31))
    [problem] = problems(folder, form.save())
    assert "is there already, with the value “80”, the state “provisional” and an empty comment" in problem


def test_an_empty_row_of_a_csv_file_is_skipped(folder, tmp_path):
    (tmp_path / "a.csv").write_text(
        "indicator,year,value,state,reported_on,source\n,,,,,\nA-K1a,2014,95,final,2015-09-30,R\n,,,,,\n"
    )
    assert len(taken(folder, tmp_path / "a.csv").entries) == 1


def test_a_csv_file_with_the_same_header_comes_back_too(folder, form, tmp_path):
    form.answer()
    rows = [[cell.value for cell in row] for row in form.page.iter_rows(max_row=3)]
    rows[1][5] = "2015-09-30"
    path = tmp_path / "A-2014.csv"
    lines = [
        ",".join('"' + str("" if cell is None else cell).replace('"', '""') + '"' for cell in row)
        for row in rows
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    [entry] = taken(folder, path).entries
    assert (entry.cells["value"], entry.cells["reported_on"]) == ("95", "2015-09-30")
    path.write_text("\n".join(lines).replace('"95"', '"95,5"') + "\n", encoding="utf-8")
    [problem] = problems(folder, path)
    assert problem == "A-2014.csv:2:value: “95,5” has a decimal comma, expected 95.5"


def test_text_that_begins_with_an_equals_sign_stays_text(folder, form):
    cell = form.cell(form.answer(), "source")
    cell.value, cell.data_type = "=Register", "s"
    [entry] = taken(folder, form.save()).entries
    assert entry.cells["source"] == "=Register"


@settings(max_examples=25, deadline=None)
@given(
    value=st.floats(-1e9, 1e9, allow_nan=False),
    text=st.text(st.characters(codec="utf-8", exclude_categories=["C"]) | st.just("\n")),
)
def test_what_is_typed_comes_back_exactly(value, text, tmp_path_factory):
    folder = make_folder(tmp_path_factory.mktemp("typed") / "data")
    form = Form(form_of(folder, "B"))
    form.answer("B-K1a", value=value, source=f"Register {text}", comment=text)
    form.cell(2, "comment").data_type = "s"
    if text.startswith("="):
        form.cell(2, "comment").value, form.cell(2, "comment").data_type = text, "s"
    taken(folder, form.save())
    row = load(folder).measurements.query("indicator == 'B-K1a'").iloc[0]
    assert row["value"] == exact_number(value)
    assert row["source"].split() == f"Register {text}".split()
    assert row["comment"].split() == text.split()
    assert taken(folder, form.path).skipped == 1


def test_a_line_break_in_a_cell_becomes_a_space_and_is_no_other_value_when_the_form_comes_again(folder, form):
    form.answer(source="Register\n of letters", comment="a_x000D_\nb")
    [entry] = taken(folder, form.save()).entries
    assert (entry.cells["source"], entry.cells["comment"]) == ("Register of letters", "a b")
    assert taken(folder, form.path).skipped == 1


def test_the_folder_s_own_file_adds_nothing(folder):
    path = folder / "measurements/2014.csv"
    path.write_text(path.read_text() + 'A-K1a,2014,,82,final,2015-04-30,"Register\nof letters"\n')
    assert taken(folder, path).skipped == 2


def test_a_whole_number_keeps_all_its_digits(folder, tmp_path):
    form = Form(form_of(folder, "B"))
    form.answer("B-K1a", value=123456789012345, source=20150331001234)
    [entry] = taken(folder, form.save()).entries
    assert (entry.cells["value"], entry.cells["source"]) == ("123456789012345", "20150331001234")


def test_a_second_report_in_one_form_follows_the_first(folder, form):
    form.answer(value=95)
    form.put(form.spare(), indicator="A-K1a", value=96, state="final", source="R", reported_on="2015-12-31")
    first, second = taken(folder, form.save()).entries
    assert first.before["value"] == "80" and second.before["value"] == "95"


def test_forms_of_two_services_may_have_one_name(folder, form, tmp_path):
    form.answer()
    first = form.save()
    form.page.insert_cols(1)  # the second form has its columns elsewhere
    form.put(form.row("A-K1a"), value=None, state=None)
    form.answer("A-K2a", value="oui")
    form.path = tmp_path / "desk" / first.name
    form.path.parent.mkdir()
    [problem] = problems(folder, first, form.save())
    assert problem == "desk/A-2014.xlsx:measurements!E5: “oui”, expected yes or no"


# --- parts


def add_part(folder, part, state="final", value="5"):
    with (folder / "measurements/2013.csv").open("a") as file:
        file.write(f"A-K1b,2013,{part},{value},{state},2014-03-31,Register,,,,,\n")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Arabicc", "Arabic"),
        ("Arbaic", "Arabic"),
        ("Frensh", "French"),
        ("Human resource", "Human resources"),
    ],
)
def test_one_letter_is_a_slip(text, name):
    assert is_slip(text, name)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("World 2014", "World 2013"),
        ("Group C", "Group B"),
        ("Session II", "Session III"),
        ("South America", "North America"),
        ("Staff women", "Staff men"),
        ("Iran", "Iraq"),
    ],
)
def test_what_tells_two_parts_apart_is_no_slip(text, name):
    assert not is_slip(text, name)


def test_a_new_part_is_taken_and_called_new(folder, form):
    add_part(folder, "World 2013")
    form.put(
        form.spare(), indicator="A-K1b", breakdown="World 2014", value=5, state="final", source="Register"
    )
    [line] = described(taken(folder, form.save()), TODAY)
    assert line.endswith("is new and a new part")


@pytest.mark.parametrize(
    ("row", "breakdowns"),
    [
        ("A-K1b,2012,70,final", "sum"),  # before any part was known
        ("A-K1b,2014,,not_applicable", "sum"),  # of all parts at once
        ("A-K1b,2014,70,final", ""),  # the parts are only shown beside it
    ],
)
def test_a_total_is_taken_where_it_is_the_answer(folder, tmp_path, row, breakdowns):
    plan = folder / "plan/indicators.csv"
    plan.write_text(plan.read_text().replace("monitor,,,sum,,0", f"monitor,,,{breakdowns},,0"))
    lines = f"indicator,year,value,state,reported_on,source\n{row},2015-09-30,Register\n"
    (tmp_path / "a.csv").write_text(lines)
    assert len(taken(folder, tmp_path / "a.csv").entries) == 1


def test_a_new_part_beside_a_total_says_so_since_it_does_not_count(folder, form):
    form.answer(breakdown="Geneva")
    [line] = described(intake(folder, None, [form.save()], TODAY), TODAY)
    assert line.endswith("is new and a new part, beside a total")


def test_two_parts_as_like_as_gambia_and_zambia_are_taken_where_both_are_filled_in(folder):
    add_part(folder, "Gambia")
    form = Form(form_of(folder))
    new = {"indicator": "A-K1b", "value": 5, "state": "final", "source": "Register"}
    form.put(form.spare(), breakdown="Zambia", **new)
    [problem] = problems(folder, form.save())
    assert problem.endswith("expected Gambia; if it is another part, fill in Gambia too")
    form.answer("A-K1b", "Gambia", 6)
    assert len(taken(folder, form.save()).entries) == 2


def test_capitals_make_no_new_part(folder, form):
    form.answer("A-K1b", "Arabic", 5)
    form.put(form.spare(), indicator="A-K1b", breakdown="ARABIC", value=5, state="final", source="Register")
    [problem] = problems(folder, form.save())
    assert problem == "A-2014.xlsx:measurements!C8: unknown part “ARABIC”, expected Arabic"


def test_where_all_parts_have_ended_the_form_asks_for_them_and_takes_them(folder):
    path = folder / "measurements/2013.csv"
    path.write_text(re.sub(r"(A-K1b,2013,\w+),\d+,final", r"\1,,not_applicable", path.read_text()))
    form = Form(form_of(folder))
    form.answer("A-K1b", "French", 5)
    assert len(taken(folder, form.save()).entries) == 1


# --- spoilt


@pytest.mark.parametrize(("spoil", "cell", "said"), SPOILT.values(), ids=SPOILT)
def test_each_spoilt_form_is_named_by_its_cell_and_nothing_is_written(folder, form, spoil, cell, said):
    spoil(form)
    [problem] = problems(folder, form.save())
    assert problem.startswith(f"A-2014.xlsx:measurements!{cell}: ")
    assert said in problem


def test_everything_that_is_wrong_is_named_at_once_and_a_good_line_is_not_written(folder, form):
    form.answer()
    form.answer("A-K2a", value="oui")
    form.answer("A-K2b", value="god")
    form.answer("A-K2c", value="no", state="finel")
    assert len(problems(folder, form.save())) == 3


def test_a_fault_in_one_of_several_forms_stops_all(folder, form):
    other = Form(form_of(folder, "B"))
    other.answer("B-K1a", value="many")
    form.answer()
    [problem] = problems(folder, form.save(), other.save())
    assert problem.startswith("B-2014.xlsx:measurements!D2: ")


def test_many_wrong_values_are_the_form_s_fault_and_not_the_plan_s(folder, form):
    for part in ("Arabic", "French"):
        form.answer("A-K1b", part, "yes")
    for n in range(3):
        form.put(
            form.spare(), indicator="A-K1b", breakdown=f"{n} new", value="yes", state="final", source="R"
        )
    found = problems(folder, form.save())
    assert len(found) == 5 and all(problem.startswith("A-2014.xlsx:measurements!D") for problem in found)


def test_what_only_the_whole_series_shows_is_named_by_its_cell_too(folder, form):
    form.answer("A-K2c", value=datetime.date(2014, 5, 1))
    taken(folder, form.save())
    later = Form(form_of(folder, year=2015))
    later.answer("A-K2c", value="no", reported_on="2016-03-31")
    [problem] = problems(folder, later.save())
    assert problem.startswith("A-2015.xlsx:measurements!D") and "says it was done on 2014-05-01" in problem


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("form.xlsx", b"\xd0\xcf\x11\xe0 old", "an old Excel file or has a password"),
        ("form.xlsx", b"<html><table>", "no Excel workbook"),
        ("form.xlsx", b"", "no Excel workbook"),
        ("form.xlsx", b"PK\x03\x04 cut", "no Excel workbook"),
        ("form.xls", b"\xd0\xcf\x11\xe0", "expected .xlsx or .csv"),
        ("form.ods", b"PK", "expected .xlsx or .csv"),
    ],
)
def test_a_file_that_is_no_form_is_named(folder, tmp_path, name, content, said):
    (tmp_path / name).write_bytes(content)
    [problem] = problems(folder, tmp_path / name)
    assert problem.startswith(f"{name}:1:-: ") and said in problem


def test_a_file_that_would_fill_the_memory_is_not_unpacked(folder, tmp_path):
    zip_bomb(tmp_path / "form.xlsx")
    [problem] = problems(folder, tmp_path / "form.xlsx")
    assert "larger unpacked than any form" in problem


@pytest.mark.parametrize("area", ["D2:D1048576", "A1:XFD2000"])
def test_a_merged_column_is_named_before_minutes_are_spent_on_it(folder, form, area):
    form.answer()
    path = form.save()
    with zipfile.ZipFile(path) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    name = "xl/worksheets/sheet1.xml"
    merge = f'</sheetData><mergeCells count="1"><mergeCell ref="{area}"/></mergeCells>'
    parts[name] = re.sub(rb"</sheetData>(<sheetProtection[^>]*/>)?", merge.encode(), parts[name])
    with zipfile.ZipFile(path, "w") as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    assert problems(folder, path) == [f"A-2014.xlsx:1:-: merged cells ({area}), expected single ones"]


def test_entities_in_a_workbook_are_not_expanded():
    assert openpyxl.DEFUSEDXML


def test_a_renamed_sheet_is_named(folder, form):
    form.answer()
    form.page.title = "Measurement"
    [problem] = problems(folder, form.save())
    assert problem == "A-2014.xlsx:1:-: no sheet “measurements”, there is “Measurement”, expected that name"


def test_lines_filled_in_a_copy_of_the_sheet_are_named_since_nobody_would_read_them(folder, form):
    copy = form.book.copy_worksheet(form.page)
    form.answer()
    assert len(taken(folder, form.save()).entries) == 1  # an empty copy does no harm
    copy["E4"] = "final"
    [problem] = problems(folder, form.save())
    assert problem.startswith("A-2014.xlsx:measurements Copy!E4: a filled line in another sheet")


def test_a_workbook_without_a_sheet_is_named(folder, tmp_path):
    openpyxl.Workbook().save(tmp_path / "form.xlsx")
    none = rewritten(tmp_path / "form.xlsx", "xl/workbook.xml", b"<sheets>.*</sheets>", b"<sheets></sheets>")
    [problem] = problems(folder, none)
    assert problem.startswith("form.xlsx:1:-: no sheet that can be read")


def test_a_spoilt_workbook_is_closed_again(folder, form):
    form.answer()
    path = rewritten(form.save(), "xl/worksheets/sheet1.xml", b"<v>95</v>", b"<v>NaN</v>")
    [problem] = problems(folder, path)  # an open file would warn, and a warning is an error
    gc.collect()
    assert "no Excel workbook that can be read" in problem


def test_a_form_that_isn_t_there_is_a_usage_error(folder, tmp_path):
    with pytest.raises(UsageError, match="is not there"):
        intake(folder, None, [tmp_path / "nothing.xlsx"], TODAY)


# --- writing


def new(**cells):
    names = "indicator year breakdown value state reported_on source source_url verification comment responses invited"
    return dict.fromkeys(names.split(), "") | {"indicator": "I", "year": "2014", "value": "1"} | cells


def test_a_file_keeps_its_bytes_its_columns_and_its_line_ends():
    data = b'\xef\xbb\xbfyear,indicator,value,state,reported_on,source\r\n2014,I,0,final,2015-01-01,"a, b"'
    after, lines = with_rows(data, [new(state="final", source='c "d"')])
    assert after == data + b'\r\n2014,I,1,final,,"c ""d"""\r\n'
    assert lines == [3]


def test_a_column_that_a_row_fills_is_added_behind_the_others():
    data = b'indicator,year,value,state,reported_on,source\nI,2014,0,final,2015-01-01,"two\nlines"\n'
    after, lines = with_rows(data, [new(comment="why", breakdown="P")])
    assert after == (
        b"indicator,year,value,state,reported_on,source,breakdown,comment\n"
        b'I,2014,0,final,2015-01-01,"two\nlines",,\nI,2014,1,,,,P,why\n'
    )
    assert lines == [4]


def test_a_file_of_an_old_mac_keeps_its_line_ends():
    data = b"indicator,year,value,state,reported_on,source\rI,2014,0,final,2015-01-01,R\r"
    after, lines = with_rows(data, [new(comment="why")])
    assert after == (
        b"indicator,year,value,state,reported_on,source,comment\rI,2014,0,final,2015-01-01,R,\rI,2014,1,,,,why\r"
    )
    assert lines == [3]


def test_empty_lines_before_the_header_and_below_stay_empty():
    data = b"\nindicator,year,value,state,reported_on,source\n  \nI,2014,0,final,2015-01-01,R\n  \n"
    after, lines = with_rows(data, [new(comment="why")])
    assert after == (
        b"\nindicator,year,value,state,reported_on,source,comment\n  \nI,2014,0,final,2015-01-01,R,\n  \n"
        b"I,2014,1,,,,why\n"
    )
    assert lines == [6]


def test_a_new_year_gets_a_file_with_all_columns(folder):
    form = Form(form_of(folder, year=2015))
    form.answer()
    taken(folder, form.save())
    lines = (folder / "measurements/2015.csv").read_text().splitlines()
    assert lines[0].startswith(
        "indicator,year,breakdown,value,state,reported_on,source,source_url,verification"
    )
    assert lines[1:] == ["A-K1a,2015,,95,final,2015-09-30,Register,,,,,"]


def test_the_first_file_is_put_back_when_the_second_can_t_be_written(folder, form, monkeypatch):
    form.answer()
    later = Form(form_of(folder, year=2015))
    later.answer()
    found = intake(folder, None, [form.save(), later.save()], TODAY)
    before = hashes(folder)
    replace = Path.replace

    def failing(self, target):
        if Path(target).name == "2015.csv":
            raise OSError(28, "No space left on device")
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", failing)
    with pytest.raises(OSError, match="No space"):
        put(found)
    assert hashes(folder) == before


def test_a_link_to_a_file_stays_a_link(folder, form, tmp_path):
    path = folder / "measurements/2014.csv"
    path.rename(tmp_path / "kept elsewhere.csv")
    path.symlink_to(tmp_path / "kept elsewhere.csv")
    form.answer()
    taken(folder, form.save())
    assert path.is_symlink() and "A-K1a,2014,,95" in (tmp_path / "kept elsewhere.csv").read_text()


def test_a_full_disk_leaves_nothing_behind(folder, form, monkeypatch):
    form.answer()
    found = intake(folder, None, [form.save()], TODAY)
    before = hashes(folder)

    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        put(found)
    assert hashes(folder) == before


def test_what_somebody_changed_meanwhile_is_not_overwritten(folder, form):
    form.answer()
    found = intake(folder, None, [form.save()], TODAY)
    with (folder / "measurements/2014.csv").open("a") as file:
        file.write("B-K1a,2014,,7,final,2015-03-31,Register\n")
    before = hashes(folder)
    with pytest.raises(UsageError, match="changed meanwhile"):
        put(found)
    assert hashes(folder) == before


def test_of_two_imports_at_once_the_later_one_sees_what_the_first_has_written(folder, form):
    form.answer()
    found = intake(folder, None, [form.save()], TODAY)
    other = os.open(folder / "measurements", os.O_RDONLY)
    fcntl.flock(other, fcntl.LOCK_EX)  # another import is writing
    with ThreadPoolExecutor() as pool:
        ours = pool.submit(put, found)
        assert wait([ours], timeout=0.3).not_done
        with (folder / "measurements/2014.csv").open("a") as file:
            file.write("B-K1a,2014,,7,final,2015-03-31,Register\n")
        os.close(other)
        with pytest.raises(UsageError, match="changed meanwhile"):
            ours.result(timeout=10)


# --- the command


@pytest.fixture
def project(tmp_path):
    project = make_project(tmp_path / "project")
    command("collect", "--year", "2014", "--out", "forms", cwd=project)
    form = Form(project / "forms/A-2014.xlsx")
    form.put(2, value=93, state="final", source="Register", comment="counted again")
    form.save()
    return project


def test_without_yes_a_script_gets_the_difference_and_nothing_is_written(project):
    before = hashes(project)
    run = command("import", "forms/A-2014.xlsx", cwd=project)
    assert (run.returncode, run.stderr) == (
        2,
        "Nothing is written: say --yes to write without being asked.\n",
    )
    assert "replaces 80" in run.stdout
    assert hashes(project) == before


def test_with_yes_the_row_is_written_once(project):
    for said in ("1 row is written.", "There is nothing new."):
        run = command("import", "forms/A-2014.xlsx", "--yes", "--reported-on", "2015-10-01", cwd=project)
        assert (run.returncode, run.stdout.splitlines()[-1]) == (0, said)
    lines = (project / "data/measurements/2014.csv").read_text().splitlines()
    assert lines[-1] == "A-K1a,2014,,93,final,2015-10-01,Register,counted again"
    assert command("check", cwd=project).returncode == 0


def test_a_spoilt_form_ends_with_1_and_a_missing_one_with_2(project):
    form = Form(project / "forms/A-2014.xlsx")
    form.put(2, value="93,5")
    form.save()
    run = command("import", "forms/A-2014.xlsx", "--yes", cwd=project)
    assert (run.returncode, run.stdout) == (1, "")
    assert run.stderr == "A-2014.xlsx:measurements!D2: “93,5” has a decimal comma, expected 93.5\n"
    assert command("import", "forms/C-2014.xlsx", "--yes", cwd=project).returncode == 2


def failing_import(project, monkeypatch, capsys, number):
    def failing(files):
        raise OSError(number, os.strerror(number), str(project / ".tmp1"))

    monkeypatch.chdir(project)
    monkeypatch.setattr("gsanalysis.forms.intake.put_all", failing)
    code = main(["import", "forms/A-2014.xlsx", "--yes", "--data", "data"])
    return code, capsys.readouterr().err


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, "there is no room left to write into data/measurements, so nothing is written: make room"),
        (errno.EROFS, "can't write into data/measurements: read-only file system, so nothing is written"),
        (errno.EACCES, "can't write into data/measurements: permission denied, so nothing is written"),
    ],
)  # fmt: skip
def test_a_data_folder_that_can_t_be_written_into_ends_with_4(project, monkeypatch, capsys, number, said):
    assert failing_import(project, monkeypatch, capsys, number) == (4, f"gsanalysis: {said}\n")


def test_rows_that_nobody_could_see_are_not_written(project):
    before = hashes(project)
    form = Form(project / "forms/A-2014.xlsx")
    form.put(2, comment="counted again " * 2000)
    form.save()
    import_it = f"{sys.executable} -m gsanalysis import forms/A-2014.xlsx --yes"
    shell = ["bash", "-c", f"{import_it} | true; exit ${{PIPESTATUS[0]}}"]
    run = subprocess.run(shell, cwd=project, capture_output=True, text=True, check=False)
    assert (run.returncode, run.stderr.count("nothing is written")) == (2, 1)
    assert hashes(project / "data") == {
        name.removeprefix("data/"): found for name, found in before.items() if name.startswith("data/")
    }


def test_a_folder_of_measurements_of_its_own_is_taken(project):
    (project / "other").mkdir()
    run = command("import", "forms/A-2014.xlsx", "--yes", "--measurements", "other", cwd=project)
    assert run.returncode == 0
    assert "A-K1a,2014,,93" in (project / "other/2014.csv").read_text()
    assert "93" not in (project / "data/measurements/2014.csv").read_text()


def test_the_description_of_the_folder_names_a_new_year_s_file(project):
    from gsanalysis.dictionary import as_text, datapackage

    description = project / "data/datapackage.json"
    description.write_text(as_text(datapackage(project / "data")), encoding="utf-8")
    command("collect", "--year", "2015", "--out", "forms", cwd=project)
    form = Form(project / "forms/A-2015.xlsx")
    form.put(2, value=93, state="final", source="Register")
    form.save()
    assert command("import", "forms/A-2015.xlsx", "--yes", cwd=project).returncode == 0
    assert "measurements/2015.csv" in description.read_text()


def test_a_description_of_somebody_else_s_stays_as_it_is(project):
    description = project / "data/datapackage.json"
    description.write_text('{"name": "ours", "licenses": []}', encoding="utf-8")
    rows = "indicator,year,value,state,reported_on,source\nA-K1a,2015,93,final,2016-01-31,Register\n"
    (project / "new.csv").write_text(rows)
    assert command("import", "new.csv", "--yes", cwd=project).returncode == 0
    assert (project / "data/measurements/2015.csv").is_file()
    assert description.read_text() == '{"name": "ours", "licenses": []}'
