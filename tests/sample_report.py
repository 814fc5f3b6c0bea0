"""A small report with two chapters, its notebooks side by side in a folder; all of it is invented."""

from pathlib import Path
from typing import Any

import nbformat
from sample_notebook import INVENTED, KPI_TABLE, LONG_TABLE, block, chart, code_cell, finding, notebook, title

from gsanalysis.exporters import HTMLExporter, PDFExporter

FILES = {
    "ratings.csv": "kpi,rating\nX3-K1,achieved\n",
    "figures.csv": 'code,text\r\nX3-K1,"a ""quoted"" word\nover lines"\nX4,Ελλάδα 中 é\n',
}
COVER = [{"label": "Status", "text": "Draft"}, {"label": "Prepared by", "text": "nobody"}]
DRAWN = {
    "caption": "Answers in time (%), invented",
    "columns": [{"label": "Year"}, {"label": "Value", "align": "right"}],
    "rows": [[{"text": "2011"}, {"text": "88.25 %"}], [{"text": "2014"}, {"text": "91.5 %"}]],
}


def figure(key: str = "X4-K1a", **changes: Any) -> Any:
    """Make the output of a chart that has a line above its heading and a table of what it draws."""
    content = {
        "type": "figure",
        "heading": f"What {key} shows",
        "alt": f"Line chart of {key}: 88 in 2011 and 91 in 2014, invented.",
        "caption": "Yearly return.",
        "key": key,
        "kicker": f"{key} · “Answers in time”",
        "table": DRAWN,
    }
    return block(content | changes, chart({2011: 88.25, 2014: 91.5}, ["", "at_risk"], "%, invented", 95))


def table(**changes: Any) -> dict[str, Any]:
    """Make a table block of a row of two cells, the first over two columns."""
    content = {
        "type": "table",
        "key": "kpis X4",
        "caption": "The KPIs of X4 (invented)",
        "columns": [{"label": "KPI", "width": "wide"}, {"label": "2014"}, {"label": "Figure"}],
        "rows": [
            [{"text": "X4-K1 Answers", "span": 2}, {"text": "", "refs": ["X4-K1a"]}],
            [{"text": "X4-K2 Rooms"}, {"text": "7"}, {"text": "", "refs": ["nobody knows this"]}],
        ],
    }
    return content | changes


LINKS = table(
    key="", caption="Links", columns=[{"label": "Page"}], rows=[[{"text": "to X3", "href": "X3.html"}]]
)


def chapters() -> dict[str, Any]:
    """Give the notebooks of the chapters by name."""
    x3 = [
        code_cell(title()),
        code_cell(block(KPI_TABLE)),
        nbformat.v4.new_markdown_cell("## KPI by KPI\n\nWhat was found."),
        finding("Satisfaction rose", "Line chart of satisfaction, 61 in 2011, 75 in 2014. Invented.",
                [61, 66, 68, 75], ["", "on_track", "at_risk", "on_track"], [{"lead": "Why.", "text": "It rose."}]),
        nbformat.v4.new_markdown_cell("## Sources\n\nSee [the other](X4.html) and [the web](https://a.org/X4.html)."),
        code_cell(block(LONG_TABLE)),
    ]  # fmt: skip
    x4 = [
        code_cell(title(eyebrow="Objective X4", title="Rooms & <answers>", quote="")),
        code_cell(block(table())),
        nbformat.v4.new_markdown_cell("## KPI by KPI"),
        code_cell(figure(), block({"type": "notes", "items": [{"lead": "Why.", "text": "91 is under 95."}]})),
        code_cell(block(LINKS)),
        nbformat.v4.new_markdown_cell("## Sources\n\nNone."),
    ]  # fmt: skip
    return {"X3": notebook(*x3), "X4": notebook(*x4)}


def report_notebook(names: tuple[str, ...] = ("X3", "X4"), cover: Any = COVER, files: Any = FILES) -> Any:
    """Make the report's own notebook."""
    listed = [{"text": "Told by", "refs": ["X4-K1a", "kpis X4", "nobody knows this"]}]
    pages = [{"name": name, "title": name} for name in names]
    attached = [{"name": name, "description": f"About {name}", "text": text} for name, text in files.items()]
    cells = [
        code_cell(block(title()["data"]["application/vnd.gsanalysis.v1+json"]
                        | {"eyebrow": "Report", "title": "A small plan, year 2014", "cover": cover})),
        nbformat.v4.new_markdown_cell("## How to read this\n\nSlowly. See [a page](X3.html)."),
        code_cell(block({"type": "include", "pages": pages})),
        nbformat.v4.new_markdown_cell("## The method"),
        code_cell(block({"type": "list", "items": listed})),
        nbformat.v4.new_markdown_cell("### The files\n\nFor those who work it out again."),
        *([code_cell(block({"type": "attachments", "files": attached}))] if attached else []),
    ]  # fmt: skip
    return notebook(*cells)


def write_report(folder: Path, **changes: Any) -> Path:
    """Write the notebooks of the chapters and of the report into the folder; gives the report's."""
    for name, made in (chapters() | {"report": report_notebook(**changes)}).items():
        nbformat.write(made, folder / f"{name}.ipynb")
    return folder / "report.ipynb"


def html_of(file: Path) -> str:
    """Render a notebook as HTML, strictly."""
    return str(HTMLExporter(strict=True).from_filename(str(file))[0])


def pdf_of(file: Path) -> bytes:
    """Render a notebook as PDF, strictly."""
    return bytes(PDFExporter(strict=True).from_filename(str(file))[0])


__all__ = [
    "FILES",
    "INVENTED",
    "chapters",
    "figure",
    "html_of",
    "pdf_of",
    "report_notebook",
    "table",
    "write_report",
]
