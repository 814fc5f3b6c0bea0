"""The pages that `run` makes of the real and of the invented figures, read back as their readers meet them."""

import csv
import hashlib
import io
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from html_structure import page_faults, read_page, tables
from pdf_places import place_faults
from pdf_structure import read_structure, structure_faults

from gsanalysis.pages.contents import references
from gsanalysis.plan import load
from gsanalysis.rating.evaluation import Evaluation
from gsanalysis.wording.explanation import explanation
from gsanalysis.wording.words import RATING_WORDS, exact

ROOT = Path(__file__).parents[1]
YEAR = 2014
DATA = {"real": "data", "invented": "data/illustrative"}
OBJECTIVES = [f"O{number}" for number in range(1, 7)]
PAGES = [*OBJECTIVES, "overview", "data-quality"]
CODE = re.compile(r"O\d-K\d+")


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


def html(folder, page):
    return (folder / f"{page}.html").read_text(encoding="utf-8")


def pdf(folder, page):
    return (folder / f"{page}.pdf").read_bytes()


def squeezed(text):
    return re.sub(r"\s+", "", text.replace("\u202f", "").replace("\u200b", ""))


def rows_of(folder, name):
    return list(csv.DictReader(io.StringIO((folder / name).read_text(encoding="utf-8"))))


@pytest.mark.parametrize("page", [*PAGES, "index"])
def test_every_html_page_is_sound(made, page):
    assert page_faults(html(made[1], page)) == []


@pytest.mark.parametrize("page", PAGES)
def test_every_pdf_is_sound_and_no_word_covers_another(made, page):
    data = pdf(made[1], page)
    assert structure_faults(data) == []
    assert place_faults(data) == []


@pytest.mark.parametrize("page", PAGES)
def test_an_html_page_stays_small(made, page):
    assert len(html(made[1], page)) < 1_000_000


@pytest.mark.parametrize("page", OBJECTIVES)
def test_the_kpi_table_has_the_ratings_of_assess_in_both_formats(made, page):
    _, folder = made
    words = {row["kpi"]: RATING_WORDS[row["rating"]] for row in rows_of(folder, "kpis.csv")}
    kpis = [kpi for kpi in words if kpi.startswith(f"{page}-")]
    for found in (tables(html(folder, page)), read_structure(pdf(folder, page)).tables):
        shown = {code[0]: squeezed(row[-2]) for row in found[0] if (code := CODE.match(squeezed(row[0])))}
        assert set(shown) == set(kpis)
        for kpi in kpis:
            assert squeezed(words[kpi]) in shown[kpi], kpi


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


def test_the_overview_counts_what_assess_counts(made):
    _, folder = made
    for found in (tables(html(folder, "overview")), read_structure(pdf(folder, "overview")).tables):
        body = {match[0]: row for row in found[0] if (match := re.search(r"O\d", squeezed(row[0])))}
        for row in rows_of(folder, "objectives.csv"):
            shown = [squeezed(cell) for cell in body[row["objective"]][1:5]]
            expected = [row[name] for name in ("achieved", "on_track", "at_risk", "off_track")]
            assert [cell.replace("–", "0") for cell in shown] == expected


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
