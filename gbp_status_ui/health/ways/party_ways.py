# SPDX-License-Identifier: Apache-2.0
"""All ways of one party, the worst first, and how many of their ends the user cannot see."""

from __future__ import annotations

from collections.abc import Iterable
import dataclasses
import itertools
from typing import Union

from gbp_status_ui.health.ways import all_ways
from gbp_status_ui.health.ways import known as facts
from gbp_status_ui.health.ways.all_ways import Way
from gbp_status_ui.health.ways.known import Known
from gbp_status_ui.health.ways.way_counts import WayCounts
from gbp_status_ui.model.resource import Resource

#: The lists of a rule set that name the other ends of a party's ways: {attribute of the party: [(attribute, kind)]}.
OTHER_ENDS = {
    facts.CONSUMED: (
        ('providing_policy_target_groups', facts.GROUPS),
        ('providing_external_policies', facts.EXTERNAL),
    ),
    facts.PROVIDED: (
        ('consuming_policy_target_groups', facts.GROUPS),
        ('consuming_external_policies', facts.EXTERNAL),
    ),
}


#: How many ways of a party are judged at most, in half a second: sets and others in common may multiply to any number.
MAX_JUDGED_WAYS = 5000


@dataclasses.dataclass(frozen=True)
class PartyWays:
    """The ways of a party, worst first.

    ``hidden`` is how many other ends there are that were in no answer: of another project, made by the backend, or gone
    by now. ``hidden_rule_sets`` is how many of the party's rule sets were not, ``unjudged`` how many ways there are
    beside these.
    """

    party: Resource
    ways: list[Way]
    hidden: int = 0
    hidden_rule_sets: int = 0
    unjudged: int = 0


def of(known: Known, party: Resource) -> PartyWays:
    """Return the :class:`PartyWays` of a party."""
    rule_sets = {(facts.RULE_SETS, id_): None for attribute in OTHER_ENDS for id_ in facts.named(party, attribute)}
    hidden_sets = _hidden(known, rule_sets)
    hidden = _hidden(known, other_ends(known, party))
    ways = all_ways.worst_first(itertools.islice(all_ways.of(known, party), MAX_JUDGED_WAYS))
    return PartyWays(party, ways, len(hidden), len(hidden_sets), WayCounts(known.parties).number(party) - len(ways))


def judged_anew(found: PartyWays) -> PartyWays:
    """Return the same with new verdicts: what the first ways lead over has been read further, and others share it."""
    return dataclasses.replace(found, ways=all_ways.worst_first(map(dataclasses.replace, found.ways)))


#: (collection, id) of what a list names; None in the place of an id that can be none.
_Named = tuple[str, Union[str, None]]


def other_ends(known: Known, party: Resource) -> list[_Named]:
    """Return (collection, id) of each party at the other end of a way, as the rule sets name them.

    These lists are not restricted to what the user may see. External groups are never joined with each other.
    """
    found = {
        (collection, id_): None
        for attribute, lists in OTHER_ENDS.items()
        for rule_set in filter(None, (known.get(facts.RULE_SETS, id_) for id_ in facts.ids(party, attribute)))
        for name, collection in lists
        if not (facts.is_external(party) and collection == facts.EXTERNAL)
        for id_ in facts.named(rule_set, name)
        if id_ != party.id
    }
    return list(found)


def _hidden(known: Known, named: Iterable[_Named]) -> list[_Named]:
    """Return those that were in no answer, though there was one."""
    return [one for one in named if one[0] not in known.unread and known.get(*one) is None]
