"""`init` writes a plan folder that works at once, and that becomes another plan piece by piece."""

import csv
from pathlib import Path

import pytest
from small_project import command, contents

from gsanalysis import Evaluation, UsageError, assess, check, explain, load
from gsanalysis.dictionary import as_text, datapackage
from gsanalysis.exchange import start as starting
from gsanalysis.exchange.start import start
from gsanalysis.schema import TABLES

RULES_SHOWN = {"increase", "at_least", "at_most", "monitor", "yes", "by_date", "level"}


@pytest.fixture
def begun(tmp_path: Path) -> Path:
    start(tmp_path / "plan of ours")
    return tmp_path / "plan of ours"


def test_a_new_folder_passes_check_at_once_without_a_warning(begun):
    assert check(begun) == []


def test_it_says_which_files_it_has_written_and_what_to_read_first(tmp_path):
    folder = tmp_path / "new"
    written = start(folder)
    assert written[0] == folder / "README.md"
    assert {path.relative_to(folder).as_posix() for path in written} == set(contents(folder))


def test_every_measurement_of_the_example_is_called_illustrative(begun):
    plan = load(begun)
    with_value = plan.measurements[plan.measurements["value"] != ""]
    assert set(with_value["state"]) == {"illustrative"}
    assert all("nvented" in source for source in plan.measurements["source"])
    assert "invented" in plan.organisation


def test_the_example_shows_the_commonest_rules_and_cases(begun):
    plan = load(begun)
    indicators, rows = plan.indicators, plan.measurements
    assert set(indicators["rule"]) >= RULES_SHOWN
    assert set(indicators["breakdowns"]) == {"", "sum", "each"}
    assert set(indicators["target"]) & set(indicators["indicator"])  # a reference
    assert {"not_applicable", "not_collected"} <= set(rows["state"])
    assert (rows["responses"] != "").any() and (rows["invited"] != "").any()
    assert rows.duplicated(["indicator", "year", "breakdown"]).any()  # a correction
    assert len(plan.commentary) and len(plan.links)


def test_the_example_is_rated_in_many_ways_and_explained(begun):
    plan = load(begun)
    found = {rating for year in (2024, 2025) for rating in assess(plan, year)["rating"]}
    assert found >= {"achieved", "on_track", "at_risk", "off_track", "no_data", "not_yet_due", "monitored"}
    for code in plan.indicators["indicator"]:
        assert explain(plan, 2025, code)


def test_the_readme_names_codes_years_and_files_that_are_there(begun):
    text = (begun / "README.md").read_text(encoding="utf-8")
    rows = load(begun).measurements.query("year == 2025")
    for code, state in (("O1-K3a", "not_applicable"), ("O2-K3a", "not_collected")):
        assert f"{code} of 2025" in text
        assert state in set(rows.loc[rows["indicator"] == code, "state"])
    assert (rows["indicator"] == "O1-K2a").sum() == 2
    assert "gsanalysis check --data DIR" in text


def test_every_column_stands_in_the_example_so_that_other_programs_find_what_is_described(begun):
    for table in TABLES.values():
        for path in begun.glob(f"{table.path}/*.csv" if table.by_year else table.path):
            header = path.read_text(encoding="utf-8").splitlines()[0]
            assert header.split(",") == table.names


def test_the_description_for_other_programs_is_that_of_the_files(begun):
    assert (begun / "datapackage.json").read_text(encoding="utf-8") == as_text(datapackage(begun))


def test_two_folders_have_the_same_bytes_wherever_they_lie(tmp_path):
    start(tmp_path / "one")
    start(tmp_path / "two" / "deep" / "below")
    assert contents(tmp_path / "one") == contents(tmp_path / "two" / "deep" / "below")


def test_an_empty_folder_is_filled_and_stays_the_same_folder(tmp_path):
    place = tmp_path / "empty"
    place.mkdir()
    before = place.stat().st_ino
    start(place)
    assert place.stat().st_ino == before
    assert check(place) == []


@pytest.mark.parametrize("name", ["a file", ".hidden", "plan"])
def test_a_folder_that_is_not_empty_is_refused_and_left_alone(tmp_path, name):
    place = tmp_path / "mine"
    place.mkdir()
    (place / name).write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="not empty"):
        start(place)
    assert contents(tmp_path) == {f"mine/{name}": b"mine"}


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path):
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="is a file"):
        start(tmp_path / "file")


@pytest.mark.parametrize("there", [True, False])
def test_a_disk_that_fills_up_leaves_nothing_behind(tmp_path, monkeypatch, there):
    place = tmp_path / "new"
    if there:
        place.mkdir()

    def full(_: Path) -> dict[str, object]:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(starting, "datapackage", full)
    with pytest.raises(OSError, match="No space left"):
        start(place)
    assert [*tmp_path.rglob("*")] == ([place] if there else [])


