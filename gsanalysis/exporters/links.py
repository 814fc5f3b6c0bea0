"""Which addresses become links: the web, mail, a neighbouring file, a place on the page; nothing that runs."""

import re

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_ALLOWED = ("http://", "https://", "mailto:")
_NOT_IN_ADDRESSES = re.compile(
    r"[\x00-\x20\x7f-\xa0\\<>\"\u200b-\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)


def safe_address(address: str) -> str:
    """Give the address where a link may lead to it, else "" (the text then stands without a link)."""
    if not address or _NOT_IN_ADDRESSES.search(address):
        return ""
    if _SCHEME.match(address):
        return address if address.lower().startswith(_ALLOWED) else ""
    return "" if address.startswith("//") else address
