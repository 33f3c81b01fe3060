# SPDX-License-Identifier: Apache-2.0
"""Since when a resource has been a problem, at the latest: GBP has no time stamps, so what anybody saw is remembered.

Each project has an entry of its own in the shared cache, so that projects change nothing for one another. Only who has
the right to read a resource learns or changes what is remembered of it, and who is told no status changes nothing. A
page costs one read and one write of the cache at most, and no call.
"""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Iterable
import dataclasses
import hashlib
import time
from typing import Any

from gbp_status_ui import conf
from gbp_status_ui.caching import store
from gbp_status_ui.model import statuses
from gbp_status_ui.model.resource import Resource
from gbp_status_ui.model.statuses import Status

#: How many resources of one project are remembered. Those on the page come first, then those that were seen last.
MAX_SIGHTINGS = 2000

#: What is still so is noted again after this part of the time that sightings are kept.
_RENEWED = 1 / 24

#: How far the clocks of Horizon's hosts may differ.
_MAX_SKEW_SECONDS = 60

#: The states that end a sighting. What reports no state, or one that GBP does not define, may be as broken as before.
_RECOVERED = {status.value for status in statuses.KNOWN if not (status.explained or status.preliminary)}


#: [state, since, noted at], the times in seconds since 1970: a value of JSON.
Sighting = list[Any]

#: What is remembered of one project: sightings by the names of resources.
Sightings = dict[str, Sighting]

#: The rows of one project that begin or end a sighting, with their states.
Telling = list[tuple[Resource, Status]]


@dataclasses.dataclass(frozen=True)
class _Moment:
    """The time of one page, and which times in the cache count then; in seconds since 1970."""

    now: float
    oldest: float
    renewed_before: float

    @classmethod
    def of_this_page(cls) -> _Moment:
        now, kept = time.time(), conf.get('sightings_kept')
        return cls(now, now - kept, now - kept * _RENEWED)

    def counts(self, sighting: Any) -> bool:
        """Say whether a value of the cache is a sighting of the time that is kept: anything may stand there."""
        try:
            state, since, noted = sighting
            is_timely = 0 < since <= noted and self.oldest < noted < self.now + _MAX_SKEW_SECONDS
        except (TypeError, ValueError):
            return False
        return is_timely and isinstance(state, str)

    def seen(self, before: Any, state: str) -> Sighting:
        """Return the sighting of a problem, ``before`` itself where that is still right."""
        if not self.counts(before) or before[0] != state:
            return [state, self.now, self.now]
        return before if before[2] >= self.renewed_before else [state, before[1], self.now]


def note(rows: Iterable[Resource], endpoint: str, well_beneath: Collection[Resource] = ()) -> None:
    """Set ``since`` of those rows that are problems, and forget those that have recovered.

    ``endpoint`` is the network service's address: regions have nothing in common. GBP's word does not end a problem
    beneath; that nothing is in error beneath those of ``well_beneath`` does.
    """
    pages = {_entry(endpoint, project_id): telling for project_id, telling in _by_project(rows, well_beneath).items()}
    kept = store.get_many(list(pages)) if pages else {}
    moment = _Moment.of_this_page()
    changed: dict[str, Sightings] = {}
    for entry, telling in pages.items():
        before = kept[entry] if isinstance(kept.get(entry), dict) else {}
        changes = _changes(before, telling, moment, well_beneath)
        if changes:
            changed[entry] = _merged(before, changes, telling, moment)
    if changed:
        store.set_many(changed, conf.get('sightings_kept'))


def _by_project(rows: Iterable[Resource], well_beneath: Collection[Resource]) -> dict[str | None, Telling]:
    """Return {project id: [(row, status)]} of the fresh rows whose state begins or ends a sighting.

    Many rows report few values: each is looked up once a kind, since kinds may differ in what a word means.
    """
    found: dict[str | None, Telling] = {}
    telling: dict[tuple[str, str | None], Status | None] = {}
    for row in rows:
        reported = row.reported
        if reported not in telling:
            telling[reported] = row.status if row.status.explained or row.status.value in _RECOVERED else None
        status = statuses.BELOW if row.has_problem_beneath else telling[reported]
        if not status and row in well_beneath:
            status = row.status
        if status and row.fresh:
            found.setdefault(row.project_id, []).append((row, status))
    return found


def _changes(
    before: dict[str, Any], telling: Telling, moment: _Moment, well_beneath: Collection[Resource]
) -> dict[str, Sighting | None]:
    """Set ``since`` of problems; return {name: sighting as it is now, or None} of what has changed."""
    changes: dict[str, Sighting | None] = {}
    for row, status in telling:
        if not before and not status.explained:
            continue
        name = _name(row)
        known = before.get(name)
        if status.explained:
            found = moment.seen(known, status.value)
            row.since = found[1]
            if found is not known:
                changes[name] = found
        elif name in before and _is_over(known, row, status, well_beneath):
            changes[name] = None
    return changes


def _is_over(sighting: Any, row: Resource, status: Status, well_beneath: Collection[Resource]) -> bool:
    if isinstance(sighting, list) and sighting[:1] == [statuses.BELOW.value]:
        return row in well_beneath
    return status.value in _RECOVERED


def _merged(
    before: dict[str, Any], changes: dict[str, Sighting | None], telling: Telling, moment: _Moment
) -> Sightings:
    """Return {name: sighting}; of too many those that are on the page stay, then those that were seen last."""
    after = {name: sighting for name, sighting in {**before, **changes}.items() if moment.counts(sighting)}
    if len(after) <= MAX_SIGHTINGS:
        return after
    shown = {_name(row) for row, status in telling if status.explained}
    ranked = sorted(after, key=lambda name: (0, after[name][1]) if name in shown else (1, -after[name][2]))
    return {name: after[name] for name in ranked[:MAX_SIGHTINGS]}


def _name(row: Resource) -> str:
    return f'{row.kind.collection}/{row.id}'


def _entry(endpoint: str, project_id: str | None) -> str:
    """Return the cache key of a project's sightings: of any project id, it has only signs that every cache takes."""
    return 'sightings:' + hashlib.sha256(f'{endpoint} {project_id}'.encode()).hexdigest()[:32]
