# SPDX-License-Identifier: Apache-2.0
"""Tests of the parts of the embedded cloud that need no cloud."""
