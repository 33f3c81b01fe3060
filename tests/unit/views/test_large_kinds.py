# SPDX-License-Identifier: Apache-2.0
"""A kind whose list takes GBP long: what is known of it is shown at once, no request waits, and the rest follows."""

import pytest
import requests

from gbp_status_ui.caching import list_flight
from gbp_status_ui.caching import single_flight
from gbp_status_ui.model import scope
from gbp_status_ui.service import api

from tests import markup

GROUPS = 'policy_target_groups'
TAB = {'tab': 'gbp_status_tabs__groups'}
PART = {'Gbp-Status-Part': 'list', 'X-Requested-With': 'XMLHttpRequest'}
#: How often is looked for what is being read, and how many seconds GBP takes for it.
LOOKS, SECONDS = 100, 5
SHOWN = 'Shown is what was known as a problem, read again, and what the search finds by its whole name or id.'
RAISE = 'An operator of the dashboard can raise the limit, time_limit.'

both_scopes = pytest.mark.parametrize('seen_from', [scope.PROJECT, scope.ADMIN], ids=lambda one: one.dashboard)


@pytest.fixture(autouse=True)
def moment(monkeypatch):
    """Nobody waits for long, and what is quick has the time that it takes on a machine that is busy."""
    monkeypatch.setattr(list_flight, 'wait', lambda: 0.3)
    monkeypatch.setattr(api, 'QUICK_LIMIT', 30)
    monkeypatch.setattr(list_flight, 'HELD', 100)
    monkeypatch.setattr(single_flight, 'PAUSES', (0.01, 0.01))


@pytest.fixture
def groups(gbp, member, clock):
    """Groups whose list GBP is still making; what it stores of them is from an earlier look."""
    ids = {name: gbp.make(GROUPS, name) for name in ('works', 'web', 'healed')}
    gbp.set(ids['web'], 'ERROR', 'no VLAN left')
    gbp.set(ids['healed'], 'ERROR')
    opened(member)
    gbp.set(ids['healed'], 'ACTIVE')
    gbp.set(ids['works'], 'ERROR', 'has failed since')
    clock.ahead += 600
    gbp.hold_full_lists(GROUPS)
    return ids


@pytest.fixture
def release(gbp, clock):
    """release(): the lists come that were asked for, after some seconds."""

    def released():
        clock.ahead += SECONDS
        gbp.release()

    return released


def get(client, seen_from=scope.PROJECT, headers=None, **parameters):
    return client.get(seen_from.url('index'), TAB | parameters, headers=headers or {})


def opened(client, *arguments, **parameters):
    return markup.page(get(client, *arguments, **parameters))


def completed(client, *arguments, **parameters):
    """Come back for the part until all has been read, as the page does; return the document."""
    return markup.fragment(until_read(lambda headers: get(client, *arguments, headers=PART | headers, **parameters)))


def until_read(ask):
    """Ask again and again, as a page does, until the answer is no longer 202; return its text."""
    headers = {}
    for _ in range(LOOKS):
        answer = ask(headers)
        if answer.status_code != 202:
            assert answer.status_code == 200
            return answer.content.decode()
        assert answer.headers['Retry-After'] == '2'
        headers = {'Gbp-Status-Came-First': answer.headers['Gbp-Status-Came-First']}
    raise AssertionError('It is still being read.')


def names(document):
    return markup.texts(document, 'td.gbp-status-column-name a')


def notices(document):
    return markup.texts(document, '.gbp-status-preview')


def full_lists(gbp):
    return sum(asked.collection == GROUPS and not set(asked.parameters) - {'fields'} for asked in gbp.requests)


@both_scopes
def test_what_was_a_problem_is_there_at_once_and_true(groups, member, administrator, seen_from):
    document = opened(administrator if seen_from.all_projects else member, seen_from)

    assert markup.statuses(document) == {groups['web']: 'ERROR', groups['healed']: 'ACTIVE'}
    assert notices(document) == [f'Groups: all are being read. {SHOWN} What is new follows by itself.']
    assert not document.query('[data-gbp-status-unread]')


def test_nothing_is_counted_before_all_has_been_read(groups, member):
    document = opened(member)

    assert not document.query('[data-gbp-status-count]:not([data-gbp-status-count-kind="external_policies"])')
    assert not document.query('#policy_target_groups .gbp-status-row-count')


def test_the_rest_follows_from_one_list(gbp, groups, member, release):
    gbp.requests.clear()
    opened(member)

    assert get(member, headers=PART).status_code == 202
    release()
    document = completed(member)

    assert set(names(document)) == {'works', 'web', 'healed'}
    assert markup.statuses(document)[groups['works']] == 'ERROR'
    assert not document.query('[data-gbp-status-reading]')
    assert full_lists(gbp) == 1


@pytest.fixture
def known(gbp, groups, member, release, clock):
    """The list has been read meanwhile, and it is known to take long; there are more pages than one."""
    for number in range(30):
        gbp.make(GROUPS, f'group-{number:02}')
    get(member, headers=PART)
    release()
    completed(member)
    clock.ahead += 600
    gbp.hold_full_lists(GROUPS)
    gbp.requests.clear()
    return groups


def test_a_page_of_the_last_list_is_there_at_once_and_read_again(gbp, known, member):
    gbp.set(known['works'], 'ACTIVE')
    gbp.delete(known['healed'])
    document = opened(member, sort='-name')
    (notice,) = notices(document)

    assert names(document)[:3] == ['works', 'web', 'group-29']
    assert markup.statuses(document)[known['works']] == 'ACTIVE'
    assert 'which had 33 rows; what this page shows of it was read again.' in notice
    assert 'reported' not in ' '.join(markup.texts(document, '#policy_target_groups, .alert'))
    assert full_lists(gbp) == 0


