"""A profile is data; what it lacks is told with the cure, and nothing goes to anyone whom the user did not choose."""

from __future__ import annotations

import importlib
import json
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, strategies as st

from aidevops_voice import profiles, registry
from aidevops_voice.adapter import Probe
from aidevops_voice.config import load
from aidevops_voice.errors import MissingExtra, MissingProgram, MissingSecret, SetupError, UnknownName, VoiceError
from aidevops_voice.profiles import Missing, Profile, ProfileState, choose_agent, choose_profile, survey
from aidevops_voice.settings import Settings

ADAPTER = '''
"""An adapter that exists only in this test."""
{imports}
from aidevops_voice.adapter import Adapter, Options, Probe

class TheOptions(Options):
    """Settings."""
    speed: float = 1.0
    """Times as fast as speech."""
    model: str | None = None
    """Name of a model."""

def _probe(options, workplace):
    {probe}

ADAPTER = Adapter(TheOptions, lambda options, workplace: options, "for tests", extra="the-extra", secrets={secrets},
                  capabilities=frozenset({capabilities}), probe=_probe)
'''


class Shelf:
    """Folders whose files count as adapters, and a user with a home and a project."""

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.root = root
        self.environ = {"HOME": str(root / "home"), "PATH": "/usr/bin:/bin"}
        (root / "project").mkdir()
        for kind in ("stt", "tts", "agent"):
            package = importlib.import_module(f"{registry.PACKAGE}.{kind}")
            (root / kind).mkdir()
            monkeypatch.setattr(package, "__path__", [*package.__path__, str(root / kind)])

    def add(
        self, kind: str, name: str, *, imports: str = "", probe: str = "return Probe(True, 'there')",
        secrets: tuple[str, ...] = (), local: bool = True,
    ) -> None:  # fmt: skip
        words = {"local"} if local else {"trusted"}
        text = ADAPTER.format(imports=imports, probe=probe, secrets=secrets, capabilities=words)
        (self.root / kind / f"{name}.py").write_text(text)
        importlib.invalidate_caches()

    def load(self, text: str, project: str = "", **flags: str) -> Settings:
        file = self.root / "voice.yaml"
        file.write_text(f"voice:\n  {text}\n")
        if project:
            (self.root / "project" / "aidevops.yaml").write_text(f"voice:\n  {project}\n")
        return load(self.root / "project", flags, self.environ, file)

    def state(self, text: str) -> ProfileState:
        settings = self.load(f"profiles: {{mine: {text}}}")
        (found,) = survey(settings, self.environ, settings.project, names=["mine"])
        return found


@pytest.fixture
def shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shelf]:
    before = set(sys.modules)
    yield Shelf(tmp_path, monkeypatch)
    for name in set(sys.modules) - before:
        if name.startswith(f"{registry.PACKAGE}."):
            del sys.modules[name]


# --- what is there ----------------------------------------------------------------------------------------------


def test_a_complete_profile_is_ready(shelf: Shelf) -> None:
    shelf.add("stt", "ear")
    shelf.add("tts", "mouth")
    found = shelf.state("{summary: my own, stt: ear, tts: {use: mouth, speed: 2}}")
    assert found == ProfileState("mine", True, "my own", True, (), {"stt": "ear", "tts": "mouth"})


def test_a_stage_that_sends_something_away_makes_the_profile_not_local(shelf: Shelf) -> None:
    shelf.add("stt", "ear", local=False)
    shelf.add("tts", "mouth")
    assert not shelf.state("{stt: ear, tts: mouth}").local


def test_a_missing_extra_is_told_with_the_command(shelf: Shelf) -> None:
    shelf.add("stt", "ear", imports="import no_such_vendor")
    shelf.add("tts", "mouth")
    found = shelf.state("{stt: ear, tts: mouth}")
    assert not found.ready
    assert found.local
    assert found.missing == (
        Missing("The stt adapter 'ear' is not installed (no module 'no_such_vendor')",
                "Run: pip install 'aidevops-voice[the-extra]'"),
    )  # fmt: skip
    assert isinstance(found.error, MissingExtra)


