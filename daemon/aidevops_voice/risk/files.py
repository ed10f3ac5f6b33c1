"""Programs that make, move, change and delete files."""

from __future__ import annotations

import re
from dataclasses import replace

from aidevops_voice.risk import paths
from aidevops_voice.risk.arguments import Arg, Given, options, split
from aidevops_voice.risk.call import Call, Feed, Handler
from aidevops_voice.risk.levels import Level
from aidevops_voice.risk.paths import HOLE, ITEM
from aidevops_voice.risk.tools import Tool, each, read_level, write_level

_COPY = options(
    "-t= --target-directory= -S= --suffix= -m= --mode= -o= -g= --owner= --group= --remove-destination! -f= --backup="
)
_COPY = {name: option for name, option in _COPY.items() if name not in ("-f",)}


def _copy(call: Call) -> None:
    given, operands = split(call.args, _COPY)
    to = next((one.value for one in given if one.name in ("-t", "--target-directory")), None)
    if to is None:
        *operands, to = operands or [Arg(HOLE)]
    key = "move" if call.program == "mv" else "link" if call.program == "ln" else "copy"
    if key == "link" and not operands:
        operands, to = [to], Arg(".")
    if any(one.name in ("-d", "--directory") for one in given) and call.program == "install":
        call.writes([*operands, to], "make_folder")
        return
    level, why = write_level(call, [to], Level.WRITE, "")
    if paths.place(to.text, call.scope.ground, writing=True) == "nowhere":
        level, why = (Level.DESTRUCTIVE, "deletes") if key == "move" else (Level.READ, "")
    if key == "move":
        level, why = write_level(call, operands, level, why)
    else:
        level, why = read_level(call, operands, level, why)
    if any(arg.text in ("/dev/null", "/dev/zero", "/dev/random", "/dev/urandom") for arg in operands):
        level, why = max(level, Level.DESTRUCTIVE), "empties"
    if key == "link" and any(one.name == "-f" for one in given):
        outside = [arg for arg in operands if paths.place(arg.text, call.scope.ground) not in ("inside", "unknown")]
        level, why = (max(level, Level.OUTSIDE), why) if outside else (level, why)
    if any(arg.loose for arg in call.args):
        level, why = Level.DESTRUCTIVE, "unknown_target"
    sources = [arg.text for arg in operands]
    if key == "copy" and paths.place(to.text, call.scope.ground, writing=True) == "device":
        call.says(level, "overwrite_with", why, what=to.text, data=sources)
    else:
        call.says(level, key, why, what=sources, to=to.text)


def _delete(call: Call) -> None:
    spec = "-n= -s= --iterations= --size=" if call.program == "shred" else ""
    _, operands = split(call.args, options(spec))
    call.says(Level.DESTRUCTIVE, "delete", "deletes", what=[arg.text for arg in operands] or [HOLE])


def _make(key: str) -> Handler:
    def handler(call: Call) -> None:
        _, operands = split(call.args, options("-m= --mode= -t= -d= -r= --reference= --date= -p= --tmpdir="))
        if call.program == "mkdir":
            _, operands = split(call.args, options("-m= --mode="))
        call.writes(operands, key)

    return handler


def _permissions(call: Call) -> None:
    """Wide ones, whole trees and bits that lend rights are the worst."""
    given, operands = split(call.args, options("--reference<"))
    plus = [arg for arg in call.args if re.fullmatch(r"-[rwxXst]+", arg.text)]
    mode, names = (operands[0].text, operands[1:]) if operands and not plus else ("", operands)
    owner = call.program != "chmod"
    level, why = write_level(call, names, Level.WRITE, "")
    level = (
        max(level, Level.DESTRUCTIVE)
        if any(paths.place(arg.text, call.scope.ground) == "secret" for arg in names)
        else level
    )
    plain = re.fullmatch(
        r"[ugoa]*\+?[xr]+|[ugoa]*\+[rwxX]+|[0-7]?[4-7][0-5][0-5]|0?[67][0-7][0145]|[go]+-[rwx]+|-[wx]+", mode
    )
    wide = re.search(r"[2367]$|^[2467]\d{3}$|s|o\+\w*w|a\+\w*w", mode)
    deep = any(one.name in ("-R", "--recursive") for one in given)
    if owner or not plain or wide or (deep and not re.fullmatch(r"[ugoa]*\+[rxX]+", mode)):
        level, why = Level.DESTRUCTIVE, "rights"
    key = "owner" if call.program in ("chown", "chgrp") else "permissions"
    if re.fullmatch(r"[ua]?\+x", mode) and not deep and not owner:
        key = "executable"
    elif mode:
        key += "_deep" if deep else "_to"
    told = " ".join(mode) if mode.isdecimal() else mode
    call.says(level, key, why, what=[arg.text for arg in names] or [HOLE], mode=told)


