"""Numbers of figures and tables, and the references to them: "Figure 7", "Table 12", each a link."""

from collections.abc import Iterator

from gsanalysis.exporters.block_types import Block
from gsanalysis.exporters.document import Page, Part

NAMES = {"figure": "Figure", "table": "Table"}


def number(page: Page) -> None:
    """Number the figures and tables of a page in order, and put the numbers where others refer to them.

    Each gets a `label` ("Figure 7") and a `place` ("figure-7"); what has `refs` gets `links`, a list of these with
    their `name` ("Figure") and `number`.
    """
    known: dict[str, Block] = {}
    counts = dict.fromkeys(NAMES, 0)
    for part in page.parts:
        if part.type in NAMES:
            counts[part.type] += 1
            count = counts[part.type]
            names = {"label": f"{NAMES[part.type]} {count}", "place": f"{part.type}-{count}"}
            part.content |= names
            if part.content["key"]:
                known.setdefault(
                    part.content["key"], names | {"name": NAMES[part.type], "number": str(count)}
                )
    for part in page.parts:
        for referring in _referring(part):
            referring["links"] = [known[key] for key in referring["refs"] if key in known]


def places(page: Page) -> set[str]:
    """Give the anchors of the numbered figures and tables."""
    return {part.content["place"] for part in page.parts if part.type in NAMES}


def _referring(part: Part) -> Iterator[Block]:
    for row in part.content.get("rows", []):
        yield from row
    if part.type == "figure":
        yield from part.content["notes"]
        yield from (cell for row in (part.content["table"] or {}).get("rows", []) for cell in row)
    if part.type in ("list", "notes"):
        yield from part.content["items"]


def said(links: list[Block]) -> str:
    """Give references as they are read: "Figure 7, Table 12"."""
    return ", ".join(link["label"] for link in links)