def test_each_missing_key_is_told_and_none_that_is_there(shelf: Shelf) -> None:
    shelf.add("stt", "ear", secrets=("ONE_API_KEY", "TWO_API_KEY"))
    shelf.add("tts", "mouth", secrets=("TWO_API_KEY", "THREE_API_KEY"))
    shelf.environ["ONE_API_KEY"] = "do-not-tell"
    found = shelf.state("{stt: ear, tts: mouth}")
    assert [one.what for one in found.missing] == ["The key TWO_API_KEY is missing", "The key THREE_API_KEY is missing"]
    assert "aidevops secret set TWO_API_KEY" in found.missing[0].cure
    assert isinstance(found.error, MissingSecret)
    assert "THREE_API_KEY" in found.error.message
    assert "do-not-tell" not in f"{found}"


def test_a_key_file_that_others_may_read_is_told_with_the_fix(shelf: Shelf) -> None:
    shelf.add("stt", "ear", secrets=("ONE_API_KEY",))
    shelf.add("tts", "mouth")
    file = shelf.root / "home/.config/aidevops/credentials.sh"
    file.parent.mkdir(parents=True)
    file.write_text("")
    file.chmod(0o644)
    assert shelf.state("{stt: ear, tts: mouth}").missing[0].cure == f"Run: chmod 600 {file}"


def test_what_the_probe_misses_is_told(shelf: Shelf) -> None:
    shelf.add("stt", "ear", probe="return Probe(False, 'no model file', 'Get it with: x')")
    shelf.add("tts", "mouth")
    found = shelf.state("{stt: ear, tts: mouth}")
    assert (found.why, found.missing) == ("no model file", (Missing("no model file", "Get it with: x"),))
    assert isinstance(found.error, MissingProgram)


def test_the_probe_is_handed_options_and_keys(shelf: Shelf) -> None:
    probe = "return Probe(False, f'{options.speed} {sorted(workplace.secrets)} {workplace.project.name}')"
    shelf.add("stt", "ear", secrets=("ONE_API_KEY",), probe=probe)
    shelf.add("tts", "mouth")
    shelf.environ["ONE_API_KEY"] = "x"
    assert shelf.state("{stt: {use: ear, speed: 3}, tts: mouth}").why == "3.0 ['ONE_API_KEY'] project"


@pytest.mark.parametrize(
    ("text", "what", "cure"),
    [
        ("{stt: eer, tts: mouth}", "There is no stt adapter 'eer'", "Did you mean 'ear'"),
        ("{stt: {use: ear, spede: 2}, tts: mouth}", "'spede' (profile mine, stt)", "Did you mean 'speed'"),
        ("{stt: {use: ear, speed: fast}, tts: mouth}", "speed (profile mine, stt)", "Correct the value"),
    ],
)
def test_a_mistake_in_a_profile_leaves_the_others_usable(shelf: Shelf, text: str, what: str, cure: str) -> None:
    shelf.add("stt", "ear")
    shelf.add("tts", "mouth")
    found = shelf.state(text)
    assert what in found.missing[0].what
    assert cure in found.missing[0].cure
    assert found.error is not None
    assert found.error.exit_code == 2


def test_the_json_form_has_the_agreed_keys(shelf: Shelf) -> None:
    shelf.add("stt", "ear", imports="import no_such_vendor")
    shelf.add("tts", "mouth")
    told = json.loads(json.dumps(shelf.state("{stt: ear, tts: mouth}").as_dict()))
    assert set(told) == {"name", "ready", "why", "missing", "stages"}
    assert told["stages"] == {"stt": "ear", "tts": "mouth"}
    assert set(told["missing"][0]) == {"what", "cure"}


def test_the_survey_covers_all_profiles_in_order(shelf: Shelf) -> None:
    shelf.add("stt", "ear")
    shelf.add("tts", "mouth")
    settings = shelf.load("profiles: {mine: {stt: ear, tts: mouth}}")
    states = survey(settings, shelf.environ, settings.project)
    assert [state.name for state in states] == ["embedded", "cloud", "mine"]


def test_the_shipped_profiles_are_what_they_say(tmp_path: Path) -> None:
    environ = {"HOME": str(tmp_path), "PATH": "/usr/bin:/bin"}
    settings = load(tmp_path, {}, environ)
    embedded, cloud = survey(settings, environ, tmp_path)
    assert (embedded.ready, embedded.local) == (True, True)
    assert (cloud.ready, cloud.local) == (False, False)
    assert {"SONIOX_API_KEY", "CARTESIA_API_KEY"} <= set(str(cloud.missing).replace(":", " ").split())
    keys = {"SONIOX_API_KEY": "x" * 20, "CARTESIA_API_KEY": "y" * 20}
    assert survey(settings, {**environ, **keys}, tmp_path)[1].ready


