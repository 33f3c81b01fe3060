# SPDX-License-Identifier: Apache-2.0
"""What all views share: the scope, the door to GBP, and the cost of the answer."""

from __future__ import annotations

from collections.abc import Mapping
import datetime
import functools
import hashlib
from typing import Any

from django.http import Http404
from django.http import HttpResponse
from django.http import JsonResponse
from django.http import QueryDict
from django.template.loader import render_to_string
from django.urls import get_resolver
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.cache import patch_vary_headers
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.views import View

from horizon import exceptions as horizon_exceptions
from horizon import views
from horizon.utils import functions

from gbp_status_ui.caching.freshness import NOT_BEFORE
from gbp_status_ui.model import neutron
from gbp_status_ui.model import registry
from gbp_status_ui.model import scope as scopes
from gbp_status_ui.model import texts
from gbp_status_ui.model.answers import Failure
from gbp_status_ui.model.kinds import Kind
from gbp_status_ui.model.neutron import NeutronKind
from gbp_status_ui.model.scope import Scope
from gbp_status_ui.model.types import ProjectNames
from gbp_status_ui.model.types import Request
from gbp_status_ui.service import api
from gbp_status_ui.service import projects
from gbp_status_ui.templatetags import gbp_status as templatetags
from gbp_status_ui.views.background import UnwrittenSession

#: The header by which a script asks for the fragment of a page that may change.
FRAGMENT = 'Gbp-Status-Fragment'

#: What a template is given, by name.
Context = dict[str, Any]


class ScopedView(View):
    """A view of one of the two panels; ``scope`` is given where the panel's addresses are.

    A ``background`` view is asked by scripts alone, whoever else may send its address.
    """

    request: Request
    scope = scopes.PROJECT
    background = False

    #: Whether something is still being read, besides lists of GBP.
    is_waiting = False

    #: Why there is no answer, for scripts: the value of a :class:`Reason`, or 'login' where the service refuses that.
    failed_for = ''

    @property
    def opens_page(self) -> bool:
        """Whether the answer is a page with Horizon's frame."""
        return False

    @property
    def not_before(self) -> str:
        """The not-before time, where the address says it; a link that somebody sends must not."""
        return ''

    @property
    def will_retry(self) -> bool:
        """Whether the page asks this address again for what is pending."""
        return self.is_waiting or self.gbp.has_pending_lists

    @functools.cached_property
    def gbp(self) -> api.Gbp:
        return api.Gbp(self.request, self.scope, self.not_before)

    @functools.cached_property
    def parameters(self) -> QueryDict:
        """The parameters of the address, their names and values clean: views show some of them."""
        found = QueryDict(mutable=True)
        for name, values in self.request.GET.lists():
            found.setlist(texts.clean(name), texts.cleaned(values))
        return found

    @functools.cached_property
    def project_names(self) -> ProjectNames:
        if not self.scope.all_projects:
            return projects.own(self.request, self.opens_page)
        return projects.every(self.request, self.gbp.connection.deadline.left, self.opens_page)

    def rendered(self, template: str, context: Context) -> str:
        """Return the HTML of a fragment. Few show names of projects, which may cost a call to Keystone."""
        names = SimpleLazyObject(lambda: self.project_names)
        # Not with the request: Horizon's context processors would ask Keystone for the user's projects.
        return render_to_string(template, {'scope': self.scope, 'project_names': names, **context})

    def dispatch(self, request: Request, *args: str, **kwargs: str) -> HttpResponse:
        """Answer, and say what that cost (W3C Server Timing), how old it is (RFC 9111: Age) and of whose resources."""
        if self.background or is_background(request):
            request.session = UnwrittenSession(request.session)
            # Horizon does that for pages alone: the thread may still have the time zone of the user it served before.
            timezone.activate(time_zone(request))
        response = self._respond(request, *args, **kwargs)
        spent = self.gbp.connection
        response.headers['Server-Timing'] = f'gbp;dur={spent.seconds * 1000:.1f};desc="{spent.calls}"'
        response.headers['Gbp-Status-Scope'] = viewer_digest(request, self.scope)
        response.headers['Age'] = str(self.gbp.shared.age)
        if self.failed_for:
            response.headers['Gbp-Status-Reason'] = self.failed_for
        if self.will_retry:
            # For scripts: when to retry what is pending.
            response.headers['Retry-After'] = str(self.gbp.retry_after_seconds)
            response.headers[NOT_BEFORE] = self.gbp.shared.not_before
        # Only the user's browser may cache an answer, and it must not guess another type of content.
        patch_cache_control(response, private=True)
        patch_vary_headers(response, ['Cookie'])
        response.headers['X-Content-Type-Options'] = 'nosniff'
        return response

    def _respond(self, request: Request, *args: str, **kwargs: str) -> HttpResponse:
        """Answer errors here: a raised one would lack the headers of all other answers. 404 is Horizon's own page.

        A script opens the login only when the session has ended, and Horizon answers that before this view. If Neutron
        refuses the token, that may be temporary. A page that a user opens leads to the login, as in other panels.
        """
        try:
            return super().dispatch(request, *args, **kwargs)
        except Http404 as missing:
            return get_resolver().resolve_error_handler(404)(request, exception=missing)
        except horizon_exceptions.NotAuthenticated:
            if not is_background(request):
                raise
            self.failed_for = 'login'
            return HttpResponse(_('The network service does not accept your login at the moment.'), status=503)


