"""The blocks that notebooks show: three forms of one content, and text from data as written."""

import pytest
from markdown_it import MarkdownIt

from gsanalysis.pages import blocks
from gsanalysis.pages.blocks import MIME, cell, column, escaped

HOSTILE = [
    "<script>alert(1)</script>",
    "$x$ and $$y$$",
    "a | b",
    "# no heading",
    "*no emphasis* _none_",
    "[a](javascript:alert(1))",
    "`code`",
    "- no item",
    "1. no item",
    "&lt;b&gt;",
    "=cmd()|' /C calc'!A0",
    "two\nlines",
]


def words_of(markdown):
    """What a reader sees of Markdown, as JupyterLab's kind of renderer shows it."""
    tokens = MarkdownIt("js-default").parse(markdown)
    assert [token.type for token in tokens] == ["paragraph_open", "inline", "paragraph_close"]
    children = tokens[1].children or []
    assert {child.type for child in children} <= {"text", "text_special"}
    return "".join(child.content for child in children)


@pytest.mark.parametrize("text", HOSTILE)
def test_text_from_data_is_shown_as_written(text):
    assert words_of(escaped(text)) == " ".join(text.split())


@pytest.mark.parametrize("text", HOSTILE)
def test_a_table_keeps_its_columns_whatever_a_cell_holds(text):
    block = blocks.table("Caption", [column("A"), column("B")], [[cell(text), cell("b", small=text)]])
    tokens = MarkdownIt("js-default").enable("table").parse(block.markdown)
    assert sum(token.type == "td_open" for token in tokens) == 2
    assert not any(token.type in ("html_block", "html_inline") for token in tokens)


def test_a_block_comes_in_three_forms():
    data, metadata = blocks.paragraph("A word.")._repr_mimebundle_()
    assert data == {
        "text/plain": "A word.",
        "text/markdown": "A word.",
        MIME: {"type": "paragraph", "text": "A word."},
    }
    assert metadata == {}


def test_a_chart_never_travels_without_its_alternative_text():
    data, metadata = blocks.figure("Rose", "<svg/>", "Rose from 1 to 2.")._repr_mimebundle_()
    assert data["image/svg+xml"] == "<svg/>"
    assert data["text/plain"] == "Rose. Rose from 1 to 2."
    assert data[MIME]["alt"] == "Rose from 1 to 2."
    assert metadata == {"image/svg+xml": {"alt": data["text/plain"]}}
    assert "text/markdown" not in data


def test_notes_beside_a_chart_give_its_heading_only_to_jupyterlab():
    block = blocks.notes([blocks.note("Why.", "Because.")], beside="Rose")
    assert block.markdown == "### Rose\n\n**Why.** Because."
    assert block.content["heading"] == ""


def test_an_authors_words_stay_markdown():
    block = blocks.notes([blocks.note("The service says.", markdown="*Really.*")])
    assert block.content["items"] == [{"lead": "The service says.", "markdown": "*Really.*", "refs": []}]


def test_every_rating_has_a_sign():
    from gsanalysis.rating.rules import NOT_RATED, RATINGS

    assert set(blocks.SIGNS) == {*RATINGS, *NOT_RATED}
