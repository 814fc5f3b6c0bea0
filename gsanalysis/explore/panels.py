"""What the explorer shows, as HTML: a rating with its chart and its explanation, and tables. All text is escaped."""

from __future__ import annotations

import base64
from collections.abc import Iterable
from html import escape

from gsanalysis.charts import alt_text, chart
from gsanalysis.charts.theme import rating_colour, svg
from gsanalysis.explore.what_if import SUPPOSED as SUPPOSED_SOURCE
from gsanalysis.pages.blocks import SIGNS, Block, Dictionary
from gsanalysis.pages.contents import capital
from gsanalysis.pages.invented import all_invented
from gsanalysis.rating.evaluation import Evaluation
from gsanalysis.rating.history import described, history
from gsanalysis.wording.explanation import explanation
from gsanalysis.wording.words import rating_word

ESTIMATED, SUPPOSED = "The figure is estimated.", "The figure is supposed, not measured."
# JupyterLab's own colours and sizes, so that the panels follow its theme; the charts have paper under them.
STYLE = """<style>
.gs-panel, .gs-table, .gs-said { line-height: 1.4; color: var(--jp-ui-font-color1, #1c2733); font-size: 13px; }
.gs-panel { border-top: 2px solid var(--jp-border-color1, #c9d0d6); padding: 6px 0; }
.gs-panel p, .gs-said p { margin: 6px 0; white-space: normal; }
.gs-over { color: var(--jp-ui-font-color2, #5f6b76); }
.gs-rating { font-size: 18px; font-weight: 600; }
.gs-sign { padding-right: .2em; background: #fff; }
.gs-heading { font-weight: 600; min-height: 2.8em; }
.gs-chart { background: #fff; max-width: 100%; width: 389px; }
.gs-table table { border-collapse: collapse; width: 100%; }
.gs-table caption { text-align: left; color: var(--jp-ui-font-color2, #5f6b76); padding: 4px 0; }
.gs-table th, .gs-table td { text-align: left; vertical-align: top; padding: 3px 10px 3px 0; white-space: normal;
  border-bottom: 1px solid var(--jp-border-color2, #e6eaed); font-size: 13px; }
.gs-table td:first-child, .gs-table .gs-right { white-space: nowrap; }
.gs-table .gs-right { text-align: right; }
.gs-small { color: var(--jp-ui-font-color2, #5f6b76); font-size: 12px; display: block; }
.gs-fault { border-left: 3px solid #a61c3c; padding-left: 8px; }
</style>"""


def rating_panel(evaluation: Evaluation, code: str, over: str) -> str:
    """An indicator's rating in a word, its finding, its chart and why; ``over`` says which rating it is."""
    told = explanation(evaluation, code)
    parts = [
        f'<div class="gs-over">{escape(over)}</div>',
        f'<div class="gs-rating">{_signed(told.rating, capital(rating_word(told.rating)))}</div>',
        f'<p class="gs-heading">{escape(told.heading)}</p>',
        _chart(evaluation, code),
        *(_paragraph(lead, said) for lead, said in notes(evaluation, code)),
    ]
    return f'<div class="gs-panel">{"".join(parts)}</div>'


def notes(evaluation: Evaluation, code: str) -> list[tuple[str, str]]:
    """The parts of an explanation, each with the words that lead it; a figure that was supposed is called so."""
    told = explanation(evaluation, code)
    caveats = told.caveats_beside(all_invented(evaluation, [code]))
    if _is_supposed(evaluation, code):
        caveats = [SUPPOSED if caveat == ESTIMATED else caveat for caveat in caveats]
    named = {
        f"Why {rating_word(told.rating)}.": told.why,
        "What would change it.": told.change,
        "Caveat.": caveats,
    }
    return [(lead, " ".join(sentences)) for lead, sentences in named.items() if sentences]


def table(block: Block) -> str:
    """A table of the pages, or the paragraph that stands where there is none."""
    content = block.content
    if content["type"] != "table":
        return f'<div class="gs-table"><p>{escape(content["text"])}</p></div>'
    classes = ["gs-right" if column["align"] == "right" else "gs-left" for column in content["columns"]]
    heads = [
        f'<th scope="col" class="{name}">{escape(column["label"])}</th>'
        for column, name in zip(content["columns"], classes, strict=True)
    ]
    rows = [f"<tr>{''.join(map(_cell, row, classes))}</tr>" for row in content["rows"]]
    caption = f"<caption>{escape(content['caption'])}</caption>"
    body = f"<thead><tr>{''.join(heads)}</tr></thead><tbody>{''.join(rows)}</tbody>"
    return f'<div class="gs-table"><table>{caption}{body}</table></div>'


def sentences(said: Iterable[str], fault: bool = False) -> str:
    """A few sentences that a screen reader speaks when they change."""
    mark = " gs-fault" if fault else ""
    return f'<div class="gs-said{mark}" role="status"><p>{escape(" ".join(said))}</p></div>'


def _is_supposed(evaluation: Evaluation, code: str) -> bool:
    figures = evaluation.ratings[code].named.evidence.value.figures
    return any(evaluation.row(figure.row)["source"] == SUPPOSED_SOURCE for figure in figures)


def _chart(evaluation: Evaluation, code: str) -> str:
    """The chart as a picture with its text; nothing where there are no figures."""
    plan, row, years = evaluation.plan, described(evaluation, code), history(evaluation, code)
    drawn = chart(row, years, year=evaluation.year, first_year=plan.first_year, last_year=plan.last_year)
    if drawn is None:
        return ""
    data = base64.b64encode(svg(drawn).encode()).decode()
    said = escape(alt_text(row, years, year=evaluation.year))
    return f'<img class="gs-chart" src="data:image/svg+xml;base64,{data}" alt="{said}">'


def _signed(rating: str, text: str) -> str:
    colour = rating_colour(rating)
    return f'<span class="gs-sign" aria-hidden="true" style="color: {colour}">{SIGNS[rating]}</span> {escape(text)}'


def _paragraph(lead: str, text: str) -> str:
    return f"<p><b>{escape(lead)}</b> {escape(text)}</p>"


def _cell(entry: Dictionary, name: str) -> str:
    text = escape(entry["text"])
    if entry["sign"]:
        text = _signed(entry["sign"], entry["text"])
    if entry["href"].startswith(("https://", "http://")):
        text = f'<a href="{escape(entry["href"])}" target="_blank" rel="noopener">{text}</a>'
    small = f'<span class="gs-small">{escape(entry["small"])}</span>' if entry["small"] else ""
    return f'<td class="{name}">{text}{small}</td>'
