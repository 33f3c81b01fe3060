# SPDX-License-Identifier: Apache-2.0
"""Each test here runs with both releases: ``open_panel`` opens a page of the Horizon that has the one of ``gbp``."""

import pytest

from demo.cloud import REGIONS

from tests import dashboards
from tests.browser.conftest import Sessions


@pytest.fixture(params=['16', '18'])
def gbp(request):
    """The release of GBP: with 16 the shared Horizon has gbpui 16.0.0, with 18 a further one has 18.0.0."""
    return request.param


@pytest.fixture(scope='session')
def sessions_with_18(cloud, browser):
    with dashboards.horizon(cloud, 'horizon-gbpui-18', gbp='18') as url:
        yield Sessions(url, browser, REGIONS[cloud.gbp.index('18')])


@pytest.fixture
def sessions(request, gbp, sessions):
    return request.getfixturevalue('sessions_with_18') if gbp == '18' else sessions
