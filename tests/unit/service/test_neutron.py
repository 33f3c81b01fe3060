# SPDX-License-Identifier: Apache-2.0
"""What Neutron says of the objects beneath: in which calls it is asked, and what is made of its answers."""

import json

from django.test import override_settings
import pytest
import requests

from gbp_status_ui import conf
from gbp_status_ui.caching import deadline
from gbp_status_ui.model import neutron as model
from gbp_status_ui.model import scope
from gbp_status_ui.model.answers import Reason
from gbp_status_ui.service import costs
from gbp_status_ui.service import neutron

from tests import asking
from tests.asking import door

AIM = {'cisco-apic', 'cisco-apic-l3', 'cisco-apic-gbp'}
OTHER_TYPES = [5, 1.5, True, [], {}, ['error'], {'a': 'error'}]


@pytest.fixture
def aim(gbp):
    """Neutron with Cisco's extensions."""
    gbp.extensions |= AIM
    return gbp


@pytest.fixture
def way(gbp, member):
    """Somebody who knows the extensions; what the stand-in was asked for that is forgotten."""

    def opened(client=member, seen_from=scope.PROJECT):
        found = door(client, seen_from)
        assert found.extensions
        gbp.requests.clear()
        return found

    return opened


def states(found):
    return {one.name: one.state.value for rows in found.rows.values() for one in rows.values()}


def asked(gbp):
    """Return [(collection, how many ids, or 'show')] of the calls that arrived."""
    found = [(one.collection, 'show' if one.resource_id else len(one.parameters.get('id', ()))) for one in gbp.requests]
    return sorted(found, key=str)


def unread(gbp):
    return {name: failure.reason for name, failure in gbp.unread.items()}


def test_objects_have_their_states_and_the_names_of_the_fabric(aim, way):
    subnet = aim.neutron.make('subnets', 'inner', sync='error', names={'10.0.0.1/24': 'uni/tn-a/BD-b/subnet-c'})
    router = aim.neutron.make('routers', 'edge', sync='build')
    found = neutron.by_ids(way(), {'subnets': [subnet], 'routers': [router]})

    assert states(found) == {'inner': 'error', 'edge': 'build'}
    assert found.rows['subnets'][subnet].fabric_names == [('10.0.0.1/24', 'uni/tn-a/BD-b/subnet-c')]
    assert asked(aim) == [('routers', 1), ('subnets', 1)]


def test_an_object_is_asked_for_with_named_fields(aim, way):
    wanted = {kind.collection: [aim.neutron.make(kind.collection, 'one')] for kind in model.KINDS}
    neutron.by_ids(way(), wanted)

    assert {one.collection: set(one.parameters['fields']) for one in aim.requests} == {
        kind.collection: set(kind.fields(kind.extension in AIM)) for kind in model.KINDS
    }


def test_150_ids_are_one_list_a_kind(aim, way):
    ids = [aim.neutron.make('ports', f'port-{number}') for number in range(conf.IDS_PER_CALL + 1)]
    found = neutron.by_ids(way(), {'ports': [*ids, *ids]})

    assert len(found.rows['ports']) == conf.IDS_PER_CALL + 1
    assert asked(aim) == [('ports', 1), ('ports', conf.IDS_PER_CALL)]


def test_networks_are_shown_one_by_one_where_their_lists_are_wrong(aim, way):
    ids = [aim.neutron.make('networks', f'net-{number}') for number in range(3)]
    found = neutron.by_ids(way(), {'networks': ids})

    assert states(found) == {'net-0': 'ok', 'net-1': 'ok', 'net-2': 'ok'}
    assert asked(aim) == [('networks', 'show')] * 3


def test_beyond_the_limit_a_network_is_known_by_its_error_alone(aim, way, monkeypatch):
    monkeypatch.setattr(neutron, 'MAX_SHOWS', 1)
    ids = [aim.neutron.make('networks', f'net-{number}') for number in range(3)]
    ids.append(aim.neutron.make('networks', 'broken', sync='error'))
    found = neutron.by_ids(way(), {'networks': ids})

    assert states(found) == {'net-0': 'ok', 'net-1': 'none', 'net-2': 'none', 'broken': 'error'}
    assert asked(aim) == [('networks', 'show'), ('networks', 3)]


