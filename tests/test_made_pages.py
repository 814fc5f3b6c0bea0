"""The pages that `run` makes of the real and of the invented figures, read back as their readers meet them."""

import csv
import hashlib
import io
import os
import re
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest
from html_structure import page_faults, read_page, tables
from pdf_breaks import break_faults
from pdf_places import place_faults
from pdf_structure import read_structure, structure_faults
from report_texts import html_chapters, html_page, pdf_annex, pdf_chapters, pdf_page

from gsanalysis.pages.contents import references
from gsanalysis.plan import load
from gsanalysis.rating.evaluation import Evaluation
from gsanalysis.wording.explanation import explanation
from gsanalysis.wording.words import RATING_WORDS, exact

ROOT = Path(__file__).parents[1]
YEAR = 2014
DATA = {"real": "data", "invented": "data/illustrative"}
OBJECTIVES = [f"O{number}" for number in range(1, 7)]
PAGES = [*OBJECTIVES, "overview", "changes", "data-quality"]
ALL = [*PAGES, "report", "period"]
FILES = ["indicators.csv", "kpis.csv", "objectives.csv", "measurements.csv"]
KPI, INDICATOR = re.compile(r"O\d-K\d+(?![a-z\d])"), re.compile(r"O\d-K\d+[a-z]")
NUMBER = re.compile(r"[−-]?\d+(?:\.\d+)?(?: million)?")


@pytest.fixture(scope="module", params=DATA)
def made(request, tmp_path_factory):
    """The evaluation and the folder of its reports."""
    out = tmp_path_factory.mktemp(request.param)
    arguments = ["run", "--data", DATA[request.param], "--year", str(YEAR), "--out", out]
    run = [sys.executable, "-m", "gsanalysis", *map(str, arguments)]
    done = subprocess.run(
        run, cwd=ROOT, capture_output=True, encoding="utf-8", check=False, env=dict(os.environ)
    )
    assert done.returncode == 0, done.stderr
    return Evaluation(load(ROOT / DATA[request.param]), YEAR), out / str(YEAR)


def place_of(folder, page):
    return folder.parent / "2012-2015" if page == "period" else folder


def html(folder, page):
    return (place_of(folder, page) / f"{page}.html").read_text(encoding="utf-8")


def pdf(folder, page):
    return (place_of(folder, page) / f"{page}.pdf").read_bytes()


def numbers_in(text):
    """The numbers of a text, "1.2 million" as one."""
    whole = re.sub(
        r"(?<=\d)[ \u202f](?=\d{3}(?!\d))", "", text
    )  # the reader of tables makes each space the same
    found = (match.replace("−", "-") for match in NUMBER.findall(whole))
    return [float(n.removesuffix(" million")) * (1e6 if n.endswith("million") else 1) for n in found]


def is_said(value, text):
    """Whether a text has the value, rounded for reading to no fewer than three digits, perhaps in millions."""
    said = [number * scale for number in numbers_in(text) for scale in (1, 1e6, 1e-6)]
    return any(abs(number - value) <= 0.005001 * abs(value) + 1e-9 for number in said)


def squeezed(text):
    return re.sub(r"\s+", "", text.replace("\u202f", "").replace("\u200b", ""))


def rows_of(folder, name):
    return list(csv.DictReader(io.StringIO((folder / name).read_text(encoding="utf-8"))))


@pytest.mark.parametrize("page", [*ALL, "index"])
def test_every_html_page_is_sound(made, page):
    assert page_faults(html(made[1], page)) == []


@pytest.mark.parametrize("page", ALL)
def test_every_pdf_is_sound_breaks_well_and_no_word_covers_another(made, page):
    data, is_report = pdf(made[1], page), page == "report"
    assert structure_faults(data, files=FILES if is_report else (), report=is_report) == []
    assert break_faults(data) == []
    assert place_faults(data) == []


@pytest.mark.parametrize("page", OBJECTIVES)
def test_the_page_of_an_objective_stays_small(made, page):
    assert len(html(made[1], page)) < 500_000


def test_the_whole_report_stays_small(made):
    assert len(pdf(made[1], "report")) < 3_000_000


# --- the report says what the pages say, and carries the data


@pytest.mark.parametrize("page", PAGES)
def test_a_chapter_of_the_report_says_what_the_page_says(made, page):
    _, folder = made
    assert html_chapters(html(folder, "report"))[page] == html_page(html(folder, page))
    assert pdf_page(pdf(folder, page)) in pdf_chapters(pdf(folder, "report"))


