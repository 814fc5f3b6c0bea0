"""The one look of all charts: fonts, colours, the signs of ratings, and figures as reproducible SVG.

Charts are drawn at the size of printing and never scaled, with the faces and sizes of the text beside them.
"""

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from io import StringIO
from pathlib import Path
from typing import Any

import font_source_sans_pro
import matplotlib as mpl
import seaborn as sns
from matplotlib import font_manager
from matplotlib.figure import Figure
from matplotlib.ft2font import FT2Font

from gsanalysis.charts.compact import compact
from gsanalysis.wording import words

WIDTH = 103 / 25.4 * 72  # points: the column of figures on a page
FAMILIES = ("Source Sans Pro", "DejaVu Sans")
TEXT_SIZE, SMALL_SIZE = 8.5, 7.5

INK, GREY, LINE, GRID, BAND, PAPER = "#1c2733", "#5f6b76", "#c9d0d6", "#e6eaed", "#eaf1f7", "#ffffff"
BAR = "#aab4bc"

RATING_COLOURS = {"achieved": "#0b5394", "on_track": "#2478b3", "at_risk": "#a86400", "off_track": "#a61c3c"}
RATING_MARKERS = {"achieved": "o", "on_track": ">", "at_risk": "D", "off_track": "X"}
RATING_SIZES = {"achieved": 6.2, "on_track": 6.8, "at_risk": 5.8, "off_track": 7.0}
HOLLOW_STATES = ("provisional", "estimated", "illustrative")

_SETTINGS = {
    "font.family": list(FAMILIES),
    "font.size": TEXT_SIZE,
    "text.color": INK,
    "text.parse_math": False,
    "axes.edgecolor": LINE,
    "axes.facecolor": "none",
    "axes.labelcolor": GREY,
    "axes.linewidth": 0.8,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.left": False,
    "axes.grid": True,
    "axes.grid.axis": "y",
    "axes.axisbelow": True,
    "axes.unicode_minus": True,
    "figure.facecolor": "none",
    "figure.dpi": 72.0,
    "savefig.dpi": 72.0,
    "grid.color": GRID,
    "grid.linewidth": 0.7,
    "xtick.color": GREY,
    "ytick.color": GREY,
    "xtick.bottom": False,
    "xtick.major.size": 0,
    "ytick.major.size": 0,
    "ytick.left": False,
    "svg.fonttype": "path",
    "svg.hashsalt": "gsanalysis",
    "path.simplify": False,
}


@contextmanager
def look() -> Iterator[None]:
    """Draw what stands in the block in the look of the report; settings outside it stay as they were."""
    _register_fonts()
    with mpl.rc_context():
        mpl.rcdefaults()
        sns.set_theme(style="white", rc=_SETTINGS)
        yield


def svg(figure: Figure) -> str:
    """The figure as SVG text, text as paths, sizes in points: the same in every process, zone and locale."""
    out = StringIO()
    with look():
        figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
    return compact(out.getvalue())


def rating_colour(rating: str) -> str:
    """The colour of a rating's sign; grey for monitored figures, ink for whatever is not rated."""
    return RATING_COLOURS.get(rating, GREY if rating == "monitored" else INK)


def rating_marker(rating: str) -> str:
    """The matplotlib marker of a rating's sign; a disc for whatever is not rated."""
    return RATING_MARKERS.get(rating, "o")


def rating_size(rating: str) -> float:
    """The width in points of a rating's sign; monitored figures have the smallest."""
    return RATING_SIZES.get(rating, 3.6 if rating == "monitored" else 4.4)


def printable(text: str) -> str:
    """The text on one line, with [U+4E2D] for every character that our fonts lack or that shows nothing.

    Marks that turn the direction of writing are among them: text from data is shown, it does not act.
    """
    return "".join(c if _shows(c) else f"[U+{ord(c):04X}]" for c in words.one_line(text))


def font_files() -> list[Path]:
    """The font files that the charts are drawn with, in the order in which a glyph is looked for."""
    folder = Path(font_source_sans_pro.font_directory)
    ours = [folder / f"SourceSansPro-{cut}.ttf" for cut in ("Regular", "Semibold")]
    return [*ours, Path(mpl.get_data_path()) / "fonts/ttf/DejaVuSans.ttf"]


@lru_cache(maxsize=1)
def _register_fonts() -> None:
    for file in font_files():
        font_manager.fontManager.addfont(str(file))


@lru_cache(maxsize=1)
def _glyphs() -> frozenset[int]:
    charmaps: list[Any] = [FT2Font(str(file)).get_charmap() for file in font_files()]
    return frozenset(code for charmap in charmaps for code in charmap)


def _shows(character: str) -> bool:
    joins_letters = character in "\u200c\u200d"
    acts = unicodedata.category(character) in ("Cc", "Cf", "Cs", "Co", "Cn") and not joins_letters
    return ord(character) in _glyphs() and not acts
