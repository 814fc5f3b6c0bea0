"""Editions: what was circulated is kept before other data take its place, and a year's index lists them all."""

from __future__ import annotations

import shutil
from itertools import count
from pathlib import Path
from typing import Any

from gsanalysis.problems import listed
from gsanalysis.runner.book import EDITIONS, Book, Place
from gsanalysis.runner.index import Edition, Page, day, elsewhere_html, with_elsewhere
from gsanalysis.runner.manifest import MANIFEST, OWN, read_manifest, renewed

INDEX = "index.html"
NO_FIGURES = "no-figures"  # the folder of an edition from before anything was reported
COMPARED = "before/"  # in a manifest, the files of the folder that an edition is compared with
LATER = "-earlier-"  # follows the name of an edition that another one has taken the place of


def keep_earlier(book: Book, inputs: dict[str, str], scratch: Path) -> list[str]:
    """Copy what stands where the book goes, if it is another edition or was made from other data. Gives what to say.

    The copy is made in ``scratch``, a folder that isn't there yet, and put in place in one step.
    """
    stands = read_manifest(book.folder)
    if not stands:
        return []
    edition = stands.get("edition", "")
    changed = _changed(stands.get("inputs", {}), inputs)
    if (edition, stands.get("as_of")) != (book.edition, book.as_of):
        kept = _copied(book, stands, scratch)
        return [f"{book.folder} held the edition {edition or NO_FIGURES}, which is kept in {kept}."]
    if changed and book.as_of:
        kept = _copied(book, stands, scratch)
        return [f"{book.folder} was made from other data ({changed}); that one is kept in {kept}."]
    own = _changed(_own(stands.get("inputs", {})), _own(inputs))
    return [f"{book.folder}, edition {edition}, is made anew from other data: {own} changed."] if own else []


def folders(book: Place) -> list[Path]:
    """The folders of the other editions that the list names."""
    return [path.parent for path in (book.home / EDITIONS).glob(f"*/{INDEX}")]


def listing(book: Book, itself: str, period: Page | None) -> str:
    """The last part of the index in a year's own folder: the period, the edition ``itself`` and all others."""
    found = sorted(folders(book), key=lambda folder: (len(folder.name), folder.name))
    found.sort(key=lambda folder: folder.name[:10], reverse=True)
    others = [Edition(f"{EDITIONS}/{folder.name}/{INDEX}", _said(folder)) for folder in found]
    return elsewhere_html(book.name, period, [*([Edition("", itself)] if itself else []), *others])


def way_back(book: Book, period: Page | None) -> str:
    """The last part of the index of an edition: the period, and the way to the list."""
    return elsewhere_html(book.name, period, [], f"../../{INDEX}")


def title(manifest: dict[str, Any]) -> str:
    """What an edition is called in the list."""
    edition, as_of = manifest.get("edition"), manifest.get("as_of")
    if as_of:
        return f"As of {day(as_of)}"
    return f"Edition of {day(edition)}" if edition else "Without figures"


def _said(folder: Path) -> str:
    manifest, version = read_manifest(folder), folder.name.partition(LATER)[2]
    called = title(manifest) if manifest else folder.name
    return f"{called}, earlier version {version}" if version else called


def _but_for_index(manifest: dict[str, Any]) -> dict[str, Any]:
    """What a manifest says of all files but the index, whose list grows."""
    outputs = {name: file for name, file in manifest.get("outputs", {}).items() if name != INDEX}
    return {**manifest, "outputs": outputs, OWN: ""}


def _own(inputs: dict[str, str]) -> dict[str, str]:
    """The edition's own data, without the folder that it is compared with."""
    return {name: own for name, own in inputs.items() if not name.startswith(COMPARED)}


def _changed(before: dict[str, str], now: dict[str, str]) -> str:
    names = [name for name in sorted({*before, *now}) if before.get(name) != now.get(name)]
    return listed(names) if names else ""


def _copied(book: Book, stands: dict[str, Any], scratch: Path) -> Path:
    """Copy the folder, unless a run that was killed has done so; gives where the copy is."""
    name = stands.get("edition") or NO_FIGURES
    names = (f"{name}{LATER}{number}" if number else name for number in count(1 if book.as_of else 0))
    for kept in (book.home / EDITIONS / name for name in names):
        if _but_for_index(read_manifest(kept)) == _but_for_index(stands):
            return kept
        if not kept.exists():
            _copy(book, scratch)
            kept.parent.mkdir(exist_ok=True)
            scratch.rename(kept)
            return kept
    raise AssertionError("there is always another name")


def _copy(book: Book, scratch: Path) -> None:
    scratch.mkdir()
    for path in book.folder.iterdir():
        if path.is_file():
            shutil.copy(path, scratch)
    index = scratch / INDEX
    if index.exists():
        text = with_elsewhere(index.read_text(encoding="utf-8"), way_back(book, None))
        index.write_text(text, encoding="utf-8")
        (scratch / MANIFEST).write_text(renewed(scratch, INDEX, ""), encoding="utf-8")
