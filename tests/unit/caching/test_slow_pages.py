# SPDX-License-Identifier: Apache-2.0
"""Pages of a list that takes GBP long: it is made once, whatever is posted before, however many retries there are."""

from django.test import override_settings
import pytest

from gbp_status_ui.caching import deadline
from gbp_status_ui.caching.freshness import NOT_BEFORE
from gbp_status_ui.model import scope
from gbp_status_ui.views.base import FRAGMENT

from tests.clients import Client
from tests.unit import cache_backends
from tests.unit import sessions
from tests.unit import viewing
from tests.unit.cache_backends import in_use
from tests.unit.viewing import CHAINS
from tests.unit.viewing import GROUPS

SCRIPT = {'x-requested-with': 'XMLHttpRequest'}

# Answers age by what a test adds alone, however slow the machine is.
pytestmark = pytest.mark.usefixtures('clock')


@pytest.fixture
def impatient(monkeypatch):
    """Requests wait for lists a moment, until they are told to wait as long as a machine takes; GBP has long."""
    waits = {'seconds': 0.01}
    monkeypatch.setattr(deadline, 'list_wait_seconds', lambda: waits['seconds'])
    with override_settings(GBP_STATUS_UI={'time_limit': 300}):
        yield waits


def full_lists(gbp, collection=GROUPS):
    """Return the lists of all resources of a kind, with statuses and without."""
    lists = [one for one in gbp.requests if one.collection == collection and set(one.parameters) == {'fields'}]
    with_statuses = [one for one in lists if 'status' in one.parameters['fields']]
    return len(with_statuses), len(lists) - len(with_statuses)


def fragment(client, after, **headers):
    """Retry the list of a page."""
    return viewing.page(client, **SCRIPT, **{FRAGMENT: 'list', NOT_BEFORE: after.headers[NOT_BEFORE]}, **headers)


@pytest.mark.slow
@pytest.mark.parametrize('headers', [{}, {'cache_control': 'max-age=0'}, {'cache_control': 'max-age=90'}], ids=str)
@pytest.mark.parametrize('acts', [0, 2])
def test_twenty_retries_after_a_post_get_one_list(gbp, group, member, impatient, clock, acts, headers):
    gbp.hold_full_lists(GROUPS)
    for _act in range(acts):
        viewing.act(member)
    answer = viewing.page(member, **headers)
    for _retry in range(20):
        clock.ahead += 1
        answer = fragment(member, answer, **headers)
        assert answer.status_code == 202
    impatient['seconds'] = 30
    gbp.release()
    answer = fragment(member, answer, **headers)

    assert (answer.status_code, 'web' in answer.content.decode()) == (200, True)
    assert full_lists(gbp) == (1, 1)


def test_a_post_while_a_list_is_made_has_it_made_once_more_and_not_at_the_same_time(
    gbp, group, member, impatient, clock
):
    gbp.hold_full_lists(GROUPS)
    answer = viewing.page(member)
    clock.ahead += 1
    viewing.act(member)
    for _retry in range(20):
        clock.ahead += 1
        answer = fragment(member, answer)
    assert full_lists(gbp)[0] == 1
    impatient['seconds'] = 30
    gbp.set(group, 'ERROR')
    gbp.release()
    answer = fragment(member, answer)

    assert 'data-gbp-status="ERROR"' in answer.content.decode()
    assert full_lists(gbp)[0] == 2


def test_twenty_polls_after_a_post_are_one_call(gbp, group, member, impatient, clock):
    gbp.hold(GROUPS)
    viewing.act(member)
    gbp.requests.clear()
    answer = viewing.poll(member, group, cache_control='max-age=0')
    for _retry in range(20):
        clock.ahead += 1
        headers = {'cache_control': 'max-age=0', NOT_BEFORE: answer.headers[NOT_BEFORE]}
        answer = viewing.poll(member, group, **headers)
        assert answer.json()['pending'] == {GROUPS: [group]}
    impatient['seconds'] = 30
    gbp.release()
    answer = viewing.poll(member, group, cache_control='max-age=0', **{NOT_BEFORE: answer.headers[NOT_BEFORE]})

    assert answer.json()['rows'][GROUPS].keys() == {group}
    assert len([one for one in gbp.requests if one.collection == GROUPS]) == 1


@pytest.mark.slow
def test_thirty_viewers_of_one_slow_list_get_one(gbp, group, member, impatient, clock):
    gbp.hold_full_lists(GROUPS)
    clients = [sessions.MEMBER.log_in(Client()) for _ in range(30)]
    pages = [viewing.page(client) for client in clients]
    for _retry in range(3):
        clock.ahead += 2
        pages = [fragment(client, answer) for client, answer in zip(clients, pages)]
        assert {answer.status_code for answer in pages} == {202}
    impatient['seconds'] = 30
    gbp.release()

    assert {fragment(client, answer).status_code for client, answer in zip(clients, pages)} == {200}
    assert full_lists(gbp) == (1, 1)


