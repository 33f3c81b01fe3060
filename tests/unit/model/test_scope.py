# SPDX-License-Identifier: Apache-2.0
"""The two scopes and the addresses in them; other tools rely on these."""

import pytest

from gbp_status_ui.model import scope

pytestmark = pytest.mark.releases


@pytest.mark.parametrize(
    ('panel', 'view', 'arguments', 'address'),
    [
        (scope.PROJECT, 'index', (), '/project/gbp_status/'),
        (scope.ADMIN, 'index', (), '/admin/gbp_status/'),
        (scope.PROJECT, 'statuses', (), '/project/gbp_status/statuses/'),
        (scope.ADMIN, 'export', (), '/admin/gbp_status/export/'),
        (scope.PROJECT, 'detail', ('l3_policies', 'an-id'), '/project/gbp_status/l3_policies/an-id/'),
        (scope.ADMIN, 'explanation', ('l3_policies', 'an-id'), '/admin/gbp_status/l3_policies/an-id/explanation/'),
    ],
)
def test_addresses_are_those_of_the_contract(panel, view, arguments, address):
    assert panel.url(view, *arguments) == address
