# SPDX-License-Identifier: Apache-2.0
"""Does what is around Horizon suit the plugin: the cache for all workers, and the web server's limit of a request?"""

from urllib.parse import urlsplit
import uuid

from django.conf import settings
from django.core.cache import caches
import requests

from gbp_status_ui.management.finding import error
from gbp_status_ui.management.finding import note
from gbp_status_ui.management.finding import warning

#: A poll's request line is shorter than this.
REQUEST_LINE_BYTES = 4000
#: How long the web server has to answer one request, in seconds.
PATIENCE_SECONDS = 10
SHARED = 'Use a memcached for all workers and hosts, see "A cache for all workers" in the documentation.'
#: Part of a backend's name -> the options that limit how long it may hold up a request.
TIMEOUTS = {
    'PyMemcacheCache': ('connect_timeout', 'timeout'),
    'PyLibMCCache': ('connect_timeout', 'receive_timeout', 'send_timeout'),
    'RedisCache': ('socket_connect_timeout', 'socket_timeout'),
}


def find(url=None):
    """Yield the findings; ``url`` is that of the dashboard."""
    name = 'gbp_status_ui' if 'gbp_status_ui' in settings.CACHES else 'default'
    yield from kind_of_cache(settings.CACHES[name]['BACKEND'])
    yield from timeouts_of_cache(settings.CACHES[name])
    yield from answers_of_cache(name)
    yield from sessions()
    yield from request_lines(url)


def kind_of_cache(backend):
    if backend.endswith('DummyCache'):
        yield warning('The cache keeps nothing, so each viewer asks GBP.', SHARED)
    elif backend.endswith('LocMemCache'):
        yield warning('Each worker has a cache of its own in memory, so each worker asks GBP.', SHARED)


def timeouts_of_cache(cache):
    wanted = next((names for part, names in TIMEOUTS.items() if cache['BACKEND'].endswith(part)), ())
    given = cache.get('OPTIONS', {})
    missing = [name for name in wanted if name not in given and name not in given.get('behaviors', {})]
    if missing:
        yield warning(
            'A cache server that hangs holds up every page without end.', f'Set {", ".join(missing)} in its OPTIONS.'
        )


def answers_of_cache(name):
    key = f'gbp_status_check-{uuid.uuid4()}'
    try:
        caches[name].set(key, key, 10)
        kept = caches[name].get(key) == key
        caches[name].delete(key)
    # Each backend fails by errors of its own.
    except Exception as failure:  # noqa: BLE001
        yield error(f'The cache fails: {failure!r}.', f'Start it, or correct CACHES[{name!r}].')
    else:
        if not kept and not settings.CACHES[name]['BACKEND'].endswith('DummyCache'):
            yield error('The cache does not keep what it is given.', f'Look at CACHES[{name!r}].')


def sessions():
    if settings.SESSION_ENGINE.endswith('signed_cookies'):
        yield warning(
            'Sessions are kept in cookies: nobody is recognised after an action, and nothing is shared.',
            'Set SESSION_ENGINE to "django.contrib.sessions.backends.cache".',
        )


def request_lines(url):
    """Ask the dashboard's web server for an address as long as a poll's."""
    if not url:
        yield note('The limit of a request line was not tried.', 'Give --url with the address of the dashboard.')
        return
    padding = 'x' * (REQUEST_LINE_BYTES - len('GET ? HTTP/1.1') - len(urlsplit(url).path))
    try:
        requests.get(url, timeout=PATIENCE_SECONDS).raise_for_status()
    except requests.RequestException as failure:
        yield error(f'{url} does not answer: {failure}.', 'Look at the web server, and at the address.')
        return
    if not _takes(f'{url}?{padding}'):
        yield warning(
            f'The web server refuses a request line of {REQUEST_LINE_BYTES} bytes, so many rows take more polls.',
            'uWSGI: buffer-size = 16384. gunicorn: limit_request_line = 4094 or more. Apache: LimitRequestLine.',
        )


def _takes(address):
    try:
        return requests.get(address, timeout=PATIENCE_SECONDS).ok
    except requests.RequestException:
        return False
