"""The explorer in JupyterLab: an analyst picks an indicator, moves a target, and sees what becomes of the rating."""

import contextlib
import hashlib
import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from page_checks import AXE
from playwright.sync_api import expect

ROOT = Path(__file__).parents[2]
PATIENCE = 60_000  # milliseconds for JupyterLab and its kernel to start on a busy machine
QUIET = '{"fetchNews": "false", "checkForUpdates": false}'  # JupyterLab asks on its first start


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """JupyterLab on a copy of the notebooks and the invented data: its address and its folder."""
    folder, own = tmp_path_factory.mktemp("project"), tmp_path_factory.mktemp("jupyter")
    shutil.copytree(ROOT / "notebooks", folder / "notebooks", ignore=shutil.ignore_patterns(".*"))
    shutil.copytree(ROOT / "data" / "illustrative", folder / "data")
    settings = own / "settings/@jupyterlab/apputils-extension/notification.jupyterlab-settings"
    settings.parent.mkdir(parents=True)
    settings.write_text(QUIET, encoding="utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    names = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR")
    places = {name: str(own / name.lower()) for name in names}
    places |= {"JUPYTERLAB_SETTINGS_DIR": str(own / "settings"), "JUPYTERLAB_WORKSPACES_DIR": str(own / "ws")}
    options = {
        "ServerApp.port": port,
        "ServerApp.port_retries": 0,
        "ServerApp.ip": "127.0.0.1",
        "ServerApp.root_dir": folder,
        "ServerApp.allow_root": True,
        "ServerApp.open_browser": False,
        "IdentityProvider.token": "",
        "ServerApp.disable_check_xsrf": True,
    }
    command = [sys.executable, "-m", "jupyter", "lab", *(f"--{name}={is_}" for name, is_ in options.items())]
    with (own / "log").open("w", encoding="utf-8") as log:
        server = subprocess.Popen(command, cwd=folder, env=os.environ | places, stdout=log, stderr=log)
        try:
            _wait_for(server, port)
            yield f"http://127.0.0.1:{port}/lab/tree/notebooks/explore.ipynb", folder
        finally:
            server.terminate()
            server.wait(timeout=30)


@pytest.fixture(scope="module")
def explorer(chromium, lab):
    """The notebook after “Run All Cells”; what the page asked for and complained about is noted on it."""
    address, _ = lab
    chromium.set_offline(False)  # for this machine alone: what was asked elsewhere is looked at
    page = chromium.new_page()
    page.asked, page.complaints = [], []
    page.on("request", lambda request: page.asked.append(request.url))
    page.on("console", lambda said: page.complaints.append((said.type, said.text)))
    page.on("pageerror", lambda error: page.complaints.append(("error", str(error))))
    page.set_viewport_size({"width": 1280, "height": 1500})
    page.goto(address)
    page.get_by_text("Python 3 (ipykernel) | Idle").wait_for(timeout=PATIENCE)
    page.get_by_text("Run", exact=True).first.click()
    page.get_by_text("Run All Cells", exact=True).click()
    page.locator(".gs-rating").first.wait_for(timeout=PATIENCE, state="attached")
    page.get_by_label("Objective").scroll_into_view_if_needed()
    yield page
    page.close()
    chromium.set_offline(True)


def test_the_rating_changes_with_the_target_and_goes_back(explorer):
    pick(explorer, "O3-K3a")
    expect(ratings(explorer)).to_have_text(["◆ At risk"])
    target = explorer.get_by_label("Target (%)")
    target.fill("75")
    target.press("Enter")
    explorer.get_by_text("Target 75 % instead of 95 %: achieved instead of at risk.").wait_for()
    expect(ratings(explorer)).to_have_text(["◆ At risk", "● Achieved"])
    explorer.get_by_role("button", name="As it stands").click()
    explorer.get_by_text("Nothing is moved").wait_for()
    expect(ratings(explorer)).to_have_text(["◆ At risk"])
    assert target.input_value() == "95"


def test_a_slider_is_moved_with_the_arrow_keys(explorer):
    pick(explorer, "O3-K3a")
    explorer.get_by_role("slider").first.focus()
    explorer.keyboard.press("ArrowLeft")
    explorer.locator(".gs-over", has_text="What if").wait_for()
    assert float(explorer.get_by_label("Target (%)").input_value()) < 95


