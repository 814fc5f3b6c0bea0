"""The page that leads to all others of a year: ``index.html``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from importlib import metadata, resources
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gsanalysis.plan import Plan

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


def index_html(plan: Plan, year: int, as_of: str | None, edition: str, pages: Sequence[Page]) -> str:
    """The index page as text: no script, nothing to load, every text of the plan escaped."""
    from jinja2 import Environment

    source = (
        resources.files("gsanalysis").joinpath("runner/templates/index.html.j2").read_text(encoding="utf-8")
    )
    template = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(source)
    text = template.render(
        title=f"Evaluation {year}",
        plan_title=plan.title,
        organisation=plan.organisation,
        standing=_standing(as_of, edition),
        illustrative=bool((plan.measurements["state"] == "illustrative").any()),
        old=_old_pages(pages),
        pages=pages,
        version=metadata.version("gsanalysis"),
    )
    return text.rstrip("\n") + "\n"


def _standing(as_of: str | None, edition: str) -> str:
    if as_of:
        return f"Only what had been reported by {_day(as_of)} counts in this edition."
    return f"With the figures reported up to {_day(edition)}." if edition else "No figure has been reported."


def _old_pages(pages: Sequence[Page]) -> str:
    old = [page for page in pages if page.failed or any(file.earlier for file in page.files)]
    if not old:
        return ""
    stand, they = ("is", "it is") if len(old) == 1 else ("are", "they are")
    return f"{len(old)} of {len(pages)} pages {stand} not of this run; {they} marked below."


def _day(iso: str) -> str:
    day = date.fromisoformat(iso)
    return f"{day.day} {day:%B %Y}"
