"""Clients of databases: what their statements do."""

from __future__ import annotations

import re

from aidevops_voice.languages import listed
from aidevops_voice.risk import paths
from aidevops_voice.risk.arguments import Arg, options, split
from aidevops_voice.risk.call import Call, Handler
from aidevops_voice.risk.levels import Level
from aidevops_voice.risk.paths import HOLE
from aidevops_voice.risk.tools import DESTRUCTIVE, NETWORK, READ, Tool, each, write_level

_COMMENT = re.compile(r"/\*.*?\*/|--[^\n]*|#[^\n]*", re.S)
_STRING = re.compile(r"'(?:[^']|'')*'")
_LOOKS = re.compile(
    r"(?:select|explain|show|describe|desc|with|values|table|pragma\s+\w+\s*(?:\([^)]*\))?$|begin|commit|end|use|help"
    r"|set\s+(?:search_path|names|statement_timeout))\b|pragma\s+\w+\s*(?:\(\w*\))?\s*$",
    re.I,
)
_CHANGES = re.compile(
    r"\b(?:insert|update|delete|drop|truncate|alter|create|grant|revoke|replace\s+into|merge|copy|load|call|do"
    r"|execute"
    r"|vacuum|attach"
    r"|detach|rename|lock|reindex|cluster|refresh|import|kill|shutdown|into\s+(?:outfile|dumpfile|\w+\s+from))\b"
    r"|\b(?:load_extension|writefile|readfile|edit|pg_read_file|pg_terminate_backend|pg_cancel_backend|lo_export"
    r"|lo_import|dblink\w*"
    r"|pg_sleep|setval|nextval|set_config|load_file|xp_cmdshell|sys_exec|pg_ls_dir|pg_reload_conf|pg_switch_wal"
    r"|sleep)\s*\(",
    re.I,
)
_META_LOOKS = re.compile(
    r"\\(?:[dlz]\S*|conninfo|timing|x|q|pset|a|t|echo|encoding|h|\?|du|dt|df|dn|sf|sv|c|connect)(?:\s|$)"
)
_DOT_LOOKS = re.compile(
    r"\.(?:tables|schema|indexes|indices|databases|headers?|mode|width|help|quit|exit|show|dbinfo|stats|fullschema"
    r"|print|nullvalue|separator|timer|eqp|explain|bail|changes|limit|lint|sha3sum|expert|dump)\b"
)


_FUNCTIONS = frozenset(
    listed(
        "count sum avg min max lower upper length char_length trim ltrim rtrim substr substring coalesce nullif "
        "ifnull "
        "isnull round abs ceil ceiling floor mod power sqrt "
        "concat concat_ws group_concat string_agg array_agg json_agg jsonb_agg json_object json_build_object "
        "json_extract "
        "jsonb_extract_path to_char to_date "
        "to_timestamp date datetime time strftime julianday unixepoch now current_date current_timestamp date_trunc "
        "date_part extract age year month day hour "
        "date_format from_unixtime unix_timestamp datediff interval cast convert typeof pg_typeof version "
        "sqlite_version "
        "database current_database user "
        "pg_size_pretty pg_total_relation_size pg_relation_size pg_database_size pg_table_size row_number rank "
        "dense_rank "
        "lag lead ntile first_value last_value over partition "
        "in exists values and or on using from where as not any all some by when then else select distinct filter "
        "within "
        "like between having join unnest "
        "generate_series regexp_matches regexp_replace split_part position left right replace reverse repeat md5 "
        "random "
        "table_info index_list foreign_key_list "
        "index_info x current_schema current_setting has_table_privilege obj_description array_length cardinality "
        "greatest least iif printf instr hex quote "
        "with t cte recursive limit analyze explain format verbose buffers costs integrity_check quick_check "
        "foreign_key_check table_list journal_mode"
    )
)


def statements(text: str) -> list[str]:
    """One by one, without comments."""
    bare = _COMMENT.sub(" ", text)
    return [one.strip() for one in re.split(r";|\n(?=\s*[\\.])", bare) if one.strip()]


