"""What a notebook shows: blocks that JupyterLab renders as Markdown or SVG and our exporters as a designed page.

Each block gives one output with three forms of the same content: Markdown for JupyterLab and for review in a diff,
a short plain text, and a dictionary of plain texts (`MIME`) that the exporters set. A figure's text is its
alternative text, so that no chart travels without it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from gsanalysis.wording.words import rating_word

MIME = "application/vnd.gsanalysis.v1+json"
SIGNS = {
    "achieved": "●",
    "on_track": "▶",
    "at_risk": "◆",
    "off_track": "✖",
    "no_data": "○",
    "no_comparison": "◌",
    "not_yet_due": "–",
    "not_applicable": "–",
    "monitored": "·",
}
Dictionary = dict[str, Any]


@dataclass(frozen=True)
class Block:
    """One output: a dictionary for the exporters, Markdown for JupyterLab and a short plain text."""

    content: Dictionary
    markdown: str
    plain: str
    svg: str = ""

    def _repr_mimebundle_(
        self, include: object = None, exclude: object = None
    ) -> tuple[Dictionary, Dictionary]:
        bundle: Dictionary = {"text/plain": self.plain, MIME: self.content}
        if not self.svg:
            return {**bundle, "text/markdown": self.markdown}, {}
        return {**bundle, "image/svg+xml": self.svg}, {"image/svg+xml": {"alt": self.plain}}


def title(
    eyebrow: str,
    heading: str,
    quote: str = "",
    banner: str = "",
    cover: Sequence[tuple[str, str]] = (),
    **furniture: str,
) -> Block:
    """The head of a page; ``furniture`` are running lines, footer, language and date.

    ``cover`` are the lines (label, text) of a cover: a page that has one is a report, with contents and chapters.
    """
    content = {
        "type": "title",
        "eyebrow": eyebrow,
        "title": heading,
        "quote": quote,
        "banner": banner,
        "cover": [{"label": label, "text": text} for label, text in cover],
        **furniture,
    }
    lines = [f"# {escaped(eyebrow)}: {escaped(heading)}", f"*{escaped(quote)}*" if quote else ""]
    lines += [f"**{escaped(banner)}**" if banner else "", escaped(furniture.get("running_right", ""))]
    lines += ["\n".join(f"- {escaped(label)}: {escaped(text)}" for label, text in cover)]
    return Block(content, "\n\n".join(line for line in lines if line), f"{eyebrow}: {heading}")


def include(pages: Sequence[tuple[str, str]]) -> Block:
    """The place in a report where the pages (name, title) of the notebooks beside it stand, each as a chapter."""
    content = {"type": "include", "pages": [{"name": name, "title": title} for name, title in pages]}
    lines = [f"- [{escaped(title)}]({name}.ipynb)" for name, title in pages]
    return Block(content, "\n".join(lines), f"{len(pages)} chapters")


def attachments(files: Sequence[tuple[str, str, str]]) -> Block:
    """Files (name, description, text) that stand beside the page and that a PDF carries."""
    content = {
        "type": "attachments",
        "files": [{"name": name, "description": about, "text": text} for name, about, text in files],
    }
    lines = [f"- [{escaped(name)}]({name}): {escaped(about)}" for name, about, _ in files]
    return Block(content, "\n".join(lines), f"{len(files)} files")


def verdict(figures: Sequence[tuple[str, str]], sentences: Sequence[tuple[str, str]]) -> Block:
    """The band of an answer: counts as (number, label), and sentences as (sign, text)."""
    content = {
        "type": "verdict",
        "figures": [{"number": number, "label": label} for number, label in figures],
        "sentences": [{"sign": sign, "text": text} for sign, text in sentences],
    }
    counts = "\n".join(f"- **{escaped(number)}** {escaped(label)}" for number, label in figures)
    said = "\n".join(f"- {SIGNS[sign]} {escaped(text)}" for sign, text in sentences)
    return Block(content, f"{counts}\n\n{said}", "Verdict")


def table(
    caption: str,
    columns: Sequence[Dictionary],
    rows: Sequence[Sequence[Dictionary]],
    note: str = "",
    key: str = "",
) -> Block:
    """A table; columns are made by `column`, cells by `cell`; the first cell of a row names it.

    ``key`` is what a ``refs`` of another block calls it by.
    """
    content = {
        "type": "table",
        "key": key,
        "caption": caption,
        "columns": list(columns),
        "rows": [list(row) for row in rows],
        "row_header": True,
        "note": note,
    }
    lines = [
        f"*{escaped(caption)}*\n",
        _line(" ".join(filter(None, (escaped(c["label"]), escaped(c["note"])))) for c in columns),
        _line("--:" if c["align"] == "right" else ":--" for c in columns),
        *(_line(text for entry in row for text in _cells_markdown(entry)) for row in rows),
        f"\n{escaped(note)}" if note else "",
    ]
    return Block(content, "\n".join(lines).rstrip(), f"Table: {caption}")


def column(label: str, note: str = "", align: str = "left", width: str = "auto") -> Dictionary:
    """A column's head: ``align`` is left or right, ``width`` is wide, medium, narrow or auto."""
    return {"label": label, "note": note, "align": align, "width": width}


