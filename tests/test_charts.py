"""Charts are read back: what they hold is what the frame holds, and their words stand free."""

import os
import subprocess
import sys
from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from matplotlib.backend_bases import RendererBase
from matplotlib.colors import to_hex

from gsanalysis import charts
from gsanalysis.charts import summary, theme
from gsanalysis.charts.canvas import aligned, segments, unit_text
from gsanalysis.charts.subject import subject
from gsanalysis.wording.words import RATING_WORDS

PAGE = 170 * 72 / 25.4  # points between the margins
YEARS = {"year": 2014, "first_year": 2012, "last_year": 2015}


def indicator(**cells):
    blank = dict.fromkeys(
        ["target", "due", "baseline_years", "scale", "breakdowns", "minimum", "maximum"], ""
    )
    plain = {"name": "Documents on time", "unit": "% of documents", "kind": "number", "rule": "at_least"}
    return pd.Series(blank | plain | {"baseline_value": None, "baseline_year": None} | cells, dtype=object)


def row(year, value, rating="", target=None, state="final", part=""):
    return {
        "year": year,
        "breakdown": part,
        "value": value,
        "state": state,
        "rating": rating,
        "target": target,
    }


def history(*rows):
    return pd.DataFrame(list(rows))


PATH = indicator(target="80", due="2015", baseline_years="2011", baseline_value=61.0, baseline_year=2011)
RISE = history(
    row(2011, 61.0),
    row(2012, 66.0, "on_track", 80.0),
    row(2013, 68.0, "at_risk", 80.0),
    row(2014, 75.0, "on_track", 80.0, "provisional"),
)
LEVELS = {"kind": "level", "rule": "level", "unit": "", "scale": "poor|fair|satisfactory|good"}


def drawn(about, rows, **years):
    return charts.chart(about, rows, **(YEARS | years))


def signs(figure):
    """The places of all signs; a half filled one is drawn twice."""
    places = {(x, y) for signs in figure.axes[0].collections for x, y in signs.get_offsets().tolist()}
    return sorted(places)


def texts(figure):
    figure.draw_without_rendering()
    return [
        text for text in figure.findobj(match=lambda artist: hasattr(artist, "get_text")) if text.get_text()
    ]


def said(figure):
    return [text.get_text() for text in texts(figure) if text.get_visible()]


def lines(figure):
    return [line.get_xydata().tolist() for line in figure.axes[0].lines]


def boxes(figure):
    return {text: text.get_window_extent(RendererBase(), dpi=72) for text in texts(figure)}


def assert_words_stand_free(figure):
    width, height = figure.get_size_inches() * 72
    found = boxes(figure)
    for text, box in found.items():
        inside = box.x0 >= -0.1 and box.y0 >= -0.1 and box.x1 <= width + 0.1 and box.y1 <= height + 0.1
        assert inside, f"{text.get_text()} is cut off: {box}"
    for (one, a), (other, b) in combinations(found.items(), 2):
        apart = a.x1 <= b.x0 + 0.1 or b.x1 <= a.x0 + 0.1 or a.y1 <= b.y0 + 2 or b.y1 <= a.y0 + 2
        assert apart, f"{one.get_text()} overlaps {other.get_text()}"


def assert_words_leave_the_signs_free(figure):
    axes = figure.axes[0]
    labels = [box for text, box in boxes(figure).items() if text in [*figure.texts, *axes.texts]]
    for collection in axes.collections:
        for place in collection.get_offset_transform().transform(collection.get_offsets()):
            assert not any(b.x0 < place[0] < b.x1 and b.y0 < place[1] < b.y1 for b in labels)


def test_a_path_holds_the_figures_and_names_its_target():
    figure = drawn(PATH, RISE)
    assert signs(figure) == [(2011, 61), (2012, 66), (2013, 68), (2014, 75)]
    assert [[2011, 61], [2015, 80]] in lines(figure)
    assert {"target 80 by 2015", "baseline 61", "75, provisional", "% of documents"} <= set(said(figure))
    assert [label for label in said(figure) if label.isdigit() and len(label) == 4] == [
        "2011", "2012", "2013", "2014", "2015",
    ]  # fmt: skip


def test_a_moved_target_is_shown_beside_the_first_one():
    figure = drawn(moved(PATH, "85"), RISE)
    assert "first set at 85" in said(figure)


