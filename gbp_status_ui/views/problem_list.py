# SPDX-License-Identifier: Apache-2.0
"""The overview's list of problems as its template shows it: one page of groups, and the first members of each."""

from __future__ import annotations

from collections.abc import Mapping
import dataclasses
import functools

from django.core.paginator import Page
from django.core.paginator import Paginator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from horizon.utils import functions

from gbp_status_ui.health import automatic
from gbp_status_ui.health.board import ambiguous
from gbp_status_ui.health.dependants import Extent
from gbp_status_ui.health.problems import Fault
from gbp_status_ui.health.problems import kinds_of
from gbp_status_ui.health.problems import ProblemGroup
from gbp_status_ui.health.problems import Problems
from gbp_status_ui.health.query import LISTS
from gbp_status_ui.health.query import MAX_PAGE_ROWS
from gbp_status_ui.health.query import Query
from gbp_status_ui.health.query import VIEWS
from gbp_status_ui.model.kinds import Kind
from gbp_status_ui.model.kinds import ReadBy
from gbp_status_ui.model.kinds import Tab
from gbp_status_ui.model.resource import Resource
from gbp_status_ui.model.scope import Scope
from gbp_status_ui.model.types import Request
from gbp_status_ui.views.base import Context
from gbp_status_ui.views.base import ScopedView

#: The overview is a tab of the panels that no kind belongs to.
OVERVIEW = Tab('overview', _('Overview'))

#: How many members of a group the page holds; the others are counted, and listed where the group's link leads.
MAX_SHOWN_MEMBERS = 20

#: Horizon's own default.
PAGE_ENTRIES = 20

_GROUPINGS = {
    'cause': _('By cause'),
    'fault': _('By fault'),
    'project': _('By project'),
    'kind': _('By kind'),
    'none': _('One list'),
}


_LISTS = {'': _('Problems'), LISTS[1]: _('Recovered in the last 24 hours'), VIEWS[1]: _('Map')}
_SPANS = {'': _('Any time'), '1h': _('Last hour'), '24h': _('Last 24 hours')}
_ORDERS = {'': _('Most urgent first'), '-since': _('Newest first')}


@dataclasses.dataclass(frozen=True)
class Entry:
    """One group on the page; ``others`` counts the members that are not shown by kind, and ``url`` leads to all.

    ``extent`` says how far its cause goes, ``broken_apart`` how many of those that are broken with that the list has in
    other places.
    """

    group: ProblemGroup
    url: str
    extent: Extent | None = None
    broken_apart: int = 0

    @property
    def rows(self) -> list[Resource]:
        return self.group.members[:MAX_SHOWN_MEMBERS]

    @property
    def others(self) -> list[tuple[Kind, int]]:
        return kinds_of(self.group.members[MAX_SHOWN_MEMBERS:])

    @property
    def others_number(self) -> int:
        return sum(number for _kind, number in self.others)


