# SPDX-License-Identifier: Apache-2.0
"""Whether one party may open connections to another, by which ways, and with which verdict."""

from __future__ import annotations

import dataclasses

from gbp_status_ui.health.ways import all_ways
from gbp_status_ui.health.ways import known as facts
from gbp_status_ui.health.ways.all_ways import Way
from gbp_status_ui.health.ways.known import Known
from gbp_status_ui.model import verdicts
from gbp_status_ui.model.resource import Resource
from gbp_status_ui.model.verdicts import Verdict


@dataclasses.dataclass(frozen=True)
class Reachability:
    """Whether one party may open connections to another.

    ``ways`` are those by which it may, worst first, without what the target alone may open by them; where there is
    none, but others join them, ``others`` are those. ``shares_subnet`` says that they have a subnet in common, within
    which GBP's reference drivers open everything.
    """

    opener: Resource
    target: Resource
    ways: tuple[Way, ...]
    others: tuple[Way, ...] = ()
    shares_subnet: bool = False

    @property
    def best(self) -> Way | None:
        """The way whose verdict counts; two parties that several ways join need one of them."""
        counted = self.ways or tuple(way for way in self.others if not way.openings.open)
        return None if self.is_only_other_way else max(counted, key=lambda way: way.verdict.worth, default=None)

    @property
    def verdict(self) -> Verdict | None:
        """The verdict on the opener's way to the target; None where there is none, or it needs none."""
        return self.best.verdict if self.best and not self.needs_no_way else None

    @property
    def needs_no_way(self) -> bool:
        """Whether GBP opens everything between them without a rule set, and no rule set opens anything."""
        return self.shares_subnet and (self.best is None or self.best.verdict in (verdicts.NOTHING, verdicts.NO_PATH))

    @property
    def by(self) -> int:
        """How many of the ways have that verdict."""
        return sum(way.verdict is self.verdict for way in self.ways)

    @property
    def is_only_other_way(self) -> bool:
        """Whether the target alone may open connections."""
        return not self.ways and any(way.opens_from(self.target) for way in self.others)


def towards(known: Known, opener: Resource, target: Resource) -> Reachability:
    """Return the :class:`Reachability` from one party to another one."""
    found = all_ways.worst_first(all_ways.between(known, opener, target))
    ways = tuple(all_ways.worst_first(way.opened_by(opener) for way in found if way.opens_from(opener)))
    return Reachability(opener, target, ways, () if ways else tuple(found), _share_subnet(known, opener, target))


def _share_subnet(known: Known, one: Resource, other: Resource) -> bool:
    """Say whether two groups were given a subnet in common; with the AIM driver all of an L2 policy have that."""
    if known.is_aim is not False or one is other or not all(map(_is_plain_group, (one, other))):
        return False
    return bool(set(facts.ids(one, 'subnets')).intersection(facts.ids(other, 'subnets')))


def _is_plain_group(party: Resource) -> bool:
    return facts.is_party(party) and not facts.is_external(party)


def members_may_talk(group: Resource) -> bool:
    """Say whether the members of one group may talk to each other; without the attribute they may."""
    return group.attributes.get('intra_ptg_allow') is not False
