# SPDX-License-Identifier: Apache-2.0
"""A kind whose list takes GBP long: what is known of it is shown at once, no request waits, and the rest follows."""

import pytest
import requests

from gbp_status_ui.model import scope

from tests import markup
from tests.unit.browser import Browser
from tests.unit.stand_in import is_full_list
from tests.unit.stand_in import reads_statuses
from tests.unit.viewing import act

GROUPS = 'policy_target_groups'
TAB = {'tab': 'gbp_status_tabs__groups'}
FRAGMENT = {'Gbp-Status-Fragment': 'list', 'X-Requested-With': 'XMLHttpRequest'}
#: How many seconds GBP takes for the list, with statuses or without.
LIST_SECONDS = 5
#: How often a page retries at most.
MAX_RETRIES = 100
SHOWN = 'Shown are problems that GBP has stored, and exact matches of name or id.'
AGAIN = 'It is asked again with more time.'

both_scopes = pytest.mark.parametrize('panel_scope', [scope.PROJECT, scope.ADMIN], ids=lambda one: one.dashboard)


@pytest.fixture
def slow(gbp):
    """late(collection): from now on its full list takes some seconds."""

    def set_slow(collection):
        gbp.takes = lambda asked, _rows: LIST_SECONDS * (asked.collection == collection and is_full_list(asked))

    return set_slow


@pytest.fixture
def groups(gbp, member, simulated, slow):
    """Groups whose list takes long; what GBP stores of them is from an earlier look."""
    ids = {name: gbp.make(GROUPS, name) for name in ('works', 'web', 'healed')}
    gbp.set(ids['web'], 'ERROR', 'no VLAN left')
    gbp.set(ids['healed'], 'ERROR')
    opened(member)
    gbp.set(ids['healed'], 'ACTIVE')
    gbp.set(ids['works'], 'ERROR', 'has failed since')
    simulated.run(600)
    slow(GROUPS)
    return ids


@pytest.fixture
def page(member, simulated):
    return Browser(member, simulated)


def get(client, panel_scope=scope.PROJECT, headers=None, **parameters):
    return client.get(panel_scope.url('index'), TAB | parameters, headers=headers or {})


def opened(client, *arguments, **parameters):
    return markup.page(get(client, *arguments, **parameters))


def names(document):
    return markup.texts(document, 'td.gbp-status-column-name a')


def notices(document):
    return markup.texts(document, '.gbp-status-preview')


def full_lists(gbp):
    return sum(asked.collection == GROUPS and is_full_list(asked) and reads_statuses(asked) for asked in gbp.requests)


@pytest.mark.slow
@both_scopes
def test_what_was_a_problem_is_there_at_once_and_true(groups, member, administrator, panel_scope):
    document = opened(administrator if panel_scope.all_projects else member, panel_scope)

    assert markup.statuses(document) == {groups['web']: 'ERROR', groups['healed']: 'ACTIVE'}
    assert notices(document) == [f'Groups: all are being read. {SHOWN} The page adds the rest by itself.']
    assert not document.query('[data-gbp-status-unread]')


def test_nothing_is_counted_before_all_has_been_read(groups, member):
    document = opened(member)

    assert not document.query('[data-gbp-status-count]:not([data-gbp-status-count-kind="external_policies"])')
    assert not document.query('#policy_target_groups .gbp-status-row-count')


def test_the_rest_follows_from_one_list(gbp, groups, page):
    gbp.requests.clear()
    page.open(**TAB)
    document = page.retry_list(**TAB)

    assert page.asked[1].answer.status_code == 202

    assert set(names(document)) == {'works', 'web', 'healed'}
    assert markup.statuses(document)[groups['works']] == 'ERROR'
    assert not document.query('[data-gbp-status-listing]')
    assert full_lists(gbp) == 1


