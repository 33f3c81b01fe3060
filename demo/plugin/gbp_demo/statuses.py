# SPDX-License-Identifier: Apache-2.0
"""Which status a resource has now: what lifecycle.json says, else its scripted life; the two drivers report it."""

from __future__ import annotations

from collections.abc import Sequence
import logging
import os
import time

from gbp_demo import life
from gbp_demo.fabric import Row
from gbp_demo.life import Said
from gbp_demo.state_file import StateFile

LOG = logging.getLogger(__name__)
# A resource that was made while the demo runs is deployed before it works, as on a real backend.
NEWCOMER = ((8, 'BUILD', 'deploying'), (None, 'ACTIVE', ''))


class Statuses:
    """Statuses of one Neutron; `directory` is the demo's, where lifecycle.json and life.json lie."""

    def __init__(self, directory: str) -> None:
        self._set_by_hand = StateFile(os.path.join(directory, 'lifecycle.json'))
        self._life = StateFile(os.path.join(directory, 'life.json'))
        self._first_reads: dict[str, float] = {}

    def of(self, resources: Sequence[Row], stored: str | None, now: float | None = None) -> Said:
        """Return (status, details) of the first of `resources`.

        `resources` are dicts with id and name; each but the first speaks for it if it has no entry of its own
        (a chain's node for the chain). `stored` is the status that GBP has kept since the last read.
        """
        return self.by_hand(resources) or self._by_life(resources, stored, time.time() if now is None else now)

    def by_hand(self, resources: Sequence[Row]) -> Said | None:
        entries = self._set_by_hand.read()
        keys = [key for resource in resources for key in (resource['id'], resource['name'])]
        for key in [*keys, '*']:
            entry = entries.get(key)
            if isinstance(entry, list) and len(entry) == 2:
                return tuple(entry)
            if entry is not None:
                LOG.warning('lifecycle.json: %s is not a list of a status and a text: %r', key, entry)
        return None

    def _by_life(self, resources: Sequence[Row], stored: str | None, now: float) -> Said:
        about = self._life.read()
        # Without an epoch the cloud is still being seeded, or is a bare one, where nothing moves by itself.
        epoch = about.get('epoch')
        if epoch is None:
            return 'ACTIVE', ''
        for resource in resources:
            script = life.SCRIPTS.get(resource['name'])
            if script:
                return life.step_at(script, now - epoch)
        return self._by_age(resources[0]['id'], stored, now)

    def _by_age(self, identifier: str, stored: str | None, now: float) -> Said:
        if stored is None:
            self._first_reads.setdefault(identifier, now)
        first = self._first_reads.get(identifier)
        return ('ACTIVE', '') if first is None else life.step_at(NEWCOMER, now - first)


OF_THIS_NEUTRON = Statuses(os.environ.get('GBP_DEMO_DIR', '.'))
