"""The side that runs a notebook in a warm kernel: for nbclient both the kernel's manager and its client."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import os
import queue
import signal
import socket
from typing import Any

from gsanalysis.runner.warm.wire import Buffer, encode, receive

PIECE = 1 << 16
PATIENCE = 60  # seconds that a kernel may take to greet, as long as papermill waits for a stock one


class Channel:
    """Messages of one kind, in the order in which they came."""

    def __init__(self) -> None:
        self.arrived: asyncio.Queue[dict[str, Any]] = asyncio.Queue()

    async def get_msg(self, timeout: float | None = None) -> dict[str, Any]:
        """The next one. Raises queue.Empty, as nbclient expects, when none comes within ``timeout`` seconds."""
        try:
            return await asyncio.wait_for(self.arrived.get(), timeout)
        except TimeoutError:
            raise queue.Empty from None


class WarmKernel:
    """A kernel at the other end of the connection, from its greeting on. Raises OSError when it doesn't greet."""

    has_kernel = True
    allow_stdin = False

    def __init__(self, connection: socket.socket, cwd: str) -> None:
        self._connection = connection
        self._ids = itertools.count(1)
        self._buffer = Buffer()
        self._alive = True
        self._loop: asyncio.AbstractEventLoop | None = None
        self.shell_channel = Channel()
        self.iopub_channel = Channel()
        connection.settimeout(PATIENCE)
        connection.sendall(encode({"cwd": cwd, "environment": dict(os.environ)}))
        greeting = receive(connection)
        if not greeting:
            connection.close()
            raise ConnectionResetError("the kernel ended before it was ready")
        self._pid: int = greeting["content"]["pid"]
        connection.setblocking(False)

    def client(self) -> WarmKernel:
        """nbclient asks the manager for a client, and then that one to start."""
        return self

    def start_channels(self) -> None:
        """Take in what arrives while nbclient's loop runs."""
        self._loop = asyncio.get_running_loop()
        self._loop.add_reader(self._connection, self._read)

    def wait_for_ready(self, timeout: float | None = None) -> None:
        """Nothing: the kernel has greeted."""

    def is_alive(self) -> bool:
        """Whether the other end is still held."""
        return self._alive

    def execute(self, code: str, store_history: bool = True, stop_on_error: bool = True) -> str:
        """Ask for a cell; gives the request's id."""
        asked = {"code": code, "silent": False, "store_history": store_history, "user_expressions": {}}
        return self._ask("execute_request", asked | {"allow_stdin": False, "stop_on_error": stop_on_error})

    def kernel_info(self) -> str:
        """Ask for the kernel's language; gives the request's id."""
        return self._ask("kernel_info_request", {})

    def interrupt_kernel(self) -> None:
        """Interrupt the cell that runs."""
        os.kill(self._pid, signal.SIGINT)

    def end(self) -> None:
        """End the kernel and what it has started, at once."""
        self._leave()
        # While we hold the connection, its watcher has not let it go: the number is no other process's.
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._pid, signal.SIGKILL)
        self._connection.close()

    def _read(self) -> None:
        try:
            piece = self._connection.recv(PIECE)
        except OSError:
            piece = b""
        if not piece:
            self._leave()
        for message in self._buffer.feed(piece):
            message.setdefault("msg_type", message.get("header", {}).get("msg_type"))
            is_reply = message["msg_type"].endswith("_reply")
            (self.shell_channel if is_reply else self.iopub_channel).arrived.put_nowait(message)

    def _leave(self) -> None:
        if self._alive and self._loop:
            self._loop.remove_reader(self._connection)
        self._alive = False

    def _ask(self, kind: str, content: dict[str, Any]) -> str:
        name = str(next(self._ids))
        header = {"msg_id": name, "msg_type": kind, "session": "", "username": "", "version": "5.4"}
        message = {"header": header, "parent_header": {}, "metadata": {}, "content": content}
        try:
            self._connection.setblocking(True)
            self._connection.sendall(encode(message))
            self._connection.setblocking(False)
        except OSError:
            self._alive = False
        return name