def test_a_post_just_before_makes_no_more_lists(gbp, groups, page, member):
    gbp.requests.clear()
    act(member)
    page.open(**TAB)
    act(member)
    page.retry_list(**TAB)

    assert full_lists(gbp) <= 2
    assert page.asked[-1].at - page.asked[0].at <= 2 * LIST_SECONDS + 2


@pytest.fixture
def known(gbp, groups, page, simulated):
    """The list has been read meanwhile, and it is known to take long; there are more pages than one."""
    for number in range(30):
        gbp.make(GROUPS, f'group-{number:02}')
    page.open(**TAB)
    page.retry_list(**TAB)
    simulated.run(600)
    gbp.requests.clear()
    return groups


@pytest.mark.slow
@pytest.mark.releases
def test_a_page_of_the_last_list_is_there_at_once_and_read_again(gbp, known, member):
    gbp.set(known['works'], 'ACTIVE')
    gbp.delete(known['healed'])
    document = opened(member, sort='-name')
    (notice,) = notices(document)

    assert names(document)[:3] == ['works', 'web', 'group-29']
    assert markup.statuses(document)[known['works']] == 'ACTIVE'
    assert 'Order and pages are those of the list of' in notice
    assert 'What this page shows was read again.' in notice
    assert 'reported' not in ' '.join(markup.texts(document, '#policy_target_groups, .alert'))
    assert full_lists(gbp) == 1


def test_a_list_that_is_known_to_take_long_is_not_waited_for(known, page):
    page.open(**TAB)

    assert page.asked[-1].seconds == 0


def test_the_next_page_of_the_last_list_is_there_at_once(gbp, known, member):
    document = opened(member, page='2')

    assert [name for name in names(document) if name.startswith('group')] == [f'group-{n}' for n in range(18, 30)]
    assert 'Page 2 of 2' in document.text()
    assert full_lists(gbp) == 1


@pytest.mark.slow
def test_what_has_recovered_since_the_last_list_is_no_problem(gbp, known, member):
    gbp.set(known['web'], 'ACTIVE')
    opened(member)

    assert names(opened(member, status='error')) == ['works']


@pytest.mark.slow
def test_a_list_that_others_have_just_read_is_shown_at_once(known, page, colleague):
    page.open(**TAB)
    page.retry_list(**TAB)
    document = opened(colleague)

    assert notices(document) == []
    assert len(markup.statuses(document)) == 20


@pytest.fixture
def too_large(gbp, groups):
    gbp.late_in_full.add(GROUPS)
    gbp.takes = lambda _asked, _rows: 0
    return groups


@pytest.mark.slow
@pytest.mark.parametrize('by', ['name', 'id'])
def test_a_kind_that_is_too_large_is_searched_by_name_or_id(too_large, member, by):
    searched = 'works' if by == 'name' else too_large['works']
    document = opened(member, q=searched)

    assert markup.statuses(document) == {too_large['works']: 'ERROR'}


@pytest.mark.slow
@pytest.mark.parametrize(('letters', 'asked'), [(255, 1), (256, 0), (9000, 0)])
def test_a_search_that_can_be_no_name_is_not_asked_for(gbp, too_large, member, letters, asked):
    gbp.requests.clear()
    opened(member, q='x' * letters)

    assert sum('name' in one.parameters and one.collection == GROUPS for one in gbp.requests) == asked


@both_scopes
def test_a_kind_that_is_too_large_says_so_and_what_can_be_done(too_large, member, administrator, panel_scope):
    document = opened(administrator if panel_scope.all_projects else member, panel_scope)

    assert too_large['web'] in markup.statuses(document)
    assert notices(document) == [
        f'Groups: the network service did not list them in time. {SHOWN} {AGAIN}',
    ]


def test_a_fragment_of_what_is_too_large_is_what_the_page_has(too_large, member, page):
    opened(member)
    document, fragment = page.open(**TAB), page.retry_list(**TAB)

    assert markup.statuses(fragment) == markup.statuses(document)
    assert [one.attrs['data-gbp-status-timed-out'] for one in fragment.query('[data-gbp-status-timed-out]')] == [GROUPS]


