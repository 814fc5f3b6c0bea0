"""Each check of a PDF finds what it is for: a file that fails it, made small or damaged on purpose."""

import io
from copy import deepcopy

import pdf_structure
import pikepdf
import pytest
import typst
from pdf_breaks import break_faults
from pdf_structure import read_structure, structure_faults
from sample_report import FILES, pdf_of, write_report

from gsanalysis.exporters import fonts

HEAD = """#set document(title: "Torn")
#set page(paper: "a4", margin: (top: 22mm, bottom: 20mm, x: 20mm))
#set text(font: "Source Sans Pro", size: 10pt)
#show figure: set block(breakable: true)
#let triangle = "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><path d='M0 0h9v9z'/></svg>"
#let picture = image(bytes(triangle), alt: "A picture of a triangle.", format: "svg")
#let far(body) = {
  show figure.caption: it => block(sticky: false, it.body + v(70pt))
  figure(body, caption: figure.caption(position: top)[Far], kind: table, supplement: none, numbering: none)
}
#let rows(count, height) = table(columns: 1, table.header[Head],
  ..range(count).map(n => block(height: height, [Row #n])))
= Torn
"""
SPLIT = "#v(590pt)\n#table(columns: 1, table.header[Head], [a], [#par[Top] #v(60pt) #par[foot] #v(60pt)])"
TALL = "#table(columns: 1, table.header[Head], [#stack(..range(40).map(n => block(height: 12pt)[line]))])"
TORN = {
    "the heading 'Alone' is the last thing": "== Alone\n#pagebreak()\nBelow.",
    "'At the end' is the last thing": "Words.\n== At the end",
    "the row 'Top foot' of the table 'Head a Top foot' is split": SPLIT,
    "has no caption with a number": "#picture\nNothing.",
    "stands apart from its caption": "#v(600pt)\n#picture\n#pagebreak()\nFigure 1. Told.",
    "the last row of the table 'Head Row 0": "#v(16pt)\n#rows(16, 34pt)",
    "the Caption of the table 'Far Head": "#v(600pt)\n#far(rows(3, 60pt))",
    "Page 1: only": "A few words.\n#pagebreak()\nMore.",
}  # fmt: skip


def made(source):
    return bytes(
        typst.compile(
            (HEAD + source).encode(), font_paths=fonts.typst_fonts(), ignore_system_fonts=True, pdf_standards=["ua-1"]
        )
    )  # fmt: skip


@pytest.fixture(scope="module")
def report(tmp_path_factory):
    return pdf_of(write_report(tmp_path_factory.mktemp("report")))


def damaged(data, damage):
    with pikepdf.open(io.BytesIO(data)) as pdf:
        damage(pdf)
        out = io.BytesIO()
        pdf.save(out)
    return out.getvalue()


def faults_of(data, **expected):
    return "\n".join(structure_faults(data, **({"files": list(FILES), "report": True} | expected)))


@pytest.mark.parametrize("fault", TORN)
def test_what_a_page_break_tears_apart_is_found(fault):
    assert fault in "\n".join(break_faults(made(TORN[fault])))


def test_what_is_whole_is_not_called_torn():
    whole = "== A part\n#rows(3, 34pt)\n#picture\nFigure 1. Told.\n#lorem(300)\n#rows(40, 34pt)\nThe end."
    assert break_faults(made(whole)) == []


def test_a_row_taller_than_a_third_of_the_page_may_be_split():
    assert break_faults(made("#v(300pt)\n" + TALL)) == []


def test_the_last_page_of_a_chapter_may_be_nearly_empty():
    chapters = "#outline(title: none)\n#pagebreak()\n== One\nWords.\n#pagebreak()\n== Two\nWords.\n#pagebreak()\nMore."
    assert [fault[:6] for fault in break_faults(made(chapters))] == ["Page 3"]


def test_the_small_report_is_sound(report):
    assert faults_of(report) == ""
    assert break_faults(report) == []


def test_a_report_without_its_files_or_its_contents_is_found(report):
    assert "pdfaid:part = '3', not '2'" in faults_of(report, files=[])
    assert "are attached, not []" in faults_of(report, files=[])
    assert "There are 5 entries of contents." in faults_of(report, report=False)


def _lose_a_place(pdf):
    names = pdf.Root.Names.Dests.Names
    names[names.index(pikepdf.String("X4")) + 1] = pikepdf.Array([pikepdf.Dictionary()])


def _lead_elsewhere(pdf):
    contents = next(page for page in pdf.pages if len(page.obj.get("/Annots", [])) > 4)
    contents.Annots[1].Dest = contents.Annots[3].Dest


def _change_file(key, value):
    def damage(pdf):
        pdf.Root.AF[0][key] = value

    return damage


DAMAGES = {
    "links lead to no place": _lose_a_place,
    "The contents lead to the pages": _lead_elsewhere,
    "is called Source, text/csv": _change_file("/AFRelationship", pikepdf.Name("/Source")),
    "is called Data, text/csv, ''": _change_file("/Desc", pikepdf.String("")),
    "are attached, not": _change_file("/UF", pikepdf.String("other.csv")),
}


@pytest.mark.parametrize("fault", DAMAGES)
def test_a_damaged_report_is_found(report, fault):
    assert fault in faults_of(damaged(report, DAMAGES[fault]))


def test_a_file_of_another_type_is_found(report):
    def damage(pdf):
        pdf.Root.AF[0].EF.F.Subtype = pikepdf.Name("/text/plain")

    assert "is called Data, text/plain" in faults_of(damaged(report, damage))


def test_a_wrong_page_number_in_the_contents_is_found(report, monkeypatch):
    spoilt = deepcopy(read_structure(report))
    number = spoilt.root.all("TOCI")[2].all("Link")[0].children[-1]
    number.text = "99"
    monkeypatch.setattr(pdf_structure, "read_structure", lambda data: spoilt)
    assert "The contents are not the headings with their pages" in faults_of(report)


def test_a_row_that_lacks_a_column_is_found(report, monkeypatch):
    spoilt = deepcopy(read_structure(report))
    wide = next(cell for cell in spoilt.root.all("TD") if cell.span == 2)
    wide.span = 1
    monkeypatch.setattr(pdf_structure, "read_structure", lambda data: spoilt)
    assert "has rows of different lengths" in faults_of(report)
