"""The engine process: espeak-ng's library through ctypes, sentence by sentence; 16-bit mono at its own rate."""

from __future__ import annotations

import ctypes
import os
import queue
import signal
import threading
from typing import Any

import espeakng_loader

from aidevops_voice_adapters._engine_pipe import AUDIO, CANCEL, CONFIG, DONE, READY, SAY, Line, Message, with_fields

CHUNK_MS = 60
"""The least that the library takes."""
SYNCHRONOUS = 2
DONT_EXIT = 0x8000
RATE, VOLUME, PITCH = 1, 2, 3
UTF8 = 1
END_PAUSE = 0x1000
"""Flags of speak_lib.h; without 0x10 (SSML) and 0x100 (phonemes) text is only text."""
SYNTH_CALLBACK = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)


class Voice:
    """The library is one per process and not thread-safe: one thread calls it."""

    def __init__(self, line: Line, config: dict[str, Any]) -> None:
        self._line = line
        self._lock = threading.Lock()
        self._number = 0
        self._dropped: set[int] = set()
        self._callback = SYNTH_CALLBACK(self._chunk)
        self._library = ctypes.CDLL(espeakng_loader.get_library_path())
        self.rate = self._prepare(config)

    def say(self, number: int, text: str, rate: int) -> None:
        """Send the audio in chunks as they are made, then DONE, unless the sentence is dropped; words per minute."""
        data = text.replace("\0", " ").encode()
        with self._lock:
            self._number = number
        if not self._is_dropped():
            self._library.espeak_SetParameter(RATE, rate, 0)
            size = ctypes.c_size_t(len(data) + 1)
            self._library.espeak_Synth(data, size, 0, 1, 0, UTF8 | END_PAUSE, None, None)
        with self._lock:
            self._number = 0
            self._dropped.discard(number)
        self._line.send(Message(DONE, number))

    def drop(self, number: int) -> None:
        """From any thread: no more audio of this sentence."""
        with self._lock:
            self._dropped.add(number)

    def _is_dropped(self) -> bool:
        with self._lock:
            return self._number in self._dropped

    def _chunk(self, samples: Any, count: int, events: Any) -> int:
        if self._is_dropped():
            return 1
        if samples and count > 0:
            try:
                self._line.send(Message(AUDIO, self._number, ctypes.string_at(samples, 2 * count)))
            except BrokenPipeError:
                os._exit(0)
        return 0

    def _prepare(self, config: dict[str, Any]) -> int:
        library = self._library
        path = espeakng_loader.get_data_path().encode()
        rate: int = library.espeak_Initialize(SYNCHRONOUS, CHUNK_MS, path, DONT_EXIT)
        if rate <= 0:
            raise RuntimeError("espeak-ng found no voices")
        library.espeak_SetSynthCallback(self._callback)
        if library.espeak_SetVoiceByName(config["voice"].encode()) != 0:
            raise RuntimeError(f"espeak-ng has no voice {config['voice']!r}")
        for parameter, name in ((RATE, "rate"), (VOLUME, "volume"), (PITCH, "pitch")):
            library.espeak_SetParameter(parameter, config[name], 0)
        return rate


def read(line: Line, voice: Voice, sentences: queue.SimpleQueue[Message]) -> None:
    """Take orders while a sentence is being made; ends the process when the daemon is gone."""
    while message := line.receive():
        if message.kind == SAY:
            sentences.put(message)
        elif message.kind == CANCEL:
            voice.drop(message.number)
    # The main thread may be writing to a pipe that nobody empties.
    os._exit(0)


def main() -> None:
    """Until stdin ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    line = Line()
    message = line.receive()
    if message is None or message.kind != CONFIG:
        return
    voice = Voice(line, message.fields())
    line.send(with_fields(READY, 0, {"rate": voice.rate}))
    sentences: queue.SimpleQueue[Message] = queue.SimpleQueue()
    threading.Thread(target=read, args=(line, voice, sentences), daemon=True).start()
    while True:
        sentence = sentences.get()
        fields = sentence.fields()
        voice.say(sentence.number, fields["text"], fields["rate"])


if __name__ == "__main__":
    main()
