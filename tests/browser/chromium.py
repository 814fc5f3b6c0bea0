"""Debian's Chromium, driven over its own protocol: one browser for all tests of a process, without a network."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import BrowserContext, Page, Request, sync_playwright

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
HEIGHT = 844
READING = Path(__file__).with_name("reading.js").read_text(encoding="utf-8")


@contextmanager
def browser(profile: Path) -> Iterator[BrowserContext]:
    """Start Chromium with a profile of its own."""
    with sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            profile,
            executable_path=CHROMIUM,
            args=FLAGS,
            offline=True,
            viewport={"width": 1280, "height": HEIGHT},
        )
        yield context
        context.close()


@dataclass
class Sheet:
    """A page in the browser; what it asked the network for and what it complained about."""

    page: Page
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def ask(self, question: str) -> list[str]:
        """Call one of the functions of reading.js."""
        return self.page.evaluate(f"reading.{question}()")

    def resize(self, width: int, height: int = HEIGHT) -> None:
        """Make the window so wide."""
        self.page.set_viewport_size({"width": width, "height": height})


def open_sheet(context: BrowserContext, address: str, width: int) -> Sheet:
    """Open an address in a new tab, listening from the start."""
    page = context.new_page()
    sheet = Sheet(page)

    def on_request(request: Request) -> None:
        if request.url.split("#")[0] != address.split("#")[0]:
            sheet.requests.append(request.url)

    page.on("request", on_request)
    page.on("console", lambda said: sheet.complaints.append(f"{said.type}: {said.text}"))
    page.on("pageerror", lambda error: sheet.complaints.append(str(error)))
    sheet.resize(width)
    page.goto(address)
    page.evaluate(READING)
    return sheet
