# SPDX-License-Identifier: Apache-2.0
"""The status column in the tables of group-based-policy-ui (gbpui), put there from outside when Django is ready.

gbpui itself is not changed: its table classes get one more column, and its pages get the settings and the strip that
our script needs, in a template in front of the first table. Each row is described by gbpui's own list, so nothing is
asked of GBP for it; which extensions the API has is known from the navigation. For a table without rows the list is
asked for: gbpui shows one that could not be read as an empty one.
"""

from __future__ import annotations

from collections.abc import Callable
import functools
import importlib
import importlib.util
import logging
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from horizon import tables

from gbp_status_ui import conf
from gbp_status_ui import logs
from gbp_status_ui.gbpui import removed_names
from gbp_status_ui.model import registry
from gbp_status_ui.model import scope
from gbp_status_ui.model import statuses
from gbp_status_ui.model import texts
from gbp_status_ui.model.kinds import Kind
from gbp_status_ui.model.kinds import ReadBy
from gbp_status_ui.model.resource import Resource
from gbp_status_ui.model.types import Request
from gbp_status_ui.service import api
from gbp_status_ui.views.base import Context
from gbp_status_ui.views.base import unread
from gbp_status_ui.views.page import asked_beneath
from gbp_status_ui.views.page import page_settings

LOG = logging.getLogger(__name__)

#: Does something with a table class of gbpui, and the kind that it shows.
Task = Callable[[type[tables.DataTable], Kind], None]

#: What makes the HTML of a table.
Render = Callable[[tables.DataTable], str]


PANELS = 'gbpui.panels'
#: {panel: {table class: collection}}; releases from 17.0.0 on have no network_services.
TABLES = {
    'policytargets': {
        'PTGsTable': 'policy_target_groups',
        'ExternalPTGsTable': 'external_policies',
    },
    'network_policy': {
        'L3PolicyTable': 'l3_policies',
        'L2PolicyTable': 'l2_policies',
        'ServicePolicyTable': 'network_service_policies',
        'ExternalConnectivityTable': 'external_segments',
        'NATPoolTable': 'nat_pools',
    },
    'application_policy': {
        'ApplicationPoliciesTable': 'policy_rule_sets',
        'PolicyRulesTable': 'policy_rules',
        'PolicyClassifiersTable': 'policy_classifiers',
        'PolicyActionsTable': 'policy_actions',
    },
    'network_services': {
        'ServiceChainSpecTable': 'servicechain_specs',
        'ServiceChainNodeTable': 'servicechain_nodes',
        'ServiceChainInstanceTable': 'servicechain_instances',
        'ServiceProfileTable': 'service_profiles',
    },
}
STATUS, ACTIONS = 'status', 'actions'


class StatusColumn(tables.Column):
    """The badge of each row. A row for which it cannot be rendered keeps the bare word of the API."""

    def __init__(self, kind: Kind) -> None:
        super().__init__(STATUS, verbose_name=_('Status'))
        self.kind = kind

    def get_raw_data(self, datum: Any) -> object:
        return _rendered('gbp_status_ui/_host_cell.html', self._context, datum) or super().get_raw_data(datum)

    def _context(self, datum: Any) -> Context:
        attributes, fresh = texts.cleaned(datum.to_dict()), self.kind.read_by is ReadBy.LIST
        resource = Resource(self.kind, attributes, fresh, extensions=self._extensions)
        return {'resource': resource, 'scope': scope.PROJECT}

    @functools.cached_property
    def _extensions(self) -> tuple[str, ...]:
        """Horizon copies a column for each table of a request, so this is read once for all of its rows."""
        if not statuses.extensions_of(self.kind.collection):
            return ()
        return api.Gbp(self.table.request, scope.PROJECT).extensions_of(self.kind)


def decorate() -> None:
    """Give each table of an installed gbpui the status column, where the operator has not turned that off.

    A table to which that cannot be done stays as it was; one line in the log names all of these.
    """
    if not (conf.get('gbpui_tables') and removed_names.is_installed()):
        return
    faults = _faults(add_status)
    if faults:
        reasons = '; '.join(f'{", ".join(names)} ({fault})' for fault, names in faults.items())
        LOG.warning('No status column in these tables of group-based-policy-ui: %s. See docs/gbpui.rst.', reasons)