def moved(about, first):
    return pd.concat([about, pd.Series({"first_target": first}, dtype=object)])


def test_a_sign_shows_rating_and_state():
    collection = drawn(PATH, RISE).axes[0].collections[0]
    edges = [to_hex(colour) for colour in collection.get_edgecolor()]
    faces = [to_hex(colour) for colour in collection.get_facecolor()]
    assert edges == ["#1c2733", "#2478b3", "#a86400", "#2478b3"]
    assert faces == ["#1c2733", "#2478b3", "#a86400", "#ffffff"]
    assert len({path.vertices.tobytes() for path in collection.get_paths()}) == 3


def test_invented_figures_are_dashed_and_said_to_be_invented():
    rows = RISE.assign(state=["illustrative", "final", "illustrative", "final"])
    figure = drawn(PATH, rows)
    dashes = [style[1] for style in figure.axes[0].collections[0].get_linestyle()]
    assert [dash is not None for dash in dashes] == [True, False, True, False]
    assert "invented figures" in said(figure)
    assert "invented" in charts.alt_text(PATH, rows, year=2014)


def filling(state, rating="achieved"):
    """What can be told without colour of the sign of a figure in this state: hollow, dashed, half filled, outline."""
    rows = RISE.assign(state=["final", "final", state, "final"], rating=["", "", rating, ""])
    axes = drawn(PATH, rows).axes[0]
    sign = axes.collections[0]
    hollow = to_hex(sign.get_facecolor()[2]) == "#ffffff"
    dashed = sign.get_linestyle()[2][1] is not None
    outline = len(sign.get_paths()[2 if len(sign.get_paths()) > 2 else 0].vertices)
    return hollow, dashed, len(axes.collections) > 1, outline


def test_the_states_of_a_figure_differ_without_colour():
    looks = {state: filling(state)[:3] for state in ("final", "provisional", "estimated", "illustrative")}
    assert looks == {
        "final": (False, False, False),
        "provisional": (True, False, False),
        "estimated": (True, False, True),
        "illustrative": (True, True, False),
    }


@pytest.mark.parametrize("rating", ["achieved", "on_track", "at_risk", "off_track"])
def test_a_sign_keeps_its_shape_in_every_state(rating):
    assert len({filling(state, rating)[3] for state in ("final", "provisional", "estimated")}) == 1


def test_the_half_of_an_estimated_figure_is_filled_in_its_place():
    whole, half = drawn(PATH, RISE.assign(state=["final", "final", "estimated", "final"])).axes[0].collections
    assert half.get_offsets().tolist() == [[2013, 68]]
    assert half.get_sizes()[0] == whole.get_sizes()[2]
    box = half.get_paths()[0].get_extents()
    assert box.height == pytest.approx(box.width / 2)


def test_an_earlier_open_figure_is_explained_at_the_head():
    rows = RISE.assign(state=["final", "provisional", "estimated", "final"])
    assert "hollow: provisional · half filled: estimated" in said(drawn(PATH, rows))


def test_the_last_figure_says_its_state_beside_it():
    for state, text in [("final", "75"), ("estimated", "75, estimated"), ("illustrative", "75, invented")]:
        assert text in said(drawn(PATH, RISE.assign(state=["final"] * 3 + [state])))
    assert "75" in said(drawn(PATH, RISE.assign(state="illustrative")))  # the head says it of all


def test_a_year_without_a_figure_is_marked_even_where_words_have_no_room():
    years = range(1960, 2015)
    rows = history(*(row(year, None if year in (2013, 2014) else 90.0, "no_data") for year in years))
    figure = drawn(indicator(target="95"), rows)
    assert said(figure).count("–") + said(figure).count("no data") == 2


def test_a_line_is_broken_over_a_year_without_a_figure():
    about = indicator(target="95")
    silent = row(2013, np.nan, "no_data", 95.0, "not_collected")
    rows = history(row(2011, 88.0), row(2012, 90.0), silent, row(2014, 91.0))
    stretches = [line for line in lines(drawn(about, rows)) if all(y in (88, 90, 91) for _, y in line)]
    assert stretches == [[[2011, 88], [2012, 90]], [[2014, 91]]]
    assert "no data" in said(drawn(about, rows))
    assert segments([2011, 2012, 2014]) == [0, 0, 1]


