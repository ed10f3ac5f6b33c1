"""What is gone on other machines and in containers: volumes, resources, objects, packages, disks."""

from __future__ import annotations

import re
from dataclasses import dataclass

from aidevops_voice.losses.loss import Loss
from aidevops_voice.reports import terraform
from aidevops_voice.reports.run import Run
from aidevops_voice.risk.steps import Step


@dataclass(frozen=True, slots=True)
class _Rule:
    key: str
    line: re.Pattern[str]
    """The command, its program without a folder in front; the group `names` are the targets."""
    printed: re.Pattern[str] | None = None
    """Lines that prove it; their last group is a name."""
    lesser: bool = False
    proven: bool = False
    """Without such a line nothing is known to be gone."""


def _rule(key: str, line: str, printed: str = "", *, lesser: bool = False, proven: bool = False) -> _Rule:
    return _Rule(key, re.compile(line), re.compile(printed, re.M) if printed else None, lesser, proven)


_DOCKER = r"^(?:docker|podman)(?:-compose)?\b"
_RULES = (
    _rule("volume", rf"{_DOCKER} volume (?:rm|remove)\b(?P<names>.*)"),
    _rule(
        "volume",
        rf"{_DOCKER}.*\bdown\b.*\s(?:-\w*v\w*|--volumes)\b",
        r"Volume \"?(\S+?)\"? +Remov(?:ed|ing)",
        proven=True,
    ),
    _rule("container", rf"{_DOCKER}(?: container)? rm\b(?P<names>.*)", lesser=True),
    _rule("image", rf"{_DOCKER} (?:rmi|image rm)\b(?P<names>.*)", lesser=True),
    _rule(
        "cluster", r"^(?:kubectl|oc)\b.*\bdelete\b(?: (?P<names>.*))?", r"^(\w[\w.]* \"[^\"\n]+\") (?:force )?deleted"
    ),
    _rule("release", r"^helm\b.*\b(?:uninstall|delete)\b(?P<names>.*)", r"^release \"([^\"\n]+)\" uninstalled"),
    _rule("object", r"^aws s3 (?:rm|sync|mv)\b", r"^delete: (s3://\S+)", proven=True),
    _rule("object", r"^gsutil\b.*\brm\b|^gcloud storage rm\b", r"^Removing (gs://\S+?)\.{0,3}$", proven=True),
    _rule("bucket", r"^aws s3 rb\b", r"^remove_bucket: (\S+)"),
    _rule("bucket", r"^aws s3 rb (?P<names>s3://\S+)"),
    _rule("cloud", r"^gcloud\b.*\bdelete\b", r"^Deleted \[(?:[^\]\n]*/)?([^\]/\n]+)\]"),
    _rule("repository", r"^(?:gh|glab) repo delete (?P<names>.*)"),
    _rule("release", r"^(?:gh|glab) release delete(?! -asset) (?P<names>\S+)"),
    _rule(
        "app",
        r"^heroku apps:(?:destroy|delete)\b.*?(?:-a|--app)[= ](?P<names>\S+)|^fly(?:ctl)? apps destroy (?P<other>\S+)",
    ),
    _rule("unpublished", r"^(?:npm|pnpm|yarn)\b.*\bunpublish\b(?P<names>.*)", r"^- (@?[^\s@]+@\S+)$"),
    _rule("unpublished", r"^(?:cargo|gem) yank\b(?P<names>.*)"),
    _rule("user", r"^(?:userdel|deluser|dropuser)\b(?P<names>.*)"),
    _rule("crontab", r"^crontab\b.*\s-r\b"),
    _rule("redis", r"^(?:redis|valkey)-cli\b.*\b(?i:flushall|flushdb)\b"),
    _rule("keys", r"^(?:redis|valkey)-cli\b.*\s(?i:del|unlink) \S", r"^(?:\(integer\) )?([1-9]\d*)$", proven=True),
    _rule("disk", r"^(?:mkfs\S*|wipefs)\b.*(?P<names>/dev/\S+)|^dd\b.*\bof=(?P<other>/dev/(?!null)\S+)"),
)
_DESTROYED = re.compile(r"\b(\d+) destroyed\b|^ +- (\d+) deleted\b|^Resources:\n +- (\d+) deleted", re.M)
_PLANS = re.compile(r"^(?:terraform|tofu|terragrunt|pulumi)\b.*\b(?:apply|destroy|up)\b")
_STACKS = re.compile(r"^(?:cdk|vagrant|serverless|sls|sst|eksctl)\b.*\b(?:destroy|remove|delete)\b")
_VOLUMES = re.compile(r"^Deleted Volumes:\n((?:\S+\n?)+)", re.M)
_AWS = re.compile(r"^aws (?:\S+ )?(?:delete|terminate)-(?P<what>[a-z-]+)(?P<rest>.*)")
_SENT = re.compile(r"^(?:curl|https?|wget|xh)\b.*(?:-X ?DELETE|--request[= ]DELETE|--method[= ]DELETE| DELETE )")
_ADDRESS = re.compile(r"https?://(?:[^@/\s]*@)?([^/\s:?#\"']+)")
_REFUSED = re.compile(
    r"\b(?:HTTP/[\d.]+ |status\W{1,3})?[45]\d\d\b (?:Not|Unauth|Forb|Bad|Method|Inter|Serv)|\"error\"", re.I
)


