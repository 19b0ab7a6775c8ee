# heinsberg.portal: everything from two commands, `make run` and `make test`.
# `make help` lists the rest. Needs Python 3.11 or newer and GNU make 4.3.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory --no-builtin-rules

# The installer; the packages themselves are pinned in constraints.txt.
UV_VERSION := 0.13.9

VENV := .venv
PYTHON := $(VENV)/bin/python
PACKAGE := src/heinsberg.portal
VENV_READY := $(VENV)/.ready
RUNTIME_READY := $(VENV)/.runtime-ready
TESTS_READY := $(VENV)/.tests-ready
NPM_READY := tests/npm/node_modules/.ready
RENDERED := parts/.rendered

# make run PORT=8081 · make run KREIS=kreis-example · make test ARGS="-k health" · make bench ONLY=page
PORT ?=
KREIS ?=
ARGS ?=
ONLY ?=

# Absolute paths are written into .venv, bin and parts: a moved or copied folder is made anew.
ifneq ($(shell cat $(VENV_READY) 2>/dev/null),$(CURDIR) $(UV_VERSION))
.PHONY: $(VENV_READY)
endif

.PHONY: help install run test test-setup bench lock lint format i18n clean

help: ## Show this list
	@printf 'heinsberg.portal\n\n'
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-11s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))
	@printf '\n  The operator'"'"'s command line: bin/portal --help (after make install)\n'

install: $(RENDERED) ## Install the locked packages and render bin/ and parts/

run: $(RENDERED) ## Install, create and fill the portal on the first start, serve it (PORT=8080)
	@exec env $(if $(PORT),HEINSBERG_PORT=$(PORT)) $(if $(KREIS),HEINSBERG_KREIS=$(KREIS)) bin/portal run

test: test-setup ## Set up everything that tests need and run them (ARGS="-k health")
	@exec $(PYTHON) -m pytest tests $(ARGS)

test-setup: $(RENDERED) $(TESTS_READY)
	@scripts/test-parts.sh
	@$(MAKE) $(NPM_READY)

bench: test-setup ## Measure; prints the benchmark and writes var/bench.json (ONLY=page)
	@exec $(PYTHON) tests/bench/run.py $(if $(ONLY),--only $(ONLY))

lock: $(VENV_READY) ## Resolve the newest allowed versions into constraints.txt
	@scripts/install.sh lock
	@echo 'Written: constraints.txt. See the change with git diff, then run make test.'

lint: $(TESTS_READY) ## Check style and import rules
	@$(PYTHON) -m ruff check src tests scripts
	@$(PYTHON) -m ruff format --check src tests scripts
	@if [ -f .importlinter ]; then $(VENV)/bin/lint-imports; fi

format: $(TESTS_READY) ## Bring the Python files into shape
	@$(PYTHON) -m ruff check --fix --quiet src tests scripts || true
	@$(PYTHON) -m ruff format src tests scripts

i18n: ## Collect all texts into locales/ and say what is not translated
	@python3 scripts/i18n.py

clean: ## Remove what install made; var/ with your data stays
	@rm -rf $(VENV) bin parts .installed.cfg tests/npm/node_modules .pytest_cache .ruff_cache .hypothesis
	@find src tests scripts -name __pycache__ -type d -prune -exec rm -rf {} +
	@echo 'Removed. The data in var/ is untouched.'

$(VENV_READY):
	@scripts/install.sh environment $(UV_VERSION)

$(RUNTIME_READY): $(VENV_READY) requirements.txt constraints.txt $(PACKAGE)/pyproject.toml
	@scripts/install.sh packages requirements.txt
	@touch $@

$(TESTS_READY): $(RUNTIME_READY) requirements-test.txt
	@scripts/install.sh packages requirements-test.txt
	@touch $@

$(RENDERED) bin/portal &: $(RUNTIME_READY) buildout.cfg instance/wsgi.ini.in
	@scripts/install.sh render
	@touch $(RENDERED) bin/portal

$(NPM_READY): tests/npm/package.json tests/npm/package-lock.json
	@scripts/install.sh npm
	@touch $@