def test_the_next_page_of_the_last_list_is_there_at_once(gbp, known, member):
    document = opened(member, page='2')

    assert [name for name in names(document) if name.startswith('group')] == [f'group-{n}' for n in range(18, 30)]
    assert 'Page 2 of 2' in document.text()
    assert full_lists(gbp) == 0


def test_what_has_recovered_since_the_last_list_is_no_problem(gbp, known, member):
    gbp.set(known['web'], 'ACTIVE')
    opened(member)

    assert names(opened(member, status='error')) == ['works']


def test_a_list_that_others_have_just_read_is_shown_at_once(known, member, colleague, release):
    get(member, headers=PART)
    release()
    completed(member)
    document = opened(colleague)

    assert notices(document) == []
    assert len(markup.statuses(document)) == 20


@pytest.fixture
def too_large(gbp, groups, member):
    gbp.release()
    gbp.late_in_full.add(GROUPS)
    return groups


@pytest.mark.parametrize('by', ['name', 'id'])
def test_a_kind_that_is_too_large_is_searched_by_name_or_id(too_large, member, by):
    searched = 'works' if by == 'name' else too_large['works']
    document = opened(member, q=searched)

    assert markup.statuses(document) == {too_large['works']: 'ERROR'}


@pytest.mark.parametrize(('letters', 'asked'), [(255, 1), (256, 0), (9000, 0)])
def test_a_search_that_can_be_no_name_is_not_asked_for(gbp, too_large, member, letters, asked):
    gbp.requests.clear()
    opened(member, q='x' * letters)

    assert sum('name' in one.parameters and one.collection == GROUPS for one in gbp.requests) == asked


@both_scopes
def test_a_kind_that_is_too_large_says_so_and_what_can_be_done(too_large, member, administrator, seen_from):
    document = opened(administrator if seen_from.all_projects else member, seen_from)

    assert too_large['web'] in markup.statuses(document)
    assert notices(document) == [
        f'Groups: all of them could not be read within 10 seconds. {SHOWN} {RAISE} Try again',
    ]
    assert document.query_one('.gbp-status-preview [data-gbp-status-act="refresh"]')


def test_a_part_of_what_is_too_large_is_what_the_page_has(too_large, member):
    opened(member)
    page, part = opened(member), completed(member)

    assert markup.statuses(part) == markup.statuses(page)
    assert [one.attrs['data-gbp-status-late'] for one in part.query('[data-gbp-status-late]')] == [GROUPS]


def test_where_not_even_the_problems_can_be_read_the_kind_has_failed(gbp, member):
    gbp.fail(GROUPS, requests.Timeout('late'))
    document = opened(member)

    assert notices(document) == []
    assert 'Groups could not be read.' in document.text()


def lines(client, *kinds, headers=None):
    return client.get(scope.PROJECT.url('lines'), {'kind': kinds}, headers=headers or {})


def test_a_line_of_the_overview_comes_when_it_has_been_read(groups, member, release):
    first = lines(member, GROUPS, 'nat_pools')

    assert (list(first.json()['fragments']), first.json()['reading']) == (['nat_pools'], [GROUPS])
    assert first.headers['Retry-After'] == '2'
    release()

    def ask(headers):
        answer = lines(member, GROUPS, headers=headers)
        answer.status_code = 202 if answer.json()['reading'] else 200
        return answer

    assert 'Error' in until_read(ask)


def test_the_list_of_problems_fills_up_kind_by_kind(gbp, groups, member):
    pool = gbp.make('nat_pools', 'pool', status='ERROR')
    answer = lines(member, 'problems').json()
    document = markup.fragment(answer['fragments']['problems'])

    assert answer['reading'] == ['problems']
    problems = document.query('.gbp-status-problem')
    assert {one.attrs['data-object-id'] for one in problems} == {groups['web'], pool}
    assert 'Still being read: Groups.' in document.text()
    assert not document.query('[data-gbp-status-count]')


def test_an_export_comes_by_itself_when_all_has_been_read(groups, member, release):
    first = member.get(scope.PROJECT.url('export'), TAB | {'format': 'csv'})
    seconds, _, address = first.headers['Refresh'].partition('; url=')

    assert (first.status_code, seconds) == (503, '2')
    assert 'The file comes by itself.' in first.content.decode()
    release()
    for _ in range(LOOKS):
        answer = member.get(address)
        if answer.status_code == 200:
            break
        address = answer.headers['Refresh'].partition('url=')[2]

    assert answer.headers['Content-Disposition'].startswith('attachment')
    assert all(id_ in answer.content.decode() for id_ in groups.values())


def test_the_page_of_a_resource_does_not_wait_for_long_lists_of_what_uses_it(gbp, member, clock, release):
    classifier = gbp.make('policy_classifiers', 'http')
    rule = gbp.make('policy_rules', 'allow', policy_classifier_id=classifier)
    gbp.hold_full_lists('policy_rules')
    address = scope.PROJECT.url('detail', 'policy_classifiers', classifier)
    document = markup.page(member.get(address))

    assert [one.attrs['data-gbp-status-reading'] for one in document.query('[data-gbp-status-reading]')] == [
        'policy_rules'
    ]
    assert member.get(address, headers=PART).status_code == 202
    release()

    assert rule in until_read(lambda headers: member.get(address, headers=PART | headers))


def test_what_depends_on_a_resource_comes_when_it_has_been_read(gbp, member):
    classifier = gbp.make('policy_classifiers', 'http')
    gbp.hold_full_lists('policy_rules')
    answer = member.get(scope.PROJECT.url('affected', 'policy_classifiers', classifier))

    assert answer.json()['reading'] == ['affected']
    assert 'Rules: all are being read.' in answer.json()['fragments']['affected']
