"""Codes that one row names and no row has.

A code that is missing is reported once, at the first place that names it. One that only a damaged cell hides
is not reported: mending that cell brings it back.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from gsanalysis.problems import Problem, listed, nearest, quoted
from gsanalysis.reading import Folder, Sheet
from gsanalysis.reading.commentary import Section
from gsanalysis.reading.sheets import distinct, positions
from gsanalysis.schema import CODE, NUMBER, RULES, TABLES, Table

NOT_FINITE = ("nan", "inf", "infinity")
# From so many on, and half of all that are named: rows are missing, or the file belongs to another plan.
MANY_CODES = 5


@dataclass(frozen=True)
class Reference:
    """A place that names a code of a table; the cell in `sheet`, or a line of a commentary."""

    table: str
    code: str
    file: str
    row: int
    column: str
    sheet: Sheet | None = None
    position: int = -1


def check_references(folder: Folder) -> None:
    """Report the unknown codes of all files; their cells count as bad."""
    references = [*_cells_with_codes(folder), *_references_as_target(folder), *_commentary(folder)]
    for name, table in TABLES.items():
        sheet = folder.sheets[name]
        named = [reference for reference in references if reference.table == name]
        unknown = _unknown(named, sheet) if named else {}
        if not sheet.complete:
            continue
        if sheet.frame.empty and not sheet.unread and (named or name == "objectives"):
            folder.problems.append(Problem(table.path, 1, "-", _no_rows(table, named)))
            continue
        _drop_hidden(unknown, sheet)
        if len(unknown) >= MANY_CODES and 2 * len(unknown) >= len({reference.code for reference in named}):
            fault = f"{len(unknown)} codes that other files name have no row here: {listed(list(unknown))}"
            folder.problems.append(Problem(table.path, 1, "-", f"{fault}, expected a row for each"))
            continue
        for code, places in unknown.items():
            fault = _message(code, table, sheet, places)
            folder.problems.append(Problem(places[0].file, places[0].row, places[0].column, fault))


def is_reference(target: str) -> bool:
    """Whether a target of `at_least` or `at_most` is meant as the code of an indicator."""
    return (
        bool(CODE.fullmatch(target)) and target.casefold() not in NOT_FINITE and not NUMBER.fullmatch(target)
    )


def _cells_with_codes(folder: Folder) -> Iterator[Reference]:
    for sheet in folder.sheets.values():
        for column in sheet.table.columns:
            if column.names:
                named = sheet.frame[column.name]
                known = folder.sheets[column.names].codes()
                used = set(distinct(named)) & set(known)
                # A known code is one reference, an unknown one a reference for each of its cells.
                yield from (Reference(column.names, code, "", 0, "") for code in sorted(used))
                for position in positions(~named.isin([*known, ""]) & sheet.sound(column.name)):
                    yield _reference(sheet, position, column.name, column.names)


def _references_as_target(folder: Folder) -> Iterator[Reference]:
    sheet = folder.sheets["indicators"]
    for position, (rule, target) in enumerate(zip(sheet.frame["rule"], sheet.frame["target"], strict=True)):
        if (
            rule in RULES
            and RULES[rule].takes_due
            and is_reference(target)
            and sheet.is_sound(position, "target")
        ):
            yield _reference(sheet, position, "target", "indicators")


def _reference(sheet: Sheet, position: int, column: str, table: str) -> Reference:
    return Reference(table, sheet.text(position, column), *sheet.place(position), column, sheet, position)


def _commentary(folder: Folder) -> Iterator[Reference]:
    """Check the commentary's headings, and yield the objectives and KPIs that it names."""
    kpis = folder.sheets["kpis"]
    sound = kpis.frame[kpis.sound("kpi", "objective")]
    objective_of = dict(zip(sound["kpi"], sound["objective"], strict=True))
    first: dict[tuple[str, str], int] = {}
    for section in folder.commentary:
        if not section.heading:
            yield Reference("objectives", section.objective, section.file, 1, "-")
            continue
        fault = ""
        if (section.file, section.heading) in first and section.heading in objective_of:
            line = first[section.file, section.heading]
            fault = (
                f"the heading {quoted(section.heading)} stands already in line {line}, expected each KPI once"
            )
        elif CODE.fullmatch(section.heading):
            yield Reference("kpis", section.heading, section.file, section.row, "-")
            fault = _other_objective(section, objective_of, folder.sheets["objectives"].codes())
        elif near := _nearly_a_kpi(section.heading, list(objective_of)):
            fault = f"the heading {quoted(section.heading)}, expected the code alone: ## {near}"
        first.setdefault((section.file, section.heading), section.row)
        if fault:
            folder.problems.append(Problem(section.file, section.row, "-", fault))


def _other_objective(section: Section, objective_of: dict[str, str], objectives: list[str]) -> str:
    objective = objective_of.get(section.heading, section.objective)
    if objective == section.objective or section.objective not in objectives:
        return ""
    return f"{section.heading} is a KPI of {objective}, expected one of {section.objective}"


def _nearly_a_kpi(heading: str, kpis: list[str]) -> str:
    """Return the KPI that a heading means which is not its code alone, or ""."""
    beginning = [
        kpi for kpi in kpis if heading.casefold().startswith((f"{kpi} ".casefold(), f"{kpi}:".casefold()))
    ]
    return beginning[0] if beginning else nearest(heading, kpis, cutoff=0.75)


def _unknown(named: list[Reference], sheet: Sheet) -> dict[str, list[Reference]]:
    """Return the places of each code that no row has, and mark their cells as bad."""
    known = set(sheet.codes())
    unknown: dict[str, list[Reference]] = {}
    for reference in named:
        if reference.code not in known:
            unknown.setdefault(reference.code, []).append(reference)
            if reference.sheet is not None:
                reference.sheet.bad.setdefault(reference.column, set()).add(reference.position)
    return unknown


def _drop_hidden(unknown: dict[str, list[Reference]], sheet: Sheet) -> None:
    """Leave out, for each code that a damage has hidden, the unknown code that is most like it.

    Where only the row beside is known and none is like its code, the one that most places name is the likely one.
    """
    for lost in sheet.lost:
        found = nearest(lost.text, unknown, cutoff=0.5)
        if lost.guess and not found:
            found = max(unknown, key=lambda code: len(unknown[code]), default="")
        unknown.pop(found, None)


def _no_rows(table: Table, named: list[Reference]) -> str:
    if not named:
        return f"the file has no rows, expected at least one {table.thing}"
    first = next((reference for reference in named if reference.file), named[0])
    where = f"that {first.file} names" if first.file else "that another file names"
    return f"the file is missing or has no rows, expected the {table.thing} {quoted(first.code)} {where}"


def _message(code: str, table: Table, sheet: Sheet, places: list[Reference]) -> str:
    near = nearest(code, sheet.codes())
    number = "a number or " if places[0].column == "target" else ""
    message = f"unknown {table.thing} {quoted(code)}, expected {number}{near or f'one of {table.path}'}"
    strange = next((letter for letter in code if not letter.isascii()), "")
    if strange and near.isascii():
        message += f" (the letter {quoted(strange)} is U+{ord(strange):04X})"
    others = [_where(place, places[0].file) for place in places[1:]]
    return message + (f" (named also in {listed(others)})" if others else "")


def _where(place: Reference, file: str) -> str:
    return f"line {place.row}" if place.file == file else f"{place.file} line {place.row}"
