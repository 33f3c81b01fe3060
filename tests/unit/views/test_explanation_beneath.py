# SPDX-License-Identifier: Apache-2.0
"""What a popover says of what is beneath a resource: its objects in Neutron, and its names in the fabric."""

import collections

from django.test import override_settings
import pytest

from gbp_status_ui.caching import deadline
from gbp_status_ui.model import neutron
from gbp_status_ui.model import scope

from tests import hostile
from tests import markup
from tests.unit.views.test_explanation import ask
from tests.unit.views.test_explanation import causes
from tests.unit.views.test_explanation import explained
from tests.unit.views.test_explanation import ticket

GROUPS, L2_POLICIES, L3_POLICIES, TARGETS = 'policy_target_groups', 'l2_policies', 'l3_policies', 'policy_targets'
NO_ERROR = 'GBP and Neutron report no error of what it is built from.'
EPG = 'uni/tn-demo/ap-shop/epg-web'


def l2_policy(aim, status='ACTIVE', **network):
    """Make an L2 policy with its network; return the ids of both."""
    net = aim.neutron.make('networks', 'l2p_front', **network)
    return aim.make(L2_POLICIES, 'front', status=status, network_id=net), net


def told(document):
    return markup.texts(document, '[data-gbp-status-object]')


def quiet(document):
    return markup.texts(document, 'p.gbp-status-quiet')


def names(document):
    return [
        (
            ' '.join(row.query_one('.gbp-status-name').text().split()),
            row.query_one('button').attrs['data-gbp-status-dn'],
        )
        for row in document.query('.gbp-status-names li')
    ]


def test_an_error_beneath_what_is_active_is_told(aim, member):
    policy, net = l2_policy(aim, sync='error')
    document = explained(member, L2_POLICIES, policy)

    assert told(document) == ['Error: Network l2p_front Neutron reports an error of this object.']
    assert quiet(document) == []
    assert f'In Neutron: Network l2p_front ({net}), Error' in ticket(document)


def test_what_neutron_reports_no_error_of_is_named_and_is_no_proof(aim, member):
    routers = [aim.neutron.make('routers', name) for name in ('one', 'two')]
    vrf = aim.neutron.make('address_scopes', 'vrf')
    policy = aim.make(L3_POLICIES, 'core', routers=routers, address_scope_v4_id=vrf)
    document = explained(member, L3_POLICIES, policy)
    sentence = 'Neutron reports no error of its routers and address scope.'

    assert (told(document), quiet(document)) == ([], [sentence])
    assert 'Not that it works.' in document.query_one('details').text()
    assert f'In Neutron: {sentence}' in ticket(document)


def test_a_port_that_is_down_is_told_and_is_no_error(aim, member):
    port = aim.neutron.make('ports', 'pt_web', status='DOWN')
    document = explained(member, TARGETS, aim.make(TARGETS, 'web', status=None, port_id=port))

    assert told(document)[0].startswith('Down: Port pt_web Neutron reports this object as down. That is normal')
    assert quiet(document) == ['Neutron reports no error of its port.']


def test_what_could_not_be_read_is_said_once_and_nothing_is_said_to_be_well(aim, member):
    policy, _net = l2_policy(aim, status='ERROR')
    aim.fail('networks', 500)
    document = explained(member, L2_POLICIES, policy)

    assert markup.texts(document, '.gbp-status-unread strong') == ['Networks could not be read.']
    assert 'no error of' not in document.text()
    assert 'In Neutron: Networks could not be read.' in ticket(document)


def test_a_hidden_state_is_said_to_be_hidden(aim, member):
    aim.neutron.hides = lambda _person, _collection: {neutron.SYNC_STATE}
    document = explained(member, L2_POLICIES, l2_policy(aim)[0])

    assert 'does not allow you to read this' in document.query_one('.gbp-status-unread').text()
    assert 'no error of' not in document.text()


def test_what_is_still_being_read_is_said_and_the_popover_retries(aim, member, monkeypatch):
    policy, _net = l2_policy(aim, status='ERROR')
    explained(member, L2_POLICIES, policy)
    monkeypatch.setattr(deadline, 'list_wait_seconds', lambda: 0.3)
    aim.hold('networks')
    waiting = ask(member, L2_POLICIES, policy)
    document = markup.fragment(waiting.content.decode())

    assert quiet(document) == ['Some of its objects in Neutron are still being read.']
    assert (int(waiting.headers['Retry-After']) > 0, 'Gbp-Status-Not-Before' in waiting.headers) == (True, True)
    assert 'In Neutron: Some of its objects in Neutron are still being read.' in ticket(document)

    monkeypatch.setattr(deadline, 'list_wait_seconds', lambda: 30)
    aim.release()
    later = ask(member, L2_POLICIES, policy)
    assert 'Retry-After' not in later.headers
    assert quiet(markup.fragment(later.content.decode())) == ['Neutron reports no error of its network.', NO_ERROR]


def test_what_is_beneath_the_related_resources_explains_an_error(aim, member):
    policy, net = l2_policy(aim, sync='error', names={'BridgeDomain': 'uni/tn-demo/BD-front'})
    document = explained(member, GROUPS, aim.make(GROUPS, 'web', status='ERROR', l2_policy_id=policy))

    assert causes(document) == ['Active, network in error: L2 Policy front']
    assert 'Related resources in error:' in document.text()
    lines = ticket(document)
    place = lines.index(f'Cause: L2 Policy front ({policy}), Active, network in error')
    assert lines[place + 1 : place + 3] == [
        f'- Network l2p_front ({net}), Error',
        '- BridgeDomain uni/tn-demo/BD-front',
    ]


