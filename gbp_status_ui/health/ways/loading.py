# SPDX-License-Identifier: Apache-2.0
"""Loads the resources by which the ways of a party are judged: one call a kind, however many ways there are.

All is asked for by ids, through the cache that requests share; what is not there in a moment is pending.
"""

from __future__ import annotations

import collections
from collections.abc import Iterable
import itertools

from gbp_status_ui import conf
from gbp_status_ui.health.graph import by_collection
from gbp_status_ui.health.ways import known as facts
from gbp_status_ui.health.ways import party_ways
from gbp_status_ui.health.ways.all_ways import Way
from gbp_status_ui.health.ways.known import Known
from gbp_status_ui.health.ways.rules import specs_of
from gbp_status_ui.model import registry
from gbp_status_ui.model.answers import Failure
from gbp_status_ui.model.resource import Listing
from gbp_status_ui.model.resource import Resource
from gbp_status_ui.model.resource import Resources
from gbp_status_ui.model.types import Ids
from gbp_status_ui.model.types import Key
from gbp_status_ui.service import naming
from gbp_status_ui.service.api import Gbp
from gbp_status_ui.service.naming import Naming

_CHAIN_EXTENSION = registry.BY_COLLECTION[facts.CHAINS].extension


class Loader:
    """What has been read so far for the ways of some parties, which may have been read before."""

    def __init__(self, gbp: Gbp, parties: Iterable[Resource] = (), limit: int | None = None) -> None:
        """``limit`` is how many of each kind are read at most; None for any number."""
        #: Whether something is still being read: then nothing can be said yet.
        self.is_pending = False
        self._gbp = gbp
        self._rows: Resources = {party.key: party for party in parties}
        self._asked: set[Key] = set(self._rows)
        self._all_chains = True
        self._limit = limit
        #: Whether there may be more than has been read: the limit was reached, or an attribute names no ids.
        self.is_cut = False
        #: The rule sets through which all ways are read, where it is for ways through them.
        self.rule_sets: list[str] = []
        #: {collection: why it could not be read}.
        self.failures: dict[str, Failure] = {}

    @property
    def known(self) -> Known:
        """What is known by now."""
        extensions = self._gbp.extensions
        return Known(
            dict(self._rows),
            is_aim=None if extensions is None else facts.AIM in extensions,
            has_chains=self._gbp.has(_CHAIN_EXTENSION),
            all_chains=self._all_chains and facts.CHAINS not in self.failures,
            unread=frozenset(self.failures),
        )

    def read(self, wanted: Ids) -> None:
        """Read {collection: ids}, each once; nothing more once something is pending."""
        new = dict.fromkeys(
            (name, id_) for name, ids in wanted.items() for id_ in ids if (name, id_) not in self._asked
        )
        if self.is_pending or not new:
            return
        asked = self._within_limit(by_collection(new))
        self._asked.update(new)
        found = self._gbp.poll(asked, is_whole=True)
        self._rows.update(found.by_key)
        self.failures |= found.unavailable
        self.is_pending = bool(found.pending)

    def _within_limit(self, wanted: Ids) -> Ids:
        if self._limit is None:
            return wanted
        asked = collections.Counter(collection for collection, _id in self._asked)
        found = {name: ids[: max(0, self._limit - asked[name])] for name, ids in wanted.items()}
        self.is_cut |= found != wanted
        return {name: ids for name, ids in found.items() if ids}

    def note_pending(self, collection: str, found: Listing | Naming) -> None:
        """Note why a list is not there, if it is not, or not all of it."""
        self.is_pending |= found.is_pending
        self.is_cut |= bool(found.unreadable)
        if found.failure and not found.is_pending:
            self.failures[collection] = found.failure

    def read_chains(self, groups: Iterable[Resource]) -> None:
        """Read the chains of groups that provide rules with a redirect, or have a proxy group."""
        providers = [] if self.is_pending else _chain_providers(self.known, groups)
        if not providers:
            return
        ids = self._naming(facts.CHAINS, 'provider_ptg_id', providers)
        shown = ids[: conf.get('chain_shows')][: self._limit]
        self._all_chains = len(shown) == len(ids)
        self.read({facts.CHAINS: shown})

    def read_groups_of(self, l2_policy_ids: list[str]) -> None:
        """Read the groups of L2 policies."""
        asked = l2_policy_ids if self._limit is None else l2_policy_ids[: self._limit]
        self.is_cut |= len(asked) < len(l2_policy_ids)
        if asked:
            self.read({facts.GROUPS: self._naming(facts.GROUPS, 'l2_policy_id', asked)})

    def _naming(self, collection: str, attribute: str, ids: list[str]) -> list[str]:
        """Return the ids of the resources that name some others, as far as they are known by now."""
        found = naming.of(self._gbp, collection, attribute, ids)
        self.note_pending(collection, found)
        return list(found.ids)


