# Everything a clone needs: each target sets itself up in .venv from the locks, and does so once.

PYTHON ?= python3
BIN := .venv/bin
COMPILE := $(BIN)/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --quiet
PROGRAM := pyproject.toml --extra postgresql
RUNTIME := .venv/.runtime-stamp
DEV := .venv/.dev-stamp
SUPPLIED := .venv-supply/bin
SUPPLY := .venv-supply/.stamp
FUZZ := .venv/.fuzz-stamp
INSTALL = $(BIN)/pip install --quiet --disable-pip-version-check

.PHONY: help demo test check bench faults faults-long laws-long fuzz fuzz-keep mutants mutants-changed coverage
.PHONY: sbom audit lock clean

help:
	@echo 'make demo    set up, then show a shop its first month'
	@echo 'make test    every test'
	@echo 'make check   format, lint, types, layers, the rules of the house, worked examples in docstrings'
	@echo 'make bench   who mis-sums, and how fast we are: two tables'
	@echo 'make mutants how many small faults in the core the tests notice; two hours and more'
	@echo 'make mutants-changed the same for what changed since all were tried'
	@echo 'make faults  kills, lost power, full disks, flipped bits, tampering, mutations, as many as a change must survive'
	@echo 'make faults-long  the same by night, ten times as many and more'
	@echo 'make laws-long  the laws of money, shares, refunds and rates at 20,000 examples each, five million steps of the ledger'
	@echo 'make fuzz    six readers fed by coverage, ten minutes each (SECONDS=600); what it found is in fuzz/'
	@echo 'make fuzz-keep  keep the finds that reach the most code, for every run of the tests'
	@echo 'make coverage  how much of the program the tests reach: branches, of the core and of all'
	@echo 'make sbom    the bill of materials, dist/settle.cdx.json'
	@echo 'make audit   what is known to be vulnerable in the locks; "not run" where nobody could be asked'
	@echo 'make lock    compile the locks anew from pyproject.toml'
	@echo 'make clean   remove whatever the other targets made'

demo: $(RUNTIME)
	$(BIN)/settle demo demo

test: $(DEV)
	$(BIN)/pytest -n 2 -rs

check: $(DEV)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/pytest -s tests/test_house.py
	$(BIN)/pytest --doctest-modules calculators ledger exports

bench: $(DEV)
	$(BIN)/python -m benchmarks

# A mutant is tried on the worked cases and the unit tests, properties at few examples. MUTANTS narrows it down.
# Ends with a fault where one survives that docs/survivors.md has no reason for.
MUTANTS ?= *
mutants: $(DEV)
	rm -rf mutants
	SETTLE_EXAMPLES=3 nice -n 10 $(BIN)/mutmut run --max-children 1 '$(MUTANTS)'
	$(BIN)/python -m benchmarks.survivors

# The mutants of the functions that changed since a commit whose mutants were all tried (docs/mutants.md). Move TRIED
# when they have been tried again.
TRIED ?= 454bfac
mutants-changed: $(DEV)
	SETTLE_EXAMPLES=3 nice -n 10 $(BIN)/python -m benchmarks.changed $(TRIED)

# What the tests of the four packages reach, line and branch, those of the processes they start too. COVERED narrows
# it down. Ends with a fault below 98 % of the core (calculators and ledger) or 90 % of all.
COVERED ?= tests/calculators tests/ledger tests/exports tests/cli
coverage: export COVERAGE_FILE = $(CURDIR)/.coverage
coverage: $(DEV)
	$(BIN)/coverage erase
	nice -n 10 $(BIN)/coverage run -m pytest -n 2 $(COVERED)
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage json --quiet -o .coverage.json
	$(BIN)/python -m benchmarks.covered .coverage.json

faults: $(DEV)
	SETTLE_FAULTS=ci $(BIN)/pytest -n 2 --dist worksteal -rs tests/faults tests/ledger/test_writers.py

faults-long: $(DEV)
	SETTLE_FAULTS=long SETTLE_SEED=$${SETTLE_SEED:-$$(date +%Y%m%d)} $(BIN)/pytest -n 2 --dist worksteal -rs tests/faults tests/ledger/test_writers.py

# TARGETS narrows it down. An input that fails ends the run; it lies beside its folder as fuzz/TARGET-crash-…
TARGETS ?= csv workbook rulebook encoding command-line anchors
SECONDS ?= 600
fuzz: $(FUZZ)
	@mkdir -p fuzz
	set -e; for target in $(TARGETS); do \
		$(BIN)/python -m tests.fuzz.drive $$target fuzz/$$target -max_total_time=$(SECONDS) -max_len=4096 -timeout=60; \
	done

fuzz-keep: $(DEV)
	set -e; for target in $(TARGETS); do $(BIN)/python -m tests.fuzz.keep $$target fuzz/$$target; done

# Every package of requirements.lock with its version and hashes, in the same bytes every time.
sbom: $(SUPPLY)
	$(SUPPLIED)/python -m supply.bill dist/settle.cdx.json

# Ends well only where every package of the locks was asked about: what asked about none is "not run".
audit: $(SUPPLY)
	$(SUPPLIED)/python -m supply.audit

# By night, on new examples each time; SETTLE_SEED makes a night's again. Which tests: tests/laws.toml.
laws-long: $(DEV)
	seed=$${SETTLE_SEED:-$$(date +%Y%m%d)}; \
	SETTLE_EXAMPLES=$${SETTLE_EXAMPLES:-20000} SETTLE_STEPS=$${SETTLE_STEPS:-5000000} SETTLE_SEED=$$seed \
	$(BIN)/pytest -n 2 --dist worksteal -rs --hypothesis-seed=$$seed tests/ledger/test_machine.py $$($(BIN)/python -m tests.laws)

lock: $(DEV)
	$(COMPILE) $(PROGRAM) --group dev -o requirements-dev.lock
	$(COMPILE) $(PROGRAM) --group install --constraint requirements-dev.lock -o requirements.lock
	$(COMPILE) --group supply --constraint requirements-dev.lock -o requirements-supply.lock
	$(COMPILE) $(PROGRAM) --group fuzz --constraint requirements-dev.lock -o requirements-fuzz.lock

clean:
	rm -rf .venv .venv-supply .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache .coverage* dist demo mutants fuzz
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(RUNTIME): requirements.lock pyproject.toml | $(BIN)/pip
	$(INSTALL) --require-hashes -r requirements.lock
	$(INSTALL) --no-deps --no-build-isolation --no-index -e .
	@touch $@

$(DEV): requirements-dev.lock pyproject.toml | $(BIN)/pip
	$(INSTALL) --require-hashes -r requirements-dev.lock
	$(INSTALL) --no-deps --no-build-isolation --no-index -e .
	@touch $@

# In an environment of its own: what it brings (lxml) would change how openpyxl writes.
$(SUPPLY): BIN := $(SUPPLIED)
$(SUPPLY): requirements-supply.lock | $(BIN)/pip
	$(PYTHON) -m venv .venv-supply
	$(INSTALL) --require-hashes -r requirements-supply.lock
	@touch $@

# Apart from dev: what a fuzzer needs is 35 MB that nobody else does.
$(FUZZ): requirements-fuzz.lock $(DEV)
	$(INSTALL) --require-hashes -r requirements-fuzz.lock
	@touch $@

$(BIN)/pip:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Settle needs Python 3.11 or newer; $(PYTHON) is: $$($(PYTHON) --version 2>&1)."; \
		echo "Install a newer one and name it: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	$(PYTHON) -m venv .venv
