"""One row of the indicators, and which of its columns its rule needs and uses."""

from functools import cached_property

from gsanalysis.checking.references import is_reference
from gsanalysis.reading import Sheet
from gsanalysis.schema import RULES, Rule

# The columns whose use depends on the rule, in the order of the file.
RULE_COLUMNS = ("target", "due", "baseline", "baseline_years", "tolerance", "scale", "minimum", "maximum")


class Indicator:
    """One row of the indicators: its texts by column, and whether they can be used."""

    def __init__(self, sheet: Sheet, position: int, texts: dict[str, str]) -> None:
        self.sheet, self.position, self.texts = sheet, position, texts

    def __getitem__(self, column: str) -> str:
        return self.texts[column]

    def is_sound(self, *columns: str) -> bool:
        """Whether the cells of these columns were not reported."""
        return self.sheet.is_sound(self.position, *columns)

    def has(self, *columns: str) -> bool:
        """Whether the cells of these columns are filled and can be used."""
        return self.is_sound(*columns) and all(self.texts[column] for column in columns)

    @cached_property
    def rule(self) -> Rule | None:
        """The row's rule, None where it or the kind that it reads is in doubt."""
        return RULES[self["rule"]] if self.is_sound("rule", "kind") else None

    @cached_property
    def has_due_target(self) -> bool:
        """Whether it has a target to reach by a year; a reference holds every year."""
        return (
            bool(self.rule and self.rule.takes_due and self.has("target", "due")) and not self.has_reference
        )

    @cached_property
    def has_reference(self) -> bool:
        """Whether its target is the code of an indicator."""
        return bool(self.rule and self.rule.takes_due and self.has("target")) and is_reference(self["target"])

    @cached_property
    def needs(self) -> tuple[str, ...]:
        """The columns that have to be filled."""
        if self.rule is None:
            return ()
        due = ("baseline_years",) if self.has_due_target else ()
        scale = ("scale",) if self["kind"] == "level" else ()
        return tuple(dict.fromkeys((*self.rule.needs, *due, *scale)))

    @cached_property
    def uses(self) -> tuple[str, ...]:
        """The columns that are looked at where they are filled, those needed among them."""
        if self.rule is None:
            return RULE_COLUMNS
        due = ("due", "baseline") if self.has_due_target else ()
        bounds = ("minimum", "maximum") if self["kind"] == "number" else ()
        return (*self.needs, *self.rule.uses, *due, *bounds)

    @cached_property
    def baseline_year(self) -> int | None:
        """The single baseline year that the rule uses."""
        years = self["baseline_years"]
        usable = "baseline_years" in self.uses and self.has("baseline_years")
        return int(years) if usable and "-" not in years else None


def indicators_of(sheet: Sheet) -> list[Indicator]:
    """Return the rows of the indicators, one by one."""
    columns = [sheet.frame[name].tolist() for name in sheet.table.names]
    rows = zip(*columns, strict=True)
    return [Indicator(sheet, i, dict(zip(sheet.table.names, row, strict=True))) for i, row in enumerate(rows)]
