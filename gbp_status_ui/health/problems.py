# SPDX-License-Identifier: Apache-2.0
"""The problems of one scope, of all kinds: searched, filtered and grouped as the address asks."""

from __future__ import annotations

import collections
from collections.abc import Callable
from collections.abc import Iterable
import dataclasses
import functools
import hashlib
from typing import Union

from django.utils import translation

from gbp_status_ui import conf
from gbp_status_ui.health import beneath
from gbp_status_ui.health import causes
from gbp_status_ui.health import certainty
from gbp_status_ui.health import faults
from gbp_status_ui.health import order
from gbp_status_ui.health import sightings
from gbp_status_ui.health.board import Board
from gbp_status_ui.health.dependants import Extent
from gbp_status_ui.health.dependants import kinds_above
from gbp_status_ui.health.dependants import may_lack_some
from gbp_status_ui.health.graph import by_collection
from gbp_status_ui.health.graph import links
from gbp_status_ui.health.graph import walk
from gbp_status_ui.health.origins import Origins
from gbp_status_ui.model import registry
from gbp_status_ui.model.answers import Failure
from gbp_status_ui.model.kinds import Kind
from gbp_status_ui.model.neutron import NeutronKind
from gbp_status_ui.model.resource import Listings
from gbp_status_ui.model.resource import Resource
from gbp_status_ui.model.resource import Resources
from gbp_status_ui.model.types import Key
from gbp_status_ui.service.api import Gbp

#: So many problems that stand alone and have the same fault are one line.
MIN_EQUAL_ROWS = 3

#: A state and a fault: ('ERROR', 'PortBindingFailed on host …').
Fault = tuple[str, str]

#: What problems have in common: a cause, the state and the fault, or the id of a project or a kind.
About = Union[Resource, Fault, str, None]

#: A cause, and what stands under it.
_Explained = tuple[Resource, list[Resource]]


@dataclasses.dataclass
class ProblemGroup:
    """Problems that belong together.

    ``about`` is what they have in common: the :class:`Resource` under which they stand, a fault, the id of a project
    or a kind; ``slug`` names the group on the page. ``cycle`` says that the cause and others need one another,
    ``hidden`` which relations lead to what the user may not read.
    """

    slug: str
    about: About
    members: list[Resource] = dataclasses.field(default_factory=list)
    cycle: bool = False
    hidden: list[str] = dataclasses.field(default_factory=list)

    @property
    def cause(self) -> Resource | None:
        return None if isinstance(self.about, (str, tuple, type(None))) else self.about

    @property
    def fault(self) -> str | None:
        """The details that they have in common, '' for none; None where they have something else in common."""
        return self.about[1] if isinstance(self.about, tuple) else None

    @property
    def rows(self) -> list[Resource]:
        """The members, after the cause where there is one."""
        return ([self.cause] if self.cause else []) + self.members

    @property
    def kinds(self) -> list[tuple[Kind, int]]:
        """(kind, number of members) in the order of the registry."""
        return kinds_of(self.members)


