"""Programs that look: at files, at the machine, at nothing; each with the options by which they do more."""

from __future__ import annotations

import re

from aidevops_voice.risk import paths
from aidevops_voice.risk.arguments import Arg, options, split
from aidevops_voice.risk.call import Call, Handler
from aidevops_voice.risk.levels import Level
from aidevops_voice.risk.tools import Tool, each, read_level, write_level

_LOOK = Tool()
_SHOW = Tool(use="read", key="show")
_HEAD = Tool(use="read", key="show", options="-n= -c= --lines= --bytes= -s= --pid=")
_TABLES = Tool(
    use="read", key="show", options="-d= -f= -c= -b= -t= -w= -s= -o= -1= -2= -e= --delimiter= --fields= --width= -n="
)
_BYTES = Tool(use="read", key="show", options="-A= -t= -N= -j= -n= -s= -e= --xpath= --bytes=")
_NAMES = Tool(use="name", key="look_at")
_GREP = (
    "-e= -f< --file< -m= --max-count= -A= -B= -C= --include= --exclude= --exclude-dir= --color= --label= -g= --glob= "
    "-t= "
    "--type= -T= -M= -E= --iglob= --pre!pre --pre-glob= -r= --replace= --sort= -j= --hostname-bin!run --search-zip="
)
_GREP_PLAIN = _GREP.replace("-r= ", "").replace("-T= ", "").replace("-E= ", "").replace("-g= ", "").replace("-t= ", "")


def _pattern(spec: str) -> Handler:
    searching = Tool(use="pattern", key="search", options=spec)
    listing = Tool(use="read", key="search", options=spec)

    def handler(call: Call) -> None:
        given, operands = split(call.args, options(spec))
        names = {one.name for one in given}
        whole = bool(names & {"-e", "-f", "--file", "--regexp", "--files", "--type-list"})
        tool = listing if whole else searching
        secrets = [one for one in (operands if whole else operands[1:]) if _names_only(names, one)]
        if secrets:
            call.says(Level.READ, "search", what=[arg.text for arg in operands])
            return
        tool(call)

    return handler


def _names_only(names: set[str], arg: Arg) -> bool:
    return bool(names & {"--files"}) and paths.HOLE not in arg.text


def _sed(call: Call) -> None:
    """Its script can write files and run commands."""
    spec = "-e= -f< -l= --expression= --file< --line-length= -i+ --in-place+ -E= -s= -n= -r= -z= -u="
    flat = [Arg("-i") if re.match(r"-i.|--in-place=", arg.text) else arg for arg in call.args]
    flat = [part for arg in flat for part in _unbundled(arg)]
    flat = _mac(flat)
    given, operands = split(flat, options(spec.replace("-E= -s= -n= -r= -z= -u=", "")))
    scripts = [one.value.text for one in given if one.name in ("-e", "--expression") and one.value]
    if not scripts and not any(one.name in ("-f", "--file") for one in given) and operands:
        scripts, operands = [operands[0].text], operands[1:]
    script = "\n".join(scripts)
    if _runs(script) or paths.HOLE in script or any(one.name in ("-f", "--file") for one in given):
        call.says(Level.DESTRUCTIVE, "script_runs", "runs_text", what=[call.program, *(arg.text for arg in operands)])
    for name in _written(script):
        call.writes([Arg(name)], "overwrite")
    if any(one.option and "+" in one.option.kind for one in given):
        level, why = write_level(call, operands, Level.WRITE, "")
        if re.fullmatch(r"\s*(?:1,\$)?d\s*", script):
            level, why = max(level, Level.DESTRUCTIVE), "empties"
        call.says(level, "edit", why, what=[arg.text for arg in operands])
    else:
        level, why = read_level(call, operands, Level.READ, "")
        call.says(level, "show", why, what=[arg.text for arg in operands] or ["-"])


def _mac(args: list[Arg]) -> list[Arg]:
    """`-i ''`: an empty suffix."""
    return [arg for at, arg in enumerate(args) if arg.text or not (at and args[at - 1].text == "-i")]


def _unbundled(arg: Arg) -> list[Arg]:
    if re.fullmatch(r"-[nrEszu]+[ei]", arg.text):
        return [Arg(arg.text[:-1]), Arg(f"-{arg.text[-1]}")]
    return [arg]


_PLACE = r"(?:^|[;\n{}]|(?<=\d)|(?<=\$)|(?<=/)|(?<=/I))\s*!?\s*"


def _runs(script: str) -> bool:
    return bool(re.search(rf"{_PLACE}e(?:\s|$|;)", script)) or any("e" in flags for flags in _flags(script))


