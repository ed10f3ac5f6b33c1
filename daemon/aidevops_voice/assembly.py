"""Puts a daemon together from its settings: which profile and agent, and the adapters built for them."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from aidevops_voice import chronicle, config, journal, listener, log, paths, profiles, registry, secrets
from aidevops_voice.adapter import Engine, Workplace
from aidevops_voice.consent.rules import Rules
from aidevops_voice.conversation import Conversation
from aidevops_voice.conversation.attention import Attention
from aidevops_voice.conversation.places import Places
from aidevops_voice.feed import Feed
from aidevops_voice.floor.waking import Listening
from aidevops_voice.journal import Journal
from aidevops_voice.launch import Wanted
from aidevops_voice.narration import Narration
from aidevops_voice.peers import Peers
from aidevops_voice.ports import CodingAgent
from aidevops_voice.preferences import Preferences
from aidevops_voice.profiles import Profile, Stage
from aidevops_voice.settings import Settings
from aidevops_voice.switchboard import Project

_REHEARSAL = "rehearsal"
_FLAGS = frozenset({"profile", "agent", "opencode", "session", "host", "port", "offline"})
"""Of `start` that are settings."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What is used, and why, in the words that terminal and page show."""

    profile: Profile
    agent: str
    why: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Site:
    """Where a daemon is built: settings, folders, environment and keys."""

    settings: Settings
    state: Path
    environ: Mapping[str, str]
    choice: Choice
    keys: Mapping[str, str] = field(repr=False)
    """Of every adapter that is used."""


def prepare(wanted: Wanted, state: Path, environ: Mapping[str, str]) -> Site:
    """Read the settings, look at this machine and choose; blocks for seconds; raises ConfigError or SetupError."""
    settings = load(wanted, environ)
    log.configure(paths.log_file(state), settings.log_level, ())
    choice = _choose(settings, environ)
    keys = _keys(settings, choice, environ)
    log.configure(paths.log_file(state), settings.log_level, secrets.values(keys))
    return Site(settings, state, environ, choice, {name: key.value for name, key in keys.items()})


def annex(wanted: Wanted, site: Site) -> Site:
    """The same daemon for one project more: its own settings and agent; blocks for seconds; raises VoiceError."""
    settings = load(wanted, site.environ)
    asked = None if settings.agent == "auto" or ("agent",) in settings.wishes else [settings.agent]
    probes = profiles.probe_agents(settings, site.environ, settings.project, names=asked)
    agent, why = profiles.choose_agent(settings, probes)
    choice = replace(site.choice, agent=agent, why={**site.choice.why, "agent": why})
    keys = {name: key.value for name, key in _keys(settings, choice, site.environ).items()}
    log.conceal(*keys.values())
    return replace(site, settings=settings, choice=choice, keys=keys)


def load(wanted: Wanted, environ: Mapping[str, str]) -> Settings:
    """The settings with the flags of `start`."""
    flags = {name: value for name, value in wanted.as_dict().items() if name in _FLAGS}
    file = Path(wanted.config) if wanted.config else None
    return config.load(Path(wanted.project), flags, environ, file)


def _choose(settings: Settings, environ: Mapping[str, str]) -> Choice:
    named = None if settings.profile == "auto" or ("profile",) in settings.wishes else [settings.profile]
    states = profiles.survey(settings, environ, settings.project, names=named)
    profile, why_profile = profiles.choose_profile(settings, states)
    # Looking for the others costs time in which the user waits.
    asked = None if settings.agent == "auto" or ("agent",) in settings.wishes else [settings.agent]
    probes = profiles.probe_agents(settings, environ, settings.project, names=asked)
    agent, why_agent = profiles.choose_agent(settings, probes)
    return Choice(profile, agent, {"profile": why_profile, "agent": why_agent})


def _keys(settings: Settings, choice: Choice, environ: Mapping[str, str]) -> dict[str, secrets.Secret]:
    used = [("agent", choice.agent), *((kind, stage.use) for kind, stage in choice.profile.stages.items())]
    names = [name for kind, use in used for name in registry.adapter(kind, use).secrets]
    return secrets.find(names, environ, settings.project, settings.secrets.gopass)


# --- building ---------------------------------------------------------------------------------------------------


def agent(site: Site) -> CodingAgent:
    """The coding agent; nothing is started yet."""
    name = site.choice.agent
    options = profiles.agent_options(site.settings, name)
    built: CodingAgent = _build(site, "agent", Stage(use=name, options=options), ())
    return built


