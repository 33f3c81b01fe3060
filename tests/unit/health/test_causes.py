# SPDX-License-Identifier: Apache-2.0
"""What a resource is built from, what uses it, and which of them explains that it does not work."""

import pytest

from gbp_status_ui.health import causes
from gbp_status_ui.model import registry
from gbp_status_ui.model.answers import Reason

from tests import building
from tests.asking import gbp_of


def shown(way, collection, id_):
    return way.show(registry.BY_COLLECTION[collection], id_)


def found(related):
    """Return {name: (status, steps)} of related resources."""
    return {one.resource.name: (one.resource.status.value, one.steps) for one in related}


@pytest.fixture
def network(gbp):
    """A group, its L2 and its L3 policy: {collection: id}."""
    l3_policy = gbp.make('l3_policies', 'core')
    l2_policy = gbp.make('l2_policies', 'front', l3_policy_id=l3_policy)
    gbp.set(l3_policy, 'ACTIVE')
    group = gbp.make('policy_target_groups', 'web', l2_policy_id=l2_policy, status='ERROR')
    return {'l3_policies': l3_policy, 'l2_policies': l2_policy, 'policy_target_groups': group}


def explained(member, network):
    way = gbp_of(member)
    group = shown(way, 'policy_target_groups', network['policy_target_groups'])
    return [one.resource.name for one in causes.explaining(group, causes.built_from(way, group))]


def test_what_it_is_built_from_is_found_with_fresh_statuses_the_nearest_first(gbp, member, network):
    way = gbp_of(member)
    gbp.set(network['l2_policies'], 'BUILD')
    gbp.set(network['l3_policies'], 'ERROR')
    related = causes.built_from(way, shown(way, 'policy_target_groups', network['policy_target_groups']))

    assert found(related) == {'front': ('BUILD', 1), 'core': ('ERROR', 2)}


def test_a_step_is_one_call_a_kind(gbp, member):
    rule_sets = [gbp.make('policy_rule_sets', f'set-{number}') for number in range(20)]
    group = gbp.make('policy_target_groups', 'web', provided_policy_rule_sets=rule_sets)
    way = gbp_of(member)
    resource = shown(way, 'policy_target_groups', group)
    gbp.requests.clear()
    causes.built_from(way, resource)

    assert [request.collection for request in gbp.requests if request.path != '/extensions'] == ['policy_rule_sets']


def test_a_chain_reaches_its_profile(gbp, member):
    way, chain = gbp_of(member), building.chain(gbp, member, nodes=('fw', 'lb'))
    related = causes.built_from(way, shown(way, 'servicechain_instances', chain.id))

    assert {name: steps for name, (_, steps) in found(related).items()} == {
        'edge-spec': 1,
        'edge-provider': 1,
        'edge-consumer': 1,
        'edge-classifier': 1,
        'edge-fw': 2,
        'edge-lb': 2,
        'edge-profile': 3,
    }


def test_rule_sets_in_a_cycle_come_to_an_end(gbp, member):
    first, second = gbp.make('policy_rule_sets', 'first'), gbp.make('policy_rule_sets', 'second')
    gbp.change(first, child_policy_rule_sets=[second])
    gbp.change(second, child_policy_rule_sets=[first])
    way = gbp_of(member)

    assert found(causes.built_from(way, shown(way, 'policy_rule_sets', first))) == {'second': ('ACTIVE', 1)}


def test_what_cannot_be_read_is_left_out(gbp, member, network):
    gbp.fail('l2_policies', 403)
    way = gbp_of(member)

    assert causes.built_from(way, shown(way, 'policy_target_groups', network['policy_target_groups'])) == []


def test_nothing_is_asked_of_an_extension_that_there_is_not(gbp, member):
    gbp.extensions.discard('servicechain')
    action = gbp.make('policy_actions', 'inspect', action_type='redirect', action_value='some-spec')
    way = gbp_of(member)

    assert causes.built_from(way, shown(way, 'policy_actions', action)) == []
    assert way.connection.calls == 2


def test_an_error_is_explained_by_what_is_in_error(gbp, member, network):
    gbp.set(network['l2_policies'], 'ERROR')
    gbp.set(network['l3_policies'], 'BUILD')

    assert explained(member, network) == ['front']


def test_the_nearest_cause_comes_first(gbp, member, network):
    gbp.set(network['l2_policies'], 'ERROR')
    gbp.set(network['l3_policies'], 'ERROR')

    assert explained(member, network) == ['front', 'core']


def test_a_cause_behind_something_that_works_is_found(gbp, member, network):
    gbp.set(network['l3_policies'], 'ERROR')

    assert explained(member, network) == ['core']


def test_what_is_still_built_explains_where_nothing_is_in_error(gbp, member, network):
    gbp.set(network['policy_target_groups'], 'BUILD')
    gbp.set(network['l2_policies'], 'BUILD')

    assert explained(member, network) == ['front']