def cell(
    text: str = "",
    sign: str | None = None,
    small: str = "",
    strip: Iterable[str] = (),
    href: str = "",
    refs: Iterable[str] = (),
    span: int = 1,
) -> Dictionary:
    """A cell: text after its sign, a second grey line, a strip of signs, a link, the numbers of figures or tables.

    With ``span`` it reaches over so many columns.
    """
    content: Dictionary = {"text": text, "sign": sign, "small": small, "strip": list(strip), "href": href}
    return {**content, "refs": list(refs), "span": span}


def legend(ratings: Sequence[str], extra: str = "") -> Block:
    """The signs with their words."""
    words = " · ".join(f"{SIGNS[rating]} {rating_word(rating)}" for rating in ratings)
    extra_markdown = f" · {escaped(extra)}" if extra else ""
    return Block(
        {"type": "legend", "ratings": list(ratings), "extra": extra}, words + extra_markdown, "Legend"
    )


def figure(
    heading: str,
    svg: str,
    alt: str,
    caption: str = "",
    level: int = 3,
    key: str = "",
    kicker: str = "",
    table: Dictionary | None = None,
) -> Block:
    """A chart with the heading that says what was found, and the text that says what is seen.

    ``kicker`` is a small line above the heading, ``table`` the content of a table with what the chart draws.
    """
    content = {"type": "figure", "heading": heading, "alt": alt, "caption": caption, "level": level}
    content |= {"key": key, "kicker": kicker, "table": table}
    return Block(content, "", f"{heading}. {alt}" if heading else alt, svg)


def notes(items: Sequence[Dictionary], heading: str = "", level: int = 3, beside: str = "") -> Block:
    """Short paragraphs with a lead in bold; made by `note`.

    Right after a figure they stand beside it; ``beside`` is that figure's heading, which JupyterLab does not show.
    """
    content = {"type": "notes", "heading": heading, "level": level, "items": list(items)}
    lines = [f"{'#' * level} {escaped(heading or beside)}"] if heading or beside else []
    lines += [
        f"**{escaped(item['lead'])}** {item.get('markdown') or escaped(item.get('text', ''))}"
        for item in items
    ]
    return Block(content, "\n\n".join(lines), heading or beside or "Notes")


def note(lead: str, text: str = "", markdown: str = "", refs: Iterable[str] = ()) -> Dictionary:
    """A paragraph of `notes`: plain text, or an author's Markdown; ``refs`` are figures or tables named at its end."""
    said = {"markdown": markdown} if markdown else {"text": text}
    return {"lead": lead, **said, "refs": list(refs)}


def item(text: str, sign: str | None = None, small: str = "", refs: Iterable[str] = ()) -> Dictionary:
    """An entry of a `listing`: text after its sign, small grey text, the numbers of figures or tables."""
    return {"text": text, "sign": sign, "small": small, "refs": list(refs)}


def listing(items: Sequence[Dictionary]) -> Block:
    """A list of entries made by `item`."""
    content = {"type": "list", "items": list(items)}
    lines = []
    for entry in items:
        sign, text, small = entry["sign"], entry["text"], entry["small"]
        marked = f"{SIGNS[sign]} {escaped(text)}" if sign else escaped(text)
        lines.append(f"- {marked} {escaped(small)}".rstrip())
    return Block(content, "\n".join(lines), f"List of {len(items)}")


def paragraph(text: str) -> Block:
    """One paragraph."""
    return Block({"type": "paragraph", "text": text}, escaped(text), text)


def escaped(text: str) -> str:
    """Text as Markdown that shows it as written, on one line."""
    text = " ".join(str(text).split())
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    text = re.sub(r"([\\`*_\[\]|$~])", r"\\\1", text)
    return re.sub(
        r"^([-+#]|\d+[.)])",
        lambda found: f"\\{found[0]}" if found[0] in "-+#" else found[0][:-1] + "\\" + found[0][-1],
        text,
    )


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cells_markdown(entry: Dictionary) -> list[str]:
    """A cell and the empty ones that it reaches over, which Markdown can't merge."""
    return [_cell_markdown(entry), *([""] * (entry["span"] - 1))]


def _cell_markdown(entry: Dictionary) -> str:
    sign = SIGNS[entry["sign"]] if entry["sign"] else ""
    strip = " ".join(SIGNS[rating] for rating in entry["strip"])
    small = f"({escaped(entry['small'])})" if entry["small"] else ""
    return " ".join(part for part in (sign, escaped(entry["text"]), strip, small) if part)
