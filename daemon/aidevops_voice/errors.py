"""Everything that can go wrong, with a stable code, a sentence for the ear and a cure for the page.

VoiceError
├── ConfigError            config.*    bad use or configuration (exit 2)
│   ├── UnknownName        config.unknown
│   ├── BadValue           config.value
│   ├── NotAProject        config.project
│   └── UnsafeBind         config.bind
├── SetupError             setup.*     this machine lacks something (exit 1)
│   ├── MissingExtra       setup.extra
│   ├── MissingProgram     setup.program
│   ├── MissingSecret      setup.secret
│   ├── UnsafeSecret       setup.secret_file
│   ├── PortTaken          setup.port
│   ├── AlreadyRunning     setup.running
│   ├── NameTaken          setup.name
│   ├── PageNotBuilt       setup.page
│   └── PluginBlocked      setup.plugin
├── NotRunning             daemon.not_running  (exit 3)
├── AccessError            access.*    who may call the daemon
│   ├── WrongHost          access.host        (421)
│   ├── WrongOrigin        access.origin      (403)
│   ├── NoCredential       access.credential  (401)
│   └── TooMany            access.rate        (429)
├── BadRequest             request.invalid    (400)
│   └── TooLarge           request.size       (413)
├── AskError
│   ├── UnknownAsk         ask.unknown (404)
│   └── ClosedAsk          ask.closed  (409)
├── AgentError             agent.*     the coding agent
│   ├── AgentUnreachable   agent.unreachable
│   ├── AgentRefused       agent.password
│   ├── AgentUnsupported   agent.version
│   ├── AgentLost          agent.lost
│   │   ├── ScreenClosed   agent.screen_closed
│   │   └── ScreenOpened   agent.screen_opened
│   ├── AgentFailed        agent.failed
│   ├── AgentUnsafe        agent.unsafe
│   ├── UnknownSession     agent.session
│   │   └── WrongFolder    agent.folder
│   └── SessionElsewhere   agent.elsewhere
└── SpeechError            speech.*    hearing and speaking
    ├── RecogniserFailed   speech.stt
    └── VoiceFailed        speech.tts
"""

from __future__ import annotations


