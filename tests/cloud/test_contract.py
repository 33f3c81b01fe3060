# SPDX-License-Identifier: Apache-2.0
"""The real service answers what the stand-in of the unit tests answers."""

import pytest

from tests.contract import Contract


class TestGbp(Contract):
    @pytest.fixture
    def without_chains(self, log_in, in_second_region):
        return in_second_region

    @pytest.fixture
    def stranger(self, log_in):
        client = log_in('demo')
        session = client.session
        session['token'].id = 'not a token'
        session.save()
        return client
