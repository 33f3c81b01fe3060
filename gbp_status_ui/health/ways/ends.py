# SPDX-License-Identifier: Apache-2.0
"""The parties that a text names: by the whole name, or by the id."""

from __future__ import annotations

from typing import NamedTuple

from gbp_status_ui.health.ways import known as facts
from gbp_status_ui.model import registry
from gbp_status_ui.model.answers import Failure
from gbp_status_ui.model.kinds import Kind
from gbp_status_ui.model.resource import Resource
from gbp_status_ui.service.api import Gbp

_KINDS = [registry.BY_COLLECTION[collection] for collection in (facts.GROUPS, facts.EXTERNAL)]


class Called(NamedTuple):
    """The groups and external groups that a text names; ``unread`` is (kind, failure) of those that nobody knows."""

    rows: list[Resource]
    unread: list[tuple[Kind, Failure]]


def called(gbp: Gbp, text: str, project_id: str = '') -> Called:
    """Return what has a text as its whole name, or as its id; quick at any size of a project."""
    found = gbp.named(gbp.served(_KINDS), text, project_id).values() if text else []
    rows = [row for listing in found for row in listing.rows]
    unread = [(listing.kind, listing.failure) for listing in found if listing.failure]
    return Called([row for row in rows if row.id == text] or rows, unread)
