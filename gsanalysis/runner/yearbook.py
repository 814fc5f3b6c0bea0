"""A book's files: pages, and for a year its tables and index, put in place together with their manifest."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from os.path import relpath
from pathlib import Path
from typing import Any

from gsanalysis.runner import editions
from gsanalysis.runner.book import Book
from gsanalysis.runner.index import FORMATS, File, Page, index_html, with_elsewhere
from gsanalysis.runner.manifest import describe, digest, read_manifest, read_outputs, renewed, sha256
from gsanalysis.runner.outputs import publish, writing

TABLES = ("indicators.csv", "kpis.csv", "objectives.csv", "measurements.csv")
TITLES = {
    "report": "The whole report",
    "overview": "Overview of all objectives",
    "data-quality": "Quality of the data",
}


def put(book: Book, staged: Path, made_from: dict[str, Any], failed: list[str]) -> list[str]:
    """Move what was made in ``staged`` into the book's folder, with tables, index and manifest. Gives what to say.

    Pages that were not made this time stay; index and manifest tell them from those of this run.
    """
    with writing(book.folder):
        said = editions.keep_earlier(book, made_from["inputs"], staged.with_name("kept"))
        earlier, current = read_outputs(book.folder), digest(made_from)
        made = {path.name for path in staged.iterdir()}
        pages = [_page(book, name, made, earlier, current) for name in book.pages]
        files = [file.name for page in pages for file in page.files if file.name]
        if book.year:
            _write_tables(book, staged)
            (staged / "index.html").write_text(_index(book, pages, current), encoding="utf-8")
            files += [*TABLES, "index.html"]
        outputs = _outputs(book, files, staged, earlier, current)
        manifest = describe(_named(book), made_from, outputs, failed)
        (staged / "manifest.json").write_text(manifest, encoding="utf-8")
        publish(staged, book.folder, sorted({path.name for path in staged.iterdir()}, key=_last))
        for name in book.pages:
            if f"{name}.ipynb" in made:
                (book.folder / f"{name}.failed.ipynb").unlink(missing_ok=True)
        if book.year and book.as_of:
            _list_anew(Book(book.plan, book.year, book.out, None), staged)
    return said


def _last(name: str) -> tuple[bool, bool, str]:
    """Index and manifest speak of the other files, so they come after them."""
    return name == "manifest.json", name == "index.html", name


def _named(book: Book) -> dict[str, Any]:
    what = {"year": book.year} if book.year else {"period": book.name}
    return what | {"as_of": book.as_of, "edition": book.edition}


def _write_tables(book: Book, staged: Path) -> None:
    from gsanalysis.rating.rate import to_csv_text
    from gsanalysis.rating.vintages import known_rows

    rated = book.evaluation
    tables = (rated.indicators, rated.kpis, rated.objectives, known_rows(rated))
    for table, name in zip(tables, TABLES, strict=True):
        (staged / name).write_bytes(to_csv_text(table).encode("utf-8"))


def _index(book: Book, pages: list[Page], current: str) -> str:
    """The index of a year; that of an edition leads back to the list of them in the year's own folder."""
    period = _period(book, current)
    if book.as_of:
        return index_html(book, pages, editions.way_back(book, period))
    return index_html(book, pages, editions.listing(book, editions.title(_named(book)), period))


def _list_anew(home: Book, staged: Path) -> None:
    """Bring the list in the year's own folder up to date after an edition was made; its other parts stay."""
    stands, index = read_manifest(home.folder), home.folder / "index.html"
    if stands and index.exists():
        part = editions.listing(home, editions.title(stands), _period(home, stands.get("made_from", "")))
        text = with_elsewhere(index.read_text(encoding="utf-8"), part)
    else:
        text = index_html(home, [], editions.listing(home, "", None))
    (staged / "index.html").write_text(text, encoding="utf-8")
    publish(staged, home.folder, ["index.html"])
    if stands:
        (staged / "manifest.json").write_text(renewed(home.folder, "index.html"), encoding="utf-8")
        publish(staged, home.folder, ["manifest.json"])


def _period(book: Book, current: str) -> Page | None:
    """The page on the whole period as it stands, seen from the year's folder."""
    period = book.period
    page = _page(period, "period", set(), read_outputs(period.folder), current)
    way = relpath(period.folder, book.folder)
    files = [replace(file, name=f"{way}/{file.name}" if file.name else "") for file in page.files]
    failed = f"{way}/{page.failed}" if page.failed else ""
    return replace(page, files=files, failed=failed) if failed or any(file.name for file in files) else None


def _page(book: Book, name: str, made: set[str], earlier: dict[str, str], current: str) -> Page:
    failed = f"{name}.failed.ipynb"
    has_failed = failed in made or (f"{name}.ipynb" not in made and (book.folder / failed).exists())
    files = []
    for form, label in FORMATS.items():
        file = f"{name}.{form}"
        there = file in made or (book.folder / file).exists()
        old = there and file not in made and (has_failed or earlier.get(file) != current)
        files.append(File(label, file if there else "", old))
    titles = dict(zip(book.plan.objectives["objective"], book.plan.objectives["title"], strict=True))
    title = TITLES.get(name) or titles.get(name) or f"Every KPI over {book.name.replace('-', '–')}"
    return Page(title, name if name in titles else "", files, failed if has_failed else "")


def _outputs(
    book: Book, names: Iterable[str], staged: Path, earlier: dict[str, str], current: str
) -> dict[str, dict[str, str]]:
    """Hash and origin of every file of the book; the origin of a file that somebody changed is not known."""
    outputs = {}
    for name in names:
        now = (staged / name).exists()
        origin = current if now else earlier.get(name, "")
        outputs[name] = {"sha256": sha256((staged if now else book.folder) / name), "made_from": origin}
    return outputs
