# SPDX-License-Identifier: Apache-2.0
"""What a page shows of a kind whose full list is missing, because it is pending or timed out.

GBP finds in milliseconds, at any size, what it has stored as a problem and what has a given name or id; the statuses of
these are fresh. If a list without statuses is much quicker, the other rows come from that. Otherwise their order and
pages are those of the last list that anybody with the same rights has read; a row of it is shown only after it has been
read again.
"""

import dataclasses
from typing import Optional

from gbp_status_ui.health.query import Query
from gbp_status_ui.model.answers import Failure
from gbp_status_ui.model.answers import Reason
from gbp_status_ui.model.resource import Listing
from gbp_status_ui.model.resource import Resource
from gbp_status_ui.model.types import ProjectNames
from gbp_status_ui.service.api import Gbp

#: How many rows of the last list are read again if they were problems in it, or if a search finds them in it.
MAX_RECHECKED_ROWS = 300


@dataclasses.dataclass(frozen=True)
class Preview:
    """The rows of one kind that are known.

    ``pending`` says that the full list is still being read, ``has_all_rows`` that only statuses are lacking.
    ``listed_at`` is when the last list was asked for, in seconds since 1970; 0 where the cache has none. ``failure`` is
    why not even the stored problems could be read.
    """

    pending: bool
    rows: list[Resource]
    has_all_rows: bool
    listed_at: float
    failure: Optional[Failure]

    @property
    def has_failed(self) -> bool:
        """Whether nothing is known, and nothing is pending."""
        is_final = self.failure is not None and self.failure.reason is not Reason.BUSY
        return not self.pending and is_final and not self.rows


def of(gbp: Gbp, listings: list[Listing], query: Query, project_names: ProjectNames) -> dict[str, Preview]:
    """Return {collection: :class:`Preview`} of listings that are missing."""
    kinds = [listing.kind for listing in listings]
    # Started first and waited for last: it may take as long as with statuses, or come before the stored problems.
    gbp.without_statuses(kinds, query.project, hold_seconds=0)
    stored = gbp.stored(kinds, query.project)
    found = gbp.named(kinds, query.q, query.project) if query.q else {}
    unread = gbp.without_statuses(kinds, query.project)
    have_rows = {name for name, listing in unread.items() if not listing.failure}
    last = gbp.last_lists([kind for kind in kinds if kind.collection not in have_rows], query.project)
    for listing in last.values():
        _recheck(gbp, listing, query, project_names)
    return {
        listing.kind.collection: _preview(
            listing,
            stored[listing.kind.collection],
            found.get(listing.kind.collection, Listing(listing.kind)).rows,
            unread[listing.kind.collection] if listing.kind.collection in have_rows else None,
            last.get(listing.kind.collection, Listing(listing.kind)),
        )
        for listing in listings
    }


def _recheck(gbp: Gbp, last: Listing, query: Query, project_names: ProjectNames) -> None:
    """Read some rows of the last list again; before that, rows that a search finds there are not even counted."""
    wanted = query.found(last.rows, project_names) if query.q else [row for row in last.rows if row.status.explained]
    gbp.freshen([last], wanted[:MAX_RECHECKED_ROWS])
    if query.q:
        last.rows = [row for row in last.rows if row.fresh]


def _preview(
    listing: Listing, stored: Listing, found: list[Resource], unread: Optional[Listing], last: Listing
) -> Preview:
    known = {row.id: row for row in (*stored.rows, *found)}
    others = [row for row in (unread or last).rows if row.id not in known]
    rows = [*known.values(), *others]
    listed_at = 0.0 if unread else last.asked_at
    return Preview(listing.is_pending, rows, unread is not None, listed_at, stored.failure)
