"""What git did: pushes, pulls, merges, rebases, commits, branches, stashes and removals."""

from __future__ import annotations

import re
from dataclasses import replace

from aidevops_voice.languages import Saying
from aidevops_voice.reports import causes, changes, diagnostics
from aidevops_voice.reports.report import Report, brief, said, spot
from aidevops_voice.reports.rules import every, first, joined, many, rule
from aidevops_voice.reports.run import Run

_BROKEN = (
    many("git.conflicts", "bad", "CONFLICT (", r"^CONFLICT \([^)\n]+\): (?:Merge conflict in )?(?P<file>\S+)"),
    rule(
        "git.rejected",
        "bad",
        "[rejected]",
        r"^ ! \[rejected\] +(?P<branch>\S+) +-> .*\((?:fetch first|non-fast-forward|stale info)\)$",
    ),
    rule("git.declined", "bad", "[remote rejected]", r"^ ! \[remote rejected\] +(?P<branch>\S+) +-> "),
    rule("git.rejected", "bad", "[rejected]", r"^ ! \[rejected\] +(?P<branch>\S+) +-> "),
    rule("git.would_overwrite", "bad", "would be overwritten by", r"would be overwritten by \w+:\n\t(?P<file>\S.*)$"),
    rule("git.no_branch", "bad", "did not match any", r"^error: pathspec '(?P<branch>[^'\n]+)' did not match any"),
    rule(
        "git.not_merged", "bad", "not fully merged", r"^error: [Tt]he branch '(?P<branch>[^'\n]+)' is not fully merged"
    ),
    rule(
        "git.branch_exists", "bad", "already exists", r"^fatal: [Aa] branch named '(?P<branch>[^'\n]+)' already exists"
    ),
    rule(
        "git.no_upstream",
        "bad",
        "has no upstream branch",
        r"^fatal: The current branch (?P<branch>\S+) has no upstream branch",
    ),
    rule(
        "git.diverged_pull", "bad", "divergent branches", r"^fatal: Need to specify how to reconcile divergent branches"
    ),
    rule("git.no_fast_forward", "bad", "Not possible to fast-forward", r"^fatal: Not possible to fast-forward"),
    rule("git.no_access", "bad", "Permission denied (publickey", r"Permission denied \(publickey"),
    rule("git.no_access", "bad", "Authentication failed", r"^fatal: Authentication failed"),
    rule("git.no_access", "bad", "could not read Username", r"^fatal: could not read Username"),
    rule(
        "git.no_connection",
        "bad",
        "unable to access",
        r"^fatal: unable to access '[^'\n]*': Failed to connect to \S+ port (?P<port>\d+)",
    ),
    rule(
        "git.no_host",
        "bad",
        "Could not resolve host",
        r"^fatal: unable to access '[^'\n]*': Could not resolve host: (?P<name>\S+)$",
    ),
    rule("git.unreachable", "bad", "unable to access", r"^fatal: unable to access '[^'\n]*': (?P<message>.*)$"),
    rule(
        "git.no_remote",
        "bad",
        "not appear to be a git repository",
        r"^fatal: '(?P<name>[^'\n]*)' does not appear to be a git repository",
    ),
    rule("git.no_repository", "bad", "not a git repository", r"^fatal: not a git repository"),
    rule("git.rebase_stopped", "bad", "could not apply", r"^error: could not apply [0-9a-f]+\.\.\. (?P<subject>.*)$"),
    rule("git.patch", "bad", "patch failed", r"^error: patch failed: (?P<file>[^:\n]+):(?P<line>\d+)$"),
    rule("git.no_stash", "bad", "No stash entries", r"^No stash entries found\."),
    many("git.hook", "bad", "...Failed", r"^(?P<name>\S.{2,70}?)\.{3,}Failed$"),
    rule("git.fatal", "bad", "fatal: ", r"^fatal: (?P<message>.*)$"),
    rule("git.fatal", "bad", "error: ", r"^error: (?!failed to push some refs)(?P<message>.*)$"),
)
_SIZE = r"\d[\d.,]{0,12} ?[KMGT]?i?[Bb](?:ytes)?"
_REMOTE = (
    rule(
        "git.too_large",
        "bad",
        "remote: ",
        rf"^remote: .{{0,80}}?(?P<file>[^\s:'\"]{{1,160}})['\"]? (?:is|has|of|\()[^\n\d]{{0,20}}(?P<size>{_SIZE})"
        rf"[^\n]{{1,60}}?(?P<limit>{_SIZE})",
    ),
    rule("git.protected", "bad", "rotected branch", r"^remote: .{0,120}[Pp]rotected branch"),
    rule("git.protected", "bad", "rotected branch", r"\((?:protected branch|protected branch hook declined)\)$"),
)
_SAYS = re.compile(
    r"^remote: +(?:[-*#=> ]{0,40})((?:[\w-]{1,20}: )?(?:error|fatal|ERROR|GitLab|GL-HOOK-ERR)?:? ?[^\W\d_].{3,})$",
    re.M,
)
_UNTOLD = re.compile(
    r"https?://|resolv(?:ing|ed) deltas|counting objects|compressing|enumerating"
    r"|total \d|git help|^try ",
    re.I,
)
_MERGED = (
    rule(
        "git.rebased",
        "good",
        "Successfully rebased",
        r"^Successfully rebased and updated (?:refs/heads/)?(?P<branch>\S+?)\.$",
    ),
    rule("git.merged_forward", "good", "Fast-forward", r"^Fast-forward$"),
    rule("git.merged", "good", "Merge made by", r"^Merge made by "),
    rule("git.up_to_date", "good", "Already up to date", r"^Already up to date\."),
    rule("git.up_to_date", "good", "is up to date.", r"^Current branch \S+ is up to date\.$"),
)
_PUSHED = (
    rule("git.forced", "good", "(forced update)", r"^ \+ \S+ +(?P<branch>\S+) -> \S+ \(forced update\)$"),
    many("git.remote_deleted", "good", "[deleted]", r"^ - \[deleted\] +(?P<branch>\S+)$"),
    rule("git.pushed_tag", "good", "[new tag]", r"^ \* \[new tag\] +(?P<branch>\S+) -> "),
    rule("git.pushed_new", "good", "[new branch]", r"^ \* \[new branch\] +(?P<branch>\S+) -> "),
    rule("git.pushed", "good", "..", r"^   [0-9a-f]{4,40}\.\.[0-9a-f]{4,40} +(?P<branch>\S+) -> "),
    rule("git.nothing_pushed", "good", "Everything up-to-date", r"^Everything up-to-date$"),
)
_DONE = (
    rule(
        "git.committed",
        "good",
        "] ",
        r"^\[(?P<branch>[\w./-]+|detached HEAD)(?: \(root-commit\))? [0-9a-f]{7,40}\] (?P<subject>.*)$",
    ),
    rule("git.nothing_committed", "none", "nothing to commit", r"^nothing to commit"),
    rule("git.nothing_committed", "none", "no changes added", r"^no changes added to commit"),
    rule("git.nothing_committed", "none", "nothing added to commit", r"^nothing added to commit"),
    many("git.branch_deleted", "good", "Deleted branch", r"^Deleted branch (?P<branch>\S+) \(was "),
    rule("git.switched_new", "good", "Switched to", r"^Switched to a new branch '(?P<branch>[^'\n]+)'"),
    rule("git.switched", "good", "Switched to", r"^Switched to branch '(?P<branch>[^'\n]+)'"),
    rule("git.switched", "good", "Already on", r"^Already on '(?P<branch>[^'\n]+)'"),
    rule("git.detached", "none", "detached HEAD", r"^HEAD is now at [0-9a-f]+ (?P<subject>.*)$"),
    rule("git.stashed", "good", "Saved working directory", r"^Saved working directory and index state"),
    rule("git.nothing_stashed", "none", "No local changes", r"^No local changes to save$"),
    rule("git.reset", "good", "HEAD is now at", r"^HEAD is now at [0-9a-f]+ (?P<subject>.*)$"),
    many("git.would_remove", "none", "Would remove ", r"^Would remove (?P<file>.*)$"),
    many("git.removed", "good", "Removing ", r"^Removing (?P<file>.*)$"),
    many("git.removed", "good", "rm '", r"^rm '(?P<file>[^'\n]*)'$"),
    rule(
        "git.bad_commit",
        "good",
        "is the first bad commit",
        r"^[0-9a-f]{7,40} is the first bad commit\n(?:\S.*\n|\n)*? {4}(?P<subject>\S.*)$",
    ),
    rule("git.restored", "good", "Updated ", r"^Updated (?P<n>\d+) paths? from "),
)
_DROPPED = re.compile(r"^Dropped (?:refs/)?stash@\{\d+\}", re.M)


