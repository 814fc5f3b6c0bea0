"""The package of cases that comes with the method: every cell of its ratings, year by year."""

import csv
import io
import re
from pathlib import Path

import pytest
import slow_method

from gsanalysis.plan import load
from gsanalysis.rating.rate import assess, to_csv_text

CASES = Path(__file__).parent / "cases"
EXPECTED = sorted((CASES / "plan-a-expected").glob("*.csv"))
NAME = re.compile(r"(?P<level>\w+?)_(?P<year>\d{4})(?:_as_of_(?P<as_of>[\d-]+))?")


@pytest.fixture(scope="module")
def plan():
    return load(CASES / "plan-a")


def asked(path):
    level, year, as_of = NAME.fullmatch(path.stem).group("level", "year", "as_of")
    return level, int(year), as_of


def first_columns(text, header):
    """The text without the further columns that may follow the documented ones."""
    count = header.count(",") + 1
    lines = io.StringIO()
    csv.writer(lines, lineterminator="\n").writerows(row[:count] for row in csv.reader(io.StringIO(text)))
    return lines.getvalue()


def test_there_are_three_levels_of_four_years_with_and_without_an_as_of_date():
    assert len(EXPECTED) == 24


@pytest.mark.parametrize("path", EXPECTED, ids=lambda path: path.stem)
def test_the_ratings_are_the_expected_text(plan, path):
    level, year, as_of = asked(path)
    expected = path.read_bytes().decode()
    found = to_csv_text(assess(plan, year, level, as_of))
    assert first_columns(found, expected.splitlines()[0]) == expected


@pytest.mark.parametrize("path", EXPECTED, ids=lambda path: path.stem)
def test_the_slow_reading_of_the_method_gives_the_expected_text(path):
    level, year, as_of = asked(path)
    expected = list(csv.reader(io.StringIO(path.read_bytes().decode())))
    rows = slow_method.rate(CASES / "plan-a", year, as_of)[level]
    found = [[slow_method.as_text(row[column]) for column in expected[0]] for row in rows]
    assert found == expected[1:]
