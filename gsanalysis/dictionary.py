"""What is made from the schema for people and other programs: `datapackage.json` and the data dictionary.

`python -m gsanalysis.dictionary` writes both anew.
"""

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from gsanalysis.root import find_root
from gsanalysis.schema import CODE, PLAN_KEYS, RULES, TABLES, YEARS, Column, Rule, Table

# The Frictionless type of each of the schema's types; what is not here is a string.
FIELD_TYPES: dict[str, dict[str, Any]] = {
    "number": {"type": "number"},
    "count": {"type": "integer", "constraints": {"minimum": 0}},
    "year": {"type": "year"},
    "date": {"type": "date"},
    "address": {"type": "string", "format": "uri"},
    "code": {"type": "string", "constraints": {"pattern": CODE.pattern}},
    "years": {"type": "string", "constraints": {"pattern": YEARS.pattern}},
}

IN_WORDS = {
    "text": "text",
    "code": "code",
    "number": "number",
    "count": "whole number",
    "share": "share from 0 to 1",
    "year": "year",
    "years": "year or range of years",
    "date": "date",
    "address": "web address",
    "labels": "labels, separated by `|`",
    "language": "language code",
    "target": "depends on the rule",
    "value": "depends on the kind",
}

INTRODUCTION = """\
# Data dictionary

Made from `gsanalysis/schema.py` by `python -m gsanalysis.dictionary`; change it there.

All files are UTF-8. CSV files are separated by commas, have a header row and `.` as decimal mark; spaces around a \
cell are ignored. A **bold** column has to be there and its cells have to be filled, unless it says otherwise; any \
other column may be missing altogether. `gsanalysis check` says what is wrong with a folder, and where.
"""


def datapackage(folder: Path) -> dict[str, Any]:
    """Return the Frictionless description of the files in a data folder."""
    settings = tomllib.loads((folder / "plan/plan.toml").read_text("utf-8-sig"))
    tables = [(table, paths) for table in TABLES.values() if (paths := _paths(folder, table))]
    described = {table.name for table, _ in tables}
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "strategic-plan",
        "title": settings["title"],
        "description": f"The plan of {settings['organisation']}, what is measured for it, and the figures.",
        "resources": [
            _settings_resource(),
            *(_resource(table, paths, described) for table, paths in tables),
            *_commentary_resource(folder),
        ],
    }


def dictionary() -> str:
    """Return the data dictionary: every file, key and column, and the columns that each rule reads."""
    parts = [
        INTRODUCTION,
        "## `plan/plan.toml`\n\nThe plan's name, its years and what holds for all of it.\n",
    ]
    parts.append(_table(["key", "form", "meaning"], [_in_words(key) for key in PLAN_KEYS]))
    for table in TABLES.values():
        absent = " May be absent." if table.may_be_absent else ""
        key = "`, `".join(name for name in table.key if name != "file")
        parts.append(f"## `{table.files}`\n\n{table.meaning}{absent} Each row has its own `{key}`.\n")
        parts.append(_table(["column", "form", "meaning"], [_in_words(column) for column in table.columns]))
    parts.append("## The rules\n\nThe columns of `plan/indicators.csv` that each rule reads.\n")
    parts.append(
        _table(["rule", "kinds", "needs", "uses", "meaning"], [_rule(rule) for rule in RULES.values()])
    )
    parts.append(
        "With a `due` year, `at_least` and `at_most` also need a single year in `baseline_years`, and use a stated "
        "`baseline`; not so where the target is the code of an indicator. A `level` needs its `scale`, whatever "
        "the rule; `minimum` and `maximum` are for numbers.\n"
    )
    return "\n".join(parts)


def write() -> None:
    """Write `data/datapackage.json` and `docs/data-dictionary.md` of the project."""
    root = find_root()
    (root / "data/datapackage.json").write_text(as_text(datapackage(root / "data")), "utf-8", newline="\n")
    (root / "docs/data-dictionary.md").write_text(dictionary(), "utf-8", newline="\n")


