"""What a run makes anew and what it keeps: whatever it keeps has the bytes that a full run would make."""

import json
import os
import re
import shutil
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from small_project import command, contents, make_project

import gsanalysis
from gsanalysis.runner.book import Outline
from gsanalysis.runner.manifest import describe
from gsanalysis.runner.outputs import locked
from gsanalysis.runner.sources import ALWAYS, notebook_key, page_key, sha256
from gsanalysis.runner.standing import Standing

YEAR = {f"2013 {page}" for page in ("A", "B", "overview", "changes", "data-quality", "report")}
PERIOD = {"2012-2015 period"}
ALL = YEAR | PERIOD
NOTHING: set[str] = set()
BOTH = ["html", "pdf"]
ONE = {"2013 A", "2013 report"}
RUN = ("run", "--year", "2013")
Edit = Callable[[Path], object]


@dataclass(frozen=True)
class Run:
    """A finished run, and what its log says."""

    exit_code: int
    events: list[dict[str, object]]

    def of(self, event: str) -> dict[str, dict[str, object]]:
        return {str(said["notebook"]): said for said in self.events if said["event"] == event}

    @property
    def executed(self) -> set[str]:
        return {label for label, said in self.of("made").items() if said["executed"]}

    @property
    def rendered(self) -> dict[str, object]:
        return {label: said["rendered"] for label, said in self.of("made").items() if said["rendered"]}


def run(project: Path, *options: str, **environment: str) -> Run:
    log = project.with_name("log.jsonl")
    log.unlink(missing_ok=True)
    done = command(*RUN, *options, "--log", log, cwd=project, **environment)
    assert "Traceback" not in done.stderr, done.stderr
    return Run(done.returncode, [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()])


def forced(project: Path, *options: str, **environment: str) -> tuple[int, dict[str, bytes]]:
    """The exit code of a full run over a copy of the project as it stands, and what is then in the folder."""
    twin = Path(shutil.copytree(project, project.with_name("twin"), symlinks=True))
    exit_code = command(*RUN, *options, "--force", cwd=twin, **environment).returncode
    made = contents(twin / "outputs")
    shutil.rmtree(twin)
    return exit_code, made


def fresh(project: Path, *options: str) -> dict[str, bytes]:
    """What a full run makes where nothing is."""
    out = project.with_name("fresh")
    assert command(*RUN, *options, "--out", out, cwd=project).returncode == 0
    made = contents(out)
    shutil.rmtree(out)
    return made


def write(name: str, text: str) -> Edit:
    def edit(project: Path) -> None:
        (project / name).parent.mkdir(parents=True, exist_ok=True)
        (project / name).write_text(text, encoding="utf-8", newline="")

    return edit


def put(name: str, old: str, new: str) -> Edit:
    def edit(project: Path) -> None:
        if (project / name).exists():
            text = (project / name).read_text(encoding="utf-8")
            write(name, text.replace(old, new))(project)

    return edit


def append(name: str, text: str) -> Edit:
    def edit(project: Path) -> None:
        if (project / name).exists():
            with (project / name).open("ab") as file:
                file.write(text.encode())

    return edit


def remove(name: str) -> Edit:
    def edit(project: Path) -> None:
        path = project / name
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)

    return edit


def link_data(project: Path) -> None:
    """Another folder with another figure, behind a link where the data were."""
    (project / "data").rename(project / "elsewhere")
    (project / "data").symlink_to("elsewhere")
    FIGURE(project)


def own_measurements(project: Path) -> None:
    shutil.copytree(project / "data/measurements", project / "own", dirs_exist_ok=True)


def edit_notebook(project: Path) -> None:
    put("notebooks/overview.ipynb", "For the", "For only the")(project)


def touch_all(project: Path) -> None:
    for path in [*project.glob("data/*/*"), *project.glob("notebooks/*")]:
        os.utime(path, (1, 1))


