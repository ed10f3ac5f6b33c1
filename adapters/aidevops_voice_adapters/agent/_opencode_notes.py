"""A text that is put into a session without a turn; the agent reads it with the next prompt."""

from __future__ import annotations

import secrets
import time

from aidevops_voice.errors import UnknownSession
from aidevops_voice_adapters.agent._opencode_link import Link, NotFound
from aidevops_voice_adapters.agent._opencode_story import Prompt, Story


async def leave_note(link: Link, story: Story, text: str, agent: str | None) -> None:
    """Put it there, and know it as our own when it comes back as an event; raises AgentError."""
    name = f"{int(time.time() * 1000):012x}{secrets.token_hex(6)}"
    story.prompts[f"msg_{name}"] = Prompt(True, None, "inner")
    part = {"id": f"prt_{name}", "type": "text", "text": text}
    body = {"messageID": f"msg_{name}", "noReply": True, "parts": [part], **({"agent": agent} if agent else {})}
    try:
        await link.post(f"/session/{story.session}/message", body)
    except NotFound:
        raise UnknownSession("OpenCode has no such session.") from None
