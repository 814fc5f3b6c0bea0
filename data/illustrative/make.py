"""Makes the illustrative data folder that this script stands in: a second reading of the plan with invented figures.

    python data/illustrative/make.py

The objectives, outputs, expected results, KPIs and links are those of `data/plan`. What is invented stands in
`stories/`, one thing a line:

- `readings.csv`: the indicators, in their order. A code alone is the indicator of `data/plan`; a filled cell
  replaces that indicator's, and `-` empties it.
- `series.csv`: the figures of an indicator or part, year by year. An empty cell gives no row: nobody reported.
  `published` is when: `+1 03-12` is 12 March of the year after, `+0` the year itself.
- `remarks.csv`: what a figure needs besides. A filled cell replaces the figure's own; `later` in `vintage` makes a
  second row of it, reported on the day given.

The commentary is written by hand. `tests/test_illustrative.py` runs this script and compares.
"""

from __future__ import annotations

import csv
import shutil
import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

HERE = Path(__file__).resolve().parent
REAL_PLAN = HERE.parent / "plan"
STORIES = HERE / "stories"
SAME_FILES = ("plan.toml", "objectives.csv", "outputs.csv", "expected_results.csv", "kpis.csv", "links.csv")
YEARS = range(2008, 2016)
WITHOUT_VALUE = ("not_applicable", "not_collected")
COLUMNS = (
    "indicator", "year", "breakdown", "value", "state", "reported_on", "source", "verification", "comment",
    "responses", "invited",
)  # fmt: skip

Row = dict[str, str]


def main(folder: Path) -> None:
    """Write `plan/` and `measurements/` into a folder."""
    plan, measurements = folder / "plan", folder / "measurements"
    plan.mkdir(parents=True, exist_ok=True)
    measurements.mkdir(exist_ok=True)
    for name in SAME_FILES:
        shutil.copyfile(REAL_PLAN / name, plan / name)
    indicators = read_indicators()
    write(plan / "indicators.csv", list(indicators[0]), indicators)
    figures = in_order([*first_vintages(), *later_vintages()], indicators)
    for year in YEARS:
        write(measurements / f"{year}.csv", COLUMNS, [row for row in figures if row["year"] == str(year)])


def read_indicators() -> list[Row]:
    """The rows of `indicators.csv`: those of the real plan, with what the demonstration reads otherwise."""
    real = {row["indicator"]: row for row in rows(REAL_PLAN / "indicators.csv")}
    columns = list(next(iter(real.values())))
    readings = []
    for reading in rows(STORIES / "readings.csv"):
        ours = {name: cell for name, cell in reading.items() if cell}
        row = dict.fromkeys(columns, "") | real.get(reading["indicator"], {}) | ours
        readings.append({name: "" if cell == "-" else cell for name, cell in row.items()})
    return readings


def first_vintages() -> list[Row]:
    """The figures of `series.csv` as rows, with their remarks."""
    remarks = {key(row): row for row in rows(STORIES / "remarks.csv") if not row["vintage"]}
    figures = [
        remarked(figure(series, year), remarks.pop((series["indicator"], str(year), series["breakdown"]), {}))
        for series in rows(STORIES / "series.csv")
        for year in YEARS
        if series[str(year)]
    ]
    if remarks:
        raise ValueError(f"remarks.csv has remarks on figures that series.csv does not have: {list(remarks)}")
    return figures


def later_vintages() -> list[Row]:
    """The corrections of `remarks.csv`, each a whole row beside the one that it corrects."""
    first = {key(row): row for row in first_vintages()}
    corrections = [row for row in rows(STORIES / "remarks.csv") if row["vintage"] == "later"]
    return [remarked(first[key(row)], row) for row in corrections]


def figure(series: Row, year: int) -> Row:
    """One figure of a series, as a row."""
    delay, day = series["published"].split()
    return stated(
        {
            "indicator": series["indicator"],
            "year": str(year),
            "breakdown": series["breakdown"],
            "value": series[str(year)],
            "reported_on": f"{year + int(delay)}-{day}",
            "source": f"Invented for the demonstration: {series['source']} {year}",
            "verification": series["verification"],
        }
    )


def remarked(row: Row, remark: Row) -> Row:
    """A row with the filled cells of a remark in place of its own."""
    return stated(row | {name: cell for name, cell in remark.items() if cell and name != "vintage"})


def stated(row: Row) -> Row:
    """A row with its state, and no value where there is none."""
    if not row["value"]:
        return row
    if row["value"] in WITHOUT_VALUE:
        return row | {"value": "", "state": row["value"]}
    return row | {"state": "illustrative"}


def in_order(figures: Iterable[Row], indicators: list[Row]) -> list[Row]:
    """The rows in the order of the plan's indicators, each correction after what it corrects."""
    place = {row["indicator"]: number for number, row in enumerate(indicators)}
    parts: dict[str, dict[str, int]] = defaultdict(dict)
    figures = list(figures)
    for row in figures:
        parts[row["indicator"]].setdefault(row["breakdown"], len(parts[row["indicator"]]))

    def order(row: Row) -> tuple[int, int, str]:
        code = row["indicator"]
        return place[code], parts[code][row["breakdown"]], row["reported_on"]

    return sorted(figures, key=order)


def key(row: Row) -> tuple[str, str, str]:
    """What a remark names a figure by."""
    return row["indicator"], row["year"], row["breakdown"]


def rows(path: Path) -> list[Row]:
    """The rows of a CSV file; cells that a short line leaves out are empty."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, restval=""))


def write(path: Path, columns: Iterable[str], content: Iterable[Row]) -> None:
    """Write a CSV file, UTF-8 with LF."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(columns), restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(content)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
