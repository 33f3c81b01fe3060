# SPDX-License-Identifier: Apache-2.0
"""The overview's map as its template shows it: what each frame, box and cell says, and where it leads."""

from __future__ import annotations

from collections.abc import Iterable
import functools
import json

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gbp_status_ui import conf
from gbp_status_ui.health import automatic
from gbp_status_ui.health import board
from gbp_status_ui.health import certainty
from gbp_status_ui.health import map as maps
from gbp_status_ui.health import order
from gbp_status_ui.health.problems import Problems
from gbp_status_ui.health.query import Query
from gbp_status_ui.health.ways import known as facts
from gbp_status_ui.model import statuses
from gbp_status_ui.model.answers import Failure
from gbp_status_ui.model.kinds import Kind
from gbp_status_ui.model.neutron import NeutronKind
from gbp_status_ui.model.resource import Listing
from gbp_status_ui.model.resource import Listings
from gbp_status_ui.model.resource import Resource
from gbp_status_ui.templatetags.gbp_status import short_id
from gbp_status_ui.views import bars
from gbp_status_ui.views.base import Context
from gbp_status_ui.views.base import ScopedView

_RULE_SETS = 'policy_rule_sets'
_PARTIES = (maps.GROUPS.collection, maps.EXTERNAL.collection)

#: What no address of the dashboard has in it.
_ANY_ID = '-any-id-'

#: Of how many rule sets that join a cell with others the page knows; its number of ways counts all.
MAX_JOINING_SETS = 30

#: How many groups that no rule set joins with another one are named; the others are counted.
MAX_ALONE_GROUPS = 100

#: The kind of what is within an area.
_WITHIN = {
    maps.L3_POLICIES.collection: maps.L2_POLICIES,
    maps.L2_POLICIES.collection: maps.GROUPS,
    maps.EXTERNAL.collection: maps.EXTERNAL,
}


