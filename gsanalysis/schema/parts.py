"""What a file, a column and a rule are made of, and the words and patterns that cells may hold."""

import re
from dataclasses import dataclass
from typing import Any

CODE = re.compile(r"[^\W\d_][\w.\-]*")
YEAR = re.compile(r"[1-9][0-9]{3}", re.ASCII)
YEARS = re.compile(r"[1-9][0-9]{3}(-[1-9][0-9]{3})?", re.ASCII)
NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?", re.ASCII)

KINDS = ("number", "yes_no", "date", "level")
BASES = ("plan", "derived", "assumed")
BREAKDOWNS = ("sum", "each")
RATINGS = ("achieved", "on_track", "at_risk", "off_track")  # best to worst
NOT_RATED = ("no_data", "no_comparison", "not_yet_due", "not_applicable", "monitored")
STATES_WITH_VALUE = ("final", "provisional", "estimated", "illustrative")
STATES_WITHOUT_VALUE = ("not_applicable", "not_collected")
VERIFICATIONS = ("audited", "published", "internal", "stated")
# What a validator grades the evidence of an indicator by (research/domain.md of the project's brief: Australia
# RMG 131, New Zealand Treasury, US GAO, OAG Canada).
CRITERIA = (
    "relevant",
    "well_defined",
    "timely",
    "comparable",
    "verifiable",
    "unbiased",
    "accurate_enough",
)
GRADES = ("met", "partly", "not_met", "not_assessed")


@dataclass(frozen=True)
class Column:
    """A column of a CSV file, or a key of `plan.toml`.

    `type` is one of text, code, number, count, share, year, years, date, address, choice, labels, language,
    and `target` or `value`, whose form depends on the indicator. A required column has to be there; its
    cells have to be filled unless `may_be_empty`. `names` is the table whose codes the cells name.
    """

    name: str
    type: str
    meaning: str
    required: bool = False
    may_be_empty: bool = False
    allowed: tuple[str, ...] = ()
    minimum: float | None = None
    names: str = ""
    unit: str = ""

    @property
    def explained(self) -> str:
        """The meaning as a part of a sentence."""
        return self.meaning[0].lower() + self.meaning[1:].rstrip(".")


@dataclass(frozen=True)
class Table:
    """A CSV file, or with `by_year` a folder of files with the same columns, one per year.

    `key` makes a row unique; `file` in it stands for the file's year.
    """

    name: str
    path: str
    thing: str
    meaning: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    may_be_absent: bool = False
    by_year: bool = False

    @property
    def files(self) -> str:
        """The file's path, or what those of a folder are called."""
        return f"{self.path}/YYYY.csv" if self.by_year else self.path

    @property
    def names(self) -> list[str]:
        """The columns' names in their order."""
        return [column.name for column in self.columns]

    @property
    def required(self) -> list[str]:
        """The names of the columns that have to be there."""
        return [column.name for column in self.columns if column.required]

    def __getitem__(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)


@dataclass(frozen=True)
class Rule:
    """What a rule reads: the kinds of value, the columns that it needs, and those that it uses where filled.

    `years` says what `baseline_years` must be: `single`, `range` (three years or more), or "" where the rule
    does not use them. `takes_due`: with a `due` year the rule also needs a single baseline year, and uses
    a stated baseline.
    """

    name: str
    meaning: str
    kinds: tuple[str, ...]
    needs: tuple[str, ...] = ()
    uses: tuple[str, ...] = ()
    years: str = ""
    takes_due: bool = False


def optional(name: str, type: str, meaning: str, **more: Any) -> Column:
    """A column that may be missing altogether."""
    return Column(name, type, meaning, **more)


def must(name: str, type: str, meaning: str, **more: Any) -> Column:
    """A column that has to be there."""
    return Column(name, type, meaning, required=True, **more)
