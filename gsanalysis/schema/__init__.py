"""Every file and column of a data folder, declared once: loading, checking and `gsanalysis.dictionary` read it."""

from gsanalysis.schema.parts import (
    BASES,
    BREAKDOWNS,
    CODE,
    CRITERIA,
    GRADES,
    KINDS,
    NOT_RATED,
    NUMBER,
    RATINGS,
    STATES_WITH_VALUE,
    STATES_WITHOUT_VALUE,
    VERIFICATIONS,
    YEAR,
    YEARS,
    Column,
    Rule,
    Table,
)
from gsanalysis.schema.rules import RULES
from gsanalysis.schema.tables import (
    EXPECTED_RESULTS,
    INDICATORS,
    KPIS,
    LINKS,
    MEASUREMENTS,
    OBJECTIVES,
    OUTPUTS,
    PLAN_KEYS,
    SELF_RATINGS,
    TABLES,
    VALIDATION,
)

__all__ = [
    "BASES", "BREAKDOWNS", "CODE", "CRITERIA", "EXPECTED_RESULTS", "GRADES", "INDICATORS", "KINDS", "KPIS", "LINKS",
    "MEASUREMENTS", "NOT_RATED", "NUMBER", "OBJECTIVES", "OUTPUTS", "PLAN_KEYS", "RATINGS", "RULES", "SELF_RATINGS",
    "STATES_WITHOUT_VALUE", "STATES_WITH_VALUE", "TABLES", "VALIDATION", "VERIFICATIONS", "YEAR", "YEARS", "Column",
    "Rule", "Table",
]  # fmt: skip
