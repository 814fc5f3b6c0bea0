"""What a PDF must be, asked of poppler's tools and of outloud; each check lists its faults, none for a good file."""

import itertools
import json
import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pikepdf
from pdf_structure import read_structure

FAMILIES = re.compile(r"[A-Z]{6}\+(SourceSansPro|SourceSerifPro|DejaVuSans)\b")
WORD = re.compile(r'<word xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*?)</word>')
PAGE = re.compile(r'<page width="(.*?)" height="(.*?)">(.*?)</page>', re.S)
# outloud takes any line that stands near the edge of three pages for a running header, and so rows of a long table.
# That headers and footers are artifacts is seen by `furniture_faults`, which finds them nowhere in the tags. It also
# compares the order of painting with that of the tags by likeness of texts; `order_faults` compares it mark by mark.
NOT_ASKED = "PAG-001,ORD-001"


def told(faults: list[str], most: int = 12) -> str:
    """The first faults, a line each, and how many there are."""
    return "\n".join([f"{len(faults)} faults", *faults[:most]])


def outloud_faults(path: Path) -> list[str]:
    """What outloud finds, warnings too, but for the headers of tables that a new page repeats and running lines."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        command = [sys.executable, "-m", "outloud.cli", "-q", "--fail-on", "warning", "--skip", NOT_ASKED]
        done = subprocess.run([*command, "--json", report, path], capture_output=True, text=True, check=False)
        if done.returncode not in (0, 1) or not report.exists():
            return [f"outloud fails: {done.stderr or done.stdout}"]
        found = json.loads(report.read_text(encoding="utf-8"))["results"][0]["findings"]
    said = [each for each in found if each["severity"] in ("error", "warning")]
    repeated = _repeated(path) if any(each["rule"] == "TAG-002" for each in said) else ""
    return [
        f"{each['rule']}, page {each.get('page', '?')}: {each['message']} ({each.get('evidence', '')})"
        for each in said
        if not (each["rule"] == "TAG-002" and _is_repeated(each.get("evidence", ""), repeated))
    ]


def _repeated(path: Path) -> str:
    """The text that a PDF repeats on its pages and tags once or never: headers of tables, running lines."""
    found = read_structure(path.read_bytes())
    headers = [head.full_text for head in found.root.all("THead")]
    running = itertools.chain(*(_lines(page)[:1] + _lines(page)[-1:] for page in _pages(path)))
    return " ".join([*headers, *running]).replace("\u200b", "")


def _is_repeated(evidence: str, repeated: str) -> bool:
    words = set(repeated.split())
    return all(word.strip(";…") in words or "…" in word for word in evidence.split())


def image_faults(path: Path) -> list[str]:
    """The raster images: there must be none."""
    return [f"a raster image: {line}" for line in _poppler("pdfimages", "-list", path).splitlines()[2:]]


def font_faults(path: Path) -> list[str]:
    """The fonts that are not embedded, have no Unicode map, or are not of our families."""
    faults = []
    for line in _poppler("pdffonts", path).splitlines()[2:]:
        embedded, _, has_unicode = line.split()[-5:-2]
        if not FAMILIES.match(line):
            faults.append(f"not one of our fonts: {line.split()[0]}")
        if (embedded, has_unicode) != ("yes", "yes"):
            faults.append(f"not embedded, or without Unicode: {line.split()[0]}")
    return faults


def page_faults(path: Path) -> list[str]:
    """The pages with nothing but their header and footer, and those without these two."""
    pages = [_lines(page) for page in _pages(path)]
    title = pages[0][0] if pages and pages[0] else ""
    faults = []
    for number, lines in enumerate(pages, 1):
        if len("".join(lines[1:-1])) < 40:
            faults.append(f"page {number} is empty")
        if number > 1 and (not lines or lines[0] != title):
            faults.append(f"page {number} has not the running title {title!r}")
        if not lines or not lines[-1].endswith(f"page {number} of {len(pages)}"):
            faults.append(f"page {number} does not say 'page {number} of {len(pages)}'")
    return faults


def furniture_faults(path: Path) -> list[str]:
    """Headers and footers that a screen reader would read out on every page."""
    found = read_structure(path.read_bytes())
    tagged = re.findall(r"page \d+ of \d+", found.text)
    return [f"a footer is tagged as content: {words}" for words in tagged]


def order_faults(path: Path) -> list[str]:
    """The pages that paint their tagged content in another order than it is read out."""
    with pikepdf.open(path) as pdf:
        painted = {page.obj.objgen: _painted(page) for page in pdf.pages}
        tagged: dict[tuple[int, int], list[int]] = {page: [] for page in painted}
        for page, mark in _tagged(pdf.Root.StructTreeRoot, None):
            tagged[page].append(mark)
    return [
        f"page {number} paints its content in another order than it is read out"
        for number, page in enumerate(painted, 1)
        if painted[page] != tagged[page]
    ]


def _painted(page: pikepdf.Page) -> list[int]:
    marks = [
        int(operands[1].MCID)
        for operands, operator in pikepdf.parse_content_stream(page)
        if str(operator) == "BDC" and "/MCID" in operands[1]
    ]
    return list(dict.fromkeys(marks))


def _tagged(node: pikepdf.Object, page: pikepdf.Object | None) -> Iterator[tuple[tuple[int, int], int]]:
    """The page and the number of each piece of marked content, in the order of the tags."""
    page = node.get("/Pg", page)
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, int):
            yield page.objgen, int(kid)
        elif kid.get("/Type") == "/MCR":
            yield kid.get("/Pg", page).objgen, int(kid.MCID)
        elif "/S" in kid:
            yield from _tagged(kid, page)


def printed_faults(data: bytes, written: list[str]) -> list[str]:
    """What a page printed by the browser lacks of what is written on it, and what lies off the paper."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "printed.pdf"
        path.write_bytes(data)
        text = _poppler(
            "pdftotext", "-raw", path, "-"
        )  # in order of painting: a word broken in a cell stays one
        boxes = _poppler("pdftotext", "-bbox", path, "-")
    faults = [f"not printed: {words[:60]!r}" for words in _missing(written, text)]
    for number, (width, height, page) in enumerate(PAGE.findall(boxes), 1):
        words = [(*map(float, found[:4]), unescape(found[4])) for found in WORD.findall(page)]
        if not words:
            faults.append(f"printed page {number} is empty")
        for left, top, right, bottom, word in words:
            if left < 0 or top < 0 or right > float(width) or bottom > float(height):
                faults.append(f"printed page {number} cuts off {word!r}")
    return faults


def _missing(written: list[str], printed: str) -> list[str]:
    """The pieces with a word that is nowhere in print; all of them if print has fewer letters than the page."""
    squeezed = _letters(printed)
    lost = [piece for piece in written if any(_letters(word) not in squeezed for word in piece.split())]
    fewer = Counter(_letters("".join(written))) - Counter(squeezed)
    if fewer and not lost:
        lost = [f"{sum(fewer.values())} letters: {''.join(fewer)}"]
    return lost


def _letters(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def _pages(path: Path) -> list[str]:
    return _poppler("pdftotext", "-layout", path, "-").split("\f")[:-1]


def _lines(page: str) -> list[str]:
    return [" ".join(line.split()) for line in page.splitlines() if line.strip()]


def _poppler(*command: object) -> str:
    return subprocess.run([*map(str, command)], capture_output=True, encoding="utf-8", check=True).stdout


PAPER_CHECKS = {
    "outloud": outloud_faults,
    "images": image_faults,
    "fonts": font_faults,
    "pages": page_faults,
    "furniture": furniture_faults,
    "order": order_faults,
}
