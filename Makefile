# Every target in one sentence: make help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
TESTS ?= tests
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard translations/uk/LC_MESSAGES/*.po))
DATA_DIR ?= data
PORT ?= 8000
export DATA_DIR PORT

.DEFAULT_GOAL := help
.PHONY: help run test hostile sure checks format lint types imports translations check-translations bench containers \
	pins clean

help: ## Print every target with a sentence.
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-20s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(VENV)/run.stamp: requirements.txt
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/test.stamp: requirements.txt requirements-dev.txt $(VENV)/run.stamp
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

$(CATALOGUES): %.mo: %.po $(VENV)/run.stamp
	@$(BIN)/python -m translations.catalogues compile $(notdir $*)

run: $(VENV)/run.stamp $(CATALOGUES) ## Install, migrate, load the demo catalogue once and serve the shop at http://127.0.0.1:$(PORT).
	@$(BIN)/python -m demo.serve

test: $(VENV)/test.stamp $(CATALOGUES) ## Install what the tests need and run them all, on SQLite and PostgreSQL, with a browser where there is one.
	@$(BIN)/python -m tests.browser --install
	@$(BIN)/python -m pytest -n 2 $(TESTS)

hostile: $(VENV)/test.stamp $(CATALOGUES) ## Attack the shop for long: tests/hostile/ and the stock with many more fuzzed requests, random histories and kills.
	@HOSTILE=long $(BIN)/python -m pytest -n 2 tests/hostile tests/shop/stock/test_invariants.py

sure: checks test ## All that CI runs: the checks and the tests.

checks: format lint types imports check-translations ## Format, lint, types, import rules, translations.

format: $(VENV)/test.stamp ## Check that the code is formatted.
	@$(BIN)/ruff format --check .

lint: $(VENV)/test.stamp ## Check the code for mistakes.
	@$(BIN)/ruff check .

types: $(VENV)/test.stamp ## Check the types.
	@$(BIN)/mypy

imports: $(VENV)/test.stamp ## Check the import rules of the architecture.
	@$(BIN)/lint-imports --no-logo

translations: $(VENV)/test.stamp ## Extract the texts, update the Ukrainian catalogue, check and compile all catalogues.
	@$(BIN)/python -m translations.catalogues update

check-translations: $(VENV)/test.stamp ## Check that the catalogues are complete and right, and compile them.
	@$(BIN)/python -m translations.catalogues check

bench: $(VENV)/test.stamp $(CATALOGUES) ## Measure the shop against its floors and print ratios; SCALE=small for a quick look, SCALE=large for 1,000,000 games.
	@$(BIN)/python -m bench

containers: ## Bring the unmodified container files up, sign in through Nginx, restart, print the image's size.
	@bash nginx/try-containers.sh

pins: $(VENV)/test.stamp ## Compile the exact pins of requirements*.txt from requirements*.in.
	@$(BIN)/pip-compile -q --strip-extras --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-header --annotation-style=line -o requirements.txt requirements.in
	@$(BIN)/pip-compile -q --strip-extras --no-emit-index-url --no-emit-trusted-host --no-emit-find-links --no-header --annotation-style=line --allow-unsafe -o requirements-dev.txt requirements-dev.in

clean: ## Remove the virtual environment and what tools left; the data stays.
	rm -rf $(VENV) build .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
