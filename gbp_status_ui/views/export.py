# SPDX-License-Identifier: Apache-2.0
"""The rows that an address asks for as a file: CSV or JSON, all pages of them."""

from __future__ import annotations

from collections.abc import Iterable
import datetime
import itertools
from typing import Union

from django.http import HttpResponse
from django.http import JsonResponse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gbp_status_ui.caching.freshness import NOT_BEFORE_PARAMETER
from gbp_status_ui.health import beneath
from gbp_status_ui.health.board import Board
from gbp_status_ui.health.problems import Problems
from gbp_status_ui.health.query import Query
from gbp_status_ui.health.query import TAB_GROUP
from gbp_status_ui.model import neutron
from gbp_status_ui.model import registry
from gbp_status_ui.model.kinds import Kind
from gbp_status_ui.model.neutron import NeutronKind
from gbp_status_ui.model.resource import Resource
from gbp_status_ui.model.types import ProjectNames
from gbp_status_ui.model.types import Request
from gbp_status_ui.service.api import Gbp
from gbp_status_ui.views import records
from gbp_status_ui.views import spreadsheet
from gbp_status_ui.views.base import ScopedView
from gbp_status_ui.views.problem_list import OVERVIEW
from gbp_status_ui.views.records import Record

COLUMNS = (
    'kind',
    'id',
    'name',
    'description',
    'project_id',
    'project',
    'shared',
    'status',
    'status_details',
    'below',
    'since',
    'recovered',
)

#: How long the ways in one cell are at most: a spreadsheet cuts a cell at 32,767 characters.
MAX_WAYS_CHARACTERS = 32_000
#: What stands between two ways in one cell.
_BETWEEN = '; '


class ExportView(ScopedView):
    """``GET export/?format=csv|json`` with the parameters of the index page; the page number does not count."""

    @property
    def will_retry(self) -> bool:
        return self.gbp.is_pending

    @property
    def not_before(self) -> str:
        """The not-before time of the page that retries the file."""
        return self.parameters.get(NOT_BEFORE_PARAMETER, '')

    def get(self, request: Request) -> HttpResponse:
        """Answer a file, 400 for a format or a tab that there is not, or 503 where a kind could not be read."""
        write = {'csv': _csv, 'json': _json}.get(self.parameters.get('format'))
        if write is None:
            return _refusal(_('The format must be csv or json.'), status=400)
        slug = self.parameters.get('tab', '').removeprefix(f'{TAB_GROUP}__')
        if slug not in [known.slug for known in (OVERVIEW, *registry.TABS)]:
            return _refusal(_('Name a tab of the panel.'), status=400)
        query = Query.of(self.parameters, slug)
        content = (_Problems if query.tab == OVERVIEW.slug else _Tables)(self.gbp, query, self.project_names)
        if self.will_retry:
            return self._retry()
        unread = _unread(content)
        if unread:
            return _refusal(_('%s could not be read.') % ', '.join(unread), status=503)
        response = write(content)
        name = _file_name(query, self.parameters['format'])
        patch_cache_control(response, no_store=True)
        response.headers['Content-Disposition'] = f'attachment; filename="{name}"'
        return response

    def _retry(self) -> HttpResponse:
        """Answer a page that asks for the file again, until all has been read."""
        response = _refusal(_('All rows are being read. The file comes by itself.'), status=503)
        again = self.request.GET.copy()
        again[NOT_BEFORE_PARAMETER] = self.gbp.shared.not_before
        response.headers['Refresh'] = f'{self.gbp.retry_after_seconds}; url={self.request.path}?{again.urlencode()}'
        return response


class _Tables:
    """The tables of one tab: each row a record."""

    columns = COLUMNS

    def __init__(self, gbp: Gbp, query: Query, project_names: ProjectNames) -> None:
        self.board = Board(gbp, query, project_names)
        self.board.freshen(self._ordered)
        self.rows = self._ordered
        beneath.of_any_number(gbp, self.rows, query.project)

    @property
    def _ordered(self) -> list[Resource]:
        return [row for kind in self.board.kinds for row in self.board.ordered(kind)]

    def table(self) -> list[Record]:
        return [records.of_row(row, self.board.project_names) for row in self.rows]

    json = table


