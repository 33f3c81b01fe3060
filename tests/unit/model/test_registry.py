# SPDX-License-Identifier: Apache-2.0
"""The registry is whole: every kind of the API, and nothing that it names is missing."""

from django.utils import translation
from django.utils.functional import Promise
import pytest

from gbp_status_ui.model import neutron
from gbp_status_ui.model import registry
from gbp_status_ui.model import statuses
from gbp_status_ui.model import verdicts
from gbp_status_ui.model.kinds import ReadBy
from gbp_status_ui.model.kinds import Role

GROUP_POLICY = {
    'application_policy_groups',
    'external_policies',
    'external_segments',
    'l2_policies',
    'l3_policies',
    'nat_pools',
    'network_service_policies',
    'policy_actions',
    'policy_classifiers',
    'policy_rule_sets',
    'policy_rules',
    'policy_target_groups',
    'policy_targets',
}
SERVICE_CHAIN = {'service_profiles', 'servicechain_instances', 'servicechain_nodes', 'servicechain_specs'}

STATES = (statuses.ERROR, statuses.BUILD, statuses.ACTIVE, statuses.NONE, neutron.ERROR, neutron.BUILD)

every_kind = pytest.mark.parametrize('kind', registry.KINDS, ids=lambda kind: kind.collection)


def served_by(extension):
    return {kind.collection for kind in registry.KINDS if kind.extension == extension}


def test_every_collection_with_a_status_is_there():
    assert served_by('group-policy') == GROUP_POLICY
    assert served_by('servicechain') == SERVICE_CHAIN


def test_each_collection_stands_once():
    assert len(registry.KINDS) == len(registry.BY_COLLECTION)


@every_kind
def test_relations_lead_to_kinds_of_the_registry(kind):
    assert {relation.to for relation in kind.relations} <= set(registry.BY_COLLECTION)


@every_kind
def test_a_kind_stands_in_a_tab(kind):
    assert kind.tab in {tab.slug for tab in registry.TABS}
    assert kind in registry.in_tab(kind.tab)


@every_kind
def test_the_path_is_that_of_its_extension(kind):
    part = 'servicechain' if kind.extension == 'servicechain' else 'grouppolicy'

    assert kind.path == f'/{part}/{kind.collection}'


@every_kind
def test_only_a_show_reads_what_belongs_to_chains(kind):
    assert (kind.read_by is ReadBy.SHOW) == (kind.collection in SERVICE_CHAIN)


@every_kind
def test_attributes_stand_once(kind):
    attributes = [column.attribute for column in (*kind.facts, *kind.relations)]

    assert len(attributes) == len(set(attributes))


@every_kind
def test_labels_are_translated_when_they_are_shown(kind):
    labels = [kind.label, kind.label_plural, *(column.label for column in (*kind.facts, *kind.relations))]

    assert all(isinstance(label, Promise) for label in labels)


def test_labels_of_tabs_are_translated_when_they_are_shown():
    assert all(isinstance(tab.label, Promise) for tab in registry.TABS)


@pytest.mark.parametrize(
    ('slug', 'first'),
    [('groups', 'policy_target_groups'), ('l3_policies', 'l3_policies'), ('service_chains', 'servicechain_instances')],
)
def test_a_tab_begins_with_its_main_kind(slug, first):
    assert registry.in_tab(slug)[0].collection == first


def test_what_keeps_no_list_of_its_users_is_looked_up_at_them():
    users = {(kind.collection, relation.attribute) for kind, relation in users_of('policy_classifiers')}

    assert users == {('policy_rules', 'policy_classifier_id'), ('servicechain_instances', 'classifier_id')}


def test_what_keeps_a_list_of_its_users_is_not_looked_up_there():
    assert 'policy_target_groups' not in {kind.collection for kind, _ in users_of('l2_policies')}


@every_kind
def test_everything_that_is_built_from_a_kind_is_found_from_it(kind):
    """By a list of its own, or at what names it: a cause is reached from both ends."""
    listed = {relation.to for relation in kind.relations if relation.role is Role.USED_BY}
    looked_up = {user.collection for user, _ in registry.users_of(kind)}
    builders = {
        user.collection for user in registry.KINDS if kind.collection in {relation.to for relation in user.built_from}
    }

    assert builders <= listed | looked_up


def users_of(collection):
    return registry.users_of(registry.BY_COLLECTION[collection])


@pytest.mark.parametrize('rows', [registry.KINDS, registry.TABS, neutron.KINDS, verdicts.VERDICTS, STATES])
def test_the_place_of_a_row_in_a_mapping_is_the_same_in_each_language(rows):
    """A translated text among what is compared would lose what was put in while another language was spoken."""
    with translation.override('en'):
        places = {row: str(row.label) for row in rows}
    with translation.override('ja'):
        assert all(row in places for row in rows)
        assert [row for row in rows if row.label != places[row]] != []
