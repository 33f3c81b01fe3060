# SPDX-License-Identifier: Apache-2.0
"""The connection to GBP: it makes calls side by side, in one time limit, as the user; each failure has a reason."""

import threading

from django.test import override_settings
import pytest
import requests

from horizon import exceptions

from gbp_status_ui.model import registry
from gbp_status_ui.model.answers import Failure
from gbp_status_ui.model.answers import Reason
from gbp_status_ui.service import connection
from gbp_status_ui.service.connection import Call
from gbp_status_ui.service.connection import Connection

from tests import asking
from tests.unit import sessions

pytestmark = pytest.mark.releases

GROUPS = Call('/grouppolicy/policy_target_groups', 'policy_target_groups')
POOLS = Call('/grouppolicy/nat_pools', 'nat_pools')


@pytest.fixture
def user_connection(member):
    return Connection(asking.request_of(member))


def test_no_calls_have_no_answers_and_cost_nothing(user_connection, gbp):
    assert user_connection.gather({}) == {}
    assert (user_connection.calls, gbp.requests) == (0, [])


def test_calls_are_made_with_the_users_own_token(user_connection, gbp):
    gbp.make('policy_target_groups', 'web')
    gbp.make('policy_target_groups', 'tills', project='other')

    assert [row['name'] for row in user_connection.gather({'groups': GROUPS})['groups']] == ['web']


def test_answers_stand_under_the_keys_of_their_calls(user_connection, gbp):
    gbp.make('policy_target_groups', 'web')

    answers = user_connection.gather({'pools': POOLS, 'groups': GROUPS})

    assert (answers['pools'], len(answers['groups'])) == ([], 1)


def test_calls_and_seconds_are_counted(user_connection):
    user_connection.gather({1: GROUPS, 2: POOLS})
    user_connection.gather({3: GROUPS})

    assert user_connection.calls == 3
    assert user_connection.seconds > 0


def test_without_time_nothing_is_asked(user_connection, gbp):
    user_connection.deadline._ends = 0

    assert user_connection.gather({1: GROUPS}) == {1: Failure(Reason.TIMEOUT)}
    assert (user_connection.calls, gbp.requests) == (0, [])


def test_a_call_may_have_less_time_than_the_request(user_connection, gbp):
    gbp.hold('policy_target_groups')
    answers = user_connection.gather({1: GROUPS}, seconds=0.1)

    assert answers == {1: Failure(Reason.TIMEOUT)}
    assert user_connection.deadline.left > 5


def test_calls_are_made_side_by_side(user_connection, gbp, monkeypatch):
    """Both have to be on their way before either is answered."""
    together = threading.Barrier(2, timeout=60)
    answer = gbp.send
    monkeypatch.setattr(gbp, 'send', lambda *args, **kwargs: (together.wait(), answer(*args, **kwargs))[1])

    assert user_connection.gather({1: GROUPS, 2: POOLS}) == {1: [], 2: []}


def test_a_call_that_takes_longer_than_the_limit_leaves_the_others(member, gbp):
    gbp.hold('nat_pools')
    with override_settings(GBP_STATUS_UI={'time_limit': 0.5}):
        answers = Connection(asking.request_of(member)).gather({1: GROUPS, 2: POOLS})

    assert answers == {1: [], 2: Failure(Reason.TIMEOUT)}


def test_the_limit_is_that_of_the_whole_request(member, gbp):
    with override_settings(GBP_STATUS_UI={'time_limit': 0.5}):
        user_connection = Connection(asking.request_of(member))
        gbp.hold('nat_pools')
        user_connection.gather({1: POOLS})

        assert user_connection.gather({2: POOLS}) == {2: Failure(Reason.TIMEOUT)}


@pytest.mark.parametrize(
    ('fault', 'reason'),
    [
        (403, Reason.FORBIDDEN),
        (404, Reason.ERROR),
        (500, Reason.ERROR),
        (503, Reason.ERROR),
        (requests.ConnectTimeout('late'), Reason.TIMEOUT),
        (requests.ReadTimeout('late'), Reason.TIMEOUT),
        (requests.ConnectionError('refused'), Reason.ERROR),
        (requests.exceptions.ChunkedEncodingError('cut'), Reason.ERROR),
    ],
    ids=str,
)
def test_a_fault_has_a_reason_and_leaves_the_others(user_connection, gbp, fault, reason):
    gbp.fail('nat_pools', fault)

    answers = user_connection.gather({1: GROUPS, 2: POOLS})

    assert answers[1] == []
    assert answers[2].reason is reason


def test_an_answer_that_is_no_json_is_an_error(user_connection, gbp):
    gbp.fail('nat_pools', b'<html>the load balancer says no</html>')

    assert user_connection.gather({1: POOLS})[1].reason is Reason.ERROR


