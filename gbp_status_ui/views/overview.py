# SPDX-License-Identifier: Apache-2.0
"""The fragments of the overview that come after it: the complete list of problems, and a line a kind with counts."""

from __future__ import annotations

from collections.abc import Sequence
import dataclasses

from django.http import JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from gbp_status_ui.health import beneath
from gbp_status_ui.health import certainty
from gbp_status_ui.health import summary
from gbp_status_ui.health.board import chips
from gbp_status_ui.health.problems import Problems
from gbp_status_ui.health.query import Query
from gbp_status_ui.model import registry
from gbp_status_ui.model import statuses
from gbp_status_ui.model.answers import Failure
from gbp_status_ui.model.answers import Reason
from gbp_status_ui.model.kinds import Kind
from gbp_status_ui.model.resource import Listing
from gbp_status_ui.model.resource import Listings
from gbp_status_ui.model.types import Request
from gbp_status_ui.views import bars
from gbp_status_ui.views.base import LaterView
from gbp_status_ui.views.base import ScopedView
from gbp_status_ui.views.base import unreadable
from gbp_status_ui.views.map import MapPage
from gbp_status_ui.views.page import stretched_heartbeat
from gbp_status_ui.views.problem_list import OVERVIEW
from gbp_status_ui.views.problem_list import ProblemList

#: What the list of problems is called among the fragments, which are called by their kinds otherwise.
PROBLEMS = 'problems'

#: What the first sentence is called among them.
SUMMARY = 'summary'

#: What the map is called among them; it stands in place of the list of problems.
MAP = 'map'

_LABELS = {PROBLEMS: _lazy('Problems'), SUMMARY: _lazy('Summary'), MAP: _lazy('Map')}


class LinesView(LaterView):
    """``GET overview/?kind=problems&kind=a&kind=b`` -> ``{"fragments": {"<kind>": "<HTML>"}, "pending": ["<kind>"]}``.

    A page asks in one request for all fragments that it lacks, and asks again for those that are pending. The other
    parameters are those of the page. ``heartbeat`` says after how many seconds the page reads all again.
    """

    @property
    def will_retry(self) -> bool:
        return super().will_retry or self.gbp.has_pending_lists

    def get(self, request: Request) -> JsonResponse:
        asked = self.parameters.getlist('kind')
        unknown = [name for name in asked if name not in (*_LABELS, *registry.BY_COLLECTION)]
        if unknown:
            return JsonResponse({'error': _('There is no kind of resource named %s.') % unknown[0]}, status=400)
        found = fragments(self, asked, Query.of(self.parameters, OVERVIEW.slug))
        made = {fragment.name: (fragment.html, fragment.is_pending) for fragment in found}
        return self.answer(made, heartbeat=stretched_heartbeat(self.gbp))


@dataclasses.dataclass(frozen=True)
class Fragment:
    """One fragment of the page, called by its kind; one that is pending may have no HTML yet.

    ``is_well`` is said of a kind of which nothing is broken or being built.
    """

    name: str
    html: str
    is_pending: bool
    is_well: bool = False

    @property
    def label(self) -> str:
        return _LABELS.get(self.name) or registry.BY_COLLECTION[self.name].label_plural


def fragments(view: ScopedView, asked: Sequence[str], query: Query) -> list[Fragment]:
    """Return the :class:`Fragment` objects of some names, in their order, from lists that were made side by side."""
    kinds = [registry.BY_COLLECTION[name] for name in asked if name not in _LABELS]
    problems = Problems(view.gbp, query, view.project_names) if set(asked) & set(_LABELS) else None
    found = _fragments_of_all(view, problems, query, asked) if problems else {}
    listings = problems.listings if problems else view.gbp.listings(view.gbp.served(kinds), query.project)
    in_neutron = problems.in_neutron if problems else _beneath(view, listings, query.project)
    found |= {kind.collection: _line_fragment(view, listings, kind, query.project, in_neutron) for kind in kinds}
    return [found[name] for name in asked]


def _fragments_of_all(view: ScopedView, problems: Problems, query: Query, asked: Sequence[str]) -> dict[str, Fragment]:
    """Return {name: Fragment} of those that count the rows of all kinds.

    The list of problems, or the map, reads again what it shows; the first sentence counts what comes of that.
    """
    shown = [name for name in _SHOWN if name in asked] or [MAP if query.is_map else PROBLEMS]
    pages = {name: _SHOWN[name][0](view, query, problems) for name in shown}
    context = {'query': query, 'unreadable': unreadable(view.gbp)}
    found = {
        name: Fragment(name, view.rendered(_SHOWN[name][1], {**context, 'page': page}), page.is_pending)
        for name, page in pages.items()
        if name in asked
    }
    if SUMMARY in asked:
        said = {'summary': summary.of(problems), 'problems': problems, 'query': query}
        found[SUMMARY] = Fragment(SUMMARY, view.rendered('gbp_status_ui/_summary.html', said), problems.is_pending)
    return found


#: {name: (what reads again what it shows, and says it; its template)}.
_SHOWN: dict[str, tuple[type[ProblemList | MapPage], str]] = {
    PROBLEMS: (ProblemList, 'gbp_status_ui/_problems.html'),
    MAP: (MapPage, 'gbp_status_ui/_map.html'),
}


def _beneath(view: ScopedView, listings: Listings, project: str) -> beneath.InScope | None:
    """Return the problems beneath the rows of lines that are read without the list of problems."""
    rows = [row for listing in listings.values() if listing.kind in beneath.kinds() for row in listing.rows]
    return beneath.in_scope(view.gbp, rows, project) if rows else None


def _line_fragment(
    view: ScopedView, listings: Listings, kind: Kind, project: str, in_neutron: beneath.InScope | None
) -> Fragment:
    # The API may lack a kind that an old page asks for.
    listing = listings.get(kind.collection) or Listing(kind, failure=Failure(Reason.GONE))
    html = '' if listing.is_pending else _line(view, listing, project, in_neutron)
    return Fragment(kind.collection, html, listing.is_pending, _is_well(listing, in_neutron))


def _is_well(listing: Listing, in_neutron: beneath.InScope | None) -> bool:
    is_read = not (listing.failure or listing.unreadable or listing.stale)
    # Nothing beneath the rows is lacking.
    is_complete = in_neutron is None or in_neutron.is_complete or listing.kind not in beneath.kinds()
    return is_read and is_complete and not any(row.condition.explained for row in listing.rows)


def _line(view: ScopedView, listing: Listing, project: str, in_neutron: beneath.InScope | None) -> str:
    query = Query(tab=listing.kind.tab, kind=listing.kind.collection, project=project)
    known = certainty.of([listing])
    found = chips(listing.rows, query, in_neutron, known)
    shown = [chip for chip in found if chip.count and not chip.certainty.is_pending]
    context = {
        'listing': listing,
        'certainty': known,
        'unreadable': [(listing.kind, listing.unreadable)] if listing.unreadable else [],
        'url': query.address(),
        'chips': shown,
        # What is a problem beneath is counted by GBP's word, too.
        'bar': bars.of([chip for chip in shown if chip.status is not statuses.BENEATH]),
        'well': _is_well(listing, in_neutron),
    }
    return view.rendered('gbp_status_ui/_overview_line.html', context)