def test_a_move_that_fails_half_way_takes_back_what_was_moved(tmp_path, monkeypatch):
    place = tmp_path / "new"
    place.mkdir()
    rename = Path.rename

    def stumbling(self: Path, target: Path) -> Path:
        if self.name == "measurements":
            raise OSError(5, "Input/output error")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", stumbling)
    with pytest.raises(OSError, match="Input/output"):
        start(place)
    assert [*tmp_path.rglob("*")] == [place]


# ---------------------------------------------------------------- a plan of another shape

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZÅÄÖÉ"
FRENCH = "Objectif n° {n} : services « {code} » – qualité, délais & coûts"


def code_of(n: int) -> str:
    """A code of each form that the contract allows: "A", "axe_2", "Å.3", "é-élan"."""
    letter = LETTERS[n]
    return (letter, f"axe_{n}", f"{letter}.{n}", f"{letter.lower()}-élan")[n % 4]


def replace_by_a_plan_of_another_shape(folder: Path) -> list[str]:
    """Put 30 objectives of the 1990s, in French, in the place of the example, as its README says."""
    codes = [code_of(n) for n in range(30)]
    (folder / "plan/plan.toml").write_text(
        'title = "Plan d’action 1991–1999"\norganisation = "Ville de Néant"\nlanguage = "fr"\n'
        "first_year = 1991\nlast_year = 1999\n",
        encoding="utf-8",
    )
    for name in ("outputs", "expected_results", "links"):
        (folder / f"plan/{name}.csv").unlink()
    for path in [*folder.glob("measurements/*.csv"), *folder.glob("commentary/*/*.md")]:
        path.unlink()
    (folder / "datapackage.json").unlink()
    with_kpi = [code for code in codes if code != codes[7]]
    write(
        folder,
        "plan/objectives.csv",
        [
            {"objective": code, "title": FRENCH.format(n=n, code=code)}
            for n, code in enumerate(codes, start=1)
        ],
    )
    write(
        folder,
        "plan/kpis.csv",
        [
            {"kpi": f"{code}.kpi", "objective": code, "text": "Délai moyen, en jours ; « le plus court »"}
            for code in with_kpi
        ],
    )
    write(
        folder,
        "plan/indicators.csv",
        [
            {
                "indicator": f"{code}.kpi.1",
                "kpi": f"{code}.kpi",
                "name": "Délai moyen",
                "unit": "jours",
                "kind": "number",
                "rule": "at_most",
                "target": "10",
                "tolerance": "0.2",
                "basis": "plan",
            }
            for code in with_kpi
        ],
    )
    for year in (1991, 1992):
        write(
            folder,
            f"measurements/{year}.csv",
            [
                {
                    "indicator": f"{code}.kpi.1",
                    "year": year,
                    "value": 8 + n % 6,
                    "state": "final",
                    "reported_on": f"{year + 1}-02-28",
                    "source": "Rapport annuel",
                }
                for n, code in enumerate(with_kpi)
            ],
        )
    return codes


def write(folder: Path, name: str, rows: list[dict[str, object]]) -> None:
    with (folder / name).open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)


def test_a_plan_of_another_shape_takes_the_place_of_the_example(begun):
    codes = replace_by_a_plan_of_another_shape(begun)
    assert check(begun) == []
    plan = load(begun)
    assert list(plan.objectives["objective"]) == codes
    evaluation = Evaluation(plan, 1992)
    ratings = evaluation.objectives.set_index("objective")
    assert ratings.loc[codes[7], "ratable"] == 0
    assert ratings.loc[codes[0], "achieved"] == 1
    assert ratings["off_track"].sum() + ratings["at_risk"].sum() + ratings["achieved"].sum() == 29
    assert any("10 jours" in sentence for sentence in explain(plan, 1992, f"{codes[3]}.kpi.1"))


def test_pages_are_made_of_a_plan_of_another_shape_also_of_an_objective_without_kpis(begun, tmp_path):
    codes = replace_by_a_plan_of_another_shape(begun)
    root = Path(__file__).parents[1]
    done = command(
        *("run", "--year", "1992", "--objective", codes[7], codes[2], "--format", "html"),
        *("--data", begun, "--out", tmp_path / "pages", "--jobs", "2"),
        cwd=root,
    )
    assert done.returncode == 0, done.stderr
    with_kpi = (tmp_path / f"pages/1992/{codes[2]}.html").read_text(encoding="utf-8")
    without = (tmp_path / f"pages/1992/{codes[7]}.html").read_text(encoding="utf-8")
    assert "Ville de Néant" in with_kpi and "Délai moyen" in with_kpi
    assert codes[7] in without
