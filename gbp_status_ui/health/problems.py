# SPDX-License-Identifier: Apache-2.0
"""What is broken in one scope, over all kinds: found by search and filter, and grouped as the address asks."""

import collections
import dataclasses
import functools
import hashlib
import time

from gbp_status_ui import conf
from gbp_status_ui.health import board
from gbp_status_ui.health import causes
from gbp_status_ui.health import faults
from gbp_status_ui.health import sightings
from gbp_status_ui.health.graph import links
from gbp_status_ui.health.graph import walk
from gbp_status_ui.health.origins import Origins
from gbp_status_ui.model import registry
from gbp_status_ui.model import statuses


@dataclasses.dataclass
class Group:
    """Problems that belong together, most urgent first.

    ``about`` is what they have in common: the :class:`Resource` that explains them, a fault, the id of a project or a
    kind; ``slug`` names the group on the page. ``cycle`` says that the cause and others need one another, ``hidden``
    which relations of the cause lead to what the user may not read.
    """

    slug: str
    about: object
    members: list = dataclasses.field(default_factory=list)
    cycle: bool = False
    hidden: list = dataclasses.field(default_factory=list)

    @property
    def harmed(self):
        """How many members are in error, or have been in BUILD for long; the others are only being built."""
        latest = time.time() - conf.get('long_build')
        return sum(row.status.problem or (row.status.transient and 0 < row.since < latest) for row in self.members)

    @property
    def unharmed(self):
        return len(self.members) - self.harmed

    @property
    def rows(self):
        """The members, after the cause where there is one."""
        return ([] if isinstance(self.about, (str, tuple, type(None))) else [self.about]) + self.members

    @property
    def kinds(self):
        """(kind, number of members) in the order of the registry."""
        return kinds_of(self.members)


class Problems:
    """All kinds as a query asks for them; ``full``: from full lists, else what GBP has stored as a problem.

    Also with ``full`` that stands in place of lists that are not there yet, or did not come in time.
    """

    def __init__(self, gbp, query, project_names, full=True):
        self.gbp = gbp
        self.query = query
        self.project_names = project_names
        self.full = full
        self.kinds = gbp.served(registry.KINDS)
        self.listings = gbp.listings(self.kinds, query.project, () if full else statuses.PROBLEMS)
        late = [listing.kind for listing in self.listings.values() if full and listing.is_late]
        self._stored = gbp.listings(late, query.project, statuses.PROBLEMS) if late else {}
        #: Whether all rows are from full lists, so that their number is the truth.
        self.complete = full and not late

    @property
    def unknown(self):
        """Whether there is more to come, and not even all stored problems are known yet."""
        return bool(self.reading) and any(stored.failure for stored in self._stored.values())

    @functools.cached_property
    def rows(self):
        """All rows that were listed; without full lists those that are still problems."""
        stored = [row for listing in self._stored.values() for row in listing.rows if row.status.explained]
        rows = stored + [row for listing in self.listings.values() for row in listing.rows]
        rows = rows if self.full else [row for row in rows if row.status.explained]
        sightings.note(rows, self.gbp.connection.endpoint)
        return rows

    @functools.cached_property
    def all_found(self):
        """What the search finds, in any state."""
        return self.query.found(self.rows, self.project_names) if self.query.q else self.rows

    @property
    def chips(self):
        return board.chips(self.all_found, self.query)

    @functools.cached_property
    def shown(self):
        """What search and filter let through, most urgent first; without any of them the problems alone."""
        wanted = self.query.shows if self.query.status or self.query.q else lambda status: status.explained
        rows = self.query.recent([row for row in self.all_found if wanted(row.status)])
        return self.query.by_age(sorted(rows, key=_by_urgency))

    @property
    def failed(self):
        """The kinds that could not be listed in full, as (kind, failure)."""
        failed = [listing for listing in self.listings.values() if listing.failure and not listing.is_reading]
        return [(listing.kind, listing.failure) for listing in failed]

    @property
    def reading(self):
        """The kinds whose full lists GBP is still making."""
        return [listing.kind for listing in self.listings.values() if self.full and listing.is_reading]

    @property
    def stale(self):
        return sum(not row.fresh for row in self.shown)

    @functools.cached_property
    def groups(self):
        """The rows that are shown in the groups that the address asks for, the heaviest first."""
        return _GROUPED[self.query.grouping](self)

    def freshen(self):
        """Read the rows that are to be shown and are only as last reported."""
        self.gbp.freshen(self.listings.values(), [row for row in self.shown if not row.fresh])
        for name in ('rows', 'all_found', 'shown', 'groups', 'origins'):
            self.__dict__.pop(name, None)

    @functools.cached_property
    def origins(self):
        known = {causes.key(row): row for row in self.rows}
        if self.query.project and self.full:
            known = _with_causes_elsewhere(self.gbp, known)
        return Origins(known)

    def hidden(self, row):
        """The relations of a problem that lead to what is in no list, though its kind could be listed."""
        listed = {name for name, listing in self.listings.items() if not listing.failure}
        named = self.origins.unknown(row) if self.full and row.status.explained else []
        return list(dict.fromkeys(link.relation.label for link in named if link.relation.to in listed))


