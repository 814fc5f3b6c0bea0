"""What happens in a run, for people on the terminal and for a monitoring system in a file: one JSON line per event."""

from __future__ import annotations

import contextlib
import json
import os
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TextIO

from gsanalysis.runner.outputs import OutputError, sentence

KEPT = "nothing that it is made from has changed"
Log = Callable[..., None]  # the event's name, and what there is to say of it


@contextlib.contextmanager
def log_to(path: Path | None) -> Iterator[Log]:
    """A function that appends an event to the file. Raises OutputError when it can't be written."""
    if path is None:
        yield lambda event, **said: None
        return
    try:
        file = path.open("a", encoding="utf-8")
    except OSError as error:
        raise OutputError(sentence(path, error, "--log")) from None
    try:
        yield _writer(file, path)
    finally:
        with contextlib.suppress(OSError):  # what could not be written has been said
            file.close()


def _writer(file: TextIO, path: Path) -> Log:
    works = True

    def write(event: str, **said: object) -> None:
        nonlocal works
        now = datetime.now(UTC).isoformat(timespec="milliseconds")
        record = {"time": now, "pid": os.getpid(), "event": event, **said}
        try:
            file.write(json.dumps(record, ensure_ascii=False, default=str) + "\n")
            file.flush()
        except OSError as error:
            if works:  # pages matter more than what is said of them
                print(f"gsanalysis: {sentence(path, error, '--log')}", file=sys.stderr)
            works = False

    return write
