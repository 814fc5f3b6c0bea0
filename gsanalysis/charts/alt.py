"""What a chart shows, in words: the text that stands for it where it can't be seen."""

from typing import Any

import pandas as pd

from gsanalysis.charts.milestone import as_day, last_said
from gsanalysis.charts.parts import part_rows
from gsanalysis.charts.subject import Subject, subject
from gsanalysis.wording import words

LONGEST = 300
RATED = ("achieved", "on_track", "at_risk", "off_track")
SHAPES = {"reference": "Bar chart", "zero": "Chart of stems", "yes": "Row of signs", "by_date": "Time line"}


def alt_text(indicator: "pd.Series[Any]", history: pd.DataFrame, *, year: int) -> str:
    """Say in 40 to 300 characters what the chart of an indicator shows up to the year rated.

    Takes what `chart` takes: the name and unit, the first and last value, the yardstick and whether it is met,
    which figures are invented, and the years without one.
    """
    about = subject(indicator, history, year=year, first_year=year, last_year=year)
    course = _parts if about.shows_parts else _COURSES[about.kind]
    sentences = [_head(about), _invented(about), *course(about), *_yardstick(about), *_gaps(about)]
    return joined([sentence for sentence in sentences if sentence])


def joined(sentences: list[str]) -> str:
    """The sentences as one text of at most 300 characters; what no longer fits is left out whole."""
    text = words.shortened(sentences[0], LONGEST)
    for sentence in sentences[1:]:
        if len(text) + 1 + len(sentence) <= LONGEST:
            text = f"{text} {sentence}"
    return text


def _head(about: Subject) -> str:
    name, unit = words.shortened(about.text("name"), 90), words.shortened(about.unit, 50)
    return f"{_shape(about)}: {name}{f' ({unit})' if unit else ''}."


def _shape(about: Subject) -> str:
    if about.shows_parts:
        return "Dots for each part"
    if about.rule in ("at_least", "at_most") and about.target is None:
        return SHAPES["reference"]
    by_kind = {"yes_no": SHAPES["yes"], "date": SHAPES["by_date"], "level": "Steps on a scale"}
    return SHAPES.get(about.rule, by_kind.get(about.kind, "Line chart"))


def _invented(about: Subject) -> str:
    states = about.rows["state"][about.rows["value"].notna()] == "illustrative"
    return (
        "The figures are invented." if states.all() else "Some figures are invented." if states.any() else ""
    )


def _numbers(about: Subject) -> list[str]:
    known = about.known
    first, last = known.iloc[0], known.iloc[-1]
    start, end = (words.number(row["value"], about.unit) for row in (first, last))
    open_state = f" ({last['state']})" if last["state"] in ("provisional", "estimated") else ""
    if len(known) == 1:
        return [f"{end} in {last['year']}{open_state}."]
    if first["value"] == last["value"]:
        return [f"{start} in {first['year']} and again {end} in {last['year']}{open_state}."]
    turn = "Rose" if last["value"] > first["value"] else "Fell"
    return [f"{turn} from {start} in {first['year']} to {end} in {last['year']}{open_state}."]


def _answers(about: Subject) -> list[str]:
    known = about.known
    years = {answer: known["year"][known["value"] == answer].astype(str).tolist() for answer in ("yes", "no")}
    said = [f"{answer} in {words.listed(given)}" for answer, given in years.items() if given]
    return [f"{', '.join(said).capitalize()}."]


def _levels(about: Subject) -> list[str]:
    levels = zip(about.known["value"], about.known["year"], strict=True)
    labels = [f"{words.shortened(label, 30)} in {year}" for label, year in levels]
    through = f"From {labels[0]} to {labels[-1]}." if len(labels) > 1 else f"{labels[0].capitalize()}."
    return [through, f"The scale has {len(about.scale)} levels." if about.scale else ""]


def _days(about: Subject) -> list[str]:
    said = last_said(about.total, about.year)["value"]
    done = as_day(said.iloc[0]) if len(said) else None
    not_yet = (
        [] if done is not None and done.year <= about.year else [f"Not done by the end of {about.year}."]
    )
    return not_yet + ([f"Done on {words.date_text(done.isoformat())}."] if done else [])


