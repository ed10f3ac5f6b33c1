"""Carries out what the user says about what is heard: questions about the last run, how much is said, how fast."""

from __future__ import annotations

import asyncio

from aidevops_voice.conversation import recall
from aidevops_voice.conversation.telling import Telling
from aidevops_voice.ports import Command, Utterance
from aidevops_voice.preferences import Preferences

SLOWEST, FASTEST = 0.7, 1.6
STEP = 0.15
"""Of the voice's own speed."""
_AMOUNTS = {
    Command.QUIET: "quiet", Command.NORMAL: "normal", Command.CHATTY: "chatty", Command.SOUNDS_OFF: "sounds_off",
    Command.SOUNDS_ON: "sounds_on",
}  # fmt: skip


class Orders:
    """None of it reaches the agent."""

    def __init__(self, telling: Telling, preferences: Preferences | None = None) -> None:
        self._telling, self._preferences = telling, preferences
        self._pace = preferences.pace if preferences else 1.0

    def keep_pace(self) -> None:
        """A new voice speaks as fast as the one before."""
        self._telling.speaker.pace(self._pace)

    async def carry_out(self, command: Command) -> list[Utterance]:
        """Do it and say so; empty for what is no order of these kinds."""
        match command:
            case Command.REPEAT:
                return self._telling.repeat()
            case Command.SLOWER:
                return self._speak(max(SLOWEST, round(self._pace - STEP, 2)), "slower", "slowest")
            case Command.FASTER:
                return self._speak(min(FASTEST, round(self._pace + STEP, 2)), "faster", "fastest")
            case Command.FEWER | Command.QUIET | Command.NORMAL | Command.CHATTY:
                return self._say_so_much(command)
            case Command.SOUNDS_OFF | Command.SOUNDS_ON:
                return self._say_so_much(command)
            case _ if command in recall.QUESTIONS:
                return await self._answer(command)
            case _:
                return []

    async def _answer(self, command: Command) -> list[Utterance]:
        """In a thread, for reading a long answer takes longer than the loop may be held."""
        telling = self._telling
        said = await asyncio.to_thread(recall.answer, command, telling.scene(), telling.language)
        return telling.recall(said)

    def _speak(self, pace: float, key: str, limit: str) -> list[Utterance]:
        key, self._pace = limit if pace == self._pace else key, pace
        self._telling.speaker.pace(pace)
        if self._preferences:
            self._preferences.remember(pace=pace)
        return self._telling.notice(f"notices.{key}")

    def _say_so_much(self, command: Command) -> list[Utterance]:
        narration = self._telling.narrate(command)
        if self._preferences and command in (Command.SOUNDS_OFF, Command.SOUNDS_ON):
            self._preferences.remember(sounds=narration.earcons)
        elif self._preferences:
            self._preferences.remember(level=narration.level)
        return self._telling.notice(f"notices.{_AMOUNTS.get(command, narration.level)}")