def test_a_standard_has_its_band_on_the_good_side():
    rows = history(row(2013, 96.0, "achieved", 95.0), row(2014, 91.0, "at_risk", 95.0))
    for rule, inside in [("at_least", 96), ("at_most", 91)]:
        figure = drawn(indicator(rule=rule, target="95"), rows)
        band = figure.axes[0].patches[0]
        assert band.get_y() <= inside <= band.get_y() + band.get_height()
        assert 95 in (band.get_y(), band.get_y() + band.get_height())
        assert "standard 95" in said(figure)


def test_a_band_names_both_limits():
    figure = drawn(indicator(rule="between", target="40|60"), history(row(2014, 63.0, "off_track", "40|60")))
    assert {"from 40", "to 60", "63"} <= set(said(figure))
    one = drawn(indicator(rule="between", target="50|50"), history(row(2014, 50.0, "achieved", "50|50")))
    assert "exactly 50" in said(one)


def test_bars_start_at_zero_and_marks_stand_at_the_reference():
    about = indicator(rule="at_most", target="O3-K1b", unit="CHF", reference_name="budget")
    rows = history(row(2013, 13.8e6, "achieved", 15.7e6), row(2014, 16.1e6, "achieved", 18.9e6))
    figure = drawn(about, rows)
    axes = figure.axes[0]
    assert axes.get_ylim()[0] == 0
    assert [(bar.get_x() + bar.get_width() / 2, bar.get_height()) for bar in axes.containers[0]] == [
        (2013, 13.8e6), (2014, 16.1e6),
    ]  # fmt: skip
    assert [[2013.66, 18.9e6], [2014.34, 18.9e6]] in lines(figure)
    assert {"CHF million", "16.1", "budget 18.9"} <= set(said(figure))


def test_availability_close_to_its_standard_is_a_line_and_not_bars():
    rows = history(row(2013, 99.9, "off_track", 99.95), row(2014, 99.97, "achieved", 99.95))
    axes = drawn(indicator(target="O5-K1r", unit="%", maximum="100"), rows).axes[0]
    assert not axes.containers
    assert axes.get_ylim()[0] > 99


def test_a_ratchet_shows_the_value_to_beat():
    about = indicator(rule="rise_each_year", baseline_years="2011", baseline_value=72.0, baseline_year=2011)
    rows = history(row(2011, 72.0), row(2013, 76.0, "achieved", 72.0), row(2014, 75.0, "off_track", 76.0))
    figure = drawn(about, rows)
    assert [[2013, 76], [2014.18, 76]] in lines(figure)
    assert {"baseline 72", "to beat: 76", "75"} <= set(said(figure))


def test_a_trend_is_the_least_squares_line_of_the_baseline_years():
    about = indicator(rule="above_trend", baseline_years="2008-2010", unit="activities")
    rows = history(row(2008, 1.0), row(2009, 3.0), row(2010, 2.0), row(2014, 5.0, "achieved", 4.5))
    solid, dashed = ([2008, 1.5], [2009, 2.0], [2010, 2.5]), ([2010, 2.5], [2014, 4.5])
    found = [np.array(line) for line in lines(drawn(about, rows))]
    for line in (solid, dashed):
        assert any(np.shape(line) == other.shape and np.allclose(line, other) for other in found)
    assert "trend 4.5" in said(drawn(about, rows))


def test_a_direction_shows_the_level_of_its_baseline():
    about = indicator(
        rule="increase", unit="visits", baseline_years="2011", baseline_value=4.1e6, baseline_year=2011
    )
    figure = drawn(about, history(row(2014, 5.6e6, "on_track", 4.1e6)))
    assert signs(figure) == [(2011, 4.1e6), (2014, 5.6e6)]
    assert {"baseline 4.1", "5.6", "visits, in millions"} <= set(said(figure))


def test_zero_tolerance_stands_on_a_named_line():
    rows = history(
        row(2012, 0.0, "achieved", 0.0), row(2013, 2.0, "off_track", 0.0), row(2014, 0.0, "achieved", 0.0)
    )
    figure = drawn(indicator(rule="zero", unit="incidents"), rows)
    assert [[2013, 0], [2013, 2]] in lines(figure)
    assert "none accepted" in said(figure)


