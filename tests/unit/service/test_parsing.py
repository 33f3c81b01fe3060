# SPDX-License-Identifier: Apache-2.0
"""What an answer is made into: rows, one resource or a failure; whatever JSON it is."""

import json
import types

import pytest

from gbp_status_ui.model import texts
from gbp_status_ui.model.answers import Reason
from gbp_status_ui.service import parsing

FIELDS = ('id', 'name', 'tenant_id', 'status', 'status_details', 'shared', 'ip_pool')
GONE = {'NeutronError': {'type': 'PolicyTargetGroupNotFound', 'message': 'no group', 'detail': ''}}
OTHER_TYPES = [None, 5, 1.5, True, 'text', [], {}, [[]], [None], {'a': []}]


def listed(*rows):
    return parsing.rows({'l3_policies': list(rows)}, 'l3_policies', FIELDS)


def refused(status, body):
    return parsing.Refused(status, body).failure


def test_a_row_has_the_fields_that_were_asked_for():
    (row,) = listed({'id': 'a', 'name': 'web', 'links': []})

    assert row == {**dict.fromkeys(FIELDS), 'id': 'a', 'name': 'web', 'shared': False}


@pytest.mark.parametrize('body', [None, 5, 'text', [], {}, *({'l3_policies': value} for value in (None, 5, 'a', {}))])
def test_an_answer_without_the_list_is_malformed(body):
    with pytest.raises(parsing.Malformed, match='no list of l3_policies'):
        parsing.rows(body, 'l3_policies')


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
    found = parsing.rows({'extensions': [{'alias': 'a.b'}, {'alias': 5}, {'id': 'c'}, 'd']}, 'extensions')

    assert (found, found.unreadable) == ([{'alias': 'a.b'}], 3)


def test_a_member_has_all_attributes():
    body = {'l3_policy': {'id': 'A', 'subnets': ['s'], 'status': 5}}

    assert parsing.member(body, 'l3_policy', 'a') == {'id': 'A', 'subnets': ['s'], 'status': '5'}


@pytest.mark.parametrize(
    'body', [None, 5, 'text', [], {}, *({'l3_policy': value} for value in (*OTHER_TYPES, {'id': 5}, {'id': 'other'}))]
)
def test_an_answer_without_the_member_is_malformed(body):
    with pytest.raises(parsing.Malformed, match='no l3_policy a'):
        parsing.member(body, 'l3_policy', 'a')


def test_what_is_nested_too_deeply_is_not_read():
    deep = []
    for _ in range(texts.DEPTH):
        deep = [deep]
    row = {'id': 'b', 'c': deep}

    with pytest.raises(RecursionError):
        parsing.rows({'a': [row]}, 'a')
    with pytest.raises(RecursionError):
        parsing.member({'a': row}, 'a', 'b')


def test_the_next_page_is_what_its_link_says():
    links = [{'rel': 'previous', 'href': 'http://a/?limit=1'}, {'rel': 'next', 'href': 'http://a/?limit=2&marker=b'}]

    assert parsing.next_page({'pools_links': links}, 'pools') == {'limit': ['2'], 'marker': ['b']}


@pytest.mark.parametrize('links', [None, 5, 'text', [], {}, {'a': 5}, [None, 5, 'next', {}, {'rel': ['next']}]])
def test_links_of_another_shape_lead_nowhere(links):
    assert parsing.next_page({'pools_links': links}, 'pools') is None


@pytest.mark.parametrize('href', [*OTHER_TYPES, 'http://a/', 'http://[/?a=b'])
def test_the_address_of_a_next_page_that_cannot_be_understood_is_malformed(href):
    """The rows behind it would be missing, and count as gone."""
    with pytest.raises(parsing.Malformed, match='next page'):
        parsing.next_page({'pools_links': [{'rel': 'next', 'href': href}]}, 'pools')


def test_gone_is_what_gbp_says_is_gone():
    assert refused(404, json.dumps(GONE)).reason is Reason.GONE
    assert refused(404, json.dumps(GONE)).message == '404 no group'


@pytest.mark.parametrize(
    'body',
    [
        '<html>404 page not found</html>',
        '',
        None,
        '[' * 100_000,
        *map(json.dumps, [None, 404, 'Not Found', [], [GONE], {}, {'message': 'no Route matched'}]),
        *(json.dumps({'NeutronError': value}) for value in (None, 5, 'text', [], ['type'])),
    ],
)
def test_a_404_of_anything_else_is_an_error(body):
    assert refused(404, body).reason is Reason.ERROR


@pytest.mark.parametrize('message', [None, 5, [], {'a': 'b'}, 'no'])
@pytest.mark.parametrize(('status', 'reason'), [(403, Reason.FORBIDDEN), (404, Reason.GONE), (500, Reason.ERROR)])
def test_an_error_may_say_anything(status, reason, message):
    failure = refused(status, json.dumps({'NeutronError': {'message': message}}))

    assert failure.reason is reason
    assert failure.message.startswith(f'{status} ')


def test_projects_without_an_id_are_left_out():
    described = [{'id': 'a', 'name': 'Shop'}, {'name': 'b'}, {'id': 5}, {'id': 'c', 'name': 5}, {'id': 'd', 'name': ''}]
    projects = [types.SimpleNamespace(**project) for project in described]

    assert parsing.project_names(projects) == {'a': 'Shop', 'c': '5', 'd': 'd'}
