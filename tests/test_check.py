"""What `check` promises for every folder, damaged in one place, in several, or anywhere."""

import csv
import io
from pathlib import Path

import pytest
from clean_folder import FILES, write_clean_folder
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_damages import INDICATORS, KPIS, Y12, Y13, edit, everywhere, write

from gsanalysis.checking import check
from gsanalysis.problems import Problem, UsageError
from gsanalysis.schema import TABLES

PLAN_A = Path(__file__).parent / "cases" / "plan-a"
RARELY_SLOW = settings(deadline=None, max_examples=150, suppress_health_check=list(HealthCheck))


def lines(folder: Path, measurements: Path | None = None) -> list[str]:
    return [str(problem) for problem in check(folder, measurements)]


def test_a_clean_folder_has_no_problem(tmp_path: Path) -> None:
    assert lines(write_clean_folder(tmp_path)) == []


def test_the_example_plan_has_warnings_only() -> None:
    assert [problem for problem in check(PLAN_A) if not problem.warning] == []


def test_a_problem_is_written_as_place_and_message() -> None:
    assert (
        str(Problem(Y12, 4, "value", "“3,5” has a decimal comma"))
        == f"{Y12}:4:value: “3,5” has a decimal comma"
    )
    assert str(Problem(Y12, 4, "due", "is unused", warning=True)) == f"{Y12}:4:due: warning: is unused"


def test_damages_in_several_files_are_all_found_in_one_go(tmp_path: Path) -> None:
    write_clean_folder(tmp_path)
    edit(KPIS, "Documents on time", "")(tmp_path)
    edit(INDICATORS, "increase", "increases")(tmp_path)
    edit(Y12, "81.5", "81.5 %")(tmp_path)
    edit(Y13, "O1-K1b,2013", "O1-K1b,2012")(tmp_path)
    places = [(problem.file, problem.row, problem.column) for problem in check(tmp_path)]
    assert places == [(Y12, 2, "value"), (Y13, 4, "year"), (INDICATORS, 4, "rule"), (KPIS, 2, "text")]


def test_two_damages_in_one_file_are_two_lines(tmp_path: Path) -> None:
    text = FILES[Y12].replace("81.5", "81,5").replace("2013-06-30", "30/06/2013").replace("yes", "ja")
    write(Y12, text.encode())(write_clean_folder(tmp_path))
    assert [(problem.row, problem.column) for problem in check(tmp_path)] == [
        (2, "value"),
        (4, "reported_on"),
        (9, "value"),
    ]


def test_a_record_of_several_lines_counts_from_its_first(tmp_path: Path) -> None:
    text = (
        FILES[Y12].replace('"one office, two weeks"', '"one office,\n\ntwo weeks"').replace(",yes,", ",ja,")
    )
    write(Y12, text.encode())(write_clean_folder(tmp_path))
    assert lines(tmp_path) == [f"{Y12}:11:value: “ja”, expected yes or no"]


def test_blank_lines_count_as_lines_and_are_no_rows(tmp_path: Path) -> None:
    text = FILES[Y12].replace("O1-K1b", "\n  \nO1-K1b").replace(",yes,", ",ja,")
    write(Y12, text.encode())(write_clean_folder(tmp_path))
    assert lines(tmp_path) == [f"{Y12}:11:value: “ja”, expected yes or no"]


