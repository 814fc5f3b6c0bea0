"""The bytes of a file as text, and which encoding they seem to be in where that isn't UTF-8."""

import re
from dataclasses import dataclass

from gsanalysis.problems import quoted

UNDECODABLE = re.compile("[\udc80-\udcff]")

# Letters and marks that European texts are full of: an encoding that makes these of the bytes is the likely one.
COMMON = set("éèêëàâäçîïôöûüùñóíáúßøåæœÉÈÀÄÖÜÇ–—‘’“”…€£°§«»")
LIKELY = {"cp1252": "Windows-1252", "mac_roman": "Mac Roman", "cp850": "DOS code page 850"}
NOT_TEXT = {
    b"PK\x03\x04": "a spreadsheet or another zip archive",
    b"\xd0\xcf\x11\xe0": "an old Excel file",
    b"%PDF": "a PDF",
    b"\x1f\x8b": "a gzip archive",
}


@dataclass(frozen=True)
class Decoded:
    """A file's text; `fault` is a problem of the whole file. Without text nothing could be made of it.

    A byte that isn't UTF-8 stands in the text as one of U+DC80 to U+DCFF; `doubtful` says that there may be
    such bytes or NULs in it.
    """

    text: str
    fault: str = ""
    doubtful: bool = False


def decode(data: bytes) -> Decoded:
    """Return the text of the bytes, without a BOM."""
    for start, what in NOT_TEXT.items():
        if data.startswith(start):
            return Decoded("", f"the file is {what}, expected text in UTF-8: save it as CSV UTF-8")
    if wide := _wide_encoding(data):
        name, why = wide
        text = data.decode(name, "replace").removeprefix("\ufeff")
        return Decoded(text, f"the file is {name[:6].upper()} ({why}), expected UTF-8: save it as CSV UTF-8")
    try:
        return Decoded(data.decode("utf-8-sig"), doubtful=b"\0" in data)
    except UnicodeDecodeError:
        return Decoded(data.decode("utf-8-sig", "surrogateescape"), doubtful=True)


def undecodable_fault(text: str) -> str:
    """Return the message for a text with a byte that isn't UTF-8: the byte, and what it seems to be."""
    found = UNDECODABLE.search(text)
    if not found:
        return ""
    byte = ord(found[0]) - 0xDC00
    encoding = _likely_encoding(text)
    meant = _read_as(text, encoding)
    return (
        f"the byte 0x{byte:02X} is not UTF-8, expected UTF-8 throughout; the file seems to be in "
        f"{LIKELY[encoding]}, where this reads {quoted(meant)}: save it as UTF-8"
    )


def nul_fault(text: str) -> str:
    """Return the message for a text with a NUL byte in it."""
    return f"a NUL byte (0x00) in {quoted(text)}, expected text: delete the byte" if "\0" in text else ""


def _wide_encoding(data: bytes) -> tuple[str, str] | None:
    """Recognise UTF-16 and UTF-32 by the mark at their beginning, UTF-16 also by the NULs beside its letters."""
    for mark, name in ((b"\xff\xfe\0\0", "utf-32"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return name, f"it starts with the bytes {mark.hex(' ').upper()}"
    start = data[:2000]
    for offset, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        every_other = start[offset::2]
        if len(every_other) > 4 and every_other.count(0) > 0.8 * len(every_other):
            return name, "every other byte is NUL"
    return None


def _likely_encoding(text: str) -> str:
    def familiar(encoding: str) -> int:
        return sum(letter in COMMON for letter in _read_as("".join(UNDECODABLE.findall(text)), encoding))

    return max(LIKELY, key=familiar)


def _read_as(text: str, encoding: str) -> str:
    def letter(found: re.Match[str]) -> str:
        return bytes([ord(found[0]) - 0xDC00]).decode(encoding, "replace")

    return UNDECODABLE.sub(letter, text)
