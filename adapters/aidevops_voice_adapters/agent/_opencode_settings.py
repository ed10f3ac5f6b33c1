"""What is there without starting anything: the program, a model that the user chose, servers that run."""

from __future__ import annotations

import contextlib
import json
import os
import re
import shutil
import socket
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from aidevops_voice_adapters.agent._opencode_json import STEP, Broken, parse

_KEYS = (
    *("ANTHROPIC_API_KEY", "OPENAI_API_KEY", "GEMINI_API_KEY", "GOOGLE_GENERATIVE_AI_API_KEY", "OPENROUTER_API_KEY"),
    *("GROQ_API_KEY", "MISTRAL_API_KEY", "DEEPSEEK_API_KEY", "XAI_API_KEY", "CEREBRAS_API_KEY", "TOGETHER_API_KEY"),
    *("FIREWORKS_API_KEY", "COHERE_API_KEY", "PERPLEXITY_API_KEY", "AZURE_API_KEY", "AWS_BEARER_TOKEN_BEDROCK"),
    *("OPENCODE_API_KEY", "MOONSHOT_API_KEY", "ZHIPU_API_KEY"),
)
_TRIES = 3
_COMMENT = re.compile(r'("(?:[^"\\]|\\.)*")|//[^\n]*|/\*.*?\*/', re.DOTALL)
_COMMA = re.compile(r'("(?:[^"\\]|\\.)*")|,(?=\s*[}\]])')


def find_binary(named: str | None) -> str | None:
    """The program: as named, else on PATH."""
    return shutil.which(named or "opencode")


def chosen_model(environment: Mapping[str, str]) -> str | None:
    """Where a model that the user chose was found, in words; `None` when there is only the free public one.

    What a project's own files choose does not count: whoever wrote them would choose who gets what the user says.
    """
    for place, config in _configs(environment):
        if isinstance(model := config.get("model"), str) and model:
            return f"{place} chooses {model}"
        if isinstance(providers := config.get("provider"), dict) and providers:
            return f"{place} sets up {', '.join(map(str, list(providers)[:3]))}"
    data = _home(environment, "XDG_DATA_HOME", ".local/share") / "opencode" / "auth.json"
    if names := list(_read(data)):
        return f"OpenCode is logged in to {', '.join(map(str, names[:3]))}"
    key = next((name for name in _KEYS if environment.get(name)), None)
    return f"{key} is set" if key else None


def _configs(environment: Mapping[str, str]) -> Iterator[tuple[str, dict[str, Any]]]:
    folder = _home(environment, "XDG_CONFIG_HOME", ".config") / "opencode"
    if named := environment.get("OPENCODE_CONFIG"):
        yield named, _read(Path(named))
    if inline := environment.get("OPENCODE_CONFIG_CONTENT"):
        yield "OPENCODE_CONFIG_CONTENT", relaxed(inline)
    for name in ("opencode.json", "opencode.jsonc"):
        yield str(folder / name), _read(folder / name)


def _home(environment: Mapping[str, str], variable: str, default: str) -> Path:
    return Path(environment.get(variable) or Path(environment.get("HOME") or Path.home()) / default)


def _read(path: Path) -> dict[str, Any]:
    try:
        return relaxed(path.read_text("utf-8", errors="replace"))
    except OSError:
        return {}


def relaxed(text: str) -> dict[str, Any]:
    """JSON with comments and trailing commas; anything else counts as empty."""
    bare = _COMMA.sub(lambda m: m[1] or "", _COMMENT.sub(lambda m: m[1] or " ", text))
    try:
        found = json.loads(bare)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


@dataclass(frozen=True, slots=True)
class Discovered:
    """A running server of this user."""

    url: str
    pid: int
    directory: str
    needs_password: bool
    version: str = ""

    @property
    def sentence(self) -> str:
        """For `doctor`."""
        how = "needs its password" if self.needs_password else "has no password, so it is used only when named"
        return f"OpenCode {self.version} at {self.url} in {self.directory} {how}".replace("  ", " ")


def discover(project: Path) -> list[Discovered]:
    """Other OpenCode servers of this user, those of the project first; Linux only, blocks up to 3 s for each."""
    if not Path("/proc/net/tcp").exists():
        return []
    listening = _listening()
    found = [
        server
        for pid in processes()
        for port in sorted({listening[inode] for inode in _sockets(pid) if inode in listening})
        if (server := _ask(pid, port))
    ]
    return sorted(found, key=lambda server: server.directory != str(project.resolve()))


def serving(port: int) -> set[int]:
    """Processes of OpenCode that listen on a port of this machine; files of /proc are read."""
    with contextlib.suppress(OSError):
        inodes = {inode for inode, found in _listening().items() if found == port}
        return {pid for pid in processes() if inodes & set(_sockets(pid))}
    return set()


def processes() -> Iterator[int]:
    """Those of this user that are OpenCode."""
    if not Path("/proc").exists():
        return
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            if entry.stat().st_uid == os.getuid() and "opencode" in (entry / "comm").read_text():
                yield int(entry.name)
        except OSError:
            continue


def _sockets(pid: int) -> Iterator[str]:
    try:
        for handle in Path(f"/proc/{pid}/fd").iterdir():
            target = str(handle.readlink())
            if target.startswith("socket:["):
                yield target[8:-1]
    except OSError:
        return


def _listening() -> dict[str, int]:
    lines = Path("/proc/net/tcp").read_text().splitlines()[1:]
    rows = [line.split() for line in lines]
    loopback = {socket.inet_aton(address)[::-1].hex().upper() for address in ("127.0.0.1", "0.0.0.0")}
    return {
        row[9]: int(row[1].partition(":")[2], 16)
        for row in rows
        if row[3] == "0A" and row[1].partition(":")[0] in loopback
    }


def _ask(pid: int, port: int) -> Discovered | None:
    url = f"http://127.0.0.1:{port}"
    try:
        directory = str(Path(f"/proc/{pid}/cwd").readlink())
        response = _health(url)
        found = parse(response.content[:STEP]) if response.status_code == 200 else {}
    except (OSError, httpx.HTTPError, Broken):
        return None
    if response.status_code == 401:
        return Discovered(url, pid, directory, True)
    version = found.get("version") if isinstance(found, dict) else None
    return Discovered(url, pid, directory, False, version) if isinstance(version, str) else None


def _health(url: str) -> httpx.Response:
    # A request that comes while the server boots may never be answered; a second one is.
    for _ in range(_TRIES - 1):
        with contextlib.suppress(httpx.TimeoutException):
            return httpx.get(f"{url}/global/health", timeout=1.0, trust_env=False)
    return httpx.get(f"{url}/global/health", timeout=1.0, trust_env=False)
