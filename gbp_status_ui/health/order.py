# SPDX-License-Identifier: Apache-2.0
"""The order of rows, the same in tables, on the overview and of what depends on a resource."""

from gbp_status_ui.health import folding
from gbp_status_ui.model.resource import Resource

#: What rows are sorted by: what stands at one place is comparable in all rows.
SortKey = tuple[object, ...]


def by_name(row: Resource) -> SortKey:
    """Return a key that sorts node2 before node10, and Äpfel beside Apfel."""
    return folding.natural(row.name), row.kind.collection, row.id


def by_urgency(row: Resource) -> SortKey:
    """Return a key that sorts the most urgent first, those of one state by name."""
    return (*by_state(row), *by_name(row))


def by_state(row: Resource) -> SortKey:
    """Return a key that sorts the most urgent first, and of equally urgent states one after the other."""
    state = row.condition
    return state.severity, state.slug