@pytest.mark.parametrize("start", [b"", b"\xef\xbb\xbf"], ids=["plain", "with BOM"])
@pytest.mark.parametrize("end", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("file", FILES)
def test_a_byte_order_mark_and_windows_line_ends_are_fine(
    file: str, end: str, start: bytes, tmp_path: Path
) -> None:
    write(file, start + FILES[file].replace("\n", end).encode())(write_clean_folder(tmp_path))
    assert lines(tmp_path) == []


def test_quoted_cells_and_spaces_around_cells_are_fine(tmp_path: Path) -> None:
    text = FILES[Y12].replace("O1-K1a,2012,Arabic,81.5,final", '"O1-K1a","2012", Arabic ,\t81.5 ," final"')
    write(Y12, text.encode())(write_clean_folder(tmp_path))
    assert lines(tmp_path) == []


@pytest.mark.parametrize("file", ["plan/outputs.csv", "plan/expected_results.csv"])
def test_tables_that_may_be_absent_may_be_absent(file: str, tmp_path: Path) -> None:
    write_clean_folder(tmp_path)
    for name in (file, "plan/links.csv", "commentary/2013/O1.md", Y12, Y13):
        (tmp_path / name).unlink()
    (tmp_path / "measurements").rmdir()
    assert lines(tmp_path) == []


def test_a_year_of_which_nothing_was_reported_is_fine(tmp_path: Path) -> None:
    header = FILES[Y12].splitlines()[0]
    write("measurements/2014.csv", header.encode() + b"\n")(write_clean_folder(tmp_path))
    assert lines(tmp_path) == []


@pytest.mark.parametrize(
    "name", ["plan/.indicators.csv.swp", "plan/kpis.csv~", "measurements/~$2013.csv", "README.md"]
)
def test_what_programs_leave_behind_is_no_problem(name: str, tmp_path: Path) -> None:
    write(name, b"\x00\x01")(write_clean_folder(tmp_path))
    assert lines(tmp_path) == []


def test_another_folder_of_measurements_is_named_like_the_own_one(tmp_path: Path) -> None:
    folder = write_clean_folder(tmp_path / "data")
    everywhere(Y13, "2013-11-30", "30.11.2013")(tmp_path)
    assert lines(folder) == []
    (found,) = lines(folder, tmp_path / "measurements")
    assert found.startswith(f"{Y13}:7:value: ")


@pytest.mark.parametrize("missing", ["data", "measurements"])
def test_a_folder_that_is_not_there_is_wrong_usage(missing: str, tmp_path: Path) -> None:
    folder = write_clean_folder(tmp_path / "here")
    with pytest.raises(UsageError, match=r"nowhere.* is not there\.$"):
        check(**({"data": folder} | {missing: tmp_path / "nowhere"}))


def test_a_file_named_as_folder_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="not a folder"):
        check(write_clean_folder(tmp_path) / KPIS)


def test_a_file_in_another_encoding_is_one_problem_that_counts_its_cells(tmp_path: Path) -> None:
    text = FILES[Y12].replace("Report", "Résumé").replace("Minutes", "Procès-verbal")
    write(Y12, text.encode("cp1252"))(write_clean_folder(tmp_path))
    (found,) = lines(tmp_path)
    assert found.startswith(f"{Y12}:2:source: the byte 0xE9 is not UTF-8")
    assert found.endswith("save it as UTF-8 (4 more such cells in the file)")


def test_a_wrong_scale_or_bound_of_the_plan_is_named_in_the_plan(tmp_path: Path) -> None:
    more = "".join(
        f"O2-K1b,{{year}},{part},{value},final,2014-03-31,B,,,,,\n" for part, value in (("a", 7), ("b", 8))
    )
    write_clean_folder(tmp_path)
    for file, year in ((Y12, 2012), (Y13, 2013)):
        write(file, FILES[file].encode() + more.format(year=year).encode())(tmp_path)
    edit(INDICATORS, "Budget,CHF,number,monitor,,,,,,,,,0", "Budget,CHF,number,monitor,,,,,,,,,9000000")(
        tmp_path
    )
    assert lines(tmp_path) == [
        f"{INDICATORS}:7:minimum: “9000000”, but all 5 measured values are below it, expected a minimum they keep"
    ]