@pytest.mark.parametrize(
    'backend', [cache_backends.BrokenCache, cache_backends.RestartedCache], ids=['dead', 'restarted']
)
def test_ten_retries_get_one_list_whatever_the_cache_does(gbp, group, member, impatient, clock, backend, caplog):
    caplog.set_level('WARNING', 'gbp_status_ui')
    with in_use(backend):
        viewing.poll(member, group)
        cache_backends.RestartedCache.generation += 1
        gbp.hold_full_lists(GROUPS)
        answer = viewing.page(member)
        for _retry in range(10):
            clock.ahead += 1
            cache_backends.RestartedCache.generation += 1
            answer = fragment(member, answer)
            assert answer.status_code == 202
        impatient['seconds'] = 30
        gbp.release()
        assert fragment(member, answer).status_code == 200
    said = [record.getMessage() for record in caplog.records if record.name.startswith('gbp_status_ui')]

    assert full_lists(gbp) == (1, 1)
    assert len(said) == (backend is cache_backends.BrokenCache)


def test_a_poll_of_a_slow_and_a_quick_kind_asks_for_each_once(gbp, group, member, impatient, clock):
    """Also for a page that retries the slow list alone."""
    chain = gbp.make(CHAINS, 'edge')
    gbp.hold(CHAINS)
    gbp.requests.clear()
    address, asked = scope.PROJECT.url('statuses'), {GROUPS: group, CHAINS: chain}
    answer = member.get(address, asked, headers={'cache-control': 'max-age=0'})

    assert (list(answer.json()['rows']), answer.json()['pending']) == ([GROUPS], {CHAINS: [chain]})
    for _retry in range(5):
        clock.ahead += 1
        answer = viewing.poll(member, chain, kind=CHAINS, **{NOT_BEFORE: answer.headers[NOT_BEFORE]})
    impatient['seconds'] = 30
    gbp.release()
    answer = viewing.poll(member, chain, kind=CHAINS, **{NOT_BEFORE: answer.headers[NOT_BEFORE]})

    assert list(answer.json()['rows'][CHAINS]) == [chain]
    assert sorted(one.collection for one in gbp.requests) == [GROUPS, CHAINS]


def looks_at_classifiers():
    """Return {name: (address, headers)} of all that shows classifiers, whatever age they accept."""
    panel, aged = scope.PROJECT, {'cache-control': 'max-age=86400'}
    tab = '?tab=gbp_status_tabs__other&kind=policy_classifiers'
    searched = f'{tab}&q=secret'
    return {
        'page': (panel.url('index') + tab, aged),
        'searched page': (panel.url('index') + searched, aged),
        'fragment': (panel.url('index') + tab, {**aged, **SCRIPT, FRAGMENT: 'list'}),
        'lines': (panel.url('lines') + '?kind=problems&kind=policy_classifiers', {**aged, **SCRIPT}),
        'CSV': (panel.url('export') + f'{tab}&format=csv', aged),
        'JSON': (panel.url('export') + f'{tab}&format=json', aged),
    }


@pytest.mark.slow
@pytest.mark.parametrize('look', looks_at_classifiers())
def test_what_was_unshared_since_a_slow_list_was_made_is_not_named(gbp, member, impatient, clock, look):
    """Also where only its description is searched."""
    made = [
        gbp.make('policy_classifiers', f'mirage-{number}', 'other', shared=True, description='secret')
        for number in range(90)
    ]
    gbp.hold_full_lists('policy_classifiers')
    tab = scope.PROJECT.url('index') + '?tab=gbp_status_tabs__other&kind=policy_classifiers'
    answer = member.get(tab)
    clock.ahead += 3
    impatient['seconds'] = 30
    gbp.release()
    headers = {**SCRIPT, FRAGMENT: 'list', NOT_BEFORE: answer.headers[NOT_BEFORE]}
    assert b'mirage-1' in member.get(tab, headers=headers).content
    impatient['seconds'] = 0.01
    for id_ in made:
        gbp.change(id_, shared=False)
    clock.ahead += 25 * 60
    gbp.hold_full_lists('policy_classifiers')
    address, headers = looks_at_classifiers()[look]
    answer = member.get(address, headers=headers)

    assert answer.status_code in {200, 202, 503}
    assert b'mirage' not in answer.content
    assert b'attachment' not in answer.headers.get('Content-Disposition', '').encode()
