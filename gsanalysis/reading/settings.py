"""`plan.toml`: the plan's name, its years and the few settings that hold for all of it."""

import re
import tomllib
from typing import Any

from gsanalysis.problems import Problem, listed, nearest, quoted, visible
from gsanalysis.reading.encoding import UNDECODABLE, decode, nul_fault, undecodable_fault
from gsanalysis.reading.files import Source, read_bytes
from gsanalysis.schema import PLAN_KEYS, Column

KEYS = {column.name: column for column in PLAN_KEYS}
KEY_LINE = re.compile(r"""\s*["']?([\w\-]+)["']?\s*=""")
TYPE_NAMES = {bool: "true or false", int: "a whole number", float: "a number", str: "a text", list: "a list"}
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


def read_settings(source: Source) -> tuple[dict[str, Any], list[Problem]]:
    """Return the file's sound values by key, and what is wrong with the others."""
    data, problems = read_bytes(source)
    if problems:
        return {}, problems
    decoded = decode(data)
    if decoded.fault:
        return {}, [Problem(source.name, 1, "-", decoded.fault)]
    lines = re.split(r"\r\n|\n|\r", decoded.text)
    if decoded.doubtful:
        return {}, [_bytes_problem(source, lines)]
    try:
        found = tomllib.loads("\n".join(lines))
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        return {}, [_syntax_problem(source, lines, str(error))]
    rows = _rows_of_keys(lines)
    sound: dict[str, Any] = {}
    faults = _faults(found, sound)
    return sound, [Problem(source.name, rows.get(key, 1), key, fault) for key, fault in faults]


def _rows_of_keys(lines: list[str]) -> dict[str, int]:
    """Return the line of each key, and of each table's heading."""
    rows: dict[str, int] = {}
    for row, line in enumerate(lines, start=1):
        match = KEY_LINE.match(line) or re.match(r"\s*\[+\s*([\w\-]+)", line)
        if match:
            rows.setdefault(match[1], row)
    return rows


def _bytes_problem(source: Source, lines: list[str]) -> Problem:
    row = next(row for row, line in enumerate(lines, start=1) if "\0" in line or UNDECODABLE.search(line))
    line = lines[row - 1]
    return Problem(source.name, row, _key_above(lines, row), nul_fault(line) or undecodable_fault(line))


def _syntax_problem(source: Source, lines: list[str], error: str) -> Problem:
    """Say what TOML does not allow, at the line that it stopped at or where the open value began."""
    stopped = re.search(r"\(at line (\d+), column \d+\)", error)
    row = int(stopped[1]) if stopped else _last_key_row(lines)
    line = lines[row - 1].strip() if row <= len(lines) else ""
    key = _key_above(lines, row)
    reason = re.sub(r" \(at .*\)$", "", error)
    if re.search(r"=\s*-?\d+,\d", line):
        return Problem(source.name, row, key, f"{quoted(line)} has a decimal comma, expected a point")
    if "overwrite" in reason:
        return Problem(source.name, row, key, f"the key stands twice ({quoted(line)}), expected each once")
    expected = 'expected lines such as title = "Strategic plan" or first_year = 2012'
    return Problem(source.name, row, key, f"{quoted(line)} is no TOML ({visible(reason)}), {expected}")


def _last_key_row(lines: list[str]) -> int:
    return max((row for row, line in enumerate(lines, start=1) if KEY_LINE.match(line)), default=1)


def _key_above(lines: list[str], row: int) -> str:
    """Return the key that stands in the line or last before it, "-" where there is none."""
    for line in reversed(lines[:row]):
        if match := KEY_LINE.match(line):
            return match[1]
    return "-"


def _faults(found: dict[str, Any], sound: dict[str, Any]) -> list[tuple[str, str]]:
    """Return (key, message) for what is wrong; put what is right into `sound`."""
    faults = []
    for name in [name for name, value in found.items() if isinstance(value, dict) and set(value) & set(KEYS)]:
        faults.append((name, f"the keys stand under a heading [{name}], expected them without one"))
        found = {**found[name], **{key: value for key, value in found.items() if key != name}}
    absent = [name for name in KEYS if name not in found]
    for name, value in found.items():
        if name in KEYS:
            fault = _value_fault(value, KEYS[name])
            sound |= {} if fault else {name: value}
        else:
            meant = nearest(name, absent) or next((key for key in absent if KEYS[key].required), "")
            absent = [key for key in absent if key != meant]
            fault = f"unknown key {quoted(name)}, expected {meant or listed(list(KEYS), 'or', 20)}"
        faults += [(name, fault)] if fault else []
    required = [name for name in absent if KEYS[name].required]
    faults += [
        (name, f"the key {name} is missing, expected it in the file: {KEYS[name].explained}")
        for name in required
    ]
    return faults + _period_fault(sound)


def _value_fault(value: Any, key: Column) -> str:
    shown = quoted(value) if isinstance(value, str) else f"{visible(str(value))[:60]}"
    if key.type in ("year", "share"):
        if isinstance(value, bool) or not isinstance(value, (int, float) if key.type == "share" else int):
            example = "2012" if key.type == "year" else "0.5"
            found = TYPE_NAMES.get(type(value), "no number")
            return f"{shown} is {found}, expected a number without quotes, such as {key.name} = {example}"
        if key.type == "year":
            return "" if 1000 <= value <= 9999 else f"{shown}, expected a year of four digits"
        return "" if 0 <= value <= 1 else f"{shown}, expected a share from 0 to 1"
    if not isinstance(value, str):
        return f"{shown} is {TYPE_NAMES.get(type(value), 'no text')}, expected a text in quotes"
    if key.required and not value.strip():
        return f"the text is empty, expected one: {key.explained}"
    if key.type == "language" and not LANGUAGE.fullmatch(value):
        return f"{shown}, expected the code of a language, such as en or fr"
    return ""


def _period_fault(sound: dict[str, Any]) -> list[tuple[str, str]]:
    first, last = sound.get("first_year"), sound.get("last_year")
    if first is None or last is None or first <= last:
        return []
    return [("last_year", f"{last} is before the first year, expected {first} or later")]
