# Two commands carry a newcomer: `make run` and `make test`. Each keeps a stamp inside .venv, so what is done is not
# done again; removing .venv starts afresh.

PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 8000
export HOST PORT

VENV := .venv
BIN := $(VENV)/bin
INSTALL = scripts/install $(BIN)
STATIC := $(shell find static releases newsroom -path '*static*' 2>/dev/null)

.PHONY: run install test quick lint bench audit demo lock

run: $(VENV)/stamp.run $(VENV)/stamp.static
	@$(BIN)/python manage.py prepare
	@exec $(BIN)/granian --interface wsgi --host $(HOST) --port $(PORT) --blocking-threads 4 --no-ws \
		--workers-kill-timeout 1 --log-level error newsroom.wsgi:application

install: $(VENV)/stamp.run $(VENV)/stamp.static

test: $(VENV)/stamp.test
	@$(BIN)/python tests/engines.py $(ARGS)

quick: $(VENV)/stamp.test
	@$(BIN)/python tests/engines.py --quick $(ARGS)

lint: $(VENV)/stamp.test $(VENV)/stamp.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/python manage.py makemigrations --check --dry-run

bench: $(VENV)/stamp.test $(VENV)/stamp.static
	@$(BIN)/python -m bench $(ARGS)

audit: $(VENV)/stamp.audit $(VENV)/stamp.static
	@$(BIN)/python -m audit $(ARGS)

demo: $(VENV)/stamp.run
	@$(BIN)/python manage.py migrate --verbosity 0
	@$(BIN)/python manage.py load_demo

lock: $(VENV)/stamp.tools
	@scripts/lock $(BIN)/uv

$(VENV)/stamp.tools: requirements/bootstrap.lock scripts/make-venv
	@scripts/make-venv $(PYTHON) $(VENV)
	@touch $@

$(VENV)/stamp.run: $(VENV)/stamp.tools requirements/run.lock
	@$(INSTALL) requirements/run.lock
	@touch $@

$(VENV)/stamp.test: $(VENV)/stamp.run requirements/test.lock
	@$(INSTALL) requirements/test.lock
	@touch $@

$(VENV)/stamp.dev: $(VENV)/stamp.tools requirements/dev.lock
	@$(INSTALL) requirements/dev.lock
	@touch $@

$(VENV)/stamp.audit: $(VENV)/stamp.run requirements/audit.lock
	@$(INSTALL) requirements/audit.lock
	@touch $@

$(VENV)/stamp.static: $(VENV)/stamp.run newsroom/settings.py $(STATIC)
	@$(BIN)/python manage.py collectstatic --no-input --clear --verbosity 0
	@touch $@
