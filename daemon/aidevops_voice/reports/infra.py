"""Containers, clusters, plans, databases, services and hosts."""

from __future__ import annotations

import re
from dataclasses import replace

from aidevops_voice.reports import terraform
from aidevops_voice.reports.reasons import DATA, KEYS
from aidevops_voice.reports.report import Report, brief, said
from aidevops_voice.reports.rules import every, first, joined, many, rule
from aidevops_voice.reports.run import Run

_BROKEN = (
    rule("infra.no_docker", "bad", "Docker daemon", r"[Cc]annot connect to the Docker daemon"),
    rule("infra.no_image", "bad", "pull access denied", r"pull access denied for (?P<name>[^\s,]+)"),
    rule("infra.no_image", "bad", "manifest", r"manifest for (?P<name>\S+) not found"),
    rule(
        "infra.port_used",
        "bad",
        "port is already allocated",
        r"Bind for \S+:(?P<port>\d+) failed: port is already allocated",
    ),
    rule("infra.no_container", "bad", "No such container", r"No such container: (?P<name>\S+)"),
    rule(
        "infra.name_used",
        "bad",
        "is already in use by container",
        r"The container name \"/?(?P<name>[^\"\n]+)\" is already in use",
    ),
    rule("infra.unhealthy", "bad", "is unhealthy", r"container (?P<name>\S+) is unhealthy"),
    rule(
        "infra.no_cluster",
        "bad",
        "The connection to the server",
        r"^The connection to the server \S+?:(?P<port>\d+) was refused",
    ),
    rule(
        "infra.no_cluster_host",
        "bad",
        "Unable to connect to the server",
        r"^Unable to connect to the server: (?P<message>.*)$",
    ),
    rule(
        "items.invalid",
        "bad",
        " is invalid: ",
        r"\"(?P<name>[^\"\n]+)\" is invalid: (?:[\w.\[\]]+\.)?(?P<message>.*)$",
    ),
    rule("infra.kubernetes", "bad", "for: ", r"^for: \"[^\"\n]+\": (?P<message>.*)$"),
    rule("infra.kubernetes", "bad", "Error from server", r"^Error from server \((?:\w+)\): (?P<message>.*)$"),
    rule(
        "infra.rollout",
        "bad",
        "exceeded its progress deadline",
        r"^error: deployment \"(?P<name>[^\"\n]+)\" exceeded its progress deadline",
    ),
    rule(
        "items.task",
        "bad",
        "]: ",
        r"^TASK \[(?P<task>[^\]\n]+)\] ?\**\n(?:(?!TASK |PLAY ).*\n)*?"
        r"(?:fatal|failed): \[(?P<name>[^\]\s]+)[^\n]*?(?:\"msg\": \"(?P<message>(?:[^\"\\]|\\.)+)\".*)?$",
    ),
    *KEYS,
    rule("infra.no_access", "bad", "Permission denied (", r"Permission denied \((?:publickey|password)"),
    rule("infra.host_key", "bad", "Host key verification failed", r"^Host key verification failed"),
    rule("infra.no_host", "bad", "Could not resolve hostname", r"Could not resolve hostname (?P<name>[^\s:]+)"),
    rule(
        "infra.ssh_refused",
        "bad",
        "ssh: connect to host",
        r"^ssh: connect to host \S+ port (?P<port>\d+): (?P<message>.*)$",
    ),
    rule(
        "infra.no_service",
        "bad",
        " not found",
        r"^(?:Unit|Failed to \w+) (?P<name>[\w@.-]+?)(?:\.service)?(?:: Unit \S+| could not be| not) (?:not )?found",
    ),
    rule("infra.service_failed", "bad", "failed because", r"^Job for (?P<name>[\w@.-]+?)(?:\.service)? failed because"),
)
_QUERY = (
    rule(
        "infra.refused_database",
        "bad",
        "Connection refused",
        r"connection to server at .{1,200} port (?P<port>\d+) failed: Connection refused",
    ),
    rule("infra.postgres", "bad", "FATAL:", r"FATAL: +(?P<message>.*)$"),
    rule("infra.sql", "bad", "ERROR: ", r"^(?:psql:\S+ )?ERROR: +(?! |current transaction is aborted)(?P<message>.*)$"),
    rule("infra.sql", "bad", "ERROR ", r"^ERROR \d+ \(\w+\)(?: at line \d+)?: (?P<message>.*)$"),
    rule("infra.sql", "bad", "near line", r"^(?:Parse e|E|Runtime e)rror: ?near line \d+: (?P<message>.*)$"),
    rule("infra.sql", "bad", "rror", r"^Error: (?:in prepare, |stepping, )?(?P<message>.*?)(?: \(\d+\))?$"),
    rule("infra.sql", "bad", "Parse error", r"^Parse error(?: near line \d+)?: (?P<message>.*)$"),
)
_DATABASES = ("psql", "sqlite3", "mysql", "mariadb")
_CLIENTS = (
    "docker",
    "podman",
    "kubectl",
    "helm",
    "terraform",
    "tofu",
    "psql",
    "sqlite3",
    "mysql",
    "mariadb",
    "ssh",
    "scp",
    "rsync",
    "systemctl",
    "redis-cli",
    "ssh-add",
    "sftp",
    "ssh-keygen",
    "service",
    "ansible",
)
_COMPOSE = (
    many("infra.volumes_removed", "good", "Volume ", r"^ *[✔ ]*Volume (?P<name>\S+) +Removed"),
    many("infra.removed", "good", "Removed", r"^ *[✔ ]*Container (?P<name>\S+) +Removed"),
    many("infra.started", "good", "Container ", r"^ *[✔ ]*Container (?P<name>\S+) +(?:Started|Healthy|Running)"),
    many("infra.stopped", "good", "Stopped", r"^ *[✔ ]*Container (?P<name>\S+) +Stopped"),
)
_SERVICE = (
    rule("infra.active", "none", "Active: active", r"^ +Active: active \(running\)"),
    rule("infra.failed_service", "none", "Active: failed", r"^ +Active: failed"),
    rule("infra.inactive", "none", "Active: inactive", r"^ +Active: inactive"),
)
_CHANGED = (
    many("infra.deleted", "good", " deleted", r"^\w[\w.]* \"(?P<name>[^\"\n]+)\" (?:force )?deleted"),
    many("infra.applied", "good", "/", r"^[\w.]+/(?P<name>\S+) (?:created|configured|serverside-applied)$"),
    rule("infra.rolled_out", "good", "successfully rolled out", r"\"(?P<name>[^\"\n]+)\" successfully rolled out"),
    rule("infra.no_resources", "none", "No resources found", r"^No resources found"),
    rule("infra.rows", "none", " row", r"^\((?P<n>\d+) rows?\)$"),
    rule("infra.dropped", "good", "DROP ", r"^DROP (?:TABLE|DATABASE|INDEX|SCHEMA)$"),
    rule("infra.rows_deleted", "good", "DELETE ", r"^DELETE (?P<n>\d+)$"),
    rule("infra.rows_deleted", "good", " rows deleted", r"^(?P<n>\d+) rows deleted\.?$"),
    rule("infra.rows_updated", "good", "UPDATE ", r"^UPDATE (?P<n>\d+)$"),
    rule("infra.rows_inserted", "good", "INSERT 0 ", r"^INSERT 0 (?P<n>\d+)$"),
    *_SERVICE,
)
_POD = re.compile(
    r"^(\S+)"
    r" +\d+/\d+ +(CrashLoopBackOff|ImagePullBackOff|ErrImagePull|Error|OOMKilled|Pending|Evicted)\b",
    re.M,
)
_PODS = re.compile(r"^(\S+) +(\d+)/(\d+) +([A-Z]\w+) +", re.M)
_CONTAINER = re.compile(r"\b(Up \d+|Up About|Up Less|Exited \((\d+)\)|Restarting)", re.M)


