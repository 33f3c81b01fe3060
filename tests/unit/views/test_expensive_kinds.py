# SPDX-License-Identifier: Apache-2.0
"""A kind whose statuses cost GBP much: rows at once, then the statuses of those on screen, then all; simulated time."""

import urllib.parse

import pytest

from gbp_status_ui.model import scope
from gbp_status_ui.service import costs

from tests import markup
from tests.unit.browser import Browser
from tests.unit.browser import SCRIPT
from tests.unit.stand_in import reads_statuses

EXPENSIVE = 'l2_policies'
TAB = {'tab': 'gbp_status_tabs__l3_policies'}
ROWS, PAGE_ROWS = 60, 20
#: What a row of the list costs with its status, and without.
STATUS_SECONDS, ROW_SECONDS = 0.18, 0.002
SWEEP_SECONDS = ROWS * STATUS_SECONDS
#: How long a list without statuses takes at least where it is late.
LATE_SECONDS = 3
#: The setting time_limit.
LIMIT_SECONDS = 10
COUNTED = '.gbp-status-chips [data-gbp-status-count]'


def takes(asked, rows):
    if asked.collection != EXPENSIVE:
        return 0
    return rows * (STATUS_SECONDS if reads_statuses(asked) else ROW_SECONDS)


@pytest.fixture
def policies(gbp):
    """{name: id} of L2 policies on a backend that takes its time; the last is in error, and is stored so."""
    found = {f'policy-{number:02}': gbp.make(EXPENSIVE, f'policy-{number:02}') for number in range(ROWS)}
    gbp.set(found['policy-59'], 'ERROR', 'no VLAN left')
    gbp.change(found['policy-59'], status='ERROR')
    gbp.takes = takes
    return found


@pytest.fixture
def page(member, simulated, policies):
    return Browser(member, simulated)


@pytest.fixture
def swept(gbp, page, simulated):
    """Somebody has opened the page, and all has been read."""
    page.open(**TAB)
    page.retry_list(**TAB)
    simulated.run(120)
    assert simulated.is_idle
    gbp.requests.clear()
    page.asked.clear()
    return page


def names(document):
    return [name for name in markup.texts(document, 'td.gbp-status-column-name a') if name.startswith('policy')]


def status_calls(gbp):
    """Return how many rows each call for statuses has named, 0 for all."""
    asked = [one for one in gbp.requests if one.collection == EXPENSIVE and reads_statuses(one)]
    return [len(one.parameters.get('id', ())) for one in asked if 'status' not in one.parameters]


def counts(document):
    """Return {state: number} of the chips, {} where nothing is counted."""
    found = {chip.attrs['data-gbp-status-count']: markup.words(chip) for chip in document.query(COUNTED)}
    return {state: int(number) for state, number in found.items() if number != '0' and state != 'ALL'}


def test_the_first_page_has_the_rows_within_a_second_and_says_that_their_statuses_are_not_read_yet(page, policies):
    document = page.open(**TAB)

    assert names(document) == ['policy-59', *(f'policy-{number:02}' for number in range(PAGE_ROWS - 1))]
    assert list(page.statuses().values()) == ['ERROR', *[''] * (PAGE_ROWS - 1)]
    assert 'data-gbp-status-transient' in document.query('td .gbp-status-badge')[1].attrs
    assert counts(document) == {}
    assert 'L2 Policies: the statuses of all are being read.' in document.text()
    assert page.asked[0].seconds <= 1.0


def late_rows(asked, rows):
    """The list without statuses takes longer than a page waits, too."""
    return takes(asked, rows) if reads_statuses(asked) or asked.collection != EXPENSIVE else LATE_SECONDS


def read_list(page, fragment):
    """Retry the list of a page, as its script does; the fragment says of which kinds the page has no rows."""
    return page.get('index', TAB, {'Gbp-Status-Fragment': fragment, 'Gbp-Status-Not-Before': page.not_before, **SCRIPT})


def lacking_rows(document):
    return [one.attrs['data-gbp-status-lacks-rows'] for one in document.query('[data-gbp-status-lacks-rows]')]


