"""What the agent does, told: to the page in full, to the ear in a few words, to the journal for later."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from aidevops_voice import chronicle
from aidevops_voice.chronicle import Account, Chronicle
from aidevops_voice.conversation.asks import Asks
from aidevops_voice.conversation.deeds import say
from aidevops_voice.conversation.page import GATHER_S, Page
from aidevops_voice.conversation.recall import Scene
from aidevops_voice.conversation.speaker import Speaker
from aidevops_voice.conversation.turns import Record, Turns
from aidevops_voice.errors import VoiceError
from aidevops_voice.feed import Feed
from aidevops_voice.journal import Journal
from aidevops_voice.languages import Language, named
from aidevops_voice.narration import Narration
from aidevops_voice.narrator import Narrator
from aidevops_voice.ports import (
    AgentEvent,
    AgentNotice,
    Ask,
    AskClosed,
    Clock,
    Command,
    Kind,
    TextEnded,
    ToolFinished,
    Turn,
    TurnEnded,
    TurnStarted,
    Utterance,
)
from aidevops_voice.veil import Veil
from aidevops_voice.words import wording


class Telling:
    """Holds the turns and the open requests; `changed` is called when the status is another one."""

    def __init__(
        self,
        feed: Feed,
        journal: Journal,
        narration: Narration,
        redact: Callable[[str], str],
        clock: Clock,
        changed: Callable[[], None],
        last: Account | None = None,
    ) -> None:
        self._journal, self._clock, self.changed = journal, clock, changed
        self._narrator = Narrator(narration, reads=False)
        self._rearm = asyncio.Event()
        self._veil = Veil(redact)
        self.page = Page(feed, redact)
        self.turns = Turns()
        self.asks = Asks()
        self._chronicle = Chronicle(last)
        self.again: Callable[[], list[Utterance]] = list
        """Reads the request that waits once more."""
        self.lapsed: Callable[[str], None] = lambda text: None
        """Is told in words that a request ended without an answer of the user."""
        self.speaker = Speaker(self.page, journal, self.turns, self._chronicle)

    @property
    def running(self) -> bool:
        """Whether the agent works on something."""
        return self._narrator.turn is not None

    @property
    def language(self) -> Language:
        """Of our own words: the one that is set, or that of the last answer or prompt."""
        return self._narrator.language

    @property
    def held(self) -> str:
        """What the agent wrote behind a tool and nobody has heard, without secrets."""
        return self._narrator.held

    @property
    def quiet(self) -> bool:
        """Whether only results are wanted."""
        return self._narrator.narration.quiet

    def narrate(self, command: Command) -> Narration:
        """Say more or less from now on."""
        self._narrator.use(self._narrator.narration.stepped(command))
        return self._narrator.narration

    def submitted(self, turn: Turn) -> Record:
        """A prompt of ours is on its way."""
        record = self.turns.add(turn.id, turn.text)
        self.page.submitted(turn.id, turn.session, turn.text)
        self.speaker.forget()
        self._chronicle.submitted(turn.id, self._veil.text(turn.text), self._clock())
        self._narrator.submitted(turn, self._clock())
        self._rearm.set()
        self.changed()
        return record

    def extended(self, turn: Turn) -> Record:
        """A prompt that is still on its way has more words."""
        self.page.submitted(turn.id, turn.session, turn.text)
        self._chronicle.submitted(turn.id, self._veil.text(turn.text), self._clock())
        return self.turns.extend(turn.id, turn.text)

    def on(self, told: AgentEvent) -> None:
        """One event of the agent; the page takes secrets out by itself, as a request has to be seen to the letter."""
        event = self._veil.event(told)
        kept = self._chronicle.on(event, self._clock())
        match event:
            case TurnEnded() if self.turns.closed(event.turns):
                return
            case AskClosed():
                if event.closing in ("allow", "always") and not self.asks.taken(event.id):
                    self.notice("notices.allowed_elsewhere")
                self.asks.close(event.id)
                self.speaker.withdraw(event.id)
                self.asks_changed()
            case AgentNotice(error=error):
                self.page.notice(error, "warning")
            case TextEnded():
                self.turns.answered(event.text)
            case _:
                pass
        self.page.show(told)
        self.speaker.say(self._narrator.feed(event, self._clock()))
        self._after(event)
        self._write(kept)
        self._rearm.set()

    def unsent(self, turn: Turn, error: VoiceError | None) -> None:
        """The agent did not take a prompt, or it was called back; what it works on otherwise goes on."""
        waiting = [record.id for record in self.turns.open]
        if turn.id not in waiting:
            return
        ended = TurnEnded(turn.session, (turn.id,), "failed" if error else "stopped", error)
        if waiting[0] == turn.id:
            self.on(ended)
            return
        self.page.show(ended)
        if error:
            self.trouble(error)
        self._journal.write("ended", turns=ended.turns, outcome="unsent")
        self.turns.end((turn.id,), ended.outcome)

    def asks_changed(self) -> None:
        """Some request was answered or came."""
        self._narrator.asks_open(bool(self.asks.waiting))

    async def keep_time(self) -> None:
        """Until cancelled: say and show what is due."""
        while True:
            self._rearm.clear()
            try:
                async with asyncio.timeout(self._wait()):
                    await self._rearm.wait()
            except TimeoutError:
                self.page.flush()
                self.speaker.say(self._narrator.tick(self._clock()))

    # --- words of our own ---------------------------------------------------------------------------------------

    def notify(self, text: str, about: str = "", kind: Kind = "notice") -> list[Utterance]:
        """Say something of our own."""
        return self.speaker.say([self._narrator.say(text, kind, about)])

    def notice(self, key: str, about: str = "", **fields: str | int) -> list[Utterance]:
        """Say a phrase of the tables."""
        return [one for said in say(self.language, key, None, **fields) for one in self.notify(said, about)]

    def scene(self) -> Scene:
        """What a question about the last run is asked about."""
        kept = self._chronicle
        copies = {id(one): one.copied() for one in (kept.about, kept.current, kept.last) if one is not None}
        about, current, last = (copies.get(id(one)) for one in (kept.about, kept.current, kept.last))
        heard = tuple(text for text, _, _ in self.speaker.last)
        code = self._narrator.narration.language
        read_in = None if code == "auto" else named(code)
        return Scene(self._clock(), about, current, last, bool(self.asks.ours), heard, read_in)

    def recall(self, said: list[str]) -> list[Utterance]:
        """Say an answer from the record; it is what can be said again."""
        self.speaker.forget()
        return self.speaker.say([self._narrator.say(text, "answer") for text in said])

    def seen(self, ask: Ask) -> Ask:
        """A request without secrets."""
        clean = self._veil.event(ask)
        return clean if isinstance(clean, Ask) else ask

    def asked(self, told: Ask, *, silent: bool) -> None:
        """Show a request; `silent`: the user is not needed for it."""
        ask = self.seen(told)
        self.asks.add(ask)
        self.page.show(told, title=str(self.asks.facts(told).get("title", "")))
        self._journal.write("ask", ask=ask.id, permission=ask.permission, command=ask.command, path=ask.path)
        if not silent:
            self.turns.needs_user()

    def lead(self, ask: Ask) -> None:
        """Say what comes before a request that is read now; what else of the turn still waits is on the page."""
        if self._narrator.turn:
            self.speaker.leave(self._narrator.turn)
        self.speaker.say(self._narrator.feed(ask, self._clock()))
        self._rearm.set()

    def worded(self, sentences: list[str], ask: str) -> list[Utterance]:
        """Sentences about a request, not said yet."""
        return [self._narrator.say(text, "needs-you", ask) for text in sentences]

    def request(self, sentences: list[str], ask: str) -> list[Utterance]:
        """Read a request aloud."""
        return self.speaker.say(self.worded(sentences, ask))

    def repeat(self) -> list[Utterance]:
        """Say the last answer, and what is asked, again."""
        said = self.speaker.say([self._narrator.say(*last) for last in self.speaker.last if last[1] != "needs-you"])
        said += self.again()
        return said or self.notice("notices.nothing_said")

    def trouble(self, error: VoiceError) -> None:
        """A failure is told, on the page and aloud."""
        self.page.notice(error, "error")
        self.notify(wording.failure(error, self._narrator.language))

    # ------------------------------------------------------------------------------------------------------------

    def _write(self, kept: AgentEvent) -> None:
        """What the record of the last run is rebuilt from after a restart."""
        match kept:
            case TurnStarted(ours=False):
                self._journal.write("began", turn=kept.turn, text=kept.text[: chronicle.LINE_CAP])
            case TextEnded():
                self._journal.keep("text", turn=kept.turn, text=kept.text[: chronicle.TEXT_CAP])
            case ToolFinished():
                self._journal.keep("tool", turn=kept.turn, **chronicle.entry(kept))
            case _:
                pass

    def _after(self, event: AgentEvent) -> None:
        match event:
            case TurnEnded():
                error = {"error": event.error.message, "error_told": event.error.spoken} if event.error else {}
                self._journal.write("ended", turns=event.turns, outcome=event.outcome, **error)
                self._drop_asks(event)
                self.turns.end(event.turns, event.outcome)
            case AskClosed():
                self._journal.write("ask_closed", ask=event.id, closing=event.closing)
            case TurnStarted():
                pass
            case _:
                return
        self.changed()

    def _drop_asks(self, ended: TurnEnded) -> None:
        """Requests fall with their turn."""
        for fallen in self.asks.open if ended.outcome != "done" else ():
            if fallen.turn and fallen.turn not in ended.turns:
                continue
            self.page.show(AskClosed(fallen.id, ended.session, "dropped"))
            self.asks.close(fallen.id)
            self.speaker.withdraw(fallen.id)

    def _wait(self) -> float | None:
        due = self._narrator.due()
        wait = None if due is None else max(0.0, due - self._clock())
        if self.page.gathering:
            return GATHER_S if wait is None else min(wait, GATHER_S)
        return wait
