# SPDX-License-Identifier: Apache-2.0
"""Which problem explains which others: a failed group explains the failure of its chain.

A problem without a reason of its own stands under the problem that explains it. A problem with its own reason stands
alone: somebody has to repair it in any case, and it keeps its place while related resources fail and recover. Each
problem stands in one place, and no error stands under a resource that is only being built.

What is broken with a problem is kept once for each component of the graph, as a number whose bit *n* stands for the
*n*-th error: the bits of two such sets are joined in one step.
"""

import collections
from collections.abc import Callable
from collections.abc import Iterable
import dataclasses
from typing import Optional

from gbp_status_ui.health import faults
from gbp_status_ui.health import order
from gbp_status_ui.health.graph import components
from gbp_status_ui.health.graph import Graph
from gbp_status_ui.health.graph import Link
from gbp_status_ui.health.graph import links
from gbp_status_ui.model.resource import Resource
from gbp_status_ui.model.resource import Resources
from gbp_status_ui.model.types import Key

#: What is equal of those that have the same reason: their fault, and the keys of what is in error beneath.
Reason = tuple[str, frozenset[Key]]


@dataclasses.dataclass
class _Component:
    """Resources that need one another, or one that needs no other in a cycle.

    ``errors`` are the bits of its own errors, ``users`` those of the errors that are built from it, outside of it.
    ``problems`` are the ranks of its own problems. The others are ranks of problems on a line of their own, or None:
    ``target_error`` is the first error that it is built from, outside of it; ``error`` and ``problem`` are the first
    that explain what is built from it. ``heads`` is {rank of an own error with a reason: rank of the first that has
    that reason}.
    """

    nodes: list[int]
    errors: int = 0
    users: int = 0
    problems: list[int] = dataclasses.field(default_factory=list)
    target_error: Optional[int] = None
    error: Optional[int] = None
    problem: Optional[int] = None
    heads: dict[int, int] = dataclasses.field(default_factory=dict)