def read(run: Run) -> Report | None:
    """The result of a git command; its state where it only looks."""
    if run.command and not any(part.startswith("git ") for part in run.programs):
        return None
    if run.command and run.exit_code != 0 and run.last.startswith("git ") and (broken := _broken(run)):
        return broken
    if not run.command and (broken := joined(every(_BROKEN[:-2], run))):
        return broken
    if run.command and run.runs("git status"):
        return changes.read(run) or _done(run)
    return _done(run) or changes.read(run)


def _broken(run: Run) -> Report | None:
    """Known causes behind what was tried, else the last line of git's own."""
    found = every(_BROKEN[:-2], run)[:1] or every(_BROKEN[-2:], run)[:1]
    report = joined(found)
    if report is None:
        return _unnamed(run)
    if run.exit_code is None and report.sayings[0].key == "git.fatal":
        return None
    if report.sayings[0].key == "git.declined":
        return _declined(report, run)
    if report.sayings[0].key == "git.hook" and (problems := diagnostics.problems(run.text)):
        first_one = said("error.message", message=brief(problems[0].message))
        report = replace(
            report, sayings=(*report.sayings, first_one, *spot(problems[0].place)), place=problems[0].place
        )
    names = tuple(match for one in found for match in one.failures)
    return replace(report, sayings=(*_tried(run, report), *report.sayings, *_files(report)), failures=names)


