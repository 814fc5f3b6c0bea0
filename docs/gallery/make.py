"""Make the small pictures of each type of page, and docs/gallery.md: the demo's year 2014, on paper and on the screen.

`make gallery` runs it. Two runs give the same bytes with the same chromium and poppler-utils; another version of these
may draw letters a little differently.
"""

import io
import subprocess
import sys
import tempfile
from pathlib import Path

import pikepdf
from PIL import Image

GALLERY = Path(__file__).parent
ROOT = GALLERY.parents[1]
sys.path.insert(0, str(ROOT / "tests" / "browser"))

from chromium import browser, open_sheet  # noqa: E402

WIDTH = 420
COLOURS = 32
LIMIT = 60_000
REPORT, PERIOD = "2014/report.pdf", "2012-2015/period.pdf"
# name: (file, a heading of the outline, pages after it, what the picture shows)
PAPER = {
    "cover": (REPORT, "", 0, "The cover of the report of a year"),
    "contents": (REPORT, "Contents", 0, "Its contents"),
    "overview": (REPORT, "Overview", 0, "The first page of the overview"),
    "objective": ("2014/O3.pdf", "", 0, "The first page of an objective"),
    "findings": ("2014/O3.pdf", "What was found", 0, "A page of findings: a block for each KPI"),
    "doubt": ("2014/O3.pdf", "How sure this is", 0, "How sure an objective's ratings are, and other methods"),
    "since": (REPORT, "Since the last edition", 0, "What is different since the edition before"),
    "data-quality": (REPORT, "Data quality", 0, "The page on the quality of the data"),
    "method": (REPORT, "How the ratings are made", 0, "The method"),
    "indicators": (
        REPORT,
        "The indicators and their readings",
        0,
        "The list of indicators with their readings",
    ),
    "period": (PERIOD, "", 0, "The whole period of the plan"),
}
# name: (file, width of the window, what the picture shows)
SCREEN = {
    "index": ("2014/index.html", 1280, "The index of a year, on a desktop"),
    "screen-report": ("2014/report.html", 1280, "The report, on a desktop"),
    "screen-objective": ("2014/O3.html", 1280, "An objective, on a desktop"),
    "phone-objective": ("2014/O3.html", 390, "An objective, on a phone"),
    "phone-overview": ("2014/overview.html", 390, "The overview, on a phone"),
}
PHONE = 240


def main() -> None:
    """Make all pictures and the page that shows them."""
    for old in GALLERY.glob("*.png"):
        old.unlink()
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        run = [sys.executable, "-m", "gsanalysis", "run", "--data", "data/illustrative", "--year", "2014"]
        subprocess.run([*run, "--out", out], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        for name, (file, heading, after, _) in PAPER.items():
            save(name, printed(out / file, page_of(out / file, heading) + after), WIDTH)
        with browser(out / "profile") as context:
            for name, (file, width, _) in SCREEN.items():
                sheet = open_sheet(context, (out / file).as_uri(), width)
                save(name, Image.open(io.BytesIO(sheet.page.screenshot())), WIDTH if width > WIDTH else PHONE)
                sheet.page.close()
    write_page()


def page_of(path: Path, heading: str) -> int:
    """The page, counted from 1, of the first heading that begins so; the first page without a heading."""
    if not heading:
        return 1
    with pikepdf.open(path) as pdf, pdf.open_outline() as outline:
        numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
        items = list(outline.root)
        while items:
            item = items.pop(0)
            if item.title.startswith(heading):
                return numbers[item.destination[0].objgen]
            items += item.children
    raise SystemExit(f"{path.name} has no heading {heading!r}")


def printed(path: Path, page: int) -> Image.Image:
    """A page of a PDF as a picture, twice as large as it is shown."""
    command = ["pdftoppm", "-png", "-f", page, "-l", page, "-scale-to-x", 2 * WIDTH, "-scale-to-y", -1, path]
    done = subprocess.run([*map(str, command)], capture_output=True, check=True)
    return Image.open(io.BytesIO(done.stdout))


def save(name: str, picture: Image.Image, width: int) -> None:
    """Write a picture so wide, with a few colours, small enough for a repository."""
    height = round(picture.height * width / picture.width)
    small = picture.convert("RGB").resize((width, height), Image.Resampling.LANCZOS)
    path = GALLERY / f"{name}.png"
    small.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(
        path, optimize=True
    )
    if path.stat().st_size > LIMIT:
        raise SystemExit(f"{path.name} has {path.stat().st_size} bytes, more than {LIMIT}")


def write_page() -> None:
    """Write docs/gallery.md, a line for each picture."""
    lines = [
        "# What the pages look like",
        "",
        "Small pictures of each type of page, from invented figures for 2014. `make gallery` makes them anew, so that a"
        " change of look is seen in review; don't edit this page by hand.",
    ]
    for title, pictures in (("On paper", PAPER), ("On the screen", SCREEN)):
        lines += ["", f"## {title}"]
        for name, (*_, shown) in pictures.items():
            lines += ["", f"{shown}:", "", f"![{shown}](gallery/{name}.png)"]
    (GALLERY.parent / "gallery.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