def judged(text: str) -> tuple[Level, str]:
    """The class of a script of SQL and of what its client reads in it, and the worst statement."""
    if HOLE in text:
        return DESTRUCTIVE, text
    for one in statements(text):
        if re.match(
            r"\\!|\\(?:copy|o|w|g|i|e|ir|setenv)\b|\.(?:shell|system)\b|\\\||system\s|source\s", one
        ) or re.search(r"\bprogram\b|\\g\w*\s*\|", one, re.I):
            return DESTRUCTIVE, f"{RUNS}{one}"
        plain = _STRING.sub("''", one)
        plain = re.sub(
            r"\bfor\s+update\b|\bon\s+delete\b|\w*(?:update|delete|create|insert|call)\w*_\w+|\w+_(?:update|delete"
            r"|create|insert|call)\w*|\"[^\"]*\"|`[^`]*`",
            " x ",
            plain,
            flags=re.I,
        )
        if plain.startswith("\\"):
            if not _META_LOOKS.match(plain):
                return DESTRUCTIVE, one
        elif plain.startswith("."):
            if not _DOT_LOOKS.match(plain) or "|" in plain:
                return DESTRUCTIVE, one
        elif (
            "\\" in plain
            or not set(re.findall(r"([A-Za-z_]\w*)\s*\(", plain.lower())) <= _FUNCTIONS
            or not _LOOKS.match(plain)
            or _CHANGES.search(plain)
            or re.search(r"\binto\b", plain, re.I)
        ):
            return DESTRUCTIVE, one
    return READ, statements(text)[0] if statements(text) else text


RUNS = "\x00"
"""Before a statement that runs a program."""


def _says(call: Call, base: Level, database: str, scripts: list[str]) -> None:
    worst, told = READ, ""
    for script in scripts:
        level, one = judged(script)
        if level > worst or not told:
            worst, told = max(level, worst), one
    if told.startswith(RUNS):
        call.says(DESTRUCTIVE, "script_runs", "runs_text", what=[call.program, told[1:]])
        return
    level = max(base, worst) if worst == READ else DESTRUCTIVE
    call.says(level, "sql" if database else "sql_here", "data" if worst > READ else "", what=told.lower(), to=database)


_VALUED = frozenset({"-separator", "-nullvalue", "-newline", "-vfs", "-maxsize", "-mmap", "-storage-version"})


def _embedded(call: Call) -> None:
    """The database is a file, and its options are words with one dash or two."""
    names: list[str] = []
    scripts: list[str] = []
    filed, file, rest = False, "", call.texts()
    while rest:
        text = rest.pop(0)
        name = text.removeprefix("-") if text.startswith("--") else text
        if name in ("-cmd", "-c", "-s") and (name == "-cmd" or call.program == "duckdb"):
            scripts += rest[:1]
            rest = rest[1:]
        elif name in _VALUED or name in ("-init", "-f"):
            filed, file, rest = filed or name not in _VALUED, file or "".join(rest[:1]), rest[1:]
        elif name.startswith(("-A", "-ui", "-unsafe")):
            filed = True
        elif not name.startswith("-") or name == "-":
            names.append(text)
    if names and paths.place(names[0], call.scope.ground) in ("secret", "unknown"):
        call.reads([Arg(names[0])])
    scripts = names[1:] + scripts
    for one in scripts if call.program == "duckdb" else ():
        quoted = [
            Arg(name.strip("'\"")) for name in re.findall(r"'[^']*'|\"[^\"]*\"", one) if "/" in name or "." in name
        ]
        if outside := [arg for arg in quoted if paths.place(arg.text, call.scope.ground) != "inside"]:
            call.reads(outside)
    _says_or_feed(call, READ, names[0] if names else "", scripts, filed, file)


def _says_or_feed(call: Call, base: Level, database: str, scripts: list[str], filed: bool, file: str = "") -> None:
    if call.feed.given and not scripts:
        if call.feed.text is None:
            call.says(DESTRUCTIVE, "sql_from", "runs_text", what=call.feed.source or [HOLE], to=database)
            return
        scripts = [call.feed.text]
    if filed:
        call.says(DESTRUCTIVE, "sql_from", "runs_text", what=file or HOLE, to=database)
    elif scripts:
        _says(call, base, database, scripts)
    else:
        call.says(
            max(base, READ) if call.program not in ("sqlite3", "sqlite", "duckdb") else DESTRUCTIVE,
            "run",
            "unknown_target",
            what=[call.program, database or ""],
        )


_INTO = ("-o", "--output", "-L", "--log-file", "--tee")


def _client(spec: str, scripts: str, files: str) -> Handler:
    known = options(spec)

    def handler(call: Call) -> None:
        given, operands = split(call.args, known)
        names = [arg.text for arg in operands]
        said = [one.value.text for one in given if one.name in scripts.split() and one.value]
        filed = [one.value.text for one in given if one.name in files.split() and one.value]
        if (
            any(one.name in ("-l", "--list", "--version", "-V", "--help", "-?") for one in given)
            and not said
            and not filed
        ):
            call.says(NETWORK, "run", what=[call.program, "list databases"])
            return
        if any(
            one.name == "--pager" or (one.name in _INTO and one.value and one.value.text[:1] == "|") for one in given
        ):
            call.says(DESTRUCTIVE, "script_runs", "runs_text", what=[call.program, *call.texts()])
        if any(one.name in _INTO and one.value for one in given):
            level, why = write_level(call, [one.value for one in given if one.name in _INTO and one.value], NETWORK, "")
            call.says(
                level,
                "overwrite",
                why,
                what=[one.value.text for one in given if one.value and one.name in ("-o", "--output")],
            )
        database = next(
            (one.value.text for one in given if one.name in ("-d", "--dbname", "-D", "--database") and one.value),
            names[0] if names else "",
        )
        if not said and not filed and not call.feed.given:
            call.says(DESTRUCTIVE, "run", "unknown_target", what=[call.program, *names])
            return
        _says_or_feed(call, NETWORK, database, said, bool(filed), filed[0] if filed else "")

    return handler