def test_what_makes_no_sense_is_said_beside_the_fields(explorer):
    pick(explorer, "O3-K3a")
    target = explorer.get_by_label("Target (%)")
    target.fill("95 %")
    target.press("Enter")
    explorer.get_by_text("Target: “95 %” has a percent sign, expected 95.").wait_for()
    expect(ratings(explorer)).to_have_text(["◆ At risk"])


def test_labels_and_dates_have_fields_of_their_kind(explorer):
    pick(explorer, "O3-K2a")
    explorer.get_by_label("Target", exact=True).select_option("neither")
    explorer.locator(".gs-over", has_text="What if").wait_for()
    pick(explorer, "O4-K5b", objective="O4")
    explorer.get_by_label("Done on").fill("2013-06-01")
    explorer.get_by_label("Done on").press("Tab")
    explorer.get_by_text("achieved instead of off track").wait_for()


def test_every_field_of_the_explorer_has_a_name(explorer):
    explorer.evaluate(AXE)
    found = explorer.evaluate(
        "axe.run(document.querySelector('.gs-panel').closest('.jp-OutputArea-child'), "
        "{runOnly: ['label', 'select-name', 'button-name', 'image-alt', 'color-contrast', 'aria-input-field-name']})"
    )
    assert [
        (fault["id"], node["html"][:200]) for fault in found["violations"] for node in fault["nodes"]
    ] == []


def test_the_explorer_fits_a_window_of_1280_pixels(explorer):
    boxes = explorer.locator(".gs-panel, .gs-table, .widget-text, .widget-slider, .widget-dropdown").all()
    assert all(
        box.bounding_box()["x"] + box.bounding_box()["width"] <= 1280 for box in boxes if box.is_visible()
    )
    wide = explorer.evaluate(
        "document.querySelector('.gs-panel').closest('.jp-OutputArea-output').scrollWidth"
    )
    seen = explorer.evaluate(
        "document.querySelector('.gs-panel').closest('.jp-OutputArea-output').clientWidth"
    )
    assert wide <= seen


def test_nothing_is_asked_elsewhere_and_nothing_is_complained_of(explorer):
    here = ("http://127.0.0.1:", "ws://127.0.0.1:", "data:", "blob:")
    assert [url for url in explorer.asked if not url.startswith(here)] == []
    assert [text for kind, text in explorer.complaints if kind == "error"] == []


def test_nothing_was_written(explorer, lab):
    _, folder = lab
    assert hashes(folder / "data") == hashes(ROOT / "data" / "illustrative")
    assert hashes(folder / "notebooks") == hashes(ROOT / "notebooks")


def pick(page, code, objective="O3"):
    """Choose an indicator, and wait until the explorer shows it as it stands."""
    with new_fields(page):
        page.get_by_role("button", name="As it stands").click()
    select(page, "Objective", objective)
    select(page, "Indicator", code)
    page.locator(".gs-table caption", has_text=code).wait_for()
    page.get_by_text("Nothing is moved").wait_for()


def select(page, label, code):
    """Choose the option that names the code, and wait until the indicators and the fields follow."""
    dropdown = page.get_by_label(label, exact=True)
    option = dropdown.locator("option").filter(has_text=f"{code} ").first
    option.wait_for(state="attached")
    if dropdown.input_value() != option.get_attribute("value"):
        with new_fields(page):
            dropdown.select_option(label=option.text_content())


@contextlib.contextmanager
def new_fields(page):
    """Wait until the explorer has put new fields in the place of those there are: what is typed before is lost."""
    expect(page.locator(".gs-fields > .jupyter-widgets").first).to_be_attached()
    expect(page.locator(".gs-fields > :not(.jupyter-widgets)")).to_have_count(0)  # what holds a field's place
    page.evaluate("document.querySelector('.gs-fields > :last-child').dataset.old = ''")  # the first may stay
    yield
    expect(page.locator(".gs-fields [data-old]")).to_have_count(0)


def ratings(page):
    """The ratings shown, as it stands and what if."""
    return page.locator(".gs-rating")


def hashes(folder):
    """The files below a folder by name, without JupyterLab's checkpoints and the like."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
        if not any(part.startswith((".", "__")) for part in path.relative_to(folder).parts)
    }


def _wait_for(server, port):
    for _ in range(PATIENCE // 200):
        assert server.poll() is None, "JupyterLab did not start"
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise TimeoutError("JupyterLab did not answer")