def project(site: Site, agent: CodingAgent, boot_id: str, folder: Path, sessions: tuple[str, ...] = ()) -> Project:
    """A project with a journal of its own in `folder`; its first conversation knows what was done before."""
    unfinished, last = journal.unfinished(folder), journal.last_turns(folder)
    said = Preferences.load(paths.preferences_file(site.state), site.settings.project)
    attention = Attention(Listening(**site.settings.listening.model_dump()))
    ears = registry.declared("stt", site.choice.profile.stt.use)
    before_asked = Peers(paths.peers_file(site.state), site.settings.project)
    rules = Rules(site.settings.consent.model_dump(), "trusted" in ears.capabilities, before_asked)
    before = [(unfinished, chronicle.restored(last, time.monotonic() - time.time()))]

    def furnish(line: CodingAgent, feed: Feed, book: Journal, session: str | None, places: Places, /) -> Conversation:
        open_end, record = before.pop() if before else ("", None)
        return Conversation(
            line,
            feed=feed,
            journal=book,
            narration=narration(site.settings, said),
            preferences=said,
            attention=attention,
            session=session,
            confirm_guesses=site.choice.agent != _REHEARSAL,
            unfinished=open_end,
            last=record,
            redact=log.redact,
            places=places,
            rules=rules,
            project=str(site.settings.project),
        )

    return Project(
        site.settings.project.name,
        site.settings.project.resolve(),
        agent,
        Journal(folder, boot_id[:8], log.redact),
        furnish,
        None if site.settings.session == "new" else site.settings.session,
        sessions,
    )


def narration(settings: Settings, said: Preferences) -> Narration:
    """How much is said: what the user chose by voice counts more than files, less than flags and variables."""
    chosen = Narration(**settings.narration.model_dump())
    if said.level is not None and ("narration", "level") not in settings.insisted:
        chosen = replace(chosen, level=said.level)
    if said.sounds is not None and ("narration", "earcons") not in settings.insisted:
        chosen = replace(chosen, earcons=said.sounds)
    return chosen


def engines(site: Site) -> tuple[Engine[Any], Engine[Any], bool]:
    """Recogniser, voice, and whether words of this recogniser may allow something; imports Pipecat."""
    stt = registry.adapter("stt", site.choice.profile.stt.use)
    # Plain requests are worth knowing word by word whichever agent they go to.
    ours = (*listener.SPOKEN, *listener.WAYS, site.settings.listening.wake_phrase)
    phrases = tuple(dict.fromkeys(ours + registry.adapter("agent", _REHEARSAL).phrases))
    hears: Engine[Any] = _build(site, "stt", site.choice.profile.stt, phrases)
    speaks: Engine[Any] = _build(site, "tts", site.choice.profile.tts, phrases)
    return hears, speaks, "trusted" in stt.capabilities


def _build(site: Site, kind: str, stage: Stage, phrases: tuple[str, ...]) -> Any:
    adapter = registry.adapter(kind, stage.use)
    options = registry.validate(adapter, stage.options, f"{kind} {stage.use}")
    workplace = Workplace(
        project=site.settings.project,
        state=site.state,
        secrets={name: site.keys[name] for name in adapter.secrets if name in site.keys},
        prompts=paths.prompts(),
        phrases=phrases,
        offline=site.settings.offline,
        withheld=withheld(adapter.secrets),
    )
    return adapter.build(options, workplace)


def withheld(own: Iterable[str]) -> tuple[str, ...]:
    """Names of the secrets of all adapters but these, which are its own."""
    every = [registry.declared(kind, use) for kind in registry.kinds() for use in registry.names(kind)]
    return tuple(sorted({name for each in every for name in each.secrets}.difference(own)))


# --- the environment --------------------------------------------------------------------------------------------

_UNWANTED = ("PIPECAT_SETUP_FILES", "PIPECAT_SMART_TURN_LOG_DATA", "PIPECAT_LOG_LLM_CONTEXT")
"""Pipecat runs files, writes the user's voice and logs prompts when these are set."""


def clean_environment(*, offline: bool) -> None:
    """Of this process and its children."""
    for name in _UNWANTED:
        os.environ.pop(name, None)
    if offline:
        os.environ["HF_HUB_OFFLINE"] = "1"
