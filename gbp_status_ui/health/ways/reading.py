# SPDX-License-Identifier: Apache-2.0
"""Reading what the ways of a party are judged by: a call for each kind, however many ways there are.

All is asked for by ids, through the cache that requests share; what is not there in a moment is pending.
"""

from __future__ import annotations

from collections.abc import Iterable
import itertools

from gbp_status_ui import conf
from gbp_status_ui.health.graph import key
from gbp_status_ui.health.ways import known as facts
from gbp_status_ui.health.ways import talks
from gbp_status_ui.health.ways.joined import Way
from gbp_status_ui.health.ways.known import Known
from gbp_status_ui.health.ways.rules import REDIRECT
from gbp_status_ui.model import registry
from gbp_status_ui.model.answers import Failure
from gbp_status_ui.model.resource import Resource
from gbp_status_ui.model.resource import Resources
from gbp_status_ui.model.types import Ids
from gbp_status_ui.model.types import Key
from gbp_status_ui.service import chains
from gbp_status_ui.service.api import Gbp

_CHAIN_EXTENSION = registry.BY_COLLECTION[facts.CHAINS].extension


class Reading:
    """What has been read so far for the ways of some parties, which may have been read before."""

    def __init__(self, gbp: Gbp, parties: Iterable[Resource] = ()) -> None:
        #: Whether something is still being read: then nothing can be said yet.
        self.is_pending = False
        self._gbp = gbp
        self._rows: Resources = {key(party): party for party in parties}
        self._asked: set[Key] = set(self._rows)
        self._all_chains = True
        #: {collection: why it could not be read}.
        self.failures: dict[str, Failure] = {}

    @property
    def known(self) -> Known:
        """What is known by now."""
        return Known(
            dict(self._rows),
            is_aim=facts.AIM in (self._gbp.extensions or ()),
            has_chains=self._gbp.has(_CHAIN_EXTENSION),
            all_chains=self._all_chains,
            unread=frozenset(self.failures),
        )

    def read(self, wanted: Ids) -> None:
        """Read {collection: ids}, each once; nothing more once something is pending."""
        new = dict.fromkeys(
            (name, id_) for name, ids in wanted.items() for id_ in ids if (name, id_) not in self._asked
        )
        if self.is_pending or not new:
            return
        self._asked.update(new)
        found = self._gbp.poll(_by_kind(new), is_whole=True)
        self._rows.update({key(row): row for rows in found.rows.values() for row in rows.values()})
        self.failures |= found.unavailable
        self.is_pending = bool(found.pending)

    def read_chains(self, groups: Iterable[Resource]) -> None:
        """Read the chains of groups that provide rules with a redirect, or have a proxy group."""
        providers = [] if self.is_pending else _chain_providers(self.known, groups)
        if not providers:
            return
        found = chains.of_providers(self._gbp, providers)
        self.is_pending = found.is_pending
        if found.failure and not found.is_pending:
            self.failures[facts.CHAINS] = found.failure
        limit = conf.get('chain_shows')
        self._all_chains = not found.failure and len(found.ids) <= limit
        self.read({facts.CHAINS: list(found.ids[:limit])})


def of(gbp: Gbp, party: Resource) -> Reading:
    """Read what the ways of a party are judged by; each step asks for all its kinds side by side."""
    reading = Reading(gbp, [party])
    reading.read({facts.RULE_SETS: _rule_sets(party)})
    parents = _named(reading.known, facts.RULE_SETS, 'parent_id')
    reading.read(
        {
            **_other_ends(reading.known, party),
            facts.RULE_SETS: parents,
            # Those of parents are read along with the others.
            facts.RULES: [] if parents else _named(reading.known, facts.RULE_SETS, 'policy_rules'),
        }
    )
    for step in (_third, _fourth, _fifth):
        reading.read(step(reading.known))
    reading.read_chains(_providing(reading.known, party))
    return reading


