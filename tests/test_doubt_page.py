"""How sure a page's ratings are: each with its firmness, three other methods, and where they disagree."""

from small_plans import indicator, plan_of, rows

from gsanalysis.pages.doubt import how_sure
from gsanalysis.rating.evaluation import Evaluation

DUE = indicator("at_least", target="80", due="2015", baseline_years="2011", name="Satisfaction")


def shown(spec, figures, year=2013):
    return list(how_sure(Evaluation(plan_of([spec], rows(figures)), year), "O"))


def test_a_rated_indicator_stands_with_its_firmness_and_three_opinions():
    table, differing = shown(DUE, {2011: 60, 2013: 69.9})
    [cells] = table.content["rows"]
    assert (cells[0]["text"], cells[0]["sign"], cells[0]["small"]) == (
        "on track",
        "on_track",
        "I Satisfaction",
    )
    assert cells[1]["text"] == "fragile"  # a pace of 0.99 is under 1.045
    assert [cell["text"] for cell in cells[2:]] == ["on course", "off course", "off course"]
    assert [entry["text"] for entry in differing.content["items"]] == [
        "I by per cent of target: off course.",
        "I by a linear path: off course.",
    ]
    assert "ignores where it started" in differing.content["items"][0]["small"]


def test_where_all_agree_it_says_so_and_what_has_nothing_to_say_is_a_dash():
    table, differing = shown(indicator("yes"), {2013: "yes"})
    assert [cell["text"] for cell in table.content["rows"][0][2:]] == ["–", "–", "–"]
    assert differing.content["text"] == "No other method has anything to say of these ratings."
    _, differing = shown(indicator("at_least", target="90"), {2013: 95})
    assert differing.content["text"] == "No other method disagrees."


def test_what_is_not_rated_is_not_doubted():
    [said] = shown(indicator("monitor"), {2013: 5})
    assert said.content["text"] == "Nothing is rated here, so there is nothing to doubt."
