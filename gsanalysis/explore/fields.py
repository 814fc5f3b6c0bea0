"""Fields to move things with: each form of a cell has the widgets that fit it, all of them with labels and keys."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from typing import NamedTuple

import ipywidgets as widgets

from gsanalysis.explore.movable import Movable
from gsanalysis.plan import UsageError
from gsanalysis.reading.cells import number_fault
from gsanalysis.wording.words import is_share, rating_word

STEPS = 100  # about so many from one end of a slider to the other
MOST_TOLERANCE = 30.0  # per cent, at the end of its slider
LABEL_WIDTH, TEXT_WIDTH, SLIDER_WIDTH = "130px", "330px", "300px"


class Field(NamedTuple):
    """A field: what is shown, the cell that it holds as text, and the widgets whose values say so.

    ``cell`` raises UsageError for what can't be read.
    """

    box: widgets.Widget
    cell: Callable[[], str]
    watched: Sequence[widgets.Widget]


def field(movable: Movable, span: tuple[float, float]) -> Field:
    """The field for something that can be moved; ``span`` are the ends of its slider, if it has one."""
    return _FIELDS[movable.form](movable, span)


def _number(movable: Movable, span: tuple[float, float]) -> Field:
    """A number, typed or slid to."""
    unit = "" if movable.unit in ("", "number") else f" ({_short(movable.unit)})"
    text = _text(f"{movable.label}{unit}", movable.stands)
    slider = _slider(f"Slide the {movable.label.lower()}", span)
    _keep_together(text, slider)
    return Field(widgets.HBox([text, slider]), partial(_typed, text), [text])


def _share(movable: Movable, span: tuple[float, float]) -> Field:
    """A share of the target, in per cent for people."""
    stands = _plain(100 * float(movable.stands)) if movable.stands else ""
    text = _text(f"{movable.label} (%)", stands)
    slider = _slider(f"Slide the {movable.label.lower()}", (0.0, max(MOST_TOLERANCE, float(stands or 0))))
    _keep_together(text, slider)

    def cell() -> str:
        typed = _typed(text)
        if typed == stands:
            return movable.stands
        if fault := number_fault(typed) if typed else "":
            raise UsageError(f"{movable.label}: {fault}.")
        return format(Decimal(typed).scaleb(-2), "f") if typed else ""

    return Field(widgets.HBox([text, slider]), cell, [text])


def _band(movable: Movable, span: tuple[float, float]) -> Field:
    text = _text(f"{movable.label} (low|high)", movable.stands)
    return Field(text, partial(_typed, text), [text])


def _year(movable: Movable, span: tuple[float, float]) -> Field:
    number = widgets.IntText(int(movable.stands), description=movable.label, **_look(TEXT_WIDTH))
    return Field(number, lambda: str(number.value), [number])


def _choice(movable: Movable, options: Sequence[tuple[str, str]]) -> Field:
    none = [] if movable.stands else [("no figure", "")]
    chosen = widgets.Dropdown(
        options=[*none, *options], value=movable.stands, description=movable.label, **_look(TEXT_WIDTH)
    )
    return Field(chosen, lambda: str(chosen.value), [chosen])


def _label(movable: Movable, span: tuple[float, float]) -> Field:
    return _choice(movable, [(label, label) for label in movable.choices])


def _yes_no(movable: Movable, span: tuple[float, float]) -> Field:
    return _choice(movable, [("yes", "yes"), ("no", "no")])


def _one_below(movable: Movable, span: tuple[float, float]) -> Field:
    """Whether one step below the target is at risk: any tolerance says so."""
    options = [(rating_word("off_track"), ""), (rating_word("at_risk"), movable.stands or "0")]
    chosen = widgets.Dropdown(
        options=options, value=movable.stands, description="One step below is", **_look(TEXT_WIDTH)
    )
    return Field(chosen, lambda: str(chosen.value), [chosen])


def _date(movable: Movable, span: tuple[float, float]) -> Field:
    picker = widgets.DatePicker(
        value=date.fromisoformat(movable.stands), description=movable.label, **_look(TEXT_WIDTH)
    )
    return Field(picker, lambda: picker.value.isoformat() if picker.value else "", [picker])


def _day_done(movable: Movable, span: tuple[float, float]) -> Field:
    """The day it was done, or that it was reported as not done."""
    day = date.fromisoformat(movable.stands) if movable.stands not in ("", "no") else None
    picker = widgets.DatePicker(value=day, description="Done on", **_look(TEXT_WIDTH))
    undone = widgets.Checkbox(value=movable.stands == "no", description="Reported as not done", indent=False)

    def cell() -> str:
        return "no" if undone.value else picker.value.isoformat() if picker.value else ""

    return Field(widgets.HBox([picker, undone]), cell, [picker, undone])


_FIELDS: dict[str, Callable[[Movable, tuple[float, float]], Field]] = {
    "number": _number,
    "share": _share,
    "band": _band,
    "year": _year,
    "label": _label,
    "yes_no": _yes_no,
    "one_below": _one_below,
    "date": _date,
    "day_done": _day_done,
}


def _keep_together(text: widgets.Text, slider: widgets.FloatSlider) -> None:
    """What is slid is written, and what is written is slid to; only the text counts.

    The slider's steps are coarser than a figure: it writes only when somebody has moved it.
    """

    def slid(change: dict[str, float]) -> None:
        written = _typed(text)
        if number_fault(written) or float(written) != change["new"]:
            text.value = _plain(round(change["new"], _decimals(slider.step)))

    def written(_: object) -> None:
        typed = _typed(text)
        if not number_fault(typed):
            value = float(typed)
            slider.min, slider.max = min(slider.min, value), max(slider.max, value)
            slider.value = value

    written(None)
    slider.observe(slid, "value")
    text.observe(written, "value")


def _text(label: str, value: str) -> widgets.Text:
    """A line of text that counts when it is left or Enter is pressed."""
    return widgets.Text(value, description=label, continuous_update=False, **_look(TEXT_WIDTH))


def _typed(text: widgets.Text) -> str:
    return str(text.value).strip()


def _slider(name: str, span: tuple[float, float]) -> widgets.FloatSlider:
    low, high = span
    step = 10.0 ** math.floor(math.log10((high - low) / STEPS)) if high > low else 1.0
    return widgets.FloatSlider(
        min=low,
        max=high if high > low else low + STEPS,
        step=step,
        value=low,
        readout=False,
        continuous_update=False,
        description=name,
        style={"description_width": LABEL_WIDTH},
        layout={"width": SLIDER_WIDTH},
    )


def _look(width: str) -> dict[str, dict[str, str]]:
    return {"style": {"description_width": LABEL_WIDTH}, "layout": {"width": width}}


def _short(unit: str) -> str:
    return "%" if is_share(unit) else unit if len(unit) < 18 else f"{unit[:16].rstrip()}…"


def _decimals(step: float) -> int:
    return max(0, -math.floor(math.log10(step)))


def _plain(value: float) -> str:
    text = format(Decimal(format(value, ".12g")), "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
