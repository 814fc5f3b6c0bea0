"""What an HTML page must be in a real browser; each check lists its faults, none for a good page.

All of them take details as opened, but for the focus order, which is that of the page as it is met.
"""

from collections.abc import Callable
from pathlib import Path

import axe_playwright_python
from chromium import Sheet
from paper_checks import printed_faults

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
# All rules that axe runs unless told otherwise, its best practices among them, and the size of targets (WCAG 2.2),
# which it leaves out unless asked. Not run: its experimental rules and those of level AAA.
AXE_OPTIONS = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
NARROW, WIDE = 390, 1280
PRINTED_WIDTH = 718  # A4 less Chromium's margins of 1 cm, in CSS pixels


def axe_faults(sheet: Sheet) -> list[str]:
    """What axe objects to."""
    sheet.ask("openAll")
    sheet.page.evaluate(f"{AXE}\n;0")
    found = sheet.page.evaluate("options => axe.run(document, options)", AXE_OPTIONS)
    return [
        f"{violation['id']}: {node['target']} {node['html'][:120]}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]


def request_faults(sheet: Sheet) -> list[str]:
    """What the page asked for besides itself."""
    return [f"it asks for {url}" for url in sheet.requests]


def console_faults(sheet: Sheet) -> list[str]:
    """What the browser says about the page."""
    return sheet.complaints


def width_faults(sheet: Sheet) -> list[str]:
    """What makes the page scroll sideways, from a small phone to a large screen."""
    return _at_widths(sheet, (360, NARROW, WIDE, 1600), ("tooWide", "cutOff"))


def overlap_faults(sheet: Sheet) -> list[str]:
    """Text or pictures that stand over other text."""
    return _at_widths(sheet, (NARROW, WIDE), ("overlaps",))


def zoom_faults(sheet: Sheet) -> list[str]:
    """What is lost at 200 %: of the whole page (half the window; at least the 320 px of WCAG) or of the text alone."""
    faults = _at_widths(sheet, (320, WIDE // 2), ("tooWide", "cutOff", "overlaps"))
    # As a reader sets it in the browser: unlike a style of the root, this is what rem means in media queries too.
    settings = sheet.page.context.new_cdp_session(sheet.page)
    settings.send("Page.setFontSizes", {"fontSizes": {"standard": 32, "fixed": 26}})
    return faults + _at_widths(sheet, (NARROW, WIDE), ("tooWide", "cutOff", "overlaps"), "text at 200 %, ")


def focus_faults(sheet: Sheet) -> list[str]:
    """Where Tab does not lead through the links and scrolling regions in their order, in sight and visibly."""
    stops = sheet.page.evaluate("reading.followFocus()")
    for _ in range(stops):
        sheet.page.keyboard.press("Tab")
    sheet.page.evaluate("followed.leave()")
    return sheet.ask("focusFaults") + sheet.ask("unreachable")


def details_faults(sheet: Sheet) -> list[str]:
    """Details that a key does not open, or that hold nothing."""
    faults = []
    first = sheet.page.locator("summary").first
    if first.count():
        first.focus()
        sheet.page.keyboard.press("Enter")
        if not sheet.page.evaluate("document.querySelector('details').open"):
            faults.append("Enter does not open the first details")
    sheet.ask("openAll")
    return faults + sheet.ask("emptyDetails")


def print_faults(sheet: Sheet) -> list[str]:
    """What is missing, cut off or printed over in print, with all details closed on the screen."""
    written = sheet.ask("written")
    sheet.page.emulate_media(media="print")
    faults = _at_widths(sheet, (PRINTED_WIDTH,), ("tooWide", "cutOff", "overlaps"), opened=False)
    data = sheet.page.pdf(
        format="A4",
        margin=dict.fromkeys(("top", "right", "bottom", "left"), "1cm"),
        print_background=True,
    )
    sheet.page.emulate_media(media="screen")
    return faults + printed_faults(data, written)


def _at_widths(
    sheet: Sheet, widths: tuple[int, ...], questions: tuple[str, ...], when: str = "", opened: bool = True
) -> list[str]:
    if opened:
        sheet.ask("openAll")
    faults = []
    for width in widths:
        sheet.resize(width)
        faults += [f"{when}{width} px: {fault}" for question in questions for fault in sheet.ask(question)]
    return faults


CHECKS: dict[str, tuple[tuple[int, ...], Callable[[Sheet], list[str]]]] = {
    "axe": ((NARROW, WIDE), axe_faults),
    "requests": ((WIDE,), request_faults),
    "console": ((WIDE,), console_faults),
    "width": ((WIDE,), width_faults),
    "overlap": ((WIDE,), overlap_faults),
    "zoom": ((WIDE,), zoom_faults),
    "focus": ((NARROW, WIDE), focus_faults),
    "details": ((NARROW,), details_faults),
    "print": ((WIDE,), print_faults),
}
