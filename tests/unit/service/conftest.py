# SPDX-License-Identifier: Apache-2.0
"""Fixtures of the tests of what is asked of services."""

import pytest

from gbp_status_ui.model import scope

from tests.asking import gbp_of


@pytest.fixture
def open_gbp(gbp, member):
    """Return GBP as seen by somebody who knows the extensions; what the stand-in was asked for that is forgotten."""

    def opened(client=member, panel_scope=scope.PROJECT):
        found = gbp_of(client, panel_scope)
        assert found.extensions
        gbp.requests.clear()
        return found

    return opened
