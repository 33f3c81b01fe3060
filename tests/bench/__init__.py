# SPDX-License-Identifier: Apache-2.0
"""make bench: the plugin beside what a user would have instead, on one embedded cloud; see docs/performance.rst."""
