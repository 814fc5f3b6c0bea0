"""Every published figure is accounted for in docs/data.md, and every measurement of the real plan is one of
them, unchanged (tests/itu_figures.csv; a figure's number is its row there, counted from 1)."""

import csv
import re
from pathlib import Path

import pytest

TESTS = Path(__file__).parent
ROOT = TESTS.parent
YEARS = range(2008, 2016)
UNSURE = re.compile(r"around|over|more than|up to|about|some|text: all", re.I)
USED_FOR = re.compile(r"`(?P<indicator>[\w-]+)` (?P<year>\d{4})(?:, (?P<breakdown>.+))?")


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def accounts() -> dict[int, list[str]]:
    """The table of docs/data.md: a figure's number -> figure, year, value, used for, as what or why not."""
    lines = (ROOT / "docs" / "data.md").read_text(encoding="utf-8").splitlines()
    cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]
    return {int(first): rest for first, *rest in cells if first.isdigit()}


FIGURES = dict(enumerate(rows(TESTS / "itu_figures.csv"), 1))
ACCOUNTS = accounts()
MEASUREMENTS = [row for year in YEARS for row in rows(ROOT / f"data/measurements/{year}.csv")]
BY_KEY = {(row["indicator"], row["year"], row["breakdown"]): row for row in MEASUREMENTS}
USES = {
    number: (match["indicator"], match["year"], match["breakdown"] or "")
    for number, cells in ACCOUNTS.items()
    if (match := USED_FOR.fullmatch(cells[3]))
}
USED = pytest.mark.parametrize("number", sorted(USES))


def test_each_of_the_152_figures_has_its_line_in_the_documentation():
    said = {number: cells[:3] for number, cells in ACCOUNTS.items()}
    assert said == {
        number: [row["indicator"], row["year"], f"{row['value']} {row['unit']}"]
        for number, row in FIGURES.items()
    }
    assert len(FIGURES) == 152


def test_a_figure_that_is_not_used_has_its_reason():
    unused = [cells for number, cells in ACCOUNTS.items() if number not in USES]
    assert all(cells[3] == "–" and len(cells[4]) > 20 for cells in unused)


def test_every_measured_value_is_one_published_figure():
    valued = sorted(key for key, row in BY_KEY.items() if row["value"])
    assert valued == sorted(USES.values())
    assert len(BY_KEY) == len(MEASUREMENTS)


@USED
def test_a_measurement_has_the_value_year_and_source_of_its_figure(number):
    figure, row = FIGURES[number], BY_KEY[USES[number]]
    names = {"value": "value", "year": "year", "source": "source_title", "source_url": "source_url"}
    assert {ours: row[ours] for ours in names} == {ours: figure[theirs] for ours, theirs in names.items()}


@USED
def test_a_measurement_is_in_the_unit_of_its_figure(number):
    indicators = {row["indicator"]: row for row in rows(ROOT / "data/plan/indicators.csv")}
    ours = indicators[USES[number][0]]["unit"].replace("m²", "m2")
    theirs = re.sub(r" \(.*\)", "", FIGURES[number]["unit"])
    people = {"delegates": "participants", "persons": ours}
    assert ours == people.get(theirs, theirs)


@USED
def test_a_figure_that_its_source_calls_rough_is_estimated_and_the_comment_quotes_why(number):
    figure, row = FIGURES[number], BY_KEY[USES[number]]
    rough = UNSURE.search(figure["unit"])
    assert row["state"] == ("estimated" if rough else "final")
    if rough:
        assert f'"{rough[0].removeprefix("text: ")}' in row["comment"]


@USED
def test_a_proxy_says_so_in_its_indicators_name(number):
    names = {row["indicator"]: row["name"] for row in rows(ROOT / "data/plan/indicators.csv")}
    if "proxy" in ACCOUNTS[number][4] and "reference" not in ACCOUNTS[number][4]:
        assert re.search(r"proxy|not ", names[USES[number][0]])


def test_a_row_without_a_value_only_ends_a_part_and_names_a_published_source():
    empty = [row for row in MEASUREMENTS if not row["value"]]
    assert [(row["indicator"], row["year"], row["breakdown"], row["state"]) for row in empty] == [
        ("O6-K8b", "2010", "World 2009", "not_applicable"),
        ("O2-K6b", "2013", "WCIT-12", "not_applicable"),
        ("O2-K6b", "2015", "PP-14", "not_applicable"),
    ]
    assert {row["source_url"] for row in empty} <= {figure["source_url"] for figure in FIGURES.values()}


def test_language_spending_and_budget_give_the_published_shares_of_the_budget():
    shares = {
        row["year"]: float(row["value"]) for row in FIGURES.values() if "DERIVED: actual" in row["indicator"]
    }
    ours = {
        year: round(
            100 * float(BY_KEY["O3-K1b", year, ""]["value"]) / float(BY_KEY["O3-K1br", year, ""]["value"]), 1
        )
        for year in shares
    }
    assert ours == shares == {"2010": 89.4, "2011": 96.7, "2012": 94.2, "2013": 87.9, "2014": 85.0}


def test_interpretation_and_translation_add_up_to_the_language_services_budget():
    for year in map(str, range(2010, 2016)):
        parts = [BY_KEY["O3-K1br", year, part]["value"] for part in ("Interpretation", "Translation")]
        assert sum(map(int, parts)) == int(BY_KEY["O3-K1br", year, ""]["value"])
