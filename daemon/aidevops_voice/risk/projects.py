"""Builders, tests and checks of a project, and its own scripts by their names."""

from __future__ import annotations

import re

from aidevops_voice.languages import listed
from aidevops_voice.risk import paths
from aidevops_voice.risk.arguments import Arg, Given, options, split
from aidevops_voice.risk.call import Call, Handler
from aidevops_voice.risk.levels import Level
from aidevops_voice.risk.paths import HOLE
from aidevops_voice.risk.tools import DESTRUCTIVE, NETWORK, READ, WRITE, Tool, each

_ORDINARY = frozenset(
    listed(
        "test tests build lint format fmt check typecheck type types tsc start serve dev watch compile coverage cov "
        "unit "
        "integration e2e "
        "spec specs docs doc ci verify validate storybook bundle generate gen codegen style pretty prettier eslint "
        "stylelint all default run "
        "bench benchmark debug example examples preview typings prepare pretest posttest prebuild postbuild quick "
        "fast "
        "smoke mypy ruff pytest "
        "jest vitest cypress playwright tdd i18n css web server client api backend frontend app lib core help list "
        "version info show "
        "print status proto protos assets html pdf schema types check-types test-unit doctest render analyze analyse "
        "stats size audit report "
        "fix lint-fix format package tree assemble"
    )
)
_SCARY = re.compile(
    r"deploy|publish|release|ship|clean|reset|drop|destroy|delete|remove|rm|purge|wipe|nuke|migrate|migration"
    r"|rollback"
    r"|seed|prod|production|"
    r"push|upload|install|uninstall|eject|stop|kill|down|prune|sync|restore|import|login|truncate|flush|apply|promote"
    r"|staging|live|distclean|mrproper"
)


def script_level(name: str) -> Level:
    """Of a script of the project, by its name: an ordinary one builds or tests."""
    parts = [part for part in re.split(r"[:_./\s-]+", name.lower()) if part]
    if any(_SCARY.fullmatch(part) for part in parts) or HOLE in name:
        return DESTRUCTIVE
    return WRITE if any(part in _ORDINARY for part in parts) else DESTRUCTIVE


def scripted(call: Call, said: list[str], names: list[str]) -> None:
    """A script of the project by its name."""
    level = max(map(script_level, names), default=WRITE)
    ground = call.scope.ground
    if ground.cwd is None or not paths.within(ground.cwd, ground.project):
        level = DESTRUCTIVE
    call.says(level, "run", "script_name" if level == DESTRUCTIVE else "", what=[*said, *names])


_MAKE = options(
    "-f=file --file=file --makefile=file -C=in --directory=in -j= --jobs= -I= --include-dir= -o= -W= --eval!run "
    "-E!run -l= --old-file= --what-if= --debug= -O="
)


def _make(call: Call) -> None:
    given, operands = split(
        [Arg("-j") if re.fullmatch(r"-j\d*", arg.text) else arg for arg in call.args],
        {key: value for key, value in _MAKE.items() if key not in ("-j", "--jobs")},
    )
    goals = [arg.text for arg in operands if not re.match(r"\w+[:?+]?=", arg.text) and not arg.text.isdecimal()]
    sets = [arg.text for arg in operands if re.match(r"\w+[:?+]?=", arg.text)]
    if any(one.option and "!" in one.option.kind for one in given):
        call.says(
            DESTRUCTIVE,
            "script_runs",
            "runs_text",
            what=[call.program, *(one.value.text for one in given if one.value)],
        )
        return
    if any(one.name in ("--version", "--help", "-v") for one in given) and not goals:
        call.says(READ, "run", what=[call.program, "version"])
        return
    dry = any(one.name in ("-n", "--dry-run", "--just-print", "-q") for one in given)
    level = WRITE if dry else max(map(script_level, goals), default=WRITE)
    for one in given:
        if one.option and one.option.word in ("file", "in") and one.value:
            inside = paths.place(one.value.text, call.scope.ground) == "inside"
            level = level if inside else DESTRUCTIVE
            goals.append(one.value.text)
    if any(
        not re.fullmatch(r"\w+[:?+]?=[\w./:,@+-]*", text)
        or re.match(r"(?:SHELL|CC|CXX|MAKE\w*|RM|INSTALL|CP|MV|PREFIX|DESTDIR|PATH)=(?!gcc$|clang$|cc$)", text)
        for text in sets
    ):
        level = DESTRUCTIVE
    ground = call.scope.ground
    if ground.cwd is None or not paths.within(ground.cwd, ground.project):
        level = DESTRUCTIVE
    call.says(level, "run", "script_name" if level == DESTRUCTIVE else "", what=[call.program, *goals, *sets])


