# Everything that people do here, in two words. `make` alone lists it.
PYTHON ?= python3
YEAR ?=
VENV := .venv
BIN := $(VENV)/bin
SET_UP := $(VENV)/.set-up
PAGES_SET_UP := $(VENV)/.set-up-pages
STANDARDS_SET_UP := $(VENV)/.set-up-standards
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet

.DEFAULT_GOAL := help
.PHONY: help setup report demo test test-pages test-standards gallery lab check refresh lock clean

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/make \1\t\2/p' Makefile | expand -t 16

setup: $(SET_UP) ## put the command and all that it needs into .venv/ (needs the network once)

report: $(SET_UP) ## make a year's reports into outputs/; the latest year with figures, or YEAR=2014
	$(BIN)/gsanalysis run $(if $(YEAR),--year $(YEAR))

demo: $(SET_UP) ## make the reports of the invented figures into outputs/illustrative/
	$(BIN)/gsanalysis run --data data/illustrative --year 2012 2013 2014 2015 --out outputs/illustrative

test: $(SET_UP) ## lint, check types and run all tests, the notebooks among them
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest -n 2 --dist loadfile --nbval --nbval-current-env tests notebooks

test-pages: browser $(PAGES_SET_UP) ## look at every page in Chromium and at every PDF (needs chromium and poppler-utils)
	$(BIN)/pytest -n 2 --dist worksteal tests/browser

test-standards: $(STANDARDS_SET_UP) ## hold the exports against the schema of StratML and against frictionless
	$(BIN)/pytest tests/standards

gallery: browser $(PAGES_SET_UP) ## make the small pictures in docs/gallery/ anew, to see a change of look in review
	$(BIN)/python docs/gallery/make.py

lab: $(SET_UP) ## open the notebooks in JupyterLab
	$(BIN)/jupyter lab

check: $(SET_UP) ## say everything that is wrong with the data
	$(BIN)/gsanalysis check

refresh: $(SET_UP) ## execute the committed notebooks and bring them into canonical form
	$(BIN)/gsanalysis refresh

lock: ## write all locks anew from pyproject.toml (needs uv and the network)
	uv pip compile --universal --python-version 3.11 --extra test --generate-hashes --no-emit-index-url \
		--no-header --quiet --output-file requirements.lock pyproject.toml
	uv pip compile --universal --python-version 3.11 --group pyproject.toml:pages --constraint requirements.lock \
		--generate-hashes --no-emit-index-url --no-header --quiet --output-file requirements-pages.lock
	uv pip compile --universal --python-version 3.11 --group pyproject.toml:standards --constraint requirements.lock \
		--generate-hashes --no-emit-index-url --no-header --quiet --output-file requirements-standards.lock

clean: ## remove what was made in outputs/, but no edition
	find outputs -type f ! -name .gitkeep ! -path '*/editions/*' -delete
	find outputs -mindepth 1 -type d -empty -delete

$(SET_UP): requirements.lock pyproject.toml
	@command -v $(PYTHON) >/dev/null || { echo "There is no $(PYTHON): install Python 3.11 or later, or say where one is: make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "$(PYTHON) is too old: install Python 3.11 or later, or say where one is: make PYTHON=python3.12" >&2; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { echo "$(PYTHON) lacks its venv module: install it (on Debian and Ubuntu: apt install python3-venv)" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(PIP) install --require-hashes --requirement requirements.lock
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(PAGES_SET_UP): $(SET_UP) requirements-pages.lock | browser
	$(PIP) install --require-hashes --requirement requirements-pages.lock
	@touch $@

$(STANDARDS_SET_UP): $(SET_UP) requirements-standards.lock
	$(PIP) install --require-hashes --requirement requirements-standards.lock
	@touch $@

.PHONY: browser
browser:
	@command -v chromium >/dev/null && command -v pdffonts >/dev/null && command -v pdftoppm >/dev/null || { echo "The pages are looked at with chromium and poppler-utils: install them (on Debian: apt install chromium poppler-utils)" >&2; exit 1; }
