"""One Excel workbook with everything: every cell of the data is in it, as what it is."""

import shutil
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from random_plans import seeded_package
from small_plans import indicator, plan_of, row, rows
from small_project import command, make_project
from small_specs import MILESTONE, STANDARD

from gsanalysis import Evaluation, Plan, UsageError, explain, load
from gsanalysis.exchange.start import start
from gsanalysis.exchange.workbook import book as making
from gsanalysis.exchange.workbook import write_workbook
from gsanalysis.exchange.workbook.cells import CHARACTERS, chunks, typed
from gsanalysis.exchange.workbook.legend import MEANINGS
from gsanalysis.schema import (
    BASES,
    MEASUREMENTS,
    NOT_RATED,
    RATINGS,
    STATES_WITH_VALUE,
    STATES_WITHOUT_VALUE,
    TABLES,
)

ROOT = Path(__file__).parents[1]
FOLDERS = [ROOT / "data", ROOT / "data/illustrative", ROOT / "tests/cases/plan-a"]


@pytest.fixture(scope="module")
def example(tmp_path_factory) -> Plan:
    folder = tmp_path_factory.mktemp("example") / "plan"
    start(folder)
    return load(folder)


def opened(plan, folder, year=2013, as_of=None):
    """The workbook as openpyxl reads it, and what was said of it."""
    said = write_workbook(Evaluation(plan, year, as_of), folder / "plan.xlsx")
    return openpyxl.load_workbook(folder / "plan.xlsx"), said


def records(sheet):
    header, *lines = sheet.iter_rows(values_only=True)
    return [dict(zip(header, line, strict=True)) for line in lines]


def as_text(cell):
    """A cell as the data writes it, a number with its value only."""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return "" if cell is None else str(cell)


def same(cell, text):
    if isinstance(cell, (int, float)):
        return Decimal(str(cell)) == Decimal(text)
    return as_text(cell) == text


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda path: path.name)
def test_every_cell_of_the_data_is_in_it(tmp_path, folder):
    plan = load(folder)
    book, said = opened(plan, tmp_path)
    assert said == []
    assert_all_cells(plan, book)


@pytest.mark.parametrize("seed", range(8))
def test_every_cell_of_a_random_plan_is_in_it(tmp_path, seed):
    plan = load(seeded_package(seed).write(tmp_path / "data"))
    assert_all_cells(plan, opened(plan, tmp_path)[0])


def assert_all_cells(plan, book):
    for table in TABLES.values():
        frame = getattr(plan, table.name)
        found = records(book[table.name])
        assert len(found) == len(frame)
        for expected, line in zip(frame.to_dict("records"), found, strict=True):
            for name in table.names:
                assert same(line[name], str(expected[name])), (table.name, name)
    assert [line["text"] for line in records(book["commentary"])] == list(plan.commentary["text"])


def test_the_sheets_stand_in_the_order_of_a_reader(tmp_path, example):
    book, _ = opened(example, tmp_path, 2025)
    first = ["contents", "indicator ratings", "KPI ratings", "objective ratings", "plan"]
    assert book.sheetnames == [*first, *TABLES, "commentary", "words", "columns"]


def test_the_ratings_are_those_of_assess_with_their_explanation(tmp_path, example):
    evaluation = Evaluation(example, 2025)
    book, _ = opened(example, tmp_path, 2025)
    found = {line["indicator"]: line for line in records(book["indicator ratings"])}
    for expected in evaluation.indicators.to_dict("records"):
        line = found[expected["indicator"]]
        assert line["rating"] == expected["rating"]
        assert line["missing"] == expected["missing"]
        told = [line[name] for name in ("plan's words", "why", "what would change it", "caveats", "sources")]
        assert " ".join(filter(None, told)) == " ".join(explain(example, 2025, expected["indicator"]))
    assert found["O1-K2a"]["value"] == 76
    assert found["O2-K2a"]["target"] == datetime(2025, 6, 30)
    kpis = {line["kpi"]: line["rating"] for line in records(book["KPI ratings"])}
    assert kpis == dict(zip(evaluation.kpis["kpi"], evaluation.kpis["rating"], strict=True))
    assert [line["achieved"] for line in records(book["objective ratings"])] == [1, 1]


