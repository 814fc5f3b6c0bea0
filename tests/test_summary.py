"""The verdict's three sentences: the best, the worst, the unknown, each with the unit of what it counts."""

from small_plans import indicator, plan_of, row

from gsanalysis.pages import objective as page
from gsanalysis.rating.evaluation import Evaluation

STANDARD = indicator("at_least", target="95", tolerance="0.05", unit="%")


def of(code, kpi, **cells):
    return STANDARD | {"indicator": code, "kpi": kpi, "name": f"Name {code}"} | cells


def sentences(specs, values, kpis=("K", "L")):
    """The three sentences on the objective, from {indicator: value of 2013}, with plain spaces."""
    plan = plan_of(specs, [row(2013, value, indicator=code) for code, value in values.items()], kpis=kpis)
    plan.indicators["owner"] = ""
    verdict = page.verdict(Evaluation(plan, 2013), "O").content["sentences"]
    return [entry["text"].replace("\u202f", " ") for entry in verdict]


def test_others_that_are_off_track_or_unknown_are_called_indicators():
    specs = [of(code, "K") for code in "ABCDE"]
    _, worst, unknown = sentences(specs, {"A": "50", "B": "50", "C": "50"})
    assert worst.endswith("Two other indicators are off track too.")
    assert unknown.endswith("One other indicator can't be rated either.")


def test_the_best_is_of_a_kpi_that_is_on_course():
    specs = [of("A", "K"), of("B", "K"), of("C", "L", basis="assumed")]
    best = sentences(specs, {"A": "97", "B": "50", "C": "96"})[0]
    assert best == "Name C: 96 % in 2013, which meets the standard of 95 %."


def test_where_no_kpi_is_on_course_the_best_says_how_its_kpi_stands():
    specs = [of("A", "K"), of("B", "K")]
    best = sentences(specs, {"A": "97", "B": "92"})[0]
    assert best == "Name A: 97 % in 2013, which meets the standard of 95 % (its KPI is at risk)."
