# SPDX-License-Identifier: Apache-2.0
"""Which problem is at the origin of which others: a chain that failed for its group, a group for its L2 policy.

Many problems may have many causes in common. What is found is therefore kept once for each component of the graph, as a
number whose bit *n* stands for the *n*-th problem by rank: the bits of two such sets are joined in one step, and equal
sets are recognised as such.
"""

import collections
from collections.abc import Collection
import dataclasses
import itertools
import re

from gbp_status_ui.health.graph import components
from gbp_status_ui.health.graph import Graph
from gbp_status_ui.health.graph import key
from gbp_status_ui.health.graph import Link
from gbp_status_ui.health.graph import links
from gbp_status_ui.model.resource import Resource
from gbp_status_ui.model.resource import Resources
from gbp_status_ui.model.types import Key

#: A cause, and lists of the places of what it explains.
_Group = tuple[Resource, list[list[int]]]


@dataclasses.dataclass
class _Component:
    """Resources that need one another, or one that needs no other in a cycle; the sets are numbers of bits.

    ``broken`` and ``explained`` are the first causes that it is built from, outside of it: of those in error, and of
    all problems. ``errors`` counts its own resources in error, ``problems`` are the places of its own problems.
    """

    broken: int = 0
    explained: int = 0
    errors: int = 0
    problems: list[int] = dataclasses.field(default_factory=list)
    #: The set of its own first problem by rank; none where it has no problem.
    first: int = 0

    @property
    def broken_from_here(self) -> int:
        """What is in error at the origin of whatever is built from this component."""
        return self.broken or (self.first if self.errors else 0)

    @property
    def explained_from_here(self) -> int:
        return self.explained or self.first


class Origins:
    """The problems among the known resources by what explains them; ``known`` is {key: Resource}.

    What is in error explains more than what is being built. Of problems in a cycle the first by kind and name stands
    for all.
    """

    def __init__(self, known: Resources) -> None:
        self._known = known
        self._graph = Graph(known)
        ranked = sorted(
            (place for place, row in enumerate(self._graph.rows) if row.condition.explained),
            key=lambda place: _rank(self._graph.rows[place]),
        )
        self._ranked = [self._graph.rows[place] for place in ranked]
        #: {place of a problem: the set that has it alone}
        self._bits = {place: 1 << rank for rank, place in enumerate(ranked)}
        self._component_of: dict[int, _Component] = {}
        for nodes in components(self._graph.links):
            self._add(nodes)

    def of(self, resource: Resource) -> list[Resource]:
        """Return the problems that explain this one and that nothing else explains; none for a first cause."""
        return self._decoded(self._set(resource))

    def grouped(self, rows: list[Resource]) -> list[tuple[Resource, list[Resource]]]:
        """Return [(cause, rows that it explains)]; a row that nothing explains is a cause itself.

        The rows keep their order. Causes may have one list of rows in common: do not change it.
        """
        found: dict[int, _Group] = {}
        sharing: dict[int, list[int]] = collections.defaultdict(list)
        for place, row in enumerate(rows):
            causes = self._set(row)
            if not causes:
                found.setdefault(id(self._known[key(row)]), (row, []))
            elif causes not in sharing:
                for cause in self._decoded(causes):
                    found.setdefault(id(cause), (cause, []))[1].append(sharing[causes])
            sharing[causes].append(place)
        return _merged(rows, found.values())

    def cycle(self, resource: Resource) -> set[Key]:
        """Return the keys of the other problems that a problem is built from and that are built from it."""
        place = self._graph.place(resource)
        return {key(self._graph.rows[other]) for other in self._component_of[place].problems if other != place}

    def unknown(self, resource: Resource) -> list[Link]:
        """Return the links to what a resource is built from, directly, and that is not known."""
        return links(resource, self._known)

    def _set(self, resource: Resource) -> int:
        if not resource.condition.explained:
            return 0
        place = self._graph.place(resource)
        own, component = self._bits[place], self._component_of[place]
        others_in_error = component.errors - resource.condition.problem
        others = component.first if len(component.problems) > 1 else 0
        found = component.broken or (others_in_error and component.first) or component.explained or others
        return 0 if found & own else found

    def _decoded(self, causes: int) -> list[Resource]:
        return [self._ranked[found.start()] for found in re.finditer('1', f'{causes:b}'[::-1])]

    def _add(self, nodes: list[int]) -> None:
        """Add a component after those that it links to."""
        new = _Component()
        for node in nodes:
            for target in self._graph.links[node]:
                below = self._component_of.get(target, new)
                if below is not new:
                    new.broken |= below.broken_from_here
                    new.explained |= below.explained_from_here
        for node in nodes:
            self._component_of[node] = new
        new.problems = [node for node in nodes if node in self._bits]
        new.errors = sum(self._graph.rows[node].condition.problem for node in new.problems)
        # The lowest bit is the first by rank.
        new.first = min((self._bits[node] for node in new.problems), default=0)


def _merged(rows: list[Resource], groups: Collection[_Group]) -> list[tuple[Resource, list[Resource]]]:
    """Return [(cause, rows)] of (cause, lists of places); the same lists become the same rows."""
    merged: dict[tuple[int, ...], list[Resource]] = {}
    for _cause, lists in groups:
        shared = tuple(map(id, lists))
        if shared not in merged:
            merged[shared] = [rows[place] for place in sorted(itertools.chain.from_iterable(lists))]
    return [(cause, merged[tuple(map(id, lists))]) for cause, lists in groups]


def _rank(resource: Resource) -> tuple[int, str, str, str]:
    return resource.condition.severity, resource.kind.collection, resource.name.casefold(), resource.id
