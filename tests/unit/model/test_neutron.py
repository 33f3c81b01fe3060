# SPDX-License-Identifier: Apache-2.0
"""What is made of the words of Neutron and the fabric, and of the fabric's names, whatever JSON they are."""

from django.utils.functional import Promise
import pytest

from gbp_status_ui.model import neutron
from gbp_status_ui.model import registry

NETWORKS = neutron.BY_COLLECTION['networks']
SUBNETS = neutron.BY_COLLECTION['subnets']
PORTS = neutron.BY_COLLECTION['ports']
OTHER_TYPES = [None, 5, 1.5, True, [], {}, [[]], ['error'], {'error': 'error'}]

every_kind = pytest.mark.parametrize('kind', neutron.KINDS, ids=lambda kind: kind.collection)


def found(kind, status=None, sync=None, has_extension=True):
    attributes = {'id': 'a', 'status': status, neutron.SYNC_STATE: sync}
    return neutron.NeutronObject(kind, attributes, has_extension)


@pytest.mark.parametrize(
    ('word', 'value'),
    [
        ('ERROR', 'error'),
        ('error', 'error'),
        ('BUILD', 'build'),
        ('build', 'build'),
        ('pending', 'build'),
        ('ACTIVE', 'ok'),
        ('synced', 'ok'),
        ('DOWN', 'down'),
        ('N/A', 'none'),
        ('BANANA', 'none'),
        ('', 'none'),
    ],
)
def test_each_word_is_read_in_any_case(word, value):
    assert {neutron.read(spelled).value for spelled in (word, word.lower(), word.upper())} == {value}


@pytest.mark.parametrize('word', OTHER_TYPES, ids=repr)
def test_what_is_no_word_says_nothing(word):
    assert neutron.read(word) is neutron.NONE
    assert found(NETWORKS, word, word, has_extension=False).state is neutron.NONE


@pytest.mark.parametrize(
    ('status', 'sync', 'value'),
    [
        ('ACTIVE', 'error', 'error'),
        ('ERROR', 'synced', 'error'),
        ('ACTIVE', 'build', 'build'),
        ('BUILD', 'error', 'error'),
        ('DOWN', 'synced', 'down'),
        ('DOWN', 'error', 'error'),
        ('ACTIVE', 'synced', 'ok'),
        ('ACTIVE', 'N/A', 'ok'),
        ('BANANA', 'N/A', 'none'),
    ],
)
def test_an_object_is_as_bad_as_the_worse_of_what_neutron_and_the_fabric_say(status, sync, value):
    assert found(NETWORKS, status, sync).state.value == value


@pytest.mark.parametrize(
    ('status', 'value'), [('ACTIVE', 'none'), ('ERROR', 'error'), ('DOWN', 'down'), (None, 'none')]
)
def test_where_the_fabrics_word_is_hidden_no_error_is_no_news(status, value):
    hidden = found(NETWORKS, status)

    assert (hidden.is_hidden, hidden.state.value) == (True, value)
    assert not found(NETWORKS, status, has_extension=False).is_hidden


def test_what_neutron_has_no_status_for_has_that_of_the_fabric_alone():
    assert found(SUBNETS, 'ERROR', 'synced').state is neutron.OK


def test_a_stopped_machine_is_no_problem():
    assert (found(PORTS, 'DOWN', 'N/A').state.problem, found(PORTS, 'DOWN', 'N/A').state.unwell) == (False, False)


def test_what_is_worse_comes_first():
    assert [state.severity for state in neutron.STATES] == sorted(state.severity for state in neutron.STATES)
    assert neutron.worst([neutron.OK, neutron.BUILD, neutron.NONE]) is neutron.BUILD
    assert neutron.worst([]) is neutron.NONE


def test_words_are_translated_when_they_are_shown():
    words = [text for state in neutron.STATES for text in (state.label, state.sentence)]
    words += [text for kind in neutron.KINDS for text in (kind.label, kind.label_plural, kind.failed, kind.unfinished)]

    assert all(isinstance(text, Promise) for text in words)


