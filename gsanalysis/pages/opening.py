"""How every page begins: the evaluation that its parameters ask for, and its head."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from gsanalysis.doubt.views import kind_of_assessment
from gsanalysis.pages import blocks
from gsanalysis.pages.blocks import Block
from gsanalysis.pages.contents import MARKS_LEGEND
from gsanalysis.pages.invented import banner, footer
from gsanalysis.plan import UsageError, load
from gsanalysis.problems import nearest
from gsanalysis.rating.evaluation import Evaluation
from gsanalysis.wording.words import date_text

LEGEND = (
    "achieved",
    "on_track",
    "at_risk",
    "off_track",
    "no_data",
    "no_comparison",
    "monitored",
    "not_yet_due",
)


def open_evaluation(
    year: int, objective: str = "", as_of: str = "", data: str = "", measurements: str = ""
) -> Evaluation:
    """The evaluation of a year from a notebook's parameters; an empty one means the default.

    Raises UsageError with a sentence for an unknown objective or year, DataError for a folder with errors.
    """
    plan = load(data, measurements)
    years = sorted({*range(plan.first_year, plan.last_year + 1), *plan.measurements["year"]})
    if year not in years:
        raise UsageError(f"There is no year {year}: the plan and its figures have {years[0]} to {years[-1]}.")
    codes = list(plan.objectives["objective"])
    if objective and objective not in codes:
        like = nearest(objective, codes)
        meant = f"; did you mean {like}?" if like else f"; there are {', '.join(codes)}."
        raise UsageError(f"There is no objective {objective}{meant}")
    return Evaluation(plan, year, as_of or None)


def page_title(
    evaluation: Evaluation,
    eyebrow: str,
    heading: str,
    codes: Collection[str],
    quote: str = "",
    cover: Sequence[tuple[str, str]] = (),
) -> Block:
    """The head of a page about the indicators ``codes``: where the reader is, and what the page rests on.

    ``cover`` are the lines of a report's cover.
    """
    plan, day = evaluation.plan, evaluation.data_as_of
    data = f"data as of {date_text(day)}" if day else "no data yet"
    return blocks.title(
        eyebrow,
        heading,
        quote,
        banner(evaluation, codes),
        cover,
        running_left=f"{plan.organisation} · {plan.title}",
        running_right=f"Evaluation {evaluation.year} · {data}",
        footer_left=f"{kind_of_assessment(evaluation, codes)} · {footer(evaluation, codes)}",
        language=plan.language,
        date=day or f"{evaluation.year}-12-31",
    )


def legend() -> Block:
    """The signs of the scale and the letters of the states."""
    return blocks.legend(LEGEND, MARKS_LEGEND)
