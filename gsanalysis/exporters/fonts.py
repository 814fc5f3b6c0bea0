"""The fonts of a page: Source Sans and Source Serif Pro, and DejaVu for what they lack (Arabic, code)."""

import atexit
import hashlib
import importlib.resources
import shutil
import tempfile
from functools import cache
from pathlib import Path

import font_source_sans_pro
import font_source_serif_pro
import matplotlib
import typst
from fontTools.ttLib import TTFont

_WEIGHTS = ("Regular", "It", "Semibold", "Bold", "BoldIt")
_DEJAVU = ("Sans", "Sans-Bold", "Sans-Oblique", "Sans-BoldOblique", "SansMono", "SansMono-Bold")


@cache
def font_files() -> tuple[Path, ...]:
    """List the font files that pages are set in; FileNotFoundError names the package of a missing one.

    The list is closed: matplotlib's folder also holds "Last Resort", which would print a box for every
    character, and the Source packages hold each face twice.
    """
    sans = importlib.resources.files(font_source_sans_pro) / "files"
    serif = importlib.resources.files(font_source_serif_pro) / "files"
    dejavu = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
    files = [Path(str(sans / f"SourceSansPro-{weight}.ttf")) for weight in _WEIGHTS]
    files += [Path(str(serif / f"SourceSerifPro-{weight}.ttf")) for weight in _WEIGHTS]
    files += [dejavu / f"DejaVu{face}.ttf" for face in _DEJAVU]
    for file in files:
        if not file.is_file():
            raise FileNotFoundError(f"The font {file.name} is missing: install {file.parts[-3]} again.")
    return tuple(files)


def font_hashes() -> dict[str, str]:
    """Give the SHA-256 of each font file by its name: the fonts are among what decides the bytes of a PDF."""
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in font_files()}


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
    with TTFont(font_files()[_WEIGHTS.index("Regular")], lazy=True) as font:
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
