"""Programs that talk to other machines."""

from __future__ import annotations

import re

from aidevops_voice.risk import paths
from aidevops_voice.risk.arguments import Arg, Given, options, split
from aidevops_voice.risk.call import Call, Feed, Handler
from aidevops_voice.risk.paths import HOLE
from aidevops_voice.risk.tools import CREDENTIALS, DESTRUCTIVE, NETWORK, READ, Tool, each, read_level, rows, write_level

_CURL = options(
    "-o> --output> -d= --data= --data-raw= --data-binary= --data-urlencode= --data-ascii= --json= -F= --form= "
    "--form-string= "
    "-T= --upload-file= -X= --request= -H= --header= -u= --user= -A= --user-agent= -e= --referer= -b= --cookie= -c> "
    "--cookie-jar> "
    "-x= --proxy= -K< --config< -m= --max-time= --connect-timeout= --retry= -w= --write-out= -E= --cert= --key= "
    "--cacert= -D> "
    "--dump-header> --output-dir> --resolve= --url= -r= --range= -C= --oauth2-bearer= --trace> --trace-ascii> "
    "--netrc-file< -y= -Y= -z= "
    "--unix-socket= --retry-delay= --retry-max-time= --limit-rate= --interface= -Q= --quote= --stderr> --libcurl>"
)
_SENDS = frozenset(
    {
        "-d",
        "--data",
        "--data-binary",
        "--data-urlencode",
        "--data-ascii",
        "--json",
        "-F",
        "--form",
        "-T",
        "--upload-file",
    }
)


def _curl(call: Call) -> None:
    given, operands = split(call.args, _CURL)
    level, why = NETWORK, ""
    method = next((one.value.text.upper() for one in given if one.name in ("-X", "--request") and one.value), "")
    for one in given:
        value = one.value.text if one.value else ""
        if one.name in _SENDS and (files := _sent(one.name, value)):
            here, reason = read_level(call, [Arg(file) for file in files], NETWORK, "")
            call.says(here, "send", reason, what=files, to=_host(call, operands, given))
        if one.option and ">" in one.option.kind and value not in ("-", ""):
            level, why = write_level(call, [Arg(value)], level, why)
            if paths.place(value, call.scope.ground, True) != "nowhere":
                call.says(level, "overwrite", why, what=value)
        if (
            one.name in ("-u", "--user", "--oauth2-bearer", "-E", "--cert", "--key", "-n", "--netrc")
            and level < CREDENTIALS
        ):
            level, why = CREDENTIALS, "secret"
        if (
            one.name in ("-H", "--header")
            and re.search(r"authorization|api-?key|cookie|token", value, re.I)
            and level < CREDENTIALS
        ):
            level, why = CREDENTIALS, "secret"
        if one.name in ("-K", "--config"):
            level, why = DESTRUCTIVE, "unknown_target"
            call.says(READ, "use_file", what=value)
    if method == "DELETE":
        level, why = DESTRUCTIVE, "remote_deletes"
    if any(arg.loose for arg in operands):
        level, why = max(level, CREDENTIALS), "unknown_target"
    key = _verb(method, sends=any(one.name in _SENDS for one in given))
    path = _path(operands[0].text) if key == "delete_at" and len(operands) == 1 else ""
    hosts = _hosts(call, operands, given)
    if path:
        call.says(level, "delete_there", why, what=path, to=hosts)
    else:
        call.says(level, key, why, what=hosts)
    for arg in operands:
        if arg.text.startswith("file:"):
            call.reads([Arg(arg.text.removeprefix("file://"))])


def _verb(method: str, *, sends: bool) -> str:
    """What a request does to the other machine, as its phrase is called."""
    if method == "DELETE":
        return "delete_at"
    return "send_data" if sends or method in ("POST", "PUT", "PATCH") else "fetch"


def _sent(name: str, value: str) -> list[str]:
    if name in ("-T", "--upload-file"):
        return [value]
    return re.findall(r"^@([^;]+)|[=;][@<]([^;]+)", value) and [
        first or second for first, second in re.findall(r"^@([^;]+)|[=;]?[@<]([^;]+)", value)
    ]


def _host(call: Call, operands: list[Arg], given: list[Given]) -> str:
    urls = [one.value.text for one in given if one.name == "--url" and one.value] + [arg.text for arg in operands]
    return site(urls[0]) if urls else " ".join(call.feed.source) or HOLE


def _hosts(call: Call, operands: list[Arg], given: list[Given]) -> list[str]:
    """Every machine, whole addresses first, so that none is hidden behind other words."""
    urls = [one.value.text for one in given if one.name == "--url" and one.value] + [arg.text for arg in operands]
    ordered = sorted(urls, key=lambda url: "://" not in url)
    return list(dict.fromkeys(site(url) for url in ordered)) or [_host(call, operands, given)]


def site(address: str) -> str:
    """The host of an address, without who logs in."""
    found = re.match(r"(?:\w[\w+.-]*://)?(?:[^/@\s]*@)?([^/?#\s]+)", address)
    return found[1] if found else address