class ProblemList:
    """One page of the problems that a query asks for."""

    def __init__(self, view: ScopedView, query: Query, problems: Problems) -> None:
        self.scope = view.scope
        self.query = query
        self.size = page_size(view.request, query)
        self.own_project = view.request.user.project_id
        self.project_names = view.project_names
        self.problems = problems
        self._confirm()
        listed = [row for listing in self.problems.listings.values() for row in listing.rows]
        automatic.name(view.gbp, self._page_rows, automatic.names_of(listed))

    def _confirm(self) -> None:
        """Read again what the page shows and was read earlier than the rest, and what is beneath it."""
        self.problems.freshen([row for row in self._page_rows if row.kind.read_by is ReadBy.LIST])
        self.problems.confirm(self._page_rows)

    @property
    def _page_rows(self) -> list[Resource]:
        return [row for group in self.page for row in group.rows[: MAX_SHOWN_MEMBERS + 1]]

    @functools.cached_property
    def ambiguous(self) -> set[str]:
        """The ids of those that have their name in common with another of their kind."""
        return ambiguous(self.problems.shown)

    @property
    def page(self) -> Page:
        """The page of groups that is open."""
        return Paginator(self.problems.groups, self.size).get_page(self.query.page)

    @property
    def is_pending(self) -> bool:
        return self.problems.is_pending

    @functools.cached_property
    def entries(self) -> list[Entry]:
        return [self._entry(group) for group in self.page]

    def _entry(self, group: ProblemGroup) -> Entry:
        url, extent = self._all_members(group), self.problems.extent(group)
        # Of one project the list lacks what stands in between, in others.
        is_whole = extent and not (self.query.narrows or self.query.project)
        elsewhere = self.problems.origins.broken_apart(group.cause) if group.cause and is_whole else 0
        return Entry(group, url, extent, elsewhere)

    def also_broken(self, row: Resource) -> Resource | None:
        """Return the problem that one on a line of its own is built from; None where the list has no such lines."""
        if self.query.grouping != 'cause' or not row.condition.explained:
            return None
        return self.problems.origins.also_broken(row)

    def _all_members(self, group: ProblemGroup) -> str:
        """Return the address that lists all members of a group."""
        grouping = self.query.grouping
        if grouping == 'project':
            return self.query.address(group='none', project=group.about or '')
        if grouping == 'kind':
            kind = group.members[0].kind
            return self.query.for_other_tab.address(tab=kind.tab, kind=kind.collection, status=self._states)
        if grouping == 'fault':
            # Open at the first that the page does not show.
            return self.query.address(group='none', fault=group.slug, size=MAX_SHOWN_MEMBERS, page=2)
        if not group.cause:
            return self.query.address(group='none', fault=group.slug)
        return self.scope.url('detail', group.cause.kind.collection, group.cause.id)

    @property
    def fault(self) -> Fault | None:
        """What the problems of one fault have in common, where the address names it and there are any."""
        shown = self.problems.shown if self.query.fault else []
        return self.problems.fault(shown[0]) if shown else None

    @property
    def _states(self) -> tuple[str, ...]:
        return self.query.status or tuple(dict.fromkeys(row.condition.slug for row in self.problems.shown))


def menus(query: Query, scope: Scope) -> list[Context]:
    """Return the menus of the overview's toolbar; one project needs no grouping by project, and a map none.

    A link is (label, address, whether it is chosen).
    """
    if query.is_map:
        return [_lists(query)]
    groupings = {slug: label for slug, label in _GROUPINGS.items() if scope.all_projects or slug != 'project'}
    return [
        _lists(query),
        _menu(query, pgettext('menu', 'Group'), 'group', groupings, query.grouping),
        _menu(query, pgettext('menu', 'Since'), 'since', _SPANS, query.since),
        _menu(query, pgettext('menu', 'Order'), 'sort', _ORDERS, query.sort if query.sort in _ORDERS else ''),
    ]


def _lists(query: Query) -> Context:
    """What has recovered has neither the states nor the times of problems; a map has all, in one order."""
    listed = query.changed(view='', frame='')
    addresses = {
        '': listed.address(show=''),
        LISTS[1]: listed.changed(status=(), since='', fault='').address(show=LISTS[1]),
        VIEWS[1]: query.changed(show='', since='', fault='', sort='').address(view=VIEWS[1]),
    }
    chosen = VIEWS[1] if query.is_map else LISTS[1] if query.shows_recovered else ''
    links = [(label, addresses[value], value == chosen) for value, label in _LISTS.items()]
    return {'name': pgettext('menu', 'Show'), 'chosen': _LISTS[chosen], 'links': links}


def _menu(query: Query, name: str, parameter: str, labels: Mapping[str, str], chosen: str) -> Context:
    """An address may have another value than the menu offers, such as the last three days."""
    links = [(label, query.address(**{parameter: value}), value == chosen) for value, label in labels.items()]
    return {'name': name, 'chosen': labels.get(chosen, chosen), 'links': links}


def page_size(request: Request, query: Query) -> int:
    """Return how many rows a page has: as asked for, or Horizon's own setting, a cookie with anything in it."""
    size = query.size or functions.get_page_size(request)
    return min(size, MAX_PAGE_ROWS) if isinstance(size, int) and size > 0 else PAGE_ENTRIES
