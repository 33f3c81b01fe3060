# SPDX-License-Identifier: Apache-2.0
PYTHON ?= python3
TOOLS = .tools

.PHONY: demo test check lint distributions releases bench messages translations calls pages rooms measures settings picture dist release-check clean

# DEMO_PORT, DEMO_BACKEND, DEMO_GBP, DEMO_HORIZON, DEMO_COSTS, DEMO_DIR: see `python3 -m demo --help`.
demo:
	@exec $(PYTHON) -m demo

# Everything: linters, packaging, the unit tests on each Horizon, and the tests on a real cloud in a real browser.
test: $(TOOLS)/ready
	@$(TOOLS)/bin/python -m tools.test

# While you work: linters, the scripts, and the unit tests on the newest Horizon but for the slow ones.
check: $(TOOLS)/ready
	@UNIT_TESTS='-n 2 --dist loadfile -m "not slow" --durations 10 tests/unit' \
	  $(TOOLS)/bin/python -m tools.test unit-horizon27 lint js

lint: $(TOOLS)/ready
	@$(TOOLS)/bin/python -m tools.test lint

# Try the documented words on Debian's packages of Horizon, in chroots below .demo: needs root and takes minutes.
distributions: $(TOOLS)/ready
	@$(TOOLS)/bin/tox run -q -e distributions

# Measure the plugin beside what a user would have instead, and write the figures into docs/performance.rst.
bench: $(TOOLS)/ready
	@$(TOOLS)/bin/tox run -q -e bench

# Write into docs/releases.rst what the last `make test` and, after it, `make distributions` ran on.
releases: $(TOOLS)/ready
	@$(TOOLS)/bin/python -m tools.releases

# For a release: extract what is to be translated.
messages: $(TOOLS)/ready
	@$(TOOLS)/bin/tox run -q -e messages

# List the share of the texts that each language says.
translations: $(TOOLS)/ready
	@$(TOOLS)/bin/tox run -q -e messages -- tools.translations

# Write anew what each page costs in calls to GBP (tests/unit/views/calls.json), then hold it to all that is tested.
calls: $(TOOLS)/ready
	@$(TOOLS)/bin/tox run -q -e unit-horizon27 -- tests/unit/views/test_calls.py -k project-50 --write-pinned
	@$(TOOLS)/bin/tox run -q -e unit-horizon27 -- tests/unit/views/test_calls.py

# Write anew the pages that the scripts are tested on (tests/js/pages).
pages: $(TOOLS)/ready
	@$(TOOLS)/bin/tox run -q -e unit-horizon27 -- tests/unit/views/test_pages_of_scripts.py --write-pinned

# Draw anew which room imports which (docs/images/rooms.svg).
rooms:
	@$(PYTHON) -m tools.rooms

# Measure the code beside that of other projects, which Git fetches, and write the tables into docs/measures.rst.
measures: $(TOOLS)/ready
	@$(TOOLS)/bin/python -m tools.test measures

# Write the sample file of the settings anew.
settings: $(TOOLS)/ready
	@$(TOOLS)/bin/tox run -q -e unit-horizon27 -- tests/unit/test_conf.py --write-pinned

# Take the pictures of the documentation of a demo that runs.
picture: $(TOOLS)/ready
	@$(TOOLS)/bin/tox run -q -e picture

# Build the sdist and the wheel of the last commit into dist/, as they are published.
dist: $(TOOLS)/ready
	@$(TOOLS)/bin/tox run -q -e release -- tools.dist

# List what is missing before the last commit can be published.
release-check: $(TOOLS)/ready
	@$(TOOLS)/bin/tox run -q -e release

# The environment is made when what it holds changes; system packages are looked at each time.
$(TOOLS)/made: tools/requirements.txt
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || $(PYTHON) -m tools.system_packages python3-venv
	@$(PYTHON) -m venv --clear $(TOOLS)
	@$(TOOLS)/bin/pip install --quiet --disable-pip-version-check -r $<
	@touch $@

.PHONY: $(TOOLS)/ready
$(TOOLS)/ready: $(TOOLS)/made
	@$(TOOLS)/bin/python -m tools.system_packages

clean:
	rm -rf .demo .measures .tools .tox build dist node_modules *.egg-info
