"""The blocks that a notebook may display: which keys each needs, and what stands for a key left out."""

from typing import Any

from gsanalysis.exporters.links import safe_address
from gsanalysis.exporters.signs import WORDS

Block = dict[str, Any]


class BlockError(ValueError):
    """A block is not what its type promises; the message says how."""


_TITLE = ("eyebrow", "quote", "running_left", "running_right", "footer_left", "banner", "date")
_NEEDED = {
    "title": ("title",),
    "verdict": ("figures", "sentences"),
    "table": ("caption", "columns", "rows"),
    "legend": ("ratings",),
    "figure": ("alt",),
    "notes": ("items",),
    "list": ("items",),
    "paragraph": ("text",),
    "include": ("pages",),
    "attachments": ("files",),
}
_LEFT_OUT: dict[str, Block] = {
    "title": {"language": "en", "cover": []} | dict.fromkeys(_TITLE, ""),
    "verdict": {},
    "table": {"row_header": True, "note": "", "key": ""},
    "legend": {"extra": ""},
    "figure": {"heading": "", "caption": "", "level": 3, "key": "", "kicker": "", "table": None},
    "notes": {"heading": "", "level": 3},
    "list": {},
    "paragraph": {},
    "include": {},
    "attachments": {},
}
_COLUMN: Block = {"label": "", "note": "", "align": "left", "width": "auto"}
_CELL: Block = {"text": "", "sign": None, "small": "", "strip": [], "href": "", "refs": [], "span": 1}
_ITEM: Block = {"text": "", "sign": None, "small": "", "refs": []}


def completed(block: Block) -> Block:
    """Give the block with every key that its type knows; BlockError where it is not such a block."""
    kind = block.get("type")
    if kind not in _NEEDED:
        raise BlockError(f"a block of the unknown type {kind!r}")
    for key in _NEEDED[kind]:
        if key not in block:
            raise BlockError(f"a block of type {kind} without {key!r}")
    return _with_inner_parts(_LEFT_OUT[kind] | block)


def _with_inner_parts(block: Block) -> Block:
    if block["type"] == "table":
        block["columns"] = [_COLUMN | column for column in block["columns"]]
        block["rows"] = [_row(number, row, block) for number, row in enumerate(block["rows"], 1)]
    if block["type"] == "figure" and block["table"] is not None:
        block["table"] = completed({"type": "table"} | block["table"])
    if block["type"] == "verdict":
        block["sentences"] = [_signed(_ITEM | sentence) for sentence in block["sentences"]]
    if block["type"] == "list":
        block["items"] = [_signed(_ITEM | item) for item in block["items"]]
    if block["type"] == "legend":
        block["ratings"] = [_known(rating) for rating in block["ratings"]]
    return block


def _row(number: int, row: list[Block], table: Block) -> list[Block]:
    cells = [_signed(_CELL | cell) for cell in row]
    reach = sum(cell["span"] for cell in cells)
    if reach != len(table["columns"]):
        raise BlockError(f"a table whose row {number} has {reach} cells for {len(table['columns'])} columns")
    return cells


def _signed(cell: Block) -> Block:
    """Check the signs of a cell or an item, and drop an address that may not be a link."""
    for rating in [cell["sign"] or "achieved", *cell.get("strip", [])]:
        _known(rating)
    return cell | {"href": safe_address(cell.get("href", ""))}


def _known(rating: str) -> str:
    if rating not in WORDS:
        raise BlockError(f"a sign for the unknown rating {rating!r}")
    return rating
