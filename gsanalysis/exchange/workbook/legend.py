"""What the words in the data and in the ratings mean, a sentence each (docs/method.md has all of it)."""

MEANINGS = (
    ("rating", "achieved", "The standard or target is met, or the milestone was reached by its day."),
    ("rating", "on_track", "Not there yet, and fast enough to be there by the due year."),
    ("rating", "at_risk", "Short of it within the tolerance, or too slow but not by much."),
    ("rating", "off_track", "Short of it beyond the tolerance, too slow, or going the wrong way."),
    ("rating", "no_data", "Nothing was reported, or it was not collected. Not a rating."),
    ("rating", "no_comparison", "There is a value, and nothing to hold it against. Not a rating."),
    ("rating", "not_yet_due", "It is too early to say. Not a rating."),
    ("rating", "not_applicable", "What is asked does not apply in the year. Not a rating."),
    ("rating", "monitored", "The plan sets no standard; the value is shown only. Not a rating."),
    ("state", "final", "The value is not expected to change."),
    ("state", "provisional", "The value may still be revised."),
    ("state", "estimated", "The value was estimated and not counted."),
    (
        "state",
        "illustrative",
        "The value is invented to show the workbook; it says nothing about the organisation.",
    ),
    (
        "state",
        "not_applicable",
        "There is no value because the question does not apply, as for a cancelled event.",
    ),
    ("state", "not_collected", "There is no value because nobody collected it, or it was withdrawn."),
    ("basis", "plan", "The plan states the standard."),
    ("basis", "derived", "The standard follows from the plan's words."),
    ("basis", "assumed", "The evaluation unit chose the standard."),
    ("verification", "audited", "An auditor has checked the figure."),
    ("verification", "published", "The figure was published for everybody."),
    ("verification", "internal", "The figure stands in an internal document."),
    ("verification", "stated", "The figure was stated without a document."),
)
