"""Tools that ended because the user said no, which is no failure of the work; pure."""

from __future__ import annotations

from dataclasses import dataclass, field

from aidevops_voice.ports import AgentEvent, Ask, AskClosed, ToolFinished


@dataclass(slots=True)
class Refusals:
    """Of one turn."""

    _asked: dict[str, Ask] = field(default_factory=dict)
    _denied: list[Ask] = field(default_factory=list)

    def on(self, event: AgentEvent) -> None:
        """Remember what was asked, and what of it was denied."""
        match event:
            case Ask():
                self._asked[event.id] = event
            case AskClosed(id=id_, closing=closing):
                ask = self._asked.pop(id_, None)
                if ask and closing in ("deny", "dropped"):
                    self._denied.append(ask)
            case _:
                pass

    def ended(self, tool: ToolFinished) -> bool:
        """Whether this tool ended for one of them; each counts once."""
        if tool.ok or tool.exit_code is not None:
            return False
        found = next((ask for ask in self._denied if _wants(ask, tool)), None)
        if found:
            self._denied.remove(found)
        return found is not None


def _wants(ask: Ask, tool: ToolFinished) -> bool:
    if ask.child != tool.child:
        return False
    if ask.command:
        return ask.command == tool.command
    return tool.tool == ask.permission or bool(ask.path and ask.path == tool.path)