def test_a_sign_on_the_line_of_zero_keeps_clear_of_its_year():
    figure = drawn(indicator(rule="zero", unit="incidents"), history(row(2014, 0.0, "achieved", 0.0)))
    axes = figure.axes[0]
    foot = axes.transData.transform((2014, 0))[1] - theme.rating_size("achieved") / 2
    year = next(box for text, box in boxes(figure).items() if text.get_text() == "2014")
    assert year.y1 <= foot


def test_a_reference_with_a_long_name_is_named_at_the_head():
    about = indicator(target="B", unit="copies", reference_name="Budget target for publications sold")
    figure = drawn(about, history(row(2013, 50.0, "achieved", 45.0), row(2014, 51.9, "achieved", 51.0)))
    assert {"mark: Budget target for publications sold", "mark 51"} <= set(said(figure))


def test_yes_and_no_stand_under_their_years():
    rows = history(
        row(2012, "yes", "achieved", "yes"), row(2013, "no", "off_track", "yes"), row(2014, None, "no_data")
    )
    figure = drawn(indicator(kind="yes_no", rule="yes", unit=""), rows)
    under = {text.get_position()[0]: text.get_text() for text in figure.axes[0].texts}
    assert under == {2012: "yes", 2013: "no", 2014: "no\ndata"}


def test_levels_are_steps_on_their_scale():
    rows = history(
        row(2013, "good", "achieved", "satisfactory"), row(2014, "fair", "at_risk", "satisfactory")
    )
    figure = drawn(indicator(target="satisfactory", **LEVELS), rows)
    assert signs(figure) == [(2013, 3), (2014, 1)]
    assert {"poor", "fair", "good", "standard: satisfactory"} <= set(said(figure))


def test_a_milestone_shows_the_day_due_and_the_day_done():
    about = indicator(kind="date", rule="by_date", unit="", target="2013-07-02")
    rows = history(
        row(2013, "no", "off_track", "2013-07-02"), row(2014, "2014-07-02", "off_track", "2013-07-02")
    )
    figure = drawn(about, rows)
    assert signs(figure) == [(2013 + 364 / 365, 0), (2014 + 182 / 365, 0)]
    assert {"due 2 July 2013", "done 2 July 2014", "end of 2014"} <= set(said(figure))


@pytest.mark.parametrize("day", ["2014-01-09", "2014-02-14", "2013-12-20"])
def test_signs_of_a_milestone_do_not_touch_when_weeks_lie_between_them(day):
    about = indicator(kind="date", rule="by_date", unit="", target="2013-07-02")
    rows = history(row(2013, "no", "off_track", "2013-07-02"), row(2014, day, "off_track", "2013-07-02"))
    figure = drawn(about, rows)
    points = figure.axes[0].collections[0]
    one, other = points.get_offset_transform().transform(points.get_offsets())
    widest_sign = max(np.sqrt(points.get_sizes()))
    assert max(abs(one - other)) > widest_sign
    assert min(signs(figure), key=lambda place: -place[0])[1] == 0  # the latest stands on the line
    assert_words_leave_the_signs_free(figure)


def test_a_milestone_done_in_another_year_keeps_the_rating_of_the_year():
    about = indicator(kind="date", rule="by_date", unit="", target="2013-07-02")
    rows = history(
        row(2013, "2013-07-02", "achieved", "2013-07-02", part="A"),
        row(2014, None, "achieved", "2013-07-02", part="A"),
        row(2014, "no", "off_track", "2013-07-02", part="B"),
    )
    figure = drawn(about, rows)
    assert signs(figure) == [(2013 + 182 / 365, 0), (2015, 1)]
    assert [to_hex(c) for c in figure.axes[0].collections[-1].get_edgecolor()] == ["#0b5394", "#a61c3c"]
    whole = drawn(about, rows[rows["breakdown"] == "A"].assign(breakdown=""))
    assert signs(whole) == [(2013 + 182 / 365, 0)]


def test_monitored_figures_say_that_no_standard_is_set():
    assert "no standard set" in said(drawn(indicator(rule="monitor"), history(row(2014, 5.0, "monitored"))))


def parts_of(*values, target=95.0, **cells):
    rows = [row(2014, value, "achieved", target, part=f"Part {n}") for n, value in enumerate(values)]
    return indicator(target="95", breakdowns="each", **cells), history(*rows)