def test_rows_that_come_after_the_page_are_shown_before_their_statuses(gbp, page, simulated):
    gbp.takes = late_rows
    document = page.open(**TAB)
    assert (names(document), lacking_rows(document)) == (['policy-59'], [EXPENSIVE])
    assert read_list(page, f'list {EXPENSIVE}').status_code == 202
    simulated.run(LATE_SECONDS + 1)
    answer = read_list(page, f'list {EXPENSIVE}')
    document = markup.fragment(answer.content.decode())

    assert (len(names(document)), lacking_rows(document)) == (PAGE_ROWS, [])
    assert [one.attrs['data-gbp-status-listing'] for one in document.query('[data-gbp-status-listing]')] == [EXPENSIVE]
    assert int(answer.headers['Retry-After']) > 0


@pytest.mark.slow
@pytest.mark.parametrize('fragment', ['list', 'list l3_policies', f'list  {EXPENSIVE}x', f'rows {EXPENSIVE}'])
def test_a_page_that_lacks_no_rows_retries_the_whole_list(gbp, page, simulated, fragment):
    gbp.takes = late_rows
    page.open(**TAB)
    simulated.run(LATE_SECONDS + 1)

    assert read_list(page, fragment).status_code == 202


def test_a_page_that_is_opened_while_all_is_read_has_the_rows_that_are_there(gbp, page, simulated):
    gbp.takes = late_rows
    page.open(**TAB)
    simulated.run(LATE_SECONDS + 1)

    assert len(names(page.open(**TAB))) == PAGE_ROWS


def test_polls_bring_the_statuses_in_calls_of_a_second_at_most(gbp, page, policies):
    page.open(**TAB)
    wanted = page.unread()
    found = page.poll(wanted)
    full, *slices = status_calls(gbp)

    assert found == dict.fromkeys(wanted[EXPENSIVE], 'ACTIVE')
    assert full == 0
    assert sum(slices) == PAGE_ROWS - 1
    assert max(slices) * STATUS_SECONDS <= 1
    assert page.asked[-1].at < 6
    assert max(asked.seconds for asked in page.asked) <= 1.0


@pytest.mark.slow
def test_a_list_that_does_not_come_in_time_is_read_in_parts_by_the_same_job_and_then_counted(gbp, page, simulated):
    page.open(**TAB)
    document = page.retry_list(**TAB)
    full, *slices = status_calls(gbp)

    assert (full, max(slices) * STATUS_SECONDS <= 1, sum(slices)) == (0, True, PAGE_ROWS - 1 + ROWS)
    assert counts(document) == {'ERROR': 1, 'ACTIVE': ROWS - 1}
    assert set(page.statuses().values()) == {'ERROR', 'ACTIVE'}
    assert simulated.monotonic() < 10 + 2 * SWEEP_SECONDS
    assert max(asked.seconds for asked in page.asked) <= 1.0


def test_what_was_swept_for_a_page_is_its_answer_and_read_no_second_time(gbp, page, simulated):
    page.open(**TAB)
    simulated.run(60)
    gbp.requests.clear()
    document = page.retry_list(**TAB)

    assert counts(document) == {'ERROR': 1, 'ACTIVE': ROWS - 1}
    assert 'counted and sorted' not in document.text()
    assert status_calls(gbp) == []


def test_nothing_is_said_to_be_too_large(page):
    for document in (page.open(**TAB), page.retry_list(**TAB), page.open(**TAB)):
        text = document.text()

        assert 'time_limit' not in text
        assert 'too large' not in text
        assert 'could not be read' not in text
        assert 'in time' not in text


@pytest.mark.slow
@pytest.mark.releases
def test_the_next_page_shows_the_counts_of_the_last_sweep_and_reads_its_own_rows_anew(gbp, swept, policies):
    gbp.set(policies['policy-03'], 'BUILD')
    document = swept.open(**TAB)

    assert counts(document) == {'ERROR': 1, 'ACTIVE': ROWS - 1}
    assert 'L2 Policies: counted and sorted by the statuses of' in document.text()
    assert document.query('.gbp-status-quiet time')
    found = swept.poll(swept.unread())

    assert found[policies['policy-03']] == 'BUILD'
    assert sum(status_calls(gbp)) == PAGE_ROWS
    assert 0 not in status_calls(gbp)


