"""The page that leads to all others of a year: ``index.html``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib import metadata, resources
from typing import TYPE_CHECKING

from gsanalysis.runner.book import Book

if TYPE_CHECKING:
    import jinja2

FORMATS = {"html": "HTML", "pdf": "PDF", "ipynb": "Notebook"}


@dataclass(frozen=True)
class File:
    """A page in one format; ``name`` is empty where there is none; ``earlier`` where this run hasn't made it."""

    label: str
    name: str
    earlier: bool


@dataclass(frozen=True)
class Page:
    """A row of the index. ``failed`` names the notebook that says why this run could not make the page."""

    title: str
    code: str
    files: Sequence[File]
    failed: str


@dataclass(frozen=True)
class Edition:
    """One edition in the list of them; ``href`` is empty for the one that the list stands in."""

    href: str
    name: str


def index_html(book: Book, pages: Sequence[Page], elsewhere: str) -> str:
    """The index page as text: no script, nothing to load, every text of the plan escaped.

    The first of ``pages`` is the report; without pages the index leads elsewhere only.
    """
    text = _template("index").render(
        title=f"Evaluation {book.year}",
        plan_title=book.plan.title,
        organisation=book.plan.organisation,
        standing=_standing(book) if pages else "Nothing but the editions listed here stands in this folder.",
        illustrative=bool((book.plan.measurements["state"] == "illustrative").any()),
        old=_old_pages(pages),
        report=next(iter(pages), None),
        pages=pages[1:],
        elsewhere=elsewhere,
        version=metadata.version("gsanalysis"),
    )
    return text.rstrip("\n") + "\n"


def elsewhere_html(year: str, period: Page | None, editions: Sequence[Edition], home: str = "") -> str:
    """The last part of an index: the whole period, and the other editions or the way to their list."""
    return _template("elsewhere").render(year=year, period=period, editions=editions, home=home)


def with_elsewhere(index: str, elsewhere: str) -> str:
    """An index with its last part replaced."""
    return re.sub(
        r'(<section id="elsewhere">.*?</section>\n)?(?=<footer>)',
        lambda _: elsewhere,
        index,
        count=1,
        flags=re.S,
    )


def day(iso: str) -> str:
    """A date as it is read."""
    found = date.fromisoformat(iso)
    return f"{found.day} {found:%B %Y}"


@cache
def _template(name: str) -> jinja2.Template:
    import jinja2

    folder = resources.files("gsanalysis").joinpath("runner/templates")
    source = folder.joinpath(f"{name}.html.j2").read_text(encoding="utf-8")
    environment = jinja2.Environment(
        autoescape=True, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True
    )
    return environment.from_string(source)


def _standing(book: Book) -> str:
    if book.as_of:
        return f"Only what had been reported by {day(book.as_of)} counts in this edition."
    if not book.edition:
        return "No figure has been reported."
    return f"Edition of {day(book.edition)}, when the latest figure up to {book.year} was reported."


def _old_pages(pages: Sequence[Page]) -> str:
    old = [page for page in pages if page.failed or any(file.earlier for file in page.files)]
    if not old:
        return ""
    stand, they = ("is", "it is") if len(old) == 1 else ("are", "they are")
    return f"{len(old)} of {len(pages)} pages {stand} not of this run; {they} marked below."
