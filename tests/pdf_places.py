"""Where the words of a PDF stand: off the page, over each other, or where they belong."""

import itertools

from pdf_content import Run
from pdf_reading import read_structure

MARGIN = 20 * 72 / 25.4
HANGING = 0.25  # of the size of the type
KERNING = 0.15  # of the size of the type: as much closer may two letters stand that fit into each other


def read_runs(data: bytes) -> list[Run]:
    """Give every run of visible text; the words that only screen readers get (1 point high) are left out."""
    return [run for run in read_structure(data).runs if run.size > 2 and run.text.strip("\u200b ")]


def place_faults(data: bytes, margin: float = MARGIN) -> list[str]:
    """List the words that leave the margins and those that overlap; empty for a good PDF."""
    runs = read_runs(data)
    faults = [
        f"Page {run.page}: {run.text!r} leaves the margins."
        for run in runs
        if run.left < margin - 1 or _end(run) > 595.3 - margin + 1 or not 30 < run.base < 812
    ]
    lines: dict[tuple[int, int], list[Run]] = {}
    for run in runs:
        lines.setdefault((run.page, round(run.base)), []).append(run)
    for line in lines.values():
        line.sort(key=lambda run: run.left)
        for before, after in itertools.pairwise(line):
            if after.left < before.right - max(1, KERNING * before.size):
                faults.append(f"Page {after.page}: {after.text!r} stands over {before.text!r}.")
    return faults


def _end(run: Run) -> float:
    """Give where a run ends for the eye: Typst lets a stop at the end of a line hang over by a part of its width."""
    return run.right - (HANGING * run.size if run.text.strip().endswith((".", ",", ":", "-")) else 0)
