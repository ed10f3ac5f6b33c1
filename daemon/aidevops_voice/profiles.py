"""Named choices of ears and voice, what each still needs on this machine, and which one is taken."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, Field, model_validator

from aidevops_voice import paths, registry, secrets
from aidevops_voice.adapter import Adapter, Options, Probe, Workplace
from aidevops_voice.errors import (
    ConfigError,
    MissingProgram,
    MissingSecret,
    SetupError,
    VoiceError,
)

if TYPE_CHECKING:
    from aidevops_voice.settings import Settings

FRONTS: Mapping[str, tuple[str, ...]] = {"cascade": ("stt", "tts")}
"""The front ends, and the stages that each needs."""


class Stage(BaseModel):
    """One adapter with its options; in YAML its name, or `{use: name, option: value}`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    use: str
    options: Mapping[str, Any] = Field(default_factory=dict)

    @model_validator(mode="before")
    @classmethod
    def _flat(cls, given: Any) -> Any:
        match given:
            case str():
                return {"use": given}
            case {"use": use, **options} if "options" not in options:
                return {"use": use, "options": options}
        return given


class Profile(BaseModel):
    """A front end and the adapters in it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    summary: str = ""
    front: str = "cascade"
    stages: Mapping[str, Stage]
    """By kind of adapter: stt, tts …"""

    @model_validator(mode="before")
    @classmethod
    def _flat(cls, given: Any) -> Any:
        if not isinstance(given, Mapping) or "stages" in given:
            return given
        kinds = registry.kinds()
        stages = {key: value for key, value in given.items() if key in kinds}
        return {**{key: value for key, value in given.items() if key not in kinds}, "stages": stages}

    @model_validator(mode="after")
    def _complete(self) -> Profile:
        if self.front not in FRONTS:
            raise ValueError(f"there is no front end {self.front!r}; known: {', '.join(FRONTS)}")
        if lacking := [kind for kind in FRONTS[self.front] if kind not in self.stages]:
            raise ValueError(f"a {self.front} profile needs {' and '.join(lacking)}")
        return self

    @classmethod
    def keys(cls) -> tuple[str, ...]:
        """What may stand in it."""
        return ("summary", "front", *registry.kinds())

    @property
    def stt(self) -> Stage:
        """What hears."""
        return self.stages["stt"]

    @property
    def tts(self) -> Stage:
        """What speaks."""
        return self.stages["tts"]


# --- what is there, what is missing -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that a profile lacks, and how to get it."""

    what: str
    cure: str


@dataclass(frozen=True, slots=True)
class ProfileState:
    """How far a profile can be used here and now."""

    name: str
    ready: bool
    why: str
    local: bool
    """No stage sends anything away."""
    missing: tuple[Missing, ...] = ()
    stages: Mapping[str, str] = field(default_factory=dict)
    error: VoiceError | None = field(default=None, compare=False)
    """What to raise where the user insists on it."""

    def as_dict(self) -> dict[str, Any]:
        """The form of `profiles --json`."""
        missing = [{"what": one.what, "cure": one.cure} for one in self.missing]
        stages = dict(self.stages)
        return {"name": self.name, "ready": self.ready, "why": self.why, "missing": missing, "stages": stages}


def survey(
    settings: Settings, environ: Mapping[str, str], project: Path, *, names: Iterable[str] | None = None
) -> list[ProfileState]:
    """Look at all profiles or the named ones; imports their adapters, reveals no key, blocks."""
    look = _Look(environ, project, settings)
    wanted = settings.profiles if names is None else [name for name in names if name in settings.profiles]
    return [look.at(settings.profiles[name]) for name in wanted]


@dataclass(frozen=True, slots=True)
class _Look:
    environ: Mapping[str, str]
    project: Path
    settings: Settings

    def at(self, profile: Profile) -> ProfileState:
        stages = profile.stages.items()
        problems = [problem for kind, stage in stages for problem in self._lacks(profile, kind, stage)]
        local = all("local" in registry.declared(kind, stage.use).capabilities for kind, stage in stages)
        return ProfileState(
            name=profile.name,
            ready=not problems,
            why=_why(problems) or profile.summary or "everything is there",
            local=local,
            missing=tuple(dict.fromkeys(Missing(problem.message.rstrip("."), problem.cure) for problem in problems)),
            stages={kind: stage.use for kind, stage in stages},
            error=_insisted(profile.name, problems) if problems else None,
        )

    def _lacks(self, profile: Profile, kind: str, stage: Stage) -> list[VoiceError]:
        try:
            adapter = registry.adapter(kind, stage.use)
            options = registry.validate(adapter, stage.options, f"profile {profile.name}, {kind}")
            found = self.keys(adapter)
        except (ConfigError, SetupError) as error:
            return [error]
        if lacking := [name for name in adapter.secrets if name not in found]:
            return [_no_key(name) for name in lacking]
        probe = self.probe(adapter, options, found)
        return [] if probe.ready else [MissingProgram(probe.why, cure=probe.cure)]

    def agent(self, name: str) -> Probe:
        try:
            adapter = registry.adapter("agent", name)
            options = registry.validate(adapter, agent_options(self.settings, name), f"agents, {name}")
            found = self.keys(adapter)
        except SetupError as error:
            return Probe(False, error.message, error.cure)
        probe = self.probe(adapter, options, found)
        if probe.ready or not _insists_on(self.settings, name) or "model" not in type(options).model_fields:
            return probe
        # Who names an agent takes it with the model that it has by itself; `auto` never does.
        named = self.probe(adapter, options.model_copy(update={"model": "its own"}), found)
        return (
            replace(named, why="it was named, and runs with the model that it takes by itself")
            if named.ready
            else probe
        )

    def keys(self, adapter: Adapter[Any, Any]) -> dict[str, str]:
        gopass = self.settings.secrets.gopass
        found = secrets.find(adapter.secrets, self.environ, self.project, gopass, reveal=False)
        return {name: secret.value for name, secret in found.items()}

    def probe(self, adapter: Adapter[Any, Any], options: Options, found: Mapping[str, str]) -> Probe:
        state = paths.state_dir(self.environ)
        return adapter.probe(options, Workplace(self.project, state, secrets=found, offline=self.settings.offline))