@pytest.mark.slow
def test_no_page_sweeps_before_20_times_what_that_costs_have_passed(gbp, swept, simulated):
    swept.open(**TAB)
    simulated.run(60)
    assert sum(status_calls(gbp)) <= PAGE_ROWS
    # The sweep that was there took the time for the call that did not come as well.
    simulated.run(costs.COOLDOWN_FACTOR * (SWEEP_SECONDS + LIMIT_SECONDS))
    gbp.requests.clear()
    swept.open(**TAB)
    simulated.run(60)

    assert sum(status_calls(gbp)) >= ROWS


def test_refresh_sweeps_again(gbp, swept):
    document = swept.refresh(**TAB)

    assert sum(status_calls(gbp)) == ROWS
    assert 0 not in status_calls(gbp)
    assert counts(document) == {'ERROR': 1, 'ACTIVE': ROWS - 1}
    assert 'counted and sorted' not in document.text()


def test_a_page_that_is_reloaded_has_all_statuses_read_again(gbp, swept, simulated, policies):
    gbp.set(policies['policy-40'], 'BUILD')
    swept.open({'Cache-Control': 'max-age=0'}, **TAB)
    simulated.run(60)

    assert counts(swept.open(**TAB)) == {'ERROR': 1, 'BUILD': 1, 'ACTIVE': ROWS - 2}


@pytest.mark.slow
def test_a_viewer_costs_a_twentieth_of_gbps_time_besides_the_rows_on_screen(gbp, swept, simulated):
    """For half an hour, at a heartbeat a minute."""
    began_at, spent = simulated.monotonic(), [0.0]

    def counted(asked, rows):
        seconds = takes(asked, rows)
        spent[0] += seconds
        return seconds

    gbp.takes = counted
    heartbeats = 30
    for _ in range(heartbeats):
        simulated.run(60)
        swept.open({'Cache-Control': 'max-age=2'}, **TAB)
    simulated.run(60)
    on_screen = heartbeats * (PAGE_ROWS * STATUS_SECONDS + ROWS * ROW_SECONDS)

    assert spent[0] - on_screen <= (simulated.monotonic() - began_at) / costs.COOLDOWN_FACTOR + SWEEP_SECONDS


def test_what_is_new_since_the_sweep_gets_its_status(gbp, swept):
    new = gbp.make(EXPENSIVE, 'policy-new', status='BUILD')
    document = swept.open(**TAB)

    assert names(document)[:2] == ['policy-59', 'policy-new']
    assert swept.poll(swept.unread())[new] == 'BUILD'


@pytest.mark.slow
def test_what_is_new_is_read_wherever_it_stands_and_counted_at_the_next_heartbeat(gbp, swept, simulated):
    new = gbp.make(EXPENSIVE, 'policy-new', status='BUILD')
    document = swept.open(**TAB, sort='name')

    assert new not in swept.statuses()
    assert counts(document) == {}
    simulated.run(60)
    document = swept.open({'Cache-Control': 'max-age=2'}, **TAB, sort='name')

    assert counts(document) == {'ERROR': 1, 'BUILD': 1, 'ACTIVE': ROWS - 1}
    simulated.run(5)
    assert sum(status_calls(gbp)) <= 2 * (PAGE_ROWS + 1)


@pytest.mark.slow
@pytest.mark.parametrize('fate', ['deleted', 'no longer shared'])
def test_what_has_gone_since_the_sweep_is_not_shown_though_that_had_it(gbp, page, simulated, policies, fate):
    shared = gbp.make(EXPENSIVE, 'policy-0-shared', project='other', shared=True)
    page.open(**TAB)
    assert 'policy-0-shared' in names(page.retry_list(**TAB))
    simulated.run(120)
    gbp.delete(shared) if fate == 'deleted' else gbp.change(shared, shared=False)
    document = page.open(**TAB)

    assert shared not in page.statuses()
    assert 'policy-0-shared' not in document.text()
    assert sum(counts(document).values()) == ROWS


