# SPDX-License-Identifier: Apache-2.0
"""What depends on a resource, through all steps: an L3 policy's L2 policies, their groups, and those groups' chains.

The opposite way of what resources are built from; a call for each kind that can depend on it, however many there are.
"""

import collections
import dataclasses

from gbp_status_ui.health.graph import Graph
from gbp_status_ui.health.graph import key
from gbp_status_ui.model import registry
from gbp_status_ui.model.answers import Failure
from gbp_status_ui.model.kinds import Kind
from gbp_status_ui.model.resource import Resource
from gbp_status_ui.model.statuses import Status
from gbp_status_ui.service.api import Gbp


@dataclasses.dataclass(frozen=True)
class Extent:
    """How far a failure goes: how many are ``broken_with`` a resource, of how many that ``depend_on`` it.

    What works, or is being built, has nothing broken with it. ``at_least`` says that there may be more.
    """

    broken_with: int
    depend_on: int
    at_least: bool = False


@dataclasses.dataclass(frozen=True)
class Dependants:
    """The rows that depend on a resource, most urgent first; ``unread`` is (kind, failure) of what is not known."""

    rows: list[Resource]
    unread: list[tuple[Kind, Failure]]

    @property
    def counts(self) -> list[tuple[Kind, list[tuple[Status, int]]]]:
        """[(kind, [(state, number of rows)])], in the order of the registry; states most urgent first."""
        found: dict[str, collections.Counter[Status]] = collections.defaultdict(collections.Counter)
        for row in self.rows:
            found[row.kind.collection][row.status] += 1
        return [(kind, list(found[kind.collection].items())) for kind in registry.KINDS if kind.collection in found]


def of(gbp: Gbp, resource: Resource, stored: tuple[Status, ...] = ()) -> Dependants:
    """List what depends on a resource; with ``stored``, only what GBP has stored in those states: that is quick."""
    kinds = gbp.served(kinds_above(resource.kind))
    listings = (gbp.stored(kinds, states=stored) if stored else gbp.listings(kinds)).values()
    rows = [row for listing in listings for row in listing.rows if not stored or row.status in stored]
    found = Graph({key(row): row for row in (*rows, resource)}).users(resource)
    return Dependants(
        sorted(found, key=lambda row: (row.status.severity, row.kind.collection, row.name.casefold(), row.id)),
        [(listing.kind, listing.failure) for listing in listings if listing.failure],
    )


def kinds_above(kind: Kind) -> list[Kind]:
    """Return the kinds that can be built from a kind, through all steps."""
    found: set[str] = set()
    edge = {kind.collection}
    while edge:
        named = {user.collection for user in registry.KINDS for to in user.built_from if to.to in edge}
        edge = named - found
        found |= named
    return [kind for kind in registry.KINDS if kind.collection in found]
