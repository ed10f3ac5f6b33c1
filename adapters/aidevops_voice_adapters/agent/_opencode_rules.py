"""Who must ask before what: the rules given to our own server and to sessions made here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from aidevops_voice.errors import AgentUnsafe
from aidevops_voice_adapters.agent._opencode_wire import Wire

PERMISSION: dict[str, Any] = {
    "*": "ask",
    "read": {"*": "allow", "*.env": "ask", "*.env.*": "ask", "*.env.example": "allow"},
    **dict.fromkeys(("grep", "glob", "list", "todowrite", "task", "question"), "allow"),
}
"""Everything that changes, runs or leaves the project asks, as does whatever is unknown; later entries win."""
_HARMLESS = {*PERMISSION, "external_directory", "todoread", "plan_enter", "plan_exit"} - {"*"}


class Rule(Wire):
    """What an agent may do; the last one that matches counts."""

    permission: str
    pattern: str
    action: str


class Agent(Wire):
    """One of the agents that OpenCode offers."""

    name: str
    mode: str = ""
    hidden: bool | None = None
    permission: tuple[Rule, ...] = ()


def session_rules(agents: Sequence[Agent], agent: str, ours: bool) -> list[dict[str, str]]:
    """The same as a session's own list, which wins over an agent's settings; what the agent is denied stays denied.

    They do not hold for subagents: starting one asks on another's server, and where a subagent need not ask.
    """
    careful = ours and not lenient([each for each in agents if each.mode != "primary"])
    listed = []
    for permission, action in {**PERMISSION, "task": "allow" if careful else "ask"}.items():
        patterns = action if isinstance(action, dict) else {"*": action}
        listed += [{"permission": permission, "pattern": p, "action": a} for p, a in patterns.items()]
    own = next((each.permission for each in agents if each.name == agent), ())
    return listed + [rule.model_dump() for rule in _denied(own)]


def lenient(agents: Sequence[Agent]) -> list[str]:
    """Agents whose own settings allow something that should ask."""
    return [agent.name for agent in agents if not agent.hidden and _allowed(agent.permission)]


def warning(names: Sequence[str]) -> AgentUnsafe:
    """The configuration of OpenCode lets these agents work unasked."""
    return AgentUnsafe(
        f"OpenCode's configuration lets {', '.join(names)} work without asking; starting a subagent asks instead.",
        cure="Remove `permission` from these agents in opencode.json or .opencode/agent.",
        spoken="Take care: the project's settings let subagents work without asking.",
    )


def _denied(rules: Sequence[Rule]) -> list[Rule]:
    last = {(rule.permission, rule.pattern): rule for rule in rules}
    return [rule for rule in last.values() if rule.action == "deny" and rule.permission != "*"]


def _allowed(rules: Sequence[Rule]) -> bool:
    asks = [index for index, rule in enumerate(rules) if (rule.permission, rule.pattern) == ("*", "*")]
    after = rules[asks[-1] :] if asks else [Rule(permission="*", pattern="*", action="allow")]
    return any(rule.action == "allow" and rule.permission not in _HARMLESS for rule in after)
