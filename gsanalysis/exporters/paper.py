"""A page as the data that the Typst template sets: every text printable, every width known, nothing read as markup."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from gsanalysis.exporters import fonts, layout, markdown
from gsanalysis.exporters.document import RIGHT_TO_LEFT, Page, Part
from gsanalysis.exporters.images import Image
from gsanalysis.exporters.plain_text import breakable, printable_text
from gsanalysis.exporters.report import ANNEX, CHAPTER, values_of
from gsanalysis.exporters.review import anchors, headings_of, words_of
from gsanalysis.exporters.signs import WORDS, standalone, unsaid_word

_LANGUAGE, _REGION = re.compile("[a-z]{2,3}"), re.compile("[A-Z]{2}")
_NEIGHBOUR = re.compile(r"[^/:#?]+\.html")
_LONGEST_WORD, _LONGEST_LABEL, _SHORT_CONTENTS, _LONGEST_NAME = 24, 12, 16, 180


def prepared(page: Page, day: date) -> dict[str, Any]:
    """Give all that the template needs, as JSON; text stays text, Typst never reads it as markup."""
    language, _, region = page.title["language"].partition("-")
    values = values_of(page)
    known = anchors(page) | {part.content["place"] for part in values}
    return {
        "name": _shortened(printable_text(page.name, fonts.printable())),
        "language": language if _LANGUAGE.fullmatch(language) else "en",
        "region": region if _REGION.fullmatch(region) else None,
        "right_to_left": language in RIGHT_TO_LEFT,
        "date": [day.year, day.month, day.day],
        "title": _set(page.title, _LONGEST_WORD),
        "signs": {rating: standalone(rating) for rating in WORDS},
        "words": WORDS,
        "anchors": sorted(known),
        "report": page.is_report,
        "contents": _contents(page),
        "chapters": _chapters(page),
        "beside_contents": _beside_contents(page),
        "parts": [_prepared_part(part) for part in page.parts],
        "values": [_prepared_part(part) for part in values],
        "values_title": ANNEX,
        "kept": [],
    }


def _shortened(name: str) -> str:
    """Cut what is too long for the title of a window, after a whole word."""
    if len(name) <= _LONGEST_NAME:
        return name
    return f"{name[:_LONGEST_NAME].rpartition(' ')[0] or name[:_LONGEST_NAME]} …"


def _prepared_part(part: Part) -> dict[str, Any]:
    return {"type": part.type} | _PREPARE.get(part.type, _as_it_is)(part)


def _contents(page: Page) -> dict[str, str]:
    """Give the words that stand in a report's contents for a chapter, by its anchor."""
    return {
        heading["id"]: _set(f"{part.content['eyebrow']} · {words_of(heading)}", _LONGEST_WORD)
        for part, heading in headings_of(page)
        if part.type == "chapter" and part.content["eyebrow"]
    }


def _beside_contents(page: Page) -> str:
    """Give the first chapter of a report where it may stand on the page of the contents: those are short."""
    chapters = [
        heading["id"] for _, heading in headings_of(page) if page.is_report and heading["level"] == CHAPTER
    ]
    return chapters[0] if 0 < len(chapters) <= _SHORT_CONTENTS else ""


def _chapters(page: Page) -> dict[str, str]:
    """Give the short name of each chapter for the running foot, by its anchor."""
    chapters = [(part, it) for part, it in headings_of(page) if page.is_report and it["level"] == CHAPTER]
    names = {it["id"]: part.content.get("eyebrow") or words_of(it) for part, it in chapters}
    return _set(names, _LONGEST_WORD) | {"values": ANNEX}


def _set(content: Any, longest: int) -> Any:
    """Make every string of a block printable and breakable, however deep it lies."""
    if isinstance(content, str):
        return breakable(printable_text(content, fonts.printable()), longest)
    if isinstance(content, dict):
        if content.get("t") == "table":
            return _markdown_table(content)
        return {
            key: value if key in ("href", "id", "place") else _set(value, longest)
            for key, value in content.items()
        }
    if isinstance(content, list):
        return [_set(value, longest) for value in content]
    return content


def _as_it_is(part: Part) -> dict[str, Any]:
    return dict(_set(part.content, _LONGEST_WORD))


def _markdown(part: Part) -> dict[str, Any]:
    """Prepare Markdown; the words that introduce what follows stay with it, as their heading does."""
    nodes = _set(part.content["nodes"], _LONGEST_WORD)
    if [node["t"] for node in nodes[-2:]] == ["h", "p"]:
        nodes[-1]["kept"] = True
    return {"nodes": nodes}