def test_each_part_has_a_row_with_its_value_beside_it():
    about, rows = parts_of(88.0, 99.5, 97.0)
    figure = drawn(about, rows)
    assert signs(figure) == [(88, 0), (97, 2), (99.5, 1)]
    assert {"Part 0", "Part 2", "88.0", "99.5", "standard 95"} <= set(said(figure))


def test_parts_that_have_no_figure_this_year_are_drawn_all_the_same():
    rows = history(row(2013, 90.0, part="A"), row(2013, 95.0, part="B"))
    figure = drawn(indicator(rule="monitor"), rows)
    assert signs(figure) == [(90, 0), (95, 1)]
    assert charts.svg(figure)


def test_parts_that_have_all_ended_are_still_shown():
    gone = [row(2014, None, "not_applicable", state="not_applicable", part=part) for part in "AB"]
    rows = history(row(2013, 90.0, part="A"), row(2013, 95.0, part="B"), *gone)
    figure = drawn(indicator(rule="monitor"), rows, year=2015)
    assert said(figure).count("not applicable") == 2


def test_a_forgotten_part_has_a_row_and_an_ended_one_has_none():
    rows = history(
        row(2013, 90.0, "at_risk", 95.0, part="Chinese"),
        row(2013, None, "not_applicable", state="not_applicable", part="Latin"),
        row(2014, 96.0, "achieved", 95.0, part="Arabic"),
    )
    words_seen = said(drawn(indicator(target="95", breakdowns="each"), rows))
    assert {"Chinese", "no data", "Arabic"} <= set(words_seen)
    assert "Latin" not in words_seen


def test_of_many_parts_the_worst_are_shown():
    about, rows = parts_of(*[96.0] * 20)
    rows.loc[17, ["value", "rating"]] = [80.0, "off_track"]
    figure = drawn(about, rows)
    assert "14 of 20 parts, the worst" in said(figure)
    assert "Part 17" in said(figure)


def test_a_total_is_drawn_rather_than_its_parts():
    rows = history(row(2013, 7.0), row(2014, 9.0), row(2014, 4.0, part="East"), row(2014, 5.0, part="West"))
    assert signs(drawn(indicator(target="5", breakdowns="sum"), rows)) == [(2013, 7), (2014, 9)]


def test_parts_with_levels_days_and_answers_have_rows_too():
    levels = history(
        row(2014, "good", "achieved", "fair", part="A"), row(2014, "poor", "off_track", "fair", part="B")
    )
    assert signs(drawn(indicator(target="fair", **LEVELS), levels)) == [(0, 1), (3, 0)]
    answers = history(
        row(2014, "yes", "achieved", "yes", part="A"), row(2014, "no", "off_track", "yes", part="B")
    )
    assert signs(drawn(indicator(kind="yes_no", rule="yes"), answers)) == [(0, 1), (1, 0)]
    days = history(row(2014, "2013-01-01", "achieved", "2013-07-02", part="A"))
    assert signs(drawn(indicator(kind="date", rule="by_date", target="2013-07-02"), days)) == [(2013, 0)]


def test_without_any_figure_there_is_no_chart():
    assert (
        drawn(PATH, history(row(2013, None, "no_data"), row(2014, np.nan, "no_data", 80.0, "not_collected")))
        is None
    )
    assert drawn(PATH, RISE.iloc[:0]) is None


def test_what_our_fonts_lack_is_printed_by_its_number():
    figure = drawn(
        indicator(target="95", unit="中 of \u202e $x$ <b>"), history(row(2014, 95.0, "achieved", 95.0))
    )
    assert "[U+4E2D] of [U+202E] $x$ <b>" in said(figure)
    assert theme.printable("Ж Ω ع") == "Ж Ω ع"


def test_large_numbers_are_read_in_millions():
    assert unit_text("CHF", millions=True) == "CHF million"
    assert unit_text("CHF per year", millions=True) == "CHF million per year"
    assert unit_text("CHF million", millions=True) == "CHF million, in millions"
    assert aligned(["4", "4.5"]) == ["4.0", "4.5"]
    figure = drawn(indicator(target="1000000000", unit="CHF"), history(row(2014, 9e8, "at_risk", 1e9)))
    assert {"900", "standard 1\u202f000"} <= set(said(figure))


