"""The rules: which kinds of value and which columns of an indicator each of them reads."""

from typing import Any

from gsanalysis.schema.parts import KINDS, Rule

_YES_NO, _LEVEL, _DATE, _NUMBER = ("yes_no",), ("level",), ("date",), ("number",)
_YEARS, _TOLERANCE = ("baseline_years",), ("tolerance",)
_RATCHET: dict[str, Any] = {"kinds": _NUMBER, "uses": ("baseline", *_YEARS, *_TOLERANCE), "years": "single"}
_TREND: dict[str, Any] = {"kinds": _NUMBER, "needs": _YEARS, "uses": _TOLERANCE, "years": "range"}
_DIRECTION: dict[str, Any] = {"kinds": _NUMBER, "needs": _YEARS, "uses": ("baseline",), "years": "single"}
_TARGET: dict[str, Any] = {"kinds": _NUMBER, "needs": ("target",), "uses": _TOLERANCE}

RULES = {
    rule.name: rule
    for rule in (
        Rule("at_least", "The value is the target or more.", **_TARGET, takes_due=True),
        Rule("at_most", "The value is the target or less.", **_TARGET, takes_due=True),
        Rule("between", "The value lies within `low|high`.", **_TARGET),
        Rule("zero", "The value is nil.", _NUMBER),
        Rule("yes", "It is in place.", _YES_NO),
        Rule("level", "The label is the target's or better.", _LEVEL, ("target", "scale"), _TOLERANCE),
        Rule("by_date", "It is done by the target's date.", _DATE, ("target",)),
        Rule("rise_each_year", "The value is above the previous one.", **_RATCHET),
        Rule("fall_each_year", "The value is below the previous one.", **_RATCHET),
        Rule("above_trend", "The value is above the trend of the baseline years.", **_TREND),
        Rule("below_trend", "The value is below the trend of the baseline years.", **_TREND),
        Rule("increase", "The value grows from the baseline.", **_DIRECTION),
        Rule("decrease", "The value shrinks from the baseline.", **_DIRECTION),
        Rule("monitor", "The plan sets no standard.", KINDS),
    )
}
