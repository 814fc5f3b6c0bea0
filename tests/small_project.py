"""A project with two objectives and six tiny notebooks, for tests of the runner and the command line."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

PLAN = {
    "plan/plan.toml": """\
title = "A small plan"
organisation = "An office"
first_year = 2012
last_year = 2015
""",
    "plan/objectives.csv": """\
objective,title
A,Answers <in> time
B,Buildings & rooms
""",
    "plan/kpis.csv": """\
kpi,objective,text
A-K1,A,Share of answers in time
B-K1,B,Rooms in use
""",
    "plan/indicators.csv": """\
indicator,kpi,name,unit,kind,rule,target,basis
A-K1a,A-K1,Answers in time,%,number,at_least,90,plan
B-K1a,B-K1,Rooms in use,rooms,number,monitor,,plan
""",
    "measurements/2013.csv": """\
indicator,year,breakdown,value,state,reported_on,source
A-K1a,2013,,91,final,2014-03-31,Report 2013
B-K1a,2013,,7,final,2014-06-30,Report 2013
""",
    "measurements/2014.csv": """\
indicator,year,breakdown,value,state,reported_on,source
A-K1a,2014,,80,final,2015-03-31,Report 2014
""",
}

TITLE = """\
import os, time
from IPython.display import display
from gsanalysis.plan import load
def block(**content): display({"text/plain": content["type"], "application/vnd.gsanalysis.v1+json": content}, raw=True)
plan = load(data, measurements)
block(type="title", eyebrow=f"Evaluation {year}", title="Page of a test", date="2015-03-31")"""
# What a test may ask of a notebook through the environment: to be slow, to fail, to be killed.
BEHAVIOUR = """\
time.sleep(float(os.environ.get("TEST_SLOW", 0)))
if os.environ.get("TEST_FAIL") == name:
    raise ValueError("the test asked for it")
if os.environ.get("TEST_KILL") == name:
    os.kill(os.getpid(), 9)"""
FIGURES = """\
figures = plan.measurements.query("year == @year and indicator.str.startswith(@objective)")
block(type="paragraph", text=f"Values of {objective}: {', '.join(figures['value'])}.")"""
COVER = (
    TITLE[:-1]
    + """, cover=[
    {"label": "Status", "text": "Final" if final else "Draft"},
    {"label": "Prepared by", "text": prepared_by or "nobody"},
])"""
)
CHAPTERS = """\
pages = ["overview", "changes", *plan.objectives["objective"], "data-quality"]
block(type="include", pages=[{"name": page, "title": page} for page in pages])"""
YEAR = "year = 2014\n"
DATA = 'as_of = ""\ndata = ""\nmeasurements = ""'
NOTEBOOKS = {
    "objective": ['objective = "A"\n' + YEAR + DATA, TITLE, "name = objective\n" + BEHAVIOUR, FIGURES],
    "overview": [YEAR + DATA, TITLE],
    "changes": [YEAR + 'since = ""\nbefore = ""\n' + DATA, TITLE],
    "data-quality": [YEAR + 'data = ""\nmeasurements = ""', TITLE],  # it takes no as-of date
    "report": [
        YEAR + DATA + '\nprepared_by = ""\nfinal = False',
        COVER,
        'name = "report"\n' + BEHAVIOUR,
        CHAPTERS,
    ],
    "period": [DATA, 'year = "2012 to 2015"\n' + TITLE, 'name = "period"\n' + BEHAVIOUR],
}


def make_project(folder: Path) -> Path:
    """Write data and notebooks into the folder."""
    write_data(folder / "data")
    (folder / "notebooks").mkdir(parents=True)
    for name, sources in NOTEBOOKS.items():
        cells = [new_code_cell(source, id=f"cell-{n}") for n, source in enumerate(sources)]
        cells[0].metadata["tags"] = ["parameters"]
        heading = new_markdown_cell("# For the analyst", id="heading", metadata={"tags": ["hide"]})
        kernel = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}
        notebook = new_notebook(cells=[heading, *cells], metadata={"kernelspec": kernel})
        nbformat.write(notebook, folder / "notebooks" / f"{name}.ipynb")
    return folder


def write_data(folder: Path) -> Path:
    for name, text in PLAN.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def command(*arguments: object, cwd: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `python -m gsanalysis` in the folder, and give its exit code and what it printed."""
    return subprocess.run(
        [sys.executable, "-m", "gsanalysis", *map(str, arguments)],
        cwd=cwd,
        env=os.environ | environment,
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


def start(folder: Path, *arguments: str, **environment: str) -> subprocess.Popen[str]:
    """Start a run of 2013 that Ctrl-C interrupts, also where the tests run in the background, which ignores it."""
    return subprocess.Popen(
        [sys.executable, "-m", "gsanalysis", "run", "--year", "2013", *arguments],
        cwd=folder,
        env=os.environ | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),  # noqa: PLW1509
    )


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below the folder with its bytes, but for the lock."""
    files = (path for path in folder.rglob("*") if path.is_file() and path.name != ".lock")
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
