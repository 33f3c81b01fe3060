# SPDX-License-Identifier: Apache-2.0
"""What one resource says of itself."""

import time

import pytest

from gbp_status_ui.model import history
from gbp_status_ui.model import neutron
from gbp_status_ui.model import registry
from gbp_status_ui.model import statuses
from gbp_status_ui.model.beneath import Beneath
from gbp_status_ui.model.resource import Resource

GROUPS = registry.BY_COLLECTION['policy_target_groups']
CHAINS = registry.BY_COLLECTION['servicechain_instances']
RULES = registry.BY_COLLECTION['policy_rules']


def test_what_a_word_means_depends_on_the_backend():
    rule = {'id': 'a', 'status': 'BUILD'}

    assert Resource(RULES, rule).status is statuses.BUILD
    assert Resource(RULES, rule, extensions=('cisco-apic-gbp',)).status is statuses.EVERY_RULE


@pytest.mark.parametrize(('details', 'said'), [(None, ''), (' \n', ''), (' full ', ' full ')])
def test_blanks_alone_are_no_details(details, said):
    assert Resource(GROUPS, {'id': 'a', 'status_details': details}).details == said


@pytest.mark.parametrize(
    ('kind', 'details', 'is_of_chain'),
    [
        (GROUPS, 'node deployment in progress', True),
        (GROUPS, 'node deployment failed', True),
        (GROUPS, 'leaf-203 is down', False),
        (GROUPS, None, False),
        (CHAINS, 'node deployment in progress', False),
    ],
)
def test_a_group_may_have_the_status_of_a_chain(kind, details, is_of_chain):
    assert Resource(kind, {'id': 'a', 'status_details': details}).has_status_of_chain == is_of_chain


def test_a_resource_has_the_names_that_the_fabric_has_for_it():
    named = {'id': 'a', 'apic:distinguished_names': {'EndpointGroup': 'uni/tn-a/ap-b/epg-c'}}

    assert Resource(GROUPS, named).fabric_names == [('EndpointGroup', 'uni/tn-a/ap-b/epg-c')]
    assert Resource(GROUPS, {'id': 'a'}).fabric_names == []


def test_of_what_nobody_has_asked_nothing_is_said():
    resource = Resource(GROUPS, {'id': 'a', 'status': 'ACTIVE'})

    assert (resource.badge_note, resource.failed_beneath, resource.recovered_at) == (None, [], 0)


def test_a_resource_says_what_is_beneath_it_and_when_it_recovered():
    resource = Resource(GROUPS, {'id': 'a', 'status': 'ACTIVE'})
    failed = neutron.NeutronObject(neutron.BY_COLLECTION['networks'], {'id': 'b', 'status': 'ERROR'}, False)
    resource.beneath = Beneath(resource, (failed,))
    at = time.time() - 60
    resource.history = history.of('ACTIVE', [(at - 60, 'ACTIVE'), (at, 'ERROR')])

    assert resource.failed_beneath == [failed]
    assert resource.badge_note.state == 'error'
    assert resource.recovered_at == at
