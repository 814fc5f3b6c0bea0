"""The fonts of a page, as Typst and the layout need them."""

import atexit
import shutil
import tempfile
from functools import cache
from pathlib import Path

import typst
from fontTools.ttLib import TTFont

from gsanalysis.exporters.font_files import WEIGHTS, font_files


@cache
def typst_fonts() -> typst.Fonts:
    """Give Typst these fonts and no others."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(_folder())])


@cache
def printable() -> frozenset[int]:
    """Give the code points that at least one of our fonts has a glyph for."""
    return frozenset().union(*map(_code_points, font_files()))


@cache
def advance_widths() -> dict[int, float]:
    """Give the width of each character of Source Sans Pro in ems, by code point."""
    with TTFont(font_files()[WEIGHTS.index("Regular")], lazy=True) as font:
        metrics, em = font["hmtx"].metrics, font["head"].unitsPerEm
        return {code: metrics[glyph][0] / em for code, glyph in font.getBestCmap().items()}


@cache
def _folder() -> Path:
    """Make a folder with just these files; it lives as long as the process."""
    folder = Path(tempfile.mkdtemp(prefix="gsanalysis-fonts-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    for file in font_files():
        _placed(folder / file.name, file)
    return folder


def _placed(link: Path, file: Path) -> None:
    try:
        link.symlink_to(file)
    except OSError:  # a file system without links
        link.write_bytes(file.read_bytes())


def _code_points(file: Path) -> set[int]:
    with TTFont(file, lazy=True) as font:
        return set(font.getBestCmap())
