"""The processes of a run, found by what they are to each other; for tests that kill them."""

import time
from collections.abc import Callable
from pathlib import Path

HOST, FORKS = "gsanalysis.runner.warm.host", "multiprocessing.forkserver"


def relatives(runner: int) -> dict[str, list[int]]:
    """The processes of a run by what they do: ``host``, ``kernels``, ``server`` (of workers) and ``workers``."""
    found: dict[str, list[int]] = {"host": [], "kernels": [], "server": [], "workers": []}
    processes = {pid: (parent, said) for pid, parent, said in _all()}
    for pid, (parent, said) in processes.items():
        for word, own, theirs in ((HOST, "host", "kernels"), (FORKS, "server", "workers")):
            if word in said and parent == runner:
                found[own].append(pid)
            elif (
                word in said and processes.get(parent, (0, ""))[0] == runner and word in processes[parent][1]
            ):
                found[theirs].append(pid)
    return found


def wait_for(condition: Callable[[], object], seconds: float = 30) -> object:
    """What the condition gives when it is first true; an AssertionError after the time."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if found := condition():
            return found
        time.sleep(0.01)
    raise AssertionError(f"waited {seconds} s for nothing")


def at_work_in(folder: Path) -> list[str]:
    """Processes whose working folder is this one, but for zombies: what a run has started and not ended."""
    return [said for pid, _, said in _all() if said and _folder_of(pid) == folder.resolve()]


def gone(folder: Path, seconds: float = 10) -> bool:
    """Whether every process of the project has ended within the time."""
    until = time.monotonic() + seconds
    while at_work_in(folder) and time.monotonic() < until:
        time.sleep(0.05)
    return not at_work_in(folder)


def _all() -> list[tuple[int, int, str]]:
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            found.append((int(folder.name), parent, (folder / "cmdline").read_text().replace("\0", " ")))
        except OSError:
            continue
    return found


def _folder_of(pid: int) -> Path | None:
    try:
        return Path(f"/proc/{pid}/cwd").resolve(strict=True)
    except OSError:
        return None