SCRIPT = """
import sys; sys.path.insert(0, {folder!r})
import test_charts as t
sys.stdout.buffer.write(t.charts.svg(t.drawn(t.PATH, t.RISE)).encode())
"""


def test_an_svg_has_the_same_bytes_in_another_process_zone_and_locale():
    here = charts.svg(drawn(PATH, RISE))
    assert here == charts.svg(drawn(PATH, RISE))
    script = SCRIPT.format(folder=os.path.dirname(__file__))  # noqa: PTH120
    surroundings = os.environ | {"TZ": "Asia/Tokyo", "LC_ALL": "C", "PYTHONHASHSEED": "7"}
    there = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, env=surroundings)
    assert there.stdout.decode() == here


def test_an_svg_holds_no_text_no_date_and_no_program_version():
    picture = charts.svg(drawn(PATH, RISE))
    assert "<text" not in picture
    assert "dc:date" not in picture
    assert "Matplotlib" not in picture


@pytest.mark.parametrize(
    ("about", "rows", "text"),
    [
        (
            PATH,
            RISE,
            "Line chart: Documents on time (% of documents). Rose from 61\u202f% in 2011 to 75\u202f% in 2014 "
            "(provisional). The target of 80\u202f% by 2015 is not reached yet. Rated on track in 2014.",
        ),
        (
            PATH,
            RISE.assign(state=["final", "estimated", "final", "final"], value=[61.0, None, 81.0, 75.0]),
            "Line chart: Documents on time (% of documents). Rose from 61\u202f% in 2011 to 75\u202f% in 2014 "
            "(highest in 2013, 81\u202f%). The target of 80\u202f% by 2015 is not reached yet. Rated on track in 2014. "
            "No figure for 2012.",
        ),
        (
            PATH,
            RISE.assign(
                state=["final", "estimated", "estimated", "illustrative"], rating=["", "", "", "no_data"]
            ),
            "Line chart: Documents on time (% of documents). The figures of 2012 and 2013 are estimated. "
            "Rose from 61\u202f% in 2011 to 75\u202f% in 2014 (invented). The target is 80\u202f% by 2015. "
            "Not rated in 2014: no data.",
        ),
        (
            indicator(indicator="O1-K1a", rule="at_most", target="5", unit="days"),
            history(row(2012, 4.0, "achieved", 5.0), row(2014, 4.0, "achieved", 5.0)),
            "Line chart of O1-K1a: Documents on time (days). 4 in 2012 and again 4 in 2014. "
            "The standard of at most 5 is met. Rated achieved in 2014. No figure for 2013.",
        ),
        (
            indicator(rule="at_most", target="O3-K1b", unit="CHF", reference_name="Budget"),
            history(row(2013, 9e6, "achieved", 15e6), row(2014, 16e6, "off_track", 15e6)),
            "Bar chart with marks: Documents on time (CHF). Rose from CHF 9.0 million in 2013 to CHF 16.0 million in "
            "2014. The reference, “Budget”, is CHF 15.0 million; it is not kept. Rated off track in 2014.",
        ),
        (
            indicator(rule="monitor", unit="countries"),
            history(row(2013, 9.0, "monitored")),
            "Line chart: Documents on time (countries). 9 in 2013. No standard is set. No figure for 2014.",
        ),
        (
            indicator(kind="date", rule="by_date", unit="", target="2013-06-30"),
            history(row(2014, "2014-02-14", "off_track", "2013-06-30")),
            "Time line: Documents on time. Done on 14 February 2014. It was due on 30 June 2013 and is late. "
            "Rated off track in 2014.",
        ),
        (
            indicator(kind="date", rule="by_date", unit="", target="2013-06-30", horizon="2014-06-30"),
            history(row(2013, "no", "off_track", "2013-06-30"), row(2014, None, "no_data", "2013-06-30")),
            "Time line: Documents on time. Not done by 30 June 2014. It was due on 30 June 2013. "
            "Not rated in 2014: no data.",
        ),
        (
            *parts_of(88.0, 99.0),
            "Dots for each part: Documents on time (% of documents). 2 parts in 2014: 2 achieved. The standard of "
            "each is 95\u202f%. Worst: 88\u202f% (Part 0); best: 99\u202f% (Part 1).",
        ),
        (
            indicator(rule="at_most", target="5", unit="days", breakdowns="each"),
            history(
                row(2014, 9.0, "off_track", 5.0, part="Arabic"),
                row(2014, 4.0, "achieved", 5.0, part="French"),
                row(2014, None, "no_data", 5.0, "not_collected", part="Chinese"),
            ),
            "Dots for each part: Documents on time (days). 3 parts in 2014: 1 achieved, 1 off track (Arabic) and "
            "1 no data (Chinese). The standard of each is 5. Worst: 9 (Arabic); best: 4 (French).",
        ),
    ],
)
def test_the_alternative_text_says_what_is_seen(about, rows, text):
    assert charts.alt_text(about, rows, year=2014) == text


