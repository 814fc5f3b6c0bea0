"""Every PDF of a run, asked by tools that the project did not write."""

import pytest
from paper_checks import PAPER_CHECKS, told


@pytest.mark.parametrize("check", PAPER_CHECKS)
def test_a_pdf_is_sound(pdf, check):
    faults = PAPER_CHECKS[check](pdf)
    assert not faults, told(faults)
