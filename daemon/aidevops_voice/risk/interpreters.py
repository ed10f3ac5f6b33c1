"""Programs that run code they are given: shells are read on, of other languages the code counts as not known."""

from __future__ import annotations

import re
from dataclasses import replace

from aidevops_voice.languages import listed
from aidevops_voice.risk import paths
from aidevops_voice.risk.arguments import Arg
from aidevops_voice.risk.call import Call, Feed, Handler
from aidevops_voice.risk.feeds import remote, sources
from aidevops_voice.risk.levels import Level
from aidevops_voice.risk.paths import HOLE
from aidevops_voice.risk.tools import DESTRUCTIVE, NETWORK, READ, WRITE, Tool, each

_QUOTED = re.compile(r"'([^'\\\n]{1,60})'|\"([^\"\\\n]{1,60})\"|`([^`\\\n]{1,60})`")
_DELETES = re.compile(r"unlink|rmtree|rm_rf|rmSync|rmdir|\.remove\(|rimraf|removedirs|delete", re.I)
_ASKS = frozenset({"--version", "-V", "-v", "--help", "-h", "-version"})


def _shell(call: Call) -> None:
    args = list(call.args)
    if [arg.text for arg in args] in (["--version"], ["--help"]):
        call.says(READ, "run", what=[call.program, *call.texts()])
        return
    code = False
    while args and re.match(r"[-+]\w|--\w", args[0].text):
        text = args.pop(0).text
        if text in ("--rcfile", "--init-file", "-o", "+o", "-O", "+O"):
            value = args.pop(0).text if args else ""
            if text.startswith("--"):
                call.says(DESTRUCTIVE, "script", "unknown_program", what=value)
        if re.fullmatch(r"-[a-zA-Z]*n[a-zA-Z]*", text) and "c" not in text and args:
            call.reads(args[:1], "show")
            return
        code = code or (bool(re.fullmatch(r"-\w*c\w*", text)))
        if text in ("-s", "-i", "-is", "-si"):
            _fed(call)
            return
    if args and args[0].text == "--":
        args.pop(0)
    if code:
        _coded(call, args)
    elif args and args[0].inputs:
        call.says(
            DESTRUCTIVE,
            "run_output",
            "downloaded" if remote(args[0].inputs) else "runs_text",
            what=sources(args[0].inputs),
        )
    elif args and args[0].text not in ("-", "/dev/stdin"):
        call.says(DESTRUCTIVE, "script", "unknown_program", what=args[0].text)
        if call.scope.where and re.match(r"\w", args[0].text) and call.feed.text is not None:
            call.shell.script(call.feed.text, call.scope, Feed())
    else:
        _fed(call)


def _coded(call: Call, args: list[Arg]) -> None:
    text = args[0].text if args else ""
    if HOLE in text or paths.ITEM in text:
        call.says(DESTRUCTIVE, "run_output", "runs_text", what=call.feed.source or [text])
        return
    zero, *rest = args[1:] or [Arg(call.program)]
    scope = replace(call.scope.copy(), positional=tuple(rest), aliases={})
    scope.variables["0"] = zero.text if HOLE not in zero.text else None
    call.shell.script(text, scope, call.feed)


def _fed(call: Call) -> None:
    """What comes in is the script."""
    feed = call.feed
    if feed.text is not None:
        call.shell.script(feed.text, replace(call.scope.copy(), positional=None), Feed())
    elif feed.given:
        call.says(DESTRUCTIVE, "run_output", "downloaded" if feed.remote else "runs_text", what=feed.source or [HOLE])
    else:
        call.says(DESTRUCTIVE, "open_shell", "open", what=call.program)


_CODE = {
    "python": "-c",
    "node": "-e --eval -p --print -pe",
    "ruby": "-e",
    "perl": "-e -E",
    "php": "-r -B -R -E",
    "lua": "-e",
    "deno": "eval",
    "bun": "-e --eval -p",
    "Rscript": "-e",
    "R": "-e",
    "julia": "-e -E --eval",
    "osascript": "-e",
    "groovy": "-e",
    "scala": "-e",
    "elixir": "-e --eval",
    "swift": "-e",
    "pwsh": "-c -Command -EncodedCommand -e",
    "tclsh": "",
    "expect": "-c",
    "ghc": "-e",
    "clojure": "-e",
    "kotlin": "-e",
    "ts-node": "-e -p",
    "tsx": "-e",
    "irb": "",
    "ipython": "-c",
}
_TAKES = frozenset({"-W", "-X", "-r", "--require", "-I", "--import", "-C", "--conditions"})