OBJECTIVES = (
    pd.DataFrame(
        [
            {
                "objective": "O1",
                "achieved": 3,
                "on_track": 1,
                "no_data": 2,
                "rated": 4,
                "ratable": 6,
                "partial": 1,
            },
            {
                "objective": "O2",
                "at_risk": 1,
                "off_track": 2,
                "monitored": 40,
                "rated": 3,
                "ratable": 3,
                "partial": 0,
            },
        ]
    )
    .reindex(columns=["objective", *RATING_WORDS, "rated", "ratable", "partial"])
    .fillna(0)
)


def test_coverage_has_a_cell_for_every_kpi_that_could_be_rated():
    figure = charts.coverage_bars(OBJECTIVES.assign(title="A long title of an objective, cut"))
    cells = sum(len(bars) for bars in figure.axes[0].containers)
    assert cells == 9 + 3  # and three in the legend
    assert {"3 of 6 in full", "3 of 3 in full", "rated in full", "not rated"} <= set(said(figure))
    assert_words_stand_free(figure)
    assert "Of 9 KPIs that could be rated 6 are rated in full, 1 in part and 2 not." in charts.coverage_alt(
        OBJECTIVES
    )


def test_the_texts_of_two_charts_with_the_same_figures_differ_by_the_code():
    texts = {charts.alt_text(PATH.copy().set_axis(PATH.index), RISE, year=2014)}
    texts |= {charts.alt_text(indicator(indicator=code, target="80"), RISE, year=2014) for code in ("A", "B")}
    assert len(texts) == 3


