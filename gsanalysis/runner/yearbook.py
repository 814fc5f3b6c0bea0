"""The folder of one year: pages, ratings, index and manifest, put in place together."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gsanalysis.runner.index import FORMATS, File, Page, index_html
from gsanalysis.runner.manifest import describe, digest, read_outputs, sha256
from gsanalysis.runner.outputs import publish, writing

if TYPE_CHECKING:
    from gsanalysis.plan import Plan
    from gsanalysis.rating.evaluation import Evaluation

RATINGS = ("indicators.csv", "kpis.csv", "objectives.csv")
TITLES = {"overview": "Overview of all objectives", "data-quality": "Quality of the data"}


def year_folder(out: Path, year: int, as_of: str | None) -> Path:
    """Where the files of a year stand; an edition with an as-of date has its own folder in it."""
    return out / str(year) / "editions" / as_of if as_of else out / str(year)


def put_year(
    plan: Plan,
    year: int,
    as_of: str | None,
    staged: Path,
    target: Path,
    made_from: dict[str, Any],
    failed: list[str],
) -> None:
    """Move what was made in ``staged`` into ``target``, with the ratings, the index and the manifest.

    Pages that were not made this time stay; index and manifest tell them from those of this run.
    """
    with writing(target):
        staged.mkdir(exist_ok=True)
        from gsanalysis.rating.evaluation import Evaluation

        evaluation = Evaluation(plan, year, as_of)
        _write_ratings(evaluation, staged)
        earlier = read_outputs(target)
        pages = [_page(plan, name, staged, target, earlier, digest(made_from)) for name in page_names(plan)]
        edition = evaluation.data_as_of
        (staged / "index.html").write_text(index_html(plan, year, as_of, edition, pages), encoding="utf-8")
        outputs = _outputs(pages, staged, target, earlier, digest(made_from))
        manifest = describe(year, as_of, edition, made_from, outputs, failed)
        (staged / "manifest.json").write_text(manifest, encoding="utf-8")
        made = sorted(path.name for path in staged.iterdir())
        publish(staged, target, [n for n in made if n not in _LAST] + [n for n in _LAST if n in made])
        for page in made:
            if page.endswith(".ipynb") and not page.endswith(".failed.ipynb"):
                (target / f"{page.removesuffix('.ipynb')}.failed.ipynb").unlink(missing_ok=True)


def page_names(plan: Plan) -> list[str]:
    """The pages of a year in the order of the index."""
    return ["overview", *plan.objectives["objective"], "data-quality"]


_LAST = ("index.html", "manifest.json")  # they speak of the other files, so they come after them


def _write_ratings(evaluation: Evaluation, staged: Path) -> None:
    from gsanalysis.rating.rate import to_csv_text

    tables = (evaluation.indicators, evaluation.kpis, evaluation.objectives)
    for table, name in zip(tables, RATINGS, strict=True):
        (staged / name).write_bytes(to_csv_text(table).encode("utf-8"))


def _page(plan: Plan, name: str, staged: Path, target: Path, earlier: dict[str, str], current: str) -> Page:
    made = (staged / f"{name}.ipynb").exists()
    failed = f"{name}.failed.ipynb"
    has_failed = (staged / failed).exists() or (not made and (target / failed).exists())
    files = []
    for form, label in FORMATS.items():
        file = f"{name}.{form}"
        now = (staged / file).exists()
        there = now or (target / file).exists()
        old = there and not now and (has_failed or earlier.get(file) != current)
        files.append(File(label, file if there else "", old))
    titles = dict(zip(plan.objectives["objective"], plan.objectives["title"], strict=True))
    title = titles.get(name) or TITLES[name]
    return Page(title, name if name in titles else "", files, failed if has_failed else "")


def _outputs(
    pages: Iterable[Page], staged: Path, target: Path, earlier: dict[str, str], current: str
) -> dict[str, dict[str, str]]:
    """Hash and origin of every file of the year; the origin of a file that somebody changed is not known."""
    names = [file.name for page in pages for file in page.files if file.name]
    outputs = {}
    for name in [*names, *RATINGS, "index.html"]:
        now = (staged / name).exists()
        origin = current if now else earlier.get(name, "")
        outputs[name] = {"sha256": sha256((staged if now else target) / name), "made_from": origin}
    return outputs
