# SPDX-License-Identifier: Apache-2.0
"""The embedded cloud that all tests of one session share; it starts when the first asks for it."""

import os

import pytest

from demo import cloud as demo

from tests import versions
from tests.dashboards import ENVIRONMENTS
from tests.dashboards import RELEASE
from tests.dashboards import STATE


@pytest.fixture(scope='session')
def cloud(record_testsuite_property):
    """Keystone, GBP 16 and GBP 18 as two regions of it, and Horizon with the plugin (none where DEMO_HORIZON is empty).

    State and environments stay for the next time, in DEMO_DIR and DEMO_ENVIRONMENTS or in .demo.
    """
    # The clocks of pages stand still in tests: no list may be late only because the machine is busy.
    os.environ['DEMO_LIST_WAIT'] = '4'
    with demo.Cloud(
        os.environ.get('DEMO_DIR') or STATE / 'tests',
        gbp=('16', '18'),
        horizon=None if os.environ.get('DEMO_HORIZON') == '' else RELEASE,
        environments=ENVIRONMENTS,
    ) as running:
        for name, version in versions.demo(RELEASE, running.gbp, running.gbp[0]).items():
            record_testsuite_property(name, version)
        yield running