class VoiceError(Exception):
    """The root: `message` says what is wrong, `cure` what to do, `spoken` is the sentence for the ear."""

    code = "internal"
    status = 500
    exit_code = 1
    spoken = "Something went wrong. The details are on the page."
    cure = "Look at the log with: aidevops-voice logs"

    def __init__(self, message: str, *, cure: str = "", spoken: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.cure = cure or type(self).cure
        self.spoken = spoken or type(self).spoken

    def as_dict(self) -> dict[str, str]:
        """The form of `--json` and of HTTP errors."""
        return {"code": self.code, "message": self.message, "cure": self.cure}


class ConfigError(VoiceError):
    """Bad use or configuration."""

    code, status, exit_code = "config", 400, 2
    spoken = "The configuration is not right. The details are on the page."
    cure = "Correct the value and start again."


class UnknownName(ConfigError):
    """A profile, adapter, key or command that does not exist."""

    code = "config.unknown"


class BadValue(ConfigError):
    """A known key with a value that it cannot have."""

    code = "config.value"


class NotAProject(ConfigError):
    """The project path is not a directory."""

    code = "config.project"
    cure = "Give an existing folder with --project."


class UnsafeBind(ConfigError):
    """An address other than loopback without TLS."""

    code = "config.bind"
    cure = "Use 127.0.0.1 and an SSH port forward."


class SetupError(VoiceError):
    """This machine lacks something."""

    code, status = "setup", 503
    spoken = "Something is missing on this machine. The cure is on the page."


class MissingExtra(SetupError):
    """A Python extra is not installed."""

    code = "setup.extra"


class MissingProgram(SetupError):
    """A program is not on PATH."""

    code = "setup.program"


class MissingSecret(SetupError):
    """A key that the profile needs is nowhere to be found."""

    code = "setup.secret"
    spoken = "A key is missing for this profile. The page says which."


class UnsafeSecret(SetupError):
    """A file with keys that others may read."""

    code = "setup.secret_file"


class PortTaken(SetupError):
    """Another program listens on the port."""

    code = "setup.port"
    cure = "Choose another with --port N, or --port 0 for any free one."


class AlreadyRunning(SetupError):
    """A daemon of this user runs for another project."""

    code, status = "setup.running", 409


class NameTaken(SetupError):
    """Another program is called `aidevops` here."""

    code, status = "setup.name", 409


class PageNotBuilt(SetupError):
    """The page was not built into the package."""

    code = "setup.page"
    cure = "Build it with: make client"


class PluginBlocked(SetupError):
    """A file that the OpenCode plugin needs cannot be changed safely."""

    code = "setup.plugin"


class NotRunning(VoiceError):
    """No daemon of this user is running."""

    code, exit_code = "daemon.not_running", 3
    cure = "Start it with: aidevops-voice start"


class AccessError(VoiceError):
    """The caller may not do this."""

    code, status = "access", 403
    cure = "Open the page through the link that `aidevops-voice open` prints."


class WrongHost(AccessError):
    """The Host header is not one of ours (DNS rebinding)."""

    code, status = "access.host", 421


class WrongOrigin(AccessError):
    """The Origin header is not our own page."""

    code, status = "access.origin", 403


class NoCredential(AccessError):
    """No valid cookie or token, or a spent ticket."""

    code, status = "access.credential", 401


class TooMany(AccessError):
    """More offers or logins than one person makes."""

    code, status = "access.rate", 429
    cure = "Wait a few seconds and try again."


class BadRequest(VoiceError):
    """A request that cannot be understood."""

    code, status, exit_code = "request.invalid", 400, 2
    cure = "Check the request."


class TooLarge(BadRequest):
    """A request body over the limit."""

    code, status = "request.size", 413


class AskError(VoiceError):
    """A reply to a request that cannot take it."""

    code, status = "ask", 409


class UnknownAsk(AskError):
    """No request has this id."""

    code, status = "ask.unknown", 404
    spoken = "I do not know that request."
    cure = "See the open requests with: aidevops-voice status"


class ClosedAsk(AskError):
    """The request was already answered or has fallen."""

    code = "ask.closed"
    spoken = "That request is already closed."
    cure = "Nothing to do."


class AgentError(VoiceError):
    """The coding agent."""

    code, status = "agent", 502
    spoken = "The coding agent has a problem. The details are on the page."


class AgentUnreachable(AgentError):
    """No server answers at the address."""

    code = "agent.unreachable"
    spoken = "The coding agent does not answer. The cure is on the page."


class AgentRefused(AgentError):
    """The server refuses our password."""

    code = "agent.password"
    spoken = "The coding agent refuses the password."
    cure = "Set OPENCODE_SERVER_PASSWORD (and OPENCODE_SERVER_USERNAME) to those of the server."


class AgentUnsupported(AgentError):
    """A server of a kind or version that this program does not know."""

    code = "agent.version"
    spoken = "That server is not one I can talk to."


class AgentLost(AgentError):
    """The agent went away while it worked."""

    code = "agent.lost"
    spoken = "I lost the coding agent."


class ScreenClosed(AgentLost):
    """The user closed the terminal in which we worked."""

    code = "agent.screen_closed"
    spoken = "The OpenCode terminal was closed."
    cure = "Nothing to do; open it again and I work in it."


class ScreenOpened(AgentLost):
    """The user opened a terminal, and the work goes on in it."""

    code = "agent.screen_opened"
    spoken = "OpenCode was opened in a terminal. I work in it now."
    cure = "Nothing to do."


class AgentFailed(AgentError):
    """The agent reports that the turn failed."""

    code = "agent.failed"
    spoken = "That failed."


class AgentUnsafe(AgentError):
    """An open server that was not chosen, or a session in which commands run unasked."""

    code = "agent.unsafe"
    spoken = "Take care: commands run in this session without asking."


class UnknownSession(AgentError):
    """The agent has no such session."""

    code, exit_code, status = "agent.session", 2, 404
    spoken = "There is no such session."


class WrongFolder(UnknownSession):
    """The session works in another folder than the project."""

    code = "agent.folder"
    spoken = "That session belongs to another folder, so nothing was sent to it."
    cure = "Start in that folder, or switch to a session of this project."


class SessionElsewhere(AgentError):
    """Another process works in the session, or shows it."""

    code, status, exit_code = "agent.elsewhere", 409, 1
    spoken = "Another program has that session open, so nothing was sent to it."
    cure = "Go on there, or close it there, or say: new session."


class SpeechError(VoiceError):
    """Hearing or speaking does not work."""

    code, status = "speech", 503


class RecogniserFailed(SpeechError):
    """The recogniser stopped or refuses to work."""

    code = "speech.stt"
    spoken = "I cannot hear you just now. You can type."
    cure = "Restart it with: aidevops-voice restart"


class VoiceFailed(SpeechError):
    """The voice stopped or refuses to work."""

    code = "speech.tts"
    spoken = "My voice failed for a moment."
    cure = "Restart it with: aidevops-voice restart"
