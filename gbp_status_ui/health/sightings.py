# SPDX-License-Identifier: Apache-2.0
"""Since when a resource has been a problem, at the latest: GBP has no time stamps, so what anybody saw is remembered.

Only who has the right to read a resource learns or changes what is remembered of it. A page costs one read and one
write of the shared cache at most, and no call.
"""

import hashlib
import time

from gbp_status_ui import conf
from gbp_status_ui.caching import shared_cache

#: How many resources of one kind are remembered; those that were seen last stay.
MOST = 5000

#: What is still so is noted again after this part of the time that sightings are kept.
_RENEWED = 1 / 24


def note(rows, endpoint):
    """Set ``since`` of those rows that are problems, and forget those that are none any more.

    ``endpoint`` is the network service's address: regions have nothing in common.
    """
    place = hashlib.sha256(endpoint.encode()).hexdigest()[:16]
    kinds = {}
    for row in rows:
        if row.fresh:
            kinds.setdefault(f'seen:{place}:{row.kind.collection}', []).append(row)
    kept = shared_cache.get_many(list(kinds))
    now, changed = time.time(), {}
    for name, found in kinds.items():
        before = kept.get(name, {})
        after = _after(before, found, now)
        if after != before:
            changed[name] = after
    shared_cache.set_many(changed, conf.get('sightings_kept'))


def _after(before, rows, now):
    """Return {id: (state, since, noted at)} as it is now; the times are seconds since 1970."""
    oldest = now - conf.get('sightings_kept')
    after = {id_: seen for id_, seen in before.items() if seen[2] > oldest}
    for row in rows:
        if row.status.explained:
            after[row.id] = _seen(after.get(row.id), row.status.value, now)
            row.since = after[row.id][1]
        elif after:
            after.pop(row.id, None)
    latest = sorted(after.items(), key=lambda item: item[1][2])[-MOST:] if len(after) > MOST else after
    return dict(latest)


def _seen(before, state, now):
    if before is None or before[0] != state:
        return state, now, now
    is_due = now - before[2] > _RENEWED * conf.get('sightings_kept')
    return (state, before[1], now) if is_due else before
