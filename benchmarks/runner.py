"""Is `gsanalysis run` as fast as it should be? Three questions, each answered by a ratio within one run.

    .venv/bin/python benchmarks/runner.py [--pairs N] [--organisations N ...] [--draw FILE.svg]

1. The obvious loop (papermill, then `jupyter nbconvert` once per format, for each notebook) against `run`, in turn,
   for one year of the invented figures. Pages that differ are an error, not a result. Aim: 7 and more.
2. A run with nothing to do against `python -c "import pandas"`, in turn. Aim: at most 1.
3. Processor seconds and memory for each notebook, from ten notebooks to 320 in one call. Aim: within 10 %.
"""

import argparse
import ctypes
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from gsanalysis.plan import find_root, load

BIN = Path(sys.executable).parent
YEAR, DATA = "2014", "data/illustrative"
BECOME_PARENT_OF_ORPHANS = 36  # PR_SET_CHILD_SUBREAPER: so that the time of every process is ours to ask for


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--pairs", type=int, default=3)
    parser.add_argument("--organisations", type=int, nargs="*", default=[1, 4, 12, 32])
    parser.add_argument("--draw", type=Path, help="an SVG of the third answer")
    options = parser.parse_args()
    os.chdir(find_root())
    ctypes.CDLL(None).prctl(BECOME_PARENT_OF_ORPHANS, 1, 0, 0, 0)
    with tempfile.TemporaryDirectory() as folder:
        if options.pairs:
            loop_and_run(Path(folder), options.pairs)
            nothing_to_do(Path(folder), options.pairs * 5)
        if options.organisations:
            curve = growth(Path(folder), options.organisations)
            if options.draw:
                draw(curve, options.draw)


def loop_and_run(folder: Path, pairs: int) -> None:
    """The first question: seconds of each pair, and the median ratios."""
    ratios = []
    for number in range(pairs):
        loop, run = folder / f"loop-{number}", folder / f"run-{number}"
        pack = _seconds(lambda loop=loop: obvious_loop(loop))
        more = _seconds(lambda loop=loop: rest_of_the_loop(loop))
        fast = _seconds(lambda run=run: _call("gsanalysis", *_run_of(run)))
        _require_same_pages(loop, run / YEAR)
        ratios.append(((pack + more) / fast, pack / fast))
        print(f"loop {pack:.1f} + {more:.1f} s, run {fast:.1f} s, ratio {ratios[-1][0]:.2f}", flush=True)
    same, eight = (statistics.median(column) for column in zip(*ratios, strict=True))
    print(f"obvious loop / run: {same:.2f} for the same ten notebooks;")
    print(
        f"    {eight:.2f} if the loop leaves out the report and the period, which the run makes all the same"
    )


def obvious_loop(target: Path) -> None:
    """What one would write first: one command per step, one step after the other."""
    target.mkdir()
    own = ["-p", "year", YEAR, "-p", "data", DATA]
    for code in load(DATA).objectives["objective"]:
        _papermill_and_convert("objective", target / code, "-p", "objective", code, *own)
    for name in ("overview", "data-quality"):
        _papermill_and_convert(name, target / name, *own)


def rest_of_the_loop(target: Path) -> None:
    """The two further notebooks that a run makes: the report binds the others, the period stands for itself."""
    _papermill_and_convert("report", target / "report", "-p", "year", YEAR, "-p", "data", DATA)
    _papermill_and_convert("period", target / "period", "-p", "data", DATA)


def nothing_to_do(folder: Path, pairs: int) -> None:
    """The second question, on what the first has made."""
    ratios = []
    for _ in range(pairs):
        idle = _seconds(lambda: _call("gsanalysis", *_run_of(folder / "run-0")))
        pandas = _seconds(lambda: _call("python", "-c", "import pandas"))
        ratios.append(idle / pandas)
    print(f"no-op / import pandas: {statistics.median(ratios):.2f} ({idle:.3f} s at last)", flush=True)