class Problems(Board):
    """All kinds as a query asks for them.

    If one of the slowest lists is pending or did not come in time, the problems that GBP has stored replace it.
    """

    _kinds = registry.KINDS
    _is_unconfirmed = False

    def _begin(self) -> None:
        missing = [listing.kind for listing in self._missing]
        self._stored = self._stored_of(missing) if missing else {}

    def _stored_of(self, kinds: list[Kind]) -> Listings:
        """Other lists are missing at each retry, so the stored problems are asked for once in a round."""
        if self.gbp.is_retry:
            return self.gbp.stored_before(kinds, self.query.project)
        return self.gbp.stored(self.gbp.costliest(kinds), self.query.project)

    @functools.cached_property
    def rows(self) -> list[Resource]:
        """All rows that were listed; of kinds without a full list those that are still problems."""
        well = self.in_neutron.well
        stored = [row for listing in self._stored.values() for row in listing.rows if row.condition.explained]
        rows = stored + [row for listing in self.listings.values() for row in listing.rows]
        sightings.note(self.gbp, rows, well)
        return rows

    @property
    def _all(self) -> list[Resource]:
        return [row for listing in (*self._stored.values(), *self.listings.values()) for row in listing.rows]

    @property
    def is_anything_read(self) -> bool:
        """Whether anything is known of what there is."""
        return any(not listing.failure for listing in (*self._stored.values(), *self.listings.values()))

    @property
    def is_all_unread(self) -> bool:
        """Whether nothing is known, and nothing is pending."""
        return not self.is_anything_read and not self.pending

    @property
    def reads_beneath(self) -> bool:
        return bool(conf.get('neutron_states'))

    @property
    def is_pending_beneath(self) -> bool:
        return self._is_unconfirmed or self.in_neutron.is_pending

    @property
    def is_pending(self) -> bool:
        """Whether a problem may still come."""
        return bool(self.pending or self.is_pending_beneath)

    @functools.cached_property
    def all_found(self) -> list[Resource]:
        """What the search finds, in any state; of one kind or one fault where that is asked for."""
        rows = [row for row in self.rows if self.query.kind in ('', row.kind.collection)]
        names = {id_: row.name for id_, row in self._by_id.items()} if self.query.q else {}
        found = self.query.found(rows, self.project_names, names) if self.query.q else rows
        return self._of_fault(found) if self.query.fault else found

    def _of_fault(self, rows: list[Resource]) -> list[Resource]:
        faulty = [(row, self.fault(row)) for row in rows]
        wanted = {fault for fault in {fault for _row, fault in faulty} if slug(fault) == self.query.fault}
        return [row for row, fault in faulty if fault in wanted]

    def fault(self, row: Resource) -> Fault:
        """Return what is equal of those that have the same fault: the state, and the details without what varies."""
        return row.condition.value, self._pattern(row)

    def _pattern(self, row: Resource) -> str:
        """Return the fault of its details, from a cache: nothing that is done with a row takes longer."""
        if row not in self._patterns:
            self._patterns[row] = faults.pattern(row, self._by_id, self.project_names)
        return self._patterns[row]

    @functools.cached_property
    def _patterns(self) -> dict[Resource, str]:
        return {}

    @functools.cached_property
    def _by_id(self) -> dict[str, Resource]:
        return {row.id: row for row in self.rows if not row.unverified}

    @property
    def found_by_kind(self) -> list[tuple[Kind, int]]:
        """(kind, number) of what the search finds, whatever the filter lets through."""
        return kinds_of(self.all_found)

    def causes_of(self, rows: list[Resource]) -> int:
        """Return how many groups *By cause* makes of rows; 0 if a group is one of rows that only lack details."""
        groups = _caused(self, rows, folds=True)
        return 0 if any(group.fault == '' for group in groups) else len(groups)

    @functools.cached_property
    def shown(self) -> list[Resource]:
        """What search and filter let through, most urgent first; without any of them the problems alone."""
        if self.query.shows_recovered:
            return self._recovered
        filters = self.query.status or self.query.q
        rows = [row for row in self.all_found if (self.query.shows(row) if filters else row.condition.explained)]
        rows = self.query.recent(rows)
        return self.query.by_age(sorted(rows, key=order.by_urgency))

    @property
    def _recovered(self) -> list[Resource]:
        """The resources that work and were seen in error within a day, the last recovered first."""
        found = [row for row in self.all_found if row.recovered_at and row.condition.well]
        return sorted(sorted(found, key=order.by_urgency), key=lambda row: -row.recovered_at)

    @property
    def failed(self) -> list[tuple[Kind, Failure]]:
        """The kinds that could not be listed in full, as (kind, failure)."""
        listings = [listing for listing in self.asked_listings if not listing.is_pending]
        return [(listing.kind, listing.failure) for listing in listings if listing.failure]

    @property
    def unread(self) -> list[tuple[Kind | NeutronKind, Failure]]:
        """What could not be read, as (kind, failure): of GBP, and of what is beneath."""
        return [*self.failed, *self.unread_beneath]

    @property
    def is_whole(self) -> bool:
        """Whether no problem can be missing."""
        beneath_rows = certainty.of_beneath(self.in_neutron)
        return certainty.worst([self.certainty, beneath_rows]).is_exact and not self._is_unconfirmed

    @property
    def pending(self) -> list[Kind]:
        """The kinds whose full lists GBP is still making."""
        return [listing.kind for listing in self.listings.values() if listing.is_pending]

    @property
    def previewed(self) -> list[Kind]:
        """Those of them of which a stored problem is shown."""
        known = {row.kind.collection for row in self.shown}
        return [kind for kind in self.pending if kind.collection in known]

    @property
    def stale(self) -> int:
        return sum(row.is_stale for row in self.shown)

    @functools.cached_property
    def groups(self) -> list[ProblemGroup]:
        """The rows that are shown in the groups that the address asks for, the heaviest first."""
        return _GROUPED[self.query.grouping](self)

    def freshen(self, rows: Iterable[Resource] | None = None) -> bool:
        """Read the rows, by default all that are shown, whose status is only stored; say whether there were any."""
        stale = [row for row in (self.shown if rows is None else rows) if not row.fresh]
        if stale:
            self.gbp.freshen(self.listings.values(), stale)
            self._forget('rows', 'all_found', 'shown', 'groups', 'origins', '_patterns', '_by_id')
        return bool(stale)

    def confirm(self, rows: list[Resource] | None = None) -> None:
        """Read what is beneath the rows, by default all that are shown, if something beneath is listed as failed."""
        rows = [row for row in (self.shown if rows is None else rows) if row.beneath]
        if rows:
            self._is_unconfirmed = not beneath.confirm(self.gbp, rows)
            self._forget('all_found', 'shown', 'groups', 'origins', '_patterns')

    def _forget(self, *names: str) -> None:
        for name in names:
            self.__dict__.pop(name, None)

    @functools.cached_property
    def origins(self) -> Origins:
        known = {row.key: row for row in self.rows}
        if self.query.project:
            known = _with_causes_elsewhere(self.gbp, known)
        return Origins(known, self._pattern)

    def extent(self, group: ProblemGroup) -> Extent | None:
        """Return how far the cause of a group goes, as the lists of the page say; None for what is no cause."""
        row = group.cause
        if self.query.grouping != 'cause' or not (row and row.condition.explained):
            return None
        above = {kind.collection for kind in kinds_above(row.kind)}
        rows = certainty.of(listing for name, listing in self.listings.items() if name in above)
        is_known = certainty.worst([rows, certainty.of_beneath(self.in_neutron)]).is_exact
        depending = self.origins.depending_on(row)
        may_lack = bool(self.query.project) or may_lack_some(self.gbp, [row, *depending])
        at_least = may_lack or not is_known or self._is_unconfirmed
        return Extent(self.origins.broken_with(row), len(depending), at_least)

    def hidden(self, row: Resource) -> list[str]:
        """The relations of a problem that lead to what is in no list, though its kind could be listed."""
        listed = {name for name, listing in self.listings.items() if not listing.failure}
        named = self.origins.unknown(row) if row.condition.explained else []
        return list(dict.fromkeys(link.relation.label for link in named if link.relation.to in listed))


