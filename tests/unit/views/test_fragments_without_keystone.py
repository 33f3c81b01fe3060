# SPDX-License-Identifier: Apache-2.0
"""What a page loads in the background asks Keystone nothing: Horizon's context processors would, without a limit."""

from django.urls import reverse
import pytest

from tests.unit.viewing import GROUPS

pytestmark = pytest.mark.releases


@pytest.fixture
def asked(monkeypatch):
    """How often Keystone was asked for the projects of the user."""
    found = []
    monkeypatch.setattr('openstack_auth.utils.get_project_list', lambda **_: found.append(1) or [])
    return found


def address(name, *args):
    return reverse(f'horizon:project:gbp_status:{name}', args=args)


def backgrounds(group):
    return [
        address('lines') + f'?kind={GROUPS}&kind=servicechain_instances',
        address('statuses') + f'?{GROUPS}={group}',
        address('explanation', GROUPS, group),
        address('explanation', GROUPS, 'no-such-group'),
        address('export') + '?format=csv&tab=gbp_status_tabs__groups',
    ]


@pytest.mark.parametrize('fault', [None, 500, 403], ids=['well', 'failing', 'forbidden'])
def test_what_comes_in_the_background_asks_keystone_nothing(gbp, member, group, asked, fault):
    gbp.set(group, 'ERROR', 'broken')
    gbp.fail(GROUPS, fault)
    statuses = [member.get(path).status_code for path in backgrounds(group)]

    assert (statuses[:2], asked) == ([200, 200], [])


def test_a_page_of_horizon_asks_for_its_own_menu(member, group, asked):
    """So the test above would notice."""
    member.get(address('index'))

    assert asked