def of(gbp: Gbp, party: Resource) -> Loader:
    """Read what the ways of a party are judged by; each step asks for all its kinds side by side."""
    loader = Loader(gbp, [party])
    loader.read({facts.RULE_SETS: _rule_sets(party)})
    parents = _named(loader.known, facts.RULE_SETS, 'parent_id')
    loader.read(
        {
            **by_collection((name, id_) for name, id_ in party_ways.other_ends(loader.known, party) if id_),
            facts.RULE_SETS: parents,
            # Those of parents are read along with the others.
            facts.RULES: [] if parents else _named(loader.known, facts.RULE_SETS, 'policy_rules'),
        }
    )
    for step in (_third, _fourth, _fifth):
        loader.read(step(loader.known))
    loader.read_chains(_providing(loader.known, party))
    return loader


def over(gbp: Gbp, resource: Resource) -> Loader:
    """Read what the ways that lead over a resource are judged by: of each kind as many as one call can name."""
    loader = Loader(gbp, [resource], conf.MAX_CALL_IDS)
    _read_parties(loader, resource)
    of_parties = [id_ for party in loader.known.parties for id_ in _rule_sets(party)]
    loader.rule_sets = list(dict.fromkeys([*_holders(gbp, loader, resource), *of_parties]))
    _read_through(loader)
    return loader


def through(gbp: Gbp, rule_sets: Iterable[str]) -> Loader:
    """Read what the ways through some rule sets are judged by: of each kind as many as one call can name."""
    loader = Loader(gbp, limit=conf.MAX_CALL_IDS)
    loader.rule_sets = list(dict.fromkeys(rule_sets))
    _read_through(loader)
    return loader


def _read_through(loader: Loader) -> None:
    loader.read({facts.RULE_SETS: loader.rule_sets})
    loader.read(
        {
            **by_collection(ends_of(loader.known, loader.rule_sets)),
            facts.RULE_SETS: _named(loader.known, facts.RULE_SETS, 'parent_id'),
        }
    )
    for step in (_third, _fourth, _fifth):
        loader.read(step(loader.known))
    loader.read_chains(row for row in loader.known.of_kind(facts.GROUPS) if facts.ids(row, facts.PROVIDED))


def _read_parties(loader: Loader, resource: Resource) -> None:
    """Read the parties whose ways lead over an L2 policy, an L3 policy, a segment or a chain."""
    collection = resource.kind.collection
    named = facts.ids(resource, _NAMING_PARTIES.get(collection, 'id'))
    if collection in _NAMING_PARTIES:
        loader.is_cut |= None in facts.named(resource, _NAMING_PARTIES[collection])
    if collection in (facts.L2_POLICIES, facts.L3_POLICIES):
        loader.read_groups_of(named)
    elif collection == facts.SEGMENTS:
        loader.read({facts.EXTERNAL: named})
    elif collection == facts.CHAINS:
        loader.read({facts.GROUPS: named})


#: The attribute of a resource that names the parties whose ways lead over it, or the L2 policies of these.
_NAMING_PARTIES = {
    facts.L3_POLICIES: 'l2_policies',
    facts.SEGMENTS: 'external_policies',
    facts.CHAINS: 'provider_ptg_id',
}


#: The attribute of a rule that names a part of it.
_PART_OF_RULE = {facts.CLASSIFIERS: 'policy_classifier_id', facts.ACTIONS: 'policy_actions'}


def _holders(gbp: Gbp, loader: Loader, resource: Resource) -> list[str]:
    """Return the rule sets with a rule, or with the rules that use a classifier or an action: it takes their lists."""
    if resource.kind.collection == facts.RULE_SETS:
        return [resource.id]
    rules = [resource.id] if resource.kind.collection == facts.RULES else []
    if resource.kind.collection in _PART_OF_RULE:
        rules = _using(gbp, loader, facts.RULES, _PART_OF_RULE[resource.kind.collection], [resource.id])
    return _using(gbp, loader, facts.RULE_SETS, 'policy_rules', rules) if rules else []


def rule_sets_of(listed: Known, resource: Resource) -> list[str]:
    """Return the ids of the rule sets whose ways may lead over a resource, by lists of all."""
    collection = resource.kind.collection
    if collection == facts.RULE_SETS:
        return [resource.id]
    if collection in (facts.RULES, *_PART_OF_RULE):
        return _holding(listed, resource)
    return [id_ for party in listed.parties if _lies_on(listed, party, resource) for id_ in _rule_sets(party)]


