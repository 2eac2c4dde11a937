# Everything a person does here by one word. Needs Python 3.11 to 3.13, git and make; the rest is fetched.

# The first Python that fits; another by `make PYTHON=...`.
FITS := import sys; raise SystemExit(not (3, 11) <= sys.version_info < (3, 14))
PYTHON ?= $(shell for one in python3 python3.13 python3.12 python3.11; do \
	$$one -c '$(FITS)' 2>/dev/null && echo $$one && break; done)
BIN := .venv/bin
READY := .venv/ready
LOCK := requirements.lock

.PHONY: help venv demo test nightly fuzz faults check format bench bench-stores bench-large bench-screen umadb kurrentdb mutants lock clean

help:  ## Say what can be made
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/'

venv: $(READY)  ## Make the environment in .venv from the lock

$(READY): $(LOCK) pyproject.toml
	$(if $(PYTHON),,$(error needs Python 3.11, 3.12 or 3.13: make PYTHON=/path/to/python))
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $(LOCK)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	$(BIN)/python -m compileall -q terms
	-@$(BIN)/terms test scenarios >$(READY) 2>&1  # whoever runs one next finds it and its base read
	touch $(READY)

demo: $(READY)  ## Step through the talks of Istanbul 2025, or tell them where there is no terminal
	@if [ -t 0 ] && [ -t 1 ]; then $(BIN)/terms step; else $(BIN)/terms log && $(BIN)/terms show; fi

test: $(READY)  ## What every change must pass; writes the coverage data that check reads
	rm -f .coverage .coverage.*
	$(BIN)/python -m pytest -q -n 2 --cov --cov-report=

nightly: $(READY)  ## The same laws on many more examples
	$(BIN)/python -m pytest -q -n 2 --hypothesis-profile=nightly

fuzz: $(READY)  ## Read 20,000 mutants of records, run 5,000 of scenarios: none may crash or lose anything in silence
	$(BIN)/python -m tests.records.fuzz 20000 1
	$(BIN)/python -m tests.scenarios.fuzz 5000 1

check: $(READY)  ## Lint, layout, types, floors, and coverage from the data of the last test
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/coverage report --fail-under=100 --include='terms/ground/*,terms/values/*,terms/core/*,terms/events/*'
	$(BIN)/coverage report --fail-under=90

format: $(READY)  ## Lay the code out, and mend what lint can mend
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

faults: $(READY)  ## Kill writers 500 times an engine and a server 20 times; count what was lost
	$(BIN)/python -m tests.faults

bench: $(READY)  ## Measure, beside peers measured in the same run
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation -e '.[bench]'
	$(BIN)/python -m tests.bench

bench-stores: $(READY)  ## Append to stores, one by one, in batches, eight writers at once, beside a library
	$(BIN)/python -m tests.bench.stores

bench-large: $(READY)  ## A record of a million events in SQLite: import, replay, jumps, steps, memory, and how they grow
	$(BIN)/python -m tests.bench.large
	$(BIN)/python -m tests.bench.rivals

umadb: $(READY)  ## The contract of stores against real UmaDB servers, which pip installs
	$(BIN)/python -m pip install --quiet --disable-pip-version-check 'eventsourcing-umadb<0.4' 'eventsourcing<9.6'
	$(BIN)/python -m pytest -q -p tests.stores.umadb tests/stores/test_contract.py -k numbered

kurrentdb: $(READY)  ## The contract of stores against KurrentDB's adapter and driver, and a stand-in for its server
	$(BIN)/python -m pip install --quiet --disable-pip-version-check 'eventsourcing-kurrentdb<1.3' 'eventsourcing<9.6'
	$(BIN)/python -m pytest -q -p tests.stores.kurrentdb tests/stores/test_contract.py -k "recorder and from"

mutants: $(READY)  ## Try 400 small faults in the lower floors: how many does the suite notice? About half an hour
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[mutants]'
	$(BIN)/python -m tests.mutants 400 1

bench-screen: $(READY)  ## Measure the screen in a real terminal: starts, steps, jumps, sizes, a held key
	$(BIN)/python -m tests.bench.screen

lock:  ## Resolve the lock again, for every Python supported; needs uv
	uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-emit-find-links --no-header --no-annotate --no-strip-extras --quiet --upgrade -o $(LOCK)

clean:  ## Remove what was made
	rm -rf .venv build dist htmlcov .coverage .coverage.* .pytest_cache .mypy_cache .ruff_cache .hypothesis
	rm -rf .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
