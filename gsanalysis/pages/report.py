"""The parts of a year's report that are its own: cover, chapters, how to read it, figures used, files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from gsanalysis.doubt.views import SELF_ASSESSMENT, found_wanting, kind_of_assessment
from gsanalysis.pages import blocks
from gsanalysis.pages.blocks import Block, Dictionary
from gsanalysis.pages.contents import STATE_MARKS, indicator_codes, references
from gsanalysis.pages.opening import legend, page_title
from gsanalysis.rating.evaluation import Evaluation
from gsanalysis.rating.rate import IndicatorRating, to_csv_text
from gsanalysis.rating.rules import RATINGS
from gsanalysis.rating.vintages import edition, known_rows
from gsanalysis.wording.words import date_text, exact, listed, rating_word, state_word

__all__ = ["attachments", "chapters", "figures_used", "how_to_read", "legend", "title"]

NOT_NAMED = "not named"
NOBODY_CHECKED = "the organisation rates itself; nobody outside checked the ratings"


def title(evaluation: Evaluation, prepared_by: str = "", final: bool = False) -> Block:
    """The cover: whose report it is, of what, as of when, and how far it may be trusted."""
    plan = evaluation.plan
    cover = [
        ("Organisation", plan.organisation),
        ("Plan", plan.title),
        ("Year evaluated", str(evaluation.year)),
        ("Edition", _edition(evaluation)),
        ("Data as of", _data_as_of(evaluation)),
        ("Status", "Final" if final else "Draft"),
        ("Kind", _kind(evaluation)),
        ("Prepared by", prepared_by.strip() or NOT_NAMED),
        ("Figures", _figures(evaluation)),
    ]
    heading = f"{plan.title}, year {evaluation.year}"
    return page_title(evaluation, "Evaluation report", heading, list(evaluation.ratings), plan.goal, cover)


def chapters(evaluation: Evaluation) -> Block:
    """The pages that the report takes in, in order."""
    codes = evaluation.plan.objectives["objective"]
    objectives = [(code, f"Objective {code}") for code in codes]
    changed = ("changes", "Since the last edition")
    return blocks.include([("overview", "Overview"), changed, *objectives, ("data-quality", "Data quality")])


def how_to_read(evaluation: Evaluation) -> Block:
    """What a reader must know before the first rating, and the way from any rating to its source."""
    floor = exact(round(100 * evaluation.plan.coverage_floor, 9), "%")
    marks = listed([f"{mark} {state_word(state)}" for state, mark in STATE_MARKS.items()])
    return blocks.notes(
        [
            blocks.note(
                "Counts, no averages.",
                "A KPI has the worst rating among its indicators. KPIs are then counted; a good rating never makes up "
                "for a bad one.",
            ),
            blocks.note(
                "Unknown is not failed.",
                "What has no figure, or nothing to be held against, is not rated. It is named, with the service that "
                "could supply it.",
            ),
            blocks.note(
                "On course",
                f"means achieved or on track. The count is given only when {floor} of the KPIs that can be rated are "
                "rated in full. Beside it stand the counts if all that is missing were bad, and if it were good.",
            ),
            blocks.note(
                "Letters",
                f"after a figure say how firm it is: {marks}. A figure without a letter is final.",
            ),
            blocks.note(
                "Whose standard.",
                "Under each target stands whose reading it is: plan (the plan states it), derived (it follows from "
                "the plan's words) or assumed (somebody chose it).",
            ),
            _way(evaluation),
        ]
    )


def figures_used(evaluation: Evaluation) -> Block:
    """Where each figure behind the ratings stands: in the table of its objective."""
    items = []
    for objective in evaluation.plan.objectives["objective"]:
        count = len(_places(evaluation, indicator_codes(evaluation, objective)))
        said = f"{count} {'figure' if count == 1 else 'figures'}" if count else "no figure was reported"
        items.append(blocks.item(f"Objective {objective}: {said}", refs=[f"sources {objective}"]))
    return blocks.listing(items)


def attachments(evaluation: Evaluation) -> Block:
    """The ratings and the figures as CSV, as `assess` gives them and as they lie in the data folder."""
    year, seen = evaluation.year, f", as of {date_text(evaluation.as_of)}" if evaluation.as_of else ""
    tables = [
        ("indicators", "with value, target and gap", evaluation.indicators),
        ("kpis", "by their worst indicator", evaluation.kpis),
        ("objectives", "as counts of KPIs", evaluation.objectives),
    ]
    ratings = [
        (
            f"{name}.csv",
            f"Ratings of {'KPIs' if name == 'kpis' else name} {about}, {year}{seen}",
            to_csv_text(table),
        )
        for name, about, table in tables
    ]
    rows = known_rows(evaluation).to_csv(index=False, lineterminator="\n")
    about = f"Every report of every figure up to {year}{seen}, with source, state and day"
    return blocks.attachments([*ratings, ("measurements.csv", about, rows)])


def _kind(evaluation: Evaluation) -> str:
    """Whether the report is the organisation's own word alone, or a validator has looked at the evidence."""
    kind = kind_of_assessment(evaluation, list(evaluation.ratings))
    if kind == SELF_ASSESSMENT:
        return f"{kind}: {NOBODY_CHECKED}"
    unmet = found_wanting(evaluation)
    return f"{kind}, {unmet} with a criterion not met" if unmet else kind


