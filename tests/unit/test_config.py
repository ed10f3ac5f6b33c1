"""Settings come from many places, in a fixed order, and a wrong one is named with its place and the nearest name."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings as tuned, strategies as st
from pydantic import BaseModel

import aidevops_voice_adapters
from aidevops_voice import assembly, config, paths, registry, yaml_file
from aidevops_voice.config import load
from aidevops_voice.errors import BadValue, ConfigError, NotAProject, UnknownName, UnsafeBind
from aidevops_voice.preferences import Preferences
from aidevops_voice.settings import Settings


class Place:
    """A project and a home of one user."""

    def __init__(self, root: Path) -> None:
        self.project = root / "project"
        self.home = root / "home"
        self.project.mkdir()
        self.user_file = paths.user_config({"HOME": str(self.home)})
        self.user_file.parent.mkdir(parents=True)

    def load(self, flags: Mapping[str, Any] = {}, **environ: str) -> Settings:
        return load(self.project, flags, {"HOME": str(self.home), **environ})

    def theirs(self, text: str) -> None:
        (self.project / "aidevops.yaml").write_text(text)

    def users(self, text: str) -> None:
        self.user_file.write_text(text)


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


def test_without_any_file_the_defaults_hold(place: Place) -> None:
    found = place.load()
    assert (found.profile, found.agent, found.session, found.host, found.port) == (
        "auto",
        "auto",
        "new",
        "127.0.0.1",
        7865,
    )
    assert list(found.profiles)[:2] == ["embedded", "cloud"]
    assert found.project == place.project


def test_the_shipped_file_holds_every_setting_with_its_default() -> None:
    shipped = yaml.safe_load(paths.shipped_config().read_text("utf-8"))
    assert shipped["version"] == yaml_file.VERSION

    def check(values: Mapping[str, Any], model: type[BaseModel], names: tuple[str, ...]) -> None:
        assert set(values) == set(names)
        for name in set(names) - {"profiles"}:
            default = model.model_fields[name].default
            if isinstance(default, BaseModel):
                check(values[name], type(default), tuple(type(default).model_fields))
            else:
                assert values[name] == default, name

    check(shipped["voice"], Settings, Settings.keys())


def test_every_line_of_the_shipped_file_is_explained() -> None:
    lines = paths.shipped_config().read_text("utf-8").splitlines()
    profiles = lines.index("  profiles:")
    settings = [line for line in lines[lines.index("voice:") + 1 : profiles] if line.strip() and line.strip()[0] != "#"]
    assert [line for line in settings if "#" not in line and not line.endswith(":")] == []


# --- order ------------------------------------------------------------------------------------------------------

STEPS = ["user", "project", "environment", "flag"]


@pytest.mark.parametrize("top", range(len(STEPS) + 1))
def test_each_source_hides_the_ones_below(place: Place, top: int) -> None:
    given = STEPS[:top]
    if "user" in given:
        place.users("voice: {profile: cloud, port: 1001, narration: {max_words: 21, heartbeat_s: 5}}")
    if "project" in given:
        place.theirs("voice: {profile: embedded, narration: {max_words: 22}}")
    environ = {
        "AIDEVOPS_VOICE_PROFILE": "cloud",
        "AIDEVOPS_VOICE_NARRATION_MAX_WORDS": "23",
        "AIDEVOPS_VOICE_PORT": "1003",
    }
    flags = {"profile": "embedded", "port": 1004, "agent": None}
    found = place.load(flags if "flag" in given else {}, **(environ if "environment" in given else {}))
    assert found.profile == ["auto", "cloud", "embedded", "cloud", "embedded"][top]
    assert found.narration.max_words == [80, 21, 22, 23, 23][top]
    assert found.port == [7865, 1001, 1001, 1003, 1004][top]
    assert found.narration.heartbeat_s == (5 if top else 25)


def test_it_is_known_where_a_value_was_set(place: Place) -> None:
    place.users("version: 1\nvoice:\n  agent: rehearsal\n")
    found = place.load({"profile": "cloud"}, AIDEVOPS_VOICE_LOG_LEVEL="debug")
    assert found.origins[("profile",)] == "--profile"
    assert found.origins[("log_level",)] == "AIDEVOPS_VOICE_LOG_LEVEL"
    assert found.origins[("agent",)] == f"{place.user_file} line 3"


def test_a_named_file_stands_in_for_the_users(place: Place, tmp_path: Path) -> None:
    place.users("voice: {port: 1001}")
    other = tmp_path / "other.yaml"
    other.write_text("voice: {log_level: error}")
    found = load(place.project, {}, {"HOME": str(place.home)}, other)
    assert (found.port, found.log_level) == (7865, "error")
    with pytest.raises(BadValue, match="There is no file"):
        load(place.project, {}, {"HOME": str(place.home)}, tmp_path / "absent.yaml")


def test_what_belongs_to_others_is_ignored(place: Place) -> None:
    place.theirs("version: 1\nother: [1, 2]\nmore: {prfile: x}\nvoice:\n")
    assert place.load().profile == "auto"


@pytest.mark.parametrize(
    "text", ["", "# nothing\n", "voice:\n", "voice: {}\n", "voice:\n  narration:\n    # max_words: 5\n"]
)
def test_an_empty_file_is_fine(place: Place, text: str) -> None:
    place.theirs(text)
    place.users(text)
    assert place.load().narration.max_words == 80


def test_every_scalar_can_come_from_the_environment(place: Place) -> None:
    found = place.load(
        AIDEVOPS_VOICE_OPENCODE="http://127.0.0.1:4096/",
        AIDEVOPS_VOICE_SECRETS_GOPASS="false",
        AIDEVOPS_VOICE_HEARING_VAD_STOP_S="0.4",
        AIDEVOPS_VOICE_OPEN_BROWSER="0",
        AIDEVOPS_VOICE_OFFLINE="1",
        AIDEVOPS_VOICE_SESSION="",
        AIDEVOPS_VOICE_HOME="/elsewhere",
    )
    assert found.opencode == "http://127.0.0.1:4096"
    assert (found.secrets.gopass, found.open_browser, found.offline) == (False, False, True)
    assert (found.hearing.vad_stop_s, found.session) == (0.4, "new")


# --- wrong ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "line", "key", "near"),
    [
        ("voice:\n  profle: auto\n", 2, "'profle'", "'profile'"),
        ("voice:\n  narration:\n    max_word: 5\n", 3, "'narration.max_word'", "'narration.max_words'"),
        (
            "voice:\n  profiles:\n    mine: {stt: a, tts: b,\n      summry: x}\n",
            4,
            "'profiles.mine.summry'",
            "summary'",
        ),
        ("voice:\n  profiles:\n    mine:\n      sst: a\n      tts: b\n", 4, "'profiles.mine.sst'", ".stt'"),
        ("voice:\n  secret: {gopass: true}\n", 2, "'secret'", "'secrets'"),
        ("voice:\n  project: /etc\n", 2, "'project'", "'profile'"),
        ("voice:\n  wishes: []\n", 2, "'wishes'", ""),
        ("voice:\n  origins: {}\n", 2, "'origins'", ""),
        ("voice:\n  agents:\n    opncode: {}\n", 3, "'opncode'", ""),
    ],
)
def test_an_unknown_key_is_named_with_line_and_neighbour(
    place: Place, text: str, line: int, key: str, near: str
) -> None:
    place.users(text)
    with pytest.raises(ConfigError) as caught:
        place.load()
    assert key in caught.value.message
    assert f"{place.user_file} line {line}" in caught.value.message
    assert near in caught.value.cure


@pytest.mark.parametrize(
    ("text", "line", "key"),
    [
        ("voice:\n  port: eighty\n", 2, "port"),
        ("voice:\n  port: 70000\n", 2, "port"),
        ("voice:\n  narration: 5\n", 2, "narration"),
        ("voice:\n  narration: {max_words: 3}\n", 2, "narration.max_words"),
        ("voice:\n  narration: {level: loud}\n", 2, "narration.level"),
        ("voice:\n  narration: {language: xx}\n", 2, "narration.language"),
        ("voice:\n  narration: {earcons: soft}\n", 2, "narration.earcons"),
        ("voice:\n  hearing:\n    vad_stop_s: -1\n", 3, "hearing.vad_stop_s"),
        ("voice:\n  log_level: loud\n", 2, "log_level"),
        ("voice:\n  profiles:\n    mine: {front: casade, stt: a, tts: b}\n", 3, "profiles.mine"),
        ("voice:\n  profiles:\n    mine: {stt: a}\n", 3, "profiles.mine"),
        ("voice:\n  profiles:\n    mine: {stt: {model: x}, tts: b}\n", 3, "profiles.mine.stages.stt"),
        ("voice:\n  profiles: [a]\n", 2, "profiles"),
        ("voice:\n  profiles:\n    mine: {name: x, stt: a, tts: b}\n", 2, "`name` has no place"),
        ("voice:\n  profiles:\n    mine: x\n", 3, "profiles.mine"),
        ("voice:\n  opencode: 127.0.0.1:4096\n", 2, "opencode"),
        ("voice:\n  opencode: file:///etc/passwd\n", 2, "opencode"),
        ("voice:\n  session: 12\n", 2, "session"),
        ("voice: 5\n", 1, "key: value"),
        ("- a\n", 1, "key: value"),
        ("version: 2\nvoice: {}\n", 1, "version 1"),
        ("voice:\n  port: 1\n  host: x\n  port: 2\n", 4, "'port' stands here twice"),
        ("voice:\n  [a]: 1\n", 2, "a word"),
        ("voice:\n  port: [1\n", 3, ""),
        ("voice:\n\tport: 1\n", 2, ""),
        ("voice: &a {port: 1}\nother: *a\n", 2, "aliases"),
        ("voice:\n  port: !!python/object:os.system x\n", 2, ""),
        ("voice:\n  session: 2024-99-99\n", 0, "is not YAML that can be read"),
        ("a: 1\n---\nb: 2\n", 2, ""),
    ],
)
def test_a_wrong_value_is_named_with_its_line(place: Place, text: str, line: int, key: str) -> None:
    place.users(text)
    with pytest.raises(BadValue) as caught:
        place.load()
    assert key in caught.value.message
    assert (f"{place.user_file} line {line}" if line else str(place.user_file)) in caught.value.message
    assert caught.value.cure


def test_a_password_in_an_address_is_refused_and_not_repeated(place: Place) -> None:
    with pytest.raises(BadValue, match="OPENCODE_SERVER_PASSWORD") as caught:
        place.load({"opencode": "http://ann:do-not-tell@127.0.0.1:4096"})
    assert "do-not-tell" not in f"{caught.value!r} {caught.value.as_dict()}"
    assert "--opencode" in caught.value.message


@pytest.mark.parametrize(
    ("flags", "near"),
    [({"profile": "embeded"}, "'embedded'"), ({"profile": "clod"}, "'cloud'"), ({"profile": "Auto"}, "'auto'")],
)
def test_an_unknown_profile_is_answered_with_the_nearest(place: Place, flags: dict[str, str], near: str) -> None:
    with pytest.raises(UnknownName, match="--profile") as caught:
        place.load(flags)
    assert f"Did you mean {near}" in caught.value.cure


def test_an_unknown_agent_is_answered_with_the_known_ones(place: Place) -> None:
    with pytest.raises(UnknownName, match="AIDEVOPS_VOICE_AGENT") as caught:
        place.load(AIDEVOPS_VOICE_AGENT="opencoode")
    assert all(name in caught.value.cure for name in ("auto", *registry.names("agent")))


@pytest.mark.parametrize(
    "host", ["0.0.0.0", "::", "192.168.1.2", "example.org", "", "127.0.0.1.evil.example", "localhost."]
)
def test_only_loopback_is_bound(place: Place, host: str) -> None:
    with pytest.raises(UnsafeBind, match="--host"):
        place.load({"host": host})


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.53", "::1", "localhost"])
def test_every_loopback_address_may_be_bound(place: Place, host: str) -> None:
    assert place.load({"host": host}).host == host


def test_a_project_must_be_a_folder(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("")
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    for project in (file, loop, tmp_path / "absent", file / "below"):
        with pytest.raises(NotAProject):
            load(project, {}, {"HOME": str(tmp_path)})


def test_the_project_may_be_given_through_a_link(place: Place, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(place.project)
    assert load(tmp_path / "link", {}, {"HOME": str(tmp_path)}).project == place.project


@pytest.mark.parametrize(
    "content",
    [
        b"voice: \xff\xfe",
        b"voice: {port: \x00}",
        b"#" * (yaml_file.MAX_FILE_BYTES + 1),
        b"[" * 30_000,
        b"a:\n" + b"- " * 20_000,
    ],
)
def test_a_hostile_file_is_refused_plainly(place: Place, content: bytes) -> None:
    (place.project / "aidevops.yaml").write_bytes(content)
    with pytest.raises(BadValue, match=r"aidevops\.yaml"):
        place.load()


def test_a_few_lines_cannot_stand_for_gigabytes(place: Place) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
    place.theirs("\n".join([*lines, "voice: {profile: *a29}"]))
    with pytest.raises(BadValue, match="aliases"):
        place.load()


def test_a_folder_or_device_in_place_of_the_file_is_refused(place: Place) -> None:
    (place.project / "aidevops.yaml").symlink_to("/dev/zero")
    with pytest.raises(BadValue, match="is not a file"):
        place.load()


@tuned(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(st.sampled_from("voice: profile\n  -[]{}&*!|>'\"%@`#,?\t0aé\x00\x85")))
def test_no_text_brings_anything_but_a_clear_error(place: Place, text: str) -> None:
    place.theirs(text)
    found: Exception | None = None
    try:
        place.load()
    except ConfigError as error:
        found = error
    assert found is None or str(place.project) in str(found)


# --- a project's file is not trusted ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("host: 0.0.0.0", "host"),
        ("host: 127.0.0.2", "host"),
        ("port: 1234", "port"),
        ("opencode: http://evil.example", "opencode"),
        ("session: ses_other", "session"),
        ("secrets: {gopass: false}", "secrets.gopass"),
        ("log_level: debug", "log_level"),
        ("open_browser: false", "open_browser"),
        ("offline: true", "offline"),
        ("agents: {opencode: {binary: ./evil}}", "agents.opencode.binary"),
        ("profiles: {cloud: {stt: {url: 'wss://evil.example'}}}", "profiles.cloud.stt.url"),
        ("profiles: {cloud: {tts: {use: espeak}}}", "profiles.cloud.tts.use"),
        ("profiles: {cloud: {tts: espeak}}", "profiles.cloud.tts"),
        ("profiles: {embedded: {stt: soniox}}", "profiles.embedded.stt"),
        ("profiles: {mine: {stt: soniox, tts: cartesia}}", "profiles.mine.stt"),
    ],
)
def test_a_project_cannot_set_what_only_the_user_may(place: Place, text: str, key: str) -> None:
    if key.startswith("agents.") and "opencode" not in registry.names("agent"):
        pytest.skip("needs the adapter that it names")
    place.theirs(f"voice:\n  {text}\n")
    with pytest.raises(BadValue) as caught:
        place.load()
    assert f"may not set {key} (" in caught.value.message
    assert f"{place.project}/aidevops.yaml line 2" in caught.value.message
    assert str(place.user_file) in caught.value.cure


def test_the_user_may(place: Place) -> None:
    place.users("voice: {host: 127.0.0.2, port: 1234, log_level: debug}")
    found = place.load()
    assert (found.host, found.port, found.log_level) == ("127.0.0.2", 1234, "debug")


def test_a_mistyped_key_of_a_project_is_unknown_rather_than_forbidden(place: Place) -> None:
    place.theirs("voice: {hots: 0.0.0.0}")
    with pytest.raises(UnknownName) as caught:
        place.load()
    assert "Did you mean 'host'" in caught.value.cure


def test_a_copy_of_the_shipped_file_is_fine_and_changes_nothing_of_the_users(place: Place) -> None:
    place.theirs(paths.shipped_config().read_text("utf-8"))
    place.users("voice: {port: 1001, log_level: error, secrets: {gopass: false}}")
    found = place.load()
    assert (found.port, found.log_level, found.secrets.gopass) == (1001, "error", False)


def test_in_the_checkout_the_file_is_the_users_own(tmp_path: Path) -> None:
    found = load(paths.shipped_config().parent, {}, {"HOME": str(tmp_path)})
    assert found.wishes == frozenset()


def test_a_project_may_speak_its_language(place: Place) -> None:
    place.theirs("voice: {profiles: {cloud: {stt: {language: de}, tts: {speed: 1.2}}}}")
    cloud = place.load().profiles["cloud"]
    assert (cloud.stt.use, cloud.stt.options) == ("soniox", {"language": "de"})
    assert (cloud.tts.use, cloud.tts.options) == ("cartesia", {"speed": 1.2})


@pytest.mark.parametrize(
    ("users", "flags", "environ", "wished"),
    [
        ("", {}, {}, True),
        ("profile: embedded", {}, {}, True),
        ("profile: cloud", {}, {}, False),
        ("", {"profile": "cloud"}, {}, False),
        ("", {}, {"AIDEVOPS_VOICE_PROFILE": "cloud"}, False),
    ],
)
def test_what_only_the_project_asks_for_is_a_wish(
    place: Place, users: str, flags: dict[str, str], environ: dict[str, str], wished: bool
) -> None:
    place.theirs("voice: {profile: cloud}")
    place.users(f"voice: {{{users}}}")
    found = place.load(flags, **environ)
    assert found.profile == "cloud"
    assert (("profile",) in found.wishes) == wished


# --- profiles in layers -----------------------------------------------------------------------------------------


def test_options_are_added_to_a_stage_and_another_adapter_starts_afresh(place: Place) -> None:
    place.users("voice: {profiles: {cloud: {stt: {model: x}, tts: {use: other, voice: ann}}}}")
    cloud = place.load().profiles["cloud"]
    assert (cloud.stt.use, cloud.stt.options) == ("soniox", {"model": "x"})
    assert (cloud.tts.use, cloud.tts.options) == ("other", {"voice": "ann"})
    place.theirs("voice: {profiles: {cloud: {tts: {language: de}}}}")
    assert place.load().profiles["cloud"].tts.options == {"voice": "ann", "language": "de"}


def test_a_profile_of_the_user_needs_no_code(place: Place) -> None:
    place.users("voice: {profile: mine, profiles: {mine: {stt: pocketsphinx, tts: {use: cartesia, speed: 1.1}}}}")
    found = place.load()
    assert found.profiles["mine"].name == "mine"
    assert list(found.profiles) == ["embedded", "cloud", "mine"]


def test_settings_are_frozen(place: Place) -> None:
    with pytest.raises(ValueError, match="frozen"):
        place.load().port = 1  # type: ignore[misc]


def test_loading_needs_neither_pipecat_nor_the_server() -> None:
    script = (
        "import sys; from pathlib import Path; from aidevops_voice import config;"
        "config.load(Path('/'), {}, {'HOME': '/nowhere'});"
        "print({'pipecat', 'fastapi', 'loguru', 'numpy', 'uvicorn'} & set(sys.modules))"
    )
    folders = [
        Path(config.__file__).parents[1],
        Path(aidevops_voice_adapters.__path__[0]).parent,
    ]
    environ = {"PYTHONPATH": ":".join(map(str, folders))}
    result = subprocess.run([sys.executable, "-c", script], env=environ, capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "set()"


def test_narration_is_set_by_file_and_by_variable(place: Place) -> None:
    place.theirs("voice: {narration: {level: quiet, language: es, earcons: false}}")
    found = place.load()
    assert (found.narration.level, found.narration.language, found.narration.earcons) == ("quiet", "es", False)
    assert not found.insisted
    found = place.load(
        {"port": 5},
        AIDEVOPS_VOICE_NARRATION_LEVEL="chatty",
        AIDEVOPS_VOICE_NARRATION_LANGUAGE="en",
        AIDEVOPS_VOICE_NARRATION_EARCONS="true",
    )
    assert (found.narration.level, found.narration.language, found.narration.earcons) == ("chatty", "en", True)
    names = ("level", "language", "earcons")
    assert found.insisted == {("port",), *(("narration", name) for name in names)}


def test_the_languages_that_may_be_set_are_named(place: Place) -> None:
    place.users("voice: {narration: {language: klingon}}")
    with pytest.raises(BadValue, match="auto or one of en, es"):
        place.load()


# --- with what was chosen by voice --------------------------------------------------------------------------------

FILES, VARIABLES = "level: quiet, earcons: false", {"LEVEL": "normal", "EARCONS": "true"}


@pytest.mark.parametrize(
    ("said", "variables", "then"),
    [
        ({}, {}, ("quiet", False)),
        ({"level": "chatty"}, {}, ("chatty", False)),
        ({"sounds": True}, {}, ("quiet", True)),
        ({"level": "chatty", "sounds": False}, VARIABLES, ("normal", True)),
        ({"level": "chatty", "sounds": True}, {"LEVEL": "normal"}, ("normal", True)),
    ],
)
def test_what_was_said_counts_more_than_files_and_less_than_variables(
    place: Place, said: dict[str, Any], variables: dict[str, str], then: tuple[str, bool]
) -> None:
    place.users(f"voice: {{narration: {{{FILES}}}}}")
    kept = Preferences.load(place.home / "preferences.json", place.project)
    kept.remember(**said)
    environ = {f"AIDEVOPS_VOICE_NARRATION_{name}": value for name, value in variables.items()}
    found = assembly.narration(place.load({}, **environ), kept)
    assert (found.level, found.earcons) == then
