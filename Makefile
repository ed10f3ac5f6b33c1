# make start [PROJECT=dir] [PROFILE=name] [AGENT=name] [ARGS='…']   set up what is missing, then start the daemon
# make stop · make client · make check · make test · make bench · make recognition · make speakbench · make fuzz · make echo
PROJECT ?= $(CURDIR)
PROFILE ?=
AGENT ?=
ARGS ?=
PYTHON ?= python3

VENV := .venv
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
INSTALLED_DEV := $(VENV)/.installed-dev
PAGE := daemon/aidevops_voice/static/index.html
PAGE_SOURCES := $(shell find client/src -type f 2>/dev/null) $(wildcard client/*.html client/*.ts client/tsconfig*.json)
OPENCODE_VERSION := 1.18.33

# The user's own opencode comes first.
export PATH := $(PATH):$(CURDIR)/.tools/node_modules/.bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: start stop client install agent chromium check test bench recognition speakbench fuzz echo
.DELETE_ON_ERROR:

start: $(INSTALLED) $(PAGE) agent
	@$(BIN)/aidevops-voice start --project "$(PROJECT)" $(if $(PROFILE),--profile "$(PROFILE)") $(if $(AGENT),--agent "$(AGENT)") $(ARGS)

stop:
	@if [ -x $(BIN)/aidevops-voice ]; then $(BIN)/aidevops-voice stop; else echo "Nothing is installed here."; fi

install: $(INSTALLED)

client: $(PAGE)

$(INSTALLED): requirements.lock pyproject.toml
	@.ci/need python $(PYTHON)
	@echo "Installing Python packages into $(VENV) (900 MB on disk, a minute or some the first time) …"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

$(INSTALLED_DEV): requirements-dev.lock requirements.lock pyproject.toml
	@.ci/need python $(PYTHON)
	@echo "Installing Python packages and tools into $(VENV) (some minutes the first time) …"
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --require-hashes -r requirements-dev.lock
	@$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	@touch $(INSTALLED) $@

client/node_modules/.package-lock.json: client/package-lock.json client/package.json
	@.ci/need node
	@echo "Installing the page's packages …"
	@cd client && npm ci --no-audit --no-fund
	@touch $@

$(PAGE): client/node_modules/.package-lock.json $(PAGE_SOURCES)
	@.ci/need node
	@echo "Building the page …"
	@cd client && npm run --silent build
	@touch $@

# Only when it is asked for by name: `auto` takes what is there.
agent:
ifeq ($(AGENT),opencode)
	@.ci/opencode $(OPENCODE_VERSION)
endif

chromium: $(INSTALLED_DEV)
	@.ci/chromium $(BIN)/playwright

check: $(INSTALLED_DEV) client/node_modules/.package-lock.json
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	cd client && npm run --silent check
	$(BIN)/pytest -n auto tests/unit tests/speakbench tests/consent tests/risk

test: $(INSTALLED_DEV) $(PAGE) chromium
	@.ci/opencode $(OPENCODE_VERSION)
	$(MAKE) check
	$(BIN)/pytest -n auto tests/wire tests/echo
	$(BIN)/pytest -n 2 --dist loadfile tests/e2e

# Not part of `make test`: how well the embedded recogniser understands the committed recordings.
recognition: $(INSTALLED_DEV)
	@$(BIN)/python tests/recognition.py

bench: $(INSTALLED_DEV)
	$(BIN)/python tests/bench/growth.py
	$(BIN)/python tests/bench/run.py

# How well an agent's answers become speech, beside a plain text filter; fails when ours is below a gate.
speakbench: $(INSTALLED_DEV)
	@$(BIN)/python tests/speakbench/score.py --system ours --system baseline $(ARGS)

# make fuzz [CASES=100000] [ARGS='--seed 42']   odd texts and turns, some minutes
CASES ?= 100000
fuzz: $(INSTALLED_DEV)
	@$(BIN)/python tests/fuzz.py --cases $(CASES) $(ARGS)
	FUZZ=$(CASES) $(BIN)/pytest -q -n auto tests/consent -k fuzz

# make echo [LOOPS=1000]   the voice's own sound in the microphone while it reads requests, half an hour on two cores
LOOPS ?= 1000
echo: $(INSTALLED_DEV)
	@$(BIN)/python tests/echo/score.py --loops $(LOOPS) $(ARGS)