def _tasks(takes: str) -> Handler:
    """Runners that are given names of tasks."""

    def handler(call: Call) -> None:
        given, operands = split(call.args, options(takes))
        names = [arg.text for arg in operands if "=" not in arg.text]
        if any(
            one.name
            in (
                "-l",
                "--list",
                "--version",
                "--help",
                "-T",
                "--tasks",
                "--summary",
                "--dry-run",
                "--dump",
                "--show",
                "-V",
                "--evaluate",
                "-version",
            )
            for one in given
        ):
            call.says(READ, "run", what=[call.program, "list"])
        elif any(one.option and one.option.word == "foreign" for one in given):
            call.says(DESTRUCTIVE, "run", "script_name", what=[call.program, *names])
        else:
            scripted(
                call, [call.program], [name for name in names if not re.search(r"^\.|/|\.\w+$", name)][:6] or names[:1]
            )

    return handler


def _rails(call: Call) -> None:
    texts = call.texts()
    verb = texts[0] if texts else ""
    level = (
        READ
        if verb
        in ("routes", "about", "stats", "notes", "version", "--version", "db:version", "db:migrate:status", "-T")
        else WRITE
        if verb in ("test", "spec", "generate", "g", "server", "s", "assets:precompile", "new")
        or verb.startswith("test:")
        else DESTRUCTIVE
    )
    call.says(
        level,
        "run",
        "data" if level == DESTRUCTIVE else "",
        what=[call.program, *(text.replace(":", " ").lstrip("-") for text in texts)],
    )


def _data_tool(looks: str, writes: str) -> Handler:
    def handler(call: Call) -> None:
        texts = [text for text in call.texts() if not text.startswith("-")]
        two = " ".join(texts[:2])
        level = (
            READ
            if two in looks.split(",") or (texts[:1] and texts[0] in looks.split(","))
            else WRITE
            if two in writes.split(",") or (texts[:1] and texts[0] in writes.split(","))
            else DESTRUCTIVE
        )
        call.says(level, "run", "data" if level == DESTRUCTIVE else "", what=[call.program, *texts])

    return handler


_TOOL_SPEC = (
    "--config= -c= -p= --project= -k= -m= -n= -o> --output> -x= --maxfail= --cov= -w= --workers= -j= -f= "
    "--format= --select= --ignore= --rootdir= --tb= -r= -e="
)
PROJECT = frozenset(
    listed(
        "pytest py.test ruff mypy tsc eslint prettier black isort flake8 pylint pyright jest vitest mocha ava karma "
        "tox "
        "nox coverage rspec "
        "rubocop standardrb stylelint biome oxlint rome webpack vite rollup esbuild parcel tsup swc babel turbo nx "
        "lerna "
        "next nuxt astro gatsby remix "
        "svelte-check vue-tsc ng playwright cypress storybook sass postcss tailwindcss typedoc jsdoc sphinx-build "
        "mkdocs "
        "hugo jekyll eleventy phpunit phpstan "
        "psalm pint ctest cmake-format clang-format clang-tidy golangci-lint gofmt goimports gofumpt staticcheck "
        "rustfmt "
        "ktlint detekt checkstyle shfmt "
        "buf protoc ocamlformat stylua luacheck credo nyc c8 tap lint-staged commitlint markdownlint-cli2 textlint "
        "cspell "
        "knip depcheck madge size-limit "
        "publint attw api-extractor pre-commit autopep8 yapf bandit vulture pydocstyle pycodestyle djlint sqlfluff "
        "interrogate pyflakes ruff-format uvicorn "
        "gunicorn flask nodemon concurrently tsd wdio testcafe nightwatch ninja gcc g++ "
        "cc "
        "c++ "
        "clang clang++ rustc javac ld ar nm "
        "objdump readelf ldd size go-bindata mockgen templ sqlc swag wire air reflex pdflatex "
        "latexmk "
        "xelatex pandoc typst dot mmdc "
        "optipng pngquant identify ffprobe svgo http-server serve"
    )
)
_FORMATTERS = {
    "black": "--check|--diff",
    "isort": "--check|--check-only|--diff|-c",
    "gofmt": "-l|-d",
    "goimports": "-l|-d",
    "rustfmt": "--check",
    "clang-format": "--dry-run|-n",
    "shfmt": "-d|-l",
    "gofumpt": "-l|-d",
    "stylua": "--check",
    "autopep8": "--diff",
    "yapf": "--diff|-d|-q",
}
_LOOKERS = frozenset(listed("identify ffprobe ldd readelf objdump nm size"))