def _parts(about: Subject) -> list[str]:
    rows = part_rows(about)
    counts = rows["rating"][rows["rating"] != ""].value_counts()
    ratings = [f"{counts[code]} {word}" for code, word in words.RATING_WORDS.items() if code in counts]
    known = rows[rows["at"].notna()].sort_values("at", kind="stable")
    said = f"{len(rows)} parts in {about.year}{': ' if ratings else ''}{words.listed(ratings)}."
    if about.kind != "number" or known.empty:
        return [said]
    if about.target is not None:
        named = f"target by {about.due}" if about.due else "standard of each"
        said += f" The {named} is {words.number(about.target, about.unit)}."
    ends = [known.iloc[0], known.iloc[-1]][: len(known)]
    values = [f"{words.number(row['at'], about.unit)} ({words.shortened(row['part'], 30)})" for row in ends]
    return [said, f"From {values[0]} to {values[1]}." if len(values) > 1 else f"{values[0]}."]


def _yardstick(about: Subject) -> list[str]:
    rating = _rating(about)
    met = rating == "achieved"
    said = "" if about.rule == "monitor" else _yardstick_words(about, "" if met else "not ")
    if rating in RATED:
        return [said, f"Rated {words.rating_word(rating)} in {about.year}."]
    if about.rule == "monitor":
        return ["No standard is set."]
    return [f"Not rated in {about.year}: {words.rating_word(rating)}."] if rating else []


def _yardstick_words(about: Subject, no: str) -> str:
    held = about.yardstick(about.year)
    value = words.number(held, about.unit) if isinstance(held, int | float) else words.exact(held)
    target = words.number(about.target, about.unit)
    if about.due is not None and about.target is not None:
        yet = " yet" if no and about.year < about.due else ""
        return f"The target of {target} by {about.due} is {no}reached{yet}."
    if about.rule in ("at_least", "at_most") and about.target is not None:
        return f"The standard of {about.rule.replace('_', ' ')} {target} is {no}met."
    if held is None:
        return ""
    return _OTHER_YARDSTICKS.get(about.rule, "").format(value=value, no=no, **_details(about))


_OTHER_YARDSTICKS = {
    "at_least": "The {reference} of {value} is {no}met.",
    "at_most": "The {reference} of {value} is {no}kept.",
    "zero": "None is accepted.",
    "between": "The band from {low} to {high} is {no}kept.",
    "rise_each_year": "The value to beat, {value}, was {no}beaten.",
    "fall_each_year": "The value to beat, {value}, was {no}beaten.",
    "above_trend": "The trend of the baseline years gives {value}; it is {no}met.",
    "below_trend": "The trend of the baseline years gives {value}; it is {no}met.",
    "increase": "The baseline is {value}.",
    "decrease": "The baseline is {value}.",
    "level": "The standard, {value} or better, is {no}met.",
    "by_date": "It was due on {value}.",
}


def _details(about: Subject) -> dict[str, str]:
    low, _, high = about.text("target").partition("|")
    reference = words.shortened(about.text("reference_name") or "reference", 40)
    limits = {"low": words.exact(low, about.unit), "high": words.exact(high, about.unit)} if high else {}
    return {"reference": reference, "low": "", "high": "", **limits}


def _rating(about: Subject) -> str:
    rows = about.total if not about.shows_parts else about.rows.iloc[0:0]
    ratings = rows["rating"][rows["year"] == about.year]
    return str(ratings.iloc[-1]) if len(ratings) else ""


def _gaps(about: Subject) -> list[str]:
    if about.shows_parts:
        return []
    known = set(about.known["year"])
    missing = [str(year) for year in range(min(known), about.year + 1) if year not in known]
    if len(missing) > 5:
        return [f"{len(missing)} years have no figure."]
    return [f"No figure for {words.listed(missing)}."] if missing and about.kind != "date" else []


_COURSES = {"number": _numbers, "yes_no": _answers, "level": _levels, "date": _days}
