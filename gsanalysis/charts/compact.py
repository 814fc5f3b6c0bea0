"""A chart's SVG in few bytes: places as fine as print can show, and nothing that draws nothing.

Only places are rounded. A picture that holds what is not known here stays as it is.
"""

import re
from xml.etree import ElementTree
from xml.sax.saxutils import escape

FINE = 100.0  # parts of a point that are told apart
GLYPH = "scale(0.015625)"  # how a glyph is drawn: 6400 units for the size of the type
COARSE = 0.1  # of ten such units we make one; at the size of our type it is a hundredth of a point

_SVG, _LINK = "{http://www.w3.org/2000/svg}", "{http://www.w3.org/1999/xlink}href"
_TAGS = {
    f"{_SVG}{name}" for name in ("svg", "g", "defs", "path", "use", "clipPath", "rect", "style", "metadata")
}
_FONTS = {"SourceSansPro-Regular-": "r", "SourceSansPro-Semibold-": "s", "DejaVuSans-": "d"}
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_PAIR = r"\s+-?[.\d]+\s+-?[.\d]+"
_PATH = re.compile(rf"\s*(?:(?:[ML]{_PAIR}|Q(?:{_PAIR}){{2}}|C(?:{_PAIR}){{3}}|z)\s*)*")
_STEP = re.compile(r"([MLQCz])([^MLQCz]*)")
_PLACED = re.compile(r"translate\((-?[.\d]+) (-?[.\d]+)\) scale\(([.\d]+) -\3\)")
_MOVED = re.compile(r"translate\((-?[.\d]+) (-?[.\d]+)\)")
_SPACE = ""  # the name of a glyph that draws nothing
_LOOK = "stroke-linejoin:round"  # what the style sheet of the picture says of every element

Element = ElementTree.Element


def compact(text: str) -> str:
    """The same picture with two decimals, relative paths, short names and single quotes."""
    root = ElementTree.fromstring(text)
    if not _is_known(root):
        return text
    glyphs = _shorten_glyphs(root)
    shared = _shared(root)
    for group in root.iter(f"{_SVG}g"):
        if group.get("transform"):
            _place_text(group, glyphs)
    for element in (*shared, *root.iter()):
        _shorten(element)
    content = "".join(map(_written, root))
    named = set(re.findall(r"#([\w-]+)", content))
    defs = "".join(_written(child) for child in shared if child.get("id") in named)
    size = "".join(f" {key}='{root.attrib[key]}'" for key in ("width", "height", "viewBox"))
    return f"<svg xmlns='{_SVG[1:-1]}'{size} style='{_LOOK}'><defs>{defs}</defs>{content}</svg>"


def relative_path(path: str, scale: float) -> str:
    """A path in steps from place to place, in units of 1 / scale.

    The places are rounded, not the steps between them, so that nothing adds up along the path.
    """
    said, last, here, start = "", "", (0, 0), (0, 0)
    for command, numbers in _STEP.findall(path):
        rounded = [round(float(number) * scale) for number in numbers.split()]
        places = list(zip(rounded[::2], rounded[1::2], strict=True))
        letter, steps = _relative(command, here, places)
        values = ",".join(decimal(step / FINE) if scale == FINE else str(step) for step in steps)
        said += ("," if letter == last and letter in "lhvqc" else letter) + values
        here = places[-1] if places else start
        start, last = here if command == "M" else start, letter
    return said.replace(",-", "-")


def decimal(number: float) -> str:
    """A number with at most two decimals, without what says nothing: ".5", "-3", "0"."""
    text = re.sub(r"^(-?)0\.", r"\1.", f"{number:.2f}".rstrip("0").rstrip("."))
    return "0" if text in ("", "-", "-0") else text


def _relative(command: str, here: tuple[int, int], places: list[tuple[int, int]]) -> tuple[str, list[int]]:
    steps = [step for x, y in places for step in (x - here[0], y - here[1])]
    if command == "L" and 0 in steps:
        return ("h", steps[:1]) if steps[1] == 0 else ("v", steps[1:])
    return command.lower(), steps


def _is_known(root: Element) -> bool:
    """Whether the picture is made of what we can shorten without changing it."""
    return all(_is_known_element(element) for element in root.iter() if _draws(element))