def read(steps: list[Step], run: Run, sure: bool) -> list[Loss]:
    """What the commands of one line took away elsewhere."""
    found: list[Loss] = []
    for step in steps:
        line = " ".join((step.program, *step.words[1:]))[:800]
        rule = next((rule for rule in _RULES if rule.line.search(line)), None)
        if rule:
            found += _ruled(rule, line, run, sure)
        else:
            found += _special(line, run, sure)
    return found


def _ruled(rule: _Rule, line: str, run: Run, sure: bool) -> list[Loss]:
    names = [name.replace('"', "") for name in rule.printed.findall(run.text)] if rule.printed else []
    if names and rule.key == "keys":
        return [Loss("keys", n=int(names[-1]))] if len(names) == 1 else []
    if names and rule.key == "object":
        return [Loss("object", n=len(names), fields={"bucket": names[0].split("/")[2]})]
    if names or not sure or rule.proven:
        return [Loss(rule.key, tuple(names), lesser=_lesser(rule, names))] if names else []
    match = rule.line.search(line)
    groups = match.groupdict() if match else {}
    asked = tuple(name for name in (groups.get("names") or groups.get("other") or "").split() if name[0] not in "-$`(")
    if rule.key == "cluster":
        asked = (" ".join(asked[:2]),) if asked else ()
    return [Loss(rule.key, asked, lesser=_lesser(rule, asked))] if asked or not groups else [Loss("unnamed_remote")]


def _lesser(rule: _Rule, names: list[str] | tuple[str, ...]) -> bool:
    """A pod comes back by itself."""
    return rule.lesser or (bool(names) and all(re.match(r"pods?[ /]|po ", name) for name in names))


def _special(line: str, run: Run, sure: bool) -> list[Loss]:
    if _PLANS.match(line):
        n = sum(int(next(filter(None, groups), 0)) for groups in _DESTROYED.findall(run.text)[-1:])
        n = n or len(terraform.destroyed(run.text))
        return [Loss("destroyed", n=n)] if n else []
    if re.match(rf"{_DOCKER} (?:volume|system) prune", line):
        names = [name for block in _VOLUMES.findall(run.text) for name in block.split()]
        return [Loss("volume", tuple(names))] if names else []
    if not sure:
        return []
    if match := _AWS.match(line):
        value = next(iter(re.findall(r"--[\w-]*(?:id|ids|name|identifier)[= ](\S+)", match["rest"])), "")
        return [Loss("cloud", (f"{match['what'].replace('-', ' ')} {value}".strip(),))]
    if _SENT.match(line) and (site := _ADDRESS.search(line)) and not _REFUSED.search(run.text):
        return [Loss("sent", fields={"site": site[1]})]
    return [Loss("stack")] if _STACKS.match(line) else []
