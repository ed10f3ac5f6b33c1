"""Services, processes, users, schedules and the machine itself."""

from __future__ import annotations

import re

from aidevops_voice.risk.arguments import Arg, options, split
from aidevops_voice.risk.call import Call, Handler
from aidevops_voice.risk.levels import Level
from aidevops_voice.risk.paths import HOLE
from aidevops_voice.risk.tools import CREDENTIALS, DESTRUCTIVE, READ, Tool, each, rows

_LOOKS = Tool(READ, options="-u= -n= -t= --type= --state= -p= --property= -o= --output= --lines=")
_ENDS = Tool(DESTRUCTIVE, why="ends")
_SYSTEMCTL: dict[str, Tool] = {
    **rows(
        "status list-units list-unit-files list-timers list-sockets list-dependencies is-active is-enabled "
        "is-failed show cat help "
        "get-default list-jobs list-machines is-system-running",
        _LOOKS,
    ),
    **rows(
        "stop start restart reload disable enable mask unmask kill daemon-reload reset-failed edit set-property "
        "isolate "
        "reboot=restart_the_machine poweroff=power_off halt=shut_down suspend hibernate rescue emergency "
        "set-default link revert "
        "try-restart reload-or-restart kexec=restart_the_machine",
        _ENDS,
    ),
}


def _service(call: Call) -> None:
    texts = [text for text in call.texts() if not text.startswith("-")]
    looks = (
        texts[1:2] in (["status"], ["list"], ["info"])
        or call.texts() == ["--status-all"]
        or texts[:1] in (["list"], ["status"])
    )
    call.says(READ if looks else DESTRUCTIVE, "run", "" if looks else "ends", what=[call.program, *reversed(texts)])


def _kill(call: Call) -> None:
    texts = call.texts() or [""]
    if texts[:1] in (["-l"], ["-L"], ["--list"], ["--table"]):
        call.says(READ, "run", what=["kill", "list signals"])
    elif texts[:1] == ["-0"] or texts[:2] == ["-s", "0"]:
        call.says(READ, "run", what=["kill", *texts])
    else:
        given, operands = split(call.args, options("-s= --signal= -n= -u= -t= -g="))
        signal = next((one.value.text for one in given if one.name in ("-s", "--signal") and one.value), "")
        signal = re.sub(r"^SIG", "", signal or (texts[0][1:] if re.match(r"-(?:\d+$|[A-Z]{3})", texts[0]) else ""))
        names = [arg.text for arg in operands]
        key = _ENDED.get(signal, "signal")
        if call.program != "kill":
            key = "kill_matching" if any(one.name == "-f" for one in given) else "kill_named"
        elif "-1" in texts[1 if signal == "1" else 0 :]:
            key = "kill_all"
        call.says(DESTRUCTIVE, key, "ends", what=names or texts or [HOLE], mode=signal)


_ENDED = {"": "kill", "15": "kill", "TERM": "kill", "9": "kill_hard", "KILL": "kill_hard"}


def _crontab(call: Call) -> None:
    texts = call.texts()
    looks = "-l" in texts and not {"-r", "-e", "-"} & set(texts)
    call.says(
        READ if looks else DESTRUCTIVE,
        "run",
        "" if looks else "schedule",
        what=["crontab", *(text.lstrip("-") or "input" for text in texts)],
    )


def _at(call: Call) -> None:
    looks = call.texts()[:1] == ["-l"]
    call.says(
        READ if looks else DESTRUCTIVE, "run", "" if looks else "schedule", what=["schedule a command", *call.texts()]
    )


def _journal(call: Call) -> None:
    changes = [
        text
        for text in call.texts()
        if text.startswith(("--vacuum", "--rotate", "--flush", "--sync", "--relinquish", "--update", "--setup"))
    ]
    call.says(
        DESTRUCTIVE if changes else READ,
        "run",
        "deletes" if changes else "",
        what=["journal", *(text.lstrip("-") for text in call.texts())],
    )


def _fuser(call: Call) -> None:
    kills = any(arg.text.startswith("-") and "k" in arg.text for arg in call.args)
    names = [arg.text.replace("/", " ") for arg in call.args if not arg.text.startswith("-")]
    call.says(DESTRUCTIVE if kills else READ, "kill" if kills else "run", "ends" if kills else "", what=names)


