# SPDX-License-Identifier: Apache-2.0
"""What is beneath one resource as its page and its popover show it: its objects, and Horizon's own pages of them."""

from __future__ import annotations

from collections.abc import Callable

from django.urls import NoReverseMatch
from django.urls import reverse

import horizon
from horizon import base

from gbp_status_ui.health import beneath
from gbp_status_ui.health.causes import Related
from gbp_status_ui.model.neutron import NeutronObject
from gbp_status_ui.model.resource import Resource
from gbp_status_ui.model.scope import Scope
from gbp_status_ui.model.types import Request
from gbp_status_ui.service.api import Gbp

#: {collection: (panel, page)} of Horizon, the same in both dashboards; of address scopes it has none.
_PAGES = {
    'networks': ('networks', 'detail'),
    'subnets': ('networks', 'subnets:detail'),
    'ports': ('networks', 'ports:detail'),
    'routers': ('routers', 'detail'),
}


def of(gbp: Gbp, resource: Resource, built_from: Callable[[], list[Related]]) -> tuple[list[Related], bool]:
    """Read what is beneath a resource, and beneath what it is built from where that is to explain its state.

    ``built_from()`` returns what it is built from, as related resources. Return these, none where there is nothing to
    explain, and whether some is still being read.
    """
    is_pending = any(one.is_pending for one in beneath.of(gbp, [resource]).values())
    related = built_from() if resource.condition.explained else []
    found = beneath.of(gbp, [one.resource for one in related])
    return related, is_pending or any(one.is_pending for one in found.values())


def objects(request: Request, scope: Scope, resource: Resource) -> list[tuple[NeutronObject, str]]:
    """Return [(object, address of Horizon's own page of it, '' where there is none that the user may open)]."""
    found = resource.beneath.objects if resource.beneath else ()
    return [(one, _address(request, scope, one)) for one in found]


def _address(request: Request, scope: Scope, one: NeutronObject) -> str:
    panel, page = _PAGES.get(one.kind.collection, ('', ''))
    try:
        may_open = panel and horizon.get_dashboard(scope.dashboard).get_panel(panel).can_access({'request': request})
        return reverse(f'horizon:{scope.dashboard}:{panel}:{page}', args=[one.id]) if may_open else ''
    except (base.NotRegistered, NoReverseMatch):
        # The operator has taken the panel away.
        return ''
