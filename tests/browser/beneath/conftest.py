# SPDX-License-Identifier: Apache-2.0
"""A cloud of its own, whose backend reports what Cisco's AIM driver does: for what is seen beneath resources."""

import os

import pytest

from demo import cloud as demo

from tests.browser.conftest import Sessions
from tests.browser.conftest import WATCHED
from tests.dashboards import ENVIRONMENTS
from tests.dashboards import RELEASE
from tests.dashboards import STATE

WELL = 'synced'


@pytest.fixture(scope='session')
def cloud():
    os.environ['DEMO_LIST_WAIT'] = '4'
    directory = (os.environ.get('DEMO_DIR') or str(STATE / 'tests')) + '-apic'
    with demo.Cloud(directory, horizon=RELEASE, backend='apic', environments=ENVIRONMENTS) as running:
        yield running


@pytest.fixture(scope='session')
def sessions(cloud, browser):
    return Sessions(cloud.horizon_url, browser)


@pytest.fixture
def scripts():
    """Its pages ask for what is beneath as they do for users."""
    return (WATCHED,)


class Fabric:
    """What the fabric and Neutron say of the objects beneath, by name; of all others that they are well."""

    def __init__(self, cloud):
        self.cloud = cloud

    def report(self, **states):
        self.cloud.below.set({'*': WELL, **states})

    def fail(self, collection, **fault):
        """Calls to a collection fail: ``status=500``, or take ``delay=3`` seconds."""
        self.cloud.faults.set({collection: fault})


@pytest.fixture
def backend(cloud):
    """At rest, all is well."""
    fabric = Fabric(cloud)
    cloud.statuses.clear()
    fabric.report()
    yield fabric
    cloud.faults.clear()
    fabric.report()
