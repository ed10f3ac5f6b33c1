"""English: how a request of the agent is put to the user, and what became of it."""

from __future__ import annotations

from aidevops_voice.languages import Phrase

CONSENT: dict[str, Phrase] = {
    "consent.which_is": "{what}, and {why}",
    "consent.also": "it also wants to {what}",
    "consent.how_click": "Press Y, or say no.",
    "consent.how_voice": "May it?",
    "consent.how_page": "Only a click on the page lets it happen, or say no.",
    "consent.how_type": "Answer on the page, or say no to skip it.",
    "consent.how_choose": "Say one of them, or its number.",
    "consent.how_words": "What shall I tell it?",
    "consent.scope": "from now on this would let it, without asking, do {scope}",
    "consent.scope_more": "{what} with anything behind it",
    "consent.scope_all_edits": "every edit of any file",
    "consent.scope_all_commands": "every command",
    "consent.scope_all_uses": "every use of this tool",
    "consent.how_scope": "Is that what you want?",
    "consent.details": "The exact text is on the page.",
    "consent.no_details": "I know no more than that.",
    "consent.taken": "Allowed.",
    "consent.taken_always": "Allowed from now on.",
    "consent.denied": "Denied.",
    "consent.denied_time": "Nobody answered, so I denied it.",
    "consent.denied_doubt": "I did not understand the answer, so I denied it.",
    "consent.denied_rule": "Your settings forbid this, so I denied it.",
    "consent.answered": "I told it, {answer}.",
    "consent.skipped": "I told it that you will not answer.",
    "consent.fell": "A question of the agent fell with it.",
    "consent.fell_named": "With it fell the request to {what}.",
    "consent.untrusted": "I may not take that by ear. Say it on the page, or press Y.",
    "consent.click_only": "Only a click on the page lets this happen.",
    "consent.no_always": "There is nothing to remember for it. Shall it be this once?",
    "consent.no_always_rule": "Your settings forbid what that would let through.",
    "consent.unheard": "You have not heard all of it yet.",
    "consent.early": "That was too early.",
    "consent.late": "The phrase is no longer valid. Here is a new one.",
    "consent.wrong_phrase": "That was not the phrase.",
    "consent.doubt": "I am not sure what you want.",
    "consent.draft": "I heard, {text}. Say send it, or answer on the page.",
}
