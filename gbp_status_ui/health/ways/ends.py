# SPDX-License-Identifier: Apache-2.0
"""The parties that a text names: by the whole name, or by the id."""

from __future__ import annotations

from gbp_status_ui.health.ways import known as facts
from gbp_status_ui.model import registry
from gbp_status_ui.model.resource import Resource
from gbp_status_ui.service.api import Gbp

_KINDS = [registry.BY_COLLECTION[collection] for collection in (facts.GROUPS, facts.EXTERNAL)]


def called(gbp: Gbp, text: str) -> list[Resource]:
    """Return the groups and external groups whose whole name, or id, a text is; quick at any size of a project."""
    found = gbp.named(gbp.served(_KINDS), text) if text else {}
    rows = [row for kind in _KINDS for row in found.get(kind.collection, ())]
    return [row for row in rows if row.id == text] or rows