def _edition(evaluation: Evaluation) -> str:
    """The day that names the edition; where the data are seen from another one, what it is the day of."""
    day = edition(evaluation)
    if not day:
        return "without figures"
    return date_text(day) + ("" if day == evaluation.data_as_of else ", the latest report among its figures")


def _data_as_of(evaluation: Evaluation) -> str:
    """The day up to which reports were taken."""
    day = evaluation.data_as_of
    if not day:
        return "no figure was reported"
    if evaluation.as_of:
        return f"{date_text(day)}; what was reported later is left out"
    return date_text(day) + ("" if day == edition(evaluation) else ", the latest report of any year")


def _way(evaluation: Evaluation) -> Dictionary:
    """The way from a rating to its source, with the numbers of the places for one of them."""
    way = (
        "From any rating go to the objective's table of KPIs (what is asked), to the figure (why it is rated so), "
        "to the table of figures behind the ratings (source, day of report, who checked) and to the list of "
        "indicators (what is counted, whose reading)."
    )
    found = next(_shown(evaluation), None)
    if found is None:
        return blocks.note("To the source.", way)
    row, objective = found.indicator.row, evaluation.objective_of(found.indicator.kpi)
    example = f" For “{row['name']}”, {rating_word(found.rating)}:"
    refs = [f"kpis {objective}", row["indicator"], f"sources {objective}", f"readings {objective}"]
    return blocks.note("To the source.", way + example, refs=refs)


def _shown(evaluation: Evaluation) -> Iterator[IndicatorRating]:
    skipped = references(evaluation)
    return (
        rating
        for code, rating in evaluation.ratings.items()
        if code not in skipped and rating.rating in RATINGS
    )


def _figures(evaluation: Evaluation) -> str:
    """How many figures the ratings rest on, and how many of them somebody outside has seen."""
    rows = [evaluation.row(place) for place in _places(evaluation, evaluation.ratings)]
    if not rows:
        return "none"
    invented = sum(row["state"] == "illustrative" for row in rows)
    outside = sum(
        row["verification"] in ("audited", "published") and row["state"] != "illustrative" for row in rows
    )
    if invented == len(rows):
        return f"{len(rows)} used, all of them invented"
    some = f"{invented} of them invented; " if invented else ""
    checked = f"{outside} published or audited" if outside else "none published or audited"
    return f"{len(rows)} used, {some}{checked}"


def _places(evaluation: Evaluation, codes: Iterable[str]) -> list[int]:
    """The rows with a value that the ratings of these indicators rest on, each once."""
    return list(
        dict.fromkeys(
            figure.row
            for code in codes
            for named in evaluation.ratings[code].parts
            for measured in named.evidence.measured()
            for figure in measured.figures
            if figure.value is not None
        )
    )