FIGURES, OUT = "data/measurements/2013.csv", "outputs/2013/"
FIGURE = put(FIGURES, ",91,", ",92,")
NOTE = "## A-K1\n\nA sentence.\n"
CHANGED, GONE = "changed: ", "its pages are gone, were changed or are rendered in another way"
NEW = "indicator,year,breakdown,value,state,reported_on,source\nA-K1a,2015,,70,final,2016-03-31,Report 2015\n"
# The change, options, which notebooks are executed and which rendered again, and the reason that the log gives.
CASES: dict[str, tuple[Edit, tuple[str, ...], set[str], set[str], str]] = {
    "a figure": (FIGURE, (), ALL, ONE, CHANGED + "measurements/2013.csv"),
    "a figure behind a link": (link_data, (), ALL, ONE, CHANGED + "measurements/2013.csv"),
    "line ends": (put(FIGURES, "\n", "\r\n"), (), ALL, NOTHING, CHANGED + "measurements/2013.csv"),
    "another year's file": (write("data/measurements/2015.csv", NEW), (), ALL, NOTHING, CHANGED + "meas"),
    "a file of figures less": (remove("data/measurements/2014.csv"), (), ALL, NOTHING, CHANGED + "meas"),
    "a target": (put("data/plan/indicators.csv", ",90,", ",95,"), (), ALL, NOTHING, CHANGED + "plan/ind"),
    "the title": (put("data/plan/plan.toml", "small", "big"), (), ALL, NOTHING, CHANGED + "plan/plan.toml"),
    "a comment": (write("data/commentary/2013/A.md", NOTE), (), ALL, NOTHING, CHANGED + "commentary/2013/A"),
    "an analyst's own notebook": (write("notebooks/mine.ipynb", "{}"), (), NOTHING, NOTHING, ""),
    "a self-rating": (
        write("data/self_ratings/2013.csv", "kpi,rating,author,date\nA-K1,achieved,Me,2014-02-01\n"),
        (),
        ALL,
        NOTHING,
        CHANGED + "self_ratings/2013.csv",
    ),
    "a notebook": (edit_notebook, (), ALL, {"2013 overview", "2013 report"}, CHANGED + "overview.ipynb"),
    "an author": (touch_all, ("--prepared-by", "Me"), {"2013 report"}, {"2013 report"}, "other parameters"),
    "a final report": (touch_all, ("--final",), {"2013 report"}, {"2013 report"}, "other parameters"),
    "an as-of date": (touch_all, ("--as-of", "2014-05-01"), ALL, ALL, "no manifest of an earlier run"),
    "other figures": (own_measurements, ("--measurements", "own"), ALL, ALL, "other parameters"),
    "the data named": (touch_all, ("--data", "data"), ALL, ALL, "other parameters"),
    "a page gone": (remove(OUT + "A.html"), (), NOTHING, {"2013 A"}, GONE),
    "a page edited": (append(OUT + "A.pdf", "x"), (), NOTHING, {"2013 A"}, GONE),
    "the report gone": (remove(OUT + "report.pdf"), (), NOTHING, {"2013 report"}, GONE),
    "a result gone": (remove(OUT + "A.ipynb"), (), {"2013 A"}, NOTHING, "A.ipynb is gone or was changed"),
    "a result edited": (append(OUT + "A.ipynb", " "), (), {"2013 A"}, NOTHING, "A.ipynb is gone"),
    "a table gone": (remove(OUT + "kpis.csv"), (), NOTHING, NOTHING, ""),
    "the index edited": (append(OUT + "index.html", "x"), (), NOTHING, NOTHING, ""),
    "no manifest": (remove(OUT + "manifest.json"), (), YEAR, YEAR, "no manifest of an earlier run"),
    "manifest edited": (put(OUT + "manifest.json", "2013", "2012"), (), YEAR, YEAR, "no manifest"),
    "a year gone": (remove("outputs/2013"), (), YEAR, YEAR, "no manifest of an earlier run"),
    "the period gone": (remove("outputs/2012-2015"), (), PERIOD, PERIOD, "no manifest of an earlier run"),
    "a failure": (write(OUT + "A.failed.ipynb", "{}"), (), {"2013 A"}, NOTHING, "it failed the last time"),
    "no lock": (remove("outputs/.lock"), (), NOTHING, NOTHING, ""),
    "nothing but dates": (touch_all, (), NOTHING, NOTHING, ""),
}


@pytest.mark.parametrize("case", CASES)
def test_what_depends_on_a_change_is_made_anew_and_the_bytes_are_those_of_a_full_run(copied, case):
    edit, options, executed, rendered, why = CASES[case]
    edit(copied)
    full = forced(copied, *options)
    done = run(copied, *options)
    assert (done.exit_code, contents(copied / "outputs")) == full
    assert done.executed == executed
    assert set(done.rendered) == rendered
    assert {*done.of("made"), *done.of("kept")} == ALL
    assert all(str(done.of("made")[label]["why"]).startswith(why) for label in executed or rendered)


