# SPDX-License-Identifier: Apache-2.0
"""What ``gbp_status_report`` says: the problems of a scope.

It reads them as a page does, which asks again until all is there.
"""

from __future__ import annotations

import collections
from collections.abc import Callable
from collections.abc import Iterable
import dataclasses
import functools
import time
from typing import Generic
from typing import TypeVar

from gbp_status_ui import conf
from gbp_status_ui.health import automatic
from gbp_status_ui.health import beneath
from gbp_status_ui.health import problems as listed
from gbp_status_ui.health import summary
from gbp_status_ui.health.query import Query
from gbp_status_ui.management.login import Refused
from gbp_status_ui.management.login import Viewer
from gbp_status_ui.model import neutron
from gbp_status_ui.model import registry
from gbp_status_ui.model import scope as scopes
from gbp_status_ui.model import statuses
from gbp_status_ui.model.answers import Failure
from gbp_status_ui.model.kinds import Kind
from gbp_status_ui.model.neutron import NeutronKind
from gbp_status_ui.model.resource import Resource
from gbp_status_ui.model.types import Key
from gbp_status_ui.model.types import ProjectNames
from gbp_status_ui.service import api
from gbp_status_ui.service import projects
from gbp_status_ui.views.problem_list import OVERVIEW

OK, WARNING, CRITICAL, UNKNOWN = range(4)
#: The words of the exit statuses, as Nagios has them.
WORDS = ('OK', 'WARNING', 'CRITICAL', 'UNKNOWN')

#: What is read.
_Found = TypeVar('_Found')


@dataclasses.dataclass(frozen=True)
class Asked:
    """What a report is of: a scope with the names of projects, and a query in it; ``place`` says it in words."""

    viewer: Viewer
    scope: scopes.Scope
    query: Query
    place: str
    project_names: ProjectNames

    @property
    def region(self) -> str:
        return self.viewer.user.services_region


def asked(viewer: Viewer, seconds: float, project: str, all_projects: bool, kind: str, search: str) -> Asked:
    """Return what the arguments of the command ask for; Keystone has ``seconds`` to name the projects.

    :raises Refused: the viewer may not see that, or there is no such project
    """
    user, request = viewer.user, viewer.request()
    query = Query(OVERVIEW.slug, kind=kind, q=search)
    own = {user.project_id, user.project_name}
    if not all_projects and (not project or project in own):
        if not user.project_id:
            raise Refused('The log-in is for no project: set OS_PROJECT_NAME, or ask for --all-projects.')
        place = f'project {user.project_name}'
        return Asked(viewer, scopes.PROJECT, query, place, projects.own(request))
    if not user.is_superuser:
        what = 'all projects' if all_projects else f'the project {project}'
        raise Refused(f'The log-in is for the project {user.project_name}, and only an administrator sees {what}.')
    # The first list of a process reads all policies of Horizon.
    names = projects.every(request, limit=seconds, most_seconds=seconds)
    found = '' if all_projects else _project_id(project, names)
    place = f'project {names[found]}' if found else 'all projects'
    return Asked(viewer, scopes.ADMIN, dataclasses.replace(query, project=found), place, names)


def _project_id(project: str, names: ProjectNames) -> str:
    if project in names:
        return project
    found = [id_ for id_, name in names.items() if name == project]
    if len(found) > 1:
        raise Refused(f'{len(found)} projects are called {project}: give the id of one.')
    if not found:
        raise Refused(f'There is no project {project}, or Keystone does not list it.')
    return found[0]


class Report:
    """What one reading has found."""

    def __init__(self, about: Asked, found: listed.Problems, missing: str = '') -> None:
        self.asked = about
        self.problems = found
        #: The extension that the network service lacks for what is asked for; '' for none.
        self.missing = missing
        self.read_at = time.time()

    @functools.cached_property
    def summary(self) -> summary.Summary:
        return summary.of(self.problems)

    @property
    def is_exact(self) -> bool:
        """Whether nothing that is broken can be missing."""
        return self.summary.of_broken.is_exact and not self.missing

    @property
    def found_nothing(self) -> bool:
        """Whether nothing has the name that is searched for; not where that is not known."""
        return bool(self.asked.query.q) and not self.problems.all_found and self.is_exact

    @property
    def unsettled(self) -> list[Resource]:
        """The rows whose state changes by itself: what is being built."""
        return [row for row in self.problems.all_found if row.status.transient]

    @property
    def is_settled(self) -> bool:
        """Whether there is nothing to wait for: what is forbidden stays so, and an error that is known counts."""
        passes = any(not failure.is_lasting for _kind, failure in self.unread) and not self.summary.broken
        return not (self.unsettled or self.found_nothing or passes)

    @property
    def exit_status(self) -> int:
        if self.summary.broken:
            return CRITICAL
        if not self.is_exact or self.found_nothing:
            return UNKNOWN
        return WARNING if self.unsettled else OK

    @property
    def sentence(self) -> str:
        """The first sentence of the overview, or why there is none."""
        if self.missing:
            return f'The network service has no extension "{self.missing}".'
        return 'Nothing was found.' if self.found_nothing else self.summary.words

    @property
    def unread(self) -> list[tuple[Kind | NeutronKind, Failure]]:
        """What could not be read or is still being read, as (kind, failure); of what was asked for, and beneath it."""
        asked_for = self.problems.asked_listings
        pending = [(one.kind, one.failure) for one in asked_for if one.failure and one.is_pending]
        return [*pending, *self.problems.unread]

    @property
    def unreadable(self) -> list[tuple[Kind | NeutronKind, int]]:
        """(kind, number) of the rows that could not be used."""
        return [(kind_of(name), number) for name, number in self.problems.gbp.unreadable.items() if number]

    @property
    def statuses_at(self) -> float:
        """When the oldest of the statuses were read where they cost GBP much; 0 where all were read now."""
        return min((one.statuses_at for one in self.problems.asked_listings if one.statuses_at), default=0)

    @property
    def counts(self) -> dict[tuple[str, str, str], int]:
        """{(collection, status, below): number}; a state that a kind may have and nobody has counts 0.

        What could not be read has no counts.
        """
        rows = self.problems.all_found
        found = collections.Counter((row.kind.collection, _status(row), self._below(row)) for row in rows)
        read = [listing.kind.collection for listing in self.problems.asked_listings if not listing.failure]
        counted = {(name, status) for name, status, _below in found}
        for name in read:
            for status in statuses.KNOWN:
                if (name, status.value) not in counted:
                    found[name, status.value, neutron.NONE.value] = 0
        return dict(sorted(found.items()))

    def _below(self, row: Resource) -> str:
        """Return the state beneath a row as its badge has it; '' where it is not known."""
        if row.badge_note:
            return row.badge_note.state
        if row in self.problems.in_neutron.well:
            return neutron.OK.value
        return '' if beneath.is_unknown(row) else neutron.NONE.value


