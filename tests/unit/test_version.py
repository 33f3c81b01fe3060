# SPDX-License-Identifier: Apache-2.0
"""The version of the package is what is installed."""

from importlib import metadata

import pytest

import gbp_status_ui

pytestmark = pytest.mark.releases


def test_the_version_is_that_of_what_is_installed():
    assert gbp_status_ui.__version__ == metadata.version('gbp_status_ui')