OLD = put(FIGURES, ",92,", ",91,")
LATER = append(FIGURES, "A-K1a,2013,,93,final,2015-06-30,Correction\n")
STEPS = {name: case[0] for name, case in CASES.items() if case[0] is not link_data}
STEPS |= {"the old figure": OLD, "a later figure": LATER}
OPTIONS = [option.split() for option in ("", "--final", "--as-of 2014-05-01", "--objective A", "--year 2014")]


@pytest.fixture(scope="module")
def in_html(tmp_path_factory):
    """A project whose reports of 2013 were made in HTML only; for tests that only read."""
    folder = make_project(tmp_path_factory.mktemp("in_html") / "project")
    assert command(*RUN, "--format", "html", cwd=folder).returncode == 0
    return folder


QUICK = settings(
    max_examples=8, phases=[Phase.explicit, Phase.generate], suppress_health_check=[*HealthCheck]
)


@QUICK  # shrinking would take minutes
@given(st.lists(st.tuples(st.sampled_from(sorted(STEPS)), st.sampled_from(OPTIONS)), min_size=1, max_size=3))
def test_whatever_changes_one_after_the_other_the_bytes_are_those_of_a_full_run(in_html, tmp_path, steps):
    project = Path(shutil.copytree(in_html, tmp_path / "changed"))
    try:
        for number, (name, options) in enumerate(steps, start=1):
            STEPS[name](project)
            full = forced(project, "--format", "html", *options)
            done = run(project, "--format", "html", *options)
            assert (done.exit_code, contents(project / "outputs")) == full, steps[:number]
        for name, content in fresh(project, "--format", "html").items() if not options else ():
            if not name.endswith(
                ("index.html", "manifest.json")
            ):  # these speak of the editions that were kept
                assert (project / "outputs" / name).read_bytes() == content, name
    finally:
        shutil.rmtree(project)


