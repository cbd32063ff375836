# Every verb of this project. `make` alone lists them.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
export SPOTTER_DATA_DIR ?= instance
DEBIAN := chromium chromium-driver firefox-esr postgresql fonts-noto-core fonts-noto-cjk xvfb xdotool strace openssl nodejs npm radosgw dovecot-imapd iproute2 python3-venv

# The fault tests that run on PostgreSQL, too.
ON_POSTGRESQL := $(wildcard tests/faults/test_*races*.py) tests/faults/test_simultaneous.py tests/faults/test_delivery.py \
  tests/faults/test_webhooks.py tests/faults/test_database_killed.py tests/faults/test_database_away.py tests/faults/test_database_silent.py \
  tests/faults/test_worker_death.py tests/faults/test_reminders.py tests/faults/test_digest.py tests/faults/test_machines.py

help: ## list the verbs
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 18

.venv/run: requirements.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "Installing what Cyber Spotter needs (once, about half a minute) …"
	@$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

.venv/dev: requirements.txt requirements-scale.txt requirements-dev.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch .venv/run $@

node_modules/.package-lock.json: package.json package-lock.json
	@npm ci --silent
	@touch $@

run: .venv/run ## install, migrate, load the demonstration, serve on http://127.0.0.1:8000
	@SPOTTER_DEMO=$${SPOTTER_DEMO-1} $(BIN)/flask --app server db upgrade 2>&1 | grep -vE '^($$|Context impl|Will assume)' || true
	@if [ "$${SPOTTER_DEMO-1}" = 1 ]; then SPOTTER_DEMO=1 $(BIN)/flask --app server demo load; fi
	@SPOTTER_DEMO=$${SPOTTER_DEMO-1} exec $(BIN)/python -m server

tools: debian .venv/dev node_modules/.package-lock.json ## what the tests need: Debian packages, Python's and Node's

debian: # first: what follows needs Node and a Python that makes environments
	@if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  missing=""; for one in $(DEBIAN); do case $$one in nodejs|npm) command -v $${one/nodejs/node} >/dev/null && continue;; \
	    postgresql) ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 && continue;; \
	    python3-venv) $(PYTHON) -c 'import ensurepip' 2>/dev/null && continue;; \
	    openssl|strace|chromium|firefox-esr|radosgw) command -v $$one >/dev/null && continue;; chromium-driver) command -v chromedriver >/dev/null && continue;; \
	    *) dpkg -s $$one >/dev/null 2>&1 && continue;; esac; missing="$$missing $$one"; done; \
	  if [ -n "$$missing" ]; then echo "Installing$$missing"; apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing >/dev/null; fi; fi

test: tools ## the tests of every rule, page and endpoint, on SQLite, and the extension's: about 25 minutes on two cores
	node --test tests/extension/*.test.mjs
	$(BIN)/flask --app server training check
	$(BIN)/pytest -n 2 --reruns 1 -rR $(NOT_SAMPLE) tests/unit tests/api

test-faults: tools ## the short form of the fault tests, on SQLite
	$(BIN)/pytest -n 2 --dist loadgroup --reruns 1 -rR $(NOT_SAMPLE) tests/faults

test-postgresql: tools ## pages, endpoints, races and migrations on PostgreSQL
	$(BIN)/pytest -n 2 --reruns 1 -rR --postgresql $(SAMPLE) tests/api $(ON_POSTGRESQL) tests/unit/test_migrations.py

test-browsers: tools ## pages and the extension in Chromium and Firefox
	$(BIN)/pytest -n 2 --dist loadfile --reruns 1 -rR $(NOT_SAMPLE) tests/browser

quick: tools ## the unit and API tests of what changed since main
	$(BIN)/python -m tests.quick

faults: tools ## the long form of the fault tests, on both databases; a table at the end
	SPOTTER_FAULT_ROUNDS=50 $(BIN)/pytest --reruns 1 -rA --durations=0 tests/faults tests/api/test_walk.py
	SPOTTER_FAULT_ROUNDS=50 $(BIN)/pytest --postgresql --reruns 1 -rA --durations=0 $(ON_POSTGRESQL)

mutants: tools ## change each rule of the field in small ways; the unit tests must notice 95 of 100 (about an hour)
	$(BIN)/python -m tests.mutants

check: SAMPLE := --sample=in
check: NOT_SAMPLE := --sample=out
check: tools lint test test-faults test-postgresql test-browsers ## what CI runs: every test but two thirds of the mutations; a sixth of the API tests on PostgreSQL, the others on SQLite

lint: .venv/dev node_modules/.package-lock.json ## format, style and types; the rules of JavaScript are in eslint.config.js
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	npm run --silent lint

format: .venv/dev ## bring the code into the one format
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

messages: .venv/dev ## bring the catalogues of translations up to date with the sentences marked in the code
	@$(BIN)/python -m server.core.messages

extension: .venv/run ## pack the extension: build/cyber-spotter.zip, the same bytes every time, and its SHA-256; SERVER=https://… puts an organisation's server into it
	@$(BIN)/python -m server.core.packing build/cyber-spotter.zip $(SERVER)

bench: tools ## the benchmarks beside their peers; the tables go to docs/benchmarks
	$(BIN)/python -m benchmarks

clean: ## remove what was installed and built; data in instance/ stays
	rm -rf .venv node_modules build

.PHONY: help run tools debian test test-faults test-postgresql test-browsers quick faults mutants check lint format extension bench clean messages
