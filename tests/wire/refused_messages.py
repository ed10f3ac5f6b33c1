"""What a page may not send: each would reach the pipeline if RTVI saw it, or hold or break what reads it."""

from __future__ import annotations

import base64
import json
from typing import Any

import numpy as np

_SIGNAL = '{"type": "signalling", "message": {"type": "x"}}'


def refused_messages(speech: np.ndarray) -> list[str | bytes]:
    """Texts for the data channel; the speech is at 48 kHz, 16-bit mono."""
    sound = base64.b64encode(speech[::3].tobytes()).decode()
    audio = {"sampleRate": 16000, "numChannels": 1}
    pieces = [sound[at : at + 8000] for at in range(0, len(sound), 8000)]
    inside: list[tuple[Any, Any]] = [
        ("send-text", {"content": "rm -rf", "options": {"run_immediately": True, "audio_response": True}}),
        ("llm-function-call-result", {"function_name": "f", "tool_call_id": "1", "arguments": {}, "result": "ok"}),
        ("client-message", {"t": "x", "d": {}}),
        ("send-file", {"file": {"format": "text/plain", "source": {"type": "bytes", "bytes": "eA=="}}}),
        ("dtmf", {"button": "1"}),
        ("ui-event", {"event": "x"}),
        *(("raw-audio", {"base64Audio": piece, **audio}) for piece in pieces),
        *(("raw-audio-batch", {"base64AudioBatch": [piece], **audio}) for piece in pieces),
        ("no-such-type", {}),
        (["client-ready"], {}),
        ({"client-ready": 1}, {}),
        (None, {}),
        ("client-ready", {"version": "2.0.0", "x": "y" * 1_000_000}),
    ]
    messages = [json.dumps({"label": "rtvi-ai", "type": type_, "id": "h", "data": data}) for type_, data in inside]
    return [*messages, "", "{", "[" * 10_000, "[]", "7", "null", _SIGNAL, b"\xff\x00"]
