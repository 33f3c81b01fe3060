# SPDX-License-Identifier: Apache-2.0
"""What an answer is made into: rows, one resource or a failure; whatever JSON it is."""

import json
import types

import pytest

from gbp_status_ui.model import registry
from gbp_status_ui.model import texts
from gbp_status_ui.model.answers import Reason
from gbp_status_ui.service import parsing

from tests.unit import stand_in

FIELDS = ('id', 'name', 'tenant_id', 'status', 'status_details', 'shared', 'ip_pool')
GONE = {'NeutronError': {'type': 'PolicyTargetGroupNotFound', 'message': 'no group', 'detail': ''}}
#: The types of GBP's errors where a show finds no resource (gbpservice/neutron/extensions/group_policy.py and
#: servicechain.py of GBP 16 and 18, raised by the ``_get_…`` of its database).
NOT_FOUND = {
    'policy_target': 'PolicyTargetNotFound',
    'policy_target_group': 'PolicyTargetGroupNotFound',
    'application_policy_group': 'ApplicationPolicyGroupNotFound',
    'l2_policy': 'L2PolicyNotFound',
    'l3_policy': 'L3PolicyNotFound',
    'network_service_policy': 'NetworkServicePolicyNotFound',
    'policy_classifier': 'PolicyClassifierNotFound',
    'policy_action': 'PolicyActionNotFound',
    'policy_rule': 'PolicyRuleNotFound',
    'policy_rule_set': 'PolicyRuleSetNotFound',
    'external_policy': 'ExternalPolicyNotFound',
    'external_segment': 'ExternalSegmentNotFound',
    'nat_pool': 'NATPoolNotFound',
    'servicechain_node': 'ServiceChainNodeNotFound',
    'servicechain_spec': 'ServiceChainSpecNotFound',
    'servicechain_instance': 'ServiceChainInstanceNotFound',
    'service_profile': 'ServiceProfileNotFound',
}
OTHER_TYPES = [None, 5, 1.5, True, 'text', [], {}, [[]], [None], {'a': []}]


def answer(body):
    return parsing.Response(json.dumps(body))


def listed(*rows):
    return answer({'l3_policies': list(rows)}).rows('l3_policies', FIELDS)


def refused(status, body, member='policy_target_group'):
    return parsing.Refused(status, body, member=member).failure


def test_a_row_has_the_fields_that_were_asked_for():
    (row,) = listed({'id': 'a', 'name': 'web', 'links': []})

    assert row == {**dict.fromkeys(FIELDS), 'id': 'a', 'name': 'web', 'shared': False}


@pytest.mark.parametrize('body', [None, 5, 'text', [], {}, *({'l3_policies': value} for value in (None, 5, 'a', {}))])
def test_an_answer_without_the_list_is_malformed(body):
    with pytest.raises(parsing.Malformed, match='no list of l3_policies'):
        answer(body).rows('l3_policies')


@pytest.mark.parametrize('id_', [None, '', ' ', 5, True, [], {}, 'a/b', 'a b', 'a\0', 'ä', 'a' * 65, '..'])
def test_a_row_without_a_usable_id_is_left_out_and_counted(id_):
    found = listed({'id': 'a'}, {'id': id_}, {'name': 'without'}, 'a', None, 5, [])

    assert ([row['id'] for row in found], found.unreadable) == (['a'], 6)


@pytest.mark.parametrize('owner', [5, True, [], {}])
@pytest.mark.parametrize('name', ['tenant_id', 'project_id'])
def test_a_row_whose_owner_is_no_text_is_left_out_and_counted(name, owner):
    found = listed({'id': 'a', 'tenant_id': 'demo'}, {'id': 'b', name: owner})

    assert ([row['id'] for row in found], found.unreadable) == (['a'], 1)


def test_a_list_without_any_usable_row_is_malformed():
    assert listed() == []
    with pytest.raises(parsing.Malformed, match='no usable id'):
        listed({'id': 5})


@pytest.mark.parametrize('value', OTHER_TYPES)
@pytest.mark.parametrize('name', ['name', 'status', 'status_details'])
def test_texts_of_another_type_become_texts(name, value):
    (row,) = listed({'id': 'a', name: value})

    assert row[name] == (value if value is None or isinstance(value, str) else json.dumps(value))


def test_facts_are_texts_or_numbers():
    found = listed(*({'id': 'a', 'ip_pool': value} for value in ('10.0.0.0/8', 4, None, ['a'], {'b': 'ä'})))

    assert [row['ip_pool'] for row in found] == ['10.0.0.0/8', 4, None, '["a"]', '{"b": "ä"}']


