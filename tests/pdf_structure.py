"""What a PDF of ours must have: metadata, headings, contents, figures, tables, links, files, fonts, page numbers."""

import itertools
import re
from collections.abc import Iterator, Sequence

from pdf_reading import LOST, Element, Structure, read_structure, tidy

__all__ = ["read_structure", "structure_faults"]

PLACEHOLDER = "No description has been provided for this image"
OUR_FONTS = re.compile(r"[A-Z]{6}\+(SourceSansPro|SourceSerifPro|DejaVuSans)")
CONTENTS = "Contents"
ENTRY = re.compile(r"(.*?)[ .]*?(\d+)")


def structure_faults(
    data: bytes, language: str = "en", rasters: int = 0, files: Sequence[str] = (), report: bool = False
) -> list[str]:
    """List what a PDF lacks; empty for a good one. Each entry is a sentence.

    `files` are the names of those that it carries; a `report` has contents, which lead to its headings.
    """
    found = read_structure(data)
    faults = [*_metadata_faults(found, language, "3" if files else "2"), *_heading_faults(found)]
    faults += [*_figure_faults(found), *_table_faults(found), *_link_faults(found)]
    faults += [*_contents_faults(found, report), *_file_faults(found, list(files))]
    faults += [*_font_faults(found), *_furniture_faults(found)]
    if found.rasters != rasters:
        faults.append(f"There are {found.rasters} raster images, not {rasters}.")
    return faults


def _metadata_faults(found: Structure, language: str, part: str) -> Iterator[str]:
    conformance = {"pdfuaid:part": "1", "pdfaid:part": part, "pdfaid:conformance": "A"}
    for key, value in conformance.items():
        if found.xmp[key] != value:
            yield f"The XMP metadata say {key} = {found.xmp[key]!r}, not {value!r}."
    if found.language != language:
        yield f"The language is {found.language!r}, not {language!r}."
    if not found.title or found.title != found.xmp["dc:title"]:
        yield f"The title {found.title!r} is empty or not that of the XMP metadata."
    if not found.shows_title or not found.marked:
        yield "The document doesn't show its title, or isn't marked as tagged."


def _heading_faults(found: Structure) -> Iterator[str]:
    levels = [level for level, _ in found.headings]
    if levels.count(1) != 1 or levels[0] != 1:
        yield f"There is not one main heading, first: {levels}."
    if any(after > before + 1 for before, after in itertools.pairwise(levels)):
        yield f"The headings skip a level: {levels}."
    if [_letters(title) for title in found.outline] != [_letters(text) for _, text in found.headings]:
        yield f"The outline {found.outline} is not the headings {found.headings}."


def _figure_faults(found: Structure) -> Iterator[str]:
    alternatives = found.alternatives
    for alt in alternatives:
        if len(alt) < 20 or PLACEHOLDER in alt:
            yield f"A figure has the alternative text {alt!r}."
    if len(set(alternatives)) < len(alternatives):
        yield "Two figures have the same alternative text."


def _table_faults(found: Structure) -> Iterator[str]:
    for table in found.root.all("Table"):
        cells = table.all("TH")
        name = tidy(table.full_text)[:40]
        if not table.all("THead") or not cells:
            yield f"The table {name!r} has no header."
        if any(cell.scope != "Column" for cell in cells):
            yield f"The table {name!r} has header cells without scope."
        if len(set(_reaches(table))) > 1:
            yield f"The table {name!r} has rows of different lengths."


def _reaches(table: Element) -> Iterator[int]:
    """Count the columns of each row, with those that its cells, and cells of the rows above, reach over."""
    from_above: list[int] = []
    for row in table.all("TR"):
        cells = row.all("TH", "TD")
        yield sum(cell.span for cell in cells) + len(from_above)
        begun = [cell.row_span for cell in cells for _ in range(cell.span)]
        from_above = [rows - 1 for rows in (*from_above, *begun) if rows > 1]


def _link_faults(found: Structure) -> Iterator[str]:
    lost = found.links.count(LOST)
    if lost:
        yield f"{lost} links lead to no place of the document."
    tagged = len(found.root.all("Link"))
    inside = [link for link in found.root.all("Link") if link.target == LOST]
    if inside or tagged > len(found.links):
        yield f"There are {tagged} tagged links, but {len(found.links)} that can be followed."


def _contents_faults(found: Structure, report: bool) -> Iterator[str]:
    """Compare the contents with the headings: the words, the page printed, and the page that the link leads to."""
    entries = found.root.all("TOCI")
    if bool(entries) != report:
        yield f"There are {len(entries)} entries of contents."
    if not entries:
        return
    printed = [match.groups() for entry in entries if (match := ENTRY.fullmatch(tidy(entry.full_text)))]
    deepest = 3 if len(found.root.all("TOC")) > 2 else 2
    headings = [
        heading
        for heading in found.root.all(*("H2", "H3")[: deepest - 1])
        if tidy(heading.full_text) != CONTENTS
    ]
    expected = [(_words(heading.full_text), heading.pages[0]) for heading in headings]
    if [(_words(words), int(page)) for words, page in printed] != expected:
        lacking = {*expected} ^ {(_words(words), int(page)) for words, page in printed}
        yield f"The contents are not the headings with their pages: {sorted(lacking)[:4]}."
    led_to = [_target(entry) for entry in entries]
    if led_to != [page for _, page in expected]:
        yield f"The contents lead to the pages {led_to}, not {[page for _, page in expected]}."


def _target(entry: Element) -> int | None:
    return next((link.target for link in entry.all("Link")), None)


def _letters(text: str) -> str:
    """Give what is seen of a text; a page has words of two directions in the order of the eye, so they are sorted."""
    seen = re.sub(r"[\s\u200b-\u200f\u202a-\u202e\u2066-\u2069]", "", text)
    return "".join(sorted(seen)) if re.search(r"[\u0590-\u08ff\u200f\u202a-\u202e]", text) else seen


def _words(text: str) -> str:
    """Give a heading's letters; what parts a chapter's kind from its name differs in the contents."""
    return _letters(re.sub("[:·]", "", text)).strip(".")


def _file_faults(found: Structure, names: list[str]) -> Iterator[str]:
    if sorted(file.name for file in found.files) != sorted(names):
        yield f"The files {[file.name for file in found.files]} are attached, not {names}."
    for file in found.files:
        if (file.relationship, file.mime) != ("Data", "text/csv") or not file.description.strip():
            yield f"The file {file.name} is called {file.relationship}, {file.mime}, {file.description!r}."


def _font_faults(found: Structure) -> Iterator[str]:
    for name, (embedded, has_unicode) in found.fonts.items():
        if not embedded or not has_unicode:
            yield f"The font {name} is not embedded or has no ToUnicode."
        if not OUR_FONTS.match(name) or "LastResort" in name:
            yield f"The font {name} is not one of ours."


def _furniture_faults(found: Structure) -> Iterator[str]:
    count = len(found.furniture)
    for number, text in enumerate(found.furniture, 1):
        if f"page {number} of {count}" not in tidy(text):
            yield f"Page {number} does not say 'page {number} of {count}': {text!r}."