def _tar(call: Call) -> None:
    args = list(call.args)
    if args and re.fullmatch(r"[a-zA-Z]+", args[0].text):
        args[0] = Arg(f"-{args[0].text}")
    given, operands = split(
        args,
        options(
            "-f= --file= -C= --directory= -T< --files-from< -X< --exclude-from< --exclude= -I!run "
            "--use-compress-program!run "
            "--to-command!run --checkpoint-action!run -F!run --info-script!run --new-volume-script!run "
            "--rsh-command!run "
            "--rmt-command!run --remove-files!remove_files --transform= --strip-components= --checkpoint= -b= -P! "
            "--absolute-names!"
        ),
    )
    names = "".join(one.name for one in given if re.fullmatch(r"-\w", one.name))
    whole = {one.name for one in given}
    archive = next((one.value for one in given if one.name in ("-f", "--file") and one.value), Arg("-"))
    into = next((one.value for one in given if one.name in ("-C", "--directory") and one.value), Arg("."))
    bad = [one for one in given if one.option and "!" in one.option.kind]
    if any(one.option and one.option.word == "run" for one in bad):
        call.says(
            Level.DESTRUCTIVE,
            "script_runs",
            "runs_text",
            what=[call.program, *(one.value.text for one in bad if one.value)],
        )
    elif bad:
        call.says(Level.DESTRUCTIVE, "delete", "deletes", what=[arg.text for arg in operands] or [archive.text])
    ground = replace(call.scope.ground, cwd=paths.resolved(into.text, call.scope.ground))
    inner = replace(call, scope=replace(call.scope, ground=ground))
    if "t" in names or "--list" in whole:
        level, why = read_level(call, [archive], Level.READ, "")
        call.says(level, "look_at", why, what=archive.text)
    elif "c" in names or (set("ru") & set(names) and "x" not in names) or whole & {"--create", "--append", "--update"}:
        level, why = read_level(inner, operands, Level.WRITE, "")
        level, why = write_level(call, [archive], level, why)
        call.says(level, "archive", why, what=[arg.text for arg in operands], to=archive.text)
    elif ("d" in names and "x" not in names) or "--diff" in whole:
        call.says(Level.READ, "look_at", what=archive.text)
    else:
        level, why = write_level(call, [into], Level.DESTRUCTIVE, "extracts")
        call.says(level, "extract", why, what=archive.text, to=into.text)


_TESTS = frozenset({"-name", "-iname", "-path", "-ipath", "-wholename", "-regex", "-iregex", "-lname", "-ilname"})


def _find(call: Call) -> None:
    """What it does with what it finds."""
    args = list(call.args)
    roots: list[Arg] = []
    while args and not re.match(r"-|\(|!|\\", args[0].text):
        roots.append(args.pop(0))
    while not roots and args and re.fullmatch(r"-[HLPEXdsx]|-O\d|-D", args[0].text):
        args.pop(0)
        while args and not re.match(r"-|\(|!", args[0].text):
            roots.append(args.pop(0))
    roots = roots or [Arg(".")]
    where = [arg.text for arg in roots]
    near = all(paths.place(text, call.scope.ground) in ("inside", "secret") for text in where)
    item = f"{where[0].rstrip('/')}/{ITEM}" if near and len(where) == 1 else ITEM if near else HOLE
    named = [
        args[at + 1].text for at, arg in enumerate(args[:-1]) if arg.text in ("-name", "-iname", "-path", "-wholename")
    ]
    secret = any(paths.is_secret("/" + name.lstrip("*/")) for name in named)
    quiet = True
    at = 0
    while at < len(args):
        text = args[at].text
        if text == "-delete":
            key = "delete_named" if named else "delete_found"
            call.says(Level.DESTRUCTIVE, key, "deletes", what=where, names=named)
            quiet = False
        elif text in _TESTS:
            at += 1
        elif text in ("-fprint", "-fprintf", "-fprint0", "-fls"):
            call.writes(args[at + 1 : at + 2], "overwrite")
        elif text in ("-exec", "-execdir", "-ok", "-okdir"):
            end = next((here for here in range(at + 1, len(args)) if args[here].text in (";", "+")), len(args))
            _executed(call, args[at + 1 : end], item, secret)
            at, quiet = end, False
        elif HOLE in text and args[at].loose:
            call.says(Level.DESTRUCTIVE, "search_files", "unknown_target", what=where)
        at += 1
    if quiet:
        call.says(Level.READ, "search_files", what=where)


