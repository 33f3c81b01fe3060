# SPDX-License-Identifier: Apache-2.0
"""The index page of both panels: one tab of tables as the address asks for them."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.utils.translation import gettext_lazy as _

from gbp_status_ui.health import automatic
from gbp_status_ui.health import beneath
from gbp_status_ui.health import folding
from gbp_status_ui.health import searched
from gbp_status_ui.health.board import Board
from gbp_status_ui.health.preview import Preview
from gbp_status_ui.health.query import Query
from gbp_status_ui.health.query import TAB_GROUP
from gbp_status_ui.model import registry
from gbp_status_ui.model.kinds import Kind
from gbp_status_ui.model.kinds import Tab
from gbp_status_ui.model.neutron import NeutronKind
from gbp_status_ui.model.resource import Listing
from gbp_status_ui.model.resource import Resource
from gbp_status_ui.views import overview
from gbp_status_ui.views import tables
from gbp_status_ui.views.base import Context
from gbp_status_ui.views.base import FRAGMENT
from gbp_status_ui.views.base import ReadAgain
from gbp_status_ui.views.base import unreadable
from gbp_status_ui.views.page import asked_beneath
from gbp_status_ui.views.page import page_settings
from gbp_status_ui.views.page import read_state
from gbp_status_ui.views.problem_list import menus
from gbp_status_ui.views.problem_list import OVERVIEW
from gbp_status_ui.views.problem_list import page_size
from gbp_status_ui.views.section import Section

#: How often the rows of a page are read at most, until all that it shows have been.
MAX_REFRESH_ROUNDS = 3


class IndexView(ReadAgain):
    template_name = 'gbp_status_ui/index.html'
    fragment_template_name = 'gbp_status_ui/_list.html'
    page_title = _('Policy Status')

    #: Whether there are rows to show that the page lacks, before all has been read.
    has_news = False

    @property
    def will_retry(self) -> bool:
        """Also if what is beneath the rows of a fragment is pending; a page that was just opened polls that instead."""
        return self.gbp.is_pending if self.is_fragment else super().will_retry

    @property
    def is_unfinished(self) -> bool:
        return self.is_fragment and self.gbp.has_pending_lists and not self.has_news

    @property
    def _lacks_rows(self) -> list[str]:
        """The kinds whose rows the page lacks; its script names them behind the name of the fragment."""
        name, _separator, collections = self.request.headers.get(FRAGMENT, '').partition(' ')
        return collections.split(' ') if name == 'list' else []

    def get_context_data(self, **kwargs: Any) -> Context:
        context = super().get_context_data(**kwargs)
        tabs = self._tabs()
        query = Query.of(self.parameters, self._open_tab(tabs))
        context |= {
            'scope': self.scope,
            'query': query,
            'tab_label': next(tab.label for tab in tabs if tab.slug == query.tab),
            'tabs': [{'tab': tab, 'active': tab.slug == query.tab, 'url': _tab_address(query, tab)} for tab in tabs],
            'projects': self._projects(query),
            **page_settings(self.request, self.scope, query),
        }
        context |= self._overview(query) if query.tab == OVERVIEW.slug else self._tables(query)
        return context | read_state(self.gbp)

    def _projects(self, query: Query) -> list[tuple[str, str]]:
        """Return (id, name) of all that can be chosen, with what is chosen, whether Keystone names it or not."""
        names = {query.project: query.project} if query.project else {}
        return sorted({**names, **self.project_names}.items(), key=lambda pair: folding.natural(pair[1]))

    def _tabs(self) -> list[Tab]:
        served = {kind.tab for kind in self.gbp.served(registry.KINDS)}
        return [OVERVIEW, *(tab for tab in registry.TABS if tab.slug in served)]

    def _open_tab(self, tabs: list[Tab]) -> str:
        group, _separator, slug = self.parameters.get('tab', '').partition('__')
        known = [tab.slug for tab in tabs]
        return slug if group == TAB_GROUP and slug in known else known[0]

    def _overview(self, query: Query) -> Context:
        """The fragments that are complete in a moment; the script reads the others, see overview.py."""
        kinds = self.gbp.served(registry.KINDS)
        shown = overview.MAP if query.is_map else overview.PROBLEMS
        names = [overview.SUMMARY, shown, *(kind.collection for kind in kinds)]
        first, *found = overview.fragments(self, names, query)
        return {
            'summary': first,
            'asked': len(kinds),
            'fragments': [fragment for fragment in found if not fragment.is_well],
            'well': [fragment for fragment in found if fragment.is_well],
            'menus': menus(query, self.scope),
        }

    def _board(self, query: Query) -> Board:
        """The rows to show. A page does not wait for slow lists; a fragment is made only after they have been read."""
        board = Board(self.gbp, query, self.project_names)
        self.has_news = self.gbp.has_pending_lists and board.has_rows_without_statuses(self._lacks_rows)
        if not self.is_unfinished:
            board.fill_in()
        return board

    def _tables(self, query: Query) -> Context:
        board = self._board(query)
        sections = self._fresh_sections(board)
        rows = [row for section in sections for row in section.page_rows]
        names = self._names(board, rows)
        automatic.name(self.gbp, rows, names)
        if self.is_fragment:
            beneath.of(self.gbp, rows)
        self._note(sections)
        return {
            'board': board,
            'asked': len(board.kinds),
            **asked_beneath(),
            'kind_links': self._kind_links(query),
            'tables': [self._table(section, names) for section in sections if section.is_shown],
            **_unread(board, sections, unreadable(self.gbp)),
            **_notices(sections),
            'without_filter': _without_filter(board, sections),
            # It is not known whether kinds match that could not be read.
            **({} if board.in_neutron.is_complete else {'unmatched': []}),
        }

    def _names(self, board: Board, rows: list[Resource]) -> dict[str, dict[str, str]]:
        """Return {collection: {id: name}} of what the tables name; a search has read names already."""
        shown = searched.related_ids(rows)
        lacking = {name: [id_ for id_ in ids if id_ not in board.names.get(name, {})] for name, ids in shown.items()}
        read = self.gbp.names(lacking)
        return {name: {**board.names.get(name, {}), **read.get(name, {})} for name in shown}

    def _note(self, sections: list[Section]) -> None:
        """The script polls at once the rows whose objects beneath have not been read yet."""
        asked = beneath.kinds()
        for section in sections:
            lacking = [row for row in section.page_rows if section.kind in asked and beneath.is_unknown(row)]
            if lacking:
                self.gbp.note(section.listing, lacking)

    def _fresh_sections(self, board: Board) -> list[Section]:
        """The tables, made again where reading the rows of their open pages has changed any status.

        Rows that are gone, or have another place in the order now, are replaced by rows that have to be read as well.
        """
        sections = self._sections(board)
        for _round in range(MAX_REFRESH_ROUNDS):
            if not board.freshen([row for section in sections for row in section.open_rows]):
                break
            sections = self._sections(board)
        return sections

    def _kind_links(self, query: Query) -> list[tuple[str, str, bool]]:
        """The kinds of the tab, each with the address that shows it alone."""
        kinds = self.gbp.served(registry.in_tab(query.tab))
        links = [
            (kind.label_plural, query.address(kind=kind.collection), query.kind == kind.collection) for kind in kinds
        ]
        return links if len(links) > 1 else []

    def _sections(self, board: Board) -> list[Section]:
        size = page_size(self.request, board.query)
        main = board.query.kind or (board.kinds[0].collection if board.kinds else '')
        return [_section(board, kind, size, board.query.page if kind.collection == main else 1) for kind in board.kinds]

    def _table(self, section: Section, names: dict[str, dict[str, str]]) -> tables.StatusTable:
        table = tables.table_class(section.kind, self.scope)
        return table(self.request, section, self.scope, names, self.project_names)


def _without_filter(board: Board, sections: list[Section]) -> list[tuple[Kind, int]]:
    """Return (kind, number) of what the search finds of kinds of which the filter lets nothing through."""
    found = [(one.kind, sum(not row.unverified for row in board.found(one.kind))) for one in sections if not one.rows]
    return [(kind, number) for kind, number in found if number]


def _notices(sections: list[Section]) -> Context:
    """Return what a page says of its tables beside them."""
    return {
        'missing': _missing(sections),
        'cooling_down': _cooling_down([section.listing for section in sections]),
        'hidden': sum(len(section.open_rows) - len(section.page_rows) for section in sections),
        'unmatched': [section.kind for section in sections if section.is_unmatched],
        'stale': sum(section.stale for section in sections),
    }


def _unread(board: Board, sections: list[Section], unreadable_rows: list[tuple[Kind | NeutronKind, int]]) -> Context:
    """Return what could not be read."""
    failed = [(section.kind, section.listing.failure) for section in sections if section.has_failed]
    return {
        'unread': [*failed, *board.unread_beneath],
        'unreadable': unreadable_rows,
        'nothing_read': len(failed) == len(sections),
    }


def _missing(sections: list[Section]) -> list[Context]:
    """Return what is said once of the tables that have in common what their lists lack."""
    found: dict[tuple[bool, ...], list[tuple[Section, Preview]]] = {}
    for section in sections:
        preview = section.preview
        if preview and not preview.has_failed:
            lacking = preview.pending, preview.has_all_rows, bool(preview.listed_at)
            found.setdefault(lacking, []).append((section, preview))
    return [
        {
            'kinds': [section.kind for section, _preview in some],
            # What all of them have in common stands in each.
            'preview': some[0][1],
            'listed_at': min(preview.listed_at for _section, preview in some),
            'is_all_fresh': not any(section.stale for section, _preview in some),
        }
        for some in found.values()
    ]


def _cooling_down(listings: list[Listing]) -> Context | None:
    """Return the kinds whose statuses were read earlier than their rows, and when the first of them were; or None."""
    found = [listing for listing in listings if listing.statuses_at]
    return {'kinds': [one.kind for one in found], 'at': min(one.statuses_at for one in found)} if found else None


def _section(board: Board, kind: Kind, size: int, page: int) -> Section:
    open_page = Paginator(board.ordered(kind), size).get_page(page)
    listing, preview = board.listings[kind.collection], board.previews.get(kind.collection)
    folded = board.automatic(kind) if board.query.folds else 0
    return Section(listing, board.query, open_page, preview, folded)


def _tab_address(query: Query, tab: Tab) -> str:
    """A tab keeps project, search and filter; the order belongs to the tab that was left."""
    return query.for_other_tab.address(tab=tab.slug)
