"""How far the agent is with its own list of things to do; pure, only what the record holds."""

from __future__ import annotations

from aidevops_voice.chronicle import Account
from aidevops_voice.conversation.deeds import say, sentence, told
from aidevops_voice.languages import Language


def told_of(current: Account | None, last: Account | None, language: Language) -> list[str]:
    """`three of five done, now: writing the tests`; empty where nothing runs by a list and none is left over."""
    account = current or last
    if account is None or not account.todo:
        return [] if current else say(language, "recall.no_plan")
    items = [item for item in account.todo if item.status != "cancelled"]
    done = sum(item.status == "completed" for item in items)
    if items and done == len(items):
        return say(language, "recall.plan_all", done)
    said = [told(language, "recall.plan", len(items), done=done)]
    if now := _first(account, "in_progress"):
        said.append(told(language, "recall.plan_now", item=now))
    elif upcoming := _first(account, "pending"):
        said.append(told(language, "recall.plan_next", item=upcoming))
    return [sentence(", ".join(said))]


def _first(account: Account, status: str) -> str:
    return next((item.text for item in account.todo if item.status == status), "")
