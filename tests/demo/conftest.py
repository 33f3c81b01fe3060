# SPDX-License-Identifier: Apache-2.0
"""Lets the tests import what Neutron loads from a folder of its own."""

from pathlib import Path
import sys

sys.path.insert(0, str(Path(__file__).parents[2] / 'demo' / 'plugin'))
