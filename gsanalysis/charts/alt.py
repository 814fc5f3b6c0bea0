"""What a chart shows, in words: the text that stands for it where it can't be seen."""

from datetime import date
from typing import Any

import pandas as pd

from gsanalysis.charts.bars import lie_close
from gsanalysis.charts.milestone import as_day, last_said
from gsanalysis.charts.parts import part_rows
from gsanalysis.charts.subject import Subject, subject
from gsanalysis.rating.rules import LESS_IS_BETTER
from gsanalysis.wording import words

LONGEST, MOST_NAMES = 350, 4
RATED = ("achieved", "on_track", "at_risk", "off_track")
SHAPES = {"zero": "Chart of stems", "yes": "Row of signs", "by_date": "Time line"}


def alt_text(indicator: "pd.Series[Any]", history: pd.DataFrame, *, year: int) -> str:
    """Say in 40 to 350 characters what the chart of an indicator shows up to the year rated.

    Takes what `chart` takes: the code, name and unit, the first and last value, the yardstick and whether it is met,
    which figures are not final, and the years without one. The code keeps the texts of two charts apart.
    """
    about = subject(indicator, history, year=year, first_year=year, last_year=year)
    course = _parts if about.shows_parts else _COURSES[about.kind]
    sentences = [_head(about), *_states(about), *course(about), *_yardstick(about), *_gaps(about)]
    return joined([sentence for sentence in sentences if sentence])


def joined(sentences: list[str]) -> str:
    """The sentences as one text of at most 350 characters; what no longer fits is left out whole."""
    text = words.shortened(sentences[0], LONGEST)
    for sentence in sentences[1:]:
        if len(text) + 1 + len(sentence) <= LONGEST:
            text = f"{text} {sentence}"
    return text


def _head(about: Subject) -> str:
    name, unit = words.shortened(about.text("name"), 90), words.shortened(about.unit, 50)
    code = f" of {about.text('indicator')}" if about.text("indicator") else ""
    return f"{_shape(about)}{code}: {name}{f' ({unit})' if unit else ''}."


def _shape(about: Subject) -> str:
    if about.shows_parts:
        return "Dots for each part"
    if about.rule in ("at_least", "at_most") and about.target is None:
        return "Line chart with marks" if lie_close(about) else "Bar chart with marks"
    by_kind = {"yes_no": SHAPES["yes"], "date": SHAPES["by_date"], "level": "Steps on a scale"}
    return SHAPES.get(about.rule, by_kind.get(about.kind, "Line chart"))


def _states(about: Subject) -> list[str]:
    """Which figures are not final; the state of the last one stands beside it."""
    known = about.rows[about.rows["value"].notna()]
    if (known["state"] == "illustrative").all():
        return ["The figures are invented."]
    said = []
    for state in ("provisional", "estimated", "illustrative"):
        years = set(known["year"][known["state"] == state])
        earlier = sorted(year for year in years if about.shows_parts or year != known["year"].max())
        if earlier:
            those = "figure of" if len(earlier) == 1 else "figures of"
            are = "is" if len(earlier) == 1 else "are"
            said.append(f"The {those} {_year_list(earlier)} {are} {words.state_word(state)}.")
    return said


def _state(about: Subject) -> str:
    """The state of the last figure in brackets, where it isn't said of all."""
    state, all_states = about.known["state"].iloc[-1], set(about.known["state"])
    is_said = state in ("", "final") or all_states == {"illustrative"}
    return "" if is_said else f" ({words.state_word(state)})"


def _numbers(about: Subject) -> list[str]:
    known = about.known
    first, last = known.iloc[0], known.iloc[-1]
    start, end = (words.number(row["value"], about.unit) for row in (first, last))
    if len(known) == 1:
        return [f"{end} in {last['year']}{_state(about)}."]
    if first["value"] == last["value"]:
        return [
            f"{start} in {first['year']} and again {end} in {last['year']}{_state(about)}{_between(about)}."
        ]
    turn = "Rose" if last["value"] > first["value"] else "Fell"
    return [
        f"{turn} from {start} in {first['year']} to {end} in {last['year']}{_state(about)}{_between(about)}."
    ]


