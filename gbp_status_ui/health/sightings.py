# SPDX-License-Identifier: Apache-2.0
"""Since when a resource has been a problem, and its changes. GBP has no time stamps.

So the plugin notes what users see, and when; a problem may be older than its first sighting.

Each project has an entry of its own in the shared cache. Only users who can read a resource read or change its
sighting, and a user to whom GBP gives no status changes nothing. A page or a poll costs at most one read and one write
of the cache, and no call.
"""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Iterable
import dataclasses
import hashlib
import time
from typing import Any

from gbp_status_ui.caching import store
from gbp_status_ui.model import history
from gbp_status_ui.model import statuses
from gbp_status_ui.model.resource import Resource
from gbp_status_ui.model.statuses import Status
from gbp_status_ui.service.api import Gbp

#: How many resources of one project are noted. Those on the page come first, then those that were seen last.
MAX_SIGHTINGS = 2000

#: How many changes of all resources of one project together are noted: an entry has its limit (store.py).
MAX_PROJECT_CHANGES = 6000

#: For how many seconds a sighting is kept.
TTL_SECONDS = 7 * 24 * 60 * 60

#: After how many seconds a sighting is noted again if the state has not changed.
_RENEWED_SECONDS = TTL_SECONDS / 24

#: How far the clocks of Horizon's hosts may differ.
_MAX_SKEW_SECONDS = 60

#: [state, since, noted at, *changes], each change [when, state before, '' where nobody knows]: a value of JSON.
#: Times are in seconds since 1970.
Sighting = list[Any]

#: What is noted of one project: sightings by the names of resources.
Sightings = dict[str, Sighting]

#: The rows of one project that begin or end a sighting, with their states.
Telling = list[tuple[Resource, Status]]


@dataclasses.dataclass(frozen=True)
class _Moment:
    """The time of one page, and which times in the cache count then; in seconds since 1970.

    ``read_at`` is when the oldest of what the page shows was read: what others have seen later stays.
    """

    now: float
    read_at: float
    oldest: float
    renewed_before: float

    @classmethod
    def of_this_page(cls, age_seconds: float) -> _Moment:
        now = time.time()
        return cls(now, now - age_seconds, now - TTL_SECONDS, now - _RENEWED_SECONDS)

    def counts(self, sighting: Any) -> bool:
        """Say whether a value of the cache is a sighting of the time that is kept: anything may stand there."""
        try:
            state, since, noted, *changes = sighting
            is_timely = 0 < since <= noted and self.oldest < noted < self.now + _MAX_SKEW_SECONDS
            is_whole = all(0 < at <= since and isinstance(before, str) for at, before in changes)
        except (TypeError, ValueError):
            return False
        return is_timely and is_whole and isinstance(state, str)

    def seen(self, known: Sighting | None, status: Status) -> Sighting | None:
        """Return the sighting of a resource, ``known`` itself where that is still right; None where there is none."""
        state = status.counted_as.upper() or status.value
        if known is None:
            return [state, self.now, self.now, [int(self.now), '']] if status.explained else None
        if known[0] == state:
            is_renewed = status.explained and known[2] < self.renewed_before
            return [state, known[1], self.now, *known[3:]] if is_renewed else known
        if known[1] > self.read_at:
            return known
        return [state, self.now, self.now, *self._recent(known), [int(self.now), known[0]]]

    def _recent(self, sighting: Sighting) -> list[Any]:
        return [change for change in sighting[3:] if change[0] > self.oldest][1 - history.MAX_CHANGES :]


def note(gbp: Gbp, rows: Iterable[Resource], well_beneath: Collection[Resource] = ()) -> None:
    """Set ``since`` of rows that are problems, and ``history`` of those of which something is noted.

    GBP's word does not end a problem beneath; it ends if the row is in ``well_beneath``.
    """
    note_of(rows, gbp.connection.endpoint, gbp.shared.asked_seconds_ago, well_beneath)