# --- choosing a profile -----------------------------------------------------------------------------------------


def state(name: str, *, ready: bool = True, local: bool = True) -> ProfileState:
    error = None if ready else MissingExtra(f"{name} lacks something", cure=f"get {name}")
    return ProfileState(name, ready, "why", local, error=error)


def choosing(profile: str = "auto", agent: str = "auto", opencode: str = "", wishes: tuple[str, ...] = ()) -> Settings:
    stages = {"stt": {"use": "a"}, "tts": {"use": "b"}}
    known = {name: Profile.model_validate({"name": name, "stages": stages}) for name in ("small", "large", "cloud")}
    return Settings(
        project=Path("/"), profile=profile, agent=agent, opencode=opencode,
        origins={("profile",): "--profile", ("agent",): "--agent"}, wishes=frozenset((wish,) for wish in wishes),
    ).model_copy(update={"profiles": known})  # fmt: skip


def test_auto_takes_the_first_that_is_ready_and_local() -> None:
    states = [state("small", ready=False), state("cloud", local=False), state("large")]
    profile, why = choose_profile(choosing(), states)
    assert profile.name == "large"
    assert "nothing leaves this machine" in why
    assert "cloud is ready too: choose it with --profile cloud" in why


def test_auto_never_takes_what_sends_something_away() -> None:
    with pytest.raises(MissingExtra) as caught:
        choose_profile(choosing(), [state("cloud", local=False), state("small", ready=False)])
    assert caught.value.cure == "get small"
    with pytest.raises(SetupError):
        choose_profile(choosing(), [state("cloud", local=False)])


@given(st.permutations(["small", "large", "cloud"]), st.tuples(*[st.tuples(st.booleans(), st.booleans())] * 3))
def test_auto_is_local_or_an_error(order: list[str], facts: tuple[tuple[bool, bool], ...]) -> None:
    states = [state(name, ready=r, local=loc) for name, (r, loc) in zip(order, facts, strict=True)]
    usable = [one.name for one in states if one.ready and one.local]
    try:
        chosen = [choose_profile(choosing(), states)[0].name]
    except SetupError:
        chosen = []
    assert chosen == usable[:1]


def test_a_named_profile_is_taken_wherever_it_sends_to() -> None:
    profile, why = choose_profile(choosing("cloud"), [state("small"), state("cloud", local=False)])
    assert (profile.name, why) == ("cloud", "cloud: chosen by --profile")


def test_a_named_profile_that_is_not_ready_is_an_error_with_the_cure() -> None:
    with pytest.raises(MissingExtra) as caught:
        choose_profile(choosing("large"), [state("small"), state("large", ready=False)])
    assert caught.value.cure == "get large"


def test_a_named_profile_that_was_not_looked_at_is_unknown() -> None:
    with pytest.raises(UnknownName):
        choose_profile(choosing("large"), [state("small")])


@pytest.mark.parametrize(
    ("wished", "taken", "why"),
    [
        (state("large"), "large", "chosen by"),
        (state("large", ready=False), "small", "it is not complete here"),
        (state("large", local=False), "small", "it sends your voice away"),
    ],
)
def test_a_project_may_wish_for_a_local_profile_only(wished: ProfileState, taken: str, why: str) -> None:
    profile, told = choose_profile(choosing("large", wishes=("profile",)), [state("small"), wished])
    assert profile.name == taken
    assert why in told
    assert ("choose it yourself with --profile large" in told) == (taken == "small")


def test_a_project_cannot_send_the_users_voice_away(shelf: Shelf) -> None:
    keys = {"SONIOX_API_KEY": "x" * 20, "CARTESIA_API_KEY": "y" * 20}
    settings = shelf.load("agent: auto", project="profile: cloud")
    states = survey(settings, {**shelf.environ, **keys}, settings.project)
    assert [one.name for one in states if one.ready] == ["embedded", "cloud"]
    assert choose_profile(settings, states)[0].name == "embedded"
    named = shelf.load("agent: auto", project="profile: cloud", profile="cloud")
    assert choose_profile(named, states)[0].name == "cloud"