def _status(row: Resource) -> str:
    """A word that says nothing counts as none."""
    return statuses.NONE.value if row.status.slug == statuses.NONE.slug else row.status.value


def kind_of(collection: str) -> Kind | NeutronKind:
    return registry.BY_COLLECTION.get(collection) or neutron.BY_COLLECTION[collection]


class Rounds(Generic[_Found]):
    """Reads what is asked for until all is there, or until ``seconds`` are over."""

    def __init__(self, about: Asked, seconds: float) -> None:
        self._asked = about
        self._began = time.monotonic()
        self._ends = self._began + seconds

    @property
    def seconds(self) -> int:
        """How many whole seconds ago it began."""
        return round(time.monotonic() - self._began)

    @property
    def now(self) -> float:
        return time.time()

    @property
    def is_over(self) -> bool:
        return time.monotonic() >= self._ends

    def read(self) -> _Found:
        """Return what one round has found, in which nothing counts that was asked for before."""
        not_before = ''
        while True:
            gbp = api.Gbp(self._asked.viewer.request(), self._asked.scope, not_before)
            found = self._read(gbp)
            if not gbp.is_pending or self.is_over:
                return found
            not_before = gbp.shared.not_before
            self._wait(gbp.retry_after_seconds)

    def _read(self, gbp: api.Gbp) -> _Found:
        """Return what is found at one go."""
        raise NotImplementedError

    def _wait(self, seconds: float) -> None:
        time.sleep(max(0, min(seconds, self._ends - time.monotonic())))


class Reader(Rounds[Report]):
    """Reads the problems that are asked for; :meth:`read` returns their :class:`Report`."""

    def _read(self, gbp: api.Gbp) -> Report:
        missing = self._missing(gbp)
        found = listed.Problems(gbp, self._asked.query, self._asked.project_names)
        found.freshen([row for row in found.all_found if row.is_stale or (row.condition.explained and not row.fresh)])
        found.confirm()
        rows = [row for group in found.groups for row in group.rows]
        everything = [row for listing in found.listings.values() for row in listing.rows]
        automatic.name(gbp, rows, automatic.names_of(everything))
        return Report(self._asked, found, missing)

    def _missing(self, gbp: api.Gbp) -> str:
        kinds = [kind for kind in registry.KINDS if self._asked.query.kind in ('', kind.collection)]
        return '' if gbp.served(kinds) else kinds[0].extension

    def watch(self, tell: Callable[[str], object]) -> Report:
        """Read until nothing is in BUILD, and what is asked for is there; return the last :class:`Report`.

        ``tell(text)`` is told what is waited for, and what comes of it.
        """
        found = self.read()
        while not (found.is_settled or self.is_over):
            if found.unsettled:
                self._follow(found.unsettled, tell)
            else:
                tell('Nothing was found yet.' if found.found_nothing else 'Not everything could be read yet.')
                self._wait(conf.poll_interval() / 1000)
            newest = self.read()
            # What the end of the time has cut says less than the reading before.
            is_cut = self.is_over and not (newest.is_exact or newest.summary.broken)
            found = found if is_cut else newest
        return found

    def _follow(self, rows: list[Resource], tell: Callable[[str], object]) -> None:
        """Poll rows as their page does, until each has settled or is gone."""
        left = {(row.kind.collection, row.id): row for row in rows}
        for row in rows:
            tell(f'{row.kind.label} {row.title}: {row.status.label}')
        while left and not self.is_over:
            self._wait(conf.poll_interval() / 1000)
            for key, word in self._settled(left):
                row = left.pop(key)
                tell(f'{row.kind.label} {row.title}: {word}')

    def _settled(self, left: Iterable[Key]) -> list[tuple[Key, str]]:
        """Return [((collection, id), what has become of it)] of those that are no longer in BUILD."""
        wanted = collections.defaultdict(list)
        for collection, id_ in left:
            wanted[collection].append(id_)
        result = api.Gbp(self._asked.viewer.request(), self._asked.scope).poll(wanted)
        gone = [((name, id_), 'gone') for name, ids in result.gone.items() for id_ in ids]
        read = [(name, row) for name, rows in result.rows.items() for row in rows.values()]
        return gone + [((name, row.id), row.status.label) for name, row in read if not row.status.transient]
