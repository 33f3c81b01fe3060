# SPDX-License-Identifier: Apache-2.0
"""What a page shows of a kind whose full list is not there: because GBP is still making it, or did not in time.

What GBP has stored as a problem, and what has a given name or id, is found in milliseconds at any size, with statuses
read now. The order of the other rows, and their pages, are those of the last list that anybody with the same rights has
read; of these only what a page shows is read again.
"""

import dataclasses
from typing import Optional

from gbp_status_ui.model import statuses
from gbp_status_ui.model.answers import Failure
from gbp_status_ui.model.answers import Reason
from gbp_status_ui.model.kinds import Kind
from gbp_status_ui.model.resource import Listing

#: How many rows that were problems in the last list, and are not stored as such any more, are read again.
READ_AGAIN = 300


@dataclasses.dataclass(frozen=True)
class Preview:
    """The rows of one kind that are known.

    ``reading`` says that the full list is on its way. ``listed`` is the number of rows of the last list, and
    ``listed_at`` when it was asked for, in seconds since 1970; both are 0 where nobody remembers one. ``failure`` is
    why not even the stored problems could be read.
    """

    kind: Kind
    reading: bool
    rows: list
    listed: int
    listed_at: float
    failure: Optional[Failure]

    @property
    def has_failed(self):
        """Whether nothing is known, and nothing is on its way."""
        is_final = bool(self.failure) and self.failure.reason is not Reason.BUSY
        return not self.reading and is_final and not self.rows


def of(gbp, listings, query):
    """Return {collection: :class:`Preview`} of listings that are late."""
    kinds = [listing.kind for listing in listings]
    stored = gbp.listings(kinds, query.project, statuses.PROBLEMS)
    found = gbp.named(kinds, query.q, query.project) if query.q else {}
    last = gbp.remembered(kinds, query.project)
    return {
        listing.kind.collection: _preview(
            gbp,
            listing,
            stored[listing.kind.collection],
            found.get(listing.kind.collection, []),
            last.get(listing.kind.collection, Listing(listing.kind)),
        )
        for listing in listings
    }


def _preview(gbp, listing, stored, found, last):
    number = len(last.rows)
    known = {row.id: row for row in (*stored.rows, *found)}
    last.rows = [row for row in last.rows if row.id not in known]
    # GBP has them as problems no more: they have recovered, or are gone.
    gbp.freshen([last], [row for row in last.rows if row.status.explained][:READ_AGAIN])
    rows = [*known.values(), *last.rows]
    return Preview(listing.kind, listing.is_reading, rows, number, last.asked_at, stored.failure)