def test_the_annex_of_the_report_is_those_of_the_pages(made):
    _, folder = made
    order = ["overview", "changes", *OBJECTIVES, "data-quality"]
    assert pdf_annex(pdf(folder, "report")) == [t for page in order for t in pdf_annex(pdf(folder, page))]


def test_the_report_carries_the_files_that_lie_beside_it(made):
    _, folder = made
    with pikepdf.open(folder / "report.pdf") as opened:
        carried = {name: spec.get_file().read_bytes() for name, spec in opened.attachments.items()}
    assert carried == {name: (folder / name).read_bytes() for name in FILES}


# --- the figures on the pages are those of assess


def kpi_rows(found, page):
    """The rows of the table of KPIs: by KPI the one with its rating, by indicator the one with its figures."""
    kpis, indicators = {}, {}
    for row in found[1:]:
        first = row[0]
        if kpi := KPI.match(first):
            kpis[kpi[0]] = row[-3]
        if code := INDICATOR.search(first):
            single = len(row) == 9
            indicators[code[0]] = row if single else [*row[:-1], "", row[-1]]
    return kpis, indicators


@pytest.fixture(params=["html", "pdf"])
def tables_of(request):
    """How to read the tables of a page, in either format."""
    return {
        "html": lambda folder, page: tables(html(folder, page)),
        "pdf": lambda folder, page: read_structure(pdf(folder, page)).tables,
    }[request.param]


@pytest.mark.parametrize("page", OBJECTIVES)
def test_the_kpi_table_has_the_ratings_of_assess(made, tables_of, page):
    _, folder = made
    kpis, indicators = kpi_rows(tables_of(folder, page)[0], page)
    expected = {row["kpi"]: row for row in rows_of(folder, "kpis.csv") if row["kpi"].startswith(f"{page}-")}
    assert set(kpis) == set(expected)
    for kpi, said in kpis.items():
        assert squeezed(said).startswith(squeezed(RATING_WORDS[expected[kpi]["rating"]])), kpi
    for row in rows_of(folder, "indicators.csv"):
        if row["indicator"] in indicators:
            said = squeezed(indicators[row["indicator"]][-3])
            assert said.startswith(squeezed(RATING_WORDS[row["rating"]])), row["indicator"]


@pytest.mark.parametrize("page", OBJECTIVES)
def test_the_kpi_table_has_the_values_and_targets_of_assess(made, tables_of, page):
    evaluation, folder = made
    _, indicators = kpi_rows(tables_of(folder, page)[0], page)
    for row in rows_of(folder, "indicators.csv"):
        code = row["indicator"]
        if code not in indicators or evaluation.ratings[code].indicator.rule == "by_date":
            continue
        cells = indicators[code]
        value, target = row["value"], row["target"]
        if re.fullmatch(r"-?[\d.]+", value):
            assert is_said(float(value), cells[5]), (code, cells)
        elif value:
            assert value in cells[5], code
        else:
            assert cells[5] == "–", code
        stated = re.fullmatch(r"-?[\d.]+", evaluation.ratings[code].indicator.row["target"])
        if target and stated:
            assert is_said(float(target), cells[1]), (code, cells)


def drawn(folder, page):
    """The code, the alternative text and the table of values of each chart of an objective."""
    for section in read_page(html(folder, page)).every:
        if section.attributes.get("class", "").startswith("finding"):
            (image,) = section.all("img")
            rows = [
                [squeezed(c.full_text) for c in r.all("th", "td")]
                for r in section.all("details")[0].all("tr")
            ]
            yield INDICATOR.search(image.attributes["alt"])[0], image.attributes["alt"], rows


@pytest.mark.parametrize("page", OBJECTIVES)
def test_the_tables_of_the_charts_are_the_same_in_both_formats(made, page):
    _, folder = made
    on_screen = [rows for _, _, rows in drawn(folder, page)]
    on_paper = [[[squeezed(text) for text in row] for row in t] for t in pdf_annex(pdf(folder, page))]
    # On paper words of two directions stand in the order of the eye.
    assert [[[sorted(text) for text in row] for row in t] for t in on_paper] == [
        [[sorted(text) for text in row] for row in t] for t in on_screen
    ]


