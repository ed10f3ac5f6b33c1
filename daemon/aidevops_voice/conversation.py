"""One conversation: hear, decide, submit, narrate, ask, journal; text in, text out, no audio and no framework.

The agent's work belongs to this object: an interruption of the voice never reaches it.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import deque
from collections.abc import Awaitable, Callable
from itertools import count
from statistics import median
from typing import Any

from aidevops_voice import consent, listener
from aidevops_voice.asks import Asks
from aidevops_voice.delivery import Delivery
from aidevops_voice.errors import AgentError, VoiceError
from aidevops_voice.feed import Feed
from aidevops_voice.journal import Journal
from aidevops_voice.listener import Act, Deny, Draft, Hint, Ignored, Prompt, Situation, Understood
from aidevops_voice.narrator import Narration, Narrator
from aidevops_voice.page import GATHER_S, Page
from aidevops_voice.ports import (
    AgentChanged,
    AgentEvent,
    AgentNotice,
    AgentState,
    Ask,
    AskClosed,
    Clock,
    CodingAgent,
    Command,
    Heard,
    Mouth,
    Reply,
    TextEnded,
    Turn,
    TurnEnded,
    Utterance,
    Voiced,
)
from aidevops_voice.speaker import Speaker
from aidevops_voice.turns import Asked, Record, Turns, new_id

_log = logging.getLogger(__name__)

INBOX = 32
"""Utterances that wait to be considered; more at once is refused aloud."""
_STATES = {Act: "command", Deny: "reply", Draft: "draft", Hint: "ignored", Ignored: "ignored"}


class Conversation:
    """Implements `ports.Ears`; `redact` takes secrets out of what is shown and written."""

    def __init__(
        self,
        agent: CodingAgent,
        *,
        feed: Feed,
        journal: Journal,
        narration: Narration | None = None,
        session: str | None = None,
        confirm_guesses: bool = True,
        unfinished: str = "",
        redact: Callable[[str], str] = str,
        clock: Clock = time.monotonic,
    ) -> None:
        self._agent, self._feed, self._journal, self._clock = agent, feed, journal, clock
        self._narrator = Narrator(narration or Narration())
        self._page = Page(feed, redact)
        self._delivery = Delivery(agent, journal, session, self._agent_changed)
        self._turns = Turns()
        self._speaker = Speaker(self._page, journal, self._turns)
        self._asks = Asks()
        self._confirm_guesses = confirm_guesses
        self._inbox: asyncio.Queue[Heard] = asyncio.Queue(INBOX)
        self._rearm = asyncio.Event()
        self._tasks = asyncio.TaskGroup()
        self._draft: tuple[str, Heard] | None = None
        self._heard_ids = count(1)
        self._hearing = ""
        self._latencies: deque[float] = deque(maxlen=50)
        self._on_connect = [f"I am back. The last request was: {unfinished}"] if unfinished else []
        self.whole_status: Callable[[], dict[str, Any]] = self.status
        """The object of `GET /api/status`; the service puts its own facts around ours."""

    # --- life ---------------------------------------------------------------------------------------------------

    async def run(self) -> None:
        """Until cancelled: follow the agent, consider what is heard, keep the narration's clock."""
        async with self._tasks as tasks:
            tasks.create_task(self._follow(), name="agent events")
            tasks.create_task(self._delivery.join(), name="open session")
            tasks.create_task(self._consider_all(), name="heard")
            tasks.create_task(self._keep_time(), name="narration clock")

    async def drain(self, timeout_s: float) -> None:
        """End the agent, the journal and the feed."""
        try:
            async with asyncio.timeout(timeout_s):
                await self._agent.aclose()
        except TimeoutError:
            _log.warning("the agent did not end within %s s", timeout_s)
        self._journal.write("stopped")
        self._journal.close()
        self._feed.close()

    def use_mouth(self, mouth: Mouth | None) -> None:
        """Speak through `mouth` from now on; without one everything is only shown."""
        self._speaker.use(mouth)

    async def _follow(self) -> None:
        async for event in self._agent.events():
            await self._guard(self._on(event))

    async def _consider_all(self) -> None:
        while True:
            await self._guard(self._consider(await self._inbox.get()))

    async def _keep_time(self) -> None:
        while True:
            self._rearm.clear()
            due = self._narrator.due()
            wait = None if due is None else max(0.0, due - self._clock())
            if self._page.gathering:
                wait = GATHER_S if wait is None else min(wait, GATHER_S)
            try:
                async with asyncio.timeout(wait):
                    await self._rearm.wait()
            except TimeoutError:
                self._page.flush()
                self._speaker.say(self._narrator.tick(self._clock()))

    async def _guard(self, step: Awaitable[object]) -> None:
        """The conversation's edge: whatever goes wrong in a step is told, and the next one goes on."""
        try:
            await step
        except VoiceError as error:
            self.trouble(error)
        except Exception:  # noqa: BLE001 - one of the three edges
            _log.exception("a step of the conversation failed")
            self.trouble(VoiceError("an internal error, see the log"))

    # --- what the user does -------------------------------------------------------------------------------------

    def hear(self, heard: Heard) -> None:
        """Interim text is shown, final text is considered in order."""
        if not heard.final:
            self._hearing = self._hearing or self._heard_id()
            self._page.heard(self._hearing, heard, "interim")
            return
        try:
            self._inbox.put_nowait(heard)
        except asyncio.QueueFull:
            self.trouble(VoiceError("too much was said at once", spoken="That was too much at once. Please repeat."))

    def tell(self, text: str) -> None:
        """A typed turn, without waiting for its end."""
        self.hear(_typed(text))

    async def ask(self, text: str) -> Asked:
        """A typed turn; returns at its end, or when the agent needs the user."""
        heard, id_ = _typed(text), self._heard_id()
        understood = listener.understand(heard, self._situation())
        self._note(id_, heard, understood)
        if not isinstance(understood, Prompt):
            said = await self._act_on(understood, id_, heard)
            return Asked(tuple(utterance.text for utterance in said), "", "done", tuple(self._asks.pending()))
        record = self._submit(id_, heard)
        outcome = await record.news
        return Asked(tuple(record.spoken), "\n\n".join(record.answer), outcome, tuple(self._asks.pending()))

    async def answer(self, ask: str, reply: Reply) -> None:
        """Answer a request by click, key or command line; raises UnknownAsk, ClosedAsk, AgentError."""
        request = self._asks.take(ask)
        self._journal.write("answered", ask=ask, decision=reply.decision, message=reply.message, answers=reply.answers)
        try:
            await self._agent.answer(ask, reply)
        except AgentError:
            self._asks.untake(ask)
            raise
        self._narrator.asks_open(bool(self._asks.ours))
        _log.info("request %s: %s", request.permission or request.kind, reply.decision)

    def hush(self) -> None:
        """Stop the voice, never the work."""
        self._speaker.hush()

    async def stop_agent(self, session: str | None = None) -> list[Utterance]:
        """Abort what runs; the outcome is told by the agent's own end of the turn."""
        self._speaker.hush()
        self._journal.write("stop")
        if not (self._narrator.running or self._turns.open):
            return self._notify("Nothing is running.")
        await self._agent.stop(session or self._session)
        return []

    # --- deciding -----------------------------------------------------------------------------------------------

    async def _consider(self, heard: Heard) -> None:
        id_, self._hearing = (self._hearing or self._heard_id()) if heard.source == "voice" else self._heard_id(), ""
        understood = listener.understand(heard, self._situation())
        self._note(id_, heard, understood)
        if isinstance(understood, Prompt):
            self._submit(id_, heard)
        else:
            await self._act_on(understood, id_, heard)

    def _situation(self) -> Situation:
        kinds = {ask.kind for ask in self._asks.ours}
        return Situation(
            permission="permission" in kinds,
            question="question" in kinds,
            draft=self._draft is not None,
            confirm_guesses=self._confirm_guesses,
            running=self._narrator.running,
        )

    async def _act_on(self, understood: Understood, id_: str, heard: Heard) -> list[Utterance]:
        match understood:
            case Act(command):
                return await self._command(command)
            case Deny():
                await self.answer(self._asks.ours[0].id, Reply("deny", "The user said no. Do not do this; go on."))
                return self._notify("Denied.")
            case Draft(text):
                self._drop_draft()
                self._draft = (id_, heard)
                return self._notify(f"I heard: {text}. Say send it, or press enter.")
            case Hint(words):
                return self._notify(words)
            case Ignored() | Prompt():
                return []

    async def _command(self, command: Command) -> list[Utterance]:
        match command:
            case Command.HUSH:
                self.hush()
                return []
            case Command.STOP_AGENT:
                return await self.stop_agent()
            case Command.REPEAT:
                return self._repeat()
            case Command.SEND:
                self._send_draft()
                return []
            case Command.DISCARD:
                self._drop_draft()
                return self._notify("Dropped.")
            case Command.GOODBYE:
                bye = "Goodbye. The agent goes on working." if self._narrator.running else "Goodbye."
                return self._notify(bye)

    def _repeat(self) -> list[Utterance]:
        told = self._speaker.last
        told += [(text, "needs-you", ask.id) for ask in self._asks.ours for text in consent.read_back(ask)]
        if not told:
            return self._notify("I have said nothing yet.")
        return self._speaker.say([self._narrator.say(*one) for one in dict.fromkeys(told)])

    def _send_draft(self) -> None:
        if self._draft:
            id_, heard = self._draft
            self._submit(id_, heard)

    def _drop_draft(self) -> None:
        if self._draft:
            id_, heard = self._draft
            self._draft = None
            self._page.heard(id_, heard, "ignored", reason="dropped")

    # --- sending ------------------------------------------------------------------------------------------------

    def _submit(self, id_: str, heard: Heard) -> Record:
        """Journal first, then the page, then the agent, which owns the turn from then on."""
        if self._draft and self._draft[0] != id_:
            self._drop_draft()
        self._draft = None
        self._speaker.forget()
        text, turn, steer = heard.text.strip(), new_id(), self._narrator.running
        record = self._turns.add(turn, text)
        self._journal.write("prompt", turn=turn, text=text, source=heard.source)
        self._page.heard(id_, heard, "sent")
        self._page.submitted(turn, self._session, text)
        self._narrator.submitted(Turn(turn, self._session, text), self._clock())
        self._rearm.set()
        sending = self._deliver(turn, text, spoken=heard.source == "voice", steer=steer)
        self._tasks.create_task(self._guard(sending), name=f"deliver {turn}")
        return record

    async def _deliver(self, turn: str, text: str, *, spoken: bool, steer: bool) -> None:
        try:
            await self._delivery.deliver(turn, text, spoken=spoken, steer=steer)
        except AgentError as error:
            await self._on(TurnEnded(self._session, (turn,), "failed", error))

    # --- what the agent does ------------------------------------------------------------------------------------

    async def _on(self, event: AgentEvent) -> None:
        if getattr(event, "session", "") not in ("", self._session):
            return
        match event:
            case Ask() if not self._asks.add(event):
                return
            case AskClosed():
                self._asks.close(event.id)
                self._narrator.asks_open(bool(self._asks.ours))
            case AgentChanged():
                self._delivery.become(event.state, event.error)
            case AgentNotice(error=error):
                self._page.notice(error, "warning")
            case TextEnded():
                self._turns.answered(event.text)
            case _:
                pass
        self._page.show(event, title=consent.title(event) if isinstance(event, Ask) else "")
        self._speaker.say(self._narrator.feed(event, self._clock()))
        self._after(event)
        self._rearm.set()

    def _after(self, event: AgentEvent) -> None:
        match event:
            case Ask(id=ask):
                self._journal.write("ask", ask=ask, permission=event.permission, command=event.command, path=event.path)
                self._turns.needs_user()
                self.publish()
            case TurnEnded():
                self._journal.write("ended", turns=event.turns, outcome=event.outcome)
                for fallen in self._asks.open if event.outcome != "done" else ():
                    self._page.show(AskClosed(fallen.id, event.session, "dropped"))
                    self._asks.close(fallen.id)
                self._turns.end(event.turns, event.outcome)
                self.publish()
            case AskClosed():
                self._journal.write("ask_closed", ask=event.id, closing=event.closing)
                self.publish()
            case _:
                pass

    def _agent_changed(self, state: AgentState, error: VoiceError | None) -> None:
        if error:
            self._page.notice(error, "error")
        self.publish()

    # --- speaking -----------------------------------------------------------------------------------------------

    def voiced(self, utterance: Utterance, state: Voiced, heard: str = "") -> None:
        """What became of an utterance."""
        self._speaker.voiced(utterance, state, heard)

    def _notify(self, text: str) -> list[Utterance]:
        return self._speaker.say([self._narrator.say(text, "notice")])

    def voice_state(self, state: str) -> None:
        """Someone came to listen: what waits for the user is told."""
        if state == "connected":
            self._speaker.say(self._narrator.say(text, "notice") for text in self._on_connect)
            self._on_connect = []
            for ask in self._asks.ours:
                self._speaker.say(self._narrator.say(text, "needs-you", ask.id) for text in consent.read_back(ask))
        if state in ("connected", "disconnected"):
            self.publish()

    def measured(self, reply_ms: float) -> None:
        """End of the user's speech to the first sound of the reply."""
        self._latencies.append(reply_ms)
        if self._turns.latest:
            self._page.measured(self._turns.latest, reply_ms)

    def trouble(self, error: VoiceError) -> None:
        """A failure is told, on the page and aloud."""
        _log.warning("%s: %s", error.code, error.message)
        self._page.notice(error, "error")
        self._notify(error.spoken)

    # --- showing ------------------------------------------------------------------------------------------------

    def status(self) -> dict[str, Any]:
        """Our part of `GET /api/status`."""
        session, error = self._delivery.session, self._delivery.error
        return {
            "session": {"id": session.id, "title": session.title} if session else None,
            "agent_state": self._activity(),
            "turns": self._turns.count,
            "pending": self._asks.pending(),
            "latency_ms": round(median(self._latencies)) if self._latencies else None,
            "degraded": [error.as_dict()] if error else [],
        }

    def publish(self) -> None:
        """Show the whole status to the page."""
        self._page.state(self.whole_status())

    def _activity(self) -> str:
        if self._delivery.state != "ready":
            return self._delivery.state
        if self._asks.ours:
            return "needs_you"
        return "working" if self._narrator.running else "idle"

    @property
    def _session(self) -> str:
        return self._delivery.session_id

    def _heard_id(self) -> str:
        return f"h{next(self._heard_ids)}"

    def _note(self, id_: str, heard: Heard, understood: Understood) -> None:
        if state := _STATES.get(type(understood)):
            command = understood.command.value if isinstance(understood, Act) else ""
            self._page.heard(id_, heard, state, command, getattr(understood, "reason", ""))
        self._journal.write("heard", text=heard.text, source=heard.source, understood=type(understood).__name__.lower())


def _typed(text: str) -> Heard:
    return Heard(text, source="typed", trusted=True, certain=True)