def test_an_answer_without_the_collection_is_an_error(user_connection, gbp):
    gbp.fail('nat_pools', b'{"something": "else"}')

    assert user_connection.gather({1: POOLS})[1].reason is Reason.ERROR


@pytest.mark.parametrize('body', [b'{}', b'[]', b'null'])
def test_an_answer_without_the_member_is_an_error(user_connection, gbp, body):
    id_ = gbp.make('policy_target_groups', 'web')
    gbp.fail(f'policy_target_groups/{id_}', body)
    call = Call(f'/grouppolicy/policy_target_groups/{id_}', member='policy_target_group')

    assert user_connection.gather({1: call})[1].reason is Reason.ERROR


def test_an_error_without_gbps_own_body_is_known_by_its_code(user_connection, gbp):
    gbp.fail('nat_pools', (403, b'<html>the proxy says no</html>'))

    assert user_connection.gather({1: POOLS})[1].reason is Reason.FORBIDDEN


def test_the_services_own_message_is_kept(user_connection, gbp):
    gbp.fail('nat_pools', 500)

    assert 'Internal Server Error' in user_connection.gather({1: POOLS})[1].message


def test_a_token_that_is_no_longer_accepted_ends_the_request(user_connection, gbp):
    gbp.people.clear()

    with pytest.raises(exceptions.NotAuthenticated):
        user_connection.gather({1: GROUPS})


def test_the_endpoint_is_that_of_the_users_region(user_connection):
    assert user_connection.endpoint == sessions.NETWORK_URL


def test_no_more_calls_than_the_setting_says_are_under_way(gbp, member, monkeypatch):
    under_way, most, answer = set(), [], gbp.send

    def send(request, **options):
        under_way.add(threading.get_ident())
        most.append(len(under_way))
        try:
            return answer(request, **options)
        finally:
            under_way.discard(threading.get_ident())

    monkeypatch.setattr(gbp, 'send', send)
    with override_settings(GBP_STATUS_UI={'parallel_calls': 3}):
        Connection(asking.request_of(member)).gather(dict.fromkeys(range(40), GROUPS))

    assert max(most) <= 3
    assert len(most) == 40


def test_a_slow_request_leaves_room_for_others(gbp, member):
    settings = {'parallel_calls': 8 + 1, 'time_limit': 5}
    gbp.hold('nat_pools')
    with override_settings(GBP_STATUS_UI=settings):
        slow, quick = (Connection(asking.request_of(member)) for _ in range(2))
        waiting = threading.Thread(target=slow.gather, args=[dict.fromkeys(range(40), POOLS)])
        waiting.start()
        answers = quick.gather({1: GROUPS})
        gbp.release()
        waiting.join()

    assert answers == {1: []}


def test_what_is_late_is_not_asked_any_more(gbp, member):
    gbp.hold('nat_pools')
    with override_settings(GBP_STATUS_UI={'parallel_calls': 2, 'time_limit': 0.5}):
        own = Connection(asking.request_of(member))
        answers = own.gather(dict.fromkeys(range(40), POOLS))
    gbp.release()
    connection._pool().shutdown()

    assert set(answers.values()) == {Failure(Reason.TIMEOUT)}
    assert (own.calls, len(gbp.requests)) == (2, 2)


def test_a_cookie_of_the_service_is_not_kept_for_the_next_user(monkeypatch):
    monkeypatch.undo()
    asked = requests.cookies.MockRequest(requests.Request('GET', sessions.NETWORK_URL).prepare())
    cookie = requests.cookies.create_cookie('session', 'of one user', domain='neutron.invalid')

    assert not connection._sockets().cookies.get_policy().set_ok(cookie, asked)


@pytest.mark.parametrize(
    ('given', 'verify'),
    [
        ({'OPENSTACK_SSL_NO_VERIFY': True, 'OPENSTACK_SSL_CACERT': 'ca.pem'}, False),
        ({'OPENSTACK_SSL_NO_VERIFY': False, 'OPENSTACK_SSL_CACERT': 'ca.pem'}, 'ca.pem'),
        ({'OPENSTACK_SSL_NO_VERIFY': False, 'OPENSTACK_SSL_CACERT': None}, True),
    ],
)
def test_certificates_are_checked_as_horizon_checks_them(given, verify):
    with override_settings(**given):
        assert connection.verify() == verify


def test_a_call_of_one_resource_returns_the_body(user_connection, gbp):
    id_ = gbp.make('policy_target_groups', 'web')
    path = f'{registry.BY_COLLECTION["policy_target_groups"].path}/{id_}'

    assert user_connection.gather({1: Call(path, member='policy_target_group')})[1]['name'] == 'web'
