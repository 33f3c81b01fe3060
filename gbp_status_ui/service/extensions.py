# SPDX-License-Identifier: Apache-2.0
"""The extensions that the API has, as far as is known; every page of the dashboard asks, for its navigation."""

from __future__ import annotations

from collections.abc import Collection
from collections.abc import Iterable
from collections.abc import Sequence
import time

from horizon import exceptions as horizon_exceptions

from gbp_status_ui.caching import answers
from gbp_status_ui.caching import deadline
from gbp_status_ui.caching import entries
from gbp_status_ui.service import batches
from gbp_status_ui.service.call import Call
from gbp_status_ui.service.connection import Connection
from gbp_status_ui.service.connection import EXTENSIONS

#: How many seconds the API has to say which extensions it has.
LIMIT_SECONDS = 10

#: For how many seconds the list of extensions is believed: it changes when Neutron is installed anew.
TTL_SECONDS = 300

#: For how many seconds is believed that nobody knows the extensions: every page of the dashboard asks for them.
UNKNOWN_TTL_SECONDS = 30


class _Freshness:
    """How old the list of extensions may be."""

    not_before = 0.0
    ttl_seconds = TTL_SECONDS

    def accepts(self, answer: entries.Answer, _not_before: float) -> bool:
        ttl_seconds = UNKNOWN_TTL_SECONDS if answer.failed else TTL_SECONDS
        return time.time() - answer.came_at < ttl_seconds

    def round(self, _leased_at: Iterable[float]) -> float:
        return self.not_before


def aliases(connection: Connection) -> Collection[str] | None:
    """Return the aliases of the API's extensions; believed for ``TTL_SECONDS`` in one region.

    None where the service does not answer in a moment: nobody knows then, and nothing is hidden because of it. A region
    without a network service has none; the navigation of every page asks, there too. ``connection`` is a request's.
    """
    try:
        shared = answers.Answers(('extensions', connection.endpoint), _Freshness(), lambda: True)
    except horizon_exceptions.ServiceCatalogException:
        return frozenset()
    # The navigation and the view ask: a request waits once.
    return connection.prefetch.once(shared.answer_key(EXTENSIONS), lambda: _aliases(connection, shared))


def _aliases(connection: Connection, shared: answers.Answers) -> Collection[str] | None:
    answer = _fetched(connection, shared)
    if answer is None or answer.failed or answer.rows.unreadable:
        return None
    return {extension['alias'] for extension in answer.rows}


def _fetched(connection: Connection, shared: answers.Answers) -> entries.Answer | None:
    asked, hold_seconds = [(EXTENSIONS,)], deadline.list_wait_seconds()
    known = {EXTENSIONS: entries.decoded(connection.prefetch.get(shared.answer_key(EXTENSIONS)))}
    try:
        with connection.waiting():
            found = shared.fetch(asked, lambda leases: _ask(connection, leases), hold_seconds, known=known)
    except horizon_exceptions.NotAuthenticated:
        # The navigation is on every page of the dashboard: only the panel's own calls lead to the login.
        return None
    return found[EXTENSIONS]


def _ask(connection: Connection, leases: Sequence[answers.Lease[Call]]) -> None:
    batches.start(connection, leases, lambda batch: {call: (call, LIMIT_SECONDS) for call in batch})