def test_shared_is_a_boolean():
    assert [row['shared'] for row in listed(*({'id': 'a', 'shared': value} for value in (True, False, None, [5])))] == [
        True,
        False,
        False,
        True,
    ]


def test_extensions_are_told_apart_by_their_aliases():
    found = answer({'extensions': [{'alias': 'a.b'}, {'alias': 5}, {'id': 'c'}, 'd']}).rows('extensions')

    assert (found, found.unreadable) == ([{'alias': 'a.b'}], 3)


def test_a_member_has_all_attributes():
    body = {'l3_policy': {'id': 'A', 'subnets': ['s'], 'status': 5}}

    assert answer(body).member('l3_policy', 'a') == {'id': 'A', 'subnets': ['s'], 'status': '5'}


@pytest.mark.parametrize(
    'body', [None, 5, 'text', [], {}, *({'l3_policy': value} for value in (*OTHER_TYPES, {'id': 5}, {'id': 'other'}))]
)
def test_an_answer_without_the_member_is_malformed(body):
    with pytest.raises(parsing.Malformed, match='no l3_policy a'):
        answer(body).member('l3_policy', 'a')


def test_what_is_nested_too_deeply_is_not_read():
    deep = []
    for _ in range(texts.MAX_LEVELS):
        deep = [deep]
    row = {'id': 'b', 'c': deep}

    with pytest.raises(RecursionError):
        answer({'a': [row]}).rows('a')
    with pytest.raises(RecursionError):
        answer({'a': row}).member('a', 'b')


def test_what_is_nested_less_deeply_is_read():
    deep = 'a'
    for _ in range(texts.MAX_LEVELS - 3):
        deep = [deep]

    assert answer({'a': [{'id': 'b', 'c': deep}]}).rows('a') == [{'id': 'b', 'c': deep}]


def test_all_texts_of_an_answer_are_clean():
    found = answer({'a': [{'id': 'b', 'na\0me': 'a\r\n\ud800', 'c': [{'\x1b[31md': '\x9b31me'}]}]}).rows('a')

    assert found == [{'id': 'b', 'na\ufffdme': 'a\n\ufffd', 'c': [{'d': 'e'}]}]


def test_one_text_that_is_not_clean_changes_no_other():
    names = ['Äpfel', '\U0001f525', 'C:\\users', 'tab\t', '"', 'b\0']

    assert [row['name'] for row in listed(*({'id': 'a', 'name': name} for name in names))] == [*names[:-1], 'b\ufffd']


def test_rows_that_are_as_they_should_be_are_not_looked_at_one_by_one(monkeypatch):
    """10,000 rows would take several times as long."""
    kind = registry.BY_COLLECTION['policy_target_groups']
    row = {
        **dict.fromkeys(kind.fields_with_relations, 'aä\U0001f525 \t\n"\\'),
        'id': 'a',
        'shared': False,
        'status_details': None,
        'provided_policy_rule_sets': ['b', 'c'],
        'consumed_policy_rule_sets': [],
    }
    for name in ('cleaned', 'clean'):
        monkeypatch.delattr(texts, name)
    monkeypatch.delattr(parsing, '_fitting')

    assert answer({kind.collection: [row, row]}).rows(kind.collection, kind.fields_with_relations) == [row, row]


def test_a_row_keeps_no_more_than_was_asked_for():
    exact, more, less = (dict.fromkeys(names, 'a') for names in (FIELDS, (*FIELDS, 'b'), FIELDS[:2]))

    assert [set(row) for row in listed(exact, more, less)] == [set(FIELDS)] * 3


@pytest.mark.parametrize('body', ['', '{', 'null{', '[' * 100_000 + ']', '9' * 5000, '\ufeff{}', '{"a": "\x01"}'])
def test_what_is_no_json_is_no_answer(body):
    with pytest.raises((parsing.Malformed, RecursionError)):
        parsing.read(200, body, {}).rows('a')


@pytest.mark.parametrize('status', [201, 202, 204, 206, 301, 404, 500])
def test_any_other_status_than_200_is_a_refusal(status):
    with pytest.raises(parsing.Refused):
        parsing.read(status, '{"a": []}', {})


def test_the_next_page_is_what_its_link_says():
    links = [{'rel': 'previous', 'href': 'http://a/?limit=1'}, {'rel': 'next', 'href': 'http://a/?limit=2&marker=b'}]

    assert answer({'pools_links': links}).next_page('pools') == {'limit': ['2'], 'marker': ['b']}


