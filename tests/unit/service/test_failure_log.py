# SPDX-License-Identifier: Apache-2.0
"""What the log says of failures: what, where, how long, by which of Neutron's ids; the same once a minute."""

import logging
import re

from django.test import override_settings
import pytest
import requests

from horizon import exceptions

from gbp_status_ui import logs
from gbp_status_ui.model import registry
from gbp_status_ui.service import connection
from gbp_status_ui.service import failure_log
from gbp_status_ui.service import parsing
from gbp_status_ui.service.call import Call
from gbp_status_ui.service.connection import Connection

from tests import asking
from tests.unit import sessions
from tests.unit import stand_in

POOLS = Call('/grouppolicy/nat_pools', 'nat_pools', (('id', ('secret-a', 'secret-b')), ('name', 'secret-c')))
LISTS = [Call(kind.path, kind.collection) for kind in registry.KINDS]


class Clock:
    """The monotonic clock; it goes on by what a test adds."""

    def __init__(self):
        self.now = 1000.0

    def monotonic(self):
        return self.now


@pytest.fixture
def clock(monkeypatch):
    found = Clock()
    monkeypatch.setattr(logs, 'time', found)
    return found


@pytest.fixture
def user_connection(member):
    return Connection(asking.request_of(member))


@pytest.fixture
def lines(caplog):
    """The lines of the log."""
    caplog.set_level(logging.INFO, failure_log.__name__)
    return lambda: [record.getMessage() for record in caplog.records if record.name == failure_log.__name__]


def test_a_line_says_what_failed_where_and_how_long_it_took(user_connection, gbp, lines):
    gbp.fail('nat_pools', 500)
    user_connection.gather({0: POOLS})
    (line,) = lines()

    address = re.escape(f'{sessions.NETWORK_URL}/v2.0/grouppolicy/nat_pools')
    assert re.fullmatch(
        f"GBP did not answer: nat_pools at '{address}': HTTP 500 after \\d+\\.\\d\\d s, "
        f"request '{stand_in.REQUEST_ID}': 'Internal Server Error'",
        line,
    )


def test_a_line_names_the_resource_that_was_shown(user_connection, gbp, lines):
    gbp.fail('nat_pools', 503)
    user_connection.gather({0: Call('/grouppolicy/nat_pools/some-id', member='nat_pool')})

    assert "nat_pool at 'http" in lines()[0]
    assert "/v2.0/grouppolicy/nat_pools/some-id'" in lines()[0]


@pytest.mark.parametrize(
    ('fault', 'said'),
    [
        ((502, b'<html>the proxy says no</html>'), 'HTTP 502 after'),
        ((404, b'<html>no such page</html>'), 'HTTP 404 after'),
        ((302, b''), 'HTTP 302 after'),
        (b'<html>hello</html>', 'Malformed after'),
        (b'{"something": "else"}', 'Malformed after'),
        (requests.ConnectionError('refused'), 'ConnectFailure after'),
        (requests.ReadTimeout('late'), 'no answer in time after'),
        (requests.ConnectTimeout('late'), 'no answer in time after'),
    ],
    ids=str,
)
def test_each_fault_is_said(user_connection, gbp, lines, fault, said):
    gbp.fail('nat_pools', fault)
    user_connection.gather({0: POOLS})

    assert [said in line for line in lines()] == [True]


@pytest.mark.parametrize('body', [b'<html>hello</html>', b'{"something": "else"}', b'{"nat_pools": [{"id": 5}]}'])
def test_what_is_wrong_in_an_answer_can_be_searched_by_its_request(user_connection, gbp, lines, body):
    gbp.fail('nat_pools', body)
    user_connection.gather({0: POOLS})

    assert f"request '{stand_in.REQUEST_ID}'" in lines()[0]


def test_a_call_that_hangs_past_its_limit_is_said(member, gbp, lines, monkeypatch):
    """The stand-in does not hang up by itself; a socket does so when the time of its call is over."""
    held, answer = gbp._held, gbp.send

    def send(request, timeout=None, **options):
        event = held.get('nat_pools')
        if event is not None and not event.wait(timeout):
            raise requests.ReadTimeout('late')
        return answer(request, **options)

    monkeypatch.setattr(gbp, 'send', send)
    gbp.hold('nat_pools')
    with override_settings(GBP_STATUS_UI={'time_limit': 0.2}):
        Connection(asking.request_of(member)).gather({0: POOLS})
    # The thread of the call may end a little later than the request.
    connection._pool().shutdown()

    assert re.search(r'nat_pools at .*: no answer in time after 0\.[12]\d s', lines()[0])


