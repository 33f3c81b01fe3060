# SPDX-License-Identifier: Apache-2.0
"""The ways that lead over one resource, such as a rule, and those of them that it breaks.

As much is read of them as one call a kind can name: there may be more.
"""

from __future__ import annotations

from collections.abc import Iterator
import dataclasses
import itertools

from gbp_status_ui.health.graph import key
from gbp_status_ui.health.ways import joined
from gbp_status_ui.health.ways import known as facts
from gbp_status_ui.health.ways import reading
from gbp_status_ui.health.ways.joined import Way
from gbp_status_ui.health.ways.reading import Reading
from gbp_status_ui.model import verdicts
from gbp_status_ui.model.resource import Resource

#: How many ways are judged at most.
MAX_JUDGED = 1000

_BROKEN = (verdicts.BROKEN, verdicts.PARTLY, verdicts.BENEATH)


@dataclasses.dataclass(frozen=True)
class Carried:
    """The ways that lead over a resource, worst first, and those ``broken`` by it, wholly or in part.

    ``at_least`` says that there may be more.
    """

    ways: list[Way]
    broken: list[Way]
    at_least: bool = False


def of(read: Reading, resource: Resource) -> Carried:
    """Return the :class:`Carried` of a resource, of what ``reading.over`` has read for it."""
    known = read.known
    judged = list(itertools.islice(_candidates(read, resource), MAX_JUDGED + 1))
    ways = [way for way in judged[:MAX_JUDGED] if _leads_over(way, resource) and not _is_cut(read, way)]
    has_hidden = any(known.get(*end) is None for end in reading.ends_of(known, read.rule_sets))
    found = joined.worst_first(ways)
    at_least = read.is_cut or len(judged) > MAX_JUDGED or has_hidden
    return Carried(found, [way for way in found if is_broken_by(way, resource)], at_least)


def _candidates(read: Reading, resource: Resource) -> Iterator[Way]:
    """Return the ways that may lead over a resource, as they are made: there may be very many."""
    if resource.kind.collection in (facts.GROUPS, facts.EXTERNAL):
        return iter(joined.of(read.known, resource))
    return itertools.chain.from_iterable(joined.through(read.known, id_) for id_ in read.rule_sets)


def _is_cut(read: Reading, way: Way) -> bool:
    """Say whether something of a way may not have been read because there is too much, and nobody knows how it is."""
    return read.is_cut and (way.verdict is verdicts.UNKNOWN or bool(way.path.unseen))


def _leads_over(way: Way, resource: Resource) -> bool:
    return key(resource) in {key(stop) for stop in way.all_stops}


def is_broken_by(way: Way, resource: Resource) -> bool:
    """Say whether a resource is to blame for what is broken of a way."""
    if way.verdict not in _BROKEN:
        return False
    failed = way.broken_beneath if way.verdict is verdicts.BENEATH else way.failed
    return key(resource) in map(key, failed)
