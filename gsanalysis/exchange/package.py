"""The whole data folder as a Frictionless Data Package, for any program that reads one."""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from gsanalysis.dictionary import as_text, datapackage
from gsanalysis.exchange.whole import beside, put_folder, write_file
from gsanalysis.plan import Plan, load
from gsanalysis.problems import UsageError, listed, quoted, visible
from gsanalysis.root import data_folder, is_left_behind
from gsanalysis.schema import TABLES

DESCRIPTION = "datapackage.json"
MADE_BY = {"made_by": "gsanalysis export --to datapackage"}  # what tells our packages from other folders
SETTINGS = "plan/plan.toml"
NOT_DESCRIBED = (
    "The description has no place for what depends on several cells (the form of a target or value, which columns a "
    "rule needs, bounds, rows that are unique for a year): “gsanalysis check” looks at it, “frictionless validate” "
    "does not."
)


def write_package(data: str | Path | None, measurements: str | Path | None, out: Path) -> list[str]:
    """Write a data folder as a Data Package, and return what it can't hold, in sentences.

    ``out`` is a folder, or a zip file where it ends in ``.zip``. CSV files are normalised: UTF-8 without BOM, commas,
    LF, all columns of the schema in its order. Raises DataError for a folder with errors, and UsageError where ``out``
    is something else than an earlier package, or lies where the data lies.
    """
    plan = load(data, measurements)
    folder = data_folder(data)
    _require_place(out, [folder, *([Path(measurements)] if measurements else [])])
    files = dict(_files(plan, folder))
    with beside(out.absolute()) as staged:
        made = staged / "package"
        _write_all(made, files)
        files[DESCRIPTION] = as_text({**datapackage(made), **MADE_BY})
        (made / DESCRIPTION).write_bytes(files[DESCRIPTION].encode())
        if out.suffix.lower() == ".zip":
            write_file(out, _zipped(files))
        else:
            put_folder(made, out)
    return [NOT_DESCRIBED, *_left_out(folder, set(files), measurements is not None)]


def csv_text(frame: pd.DataFrame) -> str:
    """A frame of texts as CSV: commas, LF; a cell is quoted where it holds a comma, a quote or a line break."""
    lines = [list(frame.columns), *frame.to_numpy(dtype=object).tolist()]
    return "".join(",".join(_cell(str(cell)) for cell in line) + "\n" for line in lines)


def _require_place(out: Path, sources: list[Path]) -> None:
    """Refuse to write over anything but an earlier package of ours, or into the data itself."""
    shown = visible(str(out))
    for source in sources:
        if out.resolve() == source.resolve() or out.resolve() in source.resolve().parents:
            raise UsageError(f"{shown} holds the data that is to be exported; name another folder with --out")
    if out.suffix.lower() == ".zip" or not (out.exists() or out.is_symlink()):
        return
    if not out.is_dir() or out.is_symlink():
        raise UsageError(f"{shown} is a file; name a folder, or a file that ends in .zip, with --out")
    found = {path.relative_to(out).as_posix() for path in out.rglob("*") if not path.is_dir()}
    foreign = sorted(found - _files_of_package(out))
    if foreign:
        raise UsageError(
            f"{shown} is not empty and no package of ours ({listed(foreign, limit=3)}); name another folder with --out"
        )


def _files_of_package(folder: Path) -> set[str]:
    """The files that belong to an earlier package, none where it is no package of ours."""
    try:
        package = json.loads((folder / DESCRIPTION).read_text("utf-8"))
        if package.items() >= MADE_BY.items():
            paths = [resource["path"] for resource in package["resources"]]
            return {
                DESCRIPTION,
                *(name for path in paths for name in ([path] if isinstance(path, str) else path)),
            }
    except (OSError, ValueError, LookupError, AttributeError, TypeError):
        pass
    return set()


def _files(plan: Plan, folder: Path) -> Iterator[tuple[str, str]]:
    """Each file of the package with its text; a table without rows that may be absent is."""
    yield SETTINGS, _normal_text(folder / SETTINGS)
    for table in TABLES.values():
        frame = getattr(plan, table.name)
        if not table.by_year:
            if len(frame) or not table.may_be_absent:
                yield table.path, csv_text(frame[table.names])
            continue
        for year, rows in frame.groupby("year", sort=True):
            yield f"{table.path}/{year}.csv", csv_text(rows[table.names])
    for path in sorted((folder / "commentary").glob("*/*.md")):
        if not any(is_left_behind(name) for name in (path.name, path.parent.name)):
            yield path.relative_to(folder).as_posix(), _normal_text(path)


def _normal_text(path: Path) -> str:
    """A text without BOM, its lines ended by LF."""
    return re.sub(r"\r\n?", "\n", path.read_bytes().decode("utf-8-sig"))


def _cell(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if re.search(r'[,"\r\n]', text) else text


def _write_all(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(text.encode())


def _zipped(files: dict[str, str]) -> bytes:
    """The files as a zip whose bytes depend on nothing but theirs."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            entry.create_system = 3  # Unix, on whatever system it is made
            archive.writestr(entry, files[name].encode())
    return content.getvalue()


def _left_out(folder: Path, files: set[str], other_measurements: bool) -> Iterator[str]:
    """What lies in the data folder and is no part of the format."""
    if other_measurements:
        yield "The measurements are those of --measurements, not the data folder's own."
    tops = {Path(name).parts[0] for name in files} | {DESCRIPTION}
    absent = {table.path for table in TABLES.values() if table.by_year} - tops  # folders without a row
    others = sorted({path.name for path in folder.iterdir() if not path.name.startswith(".")} - tops - absent)
    others += sorted(
        path.relative_to(folder).as_posix()
        for top in sorted(tops)
        for path in (folder / top).rglob("*")
        if path.is_file() and is_left_behind(path.name) and not path.name.startswith(".")
    )
    if others:
        names = listed([quoted(name) for name in others], limit=10)
        yield f"Not part of the format and left out: {names}."
