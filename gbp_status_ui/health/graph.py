# SPDX-License-Identifier: Apache-2.0
"""A graph of resources and what they are built from; only this module follows relations, in memory and by calls.

All work on a :class:`Graph` is linear in the resources and the ids that their relations hold.
"""

from collections.abc import Callable
from collections.abc import Container
from collections.abc import Iterable
from collections.abc import Iterator
import dataclasses
import functools
from typing import Any

from gbp_status_ui.model.kinds import is_id
from gbp_status_ui.model.kinds import Relation
from gbp_status_ui.model.resource import Resource
from gbp_status_ui.model.resource import Resources
from gbp_status_ui.model.types import Ids
from gbp_status_ui.model.types import Key

#: For each node of a graph, which is a number, the nodes that it links to.
Edges = list[list[int]]


@dataclasses.dataclass(frozen=True)
class Link:
    """One id that a resource names: ``key`` is that of the target, ``relation`` the one of ``parent`` that holds it."""

    key: Key
    relation: Relation
    parent: Resource


def by_collection(keys: Iterable[Key]) -> Ids:
    """Return the ids of each kind, each once."""
    found: Ids = {}
    for collection, id_ in dict.fromkeys(keys):
        found.setdefault(collection, []).append(id_)
    return found


def links(resource: Resource, seen: Container[Key] = ()) -> list[Link]:
    """Return the :class:`Link` to each resource that one is built from, directly, but those whose key was ``seen``."""
    return [
        Link((relation.to, id_), relation, resource)
        for relation in resource.kind.built_from
        for id_ in relation.named(resource.attributes)
        # The most expensive test comes last: most of thousands have been seen.
        if isinstance(id_, str) and (relation.to, id_) not in seen and is_id(id_)
    ]


def walk(
    start: list[Resource],
    follow: Callable[[Resource, Container[Key]], list[Link]],
    read: Callable[[list[Key]], Resources],
    depth: int,
    known: Iterable[Key] = (),
) -> Iterator[tuple[list[Link], Resources]]:
    """Yield (links, {key: Resource}) for each step away from the resources ``start``, the nearest first.

    ``follow(resource, seen)`` returns links as :func:`links` does, ``read(keys)`` what of their targets can be read. A
    target is read once, and never if its key is in ``known``.
    """
    seen, edge = {*known, *(row.key for row in start)}, start
    for _step in range(depth):
        named = [link for resource in edge for link in follow(resource, seen)]
        if not named:
            return
        rows = read(list(dict.fromkeys(link.key for link in named)))
        yield named, rows
        seen.update(link.key for link in named)
        edge = list(rows.values())


class Graph:
    """Resources and what each is built from, through all steps; ``known`` is {key: Resource}.

    A node is a number: the resource at that place in ``rows``, or, from ``len(rows)`` on, a list of ids that resources
    have in common. Such a list is a node of its own, so that many resources with the same many targets cost one edge
    each.
    """

    def __init__(self, known: Resources) -> None:
        self.rows = list(known.values())
        self._places: dict[str, dict[str, int]] = {}
        for place, (collection, id_) in enumerate(known):
            self._places.setdefault(collection, {})[id_] = place
        self._shared: dict[tuple[str, tuple[Any, ...]], list[int]] = {}
        #: The nodes that each node links to.
        self.links: Edges = [[] for _row in self.rows]
        for place, row in enumerate(self.rows):
            self.links[place] = [node for relation in row.kind.built_from for node in self._targets(relation, row)]

    def place(self, resource: Resource) -> int:
        """Return the number of a known resource."""
        return self._places[resource.kind.collection][resource.id]

    def users(self, resource: Resource) -> list[Resource]:
        """Return all other resources that are built from one, however many steps away."""
        start = self.place(resource)
        reached = _reached(start, self._users, [False] * len(self.links))
        return [self.rows[node] for node in reached if node < len(self.rows) and node != start]

    @functools.cached_property
    def _users(self) -> Edges:
        return turned(self.links)

    def _targets(self, relation: Relation, row: Resource) -> list[int]:
        """Return the nodes of what one relation of a resource names."""
        try:
            named = relation.to, tuple(relation.named(row.attributes))
            return self._shared[named]
        except KeyError:
            found = self._shared[named] = self._as_one(self._known(*named))
            return found
        except TypeError:
            # Something in the list cannot be an id, nor be looked up.
            return self._known(relation.to, relation.ids(row.attributes))

    def _known(self, collection: str, ids: Iterable[str]) -> list[int]:
        places = self._places.get(collection, {})
        return [places[id_] for id_ in ids if id_ in places]

    def _as_one(self, targets: list[int]) -> list[int]:
        """Return the one node in whose place several stand; a single one needs none."""
        if not targets[1:]:
            return targets
        self.links.append(targets)
        return [len(self.links) - 1]


def components(edges: Edges) -> list[list[int]]:
    """Return the strongly connected components of a graph, each a list of nodes; ``edges[node]`` are its targets.

    A component comes after those that it links to. The algorithm is Kosaraju's, without recursion.
    """
    seen = [False] * len(edges)
    return [_reached(node, edges, seen) for node in reversed(_finished(turned(edges))) if not seen[node]]


def turned(edges: Edges) -> Edges:
    """Return the edges in the opposite direction."""
    found: Edges = [[] for _node in edges]
    for node, targets in enumerate(edges):
        for target in targets:
            found[target].append(node)
    return found


def _reached(start: int, edges: Edges, seen: list[bool]) -> list[int]:
    """Return the nodes that can be reached from one and are not ``seen``; they are so from now on."""
    reached: list[int] = []
    waiting = [start]
    while waiting:
        node = waiting.pop()
        if not seen[node]:
            seen[node] = True
            reached.append(node)
            waiting.extend(edges[node])
    return reached


def _finished(edges: Edges) -> list[int]:
    """Return all nodes in the order in which a search in depth is done with them."""
    finished: list[int] = []
    seen = [False] * len(edges)
    for start in range(len(edges)):
        waiting = [start]
        while waiting:
            node = waiting.pop()
            if node < 0:
                finished.append(~node)
            elif not seen[node]:
                seen[node] = True
                waiting.append(~node)
                waiting.extend(edges[node])
    return finished