def many(objectives, kpis):
    """So many objectives with so many KPIs each, of all nine ratings."""
    counts = dict.fromkeys(RATING_WORDS, kpis // 9) | {"achieved": kpis - 8 * (kpis // 9)}
    rated = sum(counts[rating] for rating in ("achieved", "on_track", "at_risk", "off_track"))
    rest = {"title": "A title that is too long", "rated": rated, "partial": 1, "ratable": rated + 8}
    return pd.DataFrame([{"objective": f"O{n}", **counts, **rest} for n in range(1, objectives + 1)])


def test_coverage_of_forty_kpis_has_cells_that_can_be_counted():
    figure = charts.coverage_bars(many(30, 40))
    widths = {round(bar.get_width(), 1) for bars in figure.axes[0].containers for bar in bars}
    assert min(widths) >= summary.LEAST_CELL
    assert_words_stand_free(figure)
    assert "In full, from the least to the most: O1" in charts.coverage_alt(many(30, 40))


def test_fourteen_parts_all_have_a_row_on_half_a_page():
    figure = drawn(*parts_of(*(60.0 + 2.5 * n for n in range(14))))
    assert len(signs(figure)) == 14
    assert figure.get_figheight() * 72 < 300
    assert_words_stand_free(figure)


NUMBER = st.one_of(
    st.integers(-5, 120).map(float),
    st.floats(0, 100).map(lambda value: round(value, 2)),
    st.floats(-1e9, 1e9).map(lambda value: round(value, 1)),
    st.sampled_from([0.0, 1e9, -1e9, 1e-6, 3e17]),
)
RULES = ["at_least", "at_most", "due", "reference", "between", "zero", "monitor"]
RULES += ["rise_each_year", "below_trend", "increase"]
RATINGS = ["achieved", "on_track", "at_risk", "off_track", "", "no_comparison"]
STATES = ["final", "provisional", "estimated", "illustrative", "not_collected", "not_applicable"]
NAMES = st.text(st.characters(codec="utf-8"), min_size=1, max_size=60)


@st.composite
def cases(draw):
    """An indicator of any rule with a random history, in one part or several."""
    rule, target = draw(st.sampled_from(RULES)), draw(NUMBER)
    base = {"baseline_years": "2011", "baseline_value": draw(NUMBER), "baseline_year": 2011}
    cells = {
        "due": {"rule": "at_least", "target": str(target), "due": str(draw(st.integers(2012, 2018))), **base},
        "reference": {"rule": "at_most", "target": "O1-K1b"},
        "between": {"rule": rule, "target": f"{target}|{target + draw(st.sampled_from([0, 1, 50]))}"},
        "below_trend": {"rule": rule, "baseline_years": "2008-2011"},
        "rise_each_year": {"rule": rule, **base},
        "increase": {"rule": rule, **base},
        "zero": {"rule": rule},
        "monitor": {"rule": rule},
    }.get(rule, {"rule": rule, "target": str(target)})
    parts = draw(
        st.one_of(st.just([""]), st.lists(NAMES.filter(str.strip), min_size=1, max_size=16, unique=True))
    )
    first = 2008 if rule == "below_trend" else draw(st.integers(2009, 2014) | st.sampled_from([1984, 2000]))
    rows = [
        row(
            year,
            draw(st.one_of(NUMBER, st.none())),
            draw(st.sampled_from(RATINGS)),
            draw(st.one_of(NUMBER, st.none()))
            if rule in ("reference", "below_trend", "rise_each_year")
            else target,
            draw(st.sampled_from(STATES)),
            part,
        )
        for year in range(first, 2015)
        for part in parts
    ]
    return indicator(unit=draw(st.sampled_from(["%", "CHF", "x" * 300, "中 visits"])), **cells), history(
        *rows
    )


@settings(
    max_examples=60,
    deadline=None,
    phases=[Phase.reuse, Phase.generate],  # to shrink a frame takes minutes, and the message tells enough
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(cases())
def test_words_stand_free_in_every_chart(case):
    about, rows = case
    figure = drawn(about, rows)
    if figure is None:
        return
    assert charts.svg(figure)
    assert_words_stand_free(figure)
    assert_words_leave_the_signs_free(figure)
    assert 40 <= len(charts.alt_text(about, rows, year=2014)) <= 350
    read = subject(about, rows, **YEARS)
    if not read.shows_parts:
        held = sorted(zip(read.known["year"].astype(float), read.known["value"], strict=True))
        assert set(held) <= set(signs(figure))
        assert any(label.split(",")[0] for label in said(figure))


ANSWERS = {
    "level": (["poor", "fair", "satisfactory", "good"], "satisfactory"),
    "yes_no": (["yes", "no"], "yes"),
    "date": (["no", "2011-12-31", "2012-02-29", "2014-02-14", "2016-01-01"], "2013-06-30"),
}


@st.composite
def worded_cases(draw):
    """An indicator whose values are levels, answers or days, with a random history."""
    kind = draw(st.sampled_from(sorted(ANSWERS)))
    values, target = ANSWERS[kind]
    rule = draw(st.sampled_from([{"level": "level", "yes_no": "yes", "date": "by_date"}[kind], "monitor"]))
    parts = draw(
        st.one_of(st.just([""]), st.lists(NAMES.filter(str.strip), min_size=1, max_size=16, unique=True))
    )
    answer = st.one_of(st.sampled_from(values), st.none())
    rows = [
        row(year, draw(answer), draw(st.sampled_from(RATINGS)), target, draw(st.sampled_from(STATES)), part)
        for year in range(draw(st.integers(2003, 2014)), 2015)
        for part in parts
    ]
    cells = {"kind": kind, "rule": rule, "target": "" if rule == "monitor" else target, "unit": ""}
    return indicator(**cells, scale="|".join(values) if kind == "level" else ""), history(*rows)


@settings(max_examples=40, deadline=None, phases=[Phase.reuse, Phase.generate])
@given(worded_cases())
def test_words_stand_free_where_values_are_words(case):
    about, rows = case
    figure = drawn(about, rows)
    if figure is not None:
        assert charts.svg(figure)
        assert_words_stand_free(figure)
        assert_words_leave_the_signs_free(figure)
        assert 40 <= len(charts.alt_text(about, rows, year=2014)) <= 350
