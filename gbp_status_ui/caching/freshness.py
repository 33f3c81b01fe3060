# SPDX-License-Identifier: Apache-2.0
"""How old an answer may be that one request of the dashboard gets.

- ``Cache-Control: max-age=N`` says it (RFC 9111, 5.2.1.1); ``no-cache`` is the same as ``max-age=0``: nothing from
  before the request. Pollers send it, and browsers on a reload. ``Pragma`` does not count: browsers add it by
  themselves where a script sends a validator.
- Without it: as old as one poll interval, and newer than what this session has seen before.
- For a while after a request of the session that may have changed something: nothing from before that time.

A request that comes back for an answer that took long says when it came first, and counts as if it had waited. One for
a part of a page says when that was opened: what was asked for since, its part may see, too.
"""

import functools
import hashlib
import math
import re
import time

from django.conf import settings
from django.http.cookie import parse_cookie

from gbp_status_ui import conf
from gbp_status_ui.caching import shared_cache

#: For how many seconds after a user's action GBP's statuses may still change because of it: nothing older will do.
SETTLING = 30

#: For how many seconds the plugin remembers what a session has seen: longer than any answer is cached that counts then.
SEEN_KEPT = 60

#: How far the clocks of two hosts may be apart, in seconds: the age of an answer from the future is unknown.
_SKEW = 1

#: The header, and the parameter of an address, that say when a request came first, in the words of the answer to it.
CAME_FIRST, CAME_FIRST_PARAMETER = 'Gbp-Status-Came-First', 'came_first'

#: The header that says when the page came, in the words of the page.
OPENED = 'Gbp-Status-Opened'

#: How much longer than ``time_limit`` a request may wait by coming back, or a page for its parts, in seconds: there is
#: an answer by then, and what says that it has waited longer wants an old one.
LONGER = 30

_TIME = re.compile(r'[0-9]{1,11}(\.[0-9]{1,9})?')

_SAFE = {'GET', 'HEAD', 'OPTIONS', 'TRACE'}
_MAX_AGE = re.compile(r'(?:^|[\s,])max-age\s*=\s*"?(\d{1,9})', re.IGNORECASE)
_NO_CACHE = re.compile(r'(?:^|[\s,])no-(?:cache|store)\b', re.IGNORECASE)


class Freshness:
    """How fresh the answers to one request have to be; times are seconds since 1970.

    ``requested_at`` is when the request came first: the header says it, or ``came_first`` where the browser comes back
    by itself.
    """

    def __init__(self, request, came_first=''):
        now = time.time()
        self.requested_at = _past(request.headers.get(CAME_FIRST) or came_first, now, now)
        self._opened_at = _past(request.headers.get(OPENED, ''), now, math.inf)
        self._waited = now - self.requested_at
        self._session = _session(request.META)
        self._max_age = _max_age(request.headers.get('Cache-Control', ''))

    @functools.cached_property
    def not_before(self):
        """The time before which no answer may have been fetched, however long the request waits for a newer one."""
        anew = self._max_age == 0 or self._session is None
        return max(self.requested_at if anew else 0.0, shared_cache.get(f'acted:{self._session}') or 0.0)

    def accepts(self, answer, not_before, late):
        """Say whether an answer is fresh enough. ``late``: the request has waited, and accepts twice the age.

        A failure is accepted for one poll interval only: that spares a service in trouble and delays no recovery.
        """
        now = time.time()
        age = min(self._age, _interval()) if answer.failed else self._age * (2 if late else 1)
        return not_before < answer.asked_at <= now + _SKEW and now - answer.got_at < age + self._waited

    @property
    def _age(self):
        """RFC 9111 counts ages in whole seconds: one of 1.9 s is 1."""
        return _interval() if self._max_age is None else self._max_age + 1

    def seen(self, questions, key_of):
        """Return {question: when the answer was fetched that this session saw last}, for requests without max-age.

        A page asks for its parts side by side: what another of them has seen while this one waited, it may see, too.
        """
        keys = {self._seen_key(key_of(question)): question for question in questions} if self._max_age is None else {}
        latest = self.requested_at - _interval() if self._waited else self._opened_at
        return {keys[key]: min(asked_at, latest) for key, asked_at in shared_cache.get_many(list(keys)).items()}

    def note_seen(self, answers, key_of):
        """Remember what this session has seen, {question: answer}, for requests without max-age."""
        if self._max_age is None:
            times = {self._seen_key(key_of(question)): answer.asked_at for question, answer in answers.items()}
            shared_cache.set_many(times, SEEN_KEPT)

    def _seen_key(self, key):
        return f'seen:{self._session}:{key}'


def note_action(environ=None, **_signal):
    """Remember that a session sent a request that may change something (a receiver of ``request_started``)."""
    if environ and environ.get('REQUEST_METHOD') not in _SAFE and _session(environ):
        shared_cache.set_many({f'acted:{_session(environ)}': time.time() + SETTLING}, SETTLING)


def _session(environ):
    """Return a digest of the session's key, or None where there is none that stays the same."""
    if settings.SESSION_ENGINE.endswith('signed_cookies'):
        return None
    key = parse_cookie(environ.get('HTTP_COOKIE', '')).get(settings.SESSION_COOKIE_NAME)
    return hashlib.sha256(key.encode()).hexdigest() if key else None


def _max_age(cache_control):
    if _NO_CACHE.search(cache_control):
        return 0
    said = _MAX_AGE.search(cache_control)
    return int(said.group(1)) if said else None


def _past(said, now, otherwise):
    """Return the time that a request says where that can be true."""
    found = float(said) if _TIME.fullmatch(said) else now
    return found if now - conf.get('time_limit') - LONGER < found < now else otherwise


def _interval():
    return conf.poll_interval() / 1000
