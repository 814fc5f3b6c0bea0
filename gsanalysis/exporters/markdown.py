"""Markdown as a small tree that both renderers read.

Blocks: {"t": "p"|"quote"|"h"|"list"|"pre"|"table"|"rule", ...}; inline: {"t": "text"|"em"|"strong"|"code"|
"link"|"br", ...}. Raw HTML and links that may not be links are text.
"""

import html
from collections.abc import Callable, Iterator
from typing import Any

import mistune

from gsanalysis.exporters.links import safe_address
from gsanalysis.exporters.plain_text import clean

Node = dict[str, Any]
_parse = mistune.create_markdown(renderer=None, plugins=["table", "math"])


def parsed(source: str) -> list[Node]:
    """Read Markdown; the headings carry their level and their text."""
    tokens = _parse(clean(source))
    return _blocks(tokens) if isinstance(tokens, list) else []


def plain(nodes: list[Node]) -> str:
    """Give the bare text of blocks or inline nodes."""
    return "".join(_texts(nodes))


def walk(nodes: list[Node]) -> Iterator[Node]:
    """Visit every node of a tree, parents first."""
    for node in nodes:
        yield node
        for children in _child_lists(node):
            yield from walk(children)


def without_headings(nodes: list[Node]) -> list[Node]:
    """Turn headings into bold paragraphs: what an author quotes must not change the page's outline."""
    for node in walk(nodes):
        if node["t"] == "h":
            node |= {"t": "p", "c": [{"t": "strong", "c": node["c"]}]}
    return nodes


def _texts(nodes: list[Node]) -> Iterator[str]:
    for node in walk(nodes):
        if "text" in node:
            yield node["text"]
        elif node["t"] == "br":
            yield "\n"


def _child_lists(node: Node) -> Iterator[list[Node]]:
    yield node.get("c", [])
    yield from node.get("items", [])
    for row in node.get("rows", []):
        yield from row


def _blocks(tokens: list[Node]) -> list[Node]:
    return [_BLOCKS[token["type"]](token) for token in tokens if token["type"] in _BLOCKS]


def _inline(tokens: list[Node]) -> list[Node]:
    return [node for token in tokens for node in _INLINE[token["type"]](token)]


def _paragraph(token: Node) -> Node:
    return {"t": "p", "c": _inline(token["children"])}


def _heading(token: Node) -> Node:
    return {"t": "h", "level": token["attrs"]["level"], "c": _inline(token["children"])}


def _list(token: Node) -> Node:
    attributes = token["attrs"]
    items = [_blocks(item["children"]) for item in token["children"]]
    return {
        "t": "list",
        "ordered": attributes["ordered"],
        "start": attributes.get("start", 1),
        "items": items,
    }


def _table(token: Node) -> Node:
    head, *bodies = token["children"]
    rows = [head["children"], *(row["children"] for body in bodies for row in body["children"])]
    aligned = [cell["attrs"]["align"] or "left" for cell in head["children"]]
    return {
        "t": "table",
        "align": aligned,
        "rows": [[_inline(cell["children"]) for cell in row] for row in rows],
    }


def _link(token: Node) -> list[Node]:
    address, children = safe_address(token["attrs"]["url"]), _inline(token["children"])
    if address:
        return [{"t": "link", "href": address, "c": children}]
    return [_text("["), *children, _text(f"]({token['attrs']['url']})")]


def _image(token: Node) -> list[Node]:
    return [{"t": "image", "text": f"![{plain(_inline(token['children']))}]({token['attrs']['url']})"}]


def _text(text: str) -> Node:
    return {"t": "text", "text": text}


_BLOCKS: dict[str, Callable[[Node], Node]] = {
    "paragraph": _paragraph,
    "block_text": _paragraph,
    "heading": _heading,
    "list": _list,
    "table": _table,
    "block_quote": lambda token: {"t": "quote", "c": _blocks(token["children"])},
    "block_code": lambda token: {"t": "pre", "text": token["raw"].rstrip("\n")},
    "block_math": lambda token: {"t": "pre", "text": f"$${token['raw']}$$"},
    "block_html": lambda token: {"t": "p", "c": [_text(token["raw"].rstrip("\n"))]},
    "thematic_break": lambda token: {"t": "rule"},
}
_INLINE: dict[str, Callable[[Node], list[Node]]] = {
    "text": lambda token: [_text(clean(html.unescape(token["raw"])))],
    "emphasis": lambda token: [{"t": "em", "c": _inline(token["children"])}],
    "strong": lambda token: [{"t": "strong", "c": _inline(token["children"])}],
    "codespan": lambda token: [{"t": "code", "text": token["raw"]}],
    "inline_math": lambda token: [{"t": "code", "text": f"${token['raw']}$"}],
    "block_math": lambda token: [{"t": "code", "text": f"$${token['raw']}$$"}],
    "inline_html": lambda token: [_text(token["raw"])],
    "link": _link,
    "image": _image,
    "softbreak": lambda token: [_text(" ")],
    "linebreak": lambda token: [{"t": "br"}],
}
