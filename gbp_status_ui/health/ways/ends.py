# SPDX-License-Identifier: Apache-2.0
"""The parties that a text names: by the whole name, or by the id."""

from __future__ import annotations

from gbp_status_ui.health.ways import known as facts
from gbp_status_ui.model import registry
from gbp_status_ui.model.answers import Failure
from gbp_status_ui.model.kinds import Kind
from gbp_status_ui.model.resource import Resource
from gbp_status_ui.service.api import Gbp

_KINDS = [registry.BY_COLLECTION[collection] for collection in (facts.GROUPS, facts.EXTERNAL)]


def called(gbp: Gbp, text: str, project_id: str = '') -> tuple[list[Resource], list[tuple[Kind, Failure]]]:
    """Return (what has a text as its whole name, or as its id; (kind, failure) of what could not be read).

    That is quick at any size of a project.
    """
    found = gbp.named(gbp.served(_KINDS), text, project_id).values() if text else []
    rows = [row for listing in found for row in listing.rows]
    unread = [(listing.kind, listing.failure) for listing in found if listing.failure]
    return [row for row in rows if row.id == text] or rows, unread
