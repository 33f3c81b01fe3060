# SPDX-License-Identifier: Apache-2.0
"""The rows that one address asks for: counts, tables and exports all derive from the same lists, so they agree."""

import collections
from collections.abc import Collection
from collections.abc import Iterable
import dataclasses
import functools
from typing import Optional

from gbp_status_ui import conf
from gbp_status_ui.health import beneath
from gbp_status_ui.health import certainty
from gbp_status_ui.health import preview
from gbp_status_ui.health import searched
from gbp_status_ui.health import sightings
from gbp_status_ui.health.certainty import Certainty
from gbp_status_ui.health.query import Query
from gbp_status_ui.model import registry
from gbp_status_ui.model import statuses
from gbp_status_ui.model.answers import Failure
from gbp_status_ui.model.kinds import Kind
from gbp_status_ui.model.neutron import NeutronKind
from gbp_status_ui.model.resource import Listing
from gbp_status_ui.model.resource import Resource
from gbp_status_ui.model.statuses import Status
from gbp_status_ui.model.types import ProjectNames
from gbp_status_ui.service.api import Gbp

#: How many states that GBP does not define have a chip.
MAX_OTHER_CHIPS = 20

#: How many new rows of an expensive kind are read along with the rows that a page shows.
MAX_NEW_ROWS = 20


@dataclasses.dataclass(frozen=True)
class Chip:
    """One state in the filter bar: how many rows it leads to, whether it is on, and the address that toggles it.

    ``certainty`` says how far the number can be believed.
    """

    status: Status
    count: int
    active: bool
    url: str
    certainty: Certainty = Certainty.EXACT


class Board:
    """The kinds of one tab, listed now, as a query asks for them."""

    def __init__(self, gbp: Gbp, query: Query, project_names: ProjectNames) -> None:
        self.gbp = gbp
        self.query = query
        self.project_names = project_names
        self.kinds = gbp.served(self._kinds)
        self.listings = gbp.listings(self.kinds, query.project)
        #: What is known of the kinds whose lists are missing: {collection: Preview}.
        self.previews: dict[str, preview.Preview] = {}
        self._found: dict[str, list[Resource]] = {}
        self._begin()

    @property
    def _kinds(self) -> Iterable[Kind]:
        return [kind for kind in registry.in_tab(self.query.tab) if self.query.kind in ('', kind.collection)]

    def _begin(self) -> None:
        if not self._missing:
            self._look()

    @property
    def _missing(self) -> list[Listing]:
        return [listing for listing in self.listings.values() if listing.is_missing]

    @property
    def asked_listings(self) -> list[Listing]:
        """The lists of what the query asks for; the others may hold its causes."""
        return [listing for listing in self.listings.values() if self.query.kind in ('', listing.kind.collection)]

    @property
    def certainty(self) -> Certainty:
        """How far the numbers of its rows can be believed."""
        return certainty.of(self.asked_listings)

    def has_rows_without_statuses(self, collections_asked: Collection[str]) -> bool:
        """Whether there are rows of any of these kinds whose lists are missing; nothing is waited for."""
        kinds = [listing.kind for listing in self._missing if listing.kind.collection in collections_asked]
        found = self.gbp.without_statuses(kinds, self.query.project, hold_seconds=0) if kinds else {}
        return any(not listing.failure for listing in found.values())

    def fill_in(self) -> None:
        """Show what is known of the kinds whose lists are missing."""
        if not self._missing:
            return
        self.previews = preview.of(self.gbp, self._missing, self.query, self.project_names)
        for collection, found in self.previews.items():
            self.listings[collection].rows = found.rows
        self._found = {}
        self.__dict__.pop('names', None)
        self._look()

    @property
    def _all(self) -> list[Resource]:
        return [row for listing in self.listings.values() for row in listing.rows]

    def _look(self) -> None:
        self.gbp.has_pending_lists |= self.in_neutron.is_pending
        sightings.note(self.gbp, self._all, self.in_neutron.well)

    @property
    def reads_beneath(self) -> bool:
        """Whether the problems beneath are looked for: where the filter asks for them."""
        return self.query.asks_beneath

    @functools.cached_property
    def in_neutron(self) -> beneath.InScope:
        """The problems beneath all rows that were listed; these carry them."""
        if not self.reads_beneath:
            return beneath.InScope({})
        return beneath.in_scope(self.gbp, self._all, self.query.project)

    @property
    def unread_beneath(self) -> list[tuple[NeutronKind, Failure]]:
        """The kinds of Neutron whose errors could not be listed, as (kind, failure)."""
        return self.in_neutron.failures(self.gbp)

    def found(self, kind: Kind) -> list[Resource]:
        """Return the rows of a kind that the search finds, in any state, without those that are folded away."""
        rows = self._matching(kind)
        return [row for row in rows if not row.is_automatic] if self.query.folds and kind.automatic else rows

    def automatic(self, kind: Kind) -> int:
        """Return how many rows that the backend made by itself the search finds."""
        rows = self._matching(kind) if kind.automatic else []
        return sum(row.is_automatic and not row.unverified for row in rows)

    @property
    def all_automatic(self) -> int:
        return sum(map(self.automatic, self.kinds))

    @functools.cached_property
    def names(self) -> dict[str, dict[str, str]]:
        """{collection: {id: name}} of what columns name, where there is a search: one call a kind, as a page makes.

        Of more ids than fit in one call the others are found by their ids alone.
        """
        if not self.query.q:
            return {}
        return self.gbp.names(searched.related_ids(self._all, conf.MAX_CALL_IDS))

    @property
    def _related_names(self) -> dict[str, str]:
        return {id_: name for names in self.names.values() for id_, name in names.items()}

    def _matching(self, kind: Kind) -> list[Resource]:
        if kind.collection not in self._found:
            rows = self.listings[kind.collection].rows
            found = self.query.found(rows, self.project_names, self._related_names) if self.query.q else rows
            self._found[kind.collection] = found
        return self._found[kind.collection]

    def ordered(self, kind: Kind) -> list[Resource]:
        """Return all rows of a kind that search and filter let through, in order."""
        rows = self.found(kind)
        if self.query.status:
            rows = [row for row in rows if self.query.shows(row)]
        rows = self.query.recent(rows)
        return self.query.ordered(rows, kind, self.project_names)

    @property
    def all_found(self) -> list[Resource]:
        """What the search finds in all tables of the tab."""
        return [row for kind in self.kinds for row in self.found(kind)]

    @property
    def number(self) -> int:
        """How many rows that is; unverified rows do not count."""
        return sum(not row.unverified for row in self.all_found)

    @property
    def chips(self) -> list[Chip]:
        """The filter bar over all rows."""
        return chips(self.all_found, self.query, self.in_neutron if self.reads_beneath else None, self.certainty)

    def freshen(self, rows: Iterable[Resource]) -> bool:
        """Read the rows that are to be shown and are only as last reported; say whether there were any."""
        stale = [row for row in rows if not row.fresh]
        self.gbp.freshen(self.listings.values(), [*stale, *self._new(stale)])
        # What turned out to be gone has left its listing.
        self._found = {}
        return any(row.fresh for row in stale)

    def _new(self, stale: list[Resource]) -> list[Resource]:
        """Return some of the other rows that have come since the statuses of all were read."""
        rows = [row for one in self.listings.values() if one.statuses_at for row in one.rows]
        return [row for row in rows if 'status' not in row.attributes and row not in stale][:MAX_NEW_ROWS]