@pytest.mark.parametrize('links', [None, 5, 'text', [], {}, {'a': 5}, [None, 5, 'next', {}, {'rel': ['next']}]])
def test_links_of_another_shape_lead_nowhere(links):
    assert answer({'pools_links': links}).next_page('pools') is None


@pytest.mark.parametrize('href', [*OTHER_TYPES, 'http://a/', 'http://[/?a=b'])
def test_the_address_of_a_next_page_that_cannot_be_understood_is_malformed(href):
    """The rows behind it would be missing, and count as gone."""
    with pytest.raises(parsing.Malformed, match='next page'):
        answer({'pools_links': [{'rel': 'next', 'href': href}]}).next_page('pools')


def test_gone_is_what_gbp_says_is_gone():
    assert refused(404, json.dumps(GONE)).reason is Reason.GONE
    assert refused(404, json.dumps(GONE)).message == '404 no group'


@pytest.mark.parametrize('kind', registry.KINDS, ids=lambda kind: kind.member)
def test_each_kind_is_gone_by_the_type_that_gbp_gives_it(kind):
    gone = [
        member
        for member, type_ in NOT_FOUND.items()
        if refused(404, json.dumps({'NeutronError': {'type': type_}}), kind.member).reason is Reason.GONE
    ]

    assert gone == [kind.member]
    assert stand_in.not_found(kind) == NOT_FOUND[kind.member]


@pytest.mark.parametrize(
    'type_',
    ['HTTPNotFound', 'NotFound', 'NetworkNotFound', 'GbpResourceNotFound', 'PolicyTargetNotFound', '', None, 5, ['a']],
    ids=str,
)
def test_what_has_another_type_is_not_gone(type_):
    body = json.dumps({'NeutronError': {'type': type_, 'message': 'no group'}})

    assert refused(404, body).reason is Reason.ERROR


def test_no_list_is_gone():
    assert refused(404, json.dumps(GONE), member='').reason is Reason.ERROR
    assert refused(404, json.dumps({'NeutronError': {'type': 'NotFound'}}), member='').reason is Reason.ERROR


@pytest.mark.parametrize('status', [400, 403, 409, 410, 500])
def test_gone_is_said_by_404_alone(status):
    assert refused(status, json.dumps(GONE)).reason is not Reason.GONE


@pytest.mark.parametrize(
    'body',
    [
        '<html>404 page not found</html>',
        '',
        None,
        '[' * 100_000,
        *map(json.dumps, [None, 404, 'Not Found', [], [GONE], {}, {'message': 'no Route matched'}]),
        *(json.dumps({'NeutronError': value}) for value in (None, 5, 'text', [], {}, ['type'])),
    ],
)
def test_a_404_of_anything_else_is_an_error(body):
    assert refused(404, body).reason is Reason.ERROR


@pytest.mark.parametrize('message', [None, 5, [], {'a': 'b'}, 'no'])
@pytest.mark.parametrize(('status', 'reason'), [(403, Reason.FORBIDDEN), (404, Reason.ERROR), (500, Reason.ERROR)])
def test_an_error_may_say_anything(status, reason, message):
    failure = refused(status, json.dumps({'NeutronError': {'message': message}}))

    assert failure.reason is reason
    assert failure.message.startswith(f'{status} ')


def test_projects_without_an_id_are_left_out():
    described = [{'id': 'a', 'name': 'Shop'}, {'name': 'b'}, {'id': 5}, {'id': 'c', 'name': 5}, {'id': 'd', 'name': ''}]
    projects = [types.SimpleNamespace(**project) for project in described]

    assert parsing.project_names(projects) == {'a': 'Shop', 'c': '5', 'd': 'd'}


def test_a_member_has_the_fields_that_were_asked_for():
    shown = {'network': {'id': 'a', 'name': 'net', 'mtu': 1500}}

    assert answer(shown).member('network', 'a', ('id', 'name', 'status')) == {'id': 'a', 'name': 'net', 'status': None}
    assert answer(shown).member('network', 'a') == {'id': 'a', 'name': 'net', 'mtu': 1500}


def test_the_state_in_the_fabric_is_a_text():
    found = answer({'subnets': [{'id': 'a', 'apic:synchronization_state': ['error']}]}).rows('subnets')

    assert found[0]['apic:synchronization_state'] == '["error"]'
