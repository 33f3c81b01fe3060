# SPDX-License-Identifier: Apache-2.0
"""The parameters of a panel's address: tab, states, search, order and page; the same address shows the same rows.

This module filters, sorts and pages, since GBP does none of them by fresh statuses: its filter compares stored ones.
"""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Mapping
import dataclasses
import functools
import re
import time
from typing import Any
from typing import TypeVar
import urllib.parse

from gbp_status_ui import conf
from gbp_status_ui.health import folding
from gbp_status_ui.health import order
from gbp_status_ui.health import searched
from gbp_status_ui.health.order import SortKey
from gbp_status_ui.health.search import MAX_TERMS
from gbp_status_ui.health.search import Search
from gbp_status_ui.model import registry
from gbp_status_ui.model import statuses
from gbp_status_ui.model.kinds import Fact
from gbp_status_ui.model.kinds import is_id
from gbp_status_ui.model.kinds import Kind
from gbp_status_ui.model.resource import Resource
from gbp_status_ui.model.statuses import Status
from gbp_status_ui.model.types import ProjectNames

#: The name of the group of tabs in an address: ``?tab=gbp_status_tabs__groups``.
TAB_GROUP = 'gbp_status_tabs'

#: The most rows that an address can ask for on one page, at some 0.3 ms each.
MAX_PAGE_ROWS = 200

#: The ways in which the overview groups problems, the default first: ``?group=fault``.
GROUPINGS = ('cause', 'fault', 'project', 'kind', 'none')

#: What the overview lists, the default first: ``?show=recovered``.
LISTS = ('problems', 'recovered')

#: How the overview shows a scope, the default first: ``?view=map``. A map groups no problems: it has all groups.
VIEWS = ('list', 'map')

#: Whether rows that the backend made by itself are shown, the default first: ``?auto=hide``.
AUTOMATIC = ('show', 'hide')

_PAGE = re.compile('[0-9]{1,9}')
_SPAN = re.compile('([0-9]{1,4})([mhd])')
_SECONDS = {'m': 60, 'h': 3600, 'd': 86400}


#: The parameters of an address, by name and value.
Parameters = list[tuple[str, str]]

_Found = TypeVar('_Found')


