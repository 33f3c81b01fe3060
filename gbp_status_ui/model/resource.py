# SPDX-License-Identifier: Apache-2.0
"""One resource as the API describes it, and the results of reading several."""

import dataclasses
from typing import Optional

from django.utils.translation import gettext as _

from gbp_status_ui.model import statuses
from gbp_status_ui.model.answers import Failure
from gbp_status_ui.model.answers import Failures
from gbp_status_ui.model.answers import Reason
from gbp_status_ui.model.beneath import BadgeNote
from gbp_status_ui.model.beneath import Beneath
from gbp_status_ui.model.described import Described
from gbp_status_ui.model.history import History
from gbp_status_ui.model.kinds import Kind
from gbp_status_ui.model.kinds import ReadBy
from gbp_status_ui.model.neutron import NeutronObject
from gbp_status_ui.model.types import Attributes
from gbp_status_ui.model.types import Ids
from gbp_status_ui.model.types import Key

#: The attributes for which GBP asks its backend.
STATUS_FIELDS = {'status', 'status_details'}

#: With this the details begin that GBP's node composition plugin gives a chain, and copies onto the providing group.
NODE_DEPLOYMENT = 'node deployment '


@dataclasses.dataclass(eq=False)
class Resource(Described):
    """One resource as the API describes it; ``fresh`` says that its status was read from the backend just now.

    ``unverified`` says that it comes from an old list and has not been read for this user now: it must not be shown.
    ``since`` is when somebody first saw it in its state, in seconds since 1970; 0 where that is not noted.
    ``errors`` is how often it was in error of late, where it flaps, ``history`` what has happened to it; None where
    nothing is noted. The meaning of its status depends on ``extensions`` of the API. ``made_for`` is the name of
    the L2 policy of a group that the backend made by itself, where it is known. ``beneath`` is what Neutron says of
    what it is realised by; None where nobody has asked.
    """

    kind: Kind
    attributes: Attributes
    fresh: bool = True
    unverified: bool = False
    since: float = 0.0
    errors: int = 0
    history: Optional[History] = None
    extensions: tuple[str, ...] = ()
    made_for: str = ''
    beneath: Optional[Beneath] = None

    @property
    def is_automatic(self) -> bool:
        """Whether the backend made it by itself: Cisco's AIM driver makes a group for each L2 policy."""
        return bool(self.kind.automatic and self.attributes.get(self.kind.automatic))

    @property
    def title(self) -> str:
        """What it is called on a page: the name of what the backend made by itself is made of ids."""
        return _('Automatic group of %s') % self.made_for if self.is_automatic and self.made_for else self.name

    @property
    def description(self) -> str:
        return self.attributes.get('description') or ''

    @property
    def shared(self) -> bool:
        return bool(self.attributes.get('shared'))

    @property
    def status(self) -> statuses.Status:
        if 'status' not in self.attributes:
            return statuses.UNREAD
        return statuses.read(self.attributes['status'], self.kind.collection, self.extensions)

    @property
    def has_problem_beneath(self) -> bool:
        """Whether what is beneath is a problem of its own kind; False where nobody has asked."""
        return self.beneath is not None and self.beneath.is_problem

    @property
    def condition(self) -> statuses.Status:
        """How urgent it is, all told: its status, or :data:`statuses.BENEATH` where what is beneath is worse."""
        return statuses.BENEATH if self.has_problem_beneath else self.status

    @property
    def failed_beneath(self) -> list[NeutronObject]:
        """What is in error beneath; nothing where nobody has asked."""
        return self.beneath.failed if self.beneath else []

    @property
    def badge_note(self) -> Optional[BadgeNote]:
        """What a badge says of what is beneath; None where that is not known."""
        return self.beneath.badge_note if self.beneath else None

    @property
    def recovered_at(self) -> float:
        """When it was first seen to work after its last error, where that ended within a day; else 0."""
        return self.history.recovered_at if self.history else 0.0

    @property
    def has_own_reason(self) -> bool:
        """Whether it is broken, and it is known of itself why: by its details, or by an error beneath it."""
        return bool(self.details or self.failed_beneath) and self.condition.problem

    @property
    def reported(self) -> tuple[str, Optional[str]]:
        """What decides its state, with that of the API's extensions: many resources have this in common."""
        return self.kind.collection, self.attributes.get('status')

    @property
    def is_stale(self) -> bool:
        """Whether its status is only a stored one, and not pending: a call for this resource alone reads it."""
        return not self.fresh and self.kind.read_by is ReadBy.SHOW

    def renew(self, attributes: Attributes) -> None:
        """Take attributes that have just been read."""
        self.attributes |= attributes
        self.fresh, self.unverified = True, False

    @property
    def details(self) -> str:
        """The backend's own words; blanks alone say nothing."""
        details: str = self.attributes.get('status_details') or ''
        return '' if details.isspace() else details

    @property
    def has_status_of_chain(self) -> bool:
        """Whether GBP has copied the status of a service chain onto a group; the chain may be gone by now."""
        return self.kind.collection == 'policy_target_groups' and self.details.startswith(NODE_DEPLOYMENT)


#: Resources, each by its collection and id.
Resources = dict[Key, Resource]


@dataclasses.dataclass
class Listing:
    """All resources of one kind in the scope, or the failure that there was instead.

    ``unreadable`` counts the rows that could not be used; ``asked_at`` is in seconds since 1970. Where statuses cost
    GBP much, they were read earlier than the rest: ``statuses_at`` says when, and 0 that they are as old as the rest.
    """

    kind: Kind
    rows: list[Resource] = dataclasses.field(default_factory=list)
    failure: Optional[Failure] = None
    asked_at: float = 0.0
    unreadable: int = 0
    statuses_at: float = 0.0

    @property
    def is_pending(self) -> bool:
        """Whether GBP is still making it."""
        return self.failure is not None and self.failure.reason is Reason.BUSY

    @property
    def is_missing(self) -> bool:
        """Whether it is not there yet, or did not come in time."""
        return self.is_pending or (self.failure is not None and self.failure.reason is Reason.TIMEOUT)

    @property
    def has_all_statuses(self) -> bool:
        """Whether each row has a status, so that they can be counted."""
        return all('status' in row.attributes for row in self.rows)

    @property
    def stale(self) -> int:
        """How many rows carry a status that is only as last reported."""
        return sum(row.is_stale for row in self.rows)


#: Listings by collection.
Listings = dict[str, Listing]


@dataclasses.dataclass
class ReadResult:
    """What a read by ids came to: {collection: {id: Resource}}, {collection: [ids]}, {collection: Failure}.

    ``pending`` is {collection: [ids]} of those that GBP is still being asked for.
    """

    rows: dict[str, dict[str, Resource]] = dataclasses.field(default_factory=dict)
    gone: Ids = dataclasses.field(default_factory=dict)
    unavailable: Failures = dataclasses.field(default_factory=dict)
    pending: Ids = dataclasses.field(default_factory=dict)

    @property
    def by_key(self) -> Resources:
        """What has been read, of all kinds."""
        return {row.key: row for rows in self.rows.values() for row in rows.values()}