def note_of(
    rows: Iterable[Resource], endpoint: str, age_seconds: float = 0.0, well_beneath: Collection[Resource] = ()
) -> None:
    """Note rows that are some seconds old of the network service at an address: regions have nothing in common."""
    pages = {_entry(endpoint, project_id): telling for project_id, telling in _by_project(rows, well_beneath).items()}
    kept = store.get_many(list(pages)) if pages else {}
    moment = _Moment.of_this_page(age_seconds)
    changed: dict[str, Sightings] = {}
    for entry, telling in pages.items():
        before = kept[entry] if isinstance(kept.get(entry), dict) else {}
        changes = _changes(before, telling, moment, well_beneath)
        if changes:
            changed[entry] = _merged(before, changes, telling, moment)
    if changed:
        store.set_many(changed, TTL_SECONDS)


def _by_project(rows: Iterable[Resource], well_beneath: Collection[Resource]) -> dict[str | None, Telling]:
    """Return {project id: [(row, status)]} of the fresh rows whose state begins or ends a sighting.

    Many rows report few values: each is looked up once a kind, since kinds may differ in what a word means.
    """
    found: dict[str | None, Telling] = {}
    telling: dict[tuple[str, str | None], Status | None] = {}
    for row in rows:
        reported = row.reported
        if reported not in telling:
            telling[reported] = row.status if _tells(row.status) else None
        status = statuses.BENEATH if row.has_problem_beneath else telling[reported]
        if not status and row in well_beneath:
            status = row.status
        if status and row.fresh:
            found.setdefault(row.project_id, []).append((row, status))
    return found


def _tells(status: Status) -> bool:
    """Say whether a state begins or ends a sighting. No state, or an unknown one, does neither.

    A word that a backend says of every resource that is not in error ends an error.
    """
    return status.explained or status.well or bool(status.collection)


def _changes(
    before: dict[str, Any], telling: Telling, moment: _Moment, well_beneath: Collection[Resource]
) -> dict[str, Sighting]:
    """Set ``since`` and ``history`` of rows; return {name: sighting as it is now} of what has changed."""
    changes: dict[str, Sighting] = {}
    for row, status in telling:
        if not before and not status.explained:
            continue
        name = _name(row)
        known = before.get(name)
        found = _sighting(known, status, moment, row in well_beneath)
        if found:
            _tell(row, status, found)
            if found is not known:
                changes[name] = found
    return changes


def _sighting(known: Any, status: Status, moment: _Moment, is_well_beneath: bool) -> Sighting | None:
    """Return the sighting of a row, of which ``known`` is what the cache has; GBP's word ends no error beneath."""
    if not moment.counts(known):
        return moment.seen(None, status)
    is_hidden = known[0] == statuses.BENEATH.value and not (status.problem or is_well_beneath)
    found: Sighting = known
    return found if is_hidden else moment.seen(found, status)


def _tell(row: Resource, status: Status, sighting: Sighting) -> None:
    state, since, _noted, *changes = sighting
    row.since = since if status.explained and state == status.value else 0.0
    row.history = history.of(state, changes)
    row.errors = row.history.errors


def _merged(before: dict[str, Any], changes: Sightings, telling: Telling, moment: _Moment) -> Sightings:
    """Return {name: sighting}; if these are too many, those on the page stay, then those that were seen last."""
    after = {name: sighting for name, sighting in {**before, **changes}.items() if moment.counts(sighting)}
    if len(after) > MAX_SIGHTINGS:
        shown = {_name(row) for row, status in telling if status.explained}
        ranked = sorted(after, key=lambda name: (0, after[name][1]) if name in shown else (1, -after[name][2]))
        after = {name: after[name] for name in ranked[:MAX_SIGHTINGS]}
    most = MAX_PROJECT_CHANGES // len(after)
    return {name: [*sighting[:3], *sighting[3:][-most:]] for name, sighting in after.items()}


def _name(row: Resource) -> str:
    return f'{row.kind.collection}/{row.id}'


def _entry(endpoint: str, project_id: str | None) -> str:
    """Return the cache key of a project's sightings: of any project id, it has only signs that every cache takes."""
    return 'sightings:' + hashlib.sha256(f'{endpoint} {project_id}'.encode()).hexdigest()[:32]
