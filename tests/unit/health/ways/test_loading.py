# SPDX-License-Identifier: Apache-2.0
"""What is read for ways, from a cloud that answers as GBP does, and in how many calls."""

import collections

from django.test import override_settings
import pytest

from gbp_status_ui import conf
from gbp_status_ui.health.ways import all_ways
from gbp_status_ui.health.ways import loading
from gbp_status_ui.model import registry

from tests.asking import gbp_of
from tests.unit.health.ways import clouds
from tests.unit.health.ways import random_clouds
from tests.unit.health.ways import truth
from tests.unit.health.ways.clouds import GROUPS


def serve(gbp, cloud):
    """Have the stand-in answer with the rows of a cloud, all of them shared: they may be of any project."""
    if cloud.is_aim:
        gbp.extensions |= {'cisco-apic-gbp'}
    if not cloud.has_chains:
        gbp.extensions -= {'servicechain'}
    for kind in registry.KINDS:
        for id_, row in cloud.rows[kind.collection].items():
            reported = {'status': row['status'], 'details': row['status_details']}
            own = {name: value for name, value in row.items() if name not in ('id', 'name', 'status', 'status_details')}
            gbp.make(kind.collection, row['name'], id_=id_, **reported, **{**own, 'shared': True})


def read(gbp, member, party, collection=GROUPS):
    way = gbp_of(member)
    found = way.show(registry.BY_COLLECTION[collection], party)
    gbp.requests.clear()
    return loading.of(way, found)


def counted(gbp):
    """Return {collection: lists} and {collection: shows} of what was asked for."""
    asked = [one for one in gbp.requests if one.collection in registry.BY_COLLECTION]
    lists = collections.Counter(one.collection for one in asked if one.resource_id is None)
    return dict(lists), dict(collections.Counter(one.collection for one in asked if one.resource_id))


def verdicts(found):
    """Return {(consumer, rule set, provider): verdict} of all that has been read."""
    known = found.known
    return {
        (way.consumer.id, way.rule_set.id, way.provider.id): way.verdict.value
        for party in known.parties
        for way in all_ways.of(known, party)
        if way.rule_set
    }


def test_a_rule_set_with_a_parent_costs_one_call_more(gbp, member):
    serve(gbp, clouds.with_parent())
    found = read(gbp, member, 'A')

    assert verdicts(found)['A', 'S', 'B'] == 'unreported'
    assert counted(gbp)[0] == {
        'policy_rule_sets': 2,
        GROUPS: 1,
        'policy_rules': 1,
        'policy_classifiers': 1,
        'policy_actions': 1,
        'l2_policies': 1,
        'l3_policies': 1,
    }


def test_chains_are_listed_once_and_shown_each(gbp, member):
    serve(gbp, clouds.with_chain())
    found = read(gbp, member, 'A')
    lists, shows = counted(gbp)

    assert verdicts(found)['A', 'S', 'B'] == 'partly'
    assert (lists['servicechain_instances'], shows) == (1, {'servicechain_instances': 1})


def test_without_a_redirect_nobody_asks_for_chains(gbp, member):
    cloud = clouds.with_chain()
    cloud.change('policy_rule_sets', 'S', policy_rules=['r1'])
    serve(gbp, cloud)
    read(gbp, member, 'A')

    assert 'servicechain_instances' not in counted(gbp)[0]


def test_of_more_chains_than_may_be_shown_some_are_not_known(gbp, member):
    cloud = clouds.with_chain()
    cloud.chain('z', 'B', 'k-of-r1', 's')
    serve(gbp, cloud)

    with override_settings(GBP_STATUS_UI={'chain_shows': 1}):
        assert not read(gbp, member, 'A').known.all_chains


def test_of_more_chains_than_one_call_can_name_some_are_not_known(gbp, member, monkeypatch):
    cloud = clouds.with_chain()
    for number in range(4):
        cloud.chain(f'z{number}', 'B', 'k-of-r1', 's')
    serve(gbp, cloud)
    monkeypatch.setattr(conf, 'MAX_CALL_IDS', 4)
    rule_set = gbp_of(member).show(registry.BY_COLLECTION['policy_rule_sets'], 'S')

    assert not loading.over(gbp_of(member), rule_set).known.all_chains


def test_chains_that_could_not_be_listed_are_a_failure(gbp, member):
    serve(gbp, clouds.with_chain())
    gbp.fail('servicechain_instances', 500)
    found = read(gbp, member, 'A')

    assert (set(found.failures), found.known.all_chains) == ({'servicechain_instances'}, False)


def test_a_chain_that_could_not_be_shown_is_not_hidden(gbp, member):
    serve(gbp, clouds.with_chain())
    gbp.fail('servicechain_instances/c', 500)
    found = read(gbp, member, 'A')

    assert (set(found.failures), found.known.all_chains) == ({'servicechain_instances'}, False)
    assert verdicts(found)['A', 'S', 'B'] == 'unknown'


@pytest.mark.parametrize('type_', ['redirect', 'Redirect'])
def test_chains_are_read_for_what_redirects(gbp, member, type_):
    cloud = clouds.with_chain()
    cloud.change('policy_actions', 'redirect-0-of-r2', action_type=type_)
    serve(gbp, cloud)

    assert verdicts(read(gbp, member, 'A'))['A', 'S', 'B'] == 'partly'


def test_without_the_list_of_extensions_nobody_knows_the_driver(gbp, member):
    serve(gbp, clouds.Cloud())
    gbp.fail('extensions', 500)

    assert read(gbp, member, 'A').known.is_aim is None


def cloud_with_a_group():
    return next(cloud for cloud in iter(random_clouds.cloud, None) if cloud.rows[GROUPS])


@pytest.mark.parametrize('_cloud', range(20))
def test_what_was_read_for_a_party_gives_the_verdicts_of_the_truth(gbp, member, _cloud):
    cloud = cloud_with_a_group()
    party = min(cloud.rows[GROUPS])
    serve(gbp, cloud)
    right = truth.verdicts(cloud.rows, cloud.is_aim, cloud.has_chains)
    seen = cloud.rows['policy_rule_sets']
    own = {way: verdict for way, verdict in right.items() if party in (way[0], way[2]) and way[1] in seen}
    found = verdicts(read(gbp, member, party))

    assert {way: verdict for way, verdict in found.items() if party in (way[0], way[2])} == own