class _Problems:
    """The overview: the same groups as on the page."""

    columns = ('group', *COLUMNS, 'broken_with_it', 'depend_on_it', 'broken_ways')

    def __init__(self, gbp: Gbp, query: Query, project_names: ProjectNames) -> None:
        self.board = Problems(gbp, query, project_names)
        self.board.freshen()
        self.board.confirm()
        self.rows = self.board.shown
        self._ways = records.BrokenWays(self.board)

    def table(self) -> list[Record]:
        """A record for each row, with the words of its group; how far a problem goes stands in that of the problem."""
        return [
            {'group': records.words(self.board, group)}
            | records.of_row(row, self.board.project_names)
            | (records.extent(self.board, group) | self._ways.of(group) if row is group.cause else {})
            for group in self.board.groups
            for row in group.rows
        ]

    def json(self) -> Record:
        return records.of_groups(self.board, self._ways)


#: What a file is made of.
Content = Union[_Tables, _Problems]


def _unread(content: Content) -> list[str]:
    """Return the names of the kinds that failed, or of which a row would carry a status only as last reported.

    Which rows there are may depend on what is beneath them.
    """
    failed = [listing.kind for listing in content.board.listings.values() if listing.failure or listing.unreadable]
    doubtful = [row.kind for row in content.rows if not row.fresh]
    kinds: list[Kind | NeutronKind] = [*failed, *doubtful, *(kind for kind, _failure in content.board.unread_beneath)]
    return list(dict.fromkeys(str(kind.label_plural) for kind in kinds))


def _file_name(query: Query, ending: str) -> str:
    moment = datetime.datetime.now(datetime.timezone.utc).strftime('%Y%m%dT%H%M%SZ')
    return f'policy-status-{query.kind or query.tab}-{moment}.{ending}'


def _refusal(text: str, status: int) -> HttpResponse:
    return HttpResponse(text, status=status, content_type='text/plain; charset=utf-8')


def _csv(content: Content) -> HttpResponse:
    response = HttpResponse(content_type='text/csv; charset=utf-8')
    rows = [one | _cells(one) for one in content.table()]
    spreadsheet.write(rows, content.columns, response)
    return response


def _cells(record: Record) -> Record:
    """Return in one cell each what JSON has lists of."""
    ways = {'broken_ways': _ways_in_words(record['broken_ways'])} if 'broken_ways' in record else {}
    return {'below': _in_words(record['below']), **ways}


def _ways_in_words(ways: Iterable[Record]) -> str:
    """Return as many ways as one cell has room for, the worst first, and how many more there are."""
    texts = list(map(_way_in_words, ways))
    ends = itertools.accumulate(len(text) + len(_BETWEEN) for text in texts)
    shown = sum(end <= MAX_WAYS_CHARACTERS for end in ends)
    others = len(texts) - shown
    more = [ngettext('and %(others)s more', 'and %(others)s more', others) % {'others': others}] if others else []
    return _BETWEEN.join([*texts[:shown], *more])


def _way_in_words(way: Record) -> str:
    names = [name for name in (way['consumer'], way['rule_set'], way['provider']) if name]
    return f'{" -> ".join(names)}: {way["sentence"]}'


def _in_words(below: list[Record] | None) -> str:
    """Return what is not well beneath a row, in one cell: ``network error: l2p_web``."""
    if below is None:
        return _('not known')
    states = {state.value for state in neutron.STATES if state.unwell}
    return '; '.join(
        f'{neutron.BY_COLLECTION[one["kind"]].member} {one["state"]}: {one["name"] or one["id"]}'
        for one in below
        if one['state'] in states
    )


def _json(content: Content) -> HttpResponse:
    return JsonResponse(content.json(), safe=False, json_dumps_params={'ensure_ascii': False, 'indent': 1})
