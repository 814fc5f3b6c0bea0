"""How far provisional figures of an indicator were usually revised."""

from __future__ import annotations

import pandas as pd

from gsanalysis.rating.evaluation import Evaluation
from gsanalysis.rating.values import TOTAL, Indicator


def mean_absolute_revision(evaluation: Evaluation, indicator: Indicator, part: str) -> float | None:
    """The mean size of revisions from the first provisional value of a year to its latest one, in the indicator's unit.

    Source: the mean absolute revision of OECD and Eurostat (Guidelines on revisions policy and analysis). Over all
    years known at the as-of date; of a part, over its own years, or those of all parts where it was never revised; of a
    sum, over the sums of its parts. None where no provisional figure was ever reported again.
    """
    revised = _revisions(evaluation, indicator)
    if revised.empty:
        return None
    own = revised[revised["breakdown"] == part]
    if own.empty and part == TOTAL and indicator.breakdowns == "sum":
        sums = revised.groupby("year")["revision"].sum()
        return float(sums.abs().mean())
    return float((own if len(own) else revised)["revision"].abs().mean())


def _revisions(evaluation: Evaluation, indicator: Indicator) -> pd.DataFrame:
    """Columns ``year``, ``breakdown``, ``revision``: one row for each provisional figure that was reported again."""
    rows = evaluation.plan.measurements
    rows = rows[(rows["indicator"] == indicator.source) & (rows["value"] != "")]
    if evaluation.as_of:
        rows = rows[rows["reported_on"] <= evaluation.as_of]
    found = []
    for (year, part), vintages in rows.groupby(["year", "breakdown"], sort=False):
        ordered = vintages.sort_values("reported_on")
        provisional = ordered["state"] == "provisional"
        if provisional.any():
            later = ordered.loc[provisional.idxmax() :, "value"]
            if len(later) > 1:
                found.append((year, part, float(later.iloc[-1]) - float(later.iloc[0])))
    return pd.DataFrame(found, columns=["year", "breakdown", "revision"])
