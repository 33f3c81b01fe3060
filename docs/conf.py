# SPDX-License-Identifier: Apache-2.0
"""Sphinx: the documentation, with the reference made from the package and the release notes from reno."""

import logging
from pathlib import Path
import sys

import gbp_status_ui

sys.path.insert(0, str(Path(__file__).parent / 'extensions'))

project = author = 'gbp_status_ui'
copyright = 'the developers of gbp_status_ui. Apache License 2.0'  # noqa: A001
release = version = gbp_status_ui.__version__
extensions = ['reno.sphinxext', 'links', 'reference']
exclude_patterns = ['extensions']
highlight_language = 'text'
html_theme = 'furo'
# Without the commit, which no heading has room for.
html_title = '%s %s' % (project, version.partition('+')[0])
# A package that furo brings makes all loggers write to the terminal.
logging.getLogger('reno').setLevel(logging.WARNING)
