"""Where the real OpenCode is for tests, and an environment in which it touches nothing of the user's."""

from __future__ import annotations

import json
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

VERSION = "1.18.33"
TOOLS = Path(__file__).resolve().parents[1] / ".tools"


@cache
def opencode_binary() -> str:
    """The program of the tested version: on PATH, else in `.tools`, else installed there from npm."""
    local = TOOLS / "node_modules" / ".bin" / "opencode"
    for candidate in (shutil.which("opencode"), str(local)):
        if candidate and _version(candidate) == VERSION:
            return candidate
    TOOLS.mkdir(exist_ok=True)
    install = ["npm", "install", "--no-audit", "--no-fund", "--prefix", str(TOOLS), f"opencode-ai@{VERSION}"]
    subprocess.run(install, check=True, timeout=600)
    if _version(str(local)) != VERSION:
        raise RuntimeError(f"{local} does not run after: {' '.join(install)}")
    return str(local)


def isolated_environment(home: Path, config: dict[str, Any]) -> dict[str, str]:
    """Variables that give OpenCode its own folders, this configuration and no network."""
    folders = {f"XDG_{name}_HOME": str(home / name.lower()) for name in ("CONFIG", "DATA", "STATE", "CACHE")}
    return {
        "HOME": str(home),
        **folders,
        "OPENCODE_CONFIG_CONTENT": json.dumps(config),
        "OPENCODE_DISABLE_AUTOUPDATE": "1",
        "OPENCODE_DISABLE_MODELS_FETCH": "1",
        "OPENCODE_DISABLE_LSP_DOWNLOAD": "1",
        "npm_config_fetch_retries": "0",
        "npm_config_registry": "http://127.0.0.1:9/",
    }


def _version(program: str) -> str:
    try:
        done = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=30, check=False)
    except OSError:
        return ""
    return done.stdout.strip()
