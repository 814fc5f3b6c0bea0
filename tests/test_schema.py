"""The schema is the documentation: what is made from it stands in step with it."""

import json
from pathlib import Path

from gsanalysis.dictionary import as_text, datapackage, dictionary
from gsanalysis.schema import KINDS, PLAN_KEYS, RULES, TABLES

ROOT = Path(__file__).parents[1]
HOW = "run python -m gsanalysis.dictionary"


def test_the_data_dictionary_is_in_step_with_the_schema() -> None:
    assert (ROOT / "docs/data-dictionary.md").read_text("utf-8") == dictionary(), HOW


def test_the_data_package_is_in_step_with_schema_and_files() -> None:
    assert (ROOT / "data/datapackage.json").read_text("utf-8") == as_text(datapackage(ROOT / "data")), HOW


def test_the_data_package_describes_every_data_file_and_its_columns() -> None:
    resources = json.loads((ROOT / "data/datapackage.json").read_text("utf-8"))["resources"]
    described = {
        path for r in resources for path in ([r["path"]] if isinstance(r["path"], str) else r["path"])
    }
    there = [
        *ROOT.glob("data/plan/*"),
        *ROOT.glob("data/measurements/*"),
        *ROOT.glob("data/commentary/*/*.md"),
    ]
    assert described == {path.relative_to(ROOT / "data").as_posix() for path in there}
    for resource in resources:
        for path in resource["path"] if isinstance(resource["path"], list) else [resource["path"]]:
            if path.endswith(".csv"):
                header = (ROOT / "data" / path).read_text("utf-8-sig").splitlines()[0].split(",")
                assert set(header) <= {field["name"] for field in resource["schema"]["fields"]}


def test_every_column_says_what_it_means() -> None:
    for column in [*PLAN_KEYS, *(column for table in TABLES.values() for column in table.columns)]:
        assert column.meaning[0].isupper() or column.meaning[0] == "`"
        assert column.meaning.endswith(".")


def test_keys_and_references_name_columns_that_are_there() -> None:
    for table in TABLES.values():
        assert set(table.key) <= {*table.names, *(["file"] if table.by_year else [])}
        assert {column.names for column in table.columns if column.names} <= set(TABLES)


def test_rules_read_columns_and_kinds_that_are_there() -> None:
    assert RULES["monitor"].kinds == KINDS
    for rule in RULES.values():
        assert set(rule.kinds) <= set(KINDS)
        assert {*rule.needs, *rule.uses} <= set(TABLES["indicators"].names)
        assert bool(rule.years) == ("baseline_years" in {*rule.needs, *rule.uses})