def _executed(call: Call, program: list[Arg], item: str, secret: bool) -> None:
    """The program of `-exec`, with what is found in it."""
    if not program:
        return
    found = "/.env" if secret else item
    args = [Arg(arg.text.replace("{}", found), arg.loose, arg.secrets) for arg in program]
    if re.fullmatch(r"(?:.*/)?(?:ba|z|da|k|)sh", args[0].text):
        call.says(Level.DESTRUCTIVE, "shell_each", "runs_text", what=args[0].text)
    call.again(args, feed=Feed())


def _fd(call: Call) -> None:
    args = list(call.args)
    for at, arg in enumerate(args):
        if arg.text in ("-x", "-X", "--exec", "--exec-batch"):
            _executed(
                call,
                [*args[at + 1 :], *([] if any("{}" in one.text for one in args[at + 1 :]) else [Arg("{}")])],
                ITEM,
                False,
            )
            return
    call.says(Level.READ, "search_files", what=[arg.text for arg in args if not arg.text.startswith("-")])


def _rsync(call: Call) -> None:
    given, operands = split(
        call.args,
        options(
            "-e! --rsh! --rsync-path! --exclude= --include= -f= --filter= --exclude-from< --files-from< --port= "
            "--bwlimit= "
            "--delete!delete --delete-after!delete --delete-before!delete --delete-during!delete "
            "--delete-excluded!delete "
            "--del!delete --remove-source-files!delete --chmod= --chown= --log-file> --backup-dir= --password-file<"
        ),
    )
    bad = [one for one in given if one.option and "!" in one.option.kind and not _plain_ssh(one)]
    dry = any(one.name in ("-n", "--dry-run", "--list-only") for one in given)
    *sources, to = operands or [Arg(HOLE)]
    remote = [arg for arg in operands if re.match(r"[^/]+:|rsync://", arg.text)]
    level, why = read_level(call, [arg for arg in sources if arg not in remote], Level.READ if dry else Level.WRITE, "")
    if not dry and to not in remote:
        level, why = write_level(call, [to], level, why)
    level = max(level, Level.NETWORK) if remote else level
    key = "send" if to in remote else "copy"
    if bad and not dry:
        level, why = Level.DESTRUCTIVE, "deletes"
        key = "sync_delete" if any(one.option and one.option.word == "delete" for one in bad) else key
    call.says(level, key, why, what=[arg.text for arg in sources], to=to.text)


def _plain_ssh(one: Given) -> bool:
    return one.name in ("-e", "--rsh") and bool(
        one.value and re.fullmatch(r"ssh(?: -p \d+| -i [\w/.~-]+)*", one.value.text)
    )


def _unpack(call: Call) -> None:
    """Archives over what is there."""
    valued = "-d= -O= -x= -P= -T!run -TT!run" + (" -o= -p=" if call.program != "unzip" else "")
    given, operands = split(call.args, options(valued))
    names = {one.name for one in given}
    ran = any(one.option and "!" in one.option.kind for one in given)
    if ran:
        call.says(Level.DESTRUCTIVE, "script_runs", "runs_text", what=[call.program])
    elif names & {"-l", "-v", "-t", "-p", "-c", "--list", "--test", "-Z", "--stdout"} or call.program == "zipinfo":
        Tool(use="read", key="look_at")(replace(call, args=tuple(operands)))
    else:
        into = next((one.value for one in given if one.name == "-d" and one.value), Arg("."))
        level, why = write_level(call, [into], Level.DESTRUCTIVE, "extracts")
        call.says(level, "extract", why, what=operands[0].text if operands else HOLE, to=into.text)


