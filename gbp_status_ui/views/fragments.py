# SPDX-License-Identifier: Apache-2.0
"""The fragments of a resource's page that come after it, since they take time: who it talks to, what depends on it."""

from __future__ import annotations

from django.http import Http404
from django.http import JsonResponse
from django.utils.translation import gettext as _

from gbp_status_ui.model import answers
from gbp_status_ui.model.kinds import Kind
from gbp_status_ui.model.types import Request
from gbp_status_ui.views import affected
from gbp_status_ui.views import ways
from gbp_status_ui.views import ways_over
from gbp_status_ui.views.base import kind_or_404
from gbp_status_ui.views.base import LaterView

#: {what a fragment is called: (whether a kind of resource has it, what makes it)}.
_FRAGMENTS = {
    ways.NAME: (ways.has_fragment, ways.fragment),
    ways_over.NAME: (ways_over.has_fragment, ways_over.fragment),
    # Anything may depend on a resource of any kind.
    affected.NAME: (lambda _kind: True, affected.fragment),
}


def of(kind: Kind) -> list[str]:
    """Return the names of the fragments of a kind's pages."""
    return [name for name, (has_fragment, _make) in _FRAGMENTS.items() if has_fragment(kind)]


class FragmentsView(LaterView):
    """``GET <kind>/<id>/fragments/?kind=ways&kind=affected``; without a ``kind`` all that the resource has.

    The answer is ``{"fragments": {"<fragment>": "<HTML>"}, "pending": ["<fragment>"]}``; see LinesView.
    """

    def get(self, request: Request, collection: str, resource_id: str) -> JsonResponse:
        """Answer 200, 404 where there is no such resource, or 503 where GBP does not say."""
        kind = kind_or_404(collection)
        known = of(kind)
        asked = self.parameters.getlist('kind') or known
        unknown = [name for name in asked if name not in known]
        if unknown:
            return JsonResponse({'error': _('There is no part named %s.') % unknown[0]}, status=400)
        found = self.gbp.show(kind, resource_id)
        if not isinstance(found, answers.Failure):
            return self.answer({name: _FRAGMENTS[name][1](self, found) for name in asked})
        if found.reason is answers.Reason.GONE:
            raise Http404(_('There is no such resource: %s') % resource_id)
        return self.answer_failure(found)
