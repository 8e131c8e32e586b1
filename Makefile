# Everything a person does here, by name. Needs python3.11 or newer and make, nothing else.
.DEFAULT_GOAL := help
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:

VENV := .venv
BIN := $(VENV)/bin
#: The interpreter for the environment; the first of these that is new enough, unless named.
PYTHON ?=
PYTHONS := $(PYTHON) python3.11 python3.12 python3.13 python3.14 python3 python
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.PHONY: help
help: ## Say what each target does
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

$(BIN)/python:
	@for python in $(PYTHONS); do \
	  if "$$python" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' \
	      >/dev/null 2>&1; then \
	    echo "Making $(VENV) with $$("$$python" --version)"; \
	    exec "$$python" -m venv $(VENV); \
	  fi; \
	done; \
	echo "Python 3.11 or newer with venv is needed (on Debian: apt install python3.11-venv)." >&2; \
	exit 1

# A stamp says which lock was installed; a newer lock installs again, otherwise nothing happens.
$(VENV)/.runtime: requirements/runtime.txt | $(BIN)/python
	@echo "Installing what the service needs (once; a few minutes on a slow line)"
	$(PIP) install -r requirements/runtime.txt
	@touch $@

$(VENV)/.dev: requirements/dev.txt | $(BIN)/python
	@echo "Installing what the tests and checks need too (once; a few minutes on a slow line)"
	$(PIP) install -r requirements/dev.txt
	@touch $@ $(VENV)/.runtime

$(VENV)/.project: setup.cfg pyproject.toml | $(BIN)/python
	$(PIP) install --no-deps --editable .
	@touch $@

.PHONY: setup
setup: $(VENV)/.dev $(VENV)/.project ## Make the environment with everything that tests and checks need

.PHONY: run
run: $(VENV)/.runtime $(VENV)/.project ## Start the service with the demo on an embedded database (in var/)
	@exec $(BIN)/questionnaire run --demo

.PHONY: test
test: setup ## Run the whole suite on SQLite, then on PostgreSQL
	$(BIN)/pytest -n 2
	$(BIN)/pytest -n 2 --database postgresql

.PHONY: check
check: setup ## Lint, format, types, import contracts and the question bank
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/questionnaire bank check

.PHONY: bench
bench: setup ## Measure the pages and the judging, as ratios in one run
	$(BIN)/python -m bench

.PHONY: catalogues
catalogues: setup ## Take new sentences into the catalogues of the other languages
	$(BIN)/python -m tests.catalogues

.PHONY: wheel
wheel: setup ## Build the wheel into dist/
	rm -rf build dist
	$(BIN)/python -m build --wheel

$(BIN)/uv: | $(BIN)/python
	$(PIP) install uv

LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --no-emit-index-url \
  --custom-compile-command "make lock"

.PHONY: lock
lock: | $(BIN)/uv ## Work out the locked versions again from setup.cfg (make lock UPGRADE=--upgrade)
	$(LOCK) $(UPGRADE) setup.cfg --extra dev --extra postgres -o requirements/dev.txt
	$(LOCK) setup.cfg -c requirements/dev.txt -o requirements/runtime.txt
	$(LOCK) setup.cfg --extra postgres -c requirements/dev.txt -o requirements/postgres.txt

.PHONY: clean
clean: ## Remove what was built or cached; the environment and var/ stay
	rm -rf build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -not -path './$(VENV)/*' -prune -exec rm -rf {} +