_HANDED = re.compile(
    r"--?(?:exec|run-cmd|on-success|onSuccess|plugin-dir|pre-exec|post-exec|install|global|init-command)(?:=|$)"
)
"""Options by which they run something else."""
_VALUE = re.compile(r"--?[\w-]+=([/~.]\S*)")
_FETCHERS = {"playwright": NETWORK, "cypress": NETWORK, "pre-commit": NETWORK}
_DISPATCHERS = frozenset({"turbo", "nx", "lerna", "concurrently"})


def _project(call: Call) -> None:
    """Tests, checks and builds of the project: they run its code, and write in it."""
    writes = call.program in _FORMATTERS
    given, operands = split(call.args, options(_TOOL_SPEC.replace("-w= ", "") if writes else _TOOL_SPEC))
    texts = [arg.text for arg in operands]
    said = [one.name for one in given if re.match(r"--(?:fix|write|check|watch|version|noEmit)", one.name)]
    level = _own(call, given, texts)
    call.does(level, "", [call.program], given, operands, *(name.lstrip("-") for name in said))


def _own(call: Call, given: list[Given], texts: list[str]) -> Level:
    """By what it is told to do, then by where it is told to do it."""
    first = texts[:1]
    asks = not texts and any(one.name in ("--version", "--help", "-V") for one in given)
    if any(_HANDED.match(text) for text in call.texts()):
        return DESTRUCTIVE
    if call.program in _FETCHERS and first in (["install"], ["autoupdate"]):
        return NETWORK
    if call.program in _DISPATCHERS | _FETCHERS.keys() and first in (
        ["publish"],
        ["reset"],
        ["migrate"],
        ["uninstall"],
    ):
        return DESTRUCTIVE
    if call.program in _LOOKERS or asks or _formats(call, first):
        return READ
    level = WRITE
    if call.program in _DISPATCHERS and texts:
        names = texts[1:2] if texts[0] in ("run", "affected", "run-many") else first
        level = max(map(script_level, names), default=WRITE)
    return max([level, *(_where(call, text) for text in _named(call, given, texts))])


def _formats(call: Call, first: list[str]) -> bool:
    """A formatter that only tells."""
    if call.program == "ruff":
        return first == ["format"] and "--check" in call.texts()
    plain = _FORMATTERS.get(call.program)
    return plain is not None and any(re.fullmatch(plain, text) for text in call.texts())


def _named(call: Call, given: list[Given], texts: list[str]) -> list[str]:
    """What looks like a file, among operands and values."""
    found = [text for text in texts if "/" in text and not re.match(r"\w+://|@", text)]
    found += [one.value.text for one in given if one.option and ">" in one.option.kind and one.value]
    return found + [match[1] for text in call.texts() if (match := _VALUE.fullmatch(text))]


def _where(call: Call, text: str) -> Level:
    at = paths.place(text, call.scope.ground, writing=True)
    return READ if at == "secret" else paths.WRITING[at]


TOOLS: dict[str, Handler] = {
    **each("make gmake", _make),
    **each(
        "just task rake invoke doit mage pake grunt gulp",
        _tasks(
            "-f=foreign --justfile=foreign -d=foreign "
            "--working-directory=foreign -t=foreign "
            "--taskfile=foreign -C=foreign -c=foreign "
            "--command!foreign"
        ),
    ),
    **each(
        "swift gradle gradlew mvn mvnw sbt ant mix lein rebar3 stack cabal dune zig bazel meson swiftpm "
        "xcodebuild "
        "pod fastlane flutter dart ./gradlew",
        _tasks("-f=foreign -I=foreign --init-script=foreign -p=foreign -x= -D= -P= -pl= --tests="),
    ),
    **each(
        "cmake", Tool(WRITE, options="-P!run -B> -S= -D= -G= -E!run --install! --build=build --target= -j= --preset=")
    ),
    **each("rails", _rails),
    **each("prisma", _data_tool("validate,version,migrate status,migrate diff", "generate,format,init")),
    **each("alembic", _data_tool("history,current,heads,show,branches,check", "revision,merge,init")),
    **each(
        "flyway liquibase knex sequelize typeorm drizzle-kit dbmate goose atlas artisan sequelize-cli migrate",
        _data_tool("info,status,validate,version,history,check,migrate:list,current", "generate,new"),
    ),
    **each("celery rq dramatiq locust newman k6 ab wrk hey", Tool(NETWORK)),
    **each(
        "ffmpeg convert magick mogrify",
        Tool(WRITE, use="copy", key="copy", options="-i< -f= -c= -t= -ss= -vf= -resize= -quality="),
    ),
    **each(" ".join(sorted(PROJECT)), _project),
    **each("java", Tool(DESTRUCTIVE, why="unknown_program", options="-version? --version?")),
}
