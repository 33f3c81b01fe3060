# SPDX-License-Identifier: Apache-2.0
"""Which rule sets join parties, and how many ways each party has, from the lists of the parties alone.

:mod:`gbp_status_ui.health.ways.all_ways` gives each way its verdict, for which it needs more.
"""

from __future__ import annotations

import collections
from collections.abc import Collection
from collections.abc import Iterable
import itertools

from gbp_status_ui.health.ways import known as facts
from gbp_status_ui.model.kinds import in_place_of_ids
from gbp_status_ui.model.resource import Resource

#: The lists of a party, each with the list by which another party is at the other end of a way.
_OTHER_SIDE = {facts.CONSUMED: facts.PROVIDED, facts.PROVIDED: facts.CONSUMED}


class WayCounts:
    """The rule sets that join some parties; what they cost grows with the lists of the parties, not with the pairs."""

    def __init__(self, parties: Iterable[Resource]) -> None:
        ends = [row for row in parties if facts.is_party(row)]
        groups = [row for row in ends if not facts.is_external(row)]
        outside = [row for row in ends if facts.is_external(row)]
        #: {list: {id of a rule set: how many groups, or parties, name it there}}.
        self._groups = {attribute: _numbers(groups, attribute) for attribute in _OTHER_SIDE}
        self._parties = {attribute: self._groups[attribute] + _numbers(outside, attribute) for attribute in _OTHER_SIDE}

    def number(self, party: Resource) -> int:
        """Return how many ways a party is an end of: one for each rule set, role and other end."""
        return sum(
            self._others(party, attribute, id_) for attribute in _OTHER_SIDE for id_ in facts.ids(party, attribute)
        )

    def is_alone(self, party: Resource) -> bool:
        """Say whether no way has a party as its end: quicker than their number."""
        return not any(self._others(party, list_, id_) for list_ in _OTHER_SIDE for id_ in _named(party, list_))

    def joining(self, party: Resource, attribute: str) -> list[str]:
        """Return the ids of the rule sets in a list of a party that another end of a way has on the other side."""
        return [id_ for id_ in facts.ids(party, attribute) if self._others(party, attribute, id_)]

    def _others(self, party: Resource, attribute: str, rule_set_id: str) -> int:
        """Return how many others are on the other side of a rule set; no way joins two external groups."""
        other_side = _OTHER_SIDE[attribute]
        if not facts.is_party(party):
            return 0
        if facts.is_external(party):
            return self._groups[other_side][rule_set_id]
        return self._parties[other_side][rule_set_id] - (rule_set_id in _named(party, other_side))


def _numbers(parties: Iterable[Resource], attribute: str) -> collections.Counter[str]:
    return collections.Counter(itertools.chain.from_iterable(_named(row, attribute) for row in parties))


def _named(party: Resource, attribute: str) -> Collection[str]:
    """Return what stands in the place of ids, each once: quicker than checked, for what is compared with ids."""
    return {id_ for id_ in in_place_of_ids(party.attributes.get(attribute)) if isinstance(id_, str)}
