# SPDX-License-Identifier: Apache-2.0
PYTHON ?= python3

.PHONY: demo clean

# DEMO_PORT, DEMO_GBP, DEMO_HORIZON, DEMO_DIR: see `python3 -m demo --help`.
demo:
	@exec $(PYTHON) -m demo

clean:
	rm -rf .demo build dist *.egg-info
