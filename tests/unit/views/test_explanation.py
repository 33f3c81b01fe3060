# SPDX-License-Identifier: Apache-2.0
"""Why a resource does not work: the related one that is to blame, and a text for a ticket."""

import re

import pytest
import requests

from gbp_status_ui.model import scope

from tests import building
from tests import hostile
from tests import markup

GROUPS = 'policy_target_groups'
CHAINS = 'servicechain_instances'


def ask(client, collection, id_, panel_scope=scope.PROJECT):
    return client.get(panel_scope.url('explanation', collection, id_))


def explained(client, collection, id_, panel_scope=scope.PROJECT):
    response = ask(client, collection, id_, panel_scope)
    assert response.status_code == 200
    assert response.headers['Server-Timing']
    return markup.fragment(response.content.decode())


def causes(document):
    return markup.texts(document, '[data-gbp-status-cause]')


def ticket(document):
    return [line.strip() for line in document.query_one('template[data-gbp-status-ticket]').text().splitlines()]


@pytest.mark.parametrize(
    ('chosen', 'ending'),
    [('Asia/Kolkata', '+05:30 (Asia/Kolkata)'), ('UTC', '+00:00 (UTC)'), ('Mars/Olympus', '+00:00 (UTC)')],
)
def test_a_ticket_has_the_time_of_the_users_settings_and_names_the_zone(gbp, member, chosen, ending):
    member.cookies['django_timezone'] = chosen
    group = gbp.make(GROUPS, 'web', status='ERROR')
    address = scope.PROJECT.url('explanation', GROUPS, group)
    answer = member.get(address, headers={'X-Requested-With': 'XMLHttpRequest'})

    (time,) = [line for line in ticket(markup.fragment(answer.content.decode())) if line.startswith('Time: ')]
    assert time.endswith(ending)


def test_a_group_in_error_without_details_names_its_l2_policy(gbp, member):
    l2_policy = gbp.make('l2_policies', 'front', status='ERROR', details='VLAN vlan-1187 is in use')
    group = gbp.make(GROUPS, 'web', status='ERROR', l2_policy_id=l2_policy)
    document = explained(member, GROUPS, group)

    assert causes(document) == ['Error: L2 Policy front VLAN vlan-1187 is in use']
    assert document.query_one('[data-gbp-status-cause] a').attrs['href'] == scope.PROJECT.url(
        'detail', 'l2_policies', l2_policy
    )


def test_a_chain_in_error_names_its_node(gbp, member):
    chain = building.chain(gbp, member, nodes=('fw', 'lb'), status='ERROR')
    gbp.set(chain.nodes[1], 'ERROR', 'no valid host was found')

    assert causes(explained(member, CHAINS, chain.id)) == ['Error: Chain Node edge-lb no valid host was found']


@pytest.mark.releases
def test_a_chain_of_which_gbp_does_not_say_the_node_names_them_all(gbp, member):
    chain = building.chain(gbp, member, nodes=('fw', 'lb'), status='ERROR', details='node deployment failed')
    document = explained(member, CHAINS, chain.id)

    assert causes(document) == ['edge-fw', 'edge-lb']
    assert 'does not say which one' in document.text()
    assert f'Chain Node edge-lb ({chain.nodes[1]})' in ticket(document)


def test_what_is_being_built_names_what_it_waits_for(gbp, member):
    l2_policy = gbp.make('l2_policies', 'front', status='BUILD')
    document = explained(member, GROUPS, gbp.make(GROUPS, 'web', status='BUILD', l2_policy_id=l2_policy))

    assert causes(document) == ['Building: L2 Policy front']
    assert 'still being built' in document.text()


def test_where_nothing_is_to_blame_that_is_said(gbp, member):
    document = explained(member, GROUPS, gbp.make(GROUPS, 'web', status='ERROR'))

    assert causes(document) == []
    assert 'GBP reports no error of what it is built from.' in document.text()


def test_the_ticket_says_all_that_somebody_else_needs(gbp, member):
    l2_policy = gbp.make('l2_policies', 'front', status='ERROR', details='VLAN in use')
    group = gbp.make(GROUPS, 'web', status='ERROR', details='not deployed', l2_policy_id=l2_policy)
    lines = dict(line.split(': ', 1) for line in ticket(explained(member, GROUPS, group)) if line)

    assert 'T' in lines.pop('Time')
    assert re.fullmatch(r'\d{4}-\d\d-\d\dT[\d:]{8}\+00:00 or earlier', lines.pop('Since'))
    assert lines == {
        'Group': 'web',
        'ID': group,
        'Project': 'demo (demo)',
        'Region': 'RegionOne',
        'Status': 'Error (ERROR)',
        'Details': 'not deployed',
        'Cause': f'L2 Policy front ({l2_policy}), Error: VLAN in use',
        'Address': f'http://testserver{scope.PROJECT.url("detail", GROUPS, group)}',
    }


