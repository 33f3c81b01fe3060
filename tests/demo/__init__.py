# SPDX-License-Identifier: Apache-2.0
"""Tests of the embedded cloud: its parts without a cloud, and what its backends report."""
