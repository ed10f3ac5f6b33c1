"""What is tuned on aiortc's objects is still where it was, and a lost packet costs little."""

from aiortc import MediaStreamTrack, RTCConfiguration, RTCPeerConnection
from aiortc.jitterbuffer import JitterBuffer
from aiortc.rtp import RtpPacket
from pipecat.transports.smallwebrtc.connection import SmallWebRTCConnection

from aidevops_voice.voice import link


def packet(number: int) -> RtpPacket:
    made = RtpPacket(payload_type=96, sequence_number=number, timestamp=960 * number, ssrc=1)
    made._data = bytes([number])  # type: ignore[attr-defined]
    return made


def held_after_a_loss(buffer: JitterBuffer) -> int:
    """Packets that wait in the buffer, long after one of fifty was lost."""
    given = 0
    for number in [*range(20), *range(21, 50)]:
        _, frame = buffer.add(packet(number))
        given = frame.data[0] if frame else given
    return 49 - given


async def test_the_buffer_of_the_connection_is_the_short_one() -> None:
    page = RTCPeerConnection(RTCConfiguration(iceServers=[]))
    page.addTransceiver("audio")
    await page.setLocalDescription(await page.createOffer())
    connection = SmallWebRTCConnection(ice_servers=[])
    await connection.initialize(page.localDescription.sdp, page.localDescription.type)
    receiver = connection.pc.getTransceivers()[0].receiver
    assert isinstance(receiver.track, MediaStreamTrack)
    stock = getattr(receiver, "_RTCRtpReceiver__jitter_buffer")  # noqa: B009
    link.shorten_buffer(connection)
    short = getattr(receiver, "_RTCRtpReceiver__jitter_buffer")  # noqa: B009
    try:
        assert held_after_a_loss(short) <= 3
        assert held_after_a_loss(stock) >= 14, "aiortc got better: is our buffer still needed?"
    finally:
        await connection.disconnect()
        await page.close()
