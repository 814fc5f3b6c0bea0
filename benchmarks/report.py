"""What the whole report costs: its PDF against the PDFs of its pages set one by one, in the same run.

    .venv/bin/python benchmarks/report.py [YEAR] [--data DIR] [--pairs N]

Makes the notebooks of the year once; then sets, in turn, the report's PDF and those of the pages that it takes in,
so that what else the machine does meets both. Prints one table: seconds, their median ratio, pages and sizes with
the sizes that are asked for.
"""

import argparse
import io
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

import pikepdf

from gsanalysis.plan import find_root, load

TIMED = """
import sys, time
from gsanalysis.exporters import PDFExporter
exporter = PDFExporter(strict=True)
began = time.perf_counter()
for file in sys.argv[1:]:
    exporter.from_filename(file)
print(time.perf_counter() - began)
"""
REPORT_BYTES, OBJECTIVE_BYTES = 3_000_000, 500_000


def main() -> None:
    options = _options()
    with tempfile.TemporaryDirectory() as out:
        _make(options, out)
        folder = Path(out) / str(options.year)
        objectives = list(load(options.data).objectives["objective"])
        pages = ["overview", *objectives, "data-quality"]
        pairs = [_pair(folder, pages) for _ in range(options.pairs)]
        _print(folder, objectives, pairs)


def _make(options: argparse.Namespace, out: str) -> None:
    command = [sys.executable, "-m", "gsanalysis", "run", "--year", str(options.year), "--out", out]
    subprocess.run([*command, "--data", options.data], check=True, cwd=find_root(), stdout=subprocess.DEVNULL)


def _pair(folder: Path, pages: list[str]) -> tuple[float, float]:
    """Give the seconds of the report's PDF, and of its pages' PDFs together."""
    report = _seconds(folder, ["report"])
    return report, _seconds(folder, pages)


def _seconds(folder: Path, pages: list[str]) -> float:
    """Give the seconds in a fresh process, since Typst remembers what it has set; its start is not counted."""
    files = [str(folder / f"{page}.ipynb") for page in pages]
    done = subprocess.run(
        [sys.executable, "-c", TIMED, *files], check=True, capture_output=True, encoding="utf-8"
    )
    return float(done.stdout)


def _print(folder: Path, objectives: list[str], pairs: list[tuple[float, float]]) -> None:
    pdf = (folder / "report.pdf").read_bytes()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        count = len(opened.pages)
    largest = max(objectives, key=lambda code: (folder / f"{code}.html").stat().st_size)
    size = (folder / f"{largest}.html").stat().st_size
    report, single = (statistics.median(column) for column in zip(*pairs, strict=True))
    ratio = statistics.median(whole / parts for whole, parts in pairs)
    print("what                           measured     asked for")
    print(f"report.pdf, median             {report:6.2f} s")
    print(f"its pages' PDFs, median        {single:6.2f} s")
    print(f"report against its pages       {ratio:6.2f}")
    print(f"pages of report.pdf            {count:6d}")
    print(f"report.pdf                     {len(pdf) / 1000:6.0f} kB    under {REPORT_BYTES // 1000} kB")
    print(
        f"largest objective, {largest}.html     {size / 1000:6.0f} kB    under {OBJECTIVE_BYTES // 1000} kB"
    )
    if len(pdf) >= REPORT_BYTES or size >= OBJECTIVE_BYTES:
        raise SystemExit("larger than asked for")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("year", type=int, nargs="?", default=2014)
    parser.add_argument("--data", default="data/illustrative")
    parser.add_argument("--pairs", type=int, default=3)
    return parser.parse_args()


if __name__ == "__main__":
    main()