class MapPage:
    """The map that a query asks for, of what the list of problems has read."""

    def __init__(self, view: ScopedView, query: Query, problems: Problems) -> None:
        self.scope = view.scope
        self.query = query
        self.own_project = view.request.user.project_id
        self.project_names = view.project_names
        self.problems = problems
        self._confirm()
        self.listings = _listings(problems)
        #: Of which kinds all are known; looking at each row of a list takes time.
        self._is_exact = {name: certainty.of([listing]).is_exact for name, listing in self.listings.items()}
        #: Whether the other ends of all ways that the user may see are listed.
        self._has_all_parties = all(self._is_exact[name] for name in _PARTIES) and not query.project
        rows = {name: [row for row in one.rows if not row.unverified] for name, one in self.listings.items()}
        self.map = maps.Map(rows, self._parties, query.narrows, query.frame)
        automatic.name(view.gbp, self.map.cells, automatic.names_of(rows[maps.L2_POLICIES.collection]))
        self._comma = _(', ')
        #: {id: number} of the rule sets that cells name.
        self._numbers: dict[str, int] = {}
        self._followed = 0
        self.frames = [self._frame(str(number), drawn) for number, drawn in enumerate(self.map.frames)]
        #: The frame of the external groups, or None.
        self.outside = self.map.outside and self._place('outside', self.map.outside)

    def _confirm(self) -> None:
        """Read again what was read earlier than the rest, and what is beneath it, as the list of problems does."""
        rows = [row for row in self.problems.all_found if row.kind in maps.KINDS and row.condition.explained]
        urgent = rows[: conf.MAX_CALL_IDS]
        self.problems.freshen(urgent)
        self.problems.confirm(urgent)

    @functools.cached_property
    def _found(self) -> list[Resource]:
        """The groups and external groups that the search finds, in any state."""
        # Those that carry what is beneath them.
        rows = [row for row in self.problems.all_found if row.kind.collection in _PARTIES and not row.unverified]
        return [row for row in rows if not row.is_automatic] if self.query.folds else rows

    @property
    def _parties(self) -> list[Resource]:
        return self.query.recent([row for row in self._found if self.query.shows(row)])

    @functools.cached_property
    def alone(self) -> list[Resource]:
        """The groups and external groups of which it is known that no rule set joins them with another one, by name."""
        known = [row for row in self._parties if self._knows_of_none(row) and facts.is_party(row)]
        return sorted(filter(self.map.way_counts.is_alone, known), key=order.by_name)

    @property
    def listed_alone(self) -> list[tuple[str, str]]:
        """Return (name, address) of those that are named."""
        return [(row.title, self._detail(row)) for row in self.alone[:MAX_ALONE_GROUPS]]

    @property
    def more_alone(self) -> int:
        return max(0, len(self.alone) - MAX_ALONE_GROUPS)

    @property
    def chips(self) -> list[board.Chip]:
        in_neutron = self.problems.in_neutron if self.problems.reads_beneath else None
        return board.chips(self._found, self.query, in_neutron, certainty.of(self.listings.values()))

    @property
    def counted_kinds(self) -> str:
        """The kinds that the chips count."""
        return ' '.join(_PARTIES)

    @property
    def is_pending(self) -> bool:
        return any(one.is_pending for one in self.listings.values()) or self.problems.is_pending_beneath

    @property
    def unread(self) -> list[tuple[Kind | NeutronKind, Failure]]:
        """The kinds that could not be listed, or are still being read, as (kind, failure)."""
        failed = [(one.kind, one.failure) for one in self.listings.values() if one.failure]
        return [*failed, *self.problems.unread_beneath]

    @property
    def is_all_unread(self) -> bool:
        return all(one.failure and not one.is_pending for one in self.listings.values())

    @property
    def unreadable(self) -> list[tuple[Kind, int]]:
        return [(one.kind, one.unreadable) for one in self.listings.values() if one.unreadable]

    @property
    def others(self) -> str:
        """What is said of the frames that have no place, and where these are listed."""
        others = self.map.others
        return self._more(maps.L3_POLICIES, others) if others else ''

    @property
    def others_url(self) -> str:
        return self._listed(maps.L3_POLICIES)

    @property
    def rule_sets(self) -> str:
        """The names of the rule sets that join cells, by their numbers, as JSON; '' for what is not listed."""
        listing = self.problems.listings.get(_RULE_SETS)
        names = {row.id: row.title for row in listing.rows if not row.unverified} if listing else {}
        return json.dumps([names.get(id_, '') for id_ in self._numbers])

    @property
    def is_empty(self) -> bool:
        return not (self.map.frames or self.map.outside)

    def _frame(self, number: str, drawn: maps.Drawn) -> Context:
        area = drawn.area
        opens = self.query.address(frame=area.id) if area.id and drawn.is_folded else ''
        inner = [self._place(f'{number}-{count}', box, area.resource) for count, box in enumerate(drawn.inner)]
        return self._place(number, drawn, None, opens, inner)

    def _place(
        self,
        number: str,
        drawn: maps.Drawn,
        around: Resource | None = None,
        unfolded: str = '',
        inner: Iterable[Context] = (),
    ) -> Context:
        """Return what the template says of a frame or a box.

        ``around`` is the policy that it lies in, ``unfolded`` the address that shows what is folded in it.
        """
        area, within = drawn.area, _WITHIN[drawn.area.kind.collection]
        return {
            'number': number,
            'status': area.resource and area.resource.condition,
            'name': self._name(area),
            'words': self._words(area, around),
            'url': unfolded or self._detail(area.resource),
            'bar': bars.of(area.counts) if drawn.is_folded else None,
            'inner': inner,
            'cells': [self._cell(row, area.resource) for row in drawn.cells],
            'more': self._more(within, drawn.others) if drawn.others else '',
            'more_url': self._detail(area.resource) or self._listed(within),
            # The policy, if its state is polled.
            'followed': area.resource and self._follow(area.resource),
        }

    def _detail(self, row: Resource | None) -> str:
        return self._addresses[row.kind.collection] % row.id if row else ''

    @functools.cached_property
    def _addresses(self) -> dict[str, str]:
        """{collection: the address of a resource's page, with a place for its id}: an address of each takes time."""
        pages = {name: self.scope.url('detail', name, _ANY_ID) for name in self.listings}
        return {name: url.replace('%', '%%').replace(_ANY_ID, '%s') for name, url in pages.items()}

    def _listed(self, kind: Kind) -> str:
        """Return the address of the table of a kind."""
        return Query(kind.tab, kind=kind.collection, project=self.query.project).address()

    def _name(self, area: maps.Area) -> str:
        if area.kind is maps.EXTERNAL:
            return self._number(maps.EXTERNAL, area.counts)
        if area.resource:
            return area.resource.title
        if not area.id:
            return _('Not known')
        is_coming = self.listings[area.kind.collection].is_pending
        return (_('%s, not read yet') if is_coming else _('%s, not listed')) % area.id[:8]

    def _words(self, area: maps.Area, around: Resource | None) -> str:
        """Return what is said of an area behind its name: what it is, how it is, and how what it contains is."""
        if area.kind is maps.EXTERNAL:
            return self._states(area.counts)
        own = [str(area.kind.label), *(self._state_words(area.resource, around) if area.resource else [])]
        inner = [self._counted(maps.L2_POLICIES, area.inner_counts)] if area.inner_counts else []
        return _('; ').join([self._comma.join(own), *inner, self._counted(maps.GROUPS, area.counts)])

    def _state_words(self, row: Resource, around: Resource | None) -> list[str]:
        words = [str(row.status.label)]
        words += [str(row.beneath.words)] if row.beneath and row.has_problem_beneath else []
        is_others = self.scope.all_projects or row.project_id != self.own_project
        is_said = around is not None and around.project_id == row.project_id
        return words + ([self._project_words(row.project_id)] if is_others and not is_said else [])

    def _project_words(self, project_id: str | None) -> str:
        """The id of a project is noise to those who cannot look it up."""
        name = self.project_names[project_id]
        if name == project_id and not self.scope.all_projects:
            return _('of another project')
        return _('of the project %s') % short_id(name)

    def _counted(self, kind: Kind, counts: list[maps.Count]) -> str:
        """Return '3 Groups: 1 Error, 2 Active'."""
        said, states = self._number(kind, counts), self._states(counts)
        return _('%(number)s: %(states)s') % {'number': said, 'states': states} if states else said

    def _number(self, kind: Kind, counts: list[maps.Count]) -> str:
        number = sum(one.count for one in counts)
        total = str(number) if self._is_exact[kind.collection] else _('at least %s') % number
        values = {'number': total, 'kinds': kind.label if number == 1 else kind.label_plural}
        return _('%(number)s %(kinds)s') % values

    def _states(self, counts: list[maps.Count]) -> str:
        return self._comma.join([f'{one.count} {one.status.label}' for one in counts])

    def _more(self, kind: Kind, others: maps.Others) -> str:
        if kind.collection in _PARTIES:
            more = _('and %s more') % self._number(kind, others.counts)
            return _('%(number)s: %(states)s') % {'number': more, 'states': self._states(others.counts)}
        labels = {'number': others.areas, 'kinds': kind.label if others.areas == 1 else kind.label_plural}
        values = {'areas': _('%(number)s %(kinds)s') % labels, 'parties': self._counted(maps.GROUPS, others.counts)}
        return _('and %(areas)s more, with %(parties)s') % values

    def _cell(self, row: Resource, around: Resource | None) -> Context:
        """Return what the template says of a group; it is joined by the rule sets of the numbers."""
        ways, condition = self.map.way_counts.number(row), row.condition
        return {
            'name': row.title,
            'tone': condition.tone,
            'icon': condition.icon,
            'url': self._detail(row),
            'label': self._comma.join([row.title, *self._state_words(row, around), *self._ways_words(row, ways)]),
            # '' where nothing is to be said of none.
            'ways': str(ways) if ways or self._knows_of_none(row) else '',
            'provided': self._numbered(self.map.way_counts.joining(row, facts.PROVIDED)),
            'consumed': self._numbered(self.map.way_counts.joining(row, facts.CONSUMED)),
            'followed': self._follow(row),
        }

    def _follow(self, row: Resource) -> Resource | None:
        """Return what is being built, if one request can poll it; what is not read yet comes with the lists."""
        is_followed = row.status.transient and row.status is not statuses.UNREAD and self._followed < conf.MAX_POLL_IDS
        self._followed += is_followed
        return row if is_followed else None

    def _knows_of_none(self, row: Resource) -> bool:
        """Say whether *no rule set joins it* may be said of a group without a way.

        The fabric joins automatic groups by contracts of its own, too.
        """
        return self._has_all_parties and not row.is_automatic and facts.names_all_sets(row)

    def _ways_words(self, row: Resource, ways: int) -> list[str]:
        if not ways:
            return [_('no rule set joins it with another one here')] if self._knows_of_none(row) else []
        text = ngettext('%s way', '%s ways', ways) % ways
        return [text if self._has_all_parties else _('at least %s') % text]

    def _numbered(self, ids: list[str]) -> str:
        return ' '.join(str(self._numbers.setdefault(id_, len(self._numbers))) for id_ in ids[:MAX_JOINING_SETS])


def _listings(problems: Problems) -> Listings:
    """Return {collection: listing} of the kinds of a map; of one that the API has not there is nothing."""
    found = [problems.listings.get(kind.collection) or Listing(kind) for kind in maps.KINDS]
    return {listing.kind.collection: listing for listing in found}
