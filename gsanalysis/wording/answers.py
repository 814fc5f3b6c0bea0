"""How far the answers of a survey can stand for all who were asked."""

from __future__ import annotations

import math

FEW_ANSWERS, LOW_RESPONSE = 30, 0.5  # below these a survey gets a warning (UK NAO)


def margin_of_error(responses: int, invited: int) -> float:
    """Half the width of a 95 % interval for a share of one half, in points, for a sample without replacement.

    1.96 · sqrt(0.25 / n) · sqrt((N − n) / (N − 1)), the textbook formula with the finite population correction: 0 where
    everybody answered, 100 where nobody did.
    """
    if responses <= 0:
        return 100.0
    if responses >= invited:
        return 0.0
    correction = math.sqrt((invited - responses) / (invited - 1))
    return 100 * 1.96 * math.sqrt(0.25 / responses) * correction
