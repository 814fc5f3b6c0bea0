"""nbval compares what the committed notebooks hold: text. Charts and the exporters' blocks are made anew."""

import pytest
from nbval.plugin import IPyNbFile

NOT_COMMITTED = (
    "image/svg+xml",
    "application/vnd.gsanalysis.v1+json",
    "application/vnd.jupyter.widget-view+json",  # names a widget at random; its text is compared
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for notebook in {item.parent for item in items if isinstance(item.parent, IPyNbFile)}:
        notebook.skip_compare = (*notebook.skip_compare, *NOT_COMMITTED)
