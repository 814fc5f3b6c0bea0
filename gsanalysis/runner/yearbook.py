"""A book's files: pages, and for a year its tables and index, put in place together with their manifest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from os.path import relpath
from pathlib import Path
from typing import Any

from gsanalysis.runner import editions
from gsanalysis.runner.book import CHANGES, Book, Place
from gsanalysis.runner.index import FORMATS, File, Page, index_html, with_elsewhere
from gsanalysis.runner.manifest import MANIFEST, describe, read_manifest, renewed
from gsanalysis.runner.outputs import publish, writing
from gsanalysis.runner.sources import digest, notebook_key, page_key, sha256
from gsanalysis.runner.standing import Standing
from gsanalysis.runner.worker import FORMATS as RENDERED

INDEX = "index.html"
TABLES = ("indicators.csv", "kpis.csv", "objectives.csv", "measurements.csv", "changes.csv")
TITLES = {
    "report": "The whole report",
    "overview": "Overview of all objectives",
    "changes": "Since the last edition",
    "data-quality": "Quality of the data",
}


def put(
    book: Book,
    staged: Path,
    standing: Standing,
    failed: list[str],
    parameters: Mapping[str, dict[str, object]],
) -> list[str]:
    """Move what was made in ``staged`` into the book's folder, with tables, index and manifest. Gives what to say.

    Pages that were not made this time stay; index and manifest tell them from those of this run, whose notebooks
    had the ``parameters``.
    """
    made_from = standing.made_from
    with writing(book.folder):
        said = editions.keep_earlier(book, made_from["inputs"], staged.with_name("kept"))
        made = {path.name: sha256(path) for path in staged.iterdir()}
        pages = [_page(book, name, made, standing) for name in book.pages]
        files = [file.name for page in pages for file in page.files if file.name]
        if book.year:
            _write_tables(book, staged)
            files += TABLES
        outputs = _outputs(book, files, staged, standing)
        if book.year:
            (staged / INDEX).write_text(_index(book, pages, made_from), encoding="utf-8")
            key = _index_key(book, made_from, outputs, [page.failed for page in pages if page.failed])
            outputs[INDEX] = {"sha256": sha256(staged / INDEX), "made_from": key}
        stored = {name: own for name, own in parameters.items() if f"{name}.ipynb" in made}
        earlier = {name: own for name, own in standing.parameters.items() if f"{name}.ipynb" in outputs}
        manifest = describe(_named(book), made_from, earlier | stored, outputs, failed)
        (staged / MANIFEST).write_text(manifest, encoding="utf-8")
        publish(staged, book.folder, sorted({path.name for path in staged.iterdir()}, key=_last))
        for name in book.pages:
            if f"{name}.ipynb" in made:
                (book.folder / f"{name}.failed.ipynb").unlink(missing_ok=True)
        if book.year and book.as_of:
            _list_anew(replace(book, as_of=None), staged, made_from)
    return said


def is_complete(book: Place, standing: Standing) -> bool:
    """Whether tables, index and manifest stand as they would be made, if all pages do."""
    if not standing.is_of_now():
        return False
    if not book.year:
        return True
    there = {path.name for path in book.folder.iterdir()}
    pages = [f"{page}.{form}" for page in book.pages for form in FORMATS]
    files = {name: {"made_from": standing.origins.get(name, "")} for name in pages if name in there}
    failed = [f"{page}.failed.ipynb" for page in book.pages if f"{page}.failed.ipynb" in there]
    keys = {name: _table_key(book, name, standing.made_from) for name in TABLES}
    keys[INDEX] = _index_key(book, standing.made_from, files, failed)
    return all(standing.origins.get(name) == key for name, key in keys.items())


def _last(name: str) -> tuple[bool, bool, str]:
    """Index and manifest speak of the other files, so they come after them."""
    return name == MANIFEST, name == INDEX, name


def _named(book: Book) -> dict[str, Any]:
    what = {"year": book.year} if book.year else {"period": book.name}
    return what | {"as_of": book.as_of, "edition": book.edition}


def _write_tables(book: Book, staged: Path) -> None:
    from gsanalysis.rating.rate import to_csv_text
    from gsanalysis.rating.vintages import known_rows

    rated = book.evaluation
    changed = book.differences.table()
    tables = (rated.indicators, rated.kpis, rated.objectives, known_rows(rated), changed)
    for table, name in zip(tables, TABLES, strict=True):
        (staged / name).write_bytes(to_csv_text(table).encode("utf-8"))


def _index(book: Book, pages: list[Page], made_from: dict[str, Any]) -> str:
    """The index of a year; that of an edition leads back to the list of them in the year's own folder."""
    period = _period(book, made_from)
    if book.as_of:
        return index_html(book, pages, editions.way_back(book, period))
    return index_html(book, pages, editions.listing(book, editions.title(_named(book)), period))


