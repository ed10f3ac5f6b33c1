"""Compilers, bundlers and build tools."""

from __future__ import annotations

from dataclasses import replace

from aidevops_voice.reports import causes, diagnostics
from aidevops_voice.reports.reasons import LINKER
from aidevops_voice.reports.report import Report, said, spot
from aidevops_voice.reports.rules import Rule, first, rule
from aidevops_voice.reports.run import Run

_BROKEN: tuple[Rule, ...] = (
    *(one for one in LINKER if one.key in ("cause.package", "cause.library", "cause.twice")),
    rule(
        "build.undefined",
        "bad",
        "undefined reference",
        r"undefined reference to [`']"
        r"(?P<name>[^'(\n]{1,120})(?:\([^'\n]{0,120})?'",
    ),
    rule("build.undefined", "bad", "Undefined symbols", r"^  \"(?P<name>[^\"\n]{1,120})\", referenced from:"),
    rule(
        "build.no_target",
        "bad",
        "No rule to make target",
        r"^make(?:\[\d+\])?: \*\*\* No rule to make target '(?P<name>[^'\n]+)'",
    ),
    rule("build.unresolved", "bad", "Could not resolve", r"Could not resolve [\"'](?P<name>[^\"'\n]{1,120})[\"']"),
    rule("build.unresolved", "bad", "Can't resolve", r"Can't resolve '(?P<name>[^'\n]{1,120})'"),
    rule(
        "build.unresolved", "bad", "Failed to resolve import", r"Failed to resolve import \"(?P<name>[^\"\n]{1,120})\""
    ),
    rule(
        "build.docker_step",
        "bad",
        "failed to solve",
        r"failed to solve: process \"(?:/bin/sh -c )?(?P<name>[^\"\n]{1,80}+)[^\"\n]{0,400}+\" did "
        r"not complete successfully: exit code: (?P<exit>\d+)",
    ),
    rule("build.solve", "bad", "failed to solve", r"failed to solve: (?P<message>.*)$"),
    rule(
        "build.docker_command",
        "bad",
        "returned a non-zero code",
        r"^The command '(?:/bin/sh -c )?(?P<name>[^'\n]{1,80}).{0,160}' returned a non-zero code: (?P<exit>\d+)$",
    ),
    rule("build.configure", "bad", "Configuring incomplete", r"^-- Configuring incomplete, errors occurred!"),
    rule(
        "build.step",
        "bad",
        "*** [",
        r"^make(?:\[\d+\])?: \*\*\* \[(?:\S+:\d+: )?(?P<name>[^\]\n]+)\] "
        r"(?:Error \d+|Killed|Terminated|Segmentation fault)",
    ),
    rule("build.gradle_task", "bad", "Execution failed for task", r"^Execution failed for task '(?P<name>[^'\n]+)'\.$"),
    rule("build.ninja", "bad", "ninja: build stopped", r"^ninja: build stopped: (?P<message>.*)$"),
    rule("build.bad", "bad", "BUILD FAIL", r"^(?:\[\w+\] )?BUILD FAIL(?:ED|URE)"),
    rule("build.bad", "bad", "uild failed", r"^(?:✗ |x |× )?[Bb]uild failed\b"),
    rule("build.bad", "bad", "Failed to compile", r"^Failed to compile\.?$"),
    rule("build.bad", "bad", "could not compile", r"^error: could not compile"),
)
_BUILT: tuple[Rule, ...] = (
    rule("build.good", "good", "BUILD SUCCESS", r"^(?:\[\w+\] )?BUILD SUCCESS"),
    rule("build.good", "good", "built in", r"^✓ built in "),
    rule("build.good", "good", "compiled successfully", r"compiled successfully"),
    rule("build.good", "good", "Compiled successfully", r"Compiled successfully"),
    rule("build.good", "good", "Finished", r"^ +Finished (?:`|\w+ \[).*target\(s\) in"),
    rule("build.good", "good", "Build succeeded", r"^Build succeeded\.?$"),
    rule("build.image", "good", "Successfully tagged", r"^Successfully tagged (?P<name>[^\s:]+)"),
    rule("build.image", "good", "naming to ", r"naming to (?:docker\.io/(?:library/)?)?(?P<name>[^\s:]+)"),
    rule("build.good", "good", "Build files have been written", r"^-- Build files have been written to: "),
    rule("build.up_to_date", "good", "is up to date", r"^make(?:\[\d+\])?: '(?P<name>[^'\n]+)' is up to date\.$"),
    rule("build.nothing", "good", "Nothing to be done", r"^make(?:\[\d+\])?: Nothing to be done for"),
    rule("build.good", "good", "[100%] Built target", r"^\[100%\] Built target "),
)
_COMPILERS = (
    "tsc",
    "gcc",
    "g++",
    "cc ",
    "clang",
    "javac",
    "kotlinc",
    "rustc",
    "cargo build",
    "cargo check",
    "cargo run",
    "go build",
    "go install",
    "go run",
    "make",
    "cmake",
    "ninja",
    "npm run",
    "yarn",
    "pnpm",
    "vite",
    "webpack",
    "esbuild",
    "docker build",
    "mvn",
    "gradle",
    "./gradlew",
    "gradlew",
    "mvnw",
    "dotnet",
    "swift",
    "next build",
    "npm test",
    "cargo test",
    "cargo bench",
    "go test",
    "zig",
    "php -l",
    "meson",
    "bazel",
    "docker",
)
_SILENT = ("tsc", "gcc", "g++", "cc ", "clang", "javac", "rustc", "go build", "go vet", "make")


