# The only front door. A fresh machine needs Python >= 3.11 with venv, make and git; everything else is installed here.
.PHONY: setup setup-dev setup-models setup-spark setup-browser demo test test-data test-long check fix bench lock golden clean
PYTHON ?= $(shell for p in python3.13 python3.12 python3.11 python3; do command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { command -v $$p; break; }; done)
BIN = .venv/bin
# A lock names everything; whatever it does not name is not looked for.
PIP = $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps

setup: .venv/.runtime
setup-dev: .venv/.dev

.venv/.runtime: requirements.lock pyproject.toml hatch_build.py $(shell find frontend -type f -not -path "*/node_modules/*")
	@test -n "$(PYTHON)" || { echo "Maisui needs Python 3.11 or newer with venv; none was found."; exit 1; }
	@test -x $(BIN)/python || "$(PYTHON)" -m venv .venv
	@echo "installing the runtime …"
	@$(PIP) -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.dev: .venv/.runtime requirements-dev.lock
	@echo "installing test and quality tools …"
	@$(PIP) -r requirements-dev.lock
	@touch $@

# What trains and asks statistical models; pages need none of it.
setup-models: .venv/.models

.venv/.models: .venv/.runtime requirements-models.lock
	@echo "installing model libraries …"
	@$(PIP) -r requirements-models.lock
	@touch $@

# Spark needs a full Java 17 or newer. Without one, and without root to install it, its tests are skipped and say so.
setup-spark: .venv/.dev requirements-spark.lock
	@if sh tools/have_java.sh; then \
	  if [ ! -f .venv/.spark ]; then echo "installing Spark …"; $(PIP) -r requirements-spark.lock && touch .venv/.spark; fi; \
	else echo "No Java 17+ and no right to install one: tests of the Spark engine are skipped."; fi

setup-browser: .venv/.dev
	@sh tools/have_browser.sh || echo "No Chromium and no right to install one: tests in the browser are skipped."

demo: setup
	@$(BIN)/maisui demo --home maisui-home

test: setup-spark setup-browser setup-models
	@$(BIN)/python -m pytest -n 2 --dist loadgroup --no-loadscope-reorder

test-data: setup-dev setup-models
	@$(BIN)/python -m pytest -m data tests/data

test-long: setup-spark setup-models
	@$(BIN)/python -m pytest -m long tests

check: setup-dev setup-models
	@$(BIN)/ruff check src tests benchmarks
	@$(BIN)/ruff format --check src tests benchmarks
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/pyright

fix: setup-dev
	@$(BIN)/ruff check --fix src tests benchmarks || true
	@$(BIN)/ruff format src tests benchmarks

bench: setup-dev
	@$(BIN)/python benchmarks/batch.py

# Rewrites the golden Spark SQL and the reference pages from the code; look at the difference before committing it.
golden: setup-dev
	@$(BIN)/python tools/write_golden.py

lock: setup-dev
	@sh tools/lock.sh

clean:
	@rm -rf .venv build dist .pytest_cache .ruff_cache maisui-home