def _each(names: str, level: Level) -> dict[str, Level]:
    return dict.fromkeys(names.split(), level)


_MODULES: dict[str, Level] = {
    **_each(
        "pytest unittest mypy ruff black isort flake8 pylint compileall py_compile pyflakes doctest nose "
        "coverage "
        "tox "
        "nox build sphinx mkdocs autopep8 yapf bandit vulture pycodestyle pydocstyle pyright venv "
        "virtualenv",
        WRITE,
    ),
    **_each("json.tool this calendar platform sysconfig site tokenize ast dis tabnanny", READ),
    **_each("http.server SimpleHTTPServer smtplib telnetlib ftplib", NETWORK),
}
_MANAGE = {
    **dict.fromkeys(listed("check showmigrations sqlmigrate diffsettings version help inspectdb findstatic"), READ),
    **dict.fromkeys(
        listed("test makemigrations makemessages compilemessages startapp runserver "),
        WRITE,
    ),
}


def _interpreter(call: Call) -> None:
    name = re.sub(r"[\d.]+$", "", call.program)
    name = {"nodejs": "node", "pypy": "python", "luajit": "lua", "powershell": "pwsh"}.get(name, name)
    coded = _CODE.get(name, "").split()
    args = list(call.args)
    if args and all(arg.text in _ASKS for arg in args[:1]) and len(args) == 1:
        call.says(
            READ,
            "run",
            what=[call.program, "version" if args[0].text in ("-v", "-V", "-version") else args[0].text.lstrip("-")],
        )
        return
    at = 0
    while at < len(args):
        text = args[at].text
        if _is_code(name, text, coded):
            inline = re.match(r"-[cerE]['\"(\w]", text) and text not in coded and name in ("python", "node", "php")
            code = args[at + 1].text if at + 1 < len(args) and not inline else text[2:]
            _code(call, name, text, code, args[at + 2 :])
            return
        if text == "-m" and name == "python" and at + 1 < len(args):
            _module(call, args[at + 1 :])
            return
        if name == "node" and text in ("--test", "--check", "-c"):
            call.says(
                WRITE if text == "--test" else READ,
                "run",
                what=[call.program, "test" if text == "--test" else "check", *(arg.text for arg in args[at + 1 :])],
            )
            return
        if (name == "ruby" and text == "-c") or (name in ("php", "perl") and text in ("-l", "-c")):
            call.says(
                READ if name != "perl" else DESTRUCTIVE,
                "run",
                what=[call.program, "check", *(arg.text for arg in args[at + 1 :])],
            )
            return
        if text in ("-r", "--require", "--import") and name in ("node", "ts-node", "tsx"):
            call.says(READ, "use_file", what=[arg.text for arg in args[at + 1 : at + 2]])
        if text.startswith("-") and len(text) > 1 and text != "--":
            at += 2 if text in _TAKES and name not in ("perl", "ruby") else 1
            continue
        break
    _file(call, name, args[at:])


def _is_code(name: str, text: str, coded: list[str]) -> bool:
    if text in coded:
        return True
    if name in ("perl", "ruby"):
        return bool(re.fullmatch(r"-[a-zA-Z0-9]*[eE].*", text)) and not text.startswith(("-I", "-r", "-M", "--"))
    if name == "python":
        return bool(re.fullmatch(r"-[a-zA-Z]*c.*", text)) and not text.startswith(("-m", "-W", "-X", "--"))
    return name == "node" and bool(re.fullmatch(r"-[ep]+.*|--(?:eval|print)=.*", text))


_SUBSTITUTES = re.compile(r"\s*(?:s|tr|y)([^\w\s])(?:(?!\1)[^\\$@]|\\.)*\1(?:(?!\1)[^\\$@]|\\.|\$\d)*\1[gimsx]*;?\s*")


def _code(call: Call, name: str, option: str, code: str, rest: list[Arg]) -> None:
    """Of perl, a plain substitution is understood."""
    if name == "perl" and _SUBSTITUTES.fullmatch(code) and HOLE not in code:
        files = [arg for arg in rest if not arg.text.startswith("-")]
        flags = "".join(text for text in call.texts() if re.fullmatch(r"-\w+(?:\.\w+)?", text))
        if "i" in flags:
            call.writes(files, "edit")
        else:
            call.reads(files, "show")
        return
    names = [next(part for part in found if part) for found in _QUOTED.findall(code)]
    secret = any(paths.is_secret("/" + one) for one in names)
    key = "code_deletes" if _DELETES.search(code) else "code_on" if names else "code"
    call.says(
        DESTRUCTIVE, key, "secret_code" if secret else "runs_text", program=call.program, what=names[:4] or ["files"]
    )