_VERSION = re.compile(r"(?:api|rest|v\d{1,3}(?:[.\w]{0,8})?)(?=/|$)", re.I)


def _path(address: str) -> str:
    """Of an address, without what is asked of it, and the version of the interface in front of it."""
    found = re.match(r"[^/?#\s]+/([^?#\s]+)", address.partition("://")[2] or address)
    parts = [part for part in found[1].split("/") if part] if found else []
    while len(parts) > 1 and _VERSION.fullmatch(parts[0]):
        parts = parts[1:]
    return "/".join(parts)


_POSTS = frozenset({"--post-data", "--post-file", "--body-data", "--body-file"})


def _wget(call: Call) -> None:
    given, operands = split(
        call.args,
        options(
            "-O> --output-document> -P> --directory-prefix> -o> --output-file> -a> --post-data= --post-file= "
            "--header= "
            "-U= -e!run "
            "--execute!run --use-askpass!run -i< --input-file< --user= --password= --body-file= --method= -t= -T= "
            "-l= "
            "-A= "
            "-R="
        ),
    )
    level, why = NETWORK, ""
    for one in given:
        value = one.value.text if one.value else ""
        if one.option and "!" in one.option.kind:
            level, why = DESTRUCTIVE, "option"
        if one.option and ">" in one.option.kind and value and value != "-":
            level, why = write_level(call, [Arg(value)], level, why)
        if one.name in ("--post-file", "--body-file", "-i", "--input-file"):
            level, why = read_level(call, [Arg(value)], level, why)
            if one.name in _POSTS:
                call.says(level, "send", why, what=value, to=site(operands[0].text) if operands else HOLE)
        if one.name == "--method" and value.upper() == "DELETE":
            level, why = DESTRUCTIVE, "remote_deletes"
    method = next((one.value.text.upper() for one in given if one.name == "--method" and one.value), "")
    key = _verb(method, sends=any(one.name in _POSTS for one in given))
    call.says(level, key, why, what=[site(arg.text) for arg in operands] or [HOLE])


_HOOKS = r"(?i)proxycommand|localcommand|permitlocal|knownhostscommand"


def _ssh(call: Call) -> None:
    spec = options("-p= -i= -o= -l= -F= -L= -R= -D= -J= -b= -c= -e= -m= -O= -Q= -S= -W= -w= -E> -B=")
    args, given = list(call.args), []
    while args and args[0].text.startswith("-") and len(args[0].text) > 1:
        first = args[0].text
        take = (
            2
            if f"-{first[-1]}" in spec
            and "=" in spec[f"-{first[-1]}"].kind
            and (len(first) == 2 or f"-{first[1]}" not in spec)
            else 1
        )
        given += split(args[:take], spec)[0]
        args = args[take:]
        if first == "--":
            break
    host = site(args[0].text) if args else HOLE
    rest = args[1:]
    runs = [
        one.value.text.partition("=")[2]
        for one in given
        if one.name == "-o" and one.value and re.match(_HOOKS, one.value.text)
    ]
    risky = bool(runs) or any(one.name in ("-R", "-D", "-L", "-w", "-F", "-A") for one in given)
    if rest and rest[0].text == "--":
        rest = rest[1:]
    alone = not rest and call.feed.text is None and not any(one.name in ("-V", "-Q", "-G", "-O") for one in given)
    call.says(DESTRUCTIVE if risky or alone or not args else NETWORK, "connect", "option" if risky else "", what=host)
    if runs:
        call.says(DESTRUCTIVE, "script_runs", "runs_text", what=[call.program, *runs])
    scope = call.scope.elsewhere(host, NETWORK)
    if rest:
        call.shell.script(" ".join(arg.text for arg in rest), scope, call.feed)
    elif call.feed.text is not None:
        call.shell.script(call.feed.text, scope, Feed())


def _scp(call: Call) -> None:
    given, operands = split(call.args, options("-P= -i= -o= -F= -S!run -J= -c= -l= -D!run -X="))
    *sources, to = operands or [Arg(HOLE)]
    remote = [arg for arg in operands if re.match(r"[^/]+:|scp://", arg.text)]
    level, why = read_level(call, [arg for arg in sources if arg not in remote], NETWORK, "")
    if to not in remote:
        level, why = write_level(call, [to], level, why)
    if any(one.option and "!" in one.option.kind for one in given) or any(
        one.name == "-o" and one.value and "command" in one.value.text.lower() for one in given
    ):
        level, why = DESTRUCTIVE, "option"
    if call.program == "sftp" and (call.feed.given or any(text.startswith("-b") for text in call.texts())):
        level, why = DESTRUCTIVE, "runs_text"
    call.says(level, "send" if to in remote else "fetch_to", why, what=[arg.text for arg in sources], to=to.text)