def _markdown_table(node: dict[str, Any]) -> dict[str, Any]:
    """Give a Markdown table the widths of its columns."""
    head, *rows = [[markdown.plain(cell) for cell in row] for row in node["rows"]]
    laid_out = layout.table_layout(
        {
            "columns": [{"label": text, "note": "", "width": "auto"} for text in head],
            "rows": [
                [{"text": text, "sign": None, "small": "", "strip": []} for text in row] for row in rows
            ],
        }
    )
    cells = [
        [_set(cell, laid_out.longest(range(n, n + 1))) for n, cell in enumerate(row)] for row in node["rows"]
    ]
    return node | {"rows": cells} | vars(laid_out)


def _warning(part: Part) -> dict[str, Any]:
    return {"text": _set(f"{part.place}: {part.content['text']}", _LONGEST_WORD)}


def _signed_items(items: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [_set(item, _LONGEST_WORD) | {"word": unsaid_word(item["sign"], item["text"])} for item in items]


def _verdict(part: Part) -> dict[str, Any]:
    figures = _set(part.content["figures"], _LONGEST_LABEL)
    return {"figures": figures, "sentences": _signed_items(part.content["sentences"])}


def _list(part: Part) -> dict[str, Any]:
    return {"items": _signed_items(part.content["items"])}


def _figure(part: Part) -> dict[str, Any]:
    image, notes = part.content["image"], part.content["notes"]
    prepared = _set(
        {key: part.content[key] for key in ("heading", "level", "caption", "notes", "kicker")}, _LONGEST_WORD
    )
    return prepared | {
        "id": part.content.get("id", ""),
        "label": part.content["label"],
        "place": part.content["place"],
        "values": bool(part.content["table"]),
        "alt": printable_text(part.content["alt"], fonts.printable()),
        "image": _drawable(image),
        "format": image.format,
        "width": round(min(image.width, layout.PAGE), 2),
        "beside": layout.notes_beside(image, notes),
        "breakable": layout.notes_height(notes) > layout.LONG_NOTES,
    }


def _drawable(image: Image) -> str | list[int]:
    return image.data.decode("utf-8") if image.format == "svg" else list(image.data)


def _table(part: Part) -> dict[str, Any]:
    laid_out = layout.table_layout(part.content)
    return {
        "label": part.content["label"],
        "place": part.content["place"],
        "caption": _set(part.content["caption"], _LONGEST_WORD),
        "note": _set(part.content["note"], _LONGEST_WORD),
        "columns": [_head(column, laid_out, n) for n, column in enumerate(part.content["columns"])],
        "rows": [
            [_cell(cell, laid_out, columns) for columns, cell in layout.placed(row)]
            for row in part.content["rows"]
        ],
        "widths": laid_out.widths,
        "scale": laid_out.scale,
        "breakable": laid_out.breakable,
        "tall_rows": laid_out.tall_rows,
    }


def _head(column: dict[str, Any], laid_out: layout.TableLayout, number: int) -> dict[str, Any]:
    place = range(number, number + 1)
    texts = {key: _fitted(column[key], laid_out, place) for key in ("label", "note")}
    return texts | {"align": "end" if column["align"] == "right" else "start"}


def _cell(cell: dict[str, Any], laid_out: layout.TableLayout, columns: range) -> dict[str, Any]:
    signed = bool(cell["sign"])
    texts = {key: _fitted(cell[key], laid_out, columns, signed) for key in ("text", "small")}
    return cell | texts | {"href": _on_paper(cell["href"]), "word": unsaid_word(cell["sign"], cell["text"])}


def _on_paper(address: str) -> str:
    """A link to a neighbouring page leads to its PDF."""
    return f"{address.removesuffix('.html')}.pdf" if _NEIGHBOUR.fullmatch(address) else address


def _attachments(part: Part) -> dict[str, Any]:
    return {"files": [_attachment(file) for file in part.content["files"]]}


def _attachment(file: dict[str, str]) -> dict[str, str]:
    text = file["text"].encode("utf-8", "replace").decode()
    return {"name": file["name"], "description": _set(file["description"], _LONGEST_WORD), "text": text}


def _fitted(text: str, laid_out: layout.TableLayout, columns: range, signed: bool = False) -> str:
    return layout.fitted(printable_text(text, fonts.printable()), laid_out, columns, signed)


_PREPARE: dict[str, Callable[[Part], dict[str, Any]]] = {
    "figure": _figure,
    "list": _list,
    "markdown": _markdown,
    "table": _table,
    "verdict": _verdict,
    "warning": _warning,
    "attachments": _attachments,
}