def read(run: Run) -> Report | None:
    """What was refused, else what changed, else what is running."""
    if (run.shows and run.exit_code in (0, None)) or not run.runs(*_CLIENTS):
        return None
    if run.command and (not run.succeeded or _SCRIPT.search(run.text)) and (broken := _refused(run)):
        done = joined([*every(_COMPOSE[2:3], run), *every(_CHANGED[:2], run)])
        return replace(broken, kind="infra", sayings=(*broken.sayings, *(done.sayings if done else ())))
    found = terraform.read(run)
    return found or (joined(every(_COMPOSE, run)) or first(_CHANGED, run) if run.command else None)


def _refused(run: Run) -> Report | None:
    found = first(_BROKEN, run)
    if found and found.sayings[0].key.startswith("cause."):
        found = replace(found, kind="infra", sayings=(said("infra.refused_key"), *found.sayings))
    return found or (_query(run) if run.runs(*_DATABASES) else None)


_SCRIPT = re.compile(r"^psql:[^\s:]+:\d+: ERROR: ", re.M)
"""psql goes on after an error in a script, and exits with 0."""
_DETAILS = frozenset({"cause.exists", "cause.absent", "cause.in_use", "cause.duplicate_key", "cause.duplicated"})
_HINT = re.compile(r"^HINT: +(.*)$", re.M)


def _query(run: Run) -> Report | None:
    """What the server says, with the value that it is about; a script that was rolled back says so."""
    found, detail = first(_QUERY, run), first(DATA, run)
    if found is None:
        return None
    more = detail.sayings if detail and detail.sayings[0].key in _DETAILS else ()
    hint = _HINT.search(run.text)
    more = more or ((said("error.message", message=brief(hint[1])),) if hint else ())
    back = (said("infra.rolled_back"),) if _ROLLBACK.search(run.text) else ()
    return replace(found, sayings=(*found.sayings, *more, *back))


_ROLLBACK = re.compile(r"^ROLLBACK$", re.M)


def service(run: Run) -> Report | None:
    """Of a service that does not run."""
    return first(_SERVICE, run)


def state(run: Run) -> Report | None:
    """What is running, of a listing of containers or pods."""
    if run.cut or not run.command:
        return None
    if run.runs("kubectl get po"):
        return _pods(run)
    if run.runs("docker ps", "docker compose ps", "docker-compose ps", "podman ps"):
        return _containers(run)
    return None


def _pods(run: Run) -> Report | None:
    pods, bad = _PODS.findall(run.text), _POD.findall(run.text)
    if not pods:
        return None
    names = tuple(name for name, _ in bad)
    running = sum(status == "Running" for *_, status in pods)
    told = (said("infra.pods", running, total=len(pods)),)
    first_bad = (said("infra.pod_bad", name=bad[0][0], reason=bad[0][1]),) if bad else ()
    return Report("infra", "none", (*told, *first_bad), names, counts={"running": running, "total": len(pods)})


def _containers(run: Run) -> Report | None:
    rows = [found for line in run.lines if (found := _CONTAINER.search(line))]
    if not rows:
        return (
            Report("infra", "none", (said("infra.containers_none"),))
            if run.exit_code == 0 and len(run.lines) == 1
            else None
        )
    up, exited = sum(row[1].startswith("Up") for row in rows), sum(bool(row[2]) for row in rows)
    told = (said("infra.containers", up), *((said("infra.containers_exited", exited),) if exited else ()))
    return replace(Report("infra", "none", told), counts={"running": up, "exited": exited})
