"""How much faster `gsanalysis run` is than the obvious loop: papermill, then nbconvert once per format.

    .venv/bin/python benchmarks/compare_run.py [YEAR] [--data DIR] [--pairs N]

Both make the same notebooks of one year in turn, so that what else the machine does meets both. Prints the
seconds of each pair and the median ratio; a pair whose pages differ is an error, not a result.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from gsanalysis.plan import find_root, load

BIN = Path(sys.executable).parent


def main() -> None:
    options = _options()
    os.chdir(find_root())
    ratios = []
    for _ in range(options.pairs):
        with tempfile.TemporaryDirectory() as folder:
            loop, run = Path(folder) / "loop", Path(folder) / "run"
            slow = _seconds(lambda target: obvious_loop(options.year, options.data, target), loop)
            fast = _seconds(lambda target: our_run(options.year, options.data, target), run)
            _require_same_pages(loop, run / str(options.year))
        ratios.append(slow / fast)
        print(f"loop {slow:.1f} s, run {fast:.1f} s, ratio {slow / fast:.2f}", flush=True)
    print(f"median ratio {statistics.median(ratios):.2f}")


def obvious_loop(year: int, data: str, target: Path) -> None:
    """What one would write first: one command per step, one step after the other."""
    target.mkdir()
    objectives = [
        ("objective", code, ["-p", "objective", code]) for code in load(data).objectives["objective"]
    ]
    for notebook, name, own in [
        ("overview", "overview", []),
        *objectives,
        ("data-quality", "data-quality", []),
    ]:
        made = target / f"{name}.ipynb"
        parameters = [*own, "-p", "year", str(year), *(["-p", "data", data] if data else [])]
        _call("papermill", f"notebooks/{notebook}.ipynb", str(made), *parameters)
        for form in ("html", "pdf"):
            _call("jupyter", "nbconvert", "--to", f"gsanalysis-{form}", str(made))


def our_run(year: int, data: str, target: Path) -> None:
    _call("gsanalysis", "run", "--year", str(year), "--out", str(target), *(["--data", data] if data else []))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("year", type=int, nargs="?", default=2014)
    parser.add_argument("--data", default="data/illustrative")
    parser.add_argument("--pairs", type=int, default=3)
    return parser.parse_args()


def _call(program: str, *arguments: str) -> None:
    subprocess.run([str(BIN / program), *arguments], check=True, capture_output=True)


def _seconds(work: Callable[[Path], None], target: Path) -> float:
    began = time.perf_counter()
    work(target)
    return time.perf_counter() - began


def _require_same_pages(loop: Path, run: Path) -> None:
    for page in sorted(loop.glob("*.html")) + sorted(loop.glob("*.pdf")):
        if page.read_bytes() != (run / page.name).read_bytes():
            raise SystemExit(f"{page.name} differs between the loop and the run: nothing was compared")


if __name__ == "__main__":
    main()
