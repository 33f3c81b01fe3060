# SPDX-License-Identifier: Apache-2.0
"""gbp_status_check on the cache, the sessions and the web server."""

from types import SimpleNamespace

from django.core.cache import caches
import pytest
import requests

from gbp_status_ui.management import deployment
from gbp_status_ui.management.finding import ERROR
from gbp_status_ui.management.finding import NOTE
from gbp_status_ui.management.finding import WARNING

BACKENDS = 'django.core.cache.backends.'
DASHBOARD = 'https://cloud.example/dashboard/auth/login/'
SILENT = {
    'memcached.PyMemcacheCache': ('connect_timeout', 'timeout'),
    'memcached.PyLibMCCache': ('connect_timeout', 'receive_timeout', 'send_timeout'),
    'redis.RedisCache': ('socket_connect_timeout', 'socket_timeout'),
}


def levels(findings):
    return [found.level for found in findings]


@pytest.fixture
def web_server(monkeypatch):
    """A web server that takes request lines up to ``limit`` bytes, and drops longer ones or answers 414."""
    server = SimpleNamespace(limit=8190, drops=False, status=200)

    def get(url, timeout):
        assert timeout == deployment.PATIENCE_SECONDS
        answer = requests.Response()
        answer.status_code, answer.url = server.status, url
        if len(f'GET {requests.Request("GET", url).prepare().path_url} HTTP/1.1') > server.limit:
            answer.status_code = 414
            if server.drops:
                raise requests.ConnectionError('closed')
        return answer

    monkeypatch.setattr(deployment.requests, 'get', get)
    return server


@pytest.mark.parametrize('backend', ['dummy.DummyCache', 'locmem.LocMemCache'])
def test_a_cache_that_workers_do_not_share_is_a_warning(backend):
    assert levels(deployment.kind_of_cache(BACKENDS + backend)) == [WARNING]


@pytest.mark.parametrize('backend', [*SILENT, 'db.DatabaseCache'])
def test_a_cache_that_workers_share_is_no_finding(backend):
    assert levels(deployment.kind_of_cache(BACKENDS + backend)) == []


@pytest.mark.parametrize('backend', SILENT)
def test_a_cache_without_time_outs_is_a_warning_that_names_them(backend):
    (found,) = deployment.timeouts_of_cache({'BACKEND': BACKENDS + backend})

    assert found.level == WARNING
    assert all(option in found.to_do for option in SILENT[backend])


@pytest.mark.parametrize('backend', SILENT)
def test_a_cache_with_time_outs_is_no_finding(backend):
    options = dict.fromkeys(SILENT[backend], 1)

    for given in (options, {'behaviors': options}):
        assert list(deployment.timeouts_of_cache({'BACKEND': BACKENDS + backend, 'OPTIONS': given})) == []


def test_a_cache_that_keeps_is_no_finding():
    assert list(deployment.answers_of_cache('default')) == []


def test_the_trial_leaves_nothing_in_the_cache():
    list(deployment.answers_of_cache('default'))

    assert caches['default']._cache == {}


def test_a_cache_that_fails_is_an_error(monkeypatch):
    def refuse(*_args):
        raise ConnectionRefusedError(111, 'Connection refused')

    monkeypatch.setattr(caches['default'], 'set', refuse)
    (found,) = deployment.answers_of_cache('default')

    assert found.level == ERROR
    assert 'Connection refused' in found.what


def test_a_cache_that_loses_is_an_error(monkeypatch):
    monkeypatch.setattr(caches['default'], 'set', lambda *_: None)

    assert levels(deployment.answers_of_cache('default')) == [ERROR]


def test_the_plugins_own_cache_is_looked_at_where_there_is_one(settings):
    settings.CACHES = {
        'default': {'BACKEND': BACKENDS + 'memcached.PyMemcacheCache'},
        'gbp_status_ui': {'BACKEND': BACKENDS + 'locmem.LocMemCache'},
    }

    assert [found.what.split()[0] for found in deployment.find()] == ['Each', 'The']


@pytest.mark.parametrize(('engine', 'found'), [('signed_cookies', [WARNING]), ('cache', []), ('file', [])])
def test_sessions_in_cookies_are_a_warning(settings, engine, found):
    settings.SESSION_ENGINE = 'django.contrib.sessions.backends.' + engine

    assert levels(deployment.sessions()) == found


def test_without_an_address_the_web_server_is_not_tried():
    assert levels(deployment.request_lines(None)) == [NOTE]


@pytest.mark.parametrize('limit', [4000, 4094, 8190])
def test_a_web_server_that_takes_a_polls_request_line_is_no_finding(web_server, limit):
    web_server.limit = limit

    assert list(deployment.request_lines(DASHBOARD)) == []


@pytest.mark.parametrize('drops', [True, False])
def test_a_web_server_that_refuses_or_drops_it_is_a_warning(web_server, drops):
    web_server.limit, web_server.drops = 3999, drops

    assert levels(deployment.request_lines(DASHBOARD)) == [WARNING]


def test_a_dashboard_that_does_not_answer_is_an_error(web_server):
    web_server.status = 502

    assert levels(deployment.request_lines(DASHBOARD)) == [ERROR]
