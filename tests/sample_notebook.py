"""An executed notebook with every kind of block, for the tests of the exporters; all of it is invented."""

import io
from typing import Any

import matplotlib
import nbformat
from matplotlib.figure import Figure

BLOCK = "application/vnd.gsanalysis.v1+json"
INVENTED = "All figures on this page are invented to show the layout."
HOSTILE = (
    "<script>alert(1)</script> $x$ | #let *bold* _em_ `code` = head =cmd() [a](javascript:alert(1)) "
    "\u202eturned\u200f {{ 7*7 }} {% raw %} \\alpha @ref //no --- 'q' \"q\" &amp; 中 \u0007"
)
LONG_WORD = "X" * 10_000
INK, GREY = "#1c2733", "#5f6b76"
COLOURS = {"achieved": "#0b5394", "on_track": "#2478b3", "at_risk": "#a86400", "off_track": "#a61c3c"}
MARKERS = {"achieved": "o", "on_track": ">", "at_risk": "D", "off_track": "X"}
STYLE = {
    "font.family": "Source Sans Pro",
    "font.size": 8.5,
    "axes.edgecolor": "#c9d0d6",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.left": False,
    "xtick.color": GREY,
    "ytick.color": GREY,
    "text.color": INK,
    "svg.hashsalt": "gsanalysis",
    "ytick.left": False,
    "xtick.bottom": False,
    "axes.grid": True,
    "axes.grid.axis": "y",
    "grid.color": "#e6eaed",
    "axes.axisbelow": True,
}


def chart(values: dict[int, float], ratings: list[str], unit: str, standard: float) -> str:
    """Draw a small chart as the notebooks do, 103 mm wide, its text as paths."""
    _use_source_sans()
    with matplotlib.rc_context(STYLE):
        figure = Figure(figsize=(4.05, 1.75), layout="constrained")
        axes = figure.subplots()
        axes.axhline(standard, color=INK, lw=1)
        axes.text(2015.85, standard, f"standard {standard:g}", fontsize=8, ha="right", va="bottom")
        axes.plot(list(values), list(values.values()), color=INK, lw=1.2)
        for (year, value), rating in zip(values.items(), ratings, strict=True):
            colour, marker = COLOURS.get(rating, INK), MARKERS.get(rating, "o")
            axes.plot([year], [value], marker=marker, ms=6.2, color=colour, ls="")
        axes.text(0, 1.04, unit, transform=axes.transAxes, color=GREY, fontsize=7.5)
        axes.set_xlim(2010.6, 2015.9)
        axes.set_xticks(range(2011, 2016))
        file = io.StringIO()
        figure.savefig(file, format="svg", metadata={"Date": None})
    return file.getvalue()


def _use_source_sans() -> None:
    from matplotlib import font_manager

    from gsanalysis.exporters.font_files import font_files

    known = {entry.fname for entry in font_manager.fontManager.ttflist}
    for file in font_files():
        if file.name.startswith("SourceSans") and str(file) not in known:
            font_manager.fontManager.addfont(file)


def code_cell(*outputs: dict[str, Any], tags: tuple[str, ...] = ()) -> Any:
    """Make an executed code cell with these outputs."""
    cell = nbformat.v4.new_code_cell("show(...)", execution_count=1, metadata={"tags": list(tags)})
    cell["outputs"] = [nbformat.from_dict(output) for output in outputs]
    return cell


def block(content: dict[str, Any], svg: str = "") -> dict[str, Any]:
    """Make the output that displays a block."""
    data: dict[str, Any] = {"text/plain": content["type"], "text/markdown": "for JupyterLab", BLOCK: content}
    if svg:
        data["image/svg+xml"] = svg
    return {"output_type": "display_data", "metadata": {}, "data": data}


def title(**changes: str) -> dict[str, Any]:
    """Make a title block."""
    return block(
        {
            "type": "title",
            "eyebrow": "Objective X3",
            "title": "Conferences, documents and publications",
            "quote": "“Providing support to, and delivering, efficient and accessible conferences, meetings, "
            "documentation and publications, including multilingual ones” – strategic plan, 7.3.3",
            "running_left": "Invented Secretariat · Strategic plan 2012–2015",
            "running_right": "Evaluation 2014 · data as of 31 March 2015",
            "footer_left": "Self-assessment · all figures on this page are invented",
            "language": "en",
            "banner": INVENTED,
            "date": "2015-03-31",
        }
        | changes
    )


