# SPDX-License-Identifier: Apache-2.0
"""One resource: all its attributes, its status, what it is built from and what uses it; a chain as a drawn path."""

from __future__ import annotations

from collections.abc import Iterable
import contextlib
from typing import Any
import urllib.parse

from django.http import Http404
from django.http import HttpResponse
from django.http import QueryDict
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from gbp_status_ui.health import automatic
from gbp_status_ui.health import causes
from gbp_status_ui.health import chain_path
from gbp_status_ui.health import order
from gbp_status_ui.health import sightings
from gbp_status_ui.health.query import Query
from gbp_status_ui.health.query import TAB_GROUP
from gbp_status_ui.model import answers
from gbp_status_ui.model import registry
from gbp_status_ui.model import texts
from gbp_status_ui.model.answers import Failure
from gbp_status_ui.model.kinds import Kind
from gbp_status_ui.model.resource import Resource
from gbp_status_ui.model.scope import Scope
from gbp_status_ui.model.types import Request
from gbp_status_ui.views import attributes
from gbp_status_ui.views import beneath
from gbp_status_ui.views import ways
from gbp_status_ui.views import ways_over
from gbp_status_ui.views.base import Context
from gbp_status_ui.views.base import kind_or_404
from gbp_status_ui.views.base import ReadAgain
from gbp_status_ui.views.base import unread
from gbp_status_ui.views.base import unreadable
from gbp_status_ui.views.page import page_settings
from gbp_status_ui.views.page import read_state
from gbp_status_ui.views.problem_list import OVERVIEW

#: How many of those that use a resource are shown; an L2 policy may have thousands of groups.
MAX_SHOWN_USERS = 100


class DetailView(ReadAgain):
    template_name = 'gbp_status_ui/detail.html'
    fragment_template_name = 'gbp_status_ui/_resource.html'
    page_title = '{{ heading }}'

    def get(self, request: Request, collection: str, resource_id: str) -> HttpResponse:
        """Answer 200, 404 where there is no such resource, or the status that fits why GBP did not say."""
        kind = kind_or_404(collection)
        found = self.gbp.show(kind, resource_id)
        if not isinstance(found, answers.Failure):
            return self.render_to_response(self.get_context_data(resource=found))
        if found.reason is answers.Reason.GONE or not self.gbp.has(kind.extension):
            raise Http404(_('There is no such resource: %s') % resource_id)
        return self._unreadable(kind, found)

    def _way_back(self) -> list[tuple[str, str]]:
        """The breadcrumb to the list that led here, with its search and filter."""
        query = _from_panel(self.request.headers.get('Referer', ''), self.request, self.scope)
        if query is None:
            return []
        (label,) = [tab.label for tab in (OVERVIEW, *registry.TABS) if tab.slug == query.tab]
        return [(label, self.scope.url('index') + query.address(page=query.page))]

    def _unreadable(self, kind: Kind, failure: Failure) -> HttpResponse:
        self.failed_for = failure.reason.value
        context = {'kind': kind, 'failure': failure, 'page_title': kind.label}
        status = 403 if failure.reason is answers.Reason.FORBIDDEN else 503
        return TemplateResponse(self.request, 'gbp_status_ui/unreadable.html', context, status=status)

    def get_context_data(self, resource: Resource, **kwargs: Any) -> Context:
        deep = causes.built_from(self.gbp, resource)
        _related, self.is_waiting = beneath.of(self.gbp, resource, lambda: deep)
        explained_by, suspects = chain_path.explaining(resource, deep)
        users = _urgent_first(causes.used_by(self.gbp, resource))
        shown = [resource, *(one.resource for one in (*deep, *users))]
        automatic.name(self.gbp, shown, automatic.names_of(shown))
        sightings.note(self.gbp, shown)
        return super().get_context_data(
            unread=unread(self.gbp),
            unreadable=unreadable(self.gbp),
            scope=self.scope,
            resource=resource,
            heading_format=_heading_format(resource),
            heading=_heading_format(resource).replace('%s', resource.title, 1),
            objects=beneath.objects(self.request, self.scope, resource),
            project_name=self.project_names[resource.project_id],
            project_names=self.project_names,
            attributes=attributes.named(resource, {one.resource.id: one.resource.title for one in deep}),
            built_from=_urgent_first(one for one in deep if one.steps == 1),
            used_by=users[:MAX_SHOWN_USERS],
            other_users=max(0, len(users) - MAX_SHOWN_USERS),
            causes=explained_by,
            suspects=suspects,
            path=chain_path.stops(resource, deep),
            has_ways=ways.has_fragment(resource.kind),
            carries_ways=ways_over.has_fragment(resource.kind),
            custom_breadcrumb=self._way_back(),
            **page_settings(self.request, self.scope),
            **read_state(self.gbp),
            **kwargs,
        )


def _from_panel(referer: str, request: Request, scope: Scope) -> Query | None:
    """Return the :class:`Query` of the panel's page that led here, or None; whatever else the header says."""
    with contextlib.suppress(ValueError):
        came_from = urllib.parse.urlsplit(referer)
        if came_from.netloc == request.get_host() and came_from.path == scope.url('index'):
            parameters = QueryDict(texts.clean(came_from.query))
            slug = parameters.get('tab', '').removeprefix(f'{TAB_GROUP}__')
            return Query.of(parameters, slug) if slug in [tab.slug for tab in (OVERVIEW, *registry.TABS)] else None
    return None


def _heading_format(resource: Resource) -> str:
    """Return the heading with ``%s`` in the place of the name: the page's script makes the heading follow a rename.

    What the backend made by itself is called so, and has its own name beside that.
    """
    if resource.title != resource.name:
        return f'%s ({resource.name})'
    # Translators: such as "Group web": the kind and the name of a resource, in the heading of its page.
    return _('%(kind)s %(name)s') % {'kind': resource.kind.label, 'name': '%s'}


def _urgent_first(related: Iterable[causes.Related]) -> list[causes.Related]:
    return sorted(related, key=lambda one: (*order.by_state(one.resource), one.label, *order.by_name(one.resource)))
