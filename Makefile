# Everything that a person or CI does with this repository; `make` alone lists it.
# Needed beforehand: Rust (rustup.rs), Python 3.10 or later with venv and pip, make and a POSIX shell
# (on Windows: Git Bash). All else goes into $(VENV) and target/. See docs/platforms.md.

PYTHON ?= python3
VENV ?= .venv
CARGO ?= cargo
# The folder that holds corpus/ and gold/, for `score` and `bench`.
ZHIBIAO_CORPUS ?= ../shared
export ZHIBIAO_CORPUS

ifeq ($(OS),Windows_NT)
BIN := $(abspath $(VENV))/Scripts
else
BIN := $(abspath $(VENV))/bin
endif

# maturin takes the environment named here and stops where conda names another.
export VIRTUAL_ENV := $(abspath $(VENV))
unexport CONDA_PREFIX
# Chinese on consoles and in files whatever the locale.
export PYTHONUTF8 := 1

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help demo test test-all slow engines lint format score gate fuzz deny bench stats notebooks wheel clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: .build ## build, install into .venv, run on the sample corpus and print the panel
	$(BIN)/zhibiao demo

test: .dev ## tests of core and package, Rust and Python
	$(CARGO) test
	$(BIN)/python -m pytest -m "not slow and not engine"

test-all: test slow engines ## the same and what is slow or heavy

slow: .dev $(VENV)/.notebooks ## what is slow or heavy alone: notebooks, ten thousand damaged files, simulations
	$(CARGO) test --tests -- --ignored
	$(BIN)/python -m pytest -m slow

engines: .dev $(VENV)/.engines ## the adapters for Spark (needs Java) and Ray, on these engines with two workers each
	$(BIN)/python -m pytest -m engine

lint: .dev ## rustfmt, clippy with and without Python, ruff, mypy, stubtest
	$(CARGO) fmt --check
	$(CARGO) clippy --all-targets -- -D warnings
	PYO3_PYTHON=$(BIN)/python $(CARGO) clippy --all-targets --features python -- -D warnings
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/mypy tests/score/run_score.py
	$(BIN)/python -m mypy.stubtest zhibiao._core --mypy-config-file pyproject.toml

format: .dev ## bring Rust and Python into form
	$(CARGO) fmt
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

score: .dev ## compare an extraction of $ZHIBIAO_CORPUS (../shared) with the tables made by hand
	$(BIN)/python tests/score/run_score.py $(SCORE)

gate: .dev ## fail where a figure of `score` stands below its floor in tests/score/floors.tsv
	$(BIN)/python tests/score/run_score.py --gate

FUZZ_SECONDS ?= 20
fuzz: $(VENV)/.maturin ## each fuzz target for FUZZ_SECONDS (20); says so where that cannot be done
	PYTHON=$(BIN)/python fuzz/run $(FUZZ_SECONDS) $(FUZZ)

deny: ## licences, sources and known faults of the crates; says so where that cannot be asked
	.ci/deny

bench: .dev ## time the extraction beside a regex pipeline; writes docs/performance.md
	$(BIN)/python benches/bench.py $(BENCH)

stats: .dev ## how often intervals of bunching cover invented truth; writes into docs/statistics.md
	$(BIN)/python scripts/statistics.py $(STATS)

notebooks: .dev $(VENV)/.notebooks ## run the notebooks and keep what they show
	$(BIN)/python scripts/run_notebooks.py $(NOTEBOOKS)

wheel: $(VENV)/.maturin ## the abi3 wheel for Python 3.10 and later, into dist/
	$(BIN)/maturin build --out dist

clean: ## remove what was built, and .venv
	$(CARGO) clean
	rm -rf $(VENV) dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	rm -f python/zhibiao/_core*.so python/zhibiao/_core*.pyd
	find python tests benches scripts -name __pycache__ -prune -exec rm -rf {} +

# ---- steps behind the targets ----

# The package, built for release and installed so that Python files are used in place.
.PHONY: .build .dev
.build: $(VENV)/.maturin
	$(BIN)/maturin develop

.dev: .build $(VENV)/.tools

$(VENV)/.maturin:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 10))' \
		|| { echo "zhibiao needs Python 3.10 or later; name one: make PYTHON=python3.12 ..."; exit 1; }
	@command -v $(CARGO) >/dev/null \
		|| { echo "zhibiao needs Rust 1.92 or later: https://rustup.rs"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1'
	$(BIN)/python -m pip install --quiet 'maturin>=1.9.4,<2' tqdm
	@touch $@

# What the tests and linters need: the group `test` of pyproject.toml.
$(VENV)/.tools: pyproject.toml $(VENV)/.maturin
	$(BIN)/python -m pip install --quiet --group test
	@touch $@

# What the adapters for engines are tested on.
$(VENV)/.engines: pyproject.toml $(VENV)/.maturin
	$(BIN)/python -m pip install --quiet --group engines
	@touch $@

# What running the notebooks needs.
$(VENV)/.notebooks: pyproject.toml $(VENV)/.maturin
	$(BIN)/python -m pip install --quiet --group notebooks
	@touch $@
