"""Warm kernels: whatever a cell does shows as it does in a stock kernel, and each is as good as new."""

import contextlib
import os
import subprocess
import sys
from pathlib import Path

import nbformat
import papermill
import pytest
from nbformat.v4 import new_code_cell, new_notebook
from processes import wait_for

from gsanalysis.runner.canonical import tidy
from gsanalysis.runner.kernels import settled
from gsanalysis.runner.warm import host
from gsanalysis.runner.warm.engine import WarmEngine

KERNEL = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}
CELLS = {
    "print": "print('a'); import sys; print('b', file=sys.stderr); print('c', end='')",
    "much": "for n in range(2000): print(n, 'x' * 50)",
    "value": "a = 6 * 7\na",
    "nothing": "None;",
    "display": "from IPython.display import display, HTML, Markdown\ndisplay(HTML('<b>x</b>'), Markdown('**y**'))",
    "raw display": "display({'text/plain': 'x', 'application/vnd.test+json': {'ä': [1]}}, raw=True, metadata={'m': 1})",
    "update": "handle = display('one', display_id='name')\nhandle.update('two')",
    "clear": "from IPython.display import clear_output\nprint('gone')\nclear_output()\nprint('stays')",
    "frame": "import pandas as pd\npd.DataFrame({'a': [1, 2]})",
    "figure": "import matplotlib.pyplot as plt\nplt.plot([1, 2, 3])\nplt.show()",
    "figure at the end": "import matplotlib.pyplot as plt\nfig, ax = plt.subplots(figsize=(2, 1))\n_ = ax.plot([1, 2])",
    "shell": "!echo from a shell",
    "another program": "import subprocess\n_ = subprocess.run(['echo', 'from a program'])",
    "magic": "%who_ls",
    "cell magic": "%%capture caught\nprint('caught')",
    "await": "import asyncio\nawait asyncio.sleep(0)\n'waited'",
    "warning": "import warnings\nwarnings.warn('careful')",
    "name": "__name__, len(get_ipython().user_ns['In']) > 0",
    "surrogate": "print('\\udcff'.encode('utf-8', 'surrogateescape'), 'ü', '\\U0001f600')",
    "carriage return": "print('one\\rtwo')",
    "thread": "import threading\nt = threading.Thread(target=lambda: print('from a thread')); t.start(); t.join()",
}
FAILING = {
    "error": "1 / 0",
    "syntax": "if",
    "input": "input()",
    "exit": "raise SystemExit(3)",
    "after output": "print('before'); raise KeyError('k')",
}


@pytest.fixture(scope="module", autouse=True)
def own_host():
    """A host of this module's own, gone afterwards."""
    with host.start(os.environ | {"MPLBACKEND": "module://matplotlib_inline.backend_inline"}) as requests:
        WarmEngine.requests = requests
        yield
    WarmEngine.requests = None


def executed(source: str, engine: str | None, folder: Path, **options):
    notebook = new_notebook(cells=[new_code_cell(source, id="cell")], metadata={"kernelspec": KERNEL})
    out = folder / f"{engine}.ipynb"
    os.environ.pop("PYTEST_CURRENT_TEST", None)  # with it, ipykernel does not listen to other programs
    with contextlib.suppress(papermill.PapermillExecutionError):
        papermill.execute_notebook(
            notebook, out, engine_name=engine, progress_bar=False, cwd=folder, record_timing=False, **options
        )

    return tidy(nbformat.read(out, as_version=4))


def outputs_of(notebook):
    (cell,) = [cell for cell in notebook.cells if cell.id == "cell"]
    return cell.execution_count, [dict(output) for output in cell.outputs]


@pytest.mark.parametrize("name", CELLS)
def test_a_cell_shows_what_it_shows_in_a_stock_kernel(name, tmp_path):
    options = {"coalesce_streams": True}
    warm = outputs_of(executed(CELLS[name], "gsanalysis", tmp_path, **options))
    stock = outputs_of(executed(CELLS[name], None, tmp_path, **options))
    if name == "warning":  # the cell's file has the kernel's process number in its name
        assert "careful" in warm[1][0]["text"]
        assert warm[1][0]["name"] == stock[1][0]["name"] == "stderr"
        return
    assert warm == stock


@pytest.mark.parametrize("name", FAILING)
def test_a_cell_that_fails_fails_as_in_a_stock_kernel(name, tmp_path):
    def told(engine):
        outputs = outputs_of(executed(FAILING[name], engine, tmp_path, coalesce_streams=True))[1]
        return [(o["output_type"], o.get("text"), o.get("ename"), o.get("evalue")) for o in outputs]

    assert told("gsanalysis") == told(None) != []