def test_a_date_for_values_that_are_all_numbers_is_the_wrong_kind(tmp_path: Path) -> None:
    more = "O2-K1b,2013,,1350000,final,2014-03-31,B,,,,,\nO2-K1b,2013,,1360000,final,2014-06-30,B,,,,,\n"
    write(Y13, FILES[Y13].encode() + more.encode())(write_clean_folder(tmp_path))
    text = FILES[INDICATORS].replace("at_most,O2-K1b", "monitor,")
    text = text.replace("Budget,CHF,number,monitor,,,,,,,,,0", "Budget,CHF,date,monitor,,,,,,,,,")
    write(INDICATORS, text.encode())(tmp_path)
    assert lines(tmp_path) == [
        f"{INDICATORS}:7:kind: “date”, but all 3 measured values are of the kind number, expected number"
    ]


def test_rows_of_another_plan_are_one_problem(tmp_path: Path) -> None:
    header = FILES[Y12].splitlines()[0]
    rows = "".join(f"X{i}-K1a,2012,,1,final,2013-03-31,B,,,,,\n" for i in range(20))
    write(Y12, f"{header}\n{rows}".encode())(write_clean_folder(tmp_path))
    (tmp_path / Y13).unlink()
    (found,) = lines(tmp_path)
    assert found.startswith(f"{INDICATORS}:1:-: 20 codes that other files name have no row here")


def test_a_measured_baseline_that_meets_its_target_is_a_warning(tmp_path: Path) -> None:
    write_clean_folder(tmp_path)
    edit(INDICATORS, "95,2015,80,2011", "82.5,2015,,2012")(tmp_path)
    assert lines(tmp_path) == [
        f"{INDICATORS}:2:target: warning: “82.5” was already met in the baseline year 2012, with 83, "
        "expected a target beyond it"
    ]


def test_a_sum_with_a_forgotten_part_is_no_baseline(tmp_path: Path) -> None:
    rows = "O1-K1b,2011,a,20,final,2012-03-31,B,,,,,\nO1-K1b,2011,b,20,final,2012-03-31,B,,,,,\n"
    header = FILES[Y12].splitlines()[0]
    write_clean_folder(tmp_path)
    write("measurements/2011.csv", f"{header}\n{rows}".encode())(tmp_path)
    edit(INDICATORS, "above_trend,,,,2008-2011", "at_least,40,2015,,2011")(tmp_path)
    assert [problem.column for problem in check(tmp_path)] == ["target"]
    write(
        "measurements/2010.csv", f"{header}\n{rows.splitlines()[0]}\n".replace(",2011,a", ",2010,c").encode()
    )(tmp_path)
    assert [(problem.column, problem.row) for problem in check(tmp_path)] == [("breakdown", 2)]


def test_a_part_that_has_ended_or_stands_beside_a_total_is_not_forgotten(tmp_path: Path) -> None:
    write_clean_folder(tmp_path)
    ended = "O1-K1a,2012,Russian,,not_applicable,2013-03-31,Report A,,,,,\n"
    total = "O1-K1a,2014,,84,final,2015-03-31,Report A,,,,,\n"
    write(Y12, FILES[Y12].encode() + ended.encode())(tmp_path)
    write("measurements/2014.csv", f"{FILES[Y12].splitlines()[0]}\n{total}".encode())(tmp_path)
    assert lines(tmp_path) == []


def test_a_withdrawn_date_may_be_followed_by_a_no(tmp_path: Path) -> None:
    write_clean_folder(tmp_path)
    withdrawn = "O2-K2a,2013,,,not_collected,2014-09-30,Minutes,,,withdrawn,,\n"
    write(Y13, FILES[Y13].encode() + withdrawn.encode())(tmp_path)
    undone = f"{FILES[Y12].splitlines()[0]}\nO2-K2a,2014,,no,final,2015-03-31,Minutes,,,,,\n"
    write("measurements/2014.csv", undone.encode())(tmp_path)
    assert lines(tmp_path) == []


