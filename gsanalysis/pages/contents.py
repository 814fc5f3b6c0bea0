"""What belongs to what: an objective's KPIs and indicators, and the cells that several tables share."""

from __future__ import annotations

from gsanalysis.pages.blocks import Dictionary, cell
from gsanalysis.rating.evaluation import Evaluation
from gsanalysis.rating.rate import IndicatorRating, Rated, exact_number
from gsanalysis.rating.rules import RATINGS, TARGETS
from gsanalysis.wording.words import DASH, is_share, listed, rating_word, share

STATE_MARKS = {"provisional": "p", "estimated": "e", "illustrative": "i"}
MARKS_LEGEND = "p provisional · e estimated · i invented"
SMALL_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def kpi_codes(evaluation: Evaluation, objective: str) -> list[str]:
    """The KPIs of an objective, in the plan's order."""
    kpis = evaluation.plan.kpis
    return kpis.loc[kpis["objective"] == objective, "kpi"].tolist()


def indicator_codes(evaluation: Evaluation, objective: str) -> list[str]:
    """The indicators of an objective, in the plan's order of KPIs."""
    return [code for kpi in kpi_codes(evaluation, objective) for code in indicators_of(evaluation, kpi)]


def indicators_of(evaluation: Evaluation, kpi: str) -> list[str]:
    """The indicators of a KPI, in the plan's order."""
    return [code for code, rating in evaluation.ratings.items() if rating.indicator.kpi == kpi]


def references(evaluation: Evaluation) -> set[str]:
    """The indicators that only serve as a yardstick: they are shown with what is held against them."""
    targets = {r.indicator.target for r in evaluation.ratings.values() if r.indicator.rule in TARGETS}
    return {
        code
        for code in targets & set(evaluation.ratings)
        if evaluation.ratings[code].indicator.rule == "monitor"
    }


def kpi_text(evaluation: Evaluation, kpi: str) -> str:
    """The plan's words for a KPI."""
    kpis = evaluation.plan.kpis
    return str(kpis.loc[kpis["kpi"] == kpi, "text"].iloc[0])


def kpi_rating(evaluation: Evaluation, kpi: str) -> str:
    """A KPI's rating in the year evaluated."""
    kpis = evaluation.kpis
    return str(kpis.loc[kpis["kpi"] == kpi, "rating"].iloc[0])


def commentary(evaluation: Evaluation, objective: str, kpi: str) -> str:
    """An author's Markdown for the year, empty where there is none or the page is seen from an as-of date."""
    words = evaluation.plan.commentary
    found = words[
        (words["year"] == evaluation.year) & (words["objective"] == objective) & (words["kpi"] == kpi)
    ]
    return "" if evaluation.as_of or found.empty else str(found["text"].iloc[0])


def count_word(count: int) -> str:
    """A count as a word up to ten: "three"."""
    return SMALL_NUMBERS[count] if count < len(SMALL_NUMBERS) else str(count)


def counted(count: int, thing: str) -> str:
    """A count with its noun: "three KPIs", "one figure"."""
    return f"{count_word(count)} {thing}{'' if count == 1 else 's'}"


def part_of(count: int, of: int, things: str) -> str:
    """Some of several things: "2 of 3 KPIs", and above ten "18 % of KPIs"."""
    return f"{share(count, of)} {'of ' if of > 10 else ''}{things}"


def capital(text: str) -> str:
    """The text with a capital first letter."""
    return text[:1].upper() + text[1:]


def value_cells(evaluation: Evaluation, code: str, years: list[int]) -> tuple[list[Dictionary], str]:
    """An indicator's values of some years as cells with one precision, and the unit they are in.

    Where a part decides the year's rating, it is that part's values that are followed.
    """
    part = evaluation.ratings[code].named.part
    followed = [_of_part(evaluation.rating(code, year), part) for year in years]
    values = [rated.shown_value if rated else None for rated in followed]
    states = [
        rated.evidence.value.state if rated and rated.shown_value is not None else "" for rated in followed
    ]
    marks = [STATE_MARKS.get(state, "") for state in states]
    texts, unit = row_texts(values, evaluation.ratings[code].indicator.row["unit"])
    return [cell(f"{text} {mark}".rstrip()) for text, mark in zip(texts, marks, strict=True)], unit


def _of_part(rating: IndicatorRating, part: str) -> Rated | None:
    return next((rated for rated in rating.parts if rated.part == part), None)


def row_texts(values: list[float | str | None], unit: str) -> tuple[list[str], str]:
    """Values of one row as text: millions from a million up, else with the digits they have (at most two)."""
    numbers = [value for value in values if isinstance(value, float)]
    scale = 1e6 if numbers and max(map(abs, numbers)) >= 1e6 else 1.0
    digits = 1 if scale > 1 else max((_digits(value) for value in numbers), default=0)
    texts = [_row_text(value, scale, digits) for value in values]
    millions = f"{unit} million" if scale > 1 and not is_share(unit) else unit
    return texts, millions.replace("number million", "million") if unit == "number" else millions


def _digits(value: float) -> int:
    text = exact_number(round(value, 2))
    return len(text.partition(".")[2])


def _row_text(value: float | str | None, scale: float, digits: int) -> str:
    if value is None:
        return DASH
    if isinstance(value, str):
        return value  # a day as it is written in the data: in words it would widen the column of a year
    text = f"{value / scale:,.{digits}f}".replace(",", "\u202f").replace("-", "−")
    return "0" if text.strip("−0.") == "" else text


def rating_cell(rating: IndicatorRating) -> Dictionary:
    """A rating with its sign and word, the part that decides and how many have no figure."""
    named, small = rating.named, []
    if named.part:
        small.append(named.part)
    if rating.missing:
        without = [p.part for p in rating.parts if p.rating in ("no_data", "no_comparison")]
        small.append(f"{listed(without) if rating.missing < 4 else counted(rating.missing, 'part')} missing")
    return cell(rating_word(rating.rating), sign=rating.rating, small="; ".join(small))


def is_good(rating: str) -> bool:
    """Whether a rating is on course."""
    return rating in RATINGS[:2]