def test_a_ticket_says_whose_a_cause_is_that_is_anothers(gbp, member):
    l2_policy = gbp.make('l2_policies', 'front', project='other', status='ERROR', shared=True)
    group = gbp.make(GROUPS, 'web', status='ERROR', l2_policy_id=l2_policy)

    assert f'Cause: L2 Policy front ({l2_policy}), Error, of the project other' in ticket(
        explained(member, GROUPS, group)
    )


def test_a_ticket_says_whose_it_is_in_one_line(gbp, administrator, keystone_projects):
    keystone_projects['other'] = 'Bakery\nStatus: Active'
    l2_policy = gbp.make('l2_policies', 'front', project='other', status='ERROR', shared=True)
    group = gbp.make(GROUPS, 'web', status='ERROR', l2_policy_id=l2_policy)
    lines = ticket(explained(administrator, GROUPS, group, scope.ADMIN))

    assert f'Cause: L2 Policy front ({l2_policy}), Error, of the project Bakery ⏎ Status: Active' in lines
    assert 'Status: Active' not in lines


def test_an_administrators_ticket_names_the_resources_project(gbp, administrator):
    tills = gbp.make(GROUPS, 'tills', project='other', status='ERROR')

    assert 'Project: Bakery (other)' in ticket(explained(administrator, GROUPS, tills, scope.ADMIN))


@pytest.mark.parametrize('name', hostile.NAMES)
def test_hostile_names_and_details_stay_text(gbp, administrator, keystone_projects, name):
    keystone_projects['demo'] = name
    l2_policy = gbp.make('l2_policies', name, status='ERROR', details=hostile.DETAILS)
    group = gbp.make(GROUPS, name, status='ERROR', details=hostile.DETAILS, l2_policy_id=l2_policy)
    document = explained(administrator, GROUPS, group, scope.ADMIN)

    hostile.require_none(document)
    assert f'Group: {name}' in ticket(document)


def test_long_details_of_a_cause_are_cut_but_for_the_ticket(gbp, member):
    l2_policy = gbp.make('l2_policies', 'front', status='ERROR', details=hostile.DETAILS)
    document = explained(member, GROUPS, gbp.make(GROUPS, 'web', status='ERROR', l2_policy_id=l2_policy))

    assert len(markup.texts(document, '.gbp-status-cause-details')[0]) <= 300
    assert hostile.DETAILS[-100:] in document.query_one('template').text()


@pytest.mark.parametrize(
    'line_break', ['\n', '\r\n', '\r', '\x0b', '\x0c', '\x1c', '\x85', '\u2028', '\u2029'], ids=ascii
)
def test_no_text_forges_a_line_of_the_ticket(gbp, administrator, keystone_projects, line_break):
    forged = f'web{line_break}Status: Active (ACTIVE){line_break}'
    keystone_projects['demo'] = forged
    texts = {'status': 'ERROR', 'details': forged}
    l2_policy = gbp.make('l2_policies', forged, **texts)
    plain = gbp.make(GROUPS, 'web', status='ERROR', l2_policy_id=gbp.make('l2_policies', 'front', status='ERROR'))
    group = gbp.make(GROUPS, forged, l2_policy_id=l2_policy, **texts)
    lines = ticket(explained(administrator, GROUPS, group, scope.ADMIN))

    assert len(lines) == len(ticket(explained(administrator, GROUPS, plain, scope.ADMIN)))
    assert [line for line in lines if line.startswith('Status: ')] == ['Status: Error (ERROR)']


def test_a_resource_that_is_gone_is_not_found(member):
    assert ask(member, GROUPS, 'some-id').status_code == 404
    assert ask(member, 'routers', 'some-id').status_code == 404


@pytest.mark.parametrize(('fault', 'said'), [(500, 'no usable answer'), (requests.Timeout('late'), 'within 10 s')])
def test_what_could_not_be_read_says_so(gbp, member, fault, said):
    group = gbp.make(GROUPS, 'web')
    gbp.fail(GROUPS, fault)
    response = ask(member, GROUPS, group)

    assert response.status_code == 503
    assert said in markup.fragment(response.content.decode()).text()


def test_what_is_another_projects_is_not_explained(gbp, member):
    tills = gbp.make(GROUPS, 'tills', project='other', status='ERROR')

    assert ask(member, GROUPS, tills).status_code == 404
    assert ask(member, GROUPS, tills, scope.ADMIN).status_code == 403


def test_the_ticket_says_what_is_broken_with_it(gbp, member):
    front = gbp.make('l2_policies', 'front', status='ERROR')
    group = gbp.make(GROUPS, 'web', status='ERROR', l2_policy_id=front)
    gbp.make(GROUPS, 'works', l2_policy_id=front)
    for id_ in (front, group):
        explained(member, 'l2_policies' if id_ == front else GROUPS, id_)
    document = explained(member, 'l2_policies', front)
    lines = ticket(document)

    assert markup.texts(document, '[data-gbp-status-extent]') == ['at least 1 broken with it']
    assert 'Affects: at least 1 broken with it; Groups: 1 Error' in lines
    assert f'- Group web ({group}), Error' in lines
    assert not [line for line in lines if 'works' in line]
