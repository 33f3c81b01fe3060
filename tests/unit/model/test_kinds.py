# SPDX-License-Identifier: Apache-2.0
"""What an entry of the registry derives from its relations and facts."""

import pytest

from gbp_status_ui.model.kinds import Fact
from gbp_status_ui.model.kinds import Kind
from gbp_status_ui.model.kinds import Redirect
from gbp_status_ui.model.kinds import Relation
from gbp_status_ui.model.kinds import Role

PARENT = Relation('parent_id', 'Parent', 'parents', in_table=True)
CHILDREN = Relation('children', 'Children', 'children', Role.USED_BY)
SPEC = Redirect('action_value', 'Chain Spec', 'servicechain_specs')
SIZE = Fact('size', 'Size')
KIND = Kind('things', 'Thing', 'Things', 'other', facts=(SIZE,), relations=(PARENT, CHILDREN, SPEC))


@pytest.mark.parametrize(
    ('value', 'ids'),
    [('a', ['a']), (['a', 'b'], ['a', 'b']), ({'a': [''], 'b': ['']}, ['a', 'b']), (None, []), ([], []), ('', [])],
)
def test_a_relation_reads_an_id_a_list_or_a_mapping(value, ids):
    assert PARENT.ids({'parent_id': value}) == ids


def test_a_relation_that_is_absent_holds_no_ids():
    assert PARENT.ids({}) == []


@pytest.mark.parametrize(('action_type', 'ids'), [('redirect', ['a']), ('allow', []), (None, [])])
def test_an_action_names_a_chain_spec_only_where_it_redirects(action_type, ids):
    assert SPEC.ids({'action_value': 'a', 'action_type': action_type}) == ids


def test_a_table_has_the_relations_that_are_meant_for_it_before_the_facts():
    assert KIND.columns == (PARENT, SIZE)


def test_the_fields_name_a_status_and_all_columns():
    assert {'id', 'name', 'tenant_id', 'status', 'status_details', 'shared', 'parent_id', 'size'} <= set(KIND.fields)


def test_the_fields_with_relations_also_tell_what_it_is_built_from():
    more = set(KIND.fields_with_relations) - set(KIND.fields)

    assert more == {'action_value', 'action_type'}
    assert len(KIND.fields_with_relations) == len(set(KIND.fields_with_relations))


def test_what_cannot_be_shared_is_not_asked_whether_it_is():
    private = Kind('things', 'Thing', 'Things', 'other', shareable=False)

    assert 'shared' not in private.fields


def test_built_from_leaves_out_what_uses_it():
    assert KIND.built_from == (PARENT, SPEC)


def test_the_path_stands_below_the_prefix():
    assert KIND.path == '/grouppolicy/things'
