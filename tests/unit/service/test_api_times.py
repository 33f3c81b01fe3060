# SPDX-License-Identifier: Apache-2.0
"""How old the rows of several lists are, and what is read after them; and whose the rows are."""

from gbp_status_ui.caching.answers import Answer
from gbp_status_ui.model import registry
from gbp_status_ui.model.answers import Rows
from gbp_status_ui.model.resource import Listing
from gbp_status_ui.model.resource import Resource
from gbp_status_ui.service.call import Call

from tests.asking import gbp_of
from tests.clients import Client
from tests.unit import sessions

GROUPS = registry.BY_COLLECTION['policy_target_groups']
CHAINS = registry.BY_COLLECTION['servicechain_instances']
NODES = registry.BY_COLLECTION['servicechain_nodes']


def told(*times, rows=()):
    """Return several lists of one kind, and their answers, which were asked for at these times."""
    answers = {Call(GROUPS.path, str(time)): Answer(Rows(rows), time, time + 1) for time in times}
    return list(answers), answers


def test_of_two_lists_the_older_says_how_old_the_rows_are(member):
    listings = [gbp_of(member)._listing(GROUPS, *told(*times)) for times in ((5.0, 2.0), (2.0, 5.0))]

    assert [listing.asked_at for listing in listings] == [2.0, 2.0]


def test_what_is_read_after_lists_that_came_apart_is_newer_than_its_own(gbp, member, monkeypatch):
    """Each row that is asked for again costs a call."""
    user_gbp, since = gbp_of(member), []
    chain, node = (Resource(kind, {'id': 'a'}, fresh=False) for kind in (CHAINS, NODES))
    listings = [Listing(CHAINS, [chain], asked_at=2.0), Listing(NODES, [node], asked_at=5.0)]

    def fetch(batches, _ask, _hold_seconds, not_before, **_options):
        since.append((not_before, [row.collection for batch in batches for row in batch]))
        return {row: Answer({'id': row.id}, max(3.0, not_before), 6.0) for batch in batches for row in batch}

    monkeypatch.setattr(user_gbp.shared, 'fetch', fetch)
    user_gbp.freshen(listings, [chain, node])

    assert since == [(2.0, [CHAINS.collection, NODES.collection]), (5.0, [NODES.collection])]


def test_who_is_in_no_project_owns_nothing_that_has_no_owner():
    """A token may be for a domain."""
    domain = sessions.Person('demo', project='', roles=('member',)).log_in(Client())
    rows = [{'id': 'a', 'tenant_id': None}, {'id': 'b', 'tenant_id': ''}, {'id': 'c', 'tenant_id': 'other'}]

    assert gbp_of(domain)._listing(GROUPS, *told(1.0, rows=rows)).rows == []