def _holding(listed: Known, resource: Resource) -> list[str]:
    attribute = _PART_OF_RULE.get(resource.kind.collection)
    rules = [row.id for row in listed.of_kind(facts.RULES) if attribute and resource.id in facts.ids(row, attribute)]
    held = {resource.id, *rules}
    return [row.id for row in listed.of_kind(facts.RULE_SETS) if held.intersection(facts.ids(row, 'policy_rules'))]


def _lies_on(listed: Known, party: Resource, resource: Resource) -> bool:
    """Say whether a party is a resource, or lies on it, or provides it."""
    places = (party.id, party.attributes.get('l2_policy_id'), listed.l3_policy_id_of(party))
    is_on = resource.id in (*places, *facts.ids(party, 'external_segments'))
    return is_on or party.id == resource.attributes.get('provider_ptg_id')


def _using(gbp: Gbp, loader: Loader, collection: str, attribute: str, ids: list[str]) -> list[str]:
    kind = registry.BY_COLLECTION[collection]
    listing = gbp.listings([kind])[collection]
    loader.note_pending(collection, listing)
    return [row.id for row in listing.rows if set(ids).intersection(facts.ids(row, attribute))]


def ends_of(known: Known, rule_set_ids: Iterable[str]) -> list[Key]:
    """Return (collection, id) of each party that some rule sets name."""
    rows = [row for row in (known.get(facts.RULE_SETS, id_) for id_ in rule_set_ids) if row]
    named = [
        (collection, id_)
        for row in rows
        for lists in party_ways.OTHER_ENDS.values()
        for attribute, collection in lists
        for id_ in facts.ids(row, attribute)
    ]
    return list(dict.fromkeys(named))


def between(gbp: Gbp, one: Key, other: Key) -> Loader:
    """Read what the ways between two parties are judged by; the rule sets of both, and rules of those in common."""
    loader = Loader(gbp)
    loader.read(by_collection([one, other]))
    parties = [row for row in (loader.known.get(*end) for end in (one, other)) if row]
    loader.read(
        {
            facts.RULE_SETS: [id_ for party in parties for id_ in _rule_sets(party)],
            facts.L2_POLICIES: _named(loader.known, facts.GROUPS, 'l2_policy_id'),
        }
    )
    common = _common(parties)
    loader.read({facts.RULE_SETS: _named(loader.known, facts.RULE_SETS, 'parent_id', common)})
    counted = [*common, *_named(loader.known, facts.RULE_SETS, 'parent_id', common)]
    loader.read(
        {
            facts.RULES: _named(loader.known, facts.RULE_SETS, 'policy_rules', counted),
            facts.L3_POLICIES: _named(loader.known, facts.L2_POLICIES, 'l3_policy_id'),
        }
    )
    loader.read({**_parts_of_rules(loader.known), **_fifth(loader.known)})
    loader.read_chains(party for party in parties if party.kind.collection == facts.GROUPS)
    return loader


def _common(parties: list[Resource]) -> list[str]:
    """Return the rule sets that one of two parties consumes and the other one provides."""
    return [
        id_
        for consumer, provider in itertools.permutations(parties, 2)
        for id_ in facts.ids(consumer, facts.CONSUMED)
        if id_ in facts.ids(provider, facts.PROVIDED)
    ]


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


def read_nodes(loader: Loader, ways: Iterable[Way]) -> None:
    """Read the nodes that the chains of some ways lead through."""
    used = [one.chain for way in ways for one in way.openings if one.chain]
    specs = [id_ for chain in used for id_ in facts.ids(chain, 'servicechain_specs')]
    loader.read({facts.SPECS: specs})
    loader.read({facts.NODES: _named(loader.known, facts.SPECS, 'nodes')})


def _rule_sets(party: Resource) -> list[str]:
    return [*facts.ids(party, facts.CONSUMED), *facts.ids(party, facts.PROVIDED)]


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
    redirects = any(map(specs_of, known.of_kind(facts.ACTIONS)))
    return [row.id for row in groups if redirects or row.attributes.get('proxy_group_id')]


def _providing(known: Known, party: Resource) -> list[Resource]:
    """Return the groups that are at the providing end of a way of a party."""
    consumed = set(facts.ids(party, facts.CONSUMED))
    groups = [row for row in known.of_kind(facts.GROUPS) if facts.is_party(row)]
    return [row for row in groups if row is party or consumed.intersection(facts.ids(row, facts.PROVIDED))]