def chips(
    rows: Collection[Resource],
    query: Query,
    problems: Optional[beneath.InScope] = None,
    of_rows: Certainty = Certainty.EXACT,
) -> list[Chip]:
    """Return a chip for each state that GBP defines, then for those others that occur in the rows.

    If ``problems`` beneath have been looked for, these have a chip, too; such a row also counts in that of GBP's word.

    A state of the address that no row has gets no chip, and neither does a rare state among very many: each chip is an
    address that names all states of the filter. Rows that have not been read yet are not counted; ``of_rows`` is how
    far the number of rows can be believed.
    """
    counts, found = _counted([row for row in rows if 'status' in row.attributes])
    known = {status.slug for status in statuses.KNOWN}
    others = [slug for slug, _number in counts.most_common() if slug not in known][:MAX_OTHER_CHIPS]
    made = [
        Chip(status, counts[status.slug], status.slug in query.status, query.toggled(status), of_rows)
        for status in (*statuses.KNOWN, *(found[slug] for slug in sorted(others)))
    ]
    return made if problems is None else [made[0], _chip_beneath(rows, query, problems, of_rows), *made[1:]]


def _counted(rows: list[Resource]) -> tuple[collections.Counter[str], dict[str, Status]]:
    """Return {slug: number of rows} and {slug: state}.

    Many rows report few values, so each value is looked up once for each kind: kinds may differ in what a word means.
    """
    counts: collections.Counter[str] = collections.Counter()
    samples = {row.reported: row for row in rows}
    found: dict[str, Status] = {}
    for reported, number in collections.Counter(row.reported for row in rows).items():
        status = samples[reported].status
        counts[status.slug] += number
        found[status.slug] = status
    return counts, found


def _chip_beneath(rows: Iterable[Resource], query: Query, problems: beneath.InScope, of_rows: Certainty) -> Chip:
    number = sum(row.has_problem_beneath for row in rows)
    both = certainty.worst([of_rows, certainty.of_beneath(problems)])
    return Chip(statuses.BENEATH, number, query.asks_beneath, query.toggled(statuses.BENEATH), both)


def ambiguous(rows: Iterable[Resource]) -> set[str]:
    """Return the ids of those rows that have their name in common with another of their kind."""
    counts = collections.Counter((row.kind.collection, row.name) for row in rows)
    return {row.id for row in rows if counts[row.kind.collection, row.name] > 1}
