"""The sheet that explains a form to whoever opens it, without a manual."""

from __future__ import annotations

from gsanalysis.rating.evaluation import Evaluation

STATES = (
    ("final", "The figure will not change."),
    ("provisional", "The figure is the best there is; a later one will replace it."),
    ("estimated", "Nobody counted it exactly: “around”, “more than”. Say so in the comment."),
    ("illustrative", "Invented, to show something. Never for a real figure."),
    ("not_applicable", "It can't be measured this year: the event did not take place. No value."),
    ("not_collected", "It was asked for and nobody knows it, or a figure is taken back. No value."),
)
LINES = (
    ("Fill in", "value and state, the day the source was published (reported_on), and the source itself."),
    ("One line", "for each figure and each known part (an event, a language, a group that was asked)."),
    ("Nil", "is a figure: write 0. An empty value is none: leave the line empty and nobody reads it."),
    ("Not done yet", "For a day by which something is to be done: write no, and state final."),
    ("A new part", "goes into one of the empty lines at the end, with the code of its indicator."),
    (
        "A correction",
        "is a new line with a later day and the reason in comment; the old figure stays on record.",
    ),
    ("Surveys", "Say how many answered (responses) and how many were asked (invited)."),
    ("Grey cells", "are locked: they say what is asked, and come back unread."),
    ("Then", "save it as an Excel workbook and send it back to whoever sent it."),
)


def guide(evaluation: Evaluation, objective: str) -> list[tuple[str, str]]:
    """The lines of the sheet: a lead and a text each; an empty lead is a heading."""
    plan = evaluation.plan
    title = plan.objectives.loc[plan.objectives["objective"] == objective, "title"].iloc[0]
    return [
        ("", f"Figures for {evaluation.year}"),
        ("Organisation", plan.organisation),
        ("Plan", plan.title),
        (f"Objective {objective}", str(title)),
        ("", "How to fill in the sheet “measurements”"),
        *LINES,
        ("", "What the states mean"),
        *STATES,
        ("", "Four different things"),
        ("Missing", "Nobody has said anything: the line stays empty."),
        ("Nil", "It was counted, and there was none: 0."),
        ("Not applicable", "There was nothing to count: not_applicable, without a value."),
        ("Not yet due", "The plan asks for it later: say what is known today."),
    ]