def _table_key(book: Place, name: str, made_from: dict[str, Any]) -> str:
    """All that a table depends on, or an executed notebook: that of changes also on what it is compared with."""
    key = notebook_key(made_from)
    return (
        digest({"key": key, "since": book.since, "before": bool(book.before)})
        if name == "changes.csv"
        else key
    )


def _index_key(
    book: Place, made_from: dict[str, Any], files: Mapping[str, Mapping[str, str]], failed: Iterable[str]
) -> str:
    """All that an index depends on: its year's sources and pages, the period beside it and the editions."""
    beside = [book.period.folder / MANIFEST, *book.period.folder.glob("period.*")]
    others = [] if book.as_of else editions.folders(book)  # only the year's own folder lists them
    beside += [folder / MANIFEST for folder in others]
    pages = {
        name: file["made_from"]
        for name, file in files.items()
        if Path(name).stem in book.pages and name not in TABLES
    }
    return digest(
        {
            "made_from": digest(made_from),
            "compared": [book.since, bool(book.before)],
            "pages": pages,
            "failed": sorted(failed),
            "beside": {relpath(path, book.home): sha256(path) for path in sorted(beside) if path.is_file()},
            "editions": sorted(folder.name for folder in others),
        }
    )


def _list_anew(home: Book, staged: Path, made_from: dict[str, Any]) -> None:
    """Bring the list in the year's own folder up to date after an edition was made; its other parts stay."""
    stands, index = read_manifest(home.folder), home.folder / INDEX
    if stands and index.exists():
        part = editions.listing(home, editions.title(stands), _period(home, stands))
        text = with_elsewhere(index.read_text(encoding="utf-8"), part)
    else:
        text = index_html(home, [], editions.listing(home, "", None))
    (staged / INDEX).write_text(text, encoding="utf-8")
    publish(staged, home.folder, [INDEX])
    if stands:
        failed = [path.name for path in home.folder.glob("*.failed.ipynb")]
        key = _index_key(home, stands, stands.get("outputs", {}), failed)
        (staged / MANIFEST).write_text(renewed(home.folder, INDEX, key), encoding="utf-8")
        publish(staged, home.folder, [MANIFEST])


def _period(book: Book, made_from: dict[str, Any]) -> Page | None:
    """The page on the whole period as it stands, seen from the year's folder."""
    period = book.period
    page = _page(period, "period", {}, Standing(period.folder, made_from))
    way = relpath(period.folder, book.folder)
    files = [replace(file, name=f"{way}/{file.name}" if file.name else "") for file in page.files]
    failed = f"{way}/{page.failed}" if page.failed else ""
    return replace(page, files=files, failed=failed) if failed or any(file.name for file in files) else None


def _page(book: Book, name: str, made: Mapping[str, str], standing: Standing) -> Page:
    failed = f"{name}.failed.ipynb"
    has_failed = failed in made or (f"{name}.ipynb" not in made and (book.folder / failed).exists())
    files = []
    for form, label in FORMATS.items():
        file = f"{name}.{form}"
        there = file in made or (book.folder / file).exists()
        is_current = standing.is_current(name, form, book.binds(name), made)
        if CHANGES in (name, *book.binds(name)) and f"{CHANGES}.ipynb" not in made:
            is_current = is_current and _compares_alike(book, standing)
        old = there and file not in made and (has_failed or not is_current)
        files.append(File(label, file if there else "", old))
    titles = dict(zip(book.plan.objectives["objective"], book.plan.objectives["title"], strict=True))
    title = TITLES.get(name) or titles.get(name) or f"Every KPI over {book.name.replace('-', '–')}"
    return Page(title, name if name in titles else "", files, failed if has_failed else "")


def _compares_alike(book: Book, standing: Standing) -> bool:
    """Whether the page of changes that stands was compared with what ``changes.csv`` is: a day, a folder or neither."""
    shown = standing.parameters.get(CHANGES, {})
    return (shown.get("since", ""), bool(shown.get("before"))) == (book.since, bool(book.before))


def _outputs(book: Book, names: Iterable[str], staged: Path, standing: Standing) -> dict[str, dict[str, str]]:
    """Hash and key of every file of the book; the key of a file that somebody changed is not known."""
    notebooks = {path.stem: sha256(path) for path in staged.glob("*.ipynb")}
    outputs = {}
    for name in names:
        page, _, form = name.rpartition(".")
        if not (staged / name).exists():
            outputs[name] = {
                "sha256": sha256(book.folder / name),
                "made_from": standing.origins.get(name, ""),
            }
            continue
        key = _table_key(book, name, standing.made_from)
        if form in RENDERED:
            key = page_key(standing.made_from, [notebooks[shown] for shown in (page, *book.binds(page))])
        outputs[name] = {"sha256": sha256(staged / name), "made_from": key}
    return outputs
