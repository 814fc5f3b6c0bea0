"""`commentary/YYYY/O3.md`: an author's own judgement on an objective and its KPIs."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from gsanalysis.problems import Problem
from gsanalysis.reading.encoding import UNDECODABLE, decode, nul_fault, undecodable_fault
from gsanalysis.reading.files import Source, read_bytes

HEADING = re.compile(r"##[ \t]+(.*?)[ \t]*#*[ \t]*")
FENCE = re.compile(r" {0,3}(```|~~~)")


@dataclass
class Section:
    """The text under one `## O3-K4` heading, or before the first one (`heading` ""); `row` is the heading's line."""

    file: str
    year: int
    objective: str
    heading: str
    row: int
    lines: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The Markdown, without blank lines around it."""
        return "\n".join(self.lines).strip()


def read_commentary(sources: Sequence[tuple[int, Source]]) -> tuple[list[Section], list[Problem]]:
    """Return the sections of the files, each given with its year, and what is wrong with their bytes."""
    sections: list[Section] = []
    problems: list[Problem] = []
    for year, source in sources:
        data, trouble = read_bytes(source)
        decoded = decode(data)
        lines = re.split(r"\r\n|\n|\r", decoded.text)
        if decoded.fault:
            trouble = [Problem(source.name, 1, "-", decoded.fault)]
        elif decoded.doubtful:
            trouble = [_bytes_problem(source.name, lines)]
        problems += trouble
        if not trouble:
            sections += _sections(source.name, year, source.path.stem, lines)
    return sections, problems


def _bytes_problem(file: str, lines: list[str]) -> Problem:
    row = next(row for row, line in enumerate(lines, start=1) if "\0" in line or UNDECODABLE.search(line))
    return Problem(file, row, "-", nul_fault(lines[row - 1]) or undecodable_fault(lines[row - 1]))


def _sections(file: str, year: int, objective: str, lines: list[str]) -> Iterator[Section]:
    """Cut the text at its headings of the second level, but not at what looks like one in a block of code."""
    section = Section(file, year, objective, "", 1)
    fence = ""
    for row, line in enumerate(lines, start=1):
        if marks := FENCE.match(line):
            fence = "" if fence == marks[1] else fence or marks[1]
        heading = None if fence else HEADING.fullmatch(line)
        if heading:
            yield section
            section = Section(file, year, objective, heading[1], row)
        else:
            section.lines.append(line)
    yield section
