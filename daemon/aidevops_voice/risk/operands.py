"""Programs whose class hangs on what an operand says: a second name that is written, a script, a list of files."""

from __future__ import annotations

import re

from aidevops_voice.risk.arguments import Arg, options, split
from aidevops_voice.risk.call import Call, Handler
from aidevops_voice.risk.levels import Level
from aidevops_voice.risk.paths import HOLE
from aidevops_voice.risk.tools import CREDENTIALS, DESTRUCTIVE, READ, WRITE, Tool, each, read_level, write_level

_SECOND = {
    "uniq": "-f= -s= -w= --skip-fields= --skip-chars= --check-chars=",
    "xxd": "-l= -s= -c= -g= -o= -n= -R= -len= -seek= -cols= -offset=",
    "ptx": "-W= -w= -F= -M= -g= -b= -i= -o= -S=",
}


def _second(call: Call) -> None:
    """What follows the first operand is written over."""
    _, operands = split(call.args, options(_SECOND[call.program]))
    level, why = read_level(call, operands[:1], READ, "")
    call.says(level, "show", why, what=[arg.text for arg in operands[:1]] or ["-"])
    into = [arg for arg in operands[1:] if arg.text != "-"]
    if into:
        level, why = write_level(call, into, DESTRUCTIVE, "empties")
        call.says(level, "overwrite", why, what=[arg.text for arg in into])


_ENVIRONMENT = re.compile(r"\$ENV\b|\$__prog_args\b|(?<![\w.$\"])(?:str)?env(?:subst)?\b(?!\s*:)")
_LOADS = re.compile(r"\b(?:load(?:_\w+)?|eval|system)\s*\(|\b(?:import|include)\b")


def _query(call: Call) -> None:
    """Its program can see the environment, and read more files than are named."""
    spec = "-f< --from-file< --arg= --argjson= --slurpfile= --rawfile= -L= --indent="
    given, operands = split(call.args, options(spec))
    filed = any(one.name in ("-f", "--from-file") for one in given)
    script = "" if filed else " ".join(arg.text for arg in operands[:3])
    if filed or _ENVIRONMENT.search(script) or _LOADS.search(script):
        call.says(CREDENTIALS, "environment", "secret")
    if re.search(r"\bsystem\s*\(", script):
        call.says(DESTRUCTIVE, "script_runs", "runs_text", what=[call.program])
    Tool(
        use="pattern",
        key="show",
        options="-i* --in-place* --inplace* --arg= --argjson= -f< --from-file< --indent= -L= -s+ --split-exp+",
    )(call)


def _changed(call: Call) -> None:
    """`put` and its like change the file they are given; a second operand may be a script."""
    texts = call.texts()
    changes = texts[:1] in (["put"], ["delete"]) or (call.program == "fx" and len(texts) > 1)
    if changes:
        call.says(DESTRUCTIVE, "script_runs", "runs_text", what=[call.program, *texts[:3]])
    else:
        Tool(use="read", key="show", options="-f< --file< -o> --out> --output>")(call)


def _processes(call: Call) -> None:
    """With its environment: an `e` without a dash, or `-E`."""
    texts = call.texts()
    bare = [text for text in texts if re.fullmatch(r"[A-Za-z]*e[A-Za-z]*", text)]
    behind = {texts[at + 1] for at, text in enumerate(texts[:-1]) if re.search(r"^-\w*[oOCGgptUu]$", text)}
    shown = any(text not in behind for text in bare) or any(re.match(r"-[a-zA-Z]*E", text) for text in texts)
    key = "environment" if shown else "run"
    call.says(CREDENTIALS if shown else READ, key, "secret" if shown else "", what=[call.program, *texts])


_HEADER = re.compile(r"^(?:\+\+\+|---|\*\*\*|Index:|rename (?:from|to)|copy to)[ \t]+(\S+)", re.M)


def _patch(call: Call) -> None:
    """It changes what the patch names, wherever it is told to work."""
    spec = "-i< -p= -d> -o> -D= -F= -B= -V= -Y= -z= -r> -g= --input< --directory> --output> --reject-file> -e! --ed!"
    _, operands = split(call.args, options(spec))
    text = call.feed.text
    Tool(WRITE, "write", "edit", spec)(call)
    if call.feed.remote:
        call.says(DESTRUCTIVE, "edit", "downloaded", what=call.feed.source or [HOLE])
    elif text is not None and not operands:
        names = [name for name in _HEADER.findall(text) if name != "/dev/null"]
        shorter = [name.split("/", 1)[1] for name in names if "/" in name]
        level, why = write_level(call, [Arg(name) for name in names + shorter], WRITE, "")
        if not names:
            level, why = DESTRUCTIVE, "unknown_target"
        call.says(level, "edit", why, what=shorter or names or [HOLE])


_PLAIN_RENAME = re.compile(r"[\w.-]*|(?:s|y|tr)([/|,#!])(?:[^\\]|\\.)*?\1(?:[^\\$@]|\\.|\$\d|\$(?=\W))*?\1[gixr]*;?")


def _rename(call: Call) -> None:
    """The one of Perl runs its first operand."""
    given, operands = split(call.args, options("-e= --expr= -E="))
    scripts = [one.value.text for one in given if one.value] or [arg.text for arg in operands[:1]]
    if any(not _PLAIN_RENAME.fullmatch(one) or HOLE in one for one in scripts):
        call.says(DESTRUCTIVE, "script_runs", "runs_text", what=[call.program, *scripts])
    names = operands if any(one.value for one in given) else operands[1:]
    Tool(WRITE, "write", "edit")(Call(call.program, tuple(names), call.scope, call.feed, call.shell))


