# SPDX-License-Identifier: Apache-2.0
"""The state of each object beneath GBP: from below.json, else from its scripted life.

below.json: {"<distinguished name of the fabric, or id or name of a Neutron object>": "error"}; "build", "synced", or
null for an object of which the fabric has no record. "*" stands for all objects of the fabric that have no entry. What
a part belongs to takes it along if it fails: a bridge domain its subnets, an application profile its groups.

Neutron's own objects: a state in lower case is their `apic:synchronization_state` where the backend reports one, and
otherwise their `status`, in capitals. A state in capitals ("DOWN") is always their `status`.
"""

from __future__ import annotations

import enum
import logging
import os
import time
from typing import Final
from typing import Literal

from gbp_demo import below_life
from gbp_demo import fabric
from gbp_demo import life
from gbp_demo.fabric import FabricObject
from gbp_demo.fabric import Row
from gbp_demo.fabric import State
from gbp_demo.state_file import StateFile

LOG = logging.getLogger(__name__)
STATUSES = {fabric.SYNCED: 'ACTIVE', fabric.BUILD: 'BUILD', fabric.ERROR: 'ERROR'}


class Unsaid(enum.Enum):
    """Nobody has said anything, which is not the same as None."""

    UNSAID = 'unsaid'


UNSAID: Final = Unsaid.UNSAID


class Below:
    """States beneath one Neutron; `directory` is the demo's, where below.json and life.json lie."""

    def __init__(self, directory: str) -> None:
        self._by_hand = StateFile(os.path.join(directory, 'below.json'))
        self._life = StateFile(os.path.join(directory, 'life.json'))
        self._made: dict[str, float] = {}

    def made(self, one: FabricObject, now: float | None = None) -> None:
        """An object of the fabric was made just now: it is deployed before it works."""
        self._made[one.dn] = time.time() if now is None else now

    def state_of(self, one: FabricObject, now: float | None = None) -> State:
        """Return the state of an object of the fabric: its own, or that of what it is part of if that is in error."""
        said = self._said(one.dn)
        if said is not UNSAID:
            return said
        if one.parent and self.state_of(one.parent, now) == fabric.ERROR:
            return fabric.ERROR
        default = self._said('*')
        return self._lived(one, time.time() if now is None else now) if default is UNSAID else default

    def synchronization_of(self, row: Row, reported: State) -> State:
        """Return the synchronisation state of a Neutron object; `reported` is what its parts amount to."""
        said = self._said(row['id'], row.get('name', ''))
        return said if isinstance(said, str) and not _is_status(said) else reported

    def status_of(self, row: Row, synchronized: bool = False, now: float | None = None) -> str:
        """Return the status of a Neutron object; `synchronized` if it has a synchronisation state beside it."""
        said = self._said(row['id'], row.get('name', ''))
        if isinstance(said, str) and (_is_status(said) or not synchronized):
            return STATUSES.get(said, said.upper())
        script, epoch = below_life.STATUSES.get(row.get('name', '')), self._epoch()
        if said is UNSAID and script and epoch is not None:
            return life.step_at(script, (time.time() if now is None else now) - epoch)[0]
        return row['status']

    def _said(self, *keys: str) -> State | Literal[Unsaid.UNSAID]:
        entries = self._by_hand.read()
        for key in keys:
            state = entries.get(key, UNSAID)
            if state is None or isinstance(state, str):
                return state
            if state is not UNSAID:
                LOG.warning('below.json: %s is not the name of a state: %r', key, state)
        return UNSAID

    def _lived(self, one: FabricObject, now: float) -> State:
        epoch = self._epoch()
        # Without an epoch the cloud is still being seeded, or is a bare one, where nothing moves by itself.
        if epoch is None:
            return fabric.SYNCED
        script = below_life.FABRIC.get((one.kind, one.name))
        if script:
            return life.step_at(script, now - epoch)[0]
        made = self._made.get(one.dn, epoch)
        return fabric.SYNCED if made <= epoch else life.step_at(below_life.NEWCOMER, now - made)[0]

    def _epoch(self) -> float | None:
        return self._life.read().get('epoch')


def _is_status(said: str) -> bool:
    return said.isupper() and said != fabric.NOT_APPLICABLE


OF_THIS_NEUTRON = Below(os.environ.get('GBP_DEMO_DIR', '.'))
