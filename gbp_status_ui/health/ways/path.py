# SPDX-License-Identifier: Apache-2.0
"""Whether the network connects two parties: by a router, a VRF of the fabric, or an external segment.

GBP refuses no rule set between parties that nothing connects.
"""

from __future__ import annotations

import dataclasses
import enum

from gbp_status_ui.health.ways import known as facts
from gbp_status_ui.health.ways.known import Known
from gbp_status_ui.model.resource import Resource


class Gap(enum.Enum):
    """Why there is no path."""

    L3_POLICIES = 'two L3 policies'
    NO_SEGMENT = 'external group without segment'
    NOT_ON_SEGMENT = 'L3 policy not on a segment'
    NO_ROUTE = 'segment without route'
    PROJECTS = 'two projects'


@dataclasses.dataclass(frozen=True)
class Path:
    """The path between two parties; ``gap`` is why there is none.

    ``stops`` are the L2 and L3 policies and the segments that it leads over, ``unseen`` the collections of those that
    cannot be seen; with any of these nobody knows whether there is a path. ``ends`` are the resources that the gap is
    between, in the order of its sentence.
    """

    stops: tuple[Resource, ...] = ()
    unseen: tuple[str, ...] = ()
    gap: Gap | None = None
    ends: tuple[Resource, ...] = ()


def between(known: Known, one: Resource, other: Resource) -> Path:
    """Return the :class:`Path` between two parties, of which one at most is external."""
    if facts.is_external(one):
        return _outside(known, one, other)
    if facts.is_external(other):
        return _outside(known, other, one)
    return _inside(known, one, other)


def _inside(known: Known, one: Resource, other: Resource) -> Path:
    first, second = _Place(known, one), _Place(known, other)
    stops = tuple(dict.fromkeys((*first.stops, *second.stops)))
    unseen = tuple(dict.fromkeys((*first.unseen, *second.unseen)))
    if not (first.l3_policy and second.l3_policy):
        return Path(stops, unseen)
    doubt = _doubt(known, first.l3_policy, second.l3_policy)
    if doubt is None:
        return Path(stops, unseen, Gap.L3_POLICIES, (one, first.l3_policy, other, second.l3_policy))
    return Path(stops, unseen + doubt)


class _Place:
    """Where a group lies: its L2 and L3 policy, as far as they can be seen."""

    def __init__(self, known: Known, group: Resource) -> None:
        l2_policy = known.get(facts.L2_POLICIES, group.attributes.get('l2_policy_id'))
        self.l3_policy = known.get(facts.L3_POLICIES, known.l3_policy_id_of(group))
        self.stops = [row for row in (l2_policy, self.l3_policy) if row]
        self.unseen = [facts.L3_POLICIES] * (self.l3_policy is None) if l2_policy else [facts.L2_POLICIES]


def _doubt(known: Known, one: Resource, other: Resource) -> tuple[str, ...] | None:
    """Return what cannot be seen of how two L3 policies are joined, () where they are; None where they are not."""
    if one is other or set(facts.ids(one, 'routers')).intersection(facts.ids(other, 'routers')):
        return ()
    is_one_fabric_vrf = any(
        one.attributes.get(scope) and one.attributes.get(scope) == other.attributes.get(scope)
        for scope in ('address_scope_v4_id', 'address_scope_v6_id')
    )
    if is_one_fabric_vrf and known.is_aim is not False:
        return () if known.is_aim else (facts.DRIVER,)
    is_all_seen = None not in (*facts.named(one, 'routers'), *facts.named(other, 'routers'))
    return None if is_all_seen else (facts.L3_POLICIES,)


def _outside(known: Known, external: Resource, group: Resource) -> Path:
    place = _Place(known, group)
    l3_policy, stops, unseen = place.l3_policy, tuple(place.stops), tuple(place.unseen)
    own = facts.named(external, 'external_segments')
    if not own:
        return Path(stops, unseen, Gap.NO_SEGMENT, (external,))
    if l3_policy is None:
        return Path(stops, unseen)
    common = _common_segments(own, facts.named(l3_policy, 'external_segments'))
    if not common:
        return Path(stops, unseen, Gap.NOT_ON_SEGMENT, (l3_policy, external))
    segments = [known.get(facts.SEGMENTS, id_) for id_ in common]
    seen = [segment for segment in segments if segment]
    unseen += (facts.SEGMENTS,) * (len(seen) < len(segments))
    return _over_segments(known, external, l3_policy, Path((*stops, *seen), unseen), seen)


def _common_segments(own: list[str | None], others: list[str | None]) -> list[str | None]:
    """Return what two lists have in common; with None where either names something that may be in common, too."""
    return [id_ for id_ in own if id_ in others and id_] + [None] * (None in (*own, *others))


def _over_segments(known: Known, external: Resource, l3_policy: Resource, path: Path, segments: list[Resource]) -> Path:
    found = [segment.attributes.get('external_routes') for segment in segments]
    routes = [one for one in found if isinstance(one, list)]
    is_all_seen = facts.SEGMENTS not in path.unseen and len(routes) == len(found)
    if is_all_seen and not any(routes):
        return dataclasses.replace(path, gap=Gap.NO_ROUTE, ends=tuple(segments))
    is_foreign = external.project_id != l3_policy.project_id
    if is_foreign and known.is_aim:
        return dataclasses.replace(path, gap=Gap.PROJECTS, ends=(external, l3_policy))
    unseen = (facts.SEGMENTS,) * (not any(routes)) + (facts.DRIVER,) * (is_foreign and known.is_aim is None)
    return dataclasses.replace(path, unseen=tuple(dict.fromkeys(path.unseen + unseen)))
