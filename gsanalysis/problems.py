"""What is wrong with a data folder or with a command, said to the person who can mend it."""

import difflib
import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong, and where: `str()` gives `file:row:column: message`.

    `file` is relative to the data folder, `row` the line that a text editor shows, `column` the name in the
    header, or `-` where a whole file or row is meant. A warning is odd but usable.

    >>> import gsanalysis as gs
    >>> str(gs.Problem("measurements/2014.csv", 7, "value", "“12,5” has a decimal comma, expected 12.5"))
    'measurements/2014.csv:7:value: “12,5” has a decimal comma, expected 12.5'
    """

    file: str
    row: int
    column: str
    message: str
    warning: bool = False

    def below(self, folders: Sequence[str]) -> "Problem":
        """Return the problem with its file named from above these folders."""
        return replace(self, file="/".join([*folders, self.file]))

    def __str__(self) -> str:
        word = "warning: " if self.warning else ""
        return visible(f"{self.file}:{self.row}:{self.column}: {word}{self.message}")


@dataclass(frozen=True)
class CellProblem(Problem):
    """One thing that is wrong in a workbook: `str()` gives `file:sheet!D7: message`; `column` is its letter."""

    sheet: str = ""

    def __str__(self) -> str:
        return visible(f"{self.file}:{self.sheet}!{self.column}{self.row}: {self.message}")


class DataError(Exception):
    """The data or the plan has errors; `problems` holds all of them, without the warnings.

    >>> import gsanalysis as gs
    >>> gs.DataError([gs.Problem("plan/kpis.csv", 4, "kpi", "the cell is empty, expected a code")]).problems[0].column
    'kpi'
    """

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = list(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))

    def __reduce__(self) -> tuple[type["DataError"], tuple[list[Problem]]]:
        return DataError, (self.problems,)


class UsageError(Exception):
    """Something was asked for that isn't there; the text is one sentence.

    >>> import gsanalysis as gs
    >>> gs.load("no such folder")
    Traceback (most recent call last):
    gsanalysis.problems.UsageError: no such folder is not there.
    """


def visible(text: str, keep: str = "") -> str:
    """Return the text on one line: control characters and undecodable bytes are written as escapes.

    So are spaces that look like another, but for those in `keep`.
    """
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c in keep else _escaped(c) for c in text)


def _escaped(character: str) -> str:
    byte = ord(character) - 0xDC00  # a byte that could not be decoded stands as one of U+DC80 to U+DCFF
    return f"\\x{byte:02x}" if 0x80 <= byte <= 0xFF else character.encode("unicode_escape").decode("ascii")


def quoted(text: str, limit: int = 60) -> str:
    """Return the text in quotation marks, on one line and cut after `limit` characters."""
    shown = visible(text[: limit + 1])
    return f"“{shown[:limit]}…”" if len(shown) > limit else f"“{shown}”"


def nearest(text: str, names: Iterable[str], cutoff: float = 0.6) -> str:
    """Return the name most like the text, whatever its capitals, or "" where none is alike enough."""
    lowered: dict[str, str] = {}
    for name in names:
        lowered.setdefault(name.casefold(), name)
    alike = difflib.get_close_matches(text.casefold(), list(lowered), n=10, cutoff=cutoff)
    found = max(alike, key=lambda name: _likeness(text.casefold(), name), default="")
    return lowered.get(found, "")


def _likeness(text: str, name: str) -> tuple[float, int]:
    """Return how alike two texts are; of equally like ones that which begins alike is the likelier."""
    ratio = difflib.SequenceMatcher(None, name, text).ratio()
    beginning = sum(
        1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], zip(text, name, strict=False))
    )
    return ratio, beginning


def listed(names: Sequence[str], last: str = "and", limit: int = 6) -> str:
    """Return "a, b and c"; after `limit` names the rest is counted: "a, b, c and 4 more"."""
    shown = list(names[:limit])
    if len(names) > limit:
        shown.append(f"{len(names) - limit} more")
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} {last} {shown[-1]}"