def _netcat(call: Call) -> None:
    given, operands = split(
        call.args, options("-e!run -c!run --exec!run --sh-exec!run -p= -w= -s= -q= -i= -x= -X= --lua-exec!run")
    )
    ran = any(one.option and "!" in one.option.kind for one in given)
    fed = call.feed.given and any(re.search(r"sh$", name) for name in call.feed.source)
    listens = any(one.name in ("-l", "--listen") for one in given)
    socat = call.program == "socat" and any(re.search(r"exec|system|shell", arg.text, re.I) for arg in call.args)
    level = CREDENTIALS if call.feed.secret else NETWORK
    if ran or fed or socat:
        call.says(DESTRUCTIVE, "remote_shell", "remote_shell", what=[arg.text for arg in operands[:2]] or [HOLE])
    else:
        call.says(
            max(level, NETWORK),
            "listen" if listens else "send",
            "secret" if call.feed.secret else "",
            what=call.feed.source[-1:] or ["nothing"],
            to=" ".join(arg.text for arg in operands[:2]),
        )


_HUB = {
    **rows(
        "pr_list=list_pull_requests pr_view=show_pull_request pr_status=look_at_pull_requests "
        "pr_diff=show_pull_request "
        "pr_checks=look_at_pull_request pr_create=open_a_pull_request pr_checkout=fetch_pull_request "
        "pr_comment=comment_on_pull_request "
        "pr_edit=edit_pull_request pr_ready=pull_request_ready pr_review=review_pull_request "
        "pr_reopen=reopen_pull_request",
        Tool(NETWORK, options="-t= -b= -B= -H= -F< --title= --body= --body-file< -R= -L= --json= -q= -f="),
    ),
    **rows(
        "issue_list issue_view issue_status issue_create issue_comment issue_edit run_list run_view run_watch "
        "workflow_list "
        "workflow_view repo_view repo_list repo_clone repo_fork release_list release_view release_download "
        "gist_list gist_view "
        "search label_list browse status cache_list ruleset_list project_list repo_sync repo_set-default",
        Tool(NETWORK),
    ),
    **rows("auth_status", Tool(NETWORK, options="-t!show_token --show-token!show_token")),
    **rows(
        "auth_token auth_login auth_refresh auth_setup-git secret_list secret_set secret_delete variable_list "
        "ssh-key_list ssh-key_add gpg-key_add",
        Tool(CREDENTIALS, why="secret"),
    ),
    **rows("version help completion", Tool(READ)),
    "api": Tool(NETWORK, options="-X! --method! -f! -F! --field! --raw-field! --input! -q= --jq= -H= -t= --paginate="),
}


def _github(call: Call) -> None:
    texts = call.texts()
    if texts[:1] == ["api"]:
        changes = [text for text in texts if re.match(r"-[XfF]|--(?:method|field|raw-field|input)", text)]
        plain = not changes or re.search(r"-X ?=?GET|--method[= ]GET", " ".join(texts))
        query = any("mutation" in text for text in texts)
        call.says(
            NETWORK if plain and not query else DESTRUCTIVE,
            "run",
            "" if plain else "remote_changes",
            what=[call.program, *(text.lstrip("-") for text in texts)],
        )
        return
    deletes = len(texts) > 1 and texts[1] in (
        "delete",
        "archive",
        "rename",
        "edit",
        "close",
        "merge",
        "remove",
        "disable",
        "transfer",
        "lock",
        "cancel",
    )
    if deletes and " ".join(texts[:2]) not in _HUB:
        call.says(DESTRUCTIVE, "run", "remote_changes", what=[call.program, *(text.lstrip("-") for text in texts)])
        return
    Tool(NETWORK, verbs=_HUB)(call)


def _talk(call: Call) -> None:
    """What is fed to these is commands for the other side."""
    fed = call.feed.given and call.program in ("ftp", "telnet", "lftp")
    level = DESTRUCTIVE if fed or (call.program == "ftp" and "-n" in call.texts()) else NETWORK
    call.says(
        level,
        "talk",
        "runs_text" if fed else "",
        what=[text for text in call.texts() if not text.startswith("-")] or [HOLE],
    )


TOOLS: dict[str, Handler] = {
    **each("curl", _curl),
    **each("wget", _wget),
    **each("ssh autossh mosh ", _ssh),
    **each("scp sftp", _scp),
    **each("nc ncat netcat socat", _netcat),
    **each(
        "ping ping6 traceroute tracepath mtr dig nslookup host whois nmap arp telnet ftp drill httpstat speedtest "
        "aria2c yt-dlp lynx w3m links iperf3 masscan tcpdump ngrok cloudflared dns-sd",
        _talk,
    ),
    **each("http https xh curlie", Tool(NETWORK, key="fetch", options="-o> --output> -d= DELETE=", verbs={})),
    **each("gh glab", _github),
    **each(
        "rclone",
        Tool(
            NETWORK,
            verbs={
                **rows("ls lsl lsd lsf lsjson size about version listremotes tree cat check", Tool(NETWORK)),
                **rows("copy copyto", Tool(NETWORK)),
            },
        ),
    ),
    **each("ssh-keygen", Tool(CREDENTIALS, key="run", options="-t= -b= -N= -C= -f=key", why="secret")),
    **each("ssh-add ssh-agent ssh-copy-id ssh-keyscan", Tool(CREDENTIALS, why="secret")),
    **each("mail sendmail mutt msmtp swaks", Tool(DESTRUCTIVE, key="talk", why="sends")),
}