def kinds_of(rows):
    """Return (kind, number of rows) in the order of the registry, without the kinds that have none."""
    counts = collections.Counter(row.kind.collection for row in rows)
    return [(kind, counts[kind.collection]) for kind in registry.KINDS if counts[kind.collection]]


def _with_causes_elsewhere(gbp, known):
    """Add what problems of one project are built from in others; a step costs one call a kind, at most 150 ids."""
    problems = [row for row in known.values() if row.status.explained]
    for _links, rows in walk(problems, links, functools.partial(_read, gbp), causes.DEPTH, known):
        known = known | rows
    return known


def _read(gbp, keys):
    """Return {key: Resource} of the kinds that GBP serves."""
    wanted = collections.defaultdict(list)
    for collection, id_ in keys:
        wanted[collection].append(id_)
    served = {kind.collection for kind in gbp.served(registry.KINDS)}
    found = gbp.read({name: ids[: conf.IDS_PER_CALL] for name, ids in wanted.items() if name in served}).rows
    return {causes.key(row): row for rows in found.values() for row in rows.values()}


def _by_cause(problems):
    found = problems.origins.grouped(problems.shown)
    groups = [_group_of_cause(problems, cause, members) for cause, members in found]
    heaviest = sorted(groups, key=lambda group: (*_by_weight(group), _by_urgency(group.about)))
    return problems.query.by_age(heaviest, lambda group: group.about)


def _group_of_cause(problems, cause, members):
    cycle = bool(cause.status.explained and problems.origins.cycle(cause))
    return Group('-'.join(causes.key(cause)), cause, members, cycle=cycle, hidden=problems.hidden(cause))


def _by_weight(group):
    return group.about.status.severity, -len(group.members)


def _by_fault(problems):
    groups = _collected(problems.shown, lambda row: (row.status.value, faults.pattern(row)))
    return sorted(groups.values(), key=lambda group: -len(group.members))


def _by_project(problems):
    """The project with the most errors first."""
    groups = _collected(problems.shown, lambda row: row.project_id)
    return sorted(groups.values(), key=lambda group: -sum(row.status.problem for row in group.members))


def _by_kind(problems):
    groups = _collected(problems.shown, lambda row: row.kind.collection)
    return [groups[kind.collection] for kind in registry.KINDS if kind.collection in groups]


def _flat(problems):
    return [Group('-'.join(causes.key(row)), row) for row in problems.shown]


_GROUPED = {'cause': _by_cause, 'fault': _by_fault, 'project': _by_project, 'kind': _by_kind, 'none': _flat}


def _collected(rows, common):
    groups = {}
    for row in rows:
        about = common(row)
        if about not in groups:
            groups[about] = Group(_slug(about), about)
        groups[about].members.append(row)
    return groups


def _slug(about):
    return hashlib.sha256(repr(about).encode()).hexdigest()[:12]


def _by_urgency(row):
    return row.status.severity, row.status.slug, row.name.casefold(), row.id
