# SPDX-License-Identifier: Apache-2.0
"""The ways that lead over a resource such as a rule: a fragment of its page, and what its explanation says of them."""

from __future__ import annotations

from gbp_status_ui.health import automatic
from gbp_status_ui.health import beneath
from gbp_status_ui.health.ways import known as facts
from gbp_status_ui.health.ways import loading
from gbp_status_ui.health.ways import ways_over
from gbp_status_ui.health.ways.loading import Loader
from gbp_status_ui.model import registry
from gbp_status_ui.model.kinds import Kind
from gbp_status_ui.model.resource import Resource
from gbp_status_ui.service.api import Gbp
from gbp_status_ui.views import ways
from gbp_status_ui.views.base import Context
from gbp_status_ui.views.base import ScopedView

#: What this fragment of the page is called.
NAME = 'carried'

#: How many ways are named on a page, and in an explanation; the others are counted.
MAX_LISTED_WAYS, MAX_EXPLAINED_WAYS = 50, 5

#: The kinds over which ways lead, and whose pages do not say otherwise who talks to whom.
_KINDS = (
    facts.RULE_SETS,
    facts.RULES,
    facts.CLASSIFIERS,
    facts.ACTIONS,
    facts.CHAINS,
    facts.L2_POLICIES,
    facts.L3_POLICIES,
    facts.SEGMENTS,
)


def has_fragment(kind: Kind) -> bool:
    """Say whether ways lead over resources of a kind."""
    return kind.collection in _KINDS


def fragment(view: ScopedView, resource: Resource) -> tuple[str, bool]:
    """Return the fragment's HTML, and whether something of it is still being read."""
    beneath.of(view.gbp, [resource])
    read, found = _read(view.gbp, resource)
    context = {
        **_context(read, found),
        'resource': resource,
        'counts': ways.counts(found.ways),
        'total': len(found.ways),
        'listed': found.ways[:MAX_LISTED_WAYS],
        'others': max(0, len(found.ways) - MAX_LISTED_WAYS),
    }
    return view.rendered('gbp_status_ui/_carried.html', context), read.is_pending


def broken(view: ScopedView, resource: Resource) -> Context:
    """Return the context of what an explanation says of the ways that a resource breaks; {} where it breaks none.

    Beneath the resource has been read.
    """
    is_broken = facts.state_of(resource).problem or resource.failed_beneath
    if not is_broken or not (has_fragment(resource.kind) or ways.has_fragment(resource.kind)):
        return {}
    read, found = _read(view.gbp, resource)
    return {
        **_context(read, found),
        'broken_ways': found.broken,
        'shown_ways': found.broken[:MAX_EXPLAINED_WAYS],
        'other_ways': max(0, len(found.broken) - MAX_EXPLAINED_WAYS),
    }


def _read(gbp: Gbp, resource: Resource) -> tuple[Loader, ways_over.WaysOver]:
    read = loading.over(gbp, resource)
    found = ways_over.WaysOver([], []) if read.is_pending else ways_over.of(read, resource)
    ends = [end for way in found.ways[:MAX_LISTED_WAYS] for end in (way.consumer, way.provider)]
    automatic.name(gbp, ends, automatic.names_of([*ends, *read.known.of_kind(facts.L2_POLICIES)]))
    return read, found


def _context(read: Loader, found: ways_over.WaysOver) -> Context:
    return {
        'ways_are_pending': read.is_pending,
        'ways_at_least': found.at_least,
        'ways_unread': [(registry.BY_COLLECTION[name], failure) for name, failure in read.failures.items()],
    }
