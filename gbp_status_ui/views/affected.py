# SPDX-License-Identifier: Apache-2.0
"""What depends on one resource: a part of its page that comes after it, since long lists take their time."""

from django.http import Http404
from django.http import JsonResponse
from django.template.loader import render_to_string
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.views import View

from gbp_status_ui.health import automatic
from gbp_status_ui.health import beneath
from gbp_status_ui.health import dependants
from gbp_status_ui.health import sightings
from gbp_status_ui.model import answers
from gbp_status_ui.views.base import in_words
from gbp_status_ui.views.base import kind_or_404
from gbp_status_ui.views.base import ScopedView
from gbp_status_ui.views.base import unreadable

#: What this part of the page is called.
NAME = 'affected'

#: How many of those that depend on a resource are listed; the others are counted.
LISTED = 100


class AffectedView(ScopedView, View):
    """``GET <kind>/<id>/affected/`` -> ``{"fragments": {"affected": "<HTML>"}, "pending": []}``; see LinesView."""

    background = True

    #: Whether something of what depends on the resource is still being read.
    is_waiting = False

    @property
    def comes_back(self):
        return self.is_waiting

    def get(self, request, collection, resource_id):
        """Answer 200, 404 where there is no such resource, or 503 where GBP does not say."""
        found = self.gbp.show(kind_or_404(collection), resource_id)
        if not isinstance(found, answers.Failure):
            beneath.of(self.gbp, [found])
            depending = dependants.of(self.gbp, found)
            self.is_waiting = depending.is_pending
            part = self._part(found, depending)
            return JsonResponse({'fragments': {NAME: part}, 'pending': [NAME] if self.is_waiting else []})
        if found.reason is answers.Reason.GONE:
            raise Http404(_('There is no such resource: %s') % resource_id)
        self.failed_for = found.reason.value
        return JsonResponse({'error': in_words(found)}, status=503)

    def _part(self, resource, found):
        automatic.name(self.gbp, found.rows, automatic.names_of([resource, *found.rows]))
        sightings.note(self.gbp, found.rows)
        context = {
            'resource': resource,
            # Few depend on another project's, and the names may cost a call to Keystone.
            'project_names': SimpleLazyObject(lambda: self.project_names),
            'dependants': found,
            'unreadable': unreadable(self.gbp),
            'rows': found.rows[:LISTED],
            'others': max(0, len(found.rows) - LISTED),
            'stale': sum(not row.fresh for row in found.rows),
            'scope': self.scope,
        }
        # Not with the request: Horizon's context processors would ask Keystone for the user's projects.
        return render_to_string('gbp_status_ui/_affected.html', context)
