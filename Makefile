# Needs make, git and Python 3.11 or newer; everything else goes into .venv/ from locks/.
# `make help` lists the targets. To use another Python: make site PYTHON=python3.12

PYTHON ?= python3
UV ?= uv

# The theme's banner about its own future would hide what the build has to say.
export NO_MKDOCS_2_WARNING := 1

# Relative paths only, so that a checkout at a path with a space works.
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
# Folders are listed too: a folder's date tells that a file in it was removed.
SOURCES := $(shell find plugin \( -name vendor -o -name __pycache__ -o -name '.*' \) -prune -o -print)

.DEFAULT_GOAL := help
.PHONY: help site serve check test docs texts pictures fuzz neighbours bench mutants lowest newest audit lock clean

help: ## list the targets
	@sed -n 's/^\([a-z]*\):[^#]*## \(.*\)/make \1	\2/p' Makefile

site: check ## check the handbook and build it into site/
	$(BIN)/mkdocs build --strict

serve: .venv/wheel.stamp ## show the handbook on this machine, and again after every change
	$(BIN)/mkdocs serve --livereload

check: .venv/wheel.stamp ## check the role files, without building the site
	$(BIN)/rolebook check

test: .venv/test.stamp .venv/wheel.stamp ## run every test; ARGS="-k name" chooses some
	$(BIN)/python tests/install_browser.py
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest -n auto --dist worksteal $(ARGS)

mutants: .venv/test.stamp .venv/wheel.stamp ## plant faults and see which the tests catch; ARGS="ROOM NUMBER SEED"
	$(BIN)/python tests/mutation.py $(ARGS)

lowest: .venv/wheel.stamp ## run the tests on the oldest versions that pyproject.toml allows; needs uv
	$(UV) pip compile --quiet --resolution lowest-direct --extra pdf --python-version 3.11 --generate-hashes \
		--no-header --no-annotate pyproject.toml --group test --output-file .cache/lowest.txt
	$(UV) venv --quiet --clear .cache/lowest
	$(UV) pip install --quiet --python .cache/lowest --require-hashes -r .cache/lowest.txt
	$(UV) pip install --quiet --python .cache/lowest --no-deps .cache/wheel/*.whl
	.cache/lowest/bin/python -m pytest $(ARGS)

newest: .venv/wheel.stamp ## run the tests on the newest versions that pyproject.toml allows; needs uv
	$(UV) pip compile --quiet --upgrade --extra pdf --python-version 3.11 --generate-hashes \
		--no-header --no-annotate pyproject.toml --group test --output-file .cache/newest.txt
	$(UV) venv --quiet --clear .cache/newest
	$(UV) pip install --quiet --python .cache/newest --require-hashes -r .cache/newest.txt
	$(UV) pip install --quiet --python .cache/newest --no-deps .cache/wheel/*.whl
	.cache/newest/bin/python -m pytest $(ARGS)

audit: .venv/test.stamp ## ask the Python advisory database about the locked versions; needs uv
	$(UV) tool run pip-audit --require-hashes --disable-pip -r locks/site.txt -r locks/test.txt

docs: .venv/test.stamp .venv/wheel.stamp ## write the guide's reference pages anew from the program
	$(BIN)/pytest tests/unit/test_docs.py --bless

texts: .venv/test.stamp ## collect the texts to translate anew, and bring them into the catalogues of the languages
	$(BIN)/pytest tests/unit/test_catalogue.py --bless
	for file in plugin/rolebook/locale/*/LC_MESSAGES/rolebook.po; do test ! -e "$$file" || $(BIN)/pybabel update --no-wrap \
		--no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date \
		--input-file plugin/rolebook/locale/rolebook.pot --output-file "$$file" --locale "$$(basename "$${file%/*/*}")" || exit; done

pictures: .venv/test.stamp .venv/wheel.stamp ## take the guide's pictures anew from the sample handbook
	$(BIN)/python tests/install_browser.py
	PYTHONPATH=tests/support $(BIN)/python tests/pictures.py

fuzz: .venv/test.stamp .venv/wheel.stamp ## try many thousands of random examples; takes minutes
	$(BIN)/python tests/install_browser.py
	$(BIN)/pytest -m fuzz --long --capture=no $(ARGS)

neighbours: .venv/test.stamp .venv/wheel.stamp ## build sites beside other plugins, themes and settings; takes minutes
	$(BIN)/pytest -m neighbours -n auto --dist worksteal $(ARGS)

bench: .venv/test.stamp .venv/wheel.stamp ## measure and print; takes minutes
	$(BIN)/python tests/install_browser.py
	for script in tests/bench/*.py; do PYTHONPATH=tests/support $(BIN)/python "$$script" || exit; done

# --- what the targets above stand on -------------------------------------------------------------

# A stamp, not the interpreter, is the target: a creation that broke off half-way is done again.
.venv/made.stamp:
	@"$(PYTHON)" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo 'Rolebook needs Python 3.11 or newer and "$(PYTHON)" is not that: install one, or name it, as in `make site PYTHON=python3.12`.' >&2; exit 1; }
	@"$(PYTHON)" -c 'import ensurepip, venv' || { echo 'This Python cannot make a virtual environment: install its venv package (on Debian and Ubuntu: apt install python3-venv).' >&2; exit 1; }
	"$(PYTHON)" -m venv --clear .venv
	@touch $@

.venv/site.stamp: .venv/made.stamp locks/site.txt
	$(PIP) install --require-hashes -r locks/site.txt
	@touch $@

.venv/test.stamp: .venv/site.stamp locks/test.txt
	$(PIP) install --require-hashes -r locks/test.txt
	@touch $@

# The build fetches the charts' scripts with npm; a machine without one gets it from PyPI.
.venv/npm.stamp: .venv/site.stamp locks/npm.txt
	@command -v npm >/dev/null 2>&1 || { set -x; $(PIP) install --require-hashes -r locks/npm.txt; }
	@touch $@

# A wheel, not an editable install: what is tested is what is shipped.
.venv/wheel.stamp: .venv/npm.stamp $(SOURCES) pyproject.toml README.md LICENSE
	rm -rf .cache/wheel
	$(PIP) wheel --no-deps --no-build-isolation --wheel-dir .cache/wheel .
	$(PIP) install --no-deps --force-reinstall .cache/wheel/*.whl
	@touch $@

LOCK := $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate $(ARGS)

lock: ## write locks/ anew with uv; ARGS=--upgrade takes newer versions
	$(LOCK) pyproject.toml --group build --output-file locks/site.txt
	$(LOCK) pyproject.toml --extra pdf --group test --constraint locks/site.txt --output-file locks/test.txt
	$(LOCK) pyproject.toml --group neighbours --constraint locks/site.txt --python-platform linux --no-universal \
		--output-file locks/neighbours.txt
	$(LOCK) pyproject.toml --group materialx --constraint locks/site.txt --output-file locks/materialx.txt
	$(LOCK) --group zensical --output-file locks/zensical.txt
	$(LOCK) --group npm --output-file locks/npm.txt
	$(LOCK) --group release --constraint locks/site.txt --constraint locks/npm.txt --output-file locks/release.txt

clean: ## remove everything that was made
	rm -rf .venv .cache site dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
	rm -rf plugin/rolebook/assets/vendor
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
