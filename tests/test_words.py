"""Numbers, days and ratings as they are read."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gsanalysis.wording import words

T = "\u202f"


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (75.0, "% of delegates satisfied", f"75{T}%"),
        (74.55, "%", f"74.5{T}%"),
        (99.96, "%", f"99.96{T}%"),
        (0.004, "per cent", f"0.004{T}%"),
        (100.0, "%", f"100{T}%"),
        (16_123_000.0, "CHF", "CHF 16.1 million"),
        (12.0, "CHF million", "CHF 12.0 million"),
        (163.42, "CHF million", "CHF 163 million"),
        (850_000.0, "CHF", f"CHF 850{T}000"),
        (-1_250_000.0, "CHF", "CHF \u22121.2 million"),
        (4_123_456.0, "visits", "4.1 million"),
        (4_012.0, "participants", f"4{T}010"),
        (999_999.0, "visits", "1.0 million"),
        (31.0, "SLA breaches", "31"),
        (31.0, "SLA", "31"),
        (0.0, "", "0"),
        (-0.0, "", "0"),
        (0.30000000000000004, "", "0.3"),
        (1e-9, "", "0.000000001"),
        (2.5e18, "", "2.50 × 10^18"),
        (math.nan, "%", "–"),
        (None, "%", "–"),
    ],
)
def test_a_number_is_read_with_three_digits(value, unit, text):
    assert words.number(value, unit) == text


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (90.25, "% of documents", f"90.25{T}%"),
        (16_100_000.0, "CHF", f"CHF 16{T}100{T}000"),
        ("12500", "", f"12{T}500"),
        ("fair", "", "fair"),
        ("2014-02-14", "", "14 February 2014"),
        (0.1 + 0.2, "", "0.3"),
        (-3.5, "", "\u22123.5"),
        (None, "", "–"),
        ("", "", "–"),
    ],
)
def test_an_exact_value_keeps_its_digits(value, unit, text):
    assert words.exact(value, unit) == text


def test_a_day_is_written_in_words():
    assert words.date_text("2015-03-31") == "31 March 2015"
    with pytest.raises(ValueError, match="soon"):
        words.date_text("soon")


@pytest.mark.parametrize(
    ("n", "of", "text"),
    [
        (2, 3, "2 of 3"),
        (10, 10, "10 of 10"),
        (112, 640, f"18{T}%"),
        (1, 640, f"1{T}%"),
        (639, 640, f"99{T}%"),
        (0, 12, f"0{T}%"),
        (12, 12, f"100{T}%"),
    ],
)
def test_up_to_ten_things_are_counted(n, of, text):
    assert words.share(n, of) == text


def test_the_nine_ratings_have_words():
    assert [words.rating_word(code) for code in words.RATING_WORDS] == [
        "achieved", "on track", "at risk", "off track", "no data", "no comparison", "not yet due",
        "not applicable", "monitored",
    ]  # fmt: skip
    assert words.state_word("illustrative") == "invented"


def test_things_are_listed_in_a_sentence():
    assert words.listed([]) == ""
    assert words.listed(["Arabic"]) == "Arabic"
    assert words.listed(["Arabic", "Chinese", "Russian"]) == "Arabic, Chinese and Russian"


def test_a_long_text_is_cut_after_a_word():
    assert words.shortened("Satisfaction with interpretation", 24) == "Satisfaction with…"
    assert words.shortened("x" * 10_000, 12) == "x" * 11 + "…"
    assert words.shortened("short", 12) == "short"


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_every_number_has_a_text_close_to_it(value):
    text = words.exact(value)
    read = float(text.replace(T, "").replace("\u2212", "-"))
    assert read == pytest.approx(value, rel=1e-11)
    assert "e" not in words.number(value)
