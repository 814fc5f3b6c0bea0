"""How `check` and `assess` grow: 100,000 rows of measurements against pandas reading the same files as text.

    .venv/bin/python benchmarks/check_assess.py [--rows N] [--times N]

Everything is timed in one process, the shortest of a few times each. `load` checks all that `check` does before it
gives a plan, so that check and assess are `assess(load(folder), year)`. The aim is a ratio of at most 8.
"""

import argparse
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd

from gsanalysis.checking import check
from gsanalysis.plan import load
from gsanalysis.rating.rate import assess

AIM = 8
YEARS = range(2008, 2016)
PARTS = 10  # of an indicator, each with two vintages a year
HEADER = "indicator,year,breakdown,value,state,reported_on,source,source_url,verification,comment,responses,invited\n"
SOURCE = (
    "Annual report on the implementation of the strategic plan,https://www.example.org/report/en,published"
)
COMMENT = "Counted at the end of the year; the definition is that of the year before"
RULES = (
    "at_least,90,,,",
    "at_least,90,2015,50,2011",
    "rise_each_year,,,,",
    "increase,,,,2011",
    "monitor,,,,",
)


def main() -> None:
    options = _options()
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        rows = write_data(data, options.rows)
        reading = _shortest(
            lambda: [pd.read_csv(path, dtype=str) for path in data.rglob("*.csv")], options.times
        )
        checking = _shortest(lambda: _require_clean(data), options.times)
        both = _shortest(lambda: assess(load(data), YEARS[-1]), options.times)
    print(
        f"{rows} rows: read_csv {reading:.2f} s, check alone {checking:.2f} s, check and assess {both:.2f} s"
    )
    print(f"ratio of check and assess {both / reading:.1f} (aim: at most {AIM})")


def write_data(folder: Path, rows: int) -> int:
    """A sound plan with as many indicators as the rows need; gives the number of rows written."""
    indicators = [f"K{n}a" for n in range(max(1, rows // (len(YEARS) * PARTS * 2)))]
    (folder / "plan").mkdir()
    (folder / "measurements").mkdir()
    settings = 'title = "A large plan"\norganisation = "A test"\nfirst_year = 2012\nlast_year = 2015\n'
    (folder / "plan/plan.toml").write_text(settings)
    (folder / "plan/objectives.csv").write_text("objective,title\nO,All\n")
    kpis = (f"{code[:-1]},O,Text of {code}" for code in indicators)
    (folder / "plan/kpis.csv").write_text("\n".join(["kpi,objective,text", *kpis, ""]))
    header = "indicator,kpi,name,unit,kind,rule,target,due,baseline,baseline_years,breakdowns,basis"
    lines = (
        f"{code},{code[:-1]},Name of {code},%,number,{RULES[n % len(RULES)]},each,plan"
        for n, code in enumerate(indicators)
    )
    (folder / "plan/indicators.csv").write_text("\n".join([header, *lines, ""]))
    return sum(_write_year(folder / f"measurements/{year}.csv", year, indicators) for year in YEARS)


def _write_year(path: Path, year: int, indicators: list[str]) -> int:
    lines = [
        f"{code},{year},Part {part},{40 + (7 * n + 3 * part + year + vintage) % 60},final,"
        f"{year + 1}-0{3 + 3 * vintage}-15,{SOURCE},{COMMENT},{100 + part},{300 + part}\n"
        for n, code in enumerate(indicators)
        for part in range(PARTS)
        for vintage in range(2)
    ]
    path.write_text(HEADER + "".join(lines))
    return len(lines)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--times", type=int, default=3)
    return parser.parse_args()


def _require_clean(data: Path) -> None:
    errors = [problem for problem in check(data) if not problem.warning]
    if errors:
        raise SystemExit(f"the generated data are not sound: {errors[0]}")


def _shortest(work: Callable[[], object], times: int) -> float:
    durations = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        durations.append(time.perf_counter() - began)
    return min(durations)


if __name__ == "__main__":
    main()
