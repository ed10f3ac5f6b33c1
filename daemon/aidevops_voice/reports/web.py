"""Requests: status lines, what curl and other clients say of a connection."""

from __future__ import annotations

import re
from dataclasses import replace

from aidevops_voice.reports import items
from aidevops_voice.reports.reasons import CERTIFICATES, REASONS
from aidevops_voice.reports.report import Report, Verdict, brief, said
from aidevops_voice.reports.rules import first, rule
from aidevops_voice.reports.run import Run

_CLIENTS = ("curl", "wget", "http ", "https ", "xh ", "httpie")
_STATUS = re.compile(r"^< ?HTTP/[\d.]+ (\d{3})(?: (.*))?$|^HTTP/[\d.]+ (\d{3})(?: (.*))?$", re.M)
_BARE = re.compile(r"^(?:HTTP )?(?:status(?: code)?[:=] ?)?([1-5]\d\d)$", re.M | re.I)
_BODY = re.compile(r'"(?:error(?:_description)?|message|detail|title)": ?"((?:[^"\\\n]|\\.){1,200})"')
_BROKEN = (
    rule(
        "http.no_connection_at",
        "bad",
        "curl: (7)",
        r"^curl: \(7\) Failed to connect to (?P<host>(?!localhost |127\.|::1 )\S{1,80}) port (?P<port>\d+)",
    ),
    rule("http.no_connection", "bad", "curl: (7)", r"^curl: \(7\) Failed to connect to \S+ port (?P<port>\d+)"),
    rule("http.no_host", "bad", "curl: (6)", r"^curl: \(6\) Could not resolve host: (?P<name>\S+)"),
    rule("http.status_only", "bad", "curl: (22)", r"^curl: \(22\) The requested URL returned error: (?P<code>\d+)"),
    rule("http.timeout", "bad", "curl: (28)", r"^curl: \(28\) "),
    rule("http.certificate", "bad", "curl: (60)", r"^curl: \(60\) "),
    rule("http.certificate", "bad", "curl: (35)", r"^curl: \(35\) "),
    rule("http.empty", "bad", "curl: (52)", r"^curl: \(52\) "),
    rule("http.reset", "bad", "curl: (56)", r"^curl: \(56\) "),
    rule("http.curl", "bad", "curl: (", r"^curl: \(\d+\) (?P<message>.*)$"),
    rule("http.no_host", "bad", "unable to resolve host", r"unable to resolve host address [‘'](?P<name>[^’'\n]+)[’']"),
    rule("http.status_only", "bad", " ERROR ", r"^\S+ \S+ ERROR (?P<code>\d{3}): "),
    rule(
        "http.no_connection",
        "bad",
        "Connection refused",
        r"^Connecting to .*:(?P<port>\d+)\.\.\. failed: Connection refused",
    ),
)
_SAVED = (rule("http.saved", "good", "’ saved", r"‘(?P<file>[^’\n]+)’ saved"),)


def read(run: Run) -> Report | None:
    """The status of the last answer, or why there was none."""
    if run.command and not run.runs(*_CLIENTS):
        return None
    if broken := first(_BROKEN, run):
        return _closer(broken, run)
    if several := _several(run):
        return several
    found = list(_STATUS.finditer(run.text)) if "HTTP/" in run.text else []
    if found:
        groups = [group for group in found[-1].groups() if group is not None]
        return _answered(int(groups[0]), (groups[1] if len(groups) > 1 else "").strip(), run)
    if run.command and "http_code" in run.command and (bare := _BARE.search(run.text)):
        return _answered(int(bare[1]), "", run)
    if run.exit_code not in (0, None):
        return None
    return first(_SAVED, run) or (_body(run) if run.command and len(run.text) < _SHORT else None)


_SHORT = 4000
_PAGE = re.compile(r"<(?:title|h1)>\s*(?:HTTP |Error )?(?P<code>[45]\d\d)\b[\s:|–—-]*(?P<reason>[^<\n]{0,40})</", re.I)
_CODE = re.compile(r"\"(?:status|status_?[cC]ode|code)\": ?\"?(?P<code>[45]\d\d)\b")
_ERROR = re.compile(r"^\{\s*\"error\": ?\"(?P<message>(?:[^\"\\\n]|\\.){1,160})\"")
_STATE = re.compile(
    r"^\{\s*\"(?:status|state|health)\": ?\"(?P<state>[A-Za-z][\w ]{1,20})\""
    r"|^(?P<alone>(?i:ok|okay|pong|up|down|alive|ready|running|(?:un)?healthy|degraded))[.!]?$"
)