def test_without_the_extensions_neutrons_own_word_is_listed(gbp, way):
    wanted = {kind.collection: [gbp.neutron.make(kind.collection, kind.member)] for kind in model.KINDS}
    gbp.neutron.set(wanted['networks'][0], status='ERROR')
    gbp.neutron.set(wanted['ports'][0], status='DOWN')
    found = neutron.by_ids(way(), wanted)

    assert states(found) == {'network': 'error', 'router': 'ok', 'port': 'down'}
    assert asked(gbp) == [('networks', 1), ('ports', 1), ('routers', 1)]


def test_each_extension_counts_for_its_own_kinds(gbp, way):
    gbp.extensions.add('cisco-apic-l3')
    wanted = {kind.collection: [gbp.neutron.make(kind.collection, kind.member, sync='error')] for kind in model.KINDS}

    assert states(neutron.by_ids(way(), wanted)) == {'network': 'ok', 'router': 'error', 'port': 'ok'}


def test_where_the_extensions_are_not_known_nothing_is_said_to_be_well(gbp, member):
    gbp.fail('extensions', 500)
    found, opened = None, door(member)
    found = neutron.by_ids(opened, {'networks': [gbp.neutron.make('networks', 'net')]})

    assert (states(found), unread(opened)) == ({}, {'networks': Reason.ERROR})
    assert not any(one.collection == 'networks' for one in gbp.requests)


def test_the_setting_turns_it_off(aim, way):
    wanted = {'networks': [aim.neutron.make('networks', 'net', sync='error')]}
    with override_settings(GBP_STATUS_UI={'neutron_states': False}):
        opened = way()
        found = neutron.by_ids(opened, wanted), neutron.of_scope(opened)

    assert ([states(one) for one in found], asked(aim), opened.unread) == ([{}, {}], [], {})


def test_what_the_user_may_not_see_is_left_out_and_nothing_failed(aim, way):
    wanted = {
        'networks': [aim.neutron.make('networks', 'theirs', project='other'), 'no-such-network'],
        'routers': [aim.neutron.make('routers', 'theirs', project='other'), aim.neutron.make('routers', 'own')],
    }
    opened = way()
    found = neutron.by_ids(opened, wanted)

    assert (states(found), found.unavailable, opened.unread) == ({'own': 'ok'}, {}, {})


@pytest.mark.parametrize('collection', ['networks', 'subnets'])
def test_a_state_that_a_policy_hides_is_said_and_is_no_news(aim, way, collection):
    aim.neutron.hides = lambda _person, _collection: {model.SYNC_STATE}
    opened = way()
    found = neutron.by_ids(opened, {collection: [aim.neutron.make(collection, 'one', sync='error')]})

    assert states(found) == {'one': 'none'}
    assert unread(opened) == {collection: Reason.FORBIDDEN}


@pytest.mark.parametrize('collection', ['networks', 'subnets'])
@pytest.mark.parametrize(
    ('fault', 'reason'),
    [(500, Reason.ERROR), (403, Reason.FORBIDDEN), (requests.Timeout('late'), Reason.TIMEOUT), (b'[]', Reason.ERROR)],
    ids=repr,
)
def test_what_fails_is_said_in_one_place_and_leaves_the_rest(aim, way, collection, fault, reason):
    wanted = {collection: [aim.neutron.make(collection, 'one')], 'routers': [aim.neutron.make('routers', 'edge')]}
    aim.fail(collection, fault)
    opened = way()
    found = neutron.by_ids(opened, wanted)

    assert (states(found), unread(opened)) == ({'edge': 'ok'}, {collection: reason})
    assert found.unavailable == opened.unread


def test_a_collection_that_is_not_served_is_no_empty_list(aim, way):
    aim.fail('address_scopes', 404)
    opened = way()
    neutron.by_ids(opened, {'address_scopes': [aim.neutron.make('address_scopes', 'vrf')]})

    assert unread(opened) == {'address_scopes': Reason.GONE}


