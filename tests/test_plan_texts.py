"""The plan's texts in data/plan/ are word for word those of the plan itself (tests/plan-source.txt)."""

import csv
import re
import tomllib
from pathlib import Path

TESTS = Path(__file__).parent
PLAN = TESTS.parent / "data" / "plan"
SOURCE = (TESTS / "plan-source.txt").read_text(encoding="utf-8")
COLUMN_HEADS = "Objectives Outputs Expected results KPIs"
FOOTNOTE = '2 IIA stands for "Institute of Internal Auditors"'


def rows(name: str) -> list[dict[str, str]]:
    with (PLAN / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def one_line(text: str) -> str:
    """The text with its white space collapsed, words broken at a hyphen joined, footnote numbers dropped."""
    text = " ".join(text.split())
    return text.replace("e- health", "e-health").replace("IIA 2 ", "IIA ").replace("Union1,", "Union,")


def section(start: str, end: str) -> str:
    return SOURCE.split(start, 1)[1].split(end, 1)[0]


def texts_of(name: str, column: str, objective: str) -> list[str]:
    return [row[column] for row in rows(name) if row["objective"] == objective]


def table_7_1() -> list[tuple[str, str]]:
    """Each output of Table 7.1 with its objective: the X stands 7 minus n blanks from the end of its row."""
    table = section("Objective 4 Objective 5 Objective 6", "Table 7.2 - ")
    pairs = re.findall(r"([^X]+?) X( +)(?=\n)", table)
    return [(one_line(text), f"O{7 - len(blanks)}") for text, blanks in pairs]


def table_7_2() -> dict[str, list[str]]:
    """Each objective's cells of Table 7.2 in their order: its title, then outputs, results and KPIs."""
    table = re.sub(r"IIA\s+2\s+standards", "IIA standards", SOURCE.split("Table 7.2 - ", 1)[1])
    parts = re.split(r"^Objective (\d)\s*$", table, flags=re.M)
    cells = {}
    for number, body in zip(parts[1::2], parts[2::2], strict=True):
        blocks = [one_line(block) for block in re.split(r"\n[ \t]*\n", body)]
        kept = [block for block in blocks if block not in ("", COLUMN_HEADS, FOOTNOTE)]
        cells[f"O{number}"] = [block.removesuffix(";") for block in kept]
    return cells


def test_table_7_2_stands_in_the_data_cell_by_cell_and_nothing_else_does():
    ours = {}
    for row in rows("objectives.csv"):
        code = row["objective"]
        ours[code] = [row["title"]] + [
            text
            for name in ("outputs.csv", "expected_results.csv", "kpis.csv")
            for text in texts_of(name, "text", code)
        ]
    assert ours == table_7_2()


def test_without_our_texts_only_headings_and_the_footnote_remain_of_table_7_2():
    rest = one_line(SOURCE.split("Table 7.2 - ", 1)[1]).replace("services; Emerging", "services Emerging")
    for name, column in [
        ("objectives.csv", "title"),
        ("outputs.csv", "text"),
        ("expected_results.csv", "text"),
        ("kpis.csv", "text"),
    ]:
        for text in sorted((row[column] for row in rows(name)), key=len, reverse=True):
            assert text in rest, f"{name}: the plan does not say {text!r}"
            rest = rest.replace(text, "", 1)
    for furniture in [FOOTNOTE, *[f"Objective {number}" for number in range(1, 7)]]:
        rest = rest.replace(furniture, "", 1)
    rest = rest.replace(COLUMN_HEADS, "")
    assert (
        rest.split()
        == one_line("Objectives, outputs, expected results and key performance indicators of the GS").split()
    )


def test_table_7_2_has_6_objectives_21_outputs_31_expected_results_and_38_kpis():
    files = ("objectives.csv", "outputs.csv", "expected_results.csv", "kpis.csv")
    assert [len(rows(name)) for name in files] == [6, 21, 31, 38]


def test_an_outputs_other_wording_is_that_of_table_7_1_and_stands_only_where_the_tables_differ():
    ours = [(row["text_variant"] or row["text"], row["objective"]) for row in rows("outputs.csv")]
    assert ours == table_7_1()
    assert all(row["text_variant"] != row["text"] for row in rows("outputs.csv"))


def test_the_titles_are_those_of_section_7_3_but_for_a_final_full_stop():
    said = re.findall(r"7\.3\.\d Objective \d:(.*?)(?=7\.3\.\d|_{3}|Table 7\.1)", SOURCE + "Table 7.1", re.S)
    said = [one_line(re.split(r"\n +\n +\n|1  As defined", text)[0]).removesuffix(".") for text in said]
    assert [row["title"].removesuffix(".") for row in rows("objectives.csv")] == said


def test_mission_and_goal_are_the_plans_own_words():
    plan = tomllib.loads((PLAN / "plan.toml").read_text(encoding="utf-8"))
    assert plan["mission"] == one_line(section("7.1 Mission", "7.2 Strategic goal"))
    assert plan["goal"] == one_line(section("7.2 Strategic goal", "7.3 Objectives"))


def test_codes_count_each_kind_from_1_within_its_objective_in_the_plans_order():
    for name, column, letter in [
        ("outputs.csv", "output", "P"),
        ("expected_results.csv", "expected_result", "R"),
        ("kpis.csv", "kpi", "K"),
    ]:
        for objective in [f"O{number}" for number in range(1, 7)]:
            codes = [row[column] for row in rows(name) if row["objective"] == objective]
            assert codes == [f"{objective}-{letter}{place}" for place in range(1, len(codes) + 1)]
