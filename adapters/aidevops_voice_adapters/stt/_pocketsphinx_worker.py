"""The engine process: two decoders over the same audio, one bound to the phrases, one free; 16 kHz mono 16-bit."""

from __future__ import annotations

import math
import signal
from typing import Any

import pocketsphinx

from aidevops_voice_adapters._engine_pipe import (
    AUDIO,
    BEGIN,
    CANCEL,
    CONFIG,
    END,
    FINAL,
    INTERIM,
    READY,
    Line,
    Message,
    with_fields,
)
from aidevops_voice_adapters.stt._pocketsphinx_choice import Choice, Decoded, Sounds, Word, choose, text_of
from aidevops_voice_adapters.stt._pocketsphinx_grammar import Grammar, build

BYTES_PER_S = 32000
INTERIM_EVERY = BYTES_PER_S // 5
PIECE_LIMIT = 20 * BYTES_PER_S
"""A longer utterance is decoded in pieces: the last pass takes time and memory in proportion to its length."""
SEARCH = "phrases"
FIRST_LOOK = BYTES_PER_S
"""So much of the very first utterance is heard before decoding, to learn the sound of voice and microphone."""
PRIOR_FRAMES = 500
"""What the decoder's built-in cepstral mean weighs, in frames."""
KEPT_FRAMES = 80
"""What we let it weigh against the first look."""


class Ear:
    """Both decoders; they keep their cepstral mean from one utterance to the next, which halves the word errors."""

    def __init__(self, phrases: list[str]) -> None:
        # Without the second pass over the whole utterance: a sixth of the wait for the final text, no more wrong words.
        self._free = pocketsphinx.Decoder(loglevel="FATAL", fwdflat=False)
        # Scores over all sounds, not only those of the phrases: only so do they tell how well a phrase fits.
        self._bound = pocketsphinx.Decoder(lm=None, loglevel="FATAL", compallsen=True)
        self.grammar: Grammar = build(phrases, self._bound.lookup_word)
        self.problem = ""
        self._has_grammar = self._load_grammar()
        self._open = False
        self._first: bytearray | None = bytearray()
        self._earlier: list[str] = []
        self._piece = 0

    def begin(self) -> None:
        """Start an utterance; one that is open is forgotten."""
        self.forget()
        self._earlier.clear()
        self._start()

    def hear(self, audio: bytes) -> None:
        """Decode more of the utterance."""
        if not self._open:
            return
        if self._first is not None:
            self._first += audio
            if len(self._first) >= FIRST_LOOK:
                self._look()
            return
        for decoder in self._decoders():
            decoder.process_raw(audio)
        self._piece += len(audio)
        if self._piece >= PIECE_LIMIT:
            self._earlier.append(text_of(self._stop()[1]))
            self._start()

    def guess(self) -> str:
        """The free words so far."""
        if self._first is not None:
            return ""
        return " ".join([*self._earlier, *_plain(self._free.hyp())])

    def end(self) -> Choice:
        """The final text."""
        if self._open and self._first:
            self._look()
        phrase, free, first = self._stop() if self._open else ((), (), ())
        if self._earlier:
            return Choice(" ".join([*self._earlier, text_of(free)]).strip(), False)
        return choose(phrase, free, first, self.grammar.guessed)

    def forget(self) -> None:
        """Drop the open utterance."""
        if self._open:
            self._stop()
        if self._first is not None:
            self._first.clear()

    def _look(self) -> None:
        """Set the cepstral mean from the first audio; cold decoders hear half again as many wrong words."""
        audio, self._first = bytes(self._first or b""), None
        self._stop()
        prior = _numbers(self._free.get_cmn())
        self._free.start_utt()
        self._free.process_raw(audio, no_search=True)
        blended, frames = _numbers(self._free.get_cmn(True)), max(1, self._free.n_frames())
        self._free.end_utt()
        heard, surplus = PRIOR_FRAMES + frames, PRIOR_FRAMES - KEPT_FRAMES
        sums = [new * heard - old * surplus for new, old in zip(blended, prior, strict=True)]
        mean = ",".join(f"{total / (KEPT_FRAMES + frames):.4f}" for total in sums)
        for decoder in self._decoders():
            decoder.set_cmn(mean)
        self._start()
        self.hear(audio)

    def _load_grammar(self) -> bool:
        if not self.grammar.jsgf:
            return False
        try:
            for word, sounds in self.grammar.guessed.items():
                self._bound.add_word(word, sounds, True)
            self._bound.add_jsgf_string(SEARCH, self.grammar.jsgf)
            self._bound.activate_search(SEARCH)
        except (RuntimeError, ValueError) as error:
            self.problem = str(error)
            return False
        return True

    def _decoders(self) -> list[Any]:
        return [self._free, self._bound] if self._has_grammar else [self._free]

    def _start(self) -> None:
        self._open, self._piece = True, 0
        for decoder in self._decoders():
            decoder.start_utt()

    def _stop(self) -> tuple[Decoded, Decoded, Sounds]:
        self._open = False
        first = sum((self._sounds(word) for word in _plain(self._free.hyp())), ())
        for decoder in self._decoders():
            decoder.end_utt()
        return self._whole_phrase(), _decoded(self._free), first

    def _whole_phrase(self) -> Decoded:
        # At the end of the audio the decoder also gives out a phrase that was only begun.
        phrase = _decoded(self._bound) if self._has_grammar else ()
        return phrase if text_of(phrase) in self.grammar.phrases else ()

    def _sounds(self, word: str) -> Sounds:
        return tuple((self._free.lookup_word(word) or "").split())


