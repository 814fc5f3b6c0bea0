"""What we export as a Data Package, and what `init` describes, is accepted by `frictionless validate`."""

import subprocess
import sys
from pathlib import Path

import pytest
from clean_folder import write_clean_folder
from random_plans import seeded_package

from gsanalysis.exchange.package import write_package
from gsanalysis.exchange.start import start

ROOT = Path(__file__).parents[2]
FOLDERS = [ROOT / "data", ROOT / "data/illustrative", ROOT / "tests/cases/plan-a"]
HOSTILE = [
    "'it; is'; 'so' | or | not",
    'He said ""yes""; ""no""',
    "=1+1\r\nsecond; line",
    "a\tb\tc",
    "😀 ﷽ \u202e",
]


def problems(path: Path) -> list[object]:
    from frictionless import validate

    report = validate(str(path))
    return [*report.errors, *report.flatten(["name", "rowNumber", "fieldName", "message"])]


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
@pytest.mark.parametrize("name", ["folder/datapackage.json", "package.zip"])
def test_a_package_is_accepted(tmp_path, folder, name):
    out = tmp_path / name
    write_package(folder, None, out if out.suffix == ".zip" else out.parent)
    assert problems(out) == []


def test_the_command_accepts_it_too(tmp_path):
    write_package(ROOT / "data", None, tmp_path / "out")
    command = [sys.executable, "-m", "frictionless", "validate", "datapackage.json"]
    done = subprocess.run(command, cwd=tmp_path / "out", capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("folder", ["data"])
def test_the_committed_description_is_accepted(folder):
    assert problems(ROOT / folder / "datapackage.json") == []


def test_a_new_plan_folder_is_accepted(tmp_path):
    start(tmp_path / "new")
    assert problems(tmp_path / "new/datapackage.json") == []


@pytest.mark.parametrize("seed", range(15))
def test_random_plans_are_accepted(tmp_path, seed):
    write_package(seeded_package(seed).write(tmp_path / "data"), None, tmp_path / "out")
    assert problems(tmp_path / "out/datapackage.json") == []


@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_that_misleads_guesses_at_the_separator_is_accepted(tmp_path, text):
    """Without a dialect in the description frictionless takes the first of these for cells parted by something else."""
    data = write_clean_folder(tmp_path / "data")
    (data / "plan/objectives.csv").write_bytes(f'objective,title\nO1,"{text}"\nO2,"{text}"\n'.encode())
    write_package(data, None, tmp_path / "out")
    assert problems(tmp_path / "out/datapackage.json") == []


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("measurements/2013.csv", ",final,", ",finale,"),
        ("measurements/2012.csv", "O1-K1a,2012", "O9-K1a,2012"),
        ("plan/kpis.csv", "O1-K2,O1", "O1-K1,O1"),
        ("plan/indicators.csv", "O2-K1,Spending", "O9-K1,Spending"),
    ],
)
def test_frictionless_finds_what_is_wrong_with_a_package(tmp_path, name, before, after):
    write_package(write_clean_folder(tmp_path / "data"), None, tmp_path / "out")
    path = tmp_path / "out" / name
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    assert before in text
    assert problems(tmp_path / "out/datapackage.json") != []