def _between(about: Subject) -> str:
    """The highest or lowest value, where it lies between the first and the last year."""
    known = about.known
    values = known["value"].astype(float).tolist()
    said, ends = [], {words.number(value, about.unit) for value in (values[0], values[-1])}
    for word, value in (("highest", max(values)), ("lowest", min(values))):
        year, text = known["year"].iloc[values.index(value)], words.number(value, about.unit)
        said += (
            [f"{word} in {year}, {text}"] if value not in (values[0], values[-1]) and text not in ends else []
        )
    return f" ({'; '.join(said)})" if said else ""


def _answers(about: Subject) -> list[str]:
    known = about.known
    years = {answer: known["year"][known["value"] == answer].astype(str).tolist() for answer in ("yes", "no")}
    said = [f"{answer} in {words.listed(given)}" for answer, given in years.items() if given]
    return [f"{capital(', '.join(said))}{_state(about)}."]


def _levels(about: Subject) -> list[str]:
    levels = zip(about.known["value"], about.known["year"], strict=True)
    labels = [f"{words.shortened(label, 30)} in {year}" for label, year in levels]
    through = f"From {labels[0]} to {labels[-1]}" if len(labels) > 1 else capital(labels[0])
    return [f"{through}{_state(about)}.", f"The scale has {len(about.scale)} levels." if about.scale else ""]


def _days(about: Subject) -> list[str]:
    done = _day_done(about)
    horizon = as_day(about.text("horizon")) or date(about.year, 12, 31)
    is_year_end = (horizon.month, horizon.day) == (12, 31)
    by = f"the end of {horizon.year}" if is_year_end else words.date_text(horizon.isoformat())
    not_yet = [] if done is not None and done.year <= about.year else [f"Not done by {by}."]
    return not_yet + ([f"Done on {words.date_text(done.isoformat())}."] if done else [])


def _day_done(about: Subject) -> date | None:
    said = last_said(about.total, about.year)["value"]
    return as_day(said.iloc[0]) if len(said) else None


def _parts(about: Subject) -> list[str]:
    rows = part_rows(about)
    ratings = [(code, rows["part"][rows["rating"] == code].tolist()) for code in words.RATING_WORDS]
    said = words.listed([_part_group(code, names) for code, names in ratings if names])
    counted = f"{len(rows)} parts in {about.year}{': ' if said else ''}{said}."
    return [counted, *_part_yardstick(about), *_part_ends(about, rows)]


def _part_group(rating: str, names: list[str]) -> str:
    """How many parts have a rating, and which where they are few and miss what is asked."""
    said = f"{len(names)} {words.rating_word(rating)}"
    is_named = rating in ("at_risk", "off_track", "no_data", "no_comparison") and len(names) <= MOST_NAMES
    return f"{said} ({', '.join(words.shortened(name, 30) for name in names)})" if is_named else said


def _part_yardstick(about: Subject) -> list[str]:
    if about.target is not None and about.kind == "number":
        named = f"target by {about.due}" if about.due else "standard of each"
        return [f"The {named} is {words.number(about.target, about.unit)}."]
    if about.kind == "level" and about.text("target"):
        return [f"The standard of each is {words.shortened(about.text('target'), 30)} or better."]
    if about.rule in ("at_least", "at_most"):
        return [f"Each is held against its own “{words.shortened(about.yardstick_name, 60)}”."]
    return []


def _part_ends(about: Subject, rows: pd.DataFrame) -> list[str]:
    """The worst and the best part with their values; the lowest and the highest where neither is better."""
    known = rows[rows["at"].notna()].sort_values("at", kind="stable")
    if about.kind not in ("number", "level") or known.empty:
        return []
    ends = [known.iloc[0], known.iloc[-1]][: len(known)]
    if about.rule in LESS_IS_BETTER:
        ends.reverse()
    names = ("Lowest", "highest") if about.rule in ("monitor", "between") else ("Worst", "best")
    values = [f"{_part_value(about, row)} ({words.shortened(row['part'], 30)})" for row in ends]
    if len(values) == 1 or ends[0]["at"] == ends[1]["at"]:
        return [f"{capital(values[0])}." if len(values) == 1 else f"All have {_part_value(about, ends[0])}."]
    return [f"{names[0]}: {values[0]}; {names[1]}: {values[1]}."]


def _part_value(about: Subject, row: "pd.Series[Any]") -> str:
    return (
        words.number(row["at"], about.unit) if about.kind == "number" else words.shortened(row["value"], 30)
    )