@pytest.mark.parametrize('status', ['ACTIVE', None, 'BANANA'])
def test_what_is_not_in_trouble_needs_no_explanation(gbp, member, network, status):
    gbp.set(network['policy_target_groups'], status)
    gbp.set(network['l2_policies'], 'ERROR')

    assert explained(member, network) == []


def test_a_cause_that_is_reached_twice_stands_once(gbp, member):
    rule = gbp.make('policy_rules', 'allow', status='ERROR')
    sets = [gbp.make('policy_rule_sets', f'set-{number}', policy_rules=[rule]) for number in range(2)]
    group = gbp.make('policy_target_groups', 'web', status='ERROR', provided_policy_rule_sets=sets)

    assert explained(member, {'policy_target_groups': group}) == ['allow']


def used_by(member, collection, id_):
    way = gbp_of(member)
    return {(one.label, one.resource.name) for one in causes.used_by(way, shown(way, collection, id_))}


def test_what_it_keeps_a_list_of_uses_it(gbp, member, network):
    gbp.change(network['l2_policies'], policy_target_groups=[network['policy_target_groups']])

    assert used_by(member, 'l2_policies', network['l2_policies']) == {('Group', 'web')}


def test_what_names_it_without_its_knowing_uses_it(gbp, member):
    chain = building.chain(gbp, member)

    assert used_by(member, 'servicechain_specs', chain.spec) == {('Chain Instance', 'edge')}
    assert used_by(member, 'servicechain_nodes', chain.nodes[0]) == {('Chain Spec', 'edge-spec')}
    assert used_by(member, 'service_profiles', chain.profile) == {('Chain Node', 'edge-fw')}


def test_each_user_stands_under_the_relation_that_it_has(gbp, member):
    """Providers and consumers of a rule set are groups, both."""
    web, tills = (gbp.make('policy_target_groups', name) for name in ('web', 'tills'))
    rule_set = gbp.make(
        'policy_rule_sets', 'https', providing_policy_target_groups=[web], consuming_policy_target_groups=[tills]
    )

    assert used_by(member, 'policy_rule_sets', rule_set) == {('Providing Groups', 'web'), ('Consuming Groups', 'tills')}


def test_an_action_is_used_by_rules_and_a_spec_by_actions_that_redirect(gbp, member):
    chain = building.chain(gbp, member)
    gbp.make('policy_actions', 'inspect', action_type='redirect', action_value=chain.spec)

    assert ('Action', 'inspect') in used_by(member, 'servicechain_specs', chain.spec)


def test_users_that_cannot_be_listed_are_left_out(gbp, member):
    classifier = gbp.make('policy_classifiers', 'https')
    gbp.fail('policy_rules', 403)

    assert used_by(member, 'policy_classifiers', classifier) == set()


def test_thousands_of_users_are_one_list(gbp, member):
    l2_policy = gbp.make('l2_policies', 'front')
    groups = [gbp.make('policy_target_groups', f'group-{number}', l2_policy_id=l2_policy) for number in range(400)]
    gbp.change(l2_policy, policy_target_groups=groups)
    way = gbp_of(member)
    resource = shown(way, 'l2_policies', l2_policy)
    gbp.requests.clear()

    assert len(causes.used_by(way, resource)) == 400
    assert len([request for request in gbp.requests if request.path != '/extensions']) == 1


def test_a_kind_of_users_that_cannot_be_read_is_remembered(gbp, member):
    classifier = gbp.make('policy_classifiers', 'https')
    way = gbp_of(member)
    resource = shown(way, 'policy_classifiers', classifier)
    gbp.fail('policy_rules', 403)
    causes.used_by(way, resource)

    assert [(name, failure.reason) for name, failure in way.unread.items()] == [('policy_rules', Reason.FORBIDDEN)]


def test_what_is_named_again_further_away_is_read_once(gbp, member):
    """A rule set that is a child of a child of its own, as GBP refuses and a broken answer may say."""
    parent, child = (gbp.make('policy_rule_sets', name) for name in ('parent', 'child'))
    gbp.change(parent, child_policy_rule_sets=[child])
    gbp.change(child, child_policy_rule_sets=[parent, child])
    way = gbp_of(member)
    resource = shown(way, 'policy_rule_sets', parent)
    gbp.requests.clear()
    related = causes.built_from(way, resource)

    assert [one.resource.id for one in related] == [child]
    assert [asked.parameters['id'] for asked in gbp.requests if 'id' in asked.parameters] == [[child]]


def test_a_cause_that_is_named_twice_is_called_by_the_first_name(gbp, member):
    """A rule set that a group provides, and consumes."""
    rule_set = gbp.make('policy_rule_sets', 'web', status='ERROR')
    named = {'provided_policy_rule_sets': [rule_set], 'consumed_policy_rule_sets': [rule_set]}
    way = gbp_of(member)
    group = shown(way, 'policy_target_groups', gbp.make('policy_target_groups', 'web', status='ERROR', **named))
    (cause,) = causes.explaining(group, causes.built_from(way, group))

    assert cause.attribute == 'provided_policy_rule_sets'