def growth(folder: Path, counts: list[int]) -> list[tuple[int, float, float]]:
    """The third question: notebooks, processor seconds for each without the set-up, and peak memory in MB."""
    copies = [Path(shutil.copytree(DATA, folder / f"data/organisation-{n}")) for n in range(max(counts))]
    one_page = ["--data", DATA, "--objective", "O1", "--format", "html", "--out", str(folder / "one")]
    set_up, _ = _measured(one_page)
    print(f"set-up and one page: {set_up:.1f} s of processor time")
    curve = []
    for count in counts:
        out = str(folder / f"of-{count}")
        seconds, peak = _measured(["--data", *map(str, copies[:count]), "--year", YEAR, "--out", out])
        curve.append((10 * count, (seconds - set_up) / (10 * count - 1), peak))
        each = f"{curve[-1][1]:.3f} s each ({seconds / (10 * count):.3f} with the set-up)"
        print(f"{10 * count:4} notebooks: {each}, peak {peak:.0f} MB", flush=True)
    first, last = curve[0], curve[-1]
    print(f"CPU per notebook, last / first: {last[1] / first[1]:.3f}; memory {last[2] / first[2]:.2f}")
    return curve


def draw(curve: list[tuple[int, float, float]], target: Path) -> None:
    """Both lines over the number of notebooks, each from zero."""
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams["svg.hashsalt"] = "gsanalysis"
    import matplotlib.pyplot as plt

    notebooks, seconds, memory = zip(*curve, strict=True)
    figure, (above, below) = plt.subplots(2, sharex=True, figsize=(6, 4.5), layout="constrained")
    above.plot(notebooks, seconds, marker="o", color="#1f4e79")
    above.set(ylabel="processor seconds\nper notebook", ylim=(0, 1.3 * max(seconds)))
    below.plot(notebooks, memory, marker="o", color="#1f4e79")
    below.set(
        ylabel="peak memory, MB", ylim=(0, 1.3 * max(memory)), xlabel="notebooks in one call", xscale="log"
    )
    below.set_xticks(notebooks, [str(number) for number in notebooks])
    below.minorticks_off()
    figure.savefig(target, metadata={"Date": None})


def _papermill_and_convert(notebook: str, made: Path, *parameters: str) -> None:
    source, made = f"notebooks/{notebook}.ipynb", made.with_suffix(".ipynb")
    _call("papermill", source, str(made), *parameters)
    for form in ("html", "pdf"):
        _call("jupyter", "nbconvert", "--to", f"gsanalysis-{form}", str(made))


def _run_of(target: Path) -> list[str]:
    return ["run", "--year", YEAR, "--data", DATA, "--out", str(target)]


def _call(program: str, *arguments: str) -> None:
    subprocess.run([str(BIN / program), *arguments], check=True, capture_output=True)


def _seconds(work: Callable[[], None]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _measured(arguments: list[str]) -> tuple[float, float]:
    """Processor seconds of a run with all its processes, and the most memory that they had at one time, in MB."""
    _wait_for_all()
    before = _spent()
    with _watched() as peak:
        _call("gsanalysis", "run", *arguments)
        _wait_for_all()
    return _spent() - before, peak[0] / 1e6


def _wait_for_all() -> None:
    """Until the processes have ended that a run leaves behind to end by themselves."""
    with suppress(ChildProcessError):
        while True:
            os.wait()


def _spent() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


@contextmanager
def _watched() -> Iterator[list[float]]:
    """The largest sum of what our descendants don't share, and their part of what they do (PSS), looked at often."""
    peak, done = [0.0], threading.Event()

    def watch() -> None:
        while not done.wait(0.5):
            peak[0] = max(peak[0], sum(map(_memory, _descendants())))

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield peak
    finally:
        done.set()
        watcher.join()


def _descendants() -> set[int]:
    parents = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parents[int(path.parent.name)] = int(path.read_text().rpartition(")")[2].split()[1])
        except OSError:
            continue
    found = {os.getpid()}
    while more := {pid for pid, parent in parents.items() if parent in found and pid not in found}:
        found |= more
    return found - {os.getpid()}


def _memory(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return 1024 * sum(float(line.split()[1]) for line in lines if line.startswith("Pss:"))


def _require_same_pages(loop: Path, run: Path) -> None:
    pages = sorted(loop.glob("*.html")) + sorted(loop.glob("*.pdf"))
    for page in pages:
        made = run / page.name if page.stem != "period" else next(run.parent.glob("*-*")) / page.name
        if page.read_bytes() != made.read_bytes():
            raise SystemExit(f"{page.name} differs between the loop and the run: nothing was compared")
    if len(pages) != 20:
        raise SystemExit(f"{len(pages)} pages instead of 20: nothing was compared")


if __name__ == "__main__":
    main()