def _yardstick(about: Subject) -> list[str]:
    rating = _rating(about)
    if about.rule == "monitor":
        return ["No standard is set."]
    if rating in RATED:
        no = "" if rating == "achieved" else "not "
        return [_yardstick_words(about, no), f"Rated {words.rating_word(rating)} in {about.year}."]
    unmet = _yardstick_alone(about)
    return [unmet, f"Not rated in {about.year}: {words.rating_word(rating)}."] if rating else []


def _yardstick_alone(about: Subject) -> str:
    """What a year without a rating would be held against."""
    target, due = words.number(about.target, about.unit), as_day(about.text("target"))
    if about.rule == "by_date" and due:
        return f"It {'is' if due.year > about.year else 'was'} due on {words.date_text(due.isoformat())}."
    if about.rule not in ("at_least", "at_most") or about.target is None:
        return ""
    return (
        f"The target is {target} by {about.due}."
        if about.due
        else f"The standard is {_bound(about)} {target}."
    )


def _bound(about: Subject) -> str:
    return about.rule.replace("_", " ")


def _yardstick_words(about: Subject, no: str) -> str:
    held = about.yardstick(about.year)
    value = words.number(held, about.unit) if isinstance(held, int | float) else words.exact(held)
    target = words.number(about.target, about.unit)
    if about.due is not None and about.target is not None:
        yet = " yet" if no and about.year < about.due else ""
        return f"The target of {target} by {about.due} is {no}reached{yet}."
    if about.rule in ("at_least", "at_most") and about.target is not None:
        return f"The standard of {_bound(about)} {target} is {no}met."
    if held is None:
        return ""
    return _OTHER_YARDSTICKS.get(about.rule, "").format(value=value, no=no, **_details(about))


_OTHER_YARDSTICKS = {
    "at_least": "The reference, “{reference}”, is {value}; it is {no}met.",
    "at_most": "The reference, “{reference}”, is {value}; it is {no}kept.",
    "zero": "None is accepted.",
    "between": "The band from {low} to {high} is {no}kept.",
    "rise_each_year": "The value to beat, {value}, was {no}beaten.",
    "fall_each_year": "The value to beat, {value}, was {no}beaten.",
    "above_trend": "The trend of the baseline years gives {value}; it is {no}met.",
    "below_trend": "The trend of the baseline years gives {value}; it is {no}met.",
    "increase": "The baseline is {value}.",
    "decrease": "The baseline is {value}.",
    "level": "The standard, {value} or better, is {no}met.",
    "by_date": "It was due on {value}{late}.",
}


def _details(about: Subject) -> dict[str, str]:
    low, _, high = about.text("target").partition("|")
    reference = words.shortened(about.text("reference_name") or "reference", 60)
    limits = {"low": words.exact(low, about.unit), "high": words.exact(high, about.unit)} if high else {}
    late = _late(about) if about.rule == "by_date" else ""
    return {"reference": reference, "late": late, "low": "", "high": "", **limits}


def _late(about: Subject) -> str:
    done, due = _day_done(about), as_day(about.text("target"))
    if done is None or due is None:
        return ""
    return " and is late" if done > due else " and is in time"


def _rating(about: Subject) -> str:
    rows = about.total if not about.shows_parts else about.rows.iloc[0:0]
    ratings = rows["rating"][rows["year"] == about.year]
    return str(ratings.iloc[-1]) if len(ratings) else ""


def _gaps(about: Subject) -> list[str]:
    if about.shows_parts or about.kind == "date":
        return []
    known, total = set(about.known["year"]), about.total
    ended = set(total["year"][total["state"] == "not_applicable"]) - known
    said_already = about.year if _rating(about) in ("no_data", "not_applicable") else None
    years = range(min(known), about.year + 1)
    missing = [year for year in years if year not in known and year != said_already]
    gaps = {
        "No figure for": [year for year in missing if year not in ended],
        "Not applicable in": [year for year in missing if year in ended],
    }
    return [f"{said} {_year_list(years)}." for said, years in gaps.items() if years]


def _year_list(years: list[int]) -> str:
    return words.listed([str(year) for year in years]) if len(years) <= 5 else f"{len(years)} years"


def capital(text: str) -> str:
    """The text with a capital first letter; the others stay as they are."""
    return text[:1].upper() + text[1:]


_COURSES = {"number": _numbers, "yes_no": _answers, "level": _levels, "date": _days}
