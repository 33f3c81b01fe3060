# SPDX-License-Identifier: Apache-2.0
"""Finds the resources that name others in one attribute, such as the chains that groups provide, by one call."""

from __future__ import annotations

import dataclasses
import itertools
from typing import TYPE_CHECKING

from gbp_status_ui.caching import answers
from gbp_status_ui.model import registry
from gbp_status_ui.model.answers import Failure
from gbp_status_ui.service import calls

if TYPE_CHECKING:
    from gbp_status_ui.service.api import Gbp


@dataclasses.dataclass(frozen=True)
class Naming:
    """The ``ids`` of resources that name some others; ``failure`` is why more are not known.

    ``unreadable`` is how many rows could not be used.
    """

    ids: tuple[str, ...] = ()
    failure: Failure | None = None
    unreadable: int = 0

    @property
    def is_pending(self) -> bool:
        """Whether GBP is still being asked."""
        return self.failure == answers.PENDING


def of(gbp: Gbp, collection: str, attribute: str, named: list[str]) -> Naming:
    """Return the ids of the resources of a kind whose attribute is one of the ids ``named``; no status is read.

    GBP can filter by an attribute that is a column of its database, not by a list of ids.
    """
    kind = registry.BY_COLLECTION[collection]
    asked = [calls.list_of(kind, ('id',), (attribute, ids)) for _name, ids in calls.only(named)]
    found = gbp.fetch_beside([(call,) for call in asked])
    failures = [answer.failure for answer in found.values() if answer.failed]
    listed = [answer.rows for answer in found.values() if not answer.failed]
    ids = dict.fromkeys(row['id'] for row in itertools.chain.from_iterable(listed))
    return Naming(tuple(ids), next(iter(failures), None), sum(rows.unreadable for rows in listed))