@dataclasses.dataclass(frozen=True)
class Query:
    """The parameters of one address, checked; what it does not understand is left at its default."""

    tab: str
    kind: str = ''
    project: str = ''
    status: tuple[str, ...] = ()
    q: str = ''
    sort: str = ''
    group: str = ''
    since: str = ''
    show: str = ''
    view: str = ''
    frame: str = ''
    fault: str = ''
    auto: str = ''
    size: int = 0
    page: int = 1

    @classmethod
    def of(cls, parameters: Mapping[str, str], tab: str) -> Query:
        """Read a request's ``GET``; ``tab`` is the slug of the tab that is open."""
        kind = parameters.get('kind', '')
        return cls(
            tab=tab,
            kind=kind if kind in [known.collection for known in registry.in_tab(tab)] else '',
            project=parameters.get('project', '').strip(),
            status=_states(parameters.get('status', '')),
            q=parameters.get('q', '').strip(),
            sort=parameters.get('sort', ''),
            group=_known(parameters.get('group', ''), GROUPINGS),
            since=parameters.get('since', '') if _SPAN.fullmatch(parameters.get('since', '')) else '',
            # The overview alone lists what has recovered, and groups by fault.
            show='' if registry.in_tab(tab) else _known(parameters.get('show', ''), LISTS),
            view='' if registry.in_tab(tab) else _known(parameters.get('view', ''), VIEWS),
            frame=parameters.get('frame', '') if is_id(parameters.get('frame', '')) else '',
            fault='' if registry.in_tab(tab) else parameters.get('fault', ''),
            auto=_known(parameters.get('auto', ''), AUTOMATIC),
            size=_size(parameters.get('size', '')),
            page=_page(parameters.get('page', '')),
        )

    @property
    def parameters(self) -> Parameters:
        """The (name, value) pairs of the address, those at their default left out."""
        given = vars(self) | {
            'tab': f'{TAB_GROUP}__{self.tab}',
            'status': ','.join(map(_escaped, self.status)),
            'page': self.page if self.page > 1 else 0,
        }
        return [(name, str(value)) for name, value in given.items() if value]

    @property
    def beside_the_tab(self) -> str:
        """The parameters but for the tab, as ``?…``; nothing where all are at their default."""
        others = urllib.parse.urlencode(self.parameters[1:], safe=',')
        return others and f'?{others}'

    def changed(self, **changes: Any) -> Query:
        """Return this query with some parameters changed; a change of the rows starts at page one.

        A filter by state or age is one of problems.
        """
        list_ = {'show': ''} if changes.get('status') or changes.get('since') else {}
        return dataclasses.replace(self, **({'page': 1} | list_ | changes))

    def address(self, **changes: Any) -> str:
        """Return the changed query as ``?tab=…``."""
        return '?' + urllib.parse.urlencode(self.changed(**changes).parameters, safe=',')

    @property
    def narrows(self) -> bool:
        """Whether search or filter leave rows out."""
        return bool(self.q or self.status or self.since or self.show or self.fault)

    @property
    def looks_at_part(self) -> bool:
        """Whether resources are left out whatever their state: not even their number is known then."""
        return bool(self.project or self.kind or self.q or self.fault)

    @property
    def shows_recovered(self) -> bool:
        """Whether what was in error of late and works again is asked for, instead of problems."""
        return bool(self.show) and not (self.status or self.since)

    @property
    def all_states(self) -> str:
        return self.address(status=(), show='')

    @property
    def unfiltered(self) -> str:
        return self.address(status=(), q='', since='', show='', fault='')

    @property
    def in_all_kinds(self) -> str:
        """The address of the overview with the same search, in all states."""
        return Query('overview', project=self.project, q=self.q).address()

    def in_kind(self, kind: Kind) -> str:
        """Return the address of a kind's table with the same search, in all states."""
        return Query(kind.tab, kind=kind.collection, project=self.project, q=self.q).address()

    @property
    def grouping(self) -> str:
        return GROUPINGS[-1] if self.shows_recovered else self.group or GROUPINGS[0]

    @property
    def is_map(self) -> bool:
        """Whether the map is asked for, in place of the list of problems."""
        return self.view == VIEWS[1]

    @property
    def span(self) -> int | None:
        """How many seconds ago the oldest problem was first seen that is asked for; None for any."""
        said = _SPAN.fullmatch(self.since)
        return int(said.group(1)) * _SECONDS[said.group(2)] if said else None

    @property
    def for_other_tab(self) -> Query:
        """What a link to another tab keeps: project, search, filter and fold; order and page belong to a tab."""
        return Query(self.tab, project=self.project, status=self.status, q=self.q, auto=self.auto)

    @property
    def folds(self) -> bool:
        """Whether what the backend made by itself is left out."""
        return self.auto == AUTOMATIC[1]

    @property
    def toggled_automatic(self) -> str:
        return self.address(auto='' if self.folds else AUTOMATIC[1])

    def found(
        self, rows: Iterable[Resource], project_names: ProjectNames, names: Mapping[str, str] | None = None
    ) -> list[Resource]:
        """Return the rows that the search text matches; ``names`` are those of related resources by id."""
        return searched.found(self.q, rows, project_names, names)

    @property
    def counted_terms(self) -> int:
        """How many words of the search count, if there are more than that; else 0."""
        return MAX_TERMS if Search(self.q).is_cut else 0

    def recent(self, rows: list[Resource]) -> list[Resource]:
        """Return the rows that were first seen as they are within the time that is asked for."""
        return [row for row in rows if row.since > time.time() - self.span] if self.span else rows

    def shows(self, row: Resource) -> bool:
        """Say whether the filter lets a row through; no filter lets all."""
        return not self.status or row.status.slug in self.status or (self.asks_beneath and row.has_problem_beneath)

    @property
    def asks_beneath(self) -> bool:
        """Whether the filter lets through what is a problem beneath, whatever GBP says."""
        return bool(conf.get('neutron_states')) and statuses.BENEATH.slug in self.status

    def toggled(self, status: Status) -> str:
        """Return the address with one state more in the filter, or one less."""
        others = tuple(slug for slug in self.status if slug != status.slug)
        return self.address(status=others if status.slug in self.status else (*self.status, status.slug))

    def ordered(self, rows: list[Resource], kind: Kind, project_names: ProjectNames) -> list[Resource]:
        """Return rows of one kind in the order that is asked for.

        The default is the most urgent first, then by name; ``project_names`` names projects by id.
        """
        keys: dict[str, Callable[[Resource], SortKey]] = {
            'name': order.by_name,
            'project': lambda row: folding.natural(project_names[row.project_id]),
            'description': lambda row: folding.natural(row.description),
            'shared': lambda row: (row.shared,),
            **{fact.attribute: functools.partial(_by_fact, fact) for fact in kind.facts},
        }
        key = keys.get(self.sort.removeprefix('-'), order.by_state)
        rows = sorted(sorted(rows, key=order.by_name), key=key)
        return self.by_age(rows[::-1] if self.sort.startswith('-') else rows)

    def by_age(self, rows: list[Resource]) -> list[Resource]:
        """Return rows by the time since when they are as they are, if that order is asked for; others stay as it is."""
        return self.by_age_of(rows, lambda row: row)

    def by_age_of(self, found: list[_Found], resource_of: Callable[[_Found], Resource]) -> list[_Found]:
        """Return what has a resource each in the order of :meth:`by_age`."""
        sign = {'since': 1, '-since': -1}.get(self.sort)
        return sorted(found, key=lambda one: _age(resource_of(one), sign)) if sign else found


def _age(row: Resource, sign: int) -> tuple[bool, float]:
    """What is no problem comes last in both orders."""
    return row.since == 0, sign * row.since


def _by_fact(fact: Fact, row: Resource) -> SortKey:
    """Nothing comes first, then numbers by size, then words."""
    value = row.attributes.get(fact.attribute)
    if value is None or value == '':
        return (0,)
    if isinstance(value, int):
        return 1, value
    return 2, (folding.addresses if fact.is_address else folding.natural)(str(value))


def _escaped(slug: str) -> str:
    """A state that GBP does not define may have a comma in it."""
    return slug.replace('%', '%25').replace(',', '%2C')


def _unescaped(part: str) -> str:
    # Nothing else: the parameters of an address have been decoded and cleaned.
    return re.sub('%2C', ',', part, flags=re.IGNORECASE).replace('%25', '%')


def _states(text: str) -> tuple[str, ...]:
    slugs = (_unescaped(part).strip().lower() for part in text.split(','))
    return tuple(dict.fromkeys(slug for slug in slugs if slug))


def _size(text: str) -> int:
    return int(text) if _PAGE.fullmatch(text) and 0 < int(text) <= MAX_PAGE_ROWS else 0


def _known(text: str, words: tuple[str, ...]) -> str:
    return text if text in words[1:] else ''


def _page(text: str) -> int:
    return max(1, int(text)) if _PAGE.fullmatch(text) else 1