def test_what_is_being_built_beneath_explains_what_is_being_built(aim, member):
    policy, _net = l2_policy(aim, sync='build')
    document = explained(member, GROUPS, aim.make(GROUPS, 'web', status='BUILD', l2_policy_id=policy))

    assert causes(document) == ['Active, network being built: L2 Policy front']
    assert 'still being built' in document.text()


def test_that_nothing_is_in_error_is_said_where_all_beneath_was_read(aim, member):
    policy, _net = l2_policy(aim)
    group = aim.make(GROUPS, 'web', status='ERROR', l2_policy_id=policy)

    assert quiet(explained(member, GROUPS, group)) == [NO_ERROR]
    aim.fail('networks', 500)
    assert quiet(explained(member, GROUPS, group)) == []


def test_it_is_not_said_beside_an_error_beneath(aim, member):
    assert quiet(explained(member, L2_POLICIES, l2_policy(aim, 'ERROR', sync='error')[0])) == []


@override_settings(GBP_STATUS_UI={'neutron_states': False})
def test_without_the_setting_nothing_is_said_of_neutron(aim, member):
    policy, _net = l2_policy(aim, 'ERROR', sync='error')
    document = explained(member, L2_POLICIES, policy)

    assert quiet(document) == ['GBP reports no error of what it is built from.']
    assert 'Neutron' not in document.text()
    assert 'networks' not in {asked.collection for asked in aim.requests}


@pytest.mark.parametrize(
    ('status', 'asked'), [('ACTIVE', {'subnets': 1}), ('ERROR', {'subnets': 1, 'networks': 2, 'routers': 1})]
)
def test_it_costs_a_list_for_each_kind_of_objects_and_a_show_for_each_network(aim, member, status, asked):
    router = aim.neutron.make('routers', 'edge')
    l3_policy = aim.make(L3_POLICIES, 'core', routers=[router])
    nets = [aim.neutron.make('networks', name) for name in ('one', 'two')]
    policies = [aim.make(L2_POLICIES, 'front', network_id=net, l3_policy_id=l3_policy) for net in nets]
    subnets = [aim.neutron.make('subnets', name) for name in 'abc']
    # GBP gives a group one L2 policy: two are to show what more networks cost.
    explained(member, GROUPS, aim.make(GROUPS, 'web', status=status, l2_policy_id=policies, subnets=subnets))
    found = collections.Counter(one.collection for one in aim.requests if one.collection in neutron.BY_COLLECTION)

    assert found == asked


def test_a_group_has_its_names_in_the_fabric_to_copy(aim, member):
    subnet = aim.neutron.make('subnets', 'inner', names={'10.0.0.1/24': 'uni/tn-demo/BD-front/subnet-a'})
    attributes = {neutron.DISTINGUISHED_NAMES: {'EndpointGroup': EPG}}
    document = explained(member, GROUPS, aim.make(GROUPS, 'web', subnets=[subnet], **attributes))

    assert names(document) == [
        (f'EndpointGroup {EPG}', EPG),
        ('10.0.0.1/24 uni/tn-demo/BD-front/subnet-a', 'uni/tn-demo/BD-front/subnet-a'),
    ]
    assert document.query('.gbp-status-names button')[0].attrs['aria-label'] == f'Copy {EPG}'
    assert not document.query('.gbp-status-names a')
    assert f'In the fabric: EndpointGroup {EPG}' in ticket(document)


@override_settings(GBP_STATUS_UI={'apic_url': 'https://apic.example.org/#{dn}'})
def test_a_name_leads_to_the_fabrics_own_dashboard_where_that_is_known(aim, member):
    attributes = {neutron.DISTINGUISHED_NAMES: {'Contract': 'uni/tn-demo/brc-web'}}
    document = explained(member, 'policy_rule_sets', aim.make('policy_rule_sets', 'web', **attributes))
    link = document.query_one('.gbp-status-names a').attrs

    assert link['href'] == 'https://apic.example.org/#uni%2Ftn-demo%2Fbrc-web'
    assert (link['target'], link['rel']) == ('_blank', 'noopener noreferrer')


@pytest.mark.parametrize('name', hostile.NAMES)
def test_hostile_names_stay_text(aim, member, name):
    policy, net = l2_policy(aim, sync='error', names={name: name})
    aim.neutron.set(net, name=name)
    document = explained(member, L2_POLICIES, policy)

    hostile.require_none(document)
    assert name in told(document)[0] or ' '.join(name.split()) in told(document)[0]


def test_whose_an_object_of_another_project_is(aim, member):
    policy, net = l2_policy(aim, sync='error', project='other', shared=True)
    document = explained(member, L2_POLICIES, policy)

    assert 'other' in told(document)[0]
    assert f'In Neutron: Network l2p_front ({net}), Error, of the project other' in ticket(document)


def test_a_group_whose_status_is_that_of_its_chain_says_so(aim, member):
    group = aim.make(GROUPS, 'web', status='BUILD', details='node deployment in progress')

    assert 'GBP has copied this status from a service chain' in quiet(explained(member, GROUPS, group))[0]


@pytest.mark.parametrize('panel_scope', [scope.PROJECT, scope.ADMIN], ids=lambda one: one.dashboard)
def test_an_automatic_group_is_explained_by_its_id(aim, administrator, panel_scope):
    id_ = 'auto' + 'a1' * 16
    aim.make(GROUPS, 'ptg-for-l2p-1', project='admin', id_=id_, is_auto_ptg=True)

    assert f'ID: {id_}' in ticket(explained(administrator, GROUPS, id_, panel_scope))