def _said(words: str, why: str, level: Level = DESTRUCTIVE) -> Handler:
    def handler(call: Call) -> None:
        call.says(level, "run", why, what=[words, *(text for text in call.texts() if not text.startswith("-"))])

    return handler


def _pm(call: Call) -> None:
    texts = call.texts()
    looks = texts[:1] in (
        ["list"],
        ["ls"],
        ["status"],
        ["logs"],
        ["show"],
        ["describe"],
        ["monit"],
        ["info"],
        ["print"],
        ["blame"],
        ["tail"],
    )
    call.says(READ if looks else DESTRUCTIVE, "run", "" if looks else "ends", what=[call.program, *texts])


def _tmux(call: Call) -> None:
    looks = call.texts()[:1] in (
        ["ls"],
        ["list-sessions"],
        ["-V"],
        ["list-windows"],
        ["list-panes"],
        ["display-message"],
        ["capture-pane"],
        ["-ls"],
        ["-list"],
    )
    call.says(READ if looks else DESTRUCTIVE, "run", "" if looks else "runs_text", what=[call.program, *call.texts()])


def _secret(call: Call) -> None:
    call.says(
        CREDENTIALS,
        "run",
        "secret",
        what=[call.program, *(text.lstrip("-").replace("-", " ") for text in call.texts())],
    )


def _passwords(call: Call) -> None:
    call.says(
        CREDENTIALS,
        "run",
        "secret",
        what=["read the password", *(arg.text for arg in call.args if isinstance(arg, Arg))],
    )


def _gpg(call: Call) -> None:
    if any(text.startswith(("--delete", "--edit", "--gen", "--quick", "--import")) for text in call.texts()):
        call.says(DESTRUCTIVE, "run", "secret", what=[call.program, *(text.lstrip("-") for text in call.texts())])
    elif any(text in ("--list-keys", "--version", "-k", "--verify", "--fingerprint") for text in call.texts()[:1]):
        call.says(READ, "run", what=[call.program, *call.texts()])
    else:
        _secret(call)


TOOLS: dict[str, Handler] = {
    **each(
        "systemctl",
        Tool(READ, verbs=_SYSTEMCTL, options="-t= --type= --state= -p= -n= -H!on_another_machine -M= --now!"),
    ),
    **each("service rc-service brew-services sv initctl", _service),
    **each("kill pkill killall skill xkill taskkill", _kill),
    **each("crontab", _crontab),
    **each("at batch", _at),
    **each("nginx apachectl", Tool(DESTRUCTIVE, options="-t? -T? -v? -V?", why="ends")),
    **each("atq", Tool(READ)),
    **each("journalctl", _journal),
    **each("fuser", _fuser),
    **each("reboot", _said("restart the machine", "ends")),
    **each("shutdown halt poweroff init telinit", _said("shut down the machine", "ends")),
    **each("launchctl pm2 supervisorctl monit systemd-analyze forever", _pm),
    **each("tmux screen", _tmux),
    **each("iptables ip6tables nft ufw firewall-cmd pfctl iptables-restore", _said("change the firewall", "machine")),
    **each(
        "useradd userdel usermod groupadd groupdel passwd chpasswd adduser deluser chsh visudo vipw gpasswd dscl",
        _said("change users", "machine"),
    ),
    **each(
        "modprobe insmod rmmod update-grub grub-install update-alternatives ldconfig setenforce route "
        "nmcli networksetup "
        "defaults launchd csrutil spctl nvram pmset dpkg-reconfigure "
        "pkexec "
        "capsh gdb lldb dtrace perf bpftrace valgrind logrotate renice "
        "rfkill osascript",
        Tool(DESTRUCTIVE, why="machine"),
    ),
    **each("op pass bw lpass vault sops age secret-tool keyring gopass infisical doppler aws-vault pass-cli", _secret),
    **each("security", _passwords),
    **each("gpg gpg2", _gpg),
    **each(
        "openssl",
        Tool(
            CREDENTIALS,
            why="secret",
            other=CREDENTIALS,
            verbs={
                **rows("rand version list help dgst", Tool(READ, options="-out> -sign! -writerand>")),
                **rows("s_client s_server s_time ocsp", Tool(CREDENTIALS, why="secret")),
            },
            options="-out>",
        ),
    ),
    **each("pbcopy pbpaste xclip xsel wl-copy wl-paste", Tool(CREDENTIALS, why="secret")),
}
