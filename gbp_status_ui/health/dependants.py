# SPDX-License-Identifier: Apache-2.0
"""The resources that depend on a resource, directly or not: an L3 policy's L2 policies, their groups and their chains.

It takes one call for each kind that can depend on it, however many resources there are.
"""

import collections
from collections.abc import Iterable
import dataclasses

from gbp_status_ui.health import beneath
from gbp_status_ui.health import certainty
from gbp_status_ui.health import order
from gbp_status_ui.health.graph import Graph
from gbp_status_ui.model import registry
from gbp_status_ui.model.answers import Failure
from gbp_status_ui.model.kinds import Kind
from gbp_status_ui.model.resource import Listing
from gbp_status_ui.model.resource import Resource
from gbp_status_ui.model.statuses import Status
from gbp_status_ui.service.api import Gbp


@dataclasses.dataclass(frozen=True)
class Extent:
    """How far a failure goes: how many are ``broken_with`` a resource, of how many that ``depend_on`` it.

    What works, or is being built, has nothing broken with it. ``at_least`` says that there may be more. Where nobody
    has counted those that work, ``depend_on`` is 0.
    """

    broken_with: int
    depend_on: int
    at_least: bool = False


@dataclasses.dataclass(frozen=True)
class Dependants:
    """The rows that depend on a resource, most urgent first; ``unread`` is (kind, failure) of what is not known.

    ``extent`` says how many they are, ``is_pending`` that something of that is still being read.
    """

    rows: list[Resource]
    unread: list[tuple[Kind, Failure]]
    extent: Extent
    is_pending: bool

    @property
    def counts(self) -> list[tuple[Kind, list[tuple[Status, int]]]]:
        """[(kind, [(state, number of rows)])], in the order of the registry; states most urgent first."""
        found: dict[str, collections.Counter[Status]] = collections.defaultdict(collections.Counter)
        for row in self.rows:
            found[row.kind.collection][row.condition] += 1
        return [(kind, list(found[kind.collection].items())) for kind in registry.KINDS if kind.collection in found]


def of(gbp: Gbp, resource: Resource) -> Dependants:
    """List what depends on a resource whose objects beneath are read; if it is broken, also errors only beneath."""
    listings = gbp.listings(gbp.served(kinds_above(resource.kind))).values()
    found = _users(resource, listings)
    has_parts = any(row.kind.neutron for row in found)
    in_neutron = beneath.in_scope(gbp, found) if has_parts and resource.condition.problem else beneath.InScope({})
    known = certainty.worst([certainty.of(listings), certainty.of_beneath(in_neutron)])
    is_pending = in_neutron.is_pending or any(listing.is_pending for listing in listings)
    at_least = not known.is_exact or may_lack_some(gbp, [resource, *found])
    extent = Extent(_broken(resource, found), len(found), at_least)
    return _dependants(resource, found, listings, extent, is_pending)


def stored(gbp: Gbp, resource: Resource) -> Dependants:
    """List what depends on a resource and is a problem as GBP has stored it: quick, and maybe not all."""
    listings = gbp.stored(gbp.served(kinds_above(resource.kind))).values()
    found = [row for row in _users(resource, listings) if row.status.explained]
    return _dependants(resource, found, listings, Extent(_broken(resource, found), 0, at_least=True))


def _dependants(
    resource: Resource, found: list[Resource], listings: Iterable[Listing], extent: Extent, is_pending: bool = False
) -> Dependants:
    unread = [(listing.kind, listing.failure) for listing in listings if listing.failure]
    return Dependants(sorted(found, key=order.by_urgency), unread, extent, is_pending)


def _users(resource: Resource, listings: Iterable[Listing]) -> list[Resource]:
    known = {row.key: row for listing in listings for row in listing.rows}
    return Graph(known | {resource.key: resource}).users(resource)


def _broken(resource: Resource, found: Iterable[Resource]) -> int:
    return sum(row.condition.problem for row in found) if resource.condition.problem else 0


def may_lack_some(gbp: Gbp, rows: Iterable[Resource]) -> bool:
    """Say whether more may be built from some rows: what is shared is used in projects that the user cannot read."""
    return not gbp.sees_all_of() and any(row.shared for row in rows)


def kinds_above(kind: Kind) -> list[Kind]:
    """Return the kinds that can be built from a kind, through all steps."""
    found: set[str] = set()
    edge = {kind.collection}
    while edge:
        named = {user.collection for user in registry.KINDS for to in user.built_from if to.to in edge}
        edge = named - found
        found |= named
    return [kind for kind in registry.KINDS if kind.collection in found]