def kinds_of(rows: list[Resource]) -> list[tuple[Kind, int]]:
    """Return (kind, number of rows) in the order of the registry, without the kinds that have none."""
    counts = collections.Counter(row.kind.collection for row in rows)
    return [(kind, counts[kind.collection]) for kind in registry.KINDS if counts[kind.collection]]


def _with_causes_elsewhere(gbp: Gbp, known: Resources) -> Resources:
    """Add what problems of one project are built from in others; a step costs one call a kind, at most 150 ids."""
    problems = [row for row in known.values() if row.condition.explained]
    for _links, rows in walk(problems, links, functools.partial(_read, gbp), causes.MAX_STEPS, known):
        known = known | rows
        beneath.of(gbp, rows.values())
        sightings.note(gbp, rows.values())
    return known


def _read(gbp: Gbp, keys: list[Key]) -> Resources:
    """Return {key: Resource} of the kinds that GBP serves."""
    served = {kind.collection for kind in gbp.served(registry.KINDS)}
    wanted = {name: ids[: conf.MAX_CALL_IDS] for name, ids in by_collection(keys).items() if name in served}
    return gbp.read(wanted).by_key


def _by_cause(problems: Problems) -> list[ProblemGroup]:
    """The heaviest first."""
    # The list of one fault folds nothing.
    groups = _caused(problems, problems.shown, folds=not problems.query.fault)
    groups.sort(key=lambda group: _by_weight(problems, group))
    return problems.query.by_age_of(groups, lambda group: group.rows[0])