def test_where_not_even_the_problems_can_be_read_the_kind_has_failed(gbp, member):
    gbp.fail(GROUPS, requests.Timeout('late'))
    document = opened(member)

    assert notices(document) == []
    assert 'Groups could not be read.' in document.text()


def lines(client, *kinds, headers=None):
    return client.get(scope.PROJECT.url('lines'), {'kind': kinds}, headers=headers or {})


def test_a_line_of_the_overview_comes_when_it_has_been_read(groups, member, simulated):
    first = lines(member, GROUPS, 'nat_pools')

    assert (list(first.json()['fragments']), first.json()['pending']) == (['nat_pools'], [GROUPS])
    assert first.headers['Retry-After'] == '2'
    simulated.run(LIST_SECONDS)
    last = lines(member, GROUPS, headers={'Gbp-Status-Not-Before': first.headers['Gbp-Status-Not-Before']}).json()

    assert last['pending'] == []
    assert 'Error' in last['fragments'][GROUPS]


def test_the_list_of_problems_fills_up_kind_by_kind(gbp, groups, member):
    pool = gbp.make('nat_pools', 'pool', status='ERROR')
    answer = lines(member, 'problems').json()
    document = markup.fragment(answer['fragments']['problems'])

    assert answer['pending'] == ['problems']
    problems = document.query('.gbp-status-problem')
    assert {one.attrs['data-object-id'] for one in problems} == {groups['web'], pool}
    assert 'Still being read: Groups.' in document.text()
    assert not document.query('[data-gbp-status-count]')


def exported(client, simulated, address):
    """Follow a file until it comes; return the text."""
    for _ in range(MAX_RETRIES):
        answer = client.get(address)
        if answer.status_code == 200:
            assert answer.headers['Content-Disposition'].startswith('attachment')
            return answer.content.decode()
        assert (answer.status_code, 'The file comes by itself.' in answer.content.decode()) == (503, True)
        seconds, _, address = answer.headers['Refresh'].partition('; url=')
        simulated.let_pass(int(seconds))
    raise AssertionError('It is still being read.')


def test_an_export_comes_by_itself_when_all_has_been_read(gbp, groups, member, simulated):
    gbp.requests.clear()
    text = exported(member, simulated, scope.PROJECT.url('export') + '?tab=gbp_status_tabs__groups&format=csv')

    assert all(id_ in text for id_ in groups.values())
    assert full_lists(gbp) == 1


def test_the_page_of_a_resource_does_not_wait_for_long_lists_of_what_uses_it(gbp, member, simulated, slow):
    classifier = gbp.make('policy_classifiers', 'http')
    rule = gbp.make('policy_rules', 'allow', policy_classifier_id=classifier)
    slow('policy_rules')
    address = scope.PROJECT.url('detail', 'policy_classifiers', classifier)
    document = markup.page(member.get(address))

    assert [one.attrs['data-gbp-status-listing'] for one in document.query('[data-gbp-status-listing]')] == [
        'policy_rules'
    ]
    first = member.get(address, headers=FRAGMENT)
    assert first.status_code == 202
    simulated.run(LIST_SECONDS)
    headers = FRAGMENT | {'Gbp-Status-Not-Before': first.headers['Gbp-Status-Not-Before']}

    assert rule in member.get(address, headers=headers).content.decode()


def test_what_depends_on_a_resource_comes_when_it_has_been_read(gbp, member, simulated, slow):
    classifier = gbp.make('policy_classifiers', 'http')
    slow('policy_rules')
    answer = member.get(scope.PROJECT.url('fragments', 'policy_classifiers', classifier))

    assert answer.json()['pending'] == ['carried', 'affected']
    assert 'Still being read: Rules.' in markup.fragment(answer.json()['fragments']['affected']).text()
