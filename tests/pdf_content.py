"""What the content streams of a PDF show: runs of text with their place, page by page, and whose they are."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf

Matrix = tuple[float, float, float, float, float, float]
UNIT: Matrix = (1, 0, 0, 1, 0, 0)


@dataclass(frozen=True)
class Run:
    """A run of text: its page, counted from 1, its left and right end, its base line and its size, in points.

    `mark` is the number of the marked content that it belongs to, None in headers and footers.
    """

    page: int
    left: float
    right: float
    base: float
    size: float
    text: str
    mark: int | None


@dataclass
class Content:
    """A page: its text by marked-content number, the text of its headers and footers, and its runs."""

    tagged: dict[int, str] = field(default_factory=dict)
    artifacts: str = ""
    runs: list[Run] = field(default_factory=list)


@dataclass(frozen=True)
class Font:
    """The text and the width of each two-byte code of a font."""

    text: dict[int, str]
    widths: dict[int, float]


def read_contents(pdf: pikepdf.Pdf) -> list[Content]:
    """Read the content of every page; a font that many pages use is read once."""
    fonts: dict[Any, Font] = {}
    return [_content(number, page, fonts) for number, page in enumerate(pdf.pages, 1)]


def _content(number: int, page: Any, fonts: dict[Any, Font]) -> Content:
    own = {name: _font(font, fonts) for name, font in page.resources.get("/Font", {}).items()}
    found, marks = Content(), list[tuple[int | None, str]]()
    outer, saved, inner, font, size = UNIT, list[Matrix](), UNIT, "", 0.0
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name in ("BDC", "BMC"):
            marks.append(_mark(operands))
        elif name == "EMC":
            _, actual = marks.pop()
            _say(found, _number(marks), actual)
        elif name == "q":
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
            run = _run(number, operands[0], own[font], _times(inner, outer), size, _number(marks))
            found.runs.append(run)
            if not any(actual for _, actual in marks):
                _say(found, run.mark, run.text)
    return found


def _say(found: Content, mark: int | None, text: str) -> None:
    if mark is not None:
        found.tagged[mark] = found.tagged.get(mark, "") + text
    else:
        found.artifacts += text


def _number(marks: list[tuple[int | None, str]]) -> int | None:
    return next((mark for mark, _ in reversed(marks) if mark is not None), None)


def _mark(operands: Any) -> tuple[int | None, str]:
    """Give the number of a marked content and the text that stands for it, where it has them."""
    properties = operands[1] if len(operands) > 1 and isinstance(operands[1], pikepdf.Dictionary) else {}
    mark = properties.get("/MCID")
    return None if mark is None else int(mark), str(properties.get("/ActualText", ""))


def _run(number: int, operand: Any, font: Font, at: Matrix, size: float, mark: int | None) -> Run:
    """Measure a run of text; the spaces at its end don't count, they may hang over a margin."""
    pieces = list(operand) if isinstance(operand, pikepdf.Array) else [operand]
    codes = [code for piece in pieces if isinstance(piece, pikepdf.String) for code in _codes(bytes(piece))]
    text = "".join(font.text.get(code, "") for code in codes)
    while codes and not font.text.get(codes[-1], "").strip("\u200b "):
        codes.pop()
    moved = sum(float(piece) for piece in pieces if not isinstance(piece, pikepdf.String))
    width = (sum(font.widths.get(code, 0) for code in codes) - moved) / 1000 * size * at[0]
    return Run(number, at[4], at[4] + width, at[5], abs(size * at[3]), text, mark)


def _codes(shown: bytes) -> Iterator[int]:
    return (int.from_bytes(shown[at : at + 2], "big") for at in range(0, len(shown), 2))


def _font(font: Any, known: dict[Any, Font]) -> Font:
    if font.objgen not in known:
        known[font.objgen] = Font(_unicode_map(font), _widths(font))
    return known[font.objgen]


def _unicode_map(font: Any) -> dict[int, str]:
    """Read a font's ToUnicode: the text of each code."""
    if "/ToUnicode" not in font:
        return {}
    cmap = font.ToUnicode.read_bytes().decode("ascii", "replace")
    found = {}
    for body in re.findall(r"beginbfchar(.*?)endbfchar", cmap, re.S):
        for code, text in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", body):
            found[int(code, 16)] = bytes.fromhex(text).decode("utf-16-be", "replace")
    for body in re.findall(r"beginbfrange(.*?)endbfrange", cmap, re.S):
        for low, high, text in re.findall(r"<(\w+)>\s*<(\w+)>\s*<(\w+)>", body):
            start = int.from_bytes(bytes.fromhex(text), "big")
            found |= {c: chr(start + c - int(low, 16)) for c in range(int(low, 16), int(high, 16) + 1)}
    return found


def _widths(font: Any) -> dict[int, float]:
    found: dict[int, float] = {}
    items = list(font.DescendantFonts[0].get("/W", []))
    while items:
        first = int(items.pop(0))
        second = items.pop(0)
        if isinstance(second, pikepdf.Array):
            found |= {first + n: float(width) for n, width in enumerate(second)}
        else:
            found |= dict.fromkeys(range(first, int(second) + 1), float(items.pop(0)))
    return found


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
