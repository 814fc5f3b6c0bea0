"""The drawing and the word of each rating: one drawing for HTML and PDF."""

WORDS = {
    "achieved": "achieved",
    "on_track": "on track",
    "at_risk": "at risk",
    "off_track": "off track",
    "no_data": "no data",
    "no_comparison": "no comparison",
    "not_yet_due": "not yet due",
    "not_applicable": "not applicable",
    "monitored": "monitored",
}

_GREY = "#5f6b76"
_DASH = f'<path d="M2 6h8" fill="none" stroke="{_GREY}" stroke-width="1.6"/>'
_SHAPES = {
    "achieved": '<circle cx="6" cy="6" r="5" fill="#0b5394"/>',
    "on_track": '<path d="M1.2 .8 11.4 6 1.2 11.2Z" fill="#2478b3"/>',
    "at_risk": '<path d="M6 .4 11.6 6 6 11.6.4 6Z" fill="#a86400"/>',
    "off_track": '<path d="M1.8 1.8l8.4 8.4m0-8.4l-8.4 8.4" fill="none" stroke="#a61c3c" stroke-width="3"/>',
    "no_data": f'<circle cx="6" cy="6" r="4.3" fill="none" stroke="{_GREY}" stroke-width="1.5"/>',
    "no_comparison": f'<path d="M9.6 3.6A4.3 4.3 0 1 0 9.6 8.4" fill="none" stroke="{_GREY}" stroke-width="1.5"/>',
    "not_yet_due": _DASH,
    "not_applicable": _DASH,
    "monitored": f'<circle cx="6" cy="6" r="2" fill="{_GREY}"/>',
}


def drawing(rating: str) -> str:
    """Give the inside of the sign's SVG, drawn in a square of 12 by 12."""
    return _SHAPES[rating]


def standalone(rating: str) -> str:
    """Give the sign as an SVG file of its own."""
    head = '<svg xmlns="http://www.w3.org/2000/svg" width="12" height="12" viewBox="0 0 12 12">'
    return f"{head}{drawing(rating)}</svg>"


def unsaid_word(rating: str | None, text: str) -> str:
    """Give the sign's word for those who can't see the sign, or "" where the text says it already."""
    if rating is None or text.casefold().startswith(WORDS[rating]):
        return ""
    return WORDS[rating]
