# SPDX-License-Identifier: Apache-2.0
"""The embedded cloud that the tests without a browser share; it starts when the first asks for it."""

from types import SimpleNamespace

import pytest

from demo import ports
from demo.cloud import Switches
from demo.environments import Environments
from demo.neutron import environment_of
from demo.neutron import Neutron
from demo.preparation import Preparation

from tests import clouds
from tests import dashboards
from tests import versions
from tests.dashboards import ENVIRONMENTS
from tests.dashboards import GBP
from tests.dashboards import RELEASE

#: {what a cloud calls a file that its backend reads: the file}.
SWITCHES = {'statuses': 'lifecycle', 'below': 'below', 'faults': 'faults'}


@pytest.fixture(scope='session')
def cloud(record_testsuite_property):
    """Keystone, with GBP 16 and GBP 18 as two regions of it. The tests in a browser have one with Horizon."""
    with clouds.cloud('services', gbp=('16', '18'), horizon=None) as running:
        for name, version in versions.demo(RELEASE, running.gbp, running.gbp[0]).items():
            record_testsuite_property(name, version)
        yield running


@pytest.fixture(scope='session')
def apic_neutron(cloud):
    """A Neutron with the backend `apic`, on the Keystone of the shared cloud and not in its catalogue.

    It has its address as ``url``, and the switches of a cloud: ``statuses``, ``below`` and ``faults``.
    """
    directory = cloud.directory / 'apic'
    directory.mkdir(exist_ok=True)
    preparation = Preparation(lambda line: None)
    environment = Environments(ENVIRONMENTS, preparation).path(environment_of(GBP))
    port = ports.remembered(directory / 'ports.json', ['neutron'])['neutron']
    one = Neutron(directory, environment, GBP, 'Apic', port, cloud.keystone_url, 'apic', bare=True)
    one.prepare(preparation)
    with dashboards.running(directory) as services:
        one.start(services)
        services.wait_until_ready(one.name, one.url)
        switches = {name: Switches(directory / f'{file}.json') for name, file in SWITCHES.items()}
        yield SimpleNamespace(keystone_url=cloud.keystone_url, url=one.url, directory=directory, **switches)
