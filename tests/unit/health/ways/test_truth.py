# SPDX-License-Identifier: Apache-2.0
"""In clouds of any shape the ways and verdicts are those of a walk over the raw answers, which shares no code."""

import collections
import itertools

import pytest

from gbp_status_ui.health.ways import all_ways
from gbp_status_ui.health.ways import party_ways
from gbp_status_ui.health.ways import reachability
from gbp_status_ui.health.ways import remarks
from gbp_status_ui.health.ways import words
from gbp_status_ui.model import verdicts

from tests.unit.health.ways import random_clouds
from tests.unit.health.ways import truth
from tests.unit.health.ways.claims import Claims

CLOUDS = 500


def found_in(cloud):
    """Return a counter of (consumer, rule set, provider, verdict) of all pairs, and the ways."""
    known = cloud.known()
    ways = [
        way for one, other in itertools.combinations(known.parties, 2) for way in all_ways.between(known, one, other)
    ]
    return collections.Counter(described(way) for way in ways), ways


def described(way):
    return way.consumer.id, way.rule_set and way.rule_set.id, way.provider.id, way.verdict.value


def right(cloud):
    """Return the same counter of the truth."""
    seen = cloud.rows['policy_rule_sets']
    walked = truth.verdicts(cloud.rows, cloud.is_aim, cloud.has_chains).items()
    return collections.Counter(
        (consumer, name if name in seen else None, provider, verdict) for (consumer, name, provider), verdict in walked
    )


@pytest.fixture(scope='module')
def clouds():
    return [random_clouds.cloud() for _cloud in range(CLOUDS)]


@pytest.fixture(scope='module')
def ways(clouds):
    """Return [(cloud, way)] of all."""
    return [(cloud, way) for cloud in clouds for way in found_in(cloud)[1]]


def test_ways_and_verdicts_of_500_clouds_are_those_of_the_truth(clouds):
    wrong = [number for number, cloud in enumerate(clouds) if found_in(cloud)[0] != right(cloud)]

    assert len(clouds) == 500
    assert wrong == []


def answers_in(cloud):
    """Return {(opener, target): verdict} of those by which the opener may open connections."""
    known = cloud.known()
    found = [reachability.towards(known, *pair) for pair in itertools.permutations(known.parties, 2)]
    return {(one.opener.id, one.target.id): one.verdict.value for one in found if one.ways}


def test_the_answers_in_both_directions_are_those_of_the_truth(clouds):
    right = [truth.answers(cloud.rows, cloud.is_aim, cloud.has_chains) for cloud in clouds]

    assert [number for number, cloud in enumerate(clouds) if answers_in(cloud) != right[number]] == []


@pytest.mark.slow
def test_the_clouds_have_ways_of_each_verdict(ways):
    counted = collections.Counter(way.verdict for _cloud, way in ways)

    # Nothing is read of Neutron there.
    assert set(counted) == set(verdicts.VERDICTS) - {verdicts.BENEATH}
    assert min(counted.values()) >= 20


def test_a_party_has_those_of_its_pairs(clouds):
    for cloud in clouds:
        known = cloud.known()
        listed = collections.Counter(
            described(way) for party in known.parties for way in party_ways.of(known, party).ways
        )
        assert listed == collections.Counter(list(found_in(cloud)[0].elements()) * 2)


#: All but that a chain has not been read: all are.
REMARKS = {
    'switched-off', 'number', 'wider', 'no-chain', 'hidden-chain', 'nodes', 'proxy', 'empty', 'outside', 'automatic',
}  # fmt: skip


def ids_of(way):
    return way.consumer.id, way.rule_set and way.rule_set.id, way.provider.id


def test_what_sentences_claim_is_true_of_the_raw_answers(ways):
    false = [
        words.sentence(way)
        for cloud, way in ways
        if not Claims(cloud).hold(ids_of(way), way.verdict.value, words.sentence(way))
    ]

    assert false == []


def test_remarks_are_those_of_the_raw_answers_and_each_is_there(ways):
    counted = collections.Counter()
    for cloud, way in ways:
        found = {remark.slug for remark in remarks.of(way)}
        assert found == Claims(cloud).remarks(ids_of(way))
        counted.update(found)

    assert set(counted) == REMARKS
    assert min(counted.values()) >= 20


#: What makes ways different: of each there are many.
DIFFERENT = {
    'child of a rule set': lambda way: way.parent,
    'shared rule set': lambda way: way.rule_set and way.rule_set.attributes['shared'],
    'two projects': lambda way: way.consumer.project_id != way.provider.project_id,
    'external group': lambda way: 'X' in way.consumer.id + way.provider.id,
    'chain': lambda way: any(one.chain for one in way.openings),
    'AIM driver': lambda way: way.known.is_aim,
    'other drivers': lambda way: not way.known.is_aim,
}


@pytest.mark.parametrize('what', DIFFERENT)
def test_the_clouds_have_what_makes_ways_different(ways, what):
    assert sum(bool(DIFFERENT[what](way)) for _cloud, way in ways) >= 50
