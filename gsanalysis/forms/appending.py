"""New rows at the end of a CSV file of measurements, whose other bytes stay as they are."""

from __future__ import annotations

import csv
import io
import os
import re
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from gsanalysis.schema import MEASUREMENTS

BOM = b"\xef\xbb\xbf"
Row = Mapping[str, str]


def with_rows(data: bytes, rows: Sequence[Row]) -> tuple[bytes, list[int]]:
    """The file's bytes with the rows at its end, and the line of each; of no bytes a new file with all columns.

    The rows take the file's own columns, line ends and order. A column that the file lacks and a row fills is added
    behind the others, empty in the rows that were there. A line break inside a cell becomes a space: one row, one line.
    """
    if not data.strip():
        data = (",".join(MEASUREMENTS.names) + "\n").encode()
    mark, text = (BOM, data[len(BOM) :].decode()) if data.startswith(BOM) else (b"", data.decode())
    end = next((one for one in ("\r\n", "\n", "\r") if one in text), "\n")
    header = next(record for record in csv.reader(_lines(text)) if not _is_blank(record))
    names = [name.strip() for name in header]
    lacking = [name for name in MEASUREMENTS.names if name not in names and any(row[name] for row in rows)]
    if lacking:
        text, names = _widened(text, lacking), names + lacking
    if not text.endswith(("\n", "\r")):
        text += end
    first = len(_lines(text)) + 1
    lines = [_line([row[name] for name in names]) + end for row in rows]
    return mark + (text + "".join(lines)).encode(), list(range(first, first + len(rows)))


def one_line(text: str) -> str:
    """The text with a space for each line break or other control character."""
    return re.sub(r"\s*[\x00-\x1f\x7f]+\s*", " ", text).strip()


def put_all(files: Mapping[Path, bytes]) -> None:
    """Write all of the files or none: a failure puts back what was replaced before. Raises OSError.

    A link stays one: it is the file behind it that gets the new content.
    """
    files = {path.resolve(): content for path, content in files.items()}
    before = {path: path.read_bytes() if path.exists() else None for path in files}
    staged: dict[Path, Path] = {}
    replaced: list[Path] = []
    try:
        for path, content in files.items():
            staged[path] = _beside(path, content)
        for path, made in staged.items():
            made.replace(path)
            replaced.append(path)
    except BaseException:
        for path in replaced:
            old = before[path]
            if old is None:
                path.unlink()
            else:
                _beside(path, old).replace(path)
        raise
    finally:
        for made in staged.values():
            made.unlink(missing_ok=True)


def _beside(path: Path, content: bytes) -> Path:
    """The content in a hidden file in the same folder, safely on the disk, with the mode of the one it will replace."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=".", dir=path.parent)
    made = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        made.chmod(path.stat().st_mode & 0o777 if path.exists() else 0o644)
    except BaseException:
        made.unlink()
        raise
    return made


def _line(cells: Sequence[str]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="").writerow([one_line(cell) for cell in cells])
    return text.getvalue()


def _widened(text: str, names: Sequence[str]) -> str:
    """The text with more columns: their names behind the header, empty cells behind each record."""
    lines = _lines(text)
    reader = csv.reader(lines)
    more = "," + ",".join(names)  # behind the header, which comes first
    for record in reader:
        if not _is_blank(record):
            line = lines[reader.line_num - 1]
            body = line.rstrip("\r\n")
            lines[reader.line_num - 1] = body + more + line[len(body) :]
            more = "," * len(names)
    return "".join(lines)


def _lines(text: str) -> list[str]:
    """The lines with their ends, whichever these are; counted as `check` counts them."""
    return io.StringIO(text, newline="").readlines()


def _is_blank(record: Sequence[str]) -> bool:
    """Whether it is no record but an empty line, which `check` passes over."""
    return len(record) < 2 and not "".join(record).strip()
