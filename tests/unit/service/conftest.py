# SPDX-License-Identifier: Apache-2.0
"""Fixtures of the tests of what is asked of services."""

import pytest

from gbp_status_ui.model import scope

from tests.asking import door


@pytest.fixture
def way(gbp, member):
    """Open the door for somebody who knows the extensions; what the stand-in was asked for that is forgotten."""

    def opened(client=member, seen_from=scope.PROJECT):
        found = door(client, seen_from)
        assert found.extensions
        gbp.requests.clear()
        return found

    return opened
