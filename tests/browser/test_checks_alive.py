"""Each check fails a small file that has just its fault, and passes the same file without it."""

import io
from pathlib import Path

import pikepdf
import pytest
import typst
from chromium import open_sheet
from page_checks import CHECKS
from paper_checks import PAPER_CHECKS
from PIL import Image

from gsanalysis.exporters.font_files import font_files

PAGE = """<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>A page</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>body {{ margin: 1rem; font: 1rem/1.5 sans-serif; color: #111; background: #fff; }} {style}</style></head>
<body><main><h1>A page</h1><p>Some words and <a href="#a">a link</a>.</p>{body}
<p id="a">The end, and <a href="#b">another link</a>.</p></main></body></html>"""
WIDE_TABLE = "<div style='overflow-x:auto'{focus}><p style='width:200rem'>words</p></div>"
# (check, style, body): each page has one fault that the check is there for.
FAULTY = {
    "grey on white": ("axe", "", "<p style='color:#aaa'>Pale words</p>"),
    "a picture without words": ("axe", "", "<img src='data:image/svg+xml,<svg/>'>"),
    "a heading that skips a level": ("axe", "", "<h4>Too deep</h4>"),
    "small targets side by side": ("axe", "", "<p style='font-size:8px'><button style='width:9px;height:9px;padding:0'"
                                   " aria-label='one'></button><button style='width:9px;height:9px;padding:0'"
                                   " aria-label='two'></button></p>"),
    "a picture from elsewhere": ("requests", "", "<img alt='A picture' src='https://example.org/a.png'>"),
    "a background from elsewhere": ("requests", "main { background: url(https://example.org/a.png) }", ""),
    "a script that fails": ("console", "", "<script>nowhere.at.all</script>"),
    "a wide table": ("width", "", "<table><tr><td style='min-width:400px'>Wide</td></tr></table>"),
    "words cut off": ("width", "", "<p style='width:4rem;overflow:hidden;white-space:nowrap'>Words cut off here</p>"),
    "words over words": ("overlap", "", "<p style='position:relative;top:-2.5rem'>Printed over the line above</p>"),
    "a picture over words": ("overlap", "", "<p>Words<svg style='margin-left:-2rem' width='40' height='15'></svg></p>"),
    "columns too narrow": ("zoom", "", "<p style='width:28rem'>In a column that is as wide as it is</p>"),
    "a line of fixed height": ("zoom", "", "<p style='height:24px;margin:0'>A line that wraps when its letters are "
                               "twice as large, and then runs into the next</p><p style='margin:0'>Next</p>"),
    "an order of its own": ("focus", "", "<a href='#a' tabindex='2'>Second</a> <a href='#a' tabindex='1'>first</a>"),
    "a focus that can't be seen": ("focus", "a:focus { outline: none }", ""),
    "a focus out of sight": ("focus", "", "<a href='#a' style='position:absolute;left:-9999px'>Hidden link</a>"),
    "a region that no key reaches": ("focus", "", WIDE_TABLE.format(focus=" tabindex='-1'")),
    "details about nothing": ("details", "", "<details><summary>More</summary></details>"),
    "details that no key opens": ("details", "", "<details><summary onkeydown='return !1'>More</summary>Old</details>"),
    "details that stay closed on paper": ("print", "", "<details><summary>More</summary>Hidden treasure</details>"),
    "words left out on paper": ("print", "@media print { .no { display: none } }", "<p class='no'>Secret words</p>"),
    "a table wider than paper": ("print", "", "<table><tr><td style='min-width:900px'>Wide</td></tr></table>"),
}  # fmt: skip


def faults_of(chromium, folder: Path, check: str, style: str, body: str) -> list[str]:
    path = folder / "page.html"
    path.write_text(PAGE.format(style=style, body=body), encoding="utf-8")
    widths, find = CHECKS[check]
    found = []
    for width in widths:
        sheet = open_sheet(chromium, path.as_uri(), width)
        found += find(sheet)
        sheet.page.close()
    return found


@pytest.mark.parametrize("fault", FAULTY)
def test_a_page_with_one_fault_does_not_pass(chromium, tmp_path, fault):
    assert faults_of(chromium, tmp_path, *FAULTY[fault])


@pytest.mark.parametrize("check", CHECKS)
def test_a_page_without_fault_passes(chromium, tmp_path, check):
    good = WIDE_TABLE.format(focus=" tabindex='0' role='region' aria-label='Wide'")
    paper = "@media print { details::details-content { content-visibility: visible; block-size: auto } }"
    body = "<details><summary>More</summary>Words</details>" + (good if check != "print" else "")
    assert faults_of(chromium, tmp_path, check, paper, body) == []


def test_every_check_of_pages_is_proven():
    assert {check for check, _, _ in FAULTY.values()} == set(CHECKS)