@pytest.mark.parametrize(
    'fault', [403, (404, b'{"NeutronError": {"type": "NATPoolNotFound"}}'), 401], ids=['forbidden', 'gone', 'log-in']
)
def test_an_answer_is_no_failure(user_connection, gbp, lines, fault):
    gbp.fail('nat_pools', fault)
    call = Call('/grouppolicy/nat_pools/some-id', member='nat_pool')
    if fault == 401:
        with pytest.raises(exceptions.NotAuthenticated):
            user_connection.gather({0: call})
    else:
        user_connection.gather({0: call})

    assert lines() == []


@pytest.mark.parametrize(
    'fault',
    [500, requests.ConnectionError(f'{sessions.NETWORK_URL}/x?id=secret-a&id=secret-b: refused'), b'{}'],
    ids=str,
)
def test_no_id_name_or_token_of_a_call_is_said(user_connection, gbp, lines, fault):
    gbp.fail('nat_pools', fault)
    user_connection.gather({0: POOLS})

    assert len(lines()) == 1
    assert not re.search('secret|token-of', lines()[0])


def test_a_password_in_an_endpoint_is_not_said(lines):
    failure_log.note('GBP', 'nat_pools', 'http://user:secret@neutron.invalid/v2.0', parsing.Refused(500, ''), 0, '')

    assert lines() == ["GBP did not answer: nat_pools at 'http://neutron.invalid/v2.0': HTTP 500 after 0.00 s"]


def test_a_token_that_an_answer_repeats_is_not_said(user_connection, gbp, lines, member):
    token = asking.request_of(member).user.token.id
    gbp.fail('nat_pools', (502, f'<pre>X-Auth-Token: {token}, X-Other: b</pre>'.encode()))
    user_connection.gather({0: POOLS})

    assert 'X-Auth-Token: …, X-Other: b' in lines()[0]


def test_a_mistake_of_the_plugin_is_said_with_its_place_once_a_minute(user_connection, gbp, caplog, monkeypatch):
    def run(*_arguments):
        raise ZeroDivisionError('from\nelsewhere')

    monkeypatch.setattr(Call, 'run', run)
    user_connection.gather(dict.fromkeys(range(3), POOLS))
    (line,) = [record.getMessage() for record in caplog.records if record.name == connection.__name__]

    assert "a mistake of the plugin: ZeroDivisionError('from\\nelsewhere')\n" in line
    assert f'File "{__file__}"' in line


def test_what_a_service_says_stays_one_short_line(user_connection, gbp, lines):
    message = 'failed\nGBP did not answer: \x1b[31mforged\x00' + 'x' * 5000
    gbp.fail('nat_pools', (500, stand_in.json.dumps({'NeutronError': {'message': message}}).encode()))
    user_connection.gather({0: POOLS})
    (line,) = lines()

    assert len(line) < 600
    assert line.isprintable()


def test_the_same_fault_of_all_kinds_is_one_line_a_minute(user_connection, gbp, lines, clock):
    for kind in registry.KINDS:
        gbp.fail(kind.collection, 503)
    user_connection.gather({call: call for call in LISTS})
    assert len(lines()) == 1
    clock.now += logs.LOG_INTERVAL_SECONDS - 1
    user_connection.gather({call: call for call in LISTS[:3]})
    assert len(lines()) == 1
    clock.now += 1
    user_connection.gather({LISTS[0]: LISTS[0]})
    clock.now += logs.LOG_INTERVAL_SECONDS
    user_connection.gather({LISTS[0]: LISTS[0]})

    first, second, third = lines()
    assert 'more' not in first
    assert re.search(r'\(and 19 more of 1[67] kinds since the last such line\)$', second)
    assert 'more' not in third


def test_another_fault_or_service_is_a_line_of_its_own(user_connection, gbp, lines, clock):
    for fault in (503, 500, b'{}', requests.ConnectionError('refused'), requests.ReadTimeout('late')):
        gbp.fail('nat_pools', fault)
        user_connection.gather({0: POOLS})
    gbp.fail('nat_pools', 503)
    user_connection.gather({0: POOLS})
    assert len(lines()) == 5
    user_connection.__dict__['endpoint'] = f'{sessions.NETWORK_URL}:9696'
    user_connection.gather({0: POOLS})

    assert len(lines()) == 6
