"""Text that somebody typed, made safe to set: what can't be printed is named, what can't be broken can be."""

import re
from collections.abc import Set
from typing import Any

BREAK = "\u200b"  # zero-width space: a line may end here, and nothing is seen
_CONTROLS = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff\U0001fffe\U0001ffff]"
)
_SEPARATORS = frozenset("/\\._-?&=:;,|@+%")
_EMBEDDINGS, _ISOLATES = "\u202a\u202b\u202d\u202e", "\u2066\u2067\u2068"
_OVERRIDES = "\u202d\u202e"
_POP_EMBEDDING, _POP_ISOLATE = "\u202c", "\u2069"
_INVISIBLE = frozenset(map(ord, "\n\t\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad")) | frozenset(
    map(ord, _EMBEDDINGS + _ISOLATES + _POP_EMBEDDING + _POP_ISOLATE)
) - frozenset(map(ord, _OVERRIDES))


def cleaned(content: Any) -> Any:
    """Clean every string in a block, however deep: no control characters, closed direction marks."""
    if isinstance(content, str):
        return clean(content)
    if isinstance(content, dict):
        return {key: cleaned(value) for key, value in content.items()}
    if isinstance(content, list):
        return [cleaned(value) for value in content]
    return content


def clean(text: str) -> str:
    """Give a text that is legal in HTML and PDF; a control character becomes its code, such as [U+0007]."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return _closed(_CONTROLS.sub(lambda found: code_point(found[0]), lines))


def code_point(character: str) -> str:
    """Name a character that can't be printed, as [U+4E2D]."""
    return f"[U+{ord(character):04X}]"


def without_glyph(text: str, printable: Set[int]) -> list[str]:
    """List the characters of a text, each once, that are not among the printable code points.

    On paper that includes the overrides of direction, which would print the text after them backwards.
    """
    return [
        c
        for c in dict.fromkeys(text)
        if ord(c) not in _INVISIBLE and (ord(c) not in printable or c in _OVERRIDES)
    ]


def printable_text(text: str, printable: Set[int]) -> str:
    """Replace each character that has no glyph by its code."""
    if text.isascii():
        return text
    missing = without_glyph(text, printable)
    return text.translate({ord(c): code_point(c) for c in missing}) if missing else text


def breakable(text: str, longest: int) -> str:
    """Let words of more than `longest` characters break: after a separator, else every few characters."""
    if len(text) <= longest:
        return text
    return re.sub(rf"\S{{{longest + 1},}}", lambda word: _broken(word[0], max(1, min(8, longest // 2))), text)


def _broken(word: str, step: int) -> str:
    pieces, piece = [], ""
    for character in word:
        piece += character
        if len(piece) >= step or character in _SEPARATORS:
            pieces.append(piece)
            piece = ""
    return BREAK.join([*pieces, piece] if piece else pieces)


def _closed(text: str) -> str:
    """End every change of direction where its text ends, so that it can't turn the text after it around."""
    if text.isascii():
        return text
    still_open: list[str] = []
    for character in text:
        if character in _EMBEDDINGS:
            still_open.append(_POP_EMBEDDING)
        elif character in _ISOLATES:
            still_open.append(_POP_ISOLATE)
        elif still_open and character == still_open[-1]:
            still_open.pop()
    return text + "".join(reversed(still_open))