def probe_agents(
    settings: Settings, environ: Mapping[str, str], project: Path, *, names: Sequence[str] | None = None
) -> dict[str, Probe]:
    """Whether these agents, or all, can be used here; one that lacks something is not ready; raises ConfigError."""
    look = _Look(environ, project, settings)
    return {name: look.agent(name) for name in (registry.names("agent") if names is None else names)}


def agent_options(settings: Settings, name: str) -> dict[str, Any]:
    """Options of an agent adapter, the address of a running server among them."""
    options = dict(settings.agents.get(name, {}))
    return {**options, "url": settings.opencode} if name == "opencode" and settings.opencode else options


def _no_key(name: str) -> MissingSecret:
    cure = f"Run in your own terminal: aidevops secret set {name} (or set {name} in the environment)"
    return MissingSecret(f"The key {name} is missing", cure=cure)


def _why(problems: Sequence[VoiceError]) -> str:
    return "; ".join(dict.fromkeys(problem.message.rstrip(".") for problem in problems))


def _insisted(name: str, problems: Sequence[VoiceError]) -> VoiceError:
    first = problems[0]
    cures = "; ".join(dict.fromkeys(problem.cure for problem in problems))
    return type(first)(f"The profile {name!r} cannot be used: {_why(problems)}.", cure=cures)


# --- choosing ---------------------------------------------------------------------------------------------------


def choose_profile(settings: Settings, states: Sequence[ProfileState]) -> tuple[Profile, str]:
    """The named profile, or for `auto` the first that is complete and local; raises what hinders it."""
    by_name = {state.name: state for state in states}
    named = settings.profile
    if named == "auto":
        return _automatic(settings, states)
    if (state := by_name.get(named)) is None:
        raise registry.unknown("profile", named, ["auto", *by_name])
    if ("profile",) in settings.wishes and not (state.ready and state.local):
        profile, why = _automatic(settings, states)
        obstacle = "it is not complete here" if state.local else "it sends your voice away"
        return (
            profile,
            f"{why}; the project asks for {named}, but {obstacle}: choose it yourself with --profile {named}",
        )
    if state.error:
        raise state.error
    return settings.profiles[named], f"{named}: chosen by {_who(settings, 'profile')}"


def _automatic(settings: Settings, states: Sequence[ProfileState]) -> tuple[Profile, str]:
    local = [state for state in states if state.local]
    if not (usable := [state for state in local if state.ready]):
        raise next((state.error for state in local if state.error), SetupError("No local profile is set up."))
    others = [state.name for state in states if state.ready and not state.local]
    why = f"{usable[0].name}: chosen because it is complete and nothing leaves this machine"
    also = "".join(f"; {name} is ready too: choose it with --profile {name}" for name in others)
    return settings.profiles[usable[0].name], why + also


def choose_agent(settings: Settings, probes: Mapping[str, Probe]) -> tuple[str, str]:
    """The named agent, else OpenCode where there is one to use, else the rehearsal; raises MissingProgram."""
    named = settings.agent
    if _insists_on(settings, named):
        return _insist_on_agent(settings, probes)
    if named == "rehearsal":
        return named, f"{named}: chosen by {_who(settings, 'agent')}"
    agent, why = _automatic_agent(settings, probes)
    if named not in ("auto", agent):
        why += f"; the project asks for {named}: choose it yourself with --agent {named}"
    return agent, why


def _insist_on_agent(settings: Settings, probes: Mapping[str, Probe]) -> tuple[str, str]:
    named = settings.agent
    probe = probes.get(named)
    # A server of that address may be up by the time it is needed.
    if probe and not probe.ready and not (named == "opencode" and settings.opencode):
        raise MissingProgram(f"The agent {named!r} cannot be used: {probe.why}.", cure=probe.cure)
    return named, f"{named}: chosen by {_who(settings, 'agent')}"


def _automatic_agent(settings: Settings, probes: Mapping[str, Probe]) -> tuple[str, str]:
    if settings.opencode:
        return "opencode", f"opencode: the server at {settings.opencode} was given"
    probe = probes.get("opencode", Probe(False, "OpenCode is not supported here"))
    if probe.ready:
        return "opencode", f"opencode: {probe.why}"
    return "rehearsal", f"rehearsal: it understands a dozen plain requests, as no coding agent is set up ({probe.why})"


def _insists_on(settings: Settings, agent: str) -> bool:
    return agent == settings.agent != "auto" and ("agent",) not in settings.wishes


def _who(settings: Settings, key: str) -> str:
    return settings.origins.get((key,), "you")
