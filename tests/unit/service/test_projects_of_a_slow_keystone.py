# SPDX-License-Identifier: Apache-2.0
"""A Keystone that hangs keeps no thread beyond the limit; a real socket."""

import pytest

from openstack_dashboard.api import keystone

from gbp_status_ui.service import projects

from tests import faulty_service
from tests.asking import request_of

LISTED = faulty_service.body({'projects': [{'id': 'other', 'name': 'Bakery'}], 'links': {}})
SLOW = {
    'silent': faulty_service.silent,
    'one byte at a time': faulty_service.dripping(b'HTTP/1.1 200 OK\r\nX-Slow: '),
}


@pytest.fixture(autouse=True)
def no_network():
    """These tests are about the network, on this host."""


@pytest.fixture(autouse=True)
def keystone_projects():
    """Keystone is a real socket instead."""


@pytest.mark.slow
@pytest.mark.parametrize('fault', SLOW.values(), ids=SLOW)
def test_a_keystone_that_is_well_again_is_read(administrator, monkeypatch, fault):
    monkeypatch.setattr(projects, 'UNKNOWN_TTL_SECONDS', 0)
    # To read the rules of Horizon's policies takes seconds.
    monkeypatch.setattr(keystone.policy, 'check', lambda *_: True)
    with faulty_service.running(fault) as service:
        monkeypatch.setattr(keystone, '_get_endpoint_url', lambda *_: service.url)
        # As many as there are threads for it.
        slow = [projects.every(request_of(administrator), limit=0.3)['other'] for _ in range(2)]
        for _ in range(2):
            assert projects._pool().submit(lambda: True).result(timeout=30)
        service.answer = LISTED
        well = projects.every(request_of(administrator))['other']

    assert (slow, well) == (['other', 'other'], 'Bakery')