def _flags(script: str) -> list[str]:
    """The flags of each substitution."""
    found: list[str] = []
    for match in re.finditer(r"(?:^|[;\n{}\s\d$/!,])s([^\w\s\\])", script):
        mark, at, seen = match[1], match.end(), 0
        while at < len(script) and seen < 2:
            if script[at] == "\\":
                at += 1
            elif script[at] == mark:
                seen += 1
            at += 1
        flags = re.match(r"[a-zA-Z0-9]*", script[at:])
        found.append(flags[0] if flags and seen == 2 else "")
    return found


def _written(script: str) -> list[str]:
    found = re.findall(rf"{_PLACE}[wW]\s+([^\n]+)", script)
    if any("w" in flags for flags in _flags(script)):
        found += re.findall(r"w\s+(\S+)\s*$", script, re.M)
    return [name.strip() for name in found if not name.strip().startswith("/dev/std")]


def _awk(call: Call) -> None:
    """Its script can run commands and write files."""
    given, operands = split(
        call.args, options("-F= -v= -f< --field-separator= --assign= --file< -i= --include= -l= --load= -e= --source=")
    )
    scripts = [one.value.text for one in given if one.name in ("-e", "--source") and one.value]
    filed = any(one.name in ("-f", "--file", "-i", "--include", "-l", "--load") for one in given)
    if not scripts and not filed and operands:
        scripts, operands = [operands[0].text], operands[1:]
    code = re.sub(
        r"/(?:[^/\\\n]|\\.)*/|#[^\n]*",
        " ",
        re.sub(r'"(?:[^"\\]|\\.)*"', lambda m: '"' + "x" * (len(m[0]) > 2) + '"', "\n".join(scripts)),
    )
    if (
        filed
        or re.search(r"system\s*\(|\|&?\s*[\"\w$(]|\"\s*\|&?\s*getline|getline\s*<|@\w", code)
        or paths.HOLE in code
    ):
        quoted = re.findall(r'"([^"\\]*)"', "\n".join(scripts))
        call.says(Level.DESTRUCTIVE, "script_runs", "runs_text", what=[call.program, *quoted[:2]])
    elif ">" in re.sub(r"\([^()]*>[^()]*\)|>=|\$?\w+(?:\[\w+\])?\s*>\s*\$?\d+", " ", code):
        names = re.findall(r'>\s*"([^"]+)"', "\n".join(scripts))
        call.writes([Arg(name) for name in names] or [Arg(paths.HOLE)], "overwrite")
    if any(one.name == "-i" and one.value and one.value.text == "inplace" for one in given):
        call.writes(operands, "edit")
    if re.search(r"\bENVIRON\b", code):
        call.says(Level.CREDENTIALS, "environment", "secret")
    files = [arg for arg in operands if not re.match(r"[A-Za-z_]\w*=", arg.text)]
    level, why = read_level(call, files, Level.READ, "")
    call.says(level, "show", why, what=[arg.text for arg in files] or ["-"])


def _pager(call: Call) -> None:
    """Commands may stand behind a plus."""
    if any(re.match(r"\+.*!|-[kKoO]|--lesskey|--log-file", arg.text) for arg in call.args):
        call.says(Level.DESTRUCTIVE, "script_runs", "runs_text", what=[call.program, *call.texts()])
    else:
        Tool(use="read", key="show", options="-n= -x= -p=")(call)


def _echo(call: Call) -> None:
    call.says(Level.READ, "print", what=[text for text in call.texts() if not re.fullmatch(r"-[neE]+", text)])


_CHANGING = {
    "hostname": r"[^-].*|-F|-b",
    "date": r"-s.*|--set.*|\d{8,}(?:\.\d+)?",
    "sysctl": r"-w|-p|--write|--system|-f|\S+=\S*|-p\S+",
    "dmesg": r"-[cCDEn]\S*|--clear|--read-clear",
    "ip": r"add|del|delete|set|flush|up|down|replace|change|append|exec|-b.*|-force",
    "ifconfig": r"up|down|\d.*|add|del|netmask|mtu|alias|-alias|inet6?",
    "swapon": r"-a|/.*",
    "nvidia-smi": r"-[a-z]*(?:r|pm|pl|c|e|p|lgc|ac|rac|mig).*|--gpu-reset.*",
    "rocm-smi": r"--(?:set|reset).*",
    "timedatectl": r"set-.*",
    "hostnamectl": r"set-.*|hostname|[^-]*\..*",
    "loginctl": r"terminate.*|kill.*|lock.*|unlock.*|enable.*|disable.*|activate",
    "hash": r"-p.*|-[a-z]*p.*",
    "mapfile": r"-C.*",
    "readarray": r"-C.*",
    "compgen": r"-C.*|-F.*|-W.*",
    "complete": r".*",
    "ss": r"-K|--kill",
    "stty": r"",
    "fg": r".*",
    "bg": r".*",
    "lsmod": "",
    "findmnt": "",
    "getent": r"shadow|gshadow",
    "sar": r"-o.*",
    "dc": r"-e.*|-f.*",
    "history": r"-[cdwarn].*",
    "top": "",
}


