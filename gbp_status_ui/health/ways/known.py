# SPDX-License-Identifier: Apache-2.0
"""The resources from which verdicts on ways are made.

A *party* is a group or an external group: an end of ways. A *way* is one rule set that one party consumes and another
one provides.
"""

from __future__ import annotations

import collections
import dataclasses
import functools
from typing import Any

from gbp_status_ui.model import statuses
from gbp_status_ui.model.kinds import in_place_of_ids
from gbp_status_ui.model.kinds import is_id
from gbp_status_ui.model.resource import Resource
from gbp_status_ui.model.resource import Resources
from gbp_status_ui.model.statuses import Status

GROUPS = 'policy_target_groups'
EXTERNAL = 'external_policies'
RULE_SETS = 'policy_rule_sets'
RULES = 'policy_rules'
CLASSIFIERS = 'policy_classifiers'
ACTIONS = 'policy_actions'
L2_POLICIES = 'l2_policies'
L3_POLICIES = 'l3_policies'
SEGMENTS = 'external_segments'
CHAINS = 'servicechain_instances'
SPECS = 'servicechain_specs'
NODES = 'servicechain_nodes'

#: The attributes of a party that name the rule sets of its ways.
PROVIDED, CONSUMED = 'provided_policy_rule_sets', 'consumed_policy_rule_sets'

#: The extension that tells that the policy driver is Cisco's AIM driver: no other can have it.
AIM = 'cisco-apic-gbp'

#: What stands among collections that cannot be seen where it depends on the policy driver, and nobody knows that.
DRIVER = 'driver'


@dataclasses.dataclass(frozen=True)
class Known:
    """The resources that have been read, ``{(collection, id): Resource}``; what is not there cannot be seen.

    ``is_aim`` says that the policy driver is the AIM driver, None that nobody knows; ``has_chains`` that the API has
    service chains, ``all_chains`` that each chain of a provider has been read. ``unread`` are the collections that
    could not be read.
    """

    rows: Resources
    is_aim: bool | None
    has_chains: bool = True
    all_chains: bool = True
    unread: frozenset[str] = frozenset()
    #: What rules.py has found out of rule sets.
    openings: dict[Any, Any] = dataclasses.field(default_factory=dict, repr=False, compare=False)

    def get(self, collection: str, id_: object) -> Resource | None:
        """Return a resource of whatever stands in the place of an id; None where it cannot be seen."""
        return self.rows.get((collection, id_)) if isinstance(id_, str) else None

    def of_kind(self, collection: str) -> list[Resource]:
        """Return all resources of one kind."""
        return [row for (name, _id), row in self.rows.items() if name == collection]

    @functools.cached_property
    def parties(self) -> list[Resource]:
        """The groups and external groups that can be ends of ways."""
        return [row for row in (*self.of_kind(GROUPS), *self.of_kind(EXTERNAL)) if is_party(row)]

    @functools.cached_property
    def providers(self) -> dict[str, list[Resource]]:
        """{id of a rule set: the parties that provide it}."""
        return self._by_set(PROVIDED)

    @functools.cached_property
    def consumers(self) -> dict[str, list[Resource]]:
        """{id of a rule set: the parties that consume it}."""
        return self._by_set(CONSUMED)

    def _by_set(self, attribute: str) -> dict[str, list[Resource]]:
        found: dict[str, list[Resource]] = collections.defaultdict(list)
        for party in self.parties:
            for id_ in ids(party, attribute):
                found[id_].append(party)
        return found

    @functools.cached_property
    def chains(self) -> dict[str, list[Resource]]:
        """{id of a group: the service chains that it provides}."""
        found: dict[str, list[Resource]] = collections.defaultdict(list)
        for chain in self.of_kind(CHAINS):
            provider = chain.attributes.get('provider_ptg_id')
            if isinstance(provider, str):
                found[provider].append(chain)
        return found

    def l3_policy_id_of(self, group: Resource) -> str | None:
        """Return the id of the L3 policy of a group; None where that cannot be seen."""
        l2_policy = self.get(L2_POLICIES, group.attributes.get('l2_policy_id'))
        id_ = l2_policy.attributes.get('l3_policy_id') if l2_policy else None
        return id_ if isinstance(id_, str) else None


def ids(row: Resource, attribute: str) -> list[str]:
    """Return the ids in a list, in a mapping by ids, or in the place of one id; each once."""
    return list(dict.fromkeys(filter(is_id, in_place_of_ids(row.attributes.get(attribute)))))


def named(row: Resource, attribute: str) -> list[str | None]:
    """Return the same, and None for what stands there and can be no id: nobody can say what it names.

    Where there is no list, such as null, that is [None], too: not that nothing is named.
    """
    value = row.attributes.get(attribute)
    found = value if isinstance(value, (list, dict)) else [value]
    return list(dict.fromkeys(id_ if is_id(id_) else None for id_ in found))


def names_all_sets(party: Resource) -> bool:
    """Say whether all that the lists of a party name can be rule sets, so that nothing else joins it."""
    return None not in (*named(party, PROVIDED), *named(party, CONSUMED))


def is_external(party: Resource) -> bool:
    return party.kind.collection == EXTERNAL


def is_party(row: Resource) -> bool:
    """Say whether a group is an end of ways; proxies and groups of service management are plumbing of chains."""
    return not (row.attributes.get('proxied_group_id') or row.attributes.get('service_management'))


def state_of(row: Resource) -> Status:
    """Return the state of a resource as far as it is believed.

    A word that the backend says of all resources of a kind is no state. GBP copies the status of a chain onto its
    providing group, and leaves it there when the chain is gone; so the copy does not count, and the chain's own status
    does.
    """
    if row.has_status_of_chain or row.status.counted_as:
        return statuses.NONE
    return row.status


def is_undefined(state: Status) -> bool:
    """Say whether a state is a word that GBP does not define, or has not been read."""
    return state not in statuses.KNOWN