class Origins:
    """The problems among the known resources by what explains them.

    ``known`` is {key: Resource}, ``fault`` says what is equal in the details of those that have the same fault.

    What several problems explain stands under the one that most is broken with; errors explain more than builds. Of
    problems in a cycle without a reason the first stands for all.
    """

    def __init__(self, known: Resources, fault: Callable[[Resource], str] = faults.pattern) -> None:
        self._known = known
        self._fault = fault
        self._graph = Graph(known)
        self._components = [_Component(nodes) for nodes in components(self._graph.links)]
        self._component_of = {node: one for one in self._components for node in one.nodes}
        errors = [row for row in known.values() if row.condition.problem]
        self._count_errors(errors)
        self._rank(known)
        for component in self._components:
            self._explain(component)
        #: {key of a problem: how many errors stand under it}
        self._numbers_under = collections.Counter(cause.key for cause in map(self.of, errors) if cause)

    def weight(self, resource: Resource) -> order.SortKey:
        """Return a key that sorts problems: the most urgent first, then those that most is broken with."""
        state, *name = order.by_state(resource), *order.by_name(resource)
        return (*state, -self.broken_with(resource), *name)

    def broken_with(self, resource: Resource) -> int:
        """Return how many others in error are built from one in error, through all steps; 0 of any other."""
        place = self._graph.place(resource)
        own, component = self._bits.get(place, 0), self._component_of[place]
        return bin((component.errors | component.users) & ~own).count('1') if own else 0

    def depending_on(self, resource: Resource) -> list[Resource]:
        """Return all others that are built from a resource, through all steps, whatever their state."""
        return self._graph.users(resource)

    def of(self, resource: Resource) -> Optional[Resource]:
        """Return the problem under which another one stands; None where that is on a line of its own."""
        rank = self._ranks.get(self._graph.place(resource))
        found = None if rank is None else self._explanation(resource)
        return None if found is None or found == rank else self._ranked[found]

    def also_broken(self, resource: Resource) -> Optional[Resource]:
        """Return the first error that one on a line of its own is built from; None where there is none."""
        found = self._component_of[self._graph.place(resource)].target_error
        is_apart = resource.condition.problem and not self.of(resource)
        return self._ranked[found] if is_apart and found is not None else None

    def grouped(self, rows: Iterable[Resource]) -> list[tuple[Resource, list[Resource]]]:
        """Return [(cause, rows under it)], each row once; what stands under nothing is a cause itself.

        The rows keep their order.
        """
        found: dict[Key, tuple[Resource, list[Resource]]] = {}
        for row in rows:
            cause = self.of(row)
            _cause, members = found.setdefault((cause or row).key, (cause or row, []))
            if cause:
                members.append(row)
        return list(found.values())

    def broken_apart(self, resource: Resource) -> int:
        """Return how many of those that are broken with a problem do not stand under it."""
        return self.broken_with(resource) - self._numbers_under[resource.key]

    def cycle(self, resource: Resource) -> set[Key]:
        """Return the keys of the other problems that a problem is built from and that are built from it."""
        component = self._component_of[self._graph.place(resource)]
        return {self._ranked[rank].key for rank in component.problems} - {resource.key}

    def unknown(self, resource: Resource) -> list[Link]:
        """Return the links to what a resource is built from, directly, and that is not known."""
        return links(resource, self._known)

    def _explanation(self, resource: Resource) -> Optional[int]:
        """Return the rank of what explains a problem, its own where nothing does."""
        rank = self._ranks[self._graph.place(resource)]
        component = self._component_of[self._graph.place(resource)]
        if resource.has_own_reason:
            return component.heads[rank]
        return component.error if resource.condition.problem else component.problem

    def _reason(self, rank: int) -> Reason:
        row = self._ranked[rank]
        return self._fault(row), frozenset(one.key for one in row.failed_beneath)

    def _rank(self, known: Resources) -> None:
        self._ranked = sorted((row for row in known.values() if row.condition.explained), key=self.weight)
        self._ranks = {place: rank for rank, place in enumerate(map(self._graph.place, self._ranked))}

    def _count_errors(self, errors: list[Resource]) -> None:
        """Components come after those that they link to: what uses them is known in the opposite order."""
        #: {place of an error: the set that has it alone}
        self._bits = {place: 1 << number for number, place in enumerate(map(self._graph.place, errors))}
        for component in self._components:
            for node in component.nodes:
                component.errors |= self._bits.get(node, 0)
        for component in reversed(self._components):
            found = component.users | component.errors
            for target in self._targets(component) if found else ():
                target.users |= found

    def _explain(self, component: _Component) -> None:
        """Find what explains a component, after those that it links to."""
        targets = list(self._targets(component))
        component.problems = sorted(self._ranks[node] for node in component.nodes if node in self._ranks)
        target_errors = sorted({one.error for one in targets if one.error is not None})
        self._explain_errors(component, target_errors)
        builds = _first(one.problem for one in targets), _first(component.problems)
        component.problem = _known(component.error, *builds)

    def _explain_errors(self, component: _Component, target_errors: list[int]) -> None:
        errors = [rank for rank in component.problems if self._ranked[rank].condition.problem]
        own = self._with_reasons(errors)
        component.heads = self._heads(own, self._with_reasons(target_errors)) if own else {}
        apart = [rank for rank in own if component.heads[rank] == rank]
        component.target_error = _first(target_errors)
        component.error = _known(_first(apart), component.target_error, _first(errors))

    def _heads(self, own: list[int], target_errors: list[int]) -> dict[int, int]:
        """Return {rank: rank of the first that has its reason} of own errors with reasons and of errors of targets.

        Most are alone: their faults need not be known, and to find them takes longest.
        """
        if not (target_errors or own[1:]):
            return {rank: rank for rank in own}
        first: dict[Reason, int] = {}
        return {rank: first.setdefault(self._reason(rank), rank) for rank in (*target_errors, *own)}

    def _with_reasons(self, ranks: Iterable[int]) -> list[int]:
        return [rank for rank in ranks if self._ranked[rank].has_own_reason]

    def _targets(self, component: _Component) -> Iterable[_Component]:
        """Yield the other components that one links to."""
        for node in component.nodes:
            for place in self._graph.links[node]:
                target = self._component_of[place]
                if target is not component:
                    yield target


def _first(ranks: Iterable[Optional[int]]) -> Optional[int]:
    return min((rank for rank in ranks if rank is not None), default=None)


def _known(*ranks: Optional[int]) -> Optional[int]:
    return next((rank for rank in ranks if rank is not None), None)
