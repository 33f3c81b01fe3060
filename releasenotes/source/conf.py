# SPDX-License-Identifier: Apache-2.0
"""Sphinx: the release notes by themselves, as OpenStack publishes them."""

project = 'gbp_status_ui'
author = copyright = 'gbp_status_ui developers'  # noqa: A001
extensions = ['openstackdocstheme', 'reno.sphinxext']
html_theme = 'openstackdocs'
openstackdocs_auto_name = False
openstackdocs_auto_version = False
