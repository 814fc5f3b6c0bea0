"""Where the words of a PDF stand: off the page, over each other, or where they belong."""

import io
import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pikepdf
from pdf_structure import shown_codes, unicode_map

MARGIN = 20 * 72 / 25.4
Matrix = tuple[float, float, float, float, float, float]
UNIT: Matrix = (1, 0, 0, 1, 0, 0)


@dataclass(frozen=True)
class Run:
    """A run of text: its page, counted from 1, its left and right end, its base line and its size, in points."""

    page: int
    left: float
    right: float
    base: float
    size: float
    text: str


def read_runs(data: bytes) -> list[Run]:
    """Give every run of visible text; the words that only screen readers get (1 point high) are left out."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        runs = [run for number, page in enumerate(pdf.pages, 1) for run in _page_runs(number, page)]
    return [run for run in runs if run.size > 2 and run.text.strip("\u200b ")]


def place_faults(data: bytes, margin: float = MARGIN) -> list[str]:
    """List the words that leave the margins and those that overlap; empty for a good PDF."""
    runs = read_runs(data)
    faults = [
        f"Page {run.page}: {run.text!r} leaves the margins."
        for run in runs
        if run.left < margin - 1 or run.right > 595.3 - margin + 1 or not 30 < run.base < 812
    ]
    lines: dict[tuple[int, int], list[Run]] = {}
    for run in runs:
        lines.setdefault((run.page, round(run.base)), []).append(run)
    for line in lines.values():
        line.sort(key=lambda run: run.left)
        for before, after in itertools.pairwise(line):
            if after.left < before.right - 1:
                faults.append(f"Page {after.page}: {after.text!r} stands over {before.text!r}.")
    return faults


def _page_runs(number: int, page: Any) -> Iterator[Run]:
    fonts = {name: (unicode_map(f), _widths(f)) for name, f in page.resources.get("/Font", {}).items()}
    outer, saved, inner, font, size = UNIT, [], UNIT, "", 0.0
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name == "q":
            saved.append(outer)
        elif name == "Q":
            outer = saved.pop()
        elif name == "cm":
            outer = _times(_matrix(operands), outer)
        elif name == "Tm":
            inner = _matrix(operands)
        elif name == "Tf":
            font, size = str(operands[0]), float(operands[1])
        elif name in ("Tj", "TJ"):
            yield _run(number, operands[0], fonts[font], _times(inner, outer), size)


def _run(number: int, operand: Any, font: Any, at: Matrix, size: float) -> Run:
    """Measure a run of text; the spaces at its end don't count, they may hang over a margin."""
    to_unicode, widths = font
    codes = shown_codes(operand)
    text = "".join(to_unicode.get(code, "") for code in codes)
    while codes and not to_unicode.get(codes[-1], "").strip("\u200b "):
        codes.pop()
    moved = sum(float(p) for p in operand if not isinstance(p, pikepdf.String)) if _is_array(operand) else 0
    width = (sum(widths.get(code, 0) for code in codes) - moved) / 1000 * size * at[0]
    return Run(number, at[4], at[4] + width, at[5], abs(size * at[3]), text)


def _widths(font: Any) -> dict[int, float]:
    found: dict[int, float] = {}
    items = list(font.DescendantFonts[0].get("/W", []))
    while items:
        first = int(items.pop(0))
        second = items.pop(0)
        if _is_array(second):
            found |= {first + n: float(width) for n, width in enumerate(second)}
        else:
            found |= dict.fromkeys(range(first, int(second) + 1), float(items.pop(0)))
    return found


def _is_array(item: Any) -> bool:
    return isinstance(item, pikepdf.Array)


def _matrix(operands: Any) -> Matrix:
    a, b, c, d, e, f = (float(number) for number in operands)
    return (a, b, c, d, e, f)


def _times(m: Matrix, n: Matrix) -> Matrix:
    return (
        m[0] * n[0] + m[1] * n[2],
        m[0] * n[1] + m[1] * n[3],
        m[2] * n[0] + m[3] * n[2],
        m[2] * n[1] + m[3] * n[3],
        m[4] * n[0] + m[5] * n[2] + n[4],
        m[4] * n[1] + m[5] * n[3] + n[5],
    )
