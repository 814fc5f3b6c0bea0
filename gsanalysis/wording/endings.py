"""How a sentence ends when its last words are somebody else's."""

from gsanalysis.wording.words import one_line

STOPS = (".", "!", "?")


def full_stop(text: str) -> str:
    """The text as a sentence: with a full stop unless it has its own."""
    return text if text.removesuffix("”").endswith(STOPS) else f"{text}."


def quoted(text: str) -> str:
    """Somebody's words on one line, as the end of a sentence."""
    text = one_line(text)
    return f"“{text}”" if text.endswith(STOPS) else f"“{text}”."