def test_each_word_belongs_to_one_state():
    words = [word for state in neutron.STATES for word in state.words]

    assert len(words) == len(set(words))


def test_each_state_has_an_icon_of_its_own():
    assert len({state.icon for state in neutron.STATES}) == len(neutron.STATES)


def test_what_is_said_in_a_sentence_is_said_of_what_is_not_well():
    said = {state.value: bool(NETWORKS.words_for(state)) for state in neutron.STATES}

    assert said == {state.value: state.unwell for state in neutron.STATES}


@every_kind
def test_the_extensions_attributes_are_asked_for_where_it_is(kind):
    assert set(kind.fields(has_extension=True)) - set(kind.fields(has_extension=False)) == {
        'apic:synchronization_state',
        'apic:distinguished_names',
    }
    assert ('status' in kind.fields(has_extension=False)) == kind.has_status


def fabric_names(value):
    return neutron.NeutronObject(
        neutron.KINDS[0], {neutron.DISTINGUISHED_NAMES: value}, has_extension=True
    ).fabric_names


@pytest.mark.parametrize(
    ('value', 'names'),
    [
        ('uni/tn-a', [('', 'uni/tn-a')]),
        ({'EndpointGroup': 'uni/epg'}, [('EndpointGroup', 'uni/epg')]),
        (
            {'ApplicationProfile': ['uni/ap', 'uni/ap-2']},
            [('ApplicationProfile', 'uni/ap'), ('ApplicationProfile', 'uni/ap-2')],
        ),
        ({'10.0.0.1/24': 'uni/s', 'VRF': 'uni/v'}, [('10.0.0.1/24', 'uni/s'), ('VRF', 'uni/v')]),
        ({'Subnet': {'10.0.0.1/24': 'uni/s'}}, [('Subnet 10.0.0.1/24', 'uni/s')]),
        (['uni/a', {'VRF': ['uni/b']}, 'uni/a'], [('', 'uni/a'), ('VRF', 'uni/b')]),
        ({'VRF': None, 'EndpointGroup': '', 'a': ' ', 'b': 5, 'c': True, 'd': []}, []),
        (None, []),
        (5, []),
        ({}, []),
    ],
    ids=repr,
)
def test_the_names_of_the_fabric_are_pairs_whatever_they_are_in(value, names):
    assert fabric_names(value) == names


def test_names_that_are_nested_without_end_are_left_out():
    value = 'uni/deep'
    for _level in range(19):
        value = [value]

    assert fabric_names(['uni/a', value]) == [('', 'uni/a')]


def test_parts_lead_to_kinds_of_neutron():
    parts = [part for kind in registry.KINDS for part in kind.neutron]

    assert {part.to for part in parts} | {part.then.to for part in parts if part.then} == set(neutron.BY_COLLECTION)


def test_a_further_part_is_named_by_an_attribute_that_is_asked_for():
    further = [part for kind in registry.KINDS for part in kind.neutron if part.then]

    assert {part.then.attribute for part in further} == {'network_id'}
    assert all(part.then.attribute in neutron.BY_COLLECTION[part.to].fields(False) for part in further)


def test_parts_are_those_that_drivers_name():
    """The attributes are those of GBP's extension group-policy-mapping."""
    named = {
        kind.collection: {part.attribute: part.to for part in kind.neutron} for kind in registry.KINDS if kind.neutron
    }

    assert named == {
        'policy_target_groups': {'subnets': 'subnets'},
        'l3_policies': {
            'routers': 'routers',
            'address_scope_v4_id': 'address_scopes',
            'address_scope_v6_id': 'address_scopes',
        },
        'l2_policies': {'network_id': 'networks'},
        'policy_targets': {'port_id': 'ports'},
        'external_segments': {'subnet_id': 'subnets'},
        'nat_pools': {'subnet_id': 'subnets'},
    }


def test_the_fabric_names_what_the_extension_cisco_apic_gbp_names():
    assert {kind.collection for kind in registry.KINDS if kind.has_names} == {
        'policy_target_groups',
        'application_policy_groups',
        'policy_rules',
        'policy_rule_sets',
    }