def between(gbp: Gbp, one: Key, other: Key) -> Reading:
    """Read what the ways between two parties are judged by; the rule sets of both, and rules of those in common."""
    reading = Reading(gbp)
    reading.read(_by_kind([one, other]))
    parties = [row for row in (reading.known.get(*end) for end in (one, other)) if row]
    reading.read(
        {
            facts.RULE_SETS: [id_ for party in parties for id_ in _rule_sets(party)],
            facts.L2_POLICIES: _named(reading.known, facts.GROUPS, 'l2_policy_id'),
        }
    )
    common = _common(parties)
    reading.read({facts.RULE_SETS: _named(reading.known, facts.RULE_SETS, 'parent_id', common)})
    counted = [*common, *_named(reading.known, facts.RULE_SETS, 'parent_id', common)]
    reading.read(
        {
            facts.RULES: _named(reading.known, facts.RULE_SETS, 'policy_rules', counted),
            facts.L3_POLICIES: _named(reading.known, facts.L2_POLICIES, 'l3_policy_id'),
        }
    )
    reading.read({**_parts_of_rules(reading.known), **_fifth(reading.known)})
    reading.read_chains(party for party in parties if party.kind.collection == facts.GROUPS)
    return reading


def _common(parties: list[Resource]) -> list[str]:
    """Return the rule sets that one of two parties consumes and the other one provides."""
    return [
        id_
        for consumer, provider in itertools.permutations(parties, 2)
        for id_ in facts.ids(consumer, facts.CONSUMED)
        if id_ in facts.ids(provider, facts.PROVIDED)
    ]


def _by_kind(keys: Iterable[Key]) -> Ids:
    found: Ids = {}
    for collection, id_ in keys:
        found.setdefault(collection, []).append(id_)
    return found


def _third(known: Known) -> Ids:
    return {
        facts.RULES: _named(known, facts.RULE_SETS, 'policy_rules'),
        facts.L2_POLICIES: _named(known, facts.GROUPS, 'l2_policy_id'),
        **_parts_of_rules(known),
    }


def _fourth(known: Known) -> Ids:
    return {facts.L3_POLICIES: _named(known, facts.L2_POLICIES, 'l3_policy_id'), **_parts_of_rules(known)}


def _fifth(known: Known) -> Ids:
    of_external = set(_named(known, facts.EXTERNAL, 'external_segments'))
    of_l3_policies = _named(known, facts.L3_POLICIES, 'external_segments')
    return {facts.SEGMENTS: [id_ for id_ in of_l3_policies if id_ in of_external]}


def _parts_of_rules(known: Known) -> Ids:
    return {
        facts.CLASSIFIERS: _named(known, facts.RULES, 'policy_classifier_id'),
        facts.ACTIONS: _named(known, facts.RULES, 'policy_actions'),
    }


def read_nodes(reading: Reading, ways: Iterable[Way]) -> None:
    """Read the nodes that the chains of some ways lead through."""
    used = [one.chain for way in ways for one in way.openings if one.chain]
    specs = [id_ for chain in used for id_ in facts.ids(chain, 'servicechain_specs')]
    reading.read({facts.SPECS: specs})
    reading.read({facts.NODES: _named(reading.known, facts.SPECS, 'nodes')})


def _rule_sets(party: Resource) -> list[str]:
    return [*facts.ids(party, facts.CONSUMED), *facts.ids(party, facts.PROVIDED)]


def _other_ends(known: Known, party: Resource) -> Ids:
    return _by_kind(talks.other_ends(known, party))


def _named(known: Known, collection: str, attribute: str, of: Iterable[str] | None = None) -> list[str]:
    """Return the ids that an attribute of the resources of a kind holds: a list, a mapping or one id.

    ``of`` are the ids of the resources that count; None is for all.
    """
    rows = known.of_kind(collection) if of is None else [known.get(collection, id_) for id_ in of]
    return [id_ for row in rows if row for id_ in facts.ids(row, attribute)]


def _chain_providers(known: Known, groups: Iterable[Resource]) -> list[str]:
    """Return the groups of which a chain may be a stop: none where nothing redirects, and no group has a proxy."""
    if not known.has_chains:
        return []
    redirects = any(map(_is_redirect, known.of_kind(facts.ACTIONS)))
    return [row.id for row in groups if redirects or row.attributes.get('proxy_group_id')]


def _is_redirect(action: Resource) -> bool:
    return action.attributes.get('action_type') == REDIRECT and bool(action.attributes.get('action_value'))


def _providing(known: Known, party: Resource) -> list[Resource]:
    """Return the groups that are at the providing end of a way of a party."""
    consumed = set(facts.ids(party, facts.CONSUMED))
    groups = [row for row in known.of_kind(facts.GROUPS) if facts.is_party(row)]
    return [row for row in groups if row is party or consumed.intersection(facts.ids(row, facts.PROVIDED))]
