"""A notebook as one HTML file: no script, nothing to load, readable from a phone to paper."""

from functools import cache
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup, escape
from nbconvert.exporters.exporter import Exporter
from traitlets import Bool, default

from gsanalysis.exporters import layout, markdown, signs
from gsanalysis.exporters.document import RIGHT_TO_LEFT, Page
from gsanalysis.exporters.report import CHAPTER, open_page
from gsanalysis.exporters.review import headings_of, reviewed, words_of

_TEMPLATES = Path(__file__).parent / "templates"
_LONGEST_WORD = 24  # characters that fit a phone's column
_PIXELS = 4 / 3  # in a point
_SCREEN = 1.25  # charts are drawn for paper; on a screen the type beside them is larger by this much


class HTMLExporter(Exporter):
    """Export a notebook to HTML: `jupyter nbconvert --to gsanalysis-html NOTEBOOK`."""

    export_from_notebook = "gsanalysis HTML"
    output_mimetype = "text/html"
    strict = Bool(False, help="Refuse a page with a fault instead of showing a warning in it.").tag(
        config=True
    )

    @default("file_extension")
    def _html_extension(self) -> str:
        return ".html"

    def get_ready(self) -> None:
        """Do once what the first page would wait for."""
        _template()

    def from_notebook_node(self, nb: Any, resources: Any = None, **kw: Any) -> Any:
        """Give the HTML text and the resources; PageError where `strict` finds a fault."""
        notebook, resources = super().from_notebook_node(nb, resources, **kw)
        return render(reviewed(open_page(notebook, resources), self.strict)), resources


def render(page: Page) -> str:
    """Write a page as HTML."""
    language = page.title["language"]
    direction = "rtl" if language in RIGHT_TO_LEFT else "ltr"
    return _template().render(
        page=page, title=page.title, language=language, direction=direction, contents=_contents(page)
    )


def _contents(page: Page) -> list[dict[str, Any]]:
    """List the chapters of a report; a page that is no report has none."""
    return [
        {"id": heading["id"], "eyebrow": part.content.get("eyebrow", ""), "text": words_of(heading)}
        for part, heading in headings_of(page)
        if page.is_report and heading["level"] == CHAPTER
    ]


@cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_TEMPLATES),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )
    environment.filters |= {"lines": _lines, "plain": markdown.plain}
    environment.globals |= {
        "sign": _sign,
        "notes_beside": layout.notes_beside,
        "word": signs.unsaid_word,
        "words": signs.WORDS,
        "long": _has_long_word,
        "screen_width": lambda image: round(image.width * _PIXELS * _SCREEN),
        "css": Markup((_TEMPLATES / "page.css").read_text(encoding="utf-8")),
    }
    return environment.get_template("page.html.j2")


def _lines(text: str) -> Markup:
    """Escape a text and keep its line ends."""
    return Markup("<br>").join(escape(line) for line in text.split("\n"))


@cache
def _sign(rating: str) -> Markup:
    """Draw a sign for the eye; a screen reader skips it, because the word stands beside it."""
    return Markup(
        '<svg class="sign" viewBox="0 0 12 12" aria-hidden="true" focusable="false">%s</svg>'
    ) % Markup(signs.drawing(rating))


def _has_long_word(*texts: str) -> bool:
    """Tell whether a text must be allowed to break inside its words."""
    return any(len(word) > _LONGEST_WORD for text in texts for word in text.split())