def _body(run: Run) -> Report | None:
    """What an answer without its status says: an error, or a state; the request itself succeeded."""
    text = run.text.strip()
    if page := _PAGE.search(text):
        return replace(_answered(int(page["code"]), page["reason"].strip(), run), verdict="none")
    if text.startswith("{") and (code := _CODE.search(text)):
        return replace(_answered(int(code["code"]), "", run), verdict="none")
    if found := _ERROR.match(text):
        return Report("http", "none", (said("http.body_error", message=brief(found["message"].replace("\\", ""))),))
    state = _STATE.match(text) if len(text) < _LINE else None
    return Report("http", "none", (said("http.state", state=state["state"] or state["alone"]),)) if state else None


_LINE = 300


_ONE_OF_MANY = re.compile(
    r"^(?P<name>[^\s{}<>\[\]\"][^{}<>\"\n]{0,80}?)(?::| [-–=]>?| →|\t| {2,}| )(?P<rest>.{0,400}?)"
    r"\b(?:HTTP(?:/[\d.]+)?|status|code)?[ :=]*(?P<code>[1-5]\d\d)(?: [A-Z][\w ]{1,30})?$"
)
_CHANGES = re.compile(
    r"(?:-X|--request|--method)[ =]?[\"']?(?:PUT|POST|PATCH|DELETE)\b|(?:^|\s)(?:-d|--data\S*|-T|-F) "
)


def _several(run: Run) -> Report | None:
    """How many of several requests failed, which and why, where each has a line that ends with its status."""
    lines = [(line.strip(), match) for line in run.lines if (match := _ONE_OF_MANY.match(line.strip()))]
    bad = [(line, match) for line, match in lines if int(match["code"]) >= 400]
    if len(lines) < 2 or run.cut or ("http_code" not in run.command and len(lines) < len(run.lines)):
        return None
    if not bad:
        return Report("http", "good", (said("http.all", len(lines)),), counts={"total": len(lines)})
    listed = [items.Item(match["name"].strip(), _why(line, int(match["code"])), line) for line, match in bad]
    result = said("http.failed_of", len(bad), total=len(lines))
    changed: Verdict = "bad" if _CHANGES.search(run.command) else "none"
    return Report(
        "http",
        changed,
        (result, *items.told(listed, run.cut)),
        error=listed[0].reason,
        counts={"failed": len(bad), "total": len(lines)},
    )


def _why(line: str, code: int) -> str:
    body = _BODY.search(line)
    return brief(body[1].replace("\\", "")) if body else REASONS.get(code, str(code))


def _closer(report: Report, run: Run) -> Report:
    """With the reason phrase of a status, and what is wrong with a certificate."""
    key, code = report.sayings[0].key, str(report.sayings[0].fields.get("code", ""))
    if key == "http.status_only" and int(code) in REASONS:
        return replace(report, sayings=(said("http.status", code=code, reason=REASONS[int(code)]),))
    reason = first(CERTIFICATES, run) if key in ("http.certificate", "http.curl", "http.reset") else None
    if reason is None:
        return report
    return replace(report, sayings=(said("http.certificate_bad"), *reason.sayings))


def _answered(code: int, reason: str, run: Run) -> Report:
    """Told with the message of the body, where it has one."""
    reason, number = reason or REASONS.get(code, ""), str(code)
    told = said("http.status", code=number, reason=reason) if reason else said("http.status_only", code=number)
    if code < 400:
        key = "http.answered" if reason else "http.answered_only"
        told = said(key, code=number, reason=reason) if reason else said(key, code=number)
        return Report("http", "good" if code < 300 else "none", (told,), counts={"code": code})
    body = _BODY.search(run.text)
    more = body and body[1].strip(" .").lower() != reason.lower()
    message = (said("error.message", message=brief(body[1].replace("\\", ""))),) if body and more else ()
    report = Report("http", "bad", (told, *message), error=f"{code} {reason}".strip(), counts={"code": code})
    return replace(report, error=f"{report.error}: {body[1]}") if body else report
