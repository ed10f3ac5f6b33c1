"""The WebRTC link of one call: what is tuned, and what the page may send through it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial

from aiortc import RTCDataChannel
from aiortc.jitterbuffer import JitterBuffer
from pipecat.frames.frames import ErrorFrame, Frame, InputTransportMessageFrame
from pipecat.processors.frame_processor import FrameDirection, FrameProcessor
from pipecat.processors.frameworks.rtvi import RTVIObserverParams
from pipecat.transports.base_transport import TransportParams
from pipecat.transports.smallwebrtc.connection import SmallWebRTCConnection
from pipecat.transports.smallwebrtc.transport import SmallWebRTCTransport

from aidevops_voice.voice import earcon
from aidevops_voice.voice.hearing import SAMPLE_RATE

_log = logging.getLogger(__name__)
_REPLACED = {"label": "rtvi-ai", "type": "server-message", "data": {"type": "replaced"}}
_WELCOME = frozenset({"client-ready", "disconnect-bot"})
_BUFFER = "_RTCRtpReceiver__jitter_buffer"
_PACKETS = 4
_LARGEST = 16_384
"""Characters; what the page has to send is below 1000."""


def transport(connection: SmallWebRTCConnection) -> SmallWebRTCTransport:
    """Audio both ways; 20 ms blocks, so that an interruption leaves little in the pipe."""
    return SmallWebRTCTransport(
        connection,
        TransportParams(
            audio_in_enabled=True,
            audio_in_sample_rate=SAMPLE_RATE,
            audio_out_enabled=True,
            audio_out_sample_rate=earcon.SAMPLE_RATE,
            audio_out_10ms_chunks=2,
            audio_out_end_silence_secs=0,
        ),
    )


def page_events() -> RTVIObserverParams:
    """Who speaks when, and nothing of what the agent writes: the page has that from the event feed."""
    return RTVIObserverParams(
        bot_output_enabled=False,
        bot_llm_enabled=False,
        bot_tts_enabled=False,
        user_llm_enabled=False,
        user_input_enabled=False,
        user_mute_enabled=False,
        metrics_enabled=False,
    )


def shorten_buffer(connection: SmallWebRTCConnection) -> None:
    """Hear sooner: aiortc holds four packets (80 ms), and after one lost packet 280 ms until the call ends.

    Neither is an option of aiortc; with another layout than the known one nothing is changed.
    """
    for transceiver in connection.pc.getTransceivers():
        if transceiver.kind == "audio" and isinstance(getattr(transceiver.receiver, _BUFFER, None), JitterBuffer):
            setattr(transceiver.receiver, _BUFFER, JitterBuffer(capacity=_PACKETS, prefetch=1))


def refuse_large(connection: SmallWebRTCConnection) -> None:
    """Pipecat parses each message of the page on the event loop: a megabyte of JSON would hold it for 35 ms."""
    connection.pc.on("datachannel", _guard)


def _guard(channel: RTCDataChannel) -> None:
    for listener in channel.listeners("message"):
        channel.remove_listener("message", listener)
        channel.on("message", partial(_unless_large, listener))


def _unless_large(listener: Callable[[str | bytes], object], message: str | bytes) -> object:
    if len(message) <= _LARGEST:
        return listener(message)
    _log.warning("a message of %d characters from the page was refused", len(message))
    return None


def tell_replaced(connection: SmallWebRTCConnection) -> None:
    """Tell the page that a newer one took the call, so that it does not come back."""
    connection.send_app_message(_REPLACED)


class Doorman(FrameProcessor):
    """Between the transport and RTVI: of the page's messages only the harmless pass, and errors stay inside.

    RTVI would also take text for a model, function results, files and raw audio.
    """

    def __init__(self, on_error: Callable[[ErrorFrame], None]) -> None:
        super().__init__(enable_direct_mode=True)
        self._on_error = on_error

    async def process_frame(self, frame: Frame, direction: FrameDirection) -> None:
        """Drop or pass on."""
        await super().process_frame(frame, direction)
        match frame:
            case ErrorFrame():
                self._on_error(frame)
            case InputTransportMessageFrame(message=message) if not _welcome(message):
                pass
            case _:
                await self.push_frame(frame, direction)


def _welcome(message: object) -> bool:
    kind = message.get("type") if isinstance(message, dict) else None
    return isinstance(kind, str) and kind in _WELCOME
