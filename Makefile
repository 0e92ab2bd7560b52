# Every chore of the project. A machine with Python 3.11 or newer and make is enough:
# each target first sets up what it needs, inside .venv, and is quick when that stands.

.DEFAULT_GOAL := help
.PHONY: help setup run demo test check lint docs train bench bench-speed bench-accuracy bench-budget \
	bench-poison bench-campaigns bench-reasons bench-disguise test-wordpress

PYTHON ?= python3
DATA := $(or $(SARING_DATA),../shared/data)
NO_DATA := { echo "There are no labelled comments in $(DATA); set SARING_DATA"; exit 1; }

BIN := .venv/bin
export UV_PYTHON_DOWNLOADS := never
# Compiled once, here, and not at every start of a machine that writes no bytecode.
export UV_COMPILE_BYTECODE := 1
export UV_PROJECT_ENVIRONMENT := .venv
unexport VIRTUAL_ENV

# The uv that is installed; else one that `pip` puts into .venv.
UV := $(shell command -v uv 2>/dev/null)
ifeq ($(UV),)
UV := $(BIN)/uv
NEEDS_UV := .venv/.uv
endif

# `--inexact`: what `run` installed stays when `test` adds to it, and the other way round.
SYNC := $(UV) sync --quiet --locked --inexact
LOCK := pyproject.toml uv.lock
RUN_READY := .venv/.ready-to-run
DEMO_READY := .venv/.ready-to-demonstrate
DEV_READY := .venv/.ready-to-develop

help: ## Show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 18

setup: $(RUN_READY) ## Install what the server needs; leaves .venv/bin/saring

run: $(RUN_READY) ## Start the server on 127.0.0.1:8383, with a store and a key
	@$(BIN)/saring serve

demo: $(DEMO_READY) ## Show the filter at work on a few dozen comments
	@$(BIN)/saring demo

test: $(DEV_READY) ## Run the tests
	$(BIN)/pytest

check: lint ## Everything that must hold before a change lands, but for WordPress
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest --durations=15
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report

lint: $(DEV_READY) ## Format, style, types, import directions, spelling
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/codespell

docs: $(DEV_READY) ## Write the pages that are made from the code
	$(BIN)/saring reference .

train: $(RUN_READY) ## Train the shipped base model from SARING_DATA/train
	@test -d $(DATA)/train || $(NO_DATA)
	$(BIN)/saring train $(DATA)/train --out src/saring/classifiers/data/base.weights

bench: bench-speed bench-accuracy bench-disguise bench-poison ## All measurements

bench-speed: $(DEV_READY) ## Checks per second, beside others on the same machine
	$(BIN)/python -m benchmarks.speed

# Installs bogofilter, spamprobe, spamassassin and rspamd from Debian where it may; where
# it may not, it says what is needed and ends.
bench-accuracy: $(DEV_READY) ## Error rates on labelled comments, beside other filters
	@test -d $(DATA)/benchmark || $(NO_DATA)
	$(BIN)/python -m benchmarks.accuracy

bench-budget: $(DEV_READY) ## Are promises kept, and scores probabilities? From SARING_DATA
	@test -d $(DATA)/dev || $(NO_DATA)
	SARING_DATA=$(DATA) $(BIN)/python -m benchmarks.budget

bench-poison: $(DEV_READY) ## Wrong labels, hostile labels, and labels of one class alone
	@test -d $(DATA)/dev || $(NO_DATA)
	SARING_DATA=$(DATA) $(BIN)/python -m benchmarks.poison

bench-campaigns: $(DEV_READY) ## Campaigns and shared addresses, on a made-up stream
	$(BIN)/python -m benchmarks.campaigns

bench-reasons: $(RUN_READY) ## Changes that would have published held comments, judged again
	@test -d $(DATA)/dev || $(NO_DATA)
	@$(BIN)/python -m benchmarks.reasons $(DATA)/dev/*.jsonl.gz

bench-disguise: $(DEV_READY) ## What disguise hides from the filter, and whom it harms
	@test -d $(DATA)/dev || $(NO_DATA)
	SARING_DATA=$(DATA) $(BIN)/python -m benchmarks.disguise

test-wordpress: $(RUN_READY) ## A real WordPress with the real Akismet plugin, two generations
	tests/wordpress/run.sh

$(RUN_READY): $(LOCK) | $(NEEDS_UV)
	@echo 'Setting up .venv' >&2
	@$(SYNC) --no-dev
	@$(BIN)/python -m compileall -q src
	@touch $@

$(DEMO_READY): $(LOCK) | $(NEEDS_UV)
	@$(SYNC) --no-dev --group demo
	@touch $@ $(RUN_READY)

$(DEV_READY): $(LOCK) | $(NEEDS_UV)
	@echo 'Setting up .venv with the tools' >&2
	@$(SYNC)
	@$(BIN)/python -m compileall -q src
	@touch $@ $(RUN_READY) $(DEMO_READY)

.venv/.uv:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Saring needs Python 3.11 or newer; name one with: make PYTHON=python3.11"; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	@touch $@
