# `make` lists what there is. Everything below needs Python 3.11 or newer and git, nothing else.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
BIN := .venv/bin
EMBEDDED := $(BIN)/python -m careerhub.embedded
# Checks and tests on services of their own, which come and go with them.
ALONE := $(EMBEDDED) run --test --
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header
TEMPLATES = $(shell find templates apps -name '*.html' -o -path '*/emails/*.txt')
SOURCES = $(shell find apps careerhub tests -name '*.py')
# The dev packages contain the demo packages.
DEMO_PACKAGES := $(if $(wildcard .venv/dev.installed),.venv/dev.installed,.venv/demo.installed)

.PHONY: help demo services stop status test check bench chaos drill format lock

help: ## List these targets
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST)

demo: $(DEMO_PACKAGES) ## Run the whole product with a demo semester until Ctrl-C (PORT=8000)
	@$(EMBEDDED) demo

services: $(DEMO_PACKAGES) ## Start PostgreSQL, Valkey and a mail catcher in the background
	@$(EMBEDDED) start

stop: ## Stop what `make services` or `make demo` started
	@test ! -d .venv || $(EMBEDDED) stop

status: ## Show which services run
	@$(EMBEDDED) status

test: .venv/dev.installed ## Run the whole suite (ARGS="tests/mail -k bounce")
	@$(ALONE) $(BIN)/python -m pytest -n 2 $(ARGS)

check: .venv/dev.installed ## Run what CI runs besides the tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/djade --check $(TEMPLATES)
	$(BIN)/django-upgrade --check $(SOURCES)
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -q -p no:cacheprovider tests/guards/test_zero_downtime.py
	DJANGO_DEBUG=1 $(BIN)/mypy
	DJANGO_DEBUG=1 $(ALONE) sh -c '$(BIN)/python manage.py check && $(BIN)/python manage.py makemigrations --check'
	$(BIN)/bandit --quiet --recursive apps careerhub --skip B101,B311,B404,B603,B607 --severity-level high
	$(BIN)/python .ci/audit

format: .venv/dev.installed ## Lay out code and templates the agreed way
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/django-upgrade --exit-zero-even-if-changed $(SOURCES)
	$(BIN)/djade $(TEMPLATES)

lock: .venv/dev.installed ## Lock the packages again after a change in pyproject.toml
	$(LOCK) pyproject.toml -o requirements/runtime.txt
	$(LOCK) pyproject.toml --group embedded -o requirements/demo.txt
	$(LOCK) pyproject.toml --group dev -o requirements/dev.txt
	$(LOCK) pyproject.toml --group dev --group oracle -o requirements/oracle.txt

bench: .venv/dev.installed ## Measure speed (tests/benchmarks)
	@$(ALONE) $(BIN)/python -m pytest tests/benchmarks $(ARGS)

drill: .venv/dev.installed ## Lose a database and get it back, by backup and by write-ahead log
	@$(BIN)/python -m tests.drill

chaos: .venv/dev.installed ## Break everything while 10,000 reminders go out (ARGS="--due 500 --kills 20")
	@$(BIN)/python -m tests.chaos $(ARGS)

# Installs exactly what the lock file names; the empty file says that it is done. It names all
# there is, so pip needs to look for nothing: of an extra it would want the newest version.
.venv/%.installed: requirements/%.txt
	@echo "Installing the locked packages ($*) into .venv, once. This takes up to a minute."
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "Python 3.11 or newer is needed: PYTHON=/path/to/python3.11 make …"; exit 1; }
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || "$(PYTHON)" -m venv --clear .venv
	@$(BIN)/python -m pip install --quiet --no-deps --require-hashes --requirement $<
	@touch $@