def _pack(call: Call) -> None:
    """`gzip` replaces the file it is given, `zip` writes its first operand."""
    given, operands = split(
        call.args, options("-x= -i= -S= -b= -n= -t= -P= -TT!run --unzip-command!run -m! --move! --rm!")
    )
    names = {one.name for one in given}
    if call.program == "zip":
        bad = any(one.option and "!" in one.option.kind for one in given)
        level, why = read_level(call, operands[1:], Level.WRITE, "")
        level, why = write_level(call, operands[:1], level, why)
        call.says(
            Level.DESTRUCTIVE if bad else level,
            "archive",
            why,
            what=[arg.text for arg in operands[1:]],
            to=operands[0].text if operands else HOLE,
        )
    elif names & {"-c", "--stdout", "-l", "--list", "-t", "--test", "-k", "--keep"} or not operands:
        level, why = read_level(call, operands, Level.WRITE if names & {"-k", "--keep"} else Level.READ, "")
        call.says(level, "show", why, what=[arg.text for arg in operands] or ["-"])
    else:
        level, why = write_level(call, operands, Level.WRITE, "")
        call.says(level, "archive", why, what=[arg.text for arg in operands], to=".")


def _tee(call: Call) -> None:
    given, operands = split(call.args, {})
    for arg in operands:
        if arg.output:
            call.says(Level.DESTRUCTIVE, "run_output", "runs_text", what=call.feed.source or [HOLE])
    names = [arg for arg in operands if not arg.output]
    adds = any(one.name in ("-a", "--append") for one in given)
    if names:
        call.writes(names, "append" if adds else "overwrite")


def _split(call: Call) -> None:
    """Its second operand begins the names that it writes."""
    given, operands = split(call.args, options("-b= -l= -n= -a= -f> --prefix> --filter!run"))
    level, why = read_level(call, operands[:1], Level.WRITE, "")
    into = [one.value for one in given if one.value and one.option and ">" in one.option.kind]
    level, why = write_level(call, [*into, *(operands[1:2] if call.program == "split" else [])], level, why)
    if any(one.option and "!" in one.option.kind for one in given):
        level, why = Level.DESTRUCTIVE, "option"
    call.says(level, "run", why, what=[call.program, *(arg.text for arg in operands)])


TOOLS: dict[str, Handler] = {
    **each("cp mv ln install link ditto gcp gmv", _copy),
    **each("rm rmdir unlink shred srm del rimraf trash trash-put grm wipe", _delete),
    **each("touch mkfifo mknod mktemp", _make("touch")),
    **each("mkdir", _make("make_folder")),
    **each("chmod chown chgrp setfacl chattr xattr setcap chflags", _permissions),
    **each("tar gtar bsdtar", _tar),
    **each("find gfind", _find),
    **each("fd fdfind", _fd),
    **each("rsync", _rsync),
    **each("unzip unrar 7z 7za 7zr unar zipinfo cpio", _unpack),
    **each("gunzip bunzip2 unxz gzip bzip2 xz zstd lz4 zip pigz unzstd brotli compress", _pack),
    **each("tee", _tee),
    **each(
        "truncate fallocate", Tool(Level.DESTRUCTIVE, "write", "empty", "-s= --size= -r< -l= -o= --length=", "empties")
    ),
    **each("split csplit", _split),
    **each(
        "dos2unix unix2dos rename patch",
        Tool(Level.WRITE, "write", "edit", "-i< -p= -d> -o> --input< --directory> -e!run"),
    ),
    **each(
        "mkfs mkswap wipefs fdisk gdisk sgdisk parted cfdisk sfdisk newfs format",
        Tool(Level.DESTRUCTIVE, "text", "format", "-t= -L=", "device"),
    ),
    **each(
        "losetup mount umount swapoff fsck e2fsck resize2fs lvremove vgremove pvremove cryptsetup mdadm zfs zpool "
        "btrfs "
        "hdparm tune2fs blkdiscard badblocks eject diskutil hdiutil",
        Tool(Level.DESTRUCTIVE, why="device"),
    ),
}
