# SPDX-License-Identifier: Apache-2.0
"""Each session proves its own token at least once a minute before others' answers count for it."""

import pytest

from gbp_status_ui.caching import store
from gbp_status_ui.service import connection

from tests import asking
from tests.clients import Client
from tests.unit import sessions
from tests.unit.viewing import calls
from tests.unit.viewing import GROUPS
from tests.unit.viewing import page
from tests.unit.viewing import poll

pytestmark = pytest.mark.releases


@pytest.fixture
def stranger():
    """A colleague whose token the service has not seen yet."""
    return sessions.COLLEAGUE.log_in(Client())


def shared(client, group):
    return poll(client, group, cache_control='max-age=5')


def test_a_token_is_proven_by_one_cheap_call(gbp, group, member, stranger):
    poll(member, group)
    gbp.requests.clear()
    answers = [shared(stranger, group) for _ in range(3)]

    assert [asked.path for asked in gbp.requests] == ['/extensions']
    assert [calls(answer) for answer in answers] == [1, 0, 0]


def test_a_call_of_its_own_proves_a_token(gbp, group, member, stranger):
    poll(stranger, gbp.make(GROUPS, 'another'))
    poll(member, group)

    assert calls(shared(stranger, group)) == 0


def test_a_proof_does_not_last(gbp, group, member, stranger, monkeypatch):
    monkeypatch.setattr(connection, 'TOKEN_PROOF_TTL_SECONDS', 0)
    poll(member, group)

    assert [calls(shared(stranger, group)) for _ in range(2)] == [1, 1]


def test_proofs_last_less_than_a_minute_with_all_that_a_request_waits():
    assert connection.TOKEN_PROOF_TTL_SECONDS + 10 < 60


@pytest.mark.parametrize('look', [shared, lambda client, _group: page(client)], ids=['poll', 'page'])
def test_whose_token_was_revoked_gets_nothing_that_others_fetched(gbp, group, member, stranger, look):
    shared(member, group)
    page(member)
    del gbp.people['token-of-colleague']
    answer = look(stranger, group)

    assert answer.status_code in {302, 401}
    assert b'web' not in answer.content


def test_a_refusal_ends_an_earlier_proof(gbp, group, member, colleague):
    shared(member, group)
    person = gbp.people.pop('token-of-colleague')
    poll(colleague, group, cache_control='no-cache')
    gbp.people['token-of-colleague'] = person

    assert calls(shared(colleague, group)) == 1


@pytest.mark.parametrize('value', [1, 'text', [True], {'a': 1}, False], ids=repr)
def test_what_is_no_proof_proves_nothing(gbp, group, member, stranger, value):
    shared(member, group)
    del gbp.people['token-of-colleague']
    store.set_many({connection.Connection(asking.request_of(stranger))._token_key: value}, 60)
    answer = shared(stranger, group)

    assert answer.status_code in {302, 401, 503}
    assert b'web' not in answer.content


def test_without_a_proof_a_session_asks_by_itself(gbp, group, member, stranger):
    shared(member, group)
    gbp.fail('extensions', 503)
    gbp.requests.clear()
    answer = shared(stranger, group)

    assert [asked.collection for asked in gbp.requests] == ['extensions', GROUPS]
    assert answer.json()['rows'][GROUPS].keys() == {group}
