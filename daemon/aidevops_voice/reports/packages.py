"""Package managers: what was installed, and what could not be."""

from __future__ import annotations

from dataclasses import replace

from aidevops_voice.languages import Saying
from aidevops_voice.reports.exits import last_error
from aidevops_voice.reports.report import Report, said
from aidevops_voice.reports.rules import first, rule
from aidevops_voice.reports.run import Run

_TOOLS = (
    "pip",
    "pip3",
    "uv ",
    "npm",
    "pnpm",
    "yarn",
    "bun ",
    "cargo add",
    "cargo install",
    "cargo update",
    "cargo publish",
    "apt",
    "brew",
    "poetry",
    "pdm",
    "bundle",
    "gem",
    "composer",
    "go get",
    "go mod",
    "dotnet add",
    "conda",
    "cargo build",
    "cargo fetch",
    "deno add",
    "apk",
    "dnf",
    "yum",
)
_BROKEN = (
    rule(
        "packages.engine",
        "bad",
        "notsup",
        r"version of node/npm: (?P<name>@?[^@\s]+)@\S+\n(?:.*\n)?npm \S+ notsup Required: +"
        r"\{\"node\":\">=? ?(?P<wanted>[\d.]+)\"",
    ),
    rule(
        "packages.conflict_peer",
        "bad",
        "ERESOLVE",
        r"^npm (?:error|ERR!) peer (?P<wanted>[^\s@]+)@\S.* from (?P<name>@?[^\s@]+)@",
    ),
    rule("packages.conflict", "bad", "ERESOLVE", r"^npm (?:error|ERR!) (?:code )?ERESOLVE\b"),
    rule(
        "packages.no_package",
        "bad",
        "could not be found",
        r"^npm (?:error|ERR!) 404 +(?:The requested resource )?'(?P<name>@?[^@'\s]+)@[^']*'",
    ),
    rule(
        "packages.no_package",
        "bad",
        "is not in this registry",
        r"^npm (?:error|ERR!) 404 +(?:The requested resource )?'(?P<name>@?[^@'\s]+)@[^']*'",
    ),
    rule(
        "packages.no_version", "bad", "No matching version found", r"No matching version found for (?P<name>@?[^@\s]+)@"
    ),
    rule("packages.no_script", "bad", "Missing script", r"^npm (?:error|ERR!) Missing script: \"(?P<name>[^\"\n]+)\""),
    rule("packages.no_script", "bad", "ERR_PNPM_NO_SCRIPT", r"Missing script: (?P<name>\S+)$"),
    rule("packages.no_manifest", "bad", "package.json", r"^npm (?:error|ERR!) enoent Could not read package\.json"),
    rule("packages.lock", "bad", "npm ci", r"^npm (?:error|ERR!) `npm ci` can only install packages when"),
    rule("packages.no_space", "bad", "ENOSPC", r"^npm (?:error|ERR!) (?:code )?ENOSPC"),
    rule("packages.lifecycle", "bad", "command failed", r"^npm (?:error|ERR!) command (?:failed|sh -c (?P<name>.+))$"),
    rule(
        "packages.no_version",
        "bad",
        "No matching distribution",
        r"^ERROR: No matching distribution found for (?P<name>[\w.\[\]-]+)(?=[=<>!~])",
    ),
    rule(
        "packages.no_package",
        "bad",
        "No matching distribution",
        r"^ERROR: No matching distribution found for (?P<name>[\w.\[\]-]+)$",
    ),
    rule("packages.conflict", "bad", "ResolutionImpossible", r"^ERROR: ResolutionImpossible"),
    rule("packages.conflict", "bad", "conflicting dependencies", r"conflicting dependencies"),
    rule("packages.conflict", "bad", "No solution found", r"No solution found when resolving dependencies"),
    rule("packages.conflict", "bad", "conflicts with a previous", r"conflicts with a previous package"),
    rule("packages.conflict", "bad", "version solving failed", r"version solving failed"),
    rule("packages.no_package", "bad", "cannot find module", r"cannot find module providing package (?P<name>[^\s:]+)"),
    rule("packages.lock", "bad", "poetry.lock", r"changed significantly since poetry\.lock was last generated"),
    rule(
        "packages.message",
        "bad",
        "subprocess-exited-with-error",
        r"╰─> \[.*\n(?:.*\n)*?[ │]+(?:\w*Error|error|fatal error): (?P<message>\S.*)$",
    ),
    rule("packages.managed", "bad", "externally-managed", r"^error: externally-managed-environment"),
    rule(
        "packages.wheel",
        "bad",
        "Failed to build",
        r"Failed to build '?(?:installable wheels for .*\()?(?P<name>[\w.-]+)",
    ),
    rule("packages.no_package", "bad", "Unable to locate package", r"^E: Unable to locate package (?P<name>\S+)$"),
    rule("packages.locked", "bad", "Could not get lock", r"^E: Could not get lock "),
    rule("packages.root", "bad", "are you root", r"are you root\?"),
    rule("packages.no_package", "bad", "could not find `", r"^error: could not find `(?P<name>[^`\n]+)` in registry"),
    rule(
        "packages.no_package",
        "bad",
        "no matching package",
        r"^error: no matching package named `(?P<name>[^`\n]+)` found",
    ),
    rule(
        "packages.no_version",
        "bad",
        "failed to select a version",
        r"failed to select a version for the requirement `(?P<name>[\w-]+)",
    ),
    rule("packages.no_package", "bad", "ERR_PNPM_FETCH_404", r"GET https?://[^/\s]+/(?P<name>\S+): Not Found - 404"),
    rule("packages.no_package", "bad", "Couldn't find package", r"Couldn't find package \"(?P<name>[^\"\n]+)\""),
    rule(
        "packages.no_package",
        "bad",
        "No available formula",
        r"No available formula with the name \"(?P<name>[^\"\n]+)\"",
    ),
    rule("packages.no_package", "bad", "Could not find gem", r"Could not find gem '(?P<name>[\w-]+)"),
    rule(
        "packages.publish",
        "bad",
        "npm",
        r"^npm (?:error|ERR!) 403 (?:403 Forbidden - )?(?P<message>You cannot publish .*)$",
    ),
    rule(
        "packages.message",
        "bad",
        "npm err",
        r"^npm error (?!code\b|A complete log|errno|syscall|path\b|cwd\b|$)(?:[\dE]\w* )?(?P<message>\S.{8,})$",
    ),
    rule(
        "packages.message",
        "bad",
        "npm ERR!",
        r"^npm ERR! (?!code\b|A complete log|errno|syscall|path\b|cwd\b|$)(?:[\dE]\w* )?(?P<message>\S.{8,})$",
    ),
)
_DONE = (
    rule("packages.installed", "good", "Successfully installed", r"^Successfully installed (?P<name>\S.*)$"),
    rule(
        "packages.uninstalled", "good", "Successfully uninstalled", r"^ *Successfully uninstalled (?P<name>\S+?)-\d\S*$"
    ),
    rule("packages.added", "good", "added ", r"^added (?P<n>\d+) packages?\b"),
    rule("packages.removed", "good", "removed ", r"^removed (?P<n>\d+) packages?\b"),
    rule("packages.changed", "good", "changed ", r"^changed (?P<n>\d+) packages?\b"),
    rule("packages.up_to_date", "good", "up to date", r"^up to date\b"),
    rule("packages.up_to_date", "good", "Already up to date", r"^Already up to date$"),
    rule("packages.added", "good", "Installed ", r"^Installed (?P<n>\d+) packages? in "),
    rule("packages.removed", "good", "Uninstalled ", r"^Uninstalled (?P<n>\d+) packages? in "),
    rule("packages.up_to_date", "good", "Audited ", r"^Audited (?:\d+) packages? in "),
    rule("packages.locked_versions", "good", "Resolved ", r"^Resolved (?P<n>\d+) packages? in "),
    rule("packages.added", "good", " newly installed", r"^\d+ upgraded, (?P<n>[1-9]\d*) newly installed, "),
    rule("packages.up_to_date", "good", " newly installed", r"^0 upgraded, 0 newly installed, "),
    rule("packages.upgraded", "good", " newly installed", r"^(?P<n>\d+) upgraded, 0 newly installed, "),
    rule("packages.up_to_date", "good", "already satisfied", r"^Requirement already satisfied: "),
    rule("packages.done", "good", "Done in ", r"^(?:✨ +)?Done in [\d.]+m?s"),
    rule("packages.bundle", "good", "Bundle complete!", r"^Bundle complete! (?P<n>\d+) Gemfile dependenc"),
)
_RISKS = (
    rule("packages.no_risks", "good", "found 0 vulnerabilities", r"^found 0 vulnerabilities$"),
    rule(
        "packages.risks",
        "none",
        " vulnerabilit",
        r"^(?:found )?(?P<n>[1-9]\d*) (?:\w+ severity )?vulnerabilit(?:y|ies)\b",
    ),
)


