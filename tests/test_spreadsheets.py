"""A row of a workbook shows all of its texts, in Excel and in LibreOffice."""

import pytest

from gsanalysis.spreadsheets import HIGHEST, LINE, row_height


@pytest.mark.parametrize(
    ("texts", "lines"),
    [
        ([""], 1),
        (["ten letter"], 1),
        (["ten letters"], 2),
        (["one\ntwo\n\nfour"], 4),
        (["short", "a text that takes three lines"], 4),
        (["年間報告書"], 1),
        (["年間報告書類"], 2),
        ([None, 12.5], 1),
    ],
)
def test_a_row_is_as_high_as_the_text_with_the_most_lines(texts, lines):
    assert row_height(texts, [10] * len(texts)) == lines * LINE


def test_a_row_is_never_higher_than_excel_takes():
    assert row_height(["word " * 10_000], [10]) == HIGHEST <= 409
