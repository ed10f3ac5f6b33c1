"""What is dangerous about a shell command, as facts to be told with it; more is told rather than less."""

from __future__ import annotations

import re

from aidevops_voice.languages import Saying
from aidevops_voice.shell import CAP, HERE, Step, steps
from aidevops_voice.words import places

_LINE, _STEPS = 800, 60
"""Characters of one command, and commands of a chain, that are searched."""
_DOWNLOADS = frozenset({"curl", "wget", "fetch", "http"})
_SHELLS = re.compile(r"(?:ba|z|da|k|fi)?sh$|python[\d.]*$|node$|perl$|ruby$|php$|eval$|source$")
_DEVICE = re.compile(r"[\d&-]|/dev/\w+")
_PACKAGERS = "pip3?|pipx|npm|pnpm|yarn|bun|apt|apt-get|brew|cargo|gem|dnf|yum|pacman|snap|go|uv|conda|poetry|bundle"
_CLOUDS = "kubectl|oc|helm|gh|gcloud|az|heroku|doctl|fly|flyctl|firebase|vercel|netlify"
_SENT = r"-d|--data\S*|-F|--form|-T|--upload-file|--post-\S+|-X ?(?:POST|PUT|PATCH)|POST|PUT"
_DANGERS: tuple[tuple[str, str], ...] = (
    ("overwrites_remote", r"^git\b.*\bpush\b.*(?:\s(?:-\w*f\w*|--force\S*|--mirror)(?:\s|$)|\s\+\S)"),
    ("deletes_remote", r"^git\b.*\bpush\b.*\s(?:--delete|-d|--prune|:\S)"),
    ("discards", r"^git\b.*\breset\b.*--(?:hard|merge)|^git\b.*\bstash (?:drop|clear)"),
    ("discards", r"^git\b.*\brestore\b(?!.*--staged)"),
    ("discards", r"^git\b.*\b(?:checkout|switch)\b.*\s(?:-f|--force|--discard-changes|--|\.)(?:\s|$)"),
    ("deletes_untracked", r"^git\b.*\bclean\b"),
    ("rewrites", r"^git\b.*\b(?:rebase|filter-branch|filter-repo)\b|^git\b.*\bcommit\b.*--amend"),
    ("deletes_branch", r"^git\b.*\bbranch\b.*\s(?:-\w*[dD]\w*|--delete)(?:\s|$)|^git\b.*\btag\b.*\s(?:-d|--delete)\b"),
    ("drops", r"\bdrop (?:table|database|schema|index|view|column|user|role|collection)\b|\bdrop(?:db|Database)\b"),
    ("drops", r"\btruncate (?:table )?\w|\bdb:(?:drop|reset)\b|\bmigrate reset\b"),
    ("deletes_rows", r"\bdelete from\b|\bflush(?:all|db)\b|\bdeleteMany\b"),
    ("changes_rows", r"\bupdate \S+ set\b|\balter table\b|\binsert into\b"),
    ("destroys", r"^(?:terraform|tofu|pulumi|cdk|vagrant|serverless|sls)\b.*\b(?:destroy|remove)\b"),
    ("applies", r"^(?:terraform|tofu|pulumi|cdk)\b.*\b(?:apply|up|deploy)\b"),
    ("applies", r"^kubectl\b.*\b(?:apply|scale|rollout|drain|patch|replace)\b|^helm\b.*\b(?:install|upgrade)\b"),
    ("removes_volumes", r"^docker(?:-compose)?\b.*\bdown\b.*\s(?:-\w*v\w*|--volumes)\b"),
    ("removes_volumes", r"^docker\b.*\bvolume (?:rm|prune)\b|^docker\b.*\bprune\b.*--volumes"),
    ("deletes", r"^(?:docker|podman)\b.*\b(?:rm|rmi|prune)\b"),
    ("deletes", rf"^(?:{_CLOUDS})\b.*\b(?:delete|destroy|uninstall|remove|rm)\b"),
    ("deletes", r"^(?:aws|gsutil)\b.*\b(?:rm|rb|delete\S*|terminate\S*)\b|^rsync\b.*--delete|^crontab\b.*\s-r\b"),
    ("deletes_files", r"^(?:rm|rmdir|unlink|shred|srm|del|rimraf|trash)\b"),
    ("deletes_files", r"^(?:find|fd)\b.*\s-(?:delete|exec(?:dir)? rm)\b"),
    ("erases_disk", r"^(?:mkfs\S*|wipefs|fdisk|parted|sgdisk)\b|^dd\b.*\bof="),
    ("ends", r"^(?:kill|killall|pkill|shutdown|reboot|halt|poweroff)\b"),
    ("ends", r"^(?:systemctl|service|launchctl|pm2|supervisorctl)\b.*\b(?:stop|disable|mask|kill|restart|delete)\b"),
    ("permissions", r"^(?:chmod|chown|chgrp|setfacl)\b"),
    ("uninstalls", rf"^(?:{_PACKAGERS})\b.*\b(?:uninstall|remove|purge|autoremove)\b"),
    ("installs", rf"^(?:{_PACKAGERS}|python\S* -m pip)\b.*\s(?:install|add|i)\b"),
    ("publishes", r"^(?:npm|pnpm|yarn|cargo|poetry|uv)\b.*\bpublish\b"),
    ("publishes", r"^(?:twine|gem|docker|podman)\b.*\b(?:upload|push)\b"),
    ("publishes", r"^gh\b.*\b(?:release create|pr merge)\b|^(?:vercel|netlify|fly|firebase|heroku)\b.*\bdeploy\b"),
    ("deletes_there", r"^(?:curl|wget|https?|xh)\b.*\s(?:-X ?|--request[= ]|--method[= ])?DELETE\b"),
    ("sends", rf"^(?:scp|rsync|sftp|ftp|nc|ncat|ssh)\b|^(?:curl|wget|http)\b.*\s(?:{_SENT})(?:\s|$)"),
    ("rolls_back", r"\b(?:rollback|downgrade|undo)\b"),
)  # fmt: skip
_FOUND = tuple((f"shell.{key}", re.compile(pattern, re.I)) for key, pattern in _DANGERS)


def dangers(command: str, found: list[Step] | None = None) -> list[Saying]:
    """What should be known before it is allowed, the worst first, each once."""
    found = steps(command) if found is None else found
    risks = dict.fromkeys(["shell.runs_download"] if _runs_download(found) else [])
    lines = list(dict.fromkeys(" ".join((step.program, *step.words[1:])) for step in found))
    for line in lines[:_STEPS]:
        risks |= dict.fromkeys(key for key, pattern in _FOUND if pattern.search(line[:_LINE]))
    if any(places.SECRET.search(word[:_LINE]) for step in found[:_STEPS] for word in (*step.words[1:40], *step.files)):
        risks["shell.secrets"] = None
    if any(step.root for step in found):
        risks["shell.root"] = None
    if any(_SHELLS.match(step.program) for step in found) and HERE.search(command[:CAP]):
        risks["shell.script"] = None
    if len(command) > CAP or len(lines) > _STEPS or any(len(line) > _LINE for line in lines):
        risks["shell.too_long"] = None
    written = [file for step in found for file in step.files if not _DEVICE.fullmatch(file)]
    into = [Saying("shell.writes", fields={"file": written[0]})] if written else []
    return [Saying(key) for key in risks] + into


def _runs_download(found: list[Step]) -> bool:
    fed = any(step.piped and _SHELLS.match(step.program) for step in found)
    return fed and any(step.program in _DOWNLOADS for step in found)