def read(run: Run) -> Report | None:
    """What became of an installation."""
    if run.shows or not run.runs(*_TOOLS):
        return None
    if not run.succeeded and run.exit_code is not None and (broken := first(_BROKEN, run)):
        return _failed(broken, run)
    if run.exit_code not in (0, None):
        return None
    done, risks = first(_DONE, run), first(_RISKS, run)
    if not done:
        return risks if run.first.startswith("npm audit") else None
    sayings = (_installed(done), *(risks.sayings if risks and risks.verdict == "none" else ()))
    return replace(done, sayings=sayings)


def _failed(report: Report, run: Run) -> Report:
    if report.sayings[0].key == "packages.publish":
        return replace(report, sayings=(said("packages.publish_failed"), *report.sayings))
    front = (
        "packages.script_failed"
        if " run" in run.first or report.sayings[0].key == "packages.no_script"
        else "packages.failed"
    )
    error = report.error or last_error(run.text)
    return replace(report, sayings=(said(front), *report.sayings), error=error)


def _installed(report: Report) -> Saying:
    """pip lists names with versions: two of them are told, more are counted."""
    saying = report.sayings[0]
    if saying.key != "packages.installed":
        return saying
    names = [name.rpartition("-")[0] or name for name in str(saying.fields["name"]).split()]
    return said("packages.installed", name=names[0]) if len(names) == 1 else said("packages.added", len(names))
