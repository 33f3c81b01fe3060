# SPDX-License-Identifier: Apache-2.0
"""Each test here runs on each of RELEASES; ``board`` and ``open_board`` are pages of that Horizon."""

import contextlib

import pytest

from demo import dashboard

from tests import dashboards
from tests import versions
from tests.browser.conftest import Sessions

#: All other tests in a browser run on the newest one.
RELEASES = [dashboard.release_of(name) for name in ('22.1', '25.5')]


class _Horizons(dict):
    """{release: Sessions} of Horizons that are started when they are first asked for."""

    def __init__(self, cloud, browser, ending):
        super().__init__()
        self._cloud, self._browser, self._ending = cloud, browser, ending

    def __missing__(self, release):
        self[release] = Sessions(self._address(release), self._browser)
        return self[release]

    def _address(self, release):
        if release == self._cloud.horizon and not dashboards.themes_of(release):
            return self._cloud.horizon_url
        return self._ending.enter_context(dashboards.horizon(self._cloud, f'horizon-{release}', release=release))


@pytest.fixture(scope='session')
def horizons(cloud, browser):
    with contextlib.ExitStack() as ending:
        yield _Horizons(cloud, browser, ending)


@pytest.fixture(params=RELEASES)
def release(request, cloud, record_property):
    for name, version in versions.demo(request.param, cloud.gbp, dashboards.GBP).items():
        record_property(name, version)
    return request.param


@pytest.fixture
def sessions(horizons, release):
    return horizons[release]
