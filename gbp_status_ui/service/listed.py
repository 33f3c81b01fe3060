# SPDX-License-Identifier: Apache-2.0
"""Puts newly read rows into listings, and takes deleted rows out."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping

from gbp_status_ui import conf
from gbp_status_ui.caching.entries import Answer
from gbp_status_ui.caching.entries import Value
from gbp_status_ui.model.resource import Listing
from gbp_status_ui.model.resource import Listings
from gbp_status_ui.model.resource import Resource
from gbp_status_ui.model.resource import STATUS_FIELDS
from gbp_status_ui.model.types import Attributes


def renew(read: Mapping[Resource, Value], listings: Iterable[Listing]) -> None:
    """Update rows by what was read of them, and remove rows that are gone from their listings."""
    for row, attributes in read.items():
        if isinstance(attributes, dict):
            row.renew(attributes)
    gone = {row for row, attributes in read.items() if attributes is None}
    for listing in listings if gone else ():
        listing.rows = [row for row in listing.rows if row not in gone]


def unread(listings: Listings, unverified: bool = False) -> Listings:
    """Mark rows that have no status read now; ``unverified`` ones have not been read now at all."""
    for row in (row for listing in listings.values() for row in listing.rows):
        row.fresh, row.unverified = False, unverified
    return listings


def by_id(answers: Iterable[Answer]) -> dict[str, Attributes]:
    return {row['id']: row for answer in answers for row in answer.rows}


def with_statuses(listing: Listing, last: Mapping[str, Attributes]) -> Listing:
    """Give rows the statuses that were read last, {id: attributes}."""
    for row in listing.rows:
        row.fresh = False
        row.attributes |= {name: last[row.id].get(name) for name in STATUS_FIELDS if row.id in last}
    return listing


def most_urgent_stale(listing: Listing) -> list[Resource]:
    """Return the rows to show, up to the limit: first those whose stored status says least."""
    stale = [row for row in listing.rows if row.is_stale]
    stale.sort(key=lambda row: not row.status.preliminary)
    return stale[: conf.get('chain_shows')]
