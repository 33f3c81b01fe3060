# SPDX-License-Identifier: Apache-2.0
"""Sphinx: the documentation, with the reference made from the package and the release notes from reno."""

from pathlib import Path
import sys

import gbp_status_ui

sys.path.insert(0, str(Path(__file__).parent / 'extensions'))

project = 'gbp_status_ui'
author = copyright = 'gbp_status_ui developers'  # noqa: A001
release = version = gbp_status_ui.__version__
extensions = ['openstackdocstheme', 'reno.sphinxext', 'reference', 'rooms']
exclude_patterns = ['extensions']
html_theme = 'openstackdocs'
openstackdocs_auto_name = False
openstackdocs_auto_version = False