def read(run: Run) -> Report | None:
    """A build that failed, and why; else that it was built."""
    if run.shows or not run.runs(*_COMPILERS):
        return None
    broken = first(_BROKEN, run) if not run.succeeded else None
    problems = [] if run.succeeded else diagnostics.problems(run.text)
    errors = [one for one in problems if one.severity != "warning"]
    if broken and broken.sayings[0].key == "cause.package" and errors:
        found = diagnostics.report("build", problems, diagnostics.totals(run.text), run)
        return replace(found, sayings=(found.sayings[0], *broken.sayings, *spot(found.place)))
    if broken and broken.sayings[0].key in _LINKED:
        return _failed(broken, run)
    if errors and (run.exit_code != 0 or broken):
        return diagnostics.report("build", problems, diagnostics.totals(run.text), run)
    if broken:
        return _failed(broken, run)
    if run.succeeded and run.first.startswith(_SILENT) and "warning" in run.text:
        return _warned(run)
    built = first(_BUILT, run) if run.exit_code in (0, None) else None
    if built or not run.command:
        return built
    return Report("build", "good", (said("build.good"),)) if _quietly(run) else None


def _warned(run: Run) -> Report | None:
    """Built, with warnings."""
    found = diagnostics.report("build", diagnostics.problems(run.text), {}, run)
    return replace(found, verdict="good", sayings=(said("build.good"), *found.sayings[:1]), error="", place="")


def _quietly(run: Run) -> bool:
    """Compilers print nothing, and make only its commands, when all went well."""
    alone = len(run.programs) == 1 and run.exit_code == 0 and run.first.startswith(_SILENT)
    return alone and (not run.text.strip() or run.first == "make")


_LINKED = frozenset({"build.undefined", "build.no_target", "cause.package", "cause.library", "cause.twice"})
_COMPLETE = _LINKED | {"build.unresolved", "build.docker_step", "build.solve"}


def _failed(report: Report, run: Run) -> Report:
    """The result, its cause where the line itself has none, and the step."""
    key, report = report.sayings[0].key, replace(report, kind="build")
    cause = causes.find(run.text) if key not in _COMPLETE and run.exit_code is not None else None
    reasons = cause.sayings if cause else ()
    error = cause.error if cause and cause.error else report.error
    if key == "build.bad":
        return replace(report, sayings=(*report.sayings, *reasons), error=error)
    front = "build.make_bad" if key in ("build.step", "build.no_target") else "build.bad"
    rest = () if key == "build.configure" and reasons else report.sayings
    return replace(report, sayings=(said(front), *reasons, *rest), error=error)
