"""One conversation: hear, decide, submit, narrate, ask, journal; text in, text out, no audio and no framework.

The agent's work belongs to this object: an interruption of the voice never reaches it.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import replace
from statistics import median
from typing import Any

from aidevops_voice import listener
from aidevops_voice.chronicle import Account
from aidevops_voice.consent.appraisal import NOWHERE
from aidevops_voice.consent.rules import Rules
from aidevops_voice.conversation import understanding
from aidevops_voice.conversation.attention import Attention
from aidevops_voice.conversation.delivery import Delivery
from aidevops_voice.conversation.halting import Halting
from aidevops_voice.conversation.inbox import Inbox
from aidevops_voice.conversation.inquiries import Answered, Inquiries
from aidevops_voice.conversation.orders import Orders
from aidevops_voice.conversation.outbox import Outbox
from aidevops_voice.conversation.places import ORDERS, Alone, Places
from aidevops_voice.conversation.telling import Telling
from aidevops_voice.conversation.turns import Asked, Ended
from aidevops_voice.errors import VoiceError
from aidevops_voice.events import AgentChanged, AgentEvent, AgentState, Ask
from aidevops_voice.feed import Feed
from aidevops_voice.floor.endings import Ending
from aidevops_voice.floor.waking import Listening
from aidevops_voice.journal import Journal, redacted
from aidevops_voice.listener import Act, Draft, Hint, Ignored, Prompt, Situation, Steer, SwitchTo, Understood
from aidevops_voice.narration import Narration
from aidevops_voice.ports import Clock, CodingAgent, Command, Heard, Mouth, Reply, Utterance, Voiced
from aidevops_voice.preferences import Preferences

_log = logging.getLogger(__name__)


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
        last: Account | None = None,
        preferences: Preferences | None = None,
        redact: Callable[[str], str] = str,
        clock: Clock = time.monotonic,
        places: Places | None = None,
        attention: Attention | None = None,
        rules: Rules | None = None,
        project: str = NOWHERE,
    ) -> None:
        self._agent, self._feed, self._journal = agent, feed, journal
        self._redact = redact
        self._telling = Telling(feed, journal, narration or Narration(), redact, clock, self.publish, last)
        self._page, self._asks, self._turns = self._telling.page, self._telling.asks, self._telling.turns
        self._delivery = Delivery(agent, journal, session, self._agent_changed)
        self._confirm_guesses = confirm_guesses
        self._inbox = Inbox(self._page)
        self._tasks = asyncio.TaskGroup()
        self._outbox = Outbox(self._telling, self._delivery, journal, self._beside, clock, agent)
        self._inquiries = Inquiries(self._telling, agent, journal, clock, self._beside, rules=rules, project=project)
        self._halting = Halting(agent, self._inquiries.on)
        self._attention = attention or Attention(Listening(), clock)
        self._attention.watch(self.publish)
        self._orders = Orders(self._telling, preferences)
        self._latencies: deque[float] = deque(maxlen=50)
        self._unfinished = unfinished
        self._places: Places = places or Alone()
        self.whole_status: Callable[[], dict[str, Any]] = self.status
        """The object of `GET /api/status`; the service puts its own facts around ours."""

    # --- life ---------------------------------------------------------------------------------------------------

    async def run(self) -> None:
        """Until cancelled: follow the agent, consider what is heard, keep the narration's clock."""
        async with self._tasks as tasks:
            tasks.create_task(self._follow(), name="agent events")
            tasks.create_task(self._delivery.join(), name="open session")
            tasks.create_task(self._consider_all(), name="heard")
            tasks.create_task(self._telling.keep_time(), name="narration clock")
            tasks.create_task(self._inquiries.keep_time(), name="requests")
            tasks.create_task(self._attention.keep_time(), name="attention")

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
        self._telling.speaker.use(mouth)
        self._orders.keep_pace()

    async def _follow(self) -> None:
        async for event in self._agent.events():
            await self._guard(self._on(event))
            # Events may wait by the hundred; others on the loop get their turn between two of them.
            await asyncio.sleep(0)

    async def _consider_all(self) -> None:
        while True:
            await self._guard(self._consider(*await self._inbox.next()))
            # What it began gets to its first wait: what was never begun cannot be called back tidily.
            await asyncio.sleep(0)

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
        if not self._inbox.take(heard):
            self._telling.notice("notices.too_much")

    def unheard(self) -> list[Heard]:
        """Take back what was not considered yet, to be heard elsewhere."""
        return self._inbox.emptied()

    @property
    def telling(self) -> Telling:
        """Its words and its record."""
        return self._telling

    def tell(self, text: str) -> None:
        """A typed turn, without waiting for its end."""
        self.hear(_typed(text))

    async def ask(self, text: str) -> Asked:
        """A typed turn; returns at its end, or when the agent needs the user."""
        heard, id_ = _typed(text), self._inbox.number()
        understood = self._understand(id_, heard)
        if not isinstance(understood, (Prompt, Steer)):
            said = await self._act_on(understood, id_, heard)
            return self._asked([one.text for one in said], "", "needs_you" if self._asks.ours else "done")
        record = self._outbox.submit(id_, heard)
        if self._asks.ours:
            record.wake("needs_you")  # it waits behind the request, and so would its caller
        outcome = await record.news
        return self._asked(record.spoken, "\n\n".join(record.answer), outcome)

    def _asked(self, spoken: list[str], text: str, outcome: Ended) -> Asked:
        told = tuple(sentence for sentence in spoken if sentence)
        return Asked(told, self._redact(text), outcome, tuple(redacted(self._asks.pending(), self._redact)))

    async def answer(self, ask: str, reply: Reply) -> None:
        """Answer a request by click, key or command line; raises UnknownAsk, ClosedAsk, AgentError."""
        await self._inquiries.click(ask, reply)

    def hush(self) -> None:
        """Stop the voice, never the work; a draft that waits is dropped."""
        self._outbox.drop_draft()
        self._telling.speaker.hush()

    async def stop_agent(self, session: str | None = None) -> list[Utterance]:
        """Abort what runs; the outcome is told by the agent's own end of the turn."""
        self.hush()
        self._journal.write("stop")
        if not (self._telling.running or self._turns.open):
            return self._telling.notice("notices.nothing_running")
        unsent = self._outbox.call_back()
        if self._delivery.session is not None:
            await self._halting.stop(session or self._delivery.session_id)
        for turn in unsent:
            self._telling.unsent(turn, None)
        return []

    # --- deciding -----------------------------------------------------------------------------------------------

    async def _consider(self, id_: str, heard: Heard) -> None:
        understood = self._understand(id_, heard)
        if isinstance(understood, (Prompt, Steer)):
            self._outbox.submit(id_, replace(heard, text=understood.text))
        else:
            await self._act_on(understood, id_, heard)

    def _understand(self, id_: str, heard: Heard) -> Understood | Answered:
        situation = Situation(
            permission=bool(self._asks.ours),
            draft=self._outbox.drafted,
            confirm_guesses=self._confirm_guesses,
            running=self._telling.running,
            around=self._places.around(),
        )
        heard, settled = self._attention.admit(heard, asked=bool(self._asks.ours))
        answered = settled or self._inquiries.hear(heard, elsewhere=situation.around.asked)
        understood = answered or listener.understand(heard, situation)
        if heard.source == "voice":
            self._telling.speaker.settle(resume=isinstance(understood, Ignored))
        understanding.keep(self._page, self._journal, id_, heard, understood)
        return understood

    async def _act_on(self, understood: Understood | Answered, id_: str, heard: Heard) -> list[Utterance]:
        match understood:
            case Act(command):
                return await self._command(command)
            case SwitchTo():
                return await self._places.carry_out(understood)
            case Answered():
                return self._inquiries.carry_out(understood)
            case Draft(text):
                return self._outbox.draft(id_, replace(heard, text=text), text)
            case Hint(key):
                return self._telling.notice(key)
            case Ignored() | Prompt() | Steer():
                return []

    async def _command(self, command: Command) -> list[Utterance]:
        match command:
            case Command.HUSH:
                self._telling.speaker.hush()
                return []
            case Command.STOP_AGENT:
                self._beside(self.stop_agent(), "stop")
                return []
            case Command.SEND:
                self._outbox.send_draft()
                return []
            case Command.DISCARD:
                self._outbox.drop_draft()
                return self._telling.notice("notices.dropped")
            case Command.SLEEP | Command.WAKE:
                return self._telling.notice(self._attention.turn(command), phrase=self._attention.phrase)
            case Command.GOODBYE:
                self._places.goodbye()
                return self._telling.notice(f"notices.goodbye{'_working' if self._telling.running else ''}")
            case _ if command in ORDERS:
                return await self._places.carry_out(command)
            case _:
                return await self._orders.carry_out(command)

    def _beside(self, step: Awaitable[object], name: str) -> asyncio.Task[None]:
        """Do it without keeping what is said next waiting."""
        return self._tasks.create_task(self._guard(step), name=name)

    # --- what the agent and the voice front end tell ------------------------------------------------------------

    async def _on(self, event: AgentEvent) -> None:
        if isinstance(event, AgentChanged):
            self._delivery.become(event.state, event.error)
        elif isinstance(event, Ask):
            await self._inquiries.asked(event)
        else:
            self._halting.on(event)

    def _agent_changed(self, state: AgentState, error: VoiceError | None) -> None:
        if error:
            self._page.notice(error, "error")
        self._telling.on(AgentChanged(state, error))
        self.publish()

    def voiced(self, utterance: Utterance, state: Voiced, heard: str = "") -> None:
        """What became of an utterance."""
        self._telling.speaker.voiced(utterance, state, heard)
        if state == "said" and utterance.kind != "progress":
            self._attention.said()

    def patience(self, text: str) -> Ending:
        """Whether a turn of these words is over."""
        return self._attention.patience(text, asked=bool(self._asks.ours))

    def voice_state(self, state: str) -> None:
        """Someone came to listen: what waits for the user is told."""
        self._attention.voice_state(state)
        if state == "connected" and self._unfinished:
            self._telling.notice("notices.back", text=self._unfinished)
            self._unfinished = ""
        self._inquiries.voice_state(state)
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
        self._telling.trouble(error)

    # --- showing ------------------------------------------------------------------------------------------------

    def status(self) -> dict[str, Any]:
        """Our part of `GET /api/status`."""
        session, error = self._delivery.session, self._delivery.error
        return {
            "session": session.id if session else None,
            "session_title": self._redact(session.title) if session else "",
            "agent_state": self._activity(),
            "listening": self._attention.status(),
            "turns": self._turns.count,
            "pending": redacted(self._asks.pending(), self._redact),
            "latency_ms": round(median(self._latencies)) if self._latencies else None,
            "degraded": [redacted(error.as_dict(), self._redact)] if error else [],
        }

    def publish(self) -> None:
        """Show the whole status to the page."""
        self._page.state(self.whole_status())

    def _activity(self) -> str:
        if self._delivery.state != "ready":
            return self._delivery.state
        if self._asks.ours:
            return "needs_you"
        return "working" if self._telling.running else "idle"


def _typed(text: str) -> Heard:
    return Heard(text, source="typed", trusted=True, certain=True)
