# SPDX-License-Identifier: Apache-2.0
"""A cloud of its own, whose backend reports what Cisco's AIM driver does: for what is seen beneath resources."""

import pytest

from tests import clouds
from tests.browser.conftest import Sessions
from tests.browser.conftest import WATCHED
from tests.dashboards import RELEASE

WELL = 'synced'


@pytest.fixture(scope='session')
def cloud():
    with clouds.cloud('apic', horizon=RELEASE, backend='apic') as running:
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
        """Calls to a collection fail: ``status=500``, or wait for :meth:`answer_again`: ``hold=True``."""
        self.cloud.faults.set({collection: fault})

    def answer_again(self):
        self.cloud.faults.clear()


@pytest.fixture
def backend(cloud):
    """At rest, all is well."""
    fabric = Fabric(cloud)
    cloud.statuses.clear()
    fabric.report()
    yield fabric
    fabric.answer_again()
    fabric.report()