SHEETS = """#set document(title: "A report", date: datetime(year: 2015, month: 1, day: 1))
#set page(header: [A running title], footer: context [page #counter(page).display() of #counter(page).final().first()])
#set text(font: "{font}", lang: "en")
= A heading
A paragraph with enough words for a page that has something to say.
{more}
#pagebreak()
== Another
A second paragraph with enough words for a page that has something to say.
"""
PICTURE = '#image("dot.png", width: 1cm, alt: "A black dot, drawn in one pixel")'


@pytest.fixture(scope="session")
def fonts() -> list[str]:
    return sorted({str(path.parent) for path in font_files()})


def sheets(
    folder: Path, fonts: list[str], font: str = "Source Sans Pro", more: str = "", change=None
) -> Path:
    """Make a PDF of two pages; `change` edits its text before."""
    text = SHEETS.format(font=font, more=more)
    Image.new("L", (1, 1)).save(folder / "dot.png")
    (folder / "a.typ").write_text(change(text) if change else text, encoding="utf-8")
    path = folder / "a.pdf"
    path.write_bytes(
        typst.compile(
            str(folder / "a.typ"), font_paths=fonts, ignore_system_fonts=True, pdf_standards=["ua-1", "a-2a"]
        )
    )
    return path


@pytest.mark.parametrize("check", PAPER_CHECKS)
def test_a_pdf_without_fault_passes(tmp_path, fonts, check):
    assert PAPER_CHECKS[check](sheets(tmp_path, fonts)) == []


PDF_FAULTS = {
    "a raster image": ("images", {"more": PICTURE}),
    "a font of others": ("fonts", {"font": "Libertinus Serif"}),
    "an empty page": ("pages", {"more": "#pagebreak()\n#h(1pt)"}),
    "no running title": (
        "pages",
        {"change": lambda text: text.replace("header: [A running title]", "header: none")},
    ),
    "no page numbers": ("pages", {"change": lambda text: text.replace(" of #counter", " from #counter")}),
    "a footer read out": ("furniture", {"more": "page 1 of 2"}),
}


@pytest.mark.parametrize("fault", PDF_FAULTS)
def test_a_pdf_with_one_fault_does_not_pass(tmp_path, fonts, fault):
    check, made = PDF_FAULTS[fault]
    assert PAPER_CHECKS[check](sheets(tmp_path, fonts, **made))


@pytest.mark.parametrize("lost", ["alternative text", "language", "title", "tags", "prose among artifacts"])
def test_outloud_does_not_pass_a_pdf_that_lost_something(tmp_path, fonts, lost):
    path = sheets(tmp_path, fonts, more=PICTURE)
    assert PAPER_CHECKS["outloud"](path) == []
    if lost == "prose among artifacts":
        words = "#pdf.artifact(block[Eight words of prose that nobody will ever hear read out loud.])"
        path = sheets(tmp_path, fonts, more=words)
    else:
        path.write_bytes(without(path.read_bytes(), lost))
    assert PAPER_CHECKS["outloud"](path)


def test_a_font_that_is_not_embedded_does_not_pass(tmp_path, fonts):
    path = sheets(tmp_path, fonts)
    path.write_bytes(without(path.read_bytes(), "fonts"))
    assert PAPER_CHECKS["fonts"](path)


def test_a_pdf_that_is_read_out_in_another_order_does_not_pass(tmp_path, fonts):
    path = sheets(tmp_path, fonts, more=PICTURE)
    assert PAPER_CHECKS["order"](path) == []
    with pikepdf.open(path, allow_overwriting_input=True) as pdf:
        document = pdf.Root.StructTreeRoot.K
        document = document[0] if isinstance(document, pikepdf.Array) else document
        document.K = pikepdf.Array(reversed(list(document.K)))
        pdf.save(path)
    assert PAPER_CHECKS["order"](path)


def test_every_check_of_paper_is_proven():
    assert {check for check, _ in PDF_FAULTS.values()} | {"outloud", "order"} == set(PAPER_CHECKS)


def without(data: bytes, lost: str) -> bytes:
    """Take something out of a PDF."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        if lost == "language":
            del pdf.Root.Lang
        elif lost == "tags":
            del pdf.Root.StructTreeRoot
        elif lost == "title":
            with pdf.open_metadata(set_pikepdf_as_editor=False) as metadata:
                del metadata["dc:title"]
        for item in pdf.objects:
            if lost == "alternative text" and isinstance(item, pikepdf.Dictionary) and "/Alt" in item:
                del item["/Alt"]
            if lost == "fonts" and isinstance(item, pikepdf.Dictionary):
                for key in ("/FontFile2", "/FontFile3"):
                    if key in item:
                        del item[key]
        made = io.BytesIO()
        pdf.save(made)
    return made.getvalue()
