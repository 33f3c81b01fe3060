# SPDX-License-Identifier: Apache-2.0
"""Answers of Neutron that are malformed, or none: what could not be read is said in one place, and nothing is well."""

import json

import pytest
import requests

from gbp_status_ui.model import neutron as model
from gbp_status_ui.model.answers import Reason
from gbp_status_ui.service import neutron

from tests.unit.looking_beneath import states
from tests.unit.looking_beneath import unread

OTHER_TYPES = [5, 1.5, True, [], {}, ['error'], {'a': 'error'}]


@pytest.mark.parametrize('collection', ['networks', 'subnets'])
def test_a_state_that_a_policy_hides_is_said_and_is_no_news(aim, open_gbp, collection):
    aim.neutron.hides = lambda _person, _collection: {model.SYNC_STATE}
    opened = open_gbp()
    found = neutron.by_ids(opened, {collection: [aim.neutron.make(collection, 'one', sync='error')]})

    assert states(found) == {'one': 'none'}
    assert unread(opened) == {collection: Reason.FORBIDDEN}


@pytest.mark.parametrize('collection', ['networks', 'subnets'])
@pytest.mark.parametrize(
    ('fault', 'reason'),
    [(500, Reason.ERROR), (403, Reason.FORBIDDEN), (requests.Timeout('late'), Reason.TIMEOUT), (b'[]', Reason.ERROR)],
    ids=repr,
)
def test_what_fails_is_said_in_one_place_and_leaves_the_rest(aim, open_gbp, collection, fault, reason):
    wanted = {collection: [aim.neutron.make(collection, 'one')], 'routers': [aim.neutron.make('routers', 'edge')]}
    aim.fail(collection, fault)
    opened = open_gbp()
    found = neutron.by_ids(opened, wanted)

    assert (states(found), unread(opened)) == ({'edge': 'ok'}, {collection: reason})
    assert found.unavailable == opened.unread


def test_a_collection_that_is_not_served_is_no_empty_list(aim, open_gbp):
    aim.fail('address_scopes', 404)
    opened = open_gbp()
    neutron.by_ids(opened, {'address_scopes': [aim.neutron.make('address_scopes', 'vrf')]})

    assert unread(opened) == {'address_scopes': Reason.ERROR}


@pytest.mark.parametrize('value', OTHER_TYPES, ids=repr)
@pytest.mark.parametrize('name', ['status', 'name', model.SYNC_STATE, model.DISTINGUISHED_NAMES])
def test_values_of_other_types_are_no_error(aim, open_gbp, name, value):
    wanted = {'routers': [aim.neutron.make('routers', 'edge')], 'networks': [aim.neutron.make('networks', 'net')]}
    aim.rewrite = lambda _asked, answer: _with(answer, name, value)
    found = neutron.by_ids(open_gbp(), wanted)
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


def test_texts_are_clean(aim, open_gbp):
    subnet = aim.neutron.make('subnets', 'in\0ner', names={'Sub\0net': 'uni/\x1b[31mtn-a'})
    (found,) = neutron.by_ids(open_gbp(), {'subnets': [subnet]}).rows['subnets'].values()

    assert (found.name, found.fabric_names) == ('in\ufffdner', [('Sub\ufffdnet', 'uni/tn-a')])


def test_rows_without_an_id_are_counted_and_rows_that_were_not_asked_for_are_not_taken(aim, open_gbp):
    own, other = aim.neutron.make('subnets', 'own'), aim.neutron.make('subnets', 'other')
    broken = [{'id': 5}, None, {'id': other, 'name': 'other'}]
    aim.rewrite = lambda one, answer: {'subnets': answer['subnets'] + broken} if one.collection == 'subnets' else answer
    opened = open_gbp()
    found = neutron.by_ids(opened, {'subnets': [own]})

    assert (states(found), opened.unreadable['subnets']) == ({'own': 'ok'}, 2)


@pytest.mark.parametrize(
    'body', [b'{}', b'{"network": null}', b'{"network": {"id": "another"}}', b'nonsense', b'[' * 9999]
)
def test_a_show_that_is_no_network_is_a_failure(aim, open_gbp, body):
    aim.fail('networks', body)
    opened = open_gbp()

    assert states(neutron.by_ids(opened, {'networks': [aim.neutron.make('networks', 'net')]})) == {}
    assert unread(opened) == {'networks': Reason.ERROR}


def test_a_call_names_no_status_where_a_proxy_answers_html(aim, open_gbp):
    aim.fail('subnets', (502, b'<html>' + json.dumps(['bad']).encode()))
    opened = open_gbp()

    assert states(neutron.by_ids(opened, {'subnets': [aim.neutron.make('subnets', 'inner')]})) == {}
    assert unread(opened) == {'subnets': Reason.ERROR}
