# SPDX-License-Identifier: Apache-2.0
"""What depends on one resource: a fragment of its page that comes after it, since long lists take their time."""

from __future__ import annotations

from gbp_status_ui.health import automatic
from gbp_status_ui.health import beneath
from gbp_status_ui.health import dependants
from gbp_status_ui.health import sightings
from gbp_status_ui.model.resource import Resource
from gbp_status_ui.views.base import ScopedView
from gbp_status_ui.views.base import unreadable

#: What this fragment of the page is called.
NAME = 'affected'

#: How many of those that depend on a resource are listed; the others are counted.
MAX_LISTED_ROWS = 100


def fragment(view: ScopedView, resource: Resource) -> tuple[str, bool]:
    """Return the fragment's HTML, and whether something of it is still being read."""
    beneath.of(view.gbp, [resource])
    found = dependants.of(view.gbp, resource)
    automatic.name(view.gbp, found.rows, automatic.names_of([resource, *found.rows]))
    sightings.note(view.gbp, found.rows)
    context = {
        'resource': resource,
        'dependants': found,
        'unreadable': unreadable(view.gbp),
        'rows': found.rows[:MAX_LISTED_ROWS],
        'others': max(0, len(found.rows) - MAX_LISTED_ROWS),
        'stale': sum(not row.fresh for row in found.rows),
    }
    return view.rendered('gbp_status_ui/_affected.html', context), found.is_pending
