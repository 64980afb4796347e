# run · test · lint · bench · audit · scan · check. Needs Python 3.11+ and nothing else; each target sets itself up.
PORT ?= 8000
PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
STAMP := $(VENV)/.installed
DEV_STAMP := $(VENV)/.installed-dev

WAPITI := var/scan/.wapiti3-3.2.3

.PHONY: bad-days everybody run test lint bench audit scan check messages

run: $(STAMP) messages
	@$(PY) -m deploy.run --port $(PORT)

test: $(DEV_STAMP) messages
	@sh tests/run.sh

lint: $(DEV_STAMP)
	$(VENV)/bin/ruff check .
	$(VENV)/bin/ruff format --check .

# Kills, floods, clocks: those of `make test` and the ones that take minutes.
bad-days: $(DEV_STAMP) messages
	@$(PY) -m pytest tests/baddays -m "long or not long"

# Every address as each of all roles, beyond those `make test` asks as.
everybody: $(DEV_STAMP) messages
	@$(PY) -m pytest --reuse-db -n $${TEST_PROCESSES:-2} tests/house -m long

check: lint messages
	$(PY) manage.py makemigrations --check --dry-run
	sh deploy/check.sh

bench: $(DEV_STAMP) messages
	@$(PY) -m bench

audit: $(DEV_STAMP) messages
	@$(PY) -m audit

# wapiti wants other versions of what the portal uses, so it has an environment of its own.
scan: $(DEV_STAMP) $(WAPITI) messages
	@$(PY) -m audit.scan

# Babel compiles the catalogue, so no gettext is needed on the machine.
messages: $(STAMP)
	@$(PY) -m deploy.messages

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(STAMP): requirements.txt constraints.txt | $(VENV)/bin/python
	$(PY) -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(DEV_STAMP): requirements.txt constraints.txt requirements-dev.txt | $(VENV)/bin/python
	$(PY) -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $(STAMP) $@

$(WAPITI):
	$(PYTHON) -m venv --clear var/scan
	var/scan/bin/python -m pip install --quiet --disable-pip-version-check wapiti3==3.2.3
	@touch $@