class LaterView(ScopedView):
    """A fragment that a script reads after its page or popover; the script retries it while it ``is_waiting``."""

    background = True

    @property
    def will_retry(self) -> bool:
        return self.is_waiting

    def answer(self, made: Mapping[str, tuple[str, bool]], **further: object) -> JsonResponse:
        """Answer fragments, {name: (HTML, whether it is pending)}; one that is pending may have no HTML yet."""
        pending = [name for name, (_html, is_pending) in made.items() if is_pending]
        self.is_waiting = bool(pending)
        fragments = {name: html for name, (html, _is_pending) in made.items() if html}
        return JsonResponse({'fragments': fragments, 'pending': pending, **further})

    def answer_failure(self, failure: Failure) -> JsonResponse:
        self.failed_for = failure.reason.value
        return JsonResponse({'error': in_words(failure)}, status=503)


class ReadAgain(ScopedView, views.HorizonTemplateView):
    """A page whose script asks for a fragment of it again: ``fragment_template_name``, without Horizon's frame.

    While GBP is still being read for the fragment there is none: the answer is 202, and the script asks again.
    """

    fragment_template_name = ''

    @property
    def is_fragment(self) -> bool:
        return FRAGMENT in self.request.headers

    @property
    def opens_page(self) -> bool:
        return not self.is_fragment

    @property
    def is_unfinished(self) -> bool:
        return self.is_fragment and self.will_retry

    def get_template_names(self) -> list[str]:
        return [self.fragment_template_name] if self.is_fragment else super().get_template_names()

    def render_to_response(self, context: Context, **kwargs: Any) -> HttpResponse:
        """Answer so that no browser shows the fragment in place of the page, which has the same address."""
        response = HttpResponse(status=202) if self.is_unfinished else super().render_to_response(context, **kwargs)
        patch_vary_headers(response, [FRAGMENT])
        if self.is_fragment:
            patch_cache_control(response, no_store=True)
        return response


def is_background(request: Request) -> bool:
    """Say whether a script of a page sends this request, not the user."""
    return request.headers.get('X-Requested-With') == 'XMLHttpRequest'


def time_zone(request: Request) -> datetime.tzinfo:
    """Return the time zone of the user's settings, or the dashboard's own.

    Horizon activates it for pages alone: a request of a script would get that of the user its thread served before.
    """
    try:
        with timezone.override(functions.get_timezone(request)):
            return timezone.get_current_timezone()
    except (KeyError, ValueError, OSError):
        # The name may lie in a cookie, with anything in it.
        return timezone.get_default_timezone()


def viewer_digest(request: Request, scope: Scope) -> str:
    """Return a digest of user, project and region: a session may switch to another project or region.

    It is a digest since a header cannot hold every name of a region.
    """
    user = request.user
    place = (user.services_region, '' if scope.all_projects else user.project_id)
    return hashlib.sha256(repr(place).encode()).hexdigest()[:16]


def in_words(failure: Failure) -> str:
    """Return why something could not be read, as a user is told: a failure's message may name a host or a path."""
    return render_to_string('gbp_status_ui/_failure.html', templatetags.gbp_status_failure(failure)).strip()


def unread(gbp: api.Gbp) -> list[tuple[Kind | NeutronKind, Failure]]:
    """Return (kind, failure) of what could not be read while a page was made."""
    return [(_kind(collection), failure) for collection, failure in gbp.unread.items()]


def unreadable(gbp: api.Gbp) -> list[tuple[Kind | NeutronKind, int]]:
    """Return (kind, number) of the rows that could not be used while a page was made."""
    return [(_kind(collection), number) for collection, number in gbp.unreadable.items() if number]


def _kind(collection: str) -> Kind | NeutronKind:
    """Return the entry of a collection of GBP, or of Neutron."""
    return registry.BY_COLLECTION.get(collection) or neutron.BY_COLLECTION[collection]


def kind_or_404(collection: str) -> Kind:
    """Return the registry's entry of a kind in an address."""
    if collection not in registry.BY_COLLECTION:
        raise Http404(_('There is no kind of resource named %s.') % collection)
    return registry.BY_COLLECTION[collection]
