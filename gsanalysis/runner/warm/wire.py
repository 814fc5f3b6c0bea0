"""Messages between a warm kernel and the one who runs a notebook in it: Jupyter's, as JSON over a socket pair."""

from __future__ import annotations

import json
import socket
import struct
from typing import Any

_LENGTH = struct.Struct("!Q")


def encode(message: dict[str, Any]) -> bytes:
    """The message with its length before it."""
    from jupyter_client.jsonutil import json_default

    content = json.dumps(message, default=json_default).encode("utf-8", "surrogatepass")
    return _LENGTH.pack(len(content)) + content


def receive(connection: socket.socket) -> dict[str, Any] | None:
    """The next message, waited for; None when the other side is gone."""
    header = _exactly(connection, _LENGTH.size)
    content = header and _exactly(connection, *_LENGTH.unpack(header))
    return _decode(content) if content else None


class Buffer:
    """Puts messages together from the pieces in which they arrive."""

    def __init__(self) -> None:
        self._pieces = bytearray()

    def feed(self, piece: bytes) -> list[dict[str, Any]]:
        """The messages that are complete with this piece."""
        self._pieces += piece
        messages = []
        while len(self._pieces) >= _LENGTH.size:
            end = _LENGTH.size + _LENGTH.unpack_from(self._pieces)[0]
            if len(self._pieces) < end:
                break
            messages.append(_decode(bytes(self._pieces[_LENGTH.size : end])))
            del self._pieces[:end]
        return messages


def _decode(content: bytes) -> dict[str, Any]:
    message: dict[str, Any] = json.loads(content.decode("utf-8", "surrogatepass"))
    return message


def _exactly(connection: socket.socket, size: int) -> bytes:
    pieces = bytearray()
    while len(pieces) < size:
        try:
            piece = connection.recv(size - len(pieces))
        except OSError:
            return b""
        if not piece:
            return b""
        pieces += piece
    return bytes(pieces)
