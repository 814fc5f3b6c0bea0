"""Three views of a year: the service's own rating, ours, and what a validator says of the evidence.

Self-ratings and grades stand beside the ratings; nothing here can change one. Seen from an as-of date, only what was
said by then is known; of several views by the same hand the latest one counts.
"""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from gsanalysis.rating.evaluation import Evaluation
from gsanalysis.schema import CRITERIA, RATINGS, SELF_RATINGS, VALIDATION
from gsanalysis.wording.words import listed, rating_word

ASSESSED = ("met", "partly", "not_met")  # the grades that say something
SELF_ASSESSMENT = "Self-assessment"
STEPS = ("one step", "two steps", "three steps")


def self_ratings(evaluation: Evaluation) -> pd.DataFrame:
    """How services rate their own KPIs of the year beside our ratings, in the order of the plan.

    Columns, all text: ``kpi``; ``rating`` (ours); ``own`` (the service's, by the latest day); ``agrees`` (``yes`` or
    ``no``); ``author``, ``date``, ``note``. Only KPIs that somebody rated have a row.
    """
    own = _known(evaluation, evaluation.plan.self_ratings).sort_values("date", kind="stable")
    latest = own.drop_duplicates("kpi", keep="last").rename(columns={"rating": "own"})
    rows = evaluation.kpis[["kpi", "rating"]].merge(latest, on="kpi", validate="1:1")
    agrees = (rows["rating"] == rows["own"]).map({True: "yes", False: "no"}).astype("str")
    return rows.assign(agrees=agrees)[["kpi", "rating", "own", "agrees", *SELF_RATINGS.names[2:]]]


def grades(evaluation: Evaluation, codes: Collection[str] | None = None) -> pd.DataFrame:
    """The latest grade of each indicator (of ``codes``, or of all) and criterion of the year.

    Columns, all text, are those of ``validation/YYYY.csv``: ``indicator``, ``criterion``, ``grade``, ``validator``,
    ``date``, ``note``; the order is that of the plan, then of the criteria.
    """
    said = _known(evaluation, evaluation.plan.validation)
    if codes is not None:
        said = said[said["indicator"].isin(list(codes))]
    latest = said.sort_values("date", kind="stable").drop_duplicates(["indicator", "criterion"], keep="last")
    places = {code: place for place, code in enumerate(evaluation.ratings)}
    order = latest["indicator"].map(places) * len(CRITERIA) + latest["criterion"].map(CRITERIA.index)
    return latest.loc[order.sort_values().index, VALIDATION.names].reset_index(drop=True)


def difference(rating: str, own: str) -> str:
    """How a service's own rating stands to ours, as the end of a sentence: "one step better than our at risk"."""
    ours = f"our “{rating_word(rating)}”"
    if rating == own:
        return f"the same as {ours}"
    if rating in RATINGS and own in RATINGS:
        steps = RATINGS.index(rating) - RATINGS.index(own)
        return f"{STEPS[abs(steps) - 1]} {'better' if steps > 0 else 'worse'} than {ours}"
    if own in RATINGS:
        return f"a rating where ours is “{rating_word(rating)}”"
    if rating in RATINGS:
        return f"not a rating, where ours is “{rating_word(rating)}”"
    return f"“{rating_word(own)}”, where ours is “{rating_word(rating)}”"


def kind_of_assessment(evaluation: Evaluation, codes: Collection[str]) -> str:
    """Whether the ratings of these indicators rest on the organisation's own word alone, in a few words.

    "Self-assessment" where nobody graded any of them; "Validated" where each rated one was graded, else "Validated in
    part": both with how many ratings of how many, and by whom.
    """
    found = grades(evaluation, codes)
    found = found[found["grade"].isin(ASSESSED)]
    rated = [code for code in codes if evaluation.ratings[code].rating in RATINGS]
    graded = [code for code in rated if code in set(found["indicator"])]
    if not graded:
        return SELF_ASSESSMENT
    by = listed(list(dict.fromkeys(found.loc[found["indicator"].isin(graded), "validator"])))
    if len(graded) == len(rated):
        return f"Validated by {by}"
    return f"Validated in part by {by}: {len(graded)} of {len(rated)} ratings"


def found_wanting(evaluation: Evaluation) -> int:
    """Of how many rated indicators the evidence does not meet a criterion, by the latest grades."""
    found = grades(evaluation)
    unmet = set(found.loc[found["grade"] == "not_met", "indicator"])
    return sum(evaluation.ratings[code].rating in RATINGS for code in unmet)


def _known(evaluation: Evaluation, frame: pd.DataFrame) -> pd.DataFrame:
    """The rows of the year evaluated that were there by the as-of date, without their year."""
    known = frame["year"] == evaluation.year
    if evaluation.as_of:
        known &= frame["date"] <= evaluation.as_of
    return frame[known].drop(columns="year")