VERDICT = {
    "type": "verdict",
    "figures": [
        {"number": "2 of 3", "label": "rated KPIs on course"},
        {"number": "3 of 4", "label": "KPIs could be rated, one of them in part"},
        {"number": "1 – 3", "label": "on course if all that is missing were bad – good"},
    ],
    "sentences": [
        {
            "sign": "on_track",
            "text": "Satisfaction with interpretation rose to 75 %, on the path to 80 % in 2015.",
        },
        {
            "sign": "at_risk",
            "text": "Documents on time fell back from 96 to 91 %, under the standard of 95 %.",
        },
        {"sign": "no_data", "text": "Sales against budget can't be rated: no budget was reported."},
    ],
}
COLUMNS = [
    {"label": "KPI, in the plan's words", "note": "", "align": "left", "width": "wide"},
    {"label": "Target", "note": "(whose reading)", "align": "left", "width": "auto"},
    {"label": "Baseline", "note": "", "align": "right", "width": "narrow"},
    {"label": "2012", "note": "", "align": "right", "width": "narrow"},
    {"label": "2013", "note": "", "align": "right", "width": "narrow"},
    {"label": "2014", "note": "", "align": "right", "width": "narrow"},
    {"label": "Rating 2014", "note": "", "align": "left", "width": "auto"},
    {"label": "12–15", "note": "", "align": "left", "width": "narrow"},
]


def kpi_row(
    words: str,
    target: str,
    basis: str,
    numbers: list[str],
    sign: str,
    rating: str,
    strip: list[str],
    small: str = "",
) -> list[dict[str, Any]]:
    """Make a row of the KPI table."""
    return [
        {"text": words},
        {"text": target, "small": basis},
        *({"text": number} for number in numbers),
        {"text": rating, "sign": sign, "small": small},
        {"text": "", "strip": strip},
    ]


KPI_TABLE = {
    "type": "table",
    "caption": "The KPIs of Objective X3 (all figures invented)",
    "columns": COLUMNS,
    "rows": [
        kpi_row(
            "Meetings on budget with positive participant feedback",
            "at most the budget",
            "plan",
            ["–", "18.2", "13.8", "16.1"],
            "achieved",
            "achieved",
            ["achieved", "achieved", "achieved", "not_yet_due"],
        ),
        kpi_row(
            "Client satisfaction with the quality of translation and interpretation services",
            "80 % by 2015",
            "assumed",
            ["61", "66", "68", "75 p"],
            "on_track",
            "on track",
            ["on_track", "at_risk", "on_track", "not_yet_due"],
            "translation missing",
        ),
        kpi_row(
            "Documents delivered within established/agreed deadlines",
            "95 % each year",
            "derived",
            ["88", "93", "96", "91"],
            "at_risk",
            "at risk",
            ["at_risk", "achieved", "at_risk", "not_yet_due"],
        ),
        kpi_row(
            "Sales figures and sales revenue in relation to budget targets",
            "at least the budget",
            "derived",
            ["–", "–", "–", "–"],
            "no_data",
            "no data",
            ["no_data", "no_data", "no_comparison", "off_track"],
        ),
    ],
    "row_header": True,
    "note": "Shares in %, money in CHF million. Whose reading: plan – the plan's words name the target; derived – "
    "they lead to it; assumed – the evaluation unit set it.",
}
LEGEND = {
    "type": "legend",
    "ratings": [
        "achieved",
        "on_track",
        "at_risk",
        "off_track",
        "no_data",
        "no_comparison",
        "not_yet_due",
        "monitored",
    ],
    "extra": "p provisional · e estimated",
}


def finding(
    heading: str, alt: str, values: list[float], ratings: list[str], items: list[dict[str, str]]
) -> Any:
    """Make the cell of one KPI: its chart and the notes beside it."""
    svg = chart(dict(zip(range(2011, 2015), values, strict=True)), ratings, "% of the whole, invented", 95)
    figure = {"type": "figure", "heading": heading, "alt": alt, "caption": "", "level": 3}
    notes = {"type": "notes", "heading": "", "level": 3, "items": items}
    return code_cell(block(figure, svg), block(notes))