def _numbers(mean: str) -> list[float]:
    return [float(number) for number in mean.split(",")]


def _plain(hypothesis: Any) -> list[str]:
    return [_spelling(token) for token in hypothesis.hypstr.split() if _is_word(token)] if hypothesis else []


def _decoded(decoder: Any) -> Decoded:
    segments = decoder.seg() if decoder.hyp() else None
    return tuple(_word(decoder, segment) for segment in segments or () if _is_word(segment.word))


def _word(decoder: Any, segment: Any) -> Word:
    sounds = tuple((decoder.lookup_word(segment.word) or "").split())
    # The binding gives the likelihood itself; it is 0.0 where that underflows.
    score = math.log(segment.ascore) if segment.ascore > 0 else -1e6
    return Word(_spelling(segment.word), sounds, score, segment.end_frame - segment.start_frame + 1)


def _is_word(token: str) -> bool:
    return token[0] not in "<[(+"


def _spelling(token: str) -> str:
    return token.split("(")[0].lower()


class Session:
    """Serves the daemon's messages in the order they come."""

    def __init__(self, line: Line, ear: Ear) -> None:
        self._line = line
        self._ear = ear
        self._number = 0
        self._since_interim = 0
        self._interim = ""

    def serve(self) -> None:
        """Return when the daemon is gone."""
        while message := self._line.receive():
            self._handle(message)

    def _handle(self, message: Message) -> None:
        if message.kind == BEGIN:
            self._number, self._since_interim, self._interim = message.number, 0, ""
            self._ear.begin()
        elif message.number != self._number:
            return
        elif message.kind == AUDIO:
            self._hear(message.payload)
        elif message.kind == END:
            choice = self._ear.end()
            fields = {"text": choice.text, "certain": choice.certain}
            self._line.send(with_fields(FINAL, self._number, fields))
        elif message.kind == CANCEL:
            self._ear.forget()

    def _hear(self, audio: bytes) -> None:
        self._ear.hear(audio)
        self._since_interim += len(audio)
        if self._since_interim < INTERIM_EVERY:
            return
        self._since_interim = 0
        text = self._ear.guess()
        if text and text != self._interim:
            self._interim = text
            self._line.send(with_fields(INTERIM, self._number, {"text": text}))


def main() -> None:
    """Until stdin ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    line = Line()
    message = line.receive()
    if message is None or message.kind != CONFIG:
        return
    ear = Ear(message.fields()["phrases"])
    about = {"skipped": ear.grammar.skipped, "guessed": sorted(ear.grammar.guessed), "problem": ear.problem}
    line.send(with_fields(READY, 0, about))
    Session(line, ear).serve()


if __name__ == "__main__":
    main()
