# Two commands matter: make run, make test. Everything else is behind them. The README has the same without make.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: run demo test bench lint browser picture clean

run: .venv/runs
	$(BIN)/koillismaa serve

demo: .venv/runs
	$(BIN)/python -m tests.publishers.demo

test: .venv/tests browser lint
	$(BIN)/pytest

bench: .venv/tests browser
	$(BIN)/python -m tests.bench

lint: .venv/tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy .

browser:
	sh tests/e2e/install_browser.sh

picture: .venv/tests browser
	$(BIN)/python -m tests.e2e.picture

.venv/runs: requirements.lock pyproject.toml
	$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11) and 'Python 3.11 or newer is needed')"
	$(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --editable .
	touch $@

.venv/tests: .venv/runs requirements-dev.lock
	$(BIN)/pip install --quiet --disable-pip-version-check -r requirements-dev.lock
	touch $@

clean:
	rm -rf .venv build *.egg-info