@pytest.mark.parametrize('value', OTHER_TYPES, ids=repr)
@pytest.mark.parametrize('name', ['status', 'name', model.SYNC_STATE, model.DISTINGUISHED_NAMES])
def test_values_of_other_types_are_no_error(aim, way, name, value):
    wanted = {'routers': [aim.neutron.make('routers', 'edge')], 'networks': [aim.neutron.make('networks', 'net')]}
    aim.rewrite = lambda _asked, answer: _with(answer, name, value)
    found = neutron.by_ids(way(), wanted)
    objects = [one for rows in found.rows.values() for one in rows.values()]

    assert len(objects) == 2
    assert all(one.state in model.STATES and not one.state.problem for one in objects)
    assert all(isinstance(text, str) for one in objects for text in (one.name, *sum(one.fabric_names, ())))


def _with(answer, name, value):
    rows = [row for found in answer.values() for row in (found if isinstance(found, list) else [found])]
    for row in rows:
        if 'alias' not in row:
            row[name] = value
    return answer


def test_texts_are_clean(aim, way):
    subnet = aim.neutron.make('subnets', 'in\0ner', names={'Sub\0net': 'uni/\x1b[31mtn-a'})
    (found,) = neutron.by_ids(way(), {'subnets': [subnet]}).rows['subnets'].values()

    assert (found.name, found.fabric_names) == ('in\ufffdner', [('Sub\ufffdnet', 'uni/tn-a')])


def test_rows_without_an_id_are_counted_and_rows_that_were_not_asked_for_are_not_taken(aim, way):
    own, other = aim.neutron.make('subnets', 'own'), aim.neutron.make('subnets', 'other')
    broken = [{'id': 5}, None, {'id': other, 'name': 'other'}]
    aim.rewrite = lambda one, answer: {'subnets': answer['subnets'] + broken} if one.collection == 'subnets' else answer
    opened = way()
    found = neutron.by_ids(opened, {'subnets': [own]})

    assert (states(found), opened.unreadable['subnets']) == ({'own': 'ok'}, 2)


@pytest.mark.parametrize(
    'body', [b'{}', b'{"network": null}', b'{"network": {"id": "another"}}', b'nonsense', b'[' * 9999]
)
def test_a_show_that_is_no_network_is_a_failure(aim, way, body):
    aim.fail('networks', body)
    opened = way()

    assert states(neutron.by_ids(opened, {'networks': [aim.neutron.make('networks', 'net')]})) == {}
    assert unread(opened) == {'networks': Reason.ERROR}


def test_what_takes_longer_than_a_moment_is_pending_and_comes_by_itself(aim, way, monkeypatch, clock, member):
    net = aim.neutron.make('networks', 'net', sync='error')
    opened = way()
    aim.hold('networks')
    with monkeypatch.context() as patched:
        patched.setattr(deadline, 'list_wait_seconds', lambda: 0.01)
        found = neutron.by_ids(opened, {'networks': [net]})
    not_before = opened.shared.not_before

    assert (found.rows, found.pending, opened.unread) == ({}, {'networks': [net]}, {})
    assert opened.is_pending
    aim.release()
    back = asking.api.Gbp(asking.request_of(member), scope.PROJECT, not_before)
    assert states(neutron.by_ids(back, {'networks': [net]})) == {'net': 'error'}
    assert asked(aim) == [('networks', 'show')]


def test_answers_are_shared_by_those_with_the_same_rights(aim, way, clock, colleague):
    wanted = {'networks': [aim.neutron.make('networks', 'net')], 'subnets': [aim.neutron.make('subnets', 'inner')]}
    neutron.by_ids(way(), wanted)
    gbp_of_colleague = way(colleague)
    gbp_of_colleague.shared._freshness._session = 'session'

    assert states(neutron.by_ids(gbp_of_colleague, wanted)) == {'net': 'ok', 'inner': 'ok'}
    assert asked(aim) == []


