# SPDX-License-Identifier: Apache-2.0
"""The application as it is written down: each resource names only what was made before it and what it may use."""

import pytest

from demo.seed import bakery
from demo.seed import infrastructure
from demo.seed import shop_chains
from demo.seed import shop_groups
from demo.seed import shop_network
from demo.seed.plant import BENEATH
from demo.seed.resource import Ref
from demo.seed.resource import resolved

WITHOUT_CHAINS = [*infrastructure.RESOURCES, *shop_network.RESOURCES, *shop_groups.RESOURCES, *bakery.RESOURCES]
WITH_CHAINS = [*WITHOUT_CHAINS, *shop_chains.RESOURCES, *bakery.CHAINS]


def refs_in(value):
    if isinstance(value, Ref):
        yield value
    elif isinstance(value, dict):
        yield from (ref for item in value.items() for part in item for ref in refs_in(part))
    elif isinstance(value, list):
        yield from (ref for part in value for ref in refs_in(part))


@pytest.mark.parametrize('resources', [WITHOUT_CHAINS, WITH_CHAINS], ids=['gbp 18', 'gbp 16'])
def test_each_resource_names_only_what_was_made_before(resources):
    made = set()
    for resource in resources:
        assert set(refs_in(resource.attributes)) <= made, resource.name
        made.add(Ref(resource.collection, resource.name))


def test_a_project_uses_only_its_own_and_what_is_shared():
    owners = {Ref(one.collection, one.name): one.owner for one in WITH_CHAINS}
    for resource in WITH_CHAINS:
        assert {owners[ref] for ref in refs_in(resource.attributes)} <= {resource.owner, 'admin'}, resource.name


def test_names_are_unique_within_a_collection():
    refs = [Ref(one.collection, one.name) for one in WITH_CHAINS]
    assert len(refs) == len(set(refs))


def test_texts_fit_the_columns_of_gbp():
    assert all(len(one.name) <= 255 and len(one.description) <= 255 for one in WITH_CHAINS)


def test_the_big_project_has_some_thirty_groups_and_six_chains_and_the_small_one_few():
    def count(owner, collection):
        return sum(one.owner == owner and one.collection == collection for one in WITH_CHAINS)

    assert 30 <= count('demo', 'policy_target_groups') <= 40
    assert count('demo', 'servicechain_instances') == 6
    assert sum(one.owner == 'other' for one in WITH_CHAINS) < 15


def test_every_collection_of_the_api_is_there():
    assert len({one.collection for one in WITH_CHAINS} - set(BENEATH)) == 17


def test_refs_are_replaced_at_any_depth():
    ref, ids = Ref('l2_policies', 'a'), {Ref('l2_policies', 'a'): '1f'}
    assert resolved({'x': [ref], ref: '', 'y': {'z': ref}, 'n': 4}, ids) == {
        'x': ['1f'],
        '1f': '',
        'y': {'z': '1f'},
        'n': 4,
    }