_REDIS_LOOKS = frozenset(
    listed(
        "get mget keys scan ttl pttl type exists strlen llen lrange scard smembers hget hgetall hkeys hlen zrange "
        "zcard "
        "info ping dbsize "
        "time lindex sismember hexists zscore xlen xrange object randomkey echo getrange hmget hvals zcount lastsave"
    )
)


def _redis(call: Call) -> None:
    given, operands = split(
        call.args,
        options("-h= -p= -n= -a= -u= --user= --pass= -i= -r= -d= --pipe! --eval! --rdb> --cluster!"),
    )
    texts = [arg.text for arg in operands]
    verb = texts[0].lower() if texts else ""
    looks = verb in _REDIS_LOOKS and not call.args[-1].loose
    bad = any(one.option and "!" in one.option.kind for one in given) or (call.feed.given and not texts)
    told = [re.sub(r"^(flush)(all|db)$", r"\1 \2", text.lower()) if at == 0 else text for at, text in enumerate(texts)]
    call.says(NETWORK if looks and not bad else DESTRUCTIVE, "run", "" if looks else "data", what=["redis", *told])


_MONGO_CHANGES = re.compile(
    r"\b(?:drop\w*|delete\w*|remove\w*|insert\w*|update\w*|replace\w*|save|rename\w*|create\w*|bulkWrite"
    r"|findAndModify"
    r"|findOneAnd\w+|shutdown\w*|"
    r"runCommand|adminCommand|eval|load|run|fsync\w*|compact|kill\w*|grant\w*|revoke\w*|set\w*|mapReduce|require"
    r"|process|forEach|stepDown|initiate|reconfig|add|freeze|out|merge)\b|=>|\bfunction\b"
)


def _mongo(call: Call) -> None:
    given, operands = split(
        call.args,
        options("--eval= -f< --file< --host= --port= -u= -p= --username= --password= --authenticationDatabase="),
    )
    said = [one.value.text for one in given if one.name == "--eval" and one.value]
    files = [arg.text for arg in operands if arg.text.endswith(".js")]
    database = operands[0].text if operands else ""
    plain = (
        said
        and not files
        and not any(_MONGO_CHANGES.search(text) or HOLE in text for text in said)
        and re.match(r"(?:print\w*\()?\s*(?:db|show|rs\.(?:status|conf))\b", said[0])
    )
    known = any(one.name in ("--version", "--help") for one in given)
    words = [re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text) for text in said] or files or [HOLE]
    call.says(
        READ if known else NETWORK if plain else DESTRUCTIVE, "sql", "" if plain else "data", what=words, to=database
    )


_PSQL = (
    "-c= --command= -f= --file= -d= --dbname= -h= --host= -p= --port= -U= --username= -o= --output= -v= --set= "
    "-P= -F= -R= -L= --log-file= --variable= -T="
)
_MYSQL = (
    "-e= --execute= -u= --user= -h= --host= -P= --port= -D= --database= --init-command= -S= --defaults-file= -o= "
    "--tee= --pager="
)

TOOLS: dict[str, Handler] = {
    **each("sqlite3 sqlite duckdb", _embedded),
    **each("psql pgcli", _client(_PSQL, "-c --command", "-f --file")),
    **each("mysql mariadb mycli", _client(_MYSQL, "-e --execute --init-command", "")),
    **each("cockroach clickhouse-client snowsql bq sqlcmd osql influx cqlsh", Tool(DESTRUCTIVE, why="data")),
    **each("dropdb dropuser", Tool(DESTRUCTIVE, key="delete", why="data", options="-h= -U= -p= --host= --username=")),
    **each(
        "createdb createuser initdb pg_restore mongorestore mysqladmin pg_ctl reindexdb vacuumdb mongoimport "
        "pgbench mysqlimport",
        Tool(DESTRUCTIVE, why="data", options="-h= -U= -d= -p="),
    ),
    **each(
        "pg_dump pg_dumpall mysqldump mongodump mongoexport",
        Tool(NETWORK, options="-h= -U= -p= -f> --file> -d= -t= -o> --out> -n= --host= --result-file>"),
    ),
    **each("pg_isready", Tool(NETWORK)),
    **each("redis-cli valkey-cli", _redis),
    **each("mongosh mongo", _mongo),
}
