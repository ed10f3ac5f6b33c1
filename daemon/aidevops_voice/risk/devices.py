"""Programs that write whole disks and the memory of chips."""

from __future__ import annotations

import re
from collections.abc import Sequence

from aidevops_voice.risk import paths
from aidevops_voice.risk.arguments import Arg, Given, options, split
from aidevops_voice.risk.call import Call, Handler
from aidevops_voice.risk.levels import Level
from aidevops_voice.risk.paths import HOLE
from aidevops_voice.risk.tools import each, read_level

_NOISE = re.compile(r"/dev/u?random")


def _dd(call: Call) -> None:
    pairs = dict(text.split("=", 1) for text in call.texts() if "=" in text)
    source, goal = pairs.get("if", ""), pairs.get("of")
    files = [Arg(source)] if source and not source.startswith("/dev/") else []
    level, why = read_level(call, files, Level.READ, "")
    if goal is None:
        call.says(level, "show", why, what=source or HOLE)
        return
    at = paths.place(goal, call.scope.ground, writing=True)
    if at != "nowhere":
        level, why = Level.DESTRUCTIVE, f"place_{at}" if at == "device" else "empties"
    if source == "/dev/zero":
        call.says(level, "overwrite_zeros", why, what=goal)
    elif source and not _NOISE.fullmatch(source):
        call.says(level, "overwrite_with", why, what=goal, data=source)
    else:
        call.says(level, "overwrite", why, what=goal)


def _flashrom(call: Call) -> None:
    given, _ = split(
        call.args,
        options("-p= --programmer= -c= --chip= -l= --layout= -i= -w= --write= -r= --read= -v= --verify= -o= --output="),
    )
    into, out = _value(given, "-w", "--write"), _value(given, "-r", "--read")
    if into:
        _flashes(call, [into])
    elif any(one.name in ("-E", "--erase") for one in given):
        call.says(Level.DESTRUCTIVE, "flash_erase", "device")
    elif out:
        call.says(Level.DESTRUCTIVE, "flash_read", "device", what=out)
    else:
        _unknown(call)


def _esptool(call: Call) -> None:
    given, operands = split(
        call.args,
        options("-p= --port= -b= --baud= -c= --chip= --before= --after= -fm= -ff= -fs= --flash_mode= --flash_freq= "
                "--flash_size= --flash-mode= --flash-freq= --flash-size="),
    )  # fmt: skip
    verb, *rest = [arg.text for arg in operands] or [""]
    port = _value(given, "-p", "--port")
    match verb.replace("-", "_"):
        case "write_flash":
            _flashes(call, [text for text in rest if not re.fullmatch(r"0x[\da-fA-F]+|\d+", text)], port)
        case "erase_flash" | "erase_region" if port:
            call.says(Level.DESTRUCTIVE, "flash_erase_at", "device", to=port.rpartition("/")[2])
        case "erase_flash" | "erase_region":
            call.says(Level.DESTRUCTIVE, "flash_erase", "device")
        case "read_flash" if rest:
            call.says(Level.DESTRUCTIVE, "flash_read", "device", what=rest[-1])
        case _:
            _unknown(call)


_MEMORY = re.compile(r"(?:(?P<at>\w+):(?P<do>[rwv]):)?(?P<file>[^:]+)(?::\w)?")


def _avrdude(call: Call) -> None:
    given, _ = split(call.args, options("-p= -c= -P= -b= -B= -C= -U= -E= -i= -l= -x= -t"))
    found = [match for one in given if one.name == "-U" and one.value and (match := _MEMORY.fullmatch(one.value.text))]
    if any(one.name == "-e" for one in given):
        call.says(Level.DESTRUCTIVE, "chip_erase", "device")
    for match in found:
        if match["do"] == "r":
            call.says(Level.DESTRUCTIVE, "flash_read", "device", what=match["file"])
        else:
            at = match["at"] or "flash"
            _flashes(call, [match["file"]], _value(given, "-P") if at == "flash" else at)
    if not found:
        _unknown(call)


_VERBS: dict[tuple[str, str], str] = {
    ("st-flash", "write"): "file", ("picotool", "load"): "file", ("espflash", "flash"): "file",
    ("fastboot", "flash"): "part", ("bmaptool", "copy"): "disk", ("st-flash", "erase"): "erase",
    ("fastboot", "erase"): "erase",
}  # fmt: skip


def _verb(call: Call) -> None:
    """`st-flash write firmware.bin 0x8000000`, `fastboot flash boot boot.img`."""
    given, operands = split(call.args, options("-s= -b= -m= --port= -p= --baud= --bmap="))
    verb, *rest = [arg.text for arg in operands] or [""]
    match _VERBS.get((call.program, verb)), rest:
        case "file", [file, *_]:
            _flashes(call, [file], _value(given, "-p", "--port"))
        case "part", [part, file, *_]:
            _flashes(call, [file], part)
        case "disk", [file, disk, *_]:
            call.says(Level.DESTRUCTIVE, "overwrite_with", "device", what=disk, data=file)
        case "erase", _:
            call.says(Level.DESTRUCTIVE, "chip_erase" if call.program == "fastboot" else "flash_erase", "device")
        case _:
            _unknown(call)


def _dfu(call: Call) -> None:
    given, _ = split(
        call.args, options("-a= --alt= -d= --device= -s= --dfuse-address= -S= -t= -D= --download= -U= --upload=")
    )
    if into := _value(given, "-D", "--download"):
        _flashes(call, [into])
    elif out := _value(given, "-U", "--upload"):
        call.says(Level.DESTRUCTIVE, "flash_read", "device", what=out)
    else:
        _unknown(call)


def _flashes(call: Call, files: Sequence[str], to: str = "") -> None:
    files = list(files) or [HOLE]
    if to:
        call.says(Level.DESTRUCTIVE, "flash_to", "device", what=files, to=to)
    else:
        call.says(Level.DESTRUCTIVE, "flash", "device", what=files)


def _unknown(call: Call) -> None:
    call.says(Level.DESTRUCTIVE, "run_unknown", "unknown_program", what=[call.program, *call.texts()])


def _value(given: Sequence[Given], *names: str) -> str:
    return next((one.value.text for one in given if one.name in names and one.value), "")


TOOLS: dict[str, Handler] = {
    **each("dd", _dd),
    **each("flashrom", _flashrom),
    **each("esptool esptool.py", _esptool),
    **each("avrdude", _avrdude),
    **each("dfu-util", _dfu),
    **each("st-flash picotool espflash fastboot bmaptool", _verb),
}