def test_a_scope_is_listed_once_a_kind_for_its_errors(aim, way):
    for kind in model.KINDS:
        aim.neutron.make(kind.collection, f'well-{kind.member}')
        aim.neutron.make(kind.collection, f'broken-{kind.member}', sync='error', **_failed(kind))
    found = neutron.of_scope(way())

    assert {name for name, state in states(found).items() if state == 'error'} == {
        f'broken-{kind.member}' for kind in model.KINDS
    }
    assert asked(aim) == sorted((kind.collection, 0) for kind in model.KINDS)
    assert {one.collection for one in aim.requests if 'status' in one.parameters} == {'ports'}


def _failed(kind):
    return {'status': 'ERROR'} if kind.collection == 'ports' else {}


def test_a_list_of_networks_is_believed_its_errors_alone(aim, way):
    for number in range(3):
        aim.neutron.make('networks', f'net-{number}')
    aim.neutron.make('networks', 'broken', sync='error')

    assert states(neutron.of_scope(way())) == {'net-0': 'none', 'net-1': 'none', 'net-2': 'none', 'broken': 'error'}


def test_without_the_extensions_a_filter_finds_the_errors_of_a_scope(gbp, way):
    gbp.neutron.make('networks', 'well')
    gbp.neutron.make('networks', 'broken', status='ERROR')

    assert states(neutron.of_scope(way())) == {'broken': 'error'}
    assert asked(gbp) == [('networks', 0), ('ports', 0), ('routers', 0)]
    assert {tuple(one.parameters['status']) for one in gbp.requests} == {('ERROR',)}


@pytest.mark.parametrize(
    ('seen_from', 'project', 'names'),
    [
        (scope.PROJECT, '', {'own', 'shared'}),
        (scope.ADMIN, '', {'own', 'shared', 'demos', 'others'}),
        (scope.ADMIN, 'demo', {'demos'}),
        (scope.ADMIN, 'no/id', set()),
    ],
)
def test_a_scope_has_what_belongs_to_it(aim, way, administrator, seen_from, project, names):
    aim.neutron.make('networks', 'own', project='admin')
    aim.neutron.make('networks', 'shared', project='other', shared=True)
    aim.neutron.make('networks', 'demos')
    aim.neutron.make('networks', 'others', project='other')

    assert set(states(neutron.of_scope(way(administrator, seen_from), project))) == names


def test_a_slow_list_is_not_made_again_by_itself(aim, way, clock, monkeypatch):
    aim.neutron.make('networks', 'net', sync='error')
    monkeypatch.setattr(deadline, 'list_wait_seconds', lambda: 0.5)
    aim.rewrite = lambda one, answer: _after(clock, 2, answer) if one.collection == 'networks' else answer
    neutron.of_scope(way())
    aim.rewrite = lambda _one, answer: answer

    clock.ahead += 2 * costs.REST_FACTOR - 10
    opened = way()
    assert states(neutron.of_scope(opened)) == {'net': 'error'}
    assert ('networks', 0) not in asked(aim)
    assert opened.heartbeat_seconds >= 2 * costs.REST_FACTOR
    clock.ahead += 20
    aim.hold('networks')
    assert 'networks' in neutron.of_scope(way()).pending


def _after(clock, seconds, answer):
    clock.ahead += seconds
    return answer


def test_a_list_of_a_scope_goes_on_without_the_request(aim, way, monkeypatch):
    aim.neutron.make('networks', 'net', sync='error')
    opened = way()
    aim.hold('networks')
    monkeypatch.setattr(deadline, 'list_wait_seconds', lambda: 0.01)
    found = neutron.of_scope(opened)

    assert 'networks' in found.pending
    assert not opened.has_pending_lists


def test_a_call_names_no_status_where_a_proxy_answers_html(aim, way):
    aim.fail('subnets', (502, b'<html>' + json.dumps(['bad']).encode()))
    opened = way()

    assert states(neutron.by_ids(opened, {'subnets': [aim.neutron.make('subnets', 'inner')]})) == {}
    assert unread(opened) == {'subnets': Reason.ERROR}