def _cpio(call: Call) -> None:
    """`-o` reads the names it is fed, `-p` copies them, `-i` unpacks."""
    given, operands = split(
        call.args,
        options(
            "-F= -O> -I< -D= -E< -C= -H= -M= -R= --file= --format= --directory= --pattern-file< --rsh-command!run "
            "--to-command!run --block-size="
        ),
    )
    names = {one.name for one in given}
    into = [one.value for one in given if one.name in ("-D", "--directory", "-O") and one.value]
    archive = [one.value for one in given if one.name in ("-F", "--file") and one.value]
    if any(one.option and "!" in one.option.kind for one in given):
        call.says(DESTRUCTIVE, "script_runs", "runs_text", what=[call.program])
    elif names & {"-t", "--list"}:
        call.says(read_level(call, archive, READ, "")[0], "look_at", what=[arg.text for arg in archive] or ["-"])
    elif names & {"-p", "--pass-through"}:
        level, why = write_level(call, [*into, *operands], WRITE, "")
        if names & {"-u", "--unconditional"}:
            level, why = DESTRUCTIVE, "empties"
        call.says(level, "copy", why, what=call.feed.source or [HOLE], to=operands[-1].text if operands else HOLE)
    elif names & {"-o", "--create"}:
        level, why = write_level(call, [*into, *archive], WRITE, "")
        level = max(level, CREDENTIALS) if call.feed.secret else level
        call.says(level, "archive", why, what=call.feed.source or [HOLE], to=archive[0].text if archive else "-")
    else:
        level, why = write_level(call, into or [Arg(".")], DESTRUCTIVE, "extracts")
        call.says(level, "extract", why, what=[arg.text for arg in archive] or ["-"], to=into[0].text if into else ".")


_FETCH = Tool(
    level=Level.NETWORK,
    key="talk",
    options="--exec!run --exec-before-download!run --external-downloader!run --downloader!run --plugin-dirs!run "
    "--netrc-cmd!run --config-locations!config --conf-path!config -cfg!config -config!config -cmd_script!run "
    "--on-download-complete!run --on-download-start!run --on-download-error!run --on-download-stop!run "
    "--on-download-pause!run --on-bt-download-complete!run --enable-rpc!rpc --script!run --datadir!run "
    "-z!run -o> --output> -d> --dir> --out> -P> --paths> --save-session> --save-cookies> --log> "
    "-w> -oN> -oX> -oG> -oA> -oS> -r< -i< --input-file< --load-cookies< --cookies< -a< --batch-file< -iL< -f<",
)


def _fetch(call: Call) -> None:
    """Fetchers and scanners: what they write, and what they run afterwards."""
    asks = r"--(?:cookies-from-browser|netrc|username|password|http-passwd|ftp-passwd)"
    if any(re.match(asks, one) for one in call.texts()):
        call.says(CREDENTIALS, "secret", "secret", what=[call.program])
    if any(re.match(r"--(?:on-|exec|external-downloader|script\b)", one) for one in call.texts()):
        call.says(DESTRUCTIVE, "script_runs", "runs_text", what=[call.program, *call.texts()])
    elif not any(re.match(r"--?\w", one) for one in call.texts()):
        call.says(Level.NETWORK, "talk", what=call.texts() or [HOLE])
    else:
        _FETCH(call)


def _file(call: Call) -> None:
    compiles = any(re.fullmatch(r"-\w*C\w*|--compile", text) for text in call.texts())
    if compiles:
        call.says(WRITE, "run", what=[call.program, *call.texts()])
    else:
        Tool(use="name", key="look_at", options="-m= -F= -P= -f< --files-from< -e=")(call)


def _opened(call: Call) -> None:
    """Editors that only show, yet run commands when told to."""
    told = r"[+]|-[cSsuUWw]|--cmd|--startuptime"
    if HOLE in "".join(call.texts()) or any(re.match(told, one) for one in call.texts()):
        call.says(DESTRUCTIVE, "script_runs", "runs_text", what=[call.program, *call.texts()])
    else:
        Tool(use="read", key="show")(call)


def _xml(call: Call) -> None:
    if "--shell" in call.texts():
        call.says(DESTRUCTIVE, "script_runs", "runs_text", what=[call.program])
    Tool(use="read", key="show", options="--xpath= -o> --output> --schema< --relaxng< --c14n?c14n")(call)


def _http(call: Call) -> None:
    """Its items name files that are sent; its method may delete."""
    sent = [match[1] for one in call.texts() if (match := re.match(r"(?:[\w.\[\]-]*)(?::?=)?@([^;]+)", one))]
    if sent:
        level, why = read_level(call, [Arg(one) for one in sent], Level.NETWORK, "")
        call.says(level, "send", why, what=sent, to=next((one for one in call.texts() if "://" in one), HOLE))
    if any(one.upper() in ("DELETE", "PUT", "PATCH") for one in call.texts()[:3]):
        call.says(DESTRUCTIVE, "run", "remote_changes", what=[call.program, *call.texts()])
    if any(re.match(r"-a|--auth|--session|--cert", one) for one in call.texts()):
        call.says(CREDENTIALS, "secret", "secret", what=[call.program])
    Tool(Level.NETWORK, key="fetch", options="-o> --output> -d=")(call)


TOOLS: dict[str, Handler] = {
    **each("uniq xxd ptx", _second),
    **each("jq yq gojq jaq", _query),
    **each("fx dasel", _changed),
    **each("ps", _processes),
    **each("patch", _patch),
    **each("rename prename file-rename perl-rename", _rename),
    **each("cpio", _cpio),
    **each("aria2c yt-dlp youtube-dl lynx w3m links nmap masscan tcpdump", _fetch),
    **each("file", _file),
    **each("http https xh xhs curlie", _http),
    **each("view vimdiff", _opened),
    **each("xmllint", _xml),
}
