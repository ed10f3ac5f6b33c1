"""What the OpenCode adapter finds and what it tells OpenCode, without a server."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import ValidationError

from aidevops_voice import assembly
from aidevops_voice.adapter import Workplace
from aidevops_voice.ports import Turn
from aidevops_voice_adapters.agent._opencode_child import environment
from aidevops_voice_adapters.agent._opencode_prompt import prompt_body, system_text
from aidevops_voice_adapters.agent._opencode_settings import chosen_model
from aidevops_voice_adapters.agent.opencode import ADAPTER, OpenCodeOptions, probe

PROMPT = (Path(__file__).resolve().parents[2] / "prompts" / "opencode.md").read_text("utf-8")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home with an `opencode` on PATH and no key of any provider."""
    program = tmp_path / "bin" / "opencode"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    for name in ("ANTHROPIC_API_KEY", "OPENAI_API_KEY", "GEMINI_API_KEY", "OPENCODE_CONFIG", "OPENCODE_CONFIG_CONTENT"):
        monkeypatch.delenv(name, raising=False)
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("PATH", str(program.parent))
    return tmp_path


def looked(home: Path, **options: str) -> tuple[bool, str]:
    found = probe(OpenCodeOptions(**options), Workplace(home, home))
    assert found.ready or found.cure
    return found.ready, found.why


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def test_the_free_public_model_is_not_chosen_by_itself(home: Path) -> None:
    ready, why = looked(home)
    assert not ready
    assert "only when named" in why
    assert looked(home, model="opencode/big-pickle")[0]
    assert looked(home, url="http://127.0.0.1:4096")[0]


def test_a_missing_program_is_named(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(home / "nothing"))
    assert looked(home) == (False, "opencode is not on PATH")


@pytest.mark.parametrize("place", [".config/opencode/opencode.json", ".config/opencode/opencode.jsonc"])
def test_a_model_in_a_configuration_counts(home: Path, place: str) -> None:
    write(home / place, '{\n // mine\n "model": "acme/large", /* "x": 1 */ "url": "http://a//b",\n}')
    ready, why = looked(home)
    assert ready
    assert "acme/large" in why
    write(home / place, '{"theme": "dark", "provider": {}}')
    assert not looked(home)[0]
    write(home / place, "not json")
    assert not looked(home)[0]


@pytest.mark.parametrize("place", ["opencode.json", "opencode.jsonc", ".opencode/opencode.json"])
def test_what_a_project_chooses_is_not_the_users_choice(home: Path, place: str) -> None:
    write(home / place, '{"model": "evil/large", "provider": {"evil": {}}}')
    assert not looked(home)[0]


def test_logins_keys_and_inline_configurations_count(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert chosen_model({"HOME": str(home), "ANTHROPIC_API_KEY": "k"}) == "ANTHROPIC_API_KEY is set"
    inline = json.dumps({"provider": {"acme": {}}})
    assert "acme" in (chosen_model({"HOME": str(home), "OPENCODE_CONFIG_CONTENT": inline}) or "")
    write(home / "elsewhere.json", '{"model": "acme/small"}')
    named = {"HOME": str(home), "OPENCODE_CONFIG": str(home / "elsewhere.json")}
    assert "acme/small" in (chosen_model(named) or "")
    write(home / ".local/share/opencode/auth.json", '{"acme": {"type": "api", "key": "sk-secret"}}')
    ready, why = looked(home)
    assert ready
    assert "acme" in why
    assert "sk-secret" not in why


@pytest.mark.parametrize(
    "wrong",
    [
        {"url": "ftp://x"},
        {"url": "http://u:p@127.0.0.1"},
        {"url": "http://x/session"},
        {"model": "x"},
        {"modle": "a/b"},
    ],
)
def test_wrong_options_are_refused(wrong: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        OpenCodeOptions(**wrong)


OPEN_SERVER = f"""#!{sys.executable}
import http.server
class Server(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b'{{"healthy":true,"version":"1.18.33"}}')
server = http.server.HTTPServer(("127.0.0.1", 0), Server)
print(server.server_port, flush=True)
server.serve_forever()
"""


@pytest.mark.skipif(not Path("/proc/net/tcp").exists(), reason="servers are found by /proc")
def test_doctor_names_an_open_server_as_a_note(tmp_path: Path) -> None:
    program = tmp_path / "opencode"
    program.write_text(OPEN_SERVER)
    program.chmod(0o755)
    with subprocess.Popen([program], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as server:
        try:
            assert server.stdout is not None
            port = int(server.stdout.readline())
            argv = [sys.executable, "-m", "aidevops_voice", "doctor", "--project", str(tmp_path), "--json"]
            home = {"HOME": str(tmp_path), "AIDEVOPS_VOICE_HOME": str(tmp_path / "state")}
            done = subprocess.run(argv, env={**os.environ, **home}, capture_output=True, timeout=60)
        finally:
            server.kill()
    found = [check for check in json.loads(done.stdout) if f":{port} " in check["found"]]
    assert [(check["what"], check["mark"]) for check in found] == [("agent opencode", "note")]
    assert "has no password, so it is used only when named" in found[0]["found"]


def test_the_child_sees_provider_keys_and_none_of_ours(home: Path) -> None:
    withheld = assembly.withheld(ADAPTER.secrets)
    assert {"SONIOX_API_KEY", "CARTESIA_API_KEY"} <= set(withheld)
    assert not set(ADAPTER.secrets) & set(withheld)
    ours = {*withheld, "AIDEVOPS_VOICE_HOME", "_AIDEVOPS_VOICE_START"}
    base = {**dict.fromkeys(ours, "x"), "ANTHROPIC_API_KEY": "d"}
    seen = environment(base, home, "secret", offline=False, withheld=withheld)
    assert seen["ANTHROPIC_API_KEY"] == "d"
    assert not ours & set(seen)
    assert seen["OPENCODE_SERVER_PASSWORD"] == "secret"
    assert seen["PWD"] == str(home)
    assert json.loads(seen["OPENCODE_PERMISSION"])["*"] == "ask"
    assert "OPENCODE_DISABLE_MODELS_FETCH" not in seen
    assert environment(base, home, "secret", offline=True)["OPENCODE_DISABLE_MODELS_FETCH"] == "1"


def test_a_prompt_has_stable_ids_and_the_words_for_its_kind() -> None:
    turn = Turn("msg_abc", "ses_1", "run the tests", guesses=("tests",))
    body = prompt_body(turn, PROMPT, "acme/org/large", "plan")
    assert body == prompt_body(turn, PROMPT, "acme/org/large", "plan")
    assert body["messageID"] == "msg_abc"
    assert body["parts"] == [{"id": "prt_abc", "type": "text", "text": "run the tests"}]
    assert body["model"] == {"providerID": "acme", "modelID": "org/large"}
    assert body["agent"] == "plan"
    assert 'misheard: ["tests"]' in body["system"]
    typed = system_text(PROMPT, Turn("msg_abc", "ses_1", "x", spoken=False))
    assert "read aloud" in typed
    assert "recognition" not in typed
    assert "used_by" not in body["system"]
    assert "system" not in prompt_body(turn.__class__("msg_a", "s", "x"), "", None, None)