@RARELY_SLOW
@given(
    file=st.sampled_from(sorted(FILES)),
    at=st.floats(0, 1),
    cut=st.integers(0, 40),
    put=st.binary(max_size=12),
)
def test_bytes_put_anywhere_never_raise(tmp_path_factory, file: str, at: float, cut: int, put: bytes) -> None:
    folder = write_clean_folder(tmp_path_factory.mktemp("damaged"))
    data = FILES[file].encode()
    place = int(at * len(data))
    write(file, data[:place] + put + data[place + cut :])(folder)
    for line in lines(folder):
        assert line.isprintable() and line.encode()


@RARELY_SLOW
@given(
    file=st.sampled_from(sorted(FILES)),
    old=st.sampled_from(list(',"\n0123456789-|#a')),
    at=st.integers(0, 300),
    new=st.sampled_from(
        ["", ",", '"', "\n", "\r", "\0", ";", "\t", "é", "1", "-", "|", "99999999999", " ", "#"]
    ),
)
def test_one_sign_put_for_another_never_raises(
    tmp_path_factory, file: str, old: str, at: int, new: str
) -> None:
    folder = write_clean_folder(tmp_path_factory.mktemp("damaged"))
    places = [i for i, sign in enumerate(FILES[file]) if sign == old]
    if places:
        place = places[at % len(places)]
        write(file, (FILES[file][:place] + new + FILES[file][place + 1 :]).encode())(folder)
    for line in lines(folder):
        assert line.isprintable() and line.encode()


def table_of(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text)))


def csv_of(rows: list[list[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode()


CSV_FILES = [file for file in FILES if file.endswith(".csv")]


@pytest.mark.parametrize("file", CSV_FILES)
@pytest.mark.parametrize(
    "wrong", ["x{}", "{}s", "", "foo"], ids=["letter before", "letter after", "empty", "other"]
)
def test_any_wrong_name_in_a_header_is_one_line(file: str, wrong: str, tmp_path: Path) -> None:
    header, *rows = table_of(FILES[file])
    write_clean_folder(tmp_path)
    for place, name in enumerate(header):
        write(file, csv_of([[*header[:place], wrong.format(name), *header[place + 1 :]], *rows]))(tmp_path)
        (found,) = lines(tmp_path)
        assert found.startswith(f"{file}:1:{wrong.format(name) or '-'}: ")
        # Of the columns that may be missing at the end, any can be meant by one without a name.
        assert name in found or (wrong, name) == ("", "note")


@pytest.mark.parametrize("file", CSV_FILES)
def test_any_cell_left_out_of_a_header_is_one_line(file: str, tmp_path: Path) -> None:
    header, *rows = table_of(FILES[file])
    write_clean_folder(tmp_path)
    for place in range(len(header)):
        write(file, csv_of([header[:place] + header[place + 1 :], *rows]))(tmp_path)
        (found,) = lines(tmp_path)
        assert found.startswith(f"{file}:1:-: ")


@pytest.mark.parametrize("file", CSV_FILES)
def test_any_row_that_lacks_its_last_cell_is_one_line(file: str, tmp_path: Path) -> None:
    rows = table_of(FILES[file])
    write_clean_folder(tmp_path)
    for place in range(1, len(rows)):
        write(file, csv_of([*rows[:place], rows[place][:-1], *rows[place + 1 :]]))(tmp_path)
        (found,) = lines(tmp_path)
        assert found.startswith(f"{file}:{place + 1}:-: ")


@pytest.mark.parametrize("file", CSV_FILES)
def test_any_required_cell_that_is_empty_is_one_line(file: str, tmp_path: Path) -> None:
    header, *rows = table_of(FILES[file])
    table = next(table for table in TABLES.values() if file.startswith(table.path))
    write_clean_folder(tmp_path)
    for place in [place for place, name in enumerate(header) if name in table.required]:
        for number, row in enumerate(rows):
            damaged = [*row[:place], "", *row[place + 1 :]]
            if row[place]:
                write(file, csv_of([header, *rows[:number], damaged, *rows[number + 1 :]]))(tmp_path)
                (found,) = lines(tmp_path)
                assert found.startswith(f"{file}:{number + 2}:{header[place]}: the cell is empty")
