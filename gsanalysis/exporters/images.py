"""Images of a page: an SVG or a PNG that can be drawn, with its width in points."""

import base64
import binascii
import re
import struct
from dataclasses import dataclass
from urllib.parse import quote
from xml.etree import ElementTree

from markupsafe import Markup

_POINTS = {"pt": 1.0, "px": 0.75, "": 0.75, "in": 72.0, "mm": 72 / 25.4, "cm": 72 / 2.54, "pc": 12.0}
_LENGTH = re.compile(r"\s*([0-9.]+)\s*([a-z]*)\s*")
_PLAIN_IN_ADDRESS = (
    "!$'()*+,-./:;=?@_~"  # what an address may hold as it is, but & and the quotes of an attribute
)
_PNG_START = b"\x89PNG\r\n\x1a\n"


class ImageError(ValueError):
    """An image is damaged; the message says how."""


@dataclass(frozen=True)
class Image:
    """The bytes of an image, "svg" or "png", and the size in points that it asks for."""

    data: bytes
    format: str
    width: float
    height: float

    @property
    def address(self) -> Markup:
        """The image as an address that carries it: nothing is loaded, and nothing in it can run.

        It is fit for an attribute between double quotes as it is; an SVG is written in the shorter of two ways.
        """
        kind = "svg+xml" if self.format == "svg" else "png"
        encoded = f";base64,{base64.b64encode(self.data).decode('ascii')}"
        escaped = f",{quote(self.data, safe=_PLAIN_IN_ADDRESS)}"
        shorter = min(encoded, escaped, key=len) if self.format == "svg" else encoded
        return Markup("data:image/" + kind + shorter)  # percent signs stand for all that could be markup


def svg(text: str) -> Image:
    """Take an SVG text; ImageError where it isn't one."""
    try:
        root = ElementTree.fromstring(text.encode("utf-8", "replace"))
    except ElementTree.ParseError as error:
        raise ImageError(f"a damaged SVG ({error})") from error
    if not root.tag.endswith("svg"):
        raise ImageError("an SVG that has no svg element")
    width, height = _size(root)
    return Image(_without_prologue(text).encode("utf-8", "replace"), "svg", width, height)


def png(text: str) -> Image:
    """Take a PNG in base64; ImageError where it isn't one."""
    try:
        data = base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, ValueError) as error:
        raise ImageError("a damaged PNG (not base64)") from error
    if not data.startswith(_PNG_START) or not _is_whole(data):
        raise ImageError("a damaged PNG")
    width, height = struct.unpack(">II", data[16:24])
    return Image(data, "png", width * 0.72, height * 0.72)  # a notebook's PNG has about 100 dots per inch


def _is_whole(data: bytes) -> bool:
    """Walk the chunks of a PNG: each has its checksum, the last is IEND."""
    position = len(_PNG_START)
    while position + 12 <= len(data):
        (length,) = struct.unpack(">I", data[position : position + 4])
        body = data[position + 4 : position + 8 + length]
        if data[position + 8 + length : position + 12 + length] != struct.pack(">I", binascii.crc32(body)):
            return False
        if body[:4] == b"IEND":
            return True
        position += 12 + length
    return False


def _size(root: ElementTree.Element) -> tuple[float, float]:
    box = [float(number) for number in re.findall(r"-?[0-9.]+", root.get("viewBox", ""))] or [0, 0, 400, 250]
    width = _points(root.get("width", "")) or box[2]
    return width, _points(root.get("height", "")) or width * box[3] / (box[2] or 1)


def _points(length: str) -> float:
    found = _LENGTH.fullmatch(length)
    return float(found[1]) * _POINTS.get(found[2], 0) if found else 0


def _without_prologue(text: str) -> str:
    """Drop the XML declaration and the document type, which name an address and say nothing."""
    return text[text.index("<svg") :] if "<svg" in text and "<!ENTITY" not in text else text