def _declined(report: Report, run: Run) -> Report:
    """With the reason that the remote gives, else that in brackets."""
    if reason := first(_REMOTE, run):
        return replace(report, sayings=(*report.sayings, *reason.sayings), files=reason.files)
    said_lines = [match[1] for match in _SAYS.finditer(run.text) if not _UNTOLD.search(match[1])]
    naming = next((line for line in said_lines if causes.names_it(line)), said_lines[-1] if said_lines else "")
    bracket = re.search(r"^ ! \[remote rejected\].*\(([^()\n]{1,120})\)$", run.text, re.M)
    message = brief(causes.bare(naming)) if naming else bracket[1] if bracket else ""
    return replace(report, sayings=(*report.sayings, said("error.message", message=message))) if message else report


def _unnamed(run: Run) -> Report | None:
    """A git command that failed in something else, a hook for example."""
    if (found := diagnostics.problems(run.text)) and run.runs("git commit", "git push", "git merge"):
        checked = diagnostics.report("lint", found, diagnostics.totals(run.text), run)
        return replace(checked, kind="git", sayings=(*_tried(run, checked), *checked.sayings))
    cause = causes.find(run.text) if run.exit_code not in (0, 1, None) or "error: failed to push" in run.text else None
    if cause is None:
        return None
    return replace(cause, kind="git", sayings=(*_tried(run, cause), *cause.sayings))


_TRIED = tuple(
    f"git {verb}"
    for verb in ("push", "pull", "merge", "rebase", "commit", "fetch", "clone", "checkout", "switch", "stash")
)


def _tried(run: Run, report: Report) -> tuple[Saying, ...]:
    """Which command it was, where the cause does not say so itself."""
    if report.sayings[0].key in ("git.rejected", "git.declined", "git.not_merged", "git.no_stash", "git.conflicts"):
        return ()
    verb = next((verb for verb in _TRIED if any(part.startswith(verb) for part in run.programs)), "")
    return (said(f"{verb.replace(' ', '.')}_failed"),) if verb else (said("git.failed"),)


def _files(report: Report) -> tuple[Saying, ...]:
    return changes.which(report.files) if report.sayings[0].key == "git.conflicts" else ()


def _stash(run: Run) -> Report | None:
    if not _DROPPED.search(run.text):
        return None
    return Report("git", "good", (said("git.stash_popped" if "pop" in run.command else "git.stash_dropped"),))


_GONE = {
    "git.remote_deleted": re.compile(r"^ - \[deleted\] +(\S+)$", re.M),
    "git.branch_deleted": re.compile(r"^Deleted branch (\S+) \(was ", re.M),
}


def _listed(report: Report, run: Run) -> Report:
    """The names of what was deleted, where it is more than one."""
    pattern = _GONE.get(report.sayings[0].key)
    names = tuple(name.replace("/", " ") for name in pattern.findall(run.text)) if pattern else ()
    return replace(report, sayings=(*report.sayings, *changes.which(names))) if len(names) > 1 else report


def _done(run: Run) -> Report | None:
    merged = first(_MERGED, run)
    pushed = first(_PUSHED, run) if re.search(r"^To \S+$|^Everything up-to-date$", run.text, re.M) else None
    done = first(_DONE, run) if not run.text.startswith("On branch") or "git commit" in run.command else None
    stash = _stash(run)
    report = joined([_listed(one, run) for one in (pushed, merged, stash, done) if one])
    if report and (lines := changes.summary(run)):
        report = replace(
            report, sayings=(*report.sayings, *lines.sayings), files=lines.files or report.files, counts=lines.counts
        )
    return report
