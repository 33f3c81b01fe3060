# SPDX-License-Identifier: Apache-2.0
"""The overview's lines: one kind each, with its counts by state and its worst rows; fetched side by side."""

import itertools

from django.http import JsonResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views import View

from gbp_status_ui.health.board import chips
from gbp_status_ui.health.query import Query
from gbp_status_ui.model import registry
from gbp_status_ui.model.answers import Failure
from gbp_status_ui.model.answers import Reason
from gbp_status_ui.model.statuses import ERROR
from gbp_status_ui.service.api import Listing
from gbp_status_ui.views.base import ScopedView

#: How many errored resources a line names; the others are behind its link.
ERRORS_NAMED = 5

#: One of so many parts of a line's bar is the smallest that is drawn.
SMALLEST_SHARE = 50


class LinesView(ScopedView, View):
    """``GET overview/?kind=a&kind=b`` -> ``{"fragments": {"<kind>": "<HTML of its line>"}}``.

    A page asks for each line by itself at first, and later for those that change at once.
    """

    def get(self, request):
        asked = self.parameters.getlist('kind')
        unknown = [collection for collection in asked if collection not in registry.BY_COLLECTION]
        if unknown:
            return JsonResponse({'error': _('There is no kind of resource named %s.') % unknown[0]}, status=400)
        return JsonResponse({'fragments': _lines(self, [registry.BY_COLLECTION[collection] for collection in asked])})


def _lines(view, kinds):
    """Return {collection: HTML} of kinds that were listed side by side just now."""
    project = view.parameters.get('project', '')
    served = view.gbp.served(kinds)
    listings = view.gbp.listings(served, project)
    absent = {kind.collection: Listing(kind, failure=Failure(Reason.GONE)) for kind in kinds if kind not in served}
    return {collection: _line(view, listing, project) for collection, listing in {**absent, **listings}.items()}


def _line(view, listing, project):
    query = Query(tab=listing.kind.tab, kind=listing.kind.collection, project=project)
    errors = [row for row in listing.rows if row.status == ERROR]
    errors = query.ordered(errors, listing.kind, view.project_names)
    shown = [chip for chip in chips(listing.rows, query) if chip.count]
    context = {
        'listing': listing,
        'scope': view.scope,
        'url': query.address(),
        'errors_url': query.toggled(ERROR),
        'chips': shown,
        'bar': _bar(shown),
        'errors': errors[:ERRORS_NAMED],
        'other_errors': max(0, len(errors) - ERRORS_NAMED),
        'project_names': view.project_names,
        'transient': any(row.status.transient for row in listing.rows),
    }
    # Not with the request: Horizon's context processors would ask Keystone for the user's projects.
    return render_to_string('gbp_status_ui/_overview_line.html', context)


def _bar(shown):
    """Return the length of the bar and its parts: as long as the counts, but a few among thousands are seen."""
    shortest = sum(chip.count for chip in shown) // SMALLEST_SHARE
    lengths = [max(chip.count, shortest) for chip in shown]
    starts = itertools.accumulate(lengths, initial=0)
    # There is one start more: the end of the bar.
    parts = [{'chip': chip, 'start': start, 'length': length} for chip, start, length in zip(shown, starts, lengths)]
    return {'length': sum(lengths), 'parts': parts}