def _module(call: Call, args: list[Arg]) -> None:
    from aidevops_voice.risk import programs

    name = args[0].text.split(".")[0] if args[0].text not in _MODULES else args[0].text
    rest = tuple(args[1:])
    if programs.known(name) and name not in ("this", "site", "ast", "help"):
        programs.judge(replace(call, program=name, args=rest))
    elif args[0].text in _MODULES:
        level = _MODULES[args[0].text]
        if args[0].text == "json.tool" and len(rest) > 1 and not rest[-1].text.startswith("-"):
            call.writes([rest[-1]], "overwrite")
        if level == READ:
            call.reads([arg for arg in rest if not arg.text.startswith("-")][:1], "show")
        elif args[0].text in ("venv", "virtualenv"):
            call.writes([arg for arg in rest if not arg.text.startswith("-")] or [Arg(HOLE)], "make_folder")
        else:
            call.says(
                level,
                "run",
                what=[call.program, args[0].text, *(arg.text for arg in rest if not arg.text.startswith("-"))],
            )
    elif args[0].text == "esptool":
        call.again(args)
    else:
        call.says(
            DESTRUCTIVE,
            "run_unknown",
            "unknown_program",
            what=[call.program, args[0].text, *(arg.text for arg in rest)],
        )


def _file(call: Call, name: str, args: list[Arg]) -> None:
    texts = [arg.text for arg in args]
    if not args or texts[0] in ("-", "/dev/stdin"):
        feed = call.feed
        if feed.text is not None:
            _code(call, name, "-", feed.text, [])
        elif feed.given:
            call.says(
                DESTRUCTIVE, "run_output", "downloaded" if feed.remote else "runs_text", what=feed.source or [HOLE]
            )
        else:
            call.says(DESTRUCTIVE, "open_shell", "open", what=call.program)
    elif args[0].inputs:
        call.says(
            DESTRUCTIVE,
            "run_output",
            "downloaded" if remote(args[0].inputs) else "runs_text",
            what=sources(args[0].inputs),
        )
    elif texts[0].endswith("manage.py"):
        manage(call, texts[1:])
    else:
        call.says(DESTRUCTIVE, "script", "unknown_program", what=[texts[0], *texts[1:4]])


def manage(call: Call, texts: list[str]) -> None:
    """Django's own commands."""
    verb = texts[0] if texts else ""
    level = _MANAGE.get(verb, DESTRUCTIVE)
    if any(text in ("--plan", "--check", "--dry-run", "-n") for text in texts) and verb in (
        "migrate",
        "makemigrations",
        "collectstatic",
    ):
        level = READ if verb != "makemigrations" else WRITE
    call.says(
        level, "run", "" if level < DESTRUCTIVE else "data", what=["manage", *(text.lstrip("-") for text in texts)]
    )


def _manage(call: Call) -> None:
    manage(call, call.texts())


def _editor(call: Call) -> None:
    runs = any(
        re.match(r"\+|-[a-zA-Z]*c$|--cmd|-[a-zA-Z]*s[a-z]*$|-S$|-?-eval|-f$|--load|-?-batch|-u$|-l$|--script", text)
        for text in call.texts()
    )
    names = [text for text in call.texts() if not text.startswith(("-", "+"))]
    if runs or call.feed.given:
        call.says(DESTRUCTIVE, "script_runs", "runs_text", what=[call.program, *names])
    else:
        call.writes([Arg(name) for name in names], "edit")


TOOLS: dict[str, Handler] = {
    **each("sh bash zsh dash ksh fish csh tcsh ash rbash mksh ", _shell),
    **each(
        "python python2 python3 pypy pypy3 ipython node nodejs ruby perl php lua luajit Rscript R julia groovy "
        "scala elixir "
        "pwsh powershell tclsh expect clojure kotlin ts-node tsx irb bpython",
        _interpreter,
    ),
    **{f"python3.{minor}": _interpreter for minor in range(6, 16)},
    **each("manage.py", _manage),
    **each("vim vi nvim nano emacs ed ex pico micro hx kak joe", _editor),
    **each("code subl idea", Tool(READ)),
}
