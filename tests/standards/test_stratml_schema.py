"""What we export as StratML is valid by the schema of StratML Part 2."""

from pathlib import Path

import pytest
from lxml import etree
from random_plans import seeded_package

from gsanalysis import Evaluation, load
from gsanalysis.exchange.start import EXAMPLE
from gsanalysis.exchange.stratml import stratml

ROOT = Path(__file__).parents[2]
FOLDERS = [ROOT / "data", ROOT / "data/illustrative", ROOT / "tests/cases/plan-a", EXAMPLE]


@pytest.fixture(scope="module")
def schema(stratml_xsd):
    return etree.XMLSchema(file=str(stratml_xsd))


def assert_valid(schema, plan, year, as_of=None):
    schema.assertValid(etree.fromstring(stratml(Evaluation(plan, year, as_of))[0]))


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_every_year_of_a_plan_is_valid(schema, folder):
    plan = load(folder)
    for year in range(plan.first_year - 1, plan.last_year + 2):
        assert_valid(schema, plan, year)
        assert_valid(schema, plan, year, as_of=f"{year + 1}-03-31")


@pytest.mark.parametrize("seed", range(30))
def test_random_plans_are_valid(schema, tmp_path, seed):
    plan = load(seeded_package(seed).write(tmp_path))
    for year in (2011, 2013, 2015):
        assert_valid(schema, plan, year)


def test_texts_that_look_like_markup_or_hold_control_characters_are_valid(schema):
    plan = load(EXAMPLE)
    for frame in (plan.objectives, plan.kpis, plan.indicators, plan.measurements):
        for column in ("title", "text", "name", "note", "owner", "source", "comment"):
            if column in frame:
                frame[column] = "<a>&]]>\x0b\x1f\ud7ff\ufffe \U0001f600\r"
    assert_valid(schema, plan, 2025)


def test_the_schema_is_alive(schema):
    text = stratml(Evaluation(load(EXAMPLE), 2025))[0]
    for spoilt in (
        text.replace(b"<NumberOfUnits>61200<", b"<NumberOfUnits>61 200<"),
        text.replace(b'Type="Performance_Report"', b'Type="Report"'),
        text.replace(b"<StartDate>2023-01-01<", b"<StartDate>1.1.2023<"),
    ):
        assert spoilt != text
        assert not schema.validate(etree.fromstring(spoilt))
