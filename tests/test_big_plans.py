"""Plans that are larger, longer and stranger than ours: the whole set of pages and the report is still right."""

from pathlib import Path

import pytest
from html_structure import page_faults, read_page
from in_process import write_year
from pdf_breaks import break_faults
from pdf_places import place_faults
from pdf_structure import read_structure, structure_faults
from random_plans import Package
from sample_notebook import HOSTILE, LONG_WORD
from sample_report import html_of, pdf_of
from small_plans import indicator, rows

FILES = ["indicators.csv", "kpis.csv", "objectives.csv", "measurements.csv"]
ARABIC = "تقرير عن المؤتمرات والوثائق لسنة 2014: لم تصل الأرقام في الوقت المحدد."
CHINESE = "会议和文件"
WORDS = "Providing support to, and delivering, efficient and accessible conferences, including multilingual ones. "
WEIRD = HOSTILE.replace("\u0007", "")  # a control character is an error of the data, not of the pages
MARKDOWN = f"""
# Loud heading

{ARABIC}

{CHINESE} and *emphasis*, a [link](https://example.org/{"x" * 200}), <b>raw</b> `code` #let x = 1 $x^2$ {{{{ 7*7 }}}}

- one
    - two {"deep " * 40}

| a | b |
|---|---|
| {CHINESE} | {"wide " * 60} |

{"X" * 300}
"""


def kpi(objective, number, text="A KPI"):
    return {"kpi": f"{objective}-K{number}", "objective": objective, "text": text}


def measured(code, kpi, rule="at_least", figures=None, **spec):
    """An indicator with its figures, as lines of the plan and of the measurements."""
    given = {"target": "90", "tolerance": "0.05", "unit": "%"} if rule == "at_least" else {}
    lines = rows(figures or {2012: 80, 2013: 88, 2014: 91}, indicator=code)
    return indicator(rule, indicator=code, kpi=kpi, **given | spec), lines


def many_objectives():
    """A plan of 30 objectives with one KPI each."""
    codes = [f"O{n}" for n in range(1, 31)]
    made = [measured(f"{code}-K1a", f"{code}-K1") for code in codes]
    return codes, [kpi(code, 1) for code in codes], made, {}


def many_kpis():
    """An objective of 40 KPIs, one of them with 14 parts; each rule in turn."""
    parts = {year: {f"Event {n} of the year": 60 + 3 * n for n in range(14)} for year in (2012, 2013, 2014)}
    rules = ("at_least", "zero", "increase", "monitor", "fall_each_year")
    made = [
        measured(f"O1-K{n}a", f"O1-K{n}", rules[n % 5], baseline_years="2012" if n % 5 == 2 else "")
        for n in range(1, 40)
    ]
    made.append(measured("O1-K40a", "O1-K40", figures=parts, breakdowns="each"))
    return ["O1"], [kpi("O1", n, WORDS) for n in range(1, 41)], made, {}


def strange_texts():
    """Very long, hostile and foreign texts wherever a plan, a figure or an author may have one."""
    made = [
        measured("O1-K1a", "O1-K1", name=LONG_WORD, note=WORDS * 40, owner=LONG_WORD),
        measured("O1-K2a", "O1-K2", name=WEIRD, unit="%", note=CHINESE, owner=ARABIC, definition=WEIRD),
        measured("O1-K3a", "O1-K3", name=f"{ARABIC} {CHINESE}", figures={2014: 40}),
        measured("O1-K4a", "O1-K4", name="Nobody knows", figures={2011: 1}, owner=WEIRD),
    ]
    for _, lines in made:
        for row in lines:
            row |= {"comment": f"{ARABIC} {CHINESE} {WEIRD}", "source": WEIRD}
    made[0][1][-1]["comment"] = LONG_WORD
    texts = (WORDS * 30, WEIRD, f"{ARABIC} {CHINESE}", LONG_WORD)
    said = {"O1": MARKDOWN + "".join(f"\n## O1-K{n}\n{MARKDOWN}" for n in range(1, 5))}
    return ["O1"], [kpi("O1", n, text) for n, text in enumerate(texts, 1)], made, said


PLANS = {"30 objectives": many_objectives, "40 KPIs": many_kpis, "strange texts": strange_texts}
TITLES = {"30 objectives": "An objective", "40 KPIs": WORDS * 5, "strange texts": WEIRD}


@pytest.fixture(scope="module", params=PLANS)
def made(request, tmp_path_factory):
    """The folder of the plan's executed notebooks, their names, and the pages of the report."""
    folder = tmp_path_factory.mktemp("big")
    codes, kpis, indicators, said = PLANS[request.param]()
    titles = [{"objective": code, "title": TITLES[request.param]} for code in codes]
    specs, lines = [spec for spec, _ in indicators], [row for _, rows in indicators for row in rows]
    settings = {"first_year": 2012, "last_year": 2015}
    data = Package(settings, titles, kpis, specs, lines).write(folder / "data")
    for objective, text in said.items():
        file = data / "commentary" / "2014" / f"{objective}.md"
        file.parent.mkdir(parents=True)
        file.write_text(text, encoding="utf-8")
    report = write_year(folder, codes, year=2014, data=str(data))
    return folder, [*codes[:2], "overview", "changes", "data-quality"], html_of(report), pdf_of(report)


def test_the_whole_report_is_sound(made):
    _, _, page, pdf = made
    assert page_faults(page) == []
    assert structure_faults(pdf, files=FILES, report=True) == []
    assert place_faults(pdf) == []
    assert break_faults(pdf) == []


def test_every_single_page_is_sound(made):
    folder, names, _, _ = made
    for name in names:
        assert page_faults(html_of(folder / f"{name}.ipynb")) == [], name
        pdf = pdf_of(folder / f"{name}.ipynb")
        assert [*structure_faults(pdf), *place_faults(pdf), *break_faults(pdf)] == [], name


def test_every_objective_is_a_chapter(made):
    folder, _, page, pdf = made
    codes = {file.stem for file in Path(folder).glob("O*.ipynb")}
    assert codes <= {node.attributes.get("id") for node in read_page(page).all("h2")}
    assert len([h for level, h in read_structure(pdf).headings if level == 2 and "Objective" in h]) == len(
        codes
    )


def test_what_has_no_glyph_is_shown_by_its_code(made):
    _, _, page, pdf = made
    if CHINESE in page:
        assert "[U+4F1A][U+8BAE]" in read_structure(pdf).text
        assert "تقرير"[::-1] in read_structure(pdf).text  # on paper words stand in the order of the eye
