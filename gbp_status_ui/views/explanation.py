# SPDX-License-Identifier: Apache-2.0
"""What more is known of a resource: what is beneath it, which related one is to blame, and a text to hand on.

An open popover loads it.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from gbp_status_ui.health import causes
from gbp_status_ui.health import chain_path
from gbp_status_ui.health import dependants
from gbp_status_ui.health import sightings
from gbp_status_ui.health.causes import Related
from gbp_status_ui.model import answers
from gbp_status_ui.model import texts
from gbp_status_ui.model.answers import Failure
from gbp_status_ui.model.neutron import NeutronObject
from gbp_status_ui.model.resource import Resource
from gbp_status_ui.model.types import Request
from gbp_status_ui.views import beneath
from gbp_status_ui.views import ways_over
from gbp_status_ui.views.base import in_words
from gbp_status_ui.views.base import kind_or_404
from gbp_status_ui.views.base import LaterView
from gbp_status_ui.views.base import time_zone
from gbp_status_ui.views.base import unread
from gbp_status_ui.views.base import unreadable


class ExplanationView(LaterView):
    def get(self, request: Request, collection: str, resource_id: str) -> HttpResponse:
        """Answer a fragment of HTML, 404 where the resource is gone, or 503 where GBP does not say."""
        found = self.gbp.show(kind_or_404(collection), resource_id)
        if isinstance(found, answers.Failure):
            return self._failed(found)
        related, self.is_waiting = beneath.of(self.gbp, found, lambda: causes.built_from(self.gbp, found))
        sightings.note(self.gbp, [found])
        broken_ways = ways_over.broken(self, found)
        self.is_waiting |= broken_ways.get('ways_are_pending', False)
        explained_by, suspects = chain_path.explaining(found, related)
        context = {
            **broken_ways,
            'resource': found,
            'names': (found.beneath or found).fabric_names,
            'causes': explained_by,
            'suspects': suspects,
            'affected': self._affected(found),
            'is_waiting': self.is_waiting,
            'neutron_is_read': _is_read(found, related),
            # Each kind once.
            'unread': list(dict([*unread(self.gbp), *broken_ways.get('ways_unread', [])]).items()),
            'unreadable': unreadable(self.gbp),
            'project_name': self.project_names[found.project_id],
            'region': texts.clean(request.user.services_region),
            'objects': self._remarkable(found),
            'own_address': request.build_absolute_uri(self.scope.url('detail', collection, resource_id)),
            **_moment(request),
        }
        return HttpResponse(self.rendered('gbp_status_ui/_explanation.html', context))

    def _remarkable(self, resource: Resource) -> list[tuple[NeutronObject, str]]:
        """What is beneath a resource and worth a word, each with Horizon's own page of it."""
        remarkable = resource.beneath.remarkable if resource.beneath else []
        found = beneath.objects(self.request, self.scope, resource)
        return [(one, address) for one, address in found if one in remarkable]

    def _affected(self, resource: Resource) -> dependants.Dependants | None:
        """What depends on a resource matters where something is wrong."""
        is_wrong = resource.status.explained or (resource.beneath and resource.beneath.unwell)
        return dependants.stored(self.gbp, resource) if is_wrong else None

    def _failed(self, failure: Failure) -> HttpResponse:
        if failure.reason is answers.Reason.GONE:
            # Not raised, so that it says of which project and region it is: in another one there is no such resource.
            return HttpResponse(_('The resource has been deleted.'), status=404)
        self.failed_for = failure.reason.value
        return HttpResponse(in_words(failure), status=503)


def _is_read(resource: Resource, related: Iterable[Related]) -> bool:
    """Say whether Neutron has said anything of a resource, or of what it is built from."""
    return any(one.beneath and one.beneath.objects for one in (resource, *(one.resource for one in related)))


def _moment(request: Request) -> dict[str, str]:
    """Return when this is said, as the user's time zone has it (ISO 8601), and what that zone is called."""
    zone = time_zone(request)
    return {'now': timezone.localtime(timezone.now(), zone).isoformat(timespec='seconds'), 'time_zone': str(zone)}
