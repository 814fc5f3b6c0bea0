"""Which font files pages are set in: Source Sans and Source Serif Pro, and DejaVu for what they lack (Arabic, code).

Apart from what is done with them, so that their hashes can be had without importing what draws and sets pages.
"""

import hashlib
from functools import cache
from importlib.util import find_spec
from pathlib import Path

WEIGHTS = ("Regular", "It", "Semibold", "Bold", "BoldIt")
_DEJAVU = ("Sans", "Sans-Bold", "Sans-Oblique", "Sans-BoldOblique", "SansMono", "SansMono-Bold")


@cache
def font_files() -> tuple[Path, ...]:
    """List the font files that pages are set in; FileNotFoundError names the package of a missing one.

    The list is closed: matplotlib's folder also holds "Last Resort", which would print a box for every
    character, and the Source packages hold each face twice.
    """
    sans = _folder_of("font_source_sans_pro") / "files"
    serif = _folder_of("font_source_serif_pro") / "files"
    dejavu = _folder_of("matplotlib") / "mpl-data" / "fonts" / "ttf"
    files = [sans / f"SourceSansPro-{weight}.ttf" for weight in WEIGHTS]
    files += [serif / f"SourceSerifPro-{weight}.ttf" for weight in WEIGHTS]
    files += [dejavu / f"DejaVu{face}.ttf" for face in _DEJAVU]
    for file in files:
        if not file.is_file():
            raise FileNotFoundError(f"The font {file.name} is missing: install {file.parts[-3]} again.")
    return tuple(files)


def font_hashes() -> dict[str, str]:
    """Give the SHA-256 of each font file by its name: the fonts are among what decides the bytes of a PDF."""
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in font_files()}


def _folder_of(package: str) -> Path:
    spec = find_spec(package)
    if not spec or not spec.submodule_search_locations:
        raise FileNotFoundError(f"The fonts of {package} are missing: install it again.")
    return Path(spec.submodule_search_locations[0])