@pytest.mark.parametrize("page", OBJECTIVES)
def test_the_tables_of_the_charts_have_the_values_and_ratings_of_assess(made, page):
    _, folder = made
    ratings = {row["indicator"]: row for row in rows_of(folder, "indicators.csv")}
    for code, _, rows in drawn(folder, page):
        turned = rows if str(YEAR) in rows[0] else [list(line) for line in zip(*rows, strict=True)]
        at = turned[0].index(str(YEAR))
        lines = {line[0]: line[at] for line in turned[1:]}
        row = ratings[code]
        words = [text for name, text in lines.items() if name.startswith("Rating")]
        assert bool(words) == (row["rating"] != "monitored"), code
        assert all(squeezed(RATING_WORDS[row["rating"]]) in text for text in words), code
        if re.fullmatch(r"-?[\d.]+", row["value"]):
            texts = " ".join(lines.values()).replace("million", " million")
            assert any(is_said(float(row["value"]), text) for text in texts.split()), code


@pytest.mark.parametrize("page", OBJECTIVES)
def test_the_alternative_text_of_a_chart_has_the_value_and_whether_it_is_rated(made, page):
    _, folder = made
    ratings = {row["indicator"]: row for row in rows_of(folder, "indicators.csv")}
    texts = [(code, alt) for code, alt, _ in drawn(folder, page)]
    assert [alt for _, alt in texts] == read_structure(pdf(folder, page)).alternatives
    for code, alt in texts:
        row = ratings[code]
        if re.fullmatch(r"-?[\d.]+", row["value"]):
            assert is_said(float(row["value"]), alt), (code, alt)
        if row["rating"] in ("no_data", "no_comparison"):
            assert squeezed(RATING_WORDS[row["rating"]]) in squeezed(alt), (code, alt)


@pytest.mark.parametrize("page", OBJECTIVES)
def test_every_figure_that_a_rating_rests_on_is_among_the_sources(made, page):
    evaluation, folder = made
    text = squeezed(read_page(html(folder, page)).full_text)
    printed = squeezed(read_structure(pdf(folder, page)).text)
    for code, rating in evaluation.ratings.items():
        if code.startswith(f"{page}-") and rating.named.evidence.value.value is not None:
            value = squeezed(
                exact(rating.named.evidence.value.figures[0].value, rating.indicator.row["unit"])
            )
            assert value in text, code
            assert value in printed, code


@pytest.mark.parametrize("page", OBJECTIVES)
def test_every_explanation_stands_in_html_and_pdf_in_the_same_words(made, page):
    evaluation, folder = made
    text, printed = (squeezed(words) for words in (
        read_page(html(folder, page)).full_text, read_structure(pdf(folder, page)).text
    ))  # fmt: skip
    skipped = references(evaluation)
    for code, rating in evaluation.ratings.items():
        if code.startswith(f"{page}-") and code not in skipped and rating.named.shown_value is not None:
            for sentence in explanation(evaluation, code).why:
                assert squeezed(sentence) in text, sentence
                assert squeezed(sentence) in printed, sentence


def test_the_overview_counts_what_assess_counts(made, tables_of):
    _, folder = made
    body = {match[0]: row for row in tables_of(folder, "overview")[0] if (match := re.search(r"O\d", row[0]))}
    for row in rows_of(folder, "objectives.csv"):
        _, kpis, full, _ = body[row["objective"]]
        counts = {rating: int(row[rating]) for rating in RATING_WORDS if row[rating] != "0"}
        said = [f"{count} {RATING_WORDS[rating]}" for rating, count in counts.items()]
        assert squeezed(", ".join(said)) in squeezed(kpis)
        rated_in_full = int(row["rated"]) - int(row["partial"])
        if 0 < int(row["ratable"]) < 10:
            assert full == f"{rated_in_full} of {row['ratable']}"


def test_invented_figures_are_called_so_on_every_page_table_and_chart(made):
    evaluation, folder = made
    invented = set(evaluation.plan.measurements["state"]) >= {"illustrative"}
    for page in PAGES:
        tree = read_page(html(folder, page))
        assert ("invented to show the workbook" in tree.full_text) == invented
        assert all(("invented" in caption.full_text) == invented for caption in tree.all("caption"))
        printed = read_structure(pdf(folder, page))
        assert all(
            ("invented" in line) == invented for line in printed.furniture if "Self-assessment" in line
        )


def test_no_page_is_silent_about_its_limits(made):
    _, folder = made
    for page in PAGES:
        words = read_page(html(folder, page)).full_text
        assert re.search(r"Limits of this page\s+\S.{20,}", words, re.S)


def test_the_ratings_lie_beside_the_pages_with_their_hashes(made):
    _, folder = made
    manifest = (folder / "manifest.json").read_text(encoding="utf-8")
    for name in ("indicators.csv", "kpis.csv", "objectives.csv", "O3.html", "O3.pdf", "O3.ipynb"):
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() in manifest