def _hosts(call: Call) -> None:
    """Looks that change the machine when they are given more to do."""
    texts = call.texts()
    loud = _CHANGING.get(call.program, "")
    if loud and (any(re.fullmatch(loud, text) for text in texts) or any(arg.loose for arg in call.args)):
        call.says(Level.DESTRUCTIVE, "run", "machine", what=[call.program, *texts])
    else:
        call.says(Level.READ, "run", what=[call.program, *texts])


TOOLS: dict[str, Handler] = {
    **each("cat tac comm rev zcat bzcat xzcat zless tsort look gron fx dasel zstdcat lz4cat gzcat ptx", _SHOW),
    **each("head tail", _HEAD),
    **each("cut paste column fold fmt expand unexpand join pr nl csvcut csvlook csvstat colrm", _TABLES),
    **each("od hexdump strings hexyl xmllint", _BYTES),
    **each("iconv", Tool(use="read", key="show", options="-f= -t= -o> --output>")),
    **each(
        "wc md5sum sha1sum sha224sum sha256sum sha384sum sha512sum shasum md5 cksum b2sum sum",
        Tool(use="count", key="show", options="--files0-from<"),
    ),
    **each("base64 base32 basenc", Tool(use="read", key="show", options="-o> --output> -w= --wrap= -i<")),
    **each("xxd", Tool(use="read", key="show", options="-l= -s= -c= -g= -o=")),
    **each("tr", Tool(key="filter")),
    **each(
        "diff cmp sdiff diff3 colordiff difft delta vimdiff",
        Tool(use="read", key="compare", options="-o> --output> -U= -C= -W= -x= --exclude= -I= --to-file< --from-file<"),
    ),
    **each(
        "jq yq",
        Tool(
            use="pattern",
            key="show",
            options="-i* --in-place* --inplace* --arg= --argjson= -f< --from-file< --indent= -L=",
        ),
    ),
    **each(
        "sort",
        Tool(
            use="read",
            key="show",
            options="-o> --output> -k= -t= -S= -T> --compress-program!run --files0-from< --parallel=",
        ),
    ),
    **each("uniq", Tool(use="read", key="show", options="-f= -s= -w=")),
    **each("shuf", Tool(use="read", key="show", options="-o> --output> -n= -i= -e=")),
    **each("bat batcat glow mdcat", Tool(use="read", key="show", options="--pager!run -l= -r= -H= --theme= --style=")),
    **each("less more most view", _pager),
    **each("grep egrep fgrep zgrep git-grep", _pattern(_GREP_PLAIN)),
    **each("rg ag ack ripgrep", _pattern(_GREP)),
    **each("sed gsed", _sed),
    **each("awk gawk mawk nawk", _awk),
    **each("echo", _echo),
    **each("printf", Tool(key="print", options="-v=")),
    **each(
        "ls stat file du df realpath readlink basename dirname pwd exa eza lsd which whereis type locate plocate "
        "mdfind mdls namei dir vdir ll la l cloc tokei scc loc",
        _NAMES,
    ),
    **each("tree", Tool(use="name", key="look_at", options="-o> -L= -I= -P= --output>")),
    **each("test [ [[", Tool(use="name", key="test")),
    **each("sleep", Tool(key="wait")),
    **each(
        "true false : date whoami id uname hostname uptime free ps top htop nproc arch tty w who last users "
        "locale getconf lscpu lsblk lsmod dmesg vmstat iostat mpstat ss netstat ip ifconfig sw_vers sysctl groups "
        "ulimit "
        "umask cal bc dc expr seq factor yes jobs wait hash times getopts shopt clear reset tput stty nvidia-smi "
        "sar "
        "rocm-smi lspci lsusb hostnamectl timedatectl loginctl findmnt blkid lslocks pmap pstree pidof cpuid "
        "numfmt lsb_release "
        "system_profiler ioreg vm_stat swapon logname exit return break continue shift local read "
        "readarray "
        "mapfile let disown compgen complete caller logout fg bg lsns getent finger neofetch "
        "fastfetch "
        "shellcheck hadolint yamllint jsonlint markdownlint actionlint tldr cheat whatis apropos info help",
        _hosts,
    ),
    **each("lsof pgrep", _LOOK),
    **each("man", Tool(options="-P!run --pager!run -H!run --html!run -C!config --config-file!config")),
    **each("cd chdir", Tool(use="name", key="folder")),
    **each("history", Tool(Level.CREDENTIALS, why="secret", options="-c! -d! -w! -r! -a! -s!")),
    **each("compgen", Tool(Level.CREDENTIALS, why="secret", options="-C! -F! -W!")),
}
