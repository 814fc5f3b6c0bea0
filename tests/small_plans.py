"""One indicator, its figures and its rating, short enough to be written inside a test."""

import tempfile
from pathlib import Path

from random_plans import INDICATOR_COLUMNS, Package

from gsanalysis.plan import Plan, load
from gsanalysis.rating.rate import assess

CANCELLED, WITHHELD = "not_applicable", "not_collected"


def row(year, value, state="final", part="", reported_on="", indicator="I"):
    """One line of measurements/YYYY.csv; `value` may be CANCELLED or WITHHELD."""
    if value in (CANCELLED, WITHHELD):
        value, state = "", value
    day = reported_on or f"{year + 1}-03-31"
    cells = {"indicator": indicator, "year": year, "breakdown": part, "value": value, "state": state}
    return cells | {"reported_on": day, "source": "A report", "comment": ""}


def rows(figures, indicator="I"):
    """Rows from {year: value} or {year: {part: value}}, all final and reported in March of the next year."""
    lines = []
    for year, value in figures.items():
        parts = value if isinstance(value, dict) else {"": value}
        lines += [row(year, cell, part=part, indicator=indicator) for part, cell in parts.items()]
    return lines


def indicator(rule, **spec):
    kind = {"yes": "yes_no", "level": "level", "by_date": "date"}.get(rule, "number")
    given = {"indicator": "I", "kpi": "K", "name": "It", "unit": "number", "kind": kind, "basis": "plan"}
    return dict.fromkeys(INDICATOR_COLUMNS, "") | given | {"rule": rule} | spec


def plan_of(indicators, lines, last_year=2015, kpis=("K",), coverage_floor="0.5") -> Plan:
    objectives = [{"objective": "O", "title": "An objective"}]
    settings = {"first_year": 2012, "last_year": last_year, "coverage_floor": coverage_floor}
    kpi_rows = [{"kpi": kpi, "objective": "O", "text": "A KPI"} for kpi in kpis]
    package = Package(settings, objectives, kpi_rows, list(indicators), list(lines))
    with tempfile.TemporaryDirectory() as folder:
        return load(package.write(Path(folder)))


def records(plan, year, level="indicator", as_of=None):
    """The records of `assess`, empty cells as None."""
    frame = assess(plan, year, level, as_of).astype(object)
    return frame.where(frame.notna() & (frame != ""), None).to_dict("records")


def rated(spec, lines, year=2013, as_of=None, last_year=2015, beside=()):
    """The record of the indicator in this year; `lines` may be {year: value}; `beside`: other indicators."""
    lines = rows(lines) if isinstance(lines, dict) else lines
    return records(plan_of([spec, *beside], lines, last_year), year, as_of=as_of)[0]