def missing() -> dict[str, list[str]]:
    """Return why tables of an installed gbpui are without the column: {what is wrong: [table classes]}."""
    return _faults(_look)


def _faults(task: Task) -> dict[str, list[str]]:
    faults: dict[str, list[str]] = {}
    for panel, tables_of_panel in TABLES.items():
        for name, collection in tables_of_panel.items():
            fault = _try(task, panel, name, collection)
            if fault:
                faults.setdefault(fault, []).append(name)
    return faults


def _try(task: Task, panel: str, name: str, collection: str) -> str:
    """Return what went wrong in words, '' if nothing did. gbpui may be of any release, so it may be anything."""
    try:
        table = _table(panel, name)
        if table:
            task(table, registry.BY_COLLECTION[collection])
    except Exception as fault:  # noqa: BLE001 -- decorate() logs it
        return logs.described(fault)
    return ''


def _table(panel: str, name: str) -> type[tables.DataTable] | None:
    """Return a table class; None where this release of gbpui has no such panel."""
    if not importlib.util.find_spec(f'{PANELS}.{panel}'):
        return None
    return getattr(importlib.import_module(f'{PANELS}.{panel}.tables'), name)


def _look(table: type[tables.DataTable], _kind: Kind) -> None:
    is_ours = isinstance(table._columns.get(STATUS), StatusColumn)  # noqa: SLF001 -- see add_status()
    if not is_ours:
        raise LookupError('they have other columns')


def add_status(table: type[tables.DataTable], kind: Kind) -> None:
    """Give a table class the status column of a kind, before its actions and in place of a column ``status``."""
    # Horizon makes each table's columns of these; the public base_columns have no effect once the class is made.
    columns = dict(table._columns)  # noqa: SLF001
    actions = {ACTIONS: columns.pop(ACTIONS)} if ACTIONS in columns else {}
    columns.pop(STATUS, None)
    render = _with_host(table.render, kind)
    # Only now, when nothing can go wrong any more.
    table._columns = {**columns, STATUS: StatusColumn(kind), **actions}  # noqa: SLF001
    table.render = render


def _with_host(render: Render, kind: Kind) -> Render:
    @functools.wraps(render)
    def with_host(table: tables.DataTable) -> str:
        shown, is_empty = render(table), not table.data
        for above in (_unread(table.request, kind) if is_empty else '', _host(table.request)):
            # A safe text plus a safe text is safe. Plus '', which is not marked as safe, the table would be escaped.
            shown = above + shown if above else shown
        return shown

    return with_host


def _unread(request: Request, kind: Kind) -> str:
    """Return why the list of a kind could not be read, '' if it could or if that is not known yet."""
    return _rendered('gbp_status_ui/_host_unread.html', _unread_context, request, kind)


def _unread_context(request: Request, kind: Kind) -> Context:
    gbp = api.Gbp(request, scope.PROJECT)
    gbp.listings(gbp.served([kind]))
    return {'unread': unread(gbp)}


def _host(request: Request) -> str:
    """Return what a page needs beside its tables, once a request: a page of gbpui has several of them."""
    if getattr(request, 'gbp_status_host', False):
        return ''
    request.gbp_status_host = True
    return _rendered('gbp_status_ui/_host.html', _host_context, request)


def _host_context(request: Request) -> Context:
    return {'request': request, **page_settings(request, scope.PROJECT), **asked_beneath()}


def _rendered(template: str, context: Callable[..., Context], *arguments: object) -> str:
    """Return a template rendered with ``context(*arguments)``; '' where that fails: the page is not ours to break."""
    try:
        return render_to_string(template, context(*arguments))
    except Exception as fault:  # noqa: BLE001 -- logged, once a minute and not once a row
        line = 'A page of group-based-policy-ui goes without %s: %s'
        logs.once_a_minute(LOG.warning, (template, type(fault).__name__), line, template, logs.described(fault))
        return ''
