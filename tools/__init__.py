# SPDX-License-Identifier: Apache-2.0
"""What the Makefile runs; not part of the plugin. Works on Python 3.9 and later, with the standard library alone."""