def as_text(package: dict[str, Any]) -> str:
    """Return the description as the text of `datapackage.json`."""
    return json.dumps(package, indent=2, ensure_ascii=False) + "\n"


def _paths(folder: Path, table: Table) -> list[str]:
    """Return the table's files in the folder, relative to it."""
    if not table.by_year:
        return [table.path] if (folder / table.path).is_file() else []
    return [f"{table.path}/{path.name}" for path in sorted((folder / table.path).glob("[1-9]???.csv"))]


def _settings_resource() -> dict[str, Any]:
    return {
        "name": "plan",
        "path": "plan/plan.toml",
        "format": "toml",
        "encoding": "utf-8",
        "description": "The plan's name, its years and what holds for all of it.",
        "keys": [
            {"name": key.name, "required": key.required, "description": key.meaning} for key in PLAN_KEYS
        ],
    }


def _resource(table: Table, paths: list[str], described: set[str]) -> dict[str, Any]:
    return {
        "name": table.name.replace("_", "-"),
        "type": "table",
        "path": paths if table.by_year else paths[0],
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ","},  # else readers guess, and a text with semicolons misleads them
        "description": table.meaning,
        "schema": _schema(table, described),
    }


def _schema(table: Table, described: set[str]) -> dict[str, Any]:
    # A part of a key may be empty (the total, a link without output), which a primary key doesn't allow.
    key = {"primaryKey": list(table.key)} if len(table.key) == 1 else {"uniqueKeys": [list(table.key)]}
    if "file" in table.key:  # unique in the file of its year, which a schema for all of them can't say
        key = {}
    schema = {"fields": [_field(column) for column in table.columns], "missingValues": [""], **key}
    foreign = [
        {
            "fields": [column.name],
            "reference": {
                "resource": "" if column.names == table.name else column.names.replace("_", "-"),
                "fields": [TABLES[column.names].key[0]],
            },
        }
        for column in table.columns
        if column.names in described
    ]
    return schema | ({"foreignKeys": foreign} if foreign else {})


def _field(column: Column) -> dict[str, Any]:
    described = FIELD_TYPES.get(column.type, {"type": "string"})
    constraints = dict(described.get("constraints", {}))
    if column.required and not column.may_be_empty:
        constraints["required"] = True
    if column.allowed:
        constraints["enum"] = list(column.allowed)
    if column.minimum is not None:
        constraints["minimum"] = column.minimum
    field = {"name": column.name, **described, "description": column.meaning}
    field |= {"unit": column.unit} if column.unit else {}
    return field | ({"constraints": constraints} if constraints else {})


def _commentary_resource(folder: Path) -> Iterator[dict[str, Any]]:
    paths = sorted(path.relative_to(folder).as_posix() for path in folder.glob("commentary/*/*.md"))
    if paths:
        yield {
            "name": "commentary",
            "path": paths,
            "format": "md",
            "mediatype": "text/markdown",
            "encoding": "utf-8",
            "description": "The authors' own judgement on an objective; what stands under `## O3-K4` explains a KPI.",
        }


def _in_words(column: Column) -> list[str]:
    name = f"**{column.name}**" if column.required else column.name
    form = ", ".join(f"`{word}`" for word in column.allowed) or IN_WORDS[column.type]
    more = f" in {TABLES[column.names].path}" if column.names else ""
    more += f", {column.minimum:g} or more" if column.minimum is not None else ""
    more += ", may be empty" if column.may_be_empty else ""
    unit = f" Unit: {column.unit}." if column.unit else ""
    return [name, form + more, column.meaning + unit]


def _rule(rule: Rule) -> list[str]:
    uses = (*rule.uses, *(("due", "baseline", "baseline_years") if rule.takes_due else ()))
    return [
        f"`{rule.name}`",
        "any" if len(rule.kinds) > 1 else rule.kinds[0],
        ", ".join(rule.needs),
        ", ".join(uses),
        rule.meaning,
    ]


def _table(header: list[str], rows: list[list[str]]) -> str:
    """Return a Markdown table."""
    lines = [header, ["---"] * len(header), *rows]
    return "".join("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |\n" for line in lines)


if __name__ == "__main__":
    write()
