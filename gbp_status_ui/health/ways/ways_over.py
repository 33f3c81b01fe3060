# SPDX-License-Identifier: Apache-2.0
"""The ways that lead over one resource, such as a rule, and the ways that it breaks.

One call a kind reads them, which names at most MAX_CALL_IDS resources: there may be more.
"""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Iterator
import dataclasses
import functools
import itertools

from gbp_status_ui.health.ways import all_ways
from gbp_status_ui.health.ways import known as facts
from gbp_status_ui.health.ways import loading
from gbp_status_ui.health.ways.all_ways import Way
from gbp_status_ui.health.ways.known import Known
from gbp_status_ui.health.ways.loading import Loader
from gbp_status_ui.model import verdicts
from gbp_status_ui.model.resource import Resource
from gbp_status_ui.model.types import Key
from gbp_status_ui.service.api import Gbp

#: How many ways are judged at most.
MAX_JUDGED_WAYS = 1000


@dataclasses.dataclass(frozen=True)
class WaysOver:
    """The ways that lead over a resource, worst first, and those ``broken`` by it, wholly or in part.

    ``at_least`` says that there may be more.
    """

    ways: list[Way]
    broken: list[Way]
    at_least: bool = False


def of(read: Loader, resource: Resource) -> WaysOver:
    """Return the :class:`WaysOver` of a resource, of what ``loading.over`` has read for it."""
    known = read.known
    judged = list(itertools.islice(_candidates(known, read.rule_sets, resource), MAX_JUDGED_WAYS + 1))
    ways = [way for way in judged[:MAX_JUDGED_WAYS] if way.leads_over(resource) and not _is_cut(read, way)]
    has_hidden = any(known.get(*end) is None for end in loading.ends_of(known, read.rule_sets))
    found = all_ways.worst_first(ways)
    at_least = read.is_cut or len(judged) > MAX_JUDGED_WAYS or has_hidden
    return WaysOver(found, [way for way in found if is_broken_by(way, resource)], at_least)


def _candidates(known: Known, rule_sets: Iterable[str], resource: Resource) -> Iterator[Way]:
    """Return the ways that may lead over a resource, as they are made: there may be very many."""
    if resource.kind.collection in (facts.GROUPS, facts.EXTERNAL):
        return all_ways.of(known, resource)
    return itertools.chain.from_iterable(all_ways.through(known, id_) for id_ in rule_sets)


def _is_cut(read: Loader, way: Way) -> bool:
    """Say whether something of a way may not have been read because there is too much, and nobody knows how it is."""
    return read.is_cut and (way.verdict is verdicts.UNKNOWN or bool(way.path.unseen))


def is_broken_by(way: Way, resource: Resource) -> bool:
    """Say whether a resource is to blame for what is broken of a way."""
    return resource.key in (one.key for one in _to_blame(way))


def _to_blame(way: Way) -> list[Resource]:
    """Return the resources that are to blame for what is broken of a way."""
    if not way.verdict.problem:
        return []
    return way.broken_beneath if way.verdict is verdicts.BENEATH else way.failed


class Breaking:
    """The ways that some resources break, which are found in lists of all: read together, of each kind by one call."""

    def __init__(self, gbp: Gbp, listed: Known, resources: Iterable[Resource]) -> None:
        resources = list(resources)
        sets = [id_ for resource in resources for id_ in loading.rule_sets_of(listed, resource)]
        self._read = loading.through(gbp, sets)
        self._known = self._read.known
        for resource in resources:
            row = self._known.get(*resource.key)
            if row:
                row.beneath = resource.beneath

    @functools.cached_property
    def _broken_by(self) -> dict[Key, list[Way]] | None:
        """{what breaks ways: these, worst first}; None where that is too much, or not all is known."""
        if self._read.is_pending or self._read.is_cut or self._read.failures or not self._known.all_chains:
            return None
        ways = itertools.chain.from_iterable(all_ways.through(self._known, id_) for id_ in self._read.rule_sets)
        judged = list(itertools.islice(ways, MAX_JUDGED_WAYS + 1))
        if len(judged) > MAX_JUDGED_WAYS:
            return None
        found: dict[Key, list[Way]] = {}
        for way in all_ways.worst_first(judged):
            for row in _to_blame(way):
                found.setdefault(row.key, []).append(way)
        return found

    def ways(self, resource: Resource) -> list[Way] | None:
        """Return the ways that one of the resources breaks, worst first; None where nobody has judged all."""
        return None if self._broken_by is None else self._broken_by.get(resource.key, [])
