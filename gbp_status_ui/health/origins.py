# SPDX-License-Identifier: Apache-2.0
"""Which problem is at the origin of which others: a chain that failed for its group, a group for its L2 policy."""

from gbp_status_ui.health.causes import key


class Origins:
    """What the known resources are built from, through all steps; ``known`` is {key: Resource}."""

    def __init__(self, known):
        self._known = known
        self._links = {}
        self._above = {}

    def of(self, resource):
        """Return the problems that explain this one and that nothing else explains, in order; none for a first cause.

        What is in error explains more than what is being built. Of problems in a circle the first by kind and name
        stands for all.
        """
        if not resource.status.explained:
            return []
        above = self.above(resource)
        weighty = {one for one in above if self._known[one].status.problem} or above
        own = key(resource)
        found = {self._first_of_circle(one) for one in weighty if not self._explained(one, weighty)}
        return [self._known[one] for one in sorted(found, key=self._rank)] if own not in found else []

    def above(self, resource):
        """Return the keys of all problems that a resource is built from, however many steps away."""
        own = key(resource)
        if own not in self._above:
            reached = self._reach(own)
            self._above[own] = {one for one in reached if self._known[one].status.explained} - {own}
        return self._above[own]

    def circle(self, resource):
        """Return the other problems that a problem is built from and that are built from it."""
        own = key(resource)
        return {one for one in self.above(resource) if own in self.above(self._known[one])}

    def unknown(self, resource):
        """Return (relation, id) of what a resource is built from, directly, and that is not known."""
        return [
            (relation, id_)
            for relation in resource.kind.built_from
            for id_ in relation.ids(resource.attributes)
            if (relation.to, id_) not in self._known
        ]

    def _reach(self, start):
        reached, edge = set(), [start]
        while edge:
            edge = [link for one in edge for link in self._linked(one) if link not in reached]
            reached |= set(edge)
        return reached

    def _linked(self, one):
        if one not in self._links:
            resource = self._known[one]
            named = [(to.to, id_) for to in resource.kind.built_from for id_ in to.ids(resource.attributes)]
            self._links[one] = [link for link in named if link in self._known]
        return self._links[one]

    def _explained(self, one, weighty):
        resource = self._known[one]
        return bool((self.above(resource) & weighty) - self.circle(resource))

    def _first_of_circle(self, one):
        return min({one, *self.circle(self._known[one])}, key=self._rank)

    def _rank(self, one):
        resource = self._known[one]
        return resource.status.severity, one[0], resource.name.casefold(), one[1]
