"""Every HTML page of a run, in a real browser."""

import pytest
from chromium import open_sheet
from page_checks import CHECKS
from paper_checks import told

ASKED = [(check, width) for check, (widths, _) in CHECKS.items() for width in widths]


@pytest.mark.parametrize(("check", "width"), ASKED, ids=[f"{check}-{width}" for check, width in ASKED])
def test_a_page_is_sound_in_a_browser(chromium, html, check, width):
    sheet = open_sheet(chromium, html.as_uri(), width)
    try:
        faults = CHECKS[check][1](sheet)
        assert not faults, told(faults)
    finally:
        sheet.page.close()
