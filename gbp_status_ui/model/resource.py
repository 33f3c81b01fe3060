# SPDX-License-Identifier: Apache-2.0
"""One resource as the API describes it, and what a question about several of them came to."""

import dataclasses
from typing import Optional

from gbp_status_ui.model import statuses
from gbp_status_ui.model.answers import Failure
from gbp_status_ui.model.answers import Reason
from gbp_status_ui.model.kinds import Kind


@dataclasses.dataclass(eq=False)
class Resource:
    """One resource as the API describes it; ``fresh`` says that its status was read from the backend just now.

    ``since`` is when somebody first saw it in its state, in seconds since 1970; 0 where that is not remembered.
    """

    kind: Kind
    attributes: dict
    fresh: bool = True
    since: float = 0.0

    @property
    def id(self):
        return self.attributes['id']

    @property
    def name(self):
        return self.attributes.get('name') or self.id

    @property
    def description(self):
        return self.attributes.get('description') or ''

    @property
    def project_id(self):
        return self.attributes.get('tenant_id') or self.attributes.get('project_id')

    @property
    def shared(self):
        return bool(self.attributes.get('shared'))

    @property
    def status(self):
        return statuses.read(self.attributes.get('status'))

    @property
    def details(self):
        """The backend's own words; blanks alone say nothing."""
        details = self.attributes.get('status_details') or ''
        return '' if details.isspace() else details


@dataclasses.dataclass
class Listing:
    """All resources of one kind in the scope, or the failure that there was instead.

    ``unreadable`` counts the rows that could not be used; ``asked_at`` is in seconds since 1970.
    """

    kind: Kind
    rows: list = dataclasses.field(default_factory=list)
    failure: Optional[Failure] = None
    asked_at: float = 0.0
    unreadable: int = 0

    @property
    def is_reading(self):
        """Whether GBP is still making it."""
        return self.failure is not None and self.failure.reason is Reason.BUSY

    @property
    def is_late(self):
        """Whether it is not there yet, or did not come in time."""
        return self.is_reading or (self.failure is not None and self.failure.reason is Reason.TIMEOUT)

    @property
    def stale(self):
        """How many rows carry a status that is only as last reported."""
        return sum(not row.fresh for row in self.rows)


@dataclasses.dataclass
class Reading:
    """What a read by ids came to: {collection: {id: Resource}}, {collection: [ids]}, {collection: Failure}."""

    rows: dict = dataclasses.field(default_factory=dict)
    gone: dict = dataclasses.field(default_factory=dict)
    unavailable: dict = dataclasses.field(default_factory=dict)