def test_a_row_that_is_gone_before_its_status_is_read_is_said_to_be_gone(gbp, page):
    page.open(**TAB)
    wanted = page.unread()
    gone = wanted[EXPENSIVE][-1]
    gbp.delete(gone)
    found = page.poll(wanted, wait_seconds=60)

    assert found[gone] is None
    assert found.keys() == set(wanted[EXPENSIVE])


def test_a_filter_shows_what_is_known_to_be_so_before_all_has_been_read(page, policies):
    page.open(**TAB)
    document = page.open(**TAB, status='error')

    assert names(document) == ['policy-59']


def test_a_filter_uses_the_statuses_of_the_last_sweep(gbp, swept, policies):
    document = swept.open(**TAB, status='error')

    assert names(document) == ['policy-59']
    assert swept.poll(swept.unread()) == {policies['policy-59']: 'ERROR'}
    assert status_calls(gbp) == [1]


@pytest.mark.slow
def test_what_is_known_as_a_problem_stays_in_the_overview_for_as_long_as_the_sweep_takes(gbp, page, policies):
    many = 1000
    for number in range(ROWS, many):
        gbp.make(EXPENSIVE, f'policy-{number}')
    page.open()
    assert page.retry_fragments() == []
    fragments = [asked.answer.json()['fragments']['problems'] for asked in page.asked[1:]]
    problems = [markup.fragment(one).query('.gbp-status-problem') for one in fragments]

    assert page.asked[-1].at > many * STATUS_SECONDS > 90
    assert [[one.attrs['data-object-id'] for one in found] for found in problems] == [[policies['policy-59']]] * len(
        problems
    )
    assert sum(asked.collection == EXPENSIVE and 'status' in asked.parameters for asked in gbp.requests) <= 3


@pytest.mark.parametrize('panel', [scope.PROJECT, scope.ADMIN], ids=lambda one: one.dashboard)
def test_an_administrator_sees_the_same_in_both_scopes(gbp, administrator, simulated, panel):
    for number in range(ROWS):
        gbp.make(EXPENSIVE, f'policy-{number:02}', project='admin')
    gbp.takes = takes
    page = Browser(administrator, simulated, panel)
    document = page.open(**TAB)

    assert len(names(document)) == PAGE_ROWS
    assert page.asked[0].seconds <= 1.0
    assert set(page.poll(page.unread()).values()) == {'ACTIVE'}
    assert counts(page.retry_list(**TAB)) == {'ACTIVE': ROWS}
    simulated.run(120)
    gbp.requests.clear()
    document = page.open(**TAB)

    assert counts(document) == {'ACTIVE': ROWS}
    simulated.run(60)
    assert sum(status_calls(gbp)) == PAGE_ROWS


def test_a_file_has_all_statuses_and_no_row_is_read_twice_for_it(gbp, swept, simulated, policies):
    gbp.set(policies['policy-40'], 'BUILD')
    asked = {**TAB, 'format': 'json'}
    for _ in range(60):
        answer = swept.get('export', asked, expected=(200, 503))
        if answer.status_code == 200:
            break
        asked['not_before'] = urllib.parse.parse_qs(answer.headers['Refresh'])['not_before'][0]
        simulated.let_pass(2)
    statuses = {row['id']: row['status'] for row in answer.json()}

    assert statuses == {
        **dict.fromkeys(policies.values(), 'ACTIVE'),
        policies['policy-40']: 'BUILD',
        policies['policy-59']: 'ERROR',
    }
    assert sum(status_calls(gbp)) == ROWS
    assert max(status_calls(gbp)) * STATUS_SECONDS <= 1


def test_an_administrator_sees_what_other_projects_share_until_all_is_read_again(gbp, administrator, simulated):
    own = {gbp.make(EXPENSIVE, f'policy-{number}', project='admin') for number in range(PAGE_ROWS - 1)}
    shared = gbp.make(EXPENSIVE, 'policy-shared', project='other', shared=True)
    gbp.takes = takes
    page = Browser(administrator, simulated)
    page.open(**TAB)
    page.retry_list(**TAB)
    simulated.run(60)
    page.open(**TAB)

    assert page.statuses().keys() == {*own, shared}
