# SPDX-License-Identifier: Apache-2.0
"""The caches and the sessions, as the check looks at them."""

from django.core.cache import caches
import pytest

from gbp_status_ui.management import deployment
from gbp_status_ui.management.finding import ERROR
from gbp_status_ui.management.finding import WARNING
from gbp_status_ui.management.processes import Processes

pytestmark = pytest.mark.releases

BACKENDS = 'django.core.cache.backends.'
SILENT = {
    'memcached.PyMemcacheCache': ('connect_timeout', 'timeout'),
    'memcached.PyLibMCCache': ('connect_timeout', 'receive_timeout', 'send_timeout'),
    'redis.RedisCache': ('socket_connect_timeout', 'socket_timeout'),
}
SEVERAL, ONE, NOT_KNOWN = (Processes(several, 'So many.') for several in (True, False, None))


def levels(findings):
    return [found.level for found in findings]


@pytest.fixture
def use(settings):
    """Have the default cache be of a backend."""

    def set_cache(backend, **more):
        settings.CACHES = {**settings.CACHES, 'default': {'BACKEND': BACKENDS + backend, **more}}

    return set_cache


@pytest.mark.parametrize(('here', 'found'), [(SEVERAL, [ERROR]), (NOT_KNOWN, [WARNING]), (ONE, [])])
def test_a_cache_in_memory_is_as_bad_as_there_are_processes(use, here, found):
    use('locmem.LocMemCache')

    assert levels(deployment.kind_of_cache('default', here)) == found


@pytest.mark.parametrize('backend', [*SILENT, 'db.DatabaseCache'])
def test_a_cache_that_processes_share_is_no_finding(use, backend):
    use(backend)

    assert levels(deployment.kind_of_cache('default', SEVERAL)) == []


@pytest.mark.parametrize('backend', SILENT)
def test_a_cache_without_time_outs_is_a_warning_that_names_them(use, backend):
    use(backend)
    (found,) = deployment.timeouts_of_cache('default')

    assert found.level == WARNING
    assert all(option in found.to_do for option in SILENT[backend])


@pytest.mark.parametrize('backend', SILENT)
@pytest.mark.parametrize('behaviors', [True, False])
def test_a_cache_with_time_outs_is_no_finding(use, backend, behaviors):
    options = dict.fromkeys(SILENT[backend], 1)
    use(backend, OPTIONS={'behaviors': options} if behaviors else options)

    assert list(deployment.timeouts_of_cache('default')) == []


def test_a_cache_that_keeps_is_no_finding():
    assert list(deployment.answers(10)) == []


def test_the_trial_leaves_nothing_in_the_cache():
    list(deployment.answers(10))

    assert caches['default']._cache == {}


def test_the_plugins_own_cache_is_looked_at_where_there_is_one(settings, use):
    use('locmem.LocMemCache')
    settings.CACHES = {**settings.CACHES, 'gbp_status_ui': {'BACKEND': BACKENDS + 'dummy.DummyCache'}}

    assert deployment.aliases() == ['gbp_status_ui', 'default']


def test_the_library_django_redis_has_names_of_its_own(settings):
    names = ('SOCKET_CONNECT_TIMEOUT', 'SOCKET_TIMEOUT')
    cache = {'BACKEND': 'django_redis.cache.RedisCache', 'OPTIONS': {}}
    settings.CACHES = {**settings.CACHES, 'default': cache}
    (found,) = deployment.timeouts_of_cache('default')
    cache['OPTIONS'] = dict.fromkeys(names, 1)

    assert ', '.join(names) in found.to_do
    assert list(deployment.timeouts_of_cache('default')) == []


@pytest.mark.parametrize(('engine', 'found'), [('cache', ['default', 'own']), ('file', ['default'])])
def test_the_cache_of_the_sessions_is_looked_at(settings, engine, found):
    settings.SESSION_ENGINE, settings.SESSION_CACHE_ALIAS = f'django.contrib.sessions.backends.{engine}', 'own'

    assert deployment.aliases() == found


@pytest.mark.parametrize(
    ('engine', 'found'), [('signed_cookies', [WARNING]), ('cache', [ERROR]), ('file', [WARNING]), ('db', [])]
)
def test_where_sessions_are_kept(settings, use, engine, found):
    use('locmem.LocMemCache')
    settings.SESSION_ENGINE = f'django.contrib.sessions.backends.{engine}'

    assert levels(deployment.kind_of_sessions(ONE)) == found


@pytest.mark.parametrize('location', ['a:1', ['a:1'], '', None])
def test_a_cache_of_one_server_is_asked_once(use, location):
    use('memcached.PyMemcacheCache', LOCATION=location)

    assert deployment.servers('default') == []


@pytest.mark.parametrize('location', [['a:1', 'b:2'], ('a:1', 'b:2'), 'a:1;b:2', 'a:1,b:2'])
def test_a_cache_of_several_servers_names_each(use, location):
    use('memcached.PyMemcacheCache', LOCATION=location)

    assert deployment.servers('default') == ['a:1', 'b:2']


def test_a_cache_that_is_not_in_the_settings_is_an_error(settings):
    settings.SESSION_ENGINE, settings.SESSION_CACHE_ALIAS = 'django.contrib.sessions.backends.cache', 'banana'
    (found,) = deployment.answers(10)

    assert found.level == ERROR
    assert "CACHES['banana'] fails" in found.what


def test_sessions_in_a_database_that_fails_are_an_error_with_a_cache_in_front_of_it(use, settings, monkeypatch):
    def fail(_self, _key):
        raise OSError('no database')

    use('locmem.LocMemCache')
    settings.SESSION_ENGINE = 'django.contrib.sessions.backends.cached_db'
    monkeypatch.setattr('django.contrib.sessions.backends.db.SessionStore.exists', fail)
    (found,) = deployment.answers(10)

    assert (found.level, found.what) == (ERROR, "The sessions fail: OSError('no database').")
