# Set-up and daily commands of hsreview. Only make and Python 3.11 or newer are needed.
#
# PYTHON names the interpreter that .venv is made with (a command, a path, or a version such as 3.12).
# For `make bundle` it is the Python version of the computer the bundle is for.

.SUFFIXES:
.DEFAULT_GOAL := help
.PHONY: help demo test test-deep bench check format messages lock bundle clean

PY := .venv/bin/python
PYTHON =
INTERPRETER = $(if $(filter bundle,$(MAKECMDGOALS)),,$(PYTHON))
EXTREME =
PLATFORM = linux_x86_64
ARGS =
MERGE =
UPGRADE =

help: ## List these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' Makefile

demo: .venv/.core ## Install hsreview, build the sample project and its workbook, open the workbench
	@$(PY) -m hsreview demo

test: .venv/.dev ## Install the development tools and run the tests (ARGS="-k word" for some)
	@PYTHONDONTWRITEBYTECODE= $(PY) -m pytest -n auto --dist worksteal $(ARGS)

test-deep: .venv/.dev ## Run the tests with their full counts (long)
	@PYTHONDONTWRITEBYTECODE= $(PY) -m pytest -n auto --dist worksteal --deep $(ARGS)

bench: .venv/.dev ## Measure speeds as JSON (EXTREME=1 for the largest sizes)
	@$(PY) -m bench $(if $(EXTREME),--extreme) $(ARGS)

check: .venv/.dev ## Lint, format, types, import contracts, messages
	$(PY) -m ruff check .
	$(PY) -m ruff format --check .
	$(PY) -m mypy --num-workers auto
	.venv/bin/lint-imports
	$(PY) scripts/messages.py --check

format: .venv/.dev ## Format the code and repair what ruff can repair
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .

messages: .venv/.dev ## Bring the French messages up to date (MERGE="file …" adds translations)
	$(PY) scripts/messages.py $(if $(MERGE),--merge $(MERGE))

lock: .venv/.core ## Write the lock files anew (UPGRADE=1 takes newer versions)
	sh scripts/lock.sh $(if $(UPGRADE),--upgrade)

bundle: .venv/.core ## Make an offline folder of wheels (PLATFORM=win_amd64 PYTHON=3.12)
	@$(PY) scripts/bundle.py --platform $(PLATFORM) $(if $(PYTHON),--python $(PYTHON))

clean: ## Remove .venv and everything that was built
	rm -rf .venv dist build .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis

.venv/.core: pyproject.toml requirements.lock scripts/set-up.sh
	@sh scripts/set-up.sh core $(INTERPRETER)
	@touch $@

.venv/.dev: pyproject.toml requirements-dev.lock scripts/set-up.sh
	@sh scripts/set-up.sh dev $(INTERPRETER)
	@touch .venv/.core $@