FINDINGS = (
    finding(
        "Satisfaction with interpretation rose, and is on the path",
        "Line chart of satisfaction: 61 in 2011, 66, 68 and 75 in 2014; the standard is 95. Invented.",
        [61, 66, 68, 75],
        ["", "on_track", "at_risk", "on_track"],
        [
            {
                "lead": "Why on track.",
                "text": "The target of 80 % in 2015 is assumed by the evaluation unit (not confirmed). From the "
                "baseline of 61 in 2011, 75 covers 74 % of the way after 75 % of the time: 0.98 of the pace.",
            },
            {"lead": "What would change it.", "text": "Below 74.5 it would be at risk."},
            {"lead": "Caveat.", "text": "112 of 640 delegates answered; translation was not surveyed."},
        ],
    ),
    finding(
        "Documents on time fell back under the standard",
        "Line chart of documents on time: 88 in 2011, 93, 96 and 91 in 2014; the standard is 95. Invented.",
        [88, 93, 96, 91],
        ["", "at_risk", "achieved", "at_risk"],
        [
            {
                "lead": "Why at risk.",
                "text": "91 is 4 points under the standard of 95 that the plan's words “agreed deadlines” lead to, "
                "within its tolerance of 5 %.",
            },
            {
                "lead": "What the service says.",
                "markdown": "Two sessions were moved *forward* by six weeks, see the "
                "[yearly return](https://example.org/return).",
            },
            {"lead": "Source.", "text": "Conferences and Publications, yearly return, 12 March 2015."},
        ],
    ),
)
LIST = {
    "type": "list",
    "items": [
        {"sign": "achieved", "text": "X3-R1 Documents reach delegates in time", "small": "X3-K3"},
        {
            "sign": "off_track",
            "text": "X3-R2 Sales grow; one KPI speaks to it and is off track",
            "small": "X3-K4",
        },
        {"sign": None, "text": "X3-R3 No KPI speaks to this expected result.", "small": ""},
    ],
}
LIMITS = {
    "type": "notes",
    "heading": "Limits of this page",
    "level": 2,
    "items": [
        {"lead": "Missing.", "text": "The budget of sales; the Finance department could supply it."},
        {"lead": "Assumed, unconfirmed.", "text": "The target of satisfaction; nobody has confirmed it."},
        {"lead": "Few answers.", "text": "112 of 640 delegates answered (18 %)."},
    ],
}
METHOD = """## How to read this page

A KPI is **on course** when it is *achieved* or *on track*. See `docs/method.md`, the
[limits](#Limits-of-this-page) and [the method](https://example.org/method).

- one thing, with `$x_1$` and $y^2$
- another
    1. first
    2. second

> Quoted from the plan.

| Rule | Reads |
|:-----|------:|
| `at_least` | 95 |
| `by_date` | 2014-12-31 |

<b onclick="x()">raw HTML is text</b> and [not a link](javascript:alert(2)).
"""
LONG_TABLE = {
    "type": "table",
    "caption": "A long table, which breaks over pages (invented)",
    "columns": [
        {"label": "Code", "note": "", "align": "left", "width": "narrow"},
        {"label": "What is reported", "note": "in the service's words", "align": "left", "width": "wide"},
        {"label": "Value", "note": "", "align": "right", "width": "narrow"},
    ],
    "rows": [
        [
            {"text": f"X3-K{n}a"},
            {"text": f"Item {n} of the list", "sign": "monitored"},
            {"text": f"{n * 17 % 101}"},
        ]
        for n in range(1, 71)
    ],
    "row_header": True,
    "note": "",
}
HOSTILE_TABLE = {
    "type": "table",
    "caption": "Hostile text (invented)",
    "columns": [
        {"label": "Text", "note": HOSTILE, "align": "left", "width": "wide"},
        {"label": "Narrow", "note": "", "align": "right", "width": "narrow"},
    ],
    "rows": [
        [{"text": HOSTILE, "href": "javascript:alert(1)"}, {"text": "1\n2"}],
        [{"text": LONG_WORD, "small": LONG_WORD[:60]}, {"text": "0.5"}],
        [
            {"text": "https://example.org/" + "a/very/long/path/" * 12, "href": "https://example.org/x"},
            {"text": "Donaudampfschifffahrtsgesellschaftskapitän"},
        ],
        [{"text": "تقرير عن المؤتمرات", "small": "Отчёт"}, {"text": "Ελλάδα"}],
    ],
    "row_header": False,
    "note": HOSTILE,
}


def sample_notebook() -> Any:
    """Give the notebook of an invented objective: every block type, then a long table, then hostile text."""
    cells = [
        nbformat.v4.new_markdown_cell("# For the analyst only", metadata={"tags": ["hide"]}),
        code_cell(title()),
        code_cell(block(VERDICT)),
        code_cell(block(KPI_TABLE), block(LEGEND)),
        nbformat.v4.new_markdown_cell("## KPI by KPI"),
        *FINDINGS,
        nbformat.v4.new_markdown_cell("## Expected results"),
        code_cell(block(LIST), block({"type": "paragraph", "text": "One expected result has no KPI. " * 4})),
        nbformat.v4.new_markdown_cell(METHOD),
        code_cell(block(LIMITS)),
        nbformat.v4.new_markdown_cell("## Appendix"),
        code_cell(block(LONG_TABLE)),
        code_cell(block(HOSTILE_TABLE), block({"type": "paragraph", "text": HOSTILE})),
        code_cell(
            block({"type": "list", "items": [{"sign": "at_risk", "text": HOSTILE, "small": LONG_WORD[:300]}]})
        ),
    ]
    return notebook(*cells)


def notebook(*cells: Any) -> Any:
    """Make a notebook of these cells, with ids that don't change."""
    for number, cell in enumerate(cells, 1):
        cell["id"] = f"cell-{number}"
    return nbformat.v4.new_notebook(cells=list(cells), metadata={"language_info": {"name": "python"}})
