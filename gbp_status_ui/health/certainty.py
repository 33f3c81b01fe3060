# SPDX-License-Identifier: Apache-2.0
"""Whether a count is exact: it is not if something could not be read, or is still being read."""

from __future__ import annotations

from collections.abc import Iterable
import enum

from gbp_status_ui.health.beneath import InScope
from gbp_status_ui.model.resource import Listing


class Certainty(enum.Enum):
    """The numbers of a page in the order in which less is known."""

    EXACT = 0
    #: Something could not be read: there may be more.
    AT_LEAST = 1
    #: Something is still being read: the number comes by itself.
    PENDING = 2

    @property
    def is_exact(self) -> bool:
        return self is Certainty.EXACT

    @property
    def is_pending(self) -> bool:
        return self is Certainty.PENDING


def of(listings: Iterable[Listing]) -> Certainty:
    """Return how far the number of rows, and of those in a state, can be believed."""
    return worst(map(_of_one, listings))


def of_beneath(in_neutron: InScope) -> Certainty:
    """Return how far the number of problems beneath can be believed."""
    if in_neutron.is_pending:
        return Certainty.PENDING
    return Certainty.AT_LEAST if in_neutron.unread else Certainty.EXACT


def worst(found: Iterable[Certainty]) -> Certainty:
    """Return the least certain of some."""
    return max(found, key=lambda one: one.value, default=Certainty.EXACT)


def _of_one(listing: Listing) -> Certainty:
    if listing.is_pending or not (listing.failure or listing.has_all_statuses):
        return Certainty.PENDING
    return Certainty.AT_LEAST if listing.failure or listing.unreadable else Certainty.EXACT
