"""The columns of a form: those of the measurements, then what tells a colleague what is asked."""

import re
from dataclasses import replace

from gsanalysis.schema import MEASUREMENTS, Column, Table

SHEET = "measurements"
ASKED = "what is asked"
# What stands beside the cells to fill in; ignored on the way back, but for the name that the code must fit.
FURTHER = (
    ASKED,
    "the plan's words",
    "unit",
    "what to enter",
    "how it is rated",
    "definition",
    "who supplies it",
    "last year",
    "already known",
)
# On the way back every cell may be empty: rows with neither value nor state are skipped.
FORM = Table(
    name=MEASUREMENTS.name,
    path=MEASUREMENTS.path,
    thing=MEASUREMENTS.thing,
    meaning=MEASUREMENTS.meaning,
    key=MEASUREMENTS.key,
    columns=(
        *(replace(column, may_be_empty=True) for column in MEASUREMENTS.columns),
        *(Column(name, "text", name) for name in FURTHER),
    ),
)


def title_of(objective: str, year: int) -> str:
    """The title in a form's properties, by which it knows its year when it comes back."""
    return f"Figures of {objective} for {year}"


def year_of(title: str) -> str:
    """The year of a form with this title; "" where it is no form's, as of a workbook made by hand."""
    found = re.fullmatch(r"Figures of \S+ for (\d{4})", title, re.ASCII)
    return found[1] if found else ""
