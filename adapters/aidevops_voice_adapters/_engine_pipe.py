"""What daemon and engine process say to each other over the child's stdin and stdout; stdlib only, so it starts fast.

A message is one byte of kind, a number (which utterance or sentence), the length of the payload, the payload.
"""

from __future__ import annotations

import json
import os
import struct
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO

HEADER = struct.Struct("<cII")
PAYLOAD_LIMIT = 1 << 22
"""Bytes; more than that means the stream is out of step."""

CONFIG = b"c"
READY = b"r"
BEGIN = b"b"
AUDIO = b"a"
END = b"e"
INTERIM = b"i"
FINAL = b"f"
SAY = b"s"
CANCEL = b"x"
DONE = b"d"


@dataclass(frozen=True, slots=True)
class Message:
    """One message; `number` is 0 where it concerns the whole process."""

    kind: bytes
    number: int = 0
    payload: bytes = b""

    def pack(self) -> bytes:
        """The bytes on the pipe."""
        return HEADER.pack(self.kind, self.number, len(self.payload)) + self.payload

    def fields(self) -> dict[str, Any]:
        """The payload as a JSON object."""
        decoded: dict[str, Any] = json.loads(self.payload)
        return decoded


def with_fields(kind: bytes, number: int, fields: Mapping[str, Any]) -> Message:
    """A message whose payload is a JSON object."""
    return Message(kind, number, json.dumps(fields).encode())


class Line:
    """The child's end; whatever a C library prints goes to stderr from now on."""

    def __init__(self) -> None:
        self._in: BinaryIO = sys.stdin.buffer
        self._out: BinaryIO = os.fdopen(os.dup(1), "wb")
        os.dup2(2, 1)

    def receive(self) -> Message | None:
        """The next message, or None when the daemon is gone."""
        header = self._in.read(HEADER.size)
        if len(header) < HEADER.size:
            return None
        kind, number, length = HEADER.unpack(header)
        payload = self._in.read(length)
        return Message(kind, number, payload) if len(payload) == length else None

    def send(self, message: Message) -> None:
        """Write at once; raises BrokenPipeError when the daemon is gone."""
        self._out.write(message.pack())
        self._out.flush()
