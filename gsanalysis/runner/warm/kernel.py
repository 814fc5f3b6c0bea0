"""A warm kernel: ipykernel's own, which talks over one socket instead of five, in a fork of the host."""

from __future__ import annotations

import asyncio
import contextlib
import io
import logging
import os
import random
import select
import signal
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any, NoReturn

import matplotlib
import matplotlib_inline.backend_inline
import numpy as np
from ipykernel.ipkernel import IPythonKernel
from jupyter_client.session import Session
from traitlets.config import Config

from gsanalysis.runner import rubbish
from gsanalysis.runner.warm.wire import encode, receive


class PipeSession(Session):
    """Sends messages over a connection, whatever the stream that they are meant for."""

    def __init__(self, connection: socket.socket) -> None:
        super().__init__(key=b"")
        self._connection = connection
        self._alone = threading.Lock()

    def send(
        self,
        stream: object,
        msg_or_type: Any,
        content: Any = None,
        parent: Any = None,
        ident: object = None,
        buffers: object = None,
        track: bool = False,
        header: Any = None,
        metadata: Any = None,
    ) -> Any:
        """Send it; gives the message. Buffers, which only widgets have, are left out."""
        message = msg_or_type
        if isinstance(msg_or_type, str):
            message = self.msg(msg_or_type, content, parent, header, metadata)
        with self._alone:
            self._connection.sendall(encode({key: message[key] for key in message if key != "buffers"}))
        return message


class PipeKernel(IPythonKernel):
    """One that answers requests one after the other, and so has no queue to abort."""

    def _abort_queues(self, subshell_id: str | None = None) -> None:
        pass


class Stream(io.TextIOBase):
    """What a cell prints, sent as it comes; and at the cell's end what other programs wrote into the same file."""

    encoding = "utf-8"

    def __init__(self, name: str, kernel: PipeKernel, number: int) -> None:
        self.name = name
        self._kernel = kernel
        self._number = number
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - it lives as long as the process
        self._read = 0
        os.dup2(self._file.fileno(), number)

    def fileno(self) -> int:
        return self._number

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        if text:
            self._kernel.send_response(None, "stream", {"name": self.name, "text": text})
        return len(text)

    def catch_up(self) -> None:
        """Send what arrived in the file since the last time."""
        text = os.pread(self._file.fileno(), os.fstat(self._file.fileno()).st_size - self._read, self._read)
        self._read += len(text)
        self.write(text.decode("utf-8", "replace"))


def run(connection: socket.socket) -> NoReturn:
    """Be a kernel until the other side is gone. Its first message names folder and environment."""
    os.setsid()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    try:
        threading.Thread(target=_end_with, args=(connection,), daemon=True).start()
        place = receive(connection)
        if place:
            _settle(place["cwd"], place["environment"])
            _serve(connection)
    finally:
        os.killpg(0, signal.SIGKILL)  # with what it has started
        os._exit(1)  # never back into the host


def _settle(folder: str, environment: Mapping[str, str]) -> None:
    """Make the process what a fresh one would be: folder, environment, time zone, chance and chart settings."""
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    tempfile.tempdir = None
    random.seed()
    np.random.seed()
    rubbish.look_seldom()
    matplotlib.rcdefaults()


def _serve(connection: socket.socket) -> None:
    loop = asyncio.new_event_loop()
    asyncio.set_event_loop(loop)
    kernel = PipeKernel(
        session=PipeSession(connection),
        shell_channel_thread=SimpleNamespace(parent_thread=threading.current_thread()),
        log=logging.getLogger(__name__),
        config=Config({"HistoryManager": {"enabled": False}}),
    )
    streams = [Stream("stdout", kernel, 1), Stream("stderr", kernel, 2)]
    sys.stdout, sys.stderr = streams
    # Charts show in a notebook only when the backend was told of its shell, which was not there at the import.
    matplotlib_inline.backend_inline._enable_matplotlib_integration()
    connection.sendall(encode({"msg_type": "ready", "parent_header": {}, "content": {"pid": os.getpid()}}))
    while message := receive(connection):
        with contextlib.suppress(KeyboardInterrupt):  # it came between two cells
            loop.run_until_complete(_answer(kernel, message, streams))


async def _answer(kernel: PipeKernel, message: dict[str, Any], streams: list[Stream]) -> None:
    kernel.set_parent([], message)
    kernel.send_response(None, "status", {"execution_state": "busy"})
    try:
        await kernel.shell_handlers[message["header"]["msg_type"]](None, [], message)
    finally:
        for stream in streams:
            stream.catch_up()
        kernel.send_response(None, "status", {"execution_state": "idle"})


def _end_with(connection: socket.socket) -> None:
    """When the other side is gone, nobody wants what this kernel and its children do."""
    poll = select.poll()
    poll.register(connection, select.POLLRDHUP)
    poll.poll()
    os.killpg(0, signal.SIGKILL)
