"""What the tests against other people's standards share: the plans that are exported, and the standard of StratML.

They need `frictionless`, which is no part of `requirements.lock`, and the schema of StratML Part 2, which is not ours
to copy. Where one of them is absent they fail; `make test-standards` runs them.
"""

import os
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT / "tests"))

XSD = "stratml-part2-2016-02-16.xsd"


@pytest.fixture(scope="session")
def stratml_xsd() -> Path:
    """The schema: in the folder that GSANALYSIS_SCHEMAS names, else in `shared/schemas` beside the project."""
    folder = Path(os.environ.get("GSANALYSIS_SCHEMAS") or ROOT.parent / "shared/schemas")
    if not (folder / XSD).is_file():
        pytest.fail(
            f"There is no {XSD} in {folder}: get it from https://stratml.us and name its folder with GSANALYSIS_SCHEMAS"
        )
    return folder / XSD