@pytest.fixture
def package(tmp_path):
    """A folder for PYTHONPATH with a copy of the package that a test may change."""
    source = Path(gsanalysis.__file__).parent
    shutil.copytree(source, tmp_path / "lib/gsanalysis", ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path / "lib"


OTHER_WORDS = """
_written = to_csv_text
def to_csv_text(table): return _written(table).replace("achieved", "reached")
"""
METADATA = "Metadata-Version: 2.1\nName: mistune\nVersion: 99.0\n"
CODE = {
    "gsanalysis/rating/rate.py": ("\n# a word\n", ALL, False, "changed: the package"),
    "gsanalysis/exporters/templates/page.css": ("\nbody { margin: 1px }\n", NOTHING, True, GONE),
    "gsanalysis/exporters/templates/page.typ": ("\n// a word\n", NOTHING, True, GONE),
    "gsanalysis/runner/templates/index.html.j2": ("<!-- a word -->\n", ALL, True, "changed: the package"),
    "mistune-99.0.dist-info/METADATA": (METADATA, ALL, True, "changed: mistune"),
}


@pytest.mark.parametrize("file", CODE)
def test_changed_code_executes_and_changed_templates_only_render(project, package, file):
    text, executed, rendered, why = CODE[file]
    path = {"PYTHONPATH": str(package)}
    assert run(project, **path).executed == ALL
    (package / file).parent.mkdir(exist_ok=True)
    with (package / file).open("a", encoding="utf-8") as changed:
        changed.write(text)
    full = forced(project, **path)
    done = run(project, **path)
    assert (done.exit_code, contents(project / "outputs")) == full
    assert done.executed == executed
    assert done.rendered == (dict.fromkeys(ALL, BOTH) if rendered else {})
    assert {said["why"] for said in done.of("made").values()} == {why}
    assert set(run(project, **path).of("kept")) == ALL


def test_tables_follow_the_code_that_rates(project, package):
    path = {"PYTHONPATH": str(package)}
    run(project, "--objective", "A", **path)
    append("gsanalysis/rating/rate.py", OTHER_WORDS)(package)
    assert run(project, "--objective", "A", **path).rendered == {}
    assert "reached" in (project / OUT / "indicators.csv").read_text(encoding="utf-8")


SOURCES = {
    "inputs": {"plan/plan.toml": "1"},
    "notebooks": {"objective.ipynb": "2"},
    "package": {"sha256": "3", "notebooks": "4", "pages": "5"},
    **{part: {part: "6"} for part in ALWAYS},
}
BY_KEY = [("inputs", True, False), ("notebooks", True, False), *((part, True, True) for part in ALWAYS)]
BY_KEY += [
    ("package.notebooks", True, False),
    ("package.pages", False, True),
    ("package.sha256", False, False),
]


@pytest.mark.parametrize(("part", "executes", "renders"), BY_KEY)
def test_each_source_decides_what_it_can_change(part, executes, renders):
    name, _, own = part.partition(".")
    other = SOURCES | {name: {**SOURCES[name], own or "new": "7"}}
    assert (notebook_key(other) != notebook_key(SOURCES)) is executes
    assert (page_key(other, ["8"]) != page_key(SOURCES, ["8"])) is renders
    assert page_key(SOURCES, ["8"]) != page_key(SOURCES, ["9"])


def test_the_log_says_which_source_has_changed(tmp_path):
    (tmp_path / "A.ipynb").write_text("{}")
    outputs = {"A.ipynb": {"sha256": sha256(tmp_path / "A.ipynb"), "made_from": notebook_key(SOURCES)}}
    (tmp_path / "manifest.json").write_text(describe({}, SOURCES, {"A": {"year": 2013}}, outputs, []))
    changed = SOURCES | {"inputs": {"plan/plan.toml": "7"}, "python": "8"}
    assert Standing(tmp_path, SOURCES).why_execute("A", {"year": 2013}) == ""
    assert Standing(tmp_path, SOURCES).why_execute("A", {"year": 2014}) == "other parameters"
    assert Standing(tmp_path, SOURCES).why_execute("B", {}) == "it was not made before"
    why = Standing(tmp_path, changed).why_execute("A", {"year": 2013})
    assert why == "changed: plan/plan.toml and Python"
    (tmp_path / "A.ipynb").write_text("{ }")
    assert Standing(tmp_path, SOURCES).why_execute("A", {"year": 2013}) == "A.ipynb is gone or was changed"
    (tmp_path / "A.failed.ipynb").write_text("{}")
    assert Standing(tmp_path, SOURCES).why_execute("A", {"year": 2013}) == "it failed the last time"
    (tmp_path / "manifest.json").unlink()
    assert Standing(tmp_path, SOURCES).why_execute("A", {"year": 2013}) == "no manifest of an earlier run"


def test_force_makes_all_and_leaves_equal_files_alone(copied):
    before = {path: path.stat() for path in copied.glob("outputs/**/*") if path.is_file()}
    done = run(copied, "--force")
    assert done.executed == ALL
    assert done.rendered == dict.fromkeys(ALL, BOTH)
    assert {said["why"] for said in done.of("made").values()} == {"--force"}
    for path, old in before.items():
        assert (path.stat().st_ino, path.stat().st_mtime_ns) == (old.st_ino, old.st_mtime_ns), path


SLOW = {
    "pandas",
    "numpy",
    "matplotlib",
    "nbconvert",
    "nbformat",
    "papermill",
    "typst",
    "jinja2",
}


def imported(project: Path, *arguments: str) -> set[str]:
    done = command(*arguments, cwd=project, PYTHONPROFILEIMPORTTIME="1")
    assert done.returncode == 0
    return set(re.findall(r"^import time:.*\| +([\w.]+)$", done.stderr, re.M))


def test_nothing_to_do_imports_nothing_slow(copied):
    assert imported(copied, "assess", "--year", "2013") & SLOW >= {"pandas", "numpy"}  # the look works
    for arguments in (("--help",), RUN, (*RUN, "--objective", "A", "--format", "html")):
        assert imported(copied, *arguments) & SLOW == set(), arguments


def test_nothing_to_do_is_not_said_while_another_run_is_at_work(copied):
    with locked(copied / "outputs"):
        done = run(copied)
    assert done.exit_code == 4
    assert [said["event"] for said in done.events] == ["started", "ended"]
    assert done.events[1]["exit_code"] == 4


OBJECTIVES, MEASURED = "data/plan/objectives.csv", Outline(2012, 2015, ("A", "B"), 2014)
OUTLINES: list[tuple[Edit, Outline | None]] = [
    (touch_all, MEASURED),
    (write(OBJECTIVES, "\ufeff objective , title\r\n A ,Answers\r\n\r\n B ,Buildings\r\n"), MEASURED),
    (write("data/measurements/2015.csv", NEW[: NEW.index("A-K1a")] + ",,,,,,\n"), MEASURED),
    (write("data/measurements/2016.csv", NEW), MEASURED),
    (write("data/plan/plan.toml", "first_year = "), None),
    (write("data/plan/plan.toml", 'first_year = "2012"\nlast_year = "2015"'), None),
    (remove("data/plan/plan.toml"), None),
    (remove(OBJECTIVES), None),
    (write(OBJECTIVES, ""), None),
    (write(OBJECTIVES, "code,title\nA,Answers\n"), None),
    (write(OBJECTIVES, 'objective,title\nA,"Answers\n'), None),
    (write("data/measurements/new.csv", NEW), None),
]


@pytest.mark.parametrize(("edit", "expected"), OUTLINES)
def test_the_outline_is_the_plan_s_or_none(project, edit, expected):
    edit(project)
    assert Outline.read(project / "data", project / "data/measurements") == expected


HTML, ONLY_A = ("--format", "html"), ("--objective", "A")
STALE: dict[str, tuple[Edit, tuple[str, ...]]] = {
    "a page of a format that is not asked for is gone": (remove(OUT + "A.pdf"), HTML),
    "a page of a format that is not asked for was edited": (append(OUT + "A.pdf", "x"), HTML),
    "a page of another objective is gone": (remove(OUT + "B.html"), ONLY_A),
    "a file that the data folder may not have, in the plan": (write("data/plan/more.txt", "x"), ()),
    "a file that the data folder may not have, a year": (write("data/measurements/2015.txt", "x"), ()),
    "a file where a folder of comments should be": (write("data/commentary/2013.md", "x"), ()),
    "a folder where comments should be": (write("data/commentary/2013/A.md/empty", ""), ()),
    "a lock of Emacs": (lambda folder: (folder / "data/plan/.#kpis.csv").symlink_to("me@host.1:2"), ()),
}


@pytest.mark.parametrize("case", STALE)
def test_nothing_stale_is_left_beside_what_is_asked_for(copied, case):
    edit, options = STALE[case]
    edit(copied)
    full = forced(copied, *options)
    done = run(copied, *options)
    assert (done.exit_code, contents(copied / "outputs")) == full
    assert full[0] != 4


def test_an_edition_without_its_index_is_not_in_the_list(copied):
    run(copied, *HTML, "--as-of", "2014-05-01")
    run(copied)
    remove(OUT + "editions/2014-05-01/index.html")(copied)
    full = forced(copied)
    assert (run(copied).exit_code, contents(copied / "outputs")) == full


def test_a_page_of_changes_since_another_day_than_the_table_is_marked(copied):
    assert run(copied, "--objective", "A", "--since", "2013-12-31").exit_code == 0
    index = (copied / OUT / "index.html").read_text(encoding="utf-8")
    for page in ("changes", "report"):  # the report takes it in
        after = index.partition(f'<a href="{page}.html"')[2].partition("</a>")[2]
        assert after.lstrip().startswith('<span class="earlier">as of an earlier run')
    assert index.count("earlier run") == 6  # two pages in three formats
    assert run(copied, "--since", "2013-12-31").executed == {"2013 changes"}
    assert "earlier run" not in (copied / OUT / "index.html").read_text(encoding="utf-8")


def test_pages_that_are_up_to_date_again_are_not_marked_as_of_an_earlier_run(copied):
    for edit in (FIGURE, OLD):
        edit(copied)
        run(copied, *HTML)
    run(copied)
    assert "earlier run" not in (copied / OUT / "index.html").read_text(encoding="utf-8")


def test_what_was_read_while_the_data_were_changed_for_a_moment_is_not_put_in_place(copied):
    before = contents(copied / "outputs")
    waiting = r"import os, time\nwhile not os.path.exists(\"go\"): time.sleep(0.02)\n"
    for notebook in copied.glob("notebooks/*.ipynb"):
        put(f"notebooks/{notebook.name}", r"import os, time\n", waiting)(copied)
    with ThreadPoolExecutor() as threads:
        first = threads.submit(run, copied)
        while not list(copied.glob("outputs/.staging-*/2013")):  # the data are loaded and hashed
            assert not first.done()
            time.sleep(0.02)
        put(FIGURES, ",91,", ",99,")(copied)
        write("go", "")(copied)
        spoilt = first.result()
    assert spoilt.exit_code == 3
    assert contents(copied / "outputs") == before
    assert {said["folder"] for said in spoilt.events if said["event"] == "spoilt"} == {
        *("outputs/2012-2015", "outputs/2013")
    }
    put(FIGURES, ",99,", ",91,")(copied)
    full = forced(copied)
    assert (run(copied).exit_code, contents(copied / "outputs")) == full