def test_numbers_are_numbers_and_days_are_days(tmp_path, example):
    book, _ = opened(example, tmp_path, 2025)
    lines = records(book["measurements"])
    assert lines[0]["value"] == 61200
    assert lines[0]["reported_on"] == datetime(2024, 1, 22)
    assert lines[2]["responses"] == 412
    [done] = [line for line in lines if line["indicator"] == "O2-K2a" and line["year"] == 2025]
    assert done["value"] == datetime(2025, 5, 19)
    [not_done] = [line for line in lines if line["indicator"] == "O2-K2a" and line["year"] == 2024]
    assert not_done["value"] == "no"


def test_what_a_level_is_called_stays_a_text_also_where_it_looks_like_a_number():
    assert typed("3", "value", "level") == "3"
    assert typed("3", "value", "number") == 3
    assert typed("O1-K1a", "target", "number") == "O1-K1a"


@pytest.mark.parametrize(
    "text", ["=1+1", "+1", "-x", "@SUM(A1)", "http://a.b/c", "007x", "{=1}", "a_x0041_b"]
)
def test_a_text_stays_a_text_whatever_it_looks_like(tmp_path, text):
    plan = plan_of([STANDARD], rows({2013: 91}))
    plan.kpis.loc[0, "text"] = text
    cell = opened(plan, tmp_path)[0]["kpis"]["C2"]
    assert cell.data_type == "s"
    assert cell.hyperlink is None
    assert cell.value.replace("_x005F", "") == text


def test_every_sheet_has_a_frozen_header_a_filter_and_readable_columns(tmp_path, example):
    book, _ = opened(example, tmp_path, 2025)
    for sheet in book.worksheets[1:]:
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref.startswith("A1:")
        assert sheet.max_row == 1 or sheet.auto_filter.ref.endswith(str(sheet.max_row))
        for column in sheet.column_dimensions.values():
            assert 8 <= column.width <= 61
        assert sheet["B2"].alignment.wrap_text or sheet["B2"].value is None
        assert sheet.print_title_cols == "$A:$A"
    heights = [row.height for row in book["indicator ratings"].row_dimensions.values() if row.height]
    assert heights and min(heights) > 15
    assert book["objectives"].page_setup.fitToWidth in (None, 1)
    assert book["indicator ratings"].page_setup.fitToWidth > 1


@pytest.mark.parametrize("to", ["stratml", "datapackage", "xlsx"])
def test_a_plan_without_measurements_is_exported_too(tmp_path, to):
    project = make_project(tmp_path)
    shutil.rmtree(project / "data/measurements")
    assert command("export", "--to", to, "--out", "out", cwd=project).returncode == 0
    assert (project / "out").exists()


def test_the_contents_lead_to_every_sheet_and_say_what_it_holds(tmp_path, example):
    book, _ = opened(example, tmp_path, 2025)
    page = book["contents"]
    led_to = {cell.hyperlink.location for (cell,) in page["A1:A40"] if cell.hyperlink}
    assert led_to == {f"'{name}'!A1" for name in book.sheetnames[1:]}
    facts = {page.cell(line, 1).value: page.cell(line, 2).value for line in range(1, 7)}
    assert facts["known on"] == "30 March 2026"
    assert facts["invented figures"].startswith("22 of 22: invented")


def test_invented_figures_are_in_italics_and_others_are_not(tmp_path):
    plan = plan_of([STANDARD], [row(2012, 90), row(2013, 91, state="illustrative")])
    book, _ = opened(plan, tmp_path)
    assert [book["measurements"][f"D{line}"].font.italic for line in (2, 3)] == [False, True]
    assert book["indicator ratings"]["A2"].font.italic
    assert "Invented to show the workbook." in records(book["indicator ratings"])[0]["caveats"]


def test_every_rating_state_and_basis_is_explained():
    explained = {(kind, word) for kind, word, _ in MEANINGS}
    words = {"rating": RATINGS + NOT_RATED, "state": STATES_WITH_VALUE + STATES_WITHOUT_VALUE, "basis": BASES}
    words |= {"verification": MEASUREMENTS["verification"].allowed}
    assert explained == {(kind, word) for kind, every in words.items() for word in every}


