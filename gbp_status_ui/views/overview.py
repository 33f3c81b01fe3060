# SPDX-License-Identifier: Apache-2.0
"""The overview's parts that come after the page: the complete list of problems, and a line a kind with its counts."""

import dataclasses
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
from gbp_status_ui.service.api import Listing
from gbp_status_ui.views.base import ScopedView
from gbp_status_ui.views.base import unreadable
from gbp_status_ui.views.problem_list import OVERVIEW
from gbp_status_ui.views.problem_list import ProblemList

#: What the list of problems is called among the parts, which are called by their kinds otherwise.
PROBLEMS = 'problems'

#: One of so many parts of a line's bar is the smallest that is drawn.
SMALLEST_SHARE = 50


class LinesView(ScopedView, View):
    """``GET overview/?kind=problems&kind=a&kind=b`` -> ``{"fragments": {"<kind>": "<HTML>"}, "reading": ["<kind>"]}``.

    A page asks for each part by itself at first, and later for those that change at once; it comes back for those that
    are still being read. The other parameters are those of the page.
    """

    background = True

    def get(self, request):
        asked = self.parameters.getlist('kind')
        unknown = [name for name in asked if name not in (PROBLEMS, *registry.BY_COLLECTION)]
        if unknown:
            return JsonResponse({'error': _('There is no kind of resource named %s.') % unknown[0]}, status=400)
        parts = _parts(self, asked, Query.of(self.parameters, OVERVIEW.slug))
        fragments = {part.name: part.html for part in parts if part.html}
        return JsonResponse({'fragments': fragments, 'reading': [part.name for part in parts if part.is_reading]})


@dataclasses.dataclass(frozen=True)
class _Part:
    """One part of the page; one that is still being read may have no HTML yet."""

    name: str
    html: str
    is_reading: bool


def _parts(view, asked, query):
    problems = [_problems(view, query)] if PROBLEMS in asked else []
    kinds = [registry.BY_COLLECTION[name] for name in asked if name != PROBLEMS]
    return problems + _lines(view, kinds, query.project)


def _problems(view, query):
    found = ProblemList(view, query, full=True)
    if found.problems.unknown:
        # What the page shows already, says more.
        return _Part(PROBLEMS, '', is_reading=True)
    context = {'list': found, 'unreadable': unreadable(view.gbp), 'query': query, 'scope': view.scope}
    html = render_to_string('gbp_status_ui/_problems.html', context)
    return _Part(PROBLEMS, html, bool(found.problems.reading))


def _lines(view, kinds, project):
    """Return the parts of kinds that were listed side by side just now."""
    served = view.gbp.served(kinds)
    absent = [Listing(kind, failure=Failure(Reason.GONE)) for kind in kinds if kind not in served]
    listings = [*absent, *view.gbp.listings(served, project).values()]
    return [
        _Part(one.kind.collection, '' if one.is_reading else _line(view, one, project), one.is_reading)
        for one in listings
    ]


def _line(view, listing, project):
    query = Query(tab=listing.kind.tab, kind=listing.kind.collection, project=project)
    shown = [chip for chip in chips(listing.rows, query) if chip.count]
    context = {
        'listing': listing,
        'unreadable': [(listing.kind, listing.unreadable)] if listing.unreadable else [],
        'scope': view.scope,
        'url': query.address(),
        'chips': shown,
        'bar': _bar(shown),
        'well': not listing.unreadable and not any(row.status.explained for row in listing.rows),
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