def _draws(element: Element) -> bool:
    """Whether an element is part of the drawing; what stands inside the metadata is not."""
    return str(element.tag).startswith(_SVG)


def _is_known_element(element: Element) -> bool:
    moved = element.get("transform")
    forms = {f"{_SVG}g": _PLACED, f"{_SVG}use": _MOVED, f"{_SVG}path": re.compile(re.escape(GLYPH))}
    fits = moved is None or (element.tag in forms and bool(forms[str(element.tag)].fullmatch(moved)))
    return element.tag in _TAGS and fits and bool(_PATH.fullmatch(element.get("d", "")))


def _shorten_glyphs(root: Element) -> dict[str, str]:
    """Give glyphs short names and whole units; returns the new names by the links to them."""
    names = {}
    for glyph in root.iter(f"{_SVG}path"):
        if glyph.attrib.pop("transform", None) == GLYPH:
            name = _short_name(glyph.attrib["id"])
            names[f"#{glyph.attrib['id']}"] = f"#{name}" if glyph.get("d") else _SPACE
            glyph.attrib |= {"id": name, "d": relative_path(glyph.get("d", ""), COARSE)}
    return names


def _short_name(name: str) -> str:
    """Short, and the same for a glyph in every picture, so that two of them may stand in one document."""
    font = next((font for font in _FONTS if name.startswith(font)), "")
    return _FONTS.get(font, "") + name.removeprefix(font)


def _place_text(group: Element, glyphs: dict[str, str]) -> None:
    """Let the text carry the scale of its glyphs, and place them by x in their units."""
    x, y, size = (float(number) for number in _NUMBER.findall(group.attrib["transform"])[:3])
    unit = float(_NUMBER.findall(GLYPH)[0]) / COARSE
    scale = f"{size * unit:.7f}".strip("0")
    group.set("transform", f"translate({decimal(x)},{decimal(y)})scale({scale}-{scale})")
    for use in list(group):
        if glyphs.get(use.get(_LINK, ""), _SPACE) == _SPACE:
            group.remove(use)  # and the definitions, which have been read
            continue
        moved = _NUMBER.findall(use.attrib.pop("transform", "translate(0 0)"))
        places = {key: f"{float(number) / unit:.0f}" for key, number in zip("xy", moved, strict=True)}
        use.attrib |= {key: place for key, place in places.items() if place not in ("0", "-0")}
        use.set("href", glyphs[use.attrib.pop(_LINK)])


def _shorten(element: Element) -> None:
    for key, value in list(element.attrib.items()):
        if key in ("x", "y", "width", "height", "viewBox"):
            element.set(key, _NUMBER.sub(lambda found: decimal(float(found[0])), value))
        elif key == "style":
            element.set(key, re.sub(r"\s*([:;,])\s*", r"\1", value))
    if "M " in element.get("d", ""):
        element.set("d", relative_path(element.attrib["d"], FINE))
    if _LINK in element.attrib:
        element.set("href", element.attrib.pop(_LINK))


def _shared(root: Element) -> list[Element]:
    """What is drawn where a link names it."""
    return [child for defs in root.iter(f"{_SVG}defs") for child in defs if child.get("id")]


def _written(element: Element) -> str:
    """The element as text; empty for what draws nothing, and without a group that says nothing."""
    name = str(element.tag).removeprefix(_SVG)
    if name in ("defs", "metadata") or _is_unseen(element):
        return ""
    content = "".join(map(_written, element))
    kept = {
        key: value for key, value in element.attrib.items() if key != "id" or name in ("path", "clipPath")
    }
    if name == "g" and (not kept or not content):
        return content
    said = "".join(f" {key}='{_quoted(value)}'" for key, value in kept.items())
    return f"<{name}{said}>{content}</{name}>" if content else f"<{name}{said}/>"


def _is_unseen(element: Element) -> bool:
    """Whether a path has no line and no area to show."""
    style = element.get("style", "")
    is_path = element.tag == f"{_SVG}path"
    return is_path and ("fill:none" in style and "stroke:" not in style)


def _quoted(value: str) -> str:
    return escape(value, {"'": "&#39;", "\n": " "})
