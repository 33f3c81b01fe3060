# SPDX-License-Identifier: Apache-2.0
"""Which service chains some groups provide: GBP filters their list by that, at the cost of one call."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from gbp_status_ui.caching import answers
from gbp_status_ui.model import registry
from gbp_status_ui.model.answers import Failure
from gbp_status_ui.service import calls

if TYPE_CHECKING:
    from gbp_status_ui.service.api import Gbp

COLLECTION, PROVIDER = 'servicechain_instances', 'provider_ptg_id'


@dataclasses.dataclass(frozen=True)
class Provided:
    """The ``ids`` of chains that some groups provide; ``failure`` is why others are not known."""

    ids: tuple[str, ...] = ()
    failure: Failure | None = None

    @property
    def is_pending(self) -> bool:
        """Whether GBP is still being asked."""
        return self.failure == answers.PENDING


def of_providers(gbp: Gbp, group_ids: list[str]) -> Provided:
    """Return the :class:`Provided` chains of some groups; it says nothing of how they are: only a show does."""
    kind = registry.BY_COLLECTION[COLLECTION]
    asked = [calls.list_of(kind, ('id',), (PROVIDER, ids)) for _name, ids in calls.only(group_ids)]
    found = gbp.fetch_beside([(call,) for call in asked])
    failures = [answer.failure for answer in found.values() if answer.failed]
    ids = [row['id'] for answer in found.values() if not answer.failed for row in answer.rows]
    return Provided(tuple(dict.fromkeys(ids)), failures[0] if failures else None)