def test_each_kernel_is_as_good_as_new(tmp_path):
    source = (
        "import os, sys, random, time, numpy, matplotlib\n"
        "left = getattr(numpy, 'left_behind', None); numpy.left_behind = 1\n"
        "width = matplotlib.rcParams['lines.linewidth']; matplotlib.rcParams['lines.linewidth'] = 99\n"
        "print(left, width, os.getcwd(), os.environ.get('TOLD'), time.tzname[0], os.getsid(0) == os.getpid())\n"
        "print(random.random())\n"
        "print(numpy.random.rand())"
    )
    seen = []
    for told, zone in (("one", "UTC"), ("two", "Asia/Tokyo")):
        os.environ.update(TOLD=told, TZ=zone)
        folder = tmp_path / told
        folder.mkdir()
        seen.append(outputs_of(executed(source, "gsanalysis", folder))[1])
        del os.environ["TOLD"], os.environ["TZ"]
    first, second = ("".join(output["text"] for output in outputs).splitlines() for outputs in seen)
    assert first[0] == f"None 1.5 {tmp_path / 'one'} one UTC True"
    assert second[0] == f"None 1.5 {tmp_path / 'two'} two JST True"
    assert first[1] != second[1]
    assert first[2] != second[2]


def test_a_user_s_settings_for_charts_decide_nothing(tmp_path, monkeypatch):
    settings = tmp_path / "home/.config/matplotlib/matplotlibrc"
    settings.parent.mkdir(parents=True)
    settings.write_text("lines.linewidth: 99\n")
    with host.start(settled(os.environ) | {"HOME": str(tmp_path / "home")}) as requests:
        monkeypatch.setattr(WarmEngine, "requests", requests)
        source = "import matplotlib; matplotlib.rcParams['lines.linewidth']"
        assert outputs_of(executed(source, "gsanalysis", tmp_path))[1][0]["data"]["text/plain"] == "1.5"


def test_when_the_host_is_gone_a_stock_kernel_takes_over(tmp_path, monkeypatch):
    gone = host.start(os.environ)
    gone.close()
    monkeypatch.setattr(WarmEngine, "requests", gone)
    assert outputs_of(executed("6 * 7", "gsanalysis", tmp_path))[1][0]["data"]["text/plain"] == "42"


def test_a_kernel_of_another_name_is_a_stock_one(tmp_path, monkeypatch):
    monkeypatch.setattr(WarmEngine, "_kernel", lambda: pytest.fail("a warm kernel was asked for"))
    with pytest.raises(Exception, match="No such kernel named another"):
        executed("1", "gsanalysis", tmp_path, kernel_name="another", language="python")


def test_papermill_finds_the_engine_by_its_name(tmp_path):
    notebook = new_notebook(cells=[new_code_cell("6 * 7", id="cell")], metadata={"kernelspec": KERNEL})
    nbformat.write(notebook, tmp_path / "in.ipynb")
    arguments = ["--engine", "gsanalysis", "in.ipynb", "out.ipynb", "--no-progress-bar"]
    subprocess.run(
        [sys.executable, "-m", "papermill", *arguments], cwd=tmp_path, check=True, capture_output=True
    )
    assert outputs_of(nbformat.read(tmp_path / "out.ipynb", as_version=4))[1][0]["data"]["text/plain"] == "42"


def test_the_host_ends_with_the_last_who_may_ask_and_takes_the_kernels_with_it():
    with host.start(os.environ) as requests, host.ask(requests) as connection:
        from gsanalysis.runner.warm.client import WarmKernel

        kernel = WarmKernel(connection, "/")
        pid = kernel._pid
        parent = int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    wait_for(lambda: not Path(f"/proc/{pid}").exists() or _is_zombie(pid))
    wait_for(lambda: _is_zombie(parent) or not Path(f"/proc/{parent}").exists())


def test_a_kernel_whose_client_is_gone_ends_with_what_it_has_started(tmp_path):
    from gsanalysis.runner.warm.client import WarmKernel

    kernel = WarmKernel(host.ask(WarmEngine.requests), str(tmp_path))
    kernel._connection.setblocking(True)
    kernel.execute(
        "import subprocess; child = subprocess.Popen(['sleep', '300']); open('pid', 'w').write(str(child.pid))"
    )
    child = int(wait_for(lambda: (tmp_path / "pid").exists() and (tmp_path / "pid").read_text()))
    kernel._connection.close()
    wait_for(lambda: _is_zombie(child) or not Path(f"/proc/{child}").exists())
    wait_for(lambda: _is_zombie(kernel._pid) or not Path(f"/proc/{kernel._pid}").exists())


def test_an_interrupt_reaches_the_cell(tmp_path):
    source = (
        "import os, signal, threading, time\n"
        "threading.Timer(0.3, os.kill, (os.getpid(), signal.SIGINT)).start()\n"
        "time.sleep(20)"
    )
    (error,) = outputs_of(executed(source, "gsanalysis", tmp_path))[1]
    assert error["ename"] == "KeyboardInterrupt"


def _is_zombie(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True
