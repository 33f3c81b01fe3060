# SPDX-License-Identifier: Apache-2.0
"""What Neutron says of the objects beneath: in which calls it is asked for some by their ids, and by whose rights."""

from django.test import override_settings

from gbp_status_ui import conf
from gbp_status_ui.caching import deadline
from gbp_status_ui.model import neutron as model
from gbp_status_ui.model import scope
from gbp_status_ui.model.answers import Reason
from gbp_status_ui.service import neutron

from tests import asking
from tests.asking import gbp_of
from tests.unit.looking_beneath import asked
from tests.unit.looking_beneath import states
from tests.unit.looking_beneath import unread

AIM = {'cisco-apic', 'cisco-apic-l3', 'cisco-apic-gbp'}


def test_objects_have_their_states_and_the_names_of_the_fabric(aim, open_gbp):
    subnet = aim.neutron.make('subnets', 'inner', sync='error', names={'10.0.0.1/24': 'uni/tn-a/BD-b/subnet-c'})
    router = aim.neutron.make('routers', 'edge', sync='build')
    found = neutron.by_ids(open_gbp(), {'subnets': [subnet], 'routers': [router]})

    assert states(found) == {'inner': 'error', 'edge': 'build'}
    assert found.rows['subnets'][subnet].fabric_names == [('10.0.0.1/24', 'uni/tn-a/BD-b/subnet-c')]
    assert asked(aim) == [('routers', 1), ('subnets', 1)]


def test_an_object_is_asked_for_with_named_fields(aim, open_gbp):
    wanted = {kind.collection: [aim.neutron.make(kind.collection, 'one')] for kind in model.KINDS}
    neutron.by_ids(open_gbp(), wanted)

    assert {one.collection: set(one.parameters['fields']) for one in aim.requests} == {
        kind.collection: set(kind.fields(kind.extension in AIM)) for kind in model.KINDS
    }


def test_150_ids_are_one_list_a_kind(aim, open_gbp):
    ids = [aim.neutron.make('ports', f'port-{number}') for number in range(conf.MAX_CALL_IDS + 1)]
    found = neutron.by_ids(open_gbp(), {'ports': [*ids, *ids]})

    assert len(found.rows['ports']) == conf.MAX_CALL_IDS + 1
    assert asked(aim) == [('ports', 1), ('ports', conf.MAX_CALL_IDS)]


def test_networks_are_shown_one_by_one_where_their_lists_are_wrong(aim, open_gbp):
    ids = [aim.neutron.make('networks', f'net-{number}') for number in range(3)]
    found = neutron.by_ids(open_gbp(), {'networks': [*ids, ids[0]]})

    assert states(found) == {'net-0': 'ok', 'net-1': 'ok', 'net-2': 'ok'}
    assert asked(aim) == [('networks', 'show')] * 3


def test_beyond_the_limit_a_network_is_known_by_its_error_alone(aim, open_gbp, monkeypatch):
    monkeypatch.setattr(neutron, 'MAX_SHOWS', 1)
    ids = [aim.neutron.make('networks', f'net-{number}') for number in range(3)]
    ids.append(aim.neutron.make('networks', 'broken', sync='error'))
    found = neutron.by_ids(open_gbp(), {'networks': ids})

    assert states(found) == {'net-0': 'ok', 'net-1': 'none', 'net-2': 'none', 'broken': 'error'}
    assert asked(aim) == [('networks', 'show'), ('networks', 3)]


def test_without_the_extensions_neutrons_own_word_is_listed(gbp, open_gbp):
    wanted = {kind.collection: [gbp.neutron.make(kind.collection, kind.member)] for kind in model.KINDS}
    gbp.neutron.set(wanted['networks'][0], status='ERROR')
    gbp.neutron.set(wanted['ports'][0], status='DOWN')
    found = neutron.by_ids(open_gbp(), wanted)

    assert states(found) == {'network': 'error', 'router': 'ok', 'port': 'down'}
    assert asked(gbp) == [('networks', 1), ('ports', 1), ('routers', 1)]


def test_each_extension_counts_for_its_own_kinds(gbp, open_gbp):
    gbp.extensions.add('cisco-apic-l3')
    wanted = {kind.collection: [gbp.neutron.make(kind.collection, kind.member, sync='error')] for kind in model.KINDS}

    assert states(neutron.by_ids(open_gbp(), wanted)) == {'network': 'ok', 'router': 'error', 'port': 'ok'}


def test_where_the_extensions_are_not_known_nothing_is_said_to_be_well(gbp, member):
    gbp.fail('extensions', 500)
    found, opened = None, gbp_of(member)
    found = neutron.by_ids(opened, {'networks': [gbp.neutron.make('networks', 'net')]})

    assert (states(found), unread(opened)) == ({}, {'networks': Reason.ERROR})
    assert not any(one.collection == 'networks' for one in gbp.requests)


def test_the_setting_turns_it_off(aim, open_gbp):
    wanted = {'networks': [aim.neutron.make('networks', 'net', sync='error')]}
    with override_settings(GBP_STATUS_UI={'neutron_states': False}):
        opened = open_gbp()
        found = neutron.by_ids(opened, wanted), neutron.of_scope(opened)

    assert ([states(one) for one in found], asked(aim), opened.unread) == ([{}, {}], [], {})


def test_what_the_user_may_not_see_is_left_out_and_nothing_failed(aim, open_gbp):
    wanted = {
        'networks': [aim.neutron.make('networks', 'theirs', project='other'), 'no-such-network'],
        'routers': [aim.neutron.make('routers', 'theirs', project='other'), aim.neutron.make('routers', 'own')],
    }
    opened = open_gbp()
    found = neutron.by_ids(opened, wanted)

    assert (states(found), found.unavailable, opened.unread) == ({'own': 'ok'}, {}, {})


def test_what_takes_longer_than_a_moment_is_pending_and_comes_by_itself(aim, open_gbp, monkeypatch, clock, member):
    net = aim.neutron.make('networks', 'net', sync='error')
    opened = open_gbp()
    aim.hold('networks')
    with monkeypatch.context() as patched:
        patched.setattr(deadline, 'list_wait_seconds', lambda: 0.3)
        found = neutron.by_ids(opened, {'networks': [net]})
    not_before = opened.shared.not_before

    assert (found.rows, found.pending, opened.unread) == ({}, {'networks': [net]}, {})
    assert opened.is_pending
    aim.release()
    back = asking.api.Gbp(asking.request_of(member), scope.PROJECT, not_before)
    assert states(neutron.by_ids(back, {'networks': [net]})) == {'net': 'error'}
    assert asked(aim) == [('networks', 'show')]


def test_answers_are_shared_by_those_with_the_same_rights(aim, open_gbp, clock, colleague):
    wanted = {'networks': [aim.neutron.make('networks', 'net')], 'subnets': [aim.neutron.make('subnets', 'inner')]}
    neutron.by_ids(open_gbp(), wanted)
    gbp_of_colleague = open_gbp(colleague)
    gbp_of_colleague.shared._freshness._session = 'session'

    assert states(neutron.by_ids(gbp_of_colleague, wanted)) == {'net': 'ok', 'inner': 'ok'}
    assert asked(aim) == []
