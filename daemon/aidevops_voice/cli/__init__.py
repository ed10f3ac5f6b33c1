"""The command line: what may be said, and how errors leave; the commands themselves are in `commands`."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, NoReturn

from aidevops_voice import __version__, control
from aidevops_voice.cli import commands, judging, plugging, spelling
from aidevops_voice.errors import BadValue, VoiceError

_EPILOG = "Exit codes: 0 ok, 1 failed, 2 bad use or configuration, 3 not running, 4 needs you."


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    if words[:1] == ["voice"]:
        # `aidevops voice start` arrives so through the shell function.
        words = words[1:]
    as_json = "--json" in words
    try:
        options = _parser().parse_args(words)
        code: int = options.run(options)
        sys.stdout.flush()
        return code
    except VoiceError as error:
        return control.complain(error, as_json)
    except BrokenPipeError:
        # The reader (`head`) is gone; Python would complain once more when it closes stdout.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        return 130
    except Exception as error:  # noqa: BLE001 - one of the three edges
        return control.complain(_unexpected(error), as_json)


def _unexpected(error: Exception) -> VoiceError:
    """Names kind and place only: what the error itself says may hold a secret."""
    frame = error.__traceback__
    while frame is not None and frame.tb_next is not None:
        frame = frame.tb_next
    place = f" in {Path(frame.tb_frame.f_code.co_filename).name}, line {frame.tb_lineno}" if frame else ""
    return VoiceError(f"Something unforeseen: {type(error).__name__}{place}.", cure="See: aidevops-voice doctor")


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """Bad use is an error like every other, also as JSON."""
        raise BadValue(f"{message}.", cure=f"See: {self.prog} --help")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="aidevops-voice", description="Talk to your coding agent and hear what it did.", epilog=_EPILOG
    )
    parser.add_argument("--version", action="version", version=f"aidevops-voice {__version__}")
    verbs = parser.add_subparsers(title="commands", metavar="COMMAND", required=True, parser_class=_Parser)
    _add_life(verbs)
    _add_turns(verbs)
    _add_understanding(verbs)
    _add_looking(verbs)
    _add_spelling(verbs)
    _add_plugin(verbs)
    return parser


def _verb(
    verbs: Any, name: str, run: Callable[[Any], int], help_: str, as_json: bool = True
) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = verbs.add_parser(name, help=help_, description=help_)
    parser.set_defaults(run=run)
    if as_json:
        parser.add_argument("--json", action="store_true", help="one JSON object on stdout, nothing else")
    return parser


def _add_life(verbs: Any) -> None:
    start = _verb(verbs, "start", commands.start, "Start the daemon for a project and print the link to its page.")
    _add_start_flags(start)
    start.add_argument("--foreground", action="store_true", help="stay in this process until stopped")
    _verb(verbs, "stop", commands.stop, "Stop the daemon; does nothing when none is running.")
    restart = _verb(verbs, "restart", commands.restart, "Stop and start again, on the same port.")
    _add_start_flags(restart)
    _verb(verbs, "status", commands.status, "Say what is running.")
    _verb(verbs, "open", commands.open_page, "Open the page with a fresh link, and print it.")
    attach = _verb(verbs, "attach", commands.attach, "Open OpenCode's own screen on the same session.", as_json=False)
    attach.add_argument("--json", action="store_true", help=argparse.SUPPRESS)


def _add_start_flags(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--project", metavar="DIR", help="folder that the agent works in (default: this one)")
    add("--profile", metavar="P", help="how to hear and speak; see: aidevops-voice profiles")
    add("--agent", metavar="A", help="auto, opencode or rehearsal")
    add("--opencode", metavar="URL", help="a running OpenCode server to work with")
    add("--session", metavar="ID|new", help="session to join (default: a new one)")
    add("--host", metavar="H", help="loopback address to listen on (default: 127.0.0.1)")
    add("--port", metavar="N", type=_port, help="port to listen on, 0 for any (default: 7865)")
    add("--config", metavar="FILE", help="instead of ~/.config/aidevops/voice.yaml")
    add("--no-open", action="store_true", help="do not open a browser")
    add("--offline", action="store_true", help="no update checks and downloads by programs that are started")


def _port(text: str) -> int:
    if text.isdecimal() and int(text) < 65536:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text!r} is not a port")


def _add_turns(verbs: Any) -> None:
    ask = _verb(verbs, "ask", commands.ask, "Send one request to the agent and print what would be spoken.")
    ask.add_argument("text", metavar="TEXT", nargs="+")
    answer = _verb(verbs, "answer", commands.answer, "Answer a request of the agent.")
    answer.add_argument("id", metavar="ID")
    answer.add_argument("reply", metavar="allow|always|deny|TEXT", nargs="+")
    _verb(verbs, "hush", commands.hush, "Stop the voice; the agent goes on.")
    stop_agent = _verb(verbs, "stop-agent", commands.stop_agent, "Stop what the agent is doing.")
    stop_agent.add_argument("--session", metavar="ID", help="another session than the current one")


def _add_understanding(verbs: Any) -> None:
    narrate = _verb(verbs, "narrate", commands.narrate, "Turn an agent's answer into the words that would be spoken.")
    narrate.add_argument("file", metavar="FILE", nargs="?", help="Markdown (default: stdin)")
    narrate.add_argument("--events", metavar="FILE", help="JSON lines of agent events instead")
    hear = _verb(verbs, "hear", commands.hear, "Say how an utterance would be understood.")
    hear.add_argument("text", metavar="TEXT", nargs="+")
    hear.add_argument("--pending", metavar="FILE", help="JSON of the request that waits for an answer, - for stdin")
    risk = _verb(verbs, "risk", judging.risk, "Say what a shell command could do, and how it would be read back.")
    risk.add_argument("text", metavar="COMMAND", nargs="+", help="in quotes; behind -- when it begins with a dash")
    risk.add_argument("--project", metavar="DIR", help="folder that it starts in (default: this one)")
    _verb(verbs, "why", judging.why, "Say what became of what was heard last, and why requests were decided so.")


def _add_looking(verbs: Any) -> None:
    for name, run, help_ in (
        ("profiles", commands.profiles, "List the profiles and what each of them lacks here."),
        ("doctor", commands.doctor, "Check this machine and say how to cure what is wrong."),
    ):
        parser = _verb(verbs, name, run, help_)
        parser.add_argument("--project", metavar="DIR", help="as with start")
        parser.add_argument("--config", metavar="FILE", help="as with start")
    logs = _verb(verbs, "logs", commands.logs, "Print the log.", as_json=False)
    logs.add_argument("-f", "--follow", action="store_true", help="and go on as it grows")


def _add_spelling(verbs: Any) -> None:
    shell = _verb(verbs, "shell-init", spelling.shell_init, "Print a function for `aidevops voice …`.", as_json=False)
    shell.add_argument("shell", nargs="?", choices=("bash", "zsh", "fish"), help="default: the shell in $SHELL")
    help_ = "Install or remove a file `aidevops` for scripts where the framework is not."
    shim = verbs.add_parser("shim", help=help_, description=help_)
    deeds = shim.add_subparsers(metavar="install|remove", required=True, parser_class=_Parser)
    install = _verb(deeds, "install", spelling.install_shim, "Write the file, unless there is an aidevops already.")
    install.add_argument("--force", action="store_true", help="beside another aidevops too; never overwrites one")
    remove = _verb(deeds, "remove", spelling.remove_shim, "Delete the file, if it is ours.")
    install.add_argument("--dir", metavar="D", help="folder to write to (default: ~/.local/bin)")
    remove.add_argument("--dir", metavar="D", help="folder to look in (default: ~/.local/bin and PATH)")


def _add_plugin(verbs: Any) -> None:
    help_ = "Put our plugin into OpenCode, or take it out: the voice then talks to the session on its screen."
    plugin = verbs.add_parser("plugin", help=help_, description=help_)
    deeds = plugin.add_subparsers(metavar="install|remove", required=True, parser_class=_Parser)
    install = _verb(deeds, "install", plugging.install, "Write the plugin, or renew it.")
    remove = _verb(deeds, "remove", plugging.remove, "Take out the plugin and everything that came with it.")
    for parser in (install, remove):
        where = parser.add_mutually_exclusive_group()
        where.add_argument("--project", metavar="DIR", help="for this folder alone (default: this one)")
        where.add_argument("--global", dest="everywhere", action="store_true", help="for every project of yours")
    help_ = "start the daemon whenever OpenCode is started; installing again without this ends it"
    install.add_argument("--autostart", action="store_true", help=help_)
