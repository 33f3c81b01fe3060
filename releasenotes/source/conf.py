# SPDX-License-Identifier: Apache-2.0
"""Sphinx: the release notes by themselves, as OpenStack publishes them."""

import logging

project = author = 'gbp_status_ui'
copyright = 'the developers of gbp_status_ui. Apache License 2.0'  # noqa: A001
extensions = ['reno.sphinxext']
html_theme = 'furo'
html_title = project
# A package that furo brings makes all loggers write to the terminal.
logging.getLogger('reno').setLevel(logging.WARNING)