def test_the_same_data_give_the_same_bytes(tmp_path, example):
    for name in ("one", "two"):
        write_workbook(Evaluation(example, 2025), tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_it_does_not_say_when_it_was_made_because_the_next_one_would_differ(tmp_path, example):
    properties = opened(example, tmp_path, 2025)[0].properties
    assert (properties.created, properties.modified) == (datetime(2000, 1, 1), datetime(2000, 1, 1))
    assert properties.creator == "Example library (invented)"


def test_a_day_before_excel_s_calendar_and_a_number_with_many_digits_stay_texts_and_are_named(tmp_path):
    count = indicator("monitor", indicator="J")
    lines = [
        row(1899, "1899-12-31", reported_on="1900-01-15"),
        row(1950, "12345678901234567.5", indicator="J", reported_on="1951-01-01"),
    ]
    book, said = opened(plan_of([MILESTONE, count], lines), tmp_path)
    first, second = records(book["measurements"])
    assert (first["value"], first["reported_on"]) == ("1899-12-31", "1900-01-15")
    assert second["value"] == "12345678901234567.5"
    assert second["reported_on"] == datetime(1951, 1, 1)
    assert said == [
        "Numbers of more than 15 digits and days before March 1900 stay texts in measurements, because Excel would "
        "change them: D2, F2 and D3."
    ]


def test_a_text_longer_than_a_cell_goes_on_in_a_sheet_of_its_own(tmp_path):
    plan = plan_of([STANDARD], rows({2013: 91}))
    text = "Ä" + "😀" * 20_000 + "=" + "x" * 60_000
    plan.kpis.loc[0, "text"] = text
    book, said = opened(plan, tmp_path)
    pieces = [line for line in records(book["long texts"]) if (line["sheet"], line["cell"]) == ("kpis", "C2")]
    assert book["kpis"]["C2"].value + "".join(line["text"] for line in pieces) == text
    assert all(len(line["text"].encode("utf-16-le")) <= 2 * CHARACTERS for line in pieces)
    assert any("kpis C2" in sentence and "32,767 characters" in sentence for sentence in said)


def test_a_text_that_just_fits_is_one_piece():
    assert len(list(chunks("x" * CHARACTERS))) == 1
    assert [len(piece) for piece in chunks("x" * (CHARACTERS + 1))] == [CHARACTERS, 1]
    assert [len(piece) for piece in chunks("😀" * 16_384)] == [16_383, 1]  # each counts as two
    assert list(chunks("")) == [""]


def test_more_rows_than_a_sheet_takes_go_on_in_the_next_sheet(tmp_path, example, monkeypatch):
    monkeypatch.setattr(making, "ROWS", 11)
    book, said = opened(example, tmp_path, 2025)
    parts = [
        line for name in ("measurements", "measurements 2", "measurements 3") for line in records(book[name])
    ]
    assert [line["source"] for line in parts] == list(example.measurements["source"])
    assert book["measurements 3"].max_row == 5
    assert book["measurements 3"]["A2"].font.italic
    assert any("measurements 2, measurements 3" in sentence for sentence in said)


def test_as_of_a_day_what_came_later_is_left_out_and_counted(tmp_path, example):
    book, said = opened(example, tmp_path, 2025, as_of="2025-12-31")
    assert book["measurements"].max_row == 1 + (example.measurements["reported_on"] <= "2025-12-31").sum()
    assert book["commentary"].max_row == 1
    assert said == [
        "Rows that were not there on 31 December 2025 are left out: 7 of measurements and 2 of commentary."
    ]


def test_a_folder_in_the_place_of_the_file_is_refused(tmp_path, example):
    with pytest.raises(UsageError, match="is a folder"):
        write_workbook(Evaluation(example, 2025), tmp_path)


def test_an_earlier_file_is_replaced_and_nothing_else_is_left(tmp_path, example):
    (tmp_path / "plan.xlsx").write_text("old", encoding="utf-8")
    opened(example, tmp_path, 2025)
    assert [path.name for path in tmp_path.iterdir()] == ["plan.xlsx"]