def _caused(problems: Problems, rows: list[Resource], folds: bool) -> list[ProblemGroup]:
    """Return rows by what explains them, or by their fault where many have nothing but that in common."""
    causes: list[_Explained] = []
    alone: list[_Explained] = []
    for cause, members in problems.origins.grouped(rows):
        is_alone = cause.condition.explained and not (members or problems.origins.broken_with(cause))
        (alone if is_alone else causes).append((cause, members))
    equal, others = _equal(problems, [row for row, _members in alone]) if folds else ([], alone)
    return equal + [_group_of_cause(problems, cause, members) for cause, members in causes + others]


def _equal(problems: Problems, alone: list[Resource]) -> tuple[list[ProblemGroup], list[_Explained]]:
    """Return the groups of those that have their fault in common with some others, and each other one by itself."""
    equal: list[ProblemGroup] = []
    others: list[_Explained] = []
    for group in _collected(alone, problems.fault).values():
        if len(group.members) < MIN_EQUAL_ROWS:
            others += [(row, []) for row in group.members]
        else:
            group.hidden = list(dict.fromkeys(label for row in group.members for label in problems.hidden(row)))
            equal.append(group)
    return equal, others


def _group_of_cause(problems: Problems, cause: Resource, members: list[Resource]) -> ProblemGroup:
    cycle = bool(cause.condition.explained and problems.origins.cycle(cause))
    return ProblemGroup('-'.join(cause.key), cause, members, cycle=cycle, hidden=problems.hidden(cause))


def _by_weight(problems: Problems, group: ProblemGroup) -> order.SortKey:
    """Sort by the most urgent, then by how many are broken with it, or equal, then by name."""
    first = group.rows[0]
    number = problems.origins.broken_with(first) if group.cause else len(group.members) - 1
    return (*order.by_state(first), -number, *order.by_name(first))


def _by_fault(problems: Problems) -> list[ProblemGroup]:
    groups = _collected(problems.shown, problems.fault)
    return sorted(groups.values(), key=lambda group: -len(group.members))


def _by_project(problems: Problems) -> list[ProblemGroup]:
    """The project with the most errors first; of a project what most is broken with."""
    heaviest = problems.query.by_age(sorted(problems.shown, key=problems.origins.weight))
    groups = _collected(heaviest, lambda row: row.project_id)
    return sorted(groups.values(), key=lambda group: -sum(row.condition.problem for row in group.members))


def _by_kind(problems: Problems) -> list[ProblemGroup]:
    groups = _collected(problems.shown, lambda row: row.kind.collection)
    return [groups[kind.collection] for kind in registry.KINDS if kind.collection in groups]


def _flat(problems: Problems) -> list[ProblemGroup]:
    return [ProblemGroup('-'.join(row.key), row) for row in problems.shown]


_GROUPED = {'cause': _by_cause, 'fault': _by_fault, 'project': _by_project, 'kind': _by_kind, 'none': _flat}


def _collected(rows: list[Resource], common: Callable[[Resource], About]) -> dict[About, ProblemGroup]:
    groups: dict[About, ProblemGroup] = {}
    for row in rows:
        about = common(row)
        if about not in groups:
            groups[about] = ProblemGroup(slug(about), about)
        groups[about].members.append(row)
    return groups


def slug(about: About) -> str:
    """Return what names a group on the page, and a fault in an address."""
    # The words of what is beneath are in the reader's language, and an address is for all.
    with translation.override(None):
        common = tuple(map(str, about)) if isinstance(about, tuple) else about
        return hashlib.sha256(repr(common).encode()).hexdigest()[:12]
