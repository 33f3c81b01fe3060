# SPDX-License-Identifier: Apache-2.0
"""The stand-in answers what the real service answers (tests/cloud/test_contract.py asserts the same of that)."""

import pytest

from tests.clients import Client
from tests.contract import Contract
from tests.unit import sessions


class TestStandIn(Contract):
    @pytest.fixture
    def other_member(self):
        return sessions.OTHER.log_in(Client())

    @pytest.fixture
    def without_chains(self, gbp, member):
        gbp.extensions.discard('servicechain')
        return member

    @pytest.fixture
    def stranger(self):
        return sessions.Person('stranger', 'demo', roles=('member',)).log_in(Client())
