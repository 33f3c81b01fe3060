# SPDX-License-Identifier: Apache-2.0
"""What a page asks by itself neither writes nor extends the session, by Horizon's real middleware."""

import concurrent.futures
import importlib

from django.conf import settings
from django.core.cache.backends import base
from django.core.cache.backends import locmem
from django.test import override_settings
import pytest

from gbp_status_ui.model import scope

from tests.clients import Client
from tests.unit import sessions
from tests.unit import viewing

GROUPS = 'policy_target_groups'
BACKENDS = 'django.contrib.sessions.backends.'
TIMEOUT_SECONDS = 1800
SCRIPT = {'x-requested-with': 'XMLHttpRequest'}


@pytest.fixture(params=['file', 'cache', 'signed_cookies'])
def engine(request, tmp_path):
    """Sessions as operators keep them, which end when their user is idle."""
    with override_settings(
        SESSION_ENGINE=BACKENDS + request.param,
        SESSION_FILE_PATH=str(tmp_path),
        SESSION_REFRESH=True,
        SESSION_TIMEOUT=TIMEOUT_SECONDS,
    ):
        yield importlib.import_module(settings.SESSION_ENGINE)


@pytest.fixture
def written(engine, monkeypatch):
    """The sessions that were written since the last look."""
    found = []
    save = engine.SessionStore.save

    def noted(session, *args, **options):
        found.append(session)
        return save(session, *args, **options)

    monkeypatch.setattr(engine.SessionStore, 'save', noted)
    return found


def logged_in(engine, person=sessions.MEMBER):
    """Return a client of somebody; a session in a cookie has another key each time it is written."""
    client = Client()
    session = client.session
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    kept = person.session_of(session)
    client.cookies[settings.SESSION_COOKIE_NAME] = kept.session_key
    return client


def addresses(group):
    of = scope.PROJECT.url
    return {
        'poll': f'{of("statuses")}?{GROUPS}={group}',
        'poll of nothing': of('statuses'),
        'line': f'{of("lines")}?kind={GROUPS}',
        'problems': f'{of("lines")}?kind=problems',
        'line of nothing': f'{of("lines")}?kind=banana',
        'explanation': of('explanation', GROUPS, group),
        'dependants': of('fragments', GROUPS, group),
        'explanation of nothing': of('explanation', GROUPS, 'banana'),
    }


@pytest.mark.slow
@pytest.mark.parametrize('every', [False, True])
@pytest.mark.parametrize('name', addresses('an-id'))
def test_what_a_page_asks_by_itself_writes_no_session(gbp, engine, written, name, every):
    client = logged_in(engine)
    group = gbp.make(GROUPS, 'web', status='BUILD')
    written.clear()
    with override_settings(SESSION_SAVE_EVERY_REQUEST=every):
        answers = [client.get(addresses(group)[name], headers=SCRIPT), client.get(addresses(group)[name])]

    assert written == []
    assert [answer for answer in answers if settings.SESSION_COOKIE_NAME in answer.cookies] == []


@pytest.mark.releases
def test_a_page_that_a_script_reads_again_writes_no_session(engine, written):
    client = logged_in(engine)
    written.clear()
    client.get(scope.PROJECT.url('index'), headers=SCRIPT)

    assert written == []


@pytest.mark.releases
def test_a_page_that_a_user_opens_extends_the_session(engine, written):
    client = logged_in(engine)
    written.clear()
    answer = client.get(scope.PROJECT.url('index'))

    assert [session.get_expiry_age() for session in written] == [TIMEOUT_SECONDS]
    assert answer.cookies[settings.SESSION_COOKIE_NAME]['max-age'] == TIMEOUT_SECONDS


def test_a_failed_request_of_a_page_writes_no_session(gbp, engine, written):
    client = logged_in(engine)
    group = gbp.make(GROUPS, 'web', status='BUILD')
    gbp.fail(GROUPS, 401)
    written.clear()
    answers = [client.get(address, headers=SCRIPT) for address in addresses(group).values()]

    assert 503 in [answer.status_code for answer in answers]
    assert written == []


def test_a_slow_poll_leaves_the_project_that_was_chosen_meanwhile(gbp, engine):
    client = logged_in(engine)
    group = gbp.make(GROUPS, 'web', status='BUILD')
    gbp.hold(GROUPS)
    with concurrent.futures.ThreadPoolExecutor(1) as pool:
        poll = pool.submit(client.get, addresses(group)['poll'])
        while GROUPS not in [asked.collection for asked in gbp.requests]:
            assert not poll.done()
        key = client.cookies[settings.SESSION_COOKIE_NAME].value
        chosen = sessions.OTHER.session_of(engine.SessionStore(key)).session_key
        client.cookies[settings.SESSION_COOKIE_NAME] = chosen
        gbp.release()
        answer = poll.result()

    assert answer.status_code == 200
    assert settings.SESSION_COOKIE_NAME not in answer.cookies
    assert engine.SessionStore(chosen)['token'].project['id'] == 'other'


@pytest.fixture
def let_pass(monkeypatch):
    """let_pass(seconds): by the clock of the cache in which sessions are."""
    clock = viewing.Clock()
    for module in (base, locmem):
        monkeypatch.setattr(module, 'time', clock)

    def seconds_later(seconds):
        clock.ahead += seconds

    return seconds_later


# Elsewhere the browser is it that ends a session: its cookie has the same time to live.
@pytest.mark.slow
@pytest.mark.releases
@pytest.mark.parametrize('engine', ['cache'], indirect=True)
@pytest.mark.parametrize(('opens_pages', 'status'), [(False, 401), (True, 200)])
def test_a_page_left_open_ends_with_its_session(gbp, engine, let_pass, opens_pages, status):
    client = logged_in(engine)
    group = gbp.make(GROUPS, 'web', status='BUILD')
    client.get(scope.PROJECT.url('index'))
    for _ in range(5):
        let_pass(TIMEOUT_SECONDS / 4)
        answer = client.get(addresses(group)['poll'], headers=SCRIPT)
        if opens_pages:
            client.get(scope.PROJECT.url('index'))

    assert answer.status_code == status


@pytest.mark.releases
def test_what_a_page_asks_by_itself_asks_keystone_for_no_projects(gbp, member, monkeypatch):
    group = gbp.make(GROUPS, 'web', status='BUILD')
    asked = []
    monkeypatch.setattr('openstack_auth.utils.get_project_list', lambda **_: asked.append(1) or [])
    answers = [member.get(address, headers=SCRIPT).status_code for address in addresses(group).values()]

    assert answers == [200, 400, 200, 200, 400, 200, 200, 404]
    assert asked == []
    member.get(scope.PROJECT.url('index'))
    assert asked
