"""Each rule in words: what it asks, when a value is achieved, what lies between, and when there is no rating."""

from __future__ import annotations

from dataclasses import dataclass

from gsanalysis.pages.contents import count_word
from gsanalysis.rating.rules import AT_RISK_PACE, ON_TRACK_PACE, STEADY_GROWTH, TREND_VALUES
from gsanalysis.wording.words import DASH, exact


@dataclass(frozen=True)
class Described:
    """One row of the table of rules: the rules it describes, their name on the pages, and when what is said.

    ``between`` is what lies between achieved and off track, ``unrated`` what keeps the rule from giving a rating.
    """

    rules: tuple[str, ...]
    name: str
    asks: str
    achieved: str
    between: str = DASH
    unrated: str = DASH


STEADY = exact(100 * STEADY_GROWTH, "%")
_WITHIN = "At risk: missed by no more than the tolerance."
_NO_BASELINE = "Up to the baseline year: not yet due. Without a baseline: no comparison."

DESCRIBED = (
    Described(
        ("at_least", "at_most"),
        "At least, or at most, so much each year",
        "a standard that holds every year",
        "The value meets it.",
        _WITHIN,
    ),
    Described(
        ("at_least", "at_most"),
        "At least, or at most, another figure",
        "a reference: spending against its budget, of the same year and the same part",
        "The value meets it.",
        _WITHIN,
        "The other figure does not apply: not applicable. It is missing: no comparison.",
    ),
    Described(
        ("at_least", "at_most"),
        "At least, or at most, so much by a year",
        "a target with a due year",
        "The value meets it, in whatever year.",
        f"Before the due year by pace: on track from {ON_TRACK_PACE:.2f}, at risk from {AT_RISK_PACE:.2f}. "
        "From the due year on: at risk within the tolerance. Off track where the baseline met the target and the "
        "value no longer does.",
        _NO_BASELINE,
    ),
    Described(
        ("between",),
        "From so much to so much each year",
        "a band",
        "The value lies within the limits.",
        "At risk: outside by no more than the tolerance, a share of the nearer limit.",
    ),
    Described(("zero",), "None each year", "zero tolerance", "The value is nil."),
    Described(("yes",), "In place each year", "it is there, or not", "It is in place."),
    Described(
        ("level",),
        "“…” or better",
        "a place on an ordered scale of words",
        "The word is that one or a better one.",
        "At risk: one step below, where a tolerance is set.",
    ),
    Described(
        ("by_date",),
        "By a day",
        "a milestone",
        "Done by that day.",
        "Neither. Off track: done later, or a report after that day says that it is not done.",
        "The day is still to come: not yet due. It has passed and nobody has said: no data.",
    ),
    Described(
        ("rise_each_year", "fall_each_year"),
        "Rises, or falls, every year",
        "better than the previous value",
        "Better than the previous value, and not worse than the baseline.",
        "At risk: better than the previous value, yet worse than the baseline; or not better, within the tolerance.",
        "Up to the baseline year: not yet due. Without an earlier value: no comparison.",
    ),
    Described(
        ("above_trend", "below_trend"),
        "Above, or below, the trend of some years",
        "better than if those years had gone on",
        "The value meets the trend.",
        _WITHIN,
        f"Up to the last of those years: not yet due. With fewer than {count_word(TREND_VALUES)} values of them: "
        "no comparison.",
    ),
    Described(
        ("increase", "decrease"),
        "Rises, or falls, from a year",
        "a direction without a target",
        "From the plan's last year on: what is on track before.",
        f"On track: more than {STEADY} a year the right way since the baseline, and no wrong turn. At risk: the same "
        f"with a wrong turn, or no more than {STEADY} a year either way.",
        _NO_BASELINE,
    ),
    Described(
        ("monitor",),
        "No standard set",
        "the figure is shown",
        DASH,
        DASH,
        "Always: monitored.",
    ),
)  # one row for each kind of question; every rule of the plan's schema has one