# --- choosing an agent ------------------------------------------------------------------------------------------

READY = {"opencode": Probe(True, "installed"), "rehearsal": Probe(True, "always")}
ABSENT = {"opencode": Probe(False, "opencode is not on PATH", "Install it"), "rehearsal": Probe(True, "always")}
URL = "http://127.0.0.1:4096"


@pytest.mark.parametrize(
    ("settings", "probes", "agent", "why"),
    [
        (choosing(), READY, "opencode", "installed"),
        (choosing(), ABSENT, "rehearsal", "opencode is not on PATH"),
        (choosing(), {}, "rehearsal", "no coding agent"),
        (choosing(opencode=URL), ABSENT, "opencode", URL),
        (choosing(opencode=URL), READY, "opencode", URL),
        (choosing(agent="rehearsal"), READY, "rehearsal", "--agent"),
        (choosing(agent="rehearsal", opencode=URL), READY, "rehearsal", "--agent"),
        (choosing(agent="opencode"), READY, "opencode", "--agent"),
        (choosing(agent="opencode", opencode=URL), ABSENT, "opencode", "--agent"),
        (choosing(agent="other"), READY, "other", "--agent"),
        (choosing(agent="rehearsal", wishes=("agent",)), READY, "rehearsal", "--agent"),
        (choosing(agent="opencode", wishes=("agent",)), READY, "opencode", "installed"),
        (
            choosing(agent="opencode", wishes=("agent",)),
            ABSENT,
            "rehearsal",
            "choose it yourself with --agent opencode",
        ),
        (choosing(agent="other", wishes=("agent",)), READY, "opencode", "choose it yourself with --agent other"),
    ],
)
def test_the_agent_is_chosen_with_a_reason(
    settings: Settings, probes: dict[str, Probe], agent: str, why: str
) -> None:  # fmt: skip
    chosen, told = choose_agent(settings, probes)
    assert chosen == agent
    assert why in told


def test_a_named_agent_that_is_not_there_is_an_error_with_the_cure() -> None:
    with pytest.raises(MissingProgram, match="not on PATH") as caught:
        choose_agent(choosing(agent="opencode"), ABSENT)
    assert caught.value.cure == "Install it"


def test_agents_are_probed_with_their_own_options(shelf: Shelf) -> None:
    shelf.add("agent", "helper", probe="return Probe(options.speed > 1, f'{options.speed}')")
    shelf.add("agent", "broken", imports="import no_such_vendor")
    probes = profiles.probe_agents(
        settings := shelf.load("agents: {helper: {speed: 2}}"), shelf.environ, settings.project
    )
    assert set(probes) == set(registry.names("agent"))
    assert probes["helper"] == Probe(True, "2.0")
    assert probes["broken"].cure == "Run: pip install 'aidevops-voice[the-extra]'"


def test_a_wrong_option_of_an_agent_is_an_error(shelf: Shelf) -> None:
    shelf.add("agent", "helper")
    settings = shelf.load("agents: {helper: {spede: 2}}")
    with pytest.raises(UnknownName) as caught:
        profiles.probe_agents(settings, shelf.environ, settings.project)
    assert "Did you mean 'speed'" in caught.value.cure


@pytest.mark.parametrize(
    ("text", "project", "ready"),
    [("agent: helper", "", True), ("agent: auto", "", False), ("agent: auto", "agent: helper", False)],
)
def test_naming_an_agent_names_its_own_model_too(shelf: Shelf, text: str, project: str, ready: bool) -> None:
    shelf.add("agent", "helper", probe="return Probe(bool(options.model), 'no model of yours')")
    settings = shelf.load(text, project=project)
    assert profiles.probe_agents(settings, shelf.environ, settings.project)["helper"].ready == ready


def test_the_address_of_a_server_is_an_option_of_its_agent() -> None:
    settings = replace_agents(choosing(opencode=URL), {"opencode": {"model": "a/b"}})
    assert profiles.agent_options(settings, "opencode") == {"model": "a/b", "url": URL}
    assert profiles.agent_options(settings, "rehearsal") == {}


def replace_agents(settings: Settings, agents: dict[str, dict[str, str]]) -> Settings:
    return settings.model_copy(update={"agents": agents})


def test_every_state_compares_by_what_it_says() -> None:
    one = state("small", ready=False)
    assert one == replace(one, error=VoiceError("another"))
