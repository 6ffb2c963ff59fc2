# `make` lists the commands. Everything runs in .venv, which is made on first use from hashed, locked requirements.
VENV := .venv
SUPPORTED := import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do $$p -c '$(SUPPORTED)' 2>/dev/null && { echo $$p; break; }; done)
# An environment made by another Python is made anew when one is asked for by name: make test PYTHON=python3.12
ifneq ($(origin PYTHON),file)
ifneq ($(shell $(PYTHON) -c 'import sys; print(sys.version_info[:2])'),$(shell $(VENV)/bin/python -c 'import sys; print(sys.version_info[:2])' 2>/dev/null))
REMADE := $(shell rm -rf $(VENV))
endif
endif
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
RUN_LOCK := requirements/run.txt
TEST_LOCK := requirements/test.txt
PEERS_LOCK := requirements/peers.txt
PEERS := .venv-peers
COMPILE := $(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --quiet \
	--custom-compile-command "make lock"
PATHS := settings models claims scrapers notifications jobs dashboard cli tests benchmarks

.DEFAULT_GOAL := help
.PHONY: help install run test check format lock peers clean

help: ## List the commands
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-8s %s\n", $$1, $$2}'

install: $(VENV)/.run ## Make .venv with .venv/bin/beimwort

run: $(VENV)/.run ## Start the demo: collect an invented press site and show it on http://127.0.0.1:8501
	$(BIN)/beimwort up --demo

test: $(VENV)/.test ## Run all tests
	$(BIN)/python -m pytest

check: $(VENV)/.test ## Lint, types and import contracts, without the tests
	$(BIN)/ruff check $(PATHS)
	$(BIN)/ruff format --check $(PATHS)
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(VENV)/.test ## Set the code's layout
	$(BIN)/ruff check --fix $(PATHS)
	$(BIN)/ruff format $(PATHS)

lock: $(VENV)/.test ## Resolve the requirements anew
	$(COMPILE) --upgrade --extra build pyproject.toml -o $(RUN_LOCK)
	$(COMPILE) --upgrade --extra build --extra test -c $(RUN_LOCK) pyproject.toml -o $(TEST_LOCK)
	$(COMPILE) --upgrade requirements/peers.in -o $(PEERS_LOCK)

peers: $(PEERS)/.done ## Make .venv-peers with what the benchmarks measure against (Scrapy, SoMaJo)

clean: ## Remove the environment and caches (never the data in var/)
	rm -rf $(VENV) $(PEERS) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build *.egg-info

$(VENV)/bin/python:
	@$(if $(PYTHON),,echo "beimwort needs Python 3.11, 3.12 or 3.13 and found none. Name one: make $(MAKECMDGOALS) PYTHON=/path/to/python3.12" >&2; exit 1)
	@$(PYTHON) -c '$(SUPPORTED)' || { echo "beimwort needs Python 3.11, 3.12 or 3.13; $(PYTHON) is another one." >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: $(RUN_LOCK) pyproject.toml | $(VENV)/bin/python
	@echo "Installing what beimwort needs into $(VENV) (about a minute, once) ..."
	$(PIP) install --require-hashes --no-deps -r $(RUN_LOCK)
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.test: $(TEST_LOCK) $(VENV)/.run
	@echo "Installing what the tests need into $(VENV) (about a minute, once) ..."
	$(PIP) install --require-hashes --no-deps -r $(TEST_LOCK)
	@touch $@

$(PEERS)/.done: $(PEERS_LOCK)
	@echo "Installing the peers of the benchmarks into $(PEERS) ..."
	$(PYTHON) -m venv $(PEERS)
	$(PEERS)/bin/python -m pip --disable-pip-version-check --quiet install --require-hashes --no-deps -r $(PEERS_LOCK)
	@touch $@
